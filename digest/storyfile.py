"""The hinge: a story as Markdown with front matter, written here and read back here.

The front matter holds the facts, word for word; the body is what readers see, and an editor may
rewrite either. The key `digest` holds the hashes of what was written: a file whose facts or
body no longer match them is the editor's. Without the hashes it is told anew, under its slug and
guid. `draft` is nobody's work, so it counts for neither.
"""

import re
from collections.abc import Sequence
from dataclasses import asdict, dataclass, field, fields, replace
from datetime import date
from hashlib import blake2b
from pathlib import PurePosixPath
from typing import Any

from digest.addresses import is_web_address
from digest.body import ATTRIBUTION, SOURCE_ANCHOR, show_quote
from digest.dates import format_moment
from digest.errors import StoryError
from digest.frontmatter import split_front_matter
from digest.language import Words, load_words
from digest.markdown import escape_markdown, format_link
from digest.models import ArticleRef, Correction, File, Moment, Quote, Sentence, Story, StoryFile
from digest.plainyaml import write_yaml
from digest.say import say_day
from digest.schema import parse_record

FENCE = "---\n"
SLUG = re.compile(r"[a-z0-9][a-z0-9-]*")


@dataclass(frozen=True, slots=True, kw_only=True)
class Stamp:
    """What the tool itself needs to know about a story file."""

    guid: str
    facts: str = ""
    body: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class FrontMatter:
    """The keys of a story file, in the order in which they are written."""

    title: str
    slug: str
    published: Moment | None = None
    updated: Moment | None = None
    draft: bool = False
    tags: tuple[str, ...] = ()
    people: tuple[str, ...] = ()
    summary: tuple[Sentence, ...] = ()
    quotes: tuple[Quote, ...] = ()
    articles: tuple[ArticleRef, ...] = ()
    related: tuple[str, ...] = ()
    corrections: tuple[Correction, ...] = ()
    digest: Stamp = field(default_factory=lambda: Stamp(guid=""))


# The line of `draft`, and that of `digest` with the lines that belong to it.
NOT_FACTS = re.compile(r"^(?:draft:.*\n?|digest:.*\n?(?:[ \t].*\n?)*)", re.MULTILINE)
# The same where it is written: at the end.
STAMP = re.compile(r"digest:\n(?:[ \t].*\n)*")
WRITTEN_IF_SET = ("published", "updated", "draft", "corrections")


def format_story(story: Story, *, language: str = "en", draft: bool = False) -> File:
    """Return the file of a story as the build writes it, its path relative to content/stories."""
    facts = {key.name: getattr(story, key.name) for key in fields(Story) if key.name != "guid"}
    plain = _plain(asdict(FrontMatter(**facts, draft=draft)))
    del plain["digest"]
    front = _dump({key: plain[key] for key in plain if plain[key] or key not in WRITTEN_IF_SET})
    body = _format_body(story, language)
    stamp = Stamp(guid=story.guid, facts=_hash_facts(front), body=_hash(body))
    text = FENCE + front + _dump({"digest": asdict(stamp)}) + FENCE + "\n" + body
    return File(path=f"{story.slug}.md", data=text.encode())


def parse_story(text: str, *, path: str) -> StoryFile:
    """Return the story that the text of a file tells.

    Raises `StoryError`, or an `ExceptionGroup` of them, with the lines of the problems.
    """
    front_text, body = _split(text, path)
    front = parse_record(FrontMatter, front_text, place=path, error=StoryError, first_line=2)
    _check_slug(front.slug, path)
    _check_parts(front, path)
    body = body.removeprefix("\n")
    story = Story(
        guid=front.digest.guid or f"urn:digest:{front.slug}",
        **{key.name: getattr(front, key.name) for key in fields(Story) if key.name != "guid"},
    )
    stamp = front.digest
    written = (stamp.facts, stamp.body) == (_hash_facts(front_text), _hash(body))
    anew = bool(stamp.guid) and not stamp.facts and not stamp.body
    edited = not (written or anew)
    return StoryFile(path=path, story=story, body=body, edited=edited, draft=front.draft)


def keep_updated(story: Story, before: StoryFile | None, *, language: str = "en") -> Story:
    """Return a story told anew with its old `updated`, unless readers see something new.

    An article that only says that it was updated does not make its story news again.
    """
    if before is None:
        return story
    seen = (before.story.title, before.story.published, before.body)
    same = seen == (story.title, story.published, _format_body(story, language))
    return replace(story, updated=before.story.updated) if same else story


def _split(text: str, path: str) -> tuple[str, str]:
    parts = split_front_matter(text, place=path, error=StoryError)
    if parts is None:
        problem, remedy = "the front matter is missing", "start the file with a line ---"
        raise StoryError(f"{path}:1", problem, remedy)
    return parts


def _check_slug(slug: str, path: str) -> None:
    """Refuse a slug that would lead out of its folder or to another address than its file."""
    name = PurePosixPath(path).stem
    if not SLUG.fullmatch(name):
        remedy = "rename it with letters a-z, digits and hyphens, and its slug with it"
        raise StoryError(path, "the name of the file is no part of an address", remedy)
    if slug != name:
        problem = f"the slug {slug!r} is not the name of the file"
        raise StoryError(path, problem, f"write `slug: {name}`")


def _check_parts(front: FrontMatter, path: str) -> None:
    for article in front.articles:
        if article.path.startswith("/") or ".." in article.path.split("/"):
            problem = f"the article {article.path!r} lies outside of the digest"
            raise StoryError(path, problem, "name one in content/articles/")
        if article.url and not is_web_address(article.url):
            problem = f"url: {article.url!r} is not the address of a web page"
            raise StoryError(path, problem, "write https://…, or leave it out")
    if not all(quote.segments for quote in front.quotes):
        raise StoryError(path, "a quote has no segments", "write its words, or take it out")


def _hash_facts(front: str) -> str:
    """Return a hash of the lines that hold facts: of the text, so that no later key changes it."""
    facts = front[: front.find("\ndigest:") + 1]
    usual = "\ndraft:" not in front and not front.startswith(("draft:", "digest:"))
    if not (facts and usual and STAMP.fullmatch(front, len(facts))):
        facts = NOT_FACTS.sub("", front)
    return _hash("\n".join(facts.splitlines()))


def _hash(text: str) -> str:
    return blake2b(text.encode("utf-8", "surrogatepass"), digest_size=8).hexdigest()


def _plain(value: Any) -> Any:
    """Return what YAML can write: times as ISO 8601 text, tuples as lists."""
    if isinstance(value, dict):
        return {key: _plain(item) for key, item in value.items()}
    if isinstance(value, (list, tuple)):
        return [_plain(item) for item in value]
    return format_moment(value) if isinstance(value, date) else value


def _dump(value: dict[str, Any]) -> str:
    # A sentence stays on one line, so that a change to one is a change of one line.
    return write_yaml(value)


def _format_body(story: Story, language: str) -> str:
    words = load_words(language, "storyfile")
    numbers = {article.path: n for n, article in enumerate(story.articles, 1)}
    blocks = [_format_summary(story.summary, numbers)]
    if story.quotes:
        blocks.append(f"## {words['quotes'][0]}")
        blocks += [_format_quote(quote, numbers, words) for quote in story.quotes]
    blocks.append(f"## {words['sources'][0]}")
    sources = (_format_source(a, n, language) for n, a in enumerate(story.articles, 1))
    blocks.append("\n".join(sources))
    return "\n\n".join(block for block in blocks if block) + "\n"


def _format_summary(summary: Sequence[Sentence], numbers: dict[str, int]) -> str:
    return " ".join(escape_markdown(s.text) + _reference(numbers[s.article]) for s in summary)


def _format_quote(quote: Quote, numbers: dict[str, int], words: Words) -> str:
    said = escape_markdown(show_quote(segment.text for segment in quote.segments))
    who = [f"**{escape_markdown(quote.speaker)}**"] if quote.speaker else [words["nobody"][0]]
    who += [escape_markdown(quote.role)] if quote.role else []
    who += [f"{words['via'][0]} {escape_markdown(quote.via)}"] if quote.via else []
    return f"> {said}\n>\n> {ATTRIBUTION}{', '.join(who)}{_reference(numbers[quote.article])}"


def _format_source(article: ArticleRef, number: int, language: str) -> str:
    by = [*article.author, *([article.source] if article.source else [])]
    when = [say_day(language, article.published)] if article.published else []
    rest = ", ".join(map(escape_markdown, [*by, *when]))
    return f"{number}. {format_link(article.title, article.url)}{' — ' if rest else ''}{rest}"


def _reference(number: int) -> str:
    return f" [{number}](#{SOURCE_ANCHOR}{number})"
