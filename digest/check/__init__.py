"""Finds all that is wrong with a digest in one run. Each room of it has a file with its rules.

    config.py     the options               content.py   reads what the build reads
    articles.py   what came in              links.py     where files of the site lead
    stories.py    what is told              findings.py  what a rule is, and what it finds
    pages.py      one page of the site
    feeds.py      one feed of the site
    site.py       the site as a whole
    outside.py    the sites that it leads to

Nothing is changed, and nothing is asked of the network unless somebody wants it.
"""

from datetime import date
from itertools import chain
from pathlib import Path

from digest.check import articles, site, stories
from digest.check.config import check_config
from digest.check.content import read_content
from digest.check.findings import Finding, Level, apply
from digest.check.outside import Ask, ask_with, check_outside
from digest.check.site import read_site
from digest.parallel import Map

__all__ = ["Ask", "Finding", "Level", "ask_with", "check_digest"]


def check_digest(
    root: Path, *, today: date, ask: Ask | None = None, map_: Map = map
) -> list[Finding]:
    """Return all that is wrong with a digest, sorted by place.

    `ask` tells what is wrong with an address outside; without it, these are not tested.
    """
    content = read_content(root, today=today, map_=map_)
    built, findings = read_site(root, content, map_)
    findings += chain(
        check_config(content),
        apply(articles.RULES, content),
        apply(stories.RULES, content),
        apply(site.RULES, built),
    )
    if ask:
        findings += check_outside(content, built, ask)
    return sorted(set(findings), key=lambda f: (f.path, f.line or 0, f.rule, f.problem))
