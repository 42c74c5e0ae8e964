import assert from "node:assert/strict";
import { test } from "node:test";

import "./globals.js";
import { plain } from "../../../trigpoint/evidence/static/evidence/capture/canonical.js";
import { ofOldForm, told } from "../../../trigpoint/evidence/static/evidence/capture/telling.js";

test("a record is told without its form, in the words it was asked in", () => {
  const said = plain({
    title: "Year 4", observed_at: "2025-11-12T09:41:00Z", minutes: 20, observed_id: "anna", standards: ["one", "two"], look_fors: { one: "SEEN" },
    notes: [{ key: "a", text: "Calm start", kind: "WWW" }],
    answers: { focus: "Fractions", calm: true, unheard_of: ["a", "b"], snapshots: [{ busy: false }, { busy: "some" }] },
  });

  assert.deepEqual(told(said, ofOldForm({ focus: "The focus?", busy: "Busy?" })), [
    "Year 4", "When: 2025-11-12, 09:41", "Minutes: 20", "Person: somebody is named", "Standard: 2 chosen", "Look-fors: 1 chosen",
    "Went well: Calm start", "The focus?: Fractions", "calm: yes", "unheard_of: a, b", "1. Busy?: no", "2. Busy?: some",
  ]);
});

test("a record of nothing yet is told too", () => {
  assert.deepEqual(told(plain({}), ofOldForm()), ["Untitled"]);
});
