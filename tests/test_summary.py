"""A summary and its quotes are in the articles, word for word."""

import pytest

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


def summarize(*texts: str, **options: int) -> list[str]:
    articles = [Article(path=f"{n}.txt", facts=Facts(), text=t) for n, t in enumerate(texts)]
    return [sentence.text for sentence in summarize_articles(articles, **options)]


@pytest.mark.parametrize(
    "odd",
    [
        "What will become of the old ferry that ran aground?",  # a question
        "“We saw the lights of the harbour and then everything went dark on deck.",  # half a quote
        "The night ferry Skarholm on the rocks off Vest Point on Friday morning",  # a caption
        "I have taken that ferry every week for twenty years, and never was it late.",  # the writer
        "Read more about the ferry and its history on our pages about the harbour.",  # the page
        "A woman waves to passengers of the ferry at the pier of Port Vik.",  # another caption
        "The ferry at Port Vik a week before the accident, Friday, May 10, 2019.",  # one more
        "The passengers know more about the sea than you can find in your books.",  # the reader
        "What to watch: The captain of the ferry will be heard by the harbour board.",  # a label
        "Ola Vik / Skarholm News Ada Lund left the harbour board after nine hours.",  # a credit
        "he night ferry to Skarholm has run aground off Vest Point before, in 2003.",  # cut off
        "― for which the owners of the night ferry have not answered to this day.",  # likewise
        "CLOSE The night ferry to Skarholm has run aground off Vest Point before.",  # a button
        "Fortunately, the sea was calm enough for the lifeboats on that morning.",  # a judgement
        "Aug. 05, 2013 | 2: 47 p. m. | 9 | 11 | 12.",  # a date
        "Too short a sentence.",
    ],
)
def test_what_is_no_statement_about_the_event_is_not_taken(odd: str) -> None:
    event = "The night ferry to Skarholm ran aground off Vest Point on Friday morning."
    assert summarize(f"{event}\n\n{odd}") == [event]


@pytest.mark.parametrize(
    "leaning",
    [
        "He also said that divers will look at the hull on Monday.",
        "But the hull of the ship is said to be in good order.",
        "In his view, the ferry could sail again within a month.",
        "Nobody had answered these questions by the end of the week.",
        "Reporters asked him about the radar for most of the day.",
        "According to experts, this is a sign that nobody looked at the radar.",
        "In another, two lifeboats were full of water before anybody was on board.",
        "If so, the owners of the ferry have to pay for the damage themselves.",
    ],
)
def test_sentence_that_leans_stands_only_behind_the_one_it_leans_on(leaning: str) -> None:
    before = "Per Holm, a spokesman, told reporters that the ferry was not insured at all."
    lead = "The night ferry to Skarholm ran aground off Vest Point on Friday morning."
    question = "Who is to pay for the salvage and for the lost cargo?"
    assert summarize(f"{lead} {question} {leaning}") == [lead]
    assert summarize(f"{lead} {before} {leaning}") == [lead, before, leaning]


LEAD = "The night ferry to Skarholm ran aground off Vest Point on Friday morning."
LAWSUIT = "The lawsuit filed on Monday asks for nine million crowns from the owners."


def test_what_a_sentence_takes_for_known_was_told_before() -> None:
    before = "Nils Berg had never been asked about such things, he wrote to Mayor Per Holm."
    told = "Passengers have brought a lawsuit against the owners of the ferry line."
    assert summarize(f"{LEAD} {before} {LAWSUIT}", sentences=2) == [LEAD, before]
    assert summarize(f"{LEAD}\n\nWhat now?\n\n{LAWSUIT}", sentences=2) == [LEAD, LAWSUIT]
    assert LAWSUIT not in summarize(LEAD, f"Who is to pay for the ship? {before} {LAWSUIT}")
    assert LAWSUIT in summarize(told, f"Nobody on the ship has been paid so far. {LAWSUIT}")


@pytest.mark.parametrize(
    "known",
    [
        "The government wants to know why no radar was on board the ship.",
        "The captain of the ship was asleep when it happened, divers found.",
        "The Skarholm line has had nine accidents in nine years, as records show.",
    ],
)
def test_what_there_is_one_of_needs_no_introduction(known: str) -> None:
    assert known in summarize(LEAD, f"{LEAD} Who is to pay for all the damage? {known}")


def test_surname_alone_stands_only_where_the_name_was_told() -> None:
    alone = "Lund gave the signal to leave the ship before the water was in the engine room."
    other = "Somebody must have seen the lights of Captain Ada Lund from the shore that night."
    asked = "Who is Captain Ada Lund, and what did she do?"
    said = "“The ship was dark,” Lund said of the hour before the lifeboats came to the rocks."
    assert alone not in summarize(LEAD, f"{asked} {alone}")
    assert said not in summarize(LEAD, f"{asked} {said}")
    assert summarize(f"{other} {alone}") == [other, alone]


@pytest.mark.parametrize(("name", "is_known"), [("Mr. Lund", False), ("Captain Lund", True)])
def test_who_speaks_in_an_article_is_introduced(name: str, is_known: bool) -> None:
    first = "Owners of the Skarholm line had hoped for a quiet summer after a hard winter."
    later = f"Nobody on the bridge had listened to {name} when the fog came in."
    lead = Article(path="a.txt", facts=Facts(), text=LEAD)
    quote = Quote(article="b.txt", segments=(), speaker="Ada Lund")
    article = Article(path="b.txt", facts=Facts(), text=f"{first} {later}", quotes=(quote,))
    summary = [sentence.text for sentence in summarize_articles([lead, article], sentences=2)]
    assert summary == ([LEAD, later] if is_known else [LEAD])


def test_event_is_not_told_again_in_other_words_of_another_article() -> None:
    again = "A ferry ran aground on Friday on its way to Skarholm, police near Vest Point said."
    more = "Divers of the coastguard found a hole as large as a door in its hull."
    assert summarize(LEAD, f"{again} {more}", sentences=3) in ([LEAD, more], [again, more])


def test_a_further_article_begins_with_the_event_so_its_first_sentence_is_not_taken() -> None:
    first = "Owners of the Skarholm line had hoped for a quiet summer after a hard winter."
    more = "Divers of the coastguard found a hole as large as a door in its hull."
    assert summarize(LEAD, f"{first} {more}", sentences=2) == [LEAD, more]


def test_summary_does_not_open_with_somebody_who_is_named_later() -> None:
    sideways = (
        "He may love the sea, but Captain Nils Berg ran the Skarholm ferry aground on Friday."
    )
    assert summarize(sideways, LEAD, sentences=1) == [LEAD]
    assert summarize(sideways, sentences=1) == [sideways]


def test_three_sentences_have_ninety_words_at_most() -> None:
    clause = "and the coastguard said that divers would look at the hull as soon as they could "
    long = [f"{LEAD[:-1]} {clause * 2}on {day}." for day in ("Monday", "Tuesday")]
    short = "Nobody knows when the night ferry will leave the rocks off Vest Point again."
    assert summarize(f"{long[0]} {long[0]} {short}") == [long[0], short]
    other = "Harbour pilots had warned the owners of its radar " + clause * 3 + "in May."
    assert summarize(f"{long[0]} {other}") == [long[0]]
    assert summarize(f"{long[0]} {other}", words=90) == [long[0], other]


@pytest.mark.parametrize(
    "headline",
    [
        "Opinion: Close the line",
        "Why the line has to be closed",
        "The harbour board gets it right on ferries",
        "We need no ferry in the night",
        "What you need to know of the ferry",
    ],
)
def test_opinion_gives_way_to_a_report(headline: str) -> None:
    text = "No ferry line has ever deserved its end as much as this one does."
    opinion = Article(path="a.txt", facts=Facts(title=headline), text=text)
    report = Article(path="b.txt", facts=Facts(title="Ferry runs aground"), text=LEAD)
    unreadable = Article(path="c.txt", facts=Facts(title="Ferry runs aground"), text="Watch live")
    assert [s.text for s in summarize_articles([opinion, report])] == [LEAD]
    assert [s.text for s in summarize_articles([opinion])] == [text]
    assert [s.text for s in summarize_articles([opinion, unreadable])] == [text]


@pytest.mark.parametrize(
    "headline", ["‘I am on the rocks’: Ferry runs aground", "Captain: We ran aground at nine"]
)
def test_headline_that_quotes_somebody_is_that_of_a_report(headline: str) -> None:
    opinion = Article(path="a.txt", facts=Facts(title="Opinion: Close the line"), text=LAWSUIT)
    report = Article(path="b.txt", facts=Facts(title=headline), text=LEAD)
    assert [s.text for s in summarize_articles([opinion, report])] == [LEAD]


def test_dateline_is_not_part_of_the_sentence() -> None:
    lead = "The night ferry to Skarholm ran aground off Vest Point on Friday morning."
    for dateline in (
        "PORT VIK, Fla. (AP) — ",
        "VIK — ",
        "VIK—",
        "VIK ― ",
        "VIK, Dec 1 (Reuters) - ",
        "(Reuters) - ",
        "Vik, Skarholm (CNN) ",
        "Vik (CNN)",
        "— ",
    ):
        assert summarize(dateline + lead) == [lead]


def test_abbreviation_in_brackets_is_no_dateline() -> None:
    lead = "Harbour Board (HB) members met on Friday after the ferry ran aground off Vest Point."
    assert summarize(lead) == [lead]


@pytest.mark.parametrize("piece", ["A", "A ", "A, ", "(A", "The a ", "Aa (", "— ", "these "])
def test_a_megabyte_of_one_awkward_piece_takes_no_longer_than_it_is(piece: str) -> None:
    assert summarize(piece * (1_000_000 // len(piece))) == []


def test_report_of_an_agency_counts_once_however_many_print_it() -> None:
    agency = "The night ferry to Skarholm ran aground off Vest Point and all were saved on Friday."
    own = "Harbour pilots had warned the owners of the Skarholm ferry about its radar in May."
    copies = [f"{agency} It was the third accident of the year on that line."] * 4
    assert summarize(*copies, f"{LEAD} {own}", sentences=2)[-1] == own


def test_an_article_without_one_good_sentence_has_no_summary() -> None:
    assert summarize("") == summarize("Watch live") == []
    assert summarize_articles([]) == ()


def make_quote(text: str, speaker: str | None, *, partial: bool = False) -> Quote:
    span = Span(text=text, start=0, end=len(text))
    return Quote(article="a.txt", segments=(span,), speaker=speaker, partial=partial)


def test_key_quotes_are_attributed_whole_substantial_and_varied() -> None:
    good = [
        make_quote("The radar was broken for a month and nobody cared to mend it", "Ada Lund"),
        make_quote("We were told to sail whatever the weather was going to be like", "Ada Lund"),
        make_quote("The owners will answer for every hour that the ship was late", "Per Holm"),
    ]
    bad = [
        make_quote("The sea was calm and the moon was out all night long", None),
        make_quote("pay for every single thing that was lost on board that night", "Per Holm"),
        make_quote("A price to be paid by the owners of the ferry line", "Ola Vik", partial=True),
        make_quote("No comment at all", "Ola Vik"),
        make_quote("word " * 90, "Ola Vik"),
    ]
    article = Article(path="a.txt", facts=Facts(), text=TEXT, quotes=(*good, *bad))
    assert choose_quotes([article], (), limit=2) == (good[0], good[2])
    assert set(choose_quotes([article], (), limit=9, per_article=9)) == set(good)


def test_somebody_with_a_name_is_heard_before_somebody_without() -> None:
    quotes = (
        make_quote("The radar was broken for a month and nobody cared to mend it", "a passenger"),
        make_quote("We were told to sail whatever the weather was going to be like", "Ada Lund"),
    )
    article = Article(path="a.txt", facts=Facts(), text=TEXT, quotes=quotes)
    assert choose_quotes([article], (), limit=1) == quotes[1:]


def test_same_quote_in_two_articles_is_shown_once_and_each_article_gives_only_a_few() -> None:
    article = make_article("a.txt")
    assert len(choose_quotes([article, make_article("b.txt")], ())) == 1
    assert choose_quotes([article], (), per_article=0) == ()
