// Clears the error of a field as soon as it is right. It never adds an error:
// what is wrong is said on submitting only.
// What is surely right; where none of these fits, the server decides on the next submit.
const SHAPES = {
  company_id: /^[0-9a-f]{8}-([0-9a-f]{4}-){3}[0-9a-f]{12}$/i,
  email: /^[^\s@]+@[^\s@.]+(\.[^\s@.]+)+$/,
  numeric: /^\d{1,3}$/,
  url: /^(in\/[^\s/]+|(https?:\/\/)?([\w-]+\.)+[a-z]{2,}\/\S*)$/i,
};

customElements.define("live-errors", class extends HTMLElement {
  connectedCallback() {
    if (this.ready) return;
    this.ready = true;
    const summary = document.getElementById("error-summary");
    this.refused = new WeakMap();
    for (const control of this.querySelectorAll("[aria-invalid=true]")) this.refused.set(control, control.value);
    this.addEventListener("input", (event) => this.onInput(event.target));
    this.addEventListener("change", (event) => this.onInput(event.target));
    summary?.addEventListener("click", (event) => this.onLink(event));
  }

  onInput(control) {
    if (!this.refused.has(control) || !this.isRight(control)) return;
    this.refused.delete(control);
    control.removeAttribute("aria-invalid");
    const message = document.getElementById(`${control.id}-error`);
    control.closest(".field")?.classList.remove("is-wrong");
    const described = (control.getAttribute("aria-describedby") ?? "").split(" ").filter((id) => id !== message?.id);
    if (described.join("")) control.setAttribute("aria-describedby", described.join(" "));
    else control.removeAttribute("aria-describedby");
    message?.remove();
    this.strike(control);
  }

  // The summary's item of a control that is right now: struck out, and said with how many are left.
  strike(control) {
    const summary = document.getElementById("error-summary");
    const item = summary?.querySelector(`a[href="#${control.id}"]`)?.closest("li");
    if (!item || item.classList.contains("is-corrected")) return;
    item.classList.add("is-corrected");
    item.querySelector("[data-corrected]").hidden = false;
    const left = summary.querySelectorAll("li:not(.is-corrected)").length;
    const words = left ? summary.dataset.left.replace("%s", left) : summary.dataset.done;
    announce(words);
  }

  isRight(control) {
    const value = control.value.trim();
    if (value === "") return !control.required;
    if (value === this.refused.get(control).trim()) return false;
    if (control.dataset.most) return [...value].length <= Number(control.dataset.most);
    const shape = SHAPES[control.name] ?? SHAPES[control.inputMode];
    return shape ? shape.test(value) : control.required || control.tagName === "SELECT";
  }

  onLink(event) {
    const link = event.target.closest("a[href^='#']");
    const control = link && document.getElementById(link.hash.slice(1));
    if (!control) return;
    event.preventDefault();
    control.focus();
    control.closest(".field")?.scrollIntoView({ block: "center" });
  }
});
