"""The letters of the default steps of dunning in every language of the documents.

Placeholders in braces are filled in by the document: {number} of the invoice or invoices, {amount} to pay
in all, {due} the earliest due date, {days} past it, {deadline} of this letter, {name} of the account.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class LetterWords:
    """Title and text of a letter; an empty line in the text begins a paragraph."""

    title: str
    body: str


DEFAULT_WORDS = {
    "reminder": {
        "en": LetterWords(
            "Payment reminder",
            "This may have slipped by: {amount} was due on {due}. Please pay by {deadline}.\n\n"
            "If your payment has crossed this letter, thank you, and please disregard it.",
        ),
        "de": LetterWords(
            "Zahlungserinnerung",
            "Vielleicht ist es untergegangen: {amount} war am {due} fällig. Bitte zahlen Sie bis "
            "{deadline}.\n\n"
            "Falls sich Ihre Zahlung mit diesem Schreiben gekreuzt hat, danken wir Ihnen; es ist dann "
            "gegenstandslos.",
        ),
        "fr": LetterWords(
            "Rappel de paiement",
            "Sauf erreur de notre part, la somme de {amount}, échue le {due}, reste à régler. Merci de la "
            "régler avant le {deadline}.\n\n"
            "Si votre règlement a croisé ce courrier, nous vous en remercions et vous prions de ne pas en "
            "tenir compte.",
        ),
        "es": LetterWords(
            "Recordatorio de pago",
            "Quizá se les haya pasado: el importe de {amount} venció el {due}. Les rogamos que lo abonen "
            "antes del {deadline}.\n\n"
            "Si su pago se ha cruzado con esta carta, les damos las gracias y les pedimos que no la tengan "
            "en cuenta.",
        ),
    },
    "first_notice": {
        "en": LetterWords(
            "First notice of late payment",
            "We have not received {amount}, due on {due} and now {days} days late. Please pay by {deadline}, "
            "or tell us what stands in the way.",
        ),
        "de": LetterWords(
            "Erste Mahnung",
            "{amount}, fällig am {due} und seit {days} Tagen überfällig, ist noch nicht eingegangen. Bitte "
            "zahlen Sie bis {deadline}, oder sagen Sie uns, was dem entgegensteht.",
        ),
        "fr": LetterWords(
            "Première relance",
            "Nous n’avons pas reçu la somme de {amount}, échue le {due}, soit {days} jours de retard. Merci "
            "de la régler avant le {deadline} ou de nous faire savoir ce qui s’y oppose.",
        ),
        "es": LetterWords(
            "Primer aviso de impago",
            "No hemos recibido {amount}, con vencimiento el {due}, que acumula {days} días de retraso. Les "
            "rogamos que paguen antes del {deadline} o nos digan qué lo impide.",
        ),
    },
    "second_notice": {
        "en": LetterWords(
            "Second notice of late payment",
            "Despite our letters, what was due on {due} is not paid. With what the law grants us for late "
            "payment, {amount} is now due. Please pay by {deadline}.",
        ),
        "de": LetterWords(
            "Zweite Mahnung",
            "Trotz unserer Schreiben ist der am {due} fällige Betrag nicht bezahlt. Mit dem, was uns bei "
            "Verzug gesetzlich zusteht, sind nun {amount} zu zahlen. Bitte zahlen Sie bis {deadline}.",
        ),
        "fr": LetterWords(
            "Deuxième relance",
            "Malgré nos courriers, la somme échue le {due} reste impayée. Avec les pénalités de retard et "
            "l’indemnité prévues par la loi, {amount} sont désormais dus. Merci de régler avant le "
            "{deadline}.",
        ),
        "es": LetterWords(
            "Segundo aviso de impago",
            "Pese a nuestras cartas, el importe que venció el {due} sigue sin pagarse. Con lo que la ley nos "
            "reconoce por la mora, el total asciende a {amount}. Les rogamos que paguen antes del "
            "{deadline}.",
        ),
    },
    "final_notice": {
        "en": LetterWords(
            "Final notice before further steps",
            "{amount} is still unpaid, {days} days after it was due. Unless it reaches us by {deadline}, we "
            "will pause our work and take the steps the law offers, without writing again.",
        ),
        "de": LetterWords(
            "Letzte Mahnung",
            "{amount} sind {days} Tage nach Fälligkeit noch nicht bezahlt. Geht der Betrag nicht bis "
            "{deadline} ein, unterbrechen wir unsere Arbeit und gehen ohne weitere Ankündigung die "
            "gesetzlichen Schritte.",
        ),
        "fr": LetterWords(
            "Mise en demeure",
            "La somme de {amount} reste impayée {days} jours après son échéance. À défaut de règlement avant "
            "le {deadline}, nous suspendrons nos prestations et engagerons sans autre avis les démarches "
            "prévues par la loi. Le présent courrier vaut mise en demeure.",
        ),
        "es": LetterWords(
            "Último aviso antes de otras medidas",
            "{amount} siguen sin pagarse {days} días después del vencimiento. Si no los recibimos antes del "
            "{deadline}, suspenderemos nuestro trabajo y tomaremos sin más aviso las medidas que prevé la "
            "ley.",
        ),
    },
}
