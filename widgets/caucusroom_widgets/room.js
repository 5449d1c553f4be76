/**
 * The room in which a trainee mediates: shows a snapshot, sends one message for each decision.
 *
 * A host gives `render` a model with `get("snapshot")`, `on/off("change:snapshot", …)` and `send(message)`,
 * where a message is `{id, seq, move}` or has `again: true` or `earlier: true` instead of a move; desk.py describes the snapshot.
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

function heading({ dispute, clock, saved, attempt, notices }) {
  const day = clock.staged ? `Stage ${clock.day} of ${clock.days}` : `Day ${clock.day} of ${clock.days}`;
  return h("div", { class: "head" },
    h("h2", {}, dispute.title),
    h("p", { class: "clock" },
      attempt > 1 && h("span", {}, `Attempt ${attempt}`),
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

function earlier(snapshot, record, fold, act) {
  if (!snapshot.seq) return null;
  const count = snapshot.seq - 1;
  const missing = !record.opening || Array.from({ length: count }, (_, index) => index + 1).some((number) => !record.turns.has(number));
  const before = [...record.turns.values()].filter((turn) => turn.n <= count).sort((a, b) => a.n - b.n);
  return fold("earlier", count ? `Earlier: ${count} ${count === 1 ? "turn" : "turns"}` : "What you knew on arriving",
    h("div", { class: "transcript", tabindex: "0", role: "group", "aria-label": "Earlier in this mediation" },
      count > 0 && h("h4", {}, "What you knew on arriving"), paragraphs(record.opening),
      missing ? h("p", { class: "quiet" }, "One moment.") : before.map((turn) => [h("h4", {}, turnTitle(turn)), speech(snapshot, turn)])),
    false, () => missing && act.earlier());
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
    h("h3", {}, "What will you do?"),
    h("div", { class: "tabs", role: "tablist", "aria-label": "Moves, by what they are for" }, all.map(tab)),
    h("div", { class: open.id === "now" ? "moves" : "moves list", id: panel, role: "tabpanel", "aria-labelledby": `${ui.uid}-${open.id}` },
      open.moves.map(move),
      open.id === "now" && h("p", { class: "quiet" }, "More can be done: it is under the headings above."),
      open.id !== "now" && !open.moves.length && h("p", { class: "quiet" }, "Nothing here can be done at this moment."),
      open.refused.length > 0 && h("div", { class: "refused" }, h("h4", {}, "Not now"),
        h("dl", {}, open.refused.map((one) => h("div", {}, h("dt", {}, one.names.join("; ")), h("dd", {}, one.why)))))),
    notice(ui, act));
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

function ending({ outcome }, ui, act) {
  return h("section", { class: "ending", "aria-label": "How it ended" },
    h("h3", {}, outcome.title),
    outcome.agreed.length > 0 && h("ul", {}, outcome.agreed.map((text) => h("li", {}, text))),
    h("h4", {}, "Three weeks later"), paragraphs(outcome.text),
    h("h4", {}, `What was true in this case: ${outcome.case}`), paragraphs(outcome.truth),
    h("button", { type: "button", class: "again", "data-key": "again", "aria-disabled": ui.pending ? "true" : null, onclick: (event) => event.detail < 2 && act.again() }, "Mediate again"),
    h("p", { class: "quiet" }, "This attempt stays in the record. Another begins beside it."),
    notice(ui, act));
}

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

let views = 0;

function render({ model, el }) {
  const ui = { uid: `caucusroom-${++views}`, tab: "now", folds: new Map(), record: null, pending: null, notice: "", timer: 0 };
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
    choose: (move) => ask({ move }),
    again: () => ask({ again: true }),
    earlier: () => ask({ earlier: true }),
    retry: () => send(),
  };

  function ask(decision) {
    if (ui.pending) return;
    const { seq, attempt } = model.get("snapshot");
    ui.pending = { message: { id: freshId(), seq, ...decision }, seq, attempt };
    ui.pending.id = ui.pending.message.id;
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
    page.querySelectorAll(".move, .again").forEach((button) => button.setAttribute("aria-disabled", "true"));
    page.querySelector(".notice")?.remove();
  }

  function draw(focus) {
    const snapshot = model.get("snapshot");
    const active = root.getRootNode().activeElement;
    const wanted = focus ?? (root.contains(active) ? active.dataset.key : null);
    const decided = shown && (shown.seq !== snapshot.seq || shown.attempt !== snapshot.attempt);
    const moved = decided && JSON.stringify(shown.room) !== JSON.stringify(snapshot.room);
    root.setAttribute("aria-busy", String(Boolean(ui.pending)));
    page.replaceChildren(...[
      heading(snapshot), plan(snapshot, moved),
      h("div", { class: "talk" }, earlier(snapshot, remembered(snapshot), fold, act), justNow(snapshot, decided),
        snapshot.outcome ? ending(snapshot, ui, act) : choices(snapshot, ui, act)),
      h("div", { class: "desk" }, issues(snapshot, fold), notebook(snapshot)),
    ]);
    shown = snapshot;
    if (wanted) [...page.querySelectorAll("[data-key]")].find((node) => node.dataset.key === wanted)?.focus({ preventScroll: true });
  }

  function changed() {
    const snapshot = model.get("snapshot");
    const mine = ui.pending && settles(snapshot, ui.pending);
    const decided = shown.seq !== snapshot.seq || shown.attempt !== snapshot.attempt;
    if (mine) {
      clearTimeout(ui.timer);
      ui.notice = snapshot.answer?.id === ui.pending.id ? snapshot.answer.error ?? "" : "";
      ui.pending = null;
    }
    if (decided) {
      const turn = snapshot.turns.at(-1);
      live.textContent = [turn ? spoken(turn) : "A new attempt begins.", snapshot.outcome?.title].filter(Boolean).join(" ");
      ui.tab = "now";
    }
    draw(mine && decided ? "now" : undefined);
    if (mine && decided) page.querySelector(".now").scrollIntoView({ block: "nearest" });
  }

  function pressed(event) {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key !== "Tab") event.stopPropagation(); // in JupyterLab a lone letter would cut or add a cell
    rove(event);
    const snapshot = model.get("snapshot");
    if (event.defaultPrevented || event.repeat || snapshot.outcome) return;
    const meant = meaning(event.key, snapshot.groups, ui.tab);
    if (meant?.tab) {
      act.open(meant.tab);
      event.preventDefault();
    } else if (meant?.move) act.choose(meant.move);
  }

  root.addEventListener("keydown", pressed);
  model.on("change:snapshot", changed);
  draw();
  el.append(root);
  return () => {
    clearTimeout(ui.timer);
    model.off("change:snapshot", changed);
    root.remove();
  };
}

export default { render };
