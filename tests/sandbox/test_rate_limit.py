import time

import pytest

from tests.sandbox.calls import call, get, post

SOMEBODY = {"first_name": "Ana"}
HEADERS = ("X-RateLimit-Limit", "X-RateLimit-Remaining", "X-RateLimit-Reset")


def standing(reply):
    return tuple(int(reply.headers[name]) for name in HEADERS)


@pytest.mark.parametrize(
    ("method", "path", "body", "key", "status"),
    [
        ("POST", "/contacts", SOMEBODY, "leo_a", 201),
        ("POST", "/contacts", {}, "leo_a", 400),
        ("POST", "/contacts", SOMEBODY, "wrong", 401),
        ("POST", "/contacts", SOMEBODY, "leo_readonly", 403),
        ("GET", "/contacts", None, "leo_a", 200),
        ("GET", "/nowhere", None, "leo_a", 404),
        ("PUT", "/contacts", None, "leo_a", 405),
    ],
)
def test_every_answer_tells_the_standing_and_the_date(sandbox, method, path, body, key, status):
    reply = call(sandbox, method, f"/api/v1{path}", body, key=key)

    assert reply.status == status
    limit, remaining, reset = standing(reply)
    assert limit == 2000
    assert 1999 <= remaining <= 2000
    assert 3500 <= reset - time.time() <= 3601
    assert reply.headers["Date"].endswith(" GMT")


def test_a_request_over_the_limit_is_refused_until_the_reset(sandbox):
    sandbox.limit_rate(limit=2)

    replies = [post(sandbox, "/contacts", SOMEBODY) for _ in range(3)]

    assert [reply.status for reply in replies] == [201, 201, 429]
    assert [standing(reply)[1] for reply in replies] == [1, 0, 0]
    assert len({standing(reply)[2] for reply in replies}) == 1
    assert replies[2].error["code"] == "rate_limit_exceeded"
    assert "Retry-After" not in replies[2].headers
    assert len(sandbox.contacts()) == 2


def test_whoever_waits_for_the_reset_is_served(sandbox):
    sandbox.limit_rate(limit=1, window_seconds=1)
    reset = standing(get(sandbox, "/tags"))[2]
    refused = get(sandbox, "/tags")

    time.sleep(max(reset - time.time(), 0))
    served = get(sandbox, "/tags")

    assert refused.status == 429
    assert served.status == 200
    assert standing(served)[2] > reset


def test_each_key_has_its_own_window(sandbox):
    sandbox.limit_rate(limit=1)
    get(sandbox, "/tags", key="leo_a")

    assert get(sandbox, "/tags", key="leo_a").status == 429
    assert get(sandbox, "/tags", key="leo_b").status == 200


def test_a_wrong_key_uses_up_nothing(sandbox):
    sandbox.limit_rate(limit=1)
    get(sandbox, "/tags", key="wrong")

    assert get(sandbox, "/tags").status == 200


def test_control_addresses_count_towards_no_limit(sandbox):
    sandbox.limit_rate(limit=0)

    assert sandbox.state()["rate"] == {"limit": 0, "window_seconds": 3600}
    assert sandbox.contacts() == []


def test_a_reset_returns_to_the_documented_limit(sandbox):
    sandbox.limit_rate(limit=0, window_seconds=5)

    sandbox.reset()

    assert sandbox.state()["rate"] == {"limit": 2000, "window_seconds": 3600}


@pytest.mark.parametrize("options", [{"limit": -1}, {"limit": "5"}, {"limit": True}, {"window_seconds": -1}])
def test_a_limit_that_makes_no_sense_is_refused(sandbox, options):
    assert call(sandbox, "POST", "/_sandbox/rate", options).status == 400
    assert sandbox.state()["rate"] == {"limit": 2000, "window_seconds": 3600}
