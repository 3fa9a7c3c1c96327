"""Groups articles by the event that they report, stable over time and whatever their order."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from functools import lru_cache
from math import inf
from types import MappingProxyType

from digest.dates import EPOCH, moment_key
from digest.models import Moment
from digest.stories.crowds import thin_crowds
from digest.stories.linkage import Linkage
from digest.stories.neighbours import add_neighbours
from digest.stories.outline import Load, Outline
from digest.stories.pairs import UNKNOWN_GAP
from digest.stories.parts import Compare, compare_here, find_pairs
from digest.stories.vectors import Spread, rate_words
from digest.stories.weekdays import compare_weekdays

WINDOW_DAYS = 7  # news of an event that is older than this is another story, related to it
# The likeness, averaged over the pairs of two groups, from which on they are one story.
# .130, .138, .142, .146 give mean B-cubed .915, .917, .917, .916 on five sets from headlines to
# whole articles (tests/quality/measure_stories.py).
THRESHOLD = 0.142
NOTHING: Mapping[str, str] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Cluster:
    """Articles about one event, in the order of their publication, not told yet."""

    outlines: tuple[Outline, ...]
    slug: str | None = None
    """The story that these articles belong to already."""


def cluster_articles(
    outlines: Sequence[Outline],
    load: Load,
    *,
    belongs: Mapping[str, str] = NOTHING,
    spread: Spread | None = None,
    window_days: int = WINDOW_DAYS,
    threshold: float = THRESHOLD,
    compare: Compare = compare_here,
) -> list[Cluster]:
    """Return the articles grouped by event: the earliest group first, the undated ones last.

    `belongs` maps the path of an article to the slug of the story that holds it: it stays there,
    and new articles may join it. An article that names its story itself belongs to that one.
    The paths have to differ. `spread` tells how rare words are where these are but a few of all
    articles.

    The order of the articles does not matter. In which batches they come does: what was told stays
    told, though a later article may show that it was wrong. Ten batches agree with all at once by
    a B-cubed F1 of .996 (AllSides, in order of publication; .96 shuffled), 1.0 (BASIL), .95 (UCI)
    and, without dates, .94 (ECB+) and .86 (NeuS; tests/quality/measure_stability.py).
    """
    ordered = sorted(outlines, key=age)
    labels = [outline.story or belongs.get(outline.path) for outline in ordered]
    days = [day_of(outline.published) for outline in ordered]
    paths = [outline.path for outline in ordered]
    rarity = rate_words(load(paths), spread=spread)
    alike = find_pairs(
        lambda start, end: ((words,) for words in load(paths[start:end])),
        days,
        rarity,
        window=window_days,
        compare=compare,
    )
    named = compare_weekdays(alike, [outline.weekday for outline in ordered])
    mixed = add_neighbours(named, [UNKNOWN_GAP if day == inf else 1.0 for day in days])
    pairs = thin_crowds(mixed, [day == inf for day in days])
    groups = Linkage(labels, pairs).join(threshold)
    return [Cluster(tuple(ordered[number] for number in group), slug) for group, slug in groups]


def age(outline: Outline) -> tuple[float, str]:
    """Return by what articles are sorted: the earliest first, the undated ones last."""
    return day_of(outline.published), outline.path


@lru_cache(maxsize=10_000)  # many articles come out on one day
def day_of(moment: Moment | None) -> float:
    """Return the days from 1970 to a moment; infinity where there is none."""
    if moment is None:
        return inf
    return (moment_key(moment)[1] - EPOCH) / timedelta(days=1)
