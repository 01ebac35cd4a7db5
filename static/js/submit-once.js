// Guards one form against a second press while the first is on its way, and submits on Ctrl or Cmd with Enter, with Shift too by its second button.
customElements.define("submit-once", class extends HTMLElement {
  connectedCallback() {
    this.form = this.querySelector("form");
    if (!this.form || this.ready) return;
    this.ready = true;
    this.form.addEventListener("submit", (event) => this.onSubmit(event));
    // A question above the form has the focus, and is answered by pressing again.
    const place = this.closest(".column:has(.entry-form)") ?? this.form;
    place.addEventListener("keydown", (event) => {
      if (event.key !== "Enter" || !(event.ctrlKey || event.metaKey)) return;
      event.preventDefault();
      // A key that is held down is one press, and not one of the next form's as well.
      if (event.repeat) return;
      const meant = event.shiftKey ? "[data-another]" : "[data-main]";
      this.form.requestSubmit(this.form.querySelector(meant) ?? this.form.querySelector("button:not([type=button])"));
    });
    // Back may show this very page as it was left, with its buttons still busy.
    addEventListener("pageshow", () => this.rest());
  }

  onSubmit(event) {
    if (this.isBusy) {
      event.preventDefault();
      return;
    }
    this.isBusy = true;
    // A disabled button would not be submitted, and with it what it stands for; this one only looks and reads so.
    for (const button of this.form.querySelectorAll("button:not([type=button])")) {
      button.setAttribute("aria-disabled", "true");
    }
    const pressed = event.submitter;
    if (pressed && this.form.dataset.busy) {
      const words = pressed.querySelector("[data-words]") ?? pressed;
      words.dataset.rest = words.textContent;
      words.textContent = this.form.dataset.busy;
      announce(this.form.dataset.busy);
    }
    // Where no page comes (a stopped load, a lost connection), the form is usable again.
    this.timer = setTimeout(() => this.rest(), 20000);
  }

  rest() {
    this.isBusy = false;
    clearTimeout(this.timer);
    for (const button of this.form.querySelectorAll("[aria-disabled]")) button.removeAttribute("aria-disabled");
    for (const words of this.form.querySelectorAll("[data-rest]")) {
      words.textContent = words.dataset.rest;
      words.removeAttribute("data-rest");
    }
  }
});
