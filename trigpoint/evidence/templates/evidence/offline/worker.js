/* Answers when the network does not: our own files, and a frame in which the device shows its records.
   It keeps no page and no data of anybody: those lie sealed in the device's own store. */

const RELEASE = "trigpoint-{{ release }}";
const KEPT = [{% for address in addresses %}
  "{{ address }}",{% endfor %}
];
const FRAME = KEPT[0];
const CAPTURE = /^\/evidence\/entries\/(new|[0-9a-f-]{36}\/capture)\/$/;
const PATIENCE = 6000; // ms: with one bar of signal a page that may be drawn from the device is

self.addEventListener("install", (event) => {
  const fresh = KEPT.map((address) => new Request(address, { cache: "reload" }));
  event.waitUntil(caches.open(RELEASE).then((cache) => cache.addAll(fresh)).then(() => self.skipWaiting()));
});

self.addEventListener("activate", (event) => {
  const old = (name) => name.startsWith("trigpoint-") && name !== RELEASE;
  event.waitUntil(
    caches.keys().then((names) => Promise.all(names.filter(old).map((name) => caches.delete(name)))).then(() => self.clients.claim()),
  );
});

/* All of a page, or an error: half of one must not be written in. */
async function whole(request) {
  const answer = await fetch(request, { signal: AbortSignal.timeout(PATIENCE) });
  if (answer.type === "opaqueredirect") { return answer; } // the browser goes there itself
  const { status, statusText, headers } = answer;
  return new Response(await answer.blob(), { status, statusText, headers });
}

async function page(request, url) {
  try {
    return await (CAPTURE.test(url.pathname) ? whole(request) : fetch(request));
  } catch {
    return (await caches.match(FRAME)) ?? Response.error();
  }
}

async function file(request) {
  return (await caches.match(request)) ?? fetch(request);
}

self.addEventListener("fetch", (event) => {
  const url = new URL(event.request.url);
  if (event.request.method !== "GET" || url.origin !== self.location.origin) { return; }
  if (event.request.mode === "navigate") { event.respondWith(page(event.request, url)); return; }
  if (KEPT.includes(url.pathname)) { event.respondWith(file(event.request)); }
});
