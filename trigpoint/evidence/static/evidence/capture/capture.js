/* Writing a record. Every change is kept on the device at once and sent 800 ms later; the page says
   where it is. Without scripts the same form posts itself. */

import { DAY, SIGN_IN, captureAt, recordAt, whereOf } from "./addresses.js";
import { saveCopy } from "./copies.js";
import { AT_RISK, Device, Locked, later } from "./device.js";
import { clock, icon, many, show } from "./drawing.js";
import { Outbox } from "./outbox.js";
import { PhotoShelf } from "./photos.js";
import { Sheet, moment } from "./sheet.js";
import { NEWER, Outdated, openStore } from "./store.js";
import { Transport, Unreached } from "./transport.js";

const PAUSE = 800; // ms after the last change until it is sent
const PATIENCE = 8_000; // ms until Finish stops waiting for the server
const AGAIN = 5_000; // ms between looks at what is due
const $ = (id) => document.getElementById(id);
const ELSEWHERE = "You went on with this record in another window. Go on there, or reload this page to write here instead.";
const UPDATED = "Trigpoint was updated in another window. What you typed is kept: reload this page to go on.";
const UPDATED_AT_RISK = "Trigpoint was updated in another window, and this device did not keep what you typed last. Save a copy before you reload this page.";
const FULL = "This device is full, so it keeps nothing more. Stay online until it says Saved, or make room; Save a copy works.";
const UNKEPT = "This device does not keep what you type just now. Stay online until it says Saved, or save a copy.";
const ONLY_HERE = "A photo is only on this page, because this browser keeps nothing. Stay until it is sent, then press Finish again.";
const TORN = "This page did not arrive whole. Reload it before you write.";
const NOT_LIVE = "This page cannot keep what you type yet, because Trigpoint was not reached. Reload it, or use Save.";
const APPLE = /Mac|iP(hone|ad)/.test(navigator.platform); // there Alt writes letters
const KINDS = { WWW: ["thumb-up", "WWW", " tp-kind--www"], EBI: ["arrow-up-right", "EBI", " tp-kind--ebi"], QUESTION: ["help-circle", "Question", ""], RUNNING: ["notes", "Note", ""] };

class Capture {
  #endRisk = null; // a promise's end while only this page has what was typed

  constructor(page, device) {
    this.page = page;
    this.form = $("record");
    this.id = this.form.dataset.record;
    this.where = whereOf(this.form.dataset.where) || `record=${this.id}`;
    this.state = $("state");
    this.sheet = new Sheet(this.form, $("notes"), $("new-text"));
    this.chips = [...document.querySelectorAll("[data-look-for]")];
    this.revision = Number(this.form.elements.base_revision.value) || null;
    this.device = device;
    this.outbox = new Outbox(device, new Transport(captureAt(this.id, this.form.dataset.where), device.me.person), (id, state, words) => this.hear(id, state, words));
    this.photos = new PhotoShelf(device, this.outbox, this.id);
    [this.changes, this.written] = [0, 0]; // how many changes were made, and how many of them are kept or were refused room
    this.isShut = false;
    this.isOver = false;
    this.reached = true;
    this.photosHere = 0;
  }

  /* Begin ---------------------------------------------------------------------- */

  async begin() {
    const isFromDevice = this.page.dataset.from === "device";
    if (!isFromDevice) { await this.device.keepSheet(this.revision ? `record=${this.id}` : this.where, this.page.outerHTML); } // a begun one is nobody else's blank
    const row = await this.device.record(this.id);
    const isAhead = isFromDevice || row?.state !== "received" || later(row.base, this.revision) !== this.revision; // the page may have been drawn before it arrived
    const waiting = row?.content && isAhead ? row : null;
    if (waiting) { this.takeUp(waiting); } else if (row?.content && row.base !== this.revision) { await this.device.letGo(this.id); } // the page is newer
    if (isFromDevice && !row && this.revision) { this.say("device", "As last opened on this device"); }
    this.redraw();
    if (waiting?.state === "device") { this.mark("device", "On this device"); }
    this.listen();
    await this.photos.draw();
    this.page.dataset.part = "notes";
    this.page.classList.add("is-live");
    this.heading();
    this.network();
    if (!this.device.store.lasts) { warn("This browser keeps nothing on the device (private mode, or no room). Stay online while you write, or use another window."); }
    if (waiting?.current) { this.conflict(waiting.current); } else if (waiting?.state === "device") { this.flush(); }
  }

  /* What this device has and the server has not stands above what the page was drawn with. */
  takeUp(waiting) {
    this.sheet.fill(waiting.content, waiting.labels);
    this.revision = waiting.base;
    if (waiting.state === "received") { this.say("received", `Saved at ${clock(new Date(waiting.received_at))}`); return; }
    this.sheet.items.forEach((item) => { item.dataset.changed = "1"; });
    this.say(waiting.state, waiting.said ? `Not saved: ${waiting.said}` : this.onDevice(waiting.at));
  }

  get atRisk() { return this.#endRisk !== null; }

  /* Other windows ask, before they sign out, whether any page holds this lock. */
  set atRisk(isAtRisk) {
    if (isAtRisk === this.atRisk) { return; }
    if (!isAtRisk) { this.#endRisk(); this.#endRisk = null; return; }
    const over = new Promise((end) => { this.#endRisk = end; });
    navigator.locks?.request(AT_RISK, { mode: "shared" }, () => over);
  }

  /* Whether what is typed here lies on the device too. */
  get isKept() { return this.device.store.lasts && !this.atRisk; }

  onDevice(at = Date.now()) { return this.device.store.lasts ? `On this device ${clock(new Date(at))}` : "Not saved yet"; }

  say(state, words) {
    this.said = state;
    show(this.state, state, words);
  }

  heading() { this.page.querySelector("[data-cap='heading']").textContent = this.form.elements.title.value || this.form.dataset.untitled; }

  network() {
    const box = $("capture-offline");
    box.hidden = navigator.onLine && this.reached;
    box.querySelector("[data-cap='why']").textContent = navigator.onLine ? "Trigpoint cannot be reached." : "You are offline.";
    const unsent = this.sheet.items.filter((item) => item.dataset.changed).length;
    const isSafe = unsent ? `${many(unsent, "note")} ${unsent === 1 ? "is safe on this device and sends by itself" : "are safe on this device and send by themselves"}.` : "What you write stays safe on this device and sends by itself.";
    box.querySelector("[data-cap='words']").textContent = this.isKept ? isSafe : "Only this page has what you write: stay on it until it says Saved.";
    this.tally();
  }

  tally() {
    const here = this.sheet.items.filter((item) => item.dataset.changed).length;
    $("tally-device").textContent = this.isKept ? here : 0;
    $("tally-received").textContent = this.sheet.items.length - here;
    this.photos.waiting().then((count) => {
      this.photosHere = count;
      $("tally-photos").textContent = count;
    });
  }

  /* Keeping and sending ---------------------------------------------------------- */

  changed(item) {
    if (item) { item.dataset.changed = "1"; }
    if (this.isShut) { return; }
    this.say("sending", "Saving"); // nothing older may go on saying that all is saved
    this.keep();
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.flush(), PAUSE);
  }

  /* One write at a time; what was typed during one is written by the next. */
  keep() {
    this.changes += 1;
    this.keeping ??= this.keepAll().finally(() => { this.keeping = null; });
    return this.keeping;
  }

  async keepAll() {
    while (this.written < this.changes) {
      const [changes, { id, base, ...said }] = [this.changes, this.onScreen()];
      const failed = await this.device.keep(id, said, base).then(() => null, (error) => error);
      this.written = changes;
      if (failed) { await this.notKept(failed, said.content); } else { this.kept(); }
      await this.device.stay(); // inside the loop: what is typed meanwhile is written too
    }
    this.network();
  }

  kept() {
    this.atRisk = !this.device.store.lasts;
    if (this.device.store.lasts) { warn(""); }
    const state = this.device.store.lasts ? "device" : "waiting";
    this.say(state, this.onDevice());
    this.mark(state, this.device.store.lasts ? "On this device" : "Not saved yet");
  }

  /* Nothing but this page has what was typed: it goes straight to the server, again and again until it is there. */
  async notKept(error, content) {
    this.atRisk = true;
    const words = error.name === "QuotaExceededError" ? FULL : UNKEPT;
    warn(words);
    this.say("stopped", "Not kept on this device");
    this.mark("stopped", "Not kept");
    const answer = await this.outbox.sendUnkept(this.id, content, this.revision).catch(() => ({}));
    if (answer.revision) { this.revision = answer.revision; this.atRisk = false; this.received(this.revision); }
    if (answer.current) { this.conflict(answer.current); } else if (answer.said) { this.say("stopped", `Not saved: ${answer.said}`); }
  }

  async flush() {
    clearTimeout(this.timer);
    await this.keeping;
    if (this.isShut) { return false; }
    const saved = await this.outbox.send(this.id);
    await this.follow();
    if (saved) { await this.photos.send(); }
    return saved;
  }

  hear(id, state, words) {
    if (id !== this.id) { this.photos.hear(id, state, words); this.tally(); return; }
    if (state === "sending") { this.say("sending", "Saving"); }
    if (state === "received") { this.received(); }
    if (!["sending", "more"].includes(state)) { this.reached = state !== "waiting"; }
    if (state === "waiting") { this.say(this.device.store.lasts ? "device" : "waiting", this.onDevice()); }
    if (state === "signed-out") { this.say("signed-out", "Not sent: signed out"); }
    if (state !== "sending") { $("capture-signed-out")?.toggleAttribute("hidden", state !== "signed-out"); } // a page put by earlier has none
    if (state === "stopped") { this.stopped(words); }
    this.network();
  }

  async received(revision = null) {
    const row = await this.device.record(this.id);
    const at = clock(new Date((revision === null && row?.received_at) || Date.now()));
    this.revision = revision ?? row?.base ?? this.revision;
    this.form.elements.base_revision.value = this.revision ?? "";
    if (this.written < this.changes || (revision === null && row?.state === "device")) { return; } // more was typed since
    this.atRisk = false;
    this.say("received", `Saved at ${at}`);
    this.mark("received", `Received ${at}`);
    this.sheet.items.forEach((item) => delete item.dataset.changed);
    this.network();
  }

  async stopped(words) {
    const row = await this.device.record(this.id);
    if (row?.current) { this.conflict(row.current); } else { this.say("stopped", `Not saved: ${words}`); }
  }

  mark(state, words) {
    this.sheet.items.filter((item) => item.dataset.changed).forEach((item) => show(item.querySelector("[data-cap='state']"), state, words));
  }

  /* Two versions ------------------------------------------------------------------ */

  conflict(current) {
    this.isShut = true;
    this.page.querySelector("main").inert = true; // what is typed now would be kept nowhere
    const [mine, stored] = [this.sheet.told(this.sheet.content()), this.sheet.told(current.content)];
    version($("conflict-mine"), mine, stored);
    version($("conflict-stored"), stored, mine);
    $("conflict").hidden = false;
    this.say("stopped", "Not saved: changed somewhere else");
    $("conflict-h").focus();
    $("keep-mine").onclick = () => this.goOn(current);
    $("keep-both").onclick = () => { this.sheet.addBoth(current.both); this.redraw(); this.goOn(current); };
    $("keep-stored").onclick = async () => { await this.device.letGo(this.id); location.reload(); };
  }

  async goOn(current) {
    $("conflict").hidden = true;
    this.isShut = false;
    this.page.querySelector("main").inert = false;
    this.revision = current.revision;
    await this.device.rebase(this.id, current.revision);
    await this.keep();
    this.flush();
    this.state.tabIndex = -1;
    this.state.focus(); // the button that was pressed is gone
  }

  /* Notes -------------------------------------------------------------------------- */

  addNote() {
    const { composer, composing } = this.sheet;
    if (!composer.value.trim()) { composer.focus(); return; }
    const item = this.sheet.add({ key: composing.key, text: composer.value, kind: this.sheet.kind, noted_at: composing.at ?? moment(), look_fors: [...composing.lookFors] });
    this.draw(item);
    composer.value = "";
    this.sheet.composing = this.sheet.fresh();
    this.form.querySelector("[name='new.kind'][value='RUNNING']").checked = true;
    this.press();
    this.changed(item);
    this.count();
    item.scrollIntoView({ block: "nearest" });
    composer.focus();
  }

  draw(item) {
    const [name, word, look] = KINDS[this.sheet.part(item, "kind").value];
    const badge = item.querySelector("[data-cap='kind']");
    badge.className = `tp-kind${look}`;
    badge.replaceChildren(icon(name), document.createTextNode(word));
    item.querySelector("[data-cap='text']").textContent = this.sheet.part(item, "text").value;
    const at = this.sheet.part(item, "at").value;
    if (at) { Object.assign(item.querySelector("time"), { dateTime: at, textContent: clock(new Date(at)) }); }
    item.classList.toggle("is-gone", this.sheet.part(item, "gone").checked);
    const codes = new Set(this.sheet.part(item, "look_fors").value.split(" ").map((pk) => document.querySelector(`[data-look-for="${pk}"]`)?.dataset.code).filter(Boolean));
    item.querySelector("[data-cap='chips']").replaceChildren(...[...codes].map((code) => Object.assign(document.createElement("span"), { className: "tp-chip tp-chip--code", textContent: code })));
  }

  redraw() { this.sheet.items.forEach((item) => this.draw(item)); this.sheet.follow(); this.count(); }

  press() {
    const linked = this.chips.filter((chip) => this.sheet.composing.lookFors.has(chip.dataset.lookFor));
    this.chips.forEach((chip) => chip.setAttribute("aria-pressed", String(linked.includes(chip))));
    const place = $("new-tied"); // a page put by earlier has none
    if (place) { place.textContent = linked.length ? `Linked: ${linked.map((chip) => chip.querySelector("span").textContent).join("; ")}` : ""; }
  }

  count() {
    const totals = new Map();
    this.sheet.notes().forEach((note) => note.look_fors.forEach((pk) => totals.set(pk, (totals.get(pk) ?? 0) + 1)));
    this.chips.forEach((chip) => { chip.querySelector("[data-cap='count']").textContent = totals.get(chip.dataset.lookFor) ?? 0; });
  }

  tie(chip) {
    const { lookFors } = this.sheet.composing;
    const pk = chip.dataset.lookFor;
    if (!lookFors.delete(pk)) {
      lookFors.add(pk);
      const standard = this.form.querySelector(`[name="standards"][value="${chip.dataset.standard}"]`);
      if (standard) { standard.checked = true; }
    }
    this.press();
    this.count();
    this.changed();
  }

  onScreen() {
    const content = this.sheet.content();
    return { id: this.id, base: this.revision, content, where: this.where, title: content.title || this.form.dataset.untitled, labels: this.sheet.labels(content.answers) };
  }

  /* Events -------------------------------------------------------------------------- */

  listen() {
    const { composer } = this.sheet;
    document.querySelectorAll(".tp-cap-tabs--own a").forEach((tab) => tab.addEventListener("click", (event) => { event.preventDefault(); this.open(tab); }));
    this.chips.forEach((chip) => chip.addEventListener("click", () => this.tie(chip)));
    this.form.addEventListener("click", (event) => this.toPhotos(event));
    document.addEventListener("input", (event) => this.typed(event.target));
    $("photo-file").addEventListener("change", (event) => this.addPhotos(event.target));
    $("save-copy").addEventListener("click", async () => { await saveCopy(this.device, this.onScreen()); });
    this.form.addEventListener("submit", (event) => { event.preventDefault(); if (event.submitter?.name === "finish") { this.finish(); } else { this.addNote(); } });
    composer.addEventListener("keydown", (event) => {
      if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) { event.preventDefault(); this.addNote(); }
    });
    document.addEventListener("keydown", (event) => this.shortcut(event));
    ["online", "offline"].forEach((name) => window.addEventListener(name, () => this.network()));
    window.addEventListener("online", () => this.retry());
    window.addEventListener("focus", () => this.retry()); // back from the tab in which one signed in again
    window.addEventListener(NEWER, (event) => { this.shut(this.atRisk ? UPDATED_AT_RISK : UPDATED); event.detail.push(this.keeping); });
    window.addEventListener("beforeunload", (event) => { if (this.keeping || this.atRisk || (!this.device.store.lasts && this.photosHere)) { event.preventDefault(); } });
    setInterval(() => this.due(), AGAIN);
    setInterval(() => { const place = document.querySelector("[data-cap='clock']"); if (place) { place.textContent = `, ${clock(new Date())}`; } }, 1000);
  }

  typed(field) {
    if (field.name?.startsWith("answer.")) { this.sheet.follow(); }
    if (field === this.sheet.composer) { this.sheet.composing.at ??= moment(); this.changed(); return; }
    if (field.id === "photo-file" || field.form !== this.form) { return; }
    const item = field.closest(".tp-note");
    if (item) { this.draw(item); this.count(); }
    if (field.name === "title") { this.heading(); }
    this.changed(item);
  }

  /* Alt with W, E, N or Q says what the next note is for; with P it takes a photo. */
  shortcut(event) {
    if (APPLE || !event.altKey || event.ctrlKey || event.metaKey) { return; }
    const kind = { KeyW: "WWW", KeyE: "EBI", KeyN: "RUNNING", KeyQ: "QUESTION" }[event.code];
    if (kind) { event.preventDefault(); this.form.querySelector(`[name='new.kind'][value='${kind}']`).checked = true; this.sheet.composer.focus(); }
    if (event.code === "KeyP") { event.preventDefault(); $("photo-file").click(); }
  }

  /* A photo belongs to a record, so there is one from now on. */
  async addPhotos(field) {
    if (!this.revision && !(await this.device.record(this.id))) { await this.keep(); }
    await this.photos.add(field);
    await this.flush();
    this.tally();
  }

  /* A question that photos answer leads to their tab, with itself chosen. */
  toPhotos(event) {
    const link = event.target.closest("[data-photos-for]");
    if (!link) { return; }
    event.preventDefault();
    this.open(document.querySelector(".tp-cap-tabs--own [href='#part-photos']"));
    if ($("photo-question")) { $("photo-question").value = link.dataset.photosFor; }
    $("photo-file").focus();
  }

  async due() {
    if (this.isOver) { return; }
    if (this.atRisk && !this.isShut) { await this.keep(); }
    await this.outbox.sendAll();
    await this.follow();
  }

  /* Every page of Trigpoint sends what waits here: what came of it there is said here. */
  async follow() {
    const row = await this.device.record(this.id);
    if (!row || this.isShut || this.atRisk || row.state === this.said) { return; }
    if (row.state === "received") { await this.received(); }
    if (row.state === "stopped") { await this.stopped(row.said); }
  }

  async retry() {
    const row = await this.device.record(this.id);
    if (row && row.state !== "received" && !row.current) { await this.device.retry(this.id); await this.flush(); }
  }

  async finish() {
    if (this.sheet.composer.value.trim()) { this.addNote(); }
    if (!this.revision && !(await this.device.record(this.id))) { await this.keep(); }
    const saved = await Promise.race([this.flush(), new Promise((late) => { setTimeout(late, PATIENCE, false); })]);
    const row = await this.device.record(this.id);
    if (this.isShut || this.atRisk || this.said === "signed-out") { return; } // it says what to do
    if (!this.device.store.lasts && await this.photos.waiting()) { warn(ONLY_HERE); return; }
    if (saved || !row || row.state === "received") { location.assign(recordAt(this.id)); return; }
    if (row.state === "device") { location.assign(DAY); } // it is safe here, and listed there
  }

  open(tab) {
    document.querySelectorAll(".tp-cap-tabs--own a").forEach((link) => link.removeAttribute("aria-current"));
    tab.setAttribute("aria-current", "page");
    this.page.dataset.part = tab.hash.slice("#part-".length);
  }

  /* Its author signed out in another window: nobody after them reads it here. */
  leave() {
    this.atRisk = false;
    document.body.replaceChildren();
    location.replace(SIGN_IN);
  }

  /* Nothing typed here would be kept any more, so nothing can be typed. */
  shut(words) {
    this.isShut = this.isOver = true;
    clearTimeout(this.timer);
    this.page.querySelector("main").inert = true;
    warn(words);
  }
}

function warn(words) {
  const box = $("capture-warning");
  box.hidden = !words;
  box.querySelector("[data-cap='words']").textContent = words;
}

/* Draw one version; what the other one does not say stands in bold. */
function version(place, lines, others) {
  const list = Object.assign(document.createElement("ul"), { className: "tp-bullets" });
  list.append(...lines.map((text) => {
    const item = document.createElement("li");
    item.append(Object.assign(document.createElement(others.includes(text) ? "span" : "strong"), { textContent: text }));
    return item;
  }));
  place.replaceChildren(list);
}

/* One window writes a record; opening it in another takes it over there. */
function hold(capture) {
  if (!navigator.locks) { return; }
  navigator.locks.request(`trigpoint-record-${capture.id}`, { steal: true }, () => new Promise(() => {})).catch(() => capture.shut(ELSEWHERE));
}

async function start() {
  const page = $("capture");
  if (!window.isSecureContext || !page) { return; } // the form posts itself
  if (page.dataset.from !== "device" && !$("whole")) { // cut off on its way: fields it lacks would be sent as emptied
    page.querySelector("main")?.toggleAttribute("inert", true);
    warn(TORN);
    return;
  }
  try {
    const transport = new Transport(location.href);
    const device = await Device.at(page, await openStore(), () => transport.unlock());
    const capture = new Capture(page, device);
    await capture.begin();
    hold(capture);
    device.watch(() => capture.leave());
  } catch (error) {
    if (![Unreached, Locked, Outdated].some((known) => error instanceof known)) { throw error; }
    warn(error instanceof Outdated ? error.message : NOT_LIVE);
  }
}

start();
