"""`digest build`: articles → stories → site."""

import argparse
import sys
import time

from digest.commands.arguments import FINE, MENDABLE, Commands, add_root, add_workers
from digest.console import number, say, show


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
    build.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> int:
    """Build what is asked for, say what was done, and return the exit status."""
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
            done = f"told {stories} in {{}} ({number(told.changed, 'file')} changed)"
            say(*told.notes, *told.problems)
            status = MENDABLE if told.problems else FINE
        if arguments.only != "stories":
            built = build_site(root, config, map_)
            say(*built.notes)
            stories = _stories_from(built.stories, built.articles)
            done = (
                f"built {stories}, {number(built.quotes, 'quote')}, "
                f"{number(built.feeds, 'feed')} in {{}} ({number(built.changed, 'page')} changed)"
            )
    show(done.format(f"{time.perf_counter() - start:.1f} s"))
    return status


def _stories_from(stories: int, articles: int) -> str:
    return f"{number(stories, 'story', 'stories')} from {number(articles, 'article')}"
