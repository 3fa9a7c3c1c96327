"""Long work counts on a terminal, and keeps quiet elsewhere."""

from io import StringIO

from digest.progress import STEP, watch


class Terminal(StringIO):
    """A stream that says it is a terminal."""

    def isatty(self) -> bool:
        """Say so."""
        return True


def test_terminal_sees_the_count() -> None:
    stream = Terminal()
    assert list(watch(map, stream)(str, range(STEP))) == [str(n) for n in range(STEP)]
    assert f"{STEP} of {STEP}" in stream.getvalue()


def test_other_streams_see_nothing() -> None:
    stream = StringIO()
    assert list(watch(map, stream)(str, range(STEP))) == [str(n) for n in range(STEP)]
    assert stream.getvalue() == ""
