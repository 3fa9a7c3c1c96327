"""A summary and its quotes are in the articles, word for word."""

from digest.models import Article, Facts, Quote, Sentence, Span
from digest.summary import choose_lead, choose_quotes, summarize_articles

TEXT = (
    "The night ferry to Skarholm ran aground off Vest Point on Friday morning.\n\n"
    "All 214 passengers were taken off by three lifeboats and a trawler.\n\n"
    "“We thought it was a whale until the lights went out,” said Ada Lund, a passenger.\n\n"
    "Divers will look at the hull as soon as the wind drops, the coastguard said."
)


def make_article(path: str = "a.txt") -> Article:
    words = "We thought it was a whale until the lights went out,"
    start = TEXT.index(words)
    span = Span(text=words, start=start, end=start + len(words))
    quote = Quote(article=path, segments=(span,), speaker="Ada Lund", mention="Ada Lund")
    return Article(path=path, facts=Facts(), text=TEXT, quotes=(quote,))


def test_each_sentence_is_verbatim_at_its_offsets() -> None:
    summary = summarize_articles([make_article()], sentences=3)
    assert len(summary) == 3
    assert all(TEXT[s.start : s.end] == s.text for s in summary)


def test_whole_sentences_are_added_until_the_words_are_reached() -> None:
    summary = summarize_articles([make_article()], words=14)
    assert [len(s.text.split()) for s in summary] == [13, 12]


def test_what_two_articles_say_alike_is_said_once() -> None:
    summary = summarize_articles([make_article("a.txt"), make_article("b.txt")], sentences=3)
    assert len({s.text for s in summary}) == 3


def test_lead_is_the_first_sentence_or_nothing() -> None:
    summary = summarize_articles([make_article()])
    assert choose_lead(summary) == summary[0]
    assert choose_lead(()) is None


def test_key_quote_is_not_one_that_the_summary_has_already() -> None:
    article = make_article()
    said = TEXT.split("\n\n")[2]
    start = TEXT.index(said)
    sentence = Sentence(article="b.txt", text=said, start=start, end=start + len(said))
    assert choose_quotes([article], ()) == article.quotes
    assert choose_quotes([article], [sentence]) == ()


def test_summary_leaves_to_the_key_quotes_what_somebody_said() -> None:
    article = make_article()
    summary = summarize_articles([article], sentences=4)
    assert len(summary) == 3
    assert choose_quotes([article], summary) == article.quotes
