// Writes beside each of the files named its brotli form, as small as it gets: node compress.mjs FILE…
import { readFile, rename, writeFile } from "node:fs/promises";
import { promisify } from "node:util";
import { brotliCompress, constants } from "node:zlib";

const compress = promisify(brotliCompress);

await Promise.all(process.argv.slice(2).map(async (file) => {
  const data = await readFile(file);
  const params = {
    [constants.BROTLI_PARAM_QUALITY]: 11,
    [constants.BROTLI_PARAM_LGWIN]: 24,
    [constants.BROTLI_PARAM_SIZE_HINT]: data.length,
  };
  await writeFile(`${file}.part`, await compress(data, { params }));
  await rename(`${file}.part`, `${file}.br`);
}));
