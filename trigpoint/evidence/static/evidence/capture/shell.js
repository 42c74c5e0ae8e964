/* With no signal: the page that was asked for, from what this device has put by. */

import { DAY, recordIn, whereOf } from "./addresses.js";
import { Device } from "./device.js";
import { Outdated, openStore } from "./store.js";

const frame = document.getElementById("frame");

async function recordPage(device, id) {
  const row = await device.record(id);
  const where = row?.where ?? whereOf(location.search);
  const html = await device.sheet(`record=${id}`) ?? await device.sheet(where);
  const drawnFor = html?.match(/data-record="([0-9a-f-]{36})"/)?.[1];
  return html && html.replaceAll(drawnFor, id);
}

/* The page's own words, drawn by the server earlier, sealed on this device since. */
function mount(html) {
  const drawn = new DOMParser().parseFromString(html, "text/html").body.firstElementChild;
  drawn.dataset.from = "device";
  const main = document.createElement("main");
  Object.assign(main, { className: "tp-content tp-content--read", id: "main", tabIndex: -1 });
  main.append(drawn);
  frame.replaceChildren(drawn.querySelector("main") ? drawn : main);
  document.title = `${drawn.querySelector("h1").textContent.trim()} (no signal) · Trigpoint`;
}

async function start() {
  const device = await Device.ofWhoWasHere(await openStore());
  const id = recordIn(location.pathname);
  if (!device) { document.getElementById("locked").hidden = false; return; }
  const html = id ? await recordPage(device, id) : location.pathname === DAY && await device.sheet("day");
  if (!html) { document.getElementById(id ? "not-here" : "elsewhere").hidden = false; return; }
  mount(html);
  if (id) { await import("./capture.js"); return; }
  await import("../mint.js");
  await import("./day.js");
}

document.getElementById("retry").addEventListener("click", () => location.reload());
/* An older release's frame does not read a newer one's store, and says so. */
function old(error) {
  if (!(error instanceof Outdated)) { throw error; }
  Object.assign(document.getElementById("elsewhere"), { textContent: error.message, hidden: false });
}

window.addEventListener("online", () => { if (!frame.querySelector("[data-from]")) { location.reload(); } });
start().catch(old);
