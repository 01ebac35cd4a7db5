// Says politely, to those who can't see it, what changes without taking the focus: what other elements give to `announce`, the
// one function that all scripts share, and what [data-announce] in the page says when it has come.
const GATHER_MS = 100;
const ARRIVE_MS = 300;
const FORGET_MS = 3000;

customElements.define("live-region", class extends HTMLElement {
  connectedCallback() {
    if (this.ready) return;
    this.ready = true;
    this.waiting = [];
    window.announce = (words) => this.say(words, GATHER_MS);
    // A region is heard only when it changes after it has been in the page for a moment.
    for (const element of document.querySelectorAll("[data-announce]")) {
      this.say(element.textContent, ARRIVE_MS);
    }
  }

  // What comes in one go is said in one go, and once.
  say(words, wait) {
    this.waiting.push(words.trim().replace(/\s+/g, " "));
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.speak(), wait);
  }

  speak() {
    this.textContent = [...new Set(this.waiting)].join(". ");
    this.waiting = [];
    // The same words a second time would be no change, so the first go away.
    this.timer = setTimeout(() => { this.textContent = ""; }, FORGET_MS);
  }
});
