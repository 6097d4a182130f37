"""How long somebody who types waits: one character after the other through the language server, over its streams."""

import json
import math
import os
import subprocess
import threading
import time

from corpora import Failed

# What is typed before the second word of the first paragraph. No state of it is a mistake.
TYPED = "and so the rivers carry what the ports keep "
# Seconds until the server counts as stuck.
PATIENCE = 300


class Server:
    """A language server, and the messages to and from it."""

    def __init__(self, program, folder):
        self.process = subprocess.Popen(
            [program, "server"], cwd=folder, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
        )
        # Reading blocks, so a server that does not answer is ended from outside.
        self.watchdog = threading.Timer(PATIENCE, self.process.kill)
        self.watchdog.start()

    def send(self, method, params, **others):
        body = json.dumps({"jsonrpc": "2.0", "method": method, "params": params} | others).encode()
        self.process.stdin.write(b"Content-Length: %d\r\n\r\n" % len(body) + body)
        self.process.stdin.flush()

    def read(self):
        length = None
        while (line := self.process.stdout.readline()) != b"\r\n":
            if not line:
                raise Failed(f"the server ended, or did not answer within {PATIENCE} s")
            name, _, value = line.partition(b":")
            if name.lower() == b"content-length":
                length = int(value)
        return json.loads(self.process.stdout.read(length))

    def request(self, number, method, params):
        self.send(method, params, id=number)
        while (message := self.read()).get("id") != number:
            pass
        if "error" in message:
            raise Failed(f"{method}: {message['error']}")

    def diagnostics(self, uri, version):
        """Waits for the diagnostics of this version. There must be none, in this file and in others."""
        while True:
            message = self.read()
            if message["method"] != "textDocument/publishDiagnostics":
                raise Failed(f"the server says {message}")
            params = message["params"]
            if params["diagnostics"]:
                raise Failed(f"the server finds {params['diagnostics'][0]} in {params['uri']}")
            if params["uri"] == uri and params.get("version") == version:
                return

    def leave(self):
        """Ends the server in order, and returns its peak memory in MiB."""
        self.request(2, "shutdown", None)
        self.send("exit", None)
        _, status, used = os.wait4(self.process.pid, 0)
        self.process.returncode = os.waitstatus_to_exitcode(status)
        if self.process.returncode != 0:
            raise Failed(f"the server ended with {self.process.returncode}")
        return used.ru_maxrss / 1024

    def close(self):
        self.watchdog.cancel()
        if self.process.returncode is None:
            self.process.kill()
            self.process.wait()
        self.process.stdin.close()
        self.process.stdout.close()


def type_into(program, corpus, changes, limit):
    """Opens a statement of the largest event and types into it. Returns what was measured.

    Stops after `limit` seconds, if it has not typed `changes` characters by then.
    """
    path = corpus.folder / next(path for path in reversed(corpus.files) if "meeting-00000/" in path and "statement" in path)
    text = path.read_text()
    uri = path.resolve().as_uri()
    line, character = cursor(text)
    server = Server(program, corpus.folder)
    try:
        begin = time.perf_counter()
        folder = {"uri": corpus.folder.resolve().as_uri(), "name": corpus.shape.name}
        server.request(1, "initialize", {"processId": None, "rootUri": folder["uri"], "capabilities": {}, "workspaceFolders": [folder]})
        server.send("initialized", {})
        document = {"uri": uri, "languageId": "json", "version": 1, "text": text}
        server.send("textDocument/didOpen", {"textDocument": document})
        server.diagnostics(uri, 1)
        first = time.perf_counter() - begin
        times = []
        while len(times) < changes and time.perf_counter() - begin < limit:
            typed = len(times)
            place = {"line": line, "character": character + typed}
            change = {"range": {"start": place, "end": place}, "text": TYPED[typed % len(TYPED)]}
            version = typed + 2
            sent = time.perf_counter()
            server.send(
                "textDocument/didChange",
                {"textDocument": {"uri": uri, "version": version}, "contentChanges": [change]},
            )
            server.diagnostics(uri, version)
            times.append(1000 * (time.perf_counter() - sent))
        peak = server.leave()
    finally:
        server.close()
    return {"first": first, "p50": percentile(times, 50), "p99": percentile(times, 99), "changes": len(times), "peak": peak}


def cursor(text):
    """The line and character before the second word of the first paragraph. All characters before it are ASCII."""
    lines = text.split("\n")
    number = next(number for number, line in enumerate(lines) if line.strip().startswith('"paragraphs"')) + 1
    return number, lines[number].index("The ") + len("The ")


def percentile(values, percent):
    """The least value that is not below as many per cent of them."""
    return sorted(values)[math.ceil(len(values) * percent / 100) - 1]
