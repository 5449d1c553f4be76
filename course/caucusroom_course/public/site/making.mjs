// Makes the archive that a page loads, in Pyodide's own Python: node making.mjs PYODIDE STAGE
// where STAGE has making.py and our packages in ours/, and gets python.zip.
import { readFileSync } from "node:fs";
import { pathToFileURL } from "node:url";

const [home, stage] = process.argv.slice(2);
globalThis.fetch = (address) => {
  throw new Error(`Pyodide asks the network for ${address}`);
};
try {
  const { loadPyodide } = await import(pathToFileURL(`${home}/pyodide.mjs`));
  const python = await loadPyodide({ indexURL: home });
  python.mountNodeFS("/stage", stage);
  python.runPython(readFileSync(`${stage}/making.py`, "utf-8"));
} catch (error) {
  console.error(error.message); // and not the line it comes from, which is a whole program long
  process.exitCode = 1;
}
