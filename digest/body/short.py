"""A short way to render bodies of the kind that the program itself writes, as markdown-it does.

It knows paragraphs, headings, block quotes and lists of one line each, and in them words, escaped
marks, emphasis, code, references and links to plain addresses. At the first thing that it does
not know, it knows nothing: then markdown-it renders. A body of 200 words takes 0.3 ms instead of
1.7 ms; that both ways give the same HTML is shown in tests/test_shortbody.py.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from html import escape
from itertools import pairwise
from typing import NamedTuple

from digest.body.links import (
    ATTRIBUTION,
    SOURCE_ANCHOR,
    Links,
    anchor_of,
    escape_bare,
    escape_marks,
    passage_link,
)


class Run(NamedTuple):
    """A stretch of a line."""

    kind: str
    """`text`, `strong`, `em`, `code` or `a`."""
    text: str
    href: str = ""


Line = list[Run]


class Block(NamedTuple):
    """A block at the top level with its lines: paragraphs of a quote, items of a list."""

    tag: str
    lines: list[Line]


class UnknownError(Exception):
    """A body that needs markdown-it."""


# What some parser on the way to a reader could take for more than a character.
CONTROL = re.compile(
    "[\\x00-\\x09\\x0b-\\x1f\\x7f-\\x9f\\u2028\\u2029\\ud800-\\udfff\\ufdd0-\\ufdef\\ufffe\\uffff]"
)
# A line of words: not a mark of a block, unless it belongs to emphasis or code.
WORDS = re.compile(
    r"""(?! \d{1,9}[.)] ) (?: [^\s\#>+*=~`_<\\|-] | \\[^\s\w] | \*{1,2}[^\W_] | `[^`\s] ) .*""",
    re.VERBOSE,
)
HEADING = re.compile(r"(#{1,6}) ([^\s#][^#]*)")
NUMBERED = re.compile(r"\d{1,9}\. ")

ADDRESS = r"""
    \#source-\d{1,9}
  | https?://[a-z0-9-]{1,63}(?:\.[a-z0-9-]{1,63}){0,9}
    (?:/(?:[A-Za-z0-9/?=&+,:@~.!*'_-]|%[0-9A-Fa-f]{2})*)?
"""
INLINE = re.compile(
    rf"""
    (?P<text> [^\\`*_\[\]<&!\n]+ | !(?!\[) | &(?!\#?\w{{1,40}};) | <(?![A-Za-z/!?])
      | (?<=[^\W_])_(?=[^\W_]) | (?<=\ )\*(?=\ ) )
  | \\(?P<escaped> [!-/:-@\[-`{{-~] )
  | \[ (?P<label> (?: [^\\`*_\[\]<&\n] | \\[!-/:-@\[-`{{-~] | &(?!\#?\w{{1,40}};) )+ ) \]
    \( (?: <(?P<angled>{ADDRESS})> | (?P<bare>{ADDRESS}) ) \)
  | (?<![^ (“]) \*\* (?P<strong> [^\W_](?:[^\\`*_\[\]<&!\n]*[^\W_])? ) \*\* (?![^ ,.;:)”])
  | (?<![^ (“]) \* (?P<em> [^\W_](?:[^\\`*_\[\]<&!\n]*[^\W_])? ) \* (?![^ ,.;:)”])
  | ` (?P<code> [^`\s](?:[^`\n]*[^`\s])? ) ` (?!`)
    """,
    re.VERBOSE,
)
MARK = re.compile(r"[\\`*_\[\]<&!]")
REFERENCE = f"#{SOURCE_ANCHOR}"
NOBODY: Mapping[str, str] = {}
ESCAPED = re.compile(r"\\([!-/:-@\[-`{-~])")
WORDS_OF, LINKS, LISTS = {"text", "escaped"}, {"angled", "bare"}, {"ol", "ul"}


def render_short(body: str, links: Links) -> str:
    """Return a body as HTML; raise `UnknownError` where it is not of the known kind."""
    blocks = _parse(body)
    lists = [n for n, block in enumerate(blocks) if block.tag == "ol"]
    taken: set[str] = set()
    parts = []
    for number, block in enumerate(blocks):
        if _is_attributed(block):
            parts.append(_figure(block, links, taken))
        elif block.tag in LISTS:
            parts.append(_list(block, links, anchored=number in lists[-1:]))
        elif block.tag == "blockquote":
            parts.append(f"<blockquote>\n{_paragraphs(block.lines, links)}</blockquote>\n")
        else:
            parts.append(f"<{block.tag}>{_line(block.lines[0], links)}</{block.tag}>\n")
    return "".join(parts)


@lru_cache(maxsize=1)  # a body is rendered for its page, and at once for feeds
def _parse(body: str) -> Sequence[Block]:
    # What is printable holds nothing of that sort; to tell this takes a third of the time.
    if not body.endswith("\n") or (not _is_printable(body) and CONTROL.search(body)):
        raise UnknownError
    blocks = [_parse_block(block) for block in body[:-1].split("\n\n")]
    tags = [block.tag for block in blocks]
    if any(tag in LISTS and tag == after for tag, after in pairwise(tags)):
        raise UnknownError  # these are one list
    return blocks


def _is_printable(body: str) -> bool:
    return body.replace("\n", "").isprintable()


def _parse_block(text: str) -> Block:
    lines = text.split("\n")
    first = lines[0]
    if len(lines) == 1 and WORDS.fullmatch(first):
        return Block("p", [_parse_line(first)])
    if first.startswith("- "):
        return Block("ul", [_parse_item(line, "- ") for line in lines])
    if first.startswith("> "):
        return Block("blockquote", _parse_quote(lines))
    if first.startswith("1. "):
        return Block("ol", [_parse_item(line, _number(line)) for line in lines])
    heading = HEADING.fullmatch(text)
    if not heading:
        raise UnknownError
    return Block(f"h{len(heading[1])}", [_parse_line(heading[2])])


def _number(line: str) -> str:
    number = NUMBERED.match(line)
    if not number:
        raise UnknownError
    return number[0]


def _parse_quote(lines: Sequence[str]) -> list[Line]:
    if any(line != ">" for line in lines[1::2]) or len(lines) % 2 == 0:
        raise UnknownError
    return [_parse_item(line, "> ") for line in lines[::2]]


def _parse_item(line: str, mark: str) -> Line:
    if not line.startswith(mark) or not WORDS.fullmatch(line, len(mark)):
        raise UnknownError
    return _parse_line(line[len(mark) :])


def _parse_line(text: str) -> Line:
    """Return the runs of a line; neighbouring words are one run."""
    if text != text.strip():
        raise UnknownError
    if not MARK.search(text):
        return [Run("text", text)]
    runs: Line = []
    words, at = "", 0
    for match in INLINE.finditer(text):
        if match.start() != at:
            raise UnknownError
        at, kind = match.end(), match.lastgroup or ""
        if kind in WORDS_OF:
            words += match[kind]
            continue
        if words:
            runs.append(Run("text", words))
            words = ""
        if kind in LINKS:
            runs.append(Run("a", ESCAPED.sub(r"\1", match["label"]), match[kind]))
        else:
            runs.append(Run(kind, match[kind]))
    if at != len(text):
        raise UnknownError
    return [*runs, Run("text", words)] if words else runs


def _is_attributed(block: Block) -> bool:
    last = block.lines[-1][0]
    said = last.kind == "text" and last.text.startswith(ATTRIBUTION)
    return block.tag == "blockquote" and len(block.lines) > 1 and said


def _figure(block: Block, links: Links, taken: set[str]) -> str:
    words = "\n".join(map(_text, block.lines[:-1]))
    anchor = anchor_of(words)
    while anchor in taken:
        anchor += "-again"
    taken.add(anchor)
    passage = links.passages.get(words)
    cite = f' cite="{escape_marks(passage)}"' if passage else ""
    language = links.languages.get(words)
    lang = f' lang="{escape_marks(language)}"' if language else ""
    said = _paragraphs(block.lines[:-1], links)
    caption = _line(block.lines[-1], links, people=links.people)
    figure = "<figure>" if links.bare else f'<figure class="quote" id="{anchor}">'
    return (
        f"{figure}\n<blockquote{cite}{lang}>\n{said}</blockquote>\n"
        f"<figcaption>{caption}{passage_link(passage, links)}</figcaption>\n</figure>\n"
    )


def _list(block: Block, links: Links, *, anchored: bool) -> str:
    named = anchored and not links.bare
    items = (
        f'<li id="{SOURCE_ANCHOR}{number}">' if named else "<li>"
        for number in range(1, len(block.lines) + 1)
    )
    lines = (f"{i}{_line(line, links)}</li>\n" for i, line in zip(items, block.lines, strict=True))
    return f"<{block.tag}>\n{''.join(lines)}</{block.tag}>\n"


def _paragraphs(lines: Sequence[Line], links: Links) -> str:
    return "".join(f"<p>{_line(line, links)}</p>\n" for line in lines)


def _line(line: Line, links: Links, *, people: Mapping[str, str] = NOBODY) -> str:
    """Return a line: sentences with their language, references raised, links whole."""
    parts: list[str] = []
    sentence: Line = []
    for run in line:
        if not run.href.startswith(REFERENCE):
            sentence.append(run)
            continue
        words = _text(sentence)
        parts += _sentence(sentence, words, links, people)
        raised = "<sup>" if links.bare else '<sup class="ref">'
        passage = passage_link(links.passages.get(words), links)
        parts.append(f"{raised}{_run(run, links, people)}</sup>{passage}")
        sentence = []
    parts += (_run(run, links, people) for run in sentence)
    return "".join(parts)


def _sentence(
    runs: Sequence[Run], words: str, links: Links, people: Mapping[str, str]
) -> Iterator[str]:
    """Yield a sentence close to the number behind it, so that no line starts with that."""
    language = links.languages.get(words)
    if language:
        yield f'<span lang="{escape(language)}">'
    for run in runs[:-1]:
        yield _run(run, links, people)
    if runs:
        last = _run(runs[-1], links, people)
        yield last.rstrip() if runs[-1].kind == "text" else last
    if language:
        yield "</span>"


def _run(run: Run, links: Links, people: Mapping[str, str]) -> str:
    text = escape_bare(run.text) if links.bare else escape_marks(run.text)
    if run.kind == "text":
        return text
    if run.kind == "a":
        href = links.page + run.href if run.href.startswith("#") else run.href
        return f'<a href="{escape_marks(href)}">{text}</a>'
    page = people.get(run.text) if run.kind == "strong" else None
    if page:
        text = f'<a href="{escape(page)}">{text}</a>'
    return f"<{run.kind}>{text}</{run.kind}>"


def _text(runs: Sequence[Run]) -> str:
    return "".join([run.text for run in runs]).strip()
