// Pins beside the fields themselves, for the boxes inside that keep a field's value for the next contact: a pin at the label
// to click, and one key for the field that has the focus. The boxes stay what is heard, tabbed to and posted.
customElements.define("pin-fields", class extends HTMLElement {
  connectedCallback() {
    if (this.ready) return;
    this.ready = true;
    for (const box of this.boxes) this.addPin(box);
    document.addEventListener("keydown", (event) => this.onKey(event));
    addEventListener("pageshow", () => this.show());
    this.addEventListener("change", (event) => this.changed(event.target));
  }

  get boxes() {
    return [...this.querySelectorAll("input[name=pinned]")];
  }

  fieldOf(box) {
    return box.form?.querySelector(`[name="${box.value}"]`)?.closest(".field");
  }

  addPin(box) {
    const label = this.fieldOf(box)?.querySelector("label");
    if (!label) return;
    const pin = document.createElement("span");
    pin.className = "pin-mark";
    pin.title = this.dataset.title;
    pin.setAttribute("aria-hidden", "true");
    pin.addEventListener("click", (event) => {
      // A press on a label goes to its control.
      event.preventDefault();
      box.click();
    });
    label.append(pin);
    this.show();
  }

  onKey(event) {
    if (!event.altKey || event.ctrlKey || event.metaKey || event.shiftKey || event.code !== `Key${this.dataset.key}`) return;
    const box = this.boxes.find((each) => this.fieldOf(each)?.contains(document.activeElement));
    if (!box) return;
    event.preventDefault();
    box.click();
  }

  changed(box) {
    this.show();
    const words = box.checked ? this.dataset.pinned : this.dataset.unpinned;
    const name = box.closest("label").textContent.trim();
    announce(words.replace("%s", () => name));
    box.form?.dispatchEvent(new Event("live-entry"));
  }

  show() {
    for (const box of this.boxes) this.fieldOf(box)?.classList.toggle("is-pinned", box.checked);
  }
});
