"""Who said what, word for word: the quotes of an article with their speakers."""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from digest.models import Quote
from digest.quotes.narrative import read_narrative
from digest.quotes.outlets import find_via
from digest.quotes.speech import Spoken, follow_speech
from digest.speakers.lexicon import Lexicon, load_lexicon
from digest.speakers.people import Cast, meet_people
from digest.speakers.reading import Phrase
from digest.speakers.resolve import NOBODY, Place, Speaker, resolve
from digest.speakers.tokens import Paragraph


class Heard(NamedTuple):
    """A quote or a further segment of one, its speaker and where the speaker is named."""

    spoken: Spoken
    speaker: Speaker


def find_quotes(text: str, *, article: str, language: str | None = None) -> tuple[Quote, ...]:
    """Return the quotes of a cleaned text in the order of their start, partial ones too.

    Each segment is verbatim: `text[segment.start:segment.end] == segment.text`. `article` is
    the path that the quotes name as their source; `language` is a BCP 47 tag.
    """
    lexicon = load_lexicon(language)
    paragraphs, words = read_narrative(text, lexicon, language)
    if not words:
        return ()
    sentences = [sentence for paragraph in paragraphs for sentence in paragraph]
    cast = meet_people(sentences, lexicon)
    quotes: list[Quote] = []
    for group in _grouped(hear(paragraphs, cast, lexicon)):
        spoken, speaker = group[0]
        phrase = spoken.attribution.phrase if spoken.attribution else None
        quotes.append(
            Quote(
                article=article,
                segments=tuple(words[heard.spoken.start] for heard in group),
                speaker=speaker.name,
                role=speaker.role,
                via=find_via(spoken, speaker, cast, language),
                mention=text[phrase.start : phrase.end] if phrase else None,
                partial=spoken.partial,
            )
        )
    return tuple(quotes)


def hear(paragraphs: Sequence[Paragraph], cast: Cast, lexicon: Lexicon) -> Iterator[Heard]:
    """Yield each segment that is spoken with its speaker, as the reader of an article hears it."""
    last: tuple[int, int] | None = None
    known: dict[Phrase, Speaker] = {}
    speaker = NOBODY
    for spoken in follow_speech(paragraphs, lexicon):
        if spoken.attribution is None:
            speaker = NOBODY
        else:
            phrase = spoken.attribution.phrase
            if phrase not in known:
                start = min(phrase.start, spoken.start)
                told = spoken.context[0] if len(spoken.context) > 1 else ()
                place = Place(start, spoken.sentence, last, speaker, told)
                known[phrase] = resolve(phrase, place, cast, lexicon)
            speaker = known[phrase]
        if speaker.person is not None:
            last = (speaker.person, spoken.sentence)
        yield Heard(spoken, speaker)


def _grouped(heard: Iterator[Heard]) -> Iterator[list[Heard]]:
    """Yield the segments of each quote together, also where a paragraph names its speaker again."""
    group: list[Heard] = []
    for one in heard:
        same = bool(group) and one.spoken.runs_on and NOBODY != one.speaker == group[-1].speaker
        if group and not (same or one.spoken.goes_on):
            yield group
            group = []
        group.append(one)
    if group:
        yield group
