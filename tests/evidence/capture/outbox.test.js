import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";

import "./globals.js";
import { plain, fingerprint, sha256 } from "../../../trigpoint/evidence/static/evidence/capture/canonical.js";
import { Device } from "../../../trigpoint/evidence/static/evidence/capture/device.js";
import { CHUNK, Outbox, wait } from "../../../trigpoint/evidence/static/evidence/capture/outbox.js";
import { Passing } from "../../../trigpoint/evidence/static/evidence/capture/passing.js";
import { Unreached } from "../../../trigpoint/evidence/static/evidence/capture/transport.js";

const ANNA = "a0000000-0000-4000-8000-000000000000";

/* The far end, as its contract has it: ids from the device, receipts with a hash, bases that must fit. */
class Server {
  records = new Map();

  files = new Map();

  faults = [];

  async #fault() {
    const fault = this.faults.shift();
    if (fault === "lost") { throw new Unreached("test"); }
    return fault;
  }

  async save(id, content, base) {
    const fault = await this.#fault();
    if (fault?.status) { return fault; }
    const hash = await fingerprint(content);
    const kept = this.records.get(id);
    if (kept && kept.hash !== hash && kept.revision !== base) { return { status: 409, body: { detail: "Changed.", current: { revision: kept.revision, content_hash: kept.hash, content: kept.content } } }; }
    const revision = kept?.hash === hash ? kept.revision : (kept?.revision ?? 0) + 1;
    this.records.set(id, { content, hash, revision });
    if (fault === "answer lost") { throw new Unreached("test"); }
    return { status: 200, body: { revision, content_hash: fault === "other text" ? "0" : hash } };
  }

  async chunk(record, id, { at, size, sha256: whole }, bytes) {
    const fault = await this.#fault();
    if (fault?.status) { return fault; }
    if (!this.records.has(record)) { return { status: 404, body: {} }; }
    const had = this.files.get(id) ?? new Uint8Array();
    if (had.length !== at) { return { status: 409, body: { received: had.length } }; }
    const now = Uint8Array.from([...had, ...new Uint8Array(bytes)]);
    this.files.set(id, now);
    if (fault === "answer lost") { throw new Unreached("test"); }
    if (now.length < size) { return { status: 202, body: { received: now.length } }; }
    return { status: 201, body: { received_sha256: await sha256(now), whole } };
  }
}

let [clock, device, server, outbox, heard] = [];

beforeEach(async () => {
  clock = 1_000_000;
  const me = (await Device.enter(new Passing(), ANNA, async () => ({ person_id: ANNA, name: "Anna", secret: "0a".repeat(32) })));
  device = new Device(me.store, me.me, () => clock);
  server = new Server();
  heard = [];
  outbox = new Outbox(device, server, (id, state) => heard.push(`${id} ${state}`));
});

const keep = (id, title) => device.keep(id, { content: plain({ title }), where: "", title });

test("a record is sent and known to be there", async () => {
  await keep("one", "Reading");

  assert.equal(await outbox.send("one"), true);

  assert.equal(server.records.get("one").content.title, "Reading");
  assert.equal((await device.record("one")).state, "received");
  assert.deepEqual(heard, ["one sending", "one received"]);
});

test("an answer that was lost, and more typed since: the device knows its own words again", async () => {
  await keep("one", "Reading");
  server.faults = ["answer lost"];
  assert.equal(await outbox.send("one"), false);
  await keep("one", "Reading aloud");

  assert.equal(await outbox.send("one"), true);

  assert.deepEqual([server.records.get("one").revision, server.records.get("one").content.title], [2, "Reading aloud"]);
});

test("the device knows its own words again after any number of attempts", async () => {
  await keep("one", "Reading");
  server.faults = ["answer lost"];
  await outbox.send("one");
  await keep("one", "Reading aloud");
  server.faults = Array(40).fill("lost");
  for (let attempt = 0; attempt < 40; attempt += 1) { await outbox.send("one"); }

  assert.equal(await outbox.send("one"), true);
});

test("words the device had no room for are sent all the same, and known again", async () => {
  const words = (title) => plain({ title });
  await keep("one", "Reading");
  await outbox.send("one");

  const { revision } = await outbox.sendUnkept("one", words("Reading aloud"), 1);
  assert.equal(await device.record("one"), null); // nothing older is sent over it
  server.faults = ["answer lost"];
  await assert.rejects(outbox.sendUnkept("one", words("Reading aloud, twice"), revision), Unreached);
  await device.keep("one", { content: words("Reading aloud, twice over"), where: "", title: "" }, revision); // there is room again

  assert.equal(await outbox.send("one"), true);
  assert.deepEqual([server.records.get("one").revision, server.records.get("one").content.title], [4, "Reading aloud, twice over"]);
});

test("of words the device had no room for it is said why they are not there, and older ones stay", async () => {
  await keep("one", "Reading");
  server.faults = [{ status: 409, body: { detail: "This review is closed." } }, { status: 503, body: {} }, "other text", { status: 401, body: {} }];
  const send = () => outbox.sendUnkept("one", plain({ title: "Reading aloud" }), null);

  assert.equal((await send()).said, "This review is closed.");
  assert.deepEqual(await send(), {}); // it is tried again
  assert.match((await send()).said, /other words/);
  assert.match((await send()).said, /signed out/);

  assert.equal((await device.record("one")).content.title, "Reading");
});

test("a clock that ran ahead and was set right stops nothing", async () => {
  await keep("one", "Reading");
  clock += 3 * 86_400_000;
  server.faults = ["lost"];
  await outbox.sendAll();

  clock -= 3 * 86_400_000;
  await outbox.sendAll();

  assert.equal((await device.record("one")).state, "received");
});

test("a photo goes in smaller pieces where the signal is weak", async () => {
  await keep("one", "Books");
  await outbox.sendAll();
  const { id } = await keepPhoto(CHUNK);
  server.faults = ["lost", "lost"];
  await outbox.sendPhoto(id);
  await outbox.sendPhoto(id);

  assert.equal(outbox.piece, CHUNK / 4);
  assert.equal(await outbox.sendPhoto(id), true);
});

test("words of another device are never replaced unseen", async () => {
  await keep("one", "Reading");
  await outbox.send("one");
  await server.save("one", plain({ title: "From the phone" }), 1);
  await keep("one", "From the tablet");

  assert.equal(await outbox.send("one"), false);

  const row = await device.record("one");
  assert.deepEqual([row.state, row.current.content.title, server.records.get("one").content.title], ["stopped", "From the phone", "From the phone"]);
  await device.rebase("one", row.current.revision);
  assert.equal(await outbox.send("one"), true);
  assert.equal(server.records.get("one").content.title, "From the tablet");
});

test("a repeat of the same words settles by itself", async () => {
  await keep("one", "Reading");
  server.faults = ["answer lost"];
  await outbox.send("one");

  assert.equal(await outbox.send("one"), true);
  assert.equal(server.records.get("one").revision, 1);
});

test("what is not reached waits longer each time, and is due again by itself", async () => {
  await keep("one", "Reading");
  server.faults = ["lost"];
  await outbox.sendAll();
  await outbox.sendAll();
  assert.equal((await device.record("one")).tries, 1); // not due yet

  clock += 10_000;
  await outbox.sendAll();

  assert.equal((await device.record("one")).state, "received");
  assert.ok(wait(0, 0.5) < wait(1, 0.5) && wait(99, 1) <= 375_000);
});

test("one that is stuck holds up no other", async () => {
  await keep("one", "Stuck");
  await keep("two", "Fine");
  await keep("three", "Fine");
  const save = server.save.bind(server);
  server.save = (id, ...rest) => (id === "one" ? { status: 500, body: {} } : save(id, ...rest));

  await outbox.sendAll();

  assert.deepEqual((await device.records()).map((row) => `${row.id} ${row.state}`).sort(), ["one device", "three received", "two received"]);
});

test("a receipt for other words lets go of nothing", async () => {
  await keep("one", "Reading");
  server.faults = ["other text", "other text", "other text", "other text"];

  for (let attempt = 0; attempt < 4; attempt += 1) { assert.equal(await outbox.send("one"), false); }

  const row = await device.record("one");
  assert.deepEqual([row.state, row.content.title], ["stopped", "Reading"]);
});

test("a refusal is kept with its reason", async () => {
  await keep("one", "Reading");
  server.faults = [{ status: 409, body: { detail: "This review is closed." } }];

  await outbox.send("one");

  const row = await device.record("one");
  assert.deepEqual([row.state, row.said, row.content.title], ["stopped", "This review is closed.", "Reading"]);
});

test("signed out is no refusal: it waits for a sign-in", async () => {
  await keep("one", "Reading");
  server.faults = [{ status: 401, body: {} }, { status: 403, body: { detail: "CSRF" } }];
  await outbox.send("one");
  await outbox.send("one");

  assert.deepEqual([(await device.record("one")).state, heard.at(-1)], ["device", "one signed-out"]);
});

test("a refusal without a word, from a sign-in that has just been renewed, is no sign-out", async () => {
  await keep("one", "Reading");
  server.faults = [{ status: 403, body: {}, isRenewed: true }];

  await outbox.send("one");

  assert.deepEqual([(await device.record("one")).state, heard.at(-1)], ["stopped", "one stopped"]);
});

async function keepPhoto(size) {
  const bytes = Uint8Array.from({ length: size }, (_, place) => place % 251).buffer;
  const id = await device.keepPhoto("one", { name: "book.jpg", type: "image/jpeg", bytes, sha256: await sha256(bytes) });
  return { id, bytes };
}

test("a photo waits for its record, then arrives whole in pieces", async () => {
  await keep("one", "Books");
  const { id, bytes } = await keepPhoto(2 * CHUNK + 7);

  assert.equal(await outbox.sendPhoto(id), false);
  await outbox.sendAll();

  assert.deepEqual(server.files.get(id), new Uint8Array(bytes));
  assert.deepEqual(await device.photos(), []);
});

test("a photo goes on where it stopped, also when an answer was lost", async () => {
  await keep("one", "Books");
  await outbox.sendAll();
  const { id, bytes } = await keepPhoto(3 * CHUNK);
  server.faults = [undefined, "answer lost"];
  await outbox.sendPhoto(id);
  assert.equal((await device.photos())[0].sent, CHUNK);

  clock += 10_000;
  await outbox.sendAll();

  assert.deepEqual(server.files.get(id), new Uint8Array(bytes));
});

test("of a photo that is taken off while it is sent, no more goes", async () => {
  await keep("one", "Books");
  await outbox.sendAll();
  const { id } = await keepPhoto(3 * CHUNK);
  const chunk = server.chunk.bind(server);
  server.chunk = async (...piece) => { const answer = await chunk(...piece); await device.dropPhoto(id); return answer; };

  assert.equal(await outbox.sendPhoto(id), false);

  assert.equal(server.files.get(id).length, CHUNK);
  assert.deepEqual(await device.photos(), []);
});

test("a photo the server will not have stays, with its reason", async () => {
  await keep("one", "Books");
  await outbox.sendAll();
  const { id } = await keepPhoto(10);
  server.faults = [{ status: 409, body: { detail: "That is not a photo." } }];

  await outbox.sendPhoto(id);

  const [photo] = await device.photos();
  assert.deepEqual([photo.state, photo.said], ["stopped", "That is not a photo."]);
});
