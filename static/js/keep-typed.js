// Keeps what is typed into one form with its entry in the browser's history, so that Back, a reload or a tab opened again
// show it: browsers themselves restore nothing into controls with autocomplete="off". Its script comes before those of
// the elements that show what a control holds.
const NOT_TYPED = new Set(["csrfmiddlewaretoken", "revision"]);

customElements.define("keep-typed", class extends HTMLElement {
  connectedCallback() {
    this.form = this.querySelector("form");
    if (!this.form || this.ready) return;
    this.ready = true;
    // Another person may have signed in on this browser since.
    if (history.state?.owner === this.dataset.owner) this.restore(history.state?.typed);
    this.addEventListener("input", () => {
      clearTimeout(this.timer);
      this.timer = setTimeout(() => this.keep(), 300);
    });
    addEventListener("beforeunload", () => this.keep());
  }

  get controls() {
    return [...this.form.elements].filter((control) => control.name && control.type !== "submit" && !NOT_TYPED.has(control.name));
  }

  // The form's token comes back with what was typed under it, so that a second press can't create a second contact.
  restore(typed) {
    if (!typed) return;
    for (const control of this.controls) {
      const value = typed[control.name];
      if (value === undefined) continue;
      if (control.type === "checkbox") control.checked = value;
      else control.value = value;
    }
  }

  keep() {
    clearTimeout(this.timer);
    const values = this.controls.map((control) => [control.name, control.type === "checkbox" ? control.checked : control.value]);
    history.replaceState({ owner: this.dataset.owner, typed: Object.fromEntries(values) }, "");
  }
});
