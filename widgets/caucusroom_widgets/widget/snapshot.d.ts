// Made from desk/snapshot.py and words/en.py by `python -m tests.browser.types`: do not edit.

export type Mode = "guided" | "assessment";

export type Where = "before" | "joint" | "caucus";

export type GroupId = "open" | "listen" | "explore" | "test" | "build" | "share" | "process" | "close";

/** What came of a message. `error` is a sentence; `owed`: an end was refused because something has to be noted
 * first. */
export interface Answer {
  id: string | null;
  ok: boolean;
  error: string | null;
  owed: boolean;
}

/** The attempt that this one branched from, and how many decisions are kept of it. */
export interface Branch {
  parent: number;
  kept: number;
}

/** The questions asked about the decision that is due, and how many more there are. */
export interface Hint {
  texts: string[];
  left: number;
}

export interface Title {
  id: string;
  title: string;
}

/** The guided scene that is played, and how many of its decisions are made. It is over with the last of them, or
 * with the mediation; nothing is offered then. */
export interface Played {
  title: string;
  told: string;
  asks: string;
  after: string;
  made: number;
  of: number;
}

/** Whether decisions are kept, and a sentence that says where, or why they are not.
 * 
 * `reopen`: they are not, and opening the journal again may help. */
export interface Saved {
  ok: boolean;
  text: string;
  reopen: boolean;
}

/** What is in the way of opening the room, in a sentence; `fresh`: whether to offer a new beginning. */
export interface Refusal {
  text: string;
  fresh: boolean;
}

/** Which day or stage it is and of how many; `spent` and `length` of it are in minutes. */
export interface Clock {
  day: number;
  days: number;
  time: string;
  left: string;
  spent: number;
  length: number;
  late: boolean;
  staged: boolean;
}

export interface Room {
  where: Where;
  with: string | null;
}

/** What a party reckons with if nothing is agreed, and whether that was tested. */
export interface Alternative {
  text: string;
  tested: boolean;
}

export interface Attendee {
  name: string;
  role: string;
  here: boolean;
}

/** A party and its people. `posture` is a sentence for a side in the room, `waiting` a time for one that waits. */
export interface Side {
  id: string;
  name: string;
  here: boolean;
  waiting: string | null;
  posture: string | null;
  alternative: Alternative;
  people: Attendee[];
}

/** An option that was spoken of, and what the sides last said to it. */
export interface Proposal {
  text: string;
  state: string;
}

/** An issue. Positions and interests are in the order of the parties, an interest is None until it was heard. */
export interface Topic {
  id: string;
  name: string;
  status: "open" | "topic" | "agreed";
  positions: string[];
  interests: (string | null)[];
  agreed: string | null;
  options: Proposal[];
}

/** A line of the mediator's notebook, of what was heard from one party. */
export interface Entry {
  kind: "cause" | "fact" | "cue";
  party: string;
  text: string;
  standing: string | null;
}

/** A cause of the catalogue, and how it sounds. */
export interface Cause {
  id: string;
  name: string;
  sounds: string;
}

/** What the mediator last wrote about a side: causes, also in words, the decisions whose answers say so, and when;
 * all of it empty while nothing was written. */
export interface Thought {
  party: string;
  causes: string[];
  heard: number[];
  text: string;
  day: number;
  time: string;
}

/** One thing said. `party` is None where the mediator speaks. */
export interface Said {
  who: string;
  party: string | null;
  text: string;
}

/** A decision and what came of it; `notes` are sentences. */
export interface Told {
  n: number;
  label: string;
  room: string;
  time: string;
  speech: Said[];
  notes: string[];
}

/** A move that can be made. `prominent` is its place among what is shown first, 0 for none.
 * 
 * `of` names what has so many aims that it is shown as one entry that opens to them, "" for most; `aim` is what or
 * whom the move is about. */
export interface Offer {
  move: string;
  name: string;
  of: string;
  aim: string;
  words: string;
  about: string;
  cost: string;
  prominent: number;
}

/** What cannot be done now, by the one reason for all of it. */
export interface NotNow {
  names: string[];
  why: string;
}

export interface Group {
  id: GroupId;
  name: string;
  moves: Offer[];
  refused: NotNow[];
}

/** How it ended. In graded work `case` and `truth` are "". */
export interface End {
  ending: string;
  title: string;
  text: string;
  held: boolean | null;
  agreed: string[];
  case: string;
  truth: string;
}

/** All that a page shows. Of the turns the last only, and no opening once there is one, unless all were asked for.
 * 
 * `n` counts those that were given to pages, so that two are never equal. Where there is a `refusal` the room is not
 * open: the rest is as empty as it can be. `hint` is None in graded work and after the end; the parties are in order,
 * the left one first; `topic` is the id of an issue; `notices` are sentences about the journal; `causes` come with all
 * the turns. */
export interface Snapshot {
  v: 1;
  n: number;
  seq: number;
  attempt: number;
  branch: Branch | null;
  mode: Mode;
  hint: Hint | null;
  notices: string[];
  answer: Answer | null;
  dispute: Title;
  scene: Played | null;
  opening: string;
  saved: Saved;
  clock: Clock;
  room: Room;
  topic: string;
  parties: Side[];
  issues: Topic[];
  notebook: Entry[];
  thoughts: Thought[];
  causes: Cause[];
  turns: Told[];
  groups: Group[];
  outcome: End | null;
  refusal: Refusal | null;
}

/** How what is shown changes: the snapshot with the number `of`, or any where that is None, becomes by a difference
 * (differences.py) what is shown now. A page that shows another asks for everything. */
export interface Change {
  of: number | null;
  by: unknown;
}

/** What an answer may bring beside its change: a part of a page that runs no script, with a
 * `<button data-back="N">` for every decision that one can go back to. `id` is of the message that asked for it. */
export interface Page {
  id: string;
  html: string;
}

/** What a page that keeps the journal has to do before it shows the answer: put `lines` at `size` of the text it
 * has (in UTF-16 code units, as scripts count), and let it end there. */
export interface Kept {
  size: number;
  lines: string;
}

/** What a page begins with that keeps the journal itself: the snapshot has all the turns. */
export interface Opened {
  snapshot: Snapshot;
  kept: Kept;
}

/** The one message that answers a message of a page. */
export interface Answered {
  change: Change;
  page: Page | null;
  kept: Kept | null;
}

/** `id` names a message, so that a decision that is sent twice is played once; `seq` is the number of decisions
 * that the page had seen. */
export interface Wish {
  id: string;
  seq: number;
}

export interface Decide {
  id: string;
  seq: number;
  move: string;
}

/** A new attempt, after the end; in a scene another one from its beginning, at any time. */
export interface Again {
  id: string;
  seq: number;
  again: true;
}

/** To be shown every turn so far. */
export interface Earlier {
  id: string;
  seq: number;
  earlier: true;
}

/** The decisions so far, judged: a page. In practice only, as what follows here. */
export interface Review {
  id: string;
  seq: number;
  review: true;
}

/** The same beside those of the attempt this one branched from, by its number: a page. */
export interface Compare {
  id: string;
  seq: number;
  compare: number;
}

/** To go back to after so many decisions, in a new attempt that is a branch of this one. */
export interface Back {
  id: string;
  seq: number;
  back: number;
}

/** A question of the supervising mediator about the next decision, 1 to 3, one after another. */
export interface Ask {
  id: string;
  seq: number;
  hint: number;
}

export interface Noted {
  side: string;
  causes: string[];
  heard: number[];
}

/** To write down what stands in the way of a side: one to four causes, and the numbers of decisions. */
export interface Write {
  id: string;
  seq: number;
  note: Noted;
}

/** To set aside what lies in the journal's place, under another name, and begin a new journal there. */
export interface Fresh {
  id: string;
  seq: number;
  fresh: true;
}

/** To open the journal again, where decisions are no longer saved. */
export interface Reopen {
  id: string;
  seq: number;
  reopen: true;
}

export type Sent = Decide | Again | Earlier | Review | Compare | Back | Ask | Write | Fresh | Reopen;

/** What is filled into each text that the page says by itself. */
export interface Facts {
  "language": {};
  "key.now": {};
  "key.open": {};
  "key.listen": {};
  "key.explore": {};
  "key.test": {};
  "key.build": {};
  "key.share": {};
  "key.process": {};
  "key.close": {};
  "list": {};
  "room": {};
  "attempt": { attempt: Fact };
  "attempt.branch": { attempt: Fact; decision: Fact; parent: Fact };
  "day": { day: Fact; days: Fact };
  "stage": { day: Fact; days: Fact };
  "saved": {};
  "plan": {};
  "plan.you": {};
  "plan.waiting": { time: Fact };
  "where.before": {};
  "where.joint": {};
  "where.caucus": { party: Fact };
  "place.caucus": {};
  "place.table": {};
  "place.own": {};
  "place.waiting": { time: Fact };
  "place.away": { people: Fact };
  "scene": {};
  "scene.told": {};
  "scene.asks": {};
  "scene.left": { n: Fact; number: Fact };
  "scene.first": { n: Fact; number: Fact };
  "scene.numbers": {};
  "scene.over": {};
  "scene.again": {};
  "scene.kept": {};
  "now": {};
  "arriving": {};
  "arrived": {};
  "earlier": { n: Fact };
  "earlier.label": {};
  "moment": {};
  "supervisor": {};
  "supervisor.how": {};
  "supervisor.asks": { text: Fact };
  "choice": {};
  "choice.title": {};
  "choice.tabs": {};
  "choice.now": {};
  "choice.count": { n: Fact };
  "choice.words": { words: Fact };
  "choice.aims": { n: Fact };
  "choice.more": {};
  "choice.none": {};
  "choice.refused": {};
  "ask": {};
  "ask.closer": {};
  "ask.over": {};
  "retry": {};
  "reopen": {};
  "refusal": {};
  "refusal.title": {};
  "refusal.offer": {};
  "refusal.fresh": {};
  "no_answer": {};
  "issues": {};
  "status.open": {};
  "status.topic": {};
  "status.agreed": {};
  "issue.agreed": {};
  "issue.underneath": {};
  "issue.options": {};
  "alternatives": {};
  "alternatives.tested": {};
  "alternatives.believed": {};
  "notebook": {};
  "notebook.empty": {};
  "entry.cause": {};
  "entry.fact": {};
  "entry.cue": {};
  "thought": {};
  "thought.none": {};
  "thought.heard": { n: Fact; heard: Fact };
  "thought.when": { day: Fact; time: Fact };
  "thought.open": { party: Fact };
  "thought.causes": {};
  "thought.says": {};
  "thought.silent": {};
  "thought.write": {};
  "thought.done": {};
  "ending": {};
  "ending.later": {};
  "ending.review": {};
  "ending.again": {};
  "ending.kept": {};
  "ending.graded": {};
  "ending.back": {};
  "ending.truth": {};
  "ending.spoils": {};
  "review": {};
  "review.label": {};
  "review.room": {};
  "review.alone": {};
  "compare": { attempt: Fact };
  "compare.label": {};
}

export type Fact = string | number;
/** A text, or for a number {n} its texts by the category of that number. */
export type Template = string | { [category: string]: string };
export type Words = Record<keyof Facts, Template>;
/** Says a text of the table. */
export type Say = <K extends keyof Facts>(key: K, ...facts: {} extends Facts[K] ? [] : [Facts[K]]) => string;
