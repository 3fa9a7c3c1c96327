"""Runs `python -m digest` as the command `digest`."""

import sys

from digest.cli import main

if __name__ == "__main__":
    sys.exit(main())
