"""An editor: the client of pytest-lsp, with what a person does in it."""

import asyncio
import contextlib
import os
import signal
from pathlib import Path
from urllib.parse import unquote, urlsplit

from lsprotocol import types
from pytest_lsp import make_test_lsp_client

# Seconds that any answer may take.
PATIENCE = 20


async def soon(awaitable):
    return await asyncio.wait_for(awaitable, PATIENCE)


def capabilities(encodings=None, related=True, watched=False):
    """What the editor can do."""
    return types.ClientCapabilities(
        general=types.GeneralClientCapabilities(position_encodings=encodings) if encodings else None,
        text_document=types.TextDocumentClientCapabilities(
            publish_diagnostics=types.PublishDiagnosticsClientCapabilities(
                related_information=related, version_support=True, code_description_support=True
            )
        ),
        workspace=types.WorkspaceClientCapabilities(
            workspace_folders=True,
            did_change_watched_files=types.DidChangeWatchedFilesClientCapabilities(dynamic_registration=watched),
        ),
    )


def path_of(uri):
    parts = urlsplit(uri)
    assert parts.scheme == "file" and not parts.netloc, uri
    return Path(unquote(parts.path))


class Editor:
    def __init__(self, client):
        self.client = client
        self.encoding = None
        # Of each file the texts as the editor has them, with their versions.
        self.texts = {}
        # All that was ever told of a file: (version, diagnostics).
        self.told = {}
        self.registered = []

    @classmethod
    async def start(cls, binary, env):
        """Starts a server, which has heard nothing yet."""
        editor = cls(make_test_lsp_client())
        features = editor.client.protocol.fm.features
        publish = features[types.TEXT_DOCUMENT_PUBLISH_DIAGNOSTICS]

        def published(params):
            publish(params)
            editor.told.setdefault(path_of(params.uri), []).append((params.version, params.diagnostics))

        features[types.TEXT_DOCUMENT_PUBLISH_DIAGNOSTICS] = published

        @editor.client.feature(types.CLIENT_REGISTER_CAPABILITY)
        def register(params):
            editor.registered += [registration.method for registration in params.registrations]

        await editor.client.start_io(str(binary), "server", env=env)
        return editor

    async def initialize(self, folders, can=None, options=None):
        answer = await soon(
            self.client.initialize_session(
                types.InitializeParams(
                    capabilities=can or capabilities(),
                    workspace_folders=[types.WorkspaceFolder(folder.as_uri(), folder.name) for folder in folders],
                    root_uri=folders[0].as_uri() if folders else None,
                    initialization_options=options,
                )
            )
        )
        self.encoding = str(getattr(answer.capabilities.position_encoding, "value", answer.capabilities.position_encoding))
        sync = answer.capabilities.text_document_sync
        assert sync.open_close and sync.change == types.TextDocumentSyncKind.Incremental
        return answer

    async def settle(self):
        """Waits until all that was said is checked."""
        assert await soon(self.client.protocol.send_request_async("rapporteur/settle", None)) is None

    async def found(self):
        """The diagnostics of each file that has some."""
        await self.settle()
        return {path: told[-1][1] for path, told in sorted(self.told.items()) if told[-1][1]}

    async def rules(self, root):
        """The rules that found something in each file."""
        found = await self.found()
        return {str(path.relative_to(root)): sorted({one.code for one in list}) for path, list in found.items()}

    def open(self, path, text=None):
        """Opens a file, with another text than it has on disk if there is one."""
        text = path.read_bytes().decode("utf-8-sig") if text is None else text
        self.texts[path] = [1, text]
        document = types.TextDocumentItem(path.as_uri(), path.suffix[1:], 1, text)
        self.client.text_document_did_open(types.DidOpenTextDocumentParams(document))

    def units(self, text):
        """How long a text is, as the two have agreed to count."""
        return {
            "utf-8": lambda: len(text.encode()),
            "utf-16": lambda: len(text.encode("utf-16-le")) // 2,
            "utf-32": lambda: len(text),
        }[self.encoding]()

    def place(self, text, at):
        """The position of a character of a text whose lines end in line feeds."""
        before = text[:at].split("\n")
        return types.Position(len(before) - 1, self.units(before[-1]))

    def replace(self, path, *edits):
        """Replaces in each edit the one place where a text stands by another, and tells of all edits in one message."""
        changes = []
        for old, new in edits:
            text = self.texts[path][1]
            assert text.count(old) == 1, f"`{old}` stands {text.count(old)} times in {text}"
            at = text.index(old)
            between = types.Range(self.place(text, at), self.place(text, at + len(old)))
            changes.append(types.TextDocumentContentChangePartial(range=between, text=new))
            self.texts[path][1] = text[:at] + new + text[at + len(old) :]
        self.change(path, changes)

    def rewrite(self, path, text):
        """Replaces the whole text."""
        self.texts[path][1] = text
        self.change(path, [types.TextDocumentContentChangeWholeDocument(text)])

    def change(self, path, changes):
        self.texts[path][0] += 1
        document = types.VersionedTextDocumentIdentifier(version=self.texts[path][0], uri=path.as_uri())
        self.client.text_document_did_change(types.DidChangeTextDocumentParams(document, changes))

    @contextlib.contextmanager
    def at_once(self):
        """Has the server hear all that is said meanwhile together."""
        server = self.client._server.pid
        os.kill(server, signal.SIGSTOP)
        try:
            yield
        finally:
            os.kill(server, signal.SIGCONT)

    def save(self, path):
        path.write_text(self.texts[path][1], encoding="utf-8")
        document = types.TextDocumentIdentifier(path.as_uri())
        self.client.text_document_did_save(types.DidSaveTextDocumentParams(document))

    def close(self, path):
        del self.texts[path]
        document = types.TextDocumentIdentifier(path.as_uri())
        self.client.text_document_did_close(types.DidCloseTextDocumentParams(document))

    async def leave(self):
        """Leaves in order; the server ends with the exit code 0, and the client has understood all it said."""
        if not self.client.stopped and self.client.capabilities is not None:
            await soon(self.client.shutdown_session())
        server = self.client._server
        error = self.client.error
        await soon(self.client.stop())
        assert error is None, error
        assert server.returncode == 0, f"the server ended with {server.returncode}"
