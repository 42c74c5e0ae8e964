import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";

const HERE = new URL("../../../trigpoint/evidence/static/evidence/capture/store.js", import.meta.url);
const source = readFileSync(HERE, "utf8").replace(/^import .*$/gm, "");
const { Outdated, openStore, upgrade, VERSION } = await import(`data:text/javascript,${encodeURIComponent(`const TABLES = { people: "person", records: "id" }; class Passing {}; const openDB = () => Promise.reject(globalThis.refused);${source}`)}`);

/* What a browser's database lets an upgrade do, and a record of what was done. */
class Database {
  made = new Set();

  createObjectStore(table) {
    assert.ok(!this.made.has(table), `${table} is there already`);
    this.made.add(table);
  }

  deleteObjectStore(table) { assert.fail(`${table} holds drafts, and no release drops one`); }
}

test("every release's tables come from those of each release before it", () => {
  const fresh = new Database();
  upgrade(fresh, 0);

  for (let from = 1; from <= VERSION; from += 1) {
    const old = new Database();
    upgrade(old, 0, from);
    upgrade(old, from);
    assert.deepEqual(old.made, fresh.made);
  }
});

test("a page of an older release is told apart from a browser that keeps nothing", async () => {
  globalThis.refused = new DOMException("a newer version is here", "VersionError");
  await assert.rejects(openStore(), (error) => error instanceof Outdated && error.message.includes("Reload this page"));

  globalThis.refused = new DOMException("private mode", "InvalidStateError");
  assert.equal((await openStore()).constructor.name, "Passing");
});
