// Counts how a contact is entered (keys, seconds, pastes, hints), never what; the numbers go with the form. A form that
// comes back with something to fix, or that Leonar refused, goes on counting, and knows by their names which controls a
// reader had filled.
const READ = "portal-read";

customElements.define("entry-facts", class extends HTMLElement {
  connectedCallback() {
    this.form = this.closest("form");
    this.field = this.querySelector("input");
    if (!this.form || !this.field || this.ready) return;
    this.ready = true;
    this.facts = { seconds: 0, keys: 0, pastes: 0, hints: 0, heeded: 0, twins: 0, presses: 0 };
    try {
      Object.assign(this.facts, JSON.parse(this.field.value));
    } catch {
      // A form that has not been pressed yet.
    }
    this.spent = this.facts.seconds;
    const { token, readers } = JSON.parse(sessionStorage.getItem(READ) ?? "{}");
    // As they were sent, by their names.
    this.read = Object.entries(token === this.token ? readers : {}).map(([name, reader]) => [name, { is: this.valueOf(name), reader }]);
    this.form.addEventListener("keydown", (event) => {
      if (event.isTrusted && !event.repeat) this.count("keys");
    });
    document.addEventListener("paste", () => this.count("pastes"));
    document.addEventListener("click", (event) => {
      if (event.target.closest("[data-fix]")) this.facts.heeded += 1;
    }, { capture: true });
    // Before those who send the form by themselves.
    this.form.addEventListener("submit", () => this.tell(), { capture: true });
  }

  count(name) {
    this.facts[name] += 1;
    this.began ??= Date.now();
  }

  tell() {
    const { facts } = this;
    if (this.began) facts.seconds = this.spent + Math.round((Date.now() - this.began) / 1000);
    facts.hints = Math.max(facts.hints, facts.heeded + document.querySelectorAll(".hints li").length);
    facts.twins = Math.max(facts.twins, document.querySelectorAll(".likenesses li").length);
    this.field.value = JSON.stringify({ ...facts, ...this.corrections(), presses: facts.presses + 1 });
  }

  // A correction has a form of its own, and goes on with what the first one told.
  get token() {
    return this.dataset.token || this.form.elements.form_token.value;
  }

  valueOf(name) {
    return this.form.elements[name]?.value;
  }

  // By reader: how many values were pasted, and how many of them changed since.
  corrections() {
    const counts = {}, readers = {};
    const count = (name) => { counts[name] = (counts[name] ?? this.facts[name] ?? 0) + 1; };
    const pasted = [...document.querySelector("paste-box")?.filled ?? []].filter(([, { reader }]) => reader);
    for (const [, { reader }] of pasted) count(`read_${reader}`);
    for (const [name, { is, reader }] of [...this.read, ...pasted]) {
      if (this.valueOf(name) === is) readers[name] = reader;
      else count(`corrected_${reader}`);
    }
    sessionStorage.setItem(READ, JSON.stringify({ token: this.token, readers }));
    return counts;
  }
});
