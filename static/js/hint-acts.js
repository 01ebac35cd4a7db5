// The buttons at hints, without a page: takes a hint's fix over and can put back what stood there, or dismisses it for this
// form. The rail is drawn anew by what changes in the form. Fetched where there is a hint.
customElements.define("hint-acts", class extends HTMLElement {
  connectedCallback() {
    this.form = document.getElementById(this.dataset.form);
    this.said = this.querySelector("p");
    if (!this.form || !this.said || this.ready) return;
    this.ready = true;
    document.addEventListener("click", (event) => {
      const button = event.target.closest("[data-fix], [data-dismiss]");
      if (!button) return;
      event.preventDefault();
      if (button.dataset.fix) this.fix(JSON.parse(button.dataset.fix), button.value.replace(/^fix /, ""));
      else this.dismiss(button.dataset.dismiss);
      document.getElementById(button.dataset.control)?.focus();
    });
    this.querySelector("button").addEventListener("click", () => this.undo());
    this.form.addEventListener("submit", () => { this.said.hidden = true; });
  }

  fix(values, key) {
    this.before = { key, values: {} };
    for (const name of Object.keys(values)) this.before.values[name] = this.form.elements[name]?.value ?? "";
    this.set(values);
    this.said.hidden = false;
    announce(this.dataset.changed);
  }

  // What was put back on purpose is right.
  undo() {
    this.said.hidden = true;
    this.set(this.before.values);
    this.dismiss(this.before.key);
    announce(this.dataset.undone);
    this.form.elements[Object.keys(this.before.values)[0]]?.focus();
  }

  dismiss(key) {
    const { dismissed } = this.form.elements;
    this.set({ dismissed: `${dismissed.value} ${key}`.trim() });
  }

  set(values) {
    for (const [name, value] of Object.entries(values)) {
      const control = this.form.elements[name];
      if (!control) continue;
      control.value = value;
      // Of a group of radio buttons, any of them tells.
      const [teller] = control instanceof RadioNodeList ? control : [control];
      for (const kind of ["input", "change"]) teller.dispatchEvent(new Event(kind, { bubbles: true }));
    }
  }
});
