"""One person has one page in all stories; two people of one name have two."""

from collections import defaultdict
from pathlib import Path
from typing import Any

import pytest
import yaml

from conftest import make_quote, make_story, make_story_file
from digest.briefs import make_brief
from digest.identities import Mention, find_mentions, find_persons

CASES = yaml.safe_load((Path(__file__).parent / "data/identities/cases.yaml").read_text("utf-8"))
assert CASES, "no cases found"


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["name"])
def test_persons_are_told_apart(case: dict[str, Any]) -> None:
    stories = [
        make_story(
            slug=slug,
            related=tuple(story.get("related", [])),
            tags=tuple(story.get("tags", [])),
            people=tuple(story.get("people", [])),
            quotes=tuple(
                make_quote(speaker=speaker, role=role)
                for speaker, role in story["speakers"].items()
            ),
        )
        for slug, story in case["stories"].items()
    ]
    briefs = [make_brief(make_story_file(story)) for story in stories]
    drawers: dict[str, list[Mention]] = defaultdict(list)
    for time, brief in enumerate(briefs):
        for surname, note in find_mentions(brief):
            drawers[surname].append(Mention(time, brief.slug, *note))
    persons = [person for mentions in drawers.values() for person in find_persons(mentions)]
    expected: list[tuple[str, list[str]]] = [tuple(pair) for pair in case["persons"]]
    assert sorted((p.name, sorted({s for s, _ in p.mentions})) for p in persons) == sorted(expected)
