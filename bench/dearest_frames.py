"""The dearest requests around a sign-in, and those that are dear by what stands around their values."""

import json
from collections.abc import Iterator

from bench.dearest_requests import BODY_MOST, HEADER_MOST, HEADERS_MOST, LINE_MOST, Ask, shortened
from bench.shapes import SHAPES, characters, filled

PART = "--b\r\nContent-Disposition: form-data"


def sign_ins() -> Iterator[Ask]:
    """Passwords, codes, links and passkeys."""
    for shape in ("one long word", "marks", "digits", "wide", "words", "at signs", "letters with marks"):
        text = filled(SHAPES[shape], BODY_MOST // 12)
        short = characters(SHAPES[shape], 4096)
        for what, body in (
            ("long password", {"username": "recruiter", "password": text}),
            ("password at its limit", {"username": f"nobody {shape}", "password": short}),
            ("long name", {"username": text, "password": "x"}),
            ("name and password", {"username": text[:150], "password": text}),
        ):
            yield Ask(f"sign in, {what}: {shape}", "nobody", "POST", "/accounts/login/", body)
        new = {"old_password": short, "new_password1": text, "new_password2": text}
        yield Ask(f"password change: {shape}", "admin", "POST", "/accounts/password/", new)
        right = {"old_password": "only for tests 1", "new_password1": text, "new_password2": text + "x"}
        yield Ask(f"password change, the old one right: {shape}", "admin", "POST", "/accounts/password/", right)
        own = {"old_password": "only for tests 1", "new_password1": short, "new_password2": short + "x"}
        yield Ask(f"password change, at the limit: {shape}", "admin", "POST", "/accounts/password/", own)
        yield Ask(f"password again: {shape}", "recruiter", "POST", "/accounts/again/password/", {"password": text})
        yield Ask(f"code: {shape}", "recruiter", "POST", "/accounts/security/app/", {"code": text})
        new = {"username": text[: BODY_MOST // 12], "email": text[: BODY_MOST // 12], "role": text[: BODY_MOST // 12]}
        yield Ask(f"invite: {shape}", "admin", "POST", "/accounts/people/invite/", new)
        body = {"username": text, "password1": text, "password2": text, "usable_password": "true", "role": ""}
        yield Ask(f"admin, new account: {shape}", "admin", "POST", "/admin/accounts/user/add/", body)
        back = shortened(text, LINE_MOST // 2)
        yield Ask(
            f"company's way back: {shape}",
            "nobody",
            "GET",
            f"/accounts/login/company/back/?state={back}&code={back[:900]}",
        )
        yield Ask(f"invitation: {shape}", "nobody", "GET", f"/accounts/invitation/{back}/{back[:900]}/")
        yield Ask(f"way on: {shape}", "nobody", "GET", f"/accounts/login/?next={back}")
    for shape, value in {
        "deep lists": "[" * 100_000,
        "deep objects": '{"a":' * 60_000,
        "digits": "1" * (BODY_MOST // 2),
        "many keys": json.dumps({str(n): n for n in range(50_000)}),
        "base64": json.dumps(
            {"id": "A" * (BODY_MOST // 4), "rawId": "A" * (BODY_MOST // 4), "type": "public-key", "response": {}}
        ),
    }.items():
        yield Ask(f"passkey of {shape}", "nobody", "POST", "/accounts/login/passkey/", {"credential": value})
        yield Ask(
            f"new passkey of {shape}",
            "recruiter",
            "POST",
            "/accounts/security/passkeys/add/",
            {"credential": value, "name": value},
        )


def frames() -> Iterator[Ask]:
    """What is around a request's values."""
    for who, path in (
        ("nobody", "/accounts/login/"),
        ("recruiter", "/contacts/new/"),
        ("admin", "/admin/accounts/user/add/"),
    ):
        cookies = "; ".join(f"c{n}=1" for n in range(1000))[:HEADER_MOST]
        for name, headers in (
            ("many cookies", {"Cookie": cookies}),
            ("quoted cookies", {"Cookie": "; ".join('a="\\"' for _ in range(1200))[:HEADER_MOST]}),
            ("semicolons", {"Cookie": ";" * HEADER_MOST}),
            ("many headers", {f"X-H{n}": "a" * HEADER_MOST for n in range(HEADERS_MOST)}),
            ("languages", {"Accept-Language": ",".join(f"a{n}" for n in range(1500))[:HEADER_MOST]}),
            ("encodings", {"Accept-Encoding": "gzip," * 1500}),
            ("forwarded", {"X-Forwarded-For": "1.2.3.4," * 1000}),
            ("ranges", {"Range": "bytes=" + "0-1," * 1900}),
            ("modified", {"If-Modified-Since": "M" * HEADER_MOST, "If-None-Match": '"a",' * 2000}),
            ("browser", {"User-Agent": "Mozilla/5.0 (" * 600}),
            ("host", {"Host": "a." * 2000}),
            ("referer", {"Referer": "http://" + "a." * 3900}),
            ("device", {"Cookie": "device=" + "e" * 7900}),
            ("messages", {"Cookie": "messages=" + "W" * 7900}),
            ("session", {"Cookie": "sessionid=" + "a" * 7900}),
            ("token", {"Cookie": "csrftoken=" + "a" * 7900}),
        ):
            yield Ask(f"{name} at {path}", who, "GET", path, headers=headers)
            if name in ("many cookies", "many headers", "referer"):
                yield Ask(f"{name} posted to {path}", who, "POST", path, {"username": "x"}, headers=headers)
        parts = {
            "many parts": "".join(
                f'--b\r\nContent-Disposition: form-data; name="a{n}"\r\n\r\n1\r\n' for n in range(12_000)
            ),
            "many files": "".join(
                f'--b\r\nContent-Disposition: form-data; name="a{n}"; filename="x"\r\n\r\n1\r\n' for n in range(9_000)
            ),
            "a long head": '--b\r\nContent-Disposition: form-data; name="a"; ' + "x=y; " * 200_000 + "\r\n\r\n1\r\n",
            "many heads": "--b\r\n" + "X: y\r\n" * 150_000 + "\r\n1\r\n",
            "an escaped name": "--b\r\nContent-Disposition: form-data; name*=utf-8''"
            + "%41" * 300_000
            + "\r\n\r\n1\r\n",
            "a quoted name": '--b\r\nContent-Disposition: form-data; name="' + '\\"' * 400_000 + '"\r\n\r\n1\r\n',
            "boundaries that are none": '--b\r\nContent-Disposition: form-data; name="a"\r\n\r\n'
            + "\r\n--c" * 150_000
            + "\r\n",
            "base64": f'{PART}; name="a"; filename="x"\r\nContent-Transfer-Encoding: base64\r\n\r\n'
            + "A \n" * 300_000
            + "\r\n",
            "quoted-printable": f'{PART}; name="a"\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n'
            + "=41=\r\n" * 150_000
            + "\r\n",
            "no end": "--b\r\n" * 200_000,
            "dashes": "--" * 500_000,
        }
        for name, text in parts.items():
            headers = {"Content-Type": "multipart/form-data; boundary=b"}
            yield Ask(f"parts, {name}, at {path}", who, "POST", path, text.encode()[:BODY_MOST], headers=headers)
        for name, text in {
            "many fields": "a=1&" * 250_000,
            "one name": "a" * BODY_MOST,
            "ampersands": "&" * BODY_MOST,
            "escapes": "a=" + "%41" * 340_000,
            "broken escapes": "a=" + "%" * (BODY_MOST - 2),
            "pluses": "a=" + "+" * (BODY_MOST - 2),
        }.items():
            headers = {"Content-Type": "application/x-www-form-urlencoded"}
            yield Ask(f"body, {name}, at {path}", who, "POST", path, text.encode()[:BODY_MOST], headers=headers)
            headers = {"Content-Type": f"application/x-www-form-urlencoded; charset={'a' * 4000}"}
        yield Ask(f"type, at {path}", who, "POST", path, b"a=1", headers={"Content-Type": "a/b" + "; x=y" * 1500})
    for name in ("digits", "slashes", "dots", "one long word", "percent"):
        text = SHAPES[name] * (LINE_MOST // len(SHAPES[name]))
        for front in (
            "/",
            "/admin/",
            "/static/",
            "/submissions/",
            "/accounts/people/",
            "/submissions/views/",
            "/admin/r/",
            "/admin/accounts/user/",
        ):
            yield Ask(f"{front} and {name}", "admin", "GET", f"{front}{text}/"[:LINE_MOST])
