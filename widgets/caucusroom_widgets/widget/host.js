// @ts-check
/**
 * The model of a room for a host that is not Jupyter: it is given to `initialize` once and to `render` for each view.
 *
 * @import { Hosts } from "./host.js"
 */

/** `send` passes a message of the room on; what answers it is handed to `answered`. @type {Hosts} */
export function host({ snapshot, words, send }) {
  /** @type {{ [name: string]: any }} */
  const state = { snapshot, words };
  /** @type {{ [event: string]: Set<Function> }} */
  const listeners = { "change:snapshot": new Set(), "msg:custom": new Set() };
  const tell = (/** @type {string} */ event, /** @type {unknown} */ what) => [...listeners[event]].forEach((listener) => listener(what));
  return {
    get: (/** @type {string} */ name) => state[name],
    set(name, value) {
      state[name] = value;
      tell(`change:${name}`, undefined);
    },
    on: (/** @type {string} */ event, /** @type {Function} */ listener) => void listeners[event].add(listener),
    off: (/** @type {string} */ event, /** @type {Function} */ listener) => void listeners[event].delete(listener),
    send,
    answered: (message) => tell("msg:custom", message),
  };
}
