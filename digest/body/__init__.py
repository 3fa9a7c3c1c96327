"""Renders the body of a story: its figures, its references and where its words lead."""

from digest.body.links import (
    ATTRIBUTION,
    SOURCE_ANCHOR,
    Links,
    anchor_of,
    escape_marks,
    show_quote,
)
from digest.body.short import UnknownError, render_short

__all__ = [
    "ATTRIBUTION",
    "SOURCE_ANCHOR",
    "Links",
    "UnknownError",
    "anchor_of",
    "escape_marks",
    "render_body",
    "render_short",
    "show_quote",
]

NOWHERE = Links()


def render_body(body: str, links: Links = NOWHERE) -> str:
    """Return a story's body as HTML.

    A block quote that ends in a paragraph "— Ada" becomes a `figure` with an anchor made of its
    words; the items of the last numbered list get the anchors that references point to.
    """
    try:
        return render_short(body, links)
    except UnknownError:
        # Most builds meet no such body, and do not wait for markdown-it.
        from digest.body.full import render_any

        return render_any(body, links)
