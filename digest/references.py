"""Finds where the words of a story lead: to the passage of the original, in its language."""

from collections.abc import Iterator

from digest.body import Links, show_quote
from digest.models import ArticleRef, Story
from digest.passages import link_passage


def find_links(story: Story, *, language: str, label: str = "") -> Links:
    """Return the links of a story's sentences and quotes; `label` is what they are called.

    Words of articles in the language of the page need no language of their own.
    """
    shown = list(_find_shown(story))
    foreign = ((words, _foreign_language(ref, language)) for words, ref, _ in shown)
    return Links(
        passages={words: link_passage(ref.url, said) for words, ref, said in shown if ref.url},
        languages={words: other for words, other in foreign if other},
        passage_label=label,
    )


def _foreign_language(ref: ArticleRef, language: str) -> str | None:
    """Return the language of an article where it differs from this one in its primary subtag."""
    own = ref.language
    return own if own and _primary(own) != _primary(language) else None


def _primary(language: str) -> str:
    return language.split("-")[0].lower()


def _find_shown(story: Story) -> Iterator[tuple[str, ArticleRef, str]]:
    """Yield the words of each sentence and quote as shown, their article, and its own words."""
    refs = {article.path: article for article in story.articles}
    for sentence in story.summary:
        if sentence.article in refs:
            yield sentence.text, refs[sentence.article], sentence.text
    for quote in story.quotes:
        if quote.article in refs:
            words = show_quote(segment.text for segment in quote.segments)
            yield words, refs[quote.article], quote.segments[0].text
