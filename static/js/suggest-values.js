// Offers words while one is typed into the text field or list of words inside: what the workspace knows, most used first.
// Nothing is chosen unless a person goes to it with the arrow keys or clicks it (ARIA APG: combobox, list autocomplete
// with manual selection). Quiet where nothing comes.
const SHOWN_MOST = 8;
const PAUSE_MS = 150;
const LISTS = new Map();
const FRESH_MS = 120000;
const GIVES_UP_MS = 5000;
// What covers the window's lower end.
const BAR_PX = 90;
// One question after the other: of too many at once the portal refuses some.
let turn = Promise.resolve();

customElements.define("suggest-values", class extends HTMLElement {
  connectedCallback() {
    this.chips = this.querySelector("chip-list");
    // It makes the control that is typed into; where both come at once, the outer element is the first to hear of it.
    this.chips?.connectedCallback?.();
    this.entry = this.querySelector("input:not([hidden])");
    if (!this.entry || this.ready) return;
    this.ready = true;
    this.known = [];
    this.options = [];
    this.active = -1;
    this.build();
    this.entry.addEventListener("focus", () => this.load());
    this.entry.addEventListener("input", (event) => this.onInput(event));
    this.entry.addEventListener("blur", () => this.close());
    // Before the list of words hears of the key.
    this.addEventListener("keydown", (event) => this.onKey(event), { capture: true });
    // The focus stays where it is, so that nothing half typed is kept.
    this.list.addEventListener("mousedown", (event) => event.preventDefault());
    this.list.addEventListener("click", (event) => {
      const option = event.target.closest("li");
      if (option) this.choose(this.options[[...this.list.children].indexOf(option)]);
    });
    if (this.entry === document.activeElement) this.load();
  }

  build() {
    this.insertAdjacentHTML("beforeend", '<ul class="suggestions" role="listbox" hidden></ul>');
    this.list = this.lastElementChild;
    this.list.id = `${this.entry.id}-suggestions`;
    this.list.ariaLabel = this.dataset.label;
    Object.assign(this.entry, { role: "combobox", ariaAutoComplete: "list", ariaExpanded: "false" });
    this.entry.setAttribute("aria-controls", this.list.id);
  }

  get isOpen() {
    return !this.list.hidden;
  }

  // What is known, once; `loaded` can be waited for.
  load() {
    const beside = this.closest("[data-needs]");
    if (beside && !this.loaded) import(beside.dataset.needs);
    this.loaded ??= this.askOnce().then(({ words, more, failed }) => {
      if (failed) this.loaded = undefined;
      this.hasMore = more;
      this.learn(words);
      // Whoever was faster than the list is not left without the rest.
      if (this.isWaited && this.entry === document.activeElement) this.askForMore(this.entry.value.trim());
    });
    return this.loaded;
  }

  // Once for several forms in a row; what could not be had is asked for again.
  async askOnce() {
    const { url } = this.dataset;
    if (!(performance.now() - LISTS.get(url)?.at < FRESH_MS)) LISTS.set(url, { at: performance.now(), list: this.ask("") });
    const found = await LISTS.get(url).list;
    if (found.failed) LISTS.delete(url);
    return found;
  }

  ask(text) {
    turn = turn.then(() => this.fetchWords(text));
    return turn;
  }

  async fetchWords(text) {
    const nothing = { words: [], more: false, failed: true };
    // Whoever has typed on or left meanwhile waits for something else.
    if (text && !(this.isWaited && this.entry.value.trim() === text)) return nothing;
    try {
      const answer = await fetch(`${this.dataset.url}${text && `&q=${encodeURIComponent(text)}`}`, { signal: AbortSignal.timeout(GIVES_UP_MS) });
      if (!answer.ok || answer.redirected) return nothing;
      const found = await answer.json();
      return { words: found.words.filter((word) => typeof word.value === "string"), more: found.more };
    } catch {
      return nothing;
    }
  }

  // The word as it is compared.
  keyOf(text) {
    return fold(text);
  }

  // New words come after those that are known, so that nothing moves that is being looked at.
  learn(words) {
    for (const word of words) {
      const key = fold(word.value);
      const same = this.known.find((each) => each.key === key && (each.id === word.id || !each.id || !word.id));
      if (!same) this.known.push({ ...word, key });
      else if (!same.id && word.id) Object.assign(same, word);
    }
    if (this.isWaited && this.entry === document.activeElement) this.open();
  }

  onInput(event) {
    clearTimeout(this.timer);
    const text = this.entry.value.trim();
    if (this.isChoosing || event.isComposing || !text) return this.close();
    this.isWaited = true;
    this.isCalled = false;
    // Whoever types on has not chosen.
    this.active = -1;
    this.open();
    this.askForMore(text);
    return undefined;
  }

  askForMore(text) {
    if (!text || !this.hasMore || this.options.length >= SHOWN_MOST) return;
    this.timer = setTimeout(async () => {
      const { words } = await this.ask(text);
      if (this.entry.value.trim() === text) this.learn(words);
    }, PAUSE_MS);
  }

  open() {
    const chosen = this.options[this.active];
    const text = this.entry.value.trim();
    this.options = matches(this.known, text, new Set(this.chips?.items ?? []));
    // Nothing to offer to whoever has typed it whole.
    if (this.options.length === 1 && this.options[0].value === text && !this.options[0].id) this.options = [];
    if (!this.options.length) return this.hide();
    this.list.replaceChildren(...this.options.map((word, place) => this.option(word, place)));
    this.go(chosen ? this.options.indexOf(chosen) : -1);
    if (this.isOpen) return undefined;
    this.list.hidden = false;
    this.entry.ariaExpanded = "true";
    const box = this.list.getBoundingClientRect();
    this.list.classList.toggle("is-above", box.bottom > innerHeight - BAR_PX && this.getBoundingClientRect().top > box.height);
    announce(this.dataset.count.replace("%s", this.options.length));
    return undefined;
  }

  option(word, place) {
    const option = document.createElement("li");
    option.role = "option";
    option.id = `${this.list.id}-${place}`;
    option.textContent = word.value;
    if (word.id && this.dataset.linked) {
      option.insertAdjacentHTML("beforeend", ' <span class="note"></span>');
      option.lastElementChild.textContent = this.dataset.linked;
    }
    return option;
  }

  // What comes later is not shown any more either.
  close() {
    this.isWaited = this.isCalled = false;
    clearTimeout(this.timer);
    this.hide();
  }

  hide() {
    if (!this.isOpen) return;
    this.list.hidden = true;
    this.options = [];
    this.go(-1);
    this.entry.ariaExpanded = "false";
  }

  go(place) {
    this.active = place;
    [...this.list.children].forEach((option, number) => { option.ariaSelected = String(number === place); });
    const active = this.list.children[place];
    if (!active) return this.entry.removeAttribute("aria-activedescendant");
    this.entry.setAttribute("aria-activedescendant", active.id);
    return active.scrollIntoView({ block: "nearest" });
  }

  onKey(event) {
    if (event.target !== this.entry || event.isComposing || event.keyCode === 229 || event.ctrlKey || event.metaKey) return;
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step) {
      event.preventDefault();
      this.isCalled = !this.isOpen;
      if (!this.isOpen) this.load().then(() => this.answerCall(step));
      else this.go(step > 0 ? (this.active + 2) % (this.options.length + 1) - 1 : (this.active < 0 ? this.options.length : this.active) - 1);
    } else if (event.key === "Escape" && this.isOpen) {
      event.preventDefault();
      event.stopPropagation();
      this.close();
    } else if (event.key === "Enter" || event.key === "Tab") {
      const word = this.options[this.active];
      // Whoever called for the list and presses Enter before it has come means a word of it, not to send the form.
      if (!word && event.key === "Enter" && this.isCalled && !this.chips) event.preventDefault();
      if (!word) return this.close();
      if (event.key === "Enter") event.preventDefault();
      event.stopPropagation();
      this.choose(word);
    }
    return undefined;
  }

  // The list that was called for, at its first word or its last, unless the person has gone on since.
  answerCall(step) {
    if (!this.isCalled) return;
    this.open();
    if (this.isOpen) this.go(step > 0 ? 0 : this.options.length - 1);
  }

  choose(word) {
    if (!word) return;
    this.isChoosing = true;
    if (this.chips) this.chips.take(word.value);
    else {
      this.entry.value = word.value;
      for (const change of ["input", "change"]) this.entry.dispatchEvent(new Event(change, { bubbles: true }));
    }
    this.isChoosing = false;
    this.close();
    this.dispatchEvent(new CustomEvent("word-chosen", { bubbles: true, detail: word }));
  }
});

// Those that begin with the text first, then those of which another word does, then those that hold it.
function matches(words, text, taken) {
  const key = fold(text);
  const ranks = [[], [], []];
  for (const word of words) {
    const at = word.key.indexOf(key);
    if (at < 0 || taken.has(word.value)) continue;
    ranks[at === 0 ? 0 : word.key.includes(` ${key}`) ? 1 : 2].push(word);
    if (ranks[0].length === SHOWN_MOST) break;
  }
  return ranks.flat().slice(0, SHOWN_MOST);
}

// The same as the server's, in contacts/text/folding.py.
const PLAIN = { ø: "o", ł: "l", đ: "d", ð: "d", þ: "th", ı: "i", ħ: "h", ŧ: "t", æ: "ae", œ: "oe", ß: "ss" };

function fold(text) {
  const bare = text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();
  return bare.replace(/[øłđðþıħŧæœß]/g, (letter) => PLAIN[letter]).replace(/\s+/g, " ").trim();
}
