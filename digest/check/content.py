"""Reads all of a digest's content, and keeps what is wrong with any of it instead of stopping."""

import os
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import partial
from pathlib import Path

from digest.build.load import STORIES, try_story
from digest.config import PATH, Config, load_config
from digest.errors import ArticleError, ConfigError, DigestError, OutputError, StoryError
from digest.fetch.run import list_feeds
from digest.fetch.state import read_state
from digest.ingest import ARTICLES, list_articles, list_batches
from digest.models import Article, StoryFile
from digest.parallel import Map
from digest.prepare import load_batch

FOLDERS = ("content", "templates")


@dataclass(frozen=True, slots=True, kw_only=True)
class Content:
    """Everything that a build reads."""

    config: Config
    """The defaults where it is wrong."""
    config_text: str = ""
    articles: tuple[Article, ...] = ()
    stories: tuple[StoryFile, ...] = ()
    story_texts: Mapping[str, str] = field(default_factory=dict)
    """The text of each story file by its path, for the lines of problems."""
    files: tuple[str, ...] = ()
    """The paths of all files in the folders that a build reads, sorted; not the hidden ones."""
    errors: tuple[DigestError, ...] = ()
    """What is wrong with what could not be read."""
    today: date


def read_content(root: Path, *, today: date, map_: Map = map) -> Content:
    """Return the content of a digest with all that is wrong with it."""
    config, errors = _read_config(root)
    loaded = list(_load_articles(root, config, map_))
    texts, unread = _read_stories(root)
    parsed = list(map_(try_story, texts.items()))
    errors += [result for result in loaded if isinstance(result, DigestError)]
    errors += [*unread, *(e for result in parsed if isinstance(result, tuple) for e in result)]
    return Content(
        config=config,
        config_text=_read_text(root / PATH),
        articles=tuple(result for result in loaded if isinstance(result, Article)),
        stories=tuple(result for result in parsed if isinstance(result, StoryFile)),
        story_texts=texts,
        files=tuple(sorted(path for name in FOLDERS for path in _list_files(root / name, name))),
        errors=tuple(errors),
        today=today,
    )


def _read_config(root: Path) -> tuple[Config, list[DigestError]]:
    """Return the options and what is wrong with them, or with what else `digest fetch` needs."""
    config = Config()
    try:
        config = load_config(root)
        list_feeds(root, config.fetch)
        read_state(root)
    except ConfigError as error:
        return config, [error]
    except ExceptionGroup as group:
        return config, [e for e in group.exceptions if isinstance(e, DigestError)]
    return config, []


def _read_text(file: Path) -> str:
    try:
        return file.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError):
        return ""  # said already, or not there


def _load_articles(root: Path, config: Config, map_: Map) -> Iterator[Article | DigestError]:
    folder = root / ARTICLES
    if not folder.is_dir():
        yield ArticleError(
            str(ARTICLES), "there is no such folder", "make it and put articles into it"
        )
        return
    try:
        paths = [(ARTICLES / name).as_posix() for name in list_articles(folder)]
    except OutputError as error:
        yield error
        return
    batches = list_batches(paths, root=root, largest=config.limits.size)
    for loaded in map_(partial(load_batch, root=root, limits=config.limits), batches):
        yield from loaded


def _read_stories(root: Path) -> tuple[dict[str, str], list[DigestError]]:
    texts: dict[str, str] = {}
    errors: list[DigestError] = []
    for file in sorted((root / STORIES).glob("[!.]*.md")):
        path = (STORIES / file.name).as_posix()
        try:
            texts[path] = file.read_text(encoding="utf-8-sig")
        except UnicodeDecodeError as error:
            errors.append(StoryError(path, f"byte {error.start} is not UTF-8", "save it as UTF-8"))
        except OSError as error:
            errors.append(StoryError(path, f"cannot be read: {error.strerror}", "check the file"))
    return texts, errors


def _list_files(folder: Path, name: str) -> Iterator[str]:
    for parent, _, files in os.walk(folder):
        below = Path(parent).relative_to(folder)
        for path in (name / below / file for file in files):
            if not any(part.startswith(".") for part in path.parts):
                yield path.as_posix()
