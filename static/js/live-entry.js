// Keeps the rail beside the form up to date: a moment after each change it posts the form as it stands and shows the
// fragment of HTML that comes back, part by part. Says nothing while the portal can't be reached.
const PAUSE_MS = 250;
// What a form holds in which nothing was entered.
const IN_BLANK = /^(csrfmiddlewaretoken|form_token|form_proof|[a-z_]+-[A-Z_]+_FORMS|custom_data-\d+-type)$/;
// By what Leonar may recognise somebody.
const TELLING = /^(last_name|current_company|linkedin_profile|emails-\d-email|phones-\d-phone),/m;

customElements.define("live-entry", class extends HTMLElement {
  connectedCallback() {
    this.form = document.getElementById(this.dataset.form);
    if (!this.form || this.ready) return;
    this.ready = true;
    this.said = new Set();
    for (const change of ["input", "change", "live-entry"]) this.form.addEventListener(change, () => this.wait());
    // Where the form came filled, or Back filled it.
    addEventListener("pageshow", () => this.wait(0));
    this.addEventListener("focusout", () => this.show());
    this.meetHints();
  }

  wait(milliseconds = PAUSE_MS) {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.ask(), milliseconds);
  }

  get body() {
    const body = new FormData(this.form);
    // Not of the contact, and it may be long.
    for (const pasted of ["paste", "file"]) body.delete(pasted);
    for (const control of this.form.querySelectorAll(".is-filled [name]")) body.append("marked", control.name);
    return new URLSearchParams(body);
  }

  async ask() {
    const { body } = this;
    const typed = [...body].filter(([name, value]) => value && !IN_BLANK.test(name)).join("\n");
    if (typed === (this.asked ?? "") || !navigator.onLine) return;
    this.asked = typed;
    // Nobody is looked for before there is something to look for.
    if (this.dataset.asks && TELLING.test(typed)) import(this.dataset.asks);
    this.overtaken?.abort();
    this.overtaken = new AbortController();
    const { signal } = this.overtaken;
    try {
      const answer = await fetch(this.dataset.url, { method: "POST", body, signal });
      if (!answer.ok || answer.redirected) throw new Error(answer.status);
      this.came = new DOMParser().parseFromString(await answer.text(), "text/html").body;
      this.show();
    } catch {
      // Offline or signed out, unless it was overtaken: the next change asks again.
      if (!signal.aborted) this.asked = null;
    }
  }

  // Replaces what differs, but nothing that has the focus: that waits until the focus has left.
  show() {
    if (!this.came) return;
    for (const part of this.came.querySelectorAll("[data-part]")) {
      const held = this.querySelector(`[data-part=${part.dataset.part}]`);
      if (!held || held.innerHTML === part.innerHTML || held.matches(":focus-within")) continue;
      held.replaceChildren(...document.importNode(part, true).childNodes);
    }
    this.meetHints();
    this.tell();
  }

  // Hints are seldom there, and what their buttons do is fetched only then.
  meetHints() {
    if (this.querySelector("[data-fix], [data-dismiss]")) import(this.dataset.acts);
  }

  // What was there before is not said again.
  tell() {
    const words = [...this.querySelectorAll("[data-announce]")].map((element) => element.textContent);
    for (const each of words) {
      if (!this.said.has(each)) announce(each);
    }
    this.said = new Set(words);
    // Where the rail is out of sight, it is said where the eyes are.
    const notes = document.querySelector("[data-notes]");
    if (!notes) return;
    notes.hidden = !words.length;
    notes.textContent = notes.dataset.notes.replace("%s", words.length);
  }
});
