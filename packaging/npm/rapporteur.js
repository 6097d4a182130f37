#!/usr/bin/env node
// Starts the program of the package for this platform. npm installs only the one that fits, as an optional dependency; nothing is
// downloaded at installation or later.
"use strict";

const { spawnSync } = require("node:child_process");
const { constants } = require("node:os");

/** The name of the package that has the program for this machine. */
function platformPackage() {
  const { platform, arch } = process;
  if (platform !== "linux") return `rapporteur-${platform}-${arch}`;
  // With the C library of GNU, the report of the process names its version.
  const isGnu = Boolean(process.report.getReport().header.glibcVersionRuntime);
  return `rapporteur-linux-${arch}-${isGnu ? "gnu" : "musl"}`;
}

/** Where the program is; undefined if its package is not installed. */
function program() {
  const name = process.platform === "win32" ? "rapporteur.exe" : "rapporteur";
  try {
    return require.resolve(`${platformPackage()}/bin/${name}`);
  } catch {
    return undefined;
  }
}

/** Ends with what the program ended with: its exit code, or its signal as a shell shows it. */
function run(path) {
  const { error, signal, status } = spawnSync(path, process.argv.slice(2), { stdio: "inherit", windowsHide: true });
  if (error) {
    console.error(`rapporteur: ${path} could not be started: ${error.message}`);
    return 2;
  }
  return signal ? 128 + constants.signals[signal] : status;
}

const path = program();
if (path) {
  process.exitCode = run(path);
} else {
  console.error(`rapporteur: there is no package ${platformPackage()} beside this one.
It is an optional dependency: install without --omit=optional, and on the platform that runs the program.
If there is no such package for this platform, install rapporteur with cargo.`);
  process.exitCode = 2;
}
