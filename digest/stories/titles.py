"""Chooses the headline that tells a story best."""

from collections.abc import Sequence

from digest.language import load_words
from digest.stories.outline import Load, Outline
from digest.stories.vectors import add_up, rate_words, weigh_words

FIRST_WORDS = 12  # of a text without headline
LONG_TITLE = 110  # characters; a longer one is cut off by lists and feed readers


def choose_title(outlines: Sequence[Outline], load: Load) -> str:
    """Return the headline of the article that is most like the others and says most.

    Clickbait, questions and live tickers only stand where there is nothing else; articles
    without a headline give the first words of their text.
    """
    titled = [(outline.title, outline) for outline in outlines if outline.title]
    if len(titled) < 2:
        return titled[0][0] if titled else outlines[0].opening
    texts = list(load([outline.path for _, outline in titled]))
    rarity = rate_words(texts)
    vectors = [weigh_words(words, rarity) for words in texts]
    total = add_up(vectors)
    # Two articles are as like each other as each of them is: no rounding error may choose.
    scores = [round(sum(total[word] * weight for word, weight in v.items()), 9) for v in vectors]
    ranked = sorted(
        (outline.faults, -score, outline.path, title)
        for (title, outline), score in zip(titled, scores, strict=True)
    )
    return ranked[0][3]


def count_faults(title: str, language: str | None) -> int:
    """Return how much a headline holds back, so that another one should stand there."""
    phrases = load_words(language, "stories")["empty_titles"]
    lower = title.lower()
    faults = sum(lower.startswith(phrase) or f" {phrase}" in lower for phrase in phrases)
    return faults + title.endswith("?") + (len(title) > LONG_TITLE) + (len(title.split()) < 4)


def open_text(text: str) -> str:
    """Return the first words of a text, to stand where a headline would."""
    words = text.partition("\n")[0].split()
    return " ".join(words[:FIRST_WORDS]) + ("…" if len(words) > FIRST_WORDS else "")
