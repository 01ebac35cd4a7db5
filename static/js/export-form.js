// Says how far an export is while the browser saves it: its number of rows is known to nobody before the end.
const EVERY = 1000;
// How long a begun export may keep silent: it may wait for its first rows, or its reader may have gone.
const PATIENCE = 30;

customElements.define("export-form", class extends HTMLElement {
  connectedCallback() {
    this.form = this.querySelector("form");
    this.progress = this.querySelector("[data-progress]");
    if (!this.form || !this.progress || this.ready) return;
    this.ready = true;
    this.form.addEventListener("submit", () => this.begin());
    this.addEventListener("keydown", (event) => {
      if (event.key !== "Escape" || !this.firstElementChild.open) return;
      event.stopPropagation();
      this.firstElementChild.open = false;
      this.querySelector("summary").focus();
    });
  }

  begin() {
    clearTimeout(this.timer);
    this.say(this.dataset.begun);
    this.silent = 0;
    this.rows = -1;
    this.before = this.last ?? this.dataset.last;
    this.timer = setTimeout(() => this.look(), EVERY / 2);
  }

  async look() {
    const found = await this.ask();
    if (found?.id && found.id !== this.before) {
      this.last = found.id;
      this.silent = found.rows === this.rows ? this.silent + 1 : 0;
      this.rows = found.rows;
      this.say(this.sentence(found));
      if (found.is_over) return;
    } else {
      this.silent += 1;
    }
    if (this.silent < PATIENCE) this.timer = setTimeout(() => this.look(), EVERY);
  }

  sentence(found) {
    const words = !found.is_over ? this.dataset.some : found.is_whole ? this.dataset.done : this.dataset.gone;
    return words.replace("%s", found.rows.toLocaleString(document.documentElement.lang));
  }

  async ask() {
    try {
      const answer = await fetch(this.dataset.url, { headers: { Accept: "application/json" }, cache: "no-store" });
      return answer.ok && !answer.redirected ? await answer.json() : null;
    } catch {
      return null;
    }
  }

  say(words) {
    if (this.progress.textContent !== words) this.progress.textContent = words;
  }
});
