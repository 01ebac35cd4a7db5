// "Create and add another" within the page: the form goes out, and the next one takes its place as soon as the portal has the
// first. What is typed in between is kept and typed into the next form, so that whoever is faster than the portal loses no
// letter, and none of them ends in the form that is on its way. Where that form comes back with something to look at, the
// letters wait for the next one.
const TYPED_INTO = "textarea, input:not([type=radio], [type=checkbox], [type=file], [type=date])";
const CHOSEN = "#entry :is(select, [type=radio], [type=checkbox])";
// As long as the buttons wait, see submit-once.js.
const GIVES_UP_MS = 20000;
// So many forms after each other, then a page of its own: what each leaves behind goes with the page.
const FORMS_MOST = 30;

const AHEAD = "portal-ahead";

let steps = [];
let isOn = false;
// The form from which another page is gone to.
let left = "";
let composedInto = "";
let forms = 0;
let address = location.pathname + location.search;

// The last to hear of it: whoever keeps the form from being sent has done so.
addEventListener("submit", (event) => {
  if (event.defaultPrevented || !event.submitter?.matches("[data-another]")) return;
  event.preventDefault();
  isOn = true;
  send(event.target, event.submitter);
});

async function send(form, submitter) {
  try {
    const body = new URLSearchParams(new FormData(form, submitter));
    const answer = await fetch(form.action, { method: "POST", body, signal: AbortSignal.timeout(GIVES_UP_MS) });
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    forms += 1;
    if (!isLikeThis(page) || (forms > FORMS_MOST && !steps.length && answer.redirected)) leave(form, submitter, answer);
    else show(page, answer.redirected && answer.url);
  } catch {
    // Whether it arrived is not known; the same form sent again makes no second contact.
    isOn = false;
    dispatchEvent(new PageTransitionEvent("pageshow"));
    form.closest("keep-typed")?.say("unanswered", true);
  }
}

// Another page, such as that for signing in, or one of a newer portal.
function isLikeThis(page) {
  const scripts = (of) => [...of.querySelectorAll("script[src]")].map((script) => script.getAttribute("src")).join();
  return Boolean(page.querySelector("main.page-entry")) && scripts(page) === scripts(document);
}

function leave(form, submitter, answer) {
  left = form.elements.form_token.value;
  if (answer.redirected) location.assign(answer.url);
  else {
    form.append(Object.assign(document.createElement("input"), { type: "hidden", name: submitter.name, value: submitter.value }));
    form.submit();
  }
}

function show(page, next) {
  isOn = false;
  // Going back shows what was sent, as after any page.
  dispatchEvent(new Event("beforeunload"));
  if (next) history.pushState(null, "", next);
  address = location.pathname + location.search;
  document.title = page.title;
  for (const part of ["main", ".menu"]) {
    const theirs = page.querySelector(part);
    if (theirs) document.querySelector(part)?.replaceWith(document.importNode(theirs, true));
  }
  dispatchEvent(new PageTransitionEvent("pageshow"));
  scrollTo(0, 0);
  document.querySelector("main [autofocus]")?.focus();
  // As a page would be said that has just come.
  for (const said of document.querySelectorAll("h1, main [data-announce]")) {
    announce(said.textContent);
  }
  if (next) release();
}

addEventListener("popstate", () => {
  if (address === location.pathname + location.search) return;
  // What is in the form now belongs to the place that was left, not to this one.
  const keeper = document.querySelector("keep-typed");
  if (keeper) keeper.isReplaced = true;
  location.reload();
});

addEventListener("pageshow", (event) => {
  if (event.persisted) isOn = false;
  else if (event.isTrusted) takeAlong();
});

addEventListener("pagehide", () => {
  if (left && steps.length) sessionStorage.setItem(AHEAD, JSON.stringify({ owner: ownerHere(), left, steps }));
});

// What was typed on the page before: into the next form, or kept for it where this is the one that was pressed, which comes
// back with something to look at or after signing in. Nowhere else, and nobody else's.
function takeAlong() {
  const before = JSON.parse(sessionStorage.getItem(AHEAD) ?? "{}");
  sessionStorage.removeItem(AHEAD);
  const isNext = new URLSearchParams(location.search).has("after");
  const isSame = before.left === document.getElementById("entry")?.elements.form_token.value;
  if (!before.steps || before.owner !== ownerHere() || !(isNext || isSame)) return;
  steps = before.steps;
  if (isNext) release();
}

function ownerHere() {
  return document.querySelector("keep-typed")?.dataset.owner;
}

addEventListener("keydown", (event) => {
  if (!isOn || !event.isTrusted || event.isComposing) return;
  const step = stepOf(event);
  if (event.key === "Backspace") takeBack();
  else if (!step) return;
  // Held down, or twice with nothing in between, it is one press.
  else if (step.press ? !event.repeat && isAnythingTyped() : !isOfButton(step)) steps.push(step);
  keep(event);
}, { capture: true });

addEventListener("paste", (event) => {
  if (!isOn) return;
  steps.push({ text: event.clipboardData.getData("text/plain"), isPasted: true });
  keep(event);
}, { capture: true });

// What no key stands for: dictation, a panel of emojis, the keyboard of a phone.
addEventListener("beforeinput", (event) => {
  if (!isOn || !event.data || event.isComposing) return;
  steps.push({ text: event.data });
  keep(event);
}, { capture: true });

// A composition can't be kept from the form that is on its way, but be taken out of it again.
addEventListener("compositionstart", ({ target }) => { composedInto = target.value; }, { capture: true });
addEventListener("compositionend", ({ target, data }) => {
  if (!isOn) return;
  steps.push({ text: data });
  target.value = composedInto;
}, { capture: true });

// A click leads to the same control of the next form.
addEventListener("focusin", ({ target }) => {
  if (isOn && target.form?.id === "entry") steps.push({ into: target.id });
});

// What is chosen there by a click is chosen there.
addEventListener("change", ({ target, isTrusted }) => {
  if (isOn && isTrusted && target.matches(CHOSEN)) steps.push({ into: target.id, value: target.value, isChecked: target.checked });
});

function keep(event) {
  event.preventDefault();
  event.stopImmediatePropagation();
}

function stepOf({ key, code, shiftKey, ctrlKey, metaKey, altKey }) {
  if (key === "Enter" && (ctrlKey || metaKey)) return { press: shiftKey ? "[data-another]" : "[data-main]" };
  if (altKey && code === "KeyP") return { key, code, altKey };
  if (ctrlKey || metaKey || altKey) return undefined;
  if (key.length === 1) return { text: key };
  return key === "Tab" || key === "Enter" ? { key, shiftKey } : undefined;
}

// The key that has just pressed the button, once more.
function isOfButton({ key, text }) {
  return !steps.length && (key === "Enter" || text === " ") && !!document.activeElement?.matches("[data-another]");
}

function takeBack() {
  const last = steps.at(-1);
  if (!last?.text) return;
  last.text = [...last.text].slice(0, -1).join("");
  if (!last.text) steps.pop();
}

function isAnythingTyped() {
  return steps.slice(steps.findLastIndex((step) => step.press) + 1).some((step) => step.text);
}

// To the form that is there now, up to where that is sent as well.
function release() {
  const form = document.getElementById("entry");
  while (steps.length) {
    const step = steps.shift();
    if (document.activeElement === document.body) form.elements.first_name.focus();
    const isEnter = !step.press && !isTaken(document.activeElement, step);
    if (step.press || isEnter) {
      form.requestSubmit(form.querySelector(step.press ?? "[data-main]"));
      return;
    }
  }
}

// Whether a control did something with a step; all but Enter, which sends the form from a line of text.
function isTaken(control, step) {
  if (step.into) goInto(document.getElementById(step.into), step);
  else if (step.text && control.matches(TYPED_INTO)) put(control, step);
  else {
    const isFree = press(control, { key: step.text, ...step });
    if (isFree && step.key === "Tab") move(control, step.shiftKey ? -1 : 1);
    return !isFree || step.key !== "Enter" || control.tagName !== "INPUT";
  }
  return true;
}

// A row that was added is folded away in the next form.
function goInto(control, { value, isChecked }) {
  control?.closest("[data-row]")?.removeAttribute("hidden");
  control?.focus();
  if (value === undefined || !control) return;
  if (control.tagName === "SELECT") control.value = value;
  else control.checked = isChecked;
  control.dispatchEvent(new Event("change", { bubbles: true }));
}

function press(control, step) {
  return control.dispatchEvent(new KeyboardEvent("keydown", { ...step, bubbles: true, cancelable: true }));
}

function put(control, { text, isPasted }) {
  const lines = control.closest("chip-list") ? ", " : " ";
  const line = control.tagName === "INPUT" ? text.replace(/[\r\n]+/g, lines) : text;
  control.setRangeText(line, control.selectionStart, control.selectionEnd, "end");
  control.dispatchEvent(new Event("input", { bubbles: true }));
  if (isPasted) control.dispatchEvent(new Event("paste", { bubbles: true }));
}

function move(control, step) {
  control.dispatchEvent(new Event("change", { bubbles: true }));
  const reached = [...document.querySelectorAll("main :is(a[href], button, input, select, textarea, summary)")].filter((each) =>
    each === control || (each.tabIndex >= 0 && each.checkVisibility() && (each.type !== "radio" || each.checked)));
  reached[reached.indexOf(control) + step]?.focus();
}
