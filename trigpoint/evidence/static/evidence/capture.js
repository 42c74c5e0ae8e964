/* Writing evidence: everything typed is kept on the server 800 ms after the last change.
   The page's form is the whole state; this reads it, sends it, and says on screen where it is.
   Without this file the same form posts itself. */

const PAUSE = 800; // ms after the last change
const RETRY = 5000; // ms until it is tried again when the server was not reached
const form = document.getElementById("record");
const page = document.getElementById("capture");
const stateLine = document.getElementById("state");
const noteList = document.getElementById("notes");
const composer = document.getElementById("new-text");
const token = () => document.querySelector("meta[name='csrf-token']").content;

let revision = Number(form.elements.base_revision.value) || null;
let composing = fresh();
let timer = null;
let sending = null;
let changes = 0; // counts changes made
let kept = 0; // the change up to which the server has everything
let stopped = false; // a conflict waits for its answer

function fresh() { return { key: crypto.randomUUID(), at: null, lookFors: new Set() }; }
function clock(date) { return date.toLocaleTimeString("en-GB", { hour: "2-digit", minute: "2-digit", timeZone: "Europe/London" }); }
function value(name) { const field = form.elements[name]; return field ? field.value.trim() : ""; }
function number(name) { const text = value(name); return text === "" ? null : Number.parseInt(text, 10); }
function checked(name) { return [...form.querySelectorAll(`[name="${name}"]:checked`)].map((box) => box.value); }

/* What the form says ------------------------------------------------------ */

function notes() {
  const written = [...noteList.children].filter((item) => !item.querySelector("[name$='.gone']").checked).map((item) => {
    const key = item.dataset.note;
    const field = (part) => item.querySelector(`[name="note.${key}.${part}"]`).value;
    return { key, text: field("text"), kind: field("kind"), noted_at: field("at") || null, look_fors: field("look_fors").split(" ").filter(Boolean) };
  });
  if (composer.value.trim()) {
    written.push({ key: composing.key, text: composer.value.trim(), kind: kindChosen(), noted_at: composing.at, look_fors: [...composing.lookFors] });
  }
  return written;
}

function answers() {
  const given = {};
  form.querySelectorAll("[name^='answer.']").forEach((field) => {
    const key = field.name.slice("answer.".length);
    if (field.type === "checkbox") {
      if (field.checked) { (given[key] ??= []).push(field.value); }
    } else if ((field.type !== "radio" || field.checked) && field.value.trim() !== "") {
      given[key] = field.value;
    }
  });
  return given;
}

function lookForMarks() {
  const marks = {};
  [...form.elements].filter((field) => field.name.startsWith("look_for.") && field.value).forEach((field) => {
    marks[field.name.slice("look_for.".length)] = field.value;
  });
  return marks;
}

function content() {
  const placed = form.dataset;
  return {
    activity_id: placed.activity || null, academy_id: placed.academy || null, review_id: placed.review || null,
    kind: placed.kind, team_id: placed.team || null, level_id: placed.level || null,
    title: value("title"), subject: value("subject"), year_groups: value("year_groups"),
    group_described: value("group_described"), group_size: number("group_size"), minutes: number("minutes"),
    observed_at: value("observed_at") || null, observed_id: value("observed") || null,
    budget_reason: value("budget_reason"), is_private: checked("is_private").length > 0,
    lines: checked("lines"), standards: checked("standards"),
    answers: answers(), look_fors: lookForMarks(), notes: notes(),
  };
}

/* Where it is ------------------------------------------------------------- */

function icon(name) {
  const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
  svg.setAttribute("class", "tp-icon");
  svg.setAttribute("aria-hidden", "true");
  const sprite = page.querySelector("use").getAttribute("href").split("#")[0];
  const use = document.createElementNS("http://www.w3.org/2000/svg", "use");
  use.setAttribute("href", `${sprite}#i-${name}`);
  svg.append(use);
  return svg;
}

function show(place, kind, name, words) {
  const line = document.createElement("span");
  line.textContent = words;
  place.className = place.className.replace(/ ?tp-deliv--(ok|local|bad)/g, "") + (kind ? ` tp-deliv--${kind}` : "");
  place.replaceChildren(icon(name), line);
}

function say(kind, name, words) { show(stateLine, kind, name, words); }

function markNotes(kind, name, words, onlyUnkept) {
  noteList.querySelectorAll(".tp-note").forEach((item) => {
    if (!onlyUnkept || item.dataset.changed) { show(item.querySelector("[data-cap='state']"), kind, name, words); }
  });
}

/* Sending ------------------------------------------------------------------ */

function changed(item) {
  changes += 1;
  if (item) { item.dataset.changed = "1"; }
  if (!stopped) { say("local", "device-tablet", "Not saved yet"); }
  markNotes("local", "device-tablet", "Not saved yet", true);
  clearTimeout(timer);
  timer = setTimeout(flush, PAUSE);
}

async function flush() {
  clearTimeout(timer);
  if (sending) { await sending; }
  if (stopped || (kept === changes && revision)) { return !stopped; }
  sending = send();
  const saved = await sending;
  sending = null;
  return saved;
}

function put(mine) {
  return fetch(form.dataset.api, {
    method: "PUT",
    headers: { "Content-Type": "application/json", "X-CSRFToken": token() },
    body: JSON.stringify({ content: mine, base_revision: revision }),
  });
}

/* Signing in again, in another tab, makes this page's token an old one: take the new one. */
async function renewed() {
  const answer = await fetch(location.href);
  if (!answer.ok || answer.redirected) { return false; }
  const now = new DOMParser().parseFromString(await answer.text(), "text/html").querySelector("meta[name='csrf-token']").content;
  document.querySelector("meta[name='csrf-token']").content = now;
  document.querySelectorAll("[name='csrfmiddlewaretoken']").forEach((field) => { field.value = now; });
  return true;
}

async function send() {
  const upTo = changes;
  const mine = content();
  say("", "cloud-up", "Saving");
  let answer;
  try {
    answer = await put(mine);
    if (answer.status === 403 && await renewed()) { answer = await put(mine); }
  } catch {
    return again("we could not reach Trigpoint. It will be tried again; keep this page open.");
  }
  const body = await answer.json().catch(() => ({}));
  if (answer.ok) { return received(body, upTo); }
  if (answer.status === 409 && body.current) { conflict(mine, body.current); return false; }
  if (answer.status >= 500) { return again("that is our fault. It will be tried again; keep this page open."); }
  // A role that ended is said in the answer; with no words, or a token that is no longer good, one is signed out.
  const signedOut = answer.status === 401 || (answer.status === 403 && /^(CSRF|$)/.test(body.detail || ""));
  say("bad", "alert-triangle", `Not saved: ${signedOut ? "you are signed out. Sign in again in another tab, then go on here." : body.detail || "check what you typed."}`);
  return false;
}

function again(words) {
  say("bad", "wifi-off", `Not saved: ${words}`);
  timer = setTimeout(flush, RETRY);
  return false;
}

function received(receipt, upTo) {
  const at = clock(new Date());
  revision = receipt.revision;
  form.elements.base_revision.value = revision;
  kept = upTo;
  if (kept === changes) {
    say("ok", "cloud-check", `Saved at ${at}`);
    markNotes("ok", "cloud-check", `Saved ${at}`, true);
    noteList.querySelectorAll("[data-changed]").forEach((item) => delete item.dataset.changed);
  }
  return true;
}

/* Two versions -------------------------------------------------------------- */

function lines(said) {
  return [said.title || "Untitled", ...said.notes.map((note) => note.text), ...Object.values(said.answers).map(String)];
}

/* Draw one version; what the other one does not say stands in bold. */
function version(place, said, other) {
  const list = document.createElement("ul");
  list.className = "tp-bullets";
  const shared = new Set(lines(other));
  lines(said).forEach((text) => {
    const item = document.createElement("li");
    const words = document.createElement(shared.has(text) ? "span" : "strong");
    words.textContent = text;
    item.append(words);
    list.append(item);
  });
  place.replaceChildren(list);
}

/* Put what only the stored version says beside what stands on this screen. */
function keepBoth(both) {
  const here = new Set([composing.key, ...[...noteList.children].map((item) => item.dataset.note)]);
  both.notes.filter((note) => !here.has(note.key)).forEach((note) => {
    addItem(note.key, { text: note.text, kind: note.kind, at: note.noted_at || "", look_fors: note.look_fors.join(" ") });
  });
  Object.entries(both.answers).forEach(([key, text]) => {
    const field = form.elements[`answer.${key}`];
    if (field && field.tagName === "TEXTAREA") { field.value = text; }
  });
  count();
}

function conflict(mine, current) {
  stopped = true;
  const box = document.getElementById("conflict");
  version(document.getElementById("conflict-mine"), mine, current.content);
  version(document.getElementById("conflict-stored"), current.content, mine);
  box.hidden = false;
  say("bad", "alert-triangle", "Not saved: changed somewhere else");
  document.getElementById("conflict-h").focus();
  const goOn = () => {
    revision = current.revision;
    box.hidden = true;
    stopped = false;
    changed();
    flush();
    stateLine.tabIndex = -1;
    stateLine.focus(); // the button that was pressed is gone
  };
  document.getElementById("keep-mine").onclick = goOn;
  document.getElementById("keep-both").onclick = () => { keepBoth(current.both); goOn(); };
  document.getElementById("keep-stored").onclick = () => { kept = changes; location.reload(); };
}

/* Notes ---------------------------------------------------------------------- */

function kindChosen() { return form.querySelector("[name='new.kind']:checked").value; }

function addItem(key, said) {
  const item = document.getElementById("note-template").content.firstElementChild.cloneNode(true);
  item.dataset.note = key;
  item.querySelectorAll("[name^='note.']").forEach((field) => { field.name = field.name.replace("note..", `note.${key}.`); });
  Object.entries(said).forEach(([part, words]) => { item.querySelector(`[name="note.${key}.${part}"]`).value = words; });
  noteList.append(item);
  draw(item);
  return item;
}

function addNote() {
  const text = composer.value.trim();
  if (!text) { composer.focus(); return; }
  const item = addItem(composing.key, {
    text, kind: kindChosen(), at: composing.at || new Date().toISOString(), look_fors: [...composing.lookFors].join(" "),
  });
  composer.value = "";
  composing = fresh();
  form.querySelector("[name='new.kind'][value='RUNNING']").checked = true;
  press();
  changed(item);
  count();
  item.scrollIntoView({ block: "nearest" });
  composer.focus();
}

function draw(item) {
  const key = item.dataset.note;
  const field = (part) => item.querySelector(`[name="note.${key}.${part}"]`);
  const kind = field("kind").value;
  const badge = item.querySelector("[data-cap='kind']");
  const faces = { WWW: ["thumb-up", "WWW", " tp-kind--www"], EBI: ["arrow-up-right", "EBI", " tp-kind--ebi"], QUESTION: ["help-circle", "Question", ""], RUNNING: ["notes", "Note", ""] };
  const [name, word, look] = faces[kind];
  badge.className = `tp-kind${look}`;
  badge.replaceChildren(icon(name), document.createTextNode(word));
  item.querySelector("[data-cap='text']").textContent = field("text").value;
  if (field("at").value) {
    item.querySelector("time").dateTime = field("at").value;
    item.querySelector("time").textContent = clock(new Date(field("at").value));
  }
  item.classList.toggle("is-gone", field("gone").checked);
  const codes = new Set(field("look_fors").value.split(" ").filter(Boolean).map((pk) => document.querySelector(`[data-look-for="${pk}"]`)?.dataset.code).filter(Boolean));
  item.querySelector("[data-cap='chips']").replaceChildren(...[...codes].map((code) => {
    const chip = document.createElement("span");
    chip.className = "tp-chip tp-chip--code";
    chip.textContent = code;
    return chip;
  }));
}

/* Look-fors ------------------------------------------------------------------- */

const chips = [...document.querySelectorAll("[data-look-for]")];

function press() { chips.forEach((chip) => chip.setAttribute("aria-pressed", String(composing.lookFors.has(chip.dataset.lookFor)))); }

function count() {
  const totals = new Map();
  notes().forEach((note) => note.look_fors.forEach((pk) => totals.set(pk, (totals.get(pk) || 0) + 1)));
  chips.forEach((chip) => { chip.querySelector("[data-cap='count']").textContent = totals.get(chip.dataset.lookFor) || 0; });
}

function tie(chip) {
  const pk = chip.dataset.lookFor;
  if (composing.lookFors.has(pk)) { composing.lookFors.delete(pk); } else { composing.lookFors.add(pk); }
  const standard = form.querySelector(`[name="standards"][value="${chip.dataset.standard}"]`);
  if (standard && composing.lookFors.has(pk)) { standard.checked = true; }
  press();
  count();
  changed();
}

/* Photos ---------------------------------------------------------------------- */

async function addPhoto(field) {
  const line = document.getElementById("photo-state");
  if (!field.files.length) { return; }
  line.textContent = "Sending the file";
  if (!(await flush())) { line.textContent = "Not added: the record is not saved yet. Try the file again then."; return; }
  const box = document.getElementById("photo-form");
  try {
    const answer = await fetch(box.action, { method: "POST", headers: { "X-CSRFToken": token(), "HX-Request": "true" }, body: new FormData(box) });
    const piece = new DOMParser().parseFromString(await answer.text(), "text/html");
    if (answer.ok) {
      document.getElementById("photos").replaceChildren(...piece.body.childNodes);
      line.textContent = `Added at ${clock(new Date())}`;
    } else {
      line.textContent = `Not added. ${piece.body.textContent.trim() || "Choose another file."}`;
    }
  } catch {
    line.textContent = "Not added: we could not reach Trigpoint. Choose the file again when you are back online.";
  }
  field.value = "";
}

/* Tabs, events ------------------------------------------------------------------ */

function open(tab) {
  document.querySelectorAll(".tp-cap-tabs--own a").forEach((link) => link.removeAttribute("aria-current"));
  tab.setAttribute("aria-current", "page");
  page.dataset.part = tab.hash.slice("#part-".length);
}

document.querySelectorAll(".tp-cap-tabs--own a").forEach((tab) => tab.addEventListener("click", (event) => { event.preventDefault(); open(tab); }));
chips.forEach((chip) => chip.addEventListener("click", () => tie(chip)));
document.addEventListener("input", (event) => {
  const field = event.target;
  if (field === composer) { composing.at ||= new Date().toISOString(); changed(); return; }
  if (field.id === "photo-file" || field.form !== form) { return; }
  const item = field.closest(".tp-note");
  if (item) { draw(item); count(); }
  if (field.name === "title") { page.querySelector("[data-cap='heading']").textContent = field.value || "Untitled"; }
  changed(item);
});
document.getElementById("photo-file").addEventListener("change", (event) => addPhoto(event.target));
form.addEventListener("submit", async (event) => {
  event.preventDefault();
  if (event.submitter?.name !== "finish") { addNote(); return; }
  if (composer.value.trim()) { addNote(); }
  if (!revision && !changes) { changes += 1; }
  if (await flush()) { location.assign(form.dataset.show); }
});
composer.addEventListener("keydown", (event) => {
  if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) { event.preventDefault(); addNote(); }
});
window.addEventListener("online", flush);
window.addEventListener("focus", flush); // back from the tab in which one signed in again
window.addEventListener("beforeunload", (event) => { if (kept !== changes) { flush(); event.preventDefault(); } });
setInterval(() => { const place = document.querySelector("[data-cap='clock']"); if (place) { place.textContent = `, ${clock(new Date())}`; } }, 1000);

noteList.querySelectorAll(".tp-note").forEach(draw);
count();
page.dataset.part = "notes";
page.classList.add("is-live");
