"""Reads what lies in content/: articles as they were found, and story files."""

import os
import re
from collections.abc import Iterable, Iterator
from pathlib import Path, PurePosixPath

from digest.addresses import is_web_address
from digest.bulk import Batch, Index, index_records, is_bulk, make_batches, read_records, split_path
from digest.encoding import UNDERSTOOD, UndecodableError, decode
from digest.errors import ArticleError, OutputError, StoryError
from digest.facts import merge_facts
from digest.frontmatter import split_front_matter
from digest.models import LIMITS, Facts, Kind, RawArticle
from digest.schema import parse_record
from digest.symlinks import leads_out

KINDS: dict[str, Kind] = {
    ".txt": "text",
    ".html": "html",
    ".htm": "html",
    ".md": "markdown",
}
FACTS = ".yaml"
ARTICLES = PurePosixPath("content/articles")
VERSIONS = PurePosixPath("content/versions")
LINK = "put the file itself here"
TOO_LARGE = "give the article alone, or raise `limits.size` in content/config.yaml"

# What makes a message say something else: controls, line ends, what turns the direction of writing
# round, and bytes that are no UTF-8.
NO_NAME = re.compile(
    "[\\x00-\\x1f\\x7f-\\x9f\\u2028\\u2029\\u202a-\\u202e\\u2066-\\u2069\\ud800-\\udfff]"
)


def list_articles(folder: Path) -> list[str]:
    """Return the paths below `folder` of all files that should be articles, sorted, with `/`.

    Hidden files are left out, and YAML files that stand beside an article: they are its facts.
    Links to folders are listed as if they were files. Raises `OutputError` for a folder that
    cannot be read: what lies in it would seem to be gone.
    """
    files = [path for path in _walk(folder) if not any(part.startswith(".") for part in path.parts)]
    return choose_articles(path.as_posix() for path in files)


def choose_articles(files: Iterable[str]) -> list[str]:
    """Return, sorted, the paths of those files that should be articles, not facts beside one."""
    # pathlib takes ten times as long
    parted = {path: os.path.splitext(path) for path in files}  # noqa: PTH122
    stems = {stem for stem, suffix in parted.values() if suffix.lower() in KINDS}
    facts = {path for path, (stem, suffix) in parted.items() if suffix == FACTS and stem in stems}
    return sorted(parted.keys() - facts)


def list_versions(root: Path, path: str) -> list[str]:
    """Return the paths of the earlier versions of an article, the oldest first."""
    if not PurePosixPath(path).is_relative_to(ARTICLES):
        return []
    folder = VERSIONS / PurePosixPath(path).relative_to(ARTICLES)
    try:
        names = [PurePosixPath(file.name) for file in (root / folder).iterdir()]
    except OSError:
        return []  # there are none
    numbered = [n for n in names if n.suffix.lower() in KINDS and n.stem.isdecimal()]
    return [(folder / n).as_posix() for n in sorted(numbered, key=lambda n: (int(n.stem), n.name))]


def _walk(folder: Path) -> Iterator[PurePosixPath]:
    """Yield the paths below a folder of all files, and of all links to folders."""
    for parent, folders, files in os.walk(folder, onerror=_refuse):
        links = [name for name in folders if (Path(parent) / name).is_symlink()]
        for name in (*files, *links):
            yield PurePosixPath((Path(parent) / name).relative_to(folder).as_posix())


def _refuse(error: OSError) -> None:
    remedy = "check the permissions of the folder"
    raise OutputError(str(error.filename), f"cannot be read: {error.strerror}", remedy) from error


def read_article(
    file: Path, *, path: str, root: Path | None = None, largest: int = LIMITS.size
) -> RawArticle | ArticleError:
    """Return the article in `file` under the name `path`, with the facts that its files state.

    An article that cannot be read comes back as its error: the others are still of use. So does
    one that is larger than `largest` bytes, or a link that leads out of the folder `root`.
    """
    if parts := split_path(path):
        return _find_record(file, *parts, root, largest)
    try:
        kind = _check_file(file, path, root, largest)
        text = _read_text(file, path=path, html=kind == "html")
        beside = _read_facts_beside(file, path, root, largest)
        _check(beside, path=str(PurePosixPath(path).with_suffix(FACTS)))
        if kind != "markdown":
            return RawArticle(path=path, kind=kind, text=text, facts=beside)
        stated, body = _split_front_matter(text, path=path)
        _check(stated, path=path)
        return RawArticle(path=path, kind=kind, text=body, facts=merge_facts(beside, stated))
    except ArticleError as error:
        return error
    except OSError as error:
        return ArticleError(path, f"cannot be read: {error.strerror}", "check the file")
    except ExceptionGroup as problems:
        return _first(problems)


def list_records(root: Path, path: str, *, largest: int = LIMITS.size) -> Index:
    """Return the records of a file of many articles, and what is wrong with others."""
    try:
        _check_place(root / path, path, root)
        return index_records(root / path, path, largest=largest)
    except ArticleError as error:
        return Index((), ((error.place, error.problem, error.remedy),))
    except OSError as error:
        return Index((), ((path, f"cannot be read: {error.strerror}", "check the file"),))


def list_batches(
    paths: Iterable[str], *, root: Path, largest: int = LIMITS.size
) -> Iterator[Batch | ArticleError]:
    """Yield what is to be read for these files; an error for each record that is broken."""
    for path in paths:
        if not is_bulk(path):
            yield Batch(path)
            continue
        index = list_records(root, path, largest=largest)
        yield from make_batches(path, index.entries)
        yield from (ArticleError(*error) for error in index.errors)


def read_batch(
    batch: Batch, *, root: Path, largest: int = LIMITS.size
) -> Iterator[RawArticle | ArticleError]:
    """Yield the articles of a batch."""
    file = root / batch.path
    if batch.entries:
        yield from read_records(file, batch.path, batch.entries, largest=largest)
    else:
        yield read_article(file, path=batch.path, root=root, largest=largest)


def _find_record(
    file: Path, path: str, key: str, root: Path | None, largest: int
) -> RawArticle | ArticleError:
    """Return one article of a large file, all of which is read for it."""
    container = file.with_name(file.name.rpartition("#")[0])
    try:
        _check_place(container, path, root)
        index = index_records(container, path, largest=largest)
        entries = [entry for entry in index.entries if entry.key == key]
        found = list(read_records(container, path, entries, largest=largest))
    except ArticleError as error:
        return error
    except OSError as error:
        return ArticleError(path, f"cannot be read: {error.strerror}", "check the file")
    return (
        found[0] if found else ArticleError(f"{path}#{key}", "there is no such record", "check it")
    )


def _check_file(file: Path, path: str, root: Path | None, largest: int) -> Kind:
    """Return the kind of an article; raise `ArticleError` for what is none that can be read."""
    _check_place(file, path, root)
    kind = KINDS.get(file.suffix.lower())
    if kind is None:
        raise ArticleError(path, *_unknown_kind(file))
    _check_size(file, path, largest)
    return kind


def _check_place(file: Path, path: str, root: Path | None) -> None:
    if NO_NAME.search(path):
        raise ArticleError(ascii(path), "the name of the file is no text", "rename it")
    if root is not None and leads_out(file, root):
        raise ArticleError(path, "this is a link that leads out of the digest", LINK)
    if file.is_dir():
        raise ArticleError(path, "this is a link to a folder", "put the folder itself here")
    if not file.exists():
        raise ArticleError(path, "there is no such file", "check its name")
    if not file.is_file():
        raise ArticleError(path, "this is no file but a device or pipe", "remove it")


def _check_size(file: Path, path: str, largest: int) -> None:
    if file.stat().st_size > largest:
        raise ArticleError(path, f"the file is larger than {largest:,} bytes", TOO_LARGE)


def read_stories(folder: Path, *, name: str) -> list[tuple[str, str]]:
    """Return path (`name` and the file below it) and text of all story files, sorted by path.

    Raises `StoryError` where one is not UTF-8, which is how the build writes them.
    """
    try:
        names = sorted(path.name for path in folder.iterdir()) if folder.exists() else []
    except OSError as error:
        raise StoryError(name, f"cannot be read: {error.strerror}", "check the folder") from error
    files = [file for file in names if file.endswith(".md") and not file.startswith(".")]
    return [(f"{name}/{file}", _read_story(folder / file, f"{name}/{file}")) for file in files]


def _read_story(file: Path, path: str) -> str:
    if file.is_symlink():
        raise StoryError(path, "this is a link", LINK)
    try:
        return file.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as error:
        raise StoryError(path, f"byte {error.start} is not UTF-8", "save it as UTF-8") from error
    except OSError as error:
        raise StoryError(path, f"cannot be read: {error.strerror}", "check the file") from error


def _unknown_kind(file: Path) -> tuple[str, str]:
    if file.suffix == FACTS:
        return "there is no article beside these facts", "add the article, or delete this file"
    return "unknown kind of file", f"understood: {', '.join(KINDS)}; move others elsewhere"


def _read_text(file: Path, *, path: str, html: bool) -> str:
    try:
        data = file.read_bytes()
    except OSError as error:
        raise ArticleError(path, f"cannot be read: {error.strerror}", "check the file") from error
    if not data.strip():
        raise ArticleError(path, "the file is empty", "put the article into it, or delete it")
    try:
        return decode(data, html=html)
    except UndecodableError as error:
        raise ArticleError(
            path, str(error), f"save it as UTF-8; understood: {UNDERSTOOD}"
        ) from error


def _read_facts_beside(file: Path, path: str, root: Path | None, largest: int) -> Facts:
    beside = file.with_suffix(FACTS)
    if not os.path.isfile(beside):  # noqa: PTH113  # pathlib raises where the name is too long
        return Facts()
    place = str(PurePosixPath(path).with_suffix(FACTS))
    if root is not None and leads_out(beside, root):
        raise ArticleError(place, "this is a link that leads out of the digest", LINK)
    _check_size(beside, place, largest)
    text = _read_text(beside, path=place, html=False)
    return parse_record(Facts, text, place=place, error=ArticleError)


def _split_front_matter(text: str, *, path: str) -> tuple[Facts, str]:
    """Return the facts of the front matter, if there is any, and the body behind it."""
    parts = split_front_matter(text, place=path, error=ArticleError)
    if parts is None:
        return Facts(), text
    return parse_record(Facts, parts[0], place=path, error=ArticleError, first_line=2), parts[1]


def _check(facts: Facts, *, path: str) -> None:
    if facts.url and not is_web_address(facts.url):
        problem = f"url: {facts.url!r} is not the address of a web page"
        raise ArticleError(path, problem, "write https://…, or leave it out")


def _first(problems: ExceptionGroup[ArticleError]) -> ArticleError:
    """Return one error that stands for all that is wrong with an article."""
    errors = [error for error in problems.exceptions if isinstance(error, ArticleError)]
    rest = f"; and {len(errors) - 1} more like it" if len(errors) > 1 else ""
    return ArticleError(errors[0].place, errors[0].problem + rest, errors[0].remedy)
