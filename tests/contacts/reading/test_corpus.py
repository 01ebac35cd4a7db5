"""How much of what people paste is read, and read rightly."""

from tests.contacts.reading.examples import CORPUS, compare, examples

# What nobody looked at while the readers were tuned.
HELD_OUT = CORPUS / "held_out"


def test_the_corpus_is_large_and_its_examples_differ():
    found = [*examples(CORPUS), *examples(HELD_OUT)]

    assert len(found) >= 200
    assert len({example.text for example in found}) == len(found)


def test_fields_are_read_rightly_and_few_are_missed():
    figures = compare([*examples(CORPUS), *examples(HELD_OUT)])

    assert figures.precision >= 0.98, "\n".join(figures.differences)
    assert figures.recall >= 0.90, "\n".join(figures.differences)
    assert figures.wrong_rate <= 0.01, "\n".join(figures.differences)


def test_what_was_never_tuned_on_is_read_nearly_as_well():
    figures = compare(examples(HELD_OUT))

    # The differences stay unsaid: whoever reads them starts to tune on them.
    assert figures.precision >= 0.98, str(figures)
    assert figures.recall >= 0.90, str(figures)
