// Moves along the rows of a table with the arrow keys or j and k, from link to link; Home and End reach both ends. A
// click anywhere in a row opens it.
customElements.define("row-list", class extends HTMLElement {
  connectedCallback() {
    if (this.ready) return;
    this.ready = true;
    document.addEventListener("keydown", (event) => this.onKey(event));
    this.addEventListener("click", (event) => this.onClick(event));
  }

  get links() {
    return [...this.querySelectorAll("[data-submission] a")];
  }

  onKey(event) {
    if (!this.isConnected || event.ctrlKey || event.metaKey || event.altKey || event.shiftKey) return;
    const here = this.links.indexOf(document.activeElement);
    const focused = document.activeElement;
    if (here < 0 && focused !== document.body && focused?.id !== "main") return;
    const last = this.links.length - 1;
    const to = {
      ArrowDown: here + 1, j: here + 1, ArrowUp: here - 1, k: here - 1, Home: 0, End: last,
    }[event.key];
    // From the page itself only the letters start the walk: arrows go on scrolling.
    if (to === undefined || (here < 0 && event.key.length > 1)) return;
    event.preventDefault();
    this.links[Math.min(last, Math.max(0, to))]?.focus();
  }

  onClick(event) {
    if (event.target.closest("a, input, label, button") || !getSelection()?.isCollapsed) return;
    event.target.closest("[data-submission]")?.querySelector("a")?.click();
  }
});
