"""Names as mails carry them in their headers."""

import pytest

from contacts.reading import parse


@pytest.mark.parametrize(
    "text",
    [
        "=?UTF-8?Q?J=C3=A9r=C3=B4me_Gallet?= <j.gallet@atelier.example>",
        "From: =?utf-8?B?SsOpcsO0bWUgR2FsbGV0?= <j.gallet@atelier.example>",
        '"=?iso-8859-1?Q?J=E9r=F4me?= =?iso-8859-1?Q?_Gallet?=" <j.gallet@atelier.example>',
    ],
)
def test_an_encoded_name_is_read_as_what_it_says(text):
    reading = parse(text)

    assert reading.fields == {
        "first_name": "Jérôme",
        "last_name": "Gallet",
        "emails": [{"email": "j.gallet@atelier.example"}],
    }
    assert {value.source for value in reading.values if value.field == "last_name"} == {"Jérôme Gallet"}


def test_what_is_no_name_is_shown_as_what_it_says():
    assert parse("Subject: =?UTF-8?Q?R=C3=A9f=C3=A9rences?=").leftovers == ["Subject:", "Références"]


def test_a_receiver_is_nobody_s_contact():
    assert "first_name" not in parse("To: =?UTF-8?Q?J=C3=A9r=C3=B4me_Gallet?= <j.gallet@atelier.example>").fields


@pytest.mark.parametrize("text", ["=?nowhere?Q?a?=", "=?UTF-8?B?*?=", "=?UTF-8?B?YQ?=", "=?UTF-8?Q?=ZZ?="])
def test_what_says_nothing_is_left_over(text):
    assert parse(text).leftovers
