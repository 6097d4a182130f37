// What a pattern of a problem matcher of Visual Studio Code reads in the lines on standard input.
"use strict";

const pattern = JSON.parse(process.argv[2]);
const lines = require("node:fs").readFileSync(0, "utf8").split("\n").filter(Boolean);
const rows = lines.map((line) => {
  const found = new RegExp(pattern.regexp).exec(line);
  return ["file", "line", "column", "severity", "code", "message"].map((part) => found?.[pattern[part]] ?? `not read: ${line}`);
});
console.log(JSON.stringify(rows));
