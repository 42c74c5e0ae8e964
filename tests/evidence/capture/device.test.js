import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";

import "./globals.js";
import { bringBack, copyOf, NoCopy } from "../../../trigpoint/evidence/static/evidence/capture/copies.js";
import { Device, Locked } from "../../../trigpoint/evidence/static/evidence/capture/device.js";
import { Passing } from "../../../trigpoint/evidence/static/evidence/capture/passing.js";

const ANNA = "a0000000-0000-4000-8000-000000000000";
const BEN = "b0000000-0000-4000-8000-000000000000";
const SECRETS = { [ANNA]: "0a".repeat(32), [BEN]: "0b".repeat(32) };
const unlock = (person) => async () => ({ person_id: person, name: "Somebody", secret: SECRETS[person] });
const said = (title) => ({ content: { title, notes: [] }, where: "activity=1", title });

let store;
let anna;

beforeEach(async () => {
  store = new Passing();
  anna = await Device.enter(store, ANNA, unlock(ANNA));
});

test("a record is kept word for word", async () => {
  await anna.keep("one", said("Year 4 reading"), 3);

  const row = await anna.record("one");
  assert.deepEqual([row.content.title, row.base, row.state, row.change], ["Year 4 reading", 3, "device", 1]);
});

test("a record goes on from what the page had saved without the device", async () => {
  await anna.keep("one", said("Year 4 reading"), 3);
  await anna.keep("one", said("Year 4 reading aloud"), 5);
  assert.equal((await anna.record("one")).base, 5);

  await anna.keep("one", said("Year 4 reading aloud, twice"), 4);

  assert.equal((await anna.record("one")).base, 5);
});

test("nothing that was typed lies in the clear", async () => {
  await anna.keep("one", said("Unmistakable"));
  await anna.keepPhoto("one", { name: "Unmistakable.jpg", type: "image/jpeg", bytes: new TextEncoder().encode("Unmistakable"), sha256: "0" });
  await anna.keepSheet("activity=1", "<p>Unmistakable</p>");

  const rows = [...(await store.all("records")), ...(await store.all("photos")), ...(await store.all("sheets"))];
  const bytes = rows.map((row) => JSON.stringify(row, (_, value) => (value instanceof ArrayBuffer ? new TextDecoder().decode(value) : value)));
  assert.ok(!bytes.join("").includes("Unmistakable"));
});

test("the key cannot be read out", async () => {
  await assert.rejects(crypto.subtle.exportKey("raw", anna.me.key));
});

test("the next person on the device sees nothing of it, and finds no key", async () => {
  await anna.keep("one", said("Anna's"));

  const ben = await Device.enter(store, BEN, unlock(BEN));

  assert.equal(await ben.record("one"), null);
  assert.deepEqual(await ben.records(), []);
  assert.deepEqual((await store.all("people")).map((one) => one.person), [BEN]);
  assert.equal((await ben.waiting()).records, 0);
});

test("signing out shuts them, and they open for their owner again", async () => {
  await anna.keep("one", said("Anna's"));
  await anna.leave();
  assert.equal(await Device.ofWhoWasHere(store), null);
  await Device.enter(store, BEN, unlock(BEN));

  const again = await Device.enter(store, ANNA, unlock(ANNA));

  assert.equal((await again.record("one")).content.title, "Anna's");
});

test("somebody else's sign-in opens nothing for a page drawn for Anna", async () => {
  await anna.leave();

  await assert.rejects(Device.enter(store, ANNA, unlock(BEN)), Locked);
});

test("a device nobody has used for eight hours is shut", async () => {
  assert.ok(await Device.ofWhoWasHere(store, () => Date.now() + 7 * 3_600_000));
  assert.equal(await Device.ofWhoWasHere(store, () => Date.now() + 9 * 3_600_000), null);
  assert.deepEqual(await store.all("people"), []);
});

test("a receipt for what was sent leaves what was typed since waiting", async () => {
  const sent = await anna.keep("one", said("First"));
  await anna.keep("one", said("First and more"));

  const row = await anna.settle("one", sent.change, 1);

  assert.deepEqual([row.state, row.base], ["device", 1]);
  assert.equal((await anna.record("one")).content.title, "First and more");
});

test("what the server has stays a day, then goes", async () => {
  const { change } = await anna.keep("one", said("Sent"));
  await anna.settle("one", change, 1);
  await anna.keep("two", said("Waiting"));

  await anna.tidy();
  assert.equal((await anna.records()).length, 2);
  await new Device(store, anna.me, () => Date.now() + 25 * 3_600_000).tidy();

  assert.deepEqual((await anna.records()).map((row) => row.id), ["two"]);
});

test("a page put by before its record was written on goes with the record", async () => {
  const { change } = await anna.keep("one", said("Sent"));
  await anna.keepSheet("record=one", "<p>As it was</p>");
  await anna.settle("one", change, 1);
  const tomorrow = new Device(store, anna.me, () => Date.now() + 25 * 3_600_000);
  await tomorrow.settle("one", change, 1);
  await anna.keepSheet("record=two", "<p>Another</p>");

  await new Device(store, anna.me, () => Date.now() + 50 * 3_600_000).tidy();

  assert.equal(await anna.sheet("record=one"), null);
  assert.equal(await anna.sheet("record=two"), "<p>Another</p>");
});

test("a page that does not open any more is none", async () => {
  await anna.keepSheet("day", "<p>The day</p>");
  const { key } = await Device.enter(new Passing(), BEN, unlock(BEN)).then((ben) => ben.me);

  assert.equal(await new Device(store, { ...anna.me, key }).sheet("day"), null);
});

test("a stopped record is tried again once more is typed", async () => {
  const { change } = await anna.keep("one", said("Refused"));
  await anna.stop("one", change, { said: "No.", current: null });
  assert.equal((await anna.record("one")).said, "No.");

  await anna.keep("one", said("Mended"));

  const row = await anna.record("one");
  assert.deepEqual([row.state, row.said], ["device", undefined]);
});

test("a copy brings everything back on another device", async () => {
  await anna.keep("one", said("Copied"), 2);
  await anna.keepPhoto("one", { name: "book.jpg", type: "image/jpeg", bytes: Uint8Array.from([1, 2, 250]).buffer, sha256: "0" });
  const text = JSON.stringify(await copyOf(anna));

  const other = await Device.enter(new Passing(), ANNA, unlock(ANNA));
  await bringBack(other, text);
  await bringBack(other, text);

  const [row, ...more] = await other.records();
  const [photo, ...others] = await other.photos("one");
  assert.deepEqual([row.id, row.base, row.content.title, more.length, others.length], ["one", 2, "Copied", 0, 0]);
  assert.deepEqual([...new Uint8Array(await other.bytesOf(photo))], [1, 2, 250]);
});

test("a copy brings back a photo for each question it answers", async () => {
  await anna.keep("one", said("Copied"));
  for (const question of ["books", "walls", ""]) { await anna.keepPhoto("one", { name: "book.jpg", type: "image/jpeg", question, bytes: new ArrayBuffer(3), sha256: "0" }); }
  const text = JSON.stringify(await copyOf(anna));

  const other = await Device.enter(new Passing(), ANNA, unlock(ANNA));
  await bringBack(other, text);
  await bringBack(other, text);

  assert.deepEqual((await other.photos("one")).map((photo) => photo.question).sort(), ["", "books", "walls"]);
});

test("a copy keeps the questions as they were asked", async () => {
  await anna.keep("one", { ...said("Copied"), labels: { focus: "The focus?" } });
  const other = await Device.enter(new Passing(), ANNA, unlock(ANNA));

  await bringBack(other, JSON.stringify(await copyOf(anna)));

  assert.deepEqual((await other.record("one")).labels, { focus: "The focus?" });
});

test("a copy never replaces words that wait here", async () => {
  await anna.keep("one", said("In the copy"));
  const text = JSON.stringify(await copyOf(anna));
  await anna.keep("one", said("Typed since"));

  await bringBack(anna, text);

  assert.deepEqual((await anna.records()).map((row) => row.content.title).sort(), ["In the copy (copy)", "Typed since"]);
});

test("a copy never replaces what the server has had since", async () => {
  const { change } = await anna.keep("one", said("In the copy"));
  const text = JSON.stringify(await copyOf(anna));
  await anna.settle("one", change, 1);
  const later = await anna.keep("one", said("Sent since"));
  await anna.settle("one", later.change, 2);

  await bringBack(anna, text);

  assert.deepEqual((await anna.records()).map((row) => row.content.title).sort(), ["In the copy (copy)", "Sent since"]);
});

test("a copy of what is on the screen needs nothing of the device", async () => {
  const copy = await copyOf(anna, { id: "one", base: null, ...said("On the screen") });

  assert.deepEqual(copy.records.map((row) => row.title), ["On the screen"]);
});

test("a row that does not open stops no other, and is said", async () => {
  await anna.keep("one", said("Fine"));
  await anna.keep("two", said("Damaged"));
  await store.change("records", "two", (row) => ({ ...row, sealed: { iv: row.sealed.iv, data: new ArrayBuffer(40) } }));

  const rows = Object.fromEntries((await anna.records()).map((row) => [row.id, row]));

  assert.equal(rows.one.content.title, "Fine");
  assert.deepEqual([rows.two.state, rows.two.isShut], ["stopped", true]);
  assert.deepEqual((await copyOf(anna)).records.map((row) => row.id), ["one"]);
});

test("what is taken off the device goes with its photos", async () => {
  await anna.keep("one", said("Away"));
  await anna.keepPhoto("one", { name: "book.jpg", type: "image/jpeg", bytes: new ArrayBuffer(3), sha256: "0" });

  await anna.forget("one");

  assert.deepEqual([await store.all("records"), await store.all("photos"), await store.all("files")], [[], [], []]);
});

test("bytes without their photo go, and nobody else's photo does", async () => {
  const photo = { name: "book.jpg", type: "image/jpeg", bytes: new ArrayBuffer(3), sha256: "0" };
  const kept = await anna.keepPhoto("one", photo);
  const left = await anna.keepPhoto("one", photo);
  await store.remove("photos", left); // the device went off before its bytes went
  const ben = await Device.enter(store, BEN, unlock(BEN));

  await ben.tidy();

  assert.deepEqual((await store.all("files")).map((file) => file.id), [kept]);
});

test("what is no copy of one's own is refused in words", async () => {
  const theirs = JSON.stringify({ ...(await copyOf(anna)), person: BEN });
  const newer = JSON.stringify({ ...(await copyOf(anna)), format: 99 });

  for (const odd of ["{", "{}", "[]", theirs, newer]) { await assert.rejects(bringBack(anna, odd), NoCopy); }
});
