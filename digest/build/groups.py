"""Which articles make which story: those of a story stay together, and new ones are compared."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from math import inf

from digest.build.holdings import Holding
from digest.config import StoriesConfig
from digest.stories import Cluster, Outline, choose_title, cluster_articles, relate_stories
from digest.stories.clusters import age, day_of
from digest.stories.near import LIMIT as NEAREST
from digest.stories.near import Text, count_spread, find_candidates, find_near
from digest.stories.outline import Load
from digest.stories.parts import Compare, compare_here
from digest.stories.related import LIMIT
from digest.stories.vectors import Spread
from digest.tell import choose_slugs

# From this share of all on, new articles are compared with all articles: there is less to gain
# from looking for the nearest ones.
MANY = 0.1
NEAREST_RELATED = 30  # articles whose stories may be related: ten times as many as are shown


@dataclass(frozen=True, slots=True)
class Group:
    """The articles of a story, in the order of their publication, and its names."""

    slug: str
    paths: tuple[str, ...]
    related: tuple[str, ...] = ()
    title: str | None = None
    """Where there is no such story yet."""


@dataclass(frozen=True)
class Known:
    """What is compared: the outlines of all articles by path, and the way to their words."""

    outlines: Mapping[str, Outline]
    load: Load
    compare: Compare = compare_here

    @cached_property
    def spread(self) -> Spread:
        """How rare words are among all articles."""
        return count_spread(list(self.outlines), self.load)

    def near(self, new: Sequence[str], *, window_days: float = inf, limit: int) -> set[str]:
        """Return the articles that are most like new ones; without a window, time does not count.

        They are of no more than `limit` for each.
        """
        timeless = window_days == inf
        days = {p: inf if timeless else day_of(o.published) for p, o in self.outlines.items()}
        paths = find_candidates(days, [days[path] for path in new], window_days)
        archive = (Text(days[p], words) for p, words in zip(paths, self.load(paths), strict=True))
        texts = [Text(days[p], words) for p, words in zip(new, self.load(new), strict=True)]
        found = find_near(texts, archive, spread=self.spread, window_days=window_days, limit=limit)
        return {paths[number] for row in found for number in row}


def group_articles(
    known: Known, holdings: Sequence[Holding], *, options: StoriesConfig
) -> list[Group]:
    """Return the stories that the articles make, sorted by slug.

    An article stays with the story that holds it, and with the one that it names itself. Others
    are grouped among themselves and with the stories near them. Only stories whose articles
    changed are related anew; those they are related to get to know them if they have room.
    """
    homes = find_homes(known.outlines, holdings)
    labels = {path: o.story or homes.get(path) for path, o in known.outlines.items()}
    clusters = _cluster(known, labels, {h.slug for h in holdings}, options)
    new = [cluster for cluster in clusters if not cluster.slug]
    taken = [*(h.slug for h in holdings), *(c.slug for c in clusters if c.slug)]
    titles = [choose_title(cluster.outlines, known.load) for cluster in new]
    slugs = choose_slugs(titles, taken=taken)
    named = [(c.slug, c) for c in clusters if c.slug] + list(zip(slugs, new, strict=True))
    paths = {slug: tuple(outline.path for outline in c.outlines) for slug, c in named}
    paths |= _gather(known.outlines, labels, {path for group in paths.values() for path in group})
    related = _relate(known, paths, holdings)
    title = dict(zip(slugs, titles, strict=True))
    return [Group(slug, paths[slug], related[slug], title.get(slug)) for slug in sorted(paths)]


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
    known: Known, labels: Mapping[str, str | None], held: set[str], options: StoriesConfig
) -> list[Cluster]:
    """Return the groups of what has no story yet, and of all stories that it may belong to."""
    loose = [path for path in known.outlines if labels[path] is None]
    if not loose:
        return []
    window, spread = options.window_days, None
    if len(loose) > MANY * len(known.outlines):
        near = set(labels.values())
    else:
        spread = known.spread
        found = known.near(loose, window_days=window, limit=NEAREST)
        near = {labels[path] for path in found}
        near |= {label for label in labels.values() if label not in held}
    chosen = [o for p, o in known.outlines.items() if labels[p] is None or labels[p] in near]
    return cluster_articles(
        chosen,
        known.load,
        belongs={outline.path: label for outline in chosen if (label := labels[outline.path])},
        spread=spread,
        window_days=window,
        threshold=options.threshold,
        compare=known.compare,
    )


def _gather(
    outlines: Mapping[str, Outline], labels: Mapping[str, str | None], done: set[str]
) -> dict[str, tuple[str, ...]]:
    """Return the articles of each story that was not compared with anything."""
    groups: dict[str, list[Outline]] = {}
    for path, label in labels.items():
        if label is not None and path not in done:
            groups.setdefault(label, []).append(outlines[path])
    return {
        slug: tuple(o.path for o in (sorted(members, key=age) if members[1:] else members))
        for slug, members in groups.items()
    }


def _relate(
    known: Known, groups: Mapping[str, tuple[str, ...]], holdings: Sequence[Holding]
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
    among, spread = sorted(groups), None
    if len(changed) <= MANY * len(groups):
        spread = known.spread
        new = [path for slug in changed for path in groups[slug]]
        home = {path: slug for slug, members in groups.items() for path in members}
        found = known.near(new, limit=NEAREST_RELATED)
        among = sorted({*changed, *(home[path] for path in found)})
    stories = [groups[slug] for slug in among]
    rows = relate_stories(stories, known.load, spread=spread, compare=known.compare)
    found_for = dict(zip(among, rows, strict=True))
    for slug in changed:
        related[slug] = tuple(among[number] for number in found_for[slug])
    for slug in sorted(set(changed) - before.keys()):
        for other in related[slug]:
            if len(related[other]) < LIMIT and other not in changed:
                related[other] += (slug,)
    return related
