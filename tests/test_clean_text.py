"""Scraped text: which lines go and why, which lines stay, and input of all kinds."""

import pytest

from digest.clean import clean_article
from digest.dates import parse_moment
from digest.encoding import decode
from digest.errors import ArticleError
from digest.models import CleanArticle, Limits, RawArticle

HEADLINE = "Ferry to the island of Texel stops for a week"
ABOVE = [
    "The ferry between Den Helder and the island of Texel will not sail before next Friday, "
    "because a ramp of its only free pier broke on Thursday night.",
    "“Nobody was on the ramp when it fell,” said Gerda Hazel, who leads the harbour office.",
]
BELOW = [
    "About 900 people take the ferry on a day in May. Those who have booked get their money back "
    "or a seat on one of the two fishing boats that the office has hired.",
    "The boats sail at eight in the morning, Hazel said, and they take bicycles, but no cars.",
]


def clean(text: str) -> CleanArticle:
    return clean_article(RawArticle(path="a.txt", kind="text", text=text))


def write(*lines: str) -> str:
    return "\n\n".join([HEADLINE, *ABOVE, *lines, *BELOW])


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ("The broken ramp of the pier in Den Helder. Eva Fir for The Dune Post", "caption"),
        ("Waves wash over the broken ramp. (Dirk Elm/The Dune Post)", "caption"),
        ("Waves wash over the broken ramp of the pier. (Museum of Texel)", "caption"),
        ("Divers look at what is left of the ramp Photo: Eva Fir", "caption"),
        ("Image 2 of 5", "caption"),
        ("0:49", "caption"),
        ("Media captionA fishing boat takes bicycles to the island", "caption"),
        ("Divers at the pier of Den Helder on Friday, May 3, 2024, after the fall.", "caption"),
        ("Article content", "advertisement"),
        ("Gerda Hazel (left) talks to Hans Birch at the pier", "caption"),
        ("(Harbour Office of Texel Inc.)", "caption"),
        ("Eva Fir @evafir / 2 days", "byline"),
        ("By Eva Fir , Hans Birch and Dirk Elm on Saturday, May 4, 2024 at 9:12 a.m.", "byline"),
        ("Island ferry breaks its ramp in the night – video", "teaser"),
        ("More from The Dune Post", "teaser"),
        ("READ MORE: Harbour office wants a second pier", "teaser"),
        ("All stories about the harbour »", "teaser"),
        ("The sheep of the island are counted by hand | The Dune Post", "teaser"),
        ("Share Tweet Email Print", "navigation"),
        ("Weather", "navigation"),
        ("news@example.org", "notice"),
        ("Hans Birch says:", "comments"),
        ("3 hours ago", "date"),
        ("Saturday, May 4, 2024 at 9:12 a.m.", "date"),
        ("By Eva Fir | May 4, 2024 at 9:12 CET", "byline"),
        ("© 2024 The Dune Post", "copyright"),
        ("Sign up for our newsletter and never miss a ferry again", "promotion"),
    ],
)
def test_a_line_inside_an_article_goes_for_its_reason(line: str, reason: str) -> None:
    article = clean(write(line))
    assert article.text.split("\n\n") == [*ABOVE, *BELOW]
    assert [(r.text, r.reason) for r in article.removed[1:]] == [(line, reason)]


@pytest.mark.parametrize(
    "line",
    [
        "In a letter of 1953, a captain of the ferry also said:",
        "“The tide does not wait for us,” said U.S. Attorney Ann Ash.",
        "The harbour office has 900 subscribers, and each of them has read more than enough.",
        "Gerda Hazel, who was born on May 3, 1953, has led the harbour office for ten years.",
        "Photographs of the ramp show rust at both of its hinges, the office said on Friday.",
        "The ramp had been painted only once since it was built. (It was built in 1953.)",
    ],
)
def test_a_sentence_stays_that_holds_such_words(line: str) -> None:
    assert line in clean(write(line)).text.split("\n\n")


def test_a_label_takes_the_headlines_below_it_along_up_to_the_next_sentence() -> None:
    teasers = [
        "Why the sheep of Texel are counted by hand",
        "Lighthouse keeper paints his last railing",
    ]
    article = clean(write("Trending now", *teasers))
    assert article.text.split("\n\n") == [*ABOVE, *BELOW]
    assert {r.reason for r in article.removed[1:]} == {"teaser"}


@pytest.mark.parametrize(
    "place",
    [
        "DEN HELDER — ",
        "ST. MAARTEN, Netherlands (DP) — ",
        "DEN HELDER, May 3 (Reuters) - ",
        "Den Helder (AP) – ",
    ],
)
def test_a_report_begins_with_the_paragraph_that_tells_its_place(place: str) -> None:
    deck = "No ferry will sail between Den Helder and Texel before next Friday, the office said."
    text = "\n\n".join([HEADLINE, deck, deck.replace("office", "island"), f"{place}{ABOVE[0]}"])
    article = clean("\n\n".join([text, ABOVE[1], *BELOW]))
    assert article.text.split("\n\n") == [f"{place}{ABOVE[0]}", ABOVE[1], *BELOW]
    assert [removed.reason for removed in article.removed] == ["headline", "deck", "deck"]


def test_a_place_in_the_middle_of_an_article_begins_no_report() -> None:
    paragraph = f"DEN HELDER — {BELOW[1]}"
    assert clean(write(BELOW[0], paragraph)).text.startswith(ABOVE[0])


def test_an_article_without_a_headline_keeps_its_first_paragraph_and_has_no_title() -> None:
    for lines in ([" ".join(ABOVE + BELOW)], [" ".join(ABOVE), " ".join(BELOW)]):
        article = clean("\n".join(lines))
        assert article.text.split("\n\n") == lines
        assert article.facts.title is None


def test_a_line_of_ten_megabytes_is_read_only_where_the_limit_allows_it() -> None:
    line = " ".join(ABOVE * (10_000_000 // len(" ".join(ABOVE))))
    with pytest.raises(ArticleError, match="more than 1,000,000 characters"):
        clean(f"{write()}\n\n{line}")
    raw = RawArticle(path="a.txt", kind="text", text=f"{write()}\n\n{line}")
    article = clean_article(raw, limits=Limits(characters=20_000_000))
    assert article.text.split("\n\n")[:4] == [*ABOVE, *BELOW]


@pytest.mark.parametrize(
    ("lines", "published"),
    [
        (["May 3, 2024"], "2024-05-03"),
        (["May 3, 2024", "Choir sings in the old church", "3 May 2024"], "2024-05-03"),
        (["May 3, 2024", "Choir sings in the old church", "May 2, 2024"], None),
        (["© May 3, 2024"], None),
        (["Choir sings in the old church on May 3, 2024"], None),
    ],
)
def test_a_day_below_the_article_is_its_own_if_no_line_there_tells_another(
    lines: list[str], published: str | None
) -> None:
    text = "\n\n".join([write(), "Weather", *lines])
    assert clean(text).facts.published == parse_moment(published or "")


def test_a_paragraph_that_stands_there_twice_in_a_row_is_kept_once() -> None:
    article = clean(write(ABOVE[1]))
    assert article.text.split("\n\n") == [*ABOVE, *BELOW]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_every_encoding_of_news_gives_the_same_article(encoding: str) -> None:
    assert clean(decode(write().encode(encoding))) == clean(write())


@pytest.mark.parametrize("damage", ["\x00", "\u202e", "\u200b", "\ufeff"])
def test_invisible_characters_leave_the_article_as_it_is(damage: str) -> None:
    assert clean(write().replace(" the ", f" {damage}the ")).text == clean(write()).text


AWKWARD = ["A. A ", "A/", "A for ", "x@", "1 of ", "Photo: ", "... ", "Ann, May 3, ", "said: "]
AWKWARD += ["AB — ", "A (left ", ". (A", "A | ", "“A "]
LINES = ["Ann Ash", "May 3, 2024", "By Ann Ash", "Read more", "Share Tweet", "1 of 2", "Ann says:"]


@pytest.mark.parametrize("piece", [*AWKWARD, *(f"{line}\n" for line in LINES)])
def test_much_of_what_marks_furniture_leaves_an_article_or_a_reason(piece: str) -> None:
    try:
        article = clean(f"{write()}\n{piece * (150_000 // len(piece))}")
    except ArticleError as error:
        assert error.problem.startswith(("no article text was found", "its text has more than"))
        return
    assert article.text
