import http.client

import pytest

from tests.sandbox.calls import call, create, get, post

SOMEBODY = {"first_name": "Karim"}
CALLS = [
    ("POST", "/contacts", SOMEBODY),
    ("GET", "/contacts", None),
    ("POST", "/contacts/search", {}),
    ("GET", "/contacts/custom-fields", None),
    ("GET", "/companies", None),
    ("GET", "/tags", None),
]
READING = [each for each in CALLS if each[:2] != ("POST", "/contacts")]


@pytest.mark.parametrize(
    "authorization", [None, "", "leo_test", "Bearer", "Bearer leo_", "Bearer sk_test", "Basic leo_test"]
)
@pytest.mark.parametrize(("method", "path", "body"), [*CALLS, ("GET", "/nowhere", None)])
def test_a_missing_or_wrong_key_is_refused(sandbox, method, path, body, authorization):
    headers = {} if authorization is None else {"Authorization": authorization}

    reply = call(sandbox, method, f"/api/v1{path}", body, key=None, headers=headers)

    assert reply.status == 401
    assert reply.error["code"] == "invalid_api_key"
    assert reply.error["message"]
    assert sandbox.contacts() == []


def test_a_key_that_may_not_write_cannot_create(sandbox):
    reply = post(sandbox, "/contacts", SOMEBODY, key="leo_readonly")

    assert reply.status == 403
    assert reply.error["code"] == "insufficient_scope"
    assert "contacts:write" in reply.error["message"]
    assert sandbox.contacts() == []
    assert get(sandbox, "/contacts", key="leo_readonly").status == 200


@pytest.mark.parametrize(("method", "path", "body"), READING)
def test_a_key_that_may_not_read_cannot_look(sandbox, method, path, body):
    reply = call(sandbox, method, f"/api/v1{path}", body, key="leo_writeonly")

    assert reply.status == 403
    assert reply.error["code"] == "insufficient_scope"
    assert post(sandbox, "/contacts", SOMEBODY, key="leo_writeonly").status == 201


@pytest.mark.parametrize(
    "path", ["", "/", "/nowhere", "/contacts/", "/contacts/5d1f0a52-7c1e-4b7e-9a51-0d3c6a4f1e01", "/contacts/a/b"]
)
def test_an_unknown_address_or_id_is_not_found(sandbox, path):
    reply = get(sandbox, path)

    assert reply.status == 404
    assert reply.error["code"] == "not_found"


@pytest.mark.parametrize(
    ("method", "path", "allowed"),
    [
        ("DELETE", "/contacts", "GET, POST"),
        ("PUT", "/contacts", "GET, POST"),
        ("PATCH", "/tags", "GET"),
        ("GET", "/contacts/search", "POST"),
        ("POST", "/companies", "GET"),
    ],
)
def test_a_method_that_is_not_documented_is_refused(sandbox, method, path, allowed):
    reply = call(sandbox, method, f"/api/v1{path}", SOMEBODY)

    assert reply.status == 405
    assert reply.headers["Allow"] == allowed
    assert reply.error.keys() == {"code", "message"}


def test_a_contact_can_only_be_read(sandbox):
    contact = create(sandbox)

    assert call(sandbox, "DELETE", f"/api/v1/contacts/{contact['id']}").status == 405


def test_a_request_that_cannot_be_read_gets_the_documented_error_body(sandbox):
    reply = call(sandbox, "BREW", "/api/v1/contacts")

    assert reply.status == 501
    assert reply.error.keys() == {"code", "message"}
    assert "X-RateLimit-Limit" in reply.headers


def test_one_connection_serves_many_requests_whatever_their_outcome(sandbox):
    connection = http.client.HTTPConnection("127.0.0.1", sandbox.port, timeout=30)
    statuses = []
    for key, body in [
        ("leo_a", b'{"first_name": "Ana"}'),
        ("none", b"{}"),
        ("leo_a", b"{"),
        ("leo_a", b'{"first_name": "Ana"}'),
    ]:
        connection.request("POST", "/api/v1/contacts", body, {"Authorization": f"Bearer {key}"})
        with connection.getresponse() as response:
            response.read()
            statuses.append(response.status)
        socket_after = connection.sock
    connection.close()

    assert statuses == [201, 401, 400, 201]
    assert socket_after is not None
