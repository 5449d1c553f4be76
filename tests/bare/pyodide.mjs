// Runs whole.py in Pyodide, Python compiled for the browser, with nothing but what its npm package holds:
//     node pyodide.mjs FOLDER <asked.json
// where FOLDER has our packages in packages/, whole.py, and whatever the asked names under /work.
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

globalThis.fetch = (address) => {
  throw new Error(`Pyodide asks the network for ${address}`);
};
const home = new URL("../browser/node_modules/pyodide/", import.meta.url);
const { loadPyodide } = await import(new URL("pyodide.mjs", home));
const python = await loadPyodide({ indexURL: fileURLToPath(home) });
python.mountNodeFS("/work", process.argv[2]);
python.globals.set("asked", readFileSync(0, "utf-8"));
console.log(
  python.runPython(`
import json, sys
sys.path[:0] = ["/work/packages", "/work"]
from whole import whole
json.dumps(whole(*json.loads(asked)) | {"python": sys.version, "platform": sys.platform})
`),
);
