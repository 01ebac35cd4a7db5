// Reads what is pasted into the box, or a file that is dropped on the page or chosen, by the same post as without scripts,
// and fills in place what was blank then and is blank still. What it filled is marked until it is touched, and can be
// taken back.
const READERS = new Set(["read", "place"]);
// No reading takes longer; a press waits for those that were begun before it.
const GIVES_UP_MS = 20000;

customElements.define("paste-box", class extends HTMLElement {
  connectedCallback() {
    this.box = this.querySelector("textarea");
    this.form = this.box?.form;
    if (!this.form || this.ready) return;
    this.ready = true;
    // By the name of a control: what it held before, and what it was filled with.
    this.filled = new Map();
    this.said = this.querySelector("[data-said]");
    this.undo = this.querySelector("[data-take-back]");
    this.reader = this.querySelector("button[value=read]");
    this.undo.addEventListener("click", () => this.takeBack());
    this.querySelector("[data-key]").hidden = false;
    this.box.ariaKeyShortcuts = "Alt+P";
    this.box.addEventListener("paste", ({ clipboardData }) => clipboardData?.types.includes("text/plain") && this.beginLine());
    for (const kind of ["paste", "drop"]) this.box.addEventListener(kind, () => this.send(this.reader));
    this.querySelector("input[type=file]").addEventListener("change", () => this.send(this.reader));
    this.form.addEventListener("submit", (event) => this.onSubmit(event), { capture: true });
    this.form.addEventListener("input", (event) => this.onInput(event));
    this.form.addEventListener("click", (event) => this.onClick(event));
    document.addEventListener("keydown", (event) => this.onKey(event));
    for (const kind of ["dragover", "drop"]) document.addEventListener(kind, (event) => this.onDrag(event));
    addEventListener("hashchange", () => this.meetPage());
    this.meetPage();
  }

  // What a bookmarklet brings is seldom there, and its reader is fetched only then.
  meetPage() {
    if (/^#page=/.test(location.hash) || sessionStorage.getItem("portal-page")) import(this.dataset.page);
  }

  onKey(event) {
    if (!this.isConnected || !event.altKey || event.ctrlKey || event.metaKey || event.shiftKey || event.code !== "KeyP") return;
    event.preventDefault();
    this.box.focus();
    this.box.select();
  }

  onDrag(event) {
    if (!this.isConnected || !event.dataTransfer?.types.includes("Files")) return;
    event.preventDefault();
    const [file] = event.dataTransfer.files;
    if (event.type === "drop" && file) this.send(this.reader, file);
  }

  // What is pasted behind another text is a text of its own; behind a label ("tags:") it is what that names.
  beginLine() {
    const { value, selectionStart } = this.box;
    if (selectionStart === value.length && /[^\s:]$/.test(value)) this.box.setRangeText("\n", selectionStart, selectionStart, "end");
  }

  // A press while the reading is on its way waits for it.
  onSubmit(event) {
    const { submitter } = event;
    const isReader = READERS.has(submitter?.value);
    if (!isReader && !this.reading) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    if (isReader) this.send(submitter);
    else this.reading.then(() => this.form.requestSubmit(submitter));
  }

  // After what is being read, and after the browser has put into the box what was pasted.
  send(button, file) {
    const reading = Promise.resolve(this.reading)
      .then(() => new Promise((done) => { setTimeout(done); }))
      .then(() => this.read(button, file))
      .finally(() => { if (this.reading === reading) this.reading = null; });
    this.reading = reading;
  }

  async read(button, file) {
    const body = new FormData(this.form, button);
    if (file) body.set("file", file);
    const chosen = this.querySelector("input[type=file]");
    if (!body.get("file")?.size) body.delete("file");
    chosen.value = "";
    const before = this.values;
    this.say(this.box.dataset.reading);
    try {
      if (!navigator.onLine) throw new Error("offline");
      const answer = await fetch(this.form.action, { method: "POST", body, signal: AbortSignal.timeout(GIVES_UP_MS) });
      if (!answer.ok || answer.redirected) throw new Error(answer.status);
      this.fill(new DOMParser().parseFromString(await answer.text(), "text/html"), before);
    } catch {
      this.say(this.box.dataset.failed);
    }
  }

  fill(page, before) {
    const taken = [];
    for (const theirs of page.querySelectorAll("#entry .is-filled [name]")) {
      const { name } = theirs;
      const mine = this.form.querySelector(`[name="${name}"]`);
      const [held, value] = [mine && valueOf(mine), valueOf(theirs)];
      if (!mine || held !== before[name] || held === value) continue;
      const { reader } = theirs.closest(".field").querySelector("[data-reader]")?.dataset ?? {};
      this.filled.set(name, { was: this.filled.get(name)?.was ?? held, is: value, reader });
      set(mine, value);
      mark(mine.closest(".field"), theirs.closest(".field"));
      taken.push(mine);
    }
    this.show(taken);
    document.getElementById("not-placed")?.replaceChildren(...adopted(page.querySelectorAll("#not-placed > *")));
    // What is asked of the text in the box was seen now.
    this.form.querySelector("[name=asked]")?.remove();
    this.form.append(...adopted(page.querySelectorAll("[name=asked]")));
    this.undo.hidden = this.filled.size === 0;
    this.say(page.querySelector("[data-said]")?.textContent.trim() ?? "");
  }

  get values() {
    return Object.fromEntries([...this.form.elements].map((control) => [control.name, valueOf(control)]));
  }

  // What was folded is seen, and whoever listens to a control follows.
  show(controls) {
    for (const each of new Set(controls.map((control) => control.closest("repeat-rows")))) each?.show();
    for (const control of controls) {
      control.closest("details")?.setAttribute("open", "");
      for (const kind of ["input", "change"]) control.dispatchEvent(new Event(kind, { bubbles: true }));
    }
  }

  takeBack() {
    const controls = [];
    for (const [name, { was, is }] of this.filled) {
      const control = this.form.querySelector(`[name="${name}"]`);
      if (valueOf(control) !== is) continue;
      set(control, was);
      controls.push(control);
    }
    for (const control of controls) unmark(control.closest(".field"));
    this.filled.clear();
    this.undo.hidden = true;
    this.show(controls);
    this.say(this.box.dataset.undone);
    this.box.focus();
  }

  onInput(event) {
    const { target } = event;
    const field = target.closest?.(".is-filled");
    const filled = this.filled.get(target.name);
    if (field && filled?.is !== valueOf(target)) unmark(field);
  }

  // A name whose capitals were changed gets those back that it was pasted with.
  onClick(event) {
    const source = event.target.dataset?.asPasted;
    if (source === undefined) return;
    const control = event.target.closest(".field").querySelector("[name]");
    control.value = source;
    control.dispatchEvent(new Event("input", { bubbles: true }));
    control.focus();
  }

  say(words) {
    this.said.textContent = words;
    if (words && words !== this.box.dataset.reading) announce(words);
  }
});

function adopted(elements) {
  return [...elements].map((element) => document.importNode(element, true));
}

// What a control says: of a group of radio buttons, what the group says.
function valueOf(control) {
  if (control.type === "checkbox") return String(control.checked);
  return control.type === "radio" ? control.form.elements[control.name].value : control.value;
}

function set(control, value) {
  if (control.type === "checkbox") control.checked = value !== "false";
  else if (control.type === "radio") control.form.querySelector(`[name="${control.name}"][value="${value}"]`).checked = true;
  else control.value = value;
}

function mark(mine, theirs) {
  unmark(mine);
  const words = theirs.querySelector(".mark");
  mine.classList.add("is-filled");
  if (!words) return;
  mine.append(document.importNode(words, true));
  const control = mine.querySelector("[aria-describedby], input:not([hidden]), select, textarea");
  const described = control.getAttribute("aria-describedby");
  control.setAttribute("aria-describedby", described ? `${described} ${words.id}` : words.id);
}

function unmark(field) {
  field.classList.remove("is-filled");
  const words = field.querySelector(".mark");
  if (!words) return;
  words.remove();
  for (const control of field.querySelectorAll(`[aria-describedby~="${words.id}"]`)) {
    const left = control.getAttribute("aria-describedby").split(" ").filter((id) => id !== words.id);
    if (left.length) control.setAttribute("aria-describedby", left.join(" "));
    else control.removeAttribute("aria-describedby");
  }
}
