// Moves along the rows of a table with the arrow keys, from link to link, while one of them has the focus; Home and End
// reach both ends. A click anywhere in a row opens it.
customElements.define("row-list", class extends HTMLElement {
  connectedCallback() {
    if (this.ready) return;
    this.ready = true;
    this.addEventListener("keydown", (event) => this.onKey(event));
    this.addEventListener("click", (event) => this.onClick(event));
  }

  get links() {
    return [...this.querySelectorAll("[data-submission] .who a")];
  }

  onKey(event) {
    if (event.ctrlKey || event.metaKey || event.altKey || event.shiftKey) return;
    const here = this.links.indexOf(document.activeElement);
    if (here < 0) return;
    const last = this.links.length - 1;
    const to = { ArrowDown: here + 1, ArrowUp: here - 1, Home: 0, End: last }[event.key];
    if (to === undefined) return;
    event.preventDefault();
    this.links[Math.min(last, Math.max(0, to))]?.focus();
  }

  onClick(event) {
    if (event.target.closest("a, input, label, button, details") || !getSelection()?.isCollapsed) return;
    event.target.closest("[data-submission]")?.querySelector("a")?.click();
  }
});
