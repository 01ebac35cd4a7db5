// Copies the text of the <code> beside it. Without scripts the code can be selected with one click.
customElements.define("copy-button", class extends HTMLElement {
  connectedCallback() {
    const code = this.querySelector("code");
    const button = this.querySelector("button");
    if (!code || !button || !navigator.clipboard || this.ready) return;
    this.ready = true;
    const word = button.querySelector("span") ?? button;
    const rest = word.textContent;
    button.hidden = false;
    button.setAttribute("aria-live", "polite");
    button.addEventListener("click", async () => {
      try {
        await navigator.clipboard.writeText(code.textContent.trim());
      } catch {
        getSelection()?.selectAllChildren(code);
        return;
      }
      word.textContent = this.dataset.copied ?? rest;
      setTimeout(() => { word.textContent = rest; }, 2000);
    });
  }
});
