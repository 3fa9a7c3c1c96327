"""Groups articles by the event that they report, stable over time and whatever their order."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from types import MappingProxyType

from digest.dates import moment_key
from digest.models import Article, Cluster, Moment
from digest.stories.linkage import Linkage
from digest.stories.pairs import find_pairs
from digest.stories.vectors import weigh_articles

WINDOW_DAYS = 7
THRESHOLD = 0.2
NOTHING: Mapping[str, str] = MappingProxyType({})


def cluster_articles(
    articles: Sequence[Article],
    *,
    belongs: Mapping[str, str] = NOTHING,
    window_days: int = WINDOW_DAYS,
    threshold: float = THRESHOLD,
) -> list[Cluster]:
    """Return the articles grouped by event: the earliest group first, the undated ones last.

    `belongs` maps the path of an article to the slug of the story that holds it: it stays there,
    and new articles may join it. An article that names its story itself belongs to that one.
    The order of the articles does not matter. Their paths have to differ.
    """
    ordered = sorted(articles, key=lambda article: article.path)
    labels = [article.facts.story or belongs.get(article.path) for article in ordered]
    days = [_day(article.facts.published) for article in ordered]
    found = find_pairs(weigh_articles(ordered), days, window=window_days)
    pairs = [(a, b, likeness) for b, row in enumerate(found) for a, likeness in row.items()]
    groups = Linkage(labels, pairs).join(threshold)
    clusters = [_cluster([ordered[i] for i in members], slug) for members, slug in groups]
    return sorted(clusters, key=lambda cluster: _age(cluster.articles[0]))


def _cluster(articles: list[Article], slug: str | None) -> Cluster:
    return Cluster(articles=tuple(sorted(articles, key=_age)), slug=slug)


def _age(article: Article) -> tuple[bool, datetime, str]:
    dated, moment = moment_key(article.facts.published)
    return not dated, moment, article.path


def _day(moment: Moment | None) -> int | None:
    return None if moment is None else moment_key(moment)[1].toordinal()
