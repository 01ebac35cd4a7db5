// Asks, once a field by which a person is recognised was left, whether Leonar holds that person already, and shows the answer
// when it comes. Leonar may be slow or say nothing; then nothing is shown.
const TELLING = /^(first_name|last_name|current_company|linkedin_profile|emails-\d-email|phones-\d-phone)$/;
const PAUSE_MS = 200;

customElements.define("in-leonar", class extends HTMLElement {
  connectedCallback() {
    this.form = document.getElementById(this.dataset.form);
    if (!this.form || this.ready) return;
    this.ready = true;
    this.form.addEventListener("change", (event) => {
      if (TELLING.test(event.target.name)) this.wait();
    });
    addEventListener("pageshow", () => this.wait());
    // Fetched once something was entered, which it has not heard of.
    this.wait();
  }

  wait() {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.ask(), PAUSE_MS);
  }

  get about() {
    const values = [...new FormData(this.form)].filter(([name, value]) => TELLING.test(name) && value);
    return values.some(([name]) => name !== "first_name") ? JSON.stringify(values) : "";
  }

  async ask() {
    const { about } = this;
    if (about === (this.asked ?? "") || !navigator.onLine) return;
    this.asked = about;
    this.overtaken?.abort();
    if (!about) {
      this.replaceChildren();
      return;
    }
    this.overtaken = new AbortController();
    const { signal } = this.overtaken;
    try {
      const answer = await fetch(this.dataset.url, { method: "POST", body: new URLSearchParams(new FormData(this.form)), redirect: "manual", signal });
      if (!answer.ok) return;
      const came = new DOMParser().parseFromString(await answer.text(), "text/html").body;
      if (came.innerHTML.trim() === this.innerHTML.trim() || this.matches(":focus-within")) return;
      this.replaceChildren(...document.importNode(came, true).childNodes);
      for (const said of this.querySelectorAll("[data-announce]")) {
        announce(said.textContent);
      }
    } catch {
      // Overtaken, offline or signed out: the next change asks again.
      if (!signal.aborted) this.asked = undefined;
    }
  }
});
