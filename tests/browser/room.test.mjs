// @ts-check
// The parts of the room that need no page: node --test tests/browser/room.test.mjs
/** @import { Group, NotNow, Offer, Played, Said, Say, Side, Snapshot, Words } from "../../widgets/caucusroom_widgets/widget/snapshot.js" */
import assert from "node:assert/strict";
import test from "node:test";

import room, {
  attemptWords, comparable, freshId, inOneBreath, isOver, leftWords, meaning, moveKeys, partyWords, rows, sayings, settles, speaker, spoken, step, tabs, whereWords,
} from "../../widgets/caucusroom_widgets/widget/room.js";

/** Says the key of a text and what is filled in, and for a key on the keyboard its first letter: no language of ours. @type {Say} */
const say = (key, ...[facts]) => (key.startsWith("key.") ? key[4] : [key, ...Object.values(facts ?? {})].join(" "));

/** @type {(text: string, prominent?: number) => Offer} */
const move = (text, prominent = 0) => ({ move: text, name: text, of: "", aim: "", words: "…", about: "", cost: "15 min", prominent });
/** @type {(text: string, prominent?: number) => Offer} */
const aimed = (text, prominent = 0) => ({ ...move(text, prominent), of: "Follow up", aim: text });
/** @type {(id: Group["id"], moves?: Offer[], refused?: NotNow[]) => Group} */
const group = (id, moves = [], refused = []) => ({ id, name: id.toUpperCase(), moves, refused });
const GROUPS = [
  group("open", [move("explain_caucus")]),
  group("listen", [move("hear_out", 2), move("coach")], [{ names: ["Summarize"], why: "Only at the table." }]),
  group("explore", [move("look_deeper", 3)]),
  group("test"),
  group("build", Array.from({ length: 14 }, (_, n) => move(`propose option_${n}`))),
  group("share"),
  group("process", [move("rejoin", 1)]),
  group("close"),
];
/** @type {(made: number) => Played} */
const scene = (made) => ({ title: "A door", told: "", asks: "", after: "", made, of: 5 });
const alternative = { text: "A strike.", tested: false };
/** @type {Side[]} */
const PARTIES = [
  { id: "labor", name: "Local 1187", here: true, waiting: null, posture: "They sit.", alternative, people: [{ name: "Dolores Vance", role: "president", here: true }] },
  {
    id: "management", name: "Halden Castings", here: false, waiting: "45 minutes", posture: null, alternative,
    people: [{ name: "Edwin Hale", role: "manager", here: true }, { name: "Catherine Brandvold", role: "owner", here: false }],
  },
];

test("a host finds two things by default: what is done once for a model, and once for a view", () => {
  assert.deepEqual(Object.keys(room), ["initialize", "render"]);
});

test("the first tab gathers what makes sense now in its order, the others keep everything", () => {
  const [now, ...groups] = tabs(GROUPS, say);
  assert.deepEqual(now.moves.map((one) => one.move), ["rejoin", "hear_out", "look_deeper"]);
  assert.deepEqual(groups.map((one) => one.id), GROUPS.map((one) => one.id));
});

test("many aims are one entry, which opens to them where it stands", () => {
  const moves = [move("look_deeper"), aimed("follow a"), aimed("follow b"), move("ask_need")];
  const listed = (opened = "") => rows(moves, opened).map(({ what, offer }) => `${what} ${what === "entry" ? offer.of : offer.move}`);
  assert.deepEqual(listed(), ["move look_deeper", "entry Follow up", "move ask_need"]);
  assert.deepEqual(listed("Follow up"), ["move look_deeper", "entry Follow up", "aim follow a", "aim follow b", "move ask_need"]);
  const explore = [group("explore", moves)];
  assert.deepEqual(meaning("2", explore, "explore", say), { entry: "Follow up" });
  assert.deepEqual(meaning("4", explore, "explore", say, "Follow up"), { move: "follow b" });
});

test("among what makes sense now an aim stands by itself, unless all of its kind do", () => {
  const [now] = tabs([group("build", [aimed("a", 1), aimed("b", 2)]), group("explore", [aimed("c", 3), aimed("d", 3)])], say);
  assert.deepEqual(now.moves.map((one) => one.of), ["", "", "Follow up", "Follow up"]);
});

test("every tab has a key of its own, and none is also the key of a move", () => {
  const letters = tabs(GROUPS, say).map((one) => one.key);
  assert.equal(letters.join(""), "noletbspc");
  assert.equal(moveKeys(say).join(""), "1234567890adfghijkmqruvwxyz");
});

test("two keys reach every move: its tab, then its place in it", () => {
  for (const tab of tabs(GROUPS, say)) {
    const opened = meaning(tab.key, GROUPS, "now", say)?.tab ?? "";
    tab.moves.forEach((one, index) => assert.deepEqual(meaning(moveKeys(say)[index], GROUPS, opened, say), { move: one.move }));
  }
});

test("a key without a move means nothing, and Escape leads back", () => {
  for (const key of ["4", "Enter", "Tab", "F1", "é", " ", "z"]) assert.equal(meaning(key, GROUPS, "now", say), null, key);
  assert.deepEqual(meaning("Escape", GROUPS, "build", say), { tab: "now" });
  assert.deepEqual(meaning("L", GROUPS, "now", say), { tab: "listen" });
});

test("arrows go round, Home and End go to the ends", () => {
  assert.equal(step("ArrowDown", 2, 3), 0);
  assert.equal(step("ArrowUp", 0, 3), 2);
  assert.equal(step("Home", 2, 3), 0);
  assert.equal(step("End", 0, 3), 2);
  assert.equal(step("x", 0, 3), null);
});

test("the room is also said in words", () => {
  assert.equal(whereWords(say, { room: { where: "before", with: null }, parties: PARTIES }), "where.before");
  assert.equal(whereWords(say, { room: { where: "joint", with: null }, parties: PARTIES }), "where.joint");
  assert.equal(whereWords(say, { room: { where: "caucus", with: "labor" }, parties: PARTIES }), "where.caucus Local 1187");
  assert.equal(partyWords(say, PARTIES[0], "caucus").place, "place.caucus");
  assert.equal(partyWords(say, PARTIES[0], "joint").place, "place.table");
  const away = partyWords(say, PARTIES[1], "caucus");
  assert.equal(away.place, "place.waiting 45 minutes");
  assert.equal(away.people, "Edwin Hale.");
  assert.equal(away.away, "place.away Catherine Brandvold");
  assert.equal(partyWords(say, PARTIES[0], "joint").away, "");
  assert.equal(partyWords(say, PARTIES[1], "before").people, "Edwin Hale, manager.");
});

test("a text is filled in, and a number has the form that its language gives it", () => {
  const words = /** @type {Words} */ (/** @type {Partial<Words>} */ ({
    language: "pl",
    day: "Dzień {day} z {days}",
    earlier: { one: "{n} tura", few: "{n} tury", many: "{n} tur", other: "{n} tury" },
    "choice.count": { other: "{n}" },
  }));
  const speak = speaker(words);
  assert.equal(speak("day", { day: 1, days: "{day}" }), "Dzień 1 z {day}");
  assert.deepEqual([1, 3, 5].map((n) => speak("earlier", { n })), ["1 tura", "3 tury", "5 tur"]);
  assert.equal(speak("choice.count", { n: 1 }), "1");
});

test("a turn is read aloud in order, names first, notes last", () => {
  const turn = { speech: [{ who: "You", party: null, text: "What is it?" }, { who: "Vance", party: "labor", text: "That." }], notes: ["A note."] };
  assert.equal(spoken(turn), "You: What is it? Vance: That. A note.");
});

test("what one person says running stands under the name once", () => {
  /** @type {Said[]} */
  const speech = [["Vance", "A."], ["Vance", "B."], ["Hale", "C."], ["Vance", "D."]].map(([who, text]) => ({ who, party: "x", text }));
  assert.deepEqual(inOneBreath(speech).map(({ who, texts }) => [who, ...texts]), [["Vance", "A.", "B."], ["Hale", "C."], ["Vance", "D."]]);
});

test("what a side said of late can be chosen, newest first, and what was chosen before stays", () => {
  const turns = Array.from({ length: 9 }, (_, index) => ({
    n: index + 1, label: `Move ${index + 1}`,
    speech: [{ who: "You", party: null, text: "?" }, { who: "Vance", party: index === 4 ? "management" : "labor", text: `A${index}.` }, { who: "Vance", party: index ? "x" : "labor", text: "B." }],
  }));
  assert.deepEqual(sayings(turns, "labor", new Set()).map((one) => one.n), [9, 8, 7, 6, 4, 3]);
  const [newest, ...others] = sayings(turns, "labor", new Set([1]));
  assert.deepEqual(newest, { n: 9, label: "Move 9", text: "A8." });
  assert.deepEqual(others.at(-1), { n: 1, label: "Move 1", text: "A0. B." });
  assert.deepEqual(sayings(turns, "management", new Set([2])).map((one) => one.n), [5], "another side's words are no evidence");
  assert.deepEqual(sayings([], "labor", new Set()), []);
});

test("a decision is settled by its own answer or by a table that has moved on, and by nothing else", () => {
  const pending = { id: "a", seq: 3, attempt: 1 };
  /** @type {Pick<Snapshot, "seq" | "attempt" | "answer">} */
  const snapshot = { seq: 3, attempt: 1, answer: null };
  assert.equal(settles(snapshot, pending), false);
  assert.equal(settles({ ...snapshot, answer: { id: "b", ok: true, error: null, owed: false } }, pending), false);
  assert.equal(settles({ ...snapshot, answer: { id: "a", ok: false, error: "No.", owed: false } }, pending), true);
  assert.equal(settles({ ...snapshot, seq: 4 }, pending), true);
  assert.equal(settles({ ...snapshot, attempt: 2 }, pending), true);
});

test("an attempt that branched says where it came from", () => {
  assert.equal(attemptWords(say, { attempt: 2, branch: null, scene: null }), "attempt 2");
  assert.equal(attemptWords(say, { attempt: 3, branch: { parent: 1, kept: 11 }, scene: null }), "attempt.branch 3 12 1");
  assert.equal(attemptWords(say, { attempt: 3, branch: { parent: 1, kept: 11 }, scene: scene(2) }), "attempt 3");
});

test("a branch is compared with where it came from once it has a decision of its own, and never in graded work", () => {
  /** @type {Pick<Snapshot, "mode" | "seq" | "branch" | "scene">} */
  const snapshot = { mode: "guided", seq: 12, branch: { parent: 1, kept: 11 }, scene: null };
  assert.equal(comparable(snapshot), 1);
  assert.equal(comparable({ ...snapshot, seq: 11 }), null);
  assert.equal(comparable({ ...snapshot, branch: null }), null);
  assert.equal(comparable({ ...snapshot, mode: "assessment" }), null);
  assert.equal(comparable({ ...snapshot, scene: scene(2) }), null);
});

test("a scene says how much of it is left, and is over with its last decision or with the mediation", () => {
  assert.equal(leftWords(say, scene(0)), "scene.first 5 5");
  assert.equal(leftWords(say, scene(2)), "scene.left 3 3");
  assert.equal(leftWords(say, scene(4)), "scene.left 1 scene.numbers"); // the first of its words
  const outcome = { ending: "stopped", title: "A stop", text: "", held: null, agreed: [], case: "", truth: "" };
  assert.deepEqual([scene(4), scene(5), null].map((one) => isOver({ scene: one, outcome: null })), [false, true, false]);
  assert.deepEqual([scene(1), null].map((one) => isOver({ scene: one, outcome })), [true, true]);
});

test("ids differ and are short", () => {
  const ids = Array.from({ length: 1000 }, freshId);
  assert.equal(new Set(ids).size, 1000);
  assert.ok(ids.every((id) => id.length <= 40));
});
