// @ts-check
/**
 * Reads journals: each file is judged by Python in the browser, and can be looked at and taken along.
 *
 * @import { Judged, Python } from "./python.js"
 */

import { largest, words } from "./places.js";
import { keepOffline, start } from "./python.js";
import { save } from "./save.js";

/** @template {HTMLElement} T @param {string} id */
const part = (id) => /** @type {T} */ (document.getElementById(id));

let python = start();
python.then(keepOffline, (error) => stand(error.message));
/** One file after another. */
let last = Promise.resolve();

/** @param {string} text @param {boolean} [busy] */
function stand(text, busy = false) {
  part("standing").textContent = text;
  part("standing").classList.toggle("busy", busy);
}

/** @param {Iterable<File>} files */
function read(files) {
  for (const file of files) last = last.then(() => judge(file));
}

/** @param {File} file */
async function judge(file) {
  const row = document.createElement("tr");
  const head = document.createElement("th");
  head.scope = "row";
  head.textContent = file.name;
  row.append(head);
  try {
    if (file.size > largest) {
      const size = String(Math.ceil(file.size / 1000));
      throw new Error(words.too_large.replace("{size}", size).replace("{most}", String(largest / 1000)));
    }
    stand(words.waiting, true);
    const ready = await python;
    stand(words.judging.replace("{name}", file.name), true);
    row.append(...cells(file.name, await ready.judge(file.name, new Uint8Array(await file.arrayBuffer()))));
  } catch (error) {
    const cell = document.createElement("td");
    cell.colSpan = 6;
    cell.append(sentence(/** @type {Error} */ (error).message));
    row.append(cell);
  }
  const ready = await python.catch(() => null);
  if (!ready || (await Promise.race([ready.lost, null]))) python = start(); // the next file finds a Python that works
  part("rows").append(row);
  part("list").hidden = false;
  stand("");
}

/** @param {string} name @param {Judged} judged */
function cells(name, judged) {
  const { title, player, attempt, attempts, decisions, total } = judged;
  const counted = words.of.replace("{attempt}", String(attempt)).replace("{attempts}", String(attempts));
  const said = [player, title, counted, String(decisions), total === null ? words.not_ended : String(total)];
  const stem = name.replace(/\.jsonl$/, "");
  const ways = document.createElement("div");
  ways.className = "ways";
  ways.append(
    button(words.review, name, () => {
      part("shown").innerHTML = judged.review; // made by us, with every text of the journal escaped; it runs no script
      part("shown").focus();
    }),
    button(words.save_page, name, () => save(`${stem}.html`, judged.page, "text/html")),
    button(words.save_report, name, () => save(`${stem}.json`, judged.report, "application/json")),
  );
  const more = document.createElement("td");
  more.append(...judged.notices.map(sentence), ways);
  return [...said.map((text) => {
    const cell = document.createElement("td");
    cell.textContent = text;
    return cell;
  }), more];
}

/** @param {string} text */
function sentence(text) {
  const paragraph = document.createElement("p");
  paragraph.textContent = text;
  return paragraph;
}

/** @param {string} text @param {string} name @param {() => void} act */
function button(text, name, act) {
  const made = document.createElement("button");
  made.type = "button";
  made.textContent = text;
  made.setAttribute("aria-label", `${text}: ${name}`);
  made.onclick = act;
  return made;
}

const drop = part("drop");
part("files").onchange = ({ currentTarget }) => {
  const input = /** @type {HTMLInputElement} */ (currentTarget);
  read(input.files ?? []);
  input.value = "";
};
for (const kind of ["dragover", "dragleave", "drop"]) {
  addEventListener(kind, (event) => {
    event.preventDefault();
    drop.classList.toggle("over", kind === "dragover");
    if (kind === "drop") read(/** @type {DragEvent} */ (event).dataTransfer?.files ?? []);
  });
}
