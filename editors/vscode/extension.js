// Starts `rapporteur server` and shows what it finds; all the work is done there. A click on a rule opens its page.

"use strict";

const { execFile } = require("node:child_process");
const vscode = require("vscode");
const { LanguageClient } = require("vscode-languageclient/node");

/** The files that may hold records or tables, the configuration and the baseline. */
const FILES = "**/{*.json,*.jsonl,*.ndjson,*.yaml,*.yml,*.csv,*.tsv,rapporteur.toml,rapporteur.baseline}";

/** The scheme of the pages of rules as the program has them. */
const PAGES = "rapporteur";

let client;
let watcher;
/** Starts and stops follow each other, however fast they are asked for. */
let turn = Promise.resolve();

function setting(name) {
  return vscode.workspace.getConfiguration("rapporteur").get(name);
}

function program() {
  return setting("path") || "rapporteur";
}

/** The page of the rule that an address of the scheme names, or why there is none. */
function page(uri) {
  const rule = uri.path.replace(/^\/|\.md$/g, "");
  return new Promise((resolve) => {
    execFile(program(), ["explain", "--format", "markdown", "--", rule], (error, shown, said) => resolve(error ? said || error.message : shown));
  });
}

function create() {
  return new LanguageClient(
    "rapporteur",
    "Rapporteur",
    { command: program(), args: ["server"] },
    {
      documentSelector: [{ scheme: "file", pattern: FILES }],
      // Records that are changed by something else, and those that are not open.
      synchronize: { fileEvents: watcher },
      initializationOptions: { pages: setting("pages") || `${PAGES}:/{rule}.md` },
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
    vscode.workspace.registerTextDocumentContentProvider(PAGES, { provideTextDocumentContent: page }),
    vscode.commands.registerCommand("rapporteur.restart", () => queue(restart)),
    vscode.workspace.onDidChangeConfiguration((event) => {
      if (event.affectsConfiguration("rapporteur.path") || event.affectsConfiguration("rapporteur.pages")) {
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
