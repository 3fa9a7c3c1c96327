"""Joins what is alike, the most alike first: average linkage over pairs that are few."""

from collections.abc import Iterable, Iterator, Sequence
from heapq import heapify, heappop, heappush

Label = str | None


class Linkage:
    """Groups that grow together; two groups of different labels never do.

    The similarity of two groups is the mean over all pairs of their members (UPGMA: Sokal and
    Michener 1958), where a pair that is not given counts as 0. Only given pairs cost time.
    """

    def __init__(self, labels: Sequence[Label], pairs: Iterable[tuple[int, int, float]]) -> None:
        self._members: dict[int, list[int]] = {i: [i] for i in range(len(labels))}
        self._labels: dict[int, Label] = dict(enumerate(labels))
        self._sums: dict[int, dict[int, float]] = {i: {} for i in range(len(labels))}
        for a, b, similarity in pairs:
            self._sums[a][b] = self._sums[b][a] = similarity
        self._join_labelled()

    def join(self, threshold: float) -> list[tuple[list[int], Label]]:
        """Join groups as long as their mean similarity reaches the threshold; return all groups.

        Members and groups come in the order of their numbers.
        """
        heap = [item for a in self._sums for item in self._candidates(a, threshold) if a < item[2]]
        heapify(heap)
        while heap:
            _, a, b = heappop(heap)
            # A joined group has a new number, so an old candidate names a group that is gone.
            if a in self._members and b in self._members:
                for item in self._candidates(self._merge(a, b), threshold):
                    heappush(heap, item)
        groups = [(sorted(group), self._labels[i]) for i, group in self._members.items()]
        return sorted(groups, key=lambda group: group[0])

    def _join_labelled(self) -> None:
        holders: dict[str, int] = {}
        for group, label in list(self._labels.items()):
            if label is not None:
                held = holders.get(label)
                holders[label] = group if held is None else self._merge(held, group)

    def _candidates(self, group: int, threshold: float) -> Iterator[tuple[float, int, int]]:
        for other, total in self._sums[group].items():
            mean = total / (len(self._members[group]) * len(self._members[other]))
            if mean >= threshold and self._may_join(group, other):
                yield -mean, min(group, other), max(group, other)

    def _may_join(self, a: int, b: int) -> bool:
        first, second = self._labels[a], self._labels[b]
        return first is None or second is None or first == second

    def _merge(self, a: int, b: int) -> int:
        new = len(self._labels)
        self._members[new] = self._members.pop(a) + self._members.pop(b)
        self._labels[new] = self._labels[a] if self._labels[a] is not None else self._labels[b]
        sums = self._sums.pop(a)
        for other, total in self._sums.pop(b).items():
            sums[other] = sums.get(other, 0.0) + total
        sums.pop(a, None)
        sums.pop(b, None)
        self._sums[new] = sums
        for other, total in sums.items():
            row = self._sums[other]
            row.pop(a, None)
            row.pop(b, None)
            row[new] = total
        return new
