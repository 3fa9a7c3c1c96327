"""Trains the model that tells the lines of an article from those around it.

Run by hand, in an environment that has numpy and scikit-learn beside digest:

    python tests/quality/train_clean.py FOLDER [--check]

FOLDER holds files of JSON lines (`*.jsonl` or `*.jsonl.gz`), one labelled text each: "text" (as
scraped), "body" (what of it is the article), "url" (its host is the site), "lang", and, if known,
"parts": the paragraphs of the body, each with a mark whether it may as well be left out.
Without --check it writes digest/clean/model.json; with it, it trains on four fifths of the sites,
measures on the others, five times, and writes nothing.
"""

import argparse
import difflib
import gzip
import importlib
import json
import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from digest.clean.around import describe_around
from digest.clean.certain import find_certain
from digest.clean.context import describe_lines
from digest.clean.cues import split_words
from digest.clean.datelined import find_dateline
from digest.clean.keep import favour_lists, favour_opening, keep_lines
from digest.clean.lines import Line, read_lines
from digest.clean.looks import take_apart
from digest.clean.repair import repair_text

# Imported by name because neither is a dependency of digest, not even for its tests.
np: Any = importlib.import_module("numpy")
ensemble: Any = importlib.import_module("sklearn.ensemble")
selection: Any = importlib.import_module("sklearn.model_selection")

MODEL = Path(__file__).parents[2] / "digest/clean/model.json"
TOKEN = re.compile(r"\w+")
PASSAGE = 4  # fewer tokens in a row are found in any text
FAR_SHARE = 0.2  # of the lines far from the article, which are many and easy, so many are kept
DEPTH = 2  # questions: more find nothing that holds on other sites
SETTINGS = {
    "max_iter": 90,
    "max_depth": DEPTH,
    "max_bins": 64,
    "early_stopping": False,
    "learning_rate": 0.18,
    "min_samples_leaf": 60,
    "l2_regularization": 20,
    "max_features": 0.2,
    "random_state": 0,
}


def main() -> None:
    """Train on the folder that is named, or measure how well that would do."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    parser.add_argument("folder", type=Path)
    parser.add_argument("--check", action="store_true", help="measure, and write nothing")
    args = parser.parse_args()
    texts = [text for record in read_records(args.folder) if (text := prepare(record))]
    if args.check:
        print(check(texts))
    else:
        MODEL.write_text(format_trees(*train(texts)), encoding="utf-8")


def read_records(folder: Path) -> Iterator[dict[str, Any]]:
    """Yield the labelled texts of a folder that are English, file by file."""
    for path in sorted(folder.glob("*.jsonl*")):
        with gzip.open(path, "rt") if path.suffix == ".gz" else path.open() as lines:
            for record in map(json.loads, lines):
                if record.get("text") and record.get("body") and record.get("lang") == "en":
                    yield record


def prepare(record: dict[str, Any]) -> dict[str, Any]:
    """Return the signs and the label of each line of a text."""
    lines = read_lines(repair_text(record["text"]))
    text = take_apart(lines, [split_words(line.text) for line in lines], "en")
    columns = describe_lines(text, "en")
    certain = find_certain(text, columns, "en")
    return {
        "site": urlsplit(record.get("url") or "").netloc or record["id"],
        "lines": lines,
        "apart": text,
        "dateline": find_dateline(text, columns, "en"),
        "columns": describe_around(text, columns, certain),
        "certain": certain,
        "labels": label_lines(lines, record),
    }


def label_lines(lines: list[Line], record: dict[str, Any]) -> list[int | None]:
    """Return 1 for each line that most of is in the body, 0 for others, `None` for "either"."""
    parts = record.get("parts") or [[record["body"], False]]
    gold = [(token, optional) for text, optional in parts for token in TOKEN.findall(text)]
    owned = [(token, i) for i, line in enumerate(lines) for token in TOKEN.findall(line.text)]
    total = Counter(i for _, i in owned)
    found: Counter[int] = Counter()
    free: Counter[int] = Counter()
    matcher = difflib.SequenceMatcher(
        None, [token for token, _ in owned], [token for token, _ in gold], autojunk=False
    )
    for ours, theirs, size in matcher.get_matching_blocks():
        for k in range(size):
            i = owned[ours + k][1]
            found[i] += size >= PASSAGE or size == total[i]
            free[i] += gold[theirs + k][1]
    return [_label(total[i], found[i], free[i]) for i in range(len(lines))]


def _label(total: int, found: int, free: int) -> int | None:
    if not total or (2 * found >= total and 2 * free >= found):
        return None
    return int(2 * found >= total)


def train(texts: list[dict[str, Any]]) -> tuple[Any, list[str]]:
    """Return the trained trees and the names of the signs."""
    names = sorted({name for text in texts for name in text["columns"]})
    rows = np.concatenate([_as_rows(text, names) for text in texts])
    labels = np.array(
        [
            -1 if y is None or certain else y
            for text in texts
            for y, certain in zip(text["labels"], text["certain"], strict=True)
        ]
    )
    weights = np.concatenate([_weigh(text) for text in texts])
    far = np.concatenate([_far(text) for text in texts]) & (labels == 0)
    use = (labels >= 0) & ~(far & (np.random.default_rng(0).random(len(labels)) > FAR_SHARE))
    model = ensemble.HistGradientBoostingClassifier(**SETTINGS)
    return model.fit(rows[use], labels[use], sample_weight=weights[use]), names


def _as_rows(text: dict[str, Any], names: list[str]) -> Any:
    size = len(text["lines"])
    return np.array([text["columns"].get(name, [0.0] * size) for name in names], np.float32).T


def _weigh(text: dict[str, Any]) -> Any:
    """Every text weighs the same, in it a long line more than a short one."""
    sizes = [min(60, max(3, len(line.text.split()))) ** 0.7 for line in text["lines"]]
    return np.array(sizes) * (100 / sum(sizes))


def _far(text: dict[str, Any]) -> Any:
    start, end = (np.array(text["columns"][f"after body {x}"]) for x in ("start", "end"))
    return (abs(start) >= 30) & ((end >= 30) | (end <= -60))


def check(texts: list[dict[str, Any]]) -> dict[str, float]:
    """Return mean F1, leakage and loss, in words, of texts whose sites were not trained on."""
    figures = []
    sites = [text["site"] for text in texts]
    for known, unknown in selection.GroupKFold(5).split(texts, groups=sites):
        model, names = train([texts[i] for i in known])
        for i in unknown:
            scores = model.decision_function(_as_rows(texts[i], names))
            figures.append(_measure(texts[i], [float(score) for score in scores]))
    return {
        name: round(float(np.mean([figure[name] for figure in figures])), 4) for name in figures[0]
    }


def _measure(text: dict[str, Any], scores: list[float]) -> dict[str, float]:
    sizes = [len(line.text.split()) for line in text["lines"]]
    scores = favour_opening(text["apart"], favour_lists(text["apart"], scores))
    kept = keep_lines(scores, sizes, text["certain"], dateline=text["dateline"])
    told = [
        (size, keep, y)
        for size, keep, y in zip(sizes, kept, text["labels"], strict=True)
        if y is not None
    ]
    right = sum(size for size, keep, y in told if keep and y)
    shown = sum(size for size, keep, _ in told if keep) or 1
    wanted = sum(size for size, _, y in told if y) or 1
    return {
        "f1": 2 * right / (shown + wanted),
        "leakage": 1 - right / shown,
        "loss": 1 - right / wanted,
    }


def format_trees(model: Any, names: list[str]) -> str:
    """Return the trees as JSON, the first score and then one tree a line.

    A tree is [sign, limit, question up to it, question above it], a question is [sign, limit,
    score up to it, score above it].
    """
    first = round(float(model._baseline_prediction.ravel()[0]), 3)
    trees = [_as_list(predictor[0].nodes, 0, names) for predictor in model._predictors]
    return "[\n" + ",\n".join(map(json.dumps, [first, *trees])) + "\n]\n"


def _as_list(nodes: Any, at: int, names: list[str], depth: int = 0) -> Any:
    node = nodes[at]
    if depth == DEPTH:
        return round(float(node["value"]), 3)
    if node["is_leaf"]:  # ask anything, and give the same score for each answer
        return [names[0], 0.0, *[_as_list(nodes, at, names, depth + 1)] * 2]
    sides = (_as_list(nodes, int(node[side]), names, depth + 1) for side in ("left", "right"))
    return [names[node["feature_idx"]], float(f"{node['num_threshold']:.4g}"), *sides]


if __name__ == "__main__":
    main()
