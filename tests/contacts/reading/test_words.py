"""The lists of words that readers know: written as texts are compared with them."""

from pathlib import Path

import pytest

from contacts.reading import words
from contacts.text.folding import fold

# What vCards call their properties is compared as it stands there, in capitals.
LISTS = sorted(path.stem for path in Path(words.__file__).parent.glob("*.txt") if path.stem != "vcards")


@pytest.mark.parametrize("name", LISTS)
def test_words_are_folded_as_the_texts_are_that_they_are_found_in(name):
    unlike = [word for items in words.sections(name).values() for word in items if fold(word) != word]

    assert unlike == []
