"""The two kinds of failure a user can understand. Anything else that escapes is a bug."""


class RuleViolation(Exception):
    """A rule of the business forbids this, and the user can mend it.

    `rule` is a stable short name, `message` one sentence that says what, where and how to mend it,
    `field` the input concerned (a form field or a JSON path), if there is one.
    """

    def __init__(self, rule: str, message: str, field: str | None = None) -> None:
        super().__init__(message)
        self.rule = rule
        self.message = message
        self.field = field


class EnvironmentProblem(Exception):
    """The machine is in the way: disk, lock, permission, a damaged or newer file.

    `message` says what happened in plain words, `way_out` what the user can do about it.
    """

    def __init__(self, message: str, way_out: str = "") -> None:
        super().__init__(f"{message} {way_out}".strip())
        self.message = message
        self.way_out = way_out


class KeyNeeded(EnvironmentProblem):
    """An encrypted book was to be opened without its key; `sign` says which (see `BookKey.sign`)."""

    def __init__(self, message: str, way_out: str, sign: bytes) -> None:
        super().__init__(message, way_out)
        self.sign = sign


class WrongKey(EnvironmentProblem):
    """A key was given that the book is not encrypted with."""


class DamagedBook(EnvironmentProblem):
    """The file was a book and is cut off, emptied or torn."""


class NoBook(EnvironmentProblem):
    """The file is none of this program's books, or so damaged that nobody can tell."""


class NewerBook(EnvironmentProblem):
    """The book was written by a newer program."""


class LostBook(EnvironmentProblem):
    """There was a book, or a drive, and it is not there any more."""
