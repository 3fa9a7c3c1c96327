"""Adds up what the trees of the model say about each line."""

import json
from collections.abc import Mapping, Sequence
from functools import cache
from importlib.resources import files
from itertools import compress
from typing import NamedTuple


class Tree(NamedTuple):
    """One question, and another for each answer: a sign of the line, and its limit."""

    sign: str
    limit: float
    low_sign: str
    low_limit: float
    low: tuple[float, float]
    """The scores of lines up to both limits, and above the second one only."""
    high_sign: str
    high_limit: float
    high: tuple[float, float]


class Model(NamedTuple):
    """The trees, and the score that a line has before they are asked."""

    start: float
    trees: tuple[Tree, ...]
    signs: tuple[str, ...]
    """All that the trees ask for, sorted."""


@cache
def load_model() -> Model:
    """Return the model of `model.json`, which `tests/quality/train_clean.py` has made."""
    text = (files("digest") / "clean" / "model.json").read_text(encoding="utf-8")
    start, *trees = json.loads(text)
    asked = tuple(_as_tree(*tree) for tree in trees)
    signs = {sign for tree in asked for sign in (tree.sign, tree.low_sign, tree.high_sign)}
    return Model(start, asked, tuple(sorted(signs)))


def _as_tree(sign: str, limit: float, low: list[object], high: list[object]) -> Tree:
    (low_sign, low_limit, *lows), (high_sign, high_limit, *highs) = low, high
    return Tree(sign, limit, low_sign, low_limit, tuple(lows), high_sign, high_limit, tuple(highs))  # type: ignore[arg-type]  # JSON has no types; the model is ours


def score_lines(columns: Mapping[str, Sequence[float]], open_: Sequence[bool]) -> list[float]:
    """Return the log-odds that each line is part of the article, 0 for those not `open_`.

    Gradient-boosted trees (Friedman, Annals of Statistics 2001): the score is a sum.
    """
    model = load_model()
    asked = {sign: list(compress(columns[sign], open_)) for sign in model.signs}
    scores = [model.start] * sum(open_)
    for tree in model.trees:
        scores = _add(tree, asked, scores)
    told = iter(scores)
    return [next(told) if is_open else 0.0 for is_open in open_]


def _add(tree: Tree, columns: Mapping[str, Sequence[float]], scores: list[float]) -> list[float]:
    sign, limit, low_sign, low_limit, (a, b), high_sign, high_limit, (c, d) = tree
    rows = zip(scores, columns[sign], columns[low_sign], columns[high_sign], strict=True)
    return [
        score + ((a if low <= low_limit else b) if x <= limit else (c if high <= high_limit else d))
        for score, x, low, high in rows
    ]
