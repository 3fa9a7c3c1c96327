"""Parses the Markdown of others: no HTML, no link that acts, no picture that tells who reads."""

import re
from collections.abc import Iterable, Iterator

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
