/**
 * The room in which a trainee mediates: shows a snapshot, sends one message for each decision.
 *
 * A host gives `render` a model with `get("snapshot")`, `on/off("change:snapshot", …)`, `on/off("msg:custom", …)` for the pages
 * that come beside a snapshot, and `send(message)`; desk.py describes messages, snapshots and pages.
 * The helpers without a page are exported by name, for the tests.
 */

export const PATIENCE = 10_000; // milliseconds until a missing answer is spoken of
const GROUP_KEYS = { now: "n", open: "o", listen: "l", explore: "e", test: "t", build: "b", share: "s", process: "p", close: "c" };
const MOVE_KEYS = "1234567890adfghijkmqruvwxyz"; // the letters that open no group
const SIDES = ["first", "second"];
const MARKS = ["■", "●"];
const STATUS = { open: "open", topic: "being discussed", agreed: "agreed" };
const KINDS = { cause: "In the way", fact: "Told to you", cue: "Heard" };

/* ---------------------------------------------------------------- what needs no page */

/** The groups as tabs, led by what makes sense now. */
export function tabs(groups) {
  const sensible = groups.flatMap((group) => group.moves).filter((move) => move.prominent).sort((a, b) => a.prominent - b.prominent);
  return [{ id: "now", name: "Now", moves: sensible, refused: [] }, ...groups].map((tab) => ({ ...tab, key: GROUP_KEYS[tab.id] }));
}

/** The key that chooses the move at `index` of the tab that is open, or "" past the last key. */
export const moveKey = (index) => MOVE_KEYS[index] ?? "";

/** What a key means while tab `open` is shown: {tab}, {move} or null. */
export function meaning(key, groups, open) {
  const pressed = key.toLowerCase();
  if (pressed === "escape") return { tab: "now" };
  const all = tabs(groups);
  const tab = all.find((one) => one.key === pressed);
  if (tab) return { tab: tab.id };
  const index = pressed.length === 1 ? MOVE_KEYS.indexOf(pressed) : -1;
  const move = index >= 0 && all.find((one) => one.id === open)?.moves[index];
  return move ? { move: move.move } : null;
}

/** The place after `index` of `count` for an arrow key, Home or End; null for another key. */
export function step(key, index, count) {
  if (key === "ArrowRight" || key === "ArrowDown") return (index + 1) % count;
  if (key === "ArrowLeft" || key === "ArrowUp") return (index - 1 + count) % count;
  if (key === "Home") return 0;
  return key === "End" ? count - 1 : null;
}

/** The room in a sentence. */
export function whereWords({ room, parties }) {
  if (room.where === "before") return "Nobody has met yet. Each side is in its own room.";
  if (room.where === "joint") return "Joint session. The doors are open.";
  return `Caucus with ${parties.find((party) => party.id === room.with).name}. The doors are closed.`;
}

/** One party's people in words: who is where, how they sit, how long they have waited. */
export function partyWords(party, where) {
  const named = (one) => (where === "before" ? `${one.name}, ${one.role}` : one.name);
  const present = party.people.filter((one) => one.here).map(named);
  const away = party.people.filter((one) => !one.here).map(named);
  const waits = party.waiting ? `waiting in their own room for ${party.waiting}` : "in their own room";
  const here = where === "caucus" ? "with you, behind the closed door" : "at the table";
  return {
    place: party.here ? here : waits,
    people: `${present.join("; ")}.`,
    away: away.length ? `Not in the building: ${away.join("; ")}.` : "",
  };
}

/** A turn as it is read aloud. */
export function spoken(turn) {
  const said = turn.speech.map((one) => `${one.who}: ${one.text}`);
  return [...said, ...turn.notes].join(" ");
}

/** What one person says in several sentences running, as one speech with several texts. */
export function inOneBreath(speech) {
  const breaths = [];
  for (const { who, party, text } of speech) {
    if (breaths.at(-1)?.who === who) breaths.at(-1).texts.push(text);
    else breaths.push({ who, party, texts: [text] });
  }
  return breaths;
}

/** Whether a snapshot answers what is `pending`, or has gone past it. */
export function settles(snapshot, pending) {
  return snapshot.answer?.id === pending.id || snapshot.seq !== pending.seq || snapshot.attempt !== pending.attempt;
}

/** Which attempt this is, in words. */
export function attemptWords({ attempt, branch }) {
  return branch ? `Attempt ${attempt}, from decision ${branch.kept + 1} of attempt ${branch.parent}` : `Attempt ${attempt}`;
}

/** The attempt to compare this one with: the one it branched from, once they differ; null if there is none. */
export const comparable = ({ mode, branch, seq }) => (mode === "guided" && branch && seq > branch.kept ? branch.parent : null);

/** An id that no other decision has. It need not be secret. */
export const freshId = () => `${Date.now().toString(36)}-${Math.random().toString(36).slice(2, 10)}`;

const shortName = (name) => name.split(" ").at(-1);

/* ---------------------------------------------------------------- the page */

function h(tag, attributes, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes ?? {})) {
    if (name.startsWith("on")) node.addEventListener(name.slice(2), value);
    else if (value !== false && value != null) node.setAttribute(name, value === true ? "" : value);
  }
  node.append(...children.flat(Infinity).filter((child) => child || child === 0));
  return node;
}

const side = (snapshot, id) => SIDES[snapshot.parties.findIndex((party) => party.id === id)] ?? "you";
const mark = (which) => h("span", { class: `mark ${which}`, "aria-hidden": "true" }, MARKS[SIDES.indexOf(which)] ?? "◆");

/** A button that asks the desk for something: not while an answer is due, and once however fast it is clicked. */
const asks = (ui, key, look, label, act) => h("button", {
  type: "button", class: `asks ${look}`, "data-key": key, "aria-disabled": ui.pending ? "true" : null, onclick: (event) => event.detail < 2 && act(),
}, label);

const compare = (snapshot, ui, look, act) => comparable(snapshot) && asks(ui, "compare", look, `Compare with attempt ${comparable(snapshot)}`, act.compare);

function heading(snapshot) {
  const { dispute, clock, saved, attempt, notices } = snapshot;
  const day = clock.staged ? `Stage ${clock.day} of ${clock.days}` : `Day ${clock.day} of ${clock.days}`;
  return h("div", { class: "head" },
    h("h2", {}, dispute.title),
    h("p", { class: "clock" },
      attempt > 1 && h("span", {}, attemptWords(snapshot)),
      h("span", {}, day), h("span", {}, clock.time), h("span", { class: clock.late && "late" }, clock.left),
      saved.ok && h("span", { title: saved.text }, h("span", { "aria-hidden": "true" }, "✓ "), "Saved")),
    h("div", { class: "day", "aria-hidden": "true" }, h("i", { style: `width:${(100 * clock.spent) / clock.length}%` })),
    [...new Set(saved.ok ? notices : [saved.text, ...notices])].map((text) => h("p", { class: "caution" }, h("span", { "aria-hidden": "true" }, "▲ "), text)));
}

function plan(snapshot, moved) {
  const { parties, room, issues, topic } = snapshot;
  const seats = (index, taken) => parties[index].people.filter((one) => one.here).map((one) =>
    h("span", { class: `seat ${SIDES[index]} ${taken ? "" : "empty"}` }, h("i"), taken && h("b", {}, shortName(one.name))));
  const own = (index) => {
    const party = parties[index];
    return h("div", { class: `own ${SIDES[index]} ${party.here ? "" : "used"}` },
      h("span", { class: "label" }, mark(SIDES[index]), h("span", {}, " ", party.name)),
      !party.here && h("div", { class: "people" }, seats(index, true)),
      party.waiting && h("span", { class: "label" }, `waiting ${party.waiting}`));
  };
  const door = (which) => h("div", { class: `door ${which} ${room.where === "joint" ? "open" : "shut"}` }, h("i"));
  const now = issues.find((issue) => issue.id === topic);
  const caption = (party, index) => {
    const words = partyWords(party, room.where);
    return h("div", { class: SIDES[index] },
      h("p", {}, mark(SIDES[index]), " ", h("strong", {}, party.name), `: ${words.place}.`),
      h("p", { class: "quiet" }, `${words.people} ${words.away}`),
      party.posture && h("p", { class: "posture" }, party.posture));
  };
  return h("section", { class: "plan", "aria-label": "The room" },
    h("h3", {}, whereWords(snapshot)),
    h("div", { class: `floor ${moved ? "fresh" : ""}`, "aria-hidden": "true" },
      own(0), door("first"),
      h("div", { class: "hall" },
        h("div", { class: "people" }, seats(0, parties[0].here)),
        h("div", { class: "table" }, h("span", {}, now?.name)),
        h("div", { class: "people" }, seats(1, parties[1].here)),
        h("span", { class: "seat you" }, h("i"), h("b", {}, "You"))),
      door("second"), own(1)),
    h("div", { class: "captions" }, parties.map(caption)));
}

function speech(snapshot, turn) {
  const roles = Object.fromEntries(snapshot.parties.flatMap((party) => party.people.map((one) => [one.name, one.role.split(",")[0]])));
  return [
    inOneBreath(turn.speech).map(({ who, party, texts }) => h("div", { class: `said ${side(snapshot, party)}` },
      h("p", { class: "who" }, mark(side(snapshot, party)), " ", h("strong", {}, who), roles[who] && h("span", {}, `, ${roles[who]}`)),
      texts.map((text) => h("p", {}, text)))),
    turn.notes.length > 0 && h("ul", { class: "notes" }, turn.notes.map((note) => h("li", {}, note))),
  ];
}

const paragraphs = (text) => text.split(/\n\s*\n/).map((one) => h("p", {}, one));
const turnTitle = (turn) => `${turn.time} · ${turn.room} · ${turn.label}`;

function justNow(snapshot, fresh) {
  const turn = snapshot.turns.at(-1);
  return h("section", { class: `now ${fresh ? "fresh" : ""}`, tabindex: "-1", "data-key": "now", "aria-label": "Just now" },
    h("h3", {}, turn ? turnTitle(turn) : "What you know on arriving"),
    turn ? speech(snapshot, turn) : h("div", { class: "opening" }, paragraphs(snapshot.opening)));
}

/** The turns of a record in their order, and whether the opening or any of them is missing. */
function gathered(record, { seq }) {
  const turns = [...record.turns.values()].sort((a, b) => a.n - b.n);
  return { turns, missing: !record.opening || turns.length < seq };
}

function earlier(snapshot, record, ui, fold, act) {
  if (!snapshot.seq) return null;
  const soFar = snapshot.mode === "guided" && !snapshot.outcome;
  const count = snapshot.seq - 1;
  const { missing, turns } = gathered(record, snapshot);
  const past = fold("earlier", count ? `Earlier: ${count} ${count === 1 ? "turn" : "turns"}` : "What you knew on arriving",
    h("div", { class: "transcript", tabindex: "0", role: "group", "aria-label": "Earlier in this mediation" },
      count > 0 && h("h4", {}, "What you knew on arriving"), paragraphs(record.opening),
      missing ? h("p", { class: "quiet" }, "One moment.") : turns.slice(0, count).map((turn) => [h("h4", {}, turnTitle(turn)), speech(snapshot, turn)])),
    false, () => missing && act.earlier());
  return h("div", { class: "past" }, past, soFar && asks(ui, "review", "link", "Review so far", act.review));
}

/** The questions of the supervising mediator about the decision that is due. */
function supervisor({ hint }) {
  if (!hint?.texts.length) return null;
  return h("section", { class: "said supervisor", tabindex: "-1", "data-key": "supervisor", "aria-label": "Your supervisor" },
    h("p", { class: "who" }, h("strong", {}, "Your supervisor"), h("span", {}, ", who asks and does not answer")),
    hint.texts.map((text) => h("p", {}, text)));
}

function ask({ hint }, ui, act) {
  if (!hint) return null;
  if (!hint.left) return h("span", { class: "quiet" }, "The decision is yours.");
  return asks(ui, "hint", "link", hint.texts.length ? "Ask more closely" : "Ask a supervising mediator", act.hint);
}

function choices(snapshot, ui, act) {
  const all = tabs(snapshot.groups);
  const open = all.find((tab) => tab.id === ui.tab);
  const panel = `${ui.uid}-moves`;
  const tab = (one) => h("button", {
    type: "button", role: "tab", id: `${ui.uid}-${one.id}`, "aria-selected": String(one === open), "aria-controls": panel, tabindex: one === open ? "0" : "-1",
    "aria-keyshortcuts": one.key,
    "data-key": `tab ${one.id}`, class: one.moves.length ? "" : "none", onclick: () => act.open(one.id),
  }, h("span", {}, one.name), h("span", { class: "aloud" }, ` ${one.moves.length} ${one.moves.length === 1 ? "move" : "moves"}`));
  const move = (one, index) => h("button", {
    type: "button", class: "move", "data-key": `move ${one.move}`, "data-move": one.move, tabindex: index ? "-1" : "0",
    "aria-disabled": ui.pending ? "true" : null, "aria-keyshortcuts": moveKey(index) || null,
    onclick: (event) => event.detail < 2 && act.choose(one.move),
  }, h("kbd", { "aria-hidden": "true" }, moveKey(index).toUpperCase()),
  h("span", { class: "name" }, one.name), h("span", { class: "cost" }, one.cost),
  one.words && h("span", { class: "words" }, `“${one.words}”`),
  ui.tab !== "now" && one.about && h("span", { class: "about" }, one.about));
  return h("section", { class: "choice", "aria-label": "Your move" },
    h("div", { class: "lead" }, h("h3", {}, "What will you do?"), ask(snapshot, ui, act)),
    h("div", { class: "tabs", role: "tablist", "aria-label": "Moves, by what they are for" }, all.map(tab)),
    h("div", { class: open.id === "now" ? "moves" : "moves list", id: panel, role: "tabpanel", "aria-labelledby": `${ui.uid}-${open.id}` },
      open.moves.map(move),
      open.id === "now" && h("p", { class: "quiet" }, "More can be done: it is under the headings above."),
      open.id !== "now" && !open.moves.length && h("p", { class: "quiet" }, "Nothing here can be done at this moment."),
      open.refused.length > 0 && h("div", { class: "refused" }, h("h4", {}, "Not now"),
        h("dl", {}, open.refused.map((one) => h("div", {}, h("dt", {}, one.names.join("; ")), h("dd", {}, one.why)))))),
    notice(ui, act), unsaved(snapshot, ui, act));
}

function notice(ui, act) {
  if (!ui.notice) return null;
  return h("div", { class: "notice", role: "alert" }, h("p", {}, ui.notice),
    ui.pending && h("button", { type: "button", class: "plain", "data-key": "retry", onclick: act.retry }, "Try again"));
}

function issues(snapshot, fold) {
  const card = (issue) => fold(`issue ${issue.id} ${issue.status}`, [h("span", { class: "issue" }, issue.name), " ", h("span", { class: "status" }, STATUS[issue.status])],
    h("div", { class: "issue-body" },
      issue.agreed && h("p", {}, h("span", { class: "tag" }, "Agreed"), " ", issue.agreed),
      snapshot.parties.map((party, index) => h("div", { class: `position ${SIDES[index]}` },
        h("p", {}, mark(SIDES[index]), " ", h("strong", {}, party.name), ": ", issue.positions[index]),
        issue.interests[index] && h("p", {}, h("span", { class: "tag" }, "Underneath"), " ", issue.interests[index]))),
      issue.options.length > 0 && [h("p", { class: "tag" }, "Options so far"), h("ul", {}, issue.options.map((one) => h("li", {}, one.text, one.state && h("em", {}, ` ${one.state}`))))]),
    issue.status === "topic");
  const alone = h("div", { class: "issue-body" }, snapshot.parties.map((party, index) => h("div", { class: `position ${SIDES[index]}` },
    h("p", {}, mark(SIDES[index]), " ", h("strong", {}, party.name), ": ", party.alternative.text),
    h("p", { class: "tag" }, party.alternative.tested ? "As it is, tested in private" : "As they see it"))));
  return h("section", { class: "issues", "aria-label": "The issues" }, h("h3", {}, "The issues"), snapshot.issues.map(card),
    fold("alternatives", "If nothing is agreed", alone));
}

function notebook(snapshot) {
  const entry = (one) => h("li", {}, h("span", { class: "tag" }, KINDS[one.kind]), " ", one.text,
    one.standing && [" ", h("span", { class: "standing" }, one.standing)]);
  const page = (party, index) => {
    const entries = snapshot.notebook.filter((one) => one.party === party.id);
    return entries.length > 0 && h("div", { class: SIDES[index] }, h("h4", {}, mark(SIDES[index]), " ", party.name), h("ul", {}, entries.map(entry)));
  };
  return h("section", { class: "notebook", "aria-label": "Your notebook" }, h("h3", {}, "Your notebook"),
    snapshot.notebook.length ? snapshot.parties.map(page) : h("p", { class: "quiet" }, "What you hear and find out is written down here, with what may be carried and what may not."));
}

/** The decisions of this attempt, to go back to one, with nothing said of how good they were. */
function turnBack(snapshot, record, ui, fold, act) {
  const { missing, turns } = gathered(record, snapshot);
  return fold(`back ${snapshot.attempt}`, "Go back to a decision",
    missing ? h("p", { class: "quiet" }, "One moment.") : h("ol", {}, turns.map((turn) =>
      h("li", {}, asks(ui, `back ${turn.n}`, "line", [h("span", { class: "cost" }, `${turn.n}`), turnTitle(turn)], () => act.back(turn.n - 1))))),
    false, () => missing && act.earlier());
}

function ending(snapshot, record, ui, fold, act) {
  const { outcome, mode, attempt } = snapshot;
  const practice = mode === "guided";
  const truth = h("div", { class: "truth" }, h("h4", {}, outcome.case), paragraphs(outcome.truth));
  return h("section", { class: "ending", "aria-label": "How it ended" },
    h("h3", {}, outcome.title),
    outcome.agreed.length > 0 && h("ul", {}, outcome.agreed.map((text) => h("li", {}, text))),
    h("h4", {}, "Three weeks later"), paragraphs(outcome.text),
    h("div", { class: "ways" },
      practice && asks(ui, "review", "main", "Look at your decisions", act.review),
      compare(snapshot, ui, "second", act),
      practice && asks(ui, "again", "second", "Mediate again", act.again)),
    h("p", { class: "quiet" }, practice ? "This attempt stays in the record. Another begins beside it."
      : "This was graded work: your decisions are kept as they stand. What had been hidden, and how each decision is judged, comes back with the grade."),
    notice(ui, act), unsaved(snapshot, ui, act),
    practice && turnBack(snapshot, record, ui, fold, act),
    practice && fold(`truth ${attempt}`, ["What was true in this case", h("span", { class: "quiet" }, " (to open this gives the case away)")], truth));
}

// Lies in the room, takes its theme, and fits even a phone inside JupyterLab.
const SHEET = `<style>
.caucusroom-review { color-scheme: inherit; border: 0; }
.caucusroom-review .paper { padding: 0; }
@container (max-width: 260px) { .caucusroom-review table { font-size: 12px; } .caucusroom-review .boxes { display: none; } }
</style>`;
const SHEETS = { review: "Your decisions, looked at", compare: "Two attempts, side by side" };

/** A page that came beside a snapshot: in a tree of its own, so that its style and the room's do not touch. */
function sheet(kind, html, act) {
  const node = h("div", { class: "sheet", tabindex: "-1", role: "group", "data-key": "sheet", "aria-label": SHEETS[kind] });
  const tree = node.attachShadow({ mode: "open" });
  tree.innerHTML = html + SHEET;
  tree.addEventListener("click", (event) => {
    const button = event.target.closest("[data-back]");
    if (button && event.detail < 2) act.back(Number(button.dataset.back));
  });
  return { kind, node };
}

const review = (snapshot, ui, act) => h("div", { class: "review" },
  h("div", { class: "lead" }, h("button", { type: "button", class: "second", "data-key": "room", onclick: act.room }, "Back to the room"),
    ui.sheet.kind === "review" ? compare(snapshot, ui, "second", act) : asks(ui, "review", "second", "This attempt alone", act.review)),
  notice(ui, act), ui.sheet.node);

/** Arrow keys inside a row of tabs or a list of moves: one tab stop each, arrows between. */
function rove(event) {
  const set = event.target.closest?.(".tabs, .moves");
  if (!set || event.target.tagName !== "BUTTON") return;
  const buttons = [...set.querySelectorAll("button")];
  const next = step(event.key, buttons.indexOf(event.target), buttons.length);
  if (next === null) return;
  event.preventDefault();
  buttons.forEach((button, index) => button.setAttribute("tabindex", index === next ? "0" : "-1"));
  buttons[next].focus();
}

/** In place of a room that cannot be opened: why, and where there is one, a way on. */
export function refused({ text, fresh }, ui, act) {
  return h("section", { class: "refusal", "aria-label": "The room cannot be opened" },
    h("div", { class: "notice", role: "alert" }, h("p", {}, h("strong", {}, "The room cannot be opened. "), text)),
    fresh && h("p", {}, "You can begin a new mediation here. What is there now is kept beside it, under another name."),
    fresh && asks(ui, "fresh", "main", "Set it aside and begin afresh", act.fresh),
    notice(ui, act));
}

/** The way on where decisions are no longer saved, and opening their file again may help. */
export const unsaved = ({ saved }, ui, act) => saved.reopen && h("p", { class: "unsaved" },
  asks(ui, "reopen", "second", "Open the journal again", act.reopen));

let views = 0;

function render({ model, el }) {
  const ui = { uid: `caucusroom-${++views}`, tab: "now", folds: new Map(), record: null, sheet: null, pending: null, notice: "", timer: 0 };
  const page = h("div", { class: "page" });
  const live = h("div", { class: "aloud", role: "status", "aria-live": "polite" });
  const root = h("section", { class: "caucusroom", "aria-label": "The mediation room" }, page, live);
  let shown = null;

  const fold = (key, title, body, open = false, opened = null) => h("details", {
    class: "fold", open: ui.folds.get(key) ?? open,
    ontoggle: (event) => {
      ui.folds.set(key, event.target.open);
      body.scrollTop = body.scrollHeight;
      if (event.target.open) opened?.();
    },
  }, h("summary", { "data-key": `fold ${key}` }, title), body);

  /** What has been shown here of this attempt: a snapshot brings only the last turn unless asked for all. */
  function remembered(snapshot) {
    if (shown?.attempt !== snapshot.attempt) ui.record = { opening: "", turns: new Map() };
    ui.record.opening ||= snapshot.opening;
    for (const turn of snapshot.turns) ui.record.turns.set(turn.n, turn);
    return ui.record;
  }

  const act = {
    open(id) {
      ui.tab = id;
      draw(`tab ${id}`);
    },
    choose: (move) => request({ move }),
    again: () => request({ again: true }),
    earlier: () => request({ earlier: true }),
    review: () => request({ review: true }),
    compare: () => request({ compare: comparable(model.get("snapshot")) }),
    back: (kept) => request({ back: kept }),
    hint: () => request({ hint: model.get("snapshot").hint.texts.length + 1 }),
    retry: () => send(),
    fresh: () => request({ fresh: true }),
    reopen: () => request({ reopen: true }),
    room() {
      ui.sheet = null;
      ui.notice = "";
      draw("review");
      page.querySelector(".past, .ending").scrollIntoView({ block: "nearest" });
    },
  };

  function request(what) {
    if (ui.pending) return;
    const { seq, attempt } = model.get("snapshot");
    const message = { id: freshId(), seq, ...what };
    ui.pending = { message, id: message.id, seq, attempt, html: null };
    send();
  }

  function send() {
    clearTimeout(ui.timer);
    ui.notice = "";
    ui.timer = setTimeout(() => {
      ui.notice = "No answer has come for ten seconds. What was shown as saved is safe. If the kernel was restarted, run this cell again and go on where you were; if it is only busy, try again.";
      draw();
    }, PATIENCE);
    model.send(ui.pending.message);
    root.setAttribute("aria-busy", "true"); // no more than this: what is shown stays until there is an answer
    page.querySelectorAll(".move, .asks").forEach((button) => button.setAttribute("aria-disabled", "true"));
    page.querySelector(".notice")?.remove();
  }

  function draw(focus) {
    const snapshot = model.get("snapshot");
    const active = root.getRootNode().activeElement;
    const wanted = focus ?? (root.contains(active) ? active.dataset.key : null);
    const decided = shown && (shown.seq !== snapshot.seq || shown.attempt !== snapshot.attempt);
    const moved = decided && JSON.stringify(shown.room) !== JSON.stringify(snapshot.room);
    root.setAttribute("aria-busy", String(Boolean(ui.pending)));
    const record = remembered(snapshot);
    if (snapshot.refusal) page.replaceChildren(refused(snapshot.refusal, ui, act));
    else page.replaceChildren(...(ui.sheet ? [review(snapshot, ui, act)] : [
      heading(snapshot), plan(snapshot, moved),
      h("div", { class: "talk" }, earlier(snapshot, record, ui, fold, act), justNow(snapshot, decided), supervisor(snapshot),
        snapshot.outcome ? ending(snapshot, record, ui, fold, act) : choices(snapshot, ui, act)),
      h("div", { class: "desk" }, issues(snapshot, fold), notebook(snapshot)),
    ]));
    shown = snapshot;
    if (wanted) [...page.querySelectorAll("[data-key]")].find((node) => node.dataset.key === wanted)?.focus({ preventScroll: true });
  }

  /** A page comes before the snapshot that answers the same message. */
  function received({ id, html }) {
    if (ui.pending?.id === id) ui.pending.html = html;
  }

  function changed() {
    const snapshot = model.get("snapshot");
    const mine = ui.pending && settles(snapshot, ui.pending);
    const fresh = shown.attempt !== snapshot.attempt;
    const decided = fresh || shown.seq !== snapshot.seq;
    let focus;
    if (mine) {
      const { id, html, message } = ui.pending;
      clearTimeout(ui.timer);
      ui.notice = snapshot.answer?.id === id ? snapshot.answer.error ?? "" : "";
      ui.pending = null;
      if (decided) ui.sheet = null;
      else if (html) ui.sheet = sheet(message.compare ? "compare" : "review", html, act);
      if (decided) focus = "now";
      else if (html) focus = "sheet";
      else if (message.hint && !snapshot.hint?.left) focus = "supervisor";
    }
    const asked = snapshot.hint?.texts ?? [];
    if (decided) {
      const turn = snapshot.turns.at(-1);
      live.textContent = [fresh && `${attemptWords(snapshot)}.`, turn && spoken(turn), snapshot.outcome?.title].filter(Boolean).join(" ");
      ui.tab = "now";
    } else if (asked.length > (shown.hint?.texts.length ?? 0)) live.textContent = `Your supervisor: ${asked.at(-1)}`;
    draw(focus);
    if (focus === "sheet") page.scrollIntoView({ block: "start" });
    else if (focus) page.querySelector(`[data-key=${focus}]`)?.scrollIntoView({ block: "nearest" });
  }

  function pressed(event) {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key !== "Tab") event.stopPropagation(); // in JupyterLab a lone letter would cut or add a cell
    if (ui.sheet) return event.key === "Escape" && act.room();
    rove(event);
    const snapshot = model.get("snapshot");
    if (snapshot.refusal) return;
    if (event.defaultPrevented || event.repeat || snapshot.outcome) return;
    const meant = meaning(event.key, snapshot.groups, ui.tab);
    if (meant?.tab) {
      act.open(meant.tab);
      event.preventDefault();
    } else if (meant?.move) act.choose(meant.move);
  }

  root.addEventListener("keydown", pressed);
  model.on("msg:custom", received);
  model.on("change:snapshot", changed);
  draw();
  el.append(root);
  return () => {
    clearTimeout(ui.timer);
    model.off("msg:custom", received);
    model.off("change:snapshot", changed);
    root.remove();
  };
}

export default { render };
