"""Tells why each line that is not part of the article goes."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import get_args

from digest.clean.lines import Line
from digest.models import Reason

REASONS: tuple[Reason, ...] = get_args(Reason)

# Where a phrase stands tells how far to trust it.
PLACES = ("line", "start", "end", "within")


@dataclass(frozen=True, slots=True, kw_only=True)
class Sign:
    """A line and what is known about it."""

    line: Line
    cues: frozenset[str]
    kept: bool


def told_reason(cues: frozenset[str]) -> Reason | None:
    """Return the reason that the cues of a line tell, the surest place first."""
    for place in PLACES:
        for reason in REASONS:
            if f"{reason} {place}" in cues:
                return reason
    return None


def find_reasons(
    signs: Sequence[Sign], *, title: str | None, authors: Sequence[str]
) -> list[Reason | None]:
    """Return for each line the reason why it goes, or `None` for a line that is kept."""
    kept = [i for i, sign in enumerate(signs) if sign.kept]
    first, last = (kept[0], kept[-1]) if kept else (len(signs), len(signs))
    reasons: list[Reason | None] = []
    for i, sign in enumerate(signs):
        if sign.kept:
            reasons.append(None)
        elif i < first:
            reasons.append(_before(sign, title=title, authors=authors))
        elif i < last:
            reasons.append(_between(sign, reasons))
        else:
            reasons.append(_after(sign, reasons, authors=authors))
    return reasons


def _before(sign: Sign, *, title: str | None, authors: Sequence[str]) -> Reason:
    if title and same_words(sign.line.text, title):
        return "headline"
    if sign.line.text in authors:
        return "byline"
    return told_reason(sign.cues) or "navigation"


def _between(sign: Sign, before: Sequence[Reason | None]) -> Reason:
    told = told_reason(sign.cues)
    if told:
        return told
    return before[-1] or "teaser"


def _after(sign: Sign, before: Sequence[Reason | None], *, authors: Sequence[str]) -> Reason:
    told = told_reason(sign.cues)
    if any(author in sign.line.text for author in authors) and before[-1] in (None, "bio"):
        return "bio"
    if told in ("byline", "date") or "teaser" in before:
        return "teaser"
    return told or "teaser"


def same_words(text: str, title: str) -> bool:
    """Tell whether a line says the title, give or take case and punctuation."""
    return _letters(text) == _letters(title)


def _letters(text: str) -> str:
    return "".join(char for char in text.casefold() if char.isalnum())
