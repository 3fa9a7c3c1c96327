"""Story files as the build finds them, or all that is wrong with them."""

from collections.abc import Iterable
from pathlib import Path

from digest.errors import DigestError, StoryError
from digest.ingest import read_stories
from digest.models import StoryFile
from digest.parallel import Map

STORIES = Path("content/stories")


def load_stories(root: Path, map_: Map = map) -> list[StoryFile]:
    """Return all story files; raise an `ExceptionGroup` with what is wrong in any of them."""
    results = list(map_(try_story, read_stories(root / STORIES, name=STORIES.as_posix())))
    problems = [p for result in results if isinstance(result, tuple) for p in result]
    files = [result for result in results if isinstance(result, StoryFile)]
    problems += _find_shared(files)
    if problems:
        raise ExceptionGroup("story files cannot be used", problems)
    return files


def try_story(file: tuple[str, str]) -> StoryFile | tuple[DigestError, ...]:
    """Return the story of a file (path, text), or its errors: all are shown in one run."""
    # To import it takes longer than a build of nothing new.
    from digest.storyfile import parse_story

    path, text = file
    try:
        return parse_story(text, path=path)
    except StoryError as error:
        return (error,)
    except ExceptionGroup as group:
        return tuple(e for e in group.exceptions if isinstance(e, DigestError))


def _find_shared(files: Iterable[StoryFile]) -> list[StoryError]:
    """Return an error for each article that two stories claim."""
    owner: dict[str, str] = {}
    errors = []
    for file in files:
        for ref in file.story.articles:
            if owner.setdefault(ref.path, file.path) != file.path:
                problem = f"its article {ref.path} is in {owner[ref.path]} too"
                errors.append(StoryError(file.path, problem, "take it out of one of them"))
    return errors
