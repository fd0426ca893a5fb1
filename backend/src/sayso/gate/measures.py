"""Units of measure and numbers in words.

A unit belongs to a dimension and is worth so many of its smallest; values are compared within a dimension only.
"""

import re
from dataclasses import dataclass

_TABLE: tuple[tuple[str, float, str], ...] = (
    ("time", 1e-6, "µs microsecond|microseconds"),
    ("time", 1e-3, "ms msec millisecond|milliseconds"),
    ("time", 1, "s sec secs second|seconds"),
    ("time", 60, "min mins minute|minutes"),
    ("time", 3_600, "h hr hrs hour|hours"),
    ("time", 86_400, "day|days night|nights"),
    ("time", 604_800, "week|weeks"),
    ("time", 2_629_800, "month|months"),
    ("time", 31_557_600, "year|years yr yrs"),
    ("time", 315_576_000, "decade|decades"),
    ("time", 3_155_760_000, "century|centuries"),
    ("length", 1e-3, "mm millimetre|millimetres millimeter|millimeters"),
    ("length", 1e-2, "cm centimetre|centimetres centimeter|centimeters"),
    ("length", 1, "m metre|metres meter|meters"),
    ("length", 1e3, "km kilometre|kilometres kilometer|kilometers"),
    ("length", 0.0254, "inch|inches"),
    ("length", 0.3048, "ft foot|feet"),
    ("length", 0.9144, "yd yard|yards"),
    ("length", 1_609.344, "mile|miles"),
    ("length", 1_852, "nmi"),
    ("area", 1, "m2 m² sqm"),
    ("area", 1e4, "ha hectare|hectares"),
    ("area", 4_046.856, "acre|acres"),
    ("area", 1e6, "km2 km²"),
    ("volume", 1e-3, "ml millilitre|millilitres milliliter|milliliters"),
    ("volume", 1e-2, "cl centilitre|centilitres"),
    ("volume", 1, "l litre|litres liter|liters"),
    ("volume", 1e2, "hectolitre|hectolitres"),
    ("volume", 1e3, "m3 m³"),
    ("volume", 4.546, "gallon|gallons"),
    ("mass", 1e-6, "mcg µg microgram|micrograms"),
    ("mass", 1e-3, "mg milligram|milligrams"),
    ("mass", 1, "g gram|grams gramme|grammes"),
    ("mass", 1e3, "kg kilo|kilos kilogram|kilograms kilogramme|kilogrammes"),
    ("mass", 1e6, "t tonne|tonnes ton|tons"),
    ("mass", 28.3495, "oz ounce|ounces"),
    ("mass", 453.592, "lb lbs"),
    ("mass", 6_350.29, "stone"),
    ("bytes", 1 / 8, "bit|bits"),
    ("bytes", 1, "byte|bytes"),
    ("bytes", 1024, "kb kib kilobyte|kilobytes"),
    ("bytes", 1024**2, "mb mib megabyte|megabytes"),
    ("bytes", 1024**3, "gb gib gigabyte|gigabytes"),
    ("bytes", 1024**4, "tb tib terabyte|terabytes"),
    ("bytes", 1024**5, "pb pib petabyte|petabytes"),
    ("power", 1, "w watt|watts"),
    ("power", 1e3, "kw kilowatt|kilowatts"),
    ("power", 1e6, "mw megawatt|megawatts"),
    ("power", 1e9, "gw gigawatt|gigawatts"),
    ("power", 735.5, "hp horsepower"),
    ("energy", 1, "wh"),
    ("energy", 1e3, "kwh kilowatt-hour|kilowatt-hours"),
    ("energy", 1e6, "mwh megawatt-hour|megawatt-hours"),
    ("energy", 1e9, "gwh gigawatt-hour|gigawatt-hours"),
    ("heat", 1, "cal calorie|calories"),
    ("heat", 1e3, "kcal kilocalorie|kilocalories"),
    ("voltage", 1, "v volt|volts"),
    ("voltage", 1e-3, "mv millivolt|millivolts"),
    ("voltage", 1e3, "kv kilovolt|kilovolts"),
    ("current", 1, "amp|amps ampere|amperes"),
    ("current", 1e-3, "ma milliamp|milliamps milliampere|milliamperes"),
    ("charge", 1, "mah"),
    ("frequency", 1, "hz hertz"),
    ("frequency", 1e3, "khz kilohertz"),
    ("frequency", 1e6, "mhz megahertz"),
    ("frequency", 1e9, "ghz gigahertz"),
    ("pressure", 1, "bar|bars"),
    ("pressure", 0.0689476, "psi"),
    ("pressure", 1e-3, "mbar hpa"),
    ("pressure", 1e-2, "kpa"),
    ("loudness", 1, "db decibel|decibels"),
    ("speed", 1, "km/h kmh kph"),
    ("speed", 1.609344, "mph"),
    ("speed", 3.6, "m/s"),
    ("speed", 1.852, "knot|knots"),
    ("percent", 1, "% percent"),
    ("percent", 0.1, "‰"),
    ("resolution", 1, "dpi"),
    ("resolution of a picture", 1, "pixel|pixels megapixel|megapixels"),
    ("money eur", 1, "eur euro|euros"),
    ("money usd", 1, "usd dollar|dollars"),
    ("money gbp", 1, "gbp pound|pounds"),
    ("money chf", 1, "chf franc|francs"),
    ("money sek", 1, "sek krona|kronor"),
    ("money jpy", 1, "jpy yen"),
    ("money inr", 1, "inr rupee|rupees"),
    ("money cent", 1, "cent|cents"),
    ("money penny", 1, "penny|pence"),
)
_WORDED = {
    "per cent": ("percent", 1.0),
    "percentage points": ("points of percent", 1.0),
    "square metres": ("area", 1.0),
    "square meters": ("area", 1.0),
    "square kilometres": ("area", 1e6),
    "square kilometers": ("area", 1e6),
    "square miles": ("area", 2_589_988.0),
    "square feet": ("area", 0.092903),
    "cubic metres": ("volume", 1e3),
    "cubic meters": ("volume", 1e3),
    "nautical miles": ("length", 1_852.0),
    "degrees celsius": ("temperature", 1.0),
    "degrees centigrade": ("temperature", 1.0),
    "degrees fahrenheit": ("fahrenheit", 1.0),
    "degrees": ("temperature", 1.0),
    "degree": ("temperature", 1.0),
    "°c": ("temperature", 1.0),
    "°f": ("fahrenheit", 1.0),
    "° c": ("temperature", 1.0),
    "° f": ("fahrenheit", 1.0),
    "°": ("temperature", 1.0),
    "km per hour": ("speed", 1.0),
    "kilometres per hour": ("speed", 1.0),
    "kilometers per hour": ("speed", 1.0),
    "kilometres an hour": ("speed", 1.0),
    "miles per hour": ("speed", 1.609344),
    "miles an hour": ("speed", 1.609344),
    "metres per second": ("speed", 3.6),
    "meters per second": ("speed", 3.6),
}
UNITS: dict[str, tuple[str, float]] = {
    spelling: (dimension, factor)
    for dimension, factor, spellings in _TABLE
    for spelling in spellings.replace("|", " ").split()
} | _WORDED
"""Lower-case spellings to a dimension and how many of its smallest each is."""
CURRENCIES = {"€": "money eur", "$": "money usd", "£": "money gbp", "¥": "money jpy", "₹": "money inr"}
UNIT = "|".join(re.escape(each).replace(r"\ ", r"\s") for each in sorted(UNITS, key=len, reverse=True))

_ONES = (
    "zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve",
    "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen",
)  # fmt: skip
_TENS = ("twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")
_SPELLED = {word: float(at) for at, word in enumerate(_ONES)} | {
    word: float(10 * at) for at, word in enumerate(_TENS, start=2)
}
_SCALES = {"dozen": 12.0, "hundred": 1e2, "thousand": 1e3, "million": 1e6, "billion": 1e9, "trillion": 1e12}
NUMBER_WORD = "|".join([*_SPELLED, *_SCALES])
_SHORT = {"k": 1e3, "mn": 1e6, "mio": 1e6, "bn": 1e9}
_SMALL = "|".join(sorted(_SPELLED, key=len, reverse=True))
_LARGE = "|".join(_SCALES)
_DIGITS = r"\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?"
_IN_WORDS = (
    rf"(?:half\san?|an?)\s(?:{_LARGE})\b|(?:{_SMALL})\b(?:[\s-](?:and\s)?(?:{_SMALL}|{_LARGE})\b)*"
    rf"|(?:{_LARGE})\b(?:[\s-](?:and\s)?(?:{_SMALL}|{_LARGE})\b)*"
)
_SCALE = rf"(?:\s?(?:{'|'.join(_SHORT)})\b|\s(?:{_LARGE})\b)*(?:\s?½|\sand\sa\shalf)?"
AMOUNT = rf"(?:[-−](?=\d))?(?:{_DIGITS}){_SCALE}|{_IN_WORDS}"
"""A number in digits or in words, with its scale."""
_PARTS = re.compile(r"[-−]?\d[\d,.]*|½|[a-z]+")


@dataclass(frozen=True)
class Amount:
    value: float
    step: float
    """What its last digit that is told counts: 1 of "12", 0.1 of "1.5", 1,000 of "14,000" and of "14 thousand"."""


def amount(text: str) -> Amount:
    """The number that `text`, matched by `AMOUNT`, is."""
    total = value = 0.0
    step = 0.0
    for part in _PARTS.findall(text.lower()):
        if part[-1].isdigit():
            plain = part.replace(",", "").replace("−", "-")
            value = float(plain)
            step = _step(plain)
        elif part == "½" or part == "half":
            value, step = value + 0.5, 0.2
        elif part in _SPELLED:
            value += _SPELLED[part]
            step = 1.0 if not step or value % 10 else step
        elif scale := _SCALES.get(part) or _SHORT.get(part):
            value, step = (value or 1.0) * scale, (step or 1.0) * scale
            if scale >= 1e3:
                total, value = total + value, 0.0
    return Amount(total + value, step or 1.0)


def _step(digits: str) -> float:
    _, point, decimals = digits.partition(".")
    if point:
        return float(10 ** -len(decimals))
    return float(10 ** (len(digits) - len(digits.rstrip("0")))) if digits.strip("-0") else 1.0
