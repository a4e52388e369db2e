"""A verdict keeps its colour rules and explains itself in plain lines."""

from datetime import date

import pytest

from retainerdesk.desktop.models.verdict_looks import explanation_of, look_of, rule_of, telling, tone_of
from retainerdesk.desktop.theme.icons import icon
from retainerdesk.domain.verdict import Severity, Verdict, VerdictKind


def verdict(kind: VerdictKind, severity: Severity, words: str = "late 2 days") -> Verdict:
    evidence = ("2026-0067: 856.80 EUR was due on 2 Oct 2026",)
    return Verdict(kind, severity, words, date(2026, 10, 3), evidence, "new since last month")


@pytest.mark.parametrize(
    ("kind", "severity", "tone"),
    [
        (VerdictKind.LATE, Severity.BAD, "bad"),
        (VerdictKind.OVER_SERVICED, Severity.BAD, "warn"),
        (VerdictKind.QUIET, Severity.WARN, "warn"),
        (VerdictKind.QUIET, Severity.BAD, "bad"),
        (VerdictKind.READY_TO_EXPAND, Severity.GOOD, "good"),
    ],
)
def test_red_says_late_or_refused_and_amber_says_look(
    kind: VerdictKind, severity: Severity, tone: str
) -> None:
    assert tone_of(verdict(kind, severity)) == tone


@pytest.mark.parametrize("kind", list(VerdictKind))
def test_every_kind_has_a_shipped_icon_and_a_rule(kind: VerdictKind) -> None:
    each = verdict(kind, Severity.GOOD)
    assert not icon(look_of(each).icon).isNull()
    assert rule_of(each).endswith(".")


def test_the_explanation_proves_dates_and_compares() -> None:
    text = explanation_of(verdict(VerdictKind.LATE, Severity.BAD))
    assert text.splitlines() == [
        "2026-0067: €856.80 was due on 2 Oct 2026", "since 3 Oct 2026", "new since last month",
    ]  # fmt: skip


def test_healthy_is_told_only_alone() -> None:
    healthy = verdict(VerdictKind.HEALTHY, Severity.GOOD)
    quiet = verdict(VerdictKind.QUIET, Severity.WARN)
    assert telling((quiet, healthy)) == (quiet,)
    assert telling((healthy,)) == (healthy,)
