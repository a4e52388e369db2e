"""The agreement in Spanish: the templates and the way values are written."""

from __future__ import annotations

from retainerdesk.domain.period import CadenceUnit
from retainerdesk.domain.sentence import Language, Value
from retainerdesk.domain.value_forms import ValueForms

_FORMS = ValueForms(
    thousands=".",
    day="%d/%m/%Y",
    hours="h",
    minutes="min",
    counted={
        "day": ("día", "días"),
        "week": ("semana", "semanas"),
        "month": ("mes", "meses"),
        "year": ("año", "años"),
        "period": ("periodo", "periodos"),
        "session": ("sesión", "sesiones"),
    },
    cadences={
        (CadenceUnit.DAY, 1): "al día",
        (CadenceUnit.WEEK, 1): "a la semana",
        (CadenceUnit.MONTH, 1): "al mes",
        (CadenceUnit.YEAR, 1): "al año",
        (CadenceUnit.MONTH, 3): "al trimestre",
        (CadenceUnit.MONTH, 6): "al semestre",
    },
    each=dict.fromkeys(CadenceUnit, "cada"),
)


def written_in_spanish(value: Value) -> str:
    """A value in Spanish: 3.000,00 EUR · 02/12/2026 · al mes · 60 días · 3 % · 20 h · 2 periodos."""
    return _FORMS.write(value)


SPANISH = Language(
    templates={
        "fee.advance": "{fee} {every} desde el {start}, facturado por adelantado.",
        "fee.arrears": "{fee} {every} desde el {start}, facturado a periodo vencido.",
        "hours.none": "No se han acordado horas.",
        "hours.bill": "Cada hora cuesta {rate}, facturada con el periodo siguiente.",
        "hours.ask": "Cada hora cuesta {rate}, si ambas partes están de acuerdo; se decide en cada periodo.",
        "value": "Incluye trabajo por valor de {amount} {every}, a {rate} la hora.",
        "value.bill": "El trabajo adicional se factura con el periodo siguiente.",
        "value.ask": "El trabajo adicional se factura si ambas partes están de acuerdo; se decide en cada"
        " periodo.",
        "value.absorb": "El trabajo adicional no se factura.",
        "value.carry": "El trabajo adicional pasa al periodo siguiente.",
        "sessions": "Incluye {count} {every}, una por llamada.",
        "session.bill": "Cada sesión adicional cuesta {rate}, facturada con el periodo siguiente.",
        "session.ask": "Cada sesión adicional cuesta {rate}, si ambas partes están de acuerdo; se decide en"
        " cada periodo.",
        "session.bill.free": "Las sesiones adicionales no se facturan; no se ha acordado ningún precio.",
        "session.ask.free": "No se ha acordado precio para las sesiones adicionales; se decide en cada"
        " periodo.",
        "session.absorb": "Las sesiones adicionales no se facturan.",
        "session.carry": "Las sesiones adicionales pasan al periodo siguiente.",
        "hours": "Tiempo incluido: {minutes} {every}.",
        "rollover.none": "El tiempo no utilizado no se acumula.",
        "rollover.cap": "Se acumulan como máximo {minutes} por periodo; se usa primero lo más antiguo.",
        "rollover.percent": "Se acumula como máximo el {percent} del tiempo de un periodo; se usa primero lo"
        " más antiguo.",
        "rollover.all": "Todo el tiempo no utilizado se acumula; se usa primero lo más antiguo.",
        "rollover.total": "Lo acumulado nunca supera {minutes}.",
        "rollover.deficit": "El tiempo usado de más se descuenta del periodo siguiente.",
        "lots.periods": "Validez del tiempo acumulado: {count}.",
        "lots.date": "El tiempo acumulado se puede usar hasta el {day}.",
        "lots.term": "El tiempo acumulado se puede usar hasta el final de la duración acordada.",
        "lots.never": "El tiempo acumulado no caduca.",
        "rollover.none.money": "El valor no utilizado no se acumula.",
        "rollover.percent.money": "Se acumula como máximo el {percent} del valor de un periodo; se usa"
        " primero lo más antiguo.",
        "rollover.all.money": "Todo el valor no utilizado se acumula; se usa primero lo más antiguo.",
        "rollover.deficit.money": "El valor usado de más se descuenta del periodo siguiente.",
        "lots.periods.money": "Validez del valor acumulado: {count}.",
        "lots.date.money": "El valor acumulado se puede usar hasta el {day}.",
        "lots.term.money": "El valor acumulado se puede usar hasta el final de la duración acordada.",
        "lots.never.money": "El valor acumulado no caduca.",
        "rollover.none.sessions": "Las sesiones no utilizadas no se acumulan.",
        "rollover.percent.sessions": "Se acumula como máximo el {percent} de las sesiones de un periodo; se"
        " usan primero las más antiguas.",
        "rollover.all.sessions": "Todas las sesiones no utilizadas se acumulan; se usan primero las más"
        " antiguas.",
        "rollover.deficit.sessions": "Las sesiones de más se descuentan del periodo siguiente.",
        "lots.periods.sessions": "Validez de las sesiones acumuladas: {count}.",
        "lots.date.sessions": "Las sesiones acumuladas se pueden usar hasta el {day}.",
        "lots.term.sessions": "Las sesiones acumuladas se pueden usar hasta el final de la duración"
        " acordada.",
        "lots.never.sessions": "Las sesiones acumuladas no caducan.",
        "overage.bill": "Cada hora adicional cuesta {rate}, facturada con el periodo siguiente.",
        "overage.ask": "Cada hora adicional cuesta {rate}, si ambas partes están de acuerdo; se decide en"
        " cada periodo.",
        "overage.bill.free": "El trabajo adicional no se factura; no se ha acordado ningún precio.",
        "overage.ask.free": "No se ha acordado precio para el trabajo adicional; se decide en cada periodo.",
        "overage.absorb": "El trabajo adicional no se factura.",
        "overage.carry": "El trabajo adicional pasa al periodo siguiente.",
        "stub.actual_days": "Un periodo incompleto cuesta su parte de los días.",
        "stub.fixed_30": "Un periodo incompleto cuesta su parte de un mes de 30 días.",
        "stub.full": "Un periodo incompleto cuesta la cuota entera.",
        "stub.skip_stub": "Un periodo incompleto es gratuito.",
        "stub.merge_stub": "Un periodo incompleto al principio se factura con el primero completo.",
        "term.open": "No se ha acordado un final.",
        "term.ends": "Termina el {day}.",
        "term.renews": "Se renueva el {day} por {months}, salvo que una de las partes lo rescinda a más"
        " tardar el {deadline} (preaviso: {notice}).",
        "term.renews_free": "Se renueva el {day} por {months}, salvo que una de las partes lo rescinda"
        " antes.",
        "term.committed": "Acordado hasta el {day}.",
        "term.rolling": "Después continúa hasta que una de las partes lo rescinda (preaviso: {notice}).",
        "term.rolling_free": "Después continúa hasta que una de las partes lo rescinda.",
        "rise": "La cuota cambia entonces un {percent} y pasa a {fee}, anunciado a más tardar el"
        " {announced}.",
        "notice.us": "Lo rescindimos el {day}.",
        "notice.them": "El cliente lo rescindió el {day}.",
        "notice.somebody": "Se rescindió el {day}.",
        "pause.free.freeze": "Pausa del {start} al {last} sin cuota; lo acumulado no envejece.",
        "pause.free.age": "Pausa del {start} al {last} sin cuota; lo acumulado envejece.",
        "pause.paid.freeze": "Pausa del {start} al {last} con la cuota entera; lo acumulado no envejece.",
        "pause.paid.age": "Pausa del {start} al {last} con la cuota entera; lo acumulado envejece.",
        "plan.next": "A partir del {day}: {fee} {every}.",
        "settled": "Lo anterior al {day} se liquidó por otra vía.",
    },
    write=written_in_spanish,
)
