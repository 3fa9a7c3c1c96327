"""The room of stories: what they say that no article says, and what has changed under them."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from digest.build.groups import Known, group_articles
from digest.build.holdings import hold
from digest.check.content import Content
from digest.check.findings import ERROR, NOTE, WARNING, Hit, Rule, hit_by, line_of, shorten
from digest.console import number
from digest.dates import format_moment
from digest.errors import StoryError
from digest.models import StoryFile
from digest.outlines import outline_article
from digest.stories.vectors import list_words
from digest.verify import find_missing, verify_story

BUILD = "run digest build"


@dataclass(frozen=True, slots=True)
class Passage:
    """Words of a story, and the place in an article that they are said to have."""

    article: str
    text: str
    start: int
    end: int


def find_unusable(content: Content) -> Iterator[Hit]:
    """Yield story files that cannot be read."""
    yield from (hit_by(error) for error in content.errors if isinstance(error, StoryError))


def find_unread(content: Content) -> Iterator[Hit]:
    """Yield files that lie among the stories and are none."""
    for path in content.files:
        among = path.startswith("content/stories/")
        if among and (not path.endswith(".md") or path.count("/") > 2):
            yield Hit(path, "only .md files are read here, and no folders")


def find_shared(content: Content) -> Iterator[Hit]:
    """Yield stories that hold an article of another one."""
    yield from _taken(content, "its article {} is in {} too", _paths)


def find_same_guid(content: Content) -> Iterator[Hit]:
    """Yield stories that feed readers take for another one, as a copied file is."""
    yield from _taken(content, "its guid {} is that of {}", lambda file: [file.story.guid])


def find_unsourced(content: Content) -> Iterator[Hit]:
    """Yield stories without articles: nothing in them can be proven."""
    for file in content.stories:
        if not file.story.articles:
            yield Hit(file.path, "it names no article")


def find_gone(content: Content) -> Iterator[Hit]:
    """Yield stories whose articles are gone or cannot be used."""
    usable = {article.path for article in content.articles}
    for file in content.stories:
        yield from map(hit_by, find_missing(file, usable))


def find_invented(content: Content) -> Iterator[Hit]:
    """Yield sentences and quotes that stand in no article, word for word."""
    texts = _texts(content)
    # Without its articles nothing is proven: that they are gone is said once.
    for file in (f for f in content.stories if texts.keys() >= set(_paths(f))):
        for error in verify_story(file, texts):
            words = error.problem[1:].partition("”")[0]
            remedy = error.remedy if file.edited else BUILD
            yield Hit(file.path, error.problem, _line(content, file, words), remedy)


def find_misplaced(content: Content) -> Iterator[Hit]:
    """Yield untouched stories whose sentences and quotes are not where the story says."""
    yield from _moved(content, edited=False)


def find_behind(content: Content) -> Iterator[Hit]:
    """Yield edited stories that quote from what is elsewhere in its article now.

    An editor's offsets were those of the article when the story was told; the build never
    corrects them. So where they are wrong, the text has changed since, or its cleaning has.
    """
    yield from _moved(content, edited=True)


def find_changed(content: Content) -> Iterator[Hit]:
    """Yield edited stories that do not tell what a source has changed.

    The build tells it of all others, so an edited story tells what was known then.
    """
    articles = {article.path: article for article in content.articles}
    for file in (file for file in content.stories if file.edited):
        told = {correction.date for correction in file.story.corrections}
        for path in (path for path in _paths(file) if path in articles):
            for change in (c for c in articles[path].changes if c.date not in told):
                lost = number(change.gone, "sentence")
                problem = f"{path} has changed on {format_moment(change.date)}: {lost} gone"
                yield Hit(file.path, problem, _line(content, file, f"path: {path}"))


def find_different(content: Content) -> Iterator[Hit]:
    """Yield edited stories that tell other facts of an article than it does itself.

    The publisher has changed them since, or the editor has.
    """
    facts = {article.path: article.facts for article in content.articles}
    for file in (file for file in content.stories if file.edited):
        for ref in file.story.articles:
            for name in ("title", "url", "source", "published"):
                here, there = getattr(ref, name), getattr(facts.get(ref.path), name, None)
                if there and here != there:
                    problem = f"{name} of {ref.path} is {str(there)!r} there, {str(here)!r} here"
                    yield Hit(file.path, problem, _line(content, file, f"path: {ref.path}"))


def find_incomplete(content: Content) -> Iterator[Hit]:
    """Yield edited stories that lack an article which belongs to them."""
    edited = {file.story.slug: file for file in content.stories if file.edited}
    for slug, paths in _group(content) if edited else ():
        for path in sorted(set(paths) - set(_paths(edited[slug]))) if slug in edited else ():
            yield Hit(edited[slug].path, f"{path} belongs to it, and is not in it")


def find_unknown_speakers(content: Content) -> Iterator[Hit]:
    """Yield quotes of which no article tells who said them."""
    for file in content.stories:
        for quote in file.story.quotes:
            if not quote.speaker:
                words = quote.segments[0].text
                problem = f"nobody is known to have said “{shorten(words)}”"
                yield Hit(file.path, problem, _line(content, file, words))


def find_strange_speakers(content: Content) -> Iterator[Hit]:
    """Yield quotes whose article does not name the one who is said to have said them."""
    texts = _texts(content)
    for file in content.stories:
        for quote in file.story.quotes:
            last = (quote.speaker or "").rpartition(" ")[2]
            if last not in texts.get(quote.article, last):
                problem = f"{quote.article} does not name {quote.speaker}"
                yield Hit(file.path, problem, _line(content, file, quote.segments[0].text))


def find_silent(content: Content) -> Iterator[Hit]:
    """Yield stories without a summary."""
    for file in content.stories:
        if file.story.articles and not file.story.summary:
            yield Hit(file.path, "it has no summary")


def find_unrelated(content: Content) -> Iterator[Hit]:
    """Yield stories that name a related one which is not there."""
    slugs = {file.story.slug for file in content.stories}
    for file in content.stories:
        for slug in file.story.related:
            if slug not in slugs:
                yield Hit(file.path, f"there is no story {slug!r}", _line(content, file, slug))


ANEW = "read both; correct the story, or remove `facts` and `body` to have it told anew"

RULES = (
    Rule("story-unusable", ERROR, find_unusable),
    Rule("story-unread", WARNING, find_unread, "move it elsewhere"),
    Rule("article-shared", ERROR, find_shared, "take it out of one of them"),
    Rule("guid-twice", ERROR, find_same_guid, "remove the one that was copied"),
    Rule("story-unsourced", ERROR, find_unsourced, "name its articles, or delete it"),
    Rule("article-gone", ERROR, find_gone),
    Rule("not-verbatim", ERROR, find_invented),
    Rule("offsets-wrong", ERROR, find_misplaced, BUILD),
    Rule("speaker-unknown", WARNING, find_unknown_speakers, "name the speaker if you know"),
    Rule("speaker-elsewhere", WARNING, find_strange_speakers, "see who said it"),
    Rule("story-behind", WARNING, find_behind, ANEW),
    Rule("story-outrun", WARNING, find_changed, "add a line to `corrections` with this date"),
    Rule("story-different", NOTE, find_different, "see which is right"),
    Rule("story-incomplete", WARNING, find_incomplete, "add it, or tell the story anew"),
    Rule("story-silent", WARNING, find_silent, "write one, or look at its articles"),
    Rule("related-gone", WARNING, find_unrelated, "take it out, or run digest build"),
)


def _taken(
    content: Content, problem: str, claims: Callable[[StoryFile], list[str]]
) -> Iterator[Hit]:
    """Yield stories that claim what another one has claimed already."""
    owner: dict[str, str] = {}
    for file in content.stories:
        for claim in claims(file):
            if owner.setdefault(claim, file.path) != file.path:
                text = problem.format(claim, owner[claim])
                yield Hit(file.path, text, _line(content, file, claim))


def _group(content: Content) -> Iterator[tuple[str, Sequence[str]]]:
    """Yield the slug of each story and the articles that a build would give it."""
    articles = {article.path: article for article in content.articles}
    known = Known(
        {path: outline_article(article) for path, article in articles.items()},
        lambda paths: [list_words(articles[path]) for path in paths],
    )
    held = [hold(file, b"") for file in content.stories]
    groups = group_articles(known, held, options=content.config.stories)
    yield from ((group.slug, group.paths) for group in groups)


def _paths(file: StoryFile) -> list[str]:
    return [ref.path for ref in file.story.articles]


def _texts(content: Content) -> Mapping[str, str]:
    return {article.path: article.text for article in content.articles}


def _moved(content: Content, *, edited: bool) -> Iterator[Hit]:
    """Yield stories with what is verbatim in an article but not at its offsets, once for each."""
    texts = _texts(content)
    for file in content.stories:
        seen: set[str] = set()
        for passage in _passages(file) if file.edited == edited else ():
            text = texts.get(passage.article, "")
            there = text[passage.start : passage.end] == passage.text
            if passage.text in text and not there and passage.article not in seen:
                seen.add(passage.article)
                problem = f"{passage.article} has changed since: “{shorten(passage.text)}” moved"
                yield Hit(file.path, problem, _line(content, file, passage.text))


def _passages(file: StoryFile) -> Iterator[Passage]:
    for sentence in file.story.summary:
        yield Passage(sentence.article, sentence.text, sentence.start, sentence.end)
    for quote in file.story.quotes:
        for part in quote.segments:
            yield Passage(quote.article, part.text, part.start, part.end)


def _line(content: Content, file: StoryFile, words: str) -> int | None:
    return line_of(content.story_texts[file.path], words)
