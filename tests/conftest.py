"""What holds for every test: a home of its own, no screen, nothing left behind, quiet and repeatable."""

import gc
import os
from collections.abc import Iterator

import pytest
from hypothesis import settings

from tests.keyrings import MemoryKeyring, using
from tests.left_behind import Watch

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

# Deadlines measure the machine, not the code. In CI the examples are the same on every run.
settings.register_profile("default", deadline=None)
settings.register_profile("ci", deadline=None, derandomize=True)
settings.load_profile("ci" if os.environ.get("CI") else "default")

HOMES = {
    "HOME": "home",
    "USERPROFILE": "home",
    "APPDATA": "home/roaming",
    "LOCALAPPDATA": "home/local",
    "XDG_CONFIG_HOME": "home/config",
    "XDG_DATA_HOME": "home/data",
    "XDG_STATE_HOME": "home/state",
    "XDG_CACHE_HOME": "home/cache",
    "XDG_RUNTIME_DIR": "home/runtime",
}


@pytest.fixture(scope="session", autouse=True)
def own_home(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Send every folder of the user, and the session bus, away from the person who runs the tests."""
    base = tmp_path_factory.mktemp("person")
    with pytest.MonkeyPatch.context() as patch:
        for name, place in HOMES.items():
            folder = base / place
            # Qt warns about a runtime folder that others may read.
            folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            patch.setenv(name, str(folder))
        # No test may reach the real keyring or notifications; those that need a bus start their own.
        patch.delenv("DBUS_SESSION_BUS_ADDRESS", raising=False)
        patch.setenv("PYTHON_KEYRING_BACKEND", "keyring.backends.fail.Keyring")
        yield


@pytest.fixture
def ring() -> Iterator[MemoryKeyring]:
    """The keyring of this test: in memory, empty."""
    with using(MemoryKeyring()) as memory:
        yield memory


@pytest.fixture(autouse=True)
def nothing_left_behind(request: pytest.FixtureRequest) -> Iterator[None]:
    """Fail a test that leaves a thread, a timer or a window behind, and say where it began."""
    watch = Watch()
    watch.begin()
    failures = request.session.testsfailed
    yield
    found = watch.complaints()
    # The traceback of a failed test keeps its windows alive: one failure is enough.
    if found and request.session.testsfailed == failures:
        pytest.fail("left behind: " + "; ".join(found), pytrace=False)


@pytest.fixture
def python_collects() -> Iterator[None]:
    """Let Python look for garbage when it likes, for tests of that very thing."""
    before = gc.get_threshold()
    gc.set_threshold(700, 10, 10)
    yield
    gc.set_threshold(*before)


@pytest.fixture(autouse=True)
def widgets_die_in_their_thread(request: pytest.FixtureRequest) -> Iterator[None]:
    """While a test has a window, look for garbage in no thread; the program has its own way (`garbage.py`).

    Python would destroy widgets of a test before in the operations thread of this one, now and then.
    """
    before = gc.get_threshold()
    if "qapp" in request.fixturenames:
        gc.set_threshold(0)
    yield
    gc.set_threshold(*before)
