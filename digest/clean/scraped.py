"""Parts the lines of a scraped text into the article and what is around it."""

from itertools import chain

from digest.clean.around import describe_around
from digest.clean.certain import find_certain
from digest.clean.context import describe_lines
from digest.clean.cues import split_words
from digest.clean.datelined import find_dateline
from digest.clean.facts import find_facts, find_language
from digest.clean.keep import favour_lists, favour_opening, keep_extracted, keep_lines
from digest.clean.lines import Line, read_lines
from digest.clean.looks import take_apart
from digest.clean.reasons import find_reasons
from digest.clean.repair import repair_text
from digest.clean.trees import score_lines
from digest.facts import merge_facts
from digest.models import CleanArticle, Facts, Reason, Removed


def clean_text(path: str, text: str, *, known: Facts, extracted: bool = False) -> CleanArticle:
    """Return the article that a scraped text holds, with the facts that the text tells.

    Its text is empty where no line is part of an article. Where the text was `extracted` from a
    page already, only what is certainly no part of it goes; elsewhere, all that is not likely.
    """
    lines = read_lines(repair_text(text))
    if not lines:
        return CleanArticle(path=path, facts=known, text="")
    words = [split_words(line.text) for line in lines]
    language = known.language or find_language(words)
    apart = take_apart(lines, words, language)
    columns = describe_lines(apart, language)
    certain = find_certain(apart, columns, language)
    if extracted:
        kept = keep_extracted(apart, certain, title=known.title)
    else:
        signs = describe_around(apart, columns, certain)
        scores = score_lines(signs, [not reason for reason in certain])
        scores = favour_opening(apart, favour_lists(apart, scores))
        dateline = find_dateline(apart, columns, language)
        kept = keep_lines(scores, list(map(len, apart.words)), certain, dateline=dateline)
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


def _remove(line: Line, reason: Reason | None) -> list[Removed]:
    if reason is None:
        return []
    return [
        Removed(line=number, text=text, reason=reason)
        for number, text in enumerate(line.pieces, start=line.number)
    ]
