"""Which passwords are taken: long ones, spaces and digits alone; not breached ones, and not the portal's own words."""

import gzip

import pytest
from django.contrib.auth.hashers import get_hasher
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db import connection
from django.test import Client
from django.urls import reverse

from accounts import roles
from accounts.account import save_account

TAKEN = [
    "4827193055612",
    "correct horse battery staple",
    "éèàü ñandú åäö",
    "a" * 10 + " very long one " * 4,
    "x9 " * 40,
    "leonar portal but with a llama",
]


@pytest.mark.parametrize("password", TAKEN)
def test_it_is_taken(password):
    validate_password(password)


@pytest.mark.parametrize(
    "password",
    [
        "leonarportal",
        "Leonar-Portal-2026!",
        "l3onar.p0rtal",
        "recruiter1234",
        "admin of the portal",
        "PASSWORD of 2026",
    ],
)
def test_the_portals_own_words_are_not(password):
    with pytest.raises(ValidationError, match="words that anybody here would try"):
        validate_password(password)


@pytest.mark.parametrize(
    "password", ["short", "password1234", "1234567890", "nuttertools", "1q2w3e4r5t6y", "1123581321", "Nuttertools"]
)
def test_short_and_breached_ones_are_not(password):
    with pytest.raises(ValidationError):
        validate_password(password)


def test_three_thousand_of_the_breached_ones_would_be_long_enough(settings):
    with gzip.open(settings.BREACHED_PASSWORDS, "rt") as lines:
        breached = {line.strip() for line in lines}

    assert len({password for password in breached if len(password) >= 10}) >= 3000


@pytest.mark.django_db
@pytest.mark.parametrize("password", TAKEN)
def test_whoever_has_it_signs_in(password):
    save_account(name="sophie", role=roles.RECRUITER, password=password)

    answer = Client().post(reverse("login"), {"username": "sophie", "password": password})

    assert answer.status_code == 302


@pytest.mark.django_db
def test_what_is_too_long_for_anybody_is_not_looked_at(recruiter):
    answer = Client().post(reverse("login"), {"username": "sophie", "password": "x" * 100_000})

    assert answer.status_code == 200


@pytest.mark.django_db(transaction=True)
def test_no_transaction_waits_while_it_is_hashed(monkeypatch):
    hasher, within = type(get_hasher()), []
    encode = hasher.encode

    def encode_and_look(*given):
        within.append(connection.in_atomic_block)
        return encode(*given)

    monkeypatch.setattr(hasher, "encode", encode_and_look)

    for password in ("a long one that is new", "a long one that is new", "another long one"):
        save_account(name="sophie", role=roles.RECRUITER, password=password)

    assert within
    assert not any(within)
