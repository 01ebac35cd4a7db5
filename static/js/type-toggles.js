// Lets a letter choose the word that begins with it among radio buttons, as it does in a list.
customElements.define("type-toggles", class extends HTMLElement {
  connectedCallback() {
    if (this.ready) return;
    this.ready = true;
    this.addEventListener("keydown", (event) => this.onKey(event));
  }

  onKey(event) {
    if (event.ctrlKey || event.metaKey || event.altKey || event.key.length > 1) return;
    const letter = event.key.toLowerCase();
    const meant = [...this.querySelectorAll("input")].find(
      (radio) => radio.value && radio.labels[0].textContent.trim().toLowerCase().startsWith(letter),
    );
    if (!meant) return;
    meant.checked = true;
    meant.focus();
    meant.dispatchEvent(new Event("input", { bubbles: true }));
  }
});
