// Written while the site is made: where Python is, from the scripts, and what they say.

export const pyodide: string;
export const archive: string;
export const lock: object;
export const words: Record<string, string>;
