"""The key and the contact stay where they belong."""

import base64
import copy
import json
import logging
import pickle
import re
import traceback
from urllib.parse import unquote

import pytest

from contacts.leonar import errors
from contacts.leonar.client import LeonarClient
from contacts.leonar.redaction import redactor
from tests.delivery.faults.acts import CONTACT_ID, answer, error, reply
from tests.delivery.faults.scripts import SCRIPTS, Script, by_name
from tests.leonar.conftest import KEY

ANA = {"first_name": "Ana", "last_name": "Kowalska", "email": "ana.kowalska@example.com"}
QUICK = [script for script in SCRIPTS if not script.stalls and not script.is_large and script.expected_reason]
SPELLINGS = {
    "as-it-is": KEY.encode(),
    "one-character-escaped": b"\\u006c" + KEY[1:].encode(),
    "all-characters-escaped": "".join(f"\\u{ord(character):04X}" for character in KEY).encode(),
    "json-in-json": "".join(f"\\\\u{ord(character):04x}" for character in KEY).encode(),
    "percent-encoded": "".join(f"%{ord(character):02x}" for character in KEY).encode(),
    "one-character-percent-encoded": KEY[:3].encode() + b"%5F" + KEY[4:].encode(),
}
ONE_OF_EACH = list({script.expected_reason: script for script in QUICK}.values())


def readable(text: str) -> str:
    """What somebody makes of `text` who knows how to undo an escape."""
    return unquote(re.sub(r"\\+u00(..)", lambda found: chr(int(found[1], 16)), text))


def test_a_client_shows_its_address_only():
    client = LeonarClient(base_url="http://leonar.example/api/v1/", api_key=KEY)

    assert repr(client) == str(client) == "<LeonarClient http://leonar.example/api/v1>"


@pytest.mark.parametrize("character", ["\n", "\r", "\0", " ", "\t", "é", "\x7f", "\u2028"])
def test_a_key_that_could_break_out_of_its_header_is_refused_without_being_shown(character):
    with pytest.raises(ValueError, match="API key") as refused:
        LeonarClient(base_url="http://leonar.example", api_key=f"{KEY}{character}X: 1")

    assert KEY not in str(refused.value)


@pytest.mark.parametrize("script", ONE_OF_EACH, ids=str)
def test_a_failure_tells_nothing_of_key_or_contact_however_it_is_logged(client_of, caplog, script):
    client = client_of(script)

    with caplog.at_level(logging.DEBUG):
        try:
            client.create_contact(ANA)
        except errors.LeonarError:
            logging.getLogger(__name__).exception("not created")
            printed = traceback.format_exc()

    assert script.expected_reason in printed
    for secret in (KEY, "Kowalska", "ana.kowalska"):
        assert secret not in caplog.text
        assert secret not in printed


@pytest.mark.parametrize("spelt", SPELLINGS.values(), ids=SPELLINGS)
def test_no_spelling_of_the_key_gets_into_the_record_or_the_log(client_of, caplog, spelt):
    quoting = b'{"error": {"code": "invalid_api_key", "message": "email: %s?"}}' % spelt
    headers = {"Content-Type": f"text/plain; key={spelt.decode()}", "X-Key": spelt.decode()}
    # A head that is not well-formed, so that whoever complains about it may quote it.
    raw = answer(400, quoting, headers).replace(b"\r\nX-Key:", b"\r\n" + spelt + b"\r\nX-Key:")

    with caplog.at_level(logging.DEBUG), pytest.raises(errors.Invalid) as refused:
        client_of(Script("400", reply(raw), "invalid")).create_contact(ANA)

    seen = refused.value.answer
    kept = [refused.value.message, str(refused.value.field), seen.excerpt, seen.content_type, caplog.text]
    for text in kept:
        assert KEY not in text
        assert KEY not in readable(text)
        assert spelt.decode() not in text
    assert refused.value.message in ("leo_***?", "")


@pytest.mark.parametrize("spelt", SPELLINGS.values(), ids=SPELLINGS)
def test_no_spelling_of_the_key_gets_into_what_was_created(client_of, spelt):
    quoting = b'{"data": {"id": "%s", "note": ["%s"], "%s": 1}}' % (CONTACT_ID.encode(), spelt, spelt)

    made = client_of(Script("201", reply(answer(201, quoting)), "")).create_contact(ANA)

    assert made.data["id"] == CONTACT_ID
    assert KEY not in readable(json.dumps(made.data))
    assert spelt.decode() not in json.dumps(made.data) + made.answer.excerpt


def test_a_key_across_the_end_of_what_is_kept_leaves_no_part_of_it_behind(client_of):
    headers = {"Content-Type": "x" * 90 + KEY}
    body = b"y" * 2040 + KEY.encode()

    with pytest.raises(errors.ServerError) as failed:
        client_of(Script("500", reply(answer(500, body, headers)), "server_error")).create_contact(ANA)

    assert failed.value.answer.content_type == "x" * 90 + "leo_***"
    assert failed.value.answer.excerpt == "y" * 2040 + "leo_***"


@pytest.mark.parametrize("before", ["", "a", "ab", "abc", "Bearer ", '{"key": "'])
@pytest.mark.parametrize("after", ["", "z", "zz", '"}'])
def test_base64_of_the_key_among_other_things_tells_a_few_characters_at_most(before, after):
    encoded = base64.b64encode(f"{before}{KEY}{after}".encode()).decode()

    shown = redactor(KEY)(f"token {encoded} is not known")

    left = shown.removeprefix("token ").removesuffix(" is not known")
    assert "leo_***" in left
    assert len(left) < len(encoded) - len(KEY)


def test_a_short_key_does_not_take_the_text_around_it_along():
    assert redactor("leo_x")("leo_x is not bGVvX3 nor x3") == "leo_*** is not bGVvX3 nor x3"


def test_a_key_of_odd_characters_is_found_too():
    key = 'leo_.*+?[(\\/"|^$'

    assert redactor(key)(f"a {key} b {json.dumps(key)} c") == 'a leo_*** b "leo_***" c'


def test_a_server_that_quotes_the_key_does_not_get_it_into_the_record(client_of):
    quoting = error(401, "invalid_api_key", f"{KEY} is not known")

    with pytest.raises(errors.KeyRefused) as refused:
        client_of(Script("401", reply(quoting), "key_refused")).create_contact(ANA)

    assert "leo_*** is not known" in refused.value.answer.excerpt
    assert KEY not in repr(refused.value.answer) + refused.value.answer.excerpt


def test_an_answer_and_a_reply_keep_the_contact_out_of_their_repr(client_of):
    made = client_of(by_name("201")).create_contact(ANA)

    assert "sophie.martin@example.com" in made.answer.excerpt
    assert "sophie.martin@example.com" not in repr(made) + repr(made.answer)


def test_the_excerpt_is_short_text_that_any_database_takes(client_of):
    body = b"a\0b\xff" + b"x" * 5000

    with pytest.raises(errors.ServerError) as failed:
        client_of(Script("500", reply(answer(500, body)), "server_error")).create_contact(ANA)

    assert failed.value.answer.excerpt == "a\ufffdb\ufffd" + "x" * 2044


@pytest.mark.parametrize("script", ONE_OF_EACH, ids=str)
def test_a_failure_survives_copying_and_pickling(client_of, script):
    with pytest.raises(errors.LeonarError) as raised:
        client_of(script).create_contact(ANA)

    for again in (copy.copy(raised.value), pickle.loads(pickle.dumps(raised.value))):
        assert type(again) is type(raised.value)
        assert vars(again) == vars(raised.value)
