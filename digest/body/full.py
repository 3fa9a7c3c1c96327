"""Renders any body by way of markdown-it: its figures, its references and where its words lead."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from html import escape
from itertools import count

from markdown_it.token import Token

from digest.body.links import ATTRIBUTION, SOURCE_ANCHOR, Links, anchor_of, passage_link
from digest.body.parser import MARKDOWN

BREAKS = ("softbreak", "hardbreak")


def render_any(body: str, links: Links) -> str:
    """Return what `render_body` promises, by way of markdown-it."""
    blocks = list(_blocks(MARKDOWN.parse(body)))
    _anchor_sources(blocks)
    tokens = list(_with_figures(blocks, links))
    for token in tokens:
        token.children = list(_with_references(token.children or [], links))
    return str(MARKDOWN.renderer.render(tokens, MARKDOWN.options, {}))


def find_attributed(body: str) -> list[str]:
    """Return the words of each block quote that says who said them."""
    blocks = _blocks(MARKDOWN.parse(body))
    return [_words(block) for block in blocks if _is_attributed(block)]


def _blocks(tokens: Sequence[Token]) -> Iterator[list[Token]]:
    """Yield the tokens of each block at the top level."""
    block: list[Token] = []
    for token in tokens:
        block.append(token)
        if token.level == 0 and token.nesting <= 0:
            yield block
            block = []


def _anchor_sources(blocks: list[list[Token]]) -> None:
    lists = [block for block in blocks if block[0].type == "ordered_list_open"]
    items = (
        t for block in lists[-1:] for t in block if t.type == "list_item_open" and t.level == 1
    )
    for number, item in zip(count(1), items):
        item.attrSet("id", f"{SOURCE_ANCHOR}{number}")


def _with_figures(blocks: list[list[Token]], links: Links) -> Iterator[Token]:
    taken: set[str] = set()
    for block in blocks:
        if _is_attributed(block):
            yield from _figure(block, links, taken)
        else:
            yield from block


def _figure(block: list[Token], links: Links, taken: set[str]) -> Iterator[Token]:
    words = _words(block)
    anchor = anchor_of(words)
    while anchor in taken:
        anchor += "-again"
    taken.add(anchor)
    passage = links.passages.get(words)
    if passage:
        block[0].attrSet("cite", passage)
    if words in links.languages:
        block[0].attrSet("lang", links.languages[words])
    caption = block[-3]
    caption.children = list(_with_people(caption.children or [], links.people))
    yield _html(f'<figure class="quote" id="{anchor}">\n')
    yield from (*block[:-4], block[-1])
    yield _html("<figcaption>")
    yield caption
    yield _html(passage_link(passage, links) + "</figcaption>\n</figure>\n")


def _is_attributed(block: list[Token]) -> bool:
    return (
        block[0].type == "blockquote_open"
        and len(block) >= 8  # two paragraphs of three tokens, between the marks of the quote
        and block[-2].type == "paragraph_close"
        and block[-3].content.startswith(ATTRIBUTION)
    )


def _words(block: list[Token]) -> str:
    """Return the text of a block quote without its attribution."""
    lines = (token for token in block[:-4] if token.type == "inline")
    return "\n".join(_text(line.children or []) for line in lines)


def _with_people(children: list[Token], people: Mapping[str, str]) -> Iterator[Token]:
    """Yield the parts of an attribution, a name that has a page as a link to it."""
    for before, token in zip([None, *children], children, strict=False):
        page = people.get(token.content) if before and before.type == "strong_open" else None
        if page:
            yield _html(f'<a href="{escape(page)}">', inline=True)
        yield token
        if page:
            yield _html("</a>", inline=True)


def _with_references(children: list[Token], links: Links) -> Iterator[Token]:
    """Yield the parts of a line: sentences with their language, references raised, links whole."""
    sentence: list[Token] = []
    reference = False
    for token in children:
        if token.type == "link_open":
            reference = _is_reference(token)
            token.attrSet("href", _complete(str(token.attrGet("href")), links.page))
            if reference:
                yield from _with_language(sentence, links.languages)
                yield _html('<sup class="ref">', inline=True)
        if reference:
            yield token
        else:
            sentence.append(token)
        if token.type == "link_close" and reference:
            passage = links.passages.get(_text(sentence))
            yield _html("</sup>" + passage_link(passage, links), inline=True)
            sentence, reference = [], False
    yield from sentence


def _complete(href: str, page: str) -> str:
    return page + href if href.startswith("#") else href


def _with_language(sentence: list[Token], languages: Mapping[str, str]) -> Iterator[Token]:
    """Yield a sentence close to the number behind it, so that no line starts with that."""
    if sentence and sentence[-1].type == "text":
        sentence[-1].content = sentence[-1].content.rstrip()
    language = languages.get(_text(sentence))
    if language:
        yield _html(f'<span lang="{escape(language)}">', inline=True)
    yield from sentence
    if language:
        yield _html("</span>", inline=True)


def _text(tokens: Iterable[Token]) -> str:
    return "".join(" " if t.type in BREAKS else t.content for t in tokens).strip()


def _is_reference(token: Token) -> bool:
    return token.type == "link_open" and str(token.attrGet("href")).startswith(f"#{SOURCE_ANCHOR}")


def _html(content: str, *, inline: bool = False) -> Token:
    return Token("html_inline" if inline else "html_block", "", 0, content=content)
