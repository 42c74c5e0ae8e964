/* The page one begins from: what waits on this device, and whether it is ready for no signal. */

import { captureAt, whereOf } from "./addresses.js";
import { NoCopy, bringBack, saveCopy } from "./copies.js";
import { Device, Locked } from "./device.js";
import { clock, element, many, show } from "./drawing.js";
import { Outbox } from "./outbox.js";
import { prepare, readiness, worries } from "./ready.js";
import { openStore } from "./store.js";
import { Transport, Unreached } from "./transport.js";

const EVERY = 5_000; // ms
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

class Day {
  constructor(place, device) {
    this.place = place;
    this.device = device;
    this.sending = new Map();
    this.outbox = new Outbox(device, new Transport(location.href), (id, state, said) => this.hear(id, state, said));
  }

  async begin() {
    const isFromDevice = this.place.dataset.from === "device";
    if (!isFromDevice) { await this.device.keepSheet("day", this.place.outerHTML); }
    this.place.classList.add("is-live");
    $("send-now").addEventListener("click", () => this.sendNow());
    $("save-copy").addEventListener("click", () => saveCopy(this.device));
    this.place.querySelectorAll("form[method='get']").forEach((form) => form.addEventListener("submit", (event) => { event.preventDefault(); begin(form); }));
    $("bring-back").addEventListener("change", (event) => this.bringBack(event.target));
    await this.device.tidy();
    await this.draw();
    await this.warn();
    setInterval(() => this.send(), EVERY);
    window.addEventListener("online", () => this.sendNow());
    this.device.wake().then(() => this.send());
    if (isFromDevice) { $("ready").textContent = "You are offline. What is listed here opens all the same."; } else { this.prepare(); }
  }

  async warn() {
    const said = await worries(this.device.store);
    $("worries").replaceChildren(...said.map((one) => element("p", {}, one)));
    $("worries").hidden = !said.length;
  }

  async prepare() {
    const places = this.place.dataset.ready.split(" ").filter(Boolean);
    $("ready").textContent = "Getting ready for no signal";
    const count = await prepare(this.device, places, (done, all) => { $("ready").textContent = `Getting ready for no signal: ${done} of ${all}`; }).catch(() => null);
    $("ready").textContent = count === null ? "Not ready for no signal: the connection broke off. Reload this page to go on." : readiness(count, places.length);
  }

  hear(id, state, said) {
    this.sending.set(id, state === "sending" ? "Sending" : said);
    if (state === "signed-out") { $("device-said").textContent = said; }
    if (state !== "sending") { this.sending.delete(id); }
    this.draw();
  }

  async send() {
    await this.device.stay();
    await this.outbox.sendAll();
  }

  async sendNow() {
    await this.device.wake(true);
    await this.send();
  }

  async bringBack(field) {
    const [file] = field.files;
    if (!file) { return; }
    try {
      $("device-said").textContent = `${many(await bringBack(this.device, await file.text()), "record")} brought back.`;
    } catch (error) {
      if (!(error instanceof NoCopy)) { throw error; }
      $("device-said").textContent = error.message;
    }
    field.value = "";
    await this.draw();
    this.send();
  }

  async draw() {
    const [records, photos] = await Promise.all([this.device.records(), this.device.photos()]);
    const list = records.map((row) => this.#item(row, photos.filter((photo) => photo.record === row.id)));
    $("device-list").replaceChildren(...list);
    $("device-panel").hidden = !list.length && !photos.length;
    $("device-none").hidden = !$("device-panel").hidden;
  }

  #item(row, photos) {
    const line = element("span", { class: "tp-deliv" });
    const state = this.sending.has(row.id) ? "sending" : row.state;
    show(line, state, this.sending.get(row.id) ?? words(row));
    const name = element("a", { href: captureAt(row.id, row.where.startsWith("record=") ? "" : row.where) }, row.title || "Untitled");
    const waiting = photos.length ? element("small", { class: "tp-2" }, ` ${many(photos.length, "photo")} to send`) : "";
    return element("li", { class: "tp-between" }, element("span", {}, name, waiting), line);
  }
}

async function start() {
  const place = $("day");
  if (!window.isSecureContext || !place) { return; }
  try {
    const transport = new Transport(location.href);
    const device = await Device.at(place, await openStore(), () => transport.unlock());
    await new Day(place, device).begin();
  } catch (error) {
    if (!(error instanceof Unreached || error instanceof Locked)) { throw error; }
  }
}

start();
