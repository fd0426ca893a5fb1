"""What is around the text of a web page is not its text, whatever it is called; what belongs to the text stays."""

import pytest

from sayso.research.library.documents import extract

TEXT = "The ferry leaves at nine in the morning. It comes back at noon, but not on Sundays, when nobody rows it."
AROUND = "Sign up for our letters today."


def read(body: str) -> str:
    """The quotable text of a page."""
    document = extract("a.html", f"<html><head><title>T</title></head><body>{body}</body></html>".encode())
    return " ".join(document.text[span.offset : span.offset + span.length] for span in document.spans)


@pytest.mark.parametrize(
    "opened",
    [
        '<div id="footer">',
        '<div class="site-footer">',
        '<div class="Page_Footer wide">',
        '<div class="TOC">',
        '<section id="cookie-consent">',
        '<div class="nl newsletter-box">',
        '<div role="dialog">',
        '<div role="alertdialog">',
        "<footer>",
        "<aside>",
    ],
)
def test_what_is_around_the_text_is_left_out(opened: str) -> None:
    around = f"{opened}<p>{AROUND}</p></{opened[1:].split()[0].rstrip('>')}>"
    assert read(f"{around}<p>{TEXT}</p>{around}") == TEXT


@pytest.mark.parametrize(
    "page",
    [
        # Parts of words, and what has the page's heading in it.
        "<div class='footerless navy tocopherol'><p>{}</p></div>",
        "<div class='page-footer'><h1>Ferries</h1><p>{}</p></div>",
        "<div id='cookies'><h1>Ferries</h1><p>{}</p></div>",
        # Of the text, not of the page.
        "<section><p>{}</p></section>",
        "<article><footer><p>{}</p></footer></article>",
        "<blockquote><footer><p>{}</p></footer></blockquote>",
        "<section><aside class='admonition'><p>{}</p></aside></section>",
        "<div role='main'><aside class='footnote'><p>{}</p></aside></div>",
        "<aside role='doc-footnote'><p>{}</p></aside>",
        "<aside epub:type='footnote'><p>{}</p></aside>",
    ],
)
def test_what_belongs_to_the_text_stays(page: str) -> None:
    assert TEXT in read(page.format(TEXT))


def test_of_several_articles_the_one_that_is_far_longer_is_the_page() -> None:
    teasers = "".join(f"<article><h2>Other {at}</h2><p>{AROUND}</p></article>" for at in range(3))
    long = " ".join(f"Boat number {at} is rowed by two. {TEXT}" for at in range(3))
    assert read(f"<article><p>{long}</p></article>{teasers}") == long
    even = "".join(f"<article><p>Boat {at}. {TEXT}</p></article>" for at in range(3))
    assert all(f"Boat {at}." in read(even) for at in range(3))


@pytest.mark.parametrize("rel", ["next", "prev", "up", "nofollow next"])
def test_a_line_that_leads_through_the_book_is_none_of_its_text(rel: str) -> None:
    line = f'<p>Further on: <a rel="{rel}">Oars</a>, of the chapter on all the boats of the harbour</p>'
    assert read(f"{line}<p>{TEXT}</p>{line}") == TEXT
    told = f'<p>Oars are kept as the <a rel="{rel}">next chapter</a> says.</p>'
    assert read(f"<p>{TEXT}</p>{told}").endswith("Oars are kept as the next chapter says.")
