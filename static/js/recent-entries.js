// Keeps what was just entered up to date while any of it is unfinished: the list inside, and the notice of the last entry.
// Looks soon at first, then more and more seldom, and not while nobody sees the page.
const FIRST_MS = 700;
const SLOWEST_MS = 30000;

customElements.define("recent-entries", class extends HTMLElement {
  connectedCallback() {
    if (this.ready) return;
    this.ready = true;
    this.pause = FIRST_MS;
    document.addEventListener("visibilitychange", () => {
      if (!document.hidden) this.wait();
    });
    this.wait();
  }

  get isUnfinished() {
    return Boolean(document.querySelector("[data-part=previous] [data-unfinished], [data-part=recent] [data-unfinished]"));
  }

  wait() {
    clearTimeout(this.timer);
    if (!this.isUnfinished || document.hidden || !this.isConnected) return;
    this.timer = setTimeout(() => this.look(), this.pause);
    this.pause = Math.min(SLOWEST_MS, this.pause * 1.4);
  }

  async look() {
    if (!navigator.onLine) return this.wait();
    try {
      const answer = await fetch(this.dataset.url);
      if (answer.ok && !answer.redirected) this.show(new DOMParser().parseFromString(await answer.text(), "text/html"));
    } catch {
      // Not reached: the next look will tell.
    }
    return this.wait();
  }

  show(page) {
    for (const part of page.querySelectorAll("[data-part]")) {
      const held = document.querySelector(`main [data-part=${part.dataset.part}]`);
      if (!held || held.matches(":focus-within") || held.innerHTML === part.innerHTML) continue;
      const before = wordsOf(held);
      held.replaceChildren(...document.importNode(part, true).childNodes);
      const words = wordsOf(held);
      if (words && words !== before) announce(words);
    }
  }
});

function wordsOf(part) {
  return part.querySelector("[data-announce]")?.textContent;
}
