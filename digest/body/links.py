"""Where the words of a body lead, and what a link to them looks like."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from hashlib import blake2b
from html import escape

SOURCE_ANCHOR = "source-"
ATTRIBUTION = "— "


@dataclass(frozen=True, slots=True, kw_only=True)
class Links:
    """Where the words of a body lead, besides to its sources."""

    page: str = ""
    """The address of the page, in front of links within it where the body is read elsewhere."""
    passages: Mapping[str, str] = field(default_factory=dict)
    """Sentences and quotes, as shown, with the address of the original at these words."""
    languages: Mapping[str, str] = field(default_factory=dict)
    """Sentences and quotes, as shown, with their language where it is not that of the page."""
    passage_label: str = ""
    """What such a link is called for those who cannot see its sign."""
    people: Mapping[str, str] = field(default_factory=dict)
    """Speakers, with the address of their page."""
    bare: bool = False
    """Whether only those attributes are written that feed readers keep: href, cite and lang."""


def show_quote(segments: Iterable[str]) -> str:
    """Return the segments of a quote in marks, with a gap where the article interrupts it."""
    return " … ".join(f"“{segment}”" for segment in segments)


def anchor_of(words: str) -> str:
    """Return a name that stays while the words stay, wherever the quote moves on its page."""
    return "quote-" + blake2b(words.encode(), digest_size=4).hexdigest()


def passage_link(passage: str | None, links: Links) -> str:
    """Return a link to the original at the very words, or nothing."""
    if not passage:
        return ""
    if links.bare:
        return f'<a href="{escape_marks(passage)}">↗</a>'
    label = escape(links.passage_label)
    return f'<a class="passage" href="{escape(passage)}" title="{label}" aria-label="{label}">↗</a>'


def escape_marks(text: str) -> str:
    """Return words as HTML, as markdown-it writes them: an apostrophe is no mark there."""
    text = text.replace("&", "&amp;").replace("<", "&lt;")
    return text.replace(">", "&gt;").replace('"', "&quot;")


def escape_bare(text: str) -> str:
    """Return words as HTML, as lxml writes them: between tags a quotation mark is no mark."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
