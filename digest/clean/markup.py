"""Prepares a page for extraction: without furniture that its markup names, the parts joined."""

import re
from collections.abc import Iterator, Sequence

from lxml.html import HtmlElement

# Words of class names that no publisher gives to paragraphs of an article: measured on 204 saved
# pages, they hold 800 words that are no part of one and 30 that are. What trafilatura knows
# itself ("related", "share", "tags", "author", "caption" …) is missing here.
FURNITURE = re.compile(
    r"(?:^|[-_\s])(?:promo|infobox|lightbox|gallery|carousel|comment|sr-only|visually-hidden"
    r"|screen-reader-text|bio|popular|read-next|recirc|headline)s?(?:$|[-_\s])",
    re.IGNORECASE,
)
LARGE = 0.15  # share of a page's paragraphs: what holds more may be the article all the same
WHOLE = frozenset({"html", "body", "main", "article"})

PARAGRAPH = 80  # characters of one that is no label
FEWEST = 2  # paragraphs that make a part of an article
COMMENTS = re.compile(r"comment|disqus", re.IGNORECASE)


def drop_furniture(page: HtmlElement) -> None:
    """Remove what the class names of a page say is no part of an article."""
    limit = LARGE * sum(len(p.text_content()) for p in page.iter("p"))
    named = [
        element
        for element in page.iter()
        if isinstance(element.tag, str)
        and element.tag not in WHOLE
        and FURNITURE.search(element.get("class") or "")
    ]
    for element in named:
        small = sum(len(p.text_content()) for p in element.iter("p")) <= limit
        if small and element.getparent() is not None:
            element.drop_tree()


def find_parts(page: HtmlElement) -> list[list[HtmlElement]]:
    """Return the groups of elements that paragraphs are spread over, each in the page's order.

    Publishers cut long articles into chunks, with advertisements between them. The chunks have
    the same name, the same depth, and parents of the same name.
    """
    groups: dict[tuple[object, ...], list[HtmlElement]] = {}
    for element in page.iter("div", "section"):
        if element.get("class") and len(list(_paragraphs(element))) >= FEWEST:
            above = list(element.iterancestors())
            if not any(COMMENTS.search(_name(a)) for a in [element, *above]):
                key = (element.tag, element.get("class"), above[0].get("class"), len(above))
                groups.setdefault(key, []).append(element)
    return [parts for parts in groups.values() if len(parts) > 1]


def _name(element: HtmlElement) -> str:
    return f"{element.get('class') or ''} {element.get('id') or ''}"


def _paragraphs(element: HtmlElement) -> Iterator[str]:
    for child in element:
        if child.tag == "p":
            text = " ".join(child.text_content().split())
            if len(text) >= PARAGRAPH:
                yield text


def is_lost(parts: Sequence[HtmlElement], text: str) -> bool:
    """Tell whether some parts of an article are in an extracted text, and others are not."""
    found = [any(paragraph[:PARAGRAPH] in text for paragraph in _paragraphs(p)) for p in parts]
    return any(found) and not all(found)


def join_parts(parts: Sequence[HtmlElement]) -> None:
    """Move all parts of an article into the first."""
    for part in parts[1:]:
        parts[0].extend(list(part))
