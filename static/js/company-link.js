// Ties the company's name inside to its id in Leonar: a chosen company fills both. What becomes of the link when the name
// is changed is said beside the field; an id that somebody typed is never taken away by itself.
customElements.define("company-link", class extends HTMLElement {
  connectedCallback() {
    this.name = this.querySelector("input[name]");
    this.note = this.querySelector("[data-link]");
    this.id_ = document.getElementById(this.note?.dataset.id);
    if (!this.name || !this.note || !this.id_ || this.ready) return;
    this.ready = true;
    this.button = this.note.querySelector("button");
    this.addEventListener("word-chosen", (event) => this.choose(event.detail));
    this.name.addEventListener("input", () => this.follow());
    for (const change of ["input", "change"]) this.id_.addEventListener(change, () => this.show());
    addEventListener("pageshow", () => this.show());
    this.button.addEventListener("click", () => {
      this.linked = undefined;
      this.fill("");
      this.name.focus();
    });
    this.show();
  }

  choose({ id, value }) {
    this.linked = id ? { id, value } : undefined;
    if (id) this.fill(id);
    this.follow();
  }

  // Typing the chosen name again links it again.
  follow() {
    if (!this.linked) return this.show();
    const isSame = this.name.value.trim() === this.linked.value;
    const own = isSame ? this.linked.id : "";
    if (this.id_.value !== own && (isSame ? !this.id_.value : this.id_.value === this.linked.id)) this.fill(own);
    return this.show();
  }

  fill(id) {
    this.id_.value = id;
    this.id_.dispatchEvent(new Event("input", { bubbles: true }));
  }

  show() {
    const id = this.id_.value.trim();
    const isCut = Boolean(this.linked) && !id;
    const words = isCut ? this.note.dataset.cut.replace("%s", () => this.linked.value) : id ? this.note.dataset.linked : "";
    this.button.hidden = !id;
    this.note.hidden = !words;
    const text = this.note.querySelector("span");
    if (text.textContent === words) return;
    text.textContent = words;
    if (words && this.contains(document.activeElement)) announce(words);
  }
});
