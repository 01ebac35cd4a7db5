// Opens a <details> that holds something which came after the page: from the browser's history, or from what was pasted.
customElements.define("used-part", class extends HTMLElement {
  connectedCallback() {
    const part = this.querySelector("details");
    if (!part || this.ready) return;
    this.ready = true;
    const isUsed = () => [...part.querySelectorAll("input[type=text], textarea")].some((control) => control.value.trim());
    const look = () => { part.open ||= isUsed(); };
    this.addEventListener("input", look);
    addEventListener("pageshow", look);
  }
});
