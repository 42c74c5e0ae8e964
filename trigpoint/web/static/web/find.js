/* A long list is searched by typing: the WAI-ARIA combobox with a list box, chosen by hand.
   The native <select> keeps the answer, and is the field where this file does not run. */

const LONG = 12; // options; shorter lists are read quicker than searched
const SHOWN = 50; // at once
const finders = new Set();

/* Accents, capitals and signs make no difference. */
function words(text) { return text.normalize("NFD").replace(/[\p{M}'’]/gu, "").toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? []; }
function same(one, other) { return words(one).join(" ") === words(other).join(" "); }

function add(parent, tag, attributes, text = "") {
  const element = document.createElement(tag);
  Object.entries(attributes).forEach(([name, value]) => element.setAttribute(name, value));
  element.textContent = text;
  parent.append(element);
  return element;
}

class Finder {
  constructor(select) {
    this.select = select;
    this.none = [...select.options].find((option) => option.value === "");
    this.all = [...select.options].filter((option) => option !== this.none).map((option) => {
      const group = option.parentElement.label ?? "";
      return { option, group, text: option.text.trim(), words: words(`${option.text} ${group}`) };
    });
    this.matches = this.all;
    this.active = -1;
    this.draw();
    this.listen();
    this.show();
  }

  draw() {
    const { select } = this;
    const { id } = select;
    const box = document.createElement("div");
    box.className = "tp-find";
    select.replaceWith(box);
    this.field = add(box, "input", {
      id, type: "text", class: "form-select", role: "combobox", autocomplete: "off", spellcheck: "false",
      placeholder: `${(this.none?.text ?? "Choose").replace(/\s*…$/, "")} (type to search)`,
      "aria-autocomplete": "list", "aria-expanded": "false", "aria-controls": `${id}-list`,
    });
    this.drop = add(box, "div", { class: "tp-find-drop", hidden: "" });
    this.list = add(this.drop, "ul", { id: `${id}-list`, role: "listbox", "aria-label": "Choices" });
    this.foot = add(this.drop, "p", { "aria-hidden": "true" });
    this.status = add(box, "span", { class: "visually-hidden", role: "status" });
    this.wrong = add(box, "div", { id: `${id}-unknown`, class: "invalid-feedback", role: "alert" });
    select.removeAttribute("id");
    select.hidden = true;
    box.append(select);
  }

  listen() {
    this.field.addEventListener("input", () => { this.complain(""); this.open(this.field.value); });
    this.field.addEventListener("click", () => { if (this.isOpen) { this.close(); } else { this.field.select(); this.open(""); } });
    this.field.addEventListener("blur", () => this.settle());
    this.field.addEventListener("keydown", (event) => this.press(event));
    this.list.addEventListener("mousedown", (event) => event.preventDefault()); // the field keeps the focus
    this.list.addEventListener("click", (event) => {
      const item = event.target.closest("[role='option']");
      if (item) { this.choose(this.matches[[...this.list.children].indexOf(item)].option); }
    });
  }

  get chosen() { return this.all.find((one) => one.option.selected); }
  get isOpen() { return !this.drop.hidden; }

  show() {
    this.field.value = this.chosen?.text ?? "";
    this.complain("");
  }

  complain(of) {
    this.field.toggleAttribute("data-unknown", Boolean(of));
    this.wrong.textContent = of;
    this.describe("aria-invalid", of ? "true" : this.select.getAttribute("aria-invalid"));
    const described = this.select.getAttribute("aria-describedby");
    this.describe("aria-describedby", of ? `${described ?? ""} ${this.wrong.id}`.trim() : described);
  }

  describe(name, value) {
    if (value) { this.field.setAttribute(name, value); } else { this.field.removeAttribute(name); }
  }

  open(typed) {
    const wanted = words(typed);
    this.matches = this.all.filter((one) => wanted.every((start) => one.words.some((word) => word.startsWith(start))));
    this.list.replaceChildren();
    this.matches.slice(0, SHOWN).forEach((one, number) => {
      const item = add(this.list, "li", { id: `${this.field.id}-${number}`, role: "option", "aria-selected": String(one.option.selected) }, one.text);
      if (one.group) { add(item, "small", {}, ` ${one.group}`); }
    });
    this.list.hidden = !this.matches.length;
    this.drop.hidden = false;
    this.field.setAttribute("aria-expanded", "true");
    this.foot.textContent = this.status.textContent = this.count;
    this.move(-1);
  }

  get count() {
    const number = this.matches.length;
    if (!number) { return "None found. Try fewer letters."; }
    return number > SHOWN ? `The first ${SHOWN} of ${number}. Type more letters to find the others.` : `${number} found`;
  }

  close() {
    this.drop.hidden = true;
    this.status.textContent = "";
    this.field.setAttribute("aria-expanded", "false");
    this.move(-1);
  }

  move(to) {
    const items = [...this.list.children];
    this.active = items.length ? to : -1;
    items.forEach((item, number) => item.classList.toggle("is-active", number === this.active));
    if (this.active < 0) { this.field.removeAttribute("aria-activedescendant"); return; }
    this.field.setAttribute("aria-activedescendant", items[this.active].id);
    items[this.active].scrollIntoView({ block: "nearest" });
  }

  step(by) {
    if (!this.isOpen) { this.open(""); }
    const last = this.list.children.length - 1;
    const to = this.active < 0 && by < 0 ? last : this.active + by;
    this.move(to > last ? 0 : to < 0 ? last : to);
  }

  press(event) {
    const by = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (by) {
      event.preventDefault();
      this.step(by);
    } else if (event.key === "Enter" && this.isOpen) {
      event.preventDefault();
      if (this.active >= 0) { this.choose(this.matches[this.active].option); } else { this.settle(); }
    } else if (event.key === "Escape" && (this.isOpen || this.field.hasAttribute("data-unknown"))) {
      event.stopPropagation();
      this.close();
      this.show();
    }
  }

  choose(option) {
    const isNew = option && !option.selected;
    if (option) { option.selected = true; }
    this.close();
    this.show();
    if (isNew) { this.select.dispatchEvent(new Event("change", { bubbles: true })); }
  }

  /* On leaving: the only match is meant, and nothing means none. Anything else is said, not dropped. */
  settle() {
    const typed = this.field.value;
    if (!typed.trim()) { this.choose(this.none); return; }
    if (same(typed, this.chosen?.text ?? "")) { this.choose(this.chosen.option); return; }
    this.open(typed);
    const exact = this.matches.filter((one) => same(one.text, typed));
    const meant = exact.length ? exact : this.matches;
    if (meant.length === 1) { this.choose(meant[0].option); return; }
    this.close();
    const many = meant.length ? "fits more than one" : "is not in the list";
    this.complain(`“${typed.trim()}” ${many}. Choose one from the list.`);
  }
}

function findIn(part) {
  part.querySelectorAll("select.form-select:not([data-tp-submit], [multiple])").forEach((select) => {
    if (select.id && select.options.length > LONG) { finders.add(new Finder(select)); }
  });
}

findIn(document);
document.addEventListener("htmx:load", (event) => findIn(event.target));
window.addEventListener("pageshow", () => finders.forEach((finder) => finder.show())); // what the browser put back
document.addEventListener("submit", (event) => {
  const unknown = event.target.querySelector("[data-unknown]");
  if (unknown) { event.preventDefault(); event.stopPropagation(); unknown.focus(); }
}, true);
