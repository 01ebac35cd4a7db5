// Asks for the submission's state and loads the page anew once it has changed. Rests while nobody looks, slows down with
// time, and waits while somebody is about to act on this page.
const SLOWEST = 30;

customElements.define("self-refresh", class extends HTMLElement {
  connectedCallback() {
    if (this.ready || !this.dataset.url) return;
    this.ready = true;
    this.pause = Number(this.dataset.every) || 3;
    document.addEventListener("input", () => { this.isEdited = true; });
    document.addEventListener("visibilitychange", () => {
      if (!document.hidden) this.look();
    });
    addEventListener("pageshow", (event) => {
      if (event.persisted) this.look();
    });
    this.wait();
  }

  wait() {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.look(), this.pause * 1000);
    this.pause = Math.min(SLOWEST, this.pause * 1.2);
  }

  async look() {
    clearTimeout(this.timer);
    if (document.hidden || !this.isConnected) return;
    try {
      const answer = await fetch(this.dataset.url, { headers: { Accept: "application/json" }, cache: "no-store" });
      const revision = answer.ok && !answer.redirected ? answer.headers.get("X-Revision") : null;
      if (revision && revision !== this.dataset.revision && !this.isInUse()) {
        location.reload();
        return;
      }
    } catch {
      // Offline, or the portal restarts: the next look will tell.
    }
    this.wait();
  }

  isInUse() {
    const focused = document.activeElement;
    return this.isEdited || Boolean(focused?.closest("main form") && focused.matches("input, select, textarea"));
  }
});
