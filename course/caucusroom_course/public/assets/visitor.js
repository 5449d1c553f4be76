// @ts-check
/**
 * A visitor at a room page. The room is drawn at once, from what the page was made with; what is chosen early waits until
 * Python is reached; every decision is kept in the browser before its answer is shown.
 *
 * @import { PageData, Transport } from "./page.js"
 * @import { Kept, Sent, Snapshot } from "../../../../widgets/caucusroom_widgets/widget/snapshot.js"
 * @import { Held } from "./keeper.js"
 */

import { host } from "./host.js";
import { held, keeper, Taken } from "./keeper.js";
import room, { speaker } from "./room.js";
import { save } from "./save.js";

const at = new URL(".", document.baseURI).pathname;

/** Where a page keeps the mediation of somebody who has a name here. @param {string} player */
export const seat = (player) => `${at}#${player}`;

/** @template {HTMLElement} T @param {string} id */
const part = (id) => /** @type {T} */ (document.getElementById(id));

/** Nobody's name, and the same for as long as the mediation lasts: the truth is drawn for it. */
const somebody = () => `visitor ${crypto.getRandomValues(new Uint32Array(1))[0].toString(16).padStart(8, "0").slice(0, 6)}`;

/** How many decisions a journal holds of its last attempt. @param {string} text */
function decided(text) {
  let made = 0;
  for (const line of text.split("\n")) {
    if (line.includes('"move":')) made += 1;
    const branch = /"kept":\s*(\d+)/.exec(line);
    if (branch || line.includes('"case":')) made = branch ? Number(branch[1]) : 0;
  }
  return made;
}

/**
 * Open the page for a visitor.
 * @param {Promise<Transport>} connecting
 * @param {string} [player] who plays, where that is not left to chance
 * @returns {Promise<boolean>} whether it is open in this tab
 */
export async function visit(connecting, player) {
  /** @type {PageData} */
  const data = JSON.parse(part("page").textContent ?? "");
  const say = speaker(/** @type {any} */ (data.words.page));
  /** @type {(key: string, facts?: Record<string, unknown>) => string} */
  const tell = /** @type {any} */ (say);
  const file = `${data.page.assignment || data.page.dispute}.jsonl`;
  const place = player === undefined ? at : seat(player);
  const opening = data.page.kind === "scene" ? data.snapshot.seq : 0;

  /** @type {Awaited<ReturnType<typeof keeper>> | null} */
  let keeps = null;
  /** @type {Held} */
  let mine = { player: player ?? somebody(), text: "" };
  /** Why what was decided last is not kept, and what of it the room was told to say. */
  let trouble = "", overruled = "";
  /** @type {ReturnType<typeof host>} */
  let model;
  let close = () => {};
  /** Questions are put one after another. @type {Promise<unknown>} */
  let last = Promise.resolve();
  /** @type {Transport | null} */
  let python = null;
  let gone = false;

  /** @param {string} text @param {boolean} [busy] */
  function stand(text, busy = false) {
    part("standing").textContent = text;
    part("standing").classList.toggle("busy", busy);
  }

  /** Say what is wrong where it cannot be missed, with a way on. @param {string} text @param {string} [way] @param {() => void} [act] */
  function alarm(text, way, act) {
    const box = part("trouble");
    box.replaceChildren(new Text(text));
    if (way && act) {
      const button = document.createElement("button");
      button.type = "button";
      button.textContent = way;
      button.onclick = act;
      box.append(button);
    }
    box.hidden = !text;
  }

  /** What stands beside the room, for what it shows now. */
  function around() {
    const { outcome, scene } = model.get("snapshot");
    const n = decided(mine.text);
    part("kept").textContent = n > opening && !trouble ? tell("kept", { n: n - opening }) : "";
    /** @type {HTMLButtonElement} */ (part("download")).disabled = !mine.text;
    /** @type {HTMLButtonElement} */ (part("afresh")).disabled = n <= opening;
    const ways = part("ways");
    ways.hidden = !(outcome || (scene && scene.made >= scene.of));
    if (!ways.hidden) document.querySelector("[data-slot=ways]")?.append(ways);
  }

  /** Draw the room anew. @param {Snapshot} snapshot */
  function draw(snapshot) {
    close();
    model = host({ snapshot, words: data.words.room, send });
    room.initialize({ model });
    close = room.render({ model, el: part("room") });
    model.on("change:snapshot", stamp);
    part("room").querySelector(".before")?.remove();
    stamp();
  }

  /** It is the page that knows whether something is kept: the room is to say what it knows. */
  function stamp() {
    const snapshot = model.get("snapshot");
    const own = snapshot.saved.text === overruled;
    const saved = trouble ? { ok: false, text: trouble, reopen: false } : own ? data.snapshot.saved : snapshot.saved;
    overruled = trouble;
    if (saved.text !== snapshot.saved.text) model.set("snapshot", { ...snapshot, saved });
    around();
  }

  /** @param {Kept | null} kept @param {boolean} [instead] whether it takes the place of whatever there is */
  async function keep(kept, instead = false) {
    if (!kept) return;
    const now = { ...mine, text: mine.text.slice(0, kept.size) + kept.lines };
    try {
      if (!keeps) throw new Error(tell("no_memory"));
      await (instead ? keeps.replace(now) : keeps.add(mine, kept));
      trouble = "";
    } catch (error) {
      if (error instanceof Taken) leave();
      else trouble = tell("not_kept", { why: /** @type {Error} */ (error).message });
    }
    mine = now;
  }

  /** Another tab goes on with this mediation: nothing more is done in this one. */
  function leave() {
    gone = true;
    close();
    alarm(tell("taken"), tell("elsewhere.here"), () => location.reload());
  }

  /** @param {Sent} message */
  function send(message) {
    last = last.then(async () => {
      if (gone || !python) return;
      const answered = await python.ask(message);
      await keep(answered.kept);
      if (!gone) model.answered(answered);
    }).catch((/** @type {Error} */ error) => alarm(error.message));
  }

  /** Open a mediation: the one that a text tells, or a new one. Where that is refused, what was open stays. @param {Held} wanted @param {boolean} instead of what is kept */
  async function open(wanted, instead) {
    if (!python) throw new Error(tell("unreached"));
    const opened = await python.open({ page: data.page, kept: wanted.text, player: wanted.player });
    if (instead) mine = wanted;
    await keep(opened.kept, instead);
    return opened.snapshot;
  }

  /** Ask before something takes the place of what is kept. @param {string} key */
  async function sure(key) {
    const n = decided(mine.text) - opening;
    if (n < 1) return true;
    const dialog = /** @type {HTMLDialogElement} */ (part("asks"));
    part("asks-text").textContent = tell(key, { n });
    dialog.returnValue = "";
    dialog.showModal();
    await new Promise((resolve) => dialog.addEventListener("close", resolve, { once: true }));
    return dialog.returnValue === "yes";
  }

  const download = () => save(file, mine.text, "application/jsonl");

  /** Open another mediation in this page's place. @param {string} key @param {Held} wanted */
  async function instead(key, wanted) {
    if (!(await sure(key))) return;
    await last;
    try {
      const snapshot = await open(wanted, true);
      alarm("");
      draw(snapshot);
    } catch (error) {
      alarm(/** @type {Error} */ (error).message);
    }
  }

  const anew = () => instead("afresh", { player: player ?? somebody(), text: "" });

  part("download").onclick = part("asks-download").onclick = download;
  part("afresh").onclick = anew;
  part("continue").onchange = async ({ currentTarget }) => {
    const input = /** @type {HTMLInputElement} */ (currentTarget);
    const chosen = input.files?.[0];
    if (!chosen) return;
    if (chosen.size > data.largest) {
      alarm(tell("too_large", { name: chosen.name, size: Math.ceil(chosen.size / 1000), most: data.largest / 1000 }));
    } else await instead("replace", { player: player ?? mine.player, text: await chosen.text() });
    input.value = "";
  };
  const on = document.getElementById("on");
  if (on) {
    on.onclick = async (event) => {
      event.preventDefault();
      const target = /** @type {HTMLAnchorElement} */ (on).href;
      const there = await keeper(new URL(".", target).pathname).catch(() => null);
      if (there && !(await there.read())?.text) await there.replace(mine);
      location.href = target;
    };
  }

  // what happens, in order

  try {
    keeps = await keeper(place);
    mine = (await keeps.read()) ?? mine;
    if (player !== undefined) mine.player = player;
  } catch {
    trouble = tell("not_kept", { why: tell("no_memory") });
  }
  const taking = sessionStorage.getItem("caucusroom takes") === place;
  sessionStorage.removeItem("caucusroom takes");
  if (!(await held(place, taking, leave))) {
    stand("");
    alarm(tell("elsewhere"), tell("elsewhere.here"), () => {
      sessionStorage.setItem("caucusroom takes", place);
      location.reload();
    });
    return false;
  }
  const resumed = decided(mine.text) > opening;
  if (!resumed) draw(data.snapshot);
  stand(tell(resumed ? "resuming" : "starting"), true);
  last = connecting.then(async (transport) => {
    python = transport;
    transport.lost.then((why) => {
      gone = true;
      part("room").inert = true; // nothing there would be answered
      trouble = why;
      if (model) stamp();
      alarm(tell("lost", { why }), tell("lost.on"), () => location.reload());
    });
    const snapshot = await open(mine, false);
    if (resumed) draw(snapshot);
    else model.set("snapshot", snapshot);
  }).catch((/** @type {Error} */ error) => {
    if (!python) alarm(tell("failed", { why: error.message }), tell("lost.on"), () => location.reload());
    else alarm(error.message, tell("anew"), anew);
    /** @type {HTMLButtonElement} */ (part("download")).disabled = !mine.text;
  }).finally(() => stand(""));
  return true;
}
