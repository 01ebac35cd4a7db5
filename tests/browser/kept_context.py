"""A browser context that outlives a test, and in which the next test finds nothing of it.

A new context costs Chromium a process that loads all scripts and styles anew, which is more work than most tests are.
In a kept one a page of the portal stays open, and each window is opened from it: Chromium gives it the same process.
"""

from playwright.sync_api import BrowserContext, Error, Page

# It has no scripts, keeps nothing, and needs nobody signed in.
LIGHTEST_PAGE = "/healthz"
# The window is not to know that another one opened it: nobody's does.
OPEN_WINDOW = "() => { window.open('about:blank').opener = null; }"
# What outlasts the window by which it was done, and can't be undone for certain.
LASTING = (
    "add_init_script",
    "clear_permissions",
    "close",
    "expose_binding",
    "expose_function",
    "grant_permissions",
    "on",
    "once",
    "route",
    "route_from_har",
    "route_web_socket",
    "set_default_navigation_timeout",
    "set_default_timeout",
    "set_extra_http_headers",
    "set_geolocation",
    # Pages of one process come back together, before each of them has its network again.
    "set_offline",
)
LASTING_CLOCK = ("install", "pause_at", "set_fixed_time", "set_system_time")


class KeptContext:
    """Gives windows of `context`, which is as it shall be each time."""

    def __init__(self, context: BrowserContext) -> None:
        self._context = context
        self._first_page = context.new_page()
        self._first_page.goto(LIGHTEST_PAGE)
        self._cookies = self._cookies_now()
        self._close = context.close
        for act in LASTING:
            setattr(context, act, _refuse)
        for act in LASTING_CLOCK:
            setattr(context.clock, act, _refuse)

    def open(self) -> Page:
        """A window that was opened by nobody, on no page yet."""
        with self._first_page.expect_popup() as opened:
            self._first_page.evaluate(OPEN_WINDOW)
        return opened.value

    def close_windows(self) -> bool:
        """Closes all that a test has opened, whose pages do nothing more. Returns whether it went well."""
        try:
            for page in self._windows():
                # A page that is closed has last words for the portal, where the next test would find them.
                self._context.new_cdp_session(page).send("Emulation.setScriptExecutionDisabled", {"value": True})
                page.close()
        except Error:
            return False
        return True

    def is_as_it_was(self) -> bool:
        """Whether nothing is left of earlier windows."""
        try:
            stored = self._first_page.evaluate("localStorage.length + sessionStorage.length")
            return not (stored or self._windows()) and self._cookies_now() == self._cookies
        except Error:
            return False

    def throw_away(self) -> None:
        """Closes the context with all that is in it."""
        self._close()

    def _windows(self) -> list[Page]:
        return [page for page in self._context.pages if page is not self._first_page]

    def _cookies_now(self) -> set[tuple[str | None, ...]]:
        # Not when they end, as each answer puts that off.
        cookies = self._context.cookies()
        return {(each.get("domain"), each.get("path"), each.get("name"), each.get("value")) for each in cookies}


def _refuse(*_: object, **__: object) -> None:
    raise AssertionError("Later tests would find this too: open the window with fresh=True, or do it to the page.")
