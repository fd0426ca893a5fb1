"""Commands on findings by their names ("drop f1 and f3", "only f2", "all but f4"), each word of which is known.

What is said of findings in other words is read by what was learned; a command must never be read as its opposite.
"""

from typing import Literal

from sayso.protocol.reading import ReadPoint
from sayso.wishes.shown import Shown
from sayso.wishes.tokens import FINDING, tokens


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


_DROP = _words("""
    drop remove delete discard exclude omit skip strike cut out away raus weg streiche streich entferne lösche supprime
    retire enlève quita elimina borra togli remova tire verwijder schrap
""")
_KEEP = _words("keep use retain behalte behalten nimm garde gardez conserva mantén tieni mantenha houd")
_ONLY = _words("only just nur bloß seulement solo sólo solamente soltanto apenas alleen")
_ALL = _words("everything all anything alles alle tout toutes tous todo todos tutto tutti tudo")
_EXCEPT = _words("but except besides save bar außer sauf salvo excepto tranne exceto menos behalve")
_BESIDE = _words("""
    please the a and or other others for than apart from with , und bitte lass et y e en le les los la las take leave
    get rid of findings finding ones auf bis
""")
_KNOWN = _DROP | _KEEP | _ONLY | _ALL | _EXCEPT | _BESIDE | {FINDING}


def commanded(point: str, shown: Shown) -> list[ReadPoint] | None:
    """What `point` commands; `None` if it is no such command, or names a finding that is not shown."""
    found = tokens(point)
    forms = {each.form for each in found}
    if FINDING not in forms or not forms <= _KNOWN or ("leave" in forms and not _leaves_out(forms)):
        return None
    named = [shown.resolve(point[each.start : each.end]) for each in found if each.form == FINDING]
    ids = [id for each in named if each for id in each.findings]
    if None in named or not ids:
        return None
    dropped, kept, but = bool(forms & _DROP), bool(forms & _KEEP), bool(forms & _ALL and forms & _EXCEPT)
    if dropped and kept:
        return None if forms & (_ALL | _ONLY) else _by_verb(point, shown)
    if forms & (_ALL | _EXCEPT) and not but:
        return None
    if (forms & _ONLY and not but and not dropped) or (but and dropped):
        rest = [each.id for each in shown.findings if each.kind == "evidence" and each.id not in ids]
        stay = [ReadPoint(said=point, field="keep", value=id) for id in ids]
        return stay + [ReadPoint(said=point, field="drop", value=id) for id in rest]
    if (dropped and not but) or (kept and but):
        return [ReadPoint(said=point, field="drop", value=id) for id in ids]
    return None


def is_torn(point: str) -> bool:
    """Whether `point` is a command that drops and keeps."""
    forms = {each.form for each in tokens(point)}
    keeps = bool(forms & _KEEP) or ("leave" in forms and not _leaves_out(forms))
    return FINDING in forms and forms <= _KNOWN and bool(forms & _DROP) and keeps


def drops(text: str) -> bool:
    """Whether `text` has a word that drops findings."""
    return any(each.form in _DROP for each in tokens(text))


def _leaves_out(forms: set[str]) -> bool:
    """Whether "leave" is of "leave out", and not of what stays ("drop f1 and leave f2")."""
    return forms & _DROP == {"out"} and "take" not in forms


def _by_verb(point: str, shown: Shown) -> list[ReadPoint] | None:
    """What each verb commands of the findings behind it ("keep f1, drop f2"); `None` if one stands before all verbs."""
    items: list[ReadPoint] = []
    field: Literal["keep", "drop"] | None = None
    for each in tokens(point):
        if each.form in _DROP | _KEEP:
            field = "drop" if each.form in _DROP else "keep"
        elif each.form == FINDING:
            known = shown.resolve(point[each.start : each.end])
            if field is None or known is None:
                return None
            items += [ReadPoint(said=point, field=field, value=id) for id in known.findings]
    return items
