/* Where the device keeps things: IndexedDB, or memory where a browser will not keep anything. */

import { openDB } from "../../web/vendor/idb/index.js";
import { Passing, TABLES } from "./passing.js";

const NAME = "trigpoint-capture";
export const VERSION = 1;
export const NEWER = "trigpoint-newer"; // a newer release has taken the store over in another window
const ON_DISK = { durability: "strict" }; // what is said to be kept survives the power

/* Each release that changes the tables adds a step; none ever drops a draft. */
const STEPS = {
  1: (db) => Object.entries(TABLES).forEach(([table, keyPath]) => db.createObjectStore(table, { keyPath })),
};

export function upgrade(db, from, to = VERSION) {
  for (let step = from + 1; step <= to; step += 1) { STEPS[step](db); }
}

/* When all is written; why it was not is the transaction's own reason, such as no room. */
async function finished(work, request) {
  try { await Promise.all([request, work.done]); } catch (error) { throw work.error ?? error; }
}

class Lasting {
  lasts = true;

  constructor(db) { this.db = db; }

  get(table, key) { return this.db.get(table, key); }

  all(table) { return this.db.getAll(table); }

  async put(table, row) {
    const work = this.db.transaction(table, "readwrite", ON_DISK);
    await finished(work, work.store.put(row));
  }

  async remove(table, key) {
    const work = this.db.transaction(table, "readwrite", ON_DISK);
    await finished(work, work.store.delete(key));
  }

  /* Read one row, let `alter` return what it shall be, and write that, with nothing in between. */
  async change(table, key, alter) {
    const work = this.db.transaction(table, "readwrite", ON_DISK);
    const row = alter(await work.store.get(key));
    await finished(work, row && work.store.put(row));
    return row;
  }
}

export async function openStore() {
  try {
    return new Lasting(await openDB(NAME, VERSION, {
      upgrade: (db, from) => upgrade(db, from),
      blocking: (_from, _to, event) => { // a newer release waits for this page to let go
        event.target.close();
        window.dispatchEvent(new Event(NEWER));
      },
    }));
  } catch {
    return new Passing();
  }
}
