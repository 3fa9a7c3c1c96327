"""`digest build`: articles → stories → site."""

import argparse
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

from digest.commands.arguments import FINE, MENDABLE, Commands, add_root, add_workers
from digest.console import number, say, show

if TYPE_CHECKING:
    from contextlib import AbstractContextManager

    from digest.config import Config
    from digest.parallel import Map


def add_to(commands: Commands) -> None:
    """Add the parser of this command."""
    build = commands.add_parser(
        "build", help="articles → stories → site", description="Build stories and site."
    )
    build.add_argument(
        "--only",
        choices=("stories", "site"),
        help="run one half: articles → stories, or stories → site",
    )
    add_root(build)
    add_workers(build)
    build.add_argument(
        "--scheduler",
        metavar="ADDRESS",
        help="spread the work over a Dask cluster (tcp://HOST:8786) that shares the folder",
    )
    build.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> int:
    """Build what is asked for, say what was done, and return the exit status."""
    from digest.commands.turn import take_turn
    from digest.config import load_config
    from digest.progress import watch

    start = time.perf_counter()
    root = arguments.root.resolve() if arguments.scheduler else arguments.root
    config, status = load_config(root), FINE
    with take_turn(root), _open_pool(arguments) as pool:
        map_ = watch(pool, sys.stderr)
        if arguments.only != "site":
            done, status = _tell(root, config, map_)
        if arguments.only != "stories":
            done = _print(root, config, map_)
    show(done.format(f"{time.perf_counter() - start:.1f} s"))
    return status


def _open_pool(arguments: argparse.Namespace) -> "AbstractContextManager[Map]":
    if arguments.scheduler:
        from digest.cluster import open_cluster

        return open_cluster(arguments.scheduler)
    from digest.parallel import open_map

    return open_map(workers=arguments.workers)


def _tell(root: Path, config: "Config", map_: "Map") -> tuple[str, int]:
    """Build the stories; return the last line, with a gap for the time, and the exit status."""
    from digest.build.stories import build_stories

    told = build_stories(root, config, map_)
    say(*told.notes, *told.problems)
    stories = _stories_from(told.stories, told.articles)
    done = f"told {stories} in {{}} ({number(told.changed, 'file')} changed)"
    return done, MENDABLE if told.problems else FINE


def _print(root: Path, config: "Config", map_: "Map") -> str:
    """Build the site; return the last line, with a gap for the time."""
    from digest.build.site import build_site

    built = build_site(root, config, map_)
    say(*built.notes)
    stories = _stories_from(built.stories, built.articles)
    return (
        f"built {stories}, {number(built.quotes, 'quote')}, "
        f"{number(built.feeds, 'feed')} in {{}} ({number(built.changed, 'page')} changed)"
    )


def _stories_from(stories: int, articles: int) -> str:
    return f"{number(stories, 'story', 'stories')} from {number(articles, 'article')}"
