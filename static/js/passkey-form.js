// Has the browser make or use a passkey when the form is sent, and sends what came of it. Without scripts, or where the
// browser knows no passkeys, it stays hidden, and the password is the way.
customElements.define("passkey-form", class extends HTMLElement {
  connectedCallback() {
    this.form = this.querySelector("form");
    const known = globalThis.PublicKeyCredential;
    // Passkeys belong to names; an address of a machine has none.
    const isAddress = /^[\d.]+$|:/.test(location.hostname);
    if (!this.form || isAddress || !known?.parseRequestOptionsFromJSON || !known.prototype.toJSON || this.ready) return;
    this.ready = true;
    this.hidden = false;
    this.form.addEventListener("submit", (event) => {
      event.preventDefault();
      this.send();
    });
  }

  async send() {
    const error = this.querySelector(".error");
    error.hidden = true;
    try {
      const credential = await this.credential(await this.options());
      this.form.elements.credential.value = JSON.stringify(credential);
    } catch {
      error.textContent = this.dataset.failed;
      error.hidden = false;
      return;
    }
    this.form.submit();
  }

  // They stand in the page, or the portal is asked for them when they are wanted.
  async options() {
    if (!this.dataset.ask) return JSON.parse(this.querySelector("script[type='application/json']").textContent);
    const answer = await fetch(this.dataset.ask, { headers: { Accept: "application/json", "X-Requested-With": "XMLHttpRequest" } });
    return answer.json();
  }

  async credential(options) {
    if (this.dataset.act === "get") {
      const publicKey = PublicKeyCredential.parseRequestOptionsFromJSON(options.request_options.publicKey);
      return navigator.credentials.get({ publicKey });
    }
    const asked = options.creation_options.publicKey;
    // One that alone is enough to sign in: it stays with its owner's device, which asks who holds it.
    asked.authenticatorSelection = { ...asked.authenticatorSelection, residentKey: "required", requireResidentKey: true, userVerification: "required" };
    return navigator.credentials.create({ publicKey: PublicKeyCredential.parseCreationOptionsFromJSON(asked) });
  }
});
