"""Tells names of people from other words, and takes the names out of a byline."""

import re

# A part of a name: "Jack", "O’Neill", "García-Márquez", "J.", "JD".
_PART = r"[^\W\d_a-zß-öø-ÿ](?:[^\W\d_]|['’.-](?=[^\W\d_])|\.)*"
_PARTICLE = r"(?:al|bin|da|de|del|della|den|der|di|do|dos|du|el|la|le|ten|van|von|y)"
NAME = re.compile(rf"{_PART}(?: (?:{_PARTICLE} )*{_PART}){{1,4}}")

BY = re.compile(r"^(?:(?:words|text|story|written|reported|posted|report)\s+)?by\b:?\s*", re.I)
SEPARATOR = re.compile(r"\s*(?:[;|•·/]|, | and | und | & | with )\s*(?:and |by )?", re.I)


def is_name(text: str) -> bool:
    """Tell whether the text can be the full name of a person and nothing else."""
    return len(text) < 50 and NAME.fullmatch(text) is not None


def find_names(byline: str) -> tuple[str, ...]:
    """Return the names that a byline lists, without "By", jobs and agencies."""
    parts = SEPARATOR.split(BY.sub("", byline.strip()))
    return tuple(dict.fromkeys(part for part in parts if is_name(part)))
