"""Run inside a session bus with a real Secret Service; prints a word for each thing that held."""

from __future__ import annotations

import time

import keyring
import secretstorage

from retainerdesk.system.secrets import KeyringProblem, keep_secret, read_secret, remove_secret


def main() -> None:
    print(type(keyring.get_keyring()).__module__.rpartition(".")[2])
    _until_it_answers()
    keep_secret("a", "horse")
    print("kept")
    assert read_secret("a") == "horse"
    print("found")
    remove_secret("a")
    assert read_secret("a") is None
    print("forgotten")
    keep_secret("a", "horse")
    bus = secretstorage.dbus_init()
    secretstorage.get_default_collection(bus).lock()
    bus.close()
    try:
        read_secret("a")
    except KeyringProblem as problem:
        print(problem.state.value)


def _until_it_answers() -> None:
    for _ in range(50):
        try:
            read_secret("a")
        except KeyringProblem:
            time.sleep(0.1)
        else:
            return


if __name__ == "__main__":
    main()
