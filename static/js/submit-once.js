// Guards one form against a second press while the first is on its way, and submits on Ctrl or Cmd with Enter, with Shift too by its second button.

// In so little time nobody has read what a page asks: a press is the second of two that were meant for the page before.
const UNREAD_MS = 500;

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
    if (document.querySelector("#questions, #changes")) this.hold();
  }

  hold() {
    this.isUnread = true;
    this.lock();
    setTimeout(() => {
      this.isUnread = false;
      this.rest();
    }, UNREAD_MS);
    // Before anybody takes it for a press.
    addEventListener("submit", (event) => {
      if (!this.isUnread || event.target !== this.form) return;
      event.preventDefault();
      event.stopImmediatePropagation();
    }, { capture: true });
  }

  // A disabled button would not be submitted, and with it what it stands for; these only look and read so.
  lock() {
    this.isBusy = true;
    for (const button of this.form.querySelectorAll("button:not([type=button])")) {
      button.setAttribute("aria-disabled", "true");
    }
  }

  onSubmit(event) {
    if (this.isBusy) {
      event.preventDefault();
      return;
    }
    this.lock();
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
    if (this.isUnread) return;
    this.isBusy = false;
    clearTimeout(this.timer);
    for (const button of this.form.querySelectorAll("[aria-disabled]")) button.removeAttribute("aria-disabled");
    for (const words of this.form.querySelectorAll("[data-rest]")) {
      words.textContent = words.dataset.rest;
      words.removeAttribute("data-rest");
    }
  }
});
