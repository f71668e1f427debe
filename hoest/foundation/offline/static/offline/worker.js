/* The service worker. KEPT is written before this by foundation/offline/views.py.

   It keeps files that are the same for everybody, and one page that says there is no connection.
   A page of a person is always fetched: what was seen is never kept for the next who looks.
   The net comes first for the files too, so that a new version is never mixed with an old one. */
importScripts(KEPT.outbox);

const CACHE = `hoest-${KEPT.version}`;
const OWN = new Set(KEPT.files);

self.addEventListener("install", (event) => {
  // Without cookies: nothing that is fetched here knows who is signed in.
  const asked = [...KEPT.files, KEPT.page].map(
    (file) => new Request(file, { cache: "reload", credentials: "omit" }),
  );
  event.waitUntil(
    caches.open(CACHE).then((cache) => cache.addAll(asked)).then(() => self.skipWaiting()),
  );
});

self.addEventListener("activate", (event) => {
  event.waitUntil((async () => {
    for (const name of await caches.keys()) {
      if (name.startsWith("hoest-") && name !== CACHE) await caches.delete(name);
    }
    await self.registration.navigationPreload?.enable();
    await self.clients.claim();
  })());
});

async function fetched(event) {
  try {
    return (await event.preloadResponse) ?? (await fetch(event.request));
  } catch (fault) {
    const file = event.request.mode === "navigate" ? KEPT.page : event.request;
    const kept = await caches.match(file, { ignoreSearch: true });
    if (kept) return kept;
    throw fault;
  }
}

self.addEventListener("fetch", (event) => {
  const { request } = event;
  const url = new URL(request.url);
  if (request.method !== "GET" || url.origin !== self.location.origin) return;
  if (request.mode === "navigate" || OWN.has(url.pathname)) event.respondWith(fetched(event));
});

/* The line is back while no page is open (where the browser tells). What is refused is left for
   the page, which can say why. */
self.addEventListener("sync", (event) => {
  if (event.tag === "outbox") event.waitUntil(self.hoestOutbox.send());
});
