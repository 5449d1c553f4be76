// What a host gives the room, and how room.js names the parts it draws.

import type { Answered, Cause, GroupId, NotNow, Offer, Say, Sent, Snapshot, Told, Words } from "./snapshot.js";

/** What every view of a room shares. Whatever answers a message comes as `msg:custom`. */
export interface Host {
  get(name: "snapshot"): Snapshot;
  get(name: "words"): Words;
  set(name: "snapshot", snapshot: Snapshot): void;
  on: Listen;
  off: Listen;
  send(message: Sent): void;
}

interface Listen {
  (event: "change:snapshot", listener: () => void): void;
  (event: "msg:custom", listener: (answered: Answered) => void): void;
}

/** A host that is not Jupyter: whatever answers a message, it is handed to `answered`. */
export type OwnHost = Host & { answered(message: Answered): void };
export type Hosts = (given: { snapshot: Snapshot; words: Words; send(message: Sent): void }) => OwnHost;
export declare const host: Hosts;

/** What has changed, as desk/differences.py says, between two values of JSON. */
export type Patches = (before: any, by: any) => any;

/** What is asked of the desk, without what every message holds. */
export type Wish<S = Sent> = S extends Sent ? Omit<S, "id" | "seq"> : never;

export type Pending = { message: Sent; id: string; seq: number; attempt: number; html: string | null };

export interface Tab {
  id: GroupId | "now";
  name: string;
  key: string;
  moves: Offer[];
  refused: NotNow[];
}

/** What is listed: a move, an entry that stands for all of the kind of its offer, or a move below such an entry. */
export type Row = { what: "move" | "entry" | "aim"; offer: Offer };

/** One view of the room: how it speaks, what it asks the desk for, and what it remembers beside the snapshot. */
export interface View {
  say: Say;
  snapshot: Snapshot;
  /** Whether this snapshot brought a decision, and one that changed the room. */
  decided: boolean;
  moved: boolean;
  act: Record<"again" | "earlier" | "review" | "compare" | "hint" | "retry" | "room" | "fresh" | "reopen" | "think", () => void> & {
    open(tab: Tab["id"]): void;
    unfold(kind: string): void;
    choose(move: string): void;
    back(kept: number): void;
    note(side: string, draft: Draft): void;
  };
  uid: string;
  tab: Tab["id"];
  /** The entry of which the aims are listed. */
  opened: string;
  /** What was folded and unfolded by hand, by key. */
  folds: Map<string, boolean>;
  /** How often the room has changed. */
  moves: number;
  /** What was shown here of this attempt. */
  record: { opening: string; turns: Map<number, Told> };
  sheet: { kind: "review" | "compare"; node: Element } | null;
  pending: Pending | null;
  notice: string;
  /** Where the notice is shown: "" by the choice, or by what is written about a side. */
  place: string;
  /** The catalogue, once all was asked for, and what is chosen of it and not yet written down, by side. */
  causes: Cause[];
  drafts: Map<string, Draft>;
  /** The place of the host's own links, the same in every drawing. */
  ways: HTMLElement;
}

export type Draft = { causes: Set<string>; heard: Set<number> };

export interface Attributes {
  [name: string]: any;
  key?: string;
  class?: string | false;
  onclick?(event: MouseEvent): unknown;
  onchange?(event: { currentTarget: HTMLInputElement }): unknown;
  ontoggle?(event: { currentTarget: HTMLDetailsElement }): unknown;
}

/** An element as it is to be drawn. */
export interface Drawn {
  tag: string;
  key: string;
  attributes: Attributes;
  children: (Drawn | Node | string)[];
}

type Part = Drawn | Node | string | number | false | null | undefined;
export type Parts = Part | Parts[];
export type Draws = (view: View) => Part;

/** What an element was last drawn with. */
export type Last = WeakMap<Node, { attributes: Attributes; children: { key: unknown; node: ChildNode }[] }>;

/** What one person says in several sentences running. */
export type Breath = { who: string; party: string | null; texts: string[] };
export type Settles = (
  snapshot: Pick<Snapshot, "seq" | "attempt" | "answer">,
  pending: Pick<Pending, "id" | "seq" | "attempt">,
) => boolean;
