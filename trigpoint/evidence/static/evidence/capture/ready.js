/* Before a visit: the pages one will need are put by on the device, and what could go wrong is said now. */

import { captureAt, whereOf } from "./addresses.js";
import { many } from "./drawing.js";

const FRESH = 15 * 60_000; // ms: a page this new is not fetched again
const AT_ONCE = 2;
const ROOM = 300 * 1024 * 1024; // bytes: a day's photos and notes, several times over

/* What stands between this browser and a day without signal, in sentences; empty when nothing does. */
export async function worries(store) {
  if (!store.lasts) { return ["This browser keeps nothing on the device: it is in private mode, or has no room. Use an ordinary window before you go."]; }
  const said = [];
  const { quota = Infinity, usage = 0 } = await navigator.storage?.estimate?.() ?? {};
  if (quota - usage < ROOM) { said.push(`Little room is left for notes and photos on this device: ${Math.max(0, Math.floor((quota - usage) / 1_048_576))} MB. Make room before you go.`); }
  if (!(await navigator.storage?.persist?.())) { said.push("This browser may clear what is not sent yet when it runs out of room or is not used for a week. Add Trigpoint to the home screen, and send before you leave the building."); }
  if (!navigator.serviceWorker) { said.push("This browser cannot open pages with no signal. Keep the record open while you visit."); }
  return said;
}

async function fetchSheet(where) {
  const id = where.startsWith("record=") ? where.slice("record=".length) : crypto.randomUUID();
  const answer = await fetch(captureAt(id, where.startsWith("record=") ? "" : where));
  if (!answer.ok || answer.redirected) { return null; }
  return new DOMParser().parseFromString(await answer.text(), "text/html").getElementById("capture")?.outerHTML ?? null;
}

/* Put by a page for each place; `tell(done, all)` hears how far it is. Says how many are here. */
export async function prepare(device, places, tell) {
  const there = await device.sheets();
  const wanted = places.map(whereOf);
  const missing = wanted.filter((where) => (there.get(where) ?? 0) < Date.now() - FRESH);
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
  return wanted.filter((where) => now.has(where)).length;
}

export const readiness = (count, all) => (count === all ? `Ready for no signal: ${many(count, "form")} on this device.` : `${count} of ${all} forms are on this device. Stay online a moment longer.`);
