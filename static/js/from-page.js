// Takes over what the bookmarklet found on another page. It comes behind the # of the address, which no server sees, is taken
// out of there at once, and is read like any text that is pasted.
const SITES = /\s*[|·–—-]\s*(?:LinkedIn|XING|GitHub|Malt|Welcome to the Jungle|X|Twitter)\s*$/i;
const PARTS = /\s+[|·–—-]\s+|\s*\|\s*/;
const SEEN_MOST = 4000;
// What waited while somebody signed in, see keep-page.js. After that long it is no longer what they came for.
const KEPT = "portal-page";
const WAITS_MS = 30 * 60 * 1000;

customElements.define("from-page", class extends HTMLElement {
  connectedCallback() {
    if (this.ready) return;
    this.ready = true;
    addEventListener("hashchange", () => this.take());
    this.take();
  }

  async take() {
    const [, given] = location.hash.match(/^#page=(.+)$/) ?? [, kept()];
    if (!given) return;
    history.replaceState(history.state, "", location.pathname + location.search);
    const text = textOf(given);
    if (!text) return;
    await customElements.whenDefined("paste-box");
    const paste = document.querySelector("paste-box");
    if (!paste?.box) return;
    paste.box.value = text;
    paste.send(paste.reader);
  }
});

function kept() {
  const { given, at } = JSON.parse(sessionStorage.getItem(KEPT) ?? "{}");
  sessionStorage.removeItem(KEPT);
  return Date.now() - at < WAITS_MS ? given : undefined;
}

// Lines that the readers know: what is certain has its label.
function textOf(given) {
  let page;
  try {
    page = JSON.parse(decodeURIComponent(given));
  } catch {
    return "";
  }
  const said = (name) => String(page?.[name] ?? "").slice(0, SEEN_MOST).trim();
  const line = (label, value) => (value ? `${label}: ${value.replace(/\s+/g, " ")}` : "");
  const [name, ...about] = said("title").replace(/^\(\d+\+?\)\s*/, "").replace(SITES, "").split(PARTS).map((part) => part.trim());
  const [title, company] = about.length > 1 ? about : [...(about[0] ?? "").split(/\s+(?:at|@|chez|bei|en|bij)\s+/i)];
  const profile = [said("here"), said("address")].find((address) => /linkedin\.[a-z.]+\/in\//i.test(address));
  const address = profile ?? said("address");
  return [
    ...(said("first") ? [line("First name", said("first")), line("Last name", said("last"))] : [line("Name", said("heading").split("\n")[0] || name)]),
    line("Title", title ?? ""),
    line("Company", company ?? ""),
    profile ? line("LinkedIn", address.replace(/[?#].*$/, "")) : line("Website", address),
    said("selected"),
  ].filter(Boolean).join("\n");
}
