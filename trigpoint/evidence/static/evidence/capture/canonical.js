/* One record's content in the one spelling the server uses too, and the SHA-256 that names it.
   trigpoint/evidence/contents/rules.py is the other half; tests/evidence/capture/spellings.json holds
   both to it. */

const RECORD = {
  activity_id: null, academy_id: null, review_id: null, kind: "", title: "", team_id: null,
  subject: "", year_groups: "", group_described: "", group_size: null, observed_id: null,
  observed_at: null, minutes: null, level_id: null, is_private: false, budget_reason: "",
  answers: {}, notes: [], look_fors: {}, standards: [], lines: [],
};
const NOTE = { text: "", key: "", kind: "RUNNING", noted_at: null, look_fors: [] };
const MOMENT = /^(\d{4})-(\d\d)-(\d\d)[T ](\d\d):(\d\d)(?::(\d\d)(?:\.(\d{1,6}))?)?(Z|[+-]\d\d:?\d\d)?$/;
const LONDON = new Intl.DateTimeFormat("en-GB", {
  timeZone: "Europe/London", hourCycle: "h23", year: "numeric", month: "numeric", day: "numeric",
  hour: "numeric", minute: "numeric", second: "numeric",
});
const DAY = 86_400_000; // ms

/* What London's clocks show at a moment, as if it were UTC. */
function shown(ms) {
  const part = Object.fromEntries(LONDON.formatToParts(ms).map((piece) => [piece.type, Number(piece.value)]));
  return Date.UTC(part.year, part.month - 1, part.day, part.hour, part.minute, part.second);
}

/* An hour the clocks show twice is the first of them; one they skip counts on from before. */
function inLondon(wall) {
  const before = wall - (shown(wall - DAY) - (wall - DAY));
  const after = wall - (shown(wall + DAY) - (wall + DAY));
  return shown(before) !== wall && shown(after) === wall ? after : before;
}

function offset(zone) {
  if (zone === "Z") { return 0; }
  const [hours, minutes] = [Number(zone.slice(1, 3)), Number(zone.slice(-2))];
  return (zone[0] === "-" ? -1 : 1) * (hours * 60 + minutes) * 60_000;
}

/* A moment as the server writes it, in UTC to the microsecond; without a zone it is London time. */
export function moment(text) {
  const found = text && text.match(MOMENT);
  if (!found) { return null; }
  const [year, month, day, hour, minute, second] = found.slice(1, 7).map((digits) => Number(digits ?? 0));
  const wall = Date.UTC(year, month - 1, day, hour, minute, second);
  const [micros, zone] = [(found[7] ?? "").padEnd(6, "0"), found[8]];
  const whole = new Date(zone ? wall - offset(zone) : inLondon(wall)).toISOString().slice(0, 19);
  return `${whole}${Number(micros) ? `.${micros}` : ""}+00:00`;
}

/* Text that can be stored: no NUL, and no half of a pair that a cut emoji leaves behind. */
export function storable(text) {
  return text.replaceAll("\0", "").replace(/[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g, "\ufffd");
}

function clean(value) {
  if (typeof value === "string") { return storable(value); }
  if (Array.isArray(value)) { return value.map(clean); }
  if (value && typeof value === "object") {
    return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, clean(inner)]));
  }
  return value;
}

/* Everything a record says, each field there, moments and lists spelled one way. */
export function plain(content) {
  const full = clean({ ...RECORD, ...content });
  return {
    ...full,
    observed_at: moment(full.observed_at),
    standards: [...full.standards].sort(),
    lines: [...full.lines].sort(),
    notes: full.notes.map((note) => ({ ...NOTE, ...note, noted_at: moment(note.noted_at) })),
  };
}

function spell(value) {
  if (Array.isArray(value)) { return `[${value.map(spell).join(",")}]`; }
  if (value && typeof value === "object") {
    return `{${Object.keys(value).sort().map((key) => `${JSON.stringify(key)}:${spell(value[key])}`).join(",")}}`;
  }
  return JSON.stringify(value);
}

/* The canonical text of what `plain` returned. */
export const canonical = spell;

export async function sha256(bytes) {
  const digest = await crypto.subtle.digest("SHA-256", bytes);
  return [...new Uint8Array(digest)].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}

/* The hash the server's receipt must carry for this content. */
export const fingerprint = (said) => sha256(new TextEncoder().encode(canonical(said)));
