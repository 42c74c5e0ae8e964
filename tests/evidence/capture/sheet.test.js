import assert from "node:assert/strict";
import { test } from "node:test";

import "./globals.js";
import { Sheet, moment } from "../../../trigpoint/evidence/static/evidence/capture/sheet.js";

/* A form of one part that is answered up to three times, and one long question, as far as a sheet looks at it. */
function form() {
  const times = [1, 2, 3].flatMap((time) => [
    { name: `answer.task.${time}.busy`, type: "radio", value: "yes", checked: false },
    { name: `answer.task.${time}.count`, type: "number", value: "" },
    { name: `answer.task.${time}.seen`, type: "textarea", tagName: "TEXTAREA", value: "" },
  ]);
  const fields = [...times, { name: "answer.focus", type: "text", value: "Mine" }, { name: "answer.aim", type: "textarea", tagName: "TEXTAREA", value: "Mine" }];
  const part = { dataset: { repeats: "task" }, querySelectorAll: () => [1, 2, 3] };
  return { fields, querySelectorAll: (wanted) => (wanted === "[data-repeats]" ? [part] : fields) };
}

test("keeping both fills every field of a part that was answered several times", () => {
  const page = form();
  const sheet = new Sheet(page, { children: [] }, { value: "" });

  sheet.addBoth({ notes: [], answers: { task: [{ busy: true, count: 4, seen: "Here" }, { busy: true, count: 7, seen: "There" }], focus: "Ours", aim: "Mine\n\nTheirs" } });

  const now = Object.fromEntries(page.fields.map((field) => [field.name.slice("answer.".length), field.type === "radio" ? field.checked : field.value]));
  assert.deepEqual(now, {
    "task.1.busy": true, "task.1.count": "4", "task.1.seen": "Here",
    "task.2.busy": true, "task.2.count": "7", "task.2.seen": "There",
    "task.3.busy": false, "task.3.count": "", "task.3.seen": "",
    focus: "Mine", aim: "Mine\n\nTheirs",
  });
});

test("a device whose clock was reset gives a note no time, rather than one nobody takes", () => {
  assert.equal(moment(new Date(0)), null);
  assert.equal(moment(new Date("2025-11-12T11:00:00Z")), "2025-11-12T11:00:00.000Z");
});

/* As much of a page as the list of what is carried needs. */
function carriedList() {
  const holder = () => ({ children: [], replaceChildren(...children) { this.children = children; } });
  const list = holder();
  const item = () => {
    const [box, words] = [{ checked: false }, holder()];
    return { dataset: {}, box, words, querySelector: (wanted) => (wanted === "input" ? box : words) };
  };
  const places = { "carried-list": list, carried: {}, "carried-template": { content: { firstElementChild: { cloneNode: item } } } };
  globalThis.document = { getElementById: (id) => places[id], createElement: () => ({}) };
  return list;
}

test("what a page has no place for is listed, and goes once it is taken out", () => {
  const list = carriedList();
  const page = { elements: [], dataset: {}, querySelectorAll: () => [], querySelector: () => null };
  const sheet = new Sheet(page, { children: [], replaceChildren() {} }, { value: "" });
  const said = { answers: { focus: "Fractions" }, look_fors: { l: "PARTLY" }, lines: ["e"], standards: ["s"], observed_id: "p", notes: [] };
  const carried = () => { const { answers, look_fors, lines, standards, observed_id } = sheet.content(); return { answers, look_fors, lines, standards, observed_id, notes: [] }; };

  sheet.fill(said);

  assert.deepEqual(list.children.flatMap((item) => item.words.children.map((line) => line.textContent)), [
    "focus: Fractions", "Person: somebody this form no longer names", "A line of enquiry the review no longer has",
    "A standard this form no longer offers", "A look-for this form no longer has: partly seen",
  ]);
  assert.deepEqual(carried(), said);
  list.children.forEach((item) => { item.box.checked = true; });
  assert.deepEqual(carried(), { answers: {}, look_fors: {}, lines: [], standards: [], observed_id: null, notes: [] });
});
