"""One person has one page in all stories; two people of one name have two."""

from pathlib import Path
from typing import Any

import pytest
import yaml

from conftest import make_quote, make_story, make_story_file
from digest.briefs import make_brief
from digest.identities import find_persons

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
    persons = find_persons([make_brief(make_story_file(story)) for story in stories])
    expected: list[tuple[str, list[str]]] = [tuple(pair) for pair in case["persons"]]
    assert sorted((p.name, sorted({s for s, _ in p.mentions})) for p in persons) == sorted(expected)
