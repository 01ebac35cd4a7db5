"""Ids, as others name them."""

from uuid import UUID

import pytest

from contacts.text.ids import read_id

ID = UUID("0198f3a2-7c41-7d3e-9b1a-2f6f0c9d4e11")


@pytest.mark.parametrize("text", [str(ID), str(ID).upper(), ID.hex])
def test_an_id_is_read_in_every_notation(text):
    assert read_id(text) == ID


@pytest.mark.parametrize("value", ["", "new", str(ID)[:-1], f"{ID}x", None, 7, ID, [str(ID)], "\0", "٣" * 31])
def test_anything_else_is_none(value):
    assert read_id(value) is None
