// What a page and a host of it give each other.

import type { Answered, Opened, Sent, Snapshot, Words } from "../../../../widgets/caucusroom_widgets/widget/snapshot.js";

/** Which page is opened, as `Visit.open` reads it. */
export interface Asked {
  kind: "play" | "scene" | "work";
  dispute: string;
  scene: string;
  assignment: string;
}

/** The way to Python. One question at a time; what goes wrong is an Error with a sentence for the person. */
export interface Transport {
  open(what: { page: Asked; kept: string; player: string }): Promise<Opened>;
  ask(message: Sent): Promise<Answered>;
  /** Settles, with a sentence, when Python is gone for good. */
  lost: Promise<string>;
}

/** What a room page is told when it is made. */
export interface PageData {
  page: Asked;
  snapshot: Snapshot;
  /** Bytes of a mediation that is opened from a file, at most. */
  largest: number;
  words: { room: Words; page: Record<string, string | Record<string, string>> };
}
