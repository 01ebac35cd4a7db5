// Keeps what is typed into one form: at once with its entry in the browser's history, so that Back, a reload or a tab opened
// again show it (browsers restore nothing into controls with autocomplete="off"), and a moment later on the server, as a
// draft. Its script comes before those of the elements that show what a control holds.
const NOT_TYPED = new Set(["csrfmiddlewaretoken", "revision", "pinned", "leftover", "leftover_to"]);
const IN_TAB_MS = 300;
const PAUSE_MS = 800;
const RETRY_MS = [2000, 4000, 8000, 15000, 30000];
const CLEARED = "portal-cleared";

customElements.define("keep-typed", class extends HTMLElement {
  connectedCallback() {
    this.form = this.querySelector("form");
    if (!this.form || this.ready) return;
    this.ready = true;
    this.failures = 0;
    // Another person may have signed in on this browser since.
    const held = history.state?.owner === this.dataset.owner ? history.state : null;
    this.isSinceSent = Boolean(held?.pressed);
    const shown = this.typed;
    if (held?.typed) this.restore(held.typed);
    const isRestored = this.typed !== shown;
    // Once all elements have brought the form into their shape. What was restored may be newer than what the server has.
    addEventListener("pageshow", () => this.begin(isRestored), { once: true });
    addEventListener("pageshow", () => { this.isPressed = false; });
    this.addEventListener("input", () => this.changed());
    this.addEventListener("change", () => this.changed());
    this.addEventListener("submit", (event) => this.onSubmit(event), { capture: true });
    document.addEventListener("submit", (event) => {
      if (event.target.matches("[data-clears]")) this.isPressed = true;
    });
    addEventListener("beforeunload", () => this.keep());
    addEventListener("pagehide", () => this.sendAtLast());
    addEventListener("online", () => this.send());
    this.offerUndo();
  }

  begin(isRestored) {
    const token = this.form.elements.form_token.value;
    // The form that the page offers is this one: it is here again, which is said in its place.
    const waiting = document.querySelector(`[data-waiting="${CSS.escape(token)}"]`);
    for (const span of waiting?.querySelectorAll("span") ?? []) span.hidden = !span.hidden;
    if (waiting) announce(waiting.innerText);
    if (this.kept === undefined) this.kept = isRestored ? null : this.content;
    this.send();
  }

  get controls() {
    const isKept = (control) => control.name && !/submit|file/.test(control.type) && !NOT_TYPED.has(control.name);
    return [...this.form.elements].filter(isKept);
  }

  get values() {
    const counted = this.controls.filter((control) => control.type !== "radio" || control.checked);
    return Object.fromEntries(counted.map((control) => [control.name, control.type === "checkbox" ? control.checked : control.value]));
  }

  get content() {
    return JSON.stringify(this.values);
  }

  // Without what each form brings along of its own.
  get typed() {
    return JSON.stringify({ ...this.values, form_token: "", form_proof: "", facts: "" });
  }

  get body() {
    const body = new URLSearchParams(new FormData(this.form));
    if (this.dataset.submission) body.set("submission_id", this.dataset.submission);
    if (this.isSinceSent) body.set("since_sent", "1");
    return body;
  }

  // The form's token comes back with what was typed under it, so that a second press can't create a second contact.
  restore(typed) {
    for (const control of this.controls) {
      const value = typed[control.name];
      if (value === undefined) continue;
      if (control.type === "checkbox") control.checked = value;
      else if (control.type === "radio") control.checked = control.value === value;
      else control.value = value;
      // What is folded away opens once it holds something.
      if (control.type === "text" && value) control.closest("details")?.setAttribute("open", "");
    }
  }

  changed() {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.keep(), IN_TAB_MS);
    clearTimeout(this.pause);
    this.pause = setTimeout(() => this.send(), PAUSE_MS);
  }

  keep() {
    clearTimeout(this.timer);
    if (this.isReplaced || !this.isConnected) return;
    history.replaceState({ owner: this.dataset.owner, typed: this.values, pressed: this.isSinceSent || Boolean(this.isPressed) }, "");
  }

  // One at a time, so that none overtakes another.
  async send() {
    const { content } = this;
    if (this.kept === undefined || content === this.kept || this.isPressed || this.isSending || !navigator.onLine || !this.isConnected) return;
    this.isSending = true;
    try {
      const answer = await fetch(this.dataset.url, { method: "POST", body: this.body, redirect: "manual" });
      // A sign-in that has expired is a redirect, and the draft is kept all the same.
      const isOut = answer.type === "opaqueredirect";
      if (!isOut && answer.status !== 204) throw new Error(answer.status);
      this.kept = content;
      this.failures = 0;
      this.say(isOut ? "out" : "saved", isOut);
    } catch {
      this.wait();
      return;
    } finally {
      this.isSending = false;
    }
    if (this.content !== this.kept) this.changed();
  }

  wait() {
    const pause = RETRY_MS[Math.min(this.failures, RETRY_MS.length - 1)];
    this.failures += 1;
    if (this.failures > 1) this.say("unsaved", true);
    clearTimeout(this.pause);
    this.pause = setTimeout(() => this.send(), pause);
  }

  sendAtLast() {
    if (this.isConnected && this.kept !== undefined && this.content !== this.kept && !this.isPressed) navigator.sendBeacon(this.dataset.url, this.body);
  }

  onSubmit(event) {
    if (event.submitter?.hasAttribute("data-in-place")) return;
    if (event.submitter?.hasAttribute("data-clear")) {
      event.preventDefault();
      event.stopPropagation();
      this.clear();
    } else if (!navigator.onLine) {
      // The browser would show a page of its own in place of the form.
      event.preventDefault();
      event.stopPropagation();
      this.keep();
      this.say("offline", true);
    } else {
      this.isPressed = true;
    }
  }

  // A blank form is another form; what this one held can be had back on its page.
  async clear() {
    sessionStorage.setItem(CLEARED, JSON.stringify({ owner: this.dataset.owner, typed: this.values }));
    const body = this.body;
    body.set("then", "clear");
    this.isPressed = this.isReplaced = true;
    history.replaceState(null, "");
    try {
      await fetch(this.form.action, { method: "POST", body, redirect: "manual" });
    } finally {
      location.assign(this.dataset.blank);
    }
  }

  offerUndo() {
    const cleared = JSON.parse(sessionStorage.getItem(CLEARED) ?? "null");
    const button = document.querySelector("[data-undo]");
    if (!button || cleared?.owner !== this.dataset.owner || this.dataset.submission) return;
    this.say("cleared", true);
    button.hidden = false;
    button.addEventListener("click", () => {
      sessionStorage.removeItem(CLEARED);
      this.isPressed = this.isReplaced = true;
      history.replaceState({ owner: this.dataset.owner, typed: cleared.typed, pressed: false }, "");
      location.reload();
    });
    this.addEventListener("submit", () => sessionStorage.removeItem(CLEARED));
  }

  say(what, isNews = false) {
    const place = document.querySelector("[data-kept]");
    if (!place) return;
    const words = place.dataset[what];
    if (place.textContent !== words) place.textContent = words;
    place.classList.toggle("is-news", what !== "saved");
    if (isNews && this.said !== what) announce(words);
    this.said = what;
  }
});
