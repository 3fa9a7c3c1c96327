"""Errors say place, problem and remedy, and survive the way back from a worker."""

import pickle

import pytest

from digest import errors

CLASSES = [errors.DigestError, *errors.DigestError.__subclasses__()]


@pytest.mark.parametrize("error", CLASSES)
def test_error_reads_as_place_problem_and_remedy(error: type[errors.DigestError]) -> None:
    assert str(error("a.txt:3", "it is empty", "fill it")) == "a.txt:3: it is empty (fill it)"


@pytest.mark.parametrize("error", CLASSES)
def test_error_survives_pickling(error: type[errors.DigestError]) -> None:
    made = error("a.txt", "it is empty", "fill it")
    again = pickle.loads(pickle.dumps(made))
    assert type(again) is error
    assert str(again) == str(made)
