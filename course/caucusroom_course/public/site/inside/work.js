// @ts-check
/**
 * Graded work: a name first, then the room, then answers in writing, and two files to hand in. The answers are kept in
 * the browser as they are written, beside the mediation and under the same name.
 *
 * @import { Held } from "./keeper.js"
 * @import { PageData } from "./page.js"
 * @import { Python } from "./python.js"
 */

import { addresses, keeper, Taken } from "./keeper.js";
import { words } from "./places.js";
import { keepOffline, start } from "./python.js";
import { save } from "./save.js";
import { seat, visit } from "./visitor.js";

/** @template {HTMLElement} T @param {string} id */
const part = (id) => /** @type {T} */ (document.getElementById(id));

/** @type {PageData} */
const { page } = JSON.parse(part("page").textContent ?? "");
/** @type {{ cells: { metadata: { nbgrader?: { grade_id: string } }, source: string[] }[] }} */
const handout = JSON.parse(part("handout").textContent ?? "");
const areas = [...document.querySelectorAll("textarea")];
const python = start();
python.then(keepOffline, () => {});

part("who").onsubmit = async (event) => {
  event.preventDefault();
  const typed = /** @type {HTMLInputElement} */ (part("name")).value.normalize("NFC").trim().replace(/\s+/g, " ");
  if (!typed) return;
  part("who").hidden = true;
  const name = await spelled(typed);
  if (await visit(python, name)) await write(name);
};

/** @type {HTMLButtonElement} */ (part("sit")).disabled = false;

/** The name as it was typed the first time, if it is the same one. @param {string} name */
async function spelled(name) {
  const plain = (/** @type {string} */ text) => text.normalize("NFKC").toLowerCase();
  const known = await addresses(seat("")).catch(() => []);
  return known.map((address) => address.slice(seat("").length)).find((one) => plain(one) === plain(name)) ?? name;
}

/** Open the answers, as they were left, and what is handed in. @param {string} name */
async function write(name) {
  /** @type {Held} */
  let held = { player: name, text: "" };
  /** @type {Awaited<ReturnType<typeof keeper>> | null} */
  let keeps = null;
  try {
    keeps = await keeper(`${seat(name)}\nanswers`);
    held = (await keeps.read()) ?? held;
  } catch (error) {
    alarm(words["answers.not_kept"].replace("{why}", /** @type {Error} */ (error).message));
  }
  const written = held.text ? JSON.parse(held.text) : {};
  for (const area of areas) area.value = written[area.name] ?? "";
  part("answers").hidden = false;

  /** Answers are kept one after another, the last state of them each time. */
  let last = Promise.resolve();
  const keep = () => {
    part("answers-kept").textContent = "";
    last = last.then(async () => {
      const text = JSON.stringify(Object.fromEntries(areas.map((area) => [area.name, area.value])));
      if (!keeps || text === held.text) return;
      held = await keeps.add(held, { size: 0, lines: text });
      alarm("");
      part("answers-kept").textContent = words["answers.kept"];
    }).catch((error) => {
      if (error instanceof Taken) {
        keeps = null;
        for (const area of areas) area.disabled = true;
        alarm(words["answers.taken"]);
      } else alarm(words["answers.not_kept"].replace("{why}", error.message));
    });
  };
  for (const area of areas) area.oninput = keep;

  const journal = async () => (await (await keeper(seat(name))).read())?.text ?? "";
  part("get-journal").onclick = () => part("download").click();
  part("get-notebook").onclick = () => {
    save(`${page.assignment}.ipynb`, filled(), "application/x-ipynb+json");
    look();
  };
  const look = async () => {
    const { assignment, dispute } = page;
    const work = { assignment, dispute, player: name, journal: await journal() };
    const found = await (await python).missing(work);
    areas.forEach((area, place) => {
      if (!area.value.trim()) found.push(words["answer.none"].replace("{n}", String(place + 1)));
    });
    show(found.length ? found : [words["missing.none"]]);
  };
  part("look").onclick = () => look().catch((error) => show([error.message]));
}

/** @param {string[]} sentences */
function show(sentences) {
  part("missing").replaceChildren(...sentences.map((sentence) => {
    const item = document.createElement("li");
    item.textContent = sentence;
    return item;
  }));
}

/** @param {string} text */
function alarm(text) {
  part("answers-trouble").textContent = text;
  part("answers-trouble").hidden = !text;
}

/** The notebook that was handed out, with the answers in their cells. */
function filled() {
  const given = new Map(areas.map((area) => [area.name, area.value]));
  const cells = handout.cells.map((cell) => {
    const answer = given.get(cell.metadata.nbgrader?.grade_id ?? "");
    return answer?.trim() ? { ...cell, source: answer.split(/(?<=\n)/) } : cell;
  });
  return `${JSON.stringify({ ...handout, cells }, null, 1)}\n`;
}
