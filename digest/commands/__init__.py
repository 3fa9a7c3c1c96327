"""The commands, a file for each: which arguments it takes, and what it says of what was done.

What a command needs is imported when it runs, so that `--help` answers at once.
"""

from digest.commands import add, build, check, fetch, init, inspect, serve

COMMANDS = (init, add, fetch, build, inspect, serve, check)
"""In the order in which `--help` lists them; each has an `add_to` that adds its parser."""
