/* Photos of one record: made small, kept on the device, sent in pieces. */

import { sha256 } from "./canonical.js";
import { clock, element, show } from "./drawing.js";

const LONGEST_SIDE = 2048; // pixels, as the server keeps them
const QUALITY = 0.85;
const LARGEST = 15 * 1024 * 1024; // bytes, as the server takes them
const THUMB = 116; // pixels
const $ = (id) => document.getElementById(id);

/* A photo drawn again no larger than it is kept: small to store, and without place or camera. */
export async function shrink(file) {
  let image;
  try { image = await createImageBitmap(file, { imageOrientation: "from-image" }); } catch { return file; } // a PDF, or a kind only the server reads
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
    return element("span", {}, name);
  }
}

/* The question a photo answers, as its form asks it. */
function asks({ question }) {
  const label = question && [...($("photo-question")?.options ?? [])].find((option) => option.value === question)?.textContent;
  return label ? [element("small", {}, ` For “${label}”`)] : [];
}

export class PhotoShelf {
  constructor(device, outbox, record) { Object.assign(this, { device, outbox, record, places: new Map() }); }

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
    show(line, photo.state, photo.said ? `Not taken: ${photo.said}` : `On this device ${clock(new Date(photo.at))}`);
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
    const line = $("photo-state");
    for (const file of [...field.files]) {
      line.textContent = `Keeping ${file.name}`;
      line.textContent = await this.#keep(file);
    }
    field.value = "";
    await this.draw();
    await this.send();
  }

  async #keep(file) {
    const small = await shrink(file);
    if (small.size > LARGEST) { return `${file.name} was not added: 15 MB is the most. Choose a smaller one.`; }
    const bytes = await small.arrayBuffer();
    try {
      await this.device.keepPhoto(this.record, { name: file.name, type: small.type, question: $("photo-question")?.value ?? "", bytes, sha256: await sha256(bytes) });
    } catch (error) {
      if (error.name !== "QuotaExceededError") { throw error; }
      return `${file.name} was not added: this device is full. Send what waits, or make room, then choose it again.`;
    }
    return `Kept on this device at ${clock(new Date())}`;
  }

  async send() {
    const photos = (await this.device.photos(this.record)).filter((photo) => photo.state !== "stopped" && photo.next_at <= Date.now());
    for (const photo of photos) { await this.outbox.sendPhoto(photo.id); }
    if (photos.length) { await this.draw(); }
  }

  hear(id, state, words) {
    const place = this.places.get(id);
    if (!place) { return; } // of another record
    if (state === "received") { this.#arrived(); }
    if (state === "sending") { show(place, "sending", `Sending ${words}`); }
    if (state === "waiting") { show(place, "waiting", "On this device; sent by itself when it can be"); }
    if (state === "stopped" || state === "signed-out") { show(place, state, words); }
  }

  /* Show the file among those the server has. */
  async #arrived() {
    $("photo-state").textContent = `Added at ${clock(new Date())}`;
    const box = $("photo-form");
    const answer = await fetch(box.action, { headers: { "HX-Request": "true" } }).catch(() => null);
    if (answer?.ok) { $("photos").replaceChildren(...new DOMParser().parseFromString(await answer.text(), "text/html").body.childNodes); }
    await this.draw();
  }
}
