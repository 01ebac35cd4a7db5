"""Browser windows for tests, signed in, and everything that goes wrong in them."""

from typing import Any
from urllib.parse import urlsplit

from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, Response, ViewportSize

from tests.browser.acts import sign_in
from tests.browser.kept_context import KeptContext
from tests.portal import PortalProcess

WAIT_MS = 15_000
WIDE: ViewportSize = {"width": 1280, "height": 900}
PHONE: ViewportSize = {"width": 320, "height": 640}
# Each takes the memory of a process. Those of the same kind follow each other within a file.
MOST_KEPT = 4
# What a window can be given once it is there; of anything else there are contexts for each kind.
MEDIA = ("color_scheme", "forced_colors", "reduced_motion")
# Answers that are pages for a person, and that Chromium calls errors in the console.
MEANT_STATUSES = {404, 405, 409, 422}


class Windows:
    """Opens browser windows and remembers everything that went wrong in them."""

    def __init__(self, chromium: Browser, portal: PortalProcess, url: str | None = None) -> None:
        self._chromium = chromium
        self._portal = portal
        self._url = url or portal.url
        self._signed_in: dict[str, Any] = {}
        self._kept: list[tuple[str, KeptContext]] = []
        self._open_kept: list[tuple[str, KeptContext]] = []
        self._open_fresh: list[BrowserContext] = []
        self.complaints: list[str] = []

    def open(self, name: str | None = "recruiter", *, fresh: bool = False, **options: Any) -> Page:
        """A new window with `name` signed in, or nobody. `options` are Playwright's for a context.

        No two windows of a test share a context. That of a `fresh` one ends with the test, which may do with it what
        lasts; another may have served earlier tests, of which nothing is found in it.
        """
        # To whoever asks for the sign-in page it gives a cookie.
        if fresh or name is None:
            context = self._context(name, **options)
            self._open_fresh.append(context)
            return context.new_page()
        size, media = options.pop("viewport", WIDE), {each: options.pop(each) for each in MEDIA if each in options}
        page = self._kept_context(name, **options).open()
        if size != WIDE:
            page.set_viewport_size(size)
        if media:
            page.emulate_media(**media)
        return page

    def close(self, *, keep: bool = True) -> list[str]:
        """Closes all windows of a test. Returns what went wrong in them. Their contexts serve later tests if `keep`."""
        for context in self._open_fresh:
            context.close()
        for kind, kept in self._open_kept:
            if keep and kept.close_windows():
                self._kept.append((kind, kept))
            else:
                kept.throw_away()
        while len(self._kept) > MOST_KEPT:
            self._kept.pop(0)[1].throw_away()
        self._open_fresh.clear()
        self._open_kept.clear()
        complaints, self.complaints = self.complaints, []
        return complaints

    def _kept_context(self, name: str, **options: Any) -> KeptContext:
        kind = repr((name, sorted(options.items())))
        kept = self._taken(kind)
        while kept and not kept.is_as_it_was():
            kept.throw_away()
            kept = self._taken(kind)
        kept = kept or KeptContext(self._context(name, **options))
        self._open_kept.append((kind, kept))
        return kept

    def _taken(self, kind: str) -> KeptContext | None:
        place = next((place for place, (of, _) in enumerate(self._kept) if of == kind), None)
        return None if place is None else self._kept.pop(place)[1]

    def _context(self, name: str | None, **options: Any) -> BrowserContext:
        if name is not None and name not in self._signed_in:
            self._signed_in[name] = self._sign_in(name)
        options = {"viewport": WIDE, "base_url": self._url, "storage_state": self._signed_in.get(name or "")} | options
        context = self._chromium.new_context(**options)
        context.set_default_timeout(WAIT_MS)
        context.on("console", self._on_console)
        context.on("weberror", lambda error: self.complaints.append(str(error.error)))
        context.on("response", self._on_response)
        return context

    def _sign_in(self, name: str) -> Any:
        page = self.open(None)
        sign_in(page, name)
        self._portal.remember_sessions()
        return page.context.storage_state()

    def _on_console(self, message: ConsoleMessage) -> None:
        is_of_answer = message.text.startswith("Failed to load resource: the server responded with a status of")
        if message.type in ("error", "warning") and not is_of_answer:
            self.complaints.append(f"{message.type}: {message.text} ({message.location.get('url')})")

    def _on_response(self, response: Response) -> None:
        is_page = response.request.resource_type == "document" or urlsplit(response.url).path == "/contacts/new/"
        is_meant = response.status in MEANT_STATUSES and is_page
        if response.status >= 400 and not is_meant:
            self.complaints.append(f"{response.status} {urlsplit(response.url).path}")
