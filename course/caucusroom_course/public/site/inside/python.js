// @ts-check
/**
 * The way from a page to Python: a worker, questions by message, answers in order.
 *
 * @import { Transport } from "./page.js"
 * @import { Sent } from "../../../../../widgets/caucusroom_widgets/widget/snapshot.js"
 * @typedef {{ pyodide: string, archive: string, lock: object }} Places where the parts of Python are
 * @typedef {{
 *   report: string, review: string, page: string, title: string, player: string, attempt: number, attempts: number,
 *   decisions: number, total: number | null, notices: string[]
 * }} Judged
 * @typedef {Transport & {
 *   judge(name: string, bytes: Uint8Array): Promise<Judged>,
 *   missing(work: { assignment: string, dispute: string, player: string, journal: string }): Promise<string[]>,
 *   close(): void
 * }} Python
 */

import { archive, lock, pyodide, words } from "./places.js";

const LETTERS = 8192; // bytes at a time, for a call takes no more arguments

/** Start Python. @returns {Promise<Python>} once it is there; Error, with a sentence, if it does not come */
export function start() {
  const worker = new Worker(new URL("./worker.js", import.meta.url), { type: "module" });
  /** @type {Map<number, { resolve: (answer: any) => void, reject: (why: Error) => void }>} */
  const waiting = new Map();
  let asked = 0;

  return new Promise((resolve, reject) => {
    /** @type {(sentence: string) => void} */
    let gone = () => {};
    /** @type {Promise<string>} */
    const lost = new Promise((settle) => { gone = settle; });

    /** @param {string} key */
    function fail(key) {
      worker.terminate();
      const error = new Error(words[key]);
      for (const one of waiting.values()) one.reject(error);
      waiting.clear();
      reject(error);
      gone(error.message);
    }

    /** @param {object} question @returns {Promise<any>} */
    const ask = (question) => new Promise((resolve, reject) => {
      waiting.set(++asked, { resolve, reject });
      worker.postMessage({ id: asked, ...question });
    });

    worker.onerror = () => fail("unreached");
    worker.onmessageerror = () => fail("broken");
    worker.onmessage = ({ data }) => {
      if (data.ready) {
        worker.onerror = () => fail("broken");
        resolve({
          open: (what) => ask({ open: what }).then((answer) => answer.opened),
          ask: (/** @type {Sent} */ sent) => ask({ ask: sent }).then((answer) => answer.answered),
          judge: (name, bytes) => ask({ judge: { name, bytes: letters(bytes) } }).then((answer) => answer.judged),
          missing: (work) => ask({ check: work }).then((answer) => answer.missing),
          lost,
          close: () => worker.terminate(),
        });
        return;
      }
      if (data.lost || data.fault === "memory") {
        fail(data.lost ?? data.fault);
        return;
      }
      const { resolve: answered, reject: refused } = waiting.get(data.id) ?? {};
      waiting.delete(data.id);
      if (data.error || data.fault) refused?.(new Error(data.error ?? words[data.fault]));
      else answered?.(data);
    };
    const here = import.meta.url;
    worker.postMessage({ places: { pyodide: new URL(pyodide, here).href, archive: new URL(archive, here).href, lock } });
  });
}

/** A letter for each byte. @param {Uint8Array} bytes */
function letters(bytes) {
  let text = "";
  for (let at = 0; at < bytes.length; at += LETTERS) text += String.fromCharCode(...bytes.subarray(at, at + LETTERS));
  return text;
}

/** Once everything is there, keep it for when there is no network. The first visit pays for nothing twice. */
export function keepOffline() {
  const script = new URL("../../offline.js", import.meta.url);
  navigator.serviceWorker?.register(script, { updateViaCache: "none" }).catch(() => {}); // a page works without it
}
