// @ts-check
/**
 * The room in which a trainee mediates: shows a snapshot, sends one message for each decision.
 *
 * host.d.ts says what a host gives `initialize`, once, and `render`, for each view; snapshot.d.ts what snapshots,
 * messages, answers and the table of words hold.
 * The helpers without a page are exported by name, for the tests.
 *
 * @import { Answered, Attendee, Entry, Group, Offer, Played, Said, Say, Sent, Side, Snapshot, Thought, Told, Topic, Where, Words } from "./snapshot.js"
 * @import { Attributes, Breath, Draft, Drawn, Draws, Host, Last, Parts, Patches, Row, Settles, Tab, View, Wish } from "./host.js"
 */

export const PATIENCE = 10_000; // milliseconds until a missing answer is spoken of
/** @type {Tab["id"][]} */
const TABS = ["now", "open", "listen", "explore", "test", "build", "share", "process", "close"];
const SIDES = ["first", "second"];
const MARKS = ["■", "●"];

/* ---------------------------------------------------------------- what needs no page */

/** Says the texts of a table, with `{name}` filled in and the plural chosen by `n`. @param {Words} words @returns {Say} */
export function speaker(words) {
  const plural = new Intl.PluralRules(String(words.language));
  return (key, ...[facts]) => {
    /** @type {Record<string, any>} */
    const given = facts ?? {};
    const found = words[key];
    const text = typeof found === "string" ? found : found[plural.select(given.n)] ?? found.other;
    return text.replace(/\{(\w+)\}/g, (_, name) => given[name]);
  };
}

/** The groups as tabs, led by what makes sense now. @param {Group[]} groups @param {Say} say @returns {Tab[]} */
export function tabs(groups, say) {
  const first = groups.flatMap((group) => group.moves).filter((move) => move.prominent).sort((a, b) => a.prominent - b.prominent);
  const sensible = first.map((move) => ({ ...move, of: first.some((one) => one !== move && one.prominent === move.prominent) ? move.of : "" }));
  const now = { id: TABS[0], name: say("choice.now"), moves: sensible, refused: [] };
  return [now, ...groups].map((tab) => ({ ...tab, key: say(`key.${tab.id}`) }));
}

/** The moves as they are listed: one entry for all that are of one kind, and below the one that is `opened` its aims. @param {Offer[]} moves @param {string} opened */
export const rows = (moves, opened) => moves.flatMap((offer, index) => {
  if (!offer.of) return [/** @type {Row} */ ({ what: "move", offer })];
  const entry = moves.findIndex((one) => one.of === offer.of) === index ? [/** @type {Row} */ ({ what: "entry", offer })] : [];
  return opened === offer.of ? [...entry, /** @type {Row} */ ({ what: "aim", offer })] : entry;
});

/** The keys that choose moves, in order: figures, and the letters that open no tab. @param {Say} say */
export const moveKeys = (say) => [..."1234567890abcdefghijklmnopqrstuvwxyz"].filter((key) => !TABS.some((tab) => say(`key.${tab}`) === key));

/** What a key means while tab `open` is shown. @param {string} key @param {Group[]} groups @param {string} open @param {Say} say @param {string} [opened] */
export function meaning(key, groups, open, say, opened = "") {
  const pressed = key.toLowerCase();
  if (pressed === "escape") return { tab: TABS[0] };
  const all = tabs(groups, say);
  const tab = all.find((one) => one.key === pressed);
  if (tab) return { tab: tab.id };
  const row = rows(all.find((one) => one.id === open)?.moves ?? [], opened)[moveKeys(say).indexOf(pressed)];
  return row ? (row.what === "entry" ? { entry: row.offer.of } : { move: row.offer.move }) : null;
}

/** The place after `index` of `count` for an arrow key, Home or End; null for another key. @param {string} key @param {number} index @param {number} count */
export function step(key, index, count) {
  if (key === "ArrowRight" || key === "ArrowDown") return (index + 1) % count;
  if (key === "ArrowLeft" || key === "ArrowUp") return (index - 1 + count) % count;
  if (key === "Home") return 0;
  return key === "End" ? count - 1 : null;
}

/** The room in a sentence. @param {Say} say @param {Pick<Snapshot, "room" | "parties">} snapshot */
export function whereWords(say, { room, parties }) {
  if (room.where !== "caucus") return say(`where.${room.where}`);
  return say("where.caucus", { party: parties.find((party) => party.id === room.with)?.name ?? "" });
}

/** One party's people in words: who is where, how long they have waited. @param {Say} say @param {Side} party @param {Where} where */
export function partyWords(say, party, where) {
  const named = (/** @type {Attendee} */ one) => (where === "before" ? `${one.name}, ${one.role}` : one.name);
  const people = (here = true) => party.people.filter((one) => one.here === here).map(named).join(say("list"));
  const waits = party.waiting ? say("place.waiting", { time: party.waiting }) : say("place.own");
  const away = people(false);
  return {
    place: party.here ? say(where === "caucus" ? "place.caucus" : "place.table") : waits,
    people: `${people(true)}.`,
    away: away && say("place.away", { people: away }),
  };
}

/** A turn as it is read aloud. @param {Pick<Told, "speech" | "notes">} turn */
export function spoken(turn) {
  const said = turn.speech.map((one) => `${one.who}: ${one.text}`);
  return [...said, ...turn.notes].join(" ");
}

/** What one person says in several sentences running, as one speech with several texts. @param {Said[]} speech */
export function inOneBreath(speech) {
  /** @type {Breath[]} */
  const breaths = [];
  for (const { who, party, text } of speech) {
    const last = breaths.at(-1);
    if (last?.who === who) last.texts.push(text);
    else breaths.push({ who, party, texts: [text] });
  }
  return breaths;
}

/** Whether a snapshot answers what is `pending`, or has gone past it. @type {Settles} */
export function settles(snapshot, pending) {
  return snapshot.answer?.id === pending.id || snapshot.seq !== pending.seq || snapshot.attempt !== pending.attempt;
}

/** What a value becomes by a difference, as desk/differences.py says; it stays as it is. @type {Patches} */
export function patched(before, by) {
  if (!Array.isArray(by)) {
    const after = new Map(Object.entries(before));
    for (const [key, one] of Object.entries(by)) {
      if (one[0] === "-") after.delete(key);
      else after.set(key, patched(after.get(key), one));
    }
    return Object.fromEntries(after);
  }
  const [kind, ...rest] = by;
  if (kind === "=") return rest[0];
  return rest.flatMap(([start, what]) => (start === "=" ? [what] : typeof what === "number" ? before.slice(start, what) : [patched(before[start], what)]));
}

/** Which attempt this is, in words; of a scene every one begins with it. @param {Say} say @param {Pick<Snapshot, "attempt" | "branch" | "scene">} snapshot */
export function attemptWords(say, { attempt, branch, scene }) {
  return branch && !scene ? say("attempt.branch", { attempt, decision: branch.kept + 1, parent: branch.parent }) : say("attempt", { attempt });
}

/** The attempt to compare this one with: the one it branched from, once they differ; null if there is none. @param {Pick<Snapshot, "mode" | "branch" | "scene" | "seq">} snapshot */
export const comparable = ({ mode, branch, scene, seq }) => (mode === "guided" && branch && !scene && seq > branch.kept ? branch.parent : null);

/** Whether nothing is left to decide: at the end of the mediation, or of the scene that is played. @param {Pick<Snapshot, "scene" | "outcome">} snapshot */
export const isOver = ({ scene, outcome }) => Boolean(outcome) || (scene !== null && scene.made >= scene.of);

/** How many decisions of a scene are left, in words. @param {Say} say @param {Played} scene */
export function leftWords(say, { made, of }) {
  const n = of - made;
  return say(made ? "scene.left" : "scene.first", { n, number: say("scene.numbers").split(" ")[n - 1] ?? n });
}

/** What a side said of late, the newest first, and whatever else was chosen of it. @param {Pick<Told, "n" | "label" | "speech">[]} turns @param {string} party @param {Set<number>} chosen */
export function sayings(turns, party, chosen) {
  const said = turns.map(({ n, label, speech }) => ({ n, label, text: speech.filter((one) => one.party === party).map((one) => one.text).join(" ") })).filter((one) => one.text);
  return said.filter((one, index) => index >= said.length - 6 || chosen.has(one.n)).reverse();
}

/** An id that no other decision has. It need not be secret. */
export const freshId = () => `${Date.now().toString(36)}-${Math.random().toString(36).slice(2, 10)}`;

const shortName = (name = "") => name.split(" ").at(-1);

/* ---------------------------------------------------------------- the page */

/**
 * An element as it is to be drawn. Among its neighbours it is known by its key or what it is first of all.
 * @param {string} tag @param {Attributes} attributes @param {Parts[]} children @returns {Drawn}
 */
export function h(tag, { key, ...attributes }, ...children) {
  const name = key ?? attributes["data-key"] ?? (attributes.class || "").split(" ")[0];
  const all = /** @type {any[]} */ (children).flat(Infinity).filter((child) => child || child === 0);
  return { tag, key: `${tag} ${name}`, attributes, children: all.map((child) => (typeof child === "number" ? `${child}` : child)) };
}

/** What each element was last drawn with. @type {Last} */
const drawn = new WeakMap();
const TEXT = "#text";

/**
 * Draw an element anew. What was there and is still wanted keeps its node, and with it focus, scroll and what somebody
 * types; what others have put there stays.
 * @template {Element} T @param {T} node @param {Pick<Drawn, "attributes" | "children">} wanted
 */
export function redraw(node, { attributes, children }) {
  const was = drawn.get(node) ?? { attributes: {}, children: [] };
  for (const name of new Set([...Object.keys(was.attributes), ...Object.keys(attributes)])) {
    const value = attributes[name] === true ? "" : attributes[name] === false ? null : attributes[name] ?? null;
    if (name.startsWith("on")) /** @type {any} */ (node)[name] = value;
    else if (name === "checked") /** @type {any} */ (node).checked = value !== null;
    else if (name === "open" && was.attributes.open === attributes.open) continue; // folded and unfolded by hand
    else if (value === null) node.removeAttribute(name);
    else if (node.getAttribute(name) !== String(value)) node.setAttribute(name, value);
  }
  /** @type {Map<unknown, ChildNode[]>} */
  const kept = new Map();
  for (const { key, node: one } of was.children) kept.get(key)?.push(one) ?? kept.set(key, [one]);
  const now = children.map((child) => {
    const key = typeof child === "string" ? TEXT : child instanceof Node ? child : child.key;
    return { key, child, node: kept.get(key)?.shift() ?? made(child) };
  });
  for (const one of [...kept.values()].flat()) one.remove();
  const own = new Set(now.map((one) => one.node));
  let next = node.firstChild;
  for (const { child, node: one } of now) {
    if (typeof child === "string") {
      if (one.nodeValue !== child) one.nodeValue = child;
    } else if (!(child instanceof Node)) redraw(/** @type {Element} */ (one), child);
    while (next && !own.has(next)) next = next.nextSibling;
    if (one === next) next = next.nextSibling;
    else node.insertBefore(one, next);
  }
  drawn.set(node, { attributes, children: now });
  return node;
}

/** A new node, still to be drawn. @param {Drawn | Node | string} child */
const made = (child) => /** @type {ChildNode} */ (typeof child === "string" ? new Text(child) : child instanceof Node ? child : document.createElement(child.tag));

const side = (/** @type {Snapshot} */ snapshot, /** @type {string | null} */ id) => SIDES[snapshot.parties.findIndex((party) => party.id === id)] ?? "you";
const mark = (which = "") => h("span", { class: `mark ${which}`, "aria-hidden": "true" }, MARKS[SIDES.indexOf(which)] ?? "◆");

/** A part to open and close. With another `version` it is another one, opened anew. @param {View} view @param {string} key @param {Parts} title @param {Drawn} body */
const fold = ({ folds }, key, title, body, open = false, version = "", opened = () => {}) => h("details", {
  class: "fold", key: `${key} ${version}`, open: folds.get(key) ?? open,
  ontoggle({ currentTarget }) {
    folds.set(key, currentTarget.open);
    const inner = currentTarget.lastElementChild;
    if (inner) inner.scrollTop = inner.scrollHeight;
    if (currentTarget.open) opened();
  },
}, h("summary", { "data-key": `fold ${key}` }, title), body);

/** A button that asks the desk for something: not while an answer is due, and once however fast it is clicked. @param {View} view @param {string} key @param {string} look @param {Parts} label @param {() => void} act */
const asks = (view, key, look, label, act) => h("button", {
  type: "button", class: `asks ${look}`, "data-key": key, "aria-disabled": view.pending ? "true" : null, onclick: (event) => event.detail < 2 && act(),
}, label);

/** @type {Draws} */
function compare(view) {
  const attempt = comparable(view.snapshot);
  return attempt && asks(view, "compare", "second", view.say("compare", { attempt }), view.act.compare);
}

/** @type {Draws} */
function heading({ say, snapshot }) {
  const { dispute, scene, clock, saved, attempt, notices } = snapshot;
  const { day, days } = clock;
  return h("div", { class: "head" },
    scene ? h("h2", {}, scene.title, " ", h("span", {}, dispute.title)) : h("h2", {}, dispute.title),
    h("p", { class: "clock" },
      attempt > 1 && h("span", {}, attemptWords(say, snapshot)),
      h("span", {}, say(clock.staged ? "stage" : "day", { day, days })), h("span", {}, clock.time), h("span", { class: clock.late && "late" }, clock.left),
      saved.ok && h("span", { title: saved.text }, h("span", { "aria-hidden": "true" }, "✓ "), say("saved"))),
    h("div", { class: "day", "aria-hidden": "true" }, h("i", { style: `width:${(100 * clock.spent) / clock.length}%` })),
    [...new Set(saved.ok ? notices : [saved.text, ...notices])].map((text) => h("p", { class: "caution" }, h("span", { "aria-hidden": "true" }, "▲ "), text)));
}

/** What a visitor is told who sits down in the middle, what to try, and how much of the scene is left. @type {Draws} */
function sitting(view) {
  const { say, snapshot } = view;
  const { scene } = snapshot;
  if (!scene) return null;
  const told = h("div", { class: "told" }, paragraphs(scene.told));
  const aim = h("div", { class: "aim" },
    h("p", { class: "task" }, h("strong", {}, say("scene.asks")), " ", scene.asks),
    !isOver(snapshot) && h("p", { class: "quiet" }, leftWords(say, scene)));
  return h("section", { class: scene.made ? "scene" : "scene begins", "aria-label": say("scene") },
    scene.made ? [aim, fold(view, "told", say("scene.told"), told)] : [told, aim]);
}

/** @type {Draws} */
function plan({ say, snapshot, moves, moved }) {
  const { parties, room, issues, topic } = snapshot;
  const seats = (index = 0, taken = true) => parties[index].people.filter((one) => one.here).map((one) =>
    h("span", { class: `seat ${SIDES[index]} ${taken ? "" : "empty"}` }, h("i", {}), taken && h("b", {}, shortName(one.name))));
  const own = (index = 0) => {
    const party = parties[index];
    return h("div", { class: `own ${SIDES[index]} ${party.here ? "" : "used"}` },
      h("span", { class: "label" }, mark(SIDES[index]), h("span", {}, " ", party.name)),
      !party.here && h("div", { class: "people" }, seats(index, true)),
      party.waiting && h("span", { class: "label" }, say("plan.waiting", { time: party.waiting })));
  };
  const door = (which = "") => h("div", { class: `door ${which} ${room.where === "joint" ? "open" : "shut"}` }, h("i", {}));
  const now = issues.find((issue) => issue.id === topic);
  const caption = (/** @type {Side} */ party, /** @type {number} */ index) => {
    const words = partyWords(say, party, room.where);
    return h("div", { class: SIDES[index] },
      h("p", {}, mark(SIDES[index]), " ", h("strong", {}, party.name), `: ${words.place}.`),
      h("p", { class: "quiet" }, `${words.people} ${words.away}`),
      party.posture && h("p", { class: "posture" }, party.posture));
  };
  return h("section", { class: "plan", "aria-label": say("plan") },
    h("h3", {}, whereWords(say, snapshot)),
    h("div", { class: `floor ${moved ? "fresh" : ""}`, key: `floor ${moves}`, "aria-hidden": "true" },
      own(0), door("first"),
      h("div", { class: "hall" },
        h("div", { class: "people" }, seats(0, parties[0].here)),
        h("div", { class: "table" }, h("span", {}, now?.name)),
        h("div", { class: "people" }, seats(1, parties[1].here)),
        h("span", { class: "seat you" }, h("i", {}), h("b", {}, say("plan.you")))),
      door("second"), own(1)),
    h("div", { class: "captions" }, parties.map(caption)));
}

/** @param {Snapshot} snapshot @param {Told} turn */
function speech(snapshot, turn) {
  const roles = new Map(snapshot.parties.flatMap((party) => party.people.map((one) => [one.name, one.role.split(",")[0]])));
  return [
    ...inOneBreath(turn.speech).map(({ who, party, texts }) => h("div", { class: `said ${side(snapshot, party)}` },
      h("p", { class: "who" }, mark(side(snapshot, party)), " ", h("strong", {}, who), roles.has(who) && h("span", {}, `, ${roles.get(who)}`)),
      texts.map((text) => h("p", {}, text)))),
    turn.notes.length > 0 && h("ul", { class: "notes" }, turn.notes.map((note) => h("li", {}, note))),
  ];
}

const paragraphs = (text = "") => text.split(/\n\s*\n/).map((one) => h("p", {}, one));
const turnTitle = (/** @type {Told} */ turn) => `${turn.time} · ${turn.room} · ${turn.label}`;

/** @type {Draws} */
function justNow({ say, snapshot, decided }) {
  const turn = snapshot.turns.at(-1);
  return h("section", { class: `now ${decided ? "fresh" : ""}`, key: `now ${snapshot.attempt} ${turn?.n}`, tabindex: "-1", "data-key": "now", "aria-label": say("now") },
    h("h3", {}, turn ? turnTitle(turn) : say("arriving")),
    turn ? speech(snapshot, turn) : h("div", { class: "opening" }, paragraphs(snapshot.opening)));
}

/** The turns of a record in their order, whether the opening or any of them is missing, and what changes with them. @param {View} view */
function gathered({ record, snapshot: { seq, attempt } }) {
  const turns = [...record.turns.values()].sort((a, b) => a.n - b.n);
  const missing = !record.opening || turns.length < seq;
  return { turns, missing, version: `${attempt} ${turns.length} ${missing}` };
}

/** @type {Draws} */
function earlier(view) {
  const { say, act, snapshot } = view;
  if (!snapshot.seq) return null;
  const soFar = snapshot.mode === "guided" && !isOver(snapshot) && snapshot.scene?.made !== 0;
  const count = snapshot.seq - 1;
  const { missing, turns, version } = gathered(view);
  const past = fold(view, "earlier", count ? say("earlier", { n: count }) : say("arrived"),
    h("div", { class: "transcript", tabindex: "0", role: "group", "aria-label": say("earlier.label") },
      count > 0 && h("h4", {}, say("arrived")), paragraphs(view.record.opening),
      missing ? h("p", { class: "quiet" }, say("moment")) : turns.slice(0, count).flatMap((turn) => [h("h4", {}, turnTitle(turn)), ...speech(snapshot, turn)])),
    false, version, () => missing && act.earlier());
  return h("div", { class: "past" }, past, soFar && asks(view, "review", "link", say("review"), act.review));
}

/** The questions of the supervising mediator about the decision that is due. @type {Draws} */
function supervisor({ say, snapshot: { hint } }) {
  if (!hint?.texts.length) return null;
  return h("section", { class: "said supervisor", tabindex: "-1", "data-key": "supervisor", "aria-label": say("supervisor") },
    h("p", { class: "who" }, h("strong", {}, say("supervisor")), h("span", {}, say("supervisor.how"))),
    hint.texts.map((text) => h("p", {}, text)));
}

/** @type {Draws} */
function ask(view) {
  const { hint } = view.snapshot;
  if (!hint) return null;
  if (!hint.left) return h("span", { class: "quiet" }, view.say("ask.over"));
  return asks(view, "hint", "link", view.say(hint.texts.length ? "ask.closer" : "ask"), view.act.hint);
}

/** @type {Draws} */
function choices(view) {
  const { say, act, uid, snapshot } = view;
  const all = tabs(snapshot.groups, say), keys = moveKeys(say);
  const open = all.find((tab) => tab.id === view.tab) ?? all[0];
  const panel = `${uid}-moves`;
  const tab = (/** @type {Tab} */ one) => h("button", {
    type: "button", role: "tab", id: `${uid}-${one.id}`, "aria-selected": String(one === open), "aria-controls": panel, tabindex: one === open ? "0" : "-1",
    "aria-keyshortcuts": one.key,
    "data-key": `tab ${one.id}`, class: one.moves.length ? "" : "none", onclick: () => act.open(one.id),
  }, h("span", {}, one.name), h("span", { class: "aloud" }, ` ${say("choice.count", { n: rows(one.moves, "").length })}`));
  const listed = rows(open.moves, view.opened);
  /** @type {(row: Row, index: number) => Parts[]} */
  const row = ({ what, offer }, index) => {
    const { move, of, about } = offer;
    const entry = what === "entry", opened = entry && of === view.opened;
    const words = entry ? say("choice.aims", { n: open.moves.filter((one) => one.of === of).length }) : offer.words && say("choice.words", { words: offer.words });
    return [h("button", {
      type: "button", class: entry ? "move entry" : "move", "data-key": `${what} ${entry ? of : move}`, "data-move": entry ? null : move, tabindex: index ? "-1" : "0",
      "aria-disabled": view.pending ? "true" : null, "aria-keyshortcuts": keys[index], "aria-expanded": entry ? String(opened) : null,
      onclick: (event) => event.detail < 2 && (entry ? act.unfold(of) : act.choose(move)),
    }, h("kbd", { "aria-hidden": "true" }, keys[index]?.toUpperCase()),
    h("span", { class: "name" }, entry ? of : what === "aim" ? offer.aim : offer.name), what !== "aim" && h("span", { class: "cost" }, offer.cost),
    words && h("span", { class: "words" }, words),
    open.id !== "now" && what !== "aim" && about && h("span", { class: "about" }, about)),
    opened && h("div", { class: "aims", role: "group", "aria-label": of }, listed.map((one, place) => one.what === "aim" && row(one, place)))];
  };
  return h("section", { class: "choice", "aria-label": say("choice") },
    h("div", { class: "lead" }, h("h3", {}, say("choice.title")), ask(view)),
    h("div", { class: "tabs", role: "tablist", "aria-label": say("choice.tabs") }, all.map(tab)),
    h("div", { class: open.id === "now" ? "moves" : "moves list", key: open.id, id: panel, role: "tabpanel", "aria-labelledby": `${uid}-${open.id}` },
      listed.map((one, index) => one.what !== "aim" && row(one, index)),
      open.id === "now" && h("p", { class: "quiet" }, say("choice.more")),
      open.id !== "now" && !open.moves.length && h("p", { class: "quiet" }, say("choice.none")),
      open.refused.length > 0 && h("div", { class: "refused" }, h("h4", {}, say("choice.refused")),
        h("dl", {}, open.refused.map((one) => h("div", {}, h("dt", {}, one.names.join(say("list"))), h("dd", {}, one.why)))))),
    notice(view), unsaved(view));
}

/** @param {View} view @param {string} place where it is shown: "" by the choice, or by what is written about a side */
function notice(view, place = "") {
  if (!view.notice || view.place !== place) return null;
  return h("div", { class: "notice", role: "alert" }, h("p", {}, view.notice),
    !view.pending && view.snapshot.answer?.owed && h("button", { type: "button", class: "plain", "data-key": "think", onclick: view.act.think }, view.say("thought.write")),
    view.pending && h("button", { type: "button", class: "plain", "data-key": "retry", onclick: view.act.retry }, view.say("retry")));
}

/** @type {Draws} */
function issues(view) {
  const { say, snapshot } = view;
  const tag = (text = "") => h("span", { class: "tag" }, text);
  const card = (/** @type {Topic} */ issue) => fold(view, `issue ${issue.id} ${issue.status}`, [h("span", { class: "issue" }, issue.name), " ", h("span", { class: "status" }, say(`status.${issue.status}`))],
    h("div", { class: "issue-body" },
      issue.agreed && h("p", {}, tag(say("issue.agreed")), " ", issue.agreed),
      snapshot.parties.map((party, index) => h("div", { class: `position ${SIDES[index]}` },
        h("p", {}, mark(SIDES[index]), " ", h("strong", {}, party.name), ": ", issue.positions[index]),
        issue.interests[index] && h("p", {}, tag(say("issue.underneath")), " ", issue.interests[index]))),
      issue.options.length > 0 && [h("p", { class: "tag" }, say("issue.options")), h("ul", {}, issue.options.map((one) => h("li", {}, one.text, one.state && h("em", {}, ` ${one.state}`))))]),
    issue.status === "topic");
  const alone = h("div", { class: "issue-body" }, snapshot.parties.map((party, index) => h("div", { class: `position ${SIDES[index]}` },
    h("p", {}, mark(SIDES[index]), " ", h("strong", {}, party.name), ": ", party.alternative.text),
    h("p", { class: "tag" }, say(party.alternative.tested ? "alternatives.tested" : "alternatives.believed")))));
  return h("section", { class: "issues", "aria-label": say("issues") }, h("h3", {}, say("issues")), snapshot.issues.map(card),
    fold(view, "alternatives", say("alternatives"), alone));
}

/** What the mediator has written about each side, and where it is written. @type {Draws} */
function thoughts(view) {
  const { say, act, drafts, causes, snapshot: { attempt, parties, clock, thoughts, outcome } } = view;
  const { missing, turns, version } = gathered(view);
  const about = (/** @type {Side} */ party, /** @type {number} */ index) => {
    const { text, day, time, ...last } = thoughts[index];
    const draft = drafts.get(party.id) ?? { causes: new Set(last.causes), heard: new Set(last.heard) };
    const tick = (/** @type {Set<any>} */ set, /** @type {string | number} */ value, /** @type {Parts} */ label) => h("label", { key: `${value}` },
      h("input", {
        type: "checkbox", checked: set.has(value),
        onchange({ currentTarget }) {
          set[currentTarget.checked ? "add" : "delete"](value);
          drafts.set(party.id, draft);
        },
      }), h("span", {}, label));
    const heard = sayings(turns, party.id, draft.heard);
    const form = () => [
      h("fieldset", { key: "causes" }, h("legend", {}, say("thought.causes")), h("div", { class: "ticks" },
        causes.map((one) => tick(draft.causes, one.id, [h("strong", {}, one.name), " ", h("span", { class: "quiet" }, one.sounds)])))),
      h("fieldset", { key: "heard" }, h("legend", {}, say("thought.says")), h("div", { class: "ticks" },
        heard.map((one) => tick(draft.heard, one.n, [`${one.n} · ${one.label}`, h("span", { class: "clip" }, one.text)])), !heard.length && h("p", { class: "quiet" }, say("thought.silent")))),
      asks(view, `note ${party.id}`, "second", [say("thought.write"), h("span", { class: "aloud" }, `: ${party.name}`)], () => act.note(party.id, draft)),
      notice(view, party.id),
    ];
    const unread = missing || !causes.length;
    return h("div", { class: "thought", key: party.id },
      h("p", {}, mark(SIDES[index]), " ", h("strong", {}, party.name), ": ", text || h("span", { class: "quiet" }, say("thought.none"))),
      text && h("p", { class: "quiet", key: "when" }, say("thought.when", { day: say(clock.staged ? "stage" : "day", { day, days: clock.days }), time }), " ",
        last.heard.length > 0 && say("thought.heard", { n: last.heard.length, heard: last.heard.join(", ") })),
      !outcome && fold(view, `thought ${party.id}`, say("thought.open", { party: party.name }),
        h("div", { class: "thinking" }, unread ? h("p", { class: "quiet" }, say("moment")) : form()), false, unread ? version : `${attempt}`, () => unread && act.earlier()));
  };
  return h("div", { class: "thoughts" }, h("h4", {}, say("thought")), parties.map(about));
}

/** @type {Draws} */
function notebook(view) {
  const { say, snapshot } = view;
  const entry = (/** @type {Entry} */ one) => h("li", {}, h("span", { class: "tag" }, say(`entry.${one.kind}`)), " ", one.text,
    one.standing && [" ", h("span", { class: "standing" }, one.standing)]);
  const page = (/** @type {Side} */ party, /** @type {number} */ index) => {
    const entries = snapshot.notebook.filter((one) => one.party === party.id);
    return entries.length > 0 && h("div", { class: SIDES[index] }, h("h4", {}, mark(SIDES[index]), " ", party.name), h("ul", {}, entries.map(entry)));
  };
  return h("section", { class: "notebook", "aria-label": say("notebook") }, h("h3", {}, say("notebook")),
    snapshot.notebook.length ? snapshot.parties.map(page) : h("p", { class: "quiet" }, say("notebook.empty")),
    !snapshot.scene && thoughts(view));
}

/** The decisions of this attempt, to go back to one, with nothing said of how good they were. @type {Draws} */
function turnBack(view) {
  const { say, act, snapshot } = view;
  const { missing, turns, version } = gathered(view);
  return fold(view, `back ${snapshot.attempt}`, say("ending.back"),
    missing ? h("p", { class: "quiet" }, say("moment")) : h("ol", {}, turns.map((turn) =>
      h("li", {}, asks(view, `back ${turn.n}`, "line", [h("span", { class: "cost" }, `${turn.n}`), turnTitle(turn)], () => act.back(turn.n - 1))))),
    false, version, () => missing && act.earlier());
}

/** @type {Draws} */
function ending(view) {
  const { say, act, snapshot } = view;
  const { outcome, scene } = snapshot;
  if (!isOver(snapshot)) return null;
  const practice = snapshot.mode === "guided";
  const kept = scene ? "scene.kept" : practice ? "ending.kept" : "ending.graded";
  return h("section", { class: "ending", "aria-label": say("ending") },
    h("h3", {}, outcome ? outcome.title : say("scene.over")),
    outcome && [
      outcome.agreed.length > 0 && h("ul", {}, outcome.agreed.map((text) => h("li", {}, text))),
      h("h4", {}, say("ending.later")), paragraphs(outcome.text)],
    scene && h("p", { class: "after" }, scene.after),
    h("div", { class: "ways" },
      practice && asks(view, "review", "main", say("ending.review"), act.review),
      compare(view),
      practice && asks(view, "again", "second", say(scene ? "scene.again" : "ending.again"), act.again)),
    h("p", { class: "quiet" }, say(kept)),
    notice(view), unsaved(view),
    practice && !scene && turnBack(view),
    practice && outcome && fold(view, `truth ${snapshot.attempt}`, [say("ending.truth"), h("span", { class: "quiet" }, say("ending.spoils"))],
      h("div", { class: "truth" }, h("h4", {}, outcome.case), paragraphs(outcome.truth))));
}

// Lies in the room, takes its theme, and fits even a phone inside JupyterLab.
const SHEET = `<style>
.caucusroom-review { color-scheme: inherit; border: 0; }
.caucusroom-review .paper { padding: 0; }
@container (max-width: 260px) { .caucusroom-review table { font-size: 12px; } .caucusroom-review .boxes { display: none; } }
</style>`;

/** A page that came beside a snapshot: in a tree of its own, so that its style and the room's do not touch. @param {View} view @param {"review" | "compare"} kind @param {string} html */
function sheet({ say, act }, kind, html) {
  const node = redraw(document.createElement("div"), h("div", { class: "sheet", tabindex: "-1", role: "group", "data-key": "sheet", "aria-label": say(`${kind}.label`) }));
  const tree = node.attachShadow({ mode: "open" });
  tree.innerHTML = html + SHEET;
  tree.addEventListener("click", (event) => {
    const button = /** @type {Element} */ (event.target).closest("[data-back]");
    if (button && /** @type {MouseEvent} */ (event).detail < 2) act.back(Number(button.getAttribute("data-back")));
  });
  return { kind, node };
}

/** @type {Draws} */
const review = (view) => h("div", { class: "review" },
  h("div", { class: "lead" }, h("button", { type: "button", class: "second", "data-key": "room", onclick: view.act.room }, view.say("review.room")),
    view.sheet?.kind === "review" ? compare(view) : asks(view, "review", "second", view.say("review.alone"), view.act.review)),
  notice(view), view.sheet?.node, view.ways);

/** Arrow keys inside a row of tabs or a list of moves: one tab stop each, arrows between. @param {KeyboardEvent} event */
function rove(event) {
  const button = /** @type {HTMLElement} */ (event.target);
  const set = button.closest(".tabs, .moves");
  if (!set || button.tagName !== "BUTTON") return;
  const buttons = [...set.querySelectorAll("button")];
  const next = step(event.key, buttons.findIndex((one) => one === button), buttons.length);
  if (next === null) return;
  event.preventDefault();
  buttons.forEach((one, index) => one.setAttribute("tabindex", index === next ? "0" : "-1"));
  buttons[next].focus();
}

/** In place of a room that cannot be opened: why, and where there is one, a way on. @type {Draws} */
function refused(view) {
  const { say, act, snapshot: { refusal } } = view;
  if (!refusal) return null;
  return h("section", { class: "refusal", "aria-label": say("refusal") },
    h("div", { class: "notice", role: "alert" }, h("p", {}, h("strong", {}, say("refusal.title")), " ", refusal.text)),
    refusal.fresh && h("p", {}, say("refusal.offer")),
    refusal.fresh && asks(view, "fresh", "main", say("refusal.fresh"), act.fresh),
    notice(view));
}

/** The way on where decisions are no longer saved, and opening their file again may help. @type {Draws} */
const unsaved = (view) => (view.snapshot.saved.reopen
  ? h("p", { class: "unsaved" }, asks(view, "reopen", "second", view.say("reopen"), view.act.reopen)) : null);

const TYPED = "input, textarea, select, [contenteditable]";
let views = 0;

/** Takes the answers for all views of a model; one that changes another snapshot than its own asks for everything. @param {{ model: Host }} host */
function initialize({ model }) {
  /** @param {Answered} answered */
  async function received({ change: { of, by } }) {
    await null; // every view takes the page of the answer first
    const snapshot = model.get("snapshot");
    if (of === null || of === snapshot.n) model.set("snapshot", patched(snapshot, by));
    else model.send({ id: freshId(), seq: snapshot.seq, earlier: true });
  }
  model.on("msg:custom", received);
  return () => model.off("msg:custom", received);
}

/** @param {{ model: Host, el: Element }} host */
function render({ model, el }) {
  const say = speaker(model.get("words"));
  const page = document.createElement("div"), live = document.createElement("div"), root = document.createElement("section");
  redraw(live, h("div", { class: "aloud", role: "status", "aria-live": "polite" }));
  redraw(root, h("section", { class: "caucusroom", "aria-label": say("room") }, page, live));
  // What a host puts here is shown where nothing is left to decide: ways on from here.
  const ways = redraw(document.createElement("div"), h("div", { class: "onward", "data-slot": "ways" }));
  let timer = 0;

  /** @type {View} */
  const view = {
    say, snapshot: model.get("snapshot"), decided: false, moved: false, moves: 0, record: { opening: "", turns: new Map() },
    uid: `caucusroom-${++views}`, tab: "now", opened: "", folds: new Map(), sheet: null, pending: null, notice: "", place: "",
    causes: [], drafts: new Map(), ways,
    act: {
      open(id) {
        view.tab = id;
        view.opened = "";
        draw(`tab ${id}`);
      },
      unfold(kind) {
        view.opened = view.opened === kind ? "" : kind;
        draw(`entry ${kind}`);
      },
      choose: (move) => request({ move }),
      again: () => request({ again: true }),
      earlier: () => request({ earlier: true }),
      review: () => request({ review: true }),
      compare: () => request({ compare: comparable(view.snapshot) ?? 0 }),
      back: (kept) => request({ back: kept }),
      hint: () => request({ hint: (view.snapshot.hint?.texts.length ?? 0) + 1 }),
      note: (side, draft) => request({ note: { side, causes: [...draft.causes], heard: [...draft.heard].sort((a, b) => a - b) } }),
      think() {
        const summary = keyed(`fold thought ${view.snapshot.thoughts.find((one) => !one.text)?.party}`);
        /** @type {HTMLDetailsElement | undefined} */ (summary?.parentElement)?.setAttribute("open", "");
        summary?.focus({ preventScroll: true });
        summary?.scrollIntoView({ block: "center" });
      },
      retry: () => send(),
      fresh: () => request({ fresh: true }),
      reopen: () => request({ reopen: true }),
      room() {
        view.sheet = null;
        view.notice = "";
        draw("review");
        page.querySelector(".past, .ending")?.scrollIntoView({ block: "nearest" });
      },
    },
  };

  /** Take a snapshot up: it brings only the last turn unless asked for all, so what was shown is remembered. @param {Snapshot} snapshot */
  function take(snapshot) {
    const { attempt, seq, room } = view.snapshot;
    if (attempt !== snapshot.attempt) {
      view.record = { opening: "", turns: new Map() };
      view.drafts.clear();
    }
    if (snapshot.causes.length) view.causes = snapshot.causes;
    view.decided = attempt !== snapshot.attempt || seq !== snapshot.seq;
    view.moved = view.decided && JSON.stringify(room) !== JSON.stringify(snapshot.room);
    if (view.moved) view.moves += 1;
    view.record.opening ||= snapshot.opening;
    for (const turn of snapshot.turns) view.record.turns.set(turn.n, turn);
    view.snapshot = snapshot;
  }

  /** @param {Wish} what */
  function request(what) {
    if (view.pending) return;
    const { seq, attempt } = view.snapshot;
    const id = freshId();
    view.place = "note" in what ? what.note.side : "";
    view.pending = { message: /** @type {Sent} */ ({ id, seq, ...what }), id, seq, attempt, html: null };
    send();
  }

  function send() {
    if (!view.pending) return;
    clearTimeout(timer);
    if (view.notice) [...page.querySelectorAll(".notice")].at(-1)?.remove(); // not the reason why a room is closed
    view.notice = "";
    timer = window.setTimeout(() => {
      view.notice = say("no_answer");
      draw();
    }, PATIENCE);
    model.send(view.pending.message);
    root.setAttribute("aria-busy", "true"); // no more than this: what is shown stays until there is an answer
    page.querySelectorAll(".move, .asks").forEach((button) => button.setAttribute("aria-disabled", "true"));
  }

  /** @param {string} [focus] the key of what is to have it; otherwise it stays where it is */
  function draw(focus) {
    const tree = /** @type {Document} */ (root.getRootNode());
    const active = /** @type {HTMLElement | null} */ (tree.activeElement);
    root.setAttribute("aria-busy", String(Boolean(view.pending)));
    ways.hidden = !isOver(view.snapshot);
    redraw(page, h("div", { class: "page" }, view.snapshot.refusal ? [refused(view)] : view.sheet ? review(view) : [
      heading(view), sitting(view), plan(view),
      h("div", { class: "talk" }, earlier(view), justNow(view), supervisor(view), ending(view) ?? choices(view), view.ways),
      h("div", { class: "desk" }, issues(view), notebook(view)),
    ]));
    const wanted = focus ?? (active !== tree.activeElement ? active?.dataset.key : undefined);
    if (wanted) keyed(wanted)?.focus({ preventScroll: true });
  }

  const keyed = (key = "") => [.../** @type {NodeListOf<HTMLElement>} */ (page.querySelectorAll("[data-key]"))].find((node) => node.dataset.key === key);

  /** The page of an answer; what else is in it shows when the snapshot changes. @param {Answered} answered */
  function received({ page: sent }) {
    if (sent && view.pending?.id === sent.id) view.pending.html = sent.html;
  }

  function changed() {
    const { attempt, hint } = view.snapshot;
    take(model.get("snapshot"));
    const { snapshot, decided } = view;
    const fresh = attempt !== snapshot.attempt;
    let focus;
    if (view.pending && settles(snapshot, view.pending)) {
      const { id, html, message } = view.pending;
      clearTimeout(timer);
      view.notice = snapshot.answer?.id === id ? snapshot.answer.error ?? "" : "";
      view.pending = null;
      if ("note" in message && !view.notice && !decided) {
        view.drafts.delete(message.note.side);
        live.textContent = say("thought.done");
      }
      if (decided) view.sheet = null;
      else if (html) view.sheet = sheet(view, "compare" in message ? "compare" : "review", html);
      if (decided) focus = "now";
      else if (html) focus = "sheet";
      else if ("hint" in message && !snapshot.hint?.left) focus = "supervisor";
    }
    const asked = snapshot.hint?.texts ?? [];
    if (decided && !snapshot.refusal) {
      const turn = snapshot.turns.at(-1), { outcome, scene } = snapshot;
      const then = outcome ? outcome.title : scene && (isOver(snapshot) ? say("scene.over") : leftWords(say, scene));
      live.textContent = [fresh && `${attemptWords(say, snapshot)}.`, turn && spoken(turn), then && `${then}.`].filter(Boolean).join(" ");
      view.tab = "now";
      view.opened = "";
    } else if (asked.length > (hint?.texts.length ?? 0)) live.textContent = say("supervisor.asks", { text: asked[asked.length - 1] });
    draw(focus);
    view.decided = view.moved = false;
    if (focus === "sheet") page.scrollIntoView({ block: "start" });
    else if (focus) keyed(focus)?.scrollIntoView({ block: "nearest" });
  }

  /** @param {KeyboardEvent} event */
  function pressed(event) {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key !== "Tab") event.stopPropagation(); // in JupyterLab a lone letter would cut or add a cell
    if (/** @type {Element} */ (event.target).matches(TYPED)) return;
    if (view.sheet) return event.key === "Escape" && view.act.room();
    rove(event);
    if (event.defaultPrevented || event.repeat || isOver(view.snapshot) || view.snapshot.refusal) return;
    const meant = meaning(event.key, view.snapshot.groups, view.tab, say, view.opened);
    if (meant?.tab) {
      view.act.open(meant.tab);
      event.preventDefault();
    } else if (meant?.entry) view.act.unfold(meant.entry);
    else if (meant?.move) view.act.choose(meant.move);
  }

  root.addEventListener("keydown", pressed);
  model.on("msg:custom", received);
  model.on("change:snapshot", changed);
  take(view.snapshot);
  draw();
  el.append(root);
  return () => {
    clearTimeout(timer);
    model.off("msg:custom", received);
    model.off("change:snapshot", changed);
    root.remove();
  };
}

export default { initialize, render };
