"""Parts the lines of a scraped text into the article and what is around it."""

from collections.abc import Sequence
from itertools import chain

from digest.clean.cues import find_cues, load_cues, split_words
from digest.clean.facts import find_authors, find_language, find_source, find_title
from digest.clean.lines import SENTENCE_END, Line, read_lines
from digest.clean.reasons import Sign, find_reasons, same_words, told_reason
from digest.clean.repair import repair_text
from digest.errors import ArticleError
from digest.models import CleanArticle, Facts, Reason, Removed


def clean_text(path: str, text: str, *, known: Facts) -> CleanArticle:
    """Return the article that a scraped text holds, with the facts that the text tells."""
    lines = read_lines(repair_text(text))
    language = known.language or find_language(text)
    title = known.title or find_title(lines)
    signs = keep_lines(lines, title=title, language=language)
    kept = [sign.line for sign in signs if sign.kept]
    if not kept:
        raise ArticleError(path, "no article text was found", "check what the file holds")
    head = [line for line in lines if line.number < kept[0].number]
    bios = [s.line for s in signs if not s.kept and told_reason(s.cues) == "bio"]
    authors = known.author or find_authors(head[1:], bios)
    reasons = find_reasons(signs, title=title, authors=authors)
    facts = Facts(
        title=title, author=authors, source=find_source(lines, language), language=language
    )
    return CleanArticle(
        path=path,
        facts=facts,
        text="\n\n".join(line.text for line in kept),
        removed=tuple(chain.from_iterable(map(_removed, lines, reasons))),
    )


def _removed(line: Line, reason: Reason | None) -> list[Removed]:
    if reason is None:
        return []
    return [
        Removed(line=number, text=text, reason=reason)
        for number, text in enumerate(line.pieces, start=line.number)
    ]


def keep_lines(lines: Sequence[Line], *, title: str | None, language: str | None) -> list[Sign]:
    """Return the lines with what they tell, and whether they are part of the article."""
    phrases = load_cues(language)
    signs = []
    over = False
    for line in lines:
        words = split_words(line.text)
        cues = find_cues(words, phrases)
        told = told_reason(frozenset(cue for cue in cues if not cue.endswith(" end")))
        prose = SENTENCE_END.search(line.text) is not None and len(words) > 5
        over = over or told == "bio"
        kept = prose and told is None and not over and not same_words(line.text, title or "")
        signs.append(Sign(line=line, cues=cues, kept=kept))
    return signs
