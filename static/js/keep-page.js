// On the pages of signing in: what a bookmarklet found and put behind the # of the address waits in this tab for the entry
// form, whichever way of signing in is taken. No server sees it, and it leaves the address at once.
const KEPT = "portal-page";

const [, given] = location.hash.match(/^#page=(.+)$/) ?? [];
if (given) {
  sessionStorage.setItem(KEPT, JSON.stringify({ given, at: Date.now() }));
  history.replaceState(history.state, "", location.pathname + location.search);
}
