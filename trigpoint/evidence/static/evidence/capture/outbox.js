/* Sending what waits on the device, as often as it takes. A repeat is harmless: ids are minted here,
   and the server answers the same content with the same receipt. One that is stuck holds up nobody. */

import { fingerprint } from "./canonical.js";
import { ifThereIsRoom, later } from "./device.js";
import { Unreached } from "./transport.js";

export const CHUNK = 256 * 1024; // bytes
const LEAST_CHUNK = 16 * 1024; // bytes
const FIRST_WAIT = 2_000; // ms, doubled with each attempt
const LONGEST_WAIT = 300_000; // ms
const AT_ONCE = 3;
const AHEAD = 2 * LONGEST_WAIT; // ms: a later turn than that comes from a clock that was wrong
const SIGNED_OUT = "You are signed out. Sign in again; what you wrote stays here until then.";
const NOT_TAKEN = "Trigpoint did not take this record. Open it and look at what you typed.";
const OTHER_TEXT = "Trigpoint answered for other words than these. They stay here: open the record and look at them.";

/* A little by chance, so that a whole school's tablets do not come back in one moment. */
export function wait(tries, chance = Math.random()) {
  return Math.min(LONGEST_WAIT, FIRST_WAIT * 2 ** Math.min(tries, 10)) * (0.75 + chance / 2);
}

const isSignedOut = ({ status, body, isRenewed }) => status === 401 || (status === 403 && !isRenewed && /^(CSRF|$)/.test(body.detail ?? ""));
const isPassing = ({ status }) => status >= 500 || status === 429 || status === 408;

/* Only one tab at a time sends a thing; where the browser has no locks, sending twice is harmless. */
function alone(name, act) {
  return globalThis.navigator?.locks ? navigator.locks.request(name, act) : act();
}

/* Whether its turn has come. */
export const isDue = (row, now) => row.state === "device" && (row.next_at <= now || row.next_at > now + AHEAD);

export class Outbox {
  /* `tell(id, state, words)` hears how each record and photo fares: sending, received, waiting, stopped, signed-out. */
  constructor(device, transport, tell = () => {}) { Object.assign(this, { device, transport, tell, piece: CHUNK }); }

  /* Send all that is due, records before their photos; one round at a time. */
  sendAll() {
    this.round ??= this.#sendDue().finally(() => { this.round = null; });
    return this.round;
  }

  async #sendDue() {
    const due = (row) => isDue(row, this.device.now());
    const records = (await this.device.records()).filter(due);
    await this.#each(records, AT_ONCE, (row) => this.send(row.id, due));
    const photos = (await this.device.photos()).filter(due);
    await this.#each(photos, 1, (photo) => this.sendPhoto(photo.id)); // a weak signal carries one
  }

  async #each(rows, atOnce, act) {
    const left = [...rows];
    const work = async () => { while (left.length) { await act(left.shift()).catch((error) => console.error(error)); } };
    await Promise.all(Array.from({ length: atOnce }, work));
  }

  /* Send one record, due or not unless `due` says; says whether the server has all of it. */
  send(id, due = () => true) {
    return alone(`trigpoint-send-${id}`, async () => {
      const row = await this.device.record(id);
      if (!row || row.state !== "device" || !due(row)) { return row?.state === "received"; }
      this.tell(id, "sending");
      await this.device.sending(id, await fingerprint(row.content));
      try {
        return await this.#answered(row, await this.#save(row));
      } catch (error) {
        if (!(error instanceof Unreached)) { throw error; }
        return this.#later(row, "unreached");
      }
    });
  }

  /* Send words this device has no room for, straight from the page. With a receipt, the older ones here go.
     Says the revision they have now, or what is stored instead, or why not. */
  sendUnkept(id, content, base) {
    return alone(`trigpoint-send-${id}`, async () => {
      const row = await this.device.record(id);
      const sent = [...(row?.sent ?? []), ...this.device.known(id)];
      const hash = await fingerprint(content);
      this.device.remember(id, hash);
      const answer = await this.#save({ id, content, base: later(row?.base, base), sent });
      if (isSignedOut(answer)) { return { said: SIGNED_OUT }; }
      if (isPassing(answer)) { return {}; }
      const { revision = null, content_hash: stored, current = null, detail = NOT_TAKEN } = answer.body;
      if (!revision) { return { current, said: detail }; }
      if (stored !== hash) { return { said: OTHER_TEXT }; }
      await ifThereIsRoom(this.device.letGo(id));
      return { revision };
    });
  }

  /* What the server has may be what this device sent before and heard no answer to: then it goes on from there. */
  async #save(row) {
    const send = (base) => this.transport.save(row.id, row.content, base, this.device.me.person);
    const answer = await send(row.base);
    const stored = answer.status === 409 && answer.body.current;
    return stored && row.sent?.includes(stored.content_hash) ? send(stored.revision) : answer;
  }

  async #answered(row, answer) {
    if (answer.status === 200 || answer.status === 201) { return this.#receipt(row, answer.body); }
    if (isSignedOut(answer)) { this.tell(row.id, "signed-out", SIGNED_OUT); return false; }
    if (isPassing(answer)) { return this.#later(row, "busy"); }
    return this.#refused(row, { said: answer.body.detail ?? NOT_TAKEN, current: answer.body.current ?? null });
  }

  async #refused(row, why) {
    await this.device.stop(row.id, row.change, why);
    this.tell(row.id, "stopped", why.said);
    return false;
  }

  async #receipt(row, receipt) {
    if (receipt.content_hash !== await fingerprint(row.content)) { return row.tries < 3 ? this.#later(row, OTHER_TEXT) : this.#refused(row, { said: OTHER_TEXT, current: null }); }
    const now = await this.device.settle(row.id, row.change, receipt.revision);
    this.tell(row.id, now?.state === "received" ? "received" : "more"); // was typed meanwhile
    return now?.state === "received";
  }

  async #later(row, words) {
    await this.device.defer(row.id, this.device.now() + wait(row.tries));
    this.tell(row.id, "waiting", words);
    return false;
  }

  /* Send one photo from where it stopped; says whether the server has it. */
  sendPhoto(id) {
    return alone(`trigpoint-send-${id}`, async () => {
      const photo = (await this.device.photos()).find((one) => one.id === id);
      if (!photo || photo.state === "stopped") { return !photo; }
      const owner = await this.device.record(photo.record);
      if (owner && owner.base === null) { return false; } // its record first
      try {
        return await this.#chunks(photo, await this.device.bytesOf(photo));
      } catch (error) {
        if (!(error instanceof Unreached)) { throw error; }
        this.piece = Math.max(LEAST_CHUNK, this.piece / 2);
        return this.#photoLater(photo);
      }
    });
  }

  async #chunks(photo, bytes) {
    const facts = { name: photo.name, size: photo.size, sha256: photo.sha256, question: photo.question };
    let [at, misses] = [photo.sent, 0];
    while (misses < 5) {
      this.tell(photo.id, "sending", `${Math.floor((100 * at) / photo.size)}%`);
      const answer = await this.transport.chunk(photo.record, photo.id, { ...facts, at }, bytes.slice(at, at + this.piece));
      if (answer.status === 200 || answer.status === 201) { return this.#photoThere(photo, answer.body); }
      if (!Number.isInteger(answer.body.received)) { return this.#photoRefused(photo, answer); }
      misses += answer.status === 202 ? 0 : 1;
      this.piece = Math.min(CHUNK, this.piece * 2);
      at = answer.body.received;
      if (await this.device.alterPhoto(photo.id, { sent: at }) === undefined) { return false; } // taken off meanwhile: no more of it goes
    }
    return this.#photoLater(photo);
  }

  async #photoThere(photo, receipt) {
    if (receipt.received_sha256 !== photo.sha256) { return this.#photoLater(photo); }
    await this.device.dropPhoto(photo.id);
    this.tell(photo.id, "received");
    return true;
  }

  async #photoRefused(photo, answer) {
    if (isSignedOut(answer)) { this.tell(photo.id, "signed-out", SIGNED_OUT); return false; }
    if (isPassing(answer)) { return this.#photoLater(photo); }
    const said = answer.status === 404 ? "Its record is not in Trigpoint. Open the record, so that it is sent again." : answer.body.detail ?? "Trigpoint did not take this file.";
    await this.device.stopPhoto(photo.id, said);
    this.tell(photo.id, "stopped", said);
    return false;
  }

  async #photoLater(photo) {
    await this.device.alterPhoto(photo.id, { tries: photo.tries + 1, next_at: this.device.now() + wait(photo.tries) });
    this.tell(photo.id, "waiting");
    return false;
  }
}
