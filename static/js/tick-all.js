// Shows the act on many only while something is ticked, and ticks all rows of the page at once.
customElements.define("tick-all", class extends HTMLElement {
  connectedCallback() {
    this.all = this.querySelector("[data-all]");
    this.many = this.querySelector("[data-many]");
    if (!this.all || !this.many || this.ready) return;
    this.ready = true;
    this.all.hidden = false;
    this.all.addEventListener("change", () => {
      for (const tick of this.ticks) tick.checked = this.all.checked;
      this.update();
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
    this.all.checked = ticked > 0 && ticked === this.ticks.length;
    this.all.indeterminate = ticked > 0 && ticked < this.ticks.length;
  }
});
