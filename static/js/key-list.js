// The keys of every page: Alt with the letter of a [data-key] follows it, and the list of all keys is shown over the page.
// A question mark opens it too, outside of fields, unless somebody has switched that off in the list.
const SWITCHED_OFF = "portal-no-question-mark";

customElements.define("key-list", class extends HTMLElement {
  connectedCallback() {
    if (this.ready) return;
    this.ready = true;
    document.addEventListener("keydown", (event) => this.onKey(event));
    this.page = document.getElementById("keys");
    if (this.page) this.offerSwitch(this.page);
  }

  onKey(event) {
    if (event.isComposing || event.ctrlKey || event.metaKey) return;
    if (event.altKey && !event.shiftKey && /^Key[A-Z]$/.test(event.code)) this.follow(event);
    else if (event.key === "?" && !event.altKey && !isTyped(event.target) && !localStorage.getItem(SWITCHED_OFF)) this.open(event);
  }

  follow(event) {
    const link = document.querySelector(`a[data-key=${event.code.at(-1)}]`);
    // The key of the page one is on may be a letter with an accent to whoever types there.
    if (!link || link.getAttribute("aria-current") === "page") return;
    if (link.getAttribute("href") === this.dataset.url) {
      this.open(event);
    } else {
      event.preventDefault();
      link.click();
    }
  }

  async open(event) {
    event.preventDefault();
    if (this.page || this.querySelector("[open]")) return;
    try {
      this.list ??= await this.fetchList();
    } catch {
      location.assign(this.dataset.url);
      return;
    }
    this.dialog().showModal();
  }

  async fetchList() {
    const answer = await fetch(this.dataset.url);
    if (!answer.ok || answer.redirected) throw new Error(answer.status);
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const title = document.importNode(page.querySelector("h1"), true);
    title.id = "key-list-title";
    return [title, document.importNode(page.getElementById("keys"), true)];
  }

  dialog() {
    const held = this.querySelector("dialog");
    if (held) return held;
    const dialog = document.createElement("dialog");
    dialog.className = "keys-shown";
    dialog.setAttribute("aria-labelledby", "key-list-title");
    const close = document.createElement("button");
    close.type = "button";
    close.className = "small quiet";
    close.textContent = this.dataset.close;
    close.addEventListener("click", () => dialog.close());
    dialog.append(close, ...this.list);
    this.append(dialog);
    this.offerSwitch(dialog);
    return dialog;
  }

  offerSwitch(place) {
    const line = place.querySelector("[data-switch]");
    const box = line?.querySelector("input");
    if (!box) return;
    line.hidden = false;
    box.checked = !localStorage.getItem(SWITCHED_OFF);
    box.addEventListener("change", () => {
      if (box.checked) localStorage.removeItem(SWITCHED_OFF);
      else localStorage.setItem(SWITCHED_OFF, "1");
    });
  }
});

function isTyped(target) {
  return target.matches?.("textarea, select, input:not([type=checkbox], [type=radio], [type=button]), [contenteditable]");
}
