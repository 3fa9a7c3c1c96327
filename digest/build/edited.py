"""Stories that an editor changed: what their sources changed since is added, and proof is found."""

from dataclasses import replace
from pathlib import Path

from digest.changes import tell_corrections
from digest.ingest import list_versions
from digest.models import Article, Limits, StoryFile
from digest.prepare import load_article, load_versions

# Between two versions of a text: what no quote holds, as no cleaned text has an empty paragraph.
GAP = "\n\n\n"


def add_changes(file: StoryFile, root: Path, *, language: str) -> StoryFile:
    """Return a story with corrections for what its articles say no more.

    The file stays the editor's: a correction of the same date in it takes the place of ours.
    """
    paths = [ref.path for ref in file.story.articles if list_versions(root, ref.path)]
    loaded = (load_article(path, root=root) for path in paths)
    told = tell_corrections([a for a in loaded if isinstance(a, Article)], language=language)
    dates = {correction.date for correction in file.story.corrections}
    new = tuple(correction for correction in told if correction.date not in dates)
    story = replace(file.story, corrections=(*file.story.corrections, *new))
    return replace(file, story=story)


def load_text(path: str, *, root: Path, limits: Limits) -> tuple[str, str]:
    """Return the path and all that the article said, in this version and in earlier ones.

    What an editor quoted was verbatim then: where it is gone, a correction says so.
    """
    versions = load_versions(path, root=root, limits=limits)
    return path, GAP.join(article.text for article in versions)
