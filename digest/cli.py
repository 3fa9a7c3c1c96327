"""The command line: arguments in, messages and exit status out."""

import argparse
import gc
import os
import sys
import time
from collections.abc import Sequence
from functools import partial
from pathlib import Path

from digest import __version__
from digest.errors import ConfigError, DigestError, OutputError

# What a command needs is imported when it runs, so that --help answers at once.

FINE, MENDABLE, WRONG_USE = 0, 1, 2
INTERRUPTED = 130  # 128 + SIGINT, as shells say it

DESCRIPTION = "Turn a folder of scraped news articles into a static news digest."


def main(argv: Sequence[str] | None = None) -> int:
    """Run `digest` with these arguments (default: those of the process); return its exit status."""
    for stream in (sys.stdout, sys.stderr):
        # Articles hold every character there is, whatever the terminal's locale says.
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")
    # Articles are many small objects without cycles: to look for cycles less often takes a tenth
    # less time (`digest inspect --workers 1` on 484 articles: 5.9 s instead of 6.6 s).
    gc.set_threshold(50_000, 50, 50)
    arguments = make_parser().parse_args(argv)
    status = MENDABLE
    try:
        status = arguments.run(arguments)
        _show()
    except* ConfigError as group:
        _say_problems(group)
        status = WRONG_USE
    except* DigestError as group:
        _say_problems(group)
    except* KeyboardInterrupt:
        _say("digest: stopped; run it again to finish")
        status = INTERRUPTED
    except* BrokenPipeError:
        pass  # whoever read the output has seen enough
    return status


def _show(*lines: str) -> None:
    """Print results; raise `OutputError` where standard output refuses them."""
    try:
        print(*lines, sep="\n", end="\n" if lines else "", flush=not lines)
    except OSError as error:
        # Python tries again at its exit, and would complain there.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        if isinstance(error, BrokenPipeError):
            raise
        problem = f"cannot be written: {error.strerror}"
        raise OutputError("standard output", problem, "make room, or write elsewhere") from error


def make_parser() -> argparse.ArgumentParser:
    """Return the parser of all commands."""
    parser = argparse.ArgumentParser(prog="digest", description=DESCRIPTION)
    parser.add_argument("--version", action="version", version=f"digest {__version__}")
    commands = parser.add_subparsers(required=True, metavar="COMMAND")
    _add_build(commands)
    _add_inspect(commands)
    return parser


def _add_build(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    build = commands.add_parser(
        "build", help="articles → stories → site", description="Build stories and site."
    )
    build.add_argument(
        "--only",
        choices=("stories", "site"),
        help="run one half: articles → stories, or stories → site",
    )
    _add_common(build)
    build.set_defaults(run=_build)


def _add_inspect(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    inspect = commands.add_parser(
        "inspect",
        help="show what the program sees in articles",
        description="Show what is kept of articles, what is removed and why, quotes, summary.",
    )
    inspect.add_argument("path", nargs="+", help="article files, or folders of them")
    inspect.add_argument("--json", action="store_true", help="one line of JSON per article")
    length = inspect.add_mutually_exclusive_group()
    length.add_argument("--sentences", type=_count, metavar="N", help="length of the summary")
    length.add_argument("--words", type=_count, metavar="N", help="length of the summary")
    _add_common(inspect)
    inspect.set_defaults(run=_inspect)


def _add_common(command: argparse.ArgumentParser) -> None:
    command.add_argument(
        "--root",
        type=_folder,
        default=Path(),
        metavar="DIR",
        help="folder of the digest (default: the one it is started in)",
    )
    command.add_argument(
        "--workers",
        type=_count,
        metavar="N",
        help="processes at once (default: one per core where there is much to do)",
    )


def _folder(text: str) -> Path:
    if not Path(text).is_dir():
        raise argparse.ArgumentTypeError(f"{text}: there is no such folder")
    return Path(text)


def _count(text: str) -> int:
    if not text.isdecimal() or int(text) < 1:
        raise argparse.ArgumentTypeError(f"expected 1 or more, got {text!r}")
    return int(text)


def _build(arguments: argparse.Namespace) -> int:
    from digest.build import build_site, build_stories
    from digest.config import load_config
    from digest.parallel import open_map
    from digest.progress import watch

    start = time.perf_counter()
    root, config, status = arguments.root, load_config(arguments.root), FINE
    with open_map(workers=arguments.workers) as pool:
        map_ = watch(pool, sys.stderr)
        if arguments.only != "site":
            told = build_stories(root, config, map_)
            stories = _stories_from(told.stories, told.articles)
            done = f"told {stories} in {{}} ({_number(told.changed, 'file')} changed)"
            _say(*told.notes)
            _say(*map(str, told.problems))
            status = MENDABLE if told.problems else FINE
        if arguments.only != "stories":
            built = build_site(root, config, map_)
            _say(*built.notes)
            stories = _stories_from(built.stories, built.articles)
            done = (
                f"built {stories}, {_number(built.quotes, 'quote')}, "
                f"{_number(built.feeds, 'feed')} in {{}} ({_number(built.changed, 'page')} changed)"
            )
    _show(done.format(f"{time.perf_counter() - start:.1f} s"))
    return status


def _stories_from(stories: int, articles: int) -> str:
    return f"{_number(stories, 'story', 'stories')} from {_number(articles, 'article')}"


def _inspect(arguments: argparse.Namespace) -> int:
    from digest.config import load_config
    from digest.inspect import format_json, format_text, inspect_articles
    from digest.parallel import open_map

    summary = load_config(arguments.root).summary
    stated = arguments.sentences or arguments.words
    # https://no-color.org
    colour = sys.stdout.isatty() and not os.environ.get("NO_COLOR")
    show = format_json if arguments.json else partial(format_text, colour=colour)
    status = FINE
    with open_map(workers=arguments.workers) as map_:
        for described in inspect_articles(
            arguments.path,
            sentences=arguments.sentences or summary.sentences,
            words=arguments.words if stated else summary.words,
            map_=map_,
        ):
            if "error" in described:
                status = MENDABLE
            if "error" in described and not arguments.json:
                _say(described["error"])
            else:
                _show(show(described))
    return status


def _number(count: int, one: str, many: str | None = None) -> str:
    return f"{count} {one if count == 1 else many or one + 's'}"


def _say(*messages: str) -> None:
    for message in messages:
        print(message, file=sys.stderr)


def _say_problems(group: BaseExceptionGroup[BaseException]) -> None:
    """Print each problem in a group, and in the groups in it, on a line of its own."""
    for problem in group.exceptions:
        if isinstance(problem, BaseExceptionGroup):
            _say_problems(problem)
        else:
            _say(str(problem))
