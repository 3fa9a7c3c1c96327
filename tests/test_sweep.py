"""Pieces of pages that are scattered over many files are joined, and stay what they were."""

from conftest import ARTICLE, Digest
from digest.build.sweep import MOST_FILES
from digest.lock import WORKSHOP


def test_many_small_builds_leave_few_files(digest: Digest) -> None:
    for number in range(MOST_FILES + 3):
        text = ARTICLE.replace("Heavy rain", f"Very heavy rain {number}")
        digest.write(f"content/articles/rain{number % 3}.md", text)
        digest.run("build", "--workers", "1")
    pieces = list((digest.root / WORKSHOP / "pieces").iterdir())
    assert len(pieces) <= MOST_FILES
    before = digest.files("site")
    (digest.root / WORKSHOP / "site.sqlite").unlink()
    digest.run("build", "--workers", "1")
    assert digest.files("site") == before
