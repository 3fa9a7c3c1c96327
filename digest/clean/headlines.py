"""Finds the headline of an article among the lines above its text."""

import re
from collections.abc import Mapping, Sequence
from math import log1p
from typing import NamedTuple

from digest.clean.datelines import load_date_words
from digest.clean.looks import Text, load_word_sets
from digest.clean.names import is_name, letters_of
from digest.dates import find_dates

SUFFIX = re.compile(r"\s+(?:[|»*]|-|–|—|::)\s+[A-Z][^|»:]{1,40}$|\s+\(via \w+\)$")
SECTION = re.compile(r"\s+(?:\||::)\s+[A-Z][^|:]{1,40}$")
START = re.compile(r"[\w$£€#“\"‘'¿¡]|[^\w\s|·•(\[©@-]\s?\w")
MENU = re.compile(r"[•·]|\([^()]*/[^()]*\)")
YEAR = re.compile(r"\b(?:19|20)\d\d")
DAY = re.compile(r"(?:\w{2,10}, )?(?:\w{3,9}\.? \d{1,2},?|\d{1,2}\.? \w{3,9},?) \d{4}")
HEADLINE_WORDS = range(2, 31)
PLENTY = 5  # words of a headline that the article says again
LONG = 18  # words: a deck, or a caption
REACH = 200  # lines between a headline and its article: menus, share buttons, pictures
BELOW = 2  # lines: a deck stands no farther below its headline
NEAR, FAR = 5, 10  # lines down to who wrote it and when
DATELINE_WORDS = 16
CUT = 300  # characters: no longer line repeats a headline
MOST_LINES = 2_000  # of a page that are compared: more than any of the measured pages has
SHORTEST = 12  # letters: what is shorter, is repeated by chance
SITE_NAME = 60  # letters around a headline that is said again: "Share this story: …"
SIGNING = frozenset({"byline start", "date start", "date end"})
NO_HEADLINE = frozenset({"byline", "copyright", "consent"})

# How much each sign speaks for a line to be the headline: logistic regression on 250 scraped
# English pages, rounded. The weights of one half of the sites find 83 % of the headlines among the
# menus of whole pages of the other half; a weight 50 % off changes two in 250 at most.
WEIGHTS = {
    "told": 5.0,  # share of `PLENTY` words that the article says too
    "lead": 1.0,  # the same for its first paragraphs
    "again": 2.0,  # another line holds it: the window's title, "Share this story: …"
    "near": 2.0,  # author or date stand close below
    "far": -0.5,
    "distance": -0.25,  # times the logarithm of the lines down to the article
    "twin": 1.5,  # the line above says nearly the same: the window's title
    "deck": -3.5,  # the line above may be a headline
    "sentence": -4.0,
    "furniture": -2.0,
    "long": -1.5,
    "person": -3.0,
    "apart": 3.0,  # the first line, blank lines behind it: scrapers put the window's title there
}


class Page(NamedTuple):
    """What the lines above an article are compared with."""

    first: int
    """The line with which the article begins."""
    topics: frozenset[str]
    lead: frozenset[str]
    signed: Sequence[int]
    """The lines above the article that tell who wrote it, or when."""
    said: Sequence[str]
    """The letters of each line that may repeat a headline."""


def find_headline(text: Text, body: Sequence[int], language: str | None) -> int:
    """Return which line is the headline of the article whose lines are `body`.

    It says what the article says, author and date stand below, and the page says it again.
    """
    page = _survey(text, body, language)
    lines = [i for i in range(max(0, page.first - REACH), page.first) if _may_be_headline(text, i)]
    signs = {i: _describe(text, i, page, language) for i in lines}
    for k, line in enumerate(lines):
        for above in lines[max(0, k - BELOW) : k]:
            if line - above <= BELOW:
                signs[line].update(_compare(text, line, above, signs[above]))
    worth = {i: sum(WEIGHTS[sign] * value for sign, value in signs[i].items()) for i in lines}
    return max(lines, key=lambda i: (worth[i], -i), default=0)


def _survey(text: Text, body: Sequence[int], language: str | None) -> Page:
    prose = [i for i in body if text.prose[i]] or list(body) or [1]
    first = max(1, prose[0])
    words = [text.words[i] for i in prose if i < len(text.lines)]
    return Page(
        first=first,
        topics=_topics(words, language),
        lead=_topics(words[:3], language),
        signed=[
            i for i in range(max(0, first - REACH), first + 2) if _is_signed(text, i, language)
        ],
        said=[letters_of(t.text) for t in text.lines[:MOST_LINES] if len(t.text) <= CUT],
    )


def _topics(lines: Sequence[Sequence[str]], language: str | None) -> frozenset[str]:
    said = frozenset[str]().union(*lines) - load_word_sets(language).common
    return frozenset([word for word in said if len(word) > 2])


def _is_signed(text: Text, i: int, language: str | None) -> bool:
    """Tell whether a line says who wrote an article, or when."""
    if i >= len(text.lines) or len(text.words[i]) > DATELINE_WORDS or text.prose[i]:
        return False
    return not SIGNING.isdisjoint(text.cues[i]) or bool(
        find_dates(text.lines[i].text, load_date_words(language))
    )


def _may_be_headline(text: Text, i: int) -> bool:
    kinds = {cue.split()[0] for cue in text.cues[i] if not cue.endswith("caption within")}
    if len(text.words[i]) not in HEADLINE_WORDS or kinds & NO_HEADLINE:
        return False
    line = text.lines[i].text
    dated = YEAR.search(line) and ("date start" in text.cues[i] or DAY.fullmatch(line))
    return not dated and START.match(line) is not None


def _describe(text: Text, i: int, page: Page, language: str | None) -> dict[str, float]:
    """Return the signs of a line by itself."""
    line, topics = text.lines[i].text, _topics([text.words[i]], language)
    below = next((signed - i for signed in page.signed if signed > i), REACH)
    kinds = {cue.split()[0] for cue in text.cues[i] if not cue.endswith(("within", "sure"))}
    told = min(PLENTY, len(topics & page.topics)) / PLENTY
    return {
        "told": told,
        "lead": min(PLENTY, len(topics & page.lead)) / PLENTY,
        "again": told if told and _is_said_again(line, page.said) else 0.0,
        "near": float(below <= NEAR),
        "far": float(below > FAR),
        "distance": log1p(page.first - i),
        "sentence": float(line.endswith(".") and not line.endswith("..")),
        "furniture": float(bool(kinds) or MENU.search(line) is not None),
        "long": float(len(text.words[i]) > LONG),
        "apart": float(_stands_apart(text, i)),
        "person": float(is_name(line) and len(text.words[i]) < 4),
    }


def _stands_apart(text: Text, i: int) -> bool:
    """Tell whether a line is the first, and blank lines follow."""
    return i == 0 and len(text.lines) > 1 and text.lines[1].number > text.lines[0].number + 1


def _is_said_again(line: str, said: Sequence[str]) -> bool:
    """Tell whether two lines say a headline, with no more around it than the name of a site."""
    letters = letters_of(line)
    size, end = len(letters), len(letters) + SITE_NAME
    if size < SHORTEST:
        return False
    others = [other for other in said if letters in other]
    return sum(other.find(letters, max(0, len(other) - end), end) >= 0 for other in others) > 1


def _compare(text: Text, i: int, k: int, above: Mapping[str, float]) -> dict[str, float]:
    """Return the signs of a line below one that may be the headline itself."""
    if above["told"] < 2 / PLENTY or above["furniture"] or len(text.content[k]) < 3:
        return {}
    twin = 2 * len(text.content[i] & text.content[k]) >= len(text.content[k])
    return {"twin": 1.0} if twin else {"deck": 1.0}


def find_title(text: Text, headline: int, first: int) -> str | None:
    """Return the headline of a text: the line that was taken for it, or a better one below it.

    `None` if the line is too long for one: the text has no headline.

    The first line of a scraped page is often the title of its window, which ends in the name of
    the site, and may be older than the headline above the article, before the `first` line of it.
    """
    if len(text.words[headline]) not in HEADLINE_WORDS and text.prose[headline]:
        return None
    title = text.lines[headline].text
    whole = letters_of(title)
    for i in range(headline + 1, first):
        line, letters = text.lines[i].text, letters_of(text.lines[i].text)
        if len(letters) > len(whole) / 2 and whole.startswith(letters):
            return _strip_section(line)
    if headline == 0 and first > 1 and _says_the_same(text, 1, 0):
        return _strip_section(text.lines[1].text)
    return strip_site(title)


def _strip_section(title: str) -> str:
    """Return a headline without what no headline holds: "Rain falls | Opinion"."""
    return SECTION.sub("", title) or title


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
