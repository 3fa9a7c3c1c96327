"""Finds the facts that a scraped text tells about itself: title, authors, source, language."""

import re
from collections import Counter
from collections.abc import Sequence

from digest.clean.cues import split_words
from digest.clean.lines import Line
from digest.clean.names import NAME, find_names, is_name
from digest.language import load_words

LANGUAGES = ("en",)
CAPITALISED = re.compile(r"[A-Z][\w&.-]*(?: (?:of |the |and |& )?[A-Z][\w&.-]*){0,4}")


def find_title(lines: Sequence[Line]) -> str | None:
    """Return the headline: the first line of a scraped text."""
    return lines[0].text if lines else None


def find_authors(head: Sequence[Line], bios: Sequence[Line]) -> tuple[str, ...]:
    """Return the names that the lines before the article, or the notes after it, tell."""
    for line in head:
        if line.text.lower().startswith("by "):
            names = find_names(line.text)
            if names:
                return names
    for line in [*bios, *head]:
        match = NAME.match(line.text)
        named = line in head and is_name(line.text)
        if match and (named or _tells_job(line.text[match.end() :])):
            return (match[0],)
    return ()


def _tells_job(text: str) -> bool:
    jobs = load_words("en", "clean")["jobs"]
    words = split_words(text)[:10]
    return bool(words) and words[0] in ("is", "has", "was", "covers") and bool({*words} & {*jobs})


def find_source(lines: Sequence[Line], language: str | None) -> str | None:
    """Return the publisher that two kinds of furniture name alike, if any."""
    named: Counter[str] = Counter()
    for phrase in load_words(language, "clean")["source before"]:
        pattern = re.compile(rf"\b{re.escape(phrase)} ({CAPITALISED.pattern})", re.I)
        named.update({_spelled(m[1]) for line in lines for m in pattern.finditer(line.text)})
    best = sorted((-count, name) for name, count in named.items() if name and count > 1)
    return best[0][1] if best else None


def _spelled(name: str) -> str:
    match = CAPITALISED.match(name)
    return match[0] if match else ""


def find_language(text: str) -> str | None:
    """Return the language whose common words the text is full of, or `None`."""
    words = Counter(split_words(text[:20_000]))
    shares = {
        language: sum(words[word] for word in load_words(language, "clean")["common"])
        for language in LANGUAGES
    }
    best = max(LANGUAGES, key=lambda language: shares[language])
    return best if shares[best] > 0.15 * words.total() else None
