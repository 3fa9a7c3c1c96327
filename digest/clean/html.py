"""Reads a saved page: its text by trafilatura, and what it declares about itself."""

from copy import deepcopy
from dataclasses import replace

from lxml.html import HtmlElement
from trafilatura import bare_extraction
from trafilatura.metadata import extract_metadata
from trafilatura.settings import Document
from trafilatura.utils import load_html

from digest.clean.markup import drop_furniture, find_parts, is_lost, join_parts
from digest.clean.names import letters_of
from digest.clean.pagefacts import read_moment, read_names, read_page_facts
from digest.facts import merge_facts
from digest.models import Facts

# Only dates in the markup: a search of the text finds one on every page, right or wrong. And no
# date is too late: what counts as "too late" must not depend on the day of the build.
DATES = {"extensive_search": False, "original_date": True, "max_date": "2100-01-01"}


def read_page(page: str) -> tuple[str, Facts]:
    """Return the text of a page, headline first and one paragraph a line, and its facts.

    The text is empty where trafilatura (Barbaresi, ACL 2021) finds none.
    """
    tree = load_html(page)
    if tree is None:
        return "", Facts()
    facts = read_page_facts(tree)
    if not (facts.author and facts.published):
        facts = merge_facts(facts, _find_facts(tree))
    headlines = {letters_of(h1.text_content()) for h1 in tree.iter("h1")}
    others = headlines - {letters_of(facts.title or "")}  # the title itself goes with its reason
    lines = [line for line in _extract(tree).split("\n") if letters_of(line) not in others]
    return "\n\n".join([facts.title or "", "\n".join(lines)]) if any(lines) else "", facts


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
    document = bare_extraction(tree, favor_precision=True, include_comments=False)
    return (document.text or "") if isinstance(document, Document) else ""


def _find_facts(tree: HtmlElement) -> Facts:
    """Return what trafilatura reads from bylines and date lines that the page marks as such."""
    found = extract_metadata(tree, date_config=dict(DATES))
    author = read_names([found.author]) if found.author else ()
    facts = Facts(title=found.title, source=found.sitename, published=read_moment(found.date))
    return replace(facts, author=author)
