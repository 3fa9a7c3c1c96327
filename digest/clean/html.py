"""Reads a saved page: its text by trafilatura, and what it declares about itself."""

from collections.abc import Sequence
from copy import deepcopy
from dataclasses import replace
from itertools import islice

from lxml.html import HtmlElement
from trafilatura import bare_extraction
from trafilatura.metadata import extract_metadata
from trafilatura.settings import Document
from trafilatura.utils import load_html

from digest.clean.cues import split_words
from digest.clean.facts import find_facts, find_language
from digest.clean.lines import read_lines
from digest.clean.looks import take_apart
from digest.clean.markup import (
    drop_furniture,
    find_parts,
    is_lost,
    join_parts,
    read_shown_lines,
)
from digest.clean.names import find_names, is_name, letters_of
from digest.clean.pagefacts import read_moment, read_page_facts
from digest.clean.repair import repair_text
from digest.facts import merge_facts
from digest.language import load_words
from digest.models import Facts

# Only dates in the markup: a search of the text finds one on every page, right or wrong. And no
# date is too late: what counts as "too late" must not depend on the day of the build.
DATES = {"extensive_search": False, "original_date": True, "max_date": "2100-01-01"}

# Elements, from which on trafilatura asks no second opinion: jusText compares each paragraph with
# all (15,000 took 29 seconds of one core, now 1). The most of 310 saved pages are 5,516.
MANY_ELEMENTS = 8_000


def read_page(page: str) -> tuple[str, Facts]:
    """Return the text of a page, headline first and one paragraph a line, and its facts.

    The text is empty where trafilatura (Barbaresi, ACL 2021) finds none.
    """
    tree = load_html(page)
    if tree is None:
        return "", Facts()
    facts = read_page_facts(tree)
    shown = [] if _tells_people(facts) and facts.published else read_shown_lines(tree)
    found = Facts() if facts.published and facts.title else _find_facts(tree)
    headlines = {letters_of(h1.text_content()) for h1 in tree.iter("h1")}
    others = headlines - {letters_of(facts.title or "")}  # the title itself goes with its reason
    lines = [line for line in _extract(tree).split("\n") if letters_of(line) not in others]
    facts = _complete(facts, _find_shown(shown, lines), found)
    return "\n\n".join([facts.title or "", "\n".join(lines)]) if any(lines) else "", facts


def _tells_people(facts: Facts) -> bool:
    return any(" " in author and is_name(author) for author in facts.author)


def _find_shown(shown: Sequence[str], article: Sequence[str]) -> Facts:
    """Return what the lines around an article tell, as in a text that was scraped."""
    lines = read_lines(repair_text("\n".join(shown)))
    kept = {letters_of(line) for line in article}
    language = find_language(map(split_words, article))
    text = take_apart(lines, [split_words(line.text) for line in lines], language)
    inside = [letters_of(line.text) in kept for line in lines]
    return find_facts(text, inside, language) if any(inside) else Facts()


def _complete(declared: Facts, shown: Facts, found: Facts) -> Facts:
    """Return what a page declares, and for the rest what it shows, the surest first.

    Bylines are found better in what readers see, dates better in what is marked as one.
    """
    author = declared.author
    if not _tells_people(declared) and (_tells_people(shown) or not author):
        author = shown.author or author
    facts = merge_facts(replace(declared, author=author), found)
    return merge_facts(facts, Facts(published=shown.published, updated=shown.updated))


def _extract(tree: HtmlElement) -> str:
    """Return the text of the article in a tree, which is of no use afterwards.

    trafilatura takes one element for the article. Only where it leaves out others of the same
    kind, they are joined, and it reads again.
    """
    drop_furniture(tree)
    spare = deepcopy(tree) if find_parts(tree) else None
    text = _read_text(tree)
    lost = (
        [parts for parts in find_parts(spare) if is_lost(parts, text)] if spare is not None else []
    )
    for parts in lost:
        join_parts(parts)
    return _read_text(spare) if lost else text


def _read_text(tree: HtmlElement) -> str:
    many = sum(1 for _ in islice(tree.iter(), MANY_ELEMENTS)) == MANY_ELEMENTS
    document = bare_extraction(tree, fast=many, favor_precision=True, include_comments=False)
    return (document.text or "") if isinstance(document, Document) else ""


def _find_facts(tree: HtmlElement) -> Facts:
    """Return what trafilatura reads from bylines and date lines that the page marks as such."""
    found = extract_metadata(tree, date_config=dict(DATES))
    others = frozenset(load_words(None, "clean")["no names"])
    author = find_names(found.author, others) if found.author else ()
    facts = Facts(title=found.title, source=found.sitename, published=read_moment(found.date))
    return replace(facts, author=author)
