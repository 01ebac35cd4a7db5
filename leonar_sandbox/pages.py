"""The pages for a person with a browser: what "Leonar" now holds. No scripts; every value is escaped."""

import json
from html import escape
from importlib.resources import files
from typing import Any

from leonar_sandbox.answer import Answer, html_answer
from leonar_sandbox.request import Request
from leonar_sandbox.store import Store

_PER_PAGE = 50
_HEADERS = {
    "Content-Security-Policy": "default-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Cache-Control": "no-store",
}
_FILES = {"/style.css": ("style.css", "text/css; charset=utf-8"), "/icon.svg": ("icon.svg", "image/svg+xml")}


class Pages:
    """Answers everything outside the API and the control addresses."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def answer(self, request: Request) -> Answer:
        """The page at the request's path."""
        answer = self._page(request)
        answer.headers |= _HEADERS
        return answer

    def _page(self, request: Request) -> Answer:
        if request.method not in ("GET", "HEAD"):
            return _message(405, "This page can only be looked at")
        if request.path == "/":
            return html_answer(200, _list_page(self._store, _page_number(request)))
        if request.path in _FILES:
            name, content_type = _FILES[request.path]
            return Answer(200, files("leonar_sandbox").joinpath(name).read_bytes(), content_type)
        contact = self._store.find(request.path.removeprefix("/contacts/"))
        if contact is None:
            return _message(404, "There is nothing at this address")
        return html_answer(200, _contact_page(contact))


def _page_number(request: Request) -> int:
    text = request.parameters().get("page", "")
    return max(int(text), 1) if text.isascii() and text.isdigit() and len(text) < 9 else 1


def _message(status: int, text: str) -> Answer:
    return html_answer(status, _frame(text, f'<h1>{escape(text)}</h1><p><a href="/">All contacts</a></p>'))


def _frame(title: str, main: str) -> str:
    return f"""<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>{escape(title)} · Leonar sandbox</title>
<link rel="icon" href="/icon.svg" type="image/svg+xml">
<link rel="stylesheet" href="/style.css">
</head>
<body>
<header><a href="/">Leonar sandbox</a>
<p>A stand-in for Leonar on this machine. Nothing here has reached the real service.</p></header>
<main>
{main}
</main>
</body>
</html>
"""


def _list_page(store: Store, number: int) -> str:
    total = store.count()
    heading = f"<h1>{_counted(total)}</h1>"
    if not total:
        return _frame("Contacts", f"{heading}<p>Create one in the portal, and it shows here.</p>")
    contacts = store.newest(limit=_PER_PAGE, offset=(number - 1) * _PER_PAGE)
    cards = "\n".join(_card(contact) for contact in contacts)
    return _frame("Contacts", f'{heading}\n<ol class="contacts">\n{cards}\n</ol>\n{_pager(number, total)}')


def _counted(total: int) -> str:
    return "1 contact" if total == 1 else f"{total:,} contacts" if total else "No contacts yet"


def _pager(number: int, total: int) -> str:
    last = -(-total // _PER_PAGE)
    if last == 1:
        return ""
    links = [f'<a rel="prev" href="/?page={min(number - 1, last)}">Newer</a>'] if number > 1 else []
    links.append(f"<span>Page {number:,} of {last:,}</span>")
    links += [f'<a rel="next" href="/?page={number + 1}">Older</a>'] if number < last else []
    return f'<nav aria-label="Pages">{" ".join(links)}</nav>'


def _name(contact: dict[str, Any]) -> str:
    return " ".join(part for part in (contact["first_name"], contact["last_name"]) if part)


def _time(moment: str) -> str:
    return f'<time datetime="{moment}">{moment[:10]} {moment[11:19]} UTC</time>'


def _card(contact: dict[str, Any]) -> str:
    work = " · ".join(part for part in (contact["title"], contact["current_company"]) if part)
    facts = [
        ("E-mail", [escape(item["email"]) for item in contact["emails"] or []]),
        ("Phone", [escape(item["phone"]) for item in contact["phones"] or []]),
        ("Tags", [escape(", ".join(contact["tags"]))] if contact["tags"] else []),
        ("Created", [_time(contact["created_at"])]),
        ("Id", [contact["id"]]),
    ]
    rows = "".join(f"<div><dt>{label}</dt><dd>{'<br>'.join(lines)}</dd></div>" for label, lines in facts if lines)
    line = f'<p class="work">{escape(work)}</p>' if work else ""
    link = f'<h2><a href="/contacts/{contact["id"]}">{escape(_name(contact))}</a></h2>'
    return f'<li data-contact="{contact["id"]}">{link}{line}<dl>{rows}</dl></li>'


def _contact_page(contact: dict[str, Any]) -> str:
    source = escape(json.dumps(contact, indent=2, ensure_ascii=False))
    name = _name(contact)
    return _frame(
        name, f'<p><a href="/">All contacts</a></p>\n<h1>{escape(name)}</h1>\n<pre tabindex="0">{source}</pre>'
    )
