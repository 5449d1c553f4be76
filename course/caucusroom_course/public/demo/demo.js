// @ts-check
/**
 * The way to Python where there is a server: a kernel of this page's own, one comm in it, and this page's websocket to it.
 *
 * @import { Transport } from "../assets/page.js"
 */

import { visit } from "./visitor.js";

const COMM = "visit";
const say = JSON.parse(document.getElementById("page")?.textContent ?? "").words.page;

/** @returns {Promise<Transport>} */
function connect() {
  const ticket = /** @type {HTMLMetaElement | null} */ (document.querySelector("meta[name=ticket]"))?.content;
  const address = new URL(`../../kernel/${ticket}`, import.meta.url);
  address.protocol = address.protocol.replace("http", "ws");
  const socket = new WebSocket(address);
  addEventListener("pagehide", () => socket.close());

  let asked = 0;
  /** @type {Map<number, { resolve: (answer: any) => void, reject: (error: Error) => void }>} */
  const waiting = new Map();
  /** @type {(why: string) => void} */
  let lose;
  /** @type {Promise<string>} */
  const lost = new Promise((resolve) => { lose = resolve; });

  /** @param {object} question @returns {Promise<any>} */
  const put = (question) => new Promise((resolve, reject) => {
    if (socket.readyState !== WebSocket.OPEN) return reject(new Error(say.closed));
    asked += 1;
    waiting.set(asked, { resolve, reject });
    socket.send(JSON.stringify({
      channel: "shell",
      header: { msg_type: asked === 1 ? "comm_open" : "comm_msg" },
      content: { comm_id: COMM, target_name: "caucusroom", data: { id: asked, ...question } },
    }));
  });

  socket.onmessage = ({ data }) => {
    const { id, error, opened, answered } = JSON.parse(data).content.data;
    const one = waiting.get(id);
    waiting.delete(id);
    if (error !== undefined) one?.reject(new Error(error));
    else one?.resolve(opened ?? answered);
  };
  return new Promise((resolve, reject) => {
    socket.onopen = () => resolve({ open: (what) => put({ open: what }), ask: (message) => put({ ask: message }), lost });
    socket.onclose = ({ reason }) => {
      const why = reason || say.closed;
      reject(new Error(why));
      for (const one of waiting.values()) one.reject(new Error(why));
      lose(why);
    };
  });
}

visit(connect());
