// @ts-check
/** A room page of the site: the visitor, and Python in a worker. */

import { keepOffline, start } from "./python.js";
import { visit } from "./visitor.js";

const python = start();
visit(python);
python.then(keepOffline, () => {});
