"""Proves that a story says nothing that its articles do not say, word for word."""

import re
from collections.abc import Collection, Iterable, Iterator, Mapping

from digest.body.full import find_attributed
from digest.errors import StoryError
from digest.models import StoryFile

# What stands between two segments of a quote in a body.
GAP = re.compile(r"”\s*…\s*“")


def verify_story(story_file: StoryFile, texts: Mapping[str, str]) -> Iterator[StoryError]:
    """Yield an error for each sentence or quote that is in none of the story's articles.

    `texts` holds the cleaned text of the articles by path; what is not there proves nothing.
    Stories that an editor changed are held to the same: what stands in their body with a speaker
    has to be verbatim.
    """
    story = story_file.story
    for sentence in story.summary:
        yield from _check(story_file, sentence.text, [sentence.article], texts)
    for quote in story.quotes:
        for segment in quote.segments:
            yield from _check(story_file, segment.text, [quote.article], texts)
    if story_file.edited:
        paths = [article.path for article in story.articles]
        for words in find_attributed(story_file.body):
            for said in _segments(words):
                yield from _check(story_file, said, paths, texts)


def _segments(words: str) -> list[str]:
    """Return the words between the marks, where the body shows a quote as “A,” … “B.”, each."""
    shown = words.strip()
    if shown.startswith("“") and shown.endswith("”"):
        return GAP.split(shown[1:-1])
    return [shown]


def find_missing(story_file: StoryFile, usable: Collection[str]) -> Iterator[StoryError]:
    """Yield an error for each article that a story names and that is not among the usable ones."""
    for article in story_file.story.articles:
        if article.path not in usable:
            problem = f"its article {article.path} is gone or cannot be used"
            yield StoryError(story_file.path, problem, "put it back, or delete the story")


def _check(
    story_file: StoryFile, words: str, paths: Iterable[str], texts: Mapping[str, str]
) -> Iterator[StoryError]:
    known = [texts[path] for path in paths if path in texts]
    if not any(words in text for text in known):
        problem = f"“{words}” is not in {', '.join(paths) or 'any article'}"
        yield StoryError(story_file.path, problem, "quote it word for word, or take it out")
