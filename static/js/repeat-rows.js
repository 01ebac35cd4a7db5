// Folds away the blank rows of a repeated field, so that five prepared rows look like one. Rows are never renumbered:
// the same POST body comes out with and without this element.
customElements.define("repeat-rows", class extends HTMLElement {
  connectedCallback() {
    if (this.ready) return;
    this.addEventListener("keydown", (event) => this.onType(event));
    this.rows = [...this.querySelectorAll("[data-row]")];
    this.more = this.querySelector("[data-more]");
    if (!this.more || this.rows.length < 2) return;
    this.ready = true;
    this.more.addEventListener("click", () => this.unfoldNext());
    for (const row of this.rows) {
      row.querySelector("[data-drop]")?.addEventListener("click", () => this.drop(row));
    }
    // Browsers fill in what was typed before Back or a reload only after the page was built.
    addEventListener("pageshow", () => this.fold());
    this.fold();
  }

  fold() {
    const first = this.rows.find((row) => !isBlank(row)) ?? this.rows[0];
    for (const row of this.rows) row.hidden = row !== first && isBlank(row);
    this.update();
  }

  // A letter chooses the type that begins with it, as it does in a list.
  onType({ target, key, ctrlKey, metaKey, altKey }) {
    if (target.type !== "radio" || key.length > 1 || ctrlKey || metaKey || altKey) return;
    const isMeant = (radio) => radio.value && radio.labels[0].textContent.trim().toLowerCase().startsWith(key.toLowerCase());
    const meant = [...target.closest(".toggles").querySelectorAll("input")].find(isMeant);
    meant?.focus();
    meant?.click();
  }

  // Unfolds what was filled since.
  show() {
    for (const row of this.rows) row.hidden &&= isBlank(row);
    this.update();
  }

  unfoldNext() {
    const next = this.rows.find((row) => row.hidden);
    if (!next) return;
    next.hidden = false;
    this.update();
    controls(next)[0]?.focus();
  }

  drop(row) {
    for (const control of controls(row)) clear(control);
    const shown = this.rows.filter((other) => !other.hidden);
    if (shown.length > 1) row.hidden = true;
    this.update();
    const stay = shown.filter((other) => other !== row);
    controls(stay.at(-1) ?? row)[0]?.focus();
  }

  update() {
    const shown = this.rows.filter((row) => !row.hidden);
    this.toggleAttribute("data-one", shown.length === 1);
    this.more.hidden = shown.length === this.rows.length;
    for (const row of this.rows) {
      const button = row.querySelector("[data-drop]");
      if (button) button.hidden = shown.length === 1;
    }
  }
});

function controls(row) {
  return [...row.querySelectorAll("input, select, textarea")];
}

// A type alone says nothing.
function isBlank(row) {
  if (row.querySelector("[aria-invalid], .error")) return false;
  return controls(row).every((control) => control.tagName === "SELECT" || control.type === "radio" || control.value.trim() === "");
}

function clear(control) {
  if (control.type === "radio") control.checked = control.value === "";
  else if (control.tagName === "SELECT") control.selectedIndex = 0;
  else control.value = "";
  control.dispatchEvent(new Event("input", { bubbles: true }));
}
