"""Years of random agreements, runs, payments, credits and clocks: everything adds up after every step.

That the machine can fail was seen by breaking rules of the domain by hand, one at a time. Each was found in
the 25 lives of the ordinary run, under each of the seeds that were tried, in less than five seconds:

- a credit note of single lines takes back no tax (`credit_split._added_tax` returns 0);
- the first pause of a retainer is forgotten (`fees._is_free`);
- one of the expenses or one-off charges that were invoiced is offered again (`charging._account_charges`);
- what is on a draft is offered beside it (`draft_claims.undrafted`).
"""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis.stateful import run_state_machine_as_test

from tests.domain.billing_machine_money import BillingMachine

# Shrinking a life of fifty steps takes minutes, and is worth them; explaining it takes as long again.
PHASES = (Phase.explicit, Phase.reuse, Phase.generate, Phase.shrink)
# A life draws much: it has to be large, and may be slow.
ALLOWED = (HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.filter_too_much)


def live(lives: int, steps: int) -> None:
    """Let so many machines live for at most so many steps each."""
    chosen = settings(
        max_examples=lives, stateful_step_count=steps, phases=PHASES, suppress_health_check=ALLOWED
    )
    run_state_machine_as_test(BillingMachine, settings=chosen)


@pytest.mark.timeout(600)
def test_whatever_is_done_everything_adds_up() -> None:
    live(lives=25, steps=40)


@pytest.mark.slow
@pytest.mark.timeout(0)
def test_whatever_is_done_in_200_long_lives_everything_adds_up() -> None:
    live(lives=200, steps=100)
