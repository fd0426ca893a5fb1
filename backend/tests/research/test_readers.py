"""What each format becomes: titles, headings, pages, and prose that reads well as a quote."""

from textwrap import dedent
from time import process_time

import pytest
import typst
from hypothesis import given
from hypothesis import strategies as st

from report.small_documents import pdf as printed
from research.office_files import pdf, word
from sayso.language.statements import statements
from sayso.research.formats import SUFFIXES, Unreadable
from sayso.research.library.documents import READERS, ExtractedDocument, extract


def passages(document: ExtractedDocument) -> dict[str, str | None]:
    """Text of each passage to its heading path."""
    return {document.text[span.offset : span.offset + span.length]: span.heading for span in document.spans}


def quotable(document: ExtractedDocument) -> str:
    return "\n\n".join(passages(document))


def read(name: str, text: str) -> ExtractedDocument:
    return extract(name, dedent(text).encode())


class TestMarkdown:
    def test_a_table_whose_header_is_empty_has_none(self) -> None:
        document = read("a.md", "| | |\n|---|---|\n| Status | final |\n| Duration | 3 h 42 min |\n")
        assert quotable(document) == "Status | final\nDuration | 3 h 42 min"

    def test_a_term_is_told_with_its_definitions(self) -> None:
        text = "`No key`\n: It is not in the portal.\n: Or it is\nnew.\nOut of memory\n: Ask for more.\n"
        text += "\nLimit\n\n:   Ten jobs.\n"
        assert quotable(read("a.md", text)).split("\n\n") == [
            "No key — It is not in the portal.",
            "No key — Or it is new.",
            "Out of memory — Ask for more.",
            "Limit — Ten jobs.",
        ]

    def test_markup_goes_and_the_words_stay(self) -> None:
        document = read(
            "a.md",
            """\
            # Guide

            Use **bold** and *soft* words, `code()`, a [link](https://x.test/a_b) and ![a picture](p.png)
            over two lines.[^1] It costs 2 * 3 * 4 <br/> units; a < b stays, and so does `<Link>`.

            <AppOnly>

            Inside a component with {/* a comment */} **markup**.

            </AppOnly>
            """,
        )
        assert document.title == "Guide"
        assert quotable(document) == (
            "Use bold and soft words, code(), a link and over two lines. It costs 2 * 3 * 4 units; a < b stays, "
            "and so does <Link>.\n\nInside a component with markup."
        )

    def test_the_front_matter_gives_the_title_and_no_text(self) -> None:
        document = read(
            "a.mdx", '---\ntitle: "use cache"\nrelated:\n  - x\n---\nimport A from "a"\n\nSome prose here.\n'
        )
        assert (document.title, document.text) == ("use cache", "Some prose here.")

    def test_headings_make_a_path(self) -> None:
        document = read("a.md", "# T\n\nOne.\n\n## A `b` {#id}\n\nTwo.\n\n### C\n\nThree.\n\n## D\n\nFour.\n")
        assert passages(document) == {"One.": None, "Two.": "A b", "Three.": "A b › C", "Four.": "D"}

    def test_code_keeps_its_lines_between_fences_with_its_language(self) -> None:
        code = "```ts\n# not a heading\nlet a = 1\n\n<!-- -->\n```"
        document = read("a.md", f"Before it.\n\n{code}\n\nAfter it.\n")
        assert quotable(document) == f"Before it.\n\n{code}\n\nAfter it."

    def test_lines_that_were_broken_on_purpose_stay_lines(self) -> None:
        document = read("a.md", "Harbour office\nTelephone: 0411 55\nRadio: channel 12\n")
        assert quotable(document) == "Harbour office\nTelephone: 0411 55\nRadio: channel 12"

    def test_lists_and_tables_keep_their_lines(self) -> None:
        document = read(
            "a.md",
            """\
            Parts:

            - one **part**
            - another part
              with more

            3. third
            4. fourth

            | Option | What it does | n |
            | --- | --- | --- |
            | `a` | Turns the whole thing off at night. | 1 |
            | b | c | 2 |
            """,
        )
        assert quotable(document) == (
            "Parts:\n• one part\n• another part with more\n3) third\n4) fourth\n\n"
            "Option | What it does | n\n--- | --- | ---\na | Turns the whole thing off at night. | 1\nb | c | 2"
        )

    def test_a_page_with_nothing_but_a_title_is_a_document(self) -> None:
        document = read("a.md", "---\ntitle: Elsewhere\nsource: app/elsewhere\n---\n\n{/* DO NOT EDIT. */}\n")
        assert (document.title, document.text, document.passages) == ("Elsewhere", "", [])

    @pytest.mark.parametrize("begins", ["<!-- ", "{/* ", "<script> ", "<STYLE> ", "<svg> "])
    def test_what_is_never_closed_is_read_on_and_in_linear_time(self, begins: str) -> None:
        began = process_time()
        document = extract("a.md", f"{begins}It begins.\n\n".encode() * 30_000 + b"The last words.")
        assert process_time() - began < 20
        assert document.text.endswith("The last words.")

    def test_comments_and_scripts_go_and_an_open_one_behind_them_stays(self) -> None:
        document = read("a.md", "One.<!-- no -->\n\n<style>no</style>Two.{/* no */}\n\n<!-- open\n\nThree.")
        assert "no" not in document.text
        assert document.text.startswith("One.\n\nTwo.")
        assert document.text.endswith("Three.")


NESTED = {
    "Bring one of these:": "To join, do this:",
    "a passport": "Bring one of these:",
    "a licence": "Bring one of these:",
    "Pay the fee.": "To join, do this:",
    "Members may, if the warden agrees:": "",
    "cook": "Members may, if the warden agrees:",
    "sing at night": "Members may, if the warden agrees:",
    "Guests may not stay.": "",
    "Lift it, and so:": "Steps come one by one:",
    "bend": "Lift it, and so:",
    "Put it down.": "Steps come one by one:",
}
"""What is said in lists within lists, and what leads into it."""


def led(document: ExtractedDocument) -> dict[str, str]:
    text = quotable(document)
    return {each.text: each.led(text) for each in statements(text) if each.kind == "item"}


class TestNestedLists:
    def test_in_markdown(self) -> None:
        text = """\
            # Joining

            To join, do this:

            1. Bring one of these:
               - a passport
               - a licence
            2. Pay the fee.

            All are welcome.

            - Members may, if the warden agrees:
              - cook
              - sing at night
            - Guests may not stay.

            Steps come one by one:

            1. Lift it, and so:
               1. bend
            2. Put it down.
            """
        assert led(read("a.md", text)) == NESTED

    def test_in_html(self) -> None:
        text = """\
            <!DOCTYPE html><html><body><h1>Joining</h1><p>To join, do this:</p>
            <ol><li>Bring one of these:<ul><li>a passport</li><li>a licence</li></ul></li><li>Pay the fee.</li></ol>
            <p>All are welcome.</p>
            <ul><li>Members may, if the warden agrees:<ul><li>cook</li><li>sing at night</li></ul></li>
            <li>Guests may not stay.</li></ul>
            <p>Steps come one by one:</p><ol><li>Lift it, and so:<ol><li>bend</li></ol></li><li>Put it down.</li></ol>
            </body></html>
            """
        assert led(read("a.html", text)) == NESTED

    def test_in_plain_text(self) -> None:
        text = "All are welcome.\n\n- Members may, if asked:\n  - cook\n  - sing\n- Guests may not stay.\n"
        assert led(read("a.txt", text)) == {
            "Members may, if asked:": "",
            "cook": "Members may, if asked:",
            "sing": "Members may, if asked:",
            "Guests may not stay.": "",
        }

    def test_in_word(self) -> None:
        said = [
            ("Normal", "All are welcome."),
            ("List Bullet", "Members may, if the warden agrees:"),
            ("List Bullet 2", "cook"),
            ("List Bullet", "Guests may not stay."),
        ]
        found = led(extract("a.docx", word("Rules", said, [["Who", "What"], ["Ada", "Writes the report"]])))
        assert found["cook"] == "Members may, if the warden agrees:"
        assert not found["Guests may not stay."]


class TestHtml:
    def test_only_the_main_text_is_left(self) -> None:
        document = read(
            "a.html",
            """\
            <!DOCTYPE html><html><head><title>Locks — The Manual</title><style>p { color: red }</style></head><body>
            <div class="navheader"><p>Prev Next</p></div><nav><p>Menu of things.</p></nav>
            <script>var a = "secret";</script>
            <h1>Locks<a class="headerlink" href="#l">¶</a></h1>
            <p>A <code>LOCK</code> is
               held&nbsp;until <em>the</em> end. See <a href="b.html">Deadlocks</a>.</p>
            <h2>Kinds</h2><div class="note"><h3>Note</h3><p>There are two.</p></div>
            <pre>BEGIN;
            COMMIT;</pre>
            <h3>Shared</h3><p>Many can hold it.<p>Nobody waits.
            <ul><li><a href="x">Index</a></li><li><a href="y">Next chapter</a></li></ul>
            <div class="navfooter"><p>Home</p></div></body></html>
            """,
        )
        assert document.title == "Locks"
        assert passages(document) == {
            "A LOCK is held until the end. See Deadlocks.": None,
            "There are two.\n\n```\nBEGIN;\nCOMMIT;\n```": "Kinds",
            "Many can hold it.\n\nNobody waits.": "Kinds › Shared",
        }
        for gone in ("secret", "color", "Menu", "Prev", "Home", "¶"):
            assert gone not in document.text

    def test_a_long_definition_stands_under_its_term(self) -> None:
        long = "It makes the server rewrite the whole table. " * 6
        document = read(
            "a.html",
            f"<h2>Options</h2><dl><dt><code>FULL</code></dt><dd><p>{long}</p></dd><dt>FAST</dt><dd>Is quick.</dd></dl>"
            "<p>After the list.</p>",
        )
        assert passages(document) == {
            f"FULL — {long.strip()}": "Options › FULL",
            "FAST — Is quick.\n\nAfter the list.": "Options",
        }

    def test_lists_and_tables(self) -> None:
        document = read(
            "a.html",
            "<p>Do this:</p><ol><li>Stop it.</li><li><p>Start it.</p></li></ol><ul><li>Or not.</li></ul>"
            "<table><tr><th>Name</th><th>Meaning</th></tr><tr><td>pid</td><td>Process ID of this very backend</td></tr>"
            "<tr><td>1</td><td>2</td></tr></table>",
        )
        assert quotable(document) == (
            "Do this:\n1) Stop it.\n2) Start it.\n• Or not.\n\n"
            "Name | Meaning\n--- | ---\npid | Process ID of this very backend\n1 | 2"
        )

    def test_a_page_in_a_layout_table_is_read(self) -> None:
        document = read("a.html", "<table><tr><td><h1>Old</h1><p>An old page says this.</p></td></tr></table>")
        assert (document.title, quotable(document)) == ("Old", "An old page says this.")

    @pytest.mark.parametrize(
        ("data", "said"),
        [
            ("<p>Größe “x”</p>".encode(), "Größe “x”"),
            ('<meta charset="iso-8859-1"><p>Größe</p>'.encode("latin-1"), "Größe"),
            ("\ufeff<p>Größe</p>".encode(), "Größe"),
            ('<?xml version="1.0" encoding="UTF-8"?><html><body><p>Größe</p></body></html>'.encode(), "Größe"),
        ],
    )
    def test_encodings(self, data: bytes, said: str) -> None:
        assert quotable(extract("a.html", data)) == said

    def test_bombs_stay_small(self) -> None:
        entities = "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 12))
        bomb = f'<!DOCTYPE html [<!ENTITY a0 "lol">{entities}]><html><body><p>&a11;</p></body></html>'
        assert len(extract("a.html", bomb.encode()).text) < 10_000
        assert extract("a.html", b"<p>Shallow.</p>" + b"<div>" * 100_000 + b"<p>Deep.</p>").text.startswith("Shallow.")

    def test_what_sphinx_makes_of_a_page(self) -> None:
        document = read(
            "a.html",
            """\
            <title>Tasks — Python</title><div class="sphinxsidebar"><p>Contents here.</p></div>
            <div role="main"><h1>Tasks<a class="headerlink">¶</a></h1><p>They run side by side, as this page is going to
            tell in all the length that is needed here.</p>
            <div class="admonition"><p class="admonition-title">Note</p><p>Keep a reference.</p></div>
            <p class="rubric">Futures</p><p>They come later.</p><h2>More</h2><p>Is more.</p></div>
            """,
        )
        assert list(passages(document).values()) == [None, "Futures", "More"]
        assert quotable(document).endswith("Keep a reference.\n\nThey come later.\n\nIs more.")
        assert "Note" not in document.text


class TestRst:
    def test_headings_roles_and_directives(self) -> None:
        document = read(
            "a.rst",
            """\
            .. _label:

            =====
            Guide
            =====

            :Author: somebody

            Use :func:`~os.path.join` or ``code``, *soft* and **bold** words, a `link <https://x.test>`_
            and :ref:`the other page <other>`; see `here`_ [1]_ .

            .. a comment
               over two lines

            Usage
            -----

            .. note:: Mind this
               well.

            .. code-block:: python
               :linenos:

               x = 1

            Like so::

               y = 2

            - one
            - two
              more

            Deeper
            ~~~~~~

            .. warning::
               :class: big

               Danger lurks.
            """,
        )
        assert document.title == "Guide"
        assert passages(document) == {
            "Use join or code, soft and bold words, a link and the other page; see here .": None,
            "Mind this well.\n\n```python\nx = 1\n```\n\nLike so:\n\n```\ny = 2\n```\n• one\n• two more": "Usage",
            "Danger lurks.": "Usage › Deeper",
        }
        assert "comment" not in document.text

    def test_a_definition_list_names_its_terms(self) -> None:
        document = read(
            "a.rst", "Parts\n=====\n\nModel\n    What *stands* for\n    a message.\n\nParser\n    What makes it.\n"
        )
        assert quotable(document) == "Model — What stands for a message.\n\nParser — What makes it."

    def test_a_glossary_is_read_term_by_term(self) -> None:
        document = read(
            "a.rst",
            """\
            Glossary
            ========

            .. glossary::
               :sorted:

               epoch
               era
                  A number that :term:`rises <claim>` with each claim.

                  A late writer has a lower one.

               segment : noun
                  The work until the run waits.
            """,
        )
        assert passages(document) == {
            "epoch, era — A number that rises with each claim.\n\nA late writer has a lower one.\n\n"
            "segment — The work until the run waits.": None
        }

    def test_captions_notes_and_substitutions_are_read(self) -> None:
        document = read(
            "a.rst",
            """\
            |product| keeps its log in order [#order]_, see [SMITH99]_. It is |tm| and |icon| safe |unknown|.

            .. figure:: log.png
               :alt: The log

               The log grows at its *end* only.

               Readers start anywhere.

            .. [#order] By sequence number,
               without a gap.
            .. [1] Another footnote says this.
            .. [SMITH99] J. Smith, Logs, 1999.

            .. |product| replace:: Sayso **server**
            .. |tm| unicode:: 0x2122 .. trade mark
            .. |icon| image:: icon.png
               :alt: quite
            """,
        )
        assert quotable(document) == (
            "Sayso server keeps its log in order, see [SMITH99]. It is ™ and quite safe unknown.\n\n"
            "The log grows at its end only.\n\nReaders start anywhere.\n\n"
            "By sequence number, without a gap.\n\nAnother footnote says this.\n\n"
            "SMITH99 — J. Smith, Logs, 1999."
        )
        assert "log.png" not in document.text

    def test_admonitions_and_versions_keep_their_words(self) -> None:
        document = read(
            "a.rst",
            """\
            .. attention:: Look out
               for this.

               And for that.

            .. admonition:: On *trust*

               Trust nobody here.

            .. deprecated:: 3.5 Use the new call instead.
            .. versionchanged:: 3.7

               It waits no more.

            .. versionadded:: 3.8

            .. custom-box::

               Unknown boxes hold prose too.

            .. only:: html

               .. tip::
                  Boxes hold boxes.
            """,
        )
        assert passages(document) == {
            "Look out for this.\n\nAnd for that.": None,
            "Trust nobody here.": "On trust",
            "Deprecated since version 3.5: Use the new call instead.\n\nChanged in version 3.7: It waits no more.\n\n"
            "Added in version 3.8.\n\nUnknown boxes hold prose too.\n\nBoxes hold boxes.": None,
        }

    def test_what_is_described_is_the_heading_of_its_description(self) -> None:
        document = read(
            "a.rst",
            """\
            Calls
            =====

            .. py:function:: open(path, *, mode="r")
                             open(fd)
               :async:

               Opens a file.

               :param str path: where the file is, on
                  this machine
               :returns: the file
               :raises OSError: when there is none

               .. envvar:: OPEN_MODE

                  The mode if none is given.

            Afterwards.
            """,
        )
        assert passages(document) == {
            "Opens a file.\npath — where the file is, on this machine\nreturns — the file\n"
            "OSError — when there is none": 'open(path, *, mode="r"), open(fd)',
            "The mode if none is given.": 'open(path, *, mode="r"), open(fd) › OPEN_MODE',
            "Afterwards.": None,
        }

    def test_definition_and_field_lists(self) -> None:
        document = read(
            "a.rst",
            """\
            :Author: nobody
            :Version: 3

            First words.

            term
               What it means.

               - with a list
            other
               What that means,
               in two lines.

            :Speed: as fast as it goes
            :Size:
               as small as it gets
            """,
        )
        assert quotable(document) == (
            "First words.\n\nterm — What it means.\n• with a list\n\nother — What that means, in two lines.\n"
            "Speed — as fast as it goes\nSize — as small as it gets"
        )
        assert "nobody" not in document.text

    @pytest.mark.parametrize(
        "table",
        [
            """\
            ====  ==========================
            Name  Meaning of the first thing
            ====  ==========================
            pid   Process ID of this very
                  backend

            n     1
            ====  ==========================
            """,
            """\
            +------+----------------------------+
            | Name | Meaning of the first thing |
            +======+============================+
            | pid  | Process ID of this very    |
            |      | backend                    |
            +------+----------------------------+
            | n    | 1                          |
            +------+----------------------------+
            """,
            """\
            .. csv-table:: A table
               :header: Name, Meaning of the first thing

               pid, "Process ID of this very backend"
               n, 1
            """,
            """\
            .. list-table:: A table
               :header-rows: 1

               * - Name
                 - Meaning of the first thing
               * - pid
                 - Process ID of this
                   very *backend*
               * - n
                 - 1
            """,
        ],
        ids=["simple", "grid", "csv", "list"],
    )
    def test_tables_are_rows(self, table: str) -> None:
        document = read("a.rst", "Before.\n\n" + dedent(table) + "\nAfter.\n")
        assert quotable(document) == (
            "Before.\n\nName | Meaning of the first thing\n--- | ---\n"
            "pid | Process ID of this very backend\nn | 1\n\nAfter."
        )

    @pytest.mark.timeout(60)
    def test_nothing_deep_or_repeated_takes_long(self) -> None:
        deep = "\n\n".join(f"{'   ' * at}.. note::" for at in range(1_000)) + f"\n\n{'   ' * 1_000}The bottom.\n"
        assert "The bottom." in quotable(read("a.rst", deep))
        bomb = ".. |a| replace:: " + "x " * 50_000 + "\n\n" + "|a| " * 50_000
        assert len(read("a.rst", bomb).text) < 500_000
        terms = ".. glossary::\n\n" + "   term\n" * 20_000 + "      Meaning.\n"
        assert "Meaning." in read("a.rst", terms).text


class TestText:
    def test_wrapped_lines_are_joined(self) -> None:
        document = read("notes.txt", "Some lines\nthat belong\r\ntogether.\n\nTitle\n-----\nOther.\n\n1. one\n2. two\n")
        assert document.title == "notes"
        assert passages(document) == {"Some lines that belong together.": None, "Other.\n1) one\n2) two": "Title"}

    def test_items_right_below_a_line_are_a_list_and_a_dash_in_a_text_is_none(self) -> None:
        changes = (
            "3.2.0 (2025-08-05)\n  * A new command takes over the records of another machine.\n  * Default raised.\n"
        )
        assert quotable(read("a.txt", changes)) == (
            "3.2.0 (2025-08-05)\n• A new command takes over the records of another machine.\n• Default raised."
        )
        prose = "The bridge is closed from nine to ten\n- as it is every spring -\nfor the boats."
        assert "•" not in quotable(read("a.txt", prose))

    def test_a_line_above_a_list_is_its_name_and_of_nothing_below_it(self) -> None:
        rules = (
            "Rules\n\nHow a bike is checked\n1. Wash it.\n2. Measure the chain, twice if it is long, and note the "
            "figure.\n3. Sign.\n\nThe shop is closed on Mondays.\n\nIt was agreed in\n1. May or so.\n"
        )
        assert passages(read("a.txt", rules)) == {
            "1) Wash it.\n2) Measure the chain, twice if it is long, and note the figure.\n3) Sign.": (
                "How a bike is checked"
            ),
            "The shop is closed on Mondays.\n\nIt was agreed in\n1. May or so.": None,
        }

    def test_names_with_figures_are_a_header_above_measures(self) -> None:
        table = "Item       W740     W740 S\nWeight     71 kg    78 kg\nNoise      72 dB    74 dB\n"
        assert quotable(read("a.txt", table)).splitlines()[:2] == ["Item | W740 | W740 S", "--- | --- | ---"]
        rows = "E10     10 l     5 kg\nE11     12 l     6 kg\n"
        assert "---" not in quotable(read("a.txt", rows))

    def test_lines_numbered_in_order_with_something_below_each_are_headings_of_sections(self) -> None:
        steps = "1 Setting up\n\n1. Level it.\n2. Switch on.\n\n"
        manual = f"{steps}2 Power\n\nUse 12 V.\n\n3 What the lamp tells\n\nRed is low."
        assert passages(read("a.txt", manual)) == {
            "1) Level it.\n2) Switch on.": "1 Setting up",
            "Use 12 V.": "2 Power",
            "Red is low.": "3 What the lamp tells",
        }

    @pytest.mark.parametrize(
        "text",
        [
            "1 Egg goes in\n\n2 Spoons of oil follow\n\n3 Cups of flour follow\n\nStir all of it.",
            "1 Egg goes in\n\nStir.\n\n3 Spoons of oil follow\n\nStir.\n\n4 Cups of flour follow\n\nStir.",
        ],
        ids=["nothing between them", "not in order"],
    )
    def test_other_numbered_lines_are_none(self, text: str) -> None:
        assert {"What is numbered", None} >= set(passages(read("a.txt", f"What is numbered\n\n{text}")).values())

    def test_a_title_and_a_subtitle_name_the_document(self) -> None:
        assert read("a.txt", "HELIOS EQ-4 MOUNT\nShort manual\n\nIt carries 9 kg.").title == "HELIOS EQ-4 MOUNT"
        assert read("a.txt", "Dear Anna\nthank you for the mount.\n\nIt carries 9 kg.").title == "a"

    def test_a_figure_in_one_of_several_rows_makes_no_header_of_the_first(self) -> None:
        lamp = "steady green   tracking\nslow red       battery below 11.4 V\nfast red       blocked\n"
        assert quotable(read("a.txt", lamp)).splitlines()[0] == "steady green | tracking"
        assert "---" not in quotable(read("a.txt", lamp))

    def test_columns_are_a_table(self) -> None:
        document = read(
            "a.txt", "Words first.\n\nname     size     date\nabc      12       2020\nxyz      13       2021\n"
        )
        assert quotable(document) == (
            "Words first.\n\nname | size | date\n--- | --- | ---\nabc | 12 | 2020\nxyz | 13 | 2021"
        )

    def test_facts_whose_names_are_of_different_lengths_are_rows_too(self) -> None:
        document = read("a.txt", "ID:            A-3\nLast updated:  29 August (rev 3)\nFixed in:      4.0.7\n")
        assert quotable(document) == "ID: | A-3\nLast updated: | 29 August (rev 3)\nFixed in: | 4.0.7"

    def test_dots_lead_from_a_name_to_its_figure(self) -> None:
        document = read(
            "a.txt", "1. HALL\n   Opening, width ........ 9.40 m\n   Rake . . . . . none\n   To the ladder ____ 2 m\n"
        )
        assert quotable(document) == "Opening, width | 9.40 m\nRake | none\nTo the ladder | 2 m"
        facts = read("c.txt", "Present ....... Ivy, Tomas\nWaiting list .. by post\nPlots free ..... 3\n")
        assert quotable(facts) == "Present | Ivy, Tomas\nWaiting list .. by post\nPlots free | 3"
        assert "---" not in quotable(read("d.txt", "Present:    Ivy\nPlots free:    3\n"))
        assert quotable(read("b.txt", "Wait ... what?\nOh .... nothing.")) == "Wait ... what?\nOh .... nothing."

    def test_lines_that_were_broken_on_purpose_stay_lines(self) -> None:
        document = read("a.txt", "Harbour office\nTelephone: 0411 55\nRadio: channel 12\n")
        assert quotable(document) == "Harbour office\nTelephone: 0411 55\nRadio: channel 12"

    def test_lines_set_apart_from_what_stands_below_them_are_headings(self) -> None:
        document = read(
            "rules.txt",
            f"{' ' * 20}Rules of the Harbour\n{' ' * 24}Third edition\n\n"
            "  Boats give way.\n\n"
            f"{' ' * 22}Berths\n\n  A berth is let by\nthe year.\n\n"
            "DUES\n\nThey are paid in May.\n\n"
            "Who Pays Less\n\nMembers pay half.\n\n"
            "2.1. Late payment by members of the clubs that are named in the\nannex\n\nThree days are free.\n\n"
            "  3. Lost Property.\n\nIt is kept for a year.\n\n"
            "RULES THAT WERE MADE\n    IN EARLIER YEARS\n\nNone of them holds any more.\n",
        )
        assert document.title == "Rules of the Harbour"
        assert passages(document) == {
            "Boats give way.": None,
            "A berth is let by the year.": "Berths",
            "They are paid in May.": "DUES",
            "Members pay half.": "DUES › Who Pays Less",
            "Three days are free.": "DUES › 2.1. Late payment by members of the clubs that are named in the annex",
            "It is kept for a year.": "3. Lost Property.",
            "None of them holds any more.": "RULES THAT WERE MADE IN EARLIER YEARS",
        }

    def test_what_stands_in_a_drawn_box_is_read_without_it(self) -> None:
        box = "*" * 40 + "".join(
            f"\n*  {line:35} *" for line in ["6. No Warranty", "-" * 14, "", "It is lent as it", "is."]
        )
        document = read("a.txt", f"All is well.\n\n{box}\n{'*' * 40}\n\n| Berth | Price |\n| North | forty |\n")
        assert passages(document) == {
            "All is well.": None,
            "It is lent as it is.\n\n| Berth | Price |\n| North | forty |": "6. No Warranty",
        }

    def test_items_with_letters_are_no_code(self) -> None:
        text = "You must do three things:\n\n    a) Say so\n       at once.\n\n    b) Keep a copy.\n\n    (c) Pay.\n"
        assert quotable(read("a.txt", text)) == (
            "You must do three things:\na) Say so at once.\nb) Keep a copy.\nc) Pay."
        )

    def test_a_number_that_a_line_happens_to_begin_with_begins_no_item(self) -> None:
        text = "a) It must say that it is lent under\n   7. That changes section 4.\nb) Keep it.\n1. Ask.\n2. Pay.\n"
        assert quotable(read("a.txt", text)) == (
            "a) It must say that it is lent under 7. That changes section 4.\nb) Keep it.\n1) Ask.\n2) Pay."
        )

    @pytest.mark.parametrize(
        "line",
        [
            "Opening hours 9 to 5",
            "The canteen is closed on Mondays",
            "Telephone: 0411 55",
            "Members pay half.",
            "1. Lift the lid",
            "2.5 Liter Milch\n3 Eier",
            "2024",
            "3.14",
            "        make install",
        ],
    )
    def test_a_lone_line_that_says_something_stays_a_statement(self, line: str) -> None:
        document = read("notes.txt", f"All is as it was.\n\n{line}\n\nNothing else has changed since then.\n")
        assert set(passages(document).values()) == {None}
        assert line.strip().split()[-1] in quotable(document)

    def test_a_section_ends_where_the_next_number_begins_without_a_title(self) -> None:
        rules = "1. Definitions.\n\nA boat floats.\n\n2. Use. It may be lent.\n\n3. End. It ends in May.\n"
        assert passages(read("a.txt", f"All is well.\n\n{rules}")) == {
            "All is well.": None,
            "A boat floats.": "1. Definitions.",
            "2) Use. It may be lent.\n3) End. It ends in May.": None,
        }
        steps = "1. Launching.\n\nThis is how:\n\n1. Lift it.\n\n2. Push it out.\n\nIt floats.\n"
        assert set(passages(read("a.txt", f"All is well.\n\n{steps}")).values()) == {None, "1. Launching."}

    def test_numbers_right_behind_each_other_are_entries(self) -> None:
        entries = "1.07 The lamp is mended\n\n1.06 The oars are new\n\n"
        assert set(passages(read("a.txt", f"All is well.\n\n{entries}Nobody complains.\n")).values()) == {None}

    def test_a_title_above_what_is_said_in_capitals_is_a_heading(self) -> None:
        document = read("a.txt", "All is well.\n\n  16. Limitation of Liability.\n\n  IN NO EVENT DOES ANYBODY PAY.\n")
        assert passages(document)["IN NO EVENT DOES ANYBODY PAY."] == "16. Limitation of Liability."

    def test_lines_in_capitals_that_nothing_follows_are_no_headings(self) -> None:
        assert quotable(read("a.txt", "All is well.\n\nNO DOGS IN THE HALL\n\nNO BICYCLES\n")).endswith(
            "NO DOGS IN THE HALL\n\nNO BICYCLES"
        )

    def test_a_mail_in_a_thread_stands_under_its_subject_sender_and_date(self) -> None:
        mails = (
            "From: Ada Wilk\nDate: 9 July 2025\nSubject: Pump\n\nThe pump is off.\n\n"
            "---\nVon: Ben Roth\nDatum: 10. Juli 2025\n\nIt is on again.\n\nFrom: here to there it is a mile.\n"
        )
        document = read("a.txt", mails)
        assert passages(document) == {
            "The pump is off.": "Pump — Ada Wilk, 9 July 2025",
            "It is on again.\n\nFrom: here to there it is a mile.": "Ben Roth, 10. Juli 2025",
        }

    @pytest.mark.parametrize("number", ["3.", "TOP 3", "§ 3", "Item 3:"])
    def test_a_numbered_title_right_above_its_text_is_a_heading(self, number: str) -> None:
        told = "There were 31 complaints since November, most about pontoon B.\nThe cause is damp in the old sockets."
        document = read("a.txt", f"All is well.\n\n{number} Shore power\n{told}\n")
        assert passages(document)[" ".join(told.split())] == f"{number} Shore power"
        listed = read("a.txt", f"All is well.\n\n{number} Shore power\n- One is off.\n- Two is on.\n")
        assert passages(listed)["• One is off.\n• Two is on."] == f"{number} Shore power"

    def test_a_numbered_item_that_goes_on_is_no_heading(self) -> None:
        steps = "1. Lift the lid of the pump and put it\naside, then take the old filter out.\n2. Put it in.\n"
        assert set(passages(read("a.txt", f"All is well.\n\n{steps}")).values()) == {None}

    def test_a_row_in_capitals_is_no_heading(self) -> None:
        document = read("a.txt", "Rent       12\n\nTOTAL / (LOSS)        26       (45)\n\nAll of it was paid.\n")
        assert set(passages(document).values()) == {None}

    @pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
    def test_encodings(self, encoding: str) -> None:
        assert extract("a.txt", "Größe “gut”.".encode(encoding)).text == "Größe “gut”."

    @pytest.mark.parametrize("data", [b"\x7fELF\x02\x01\x01\0\0\0", bytes(range(256)) * 4, b"\xff\xfeab\x00\xd8\x00"])
    def test_what_is_no_text_is_refused(self, data: bytes) -> None:
        with pytest.raises(Unreadable, match=r"is not (a text file|valid UTF-16)"):
            extract("a.txt", data)


class TestPdf:
    def test_pages_and_paragraphs(self) -> None:
        data = pdf(
            [
                ["The first page has a sen-", "tence over two lines, and", "more.", "Next one (so it is)."],
                ["On the second page."],
            ],
            title="A Paper",
        )
        document = extract("paper.pdf", data)
        assert document.title == "A Paper"
        assert [(span.page, document.text[span.offset : span.offset + span.length]) for span in document.spans] == [
            (1, "The first page has a sentence over two lines, and more.\n\nNext one (so it is)."),
            (2, "On the second page."),
        ]

    def test_headings_and_bullets_stand_alone(self) -> None:
        lines = [
            "2.1 The syntax",
            "The parser reads one line after the other, and so on and on.",
            "It stops at:",
            "- the end of the file; or",
            "- an error that it cannot get over, whatever it may be, which",
            "is rare.",
        ]
        document = extract("a.pdf", pdf([lines]))
        assert quotable(document) == (
            "The parser reads one line after the other, and so on and on. It stops at:\n- the end of the file; or\n"
            "- an error that it cannot get over, whatever it may be, which is rare."
        )
        assert "2.1 The syntax" in document.text

    def test_lines_of_facts_without_a_full_stop_may_be_quoted(self) -> None:
        lines = [
            "To: Mrs P. Adeyemi, The Old Forge",
            "To pay 1,668.00",
            "VAT 20 % 278.00",
            "Bring your own cup and plate",
        ]
        pages = [[line] for line in lines] + [["0 10 20 30 40 50"], ["Fig"], ["Jan Feb"]]
        document = extract("a.pdf", pdf(pages))
        assert quotable(document).split("\n\n") == lines

    def test_columns_are_a_table_whose_rows_go_on_as_prose_after_it(self) -> None:
        tables = [("Plan", "Price", "Storage"), ("Basic", "4 EUR", "10 GB"), ("Team", "90 EUR", "200 GB")]
        document = extract("a.pdf", printed(["The plans are these.", tables, "They can be cancelled at any time."]))
        assert quotable(document) == (
            "The plans are these.\n\nPlan | Price | Storage\n--- | --- | ---\nBasic | 4 EUR | 10 GB\n"
            "Team | 90 EUR | 200 GB\n\nThey can be cancelled at any time."
        )

    def test_columns_of_prose_are_no_table(self) -> None:
        one = (
            "The left column goes on and on, in lines that are as wide as it is and not one word wider than that. " * 4
        )
        data = typst.compile(f"#set page(columns: 2)\n{one}\n#colbreak()\n{one.replace('left', 'right')}".encode())
        text = quotable(extract("a.pdf", data))
        assert text.split() == f"{one} {one.replace('left', 'right')}".split()

    def test_running_heads_go(self) -> None:
        pages = [["The Annual Report", f"Sentence number {n} says something.", f"Page {n}"] for n in range(1, 7)]
        text = extract("a.pdf", pdf(pages)).text
        assert "Sentence number 3 says something." in text
        assert "Annual" not in text
        assert "Page" not in text

    @pytest.mark.parametrize(
        ("data", "reason"),
        [
            (b"%PDF-1.4 nothing else", r"cannot be read as \.pdf"),
            (pdf([["All is well."]])[:-200], r"cannot be read as \.pdf"),
            (pdf([["A", "B"]], password="secret"), "needs a password"),
            (pdf([[]]), "has no text in it; if it is a scan"),
        ],
    )
    def test_broken_ones_say_what_is_wrong(self, data: bytes, reason: str) -> None:
        with pytest.raises(Unreadable, match=reason):
            extract("a.pdf", data)


class TestDocx:
    def test_headings_lists_and_tables(self) -> None:
        data = word(
            "A Memo",
            [
                ("Heading 1", "Plans"),
                ("Normal", "We plan\nthings."),
                ("Heading 2", "Next year"),
                ("Normal", "More of it:"),
                ("List Bullet", "a lot"),
            ],
            [["Who", "What"], ["Ada", "Writes the whole of the report"]],
        )
        document = extract("memo.docx", data)
        assert document.title == "A Memo"
        assert passages(document) == {
            "We plan things.": "Plans",
            "More of it:\n• a lot\n\nWho | What\nAda | Writes the whole of the report": "Plans › Next year",
        }

    @pytest.mark.parametrize(
        ("rows", "style", "header"),
        [
            ([["Role", "Person"], ["Master", "Anna"], ["Mate", "Bo"]], "Light List", True),
            ([["Role", "Person", "Place"], ["Master", "Anna", "Bridge"], ["Mate", "Bo", "Deck"]], None, True),
            # A form: its first row says as much as the others.
            ([["Master", "Anna"], ["Mate", "Bo"]], "Table Grid", False),
            ([["Shop 1", "Anna", "Quay"], ["Shop 2", "Bo", "Market"]], None, False),
        ],
    )
    def test_the_first_row_of_a_table_without_figures_is_its_header_where_it_is_marked(
        self, rows: list[list[str]], style: str | None, header: bool
    ) -> None:
        document = extract("a.docx", word("Crew", [("Normal", "Who does what.")], rows, style))
        assert ("---" in document.text.split("\n\n")[-1]) == header

    @pytest.mark.parametrize("data", [b"PK\x03\x04 broken", b"no zip", word("t", [("Normal", "x")])[:900]])
    def test_broken_ones_are_refused(self, data: bytes) -> None:
        with pytest.raises(Unreadable, match=r"cannot be read as \.docx"):
            extract("a.docx", data)


class TestWhatStandsAboveATable:
    TABLE = "| Candidate | Result |\n|---|---|\n| Ito, Hana | pass |\n"
    ROWS = "Candidate | Result\n--- | ---\nIto, Hana | pass"

    @pytest.mark.parametrize("above", ["Lifeguard assessment, Bronze", "Lifeguard assessment, Bronze:"])
    def test_a_line_is_the_heading_of_it_and_of_nothing_else(self, above: str) -> None:
        document = read("a.md", f"# Spring\nTwelve came.\n\n{above}\n\n{self.TABLE}\nWe thank all.\n")
        assert passages(document) == {
            "Twelve came.": None,
            self.ROWS: "Lifeguard assessment, Bronze",
            "We thank all.": None,
        }

    def test_below_a_heading_it_is_one_of_that(self) -> None:
        document = read("a.html", "<h1>Spring</h1><h2>Tests</h2><p>Bronze, Pool B</p><table><tr><th>Candidate<th>Result"
                        "<tr><td>Ito, Hana<td>pass</table>")  # fmt: skip
        assert passages(document) == {self.ROWS: "Tests › Bronze, Pool B"}

    @pytest.mark.parametrize(
        "above",
        [
            "Twelve of them came to the pool.",
            "- Bronze, Pool B",
            "Deposit: 50 EUR",
            "Whoever came to the pool in the spring and was let in by one of the two keepers or by the trainer",
        ],
    )
    def test_a_sentence_an_item_a_fact_and_what_is_long_are_not(self, above: str) -> None:
        found = passages(read("a.md", f"# Spring\n{above}\n\n{self.TABLE}"))
        assert set(found.values()) == {None}
        assert above.lstrip("- ") in "\n".join(found)


def test_every_format_has_a_reader() -> None:
    assert set(READERS) == SUFFIXES


@given(st.sampled_from(sorted(READERS)), st.binary(max_size=300) | st.text(max_size=300).map(str.encode))
def test_whatever_a_file_holds_it_is_read_or_refused(suffix: str, data: bytes) -> None:
    try:
        document = extract(f"x{suffix}", data)
    except Unreadable:
        return
    document.text.encode()
    for span in document.spans:
        passage = document.text[span.offset : span.offset + span.length]
        assert len(passage) == span.length
        assert passage == passage.strip()


@pytest.mark.parametrize(
    ("name", "data"), [("a.md", b""), ("a.html", b"  \n"), ("a.html", b"<p> </p>"), ("a.rst", b".. x\n")]
)
def test_a_file_without_text_is_refused(name: str, data: bytes) -> None:
    with pytest.raises(Unreadable, match=r"is empty|has no text in it"):
        extract(name, data)
