"""Short builders of book files, in the format people write."""

from __future__ import annotations

from typing import Any

Json = dict[str, Any]


def book(*accounts: Json, **more: Any) -> Json:
    return {
        "format": "retainerdesk-book",
        "version": 1,
        "business": {
            "name": "Studio Nord", "address": ["Kai 1", "20457 Hamburg"], "country": "DE",
            "currency": "EUR", "time_zone": "Europe/Berlin", "locale": "de_DE",
            "standard_rate": "150.00", "overhead_rate": "12.00", "target_margin_percent": "50",
        },
        "people": [
            {"id": "ada", "name": "Ada Nord", "cost_rates": [{"from": "2024-01-01", "rate": "60.00"}]}
        ],
        "series": [{"id": "invoice", "format": "{year}-{number:04}", "next": 1}],
        "accounts": list(accounts),
        **more,
    }  # fmt: skip


def account(name: str, *retainers: Json, **more: Any) -> Json:
    return {
        "id": name, "name": name.title(), "status": "active", "currency": "EUR", "locale": "en_GB",
        "address": ["1 High St", "London"], "country": "DE", "payment_terms_days": 14,
        "tax": {"category": "standard", "rate": "19", "included": False, "reason": None},
        "retainers": list(retainers), **more,
    }  # fmt: skip


def retainer(name: str, starts_on: str, *plans: Json, **more: Any) -> Json:
    return {"id": name, "name": name.title(), "starts_on": starts_on, "plans": list(plans), **more}


def plan(from_on: str, fee: str, **more: Any) -> Json:
    return {
        "from": from_on, "fee": fee, "cadence": {"unit": "month", "every": 1}, "alignment": "calendar",
        "timing": "advance", "proration": "actual_days", "allowance_minutes": 0,
        "overage": {"rate": "150.00", "decision": "bill"}, **more,
    }  # fmt: skip


def work(on: str, minutes: int, kind: str = "delivery", name: str = "advisory") -> Json:
    return {"on": on, "minutes": minutes, "person": "ada", "kind": kind, "retainer": name, "text": "Work"}
