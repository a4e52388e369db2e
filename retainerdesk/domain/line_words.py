"""The words of invoice lines in the language of the account's documents.

English, German, French and Spanish; another language is added by adding its row. Numbers stay plain
here (minutes as `3 h 30`); amounts and dates are formatted where the document is laid out.
"""

from __future__ import annotations

_WORDS = {
    "en": {
        "fee": "{name}, fee",
        "overage": "{name}, additional hours",
        "overage_detail": "{used} worked, {covered} included",
        "credit": "{name}, credit for the former terms",
        "renewed": "{name}, fee under the new terms",
        "overage_correction": "{name}, correction of additional hours",
        "discount": "Discount {percent} %",
        "included": "{granted} included",
        "included_carried": "{granted} included, {carried} carried over",
        "overage_money": "{name}, work beyond the agreed value",
        "overage_money_detail": "{used} worked, {covered} included",
        "overage_sessions": "{name}, additional sessions",
        "overage_sessions_detail": "{used} sessions, {covered} included",
        "included_sessions": "{granted} sessions included",
        "session": "session",
        "block": "{name}, {amount} in advance",
        "block_sessions": "{amount} sessions",
        "block_until": "usable until {day}",
        "block_refund": "{name}, credit of what was not used",
        "block_refund_detail": "{left} of {amount} left",
        "lots_unused": "{name}, credit of unused time",
        "lots_unused_money": "{name}, credit of unused value",
        "lots_unused_sessions": "{name}, credit of unused sessions",
        "deduction": "Set off: deposit of invoice {number}",
        "deduction_detail": "{net} {currency} net, {tax} {currency} tax",
        "deposit_detail": "to be set against later invoices",
    },
    "de": {
        "fee": "{name}, Pauschale",
        "overage": "{name}, zusätzliche Stunden",
        "overage_detail": "{used} geleistet, {covered} enthalten",
        "credit": "{name}, Gutschrift der bisherigen Konditionen",
        "renewed": "{name}, Pauschale nach neuen Konditionen",
        "overage_correction": "{name}, Korrektur zusätzlicher Stunden",
        "discount": "Rabatt {percent} %",
        "included": "{granted} enthalten",
        "included_carried": "{granted} enthalten, {carried} übertragen",
        "overage_money": "{name}, Arbeit über den vereinbarten Wert hinaus",
        "overage_money_detail": "{used} geleistet, {covered} enthalten",
        "overage_sessions": "{name}, zusätzliche Termine",
        "overage_sessions_detail": "{used} Termine, {covered} enthalten",
        "included_sessions": "{granted} Termine enthalten",
        "session": "Termin",
        "block": "{name}, {amount} im Voraus",
        "block_sessions": "{amount} Termine",
        "block_until": "nutzbar bis {day}",
        "block_refund": "{name}, Gutschrift des nicht Genutzten",
        "block_refund_detail": "{left} von {amount} übrig",
        "lots_unused": "{name}, Gutschrift nicht genutzter Zeit",
        "lots_unused_money": "{name}, Gutschrift nicht genutzten Werts",
        "lots_unused_sessions": "{name}, Gutschrift nicht genutzter Termine",
        "deduction": "Abzüglich Anzahlung aus Rechnung {number}",
        "deduction_detail": "{net} {currency} netto, {tax} {currency} Steuer",
        "deposit_detail": "wird auf spätere Rechnungen angerechnet",
    },
    "fr": {
        "fee": "{name}, forfait",
        "overage": "{name}, heures supplémentaires",
        "overage_detail": "{used} effectuées, {covered} comprises",
        "credit": "{name}, avoir sur les conditions précédentes",
        "renewed": "{name}, forfait aux nouvelles conditions",
        "overage_correction": "{name}, correction des heures supplémentaires",
        "discount": "Remise {percent} %",
        "included": "{granted} comprises",
        "included_carried": "{granted} comprises, {carried} reportées",
        "overage_sessions": "{name}, séances supplémentaires",
        "overage_sessions_detail": "{used} séances, {covered} comprises",
        "overage_money": "{name}, travail au-delà de la valeur convenue",
        "overage_money_detail": "{used} effectuées, {covered} comprises",
        "session": "séance",
        "included_sessions": "{granted} séances comprises",
        "block": "{name}, {amount} d’avance",
        "block_sessions": "{amount} séances",
        "block_until": "utilisable jusqu’au {day}",
        "block_refund": "{name}, avoir sur ce qui n’a pas été utilisé",
        "block_refund_detail": "{left} restant sur {amount}",
        "lots_unused": "{name}, avoir sur le temps non utilisé",
        "lots_unused_money": "{name}, avoir sur la valeur non utilisée",
        "lots_unused_sessions": "{name}, avoir sur les séances non utilisées",
        "deduction": "Acompte déduit, facture {number}",
        "deduction_detail": "{net} {currency} HT, {tax} {currency} de taxe",
        "deposit_detail": "à déduire de factures ultérieures",
    },
    "es": {
        "fee": "{name}, cuota",
        "overage": "{name}, horas adicionales",
        "overage_detail": "{used} trabajadas, {covered} incluidas",
        "credit": "{name}, abono de las condiciones anteriores",
        "renewed": "{name}, cuota con las nuevas condiciones",
        "overage_correction": "{name}, corrección de las horas adicionales",
        "discount": "Descuento {percent} %",
        "included": "{granted} incluidas",
        "included_carried": "{granted} incluidas, {carried} arrastradas",
        "overage_sessions": "{name}, sesiones adicionales",
        "overage_sessions_detail": "{used} sesiones, {covered} incluidas",
        "overage_money": "{name}, trabajo por encima del valor acordado",
        "overage_money_detail": "{used} trabajadas, {covered} incluidas",
        "session": "sesión",
        "included_sessions": "{granted} sesiones incluidas",
        "block": "{name}, {amount} por adelantado",
        "block_sessions": "{amount} sesiones",
        "block_until": "utilizable hasta el {day}",
        "block_refund": "{name}, abono de lo no utilizado",
        "block_refund_detail": "quedan {left} de {amount}",
        "lots_unused": "{name}, abono del tiempo no utilizado",
        "lots_unused_money": "{name}, abono del valor no utilizado",
        "lots_unused_sessions": "{name}, abono de las sesiones no utilizadas",
        "deduction": "Anticipo deducido de la factura {number}",
        "deduction_detail": "{net} {currency} de base, {tax} {currency} de impuesto",
        "deposit_detail": "se deducirá de facturas posteriores",
    },
}


def line_words(key: str, locale: str, **values: str) -> str:
    """The line text `key` in the language of `locale` (English where there is none)."""
    table = _WORDS.get(locale.replace("-", "_").split("_")[0], _WORDS["en"])
    return table[key].format_map(values)


def duration_words(minutes: int) -> str:
    """Minutes as people write them: 1110 is "18 h 30", 45 is "45 min", 120 is "2 h"."""
    sign = "\u2212" if minutes < 0 else ""
    hours, rest = divmod(abs(minutes), 60)
    if not hours:
        return f"{sign}{rest} min"
    return f"{sign}{hours} h {rest:02}" if rest else f"{sign}{hours} h"
