"""Finds the facts that a scraped text tells about itself: title, authors, source, language."""

import re
from collections import Counter
from collections.abc import Sequence

from digest.clean.cues import split_words
from digest.clean.looks import Text
from digest.clean.names import NAME, find_names, letters_of
from digest.language import load_words

LANGUAGES = ("en", "de")
ENOUGH_COMMON = 0.12  # the share of common words in running text is twice that, in menus half
SAMPLE = 4_000  # characters from the middle of a text tell its language

SUFFIX = re.compile(r"\s+(?:[|»*]|-|–|—|::)\s+[A-Z][^|»:]{1,40}$|\s+\(via \w+\)$")
CAPITALISED = r"[A-Z][\w&.]*(?: (?:of |the |and |& )?[A-Z][\w&.]*){0,4}"
HEADLINE_WORDS = range(3, 31)
BYLINE_WORDS = 14
YEAR = re.compile(r"\b(?:19|20)\d\d(?!\d)")
NOTE_WORDS = 10  # a note about a person tells the job within its first words


def find_title(text: Text, headline: int, first: int) -> str | None:
    """Return the headline of a text: the line that was taken for it, or a better one below it.

    The first line of a scraped page is often the title of its window, which ends in the name of
    the site, and may be older than the headline above the article.
    """
    title = text.lines[headline].text
    whole = letters_of(title)
    for i in range(headline + 1, first):
        line, letters = text.lines[i].text, letters_of(text.lines[i].text)
        if len(letters) > len(whole) / 2 and whole.startswith(letters):
            return line
    after = headline + 1
    if headline == 0 and after < first and _says_the_same(text, after, headline):
        return text.lines[after].text
    return strip_site(title)


def strip_site(title: str, site: str | None = None) -> str:
    """Return a page's title without the name of the site behind it: "Rain falls | The Herald"."""
    if site and title.endswith(site):
        return re.sub(r"[\s|–—:·»(-]+$", "", title.removesuffix(site)) or title
    return SUFFIX.sub("", title) or title


def _says_the_same(text: Text, i: int, k: int) -> bool:
    """Tell whether a line is another wording of a headline, and not the sentence that follows."""
    ours, theirs = text.content[i], text.content[k]
    enough = 2 * len(ours & theirs) >= len(theirs) > 0
    return enough and len(text.words[i]) in HEADLINE_WORDS and not text.lines[i].text.endswith(".")


def find_authors(
    text: Text, head: Sequence[int], notes: Sequence[int], language: str | None
) -> tuple[str, ...]:
    """Return the names that the lines above the article tell, or the notes about the author."""
    words = load_words(language, "clean")
    others = frozenset(words["no names"])
    posted = re.compile(rf"\b(?i:{'|'.join(re.escape(p) for p in words['by'] if ' ' in p)})\b")
    by = re.compile(rf"(?i:{'|'.join(map(re.escape, words['by']))})(?![a-z])")
    for i in [*head, *notes]:
        match = by.match(text.lines[i].text) or posted.search(text.lines[i].text)
        if match and len(text.words[i]) <= BYLINE_WORDS:
            names = find_names(text.lines[i].text[match.end() :], others)
            if names or (i in head and (names := _next_names(text, i, others))):
                return names
    return _signed_names(text, head, others) or next(
        (names for i in notes if (names := _names_in_note(text, i, language))), ()
    )


def _next_names(text: Text, i: int, others: frozenset[str]) -> tuple[str, ...]:
    """Return the name below a line that says "By" and nothing else."""
    alone = len(text.words[i]) == 1 and i + 1 < len(text.lines)
    return find_names(text.lines[i + 1].text, others) if alone else ()


def _signed_names(text: Text, head: Sequence[int], others: frozenset[str]) -> tuple[str, ...]:
    """Return the names of a line above the article that consists of names.

    Of several such lines the one counts that a date stands beside, or that the text repeats.
    """
    named: dict[tuple[str, ...], bool] = {}
    for i in head:
        line = text.lines[i].text
        start = re.split(r"\s?[|•·]\s?", line)[0]
        if len(text.words[i]) <= BYLINE_WORDS and (names := _only_names(start, others)):
            named[names] = named.get(names, False) or _is_signed(text, i, names[0])
    signed = [names for names, sure in named.items() if sure] or list(named)
    return signed[0] if len(signed) == 1 else ()


def _is_signed(text: Text, i: int, name: str) -> bool:
    beside = [k for k in (i - 1, i + 1) if 0 <= k < len(text.lines)]
    told = sum(name in text.lines[k].text for k, prose in enumerate(text.prose) if prose)
    if told > 1:
        return False  # whom the article tells about, did not write it; a note below it tells once
    dated = any(YEAR.search(text.lines[k].text) for k in beside if len(text.words[k]) <= 12)
    return dated or sum(name in line.text for line in text.lines) > 1


def _only_names(line: str, others: frozenset[str]) -> tuple[str, ...]:
    names = find_names(line, others)
    return names if names and sum(map(len, names)) >= 0.7 * len(line) else ()


def _names_in_note(text: Text, i: int, language: str | None) -> tuple[str, ...]:
    line = text.lines[i].text
    match = NAME.match(line)
    jobs = load_words(language, "clean")["jobs"]
    if match and {*split_words(line[match.end() :])[:NOTE_WORDS]} & {*jobs}:
        return (match[0],)
    return ()


def find_source(text: Text, removed: Sequence[int], language: str | None) -> str | None:
    """Return the publisher that two lines around the article name alike, if any."""
    phrases = "|".join(map(re.escape, load_words(language, "clean")["source before"]))
    pattern = re.compile(rf"\b(?i:({phrases})) (?:the newsletter of )?({CAPITALISED})")
    named: Counter[str] = Counter()
    for i in removed:
        matches = {(m[1].lower(), m[2]) for m in pattern.finditer(text.lines[i].text)}
        named.update(sorted({name for _, name in matches}))
    best = sorted((-count, name) for name, count in named.items() if count > 1)
    return best[0][1] if best else None


def find_language(text: str) -> str | None:
    """Return the language whose common words the text is full of, or `None`."""
    middle = max(0, len(text) - SAMPLE) // 2
    words = split_words(text[middle : middle + SAMPLE])
    shares = {
        language: sum(map(frozenset(load_words(language, "clean")["common"]).__contains__, words))
        for language in LANGUAGES
    }
    best = max(LANGUAGES, key=lambda language: shares[language])
    return best if shares[best] > ENOUGH_COMMON * len(words) else None
