// Takes what a page shows of people off the screen when its sign-in ends: when somebody signs out in another tab, or by time.
// The page is then asked for anew, which leads to the sign-in page; what was being typed is kept as on any way out.
const OUT = "out";
// Until the other tab is out. Should that fail, this page comes back.
const SIGNING_OUT_MS = 5000;
// The server puts an end off by the minute.
const MARGIN_MS = 90 * 1000;
const TIMER_MOST_MS = 2 ** 31 - 1;

customElements.define("session-end", class extends HTMLElement {
  connectedCallback() {
    if (this.ready) return;
    this.ready = true;
    this.endsAt = Date.now() + this.dataset.seconds * 1000 + MARGIN_MS;
    this.tabs = new BroadcastChannel("portal-session");
    this.tabs.addEventListener("message", ({ data }) => {
      if (data === OUT) this.leave(SIGNING_OUT_MS);
      else this.endsAt = Math.max(this.endsAt, data);
    });
    this.tabs.postMessage(this.endsAt);
    document.addEventListener("submit", (event) => {
      if (event.target.matches("[data-signs-out]")) this.tabs.postMessage(OUT);
    });
    document.addEventListener("visibilitychange", () => this.look());
    this.look();
  }

  look() {
    const left = this.endsAt - Date.now();
    clearTimeout(this.timer);
    if (left <= 0) this.leave(0);
    else this.timer = setTimeout(() => this.look(), Math.min(left, TIMER_MOST_MS));
  }

  leave(after) {
    document.body.hidden = true;
    // Not reload(): a page that was posted would ask whether to post again.
    setTimeout(() => location.replace(location.pathname + location.search), after);
  }
});
