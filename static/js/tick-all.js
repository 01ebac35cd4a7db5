// Shows the act on many only while something is ticked, asks for a reason only where the act needs one, and ticks all rows
// of the page at once.
const NEEDS_REASON = new Set(["discard"]);

customElements.define("tick-all", class extends HTMLElement {
  connectedCallback() {
    this.all = this.querySelector("[data-all]");
    this.many = this.querySelector("[data-many]");
    if (!this.all || !this.many || this.ready) return;
    this.ready = true;
    this.all.closest("label").hidden = false;
    this.all.addEventListener("change", () => {
      for (const tick of this.ticks) tick.checked = this.all.checked;
    });
    this.addEventListener("change", () => this.update());
    addEventListener("pageshow", () => this.update());
    this.update();
  }

  get ticks() {
    return [...this.querySelectorAll("input[name=ids]")];
  }

  update() {
    const ticked = this.ticks.filter((tick) => tick.checked).length;
    this.many.hidden = ticked === 0;
    this.many.querySelector("[name=note]").closest(".field").hidden = !NEEDS_REASON.has(this.many.querySelector("[name=act]").value);
    this.all.checked = ticked > 0 && ticked === this.ticks.length;
    this.all.indeterminate = ticked > 0 && ticked < this.ticks.length;
    this.tell((this.dataset.selected ?? "%s").replace("%s", ticked));
  }

  tell(words) {
    const count = this.many.querySelector("[data-count]");
    if (count.textContent === words) return;
    // Nothing is said of how the page came.
    if (count.textContent) announce(words);
    count.textContent = words;
  }
});
