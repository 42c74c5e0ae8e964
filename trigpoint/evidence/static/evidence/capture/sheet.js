/* The form of one record: what it says as data, and data put back into it. */

import { plain } from "./canonical.js";
import { answerTold, local, spelt, told } from "./telling.js";

const PLAIN = ["title", "subject", "year_groups", "group_described", "budget_reason"];
const COUNTS = ["minutes", "group_size"];
const SEEN = { SEEN: "seen", PARTLY: "partly seen", NOT_SEEN: "not seen" };
const PLACELESS = { // what stands elsewhere than among the questions, in words, where the page has no place for it
  observed_id: () => "Person: somebody this form no longer names",
  lines: () => "A line of enquiry the review no longer has",
  standards: () => "A standard this form no longer offers",
  look_fors: (seen) => `A look-for this form no longer has: ${SEEN[seen] ?? seen}`,
};

/* This moment; none where the device's clock is plainly wrong. */
export function moment(now = new Date()) {
  return now.getFullYear() < 2000 || now.getFullYear() > 2100 ? null : now.toISOString();
}

export class Sheet {
  constructor(form, list, composer) {
    Object.assign(this, { form, list, composer });
    this.composing = this.fresh();
    this.labelled = {}; // questions this form does not ask, as another form did
    this.carried = { answers: {}, look_fors: {}, lines: [], standards: [], observed_id: null };
  }

  fresh() { return { key: crypto.randomUUID(), at: null, lookFors: new Set() }; }

  #field(name) { return this.form.elements[name]; }

  #value(name) { return this.#field(name)?.value ?? ""; }

  #number(name) {
    const text = this.#value(name).trim();
    return text === "" ? null : Number(text);
  }

  #checked(name) { return [...this.form.querySelectorAll(`[name="${name}"]:checked`)].map((box) => box.value); }

  get kind() { return this.form.querySelector("[name='new.kind']:checked").value; }

  get items() { return [...this.list.children]; }

  part(item, name) { return item.querySelector(`[name="note.${item.dataset.note}.${name}"]`); }

  /* Reading ------------------------------------------------------------------ */

  notes() {
    const written = this.items.filter((item) => !this.part(item, "gone").checked).map((item) => ({
      key: item.dataset.note, text: this.part(item, "text").value, kind: this.part(item, "kind").value,
      noted_at: this.part(item, "at").value || null, look_fors: this.part(item, "look_fors").value.split(" ").filter(Boolean),
    }));
    if (this.composer.value.trim()) {
      const { key, at, lookFors } = this.composing;
      written.push({ key, text: this.composer.value, kind: this.kind, noted_at: at, look_fors: [...lookFors] });
    }
    return written;
  }

  answers() {
    const given = {};
    this.#asked().forEach((field) => {
      if ((field.type === "checkbox" || field.type === "radio") ? !field.checked : field.value.trim() === "") { return; }
      const { part, time, key } = placeOf(field);
      const place = part ? ((given[part] ??= [])[time - 1] ??= {}) : given;
      if (field.type === "checkbox") { (place[key] ??= []).push(field.value); } else { place[key] = field.value; }
    });
    this.#repeating().forEach((box) => { // a time in which nothing was answered was none
      const { repeats } = box.dataset;
      if (given[repeats]) { given[repeats] = given[repeats].filter(Boolean); }
    });
    return given;
  }

  marks() {
    const fields = [...this.form.elements].filter((field) => field.name.startsWith("look_for.") && field.value);
    return Object.fromEntries(fields.map((field) => [field.name.slice("look_for.".length), field.value]));
  }

  content() {
    const placed = this.form.dataset;
    const carried = this.#stillCarried();
    return plain({
      activity_id: placed.activity || null, academy_id: placed.academy || null, review_id: placed.review || null,
      kind: placed.kind, team_id: placed.team || null, level_id: placed.level || null,
      ...Object.fromEntries(PLAIN.map((name) => [name, this.#value(name)])),
      ...Object.fromEntries(COUNTS.map((name) => [name, this.#number(name)])),
      observed_at: this.#value("observed_at") || null, observed_id: this.#value("observed") || carried.observed_id,
      is_private: this.#checked("is_private").length > 0,
      lines: [...this.#checked("lines"), ...carried.lines], standards: [...this.#checked("standards"), ...carried.standards],
      answers: { ...carried.answers, ...this.answers() }, look_fors: { ...carried.look_fors, ...this.marks() }, notes: this.notes(),
    });
  }

  /* Writing ------------------------------------------------------------------ */

  /* Put everything a record says into the form, in place of what stands there. */
  fill(said, labels = {}) {
    this.labelled = labels;
    [...PLAIN, ...COUNTS].forEach((name) => this.#set(name, said[name] ?? ""));
    this.#set("observed", said.observed_id ?? "");
    if (said.observed_at) { this.#set("observed_at", local(said.observed_at)); }
    ["lines", "standards"].forEach((name) => this.#tick(name, said[name]));
    this.#tick("is_private", said.is_private ? ["on"] : []);
    this.#makeRounds(said.answers);
    this.#asked().forEach((field) => this.#answer(field, answerTo(field, said.answers)));
    [...this.form.elements].filter((field) => field.name.startsWith("look_for.")).forEach((field) => {
      field.value = said.look_fors[field.name.slice("look_for.".length)] ?? "";
    });
    this.list.replaceChildren();
    said.notes.forEach((note) => this.add(note));
    this.#carry(said);
  }

  /* What this page has no field for (its form was published anew meanwhile) goes on, until it is taken out. */
  #carry(said) {
    const keys = new Set(this.#asked().map((field) => placeOf(field).part ?? placeOf(field).key));
    const boxes = (name) => new Set([...this.form.querySelectorAll(`[name="${name}"]`)].map((box) => box.value));
    const without = (all, known) => Object.fromEntries(Object.entries(all).filter(([key]) => !known(key)));
    this.carried = {
      answers: without(said.answers, (key) => keys.has(key)),
      look_fors: without(said.look_fors, (key) => Boolean(this.form.elements[`look_for.${key}`])),
      lines: said.lines.filter((one) => !boxes("lines").has(one)), standards: said.standards.filter((one) => !boxes("standards").has(one)),
      observed_id: this.#value("observed") === (said.observed_id ?? "") ? null : said.observed_id,
    };
    this.#showEarlier();
  }

  /* What is carried, without what was taken out; a page put by before there was a list of it keeps all. */
  #stillCarried() {
    const list = document.getElementById("carried-list");
    if (!list) { return this.carried; }
    const kept = [...list.children].filter((item) => !item.querySelector("input").checked);
    const of = (place) => kept.filter((item) => (item.dataset.place ?? "answers") === place).map((item) => [item.dataset.carried, JSON.parse(item.dataset.answer)]);
    const keys = (place) => of(place).map(([key]) => key);
    return { answers: Object.fromEntries(of("answers")), look_fors: Object.fromEntries(of("look_fors")), lines: keys("lines"), standards: keys("standards"), observed_id: keys("observed_id")[0] ?? null };
  }

  #showEarlier() {
    const list = document.getElementById("carried-list");
    if (!list) { return; }
    const drawn = new Map([...list.children].map((item) => [item.dataset.carried, item])); // by the server, in the words of the form that asked
    const answers = Object.entries(this.carried.answers).map(([key, answer]) => {
      const item = drawn.get(key);
      return item && JSON.stringify(JSON.parse(item.dataset.answer)) === JSON.stringify(answer) ? item : this.#earlierOne({ carried: key, answer }, answerTold(key, answer, this.#asks));
    });
    list.replaceChildren(...answers, ...this.#placeless());
    document.getElementById("carried").hidden = !list.children.length;
  }

  #placeless() {
    const { lines, standards, look_fors, observed_id } = this.carried;
    const held = { observed_id: [observed_id].filter(Boolean), lines, standards, look_fors: Object.keys(look_fors) };
    return Object.entries(held).flatMap(([place, keys]) => keys.map((key) => {
      const answer = place === "look_fors" ? look_fors[key] : key;
      return this.#earlierOne({ carried: key, place, answer }, [PLACELESS[place](answer)]);
    }));
  }

  #earlierOne({ answer, ...facts }, lines) {
    const item = document.getElementById("carried-template").content.firstElementChild.cloneNode(true);
    Object.assign(item.dataset, facts, { answer: JSON.stringify(answer) });
    item.querySelector("input").name = `carried.${facts.carried}.gone`;
    const words = lines.map((text) => Object.assign(document.createElement("p"), { textContent: text }));
    item.querySelector("[data-cap='words']").replaceChildren(...words);
    return item;
  }

  /* Everything a content says, a line each, in the words of this page: for laying two beside each other. */
  told(said) { return told(said, { asked: this.#asks, person: (id) => this.#person(id), chosen: (name, values) => values.map((value) => this.#choice(name, value)), marks: (marks) => this.#marksTold(marks) }); }

  /* The questions of what is answered, as this form asks them: another form may not ask them any more. */
  labels(answers) {
    const inner = Object.entries(answers).flatMap(([key, rounds]) => [rounds].flat().filter((round) => typeof round === "object").flatMap((round) => Object.keys(round).map((one) => [one, this.#asks(key, 1, one)])));
    return { ...this.labelled, ...Object.fromEntries([...Object.keys(answers).map((key) => [key, this.#asks(key)]), ...inner].filter(([key, label]) => label !== key)) };
  }

  #asks = (key, time, inner) => this.#label(inner ? `answer.${key}.${time}.${inner}` : `answer.${key}`) || (inner && this.#label(`answer.${key}.1.${inner}`)) || (this.labelled[inner ?? key] ?? inner ?? key);

  #label(name) { return this.form.querySelector(`[name="${name}"]`)?.closest(".tp-field, div")?.querySelector("legend, .form-label, label")?.firstChild.textContent.trim() ?? ""; }

  #choice(name, value) { return this.form.querySelector(`[name="${name}"][value="${value}"]`)?.closest("label")?.textContent.trim() ?? value; }

  #person(id) { return [...(this.form.elements.observed?.options ?? [])].find((option) => option.value === id)?.textContent ?? "somebody not listed here"; }

  #marksTold(marks) {
    return Object.entries(marks).map(([key, seen]) => {
      const field = this.form.elements[`look_for.${key}`];
      return `${field?.getAttribute("aria-label").replace("Seen? ", "") ?? "A look-for"}: ${[...(field?.options ?? [])].find((option) => option.value === seen)?.textContent ?? seen}`;
    });
  }

  #set(name, value) {
    const field = this.#field(name);
    if (field) { field.value = value; }
  }

  #tick(name, values) {
    this.form.querySelectorAll(`[name="${name}"]`).forEach((box) => { box.checked = values.includes(box.value); });
  }

  #answer(field, answer) {
    const given = (Array.isArray(answer) ? answer : [answer ?? ""]).map(spelt);
    if (field.type === "checkbox" || field.type === "radio") { field.checked = given.includes(field.value); } else { field.value = given[0] ?? ""; }
  }

  add({ key, text, kind, noted_at, look_fors }) {
    const item = document.getElementById("note-template").content.firstElementChild.cloneNode(true);
    item.dataset.note = key;
    item.querySelectorAll("[name^='note.']").forEach((field) => { field.name = field.name.replace("note..", `note.${key}.`); });
    Object.entries({ text, kind, at: noted_at ?? "", look_fors: look_fors.join(" ") }).forEach(([name, words]) => { this.part(item, name).value = words; });
    this.list.append(item);
    return item;
  }

  /* Put what only the stored version says beside what stands on this screen. */
  addBoth(both) {
    const here = new Set([this.composing.key, ...this.items.map((item) => item.dataset.note)]);
    both.notes.filter((note) => !here.has(note.key)).forEach((note) => this.add(note));
    this.#makeRounds(both.answers);
    this.#asked().forEach((field) => {
      const [{ part }, answer] = [placeOf(field), answerTo(field, both.answers)];
      if (part ? both.answers[part] : field.tagName === "TEXTAREA" && typeof answer === "string") { this.#answer(field, answer); } // of a part that repeats there are all times of both
    });
  }

  /* Conditions and repeats ----------------------------------------------------- */

  #asked() { return [...this.form.querySelectorAll("[name^='answer.']")]; }

  #repeating() { return [...this.form.querySelectorAll("[data-repeats]")]; }

  /* Ask what the answers lead to, and one more time what repeats. */
  follow() {
    this.#repeating().forEach((box) => {
      const last = [...box.querySelectorAll("[data-round]")].at(-1);
      if (this.#isAnswered(last)) { this.#addRound(box); }
    });
    this.form.querySelectorAll("[data-follows]").forEach((box) => {
      const chosen = [...this.form.querySelectorAll(`[name="${box.dataset.follows}"]`)];
      const given = chosen.filter((field) => field.checked || !["radio", "checkbox"].includes(field.type)).map((field) => field.value);
      box.hidden = !box.dataset.anyOf.split(" ").some((value) => given.includes(value));
    });
  }

  #isAnswered(round) {
    return [...round.querySelectorAll("[name^='answer.']")].some((field) => field.checked || (!["radio", "checkbox"].includes(field.type) && field.value.trim() !== ""));
  }

  #makeRounds(answers) {
    this.#repeating().forEach((box) => {
      const wanted = (answers[box.dataset.repeats]?.length ?? 0) + 1;
      while (box.querySelectorAll("[data-round]").length < wanted && this.#addRound(box));
    });
  }

  /* One time more, if the form has room for it: the last one again, empty and numbered on. */
  #addRound(box) {
    const last = [...box.querySelectorAll("[data-round]")].at(-1);
    const [was, now] = [Number(last.dataset.round), Number(last.dataset.round) + 1];
    if (now > Number(box.dataset.most)) { return false; }
    const round = last.cloneNode(true);
    round.dataset.round = now;
    const key = box.dataset.repeats;
    round.querySelectorAll("*").forEach((part) => ["name", "id", "for", "aria-describedby", "data-follows"].filter((name) => part.hasAttribute(name)).forEach((name) => {
      part.setAttribute(name, part.getAttribute(name).replace(`${key}.${was}.`, `${key}.${now}.`).replace(`${key}-${was}-`, `${key}-${now}-`));
    }));
    round.querySelector(".tp-round").textContent = last.querySelector(".tp-round").textContent.replace(String(was), String(now));
    last.after(round);
    round.querySelectorAll("[name^='answer.']").forEach((field) => this.#answer(field, undefined));
    return true;
  }
}

/* Which answer a field holds: answer.<question>, or answer.<part>.<time>.<question> where a part repeats. */
function placeOf(field) {
  const [, first, time, key] = field.name.split(".");
  return key ? { part: first, time: Number(time), key } : { part: null, key: first };
}

function answerTo(field, answers) {
  const { part, time, key } = placeOf(field);
  return part ? answers[part]?.[time - 1]?.[key] : answers[key];
}
