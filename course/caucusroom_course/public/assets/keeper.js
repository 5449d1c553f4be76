// @ts-check
/**
 * Keeps a page's mediation in the browser: the text of its journal, and whose it is. On return it is on the disk.
 *
 * One record for each page, known by the page's address. Writing compares what is there with what the writer thinks is
 * there, so that a second tab never mixes its decisions with those of the first, also where the browser has no locks.
 *
 * @import { Kept } from "../../../../widgets/caucusroom_widgets/widget/snapshot.js"
 * @typedef {{ player: string, text: string }} Held
 */

const NAME = "caucusroom";
const STORE = "mediations";

/** Another tab wrote here since: what was to be written was not. */
export class Taken extends Error {}

/** @template T @param {IDBRequest<T>} request @returns {Promise<T>} */
const done = (request) => new Promise((resolve, reject) => {
  request.onsuccess = () => resolve(request.result);
  request.onerror = () => reject(request.error);
});

/** @returns {Promise<IDBDatabase>} */
function opened() {
  const request = indexedDB.open(NAME, 1);
  request.onupgradeneeded = () => request.result.createObjectStore(STORE);
  return done(request);
}

/** Every address of this site that begins so and at which something is kept. @param {string} beginning @returns {Promise<string[]>} */
export async function addresses(beginning) {
  const database = await opened();
  const range = IDBKeyRange.bound(beginning, `${beginning}\uffff`);
  return /** @type {string[]} */ (await done(database.transaction(STORE).objectStore(STORE).getAllKeys(range)));
}

/** What is kept at an address of this site, and the way to keep more. @param {string} address */
export async function keeper(address) {
  const database = await opened();

  /** @param {(held: Held | undefined) => Held | null} change what to put in its place; null for nothing */
  const change = (change) => new Promise((/** @type {(held: Held | null) => void} */ resolve, reject) => {
    const transaction = database.transaction(STORE, "readwrite", { durability: "strict" });
    const store = transaction.objectStore(STORE);
    const reading = store.get(address);
    /** @type {Held | null} */
    let put = null;
    /** @type {unknown} */
    let refusal = null;
    reading.onsuccess = () => {
      try {
        put = change(reading.result);
        if (put) store.put(put, address);
      } catch (error) {
        refusal = error;
        transaction.abort();
      }
    };
    transaction.oncomplete = () => resolve(put);
    transaction.onabort = transaction.onerror = () => reject(refusal ?? transaction.error);
  });

  return {
    /** @returns {Promise<Held | null>} */
    read: async () => (await done(database.transaction(STORE).objectStore(STORE).get(address))) ?? null,

    /** Put lines at their place, where everything before them is as it was; Taken if it is not. @param {Held} held @param {Kept} kept @returns {Promise<Held>} */
    async add(held, kept) {
      const text = held.text.slice(0, kept.size) + kept.lines;
      await change((there) => {
        if ((there?.text ?? "") !== held.text) throw new Taken();
        return { ...held, text };
      });
      return { ...held, text };
    },

    /** Put something else in the place of what is there, whatever that is. @param {Held} held @returns {Promise<Held>} */
    async replace(held) {
      await change(() => held);
      return held;
    },
  };
}

/**
 * Holds the address for this tab until it goes. Says whether it could, and calls `lost` when another tab takes it.
 * @param {string} address @param {boolean} take from whichever tab has it @param {() => void} lost @returns {Promise<boolean>}
 */
export function held(address, take, lost) {
  if (!navigator.locks) return Promise.resolve(true);
  return new Promise((resolve) => {
    const options = take ? { steal: true } : { ifAvailable: true };
    navigator.locks.request(`${NAME} ${address}`, options, (lock) => {
      resolve(Boolean(lock));
      return lock ? new Promise(() => {}) : undefined;
    }).catch(lost);
  });
}
