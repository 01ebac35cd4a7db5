// Points out a word that was typed into the list inside and is new, but nearly one that is known: another case, accent,
// plural, or a slip of one letter. Fetched when somebody goes to the list; says so in the place of the field's hint, before the list, so that Tab never meets it.
customElements.define("similar-word", class extends HTMLElement {
  connectedCallback() {
    this.suggest = this.querySelector("suggest-values");
    this.chips = this.querySelector("chip-list");
    this.note = this.querySelector("[data-similar]");
    if (!this.suggest || !this.chips || !this.note || this.ready) return;
    this.ready = true;
    this.waiting = [];
    this.suggest.before(this.note);
    const [use, keep] = this.note.querySelectorAll("button");
    use.addEventListener("click", () => this.settle(true));
    keep.addEventListener("click", () => this.settle(false));
    this.addEventListener("words-kept", (event) => this.look(event.detail));
    this.addEventListener("input", () => this.show());
    if (this.chips.ready) this.look(this.chips.items);
  }

  async look(typed) {
    await this.suggest.load();
    for (const word of typed) {
      const known = nearest(word, this.suggest.known, this.suggest.keyOf(word));
      if (known) this.waiting.push({ word, known });
    }
    this.show();
  }

  show() {
    const items = this.chips.items ?? [];
    this.waiting = this.waiting.filter(({ word }) => items.includes(word));
    const [first] = this.waiting;
    this.note.hidden = !first;
    this.classList.toggle("has-similar", Boolean(first));
    if (!first || first === this.shown) return;
    this.shown = first;
    for (const place of this.note.querySelectorAll("[data-typed]")) place.textContent = first.word;
    for (const place of this.note.querySelectorAll("[data-known]")) place.textContent = first.known;
    const said = this.note.querySelector("span").textContent.trim().replace(/\s+/g, " ");
    announce(said);
  }

  settle(isUsed) {
    const { word, known } = this.waiting.shift();
    if (isUsed) this.chips.replace(word, known);
    this.show();
    this.chips.entry.focus();
  }
});

// The known word that this one nearly is; none where it is known itself.
function nearest(word, known, key) {
  if (known.some((each) => each.value === word)) return undefined;
  return (known.find((each) => each.key === key) ?? known.find((each) => singular(each.key) === singular(key) || isSlip(key, each.key)))?.value;
}

function singular(key) {
  return key.length > 3 ? key.replace(/(?:es|s|x)$/, "") : key;
}

// One letter more, fewer or other, or two that changed places. Short words and numbers differ by one for a reason.
function isSlip(one, other) {
  if (Math.min(one.length, other.length) < 4 || Math.abs(one.length - other.length) > 1) return false;
  let start = 0;
  while (start < one.length && one[start] === other[start]) start += 1;
  let end = 0;
  while (end < Math.min(one.length, other.length) - start && one.at(-1 - end) === other.at(-1 - end)) end += 1;
  const [left, right] = [one, other].map((key) => key.slice(start, key.length - end));
  if (/\d/.test(left + right)) return false;
  return (left.length <= 1 && right.length <= 1) || (left.length === 2 && left[0] === right[1] && left[1] === right[0]);
}
