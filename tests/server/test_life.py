"""How the server begins and ends, byte by byte, and what it makes of what is no message."""

import json
import os
import queue
import re
import select
import subprocess
import sys
import threading
import time

import pytest

BROKEN = '{"id": "x", "kind": "register" "title": 1}\n'


class Wire:
    """A server, and the bytes that go to it and come from it."""

    def __init__(self, binary, environment):
        self.server = subprocess.Popen(
            [binary, "server"], env=environment, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE
        )
        # A thread reads, so that whoever waits for a message that does not come need not wait for ever.
        self.messages = queue.SimpleQueue()
        threading.Thread(target=self.read, daemon=True).start()

    def read(self):
        """Reads messages; at the end of the stream, or where it is none of the protocol, what stands there."""
        out = self.server.stdout
        while True:
            header = out.readline()
            length = re.fullmatch(rb"Content-Length: (\d+)\r\n", header)
            if not length or (end := out.readline()) != b"\r\n":
                self.messages.put(header + (end if length else b""))
                return
            self.messages.put(json.loads(out.read(int(length[1]))))

    def raw(self, data):
        self.server.stdin.write(data)
        self.server.stdin.flush()

    def say(self, body, **keys):
        body = body if isinstance(body, bytes) else json.dumps({"jsonrpc": "2.0", "method": body} | keys).encode()
        self.raw(b"Content-Length: %d\r\n\r\n%s" % (len(body), body))

    def hear(self):
        """The next message."""
        try:
            message = self.messages.get(timeout=20)
        except queue.Empty:
            raise AssertionError("the server says nothing") from None
        assert isinstance(message, dict), f"the server has stopped: {message}"
        assert message.pop("jsonrpc") == "2.0"
        return message

    def answer(self, id):
        """What is answered to a request, and what is told before it."""
        before = []
        while (message := self.hear()).get("id") != id:
            before.append(message)
        return message, before

    def initialize(self, root=None):
        params = {"processId": None, "rootUri": root and root.as_uri(), "capabilities": {}}
        self.say("initialize", id=0, params=params)
        assert self.answer(0)[0]["result"]["serverInfo"]["name"] == "rapporteur"
        self.say("initialized", params={})

    def end(self):
        """Says nothing more: the exit code, what else the server says, and what it complains of."""
        try:
            self.server.stdin.close()
        except BrokenPipeError:
            pass
        code = self.server.wait(20)
        return code, self.messages.get(timeout=20), self.server.stderr.read().decode()


@pytest.fixture
def wire(binary, environment):
    wires = []

    def wire():
        wires.append(Wire(binary, environment))
        return wires[-1]

    yield wire
    for one in wires:
        one.server.kill()
        one.server.wait()


@pytest.mark.parametrize("hangs_up", [True, False])
def test_who_leaves_in_order_gets_the_exit_code_0(wire, hangs_up):
    """at once, even while the stream stays open"""
    server = wire()
    server.initialize()
    server.say("shutdown", id="last")
    assert server.answer("last") == ({"id": "last", "result": None}, [])
    server.say("exit")
    if not hangs_up:
        assert server.server.wait(20) == 0
    assert server.end() == (0, b"", "")


@pytest.mark.parametrize("begun", [True, False])
def test_exit_without_shutdown_has_the_exit_code_1(wire, begun):
    server = wire()
    if begun:
        server.initialize()
    server.say("exit")
    assert server.end() == (1, b"", "")


@pytest.mark.parametrize("said", [[], ["initialize"], ["initialize", "shutdown"]], ids=str)
def test_a_stream_that_ends_ends_the_server(wire, said):
    server = wire()
    if said:
        server.initialize()
    if said[1:]:
        server.say("shutdown", id=1)
        server.answer(1)
    assert server.end() == (1, b"", "")


def test_a_client_that_is_killed_leaves_no_server(binary, environment):
    """the server of an editor that dies ends by itself"""
    # An editor that starts a server, tells its number and sleeps.
    script = "import subprocess, sys, time; p = subprocess.Popen(sys.argv[1:], stdin=-1); print(p.pid, flush=True); time.sleep(60)"
    command = [sys.executable, "-c", script, binary, "server"]
    with subprocess.Popen(command, env=environment, stdout=subprocess.PIPE) as editor:
        server = int(editor.stdout.readline())
        os.kill(server, 0)
        editor.kill()
        # The server has the output too, which ends with the last of the two.
        assert select.select([editor.stdout], [], [], 20)[0], "the server goes on"
        assert editor.stdout.read() == b""


def test_an_editor_that_does_not_listen_ends_the_server(binary, environment):
    """with a reason or without, and never by a panic"""
    message = b'{"jsonrpc": "2.0", "id": 0, "method": "initialize", "params": {"capabilities": {}}}'
    pipe = subprocess.PIPE
    with subprocess.Popen([binary, "server"], env=environment, stdin=pipe, stdout=pipe, stderr=pipe) as server:
        server.stdout.close()
        server.stdin.write(b"Content-Length: %d\r\n\r\n%s" % (len(message), message))
        server.stdin.flush()
        assert server.wait(20) in (0, 1, 2)
        err = server.stderr.read().decode()
    assert "panicked" not in err and err.count("\n") <= 1, err


@pytest.mark.parametrize(
    ("body", "is_json"),
    [
        (b"", False), (b"{", False), (b"[]", True), (b"null", True), (b"7", True), (b"\xff\xfe", False),
        (b'{"jsonrpc": "2.0"}', True), (b"[" * 100_000, False), (b'{"jsonrpc":"2.0","method":7}', True),
    ],
    ids=lambda value: repr(value)[:23],
)
def test_what_is_no_message_is_logged_and_passed_over(wire, folder, body, is_json):
    root = folder({"x.json": BROKEN})
    server = wire()
    server.initialize(root)
    server.say(body)
    server.say("rapporteur/settle", id=1)
    answer, before = server.answer(1)
    assert answer["result"] is None
    server.say("x", id=2)
    assert server.answer(2)[0]["error"]["code"] == -32601
    told = sorted(one["method"] for one in before if "method" in one)
    assert told == ["textDocument/publishDiagnostics", "window/logMessage"]
    [logged] = [one["params"] for one in before if one.get("method") == "window/logMessage"]
    assert logged["message"].startswith("a message could not be understood: ") and logged["type"] == 2
    # JSON-RPC 2.0, 5.1: what is no JSON is answered, with an id that nobody knows.
    refused = [(one["id"], one["error"]["code"]) for one in before if "method" not in one]
    assert refused == ([] if is_json else [(None, -32700)])


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"hello\r\n\r\n", "a line in the header of a message is not a field"),
        (b"Content-Length: x\r\n\r\n{}", "the header of a message has no length"),
        (b"Content-Type: a\r\n\r\n", "the header of a message has no length"),
        (b"Content-Length: 9999999999999\r\n\r\n", "a message is longer than 1 GiB"),
        (b"Content-Length: 100\r\n\r\n{", "the stream ends inside a message"),
        (b"a" * 100_000, "the header of a message has no end"),
    ],
    ids=lambda value: value if isinstance(value, str) else repr(value[:20]),
)
def test_a_frame_that_is_broken_ends_the_server_with_its_reason(wire, data, reason):
    server = wire()
    server.initialize()
    try:
        server.raw(data)
    except BrokenPipeError:
        pass
    assert server.end() == (2, b"", f"error: standard input: {reason}\n")


def test_messages_arrive_in_any_pieces(wire, folder):
    """byte by byte, or many at once"""
    root = folder({"x.json": BROKEN})
    server = wire()
    bodies = [
        {"id": 0, "method": "initialize", "params": {"rootUri": root.as_uri(), "capabilities": {}}},
        {"method": "initialized", "params": {}},
        {"id": 1, "method": "rapporteur/settle"},
        {"id": 2, "method": "é😀"},
    ]
    bodies = [json.dumps({"jsonrpc": "2.0"} | body, ensure_ascii=False).encode() for body in bodies]
    data = b"".join(b"Content-Type: application/vscode-jsonrpc; charset=utf-8\r\ncontent-length:%d\r\n\r\n%s" % (len(b), b) for b in bodies)
    for byte in data:
        server.raw(bytes([byte]))
    assert server.answer(1)[1][-1]["params"]["diagnostics"][0]["code"] == "syntax"
    server = wire()
    server.raw(data)
    assert server.answer(1)[1][-1]["params"]["uri"] == (root / "x.json").as_uri()
    assert "é😀" in server.answer(2)[0]["error"]["message"]


def test_wrong_and_unknown_parameters_do_no_harm(wire, folder):
    """each is logged with its method, or passed over as the protocol says; what comes after counts"""
    root = folder({"x.json": BROKEN})
    server = wire()
    server.initialize(root)
    uri = (root / "x.json").as_uri()
    for method in ["didOpen", "didChange", "didClose", "didSave"]:
        server.say(f"textDocument/{method}", params={"textDocument": 7})
    server.say("workspace/didChangeWatchedFiles", params=[])
    server.say("workspace/didChangeWorkspaceFolders")
    for method, params in [("$/cancelRequest", {"id": 7}), ("$/setTrace", {"value": "off"}), ("made/up", None)]:
        server.say(method, params=params)
    server.say("textDocument/didChange", params={"textDocument": {"uri": uri, "version": 7}, "contentChanges": [{"text": "{}"}]})
    server.say("textDocument/didOpen", params={"textDocument": {"uri": "untitled:a", "languageId": "json", "version": 1, "text": "{"}})
    server.say(b'{"jsonrpc": "2.0", "id": 7, "result": null}')
    server.say("rapporteur/settle", id=1)
    logged = [one["params"]["message"] for one in server.answer(1)[1] if one["method"] == "window/logMessage"]
    names = ["textDocument/didOpen", "textDocument/didChange", "textDocument/didClose", "textDocument/didSave"]
    names += ["workspace/didChangeWatchedFiles", "workspace/didChangeWorkspaceFolders"]
    assert [line.split(": ")[0] for line in logged] == names
    server.say("shutdown", id=3)
    assert server.answer(3)[0]["result"] is None
    server.say("exit")
    assert server.end() == (0, b"", "")


def test_half_of_a_character_is_no_mistake_of_the_message(wire, folder):
    """as an editor sends it that counts in UTF-16; it becomes the replacement character"""
    root = folder({"rapporteur.toml": "[[records]]\nfiles = '*.json'\n"})
    server = wire()
    server.initialize(root)
    text = json.dumps('{"id": "x", "kind": "😀"}')
    assert "\\ude00" in text
    document = '{"uri": "%s", "languageId": "json", "version": 1, "text": %s}' % ((root / "x.json").as_uri(), text.replace("\\ude00", ""))
    server.say(b'{"jsonrpc": "2.0", "method": "textDocument/didOpen", "params": {"textDocument": %s}}' % document.encode())
    server.say("rapporteur/settle", id=1)
    [one] = [one["params"] for one in server.answer(1)[1]]
    assert one["version"] == 1 and "`\ufffd`" in one["diagnostics"][0]["message"], one


def test_nothing_is_answered_before_the_beginning_and_after_the_end(wire):
    server = wire()
    server.say("x", id="é")
    assert server.answer("é")[0]["error"]["code"] == -32002
    server.initialize()
    server.say("initialize", id=1, params={"capabilities": {}})
    assert server.answer(1)[0]["error"]["code"] == -32600
    server.say("shutdown", id=2)
    server.say("x", id=3)
    assert server.answer(3)[0]["error"]["code"] == -32600


def test_a_long_text_is_taken_whole(wire, folder):
    """a message of ten megabytes is no mistake, and does not take long"""
    root = folder({"x.json": BROKEN})
    server = wire()
    server.initialize(root)
    text = '{"id": "x", "kind": "register", "title": "' + "😀" * 2_500_000 + '" "y": 1}'
    document = {"uri": (root / "x.json").as_uri(), "languageId": "json", "version": 3, "text": text}
    begin = time.monotonic()
    server.say("textDocument/didOpen", params={"textDocument": document})
    server.say("rapporteur/settle", id=1)
    [told] = [one["params"] for one in server.answer(1)[1] if one["params"].get("version")]
    assert told["diagnostics"][0]["range"]["start"] == {"line": 0, "character": len(text.split('" "y"')[0].encode("utf-16-le")) // 2 + 2}
    assert time.monotonic() - begin < 15
