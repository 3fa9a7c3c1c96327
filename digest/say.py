"""Says numbers and days in the language of the site."""

from datetime import date
from functools import lru_cache

from babel import Locale, UnknownLocaleError
from babel.dates import format_date, format_skeleton

from digest.language import load_texts
from digest.models import Moment

FALLBACK_LOCALE = "en"
KNOWN_DAYS = 10_000  # articles come in runs of a few days, so that each is said once
# Silent reading of English: 238 (Brysbaert 2019); of other languages it is slower.
WORDS_PER_MINUTE = 220


def say(language: str, name: str, /, **values: str | int) -> str:
    """Return one of the texts in languages/*/pages.yaml with its values filled in."""
    return load_texts(language, "pages")[name].format(**values)


def say_count(language: str, name: str, n: int) -> str:
    """Return "1 story" or "42 stories"."""
    return say(language, f"{name}_one") if n == 1 else say(language, name, n=n)


def say_day(language: str, moment: Moment) -> str:
    """Return a day as people write it in a language: "22 November 2026"."""
    return _say_day(language, moment.year, moment.month, moment.day)


@lru_cache(maxsize=KNOWN_DAYS)
def _say_day(language: str, year: int, month: int, day: int) -> str:
    return str(format_date(date(year, month, day), format="long", locale=_locale(language)))


def say_month(language: str, month: Moment) -> str:
    """Return a month: "November 2026"."""
    return str(format_skeleton("yMMMM", month, locale=_locale(language)))


def say_minutes(language: str, text: str) -> str:
    """Return how long reading takes, a minute at least."""
    return say_count(language, "minutes", max(1, round(len(text.split()) / WORDS_PER_MINUTE)))


def tell_direction(language: str) -> str:
    """Return the direction in which a language is written: `ltr` or `rtl`."""
    return str(_locale(language).text_direction)


@lru_cache
def _locale(language: str) -> Locale:
    try:
        return Locale.parse(language, sep="-")
    except (UnknownLocaleError, ValueError):
        return Locale.parse(FALLBACK_LOCALE)
