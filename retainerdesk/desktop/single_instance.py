"""One window a book: the second start hands its arguments to the first and ends."""

from __future__ import annotations

import hashlib
import json
import logging
import os
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QLockFile, QObject, QSysInfo, QThread, Signal

from retainerdesk.domain.errors import EnvironmentProblem
from retainerdesk.services.machine import private_folder

if TYPE_CHECKING:
    from PySide6.QtNetwork import QLocalServer, QLocalSocket

_LOG = logging.getLogger(__name__)
_PATIENCE_SECONDS = 5.0
_UNWRITTEN_MILLISECONDS = 50
_LONGEST_SOCKET_NAME = 90
_LONGEST_MESSAGE = 65_536
_ANSWER = b"shown\n"


def instance_key(place: str) -> str:
    """A short name for the book at a path or sqlite URL, the same whatever way leads to it."""
    path = place.partition(":///")[2] or place
    real = os.path.realpath(Path(path).expanduser())
    return hashlib.sha256(os.path.normcase(real).encode()).hexdigest()[:16]


class SingleInstance(QObject):
    """The claim on one book. The lock decides who is first and ends with its process, however that ends.

    Whoever is first listens to others once it can answer: when its window is painted, or asks something.

    Signals: `asked(list[str])` with the arguments of another start, in the first instance.
    """

    asked = Signal(object)

    def __init__(self, key: str, folder: Path, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._folder = private_folder(folder)
        self._lock_path = folder / f"{key}.lock"
        self._lock = QLockFile(str(self._lock_path))
        # Age says nothing: a window may be open for weeks. The process that took it must be alive.
        self._lock.setStaleLockTime(0)
        self._name = _socket_name(folder, key)
        self._server: QLocalServer | None = None

    def claim(self) -> bool:
        """Whether this process is the first for its book. Raises EnvironmentProblem."""
        if self._lock.tryLock(0) or self._take_left():
            return True
        if self._lock.error() == QLockFile.LockError.PermissionError:
            raise EnvironmentProblem(
                f"The folder {self._folder} cannot be written.", "Check its permissions."
            )
        return False

    def listen(self) -> None:
        """Hear from other starts from now on; only for who is first. Raises EnvironmentProblem."""
        if self._server is not None:
            return
        # Qt's network costs as much as a twentieth of a start.
        from PySide6.QtNetwork import QLocalServer

        # With the lock in hand a socket of that name can only be a dead one.
        QLocalServer.removeServer(self._name)
        server = QLocalServer(self)
        server.setSocketOptions(QLocalServer.SocketOption.UserAccessOption)
        server.newConnection.connect(self._accept)
        if not server.listen(self._name):
            raise EnvironmentProblem(
                f"The program cannot listen at {self._name}: {server.errorString()}.",
                "Check the permissions of that folder.",
            )
        self._server = server

    def listen_if_possible(self) -> EnvironmentProblem | None:
        """Hear from other starts if the machine lets it, else log and return why not.

        The book is ours all the same; only a second start cannot bring this window up.
        """
        try:
            self.listen()
        except EnvironmentProblem as problem:
            _LOG.warning("other starts are not heard: %s", problem.message)
            return problem
        return None

    def hand_over(self, arguments: Sequence[str]) -> bool:
        """Give `arguments` to the first instance. False if it has gone meanwhile or does not answer."""
        until = time.monotonic() + _PATIENCE_SECONDS
        message = json.dumps(list(arguments)).encode()[:_LONGEST_MESSAGE] + b"\n"
        while time.monotonic() < until:
            if _delivered(self._name, message):
                return True
            # The first one may be between its lock and its first paint.
            QThread.msleep(20)
        return False

    def release(self) -> None:
        """Let go of the book's name."""
        if self._server is not None:
            self._server.close()
            self._server = None
        self._lock.unlock()

    def _take_left(self) -> bool:
        """Take over a lock nobody here holds: another machine's, in a copied folder, or one without an owner.

        A lock file is empty between its owner's making and writing it, so one that says nothing is read again
        after a while. Qt removes only what it can lock itself: an owner that lives keeps its file.
        """
        if not all(self._lock_info()):
            QThread.msleep(_UNWRITTEN_MILLISECONDS)
        pid, host = self._lock_info()
        if pid and host == QSysInfo.machineHostName():
            return False
        return self._lock.removeStaleLockFile() and self._lock.tryLock(0)

    def _lock_info(self) -> tuple[int, str]:
        """The process and the machine that the lock names; 0 and no name if it says nothing."""
        try:
            lines = self._lock_path.read_text(encoding="utf-8", errors="replace").splitlines()
        except OSError:
            return 0, ""
        pid, _app, host = (*lines, "", "", "")[:3]
        return int(pid) if pid.isdecimal() else 0, host

    def _accept(self) -> None:
        while self._server is not None and self._server.hasPendingConnections():
            socket = self._server.nextPendingConnection()
            socket.disconnected.connect(socket.deleteLater)
            socket.readyRead.connect(self._read)
            if socket.bytesAvailable():
                self._take(socket)

    def _read(self) -> None:
        from PySide6.QtNetwork import QLocalSocket

        socket = self.sender()
        assert isinstance(socket, QLocalSocket)
        self._take(socket)

    def _take(self, socket: QLocalSocket) -> None:
        if not socket.canReadLine():
            if socket.bytesAvailable() > _LONGEST_MESSAGE:
                socket.abort()
            return
        arguments = _arguments_in(bytes(socket.readLine(_LONGEST_MESSAGE).data()))
        socket.write(_ANSWER)
        socket.flush()
        socket.disconnectFromServer()
        if arguments is not None:
            self.asked.emit(arguments)


def _arguments_in(line: bytes) -> list[str] | None:
    try:
        found = json.loads(line)
    except ValueError:
        return None
    return [str(each) for each in found] if isinstance(found, list) else None


def _delivered(name: str, message: bytes) -> bool:
    from PySide6.QtNetwork import QLocalSocket

    socket = QLocalSocket()
    socket.connectToServer(name)
    if not socket.waitForConnected(500):
        return False
    socket.write(message)
    socket.waitForBytesWritten(1000)
    answered = socket.waitForReadyRead(int(_PATIENCE_SECONDS * 1000))
    socket.abort()
    return answered


def _socket_name(folder: Path, key: str) -> str:
    """The socket lies in the private folder; a name too long for the system gets a short one elsewhere."""
    if sys.platform == "win32":
        return f"retainerdesk-{key}"
    name = folder / f"{key}.socket"
    if len(os.fsencode(name)) <= _LONGEST_SOCKET_NAME:
        return str(name)
    digest = hashlib.sha256(os.fsencode(name)).hexdigest()[:24]
    return str(Path(tempfile.gettempdir()) / f"retainerdesk-{digest}.socket")
