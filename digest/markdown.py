"""Writes other people's words as Markdown that stays words, and renders story bodies as HTML."""

import re
from collections.abc import Iterator, Sequence
from hashlib import blake2b
from itertools import count, zip_longest
from urllib.parse import quote

from markdown_it import MarkdownIt
from markdown_it.token import Token

# The words of a story come from other people's pages: raw HTML stays text.
MARKDOWN = MarkdownIt("commonmark", {"html": False})

SOURCE_ANCHOR = "source-"
ATTRIBUTION = "— "

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


def render_markdown(body: str, *, page: str = "") -> str:
    """Return a story's body as HTML.

    A block quote that ends in a paragraph "— Ada" becomes a `figure` with an anchor made of its
    words; the items of the last numbered list get the anchors that references point to. Links
    within the page start with `page`, its address, where the HTML is read elsewhere.
    """
    blocks = list(_blocks(MARKDOWN.parse(body)))
    _anchor_sources(blocks)
    tokens = list(_with_figures(blocks))
    for token in tokens:
        token.children = list(_with_references(token.children or [], page))
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


def _with_figures(blocks: list[list[Token]]) -> Iterator[Token]:
    taken: set[str] = set()
    for block in blocks:
        if _is_attributed(block):
            anchor = _anchor(_words(block), taken)
            yield _html(f'<figure class="quote" id="{anchor}">\n')
            yield from (*block[:-4], block[-1])
            yield _html("<figcaption>")
            yield block[-3]
            yield _html("</figcaption>\n</figure>\n")
        else:
            yield from block


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
    return "\n".join("".join(c.content for c in line.children or []) for line in lines)


def _anchor(words: str, taken: set[str]) -> str:
    """Return a name that stays while the words stay, wherever the quote moves on its page."""
    name = "quote-" + blake2b(words.encode(), digest_size=4).hexdigest()
    while name in taken:
        name += "-again"
    taken.add(name)
    return name


def _with_references(children: list[Token], page: str) -> Iterator[Token]:
    """Yield the parts of a line, references to sources raised, links completed."""
    reference = False
    for token, following in zip_longest(children, children[1:]):
        if token.type == "text" and following and _is_reference(following):
            # The number stands close to its sentence, so that no line starts with it.
            token.content = token.content.rstrip()
        if token.type == "link_open":
            reference = _is_reference(token)
            href = str(token.attrGet("href"))
            if href.startswith("#"):
                token.attrSet("href", page + href)
            if reference:
                yield _html('<sup class="ref">', inline=True)
        yield token
        if token.type == "link_close" and reference:
            reference = False
            yield _html("</sup>", inline=True)


def _is_reference(token: Token) -> bool:
    return token.type == "link_open" and str(token.attrGet("href")).startswith(f"#{SOURCE_ANCHOR}")


def _html(content: str, *, inline: bool = False) -> Token:
    return Token("html_inline" if inline else "html_block", "", 0, content=content)
