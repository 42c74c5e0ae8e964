/* One person's records on this device: sealed, counted, and let go of only when the server has them.

   A record's row, with only ids, times and counters in the clear:
     change       goes up with everything typed, so a receipt knows whether more was typed meanwhile
     base         the server's revision it builds on; null until the server first has it
     state        "device": waits here · "received": the server has all of it · "stopped": needs its author
     sent         hashes of what was sent, so that the device knows its own words again
     sealed       {content, where, title, labels}; where is the query that says which visit it is, labels
                  the questions answered, in their form's words
     why          sealed {said, current} of a stopped one; current is what the server has instead  */

import * as seal from "./seal.js";

export const FORMAT = 1;
export const TOLD = "trigpoint-told"; // a page heard how something that waits here fares
export const AT_RISK = "trigpoint-at-risk"; // the lock of pages with words this device has no room for
const MOST_SENT = 20; // hashes remembered of a record
const SHEETS_KEPT = 14 * 24 * 3_600_000; // ms
const CANNOT = { state: "stopped", title: "Cannot be opened", said: "This cannot be opened on this device. If you have a copy of it, bring that back.", isShut: true };
const IDLE = 8 * 3_600_000; // ms: a sign-in on the server ends as soon
const KEPT_AFTER_RECEIPT = 24 * 3_600_000; // ms: long enough to go on with it where there is no signal

const people = globalThis.BroadcastChannel ? new BroadcastChannel("trigpoint-people") : null;
people?.unref?.(); // Node.js would wait for it

export class Locked extends Error {}

/* Bookkeeping that a full device may leave out: nothing typed depends on it. */
export async function ifThereIsRoom(work) {
  try { return await work; } catch (error) { if (error.name !== "QuotaExceededError") { throw error; } return null; }
}

/* The later of two revisions, of which either may be none yet. */
export const later = (one, other) => Math.max(one ?? 0, other ?? 0) || null;

const withSent = (row, hashes) => ({ ...row, sent: [...new Set([...(row.sent ?? []), ...hashes])].slice(-MOST_SENT) });

export class Device {
  constructor(store, me, now = Date.now) { Object.assign(this, { store, me, now, unkept: new Map() }); }

  /* The device of whoever was here last; null when nobody was within a session's idle time. */
  static async ofWhoWasHere(store, now = Date.now) {
    const [me] = await store.all("people");
    if (!me) { return null; }
    if (me.seen_at < now() - IDLE) { await store.remove("people", me.person); return null; }
    return new Device(store, me, now);
  }

  /* The device a page works with: whoever it was drawn for, or, drawn from here, whoever was here last. */
  static at(place, store, unlock) {
    return place.dataset.from === "device" ? Device.ofWhoWasHere(store) : Device.enter(store, place.dataset.person, unlock);
  }

  /* Whoever a page was drawn for. The key of anybody else goes: their drafts stay, shut.
     Where not even a key fits, what lies here can be read and sent all the same. */
  static async enter(store, person, unlock) {
    const people = await store.all("people");
    await Promise.all(people.filter((one) => one.person !== person).map((one) => Device.shut(store, one.person)));
    const here = people.find((one) => one.person === person);
    const me = here ?? await Device.#opened(person, await unlock());
    await ifThereIsRoom(store.put("people", { ...me, seen_at: Date.now() }));
    return new Device(store, me);
  }

  /* Whether sealed rows of somebody wait here, whoever has signed in. */
  static async holds(store, person) {
    const rows = [...await store.all("records"), ...await store.all("photos")];
    return rows.some((row) => row.person === person && row.state !== "received");
  }

  static async #opened(person, { person_id, name, secret }) {
    if (person_id !== person) { throw new Locked("somebody else is signed in"); }
    return { person, name, key: await seal.keyFrom(secret, person) };
  }

  /* Whoever is at work stays in, also where no server sees it. */
  stay() { return ifThereIsRoom(this.store.change("people", this.me.person, (row) => row && { ...row, seen_at: this.now() })); }

  /* Call `gone` when its person signs out, or somebody else signs in, in another window. */
  watch(gone) {
    const look = async () => { if (document.visibilityState === "visible" && !(await this.store.get("people", this.me.person))) { gone(); } };
    people?.addEventListener("message", look);
    document.addEventListener("visibilitychange", look);
    this.stay().then((row) => { if (row === undefined) { people?.removeEventListener("message", look); document.removeEventListener("visibilitychange", look); } }); // its key found no room
  }

  /* Signing out: the key goes, and so do the drawn pages; drafts and photos stay sealed. */
  async leave() {
    const sheets = await this.#mine("sheets");
    await Promise.all(sheets.map((sheet) => this.store.remove("sheets", sheet.key)));
    await Device.shut(this.store, this.me.person);
  }

  /* Take somebody's key off the device, and let other windows know. */
  static async shut(store, person) {
    await store.remove("people", person);
    people?.postMessage("gone");
  }

  async #mine(table) { return (await this.store.all(table)).filter((row) => row.person === this.me.person); }

  /* Records ---------------------------------------------------------------- */

  /* Keep what a record says now. `base` is what the page goes on from: later than the row's where it was sent
     without being kept here. */
  async keep(id, said, base = null) {
    const sealed = await seal.seal(this.me.key, said);
    return this.store.change("records", id, (row) => ({
      ...withSent(row ?? { id, person: this.me.person, change: 0, begun_at: this.now() }, this.known(id)), base: later(row?.base, base),
      format: FORMAT, sealed, change: (row?.change ?? 0) + 1, state: "device", tries: 0, next_at: 0, why: null, at: this.now(),
    }));
  }

  async record(id) {
    const row = await this.store.get("records", id);
    return row?.person === this.me.person ? this.#read(row) : null;
  }

  async records() {
    const rows = await this.#mine("records");
    return Promise.all(rows.sort((one, other) => other.at - one.at).map((row) => this.#read(row)));
  }

  /* A row that does not open, such as one sealed before the server was restored, stops nothing else. */
  async #read(row, sealed = row.sealed) {
    try {
      const why = row.why ? await seal.open(this.me.key, row.why) : {};
      return { ...row, ...(await seal.open(this.me.key, sealed)), ...why };
    } catch {
      return { ...row, ...CANNOT, where: "", content: null, name: CANNOT.title };
    }
  }

  /* These words are on their way: should the answer be lost, they are known again. */
  sending(id, hash) {
    return ifThereIsRoom(this.#alter(id, (row) => withSent(row, [hash])));
  }

  /* Hashes of words that went to the server without being kept here. */
  known(id) { return this.unkept.get(id) ?? []; }

  /* These words are on their way and not kept here. The row hears of it with the next words that fit: until
     then it holds older ones, which must not take the place of these. */
  remember(id, hash) { this.unkept.set(id, [...this.known(id), hash].slice(-MOST_SENT)); }

  /* The server has what was sent under `change`. */
  settle(id, change, revision) {
    return this.#alter(id, (row) => ({
      ...row, base: revision, tries: 0, next_at: 0, why: null,
      ...(row.change === change ? { state: "received", received_at: this.now() } : {}),
    }));
  }

  /* It did not get through: try again at `next_at`. */
  defer(id, next_at) { return ifThereIsRoom(this.#alter(id, (row) => ({ ...row, tries: row.tries + 1, next_at }))); }

  /* The server says no, or has something else: its author decides. */
  async stop(id, change, why) {
    const sealed = await seal.seal(this.me.key, why);
    return this.#alter(id, (row) => (row.change === change ? { ...row, state: "stopped", why: sealed } : row));
  }

  /* Go on from the server's revision, as the author decided. */
  rebase(id, base) { return this.#alter(id, (row) => ({ ...row, base, state: "device", next_at: 0, why: null })); }

  /* What waited, or was stopped, is tried again now. */
  retry(id) { return this.#alter(id, (row) => ({ ...row, state: row.state === "received" ? row.state : "device", next_at: 0, why: null })); }

  /* Nothing waits for its next attempt any longer; with `all`, what was refused is tried again too. */
  async wake(all = false) {
    const awake = (row) => (row.state === "device" || (all && row.state === "stopped") ? { ...row, state: "device", next_at: 0, why: null } : row);
    for (const table of ["records", "photos"]) {
      for (const { id } of await this.#mine(table)) { await this.store.change(table, id, (row) => row && awake(row)); }
    }
  }

  #alter(id, alter) { return this.store.change("records", id, (row) => row && alter(row)); }

  /* Take a record off this device with its photos, as its author asked. */
  async forget(id) {
    const photos = await this.photos(id);
    await Promise.all(photos.map((photo) => this.dropPhoto(photo.id)));
    await this.store.remove("records", id);
  }

  /* The server has all of it, so the device need not: nor a page put by before it had. */
  async letGo(id) {
    const [row, sheet] = [await this.store.get("records", id), await this.store.get("sheets", this.#sheetAt(`record=${id}`))];
    await this.store.remove("records", id);
    if (sheet && sheet.at < (row?.received_at ?? this.now())) { await this.store.remove("sheets", sheet.key); }
  }

  /* Let go of what the server has had for a day. */
  async tidy() {
    const old = (await this.#mine("records")).filter((row) => row.state === "received" && row.received_at < this.now() - KEPT_AFTER_RECEIPT);
    const waiting = new Set((await this.#mine("photos")).map((photo) => photo.record));
    await Promise.all(old.filter((row) => !waiting.has(row.id)).map((row) => this.letGo(row.id)));
    const stale = (await this.#mine("sheets")).filter((sheet) => sheet.at < this.now() - SHEETS_KEPT);
    await Promise.all(stale.map((sheet) => this.store.remove("sheets", sheet.key)));
    await this.#tidyFiles();
  }

  /* Let go of the bytes of photos that are not here any more, whoever's they were. */
  async #tidyFiles() {
    const files = await this.store.keys("files"); // first: a photo added meanwhile is not among them
    const photos = new Set(await this.store.keys("photos"));
    await Promise.all(files.filter((id) => !photos.has(id)).map((id) => this.store.remove("files", id)));
  }

  /* Photos ------------------------------------------------------------------ */

  async keepPhoto(record, { name, type, question = "", bytes, sha256 }) {
    const id = crypto.randomUUID();
    const facts = await seal.seal(this.me.key, { name, type, question, sha256 });
    const sealed = await seal.sealBytes(this.me.key, bytes);
    const row = { id, record, person: this.me.person, format: FORMAT, facts, size: bytes.byteLength, sent: 0, state: "device", tries: 0, next_at: 0, why: null, at: this.now() };
    await this.store.putAll({ files: { id, sealed }, photos: row }); // apart, so that listing photos reads no bytes
    return id;
  }

  async photos(record = null) {
    const rows = (await this.#mine("photos")).filter((row) => record === null || row.record === record);
    return Promise.all(rows.sort((one, other) => one.at - other.at).map((row) => this.#read(row, row.facts)));
  }

  async bytesOf(photo) { return seal.openBytes(this.me.key, (await this.store.get("files", photo.id)).sealed); }

  alterPhoto(id, facts) { return ifThereIsRoom(this.store.change("photos", id, (row) => row && { ...row, ...facts })); }

  async stopPhoto(id, said) { return this.alterPhoto(id, { state: "stopped", why: await seal.seal(this.me.key, { said }) }); }

  async dropPhoto(id) {
    await this.store.remove("photos", id);
    await this.store.remove("files", id);
  }

  /* Pages ------------------------------------------------------------------- */

  #sheetAt(where) { return `${this.me.person} ${where}`; }

  /* Put a page by. Where there is no room it is left out: what is typed comes first. */
  async keepSheet(where, html) {
    const sealed = await seal.seal(this.me.key, html);
    await ifThereIsRoom(this.store.put("sheets", { key: this.#sheetAt(where), person: this.me.person, where, sealed, at: this.now() }));
  }

  async sheet(where) {
    const row = await this.store.get("sheets", this.#sheetAt(where));
    return row ? seal.open(this.me.key, row.sealed).catch(() => null) : null; // sealed before the server was restored
  }

  /* When each page was put by, by where it is for. */
  async sheets() { return new Map((await this.#mine("sheets")).map((row) => [row.where, row.at])); }

  /* How much waits here, of mine: for the count on every page. */
  async waiting() {
    const [records, photos] = await Promise.all([this.#mine("records"), this.#mine("photos")]);
    const unsent = records.filter((row) => row.state !== "received");
    return { records: unsent.length, photos: photos.length, stopped: [...unsent, ...photos].filter((row) => row.state === "stopped").length };
  }
}
