/* The page one begins from: what waits on this device, and whether it is ready for no signal. */

import { SIGN_IN, captureAt, whereOf } from "./addresses.js";
import { NoCopy, bringBack, saveCopy } from "./copies.js";
import { Device, Locked, TOLD } from "./device.js";
import { clock, element, many, show } from "./drawing.js";
import { Outbox } from "./outbox.js";
import { thumb } from "./photos.js";
import { prepare, readiness, worries } from "./ready.js";
import { Outdated, openStore } from "./store.js";
import { ofOldForm, told } from "./telling.js";
import { Transport, Unreached } from "./transport.js";

const EVERY = 5_000; // ms
const OWN = "A visit of your own, outside a review, is begun with a connection.";
const $ = (id) => document.getElementById(id);

function words(row) {
  if (row.state === "received") { return `Received at ${clock(new Date(row.received_at))}`; }
  if (row.current) { return "Needs you: changed somewhere else. Open it and compare."; }
  if (row.state === "stopped") { return `Needs you: ${row.said}`; }
  return `On this device since ${clock(new Date(row.at))}`;
}

/* A visit nobody planned: its record's id is minted here, so it begins without the server too. */
function begin(form) {
  location.assign(captureAt(crypto.randomUUID(), whereOf(new FormData(form))));
}

function line(named, drop, below = "") {
  const head = element("div", { class: "tp-between" }, element("span", {}, ...named), element("span", {}, element("span", { class: "tp-deliv" }), drop));
  return element("li", {}, head, below);
}

/* What lies here of a record, to be read where its form does not open any more. */
async function drawWords(device, row, photos, place) {
  const words = told(row.content, ofOldForm(row.labels)).map((text) => element("li", {}, text));
  const pictures = await Promise.all(photos.filter((photo) => !photo.isShut).map(async (photo) => thumb(await device.bytesOf(photo), photo.name)));
  place.replaceChildren(element("ul", { class: "tp-bullets" }, ...words), ...pictures);
}

class Day {
  constructor(place, device) {
    this.place = place;
    this.device = device;
    this.isOver = "isOver" in place.dataset; // who looks may not record any more: what is here is read, not gone on with
    this.isSignedOut = false;
    this.sending = new Map();
    this.items = new Map(); // the list's lines by the id of what they are for
    this.outbox = new Outbox(device, new Transport(location.href, device.me.person), (id, state, said) => this.hear(id, state, said));
  }

  async begin() {
    const isFromDevice = this.place.dataset.from === "device";
    if (!isFromDevice && !location.search) { await this.device.keepSheet("day", this.place.outerHTML); }
    this.place.classList.add("is-live");
    $("send-now").addEventListener("click", () => this.sendNow());
    $("save-copy").addEventListener("click", () => this.saveCopy());
    this.place.querySelectorAll("form[method='get']").forEach((form) => form.addEventListener("submit", (event) => { event.preventDefault(); begin(form); }));
    $("bring-back").addEventListener("change", (event) => this.bringBack(event.target));
    await this.device.tidy();
    await this.draw();
    if (!this.isOver && !isFromDevice) { this.warn(); } // before the visit; some browsers ask the person first
    setInterval(() => this.send(), EVERY);
    window.addEventListener("online", () => this.sendNow());
    this.device.wake().then(() => this.send());
    if (this.isOver) { $("ready").parentElement.hidden = true; } else if (isFromDevice) { this.goWithoutSignal(); } else { this.prepare(); }
  }

  async warn() {
    const said = await worries(this.device.store);
    $("worries").replaceChildren(...said.map((one) => element("p", {}, one)));
    $("worries").hidden = !said.length;
  }

  /* What has to be begun with a connection cannot be pressed. */
  goWithoutSignal() {
    $("ready").textContent = "You are offline. What is listed here opens all the same.";
    if (!("needsSignal" in this.place.dataset)) { return; }
    const own = [...this.place.querySelectorAll("form[method='get']")].filter((form) => form.elements.academy);
    own.forEach((form) => form.replaceChildren(element("p", { class: "tp-2" }, OWN)));
  }

  async prepare() {
    const places = this.place.dataset.ready.split(" ").filter(Boolean);
    $("ready").textContent = "Getting ready for no signal";
    const count = await prepare(this.device, places, (done, all) => { $("ready").textContent = `Getting ready for no signal: ${done} of ${all}`; }).catch(() => null);
    $("ready").textContent = count === null ? "Not ready for no signal: the connection broke off. Reload this page to go on." : readiness(count, places.length) + ("needsSignal" in this.place.dataset ? ` ${OWN}` : "");
  }

  hear(id, state, said) {
    if (state === "sending") { this.sending.set(id, "Sending"); } else { this.sending.delete(id); }
    if (state === "signed-out") { this.say(said); }
    if (state === "received" && this.isSignedOut) { this.say(""); }
    this.isSignedOut = state === "signed-out" || (this.isSignedOut && state !== "received");
    this.draw().then(() => window.dispatchEvent(new Event(TOLD)));
  }

  say(words) { $("device-said").textContent = words; }

  send() { return this.outbox.sendAll(); }

  async sendNow() {
    await this.device.wake(true);
    await this.send();
    const { records, photos, stopped } = await this.device.waiting();
    if (!this.isSignedOut) { this.say(records + photos > stopped ? "Not all of it could be sent. It stays here and is tried again by itself." : ""); }
  }

  async saveCopy() { this.say(`A copy is among your downloads: ${await saveCopy(this.device)}. Bring it back on this page, on any device.`); }

  async bringBack(field) {
    const [file] = field.files;
    if (!file) { return; }
    try {
      this.say(`${many(await bringBack(this.device, await file.text()), "record")} brought back.`);
    } catch (error) {
      if (!(error instanceof NoCopy)) { throw error; }
      this.say(error.message);
    }
    field.value = "";
    await this.draw();
    this.send();
  }

  async draw() {
    const [records, photos] = await Promise.all([this.device.records(), this.device.photos()]);
    const orphans = photos.filter((photo) => !records.some((row) => row.id === photo.record));
    this.#arrange([...records.map((row) => this.#item(row, photos.filter((photo) => photo.record === row.id))), ...orphans.map((photo) => this.#photo(photo))]);
    this.#leadOn(records);
  }

  #arrange(items) {
    const list = $("device-list");
    if (items.length !== list.children.length || items.some((item, place) => item !== list.children[place])) { list.replaceChildren(...items); }
    $("device-panel").hidden = !items.length;
    $("device-none").hidden = items.length > 0;
  }

  /* A line is drawn anew only when it says something else: a link that is replaced under a finger is not pressed. */
  #kept(row, says, drawn) {
    const facts = JSON.stringify(says);
    if (this.items.get(row.id)?.dataset.says !== facts) { this.items.set(row.id, drawn()); }
    const item = this.items.get(row.id);
    item.dataset.says = facts;
    const sending = this.sending.get(row.id);
    show(item.querySelector(".tp-deliv"), sending ? "sending" : row.state, sending ?? words(row));
    return item;
  }

  #item(row, photos) {
    const isRead = !row.isShut && (this.isOver || row.state === "stopped");
    const isDropped = row.state !== "received" && (this.isOver || row.state === "stopped");
    const refused = photos.find((photo) => photo.state === "stopped")?.said;
    return this.#kept(row, [row.title, row.where, row.isShut, isRead, isDropped, isRead && row.change, photos.length, refused], () => {
      const name = row.isShut || this.isOver ? row.title || "Untitled" : element("a", { href: captureAt(row.id, row.where.startsWith("record=") ? "" : row.where) }, row.title || "Untitled");
      const waiting = photos.length ? element("small", { class: "tp-2" }, ` ${many(photos.length, "photo")} to send${refused ? `; ${refused}` : ""}`) : "";
      const drop = isDropped ? this.#drop(row.title || "Untitled", () => this.device.forget(row.id)) : "";
      return line([name, waiting], drop, isRead ? this.#reading(row, photos) : "");
    });
  }

  #reading(row, photos) {
    const [place, name] = [element("div", {}), element("span", { class: "visually-hidden" }, ` ${row.title || "Untitled"}`)];
    const box = element("details", { class: "tp-sm" }, element("summary", {}, "Read it", name), place);
    box.addEventListener("toggle", () => drawWords(this.device, row, photos, place), { once: true });
    return box;
  }

  #photo(photo) {
    return this.#kept(photo, [photo.name], () => line([`Photo ${photo.name}`], this.#drop(photo.name, () => this.device.dropPhoto(photo.id))));
  }

  #drop(name, act) {
    const button = element("button", { type: "button", class: "btn btn-ghost btn-sm btn-touch" }, "Take off this device", element("span", { class: "visually-hidden" }, ` ${name}`));
    button.addEventListener("click", async () => {
      if (!window.confirm(`Take “${name}” off this device? It is not in Trigpoint as it stands here. Save a copy first if you want to keep it.`)) { return; }
      await act();
      await this.draw();
    });
    return button;
  }

  /* A visit that is begun on this device is gone on with, not begun again. */
  #leadOn(records) {
    const begun = new Map(records.filter((row) => row.where.startsWith("activity=")).map((row) => [row.where, row.id]));
    this.place.querySelectorAll("a[data-mint]").forEach((link) => {
      const where = whereOf(new URL(link.href).search);
      if (begun.has(where)) { link.href = captureAt(begun.get(where), where); }
    });
  }
}

async function start() {
  const place = $("day");
  if (!window.isSecureContext || !place) { return; }
  try {
    const transport = new Transport(location.href);
    const device = await Device.at(place, await openStore(), () => transport.unlock());
    device.watch(() => { document.body.replaceChildren(); location.replace(SIGN_IN); });
    await new Day(place, device).begin();
  } catch (error) {
    if (![Unreached, Locked, Outdated].some((known) => error instanceof known)) { throw error; }
    place.classList.add("is-live");
    $("ready").textContent = error instanceof Outdated ? error.message : "Not ready for no signal: Trigpoint was not reached. Reload this page to try again.";
  }
}

start();
