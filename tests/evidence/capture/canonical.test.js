import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";

import "./globals.js";
import { canonical, fingerprint, moment, plain, storable } from "../../../trigpoint/evidence/static/evidence/capture/canonical.js";

const spellings = JSON.parse(readFileSync(new URL("spellings.json", import.meta.url)));

for (const [name, { said, canonical: spelled, sha256 }] of Object.entries(spellings)) {
  test(`spells as the server does: ${name}`, async () => {
    assert.equal(canonical(plain(said)), spelled);
    assert.equal(await fingerprint(plain(said)), sha256);
  });
}

test("spelling what is spelled changes nothing", () => {
  for (const { said } of Object.values(spellings)) { assert.deepEqual(plain(plain(said)), plain(said)); }
});

test("every minute of a year in London comes back as it was shown", () => {
  const london = new Intl.DateTimeFormat("sv-SE", { timeZone: "Europe/London", dateStyle: "short", timeStyle: "short" });
  for (let at = Date.UTC(2026, 0, 1); at < Date.UTC(2027, 0, 1); at += 37 * 60_000) {
    const shown = london.format(at);
    assert.equal(london.format(new Date(moment(shown.replace(" ", "T")))), shown);
  }
});

test("what is no moment is none", () => {
  for (const odd of [null, "", "yesterday", "2026-13", "9:40"]) { assert.equal(moment(odd), null); }
});

test("text that cannot be stored is made so, and the rest is left alone", () => {
  assert.equal(storable("a\0b"), "ab");
  assert.equal(storable("half \ud83d of it"), "half \ufffd of it");
  assert.equal(storable("whole 📖"), "whole 📖");
});
