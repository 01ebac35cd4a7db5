// Shows a comma-separated input as words that can be removed. The input stays, hidden, with its name and value, so the
// POST body is the same with and without this element; whatever is typed is kept on every way out of the field.
// The arrow keys walk the words, and one Tab leaves the field.

// What parts words, and what a copied list puts before each: the same as the server's, in contacts/text/lists.py.
const SEPARATORS = /[,;，；、､\u037e\t\n\v\f\r\x85\u2028\u2029]+/;
const BULLET = /^\s*(?:[•‣◦▪▫●○■□∙·⁃]\s*|[*–—-]\s+)/;

customElements.define("chip-list", class extends HTMLElement {
  connectedCallback() {
    if (this.ready) return;
    this.store = this.querySelector("input[name]");
    if (!this.store) return;
    this.ready = true;
    this.build();
    this.show();
    this.entry.addEventListener("keydown", (event) => this.onKey(event));
    this.entry.addEventListener("paste", (event) => this.onPaste(event));
    this.entry.addEventListener("input", (event) => this.onInput(event.isComposing));
    this.entry.addEventListener("compositionend", () => this.onInput(false));
    this.entry.addEventListener("blur", (event) => {
      // A new word may move the button that is being pressed away from under the pointer; submitting keeps it as well.
      if (!event.relatedTarget?.matches("button:not([type=button])")) this.keepTyped();
    });
    this.list.addEventListener("keydown", (event) => this.onChipKey(event));
    this.store.form?.addEventListener("submit", () => this.keepTyped());
    addEventListener("pagehide", () => this.keepTyped());
    // Back, reload and other scripts bring a value, but not the words made of it.
    addEventListener("pageshow", () => this.follow());
    for (const change of ["input", "change"]) this.store.addEventListener(change, () => this.follow());
    this.addEventListener("click", (event) => {
      if (event.target === this || event.target === this.list) this.entry.focus();
    });
  }

  build() {
    const { store } = this;
    this.list = document.createElement("ul");
    this.list.className = "chips";
    this.entry = store.cloneNode();
    this.entry.removeAttribute("name");
    this.entry.value = "";
    store.id += "-value";
    store.hidden = true;
    store.tabIndex = -1;
    store.removeAttribute("aria-invalid");
    store.removeAttribute("aria-describedby");
    const last = document.createElement("li");
    last.className = "chip-entry";
    last.append(this.entry);
    this.list.append(last);
    this.append(this.list);
    this.classList.add("is-chips");
  }

  get chips() {
    return [...this.list.querySelectorAll(".chip")];
  }

  get items() {
    return this.chips.map(wordOf);
  }

  get joined() {
    return [...this.items, ...split(this.entry.value)].join(", ");
  }

  follow() {
    if (this.store.value !== this.joined) this.show();
  }

  show() {
    const words = split(this.store.value);
    for (const chip of this.chips) chip.remove();
    this.entry.value = "";
    for (const word of words) this.add(word);
    this.write();
  }

  // True where the word is new.
  add(word) {
    if (this.items.some((item) => item.toLowerCase() === word.toLowerCase())) return false;
    const chip = document.createElement("li");
    chip.className = "chip";
    const text = document.createElement("span");
    text.textContent = word;
    const button = document.createElement("button");
    button.type = "button";
    // Reached by the arrow keys, so that one Tab leaves the field.
    button.tabIndex = -1;
    button.setAttribute("aria-label", (this.dataset.remove ?? "%s").replace("%s", () => word));
    button.addEventListener("click", () => this.remove(chip));
    chip.append(text, button);
    this.entry.parentElement.before(chip);
    return true;
  }

  remove(chip, beside = chip.nextElementSibling) {
    const next = beside?.querySelector("button, input") ?? this.entry;
    chip.remove();
    this.write();
    this.tell(this.dataset.removed, wordOf(chip));
    next.focus();
  }

  // A word that was chosen, for what is being typed.
  take(word) {
    this.entry.value = "";
    if (this.add(word)) this.tell(this.dataset.added, word);
    this.write();
  }

  // One word in place of another.
  replace(old, word) {
    const chip = this.chips.find((each) => wordOf(each) === old);
    if (!chip) return;
    chip.remove();
    this.take(word);
  }

  tell(what, word) {
    if (what) announce(what.replace("%s", () => word));
  }

  keepTyped() {
    if (!this.entry.value) return;
    const added = split(this.entry.value).filter((word) => this.add(word));
    this.entry.value = "";
    this.write();
    for (const word of added) this.tell(this.dataset.added, word);
    if (added.length) this.dispatchEvent(new CustomEvent("words-kept", { bubbles: true, detail: added }));
  }

  // What is being typed counts at every moment, so that a draft or an early submit holds it.
  write() {
    // Without a word there is nothing to be heard as a list.
    for (const each of [this.list, this.entry.parentElement]) each.role = this.chips.length ? null : "none";
    this.store.value = this.joined;
    this.store.dispatchEvent(new Event("input", { bubbles: true }));
  }

  onInput(isComposing) {
    // While an input method composes, a comma may be one of its keys.
    if (!isComposing && SEPARATORS.test(this.entry.value)) this.keepTyped();
    else this.write();
  }

  onKey(event) {
    if (event.isComposing || event.keyCode === 229 || event.ctrlKey || event.metaKey || event.altKey) return;
    const isTyped = this.entry.value.trim() !== "";
    const isAtStart = this.entry.selectionStart === 0 && this.entry.selectionEnd === 0;
    if (event.key === "Enter") {
      event.preventDefault();
      if (isTyped) this.keepTyped();
      else this.moveOn();
    } else if (event.key === "Tab") {
      this.keepTyped();
    } else if (event.key === "ArrowLeft" && isAtStart && this.chips.length) {
      event.preventDefault();
      this.chips.at(-1).querySelector("button").focus();
    } else if (event.key === "Backspace" && this.entry.value === "" && !event.repeat) {
      this.takeBack(event);
    }
  }

  // The last word comes back to be edited; pressing again deletes letters, as in any text.
  takeBack(event) {
    const chip = this.chips.at(-1);
    if (!chip) return;
    event.preventDefault();
    this.entry.value = wordOf(chip);
    chip.remove();
    this.write();
    this.tell(this.dataset.removed, this.entry.value);
  }

  onChipKey(event) {
    const chip = event.target.closest(".chip");
    if (!chip || event.ctrlKey || event.metaKey || event.altKey) return;
    const before = chip.previousElementSibling, after = chip.nextElementSibling;
    const beside = { ArrowLeft: before ?? chip, ArrowRight: after, Home: this.list.firstElementChild, End: this.list.lastElementChild }[event.key];
    if (beside) {
      event.preventDefault();
      beside.querySelector("button, input").focus();
    } else if (event.key === "Backspace" || event.key === "Delete") {
      event.preventDefault();
      this.remove(chip, event.key === "Delete" ? after : before ?? after);
    } else if ((event.key === "Tab" && !event.shiftKey) || (event.key.length === 1 && event.key !== " ")) {
      // Tab goes on from the field's end, and what is typed belongs into the field.
      this.entry.focus();
    }
  }

  moveOn() {
    const controls = [...(this.store.form?.elements ?? [])];
    const later = controls.slice(controls.indexOf(this.entry) + 1);
    later.find((control) => control.tabIndex >= 0 && control.checkVisibility())?.focus();
  }

  onPaste(event) {
    const text = event.clipboardData?.getData("text/plain") ?? "";
    if (!SEPARATORS.test(text) && !BULLET.test(text)) return;
    event.preventDefault();
    // A single-line input would swallow the line breaks that part the words.
    const words = text.split(SEPARATORS).map((word) => word.replace(BULLET, "")).join(", ");
    this.entry.setRangeText(words, this.entry.selectionStart, this.entry.selectionEnd, "end");
    this.onInput(false);
  }
});

function wordOf(chip) {
  return chip.querySelector("span").textContent;
}

function split(text) {
  return text.split(SEPARATORS).map((word) => word.trim()).filter(Boolean);
}
