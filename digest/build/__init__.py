"""The pipeline: which step follows which.

    content/articles/* ─ load ─ cluster ─ tell ─ content/stories/*.md ─ pages, feeds ─ site/
                      per article  all  per story          the hinge

Rules live in the steps; here are only their order, and what a build has to say.
"""

from digest.build.articles import read_articles
from digest.build.load import load_stories
from digest.build.site import build_site
from digest.build.stories import StoriesReport, build_stories
from digest.unchanged import SiteReport

__all__ = [
    "SiteReport",
    "StoriesReport",
    "build_site",
    "build_stories",
    "load_stories",
    "read_articles",
]
