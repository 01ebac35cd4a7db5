// Shows a comma-separated input as words that can be removed. The input stays, hidden, with its name and value, so the
// POST body is the same with and without this element; whatever is typed is kept on every way out of the field.
const SEPARATORS = /[,;\n\t]+/;

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
    this.entry.addEventListener("input", () => {
      if (SEPARATORS.test(this.entry.value)) this.keepTyped();
      else this.write();
    });
    this.entry.addEventListener("blur", () => this.keepTyped());
    this.store.form?.addEventListener("submit", () => this.keepTyped());
    addEventListener("pagehide", () => this.keepTyped());
    // Back and reload bring back the value, but not the words made of it.
    addEventListener("pageshow", () => {
      if (this.store.value !== this.joined) this.show();
    });
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

  get items() {
    return [...this.list.querySelectorAll(".chip > span")].map((word) => word.textContent);
  }

  get joined() {
    return [...this.items, ...split(this.entry.value)].join(", ");
  }

  show() {
    const words = split(this.store.value);
    for (const chip of this.list.querySelectorAll(".chip")) chip.remove();
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
    button.setAttribute("aria-label", (this.dataset.remove ?? "%s").replace("%s", word));
    button.addEventListener("click", () => this.remove(chip));
    chip.append(text, button);
    this.entry.parentElement.before(chip);
    return true;
  }

  remove(chip) {
    const next = chip.nextElementSibling?.querySelector("button, input") ?? this.entry;
    chip.remove();
    this.write();
    this.tell(this.dataset.removed, chip.querySelector("span").textContent);
    next.focus();
  }

  tell(what, word) {
    if (what) document.dispatchEvent(new CustomEvent("announce", { detail: what.replace("%s", word) }));
  }

  keepTyped() {
    for (const word of split(this.entry.value)) {
      if (this.add(word)) this.tell(this.dataset.added, word);
    }
    this.entry.value = "";
    this.write();
  }

  // What is being typed counts at every moment, so that a draft or an early submit holds it.
  write() {
    this.store.value = this.joined;
    this.store.dispatchEvent(new Event("input", { bubbles: true }));
  }

  onKey(event) {
    if (event.isComposing || event.ctrlKey || event.metaKey || event.altKey) return;
    const typed = this.entry.value.trim() !== "";
    if (event.key === "Enter" && typed) {
      event.preventDefault();
      this.keepTyped();
    } else if (event.key === "Tab" && typed) {
      this.keepTyped();
    } else if (event.key === "Backspace" && this.entry.value === "") {
      const chip = [...this.list.querySelectorAll(".chip")].at(-1);
      if (!chip) return;
      event.preventDefault();
      // The last word comes back to be edited; pressing again deletes letters, as in any text.
      this.entry.value = chip.querySelector("span").textContent;
      chip.remove();
      this.write();
      this.tell(this.dataset.removed, this.entry.value);
    }
  }

  onPaste(event) {
    const text = event.clipboardData?.getData("text/plain") ?? "";
    if (!SEPARATORS.test(text)) return;
    event.preventDefault();
    // A single-line input would swallow the line breaks that part the words.
    this.entry.setRangeText(text.replace(/[\r\n\t]+/g, ", "), this.entry.selectionStart, this.entry.selectionEnd, "end");
    this.keepTyped();
  }
});

function split(text) {
  return text.split(SEPARATORS).map((word) => word.trim()).filter(Boolean);
}
