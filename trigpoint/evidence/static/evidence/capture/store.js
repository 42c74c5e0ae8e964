/* Where the device keeps things: IndexedDB, or memory where a browser will not keep anything. */

import { openDB } from "../../web/vendor/idb/index.js";
import { Passing, TABLES } from "./passing.js";

const NAME = "trigpoint-capture";
export const VERSION = 1;
export const NEWER = "trigpoint-newer"; // a newer release takes the store over in another window; it waits for the promises put into `detail`
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

  isOver = false; // whether a newer release has taken it over: its page is done with it, and nothing is answered any more

  constructor(connect, db) { Object.assign(this, { connect, db }); }

  /* A browser may drop the connection of a page that was in the background: it is made anew. */
  async #ready() {
    if (this.isOver) { return new Promise(() => {}); }
    this.db ??= await this.connect(this);
    return this.db;
  }

  async get(table, key) { return (await this.#ready()).get(table, key); }

  async all(table) { return (await this.#ready()).getAll(table); }

  async keys(table) { return (await this.#ready()).getAllKeys(table); }

  async put(table, row) {
    const work = (await this.#ready()).transaction(table, "readwrite", ON_DISK);
    await finished(work, work.store.put(row));
  }

  /* A row into each of several tables: all of them or none. */
  async putAll(rows) {
    const work = (await this.#ready()).transaction(Object.keys(rows), "readwrite", ON_DISK);
    await finished(work, Promise.all(Object.entries(rows).map(([table, row]) => work.objectStore(table).put(row))));
  }

  async remove(table, key) {
    const work = (await this.#ready()).transaction(table, "readwrite", ON_DISK);
    await finished(work, work.store.delete(key));
  }

  /* Read one row, let `alter` return what it shall be, and write that, with nothing in between. */
  async change(table, key, alter) {
    const work = (await this.#ready()).transaction(table, "readwrite", ON_DISK);
    const row = alter(await work.store.get(key));
    await finished(work, row && work.store.put(row));
    return row;
  }
}

function connect(store) {
  return openDB(NAME, VERSION, {
    upgrade: (db, from) => upgrade(db, from),
    blocking: async (_from, _to, event) => { // a newer release waits for this page to let go
      const writing = [];
      window.dispatchEvent(new CustomEvent(NEWER, { detail: writing }));
      await Promise.allSettled(writing);
      store.isOver = true;
      event.target.close();
    },
    terminated: () => { store.db = null; },
  });
}

/* A page of an older release, opened after a newer one changed the store. */
export class Outdated extends Error {
  message = "Trigpoint was updated since this page was made. Reload this page to go on.";
}

export async function openStore() {
  try {
    const store = new Lasting(connect, null);
    store.db = await connect(store);
    return store;
  } catch (error) {
    if (error.name === "VersionError") { throw new Outdated(); }
    return new Passing();
  }
}
