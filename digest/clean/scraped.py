"""Parts the lines of a scraped text into the article and what is around it."""

from collections.abc import Sequence
from itertools import chain

from digest.clean.certain import find_certain
from digest.clean.context import describe_lines, find_headline
from digest.clean.datelines import find_times
from digest.clean.facts import find_authors, find_language, find_source, find_title
from digest.clean.keep import favour_lists, keep_extracted, keep_lines
from digest.clean.lines import Line, read_lines
from digest.clean.looks import Text, take_apart
from digest.clean.reasons import find_reasons, told_reason
from digest.clean.repair import repair_text
from digest.clean.trees import score_lines
from digest.facts import merge_facts
from digest.models import CleanArticle, Facts, Reason, Removed

ABOVE = 6  # lines above the headline may still be its date and its author
MOST_HEAD = 60  # lines near the headline, and as many near the article: the rest is menus
BESIDE = 20  # so may lines this far below the headline, if the article has begun already
BELOW = 8  # lines below the article may tell them too


def clean_text(path: str, text: str, *, known: Facts, extracted: bool = False) -> CleanArticle:
    """Return the article that a scraped text holds, with the facts that the text tells.

    Its text is empty where no line is part of an article. Where the text was `extracted` from a
    page already, only what is certainly no part of it goes; elsewhere, all that is not likely.
    """
    lines = read_lines(repair_text(text))
    language = known.language or find_language(text)
    if not lines:
        return CleanArticle(path=path, facts=known, text="")
    apart = take_apart(lines, language)
    columns = describe_lines(apart, language)
    certain = find_certain(apart, columns, language)
    if extracted:
        kept = keep_extracted(apart, certain, title=known.title)
    else:
        scores = favour_lists(apart, score_lines(columns, len(lines)))
        kept = keep_lines(scores, [len(words) for words in apart.words], certain)
    facts = merge_facts(known, find_facts(apart, kept, language))
    if not any(kept):
        return CleanArticle(path=path, facts=facts, text="")
    reasons = find_reasons(apart, columns, facts, kept=kept, certain=certain)
    return CleanArticle(
        path=path,
        facts=facts,
        text="\n\n".join(line.text for line, keep in zip(lines, kept, strict=True) if keep),
        removed=tuple(chain.from_iterable(map(_remove, lines, reasons))),
    )


def find_facts(text: Text, kept: Sequence[bool], language: str | None) -> Facts:
    """Return what the lines around the article tell about it."""
    inside = [i for i, keep in enumerate(kept) if keep] or [0]
    headline = find_headline(text, inside)
    removed = [i for i, keep in enumerate(kept) if not keep]
    top = max(inside[0], headline + BESIDE)
    head = [i for i in removed if headline - ABOVE <= i < top and i != headline]
    head = head[:MOST_HEAD] + head[MOST_HEAD:][-MOST_HEAD:]
    above, late = [i for i in head if headline < i < inside[0]], [i for i in head if i > inside[0]]
    tail = [i for i in removed if inside[-1] < i <= inside[-1] + BELOW]
    notes = [i for i in removed if told_reason(text.cues[i]) == "bio"]
    published, updated = find_times(text, head, tail, language)
    return Facts(
        title=find_title(text, headline, inside[0]),
        author=find_authors(text, above, [*late, *tail, *notes], language),
        source=find_source(text, removed, language),
        published=published,
        updated=updated,
        language=language,
    )


def _remove(line: Line, reason: Reason | None) -> list[Removed]:
    if reason is None:
        return []
    return [
        Removed(line=number, text=text, reason=reason)
        for number, text in enumerate(line.pieces, start=line.number)
    ]
