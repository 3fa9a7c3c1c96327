"""Tells why each line that is not part of the article goes."""

from collections.abc import Sequence

from digest.clean.certain import REASONS
from digest.clean.looks import Columns, Text, load_word_sets
from digest.clean.names import says_title
from digest.models import Facts, Reason

PLACES = ("sure", "brief", "opening", "line", "start", "end", "within")
"""Where a cue stands, in the order in which to trust it."""

TRUST = {
    f"{reason} {place}": rank
    for rank, (place, reason) in enumerate(
        (place, reason) for place in PLACES for reason in REASONS
    )
}

# What belongs to another story once the list of other stories has begun.
OF_STORIES = ("byline", "date", "caption", "bio")
DECK = 0.3  # a sentence above the article that shares this much with it sums it up
SENTENCE = 8  # words


def find_reasons(
    text: Text,
    columns: Columns,
    facts: Facts,
    *,
    kept: Sequence[bool],
    certain: Sequence[Reason | None],
) -> list[Reason | None]:
    """Return for each line the reason why it goes, or `None` for a line that is kept."""
    inside = [i for i, keep in enumerate(kept) if keep]
    reasons: list[Reason | None] = []
    listed = False  # whether the list of other stories has begun
    for i, keep in enumerate(kept):
        if keep:
            reasons.append(None)
        elif facts.title and says_title(text.lines[i].text, facts.title):
            reasons.append("headline" if i < inside[0] or i <= inside[-1] else "teaser")
        elif certain[i] and i <= inside[-1]:
            reasons.append(certain[i])
        elif i < inside[0]:
            reasons.append(_above(text, i, columns, facts, reasons[-1] if reasons else None))
        elif i < inside[-1]:
            reasons.append(_between(text, i, facts, reasons))
        else:
            sure = None if certain[i] in OF_STORIES else certain[i]
            reasons.append(sure or _below(text, i, facts, reasons[-1], listed=listed))
        listed = listed or (i > inside[-1] and reasons[-1] == "teaser")
    return reasons


def told_reason(cues: frozenset[str]) -> Reason | None:
    """Return the reason that the cues of a line tell, the surest place first."""
    ranks = [TRUST[cue] for cue in cues if cue in TRUST]
    return REASONS[min(ranks) % len(REASONS)] if ranks else None


def _above(text: Text, i: int, columns: Columns, facts: Facts, above: Reason | None) -> Reason:
    if _names_author(text.lines[i].text, facts) and len(text.words[i]) <= 2 * SENTENCE:
        return "byline"
    told = told_reason(text.cues[i])
    if told:
        return told
    if columns["date"][i]:
        return "date"
    if len(text.words[i]) < SENTENCE:
        return "navigation"
    if text.ended[i]:
        return "deck" if columns["on topic"][i] > DECK else "caption"
    return "headline" if above == "headline" or columns["on topic"][i] > DECK else "caption"


def _between(text: Text, i: int, facts: Facts, above: Sequence[Reason | None]) -> Reason:
    told = told_reason(text.cues[i]) or above[-1]
    if told:
        return told
    words = load_word_sets(facts.language).pictured
    pictured = text.lines[i].text[-1] == ")" or not words.isdisjoint(text.words[i])
    return "caption" if pictured else "teaser"


def _below(text: Text, i: int, facts: Facts, above: Reason | None, *, listed: bool) -> Reason:
    told = told_reason(text.cues[i])
    if _names_author(text.lines[i].text, facts) and (told == "bio" or above in (None, "bio")):
        return "bio"
    if told in OF_STORIES and listed:
        return "teaser"
    return told or ("comments" if above == "comments" else "teaser")


def _names_author(line: str, facts: Facts) -> bool:
    return any(author in line for author in facts.author)
