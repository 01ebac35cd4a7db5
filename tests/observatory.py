"""What MDN's HTTP Observatory would give, by its published table (mdn-http-observatory, src/grader/charts.js).

What a test can't have is left at nothing: being on browsers' HSTS preload list (+5), redirects of the proxy in front.
"""

import re

from django.test import Client

BASE, EXTRA_FROM = 100, 90
CSP = {"no unsafe, default-src none": 10, "no unsafe": 5, "unsafe": -20, "missing": -25}
COOKIES = {"all restricted": 5, "none": 0, "without SameSite": -20, "without HttpOnly": -30, "without Secure": -40}
REFERRER_PRIVATE = {"no-referrer", "same-origin", "strict-origin", "strict-origin-when-cross-origin"}
HSTS_LEAST = 15768000


def score(browser: Client, path: str) -> int:
    """The points of a page over https: from 100 down, and up again where enough is left."""
    answer = browser.get(path, secure=True)
    cookies = browser.cookies.values()
    given = [
        _policy(answer.get("Content-Security-Policy", "")),
        _cookies(cookies),
        5 if answer.get("Referrer-Policy") in REFERRER_PRIVATE else 0,
        _hsts(answer.get("Strict-Transport-Security", "")),
        _integrity(answer.text),
        0 if answer.get("X-Content-Type-Options") == "nosniff" else -5,
        _frames(answer),
        10 if answer.get("Cross-Origin-Resource-Policy") in ("same-origin", "same-site") else 0,
        -50 if "Access-Control-Allow-Origin" in answer.headers else 0,
    ]
    points = BASE + sum(one for one in given if one < 0)
    return points + sum(one for one in given if one > 0) if points >= EXTRA_FROM else points


def _policy(policy: str) -> int:
    rules = {words[0]: words[1:] for words in (one.split() for one in policy.split(";")) if words}
    if not rules:
        return CSP["missing"]
    broad = {"'unsafe-inline'", "'unsafe-eval'", "data:", "https:", "http:", "*"}
    if any(
        broad & set(rules.get(name, rules.get("default-src", ["*"])))
        for name in ("script-src", "style-src", "object-src")
    ):
        return CSP["unsafe"]
    is_closed = rules.get("default-src") == ["'none'"] and rules.get("form-action") in (["'self'"], ["'none'"])
    return CSP["no unsafe, default-src none" if is_closed and rules.get("base-uri") else "no unsafe"]


def _cookies(cookies) -> int:
    if not cookies:
        return COOKIES["none"]
    for flag, name in (
        ("secure", "without Secure"),
        ("httponly", "without HttpOnly"),
        ("samesite", "without SameSite"),
    ):
        if not all(cookie[flag] for cookie in cookies):
            return COOKIES[name]
    return COOKIES["all restricted"]


def _hsts(header: str) -> int:
    age = re.search(r"max-age=(\d+)", header)
    if age is None:
        return -20
    return 0 if int(age[1]) >= HSTS_LEAST else -10


def _integrity(page: str) -> int:
    scripts = [tag for tag in re.findall(r"<script[^>]*>", page) if "src=" in tag]
    if any(re.search(r"""src=["']?(https?:)?//""", tag) for tag in scripts):
        return -50
    return 5 if scripts and all("integrity=" in tag for tag in scripts) else 0


def _frames(answer) -> int:
    if "frame-ancestors" in answer.get("Content-Security-Policy", ""):
        return 5
    return 0 if answer.get("X-Frame-Options") in ("DENY", "SAMEORIGIN") else -20
