// Starts the extension for Visual Studio Code in a stand-in for the editor: node extension.js FOLDER RECORD PROGRAM TEXT. Of the
// editor there is what a client of a language server asks for; the client and the server are real. Opens RECORD, gives it TEXT,
// opens the pages of the rules that have found something and of one that is none, restarts the server by the command with
// another address of the pages, and by a setting has it look for a program that is not there. The last line of the output is
// what came of it.
"use strict";

const { readFileSync } = require("node:fs");
const Module = require("node:module");
const path = require("node:path");

const [folder, record, program, text] = process.argv.slice(2);
const settings = { path: program };
const told = { shown: [], started: 0, left: 0, missing: "", pages: {}, targets: [] };

const nothing = () => ({ dispose() {} });

/** What is known, and for the rest of this part of the editor events that never come and things that do nothing. */
function part(known) {
  return new Proxy(known, {
    get(target, key) {
      if (key in target || typeof key === "symbol") return target[key];
      if (/^(on(Did|Will)|register|create)/.test(key)) return nothing;
      if (/^[A-Z]/.test(key)) return (target[key] = class {});
      return undefined;
    },
  });
}

class EventEmitter {
  constructor() {
    this.listeners = [];
    this.event = (listener, self) => (this.listeners.push(listener.bind(self)), nothing());
  }
  fire(value) {
    return Promise.all(this.listeners.map((listener) => listener(value)));
  }
  dispose() {}
}
class Uri {
  constructor(file) {
    Object.assign(this, { scheme: "file", authority: "", path: file, fsPath: file, query: "", fragment: "" });
  }
  static file(file) {
    return new Uri(file);
  }
  static parse(uri) {
    const [, scheme, file] = /^(\w+):(.*)$/.exec(uri);
    return Object.assign(new Uri(decodeURIComponent(file.replace(/^\/\//, ""))), { scheme });
  }
  toString() {
    return `${this.scheme}:${this.scheme === "file" ? "//" : ""}${this.path.split("/").map(encodeURIComponent).join("/")}`;
  }
}
class Range {
  constructor(line, character, endLine, endCharacter) {
    Object.assign(this, { start: { line, character }, end: { line: endLine, character: endCharacter } });
  }
}
class Diagnostic {
  constructor(range, message, severity) {
    Object.assign(this, { range, message, severity });
  }
}
class Disposable {
  constructor(work) {
    this.dispose = work;
  }
}
class CancellationTokenSource {
  token = { isCancellationRequested: false, onCancellationRequested: nothing };
  cancel() {}
  dispose() {}
}

const changed = new EventEmitter();
const configured = new EventEmitter();
const commands = new Map();
const document = {
  uri: Uri.file(record), fileName: record, languageId: "yaml", version: 1, isClosed: false,
  content: readFileSync(record, "utf8"),
  getText() {
    return this.content;
  },
};
const names = ["error", "warning", "info", "hint"];
let diagnostics = [];
let targets = [];
const providers = new Map();
const collection = {
  set(uri, found) {
    if (uri.path === record) {
      targets = found.map((one) => one.code?.target);
      diagnostics = found.map((one) => [
        one.range.start.line, one.range.start.character, names[one.severity], one.code?.value ?? one.code,
      ]);
    }
  },
  delete() {},
  clear() {
    diagnostics = [];
  },
  dispose() {},
};
const log = (line) => console.error(line);
const channel = part({
  append: log, appendLine: log, trace: log, debug: log, info: log, warn: log, error: log, logLevel: 0, show() {}, dispose() {},
});
const vscode = part({
  __esModule: true, version: "1.91.0", Uri, Range, Diagnostic, Disposable, EventEmitter, CancellationTokenSource,
  DiagnosticSeverity: { Error: 0, Warning: 1, Information: 2, Hint: 3 },
  DiagnosticTag: { Unnecessary: 1, Deprecated: 2 },
  env: part({ language: "en", appName: "stand-in" }),
  commands: part({ registerCommand: (name, work) => (commands.set(name, work), nothing()) }),
  languages: part({ match: () => 1, createDiagnosticCollection: () => collection }),
  window: part({
    visibleTextEditors: [], tabGroups: part({ all: [] }), createOutputChannel: () => channel,
    showErrorMessage: async (message) => void (told.missing = message),
  }),
  workspace: part({
    textDocuments: [document], notebookDocuments: [],
    workspaceFolders: [{ uri: Uri.file(path.dirname(path.dirname(record))), name: "project", index: 0 }],
    getConfiguration: () => ({ get: (key) => settings[key] }),
    registerTextDocumentContentProvider: (scheme, provider) => (providers.set(scheme, provider), nothing()),
    createFileSystemWatcher: () => part({ dispose() {} }),
    onDidChangeTextDocument: changed.event, onDidChangeConfiguration: configured.event,
  }),
});
const load = Module._load;
Module._load = function (name, ...rest) {
  return name === "vscode" ? vscode : load.call(this, name, ...rest);
};

// How many servers were started, and how many of them still run.
const processes = require("node:child_process");
const spawn = processes.spawn;
processes.spawn = function (command, ...rest) {
  const child = spawn.call(this, command, ...rest);
  child.once("spawn", () => {
    told.started += 1;
    told.left += 1;
    child.once("exit", () => (told.left -= 1));
  });
  return child;
};

/** Waits until something holds, for some seconds. */
async function until(holds) {
  for (let round = 0; round < 500 && !holds(); round += 1) await new Promise((done) => setTimeout(done, 20));
}

/** Waits for the diagnostics of a text, which are other than those before. */
async function shown(before) {
  await until(() => diagnostics.length > 0 && JSON.stringify(diagnostics) !== before);
  return diagnostics;
}

async function main() {
  const manifest = JSON.parse(readFileSync(path.join(folder, "package.json"), "utf8"));
  const { activate, deactivate } = require(path.join(folder, manifest.main));
  await activate({ subscriptions: [] });
  told.shown.push(await shown());

  const before = document.content;
  document.version += 1;
  document.content = text;
  const range = new Range(0, 0, before.split("\n").length, 0);
  await changed.fire({ document, contentChanges: [{ range, rangeOffset: 0, rangeLength: before.length, text }] });
  told.shown.push(await shown(JSON.stringify(told.shown[0])));

  for (const target of [...targets, Uri.parse("rapporteur:/no-rule.md")]) {
    told.pages[target.path] = await providers.get(target.scheme).provideTextDocumentContent(target);
  }
  settings.pages = "https://example.org/{rule}.html";
  for (const { command } of manifest.contributes.commands) await commands.get(command)();
  // A server that was just started may show what the file has before it knows the text of the editor.
  const isShown = () => targets.length === told.shown[1].length && targets.every((target) => target.scheme === "https");
  await until(isShown);
  told.targets = targets.map((target) => target.path);
  settings.path = path.join(folder, "no-such-program");
  await configured.fire({ affectsConfiguration: (key) => key === "rapporteur.path" });
  await until(() => told.missing);
  await deactivate();
  await until(() => told.left === 0);
  console.log(JSON.stringify(told));
  process.exit(0);
}

main().catch((error) => {
  console.error(error);
  process.exit(1);
});
