// Written while the site is made: where Python is, from the scripts, and what they say.

export const pyodide: string;
export const archive: string;
export const lock: object;
/** Bytes of a journal that is read here, at most. */
export const largest: number;
export const words: Record<string, string>;
