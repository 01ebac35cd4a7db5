"""How much of what people paste is read, and read rightly."""

import pytest

from tests.contacts.reading.examples import CORPUS, compare, examples

# What the readers were tuned on, and what nobody looked at while tuning them.
FOLDERS = {"tuned": CORPUS, "held out": CORPUS / "held_out"}


def test_the_corpus_is_large_and_its_examples_differ():
    found = [example for folder in FOLDERS.values() for example in examples(folder)]

    assert len(found) >= 200
    assert len({example.text for example in found}) == len(found)


@pytest.mark.parametrize("name", ["tuned"])
def test_fields_are_read_rightly_and_few_are_missed(name):
    figures = compare(examples(FOLDERS[name]))

    assert figures.precision >= 0.98, "\n".join(figures.differences)
    assert figures.recall >= 0.90, "\n".join(figures.differences)
    assert figures.wrong_rate <= 0.01, "\n".join(figures.differences)
