// The parts of the room that need no page: node --test tests/browser/room.test.mjs
import assert from "node:assert/strict";
import test from "node:test";

import room, {
  attemptWords, comparable, freshId, inOneBreath, meaning, moveKey, partyWords, settles, spoken, step, tabs, whereWords,
} from "../../widgets/caucusroom_widgets/widget/room.js";

const move = (text, prominent = 0) => ({ move: text, name: text, words: "…", about: "", cost: "15 min", prominent });
const GROUPS = [
  { id: "open", name: "Open", moves: [move("explain_caucus")], refused: [] },
  { id: "listen", name: "Listen", moves: [move("hear_out", 2), move("coach")], refused: [{ name: "Summarize", why: "Only at the table." }] },
  { id: "explore", name: "Explore", moves: [move("look_deeper", 3)], refused: [] },
  { id: "test", name: "Test", moves: [], refused: [] },
  { id: "build", name: "Build", moves: Array.from({ length: 14 }, (_, n) => move(`propose option_${n}`)), refused: [] },
  { id: "share", name: "Share", moves: [], refused: [] },
  { id: "process", name: "Process", moves: [move("rejoin", 1)], refused: [] },
  { id: "close", name: "Close", moves: [], refused: [] },
];
const PARTIES = [
  { id: "labor", name: "Local 1187", here: true, waiting: null, people: [{ name: "Dolores Vance", role: "president", here: true }] },
  {
    id: "management", name: "Halden Castings", here: false, waiting: "45 minutes",
    people: [{ name: "Edwin Hale", role: "manager", here: true }, { name: "Catherine Brandvold", role: "owner", here: false }],
  },
];

test("a host finds one thing by default: render", () => {
  assert.deepEqual(Object.keys(room), ["render"]);
});

test("the first tab gathers what makes sense now in its order, the others keep everything", () => {
  const [now, ...groups] = tabs(GROUPS);
  assert.deepEqual(now.moves.map((one) => one.move), ["rejoin", "hear_out", "look_deeper"]);
  assert.deepEqual(groups.map((one) => one.id), GROUPS.map((one) => one.id));
});

test("every tab has a key of its own, and none is also the key of a move", () => {
  const letters = tabs(GROUPS).map((one) => one.key);
  assert.equal(new Set(letters).size, 9);
  const numbers = Array.from({ length: 27 }, (_, index) => moveKey(index));
  assert.equal(new Set(numbers).size, 27);
  assert.deepEqual(letters.filter((key) => numbers.includes(key)), []);
  assert.equal(moveKey(27), "");
});

test("two keys reach every move: its tab, then its place in it", () => {
  for (const tab of tabs(GROUPS)) {
    const opened = meaning(tab.key, GROUPS, "now").tab;
    tab.moves.forEach((one, index) => assert.deepEqual(meaning(moveKey(index), GROUPS, opened), { move: one.move }));
  }
});

test("a key without a move means nothing, and Escape leads back", () => {
  for (const key of ["4", "Enter", "Tab", "F1", "é", " ", "z"]) assert.equal(meaning(key, GROUPS, "now"), null, key);
  assert.deepEqual(meaning("Escape", GROUPS, "build"), { tab: "now" });
  assert.deepEqual(meaning("L", GROUPS, "now"), { tab: "listen" });
});

test("arrows go round, Home and End go to the ends", () => {
  assert.equal(step("ArrowDown", 2, 3), 0);
  assert.equal(step("ArrowUp", 0, 3), 2);
  assert.equal(step("Home", 2, 3), 0);
  assert.equal(step("End", 0, 3), 2);
  assert.equal(step("x", 0, 3), null);
});

test("the room is also said in words", () => {
  assert.match(whereWords({ room: { where: "before", with: null }, parties: PARTIES }), /Nobody has met/);
  assert.match(whereWords({ room: { where: "joint", with: null }, parties: PARTIES }), /Joint session/);
  assert.equal(whereWords({ room: { where: "caucus", with: "labor" }, parties: PARTIES }), "Caucus with Local 1187. The doors are closed.");
  assert.equal(partyWords(PARTIES[0], "caucus").place, "with you, behind the closed door");
  assert.equal(partyWords(PARTIES[0], "joint").place, "at the table");
  const away = partyWords(PARTIES[1], "caucus");
  assert.equal(away.place, "waiting in their own room for 45 minutes");
  assert.equal(away.people, "Edwin Hale.");
  assert.equal(away.away, "Not in the building: Catherine Brandvold.");
  assert.equal(partyWords(PARTIES[1], "before").people, "Edwin Hale, manager.");
});

test("a turn is read aloud in order, names first, notes last", () => {
  const turn = { speech: [{ who: "You", party: null, text: "What is it?" }, { who: "Vance", party: "labor", text: "That." }], notes: ["A note."] };
  assert.equal(spoken(turn), "You: What is it? Vance: That. A note.");
});

test("what one person says running stands under the name once", () => {
  const speech = [["Vance", "A."], ["Vance", "B."], ["Hale", "C."], ["Vance", "D."]].map(([who, text]) => ({ who, party: "x", text }));
  assert.deepEqual(inOneBreath(speech).map(({ who, texts }) => [who, ...texts]), [["Vance", "A.", "B."], ["Hale", "C."], ["Vance", "D."]]);
});

test("a decision is settled by its own answer or by a table that has moved on, and by nothing else", () => {
  const pending = { id: "a", seq: 3, attempt: 1 };
  const snapshot = { seq: 3, attempt: 1, answer: null };
  assert.equal(settles(snapshot, pending), false);
  assert.equal(settles({ ...snapshot, answer: { id: "b", ok: true } }, pending), false);
  assert.equal(settles({ ...snapshot, answer: { id: "a", ok: false, error: "No." } }, pending), true);
  assert.equal(settles({ ...snapshot, seq: 4 }, pending), true);
  assert.equal(settles({ ...snapshot, attempt: 2 }, pending), true);
});

test("an attempt that branched says where it came from", () => {
  assert.equal(attemptWords({ attempt: 2, branch: null }), "Attempt 2");
  assert.equal(attemptWords({ attempt: 3, branch: { parent: 1, kept: 11 } }), "Attempt 3, from decision 12 of attempt 1");
});

test("a branch is compared with where it came from once it has a decision of its own, and never in graded work", () => {
  const snapshot = { mode: "guided", seq: 12, branch: { parent: 1, kept: 11 } };
  assert.equal(comparable(snapshot), 1);
  assert.equal(comparable({ ...snapshot, seq: 11 }), null);
  assert.equal(comparable({ ...snapshot, branch: null }), null);
  assert.equal(comparable({ ...snapshot, mode: "assessment" }), null);
});

test("ids differ and are short", () => {
  const ids = Array.from({ length: 1000 }, freshId);
  assert.equal(new Set(ids).size, 1000);
  assert.ok(ids.every((id) => id.length <= 40));
});
