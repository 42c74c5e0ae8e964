/* Speaking to the server: every answer is a status and a body; no answer at all is `Unreached`. */

import { UNLOCK, chunkAt, saveAt } from "./addresses.js";

const PATIENCE = 30_000; // ms

export class Unreached extends Error {}

async function ask(address, options) {
  let answer;
  try {
    answer = await fetch(address, { ...options, signal: AbortSignal.timeout(PATIENCE) });
  } catch {
    throw new Unreached(address);
  }
  return { status: answer.status, body: await answer.json().catch(() => ({})), redirected: answer.redirected };
}

export class Transport {
  /* `page` is an address whose page carries this sign-in's token; `person` is whose words are sent. */
  constructor(page, person) { Object.assign(this, { page, person }); }

  get token() { return document.querySelector("meta[name='csrf-token']")?.content ?? ""; }

  /* Signing in again makes the page's token an old one, and a page from the device has none. */
  async renew() {
    let answer;
    try { answer = await fetch(this.page, { cache: "no-store", signal: AbortSignal.timeout(PATIENCE) }); } catch { throw new Unreached(this.page); }
    if (!answer.ok || answer.redirected) { return false; }
    const drawn = new DOMParser().parseFromString(await answer.text(), "text/html");
    const now = drawn.querySelector("meta[name='csrf-token']")?.content;
    if (!now || drawn.querySelector("[data-person]")?.dataset.person !== this.person) { return false; } // somebody else has signed in
    let meta = document.querySelector("meta[name='csrf-token']");
    if (!meta) {
      meta = document.head.appendChild(document.createElement("meta"));
      meta.name = "csrf-token";
    }
    meta.content = now;
    document.querySelectorAll("[name='csrfmiddlewaretoken']").forEach((field) => { field.value = now; });
    return true;
  }

  async send(address, options) {
    const made = () => ({ ...options, headers: { ...options.headers, "X-CSRFToken": this.token } });
    const first = await ask(address, made());
    const isOld = first.status === 403 && /^(CSRF|$)/.test(first.body.detail ?? "");
    return isOld && await this.renew() ? { ...await ask(address, made()), isRenewed: true } : first; // no longer because of the sign-in
  }

  #json(method, address, body) {
    return this.send(address, { method, headers: { "Content-Type": "application/json" }, body: JSON.stringify(body) });
  }

  save(id, content, base, author) { return this.#json("PUT", saveAt(id), { content, base_revision: base, author_id: author }); }

  chunk(record, id, facts, bytes) {
    return this.send(chunkAt(record, id, facts), { method: "PUT", headers: { "Content-Type": "application/octet-stream" }, body: bytes });
  }

  async unlock() {
    const answer = await this.#json("POST", UNLOCK, {});
    if (answer.status !== 200) { throw new Unreached(UNLOCK); }
    return answer.body;
  }
}
