"""Which articles make which story: those of a story stay together, and new ones are compared."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from math import inf

from digest.build.holdings import Holding
from digest.config import StoriesConfig
from digest.dates import EPOCH, moment_key
from digest.models import Article, Cluster
from digest.outlines import Outline
from digest.stories import cluster_articles, relate_clusters
from digest.stories.near import Text, count_spread, find_near
from digest.stories.related import LIMIT
from digest.tell import choose_slugs

# From this share of all on, new articles are compared with all articles: there is less to gain
# from looking for the nearest ones.
MANY = 0.1
NEAREST_RELATED = 30  # articles whose stories may be related: ten times as many as are shown

Load = Callable[[Iterable[str]], list[Article]]
"""Returns the articles with these paths."""


@dataclass(frozen=True, slots=True)
class Group:
    """The articles of a story, in the order of their publication, and its names."""

    slug: str
    paths: tuple[str, ...]
    related: tuple[str, ...] = ()


def group_articles(
    outlines: Mapping[str, Outline],
    holdings: Sequence[Holding],
    load: Load,
    *,
    options: StoriesConfig,
) -> list[Group]:
    """Return the stories that the articles make, sorted by slug.

    An article stays with the story that holds it, and with the one that it names itself. Others
    are grouped among themselves and with the stories near them. Only stories whose articles
    changed are related anew; those they are related to get to know them if they have room.
    """
    homes = find_homes(outlines, holdings)
    labels = {path: o.story or homes.get(path) for path, o in outlines.items()}
    clusters = _cluster(outlines, labels, {h.slug for h in holdings}, load, options)
    paths = {
        slug: tuple(article.path for article in cluster.articles)
        for slug, cluster in zip(
            choose_slugs(clusters, taken=[h.slug for h in holdings]), clusters, strict=True
        )
    }
    paths |= _gather(outlines, labels, {path for group in paths.values() for path in group})
    related = _relate(outlines, paths, holdings, load)
    return [Group(slug, paths[slug], related[slug]) for slug in sorted(paths)]


def find_homes(outlines: Mapping[str, Outline], holdings: Sequence[Holding]) -> dict[str, str]:
    """Return, by the path of an article, the slug of the story that holds it already.

    An article whose file was moved or renamed is known by its address, else by title and source.
    """
    homes = {path: holding.slug for holding in holdings for path in holding.articles}
    if outlines.keys() <= homes.keys():
        return homes
    lost = {
        mark: holding.slug
        for holding in holdings
        for path, marks in zip(holding.articles, holding.marks, strict=True)
        if path not in outlines
        for mark in marks
    }
    for path, outline in outlines.items():
        if path not in homes:
            slug = next((lost[mark] for mark in outline.marks if mark in lost), None)
            if slug:
                homes[path] = slug
    return homes


def _cluster(
    outlines: Mapping[str, Outline],
    labels: Mapping[str, str | None],
    held: set[str],
    load: Load,
    options: StoriesConfig,
) -> list[Cluster]:
    """Return the groups of what has no story yet, and of all stories that it may belong to."""
    loose = [path for path in outlines if labels[path] is None]
    if not loose:
        return []
    if len(loose) > MANY * len(outlines):
        near, spread = set(labels.values()), None
    else:
        paths = list(outlines)
        texts = [_text(outline) for outline in outlines.values()]
        spread = count_spread(texts)
        new = [_text(outlines[path]) for path in loose]
        found = find_near(new, texts, spread=spread, window_days=options.window_days)
        near = {labels[paths[number]] for row in found for number in row}
        near |= {label for label in labels.values() if label not in held}
    chosen = [path for path in outlines if labels[path] is None or labels[path] in near]
    belongs = {path: label for path in chosen if (label := labels[path])}
    return cluster_articles(
        load(chosen),
        belongs=belongs,
        spread=spread,
        window_days=options.window_days,
        threshold=options.threshold,
    )


def _gather(
    outlines: Mapping[str, Outline], labels: Mapping[str, str | None], done: set[str]
) -> dict[str, tuple[str, ...]]:
    """Return the articles of each story that was not compared with anything."""
    groups: dict[str, list[str]] = {}
    for path, label in labels.items():
        if label is not None and path not in done:
            groups.setdefault(label, []).append(path)
    return {
        slug: tuple(sorted(paths, key=lambda path: _age(outlines[path])))
        for slug, paths in groups.items()
    }


def _relate(
    outlines: Mapping[str, Outline],
    groups: Mapping[str, tuple[str, ...]],
    holdings: Sequence[Holding],
    load: Load,
) -> dict[str, tuple[str, ...]]:
    before = {h.slug: h for h in holdings}
    related = {
        slug: tuple(other for other in before[slug].related if other in groups)
        if slug in before
        else ()
        for slug in groups
    }
    changed = [s for s in groups if s not in before or {*groups[s]} != {*before[s].articles}]
    if not changed:
        return related
    if len(changed) > MANY * len(groups):
        among, spread = sorted(groups), None
    else:
        paths = list(outlines)
        texts = [Text(inf, outline.words) for outline in outlines.values()]
        spread = count_spread(texts)
        new = [Text(inf, outlines[path].words) for slug in changed for path in groups[slug]]
        found = find_near(new, texts, spread=spread, limit=NEAREST_RELATED)
        home = {path: slug for slug, members in groups.items() for path in members}
        among = sorted({*changed, *(home[paths[number]] for row in found for number in row)})
    clusters = [Cluster(articles=tuple(load(groups[slug])), slug=slug) for slug in among]
    rows = dict(zip(among, relate_clusters(clusters, spread=spread), strict=True))
    for slug in changed:
        related[slug] = tuple(among[number] for number in rows[slug])
    for slug in sorted(set(changed) - before.keys()):
        for other in related[slug]:
            if len(related[other]) < LIMIT and other not in changed:
                related[other] += (slug,)
    return related


def _text(outline: Outline) -> Text:
    return Text(_day(outline), outline.words)


def _day(outline: Outline) -> float:
    if outline.published is None:
        return inf
    return (moment_key(outline.published)[1] - EPOCH) / timedelta(days=1)


def _age(outline: Outline) -> tuple[bool, datetime, str]:
    dated, moment = moment_key(outline.published)
    return not dated, moment, outline.path
