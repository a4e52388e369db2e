"""The agreement in French: the templates and the way values are written."""

from __future__ import annotations

from retainerdesk.domain.period import CadenceUnit
from retainerdesk.domain.sentence import Language, Value
from retainerdesk.domain.value_forms import ValueForms

_FORMS = ValueForms(
    # Figures keep together: thousands are parted by a space that never breaks.
    thousands="\u00a0",
    day="%d/%m/%Y",
    hours="h",
    minutes="min",
    counted={
        "day": ("jour", "jours"),
        "week": ("semaine", "semaines"),
        "month": ("mois", "mois"),
        "year": ("an", "ans"),
        "period": ("période", "périodes"),
        "session": ("séance", "séances"),
    },
    cadences={
        (CadenceUnit.DAY, 1): "par jour",
        (CadenceUnit.WEEK, 1): "par semaine",
        (CadenceUnit.MONTH, 1): "par mois",
        (CadenceUnit.YEAR, 1): "par an",
        (CadenceUnit.MONTH, 3): "par trimestre",
        (CadenceUnit.MONTH, 6): "par semestre",
    },
    each={
        CadenceUnit.DAY: "tous les",
        CadenceUnit.WEEK: "toutes les",
        CadenceUnit.MONTH: "tous les",
        CadenceUnit.YEAR: "tous les",
    },
    zero_is_one=True,
)


def written_in_french(value: Value) -> str:
    """A value in French: 3 000,00 EUR · 02/12/2026 · par mois · 60 jours · 3 % · 20 h · 2 périodes."""
    return _FORMS.write(value)


FRENCH = Language(
    templates={
        "fee.advance": "{fee} {every} depuis le {start}, facturé d’avance.",
        "fee.arrears": "{fee} {every} depuis le {start}, facturé à terme échu.",
        "hours.none": "Aucune heure n’est convenue.",
        "hours.bill": "Chaque heure coûte {rate}, facturée avec la période suivante.",
        "hours.ask": "Chaque heure coûte {rate}, si les deux parties sont d’accord ; décidé à chaque"
        " période.",
        "value": "Du travail d’une valeur de {amount} {every} est compris, à {rate} de l’heure.",
        "value.bill": "Le travail au-delà est facturé avec la période suivante.",
        "value.ask": "Le travail au-delà est facturé si les deux parties sont d’accord ; décidé à chaque"
        " période.",
        "value.absorb": "Le travail au-delà n’est pas facturé.",
        "value.carry": "Le travail au-delà est reporté sur la période suivante.",
        "sessions": "Compris : {count} {every}, une par appel.",
        "session.bill": "Au-delà, {rate} la séance, facturée avec la période suivante.",
        "session.ask": "Au-delà, {rate} la séance, si les deux parties sont d’accord ; décidé à chaque"
        " période.",
        "session.bill.free": "Les séances au-delà ne sont pas facturées ; aucun prix n’est convenu.",
        "session.ask.free": "Aucun prix n’est convenu pour les séances au-delà ; décidé à chaque période.",
        "session.absorb": "Les séances au-delà ne sont pas facturées.",
        "session.carry": "Les séances au-delà sont reportées sur la période suivante.",
        "hours": "Temps compris : {minutes} {every}.",
        "rollover.none": "Le temps non utilisé n’est pas reporté.",
        "rollover.cap": "Report limité à {minutes} par période, le plus ancien utilisé d’abord.",
        "rollover.percent": "Report limité à {percent} du temps d’une période, le plus ancien utilisé"
        " d’abord.",
        "rollover.all": "Tout le temps non utilisé est reporté, le plus ancien utilisé d’abord.",
        "rollover.total": "Le report ne dépasse jamais {minutes}.",
        "rollover.deficit": "Le temps utilisé au-delà du forfait est déduit de la période suivante.",
        "lots.periods": "Validité du temps reporté : {count}.",
        "lots.date": "Le temps reporté est utilisable jusqu’au {day}.",
        "lots.term": "Le temps reporté est utilisable jusqu’à la fin de la durée convenue.",
        "lots.never": "Le temps reporté n’expire pas.",
        "rollover.none.money": "La valeur non utilisée n’est pas reportée.",
        "rollover.percent.money": "Report limité à {percent} de la valeur d’une période, la plus ancienne"
        " utilisée d’abord.",
        "rollover.all.money": "Toute la valeur non utilisée est reportée, la plus ancienne utilisée d’abord.",
        "rollover.deficit.money": "La valeur utilisée au-delà du forfait est déduite de la période suivante.",
        "lots.periods.money": "Validité de la valeur reportée : {count}.",
        "lots.date.money": "La valeur reportée est utilisable jusqu’au {day}.",
        "lots.term.money": "La valeur reportée est utilisable jusqu’à la fin de la durée convenue.",
        "lots.never.money": "La valeur reportée n’expire pas.",
        "rollover.none.sessions": "Les séances non utilisées ne sont pas reportées.",
        "rollover.percent.sessions": "Report limité à {percent} des séances d’une période, les plus anciennes"
        " utilisées d’abord.",
        "rollover.all.sessions": "Toutes les séances non utilisées sont reportées, les plus anciennes"
        " utilisées d’abord.",
        "rollover.deficit.sessions": "Les séances au-delà du forfait sont déduites de la période suivante.",
        "lots.periods.sessions": "Validité des séances reportées : {count}.",
        "lots.date.sessions": "Les séances reportées sont utilisables jusqu’au {day}.",
        "lots.term.sessions": "Les séances reportées sont utilisables jusqu’à la fin de la durée convenue.",
        "lots.never.sessions": "Les séances reportées n’expirent pas.",
        "overage.bill": "Au-delà, {rate} de l’heure, facturé avec la période suivante.",
        "overage.ask": "Au-delà, {rate} de l’heure, si les deux parties sont d’accord ; décidé à chaque"
        " période.",
        "overage.bill.free": "Le travail au-delà n’est pas facturé ; aucun prix n’est convenu.",
        "overage.ask.free": "Aucun prix n’est convenu pour le travail au-delà ; décidé à chaque période.",
        "overage.absorb": "Le travail au-delà n’est pas facturé.",
        "overage.carry": "Le travail au-delà est reporté sur la période suivante.",
        "stub.actual_days": "Une période incomplète coûte sa part des jours.",
        "stub.fixed_30": "Une période incomplète coûte sa part d’un mois de 30 jours.",
        "stub.full": "Une période incomplète coûte le forfait entier.",
        "stub.skip_stub": "Une période incomplète est gratuite.",
        "stub.merge_stub": "Une période incomplète au début est facturée avec la première période complète.",
        "term.open": "Aucune fin n’est convenue.",
        "term.ends": "Prend fin le {day}.",
        "term.renews": "Renouvelé le {day} pour {months}, sauf si une partie résilie au plus tard le"
        " {deadline} (préavis : {notice}).",
        "term.renews_free": "Renouvelé le {day} pour {months}, sauf si une partie résilie avant.",
        "term.committed": "Convenu jusqu’au {day}.",
        "term.rolling": "Se poursuit ensuite jusqu’à ce qu’une partie résilie (préavis : {notice}).",
        "term.rolling_free": "Se poursuit ensuite jusqu’à ce qu’une partie résilie.",
        "rise": "Le forfait change alors de {percent} et passe à {fee}, à annoncer au plus tard le"
        " {announced}.",
        "notice.us": "Nous avons résilié le {day}.",
        "notice.them": "Le client a résilié le {day}.",
        "notice.somebody": "La résiliation a été donnée le {day}.",
        "pause.free.freeze": "Pause du {start} au {last} sans forfait ; ce qui est reporté ne vieillit pas.",
        "pause.free.age": "Pause du {start} au {last} sans forfait ; ce qui est reporté vieillit.",
        "pause.paid.freeze": "Pause du {start} au {last} au forfait entier ; ce qui est reporté ne vieillit"
        " pas.",
        "pause.paid.age": "Pause du {start} au {last} au forfait entier ; ce qui est reporté vieillit.",
        "plan.next": "À partir du {day} : {fee} {every}.",
        "settled": "Ce qui précède le {day} a été réglé ailleurs.",
    },
    write=written_in_french,
)
