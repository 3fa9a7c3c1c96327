"""The data that flows from articles to stories to the site: plain, frozen, complete.

There is one type per state, and no field that "comes later": an `Article` has its text and
its quotes, a `Story` has its summary. Offsets count the characters of an article's cleaned
text, and they prove the wording: `text[start:end] == span.text`.
"""

from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Literal, TypeAlias

Moment: TypeAlias = date | datetime
"""When something was published, as exactly as the source tells: a day, or an aware time."""

Kind: TypeAlias = Literal["text", "html", "markdown"]
"""What an article file holds: scraped text, a saved page, or Markdown that is clean already."""

Reason: TypeAlias = Literal[
    "headline",  # the title of the article itself, once or again
    "deck",  # what sums it up below its title
    "byline",  # who wrote it
    "date",  # when it was published or updated
    "caption",  # what a picture shows, and who took it
    "bio",  # who the author is
    "promotion",  # subscribe, sign up, donate, get the app, buy
    "teaser",  # another article: its headline, its summary, its byline
    "navigation",  # sections, menus, tags, page numbers
    "share",  # share, follow, print, save
    "comments",  # what readers wrote, and the invitation to write
    "advertisement",  # an ad, or the marker of one
    "consent",  # cookies and privacy
    "copyright",  # who owns the text
    "notice",  # agency, correction and contact notes, reading time, transcripts' small print
]
"""Why cleaning removed a line."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Span:
    """A stretch of a text that it is verbatim in: `whole[start:end] == text`."""

    text: str
    start: int
    end: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """What is known about an article besides its text; `None` or empty where it is not told."""

    title: str | None = None
    url: str | None = None
    source: str | None = None
    author: tuple[str, ...] = ()
    published: Moment | None = None
    updated: Moment | None = None
    fetched: Moment | None = None
    """When this version of the article came in."""
    language: str | None = None
    tags: tuple[str, ...] = ()
    story: str | None = None
    """Articles that name the same story belong together: the slug of that story."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RawArticle:
    """An article as found on disk, decoded, with the facts that its files state."""

    path: str
    kind: Kind
    text: str
    facts: Facts = field(default_factory=Facts)
    """From front matter and the YAML beside the file: they win over what is found in the text."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Removed:
    """A line that is not part of the article: where it was (counted from 1), and why it went."""

    line: int
    text: str
    reason: Reason


@dataclass(frozen=True, slots=True, kw_only=True)
class CleanArticle:
    """An article without boilerplate: paragraphs with an empty line between them.

    Each line of the file that is not blank is kept in `text` or listed in `removed`.
    """

    path: str
    facts: Facts
    text: str
    removed: tuple[Removed, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Quote:
    """Words in quotation marks and who said them, or `None` where the article does not tell.

    A quote that the article interrupts ("A," she said. "B.") is one quote of two segments.
    """

    article: str
    """The path of the article that holds the words."""
    segments: tuple[Span, ...]
    """The words between the marks, without the marks."""
    speaker: str | None = None
    """The fullest name that the article gives: "John Kirby"."""
    role: str | None = None
    """As the article words it: "national security spokesperson"."""
    via: str | None = None
    """The outlet that the words came through: "Reuters"."""
    mention: str | None = None
    """The speaker as the sentence names him or her: "Kirby", "the president", "he"."""
    partial: bool = False
    """A fragment inside a paraphrase: said he would “pay a price”."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """What a version of an article says no more that the version before it said."""

    date: Moment
    """When the later version came in."""
    gone: int
    """Sentences that are gone."""
    new: int
    """Sentences that came instead, or besides."""
    quotes: tuple[Quote, ...] = ()
    """Those that are gone, as the earlier version had them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Article:
    """A clean article with all its quotes."""

    path: str
    facts: Facts
    text: str
    removed: tuple[Removed, ...] = ()
    quotes: tuple[Quote, ...] = ()
    changes: tuple[Change, ...] = ()
    """Of its versions, the oldest first."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Sentence:
    """A sentence of a summary, and the article that it is verbatim in."""

    article: str
    text: str
    start: int
    end: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ArticleRef:
    """An article as a story names it."""

    path: str
    title: str
    url: str | None = None
    source: str | None = None
    author: tuple[str, ...] = ()
    published: Moment | None = None
    language: str | None = None
    copy_of: str | None = None
    """The path of the article that this one prints again, as several outlets print an agency's."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Correction:
    """What was put right, by an editor or by a source, and when."""

    date: Moment
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Story:
    """Articles about one event, told together."""

    slug: str
    """Its part of the address; chosen once, it never changes by itself."""
    guid: str
    """Its name in feeds; chosen once, like the slug."""
    title: str
    published: Moment | None = None
    updated: Moment | None = None
    tags: tuple[str, ...] = ()
    people: tuple[str, ...] = ()
    summary: tuple[Sentence, ...] = ()
    quotes: tuple[Quote, ...] = ()
    articles: tuple[ArticleRef, ...] = ()
    related: tuple[str, ...] = ()
    corrections: tuple[Correction, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class StoryFile:
    """A story with the Markdown that readers see."""

    path: str
    story: Story
    body: str
    edited: bool = False
    """An editor changed it: the build leaves it alone."""
    draft: bool = False
    """Kept off the site."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Site:
    """What the digest calls itself, and where it will be."""

    title: str = "News digest"
    description: str = "Stories from many sources, in their own words."
    base_url: str = "http://localhost:8000/"
    """The address of the front page. Links in feeds start with it."""
    language: str = "en"
    """Of the pages' own words (BCP 47); articles have their own."""
    author: str | None = None
    """Who publishes the digest."""
    contact: str | None = None
    """A mail address or a page for those who ask for a correction."""
    license: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class PageOptions:
    """Which pages there are besides those of stories, months and topics, and how long they are."""

    stories: int = 30
    """The most that one page lists."""
    people: bool = True
    """Whether each speaker has a page."""
    sources: bool = True
    """Whether each publisher has a page."""
    text: bool = True
    """Whether each story is there as Markdown, too, for programs and people that prefer it."""
    search: bool = True
    """Whether there is a page that searches, if Pagefind is installed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedOptions:
    """What the owner of a digest decides about its feeds."""

    items: int = 50
    """The most that one feed holds."""
    shelves: bool = True
    """Whether each topic, person and source has a feed of its own."""
    editions: bool = False
    """Whether there is a feed with one item for each day."""
    hub: str | None = None
    """The address of a WebSub hub, which tells subscribers of changes."""
    ttl: int | None = None
    """Minutes for which a reader may keep a feed before it asks again."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """How large an article may be: all of them are strangers', and time and memory are not.

    The figures in brackets are the largest of 310 saved pages and 248 scraped texts. An article
    at its limits takes some ten seconds and half a gigabyte.
    """

    size: int = 10_000_000
    """Bytes of a file (1,630,750)."""
    tags: int = 40_000
    """Tags of a page (10,305), of which some take the cube of the time: 27,000 take 2 seconds,
    53,000 take 20, and 200,000 take more than 5 minutes."""
    lines: int = 20_000
    """Lines of a text that are not empty (1,240)."""
    characters: int = 1_000_000
    """Characters of a text (52,544): a book is no article."""


LIMITS = Limits()


@dataclass(frozen=True, slots=True, kw_only=True)
class File:
    """A file that is still to be written: its path below the output folder, with `/`."""

    path: str
    data: bytes
