"""Shows what the program sees in an article: what it kept, what it removed and why."""

import json
from collections.abc import Iterator, Sequence
from functools import partial
from pathlib import Path
from typing import Any

from digest.bulk import Batch, split_path
from digest.dates import format_moment
from digest.errors import ArticleError
from digest.ingest import list_articles, list_batches, read_article
from digest.models import LIMITS, Article, Limits, Moment, Quote, RawArticle, Sentence, Span
from digest.parallel import Map
from digest.people import find_people
from digest.prepare import load_batch
from digest.summary import summarize_articles
from digest.tags import find_tags

# What terminals understand (ECMA-48, select graphic rendition).
RED, STRUCK, END = "\033[31m", "\033[2;9m", "\033[0m"


def list_paths(paths: Sequence[str]) -> list[str]:
    """Return the files that are meant: a folder stands for all articles below it, sorted."""
    return [file for path in paths for file in _below(path)]


def _below(path: str) -> list[str]:
    folder = Path(path)
    if not folder.is_dir():
        return [path]
    return [f"{path.rstrip('/')}/{name}" for name in list_articles(folder)]


def inspect_articles(
    paths: Sequence[str],
    *,
    sentences: int,
    words: int | None,
    limits: Limits = LIMITS,
    map_: Map = map,
) -> Iterator[dict[str, Any]]:
    """Yield what is seen in each article, in the order of the paths, as JSON can write it.

    An article that cannot be used is `{"path": …, "error": …}`.
    """
    look = partial(_inspect, sentences=sentences, words=words, limits=limits)
    for seen in map_(look, list_batches(list_paths(paths), root=Path(), largest=limits.size)):
        yield from seen


def _inspect(
    batch: Batch | ArticleError, *, sentences: int, words: int | None, limits: Limits
) -> list[dict[str, Any]]:
    loaded = load_batch(batch, root=Path(), limits=limits)
    paths = [batch.place] if isinstance(batch, ArticleError) else batch.paths()
    return [
        {"path": path, "error": str(article)}
        if isinstance(article, ArticleError)
        else describe(article, summarize_articles([article], sentences=sentences, words=words))
        for path, article in zip(paths, loaded, strict=True)
    ]


def describe(article: Article, summary: Sequence[Sentence]) -> dict[str, Any]:
    """Return an article as `digest inspect --json` shows it."""
    facts = article.facts
    return {
        "path": article.path,
        "title": facts.title,
        "author": list(facts.author),
        "published": _iso(facts.published),
        "updated": _iso(facts.updated),
        "source": facts.source,
        "url": facts.url,
        "language": facts.language,
        "text": article.text,
        "removed": [
            {"line": line.line, "text": line.text, "reason": line.reason}
            for line in article.removed
        ],
        "quotes": [_describe_quote(quote) for quote in article.quotes],
        "summary": [_describe_span(sentence) for sentence in summary],
        "tags": list(find_tags([article])),
        "people": list(find_people([article])),
    }


def _describe_quote(quote: Quote) -> dict[str, Any]:
    return {
        "segments": [_describe_span(segment) for segment in quote.segments],
        "speaker": quote.speaker,
        "role": quote.role,
        "via": quote.via,
        "mention": quote.mention,
        "partial": quote.partial,
    }


def _describe_span(span: Span | Sentence) -> dict[str, Any]:
    return {"text": span.text, "start": span.start, "end": span.end}


def _iso(moment: Moment | None) -> str | None:
    return format_moment(moment) if moment else None


def format_json(described: dict[str, Any]) -> str:
    """Return one line of JSON."""
    return json.dumps(described, ensure_ascii=False)


def format_text(described: dict[str, Any], *, colour: bool = False) -> str:
    """Return what people read: facts, lines kept and lines struck out with why, quotes, summary."""
    facts = ("title", "author", "published", "updated", "source", "url", "language", "tags")
    parts = [described["path"]]
    parts += [f"  {name}: {_show(described[name])}" for name in facts]
    parts += ["", *_show_lines(described, colour=colour)]
    parts += ["", "quotes:", *map(_show_quote, described["quotes"])]
    parts += ["", "summary:", *(f"  {s['text']}" for s in described["summary"])]
    return "\n".join(parts) + "\n"


def _show(value: Any) -> str:
    return (", ".join(value) if isinstance(value, list) else value) or "—"


def _show_lines(described: dict[str, Any], *, colour: bool) -> Iterator[str]:
    """Yield the lines of the file in their order; of a page, which has none, the text first."""
    removed = {line["line"]: line for line in described["removed"]}
    path = described["path"]
    # To find a record takes reading all of its file.
    raw = None if split_path(path) else read_article(Path(path), path=path)
    if isinstance(raw, RawArticle) and raw.kind == "text":
        for number, line in enumerate(raw.text.split("\n"), 1):
            if number in removed:
                yield _strike(removed[number], colour=colour)
            elif line.strip():
                yield f"{number:>5}  {_printable(line)}"
    else:
        yield from (f"       {line}" for line in described["text"].split("\n") if line)
        yield from (_strike(line, colour=colour) for line in described["removed"])


def _printable(line: str) -> str:
    """Return a line without what would command a terminal."""
    return "".join(character for character in " ".join(line.split()) if character.isprintable())


def _strike(removed: dict[str, Any], *, colour: bool) -> str:
    before, after, end = (RED, f"{END}{STRUCK}", END) if colour else ("", "", "")
    return f"{removed['line']:>5}  {before}[{removed['reason']}]{after} {removed['text']}{end}"


def _show_quote(quote: dict[str, Any]) -> str:
    said = " … ".join(f"“{segment['text']}”" for segment in quote["segments"])
    speaker = quote["speaker"] or "(no speaker found)"
    who = [speaker, quote["role"], quote["via"] and f"via {quote['via']}"]
    partial = " (partial)" if quote["partial"] else ""
    return f"  {', '.join(filter(None, who))}{partial}: {said}"
