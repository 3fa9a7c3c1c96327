"""Says why a file holds no article."""

from itertools import islice

from digest.attributes import MOST_ATTRIBUTES, has_too_many_attributes
from digest.clean.cues import WORD, find_cues, load_cues, split_words
from digest.errors import ArticleError
from digest.language import load_words
from digest.models import Limits, RawArticle

FEWEST_WORDS = 8  # a shorter rest is no article: the shortest of 234 scraped ones has 60
SAMPLE = 20_000  # characters that are searched for the signs of a login or a list
HEADLINE_WORDS = range(4, 20)
FEWEST_HEADLINES = 3
HEADLINES = 0.3  # share of a page's lines: a menu has fewer lines as long as a headline

LARGE = "give the article alone, or raise `limits.{}` in content/config.yaml"


def check_page(path: str, page: str, limits: Limits) -> None:
    """Raise `ArticleError` for a page with more tags, or attributes, than are allowed."""
    if page.count("<") > limits.tags:
        raise ArticleError(path, f"it has more than {limits.tags:,} tags", LARGE.format("tags"))
    if has_too_many_attributes(page):
        problem = f"a tag of it has more than {MOST_ATTRIBUTES:,} attributes"
        raise ArticleError(path, problem, "save its text instead")


def check_text(path: str, text: str, limits: Limits) -> None:
    """Raise `ArticleError` for a text that is longer than is allowed."""
    if len(text) > limits.characters:
        problem = f"its text has more than {limits.characters:,} characters"
        raise ArticleError(path, problem, LARGE.format("characters"))
    if text.count("\n") < limits.lines:
        return
    if sum(map(bool, map(str.strip, text.split("\n")))) > limits.lines:
        problem = f"its text has more than {limits.lines:,} lines"
        raise ArticleError(path, problem, LARGE.format("lines"))


def refuse(raw: RawArticle) -> ArticleError:
    """Return the error that says why no article is in a file, and what can be done about it."""
    if not raw.text.strip():
        return ArticleError(raw.path, "the file is empty", "put the article into it, or remove it")
    if is_foreign(raw.text):
        return ArticleError(raw.path, "it is a PDF", "save its text, or the page, instead")
    problem, remedy = _explain(raw)
    return ArticleError(raw.path, f"no article text was found: {problem}", remedy)


def _explain(raw: RawArticle) -> tuple[str, str]:
    sample = raw.text[:SAMPLE]
    words = " ".join(split_words(sample))
    if any(phrase in words for phrase in load_words(raw.facts.language, "clean")["wall"]):
        return "a login or a subscription hides it", "save the page after logging in"
    if raw.kind == "html":
        return "the page holds none", "save the page when all of it is shown, or its text"
    if _is_list(sample, raw.facts.language):
        return "it seems to be a list of articles", "add the articles themselves"
    return "all of it is what stands around articles", "remove the file, or add the text to it"


def _is_list(text: str, language: str | None) -> bool:
    """Tell whether many lines are as long as headlines and say nothing that furniture says."""
    phrases = load_cues(language)
    lines = [words for line in text.split("\n") if (words := split_words(line))]
    headlines = [w for w in lines if len(w) in HEADLINE_WORDS and not find_cues(w, phrases)]
    return len(headlines) > max(FEWEST_HEADLINES, HEADLINES * len(lines))


def is_foreign(text: str) -> bool:
    """Tell whether a text is another format under a wrong name."""
    return text.lstrip().startswith("%PDF-")


def has_words(text: str, *, least: int) -> bool:
    """Tell whether a text has at least so many words."""
    return next(islice(WORD.finditer(text), least - 1, None), None) is not None
