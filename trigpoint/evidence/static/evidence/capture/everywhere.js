/* On every page of somebody signed in: what waits on this device is counted and sent, and signing out asks first. */

import { DAY, WORKER } from "./addresses.js";
import { saveCopy } from "./copies.js";
import { AT_RISK, Device, Locked, TOLD } from "./device.js";
import { many } from "./drawing.js";
import { Outbox } from "./outbox.js";
import { Outdated, openStore } from "./store.js";
import { Transport, Unreached } from "./transport.js";

const EVERY = 10_000; // ms
const LEAVE = "form[action='/people/sign-out/']";
const sign = document.getElementById("waiting");
const leaving = document.getElementById("leaving");
let outbox = null;

async function count(device) {
  const { records, photos, stopped } = await device.waiting();
  const all = records + photos;
  sign.hidden = !all;
  sign.classList.toggle("is-stopped", stopped > 0);
  sign.querySelector("[data-cap='count']").textContent = all;
  sign.querySelector("[data-cap='words']").textContent = `${many(records, "record")} and ${many(photos, "photo")} on this device are not in Trigpoint yet${stopped ? `; ${stopped} of them need you` : ""}`;
  return all;
}

async function work(device) {
  outbox ??= new Outbox(device, new Transport(location.href, device.me.person));
  if (await count(device)) { await outbox.sendAll(); await count(device); }
}

async function leave(device, form) {
  await device.leave();
  form.submit();
}

/* Whether another window has words that are neither here nor in Trigpoint. */
async function isUnkeptElsewhere() {
  const { held = [] } = await navigator.locks?.query() ?? {};
  return held.some(({ name }) => name === AT_RISK);
}

/* What is not sent yet stays here, shut, until its owner signs in again; they choose. */
async function ask(device, form) {
  const [all, isUnkept] = [await count(device), await isUnkeptElsewhere()];
  if (!all && !isUnkept) { await leave(device, form); return; }
  leaving.querySelector("[data-cap='words']").textContent = sign.querySelector("[data-cap='words']").textContent;
  leaving.querySelector("[data-cap='waits']").hidden = !all;
  leaving.querySelector("[data-cap='unkept']").hidden = !isUnkept;
  leaving.showModal();
  leaving.querySelector("[value='send']").onclick = async () => {
    await device.wake(true); // also what waits for its next turn
    await work(device);
    const said = leaving.querySelector("[data-cap='said']");
    if (await count(device)) { said.textContent = "Not all of it could be sent. Save a copy, or leave it here until you sign in again."; } else if (await isUnkeptElsewhere()) { said.textContent = "The words in the other window can only be sent from there."; } else { await leave(device, form); }
  };
  leaving.querySelector("[value='copy']").onclick = () => saveCopy(device);
  leaving.querySelector("[value='leave']").onclick = () => leave(device, form);
}

/* One's own device: its key lies here, or something of one's own waits to be sent. Other people's keys go. */
async function mine(store) {
  const { person } = sign.dataset;
  const people = await store.all("people");
  await Promise.all(people.filter((one) => one.person !== person).map((one) => Device.shut(store, one.person)));
  const isHere = people.some((one) => one.person === person) || await Device.holds(store, person) || await isUnkeptElsewhere();
  if (!isHere) { return null; }
  const transport = new Transport(location.href, person);
  return Device.enter(store, person, () => transport.unlock()).catch((error) => {
    if (!(error instanceof Unreached || error instanceof Locked)) { throw error; }
    return null; // at the next page
  });
}

async function start() {
  if (!window.isSecureContext) { return; }
  navigator.serviceWorker?.register(WORKER, { scope: "/" }).catch(() => {}); // a browser that refuses it works online all the same
  const store = await openStore().catch((error) => { if (!(error instanceof Outdated)) { throw error; } return null; }); // the page says so where one writes
  const device = store && await mine(store);
  if (!device) { return; }
  device.watch(() => location.reload()); // signed out in another window: this page is no longer theirs
  document.querySelectorAll(LEAVE).forEach((form) => form.addEventListener("submit", (event) => { event.preventDefault(); ask(device, form); }));
  if (location.pathname === DAY) {
    await count(device);
    window.addEventListener(TOLD, () => count(device));
    setInterval(() => count(device), EVERY);
    return;
  } // that page sends by itself
  await work(device);
  setInterval(() => work(device), EVERY);
  window.addEventListener("online", async () => {
    await device.wake();
    await work(device);
  });
}

start();
