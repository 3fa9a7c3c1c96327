"""Adds up what the trees of the model say about each line."""

import json
from collections.abc import Sequence
from functools import cache
from importlib.resources import files
from typing import TypeAlias

Tree: TypeAlias = "float | tuple[str, float, Tree, Tree]"
"""A score, or a question: the sign, its limit, the tree for values up to it, and for others."""


@cache
def load_trees() -> tuple[Tree, ...]:
    """Return the trees of `model.json`, which `tests/quality/train_clean.py` has made."""
    text = (files("digest") / "clean" / "model.json").read_text(encoding="utf-8")
    return tuple(_as_tree(tree) for tree in json.loads(text))


def _as_tree(node: float | list[object]) -> Tree:
    if not isinstance(node, list):
        return float(node)
    sign, limit, low, high = node
    return str(sign), float(limit), _as_tree(low), _as_tree(high)  # type: ignore[arg-type]


def score_lines(columns: dict[str, list[float]], size: int) -> list[float]:
    """Return the log-odds that each line is part of the article.

    Gradient-boosted trees (Friedman, Annals of Statistics 2001): the score is a sum.
    """
    scores = [0.0] * size
    missing = [0.0] * size
    for tree in load_trees():
        _add(tree, range(size), columns, missing, scores)
    return scores


def _add(
    tree: Tree,
    lines: Sequence[int],
    columns: dict[str, list[float]],
    missing: list[float],
    scores: list[float],
) -> None:
    if isinstance(tree, float):
        for i in lines:
            scores[i] += tree
        return
    sign, limit, low, high = tree
    column = columns.get(sign, missing)
    _add(low, [i for i in lines if column[i] <= limit], columns, missing, scores)
    _add(high, [i for i in lines if column[i] > limit], columns, missing, scores)
