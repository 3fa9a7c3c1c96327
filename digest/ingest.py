"""Reads what lies in content/: articles as they were found, and story files."""

from dataclasses import fields, replace
from pathlib import Path, PurePosixPath

from digest.encoding import UNDERSTOOD, UndecodableError, decode
from digest.errors import ArticleError, StoryError
from digest.models import Facts, Kind, RawArticle
from digest.schema import parse_record

KINDS: dict[str, Kind] = {
    ".txt": "text",
    ".html": "html",
    ".htm": "html",
    ".md": "markdown",
}
FACTS = ".yaml"
FENCE = "---"


def list_articles(folder: Path) -> list[str]:
    """Return the paths below `folder` of all files that should be articles, sorted, with `/`.

    Hidden files are left out, and YAML files that stand beside an article: they are its facts.
    """
    files = {
        path.relative_to(folder)
        for path in folder.rglob("*")
        if path.is_file()
        and not any(part.startswith(".") for part in path.relative_to(folder).parts)
    }
    stems = {path.with_suffix("") for path in files if path.suffix.lower() in KINDS}
    articles = (p for p in files if p.suffix != FACTS or p.with_suffix("") not in stems)
    return sorted(path.as_posix() for path in articles)


def read_article(file: Path, *, path: str) -> RawArticle | ArticleError:
    """Return the article in `file` under the name `path`, with the facts that its files state.

    An article that cannot be read comes back as its error: the others are still of use.
    """
    try:
        kind = KINDS.get(file.suffix.lower())
        if kind is None:
            raise ArticleError(path, *_unknown_kind(file))
        text = _read_text(file, path=path, html=kind == "html")
        beside = _read_facts_beside(file, path=path)
        if kind != "markdown":
            return RawArticle(path=path, kind=kind, text=text, facts=beside)
        stated, body = _split_front_matter(text, path=path)
        return RawArticle(path=path, kind=kind, text=body, facts=_merge(beside, stated))
    except ArticleError as error:
        return error
    except ExceptionGroup as problems:
        return _first(problems)


def read_stories(folder: Path, *, name: str) -> list[tuple[str, str]]:
    """Return path (`name` and the file below it) and text of all story files, sorted by path.

    Raises `StoryError` where one is not UTF-8, which is how the build writes them.
    """
    paths = sorted(path for path in folder.glob("*.md") if not path.name.startswith("."))
    return [(f"{name}/{path.name}", _read_story(path, f"{name}/{path.name}")) for path in paths]


def _read_story(file: Path, path: str) -> str:
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


def _read_facts_beside(file: Path, *, path: str) -> Facts:
    beside = file.with_suffix(FACTS)
    if not beside.is_file():
        return Facts()
    place = str(PurePosixPath(path).with_suffix(FACTS))
    text = _read_text(beside, path=place, html=False)
    return parse_record(Facts, text, place=place, error=ArticleError)


def _split_front_matter(text: str, *, path: str) -> tuple[Facts, str]:
    """Return the facts between the `---` lines at the start, and the body after them."""
    if not text.startswith(FENCE + "\n"):
        return Facts(), text
    front, fence, body = f"{text}\n"[len(FENCE) + 1 :].partition(f"\n{FENCE}\n")
    if not fence and not front.startswith(FENCE + "\n"):
        raise ArticleError(
            f"{path}:1", "the front matter has no end", f"end it with a line {FENCE}"
        )
    return parse_record(Facts, front, place=path, error=ArticleError, first_line=2), body


def _merge(first: Facts, second: Facts) -> Facts:
    """Return the facts of `first`; where it tells nothing, those of `second`."""
    told = {f.name: getattr(first, f.name) for f in fields(Facts) if getattr(first, f.name)}
    return replace(second, **told)


def _first(problems: ExceptionGroup[ArticleError]) -> ArticleError:
    """Return one error that stands for all that is wrong with an article."""
    errors = [error for error in problems.exceptions if isinstance(error, ArticleError)]
    rest = f"; and {len(errors) - 1} more like it" if len(errors) > 1 else ""
    return ArticleError(errors[0].place, errors[0].problem + rest, errors[0].remedy)
