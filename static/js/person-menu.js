// Closes the menu, a <details>, on Escape and when something else is clicked or gets the focus. Without scripts it closes by
// its summary.
customElements.define("person-menu", class extends HTMLElement {
  connectedCallback() {
    this.menu = this.querySelector("details");
    if (!this.menu || this.ready) return;
    this.ready = true;
    this.addEventListener("keydown", (event) => this.onKey(event));
    this.addEventListener("focusout", (event) => {
      if (event.relatedTarget && !this.contains(event.relatedTarget)) this.menu.open = false;
    });
    document.addEventListener("pointerdown", (event) => {
      if (!this.contains(event.target)) this.menu.open = false;
    });
  }

  onKey(event) {
    if (event.key !== "Escape" || !this.menu.open) return;
    this.menu.open = false;
    this.menu.querySelector("summary").focus();
  }
});
