"""What the directives of docutils and Sphinx hold, by their names; those of no list hold prose."""

from sayso.research.readers.outline import names

ADMONITIONS = names("note warning tip important caution attention danger error hint seealso todo")
VERSIONS = {
    "versionadded": "Added in version",
    "versionchanged": "Changed in version",
    "versionremoved": "Removed in version",
    "deprecated": "Deprecated since version",
}
TITLED = names("admonition topic sidebar rubric dropdown details collapse tab tab-item card grid-item-card")
DESCRIBED = names(
    "function method class attribute data module exception option describe cmdoption envvar property decorator "
    "decoratormethod classmethod staticmethod coroutinefunction coroutinemethod macro type struct union enum "
    "enumerator member var object opcode pdbcommand confval setting directive program"
)
CODE = names(
    "sourcecode parsed-literal math productionlist doctest testcode testoutput testsetup testcleanup ipython prompt "
    "graphviz digraph graph mermaid uml plantuml"
)
DROPPED = names(
    "toctree raw include literalinclude index contents meta image highlight default-role role tabularcolumns "
    "currentmodule sectnum target-notes title header footer"
)
