"""Writes other people's words as Markdown that stays words."""

import re
from collections.abc import Sequence
from html import escape
from typing import Any
from urllib.parse import quote

from markdown_it import MarkdownIt
from markdown_it.token import Token

# The schemes that a story may link to; an address without one stays within the site.
SCHEME = re.compile(r"[^/?#]*:")
LINKED = re.compile(r"(?:https?|mailto):", re.IGNORECASE)


def _may_link(address: str) -> bool:
    """Tell whether a link may lead there: all that acts on its own has a scheme of its own."""
    return not SCHEME.match(address) or bool(LINKED.match(address))


def _show_image(
    _: Any, tokens: Sequence[Token], number: int, _options: Any, _environment: Any
) -> str:
    """Return a picture of the site itself; one of others as a link, so that nobody learns of it."""
    address, words = str(tokens[number].attrGet("src")), escape(tokens[number].content)
    if not SCHEME.match(address) and not address.startswith("//"):
        return f'<img src="{escape(address)}" alt="{words}">'
    kinds = [token.type for token in tokens[:number]]
    if kinds.count("link_open") > kinds.count("link_close"):
        return words
    return f'<a href="{escape(address)}">{words or escape(address)}</a>'


# The words of a story come from other people's pages: raw HTML stays text.
MARKDOWN = MarkdownIt("commonmark", {"html": False})
MARKDOWN.validateLink = _may_link  # type: ignore[assignment, method-assign]  # as its documentation says
MARKDOWN.add_render_rule("image", _show_image)


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
