"""The agreement in German: the templates and the way values are written."""

from __future__ import annotations

from retainerdesk.domain.period import CadenceUnit
from retainerdesk.domain.sentence import Language, Value
from retainerdesk.domain.value_forms import ValueForms

_FORMS = ValueForms(
    thousands=".",
    day="%d.%m.%Y",
    hours="Std.",
    minutes="Min.",
    counted={
        "day": ("Tag", "Tage"),
        "week": ("Woche", "Wochen"),
        "month": ("Monat", "Monate"),
        "year": ("Jahr", "Jahre"),
        "period": ("Periode", "Perioden"),
        "session": ("Termin", "Termine"),
    },
    cadences={
        (CadenceUnit.DAY, 1): "am Tag",
        (CadenceUnit.WEEK, 1): "in der Woche",
        (CadenceUnit.MONTH, 1): "im Monat",
        (CadenceUnit.YEAR, 1): "im Jahr",
        (CadenceUnit.MONTH, 3): "im Quartal",
        (CadenceUnit.MONTH, 6): "im Halbjahr",
    },
    each=dict.fromkeys(CadenceUnit, "alle"),
)


def written_in_german(value: Value) -> str:
    """A value in German: 3.000,00 EUR · 02.12.2026 · im Monat · 60 Tage · 3 % · 20 Std. · 2 Perioden."""
    return _FORMS.write(value)


GERMAN = Language(
    templates={
        "fee.advance": "{fee} {every} seit {start}, im Voraus berechnet.",
        "fee.arrears": "{fee} {every} seit {start}, nachträglich berechnet.",
        "hours.none": "Es sind keine Stunden vereinbart.",
        "hours.bill": "Jede Stunde kostet {rate}, berechnet mit der folgenden Periode.",
        "hours.ask": "Jede Stunde kostet {rate}, falls beide zustimmen; je Periode entschieden.",
        "value": "Arbeit im Wert von {amount} {every} ist enthalten, zu {rate} je Stunde.",
        "value.bill": "Arbeit darüber hinaus wird mit der folgenden Periode berechnet.",
        "value.ask": "Arbeit darüber hinaus wird berechnet, falls beide zustimmen; je Periode entschieden.",
        "value.absorb": "Arbeit darüber hinaus wird nicht berechnet.",
        "value.carry": "Arbeit darüber hinaus geht in die nächste Periode über.",
        "sessions": "{count} {every} enthalten, einer je Gespräch.",
        "session.bill": "Darüber hinaus {rate} je Termin, berechnet mit der folgenden Periode.",
        "session.ask": "Darüber hinaus {rate} je Termin, falls beide zustimmen; je Periode entschieden.",
        "session.bill.free": "Termine darüber hinaus werden nicht berechnet; kein Preis ist vereinbart.",
        "session.ask.free": "Für Termine darüber hinaus ist kein Preis vereinbart; je Periode entschieden.",
        "session.absorb": "Termine darüber hinaus werden nicht berechnet.",
        "session.carry": "Termine darüber hinaus gehen in die nächste Periode über.",
        "hours": "{minutes} {every} sind enthalten.",
        "rollover.none": "Nicht genutzte Zeit verfällt.",
        "rollover.cap": "Höchstens {minutes} je Periode werden übertragen, die ältesten zuerst genutzt.",
        "rollover.percent": "Höchstens {percent} der Zeit einer Periode werden übertragen, die älteste zuerst"
        " genutzt.",
        "rollover.all": "Nicht genutzte Zeit wird übertragen, die älteste zuerst genutzt.",
        "rollover.total": "Insgesamt werden nie mehr als {minutes} übertragen.",
        "rollover.deficit": "Mehr genutzte Zeit wird von der nächsten Periode abgezogen.",
        "lots.periods": "Gültigkeit übertragener Zeit: {count}.",
        "lots.date": "Übertragene Zeit ist bis {day} nutzbar.",
        "lots.term": "Übertragene Zeit ist bis zum Ende der Laufzeit nutzbar.",
        "lots.never": "Übertragene Zeit verfällt nicht.",
        "rollover.none.money": "Nicht genutzter Wert verfällt.",
        "rollover.percent.money": "Höchstens {percent} des Werts einer Periode werden übertragen, der älteste"
        " zuerst genutzt.",
        "rollover.all.money": "Nicht genutzter Wert wird übertragen, der älteste zuerst genutzt.",
        "rollover.deficit.money": "Mehr genutzter Wert wird von der nächsten Periode abgezogen.",
        "lots.periods.money": "Gültigkeit übertragenen Werts: {count}.",
        "lots.date.money": "Übertragener Wert ist bis {day} nutzbar.",
        "lots.term.money": "Übertragener Wert ist bis zum Ende der Laufzeit nutzbar.",
        "lots.never.money": "Übertragener Wert verfällt nicht.",
        "rollover.none.sessions": "Nicht genutzte Termine verfallen.",
        "rollover.percent.sessions": "Höchstens {percent} der Termine einer Periode werden übertragen, die"
        " ältesten zuerst genutzt.",
        "rollover.all.sessions": "Nicht genutzte Termine werden übertragen, die ältesten zuerst genutzt.",
        "rollover.deficit.sessions": "Mehr genutzte Termine werden von der nächsten Periode abgezogen.",
        "lots.periods.sessions": "Gültigkeit übertragener Termine: {count}.",
        "lots.date.sessions": "Übertragene Termine sind bis {day} nutzbar.",
        "lots.term.sessions": "Übertragene Termine sind bis zum Ende der Laufzeit nutzbar.",
        "lots.never.sessions": "Übertragene Termine verfallen nicht.",
        "overage.bill": "Darüber hinaus {rate} je Stunde, berechnet mit der folgenden Periode.",
        "overage.ask": "Darüber hinaus {rate} je Stunde, falls beide zustimmen; je Periode entschieden.",
        "overage.bill.free": "Arbeit darüber hinaus wird nicht berechnet; kein Preis ist vereinbart.",
        "overage.ask.free": "Für Arbeit darüber hinaus ist kein Preis vereinbart; je Periode entschieden.",
        "overage.absorb": "Arbeit darüber hinaus wird nicht berechnet.",
        "overage.carry": "Arbeit darüber hinaus geht in die nächste Periode über.",
        "stub.actual_days": "Angebrochene Perioden kosten ihren Anteil an den Tagen.",
        "stub.fixed_30": "Angebrochene Perioden kosten ihren Anteil an einem Monat von 30 Tagen.",
        "stub.full": "Angebrochene Perioden kosten die volle Gebühr.",
        "stub.skip_stub": "Angebrochene Perioden sind frei.",
        "stub.merge_stub": "Eine angebrochene Periode am Anfang wird mit der ersten vollen berechnet.",
        "term.open": "Ein Ende ist nicht vereinbart.",
        "term.ends": "Endet am {day}.",
        "term.renews": "Verlängert sich am {day} um {months}, falls niemand bis {deadline} kündigt"
        " (Frist: {notice}).",
        "term.renews_free": "Verlängert sich am {day} um {months}, falls niemand vorher kündigt.",
        "term.committed": "Vereinbart bis {day}.",
        "term.rolling": "Danach läuft es weiter, bis jemand kündigt (Frist: {notice}).",
        "term.rolling_free": "Danach läuft es weiter, bis jemand kündigt.",
        "rise": "Die Gebühr ändert sich dann um {percent} auf {fee}, anzukündigen bis {announced}.",
        "notice.us": "Wir haben am {day} gekündigt.",
        "notice.them": "Der Kunde hat am {day} gekündigt.",
        "notice.somebody": "Am {day} wurde gekündigt.",
        "pause.free.freeze": "Pause von {start} bis {last} ohne Gebühr; Übertragenes altert nicht.",
        "pause.free.age": "Pause von {start} bis {last} ohne Gebühr; Übertragenes altert.",
        "pause.paid.freeze": "Pause von {start} bis {last} bei voller Gebühr; Übertragenes altert nicht.",
        "pause.paid.age": "Pause von {start} bis {last} bei voller Gebühr; Übertragenes altert.",
        "plan.next": "Ab {day}: {fee} {every}.",
        "settled": "Was vor dem {day} liegt, ist anderweitig abgerechnet.",
    },
    write=written_in_german,
)
