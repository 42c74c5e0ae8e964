/* Photos of one record: made small, kept on the device, sent in pieces. */

import { sha256 } from "./canonical.js";
import { clock, element, icon, show } from "./drawing.js";
import { isDue } from "./outbox.js";

const LONGEST_SIDE = 2048; // pixels, as the server keeps them
const QUALITY = 0.85;
const LARGEST = 15 * 1024 * 1024; // bytes, as the server takes them
const THUMB = 116; // pixels
const READ_HERE = /^image\/(jpeg|png|webp)$/; // what every browser draws
const $ = (id) => document.getElementById(id);

class Unreadable extends Error {}

/* A photo drawn again no larger than it is kept: small to store, and without place or camera. */
export async function shrink(file) {
  let image;
  try { image = await createImageBitmap(file, { imageOrientation: "from-image" }); } catch {
    if (READ_HERE.test(file.type)) { throw new Unreadable(); }
    return file; // a PDF, or a kind only the server reads
  }
  const scale = Math.min(1, LONGEST_SIDE / Math.max(image.width, image.height));
  const canvas = element("canvas", { width: Math.round(image.width * scale), height: Math.round(image.height * scale) });
  const pen = canvas.getContext("2d");
  pen.fillStyle = "white"; // what is see-through becomes paper, as on the server
  pen.fillRect(0, 0, canvas.width, canvas.height);
  pen.drawImage(image, 0, 0, canvas.width, canvas.height);
  const drawn = await new Promise((made) => { canvas.toBlob(made, "image/jpeg", QUALITY); });
  return drawn ?? file;
}

export async function thumb(bytes, name) {
  try {
    const image = await createImageBitmap(new Blob([bytes]));
    const scale = THUMB / image.width;
    const canvas = element("canvas", { width: THUMB, height: Math.round(image.height * scale), role: "img", "aria-label": name });
    canvas.getContext("2d").drawImage(image, 0, 0, canvas.width, canvas.height);
    return canvas;
  } catch {
    return icon("file-text"); // its name stands beside it
  }
}

/* The question a photo answers, as its form asks it. */
function asks({ question }) {
  const label = question && [...($("photo-question")?.options ?? [])].find((option) => option.value === question)?.textContent;
  return label ? [element("small", {}, ` For “${label}”`)] : [];
}

export class PhotoShelf {
  constructor(device, outbox, record) { Object.assign(this, { device, outbox, record, places: new Map(), refused: [] }); }

  async waiting() { return (await this.device.photos(this.record)).length; }

  async draw() {
    const photos = await this.device.photos(this.record);
    this.places.clear();
    const items = await Promise.all(photos.map((photo) => this.#item(photo)));
    $("photos-here").replaceChildren(...items);
    $("photos-here").hidden = !items.length;
  }

  async #item(photo) {
    const line = element("span", { class: "tp-deliv" });
    this.places.set(photo.id, line);
    show(line, photo.state, photo.said ? `Not taken: ${photo.said}` : this.#onDevice(new Date(photo.at)));
    const drop = element("button", { type: "button", class: "btn btn-ghost btn-sm btn-touch" }, "Remove", element("span", { class: "visually-hidden" }, ` ${photo.name}`));
    drop.addEventListener("click", () => this.#drop(photo));
    return element("li", {}, await thumb(photo.isShut ? new ArrayBuffer(0) : await this.device.bytesOf(photo), photo.name), element("span", {}, photo.name, ...asks(photo)), line, drop);
  }

  async #drop(photo) {
    if (!window.confirm(`Take ${photo.name} off this device? It is not in Trigpoint yet.`)) { return; }
    await this.device.dropPhoto(photo.id);
    await this.draw();
    $("photo-file").focus();
  }

  async add(field) {
    const files = [...field.files];
    this.refused = [];
    for (const file of files) {
      this.#say(`Keeping ${file.name}`);
      const refused = await this.#keep(file).catch(() => `${file.name} was not added: it could not be read. Choose it again.`);
      if (refused) { this.refused.push(refused); }
    }
    this.#say(this.refused.length < files.length ? this.#onDevice(new Date()) : "");
    field.value = "";
    await this.draw();
    await this.send();
  }

  async #keep(file) {
    const small = await shrink(file).catch((error) => { if (!(error instanceof Unreadable)) { throw error; } return null; });
    if (!small) { return `${file.name} was not added: it is no photo that can be read. Choose another one.`; }
    if (small.size > LARGEST) { return `${file.name} was not added: 15 MB is the most. Choose a smaller one.`; }
    const bytes = await small.arrayBuffer();
    try {
      await this.device.keepPhoto(this.record, { name: file.name, type: small.type, question: $("photo-question")?.value ?? "", bytes, sha256: await sha256(bytes) });
    } catch (error) {
      if (error.name !== "QuotaExceededError") { throw error; }
      return `${file.name} was not added: this device is full. Send what waits, or make room, then choose it again.`;
    }
    return "";
  }

  #onDevice(at) { return this.device.store.lasts ? `On this device ${clock(at)}` : "Not sent yet"; }

  /* What was refused stays said beside what became of the others. */
  #say(words) { $("photo-state").textContent = [...this.refused, words].join(" "); }

  async send() {
    const photos = (await this.device.photos(this.record)).filter((photo) => isDue(photo, this.device.now()));
    for (const photo of photos) { await this.outbox.sendPhoto(photo.id); }
    if (photos.length) { await this.draw(); }
  }

  hear(id, state, words) {
    const place = this.places.get(id);
    if (!place) { return; } // of another record
    if (state === "received") { this.#arrived(); }
    if (state === "sending") { show(place, "sending", `Sending ${words}`); }
    if (state === "waiting") { show(place, "waiting", this.device.store.lasts ? "On this device; sent by itself when it can be" : "Not sent yet: stay on this page"); }
    if (state === "stopped" || state === "signed-out") { show(place, state, words); }
  }

  /* Show the file among those the server has. */
  async #arrived() {
    this.#say(`Added at ${clock(new Date())}`);
    const box = $("photo-form");
    const answer = await fetch(box.action, { headers: { "HX-Request": "true" } }).catch(() => null);
    if (answer?.ok) { $("photos").replaceChildren(...new DOMParser().parseFromString(await answer.text(), "text/html").body.childNodes); }
    await this.draw();
  }
}
