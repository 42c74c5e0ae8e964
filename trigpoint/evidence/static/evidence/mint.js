/* The record's id is minted here, on the device: links that begin a record get a fresh one each. */

function mint(link) {
  link.href = link.href.replace(/\/entries\/[0-9a-f-]{36}\/capture\//, `/entries/${crypto.randomUUID()}/capture/`);
}

document.querySelectorAll("[data-mint]").forEach(mint);
const go = document.querySelector("[data-mint='go']");
if (go) { location.replace(go.href); }
