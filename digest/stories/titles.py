"""Chooses the headline that tells a story best."""

from collections.abc import Sequence

from digest.language import load_words
from digest.models import Article
from digest.stories.vectors import weigh_articles

FIRST_WORDS = 12  # of a text without headline
LONG_TITLE = 110  # characters; a longer one is cut off by lists and feed readers


def choose_title(articles: Sequence[Article]) -> str:
    """Return the headline of the article that is most like the others and says most.

    Clickbait, questions and live tickers only stand where there is nothing else; articles
    without a headline give the first words of their text.
    """
    titled = [article for article in articles if article.facts.title]
    if not titled:
        return _first_words(articles[0].text)
    vectors = weigh_articles(titled)
    total: dict[str, float] = {}
    for vector in vectors:
        for word, weight in vector.items():
            total[word] = total.get(word, 0.0) + weight
    scores = [sum(total[w] * weight for w, weight in vector.items()) for vector in vectors]
    best = min(range(len(titled)), key=lambda i: (_faults(titled[i]), -scores[i], titled[i].path))
    return titled[best].facts.title or ""


def _faults(article: Article) -> int:
    title = article.facts.title or ""
    phrases = load_words(article.facts.language, "stories")["empty_titles"]
    lower = title.lower()
    faults = sum(lower.startswith(phrase) or f" {phrase}" in lower for phrase in phrases)
    return faults + title.endswith("?") + (len(title) > LONG_TITLE) + (len(title.split()) < 4)


def _first_words(text: str) -> str:
    words = text.partition("\n")[0].split()
    return " ".join(words[:FIRST_WORDS]) + ("…" if len(words) > FIRST_WORDS else "")
