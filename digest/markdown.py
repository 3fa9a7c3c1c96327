"""Writes other people's words as Markdown that stays words."""

import re
from collections.abc import Iterable, Iterator
from urllib.parse import quote

from markdown_it import MarkdownIt
from markdown_it.rules_core import StateCore
from markdown_it.token import Token

# The schemes that a story may link to; an address without one stays within the site.
SCHEME = re.compile(r"[^/?#]*:")
LINKED = re.compile(r"(?:https?|mailto):", re.IGNORECASE)


def _may_link(address: str) -> bool:
    """Tell whether a link may lead there: all that acts on its own has a scheme of its own."""
    return not SCHEME.match(address) or bool(LINKED.match(address))


def _link_pictures(state: StateCore) -> None:
    """Make links of the pictures of others: to show them tells others who reads."""
    for token in state.tokens:
        token.children = list(_without_pictures(token.children)) if token.children else None


def _without_pictures(children: Iterable[Token]) -> Iterator[Token]:
    inside = False  # of a link
    for token in children:
        inside = token.type == "link_open" or (inside and token.type != "link_close")
        address = str(token.attrGet("src") or "")
        if not SCHEME.match(address) and not address.startswith("//"):
            yield token
            continue
        words = Token("text", "", 0, content=token.content or address)
        start, end = (
            Token("link_open", "a", 1, attrs={"href": address}),
            Token("link_close", "a", -1),
        )
        yield from [words] if inside else [start, words, end]


# The words of a story come from other people's pages: raw HTML stays text.
MARKDOWN = MarkdownIt("commonmark", {"html": False})
MARKDOWN.validateLink = _may_link  # type: ignore[assignment, method-assign]  # as its documentation says
MARKDOWN.core.ruler.push("pictures", _link_pictures)


# Where CommonMark 0.31 acts inside a line (section 6). An underscore within a word and a star
# between blanks do nothing, so they stay as they are and the file stays readable.
ACTIVE = re.compile(
    r"""
    [\\`]                                # escapes and code
    | (?<!\s)\* | \*(?!\s)               # emphasis
    | (?<![^\W_])_ | _(?![^\W_])
    | <(?=[A-Za-z/!?])                   # tags and autolinks
    | &(?=\#?\w{1,40};)                  # entities
    """,
    re.VERBOSE,
)
# A bracket acts only in front of an address, a label or a definition.
LINK = re.compile(r"\][(\[:]")
BRACKET = re.compile(r"[\[\]]")

# Where CommonMark acts at the start of a line (sections 4 and 5).
BLOCK = re.compile(r"^(?=#{1,6}(?:\s|$)|[>~=]|[-+*_](?:\s|$)|[-_]{2})")
NUMBERED = re.compile(r"^(\d{1,9})(?=[.)](?:\s|$))")


def escape_markdown(text: str) -> str:
    """Return one line of Markdown that reads as exactly these words, without any markup."""
    text = ACTIVE.sub(r"\\\g<0>", " ".join(text.split()))
    if LINK.search(text):
        text = BRACKET.sub(r"\\\g<0>", text)
    return BLOCK.sub(r"\\", NUMBERED.sub(r"\1\\", text))


def format_link(text: str, url: str | None) -> str:
    """Return a Markdown link; only the words where there is no web address."""
    words = escape_markdown(text)
    if not url or not re.match(r"https?://", url, re.I):
        return words
    if not LINK.search(text):
        words = BRACKET.sub(r"\\\g<0>", words)
    return f"[{words}](<{quote(url, safe=SAFE_IN_URL)}>)"


SAFE_IN_URL = "!#$%&'()*+,/:;=?@[]~"
