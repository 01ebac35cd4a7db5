"""The order in which the files of tests begin."""

from itertools import pairwise

from tests.order import BUSY, WAITING, below_tests, in_order
from tests.portal import PROJECT_ROOT

FILES = sorted((PROJECT_ROOT / "tests").rglob("test_*.py"))


def test_every_file_begins_once():
    assert sorted(in_order(FILES)) == FILES


def test_those_that_wait_are_apart():
    begun = in_order(FILES)
    places = [place for place, file in enumerate(begun) if set(WAITING) & set(below_tests(file))]

    assert min(later - earlier for earlier, later in pairwise(places)) > 1


def test_every_name_is_that_of_a_file_or_folder():
    assert {*WAITING, *BUSY} <= {part for file in FILES for part in below_tests(file)}
