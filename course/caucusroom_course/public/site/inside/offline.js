/**
 * Serves the whole site from this browser, as it was at one time: what belongs together stays together.
 *
 * VERSION is a hash of the site and FILES its addresses; both stand above, written while the site was made. A new version
 * is fetched beside the old one and takes its place when no page of the old one is open any more. What has not changed
 * is taken from there, and what the page itself has just loaded from the browser's own cache: nothing is paid for twice.
 */

const scope = self.registration.scope;
const prefix = `caucusroom ${scope} `;
const name = prefix + VERSION;
/** Its address says what is in it. @param {string} file */
const fixed = (file) => /^(assets|pyodide|python)\//.test(file);

self.addEventListener("install", (event) => event.waitUntil(fill()));
self.addEventListener("activate", (event) => event.waitUntil(tidy()));
self.addEventListener("fetch", (event) => {
  const { method, url } = event.request;
  const file = url.split(/[?#]/)[0].slice(scope.length).replace(/(^|\/)$/, "$1index.html");
  if (method === "GET" && url.startsWith(scope) && FILES.includes(file)) event.respondWith(answer(file, event.request));
});

async function fill() {
  const cache = await caches.open(name);
  await Promise.all(FILES.map(async (file) => {
    const address = scope + file;
    const old = fixed(file) && (await caches.match(address));
    const response = old || (await fetch(address, { cache: fixed(file) ? "force-cache" : "no-cache" }));
    if (!response.ok) throw new Error(`${response.status} ${address}`);
    // A page that was redirected to may not be given out again as it is.
    await cache.put(address, response.redirected ? new Response(response.body, { headers: response.headers }) : response);
  }));
}

async function tidy() {
  const old = (await caches.keys()).filter((one) => one.startsWith(prefix) && one !== name);
  await Promise.all(old.map((one) => caches.delete(one)));
}

/** @param {string} file @param {Request} request */
async function answer(file, request) {
  const cache = await caches.open(name);
  return (await cache.match(scope + file)) ?? fetch(request);
}
