"""How much of what people paste is read, and read rightly."""

import pytest

from tests.contacts.reading.examples import CORPUS, Figures, compare, examples

# What nobody looked at while the readers were tuned.
HELD_OUT = CORPUS / "held_out"


def test_the_corpus_is_large_and_its_examples_differ():
    found = [*examples(CORPUS), *examples(HELD_OUT)]

    assert len(found) >= 200
    assert len({example.text for example in found}) == len(found)


@pytest.fixture(scope="module")
def held_out() -> Figures:
    return compare(examples(HELD_OUT))


def test_fields_are_read_rightly_and_few_are_missed(held_out):
    figures = compare(examples(CORPUS)) + held_out

    assert figures.precision >= 0.98, "\n".join(figures.differences)
    assert figures.recall >= 0.90, "\n".join(figures.differences)
    assert figures.wrong_rate <= 0.01, "\n".join(figures.differences)


def test_what_was_never_tuned_on_is_read_nearly_as_well(held_out):
    # The differences stay unsaid: whoever reads them starts to tune on them.
    assert held_out.precision >= 0.98, str(held_out)
    assert held_out.recall >= 0.90, str(held_out)
