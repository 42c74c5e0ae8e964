/* Before a visit: the pages one will need are put by on the device, and what could go wrong is said now. */

import { captureAt, whereOf } from "./addresses.js";
import { many } from "./drawing.js";

const FRESH = 15 * 60_000; // ms: a page this new is not fetched again
const AT_ONCE = 2;
const PATIENCE = 20_000; // ms
const ROOM = 24 * 1024 * 1024; // bytes: notes and some thirty photos

/* What stands between this browser and a day without signal, in sentences; empty when nothing does. */
export async function worries(store) {
  if (!store.lasts) { return ["This browser keeps nothing on the device: it is in private mode, or has no room. Use an ordinary window before you go."]; }
  const said = [];
  if (!(await hasRoom(store))) { said.push("This device has hardly any room left: a day's photos would not fit. Make room before you go."); }
  if (!(await navigator.storage?.persist?.())) { said.push("This browser may clear what is not sent yet when it runs out of room or is not used for a week. Add Trigpoint to the home screen, and send before you leave the building."); }
  if (!navigator.serviceWorker) { said.push("This browser cannot open pages with no signal. Keep the record open while you visit."); }
  return said;
}

/* Whether a day's photos fit, by trying: what browsers say of their room is rounded to be nobody's business. */
async function hasRoom(store) {
  try {
    await store.put("sheets", { key: "trial", data: new Uint8Array(ROOM) });
    return true;
  } catch (error) {
    if (error.name !== "QuotaExceededError") { throw error; }
    return false;
  } finally {
    await store.remove("sheets", "trial");
  }
}

async function fetchSheet(where) {
  const id = where.startsWith("record=") ? where.slice("record=".length) : crypto.randomUUID();
  const answer = await fetch(captureAt(id, where.startsWith("record=") ? "" : where));
  if (!answer.ok || answer.redirected) { return null; }
  return new DOMParser().parseFromString(await answer.text(), "text/html").getElementById("capture")?.outerHTML ?? null;
}

const isFresh = (at) => at > Date.now() - FRESH && at <= Date.now();

/* Whether pages will open with no signal: the worker that answers then is there. */
async function isAnswered() {
  const patience = new Promise((late) => { setTimeout(late, PATIENCE, false); });
  return Boolean(await Promise.race([navigator.serviceWorker?.ready, patience]));
}

/* Put by a page for each place; `tell(done, all)` hears how far it is. Says how many are here. */
export async function prepare(device, places, tell) {
  const there = await device.sheets();
  const wanted = places.map(whereOf);
  const missing = wanted.filter((where) => !isFresh(there.get(where) ?? 0));
  const left = [...missing];
  const work = async () => {
    while (left.length) {
      const where = left.shift();
      const html = await fetchSheet(where);
      if (html) { await device.keepSheet(where, html); }
      tell(wanted.length - left.length, wanted.length);
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, work));
  const now = await device.sheets();
  return (await isAnswered()) ? wanted.filter((where) => now.has(where)).length : 0;
}

export const readiness = (count, all) => (count === all ? `Ready for no signal: ${many(count, "form")} on this device.` : `${count} of ${all} forms are on this device. Reload this page for the rest before you go.`);
