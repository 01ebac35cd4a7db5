"""The key and the contact stay where they belong."""

import copy
import logging
import pickle
import traceback

import pytest

from contacts.leonar import errors
from contacts.leonar.client import LeonarClient
from tests.delivery.faults.acts import answer, error, reply
from tests.delivery.faults.scripts import SCRIPTS, Script, by_name
from tests.leonar.conftest import KEY

ANA = {"first_name": "Ana", "last_name": "Kowalska", "email": "ana.kowalska@example.com"}
QUICK = [script for script in SCRIPTS if not script.stalls and not script.is_large and script.expected_reason]
ONE_OF_EACH = list({script.expected_reason: script for script in QUICK}.values())


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
