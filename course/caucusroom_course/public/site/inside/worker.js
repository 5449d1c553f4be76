// @ts-check
/**
 * Python in a worker of the page. The first message says where Python is; each one after it is a question with an `id`,
 * answered with the same `id` by answering.py. A message without an `id` says that Python is there, or why it is not.
 *
 * @import { Places } from "./python.js"
 */

const STARTING = `
import sys, zipfile
with zipfile.ZipFile("/lib/python314.zip") as archive:
    archive.extractall("/", [name for name in archive.namelist() if name.startswith("ours/")])
sys.path.insert(0, "/ours")
from answering import answer
answer
`;

/** @type {(data: object) => void} */
const tell = (data) => postMessage(data);

onmessage = ({ data }) => {
  onmessage = null;
  start(data.places).then((answer) => {
    onmessage = ({ data: { id, ...question } }) => {
      try {
        tell({ id, ...JSON.parse(answer(JSON.stringify(question))) });
      } catch (error) { // Python itself has come to an end: what it raises comes back as an answer
        console.error(error);
        tell({ lost: "broken" });
      }
    };
    tell({ ready: true });
  }).catch((error) => {
    console.error(error);
    tell({ lost: error instanceof Unreached ? "unreached" : "broken" });
  });
};

class Unreached extends Error {}

/** @param {Places} places @returns {Promise<(question: string) => string>} */
async function start({ pyodide, archive, lock }) {
  /** Where a part cannot be had, Pyodide would wait for ever. @type {Promise<never>} */
  const failed = new Promise((_, reject) => watch(reject));
  const load = async () => {
    const { loadPyodide } = await part(`${pyodide}pyodide.js`);
    const python = await loadPyodide({
      indexURL: pyodide,
      stdLibURL: archive,
      lockFileContents: lock,
      packageBaseUrl: pyodide,
      createPyodideModule: part(`${pyodide}pyodide.asm.js`).then((module) => module.default),
    });
    return python.runPython(STARTING);
  };
  return Promise.race([load(), failed]);
}

/** @param {string} address */
const part = (address) => import(address).catch((error) => { throw new Unreached(error); });

/** Say what cannot be loaded; and call what is WebAssembly so, whatever the server calls it. @param {(why: Error) => void} fail */
function watch(fail) {
  const plain = self.fetch;
  self.fetch = async (what, how) => {
    const response = await plain(what, how).catch((error) => {
      fail(new Unreached(error));
      throw error;
    });
    if (!response.ok) fail(new Unreached(`${response.status} ${response.url}`));
    if (!response.url.endsWith(".wasm") || response.headers.get("Content-Type") === "application/wasm") return response;
    return new Response(response.body, { headers: { "Content-Type": "application/wasm" } });
  };
}
