// Escape leaves all filters at once, from anywhere on the page where it does nothing else: no menu is open and nothing is
// being typed that it would lose.
customElements.define("history-filters", class extends HTMLElement {
  connectedCallback() {
    this.onKey = (event) => this.clear(event);
    document.addEventListener("keydown", this.onKey);
  }

  disconnectedCallback() {
    document.removeEventListener("keydown", this.onKey);
  }

  clear(event) {
    if (event.key !== "Escape" || event.defaultPrevented || event.isComposing) return;
    const { target } = event;
    if (target.closest?.("details[open], select, .many, person-menu")) return;
    if (target.matches?.("input") && target.value !== target.defaultValue) return;
    const all = this.querySelector("[data-clear]");
    if (!all) return;
    event.preventDefault();
    all.click();
  }
});
