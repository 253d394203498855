// Keeps one page for times without a line, with its styles and scripts: the same for everybody, and without anybody's word.
// No answer of the server is kept, and nothing but that page is ever given in the server's place.

const KEPT = 'frame';
const FRAME = '/frame/';

async function keep() {
  const answer = await fetch(FRAME, { cache: 'no-store', credentials: 'omit' });
  if (!answer.ok) throw new Error('The frame is not there');
  const files = [...(await answer.clone().text()).matchAll(/(?:href|src)="(\/static\/[^"]+)"/g)].map((found) => found[1]);
  await caches.delete(KEPT);
  const cache = await caches.open(KEPT);
  await cache.addAll(files);
  await cache.put(FRAME, answer);
}

self.addEventListener('install', (event) => {
  self.skipWaiting();
  event.waitUntil(keep());
});

self.addEventListener('activate', (event) => event.waitUntil(self.clients.claim()));

self.addEventListener('fetch', (event) => {
  const { request } = event;
  if (request.method !== 'GET') return;
  if (request.mode === 'navigate') {
    event.respondWith(fetch(request).catch(async () => (await caches.match(FRAME)) ?? Response.error()));
  } else if (new URL(request.url).pathname.startsWith('/static/')) {
    event.respondWith(caches.match(request).then((found) => found ?? fetch(request)));
  }
});
