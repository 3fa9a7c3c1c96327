"""What is promised about security is shown by tests that exist, and pages are as it says."""

import re

from conftest import REPOSITORY

SECURITY = (REPOSITORY / ".github/SECURITY.md").read_text("utf-8")


def test_every_promise_names_tests_that_exist() -> None:
    rows = [row for row in SECURITY.splitlines() if row.startswith("| ")][2:]
    assert len(rows) > 15
    for row in rows:
        named = re.findall(r"`(tests/[\w/]+\.py)::(\w+)`", row)
        assert named, row
        for file, name in named:
            assert f"\ndef {name}(" in (REPOSITORY / file).read_text("utf-8"), name


def test_policy_for_headers_allows_what_the_pages_allow() -> None:
    template = (REPOSITORY / "templates/search.html").read_text("utf-8")
    (policy,) = re.findall(r"block policy %}(.*?){%", template)
    told = " ".join(SECURITY.split())
    assert all(part.strip() in told for part in policy.split(";"))
