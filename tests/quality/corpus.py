"""Makes up corpora of scraped news, of any size, the same bytes for the same seed.

Usage: python tests/quality/corpus.py FOLDER --articles 10000 [--seed 7] [--from 0]

Nobody said any of this. The texts are as long as what scrapers bring home (a median of some 6,000
characters, half of them boilerplate), an event is reported by one to five outlets within two days,
quotes have speakers, and names are so many that the words spread as they do in news.
"""

import argparse
import random
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

import yaml

START = datetime(2024, 1, 1, 6)
BETWEEN = timedelta(minutes=40)  # articles: 36 a day
OUTLETS = (1, 1, 1, 1, 2, 2, 2, 3, 4, 5)  # as often an event is reported by so many


def _read_words() -> dict[str, list[str]]:
    read = yaml.safe_load(Path(__file__).with_suffix(".yaml").read_text("utf-8"))
    return {name: v.split() if isinstance(v, str) else v for name, v in read.items()}


WORDS = _read_words()
SYLLABLES, FIRST, ACTS, THINGS = (
    WORDS[name] for name in ("syllables", "first_names", "acts", "things")
)
VOCABULARY = 30_000  # invented words: with the names, as many as some thousand articles have
COMMON = 40  # words before these in rank are the function words, which are written out
OWN_WORDS = 30  # of an event: what its reports have in common
OWN_SHARE = 0.4  # of the words of a report; the others come from the whole vocabulary


@dataclass(frozen=True, slots=True)
class Event:
    """What happened, to whom and where."""

    number: int
    names: dict[str, str]
    words: tuple[str, ...]
    people: tuple[tuple[str, str], ...]
    start: datetime


def make_articles(articles: int, *, seed: int = 7, first: int = 0) -> Iterator[tuple[str, str]]:
    """Yield path and text of each scraped article, from number `first` on.

    The articles of a corpus are the first ones of any larger corpus of the same seed.
    """
    number, event_number = 0, 0
    while number < articles:
        choose = random.Random(f"{seed}/{event_number}")
        event = _make_event(event_number, START + number * BETWEEN, choose)
        for _ in range(choose.choice(OUTLETS)):
            if first <= number < articles:
                yield _path(number, event), _write_article(event, number, choose)
            number += 1
        event_number += 1


def _path(number: int, event: Event) -> str:
    return f"{event.start:%Y/%m}/{number:07}-{event.names['place'].lower()}.txt"


def _make_event(number: int, start: datetime, choose: random.Random) -> Event:
    names = {
        "place": _name("places", choose),
        "town": _name("places", choose),
        "subject": choose.choice(WORDS["subjects"]),
        "thing": choose.choice(THINGS),
        "act": choose.choice(ACTS),
    }
    people = tuple(
        (f"{choose.choice(FIRST)} {_name('names', choose)}", choose.choice(WORDS["roles"]))
        for _ in range(3)
    )
    words = tuple(_word(choose) for _ in range(OWN_WORDS))
    return Event(number, names, words, people, start)


def _word(choose: random.Random) -> str:
    """Return one of the vocabulary, the n-th as often as 1/n (Zipf 1935)."""
    rank = int(COMMON * (VOCABULARY / COMMON) ** choose.random())
    invent = random.Random(rank)
    syllables = invent.choices(SYLLABLES, k=invent.randint(1, 3))
    return "".join(syllables) + invent.choice(WORDS["endings_of_words"])


def _name(kind: str, choose: random.Random) -> str:
    syllables = choose.choices(SYLLABLES, k=choose.randint(1, 3))
    return ("".join(syllables) + choose.choice(WORDS[f"endings_of_{kind}"])).capitalize()


def _write_article(event: Event, number: int, choose: random.Random) -> str:
    """Return the page as a scraper saw it: menu, headline, byline, text, and what is around it."""
    names = event.names
    outlet = f"{_name('places', random.Random(number % 97))} Courier"
    when = event.start + timedelta(hours=choose.randint(0, 40))
    headline = (
        f"{names['place']} {names['subject']} {names['act']} {event.words[0]} {names['thing']}"
    )
    lines = [
        headline,
        f"By {choose.choice(FIRST)} {_name('names', choose)}",
        f"{when:%B %d, %Y}",
        "",
    ]
    lines += choose.sample(WORDS["menu"], 6)
    for _ in range(choose.randint(8, 16)):
        lines.append(_write_paragraph(event, choose))
        if choose.random() < 0.15:
            lines.append(choose.choice(WORDS["promotions"]))
    lines += [f"{choose.choice(FIRST)} {_name('names', choose)} is a reporter at the {outlet}."]
    for _ in range(choose.randint(4, 10)):
        lines += ["-", f"{_name('places', choose)} {choose.choice(ACTS)} {choose.choice(THINGS)}"]
    return "\n".join([*lines, f"Copyright {when.year} {outlet}. All rights reserved.", ""])


def _write_paragraph(event: Event, choose: random.Random) -> str:
    if choose.random() < 0.25:
        who, role = choose.choice(event.people)
        said, more = (choose.choice(WORDS["said"]) for _ in range(2))
        return f'"{said}," said {who}, the {role} of {event.names["place"]}. "{more}."'
    return " ".join(_write_sentence(event, choose) for _ in range(choose.randint(1, 4)))


def _write_sentence(event: Event, choose: random.Random) -> str:
    def word() -> str:
        return choose.choice(event.words) if choose.random() < OWN_SHARE else _word(choose)

    said = {
        "person": choose.choice(event.people)[0],
        "number": str(choose.randint(2, 990)),
        "when": choose.choice(WORDS["when"]),
    }
    return choose.choice(WORDS["frames"]).format(
        **event.names | said | {slot: word() for slot in "abcdef"}
    )


def write_articles(folder: Path, articles: int, *, seed: int = 7, first: int = 0) -> None:
    """Write articles below `folder`, as `content/articles` holds them."""
    for path, text in make_articles(articles, seed=seed, first=first):
        file = folder / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")


def main() -> None:
    """Write the corpus that is asked for."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--articles", type=int, default=1000)
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument(
        "--from", type=int, default=0, dest="first", help="only from this number on"
    )
    options = parser.parse_args()
    write_articles(options.folder, options.articles, seed=options.seed, first=options.first)


if __name__ == "__main__":
    main()
