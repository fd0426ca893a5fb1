"""What a translation keeps, in the languages in which it can be told: numbers in words, units, days and months, and
words that deny. Each by the sign that stands for it in all of them."""

import re
from functools import lru_cache

_DENYING = {
    "en": "not no none nobody nothing nowhere never neither nor without cannot n't",
    "de": "nicht kein keine keinen keinem keiner keines nie niemals nichts niemand niemanden nirgends weder noch ohne",
    "fr": "pas jamais rien aucun aucune personne nulle ni sans",
    "es": "no nunca jamás nada nadie ningún ninguno ninguna ni sin tampoco",
    "it": "non mai nulla niente nessun nessuno nessuna né senza neanche nemmeno",
    "pt": "não nunca jamais nada ninguém nenhum nenhuma nem sem tampouco",
    "nl": "niet geen nooit niets niemand nergens noch zonder",
}
"""Of German and English "weder ... noch" and "neither ... nor", the second is as good as the first."""
_PAIRED = {"en": ("neither", "nor"), "de": ("weder", "noch"), "nl": ("noch", "noch"), "fr": ("ni", "ni")}

_NUMBERS = {
    "en": "two three four five six seven eight nine ten eleven twelve",
    "de": "zwei drei vier fünf sechs sieben acht neun zehn elf zwölf",
    "fr": "deux trois quatre cinq six sept huit neuf dix onze douze",
    "es": "dos tres cuatro cinco seis siete ocho nueve diez once doce",
    "it": "due tre quattro cinque sei sette otto nove dieci undici dodici",
    "pt": "dois três quatro cinco seis sete oito nove dez onze doze",
    "nl": "twee drie vier vijf zes zeven acht negen tien elf twaalf",
}
"""From two on: a word for one is an article too."""
_MORE_NUMBERS = {
    "en": "twenty=20 thirty=30 forty=40 fifty=50 sixty=60 seventy=70 eighty=80 ninety=90 twice=2 both=2",
    "de": "zwanzig=20 dreißig=30 vierzig=40 fünfzig=50 sechzig=60 siebzig=70 achtzig=80 neunzig=90 zweimal=2 beide=2",
    "fr": "vingt=20 trente=30 quarante=40 cinquante=50 soixante=60",
    "es": "veinte=20 treinta=30 cuarenta=40 cincuenta=50 sesenta=60 setenta=70 ochenta=80 noventa=90 ambos=2 ambas=2",
    "it": "venti=20 trenta=30 quaranta=40 cinquanta=50 sessanta=60 settanta=70 ottanta=80 novanta=90",
    "pt": "duas=2 vinte=20 trinta=30 quarenta=40 cinquenta=50 sessenta=60 setenta=70 oitenta=80 noventa=90 ambos=2",
    "nl": "twintig=20 dertig=30 veertig=40 vijftig=50 zestig=60 zeventig=70 tachtig=80 negentig=90 tweemaal=2 beide=2",
}
_UNITS = """
    s: s sec second seconds sekunde sekunden seconde secondes segundo segundos secondo secondi seconden
    min: min minute minutes minuten minuto minutos minuti minuut
    h: h hour hours stunde stunden heure heures hora horas ora ore uur uren
    day: day days tag tage tagen jour jours día días giorno giorni dia dias dag dagen
    week: week weeks woche wochen semaine semaines semana semanas settimana settimane weken
    month: month months monat monate monaten mois mes meses mese mesi mês maand maanden
    year: year years jahr jahre jahren an ans année années año años anno anni ano anos jaar jaren
    km: km kilometre kilometres kilometer kilometers kilometern kilomètre kilomètres kilómetro kilómetros chilometri
    m: m metre metres meter meters metern mètre mètres metro metros metri
    cm: cm centimetre centimetres zentimeter centimètre centimètres centímetro centímetros centimetri centimeter
    mm: mm
    mile: mile miles meile meilen mille milles milla millas miglio miglia milha milhas mijl
    kg: kg kilo kilos kilogram kilograms kilogramm chili
    g: g gram grams gramm gramme grammes gramo gramos grammi grama gramas
    ton: t ton tons tonne tonnes tonnen tonelada toneladas tonnellate
    l: l litre litres liter liters litern litro litros litri
    gallon: gallon gallons gallonen galón galones galloni galões
    percent: % percent prozent pourcent procent
    byte: byte bytes octet octets
    kb: kb
    mb: mb mo
    gb: gb go
    tb: tb to
    degree: ° degree degrees grad degré degrés grado grados gradi grau graus graden
    eur: € euro euros
    usd: $ dollar dollars dólar dólares dollari
    thousand: thousand tausend mille mil mila duizend
    million: million millions millionen mio millón millones milione milioni milhão milhões miljoen
    billion: billion billions milliarde milliarden milliard milliards miliardo miliardi bilhão bilhões miljard
    time: times mal fois veces volte vezes keer
"""
_DATES = """
    monday: monday montag lundi lunes lunedì segunda-feira maandag
    tuesday: tuesday dienstag mardi martes martedì terça-feira dinsdag
    wednesday: wednesday mittwoch mercredi miércoles mercoledì quarta-feira woensdag
    thursday: thursday donnerstag jeudi jueves giovedì quinta-feira donderdag
    friday: friday freitag vendredi viernes venerdì sexta-feira vrijdag
    saturday: saturday samstag sonnabend samedi sábado sabato zaterdag
    sunday: sunday sonntag dimanche domingo domenica zondag
    january: january januar janvier enero gennaio janeiro januari
    february: february februar février febrero febbraio fevereiro februari
    march: march märz mars marzo março maart
    may: may mai mayo maggio maio mei
    april: april avril abril aprile
    june: june juni juin junio giugno junho
    july: july juli juillet julio luglio julho
    august: august août agosto augustus
    september: september septembre septiembre settembre setembro
    october: october oktober octobre octubre ottobre outubro
    november: november novembre noviembre novembro
    december: december dezember décembre diciembre dicembre dezembro
"""
LANGUAGES = frozenset(_DENYING)
"""Those of which all this is known."""


def _table(lines: str) -> dict[str, str]:
    rows = (line.split(":", 1) for line in lines.strip().splitlines())
    return {word: sign.strip() for sign, words in rows for word in words.split()}


UNITS, DATES = _table(_UNITS), _table(_DATES)


@lru_cache
def numbers_in_words(language: str) -> dict[str, str]:
    """Words for numbers, and the number in digits."""
    more = (pair.split("=") for pair in _MORE_NUMBERS[language].split())
    return {word: str(at) for at, word in enumerate(_NUMBERS[language].split(), start=2)} | dict(more)


def dated(word: str, language: str) -> str:
    """The day or month that a word names, if it does: "May" and "March" have a capital in English, and "mai" says
    "never" in Italian."""
    lower = word.casefold()
    other = (language == "en" and lower in ("march", "may") and word.islower()) or (language == "it" and lower == "mai")
    return "" if other else DATES.get(lower, "")


def denials(words: list[str], language: str) -> int:
    """How often it is denied in `words` (in lower case); the two halves of "neither ... nor" count once."""
    denying = set(_DENYING[language].split())
    found = [word for word in words if word in denying or (language == "en" and word.endswith(("n't", "n’t")))]
    first, second = _PAIRED.get(language, ("", ""))
    halves = found.count(second) if first in found and first != second else max(0, found.count(first) - 1)
    return len(found) - (halves if first in found else 0)


def digits(number: str, language: str) -> frozenset[str]:
    """What a number as it is written may be: "1,000" is 1000 in English; "1.000" elsewhere, or a version there."""
    if language == "en":
        return frozenset({number.replace(",", "")})
    grouped = re.fullmatch(r"\d{1,3}(?:[.\s  ]\d{3})+(?:,\d+)?", number)
    whole = {re.sub(r"[.\s  ]", "", number).replace(",", ".")} if grouped else set()
    return frozenset({number.replace(",", "."), *whole})
