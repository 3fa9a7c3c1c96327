"""Counts attributes of tags: parsers of markup compare each with all before it."""

import re

# libxml2 and expat take the square of the time: 12,500 attributes of one tag take a second, 125,000
# two minutes. The most of 310 saved pages are some 2,500, in a script that looks like a tag.
MOST_ATTRIBUTES = 10_000
LONG_TAG = re.compile(
    r"""<[A-Za-z](?:[^\s"'=/>]\s{0,9}=\s{0,9}(?:"[^"]*+"|'[^']*+')|[^>])*+""", re.ASCII
)
VALUE = re.compile(r"""=\s{0,9}(?:"[^"]*+"|'[^']*+')""", re.ASCII)
BETWEEN = re.compile(r"""[\s/="']+""", re.ASCII)


def has_too_many_attributes(markup: str) -> bool:
    """Return whether any tag of some HTML or XML has more than `MOST_ATTRIBUTES`."""
    long = (tag[0] for tag in LONG_TAG.finditer(markup) if len(tag[0]) > MOST_ATTRIBUTES)
    return any(len(BETWEEN.split(VALUE.sub(" ", tag))) > MOST_ATTRIBUTES for tag in long)
