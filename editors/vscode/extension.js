// Starts `rapporteur server` and shows what it finds; all the work is done there.

"use strict";

const vscode = require("vscode");
const { LanguageClient } = require("vscode-languageclient/node");

/** The files that may hold records, and the configuration. */
const FILES = "**/{*.json,*.jsonl,*.ndjson,*.yaml,*.yml,rapporteur.toml}";

let client;
let watcher;
/** Starts and stops follow each other, however fast they are asked for. */
let turn = Promise.resolve();

function create() {
  const command = vscode.workspace.getConfiguration("rapporteur").get("path") || "rapporteur";
  return new LanguageClient(
    "rapporteur",
    "Rapporteur",
    { command, args: ["server"] },
    {
      documentSelector: [{ scheme: "file", pattern: FILES }],
      // Records that are changed by something else, and those that are not open.
      synchronize: { fileEvents: watcher },
    },
  );
}

async function stop() {
  const running = client;
  client = undefined;
  if (running) {
    // A server that never started, or that has ended, cannot be stopped.
    await running.stop().catch(() => {});
  }
}

async function restart() {
  await stop();
  client = create();
  try {
    await client.start();
  } catch (error) {
    client = undefined;
    vscode.window.showErrorMessage(`rapporteur did not start: ${error.message ?? error}. Its path is the setting rapporteur.path.`);
  }
}

function queue(work) {
  turn = turn.then(work, work);
  return turn;
}

function activate(context) {
  watcher = vscode.workspace.createFileSystemWatcher(FILES);
  context.subscriptions.push(
    watcher,
    vscode.commands.registerCommand("rapporteur.restart", () => queue(restart)),
    vscode.workspace.onDidChangeConfiguration((event) => {
      if (event.affectsConfiguration("rapporteur.path")) {
        queue(restart);
      }
    }),
  );
  return queue(restart);
}

function deactivate() {
  return queue(stop);
}

module.exports = { activate, deactivate };
