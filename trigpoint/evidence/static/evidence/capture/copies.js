/* A copy of what waits on the device, as a file in its author's hands; and back from it. */

import { element } from "./drawing.js";

const KIND = "trigpoint-capture";
const FORMAT = 1;
const LARGEST = 200 * 1024 * 1024; // characters

function toText(bytes) {
  const view = new Uint8Array(bytes);
  const parts = [];
  for (let at = 0; at < view.length; at += 0x8000) { parts.push(String.fromCharCode(...view.subarray(at, at + 0x8000))); }
  return btoa(parts.join(""));
}

const toBytes = (text) => Uint8Array.from(atob(text), (sign) => sign.charCodeAt(0)).buffer;

/* Everything of mine that waits here; or of one record, as it stands on the screen. */
export async function copyOf(device, onScreen = null) {
  const kept = (await device.records()).filter((row) => row.state !== "received" && !row.isShut);
  const records = onScreen ? [onScreen] : kept;
  const photos = (await device.photos()).filter((photo) => !photo.isShut && (!onScreen || photo.record === onScreen.id));
  return {
    kind: KIND, format: FORMAT, person: device.me.person, saved_at: new Date().toISOString(),
    records: records.map(({ id, base, content, where, title, labels }) => ({ id, base, content, where, title, labels })),
    photos: await Promise.all(photos.map(async (photo) => ({
      record: photo.record, name: photo.name, type: photo.type, question: photo.question, sha256: photo.sha256, data: toText(await device.bytesOf(photo)),
    }))),
  };
}

/* Hand the copy to the browser; says what its file is called. */
export async function saveCopy(device, onScreen = null) {
  const text = JSON.stringify(await copyOf(device, onScreen), null, 1);
  const address = URL.createObjectURL(new Blob([text], { type: "application/json" }));
  const name = `trigpoint-notes-${new Date().toISOString().slice(0, 16).replace(/[T:]/g, "-")}.json`;
  const link = element("a", { href: address, download: name });
  link.click();
  setTimeout(() => URL.revokeObjectURL(address), 60_000);
  return name;
}

export class NoCopy extends Error {}

function read(text) {
  if (text.length > LARGEST) { throw new NoCopy("That file is too large to be a copy of notes."); }
  let copy;
  try { copy = JSON.parse(text); } catch { throw new NoCopy("That file cannot be read. Choose the file that “Save a copy” made."); }
  if (copy?.kind !== KIND || !Array.isArray(copy.records) || !Array.isArray(copy.photos)) { throw new NoCopy("That is not a copy of notes. Choose the file that “Save a copy” made."); }
  if (copy.format > FORMAT) { throw new NoCopy("That copy comes from a newer Trigpoint. Reload this page, then choose it again."); }
  return copy;
}

/* Bring a copy back. What is here with other words stays, sent or not; the copy's then comes beside it as a new record. */
export async function bringBack(device, text) {
  const copy = read(text);
  if (copy.person !== device.me.person) { throw new NoCopy("That copy holds somebody else's notes. They bring it back when they are signed in."); }
  const ids = new Map();
  for (const row of copy.records) { ids.set(row.id, await bringOne(device, row)); }
  const nameOf = (photo) => [photo.record, photo.question ?? "", photo.sha256].join(" "); // one photo may answer two questions
  const there = new Set((await device.photos()).map(nameOf));
  for (const { data, ...facts } of copy.photos.map((photo) => ({ ...photo, record: ids.get(photo.record) ?? photo.record }))) {
    if (!there.has(nameOf(facts))) { await device.keepPhoto(facts.record, { ...facts, bytes: toBytes(data) }); }
  }
  return copy.records.length;
}

async function bringOne(device, { id, base, content, where, title, labels }) {
  const here = await device.record(id);
  if (here && JSON.stringify(here.content) === JSON.stringify(content)) { return id; }
  if (!here) {
    await device.keep(id, { content, where, title, labels }, base); // changed elsewhere since, the two are compared
    return id;
  }
  const other = crypto.randomUUID();
  await device.keep(other, { content: { ...content, title: `${title || "Untitled"} (copy)`.slice(0, 160) }, where, title, labels }, null);
  return other;
}
