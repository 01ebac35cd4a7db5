import http.client
import json
import time

import pytest

from tests.portal import wait_for
from tests.sandbox.calls import call, create, get, post

SOMEBODY = {"first_name": "Karim"}


def ledger_outcomes(sandbox):
    return [(line["created_id"] is not None, line["status"]) for line in sandbox.ledger()]


def test_a_delayed_call_is_answered_late_and_as_usual(sandbox):
    sandbox.misbehave(mode="delay", seconds=0.3)

    began = time.monotonic()
    reply = post(sandbox, "/contacts", SOMEBODY)

    assert time.monotonic() - began >= 0.3
    assert reply.status == 201
    assert len(sandbox.contacts()) == 1


@pytest.mark.parametrize(("options", "created"), [({}, 0), ({"create": True}, 1)])
def test_a_hanging_call_is_never_answered(sandbox, options, created):
    sandbox.misbehave(mode="hang", seconds=60, **options)

    with pytest.raises(TimeoutError):
        post(sandbox, "/contacts", SOMEBODY, timeout=0.3)

    # On a busy machine the caller may have given up before the call was read.
    wait_for(sandbox.ledger, what="the call")
    assert len(sandbox.contacts()) == created
    assert ledger_outcomes(sandbox) == [(bool(created), None)]


def test_a_hanging_call_ends_with_the_connection_closed(sandbox):
    sandbox.misbehave(mode="hang", seconds=0.1)

    with pytest.raises(http.client.RemoteDisconnected):
        post(sandbox, "/contacts", SOMEBODY)


def test_a_call_dropped_before_reading_leaves_no_trace(sandbox):
    sandbox.misbehave(mode="drop_before_reading")

    with pytest.raises(ConnectionError):
        post(sandbox, "/contacts", SOMEBODY)

    assert sandbox.contacts() == []
    assert sandbox.ledger() == []


def test_a_call_dropped_after_reading_was_seen_and_created_nothing(sandbox):
    sandbox.misbehave(mode="drop_after_reading")

    with pytest.raises(http.client.RemoteDisconnected):
        post(sandbox, "/contacts", SOMEBODY)

    assert sandbox.contacts() == []
    assert ledger_outcomes(sandbox) == [(False, None)]


def test_a_call_dropped_after_creating_created(sandbox):
    sandbox.misbehave(mode="drop_after_creating")

    with pytest.raises(http.client.RemoteDisconnected):
        post(sandbox, "/contacts", SOMEBODY)

    assert sandbox.ledger()[0]["created_id"] == sandbox.contacts()[0]["id"]
    assert ledger_outcomes(sandbox) == [(True, None)]


@pytest.mark.parametrize("status", [400, 401, 403, 404, 409, 422, 429, 500, 502, 503, 504])
def test_a_status_to_order_comes_with_the_documented_error_body(sandbox, status):
    sandbox.misbehave(mode="status", status=status)

    reply = post(sandbox, "/contacts", SOMEBODY)

    assert reply.status == status
    assert reply.error.keys() == {"code", "message"}
    assert "X-RateLimit-Reset" in reply.headers
    assert sandbox.contacts() == []
    assert ledger_outcomes(sandbox) == [(False, status)]


def test_a_status_to_order_can_have_created_the_contact(sandbox):
    sandbox.misbehave(mode="status", status=504, body="html", create=True)

    reply = post(sandbox, "/contacts", SOMEBODY)

    assert reply.status == 504
    assert reply.headers["Content-Type"].startswith("text/html")
    assert b"<h1>504</h1>" in reply.body
    assert ledger_outcomes(sandbox) == [(True, 504)]


@pytest.mark.parametrize("status", [204, 302, 503])
def test_a_status_to_order_can_come_with_nothing_else(sandbox, status):
    sandbox.misbehave(mode="status", status=status, body="empty")

    reply = post(sandbox, "/contacts", SOMEBODY)

    assert (reply.status, reply.body) == (status, b"")


def test_an_error_to_order_says_what_the_test_wants(sandbox):
    sandbox.misbehave(mode="status", status=400, code="validation_error", message="emails.1.email: Already in use")

    assert post(sandbox, "/contacts", SOMEBODY).error == {
        "code": "validation_error",
        "message": "emails.1.email: Already in use",
    }


def test_a_truncated_answer_breaks_off(sandbox):
    sandbox.misbehave(mode="truncated")

    with pytest.raises(http.client.IncompleteRead):
        post(sandbox, "/contacts", SOMEBODY)

    assert ledger_outcomes(sandbox) == [(True, 201)]


def test_a_malformed_answer_is_not_json(sandbox):
    sandbox.misbehave(mode="malformed")

    reply = post(sandbox, "/contacts", SOMEBODY)

    assert reply.status == 201
    with pytest.raises(json.JSONDecodeError):
        json.loads(reply.body)
    assert ledger_outcomes(sandbox) == [(True, 201)]


def test_an_answer_can_lack_the_id(sandbox):
    sandbox.misbehave(mode="no_id")

    reply = post(sandbox, "/contacts", SOMEBODY)

    assert reply.status == 201
    assert reply.json["data"]["first_name"] == "Karim"
    assert "id" not in reply.json["data"]
    assert ledger_outcomes(sandbox) == [(True, 201)]


@pytest.mark.parametrize("mode", ["truncated", "malformed", "no_id"])
def test_a_refusal_is_delivered_whole(sandbox, mode):
    sandbox.misbehave(mode=mode)

    assert post(sandbox, "/contacts", {}).error["message"] == "first_name: Required"


def test_a_rate_limit_can_strike_early(sandbox):
    sandbox.misbehave(mode="rate_limited", reset_in=20)

    reply = post(sandbox, "/contacts", SOMEBODY)

    assert reply.status == 429
    assert reply.error["code"] == "rate_limit_exceeded"
    assert reply.headers["X-RateLimit-Remaining"] == "0"
    assert 0 < int(reply.headers["X-RateLimit-Reset"]) - time.time() <= 21
    assert post(sandbox, "/contacts", SOMEBODY).status == 201


def test_a_rate_limit_can_come_without_headers(sandbox):
    sandbox.misbehave(mode="rate_limited", headers=False)

    reply = post(sandbox, "/contacts", SOMEBODY)

    assert reply.status == 429
    assert not [name for name in reply.headers if name.lower().startswith("x-ratelimit")]


def test_a_rate_limit_can_come_with_garbage_for_headers(sandbox):
    sandbox.misbehave(mode="rate_limited", headers="garbage")

    reply = post(sandbox, "/contacts", SOMEBODY)

    assert reply.status == 429
    assert not reply.headers["X-RateLimit-Reset"].isdigit()


def test_calls_answered_in_the_place_of_the_api_do_not_count_towards_the_limit(sandbox):
    sandbox.misbehave(mode="status", status=503)
    sandbox.misbehave(mode="rate_limited")
    post(sandbox, "/contacts", SOMEBODY)
    post(sandbox, "/contacts", SOMEBODY)

    assert get(sandbox, "/tags").headers["X-RateLimit-Remaining"] == "1999"


def test_with_search_lag_a_new_contact_is_found_later(sandbox):
    create(sandbox, first_name="Sophie")
    sandbox.misbehave(mode="search_lag", seconds=0.3)
    hidden = create(sandbox, first_name="Karim")

    def found():
        assert get(sandbox, f"/contacts/{hidden['id']}").status == 200
        listed, searched = get(sandbox, "/contacts").json, post(sandbox, "/contacts/search", {}).json
        return listed["meta"]["total"], searched["meta"]["total"]

    sandbox.misbehave(mode="search_lag", seconds=3600)
    create(sandbox, first_name="Ana")
    wait_for(lambda: found() == (2, 2), what="the contact that lagged")
    sandbox.misbehave(mode="search_lag", seconds=0)
    assert found() == (3, 3)


def test_with_search_lag_a_new_contact_is_not_found_at_once(sandbox):
    sandbox.misbehave(mode="search_lag", seconds=3600)
    create(sandbox)

    assert get(sandbox, "/contacts").json["data"] == []
    assert post(sandbox, "/contacts/search", {}).json["data"] == []
    assert len(sandbox.contacts()) == 1


@pytest.mark.parametrize(
    ("how", "field", "kept"),
    [
        ("first_email", "emails", [{"email": "k@a.example", "type": "work"}]),
        ("no_hyphens", "last_name", "El Haddad"),
        ("capitals", "last_name", "EL-HADDAD"),
        ("none", "last_name", "El-Haddad"),
    ],
)
def test_an_altered_contact_is_kept_otherwise_than_sent(sandbox, how, field, kept):
    emails = [{"email": "k@a.example", "type": "work"}, {"email": "k@b.example", "type": "personal"}]
    sandbox.misbehave(mode="altered", how=how)

    answered = create(sandbox, first_name="Karim", last_name="El-Haddad", emails=emails)

    assert answered[field] == kept
    assert post(sandbox, "/contacts/search", {}).json["data"][0][field] == kept


def test_a_contact_without_a_time_zone_is_still_found(sandbox):
    sandbox.misbehave(mode="altered", how="no_zone")

    created_at = create(sandbox)["created_at"]

    assert not created_at.endswith("Z")
    assert get(sandbox, f"/contacts?created_after={created_at[:10]}").json["meta"]["total"] == 1


def test_alteration_ends_with_normal(sandbox):
    sandbox.misbehave(mode="altered", how="capitals")
    sandbox.misbehave(mode="normal")

    assert create(sandbox, last_name="Haddad")["last_name"] == "Haddad"


def test_rules_apply_to_as_many_calls_as_they_say_and_in_order(sandbox):
    sandbox.misbehave(mode="status", status=503, calls=2)
    sandbox.misbehave(mode="status", status=500)

    assert [post(sandbox, "/contacts", SOMEBODY).status for _ in range(4)] == [503, 503, 500, 201]


def test_a_rule_for_one_call_leaves_the_others_alone(sandbox):
    sandbox.misbehave(mode="status", status=503, only="POST /contacts")
    sandbox.misbehave(mode="status", status=500, only="GET /tags")

    statuses = [
        get(sandbox, "/contacts").status,
        get(sandbox, "/tags").status,
        post(sandbox, "/contacts", SOMEBODY).status,
    ]

    assert statuses == [200, 500, 503]
    assert sandbox.state()["rules"] == []


def test_a_rule_applies_to_searches_as_well(sandbox):
    sandbox.misbehave(mode="malformed", only="GET /contacts")

    reply = get(sandbox, "/contacts")

    assert reply.status == 200
    with pytest.raises(json.JSONDecodeError):
        json.loads(reply.body)


def test_the_state_tells_the_rules_that_wait(sandbox):
    sandbox.misbehave(mode="hang", calls=3, only="POST /contacts")

    (rule,) = sandbox.state()["rules"]

    assert (rule["mode"], rule["calls"], rule["only"], rule["seconds"]) == ("hang", 3, "POST /contacts", 3600)


def test_back_to_normal_keeps_the_contacts(sandbox):
    sandbox.misbehave(mode="search_lag", seconds=3600)
    create(sandbox)
    sandbox.misbehave(mode="status", status=503, calls=100)

    sandbox.misbehave(mode="normal")

    assert get(sandbox, "/contacts").json["meta"]["total"] == 1


def test_a_reset_forgets_everything(sandbox):
    create(sandbox, tags=["Backend"])
    sandbox.misbehave(mode="search_lag", seconds=3600)
    sandbox.misbehave(mode="status", status=503, calls=100)

    sandbox.reset()

    assert sandbox.state() == {
        "contacts": 0,
        "ledger": 0,
        "rules": [],
        "search_lag": 0,
        "rate": {"limit": 2000, "window_seconds": 3600},
    }
    assert "Backend" not in [tag["name"] for tag in get(sandbox, "/tags").json["data"]]


@pytest.mark.parametrize(
    "rule",
    [
        {},
        {"mode": "explode"},
        {"mode": "delay", "seconds": -1},
        {"mode": "delay", "seconds": "2"},
        {"mode": "delay", "status": 500},
        {"mode": "delay", "calls": 0},
        {"mode": "delay", "calls": True},
        {"mode": "delay", "only": "contacts"},
        {"mode": "status", "status": 100},
        {"mode": "status", "status": "503"},
        {"mode": "status", "body": "xml"},
        {"mode": "status", "create": "yes"},
        {"mode": "status", "message": 7},
        {"mode": "rate_limited", "headers": "none"},
        {"mode": "rate_limited", "reset_in": None},
        {"mode": "search_lag", "seconds": -1},
        {"mode": "altered", "how": "improved"},
        [],
    ],
)
def test_a_rule_that_makes_no_sense_is_refused(sandbox, rule):
    reply = call(sandbox, "POST", "/_sandbox/misbehave", rule)

    assert reply.status == 400
    assert reply.error["message"]
    assert sandbox.state()["rules"] == []


def test_a_web_page_cannot_reset_the_sandbox(sandbox):
    create(sandbox)

    reply = call(sandbox, "POST", "/_sandbox/reset", {}, headers={"Origin": "https://example.com"})

    assert reply.status == 403
    assert len(sandbox.contacts()) == 1


def test_the_ledger_keeps_every_body_that_was_read_in_order(sandbox):
    first = create(sandbox, first_name="Sophie")
    post(sandbox, "/contacts", {"last_name": "Haddad"})
    post(sandbox, "/contacts", b"not json", key="leo_other_key_9876")
    get(sandbox, "/contacts")

    lines = sandbox.ledger()

    assert [line["body"] for line in lines] == [{"first_name": "Sophie"}, {"last_name": "Haddad"}, "not json"]
    assert [line["status"] for line in lines] == [201, 400, 400]
    assert [line["created_id"] for line in lines] == [first["id"], None, None]
    assert lines[2]["key_suffix"] == "9876"
    assert all(line["at"].endswith("Z") for line in lines)
