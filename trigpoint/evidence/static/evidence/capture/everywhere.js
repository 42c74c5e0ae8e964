/* On every page of somebody signed in: what waits on this device is counted and sent, and signing out asks first. */

import { DAY, WORKER } from "./addresses.js";
import { saveCopy } from "./copies.js";
import { Device } from "./device.js";
import { many } from "./drawing.js";
import { Outbox } from "./outbox.js";
import { openStore } from "./store.js";
import { Transport } from "./transport.js";

const EVERY = 10_000; // ms
const LEAVE = "form[action='/people/sign-out/']";
const sign = document.getElementById("waiting");
const leaving = document.getElementById("leaving");

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
  const outbox = new Outbox(device, new Transport(location.href));
  if (await count(device)) { await outbox.sendAll(); await count(device); }
}

async function leave(device, form) {
  await device.leave();
  form.submit();
}

/* What is not sent yet stays here, shut, until its owner signs in again; they choose. */
async function ask(device, form) {
  const all = await count(device);
  if (!all) { await leave(device, form); return; }
  leaving.querySelector("[data-cap='words']").textContent = sign.querySelector("[data-cap='words']").textContent;
  leaving.showModal();
  leaving.querySelector("[value='send']").onclick = async () => {
    await work(device);
    if (await count(device)) { leaving.querySelector("[data-cap='said']").textContent = "Not all of it could be sent. Save a copy, or leave it here until you sign in again."; } else { await leave(device, form); }
  };
  leaving.querySelector("[value='copy']").onclick = () => saveCopy(device);
  leaving.querySelector("[value='leave']").onclick = () => leave(device, form);
}

async function start() {
  if (!window.isSecureContext) { return; }
  navigator.serviceWorker?.register(WORKER, { scope: "/" }).catch(() => {}); // a browser that refuses it works online all the same
  const store = await openStore();
  const people = await store.all("people");
  await Promise.all(people.filter((one) => one.person !== sign.dataset.person).map((one) => store.remove("people", one.person)));
  const me = people.find((one) => one.person === sign.dataset.person);
  if (!me) { return; }
  const device = new Device(store, me);
  document.querySelectorAll(LEAVE).forEach((form) => form.addEventListener("submit", (event) => { event.preventDefault(); ask(device, form); }));
  if (location.pathname === DAY) { await count(device); setInterval(() => count(device), EVERY); return; } // that page sends by itself
  await work(device);
  setInterval(() => work(device), EVERY);
  window.addEventListener("online", () => work(device));
}

start();
