"""Makes a page of the site one of the preview: it reloads itself, and shows what is wrong.

That happens to what is served, never to what lies in the site's folder.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from html import escape, unescape
from pathlib import Path

from digest.console import number

OWN = "/.digest/"  # our own addresses; nothing of the site has such a name
EVENTS = OWN + "events"
MOST_SHOWN = 20  # problems; the terminal tells all of them

# What the browser has to allow us, in the words of CSP level 3.
NEEDED = ("script-src", "style-src", "connect-src")
META = re.compile(rb"<meta\b[^>]{0,4000}>", re.I)
POLICY = re.compile(rb"""(?<=\scontent=)(?:"([^"]*)"|'([^']*)')""", re.I)
IS_POLICY = re.compile(rb"""\shttp-equiv=["']?content-security-policy\b""", re.I)


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """What a page of the preview shows besides itself."""

    version: str
    """Changes whenever pages should be loaded again."""
    problems: Sequence[str] = ()
    failed: bool = False
    """The site is as it was before the last build."""


def read_own() -> dict[str, bytes]:
    """Return our own files, script and style, by their addresses."""
    folder = Path(__file__).parent
    return {OWN + name: (folder / name).read_bytes() for name in ("preview.js", "preview.css")}


def prepare_page(page: bytes, shown: Shown) -> bytes:
    """Return the page with our script, and with the problems of the last build if there are any.

    Both are put behind its end, where browsers take them as the end of its body: so they need no
    place in it, and no template can hide them.
    """
    # A policy counts in the head only (CSP level 3, section 3.3).
    head, mark, body = page.partition(b"<body")
    script = f'<script src="{OWN}preview.js" data-version="{escape(shown.version)}"></script>\n'
    end = (_format_problems(shown) + script).encode()
    return b"".join([META.sub(_allow_us, head), mark, body, end])


def _format_problems(shown: Shown) -> str:
    if not shown.problems:
        return ""
    title = "Not built: the page is as it was before" if shown.failed else "To be mended"
    items = [f"<li>{escape(problem)}</li>\n" for problem in shown.problems[:MOST_SHOWN]]
    more = len(shown.problems) - MOST_SHOWN
    if more > 0:
        items.append(f"<li>and {number(more, 'further problem')}: see the terminal</li>\n")
    return (
        f'<link rel="stylesheet" href="{OWN}preview.css">\n'
        f'<aside id="digest-preview" role="alert" lang="en" dir="ltr">\n<h2>{title}</h2>\n<ul>\n'
        f"{''.join(items)}</ul>\n</aside>\n"
    )


def _allow_us(meta: re.Match[bytes]) -> bytes:
    tag = meta[0]
    return POLICY.sub(_allow_in, tag) if IS_POLICY.search(tag) else tag


def _allow_in(told: re.Match[bytes]) -> bytes:
    policy = unescape((told[1] or told[2] or b"").decode("utf-8", "replace"))
    return f'"{escape(allow_self(policy))}"'.encode()


@lru_cache  # pages have a policy or two
def allow_self(policy: str) -> str:
    """Return a Content Security Policy that lets the page load our script, style and events."""
    sources: dict[str, list[str]] = {}
    for name, *allowed in filter(None, map(str.split, policy.split(";"))):
        sources.setdefault(name.lower(), allowed)
    for name in NEEDED:
        allowed = sources.get(name, sources.get("default-src", ["'self'"]))
        if "'self'" not in allowed:
            sources[name] = [word for word in allowed if word.lower() != "'none'"] + ["'self'"]
    return "; ".join(" ".join([name, *words]) for name, words in sources.items())
