"""Texts that formats trip over, alone and in any mixture."""

from hypothesis import strategies as st

PIECES = [
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "</style></title>",
    "&lt;b&gt; &amp; &#0;",
    "]]>",
    "<![CDATA[",
    "<!-- x -->",
    "#set page(fill: red)",
    '#read("/etc/passwd")',
    "#sys.inputs $x^2$ @label <label>",
    "= heading",
    "\\#\\*\\",
    "*bold* _it_ `code` **x** ~~y~~",
    "[a](javascript:alert(1))",
    "![a](http://example.org/x.png)",
    "[1]: http://example.org",
    "# Heading",
    "- item",
    "1. item",
    "> quote",
    "---",
    "===",
    "| a | b |\n|---|---|\n| 1 | 2 |",
    "a\tb\tc\nd\te\tf",
    "\x00\x01\x08\x0b\x0c\x1b[31m\x7f\x9b",
    "\ufffe\uffff\ufdd0\U0001fffe",
    "\ud800",
    "\u202eabc\u2066def",
    "\u200b\u200c\u200d\ufeff\u00ad",
    "\r\n\u2028\u2029\x85",
    "شغل يعيد الجدول 123 (ABC)",
    "שלום עולם",
    "日本語の骨、直。",
    "中文骨直。",
    "한국어 문장",
    "हिन्दी क्षत्रिय",
    "👩‍👩‍👧 😀 🏴󠁧󠁢󠁥󠁮󠁧󠁿",
    "e\u0301\u0323" + "\u0301" * 30,
    "x" * 300,
    "Ω≠ℵ→✓",
    "{{ 7*7 }} {% x %} ${y} %s {0}",
    " ",
    "\n\n",
]


def hostile_text(*, min_size: int = 0) -> st.SearchStrategy[str]:
    piece = st.one_of(st.sampled_from(PIECES), st.text(max_size=12))
    return st.lists(piece, min_size=min_size, max_size=6).map("".join)
