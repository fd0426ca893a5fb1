"""What a model is told when it judges sentences: the quotes first. See `prompts` on tags."""

from sayso.writers.judgement import Claimed
from sayso.writers.llm.prompts import DATA, Turn, block

JUDGE = f"""\
You judge whether quotes support sentences, one sentence after the other. {DATA}

For instance, of
<quote>In fog a moss kite is steered by its tail bell.</quote>
<sentence n="1">In fog, moss kites are always steered by two tail bells.</sentence>
a good verdict is:
{{"sentence": 1, "evidence": "steered by its tail bell", "reason": "The quote has one bell and no always.",
"verdict": "no"}}
Never use words of this example."""

JUDGE_TASK = """\
Now judge each <sentence> by the quotes right above it, in JSON only: {"verdicts": [...]}, one for each sentence.
- "evidence": first the words of the quotes that the sentence is about, copied.
- "reason": in up to twenty words, what the sentence has more, less or other than these: numbers, units, names, who
  does what to whom, dates, before and after, not, all, some, may, must, only, if, unless, more, less. "Nothing" if it
  says the same in other words, or in another language.
- "verdict": "yes" if the quotes say all that the sentence says; "no" if they say something else, or less; "unclear" if
  you cannot tell. Use no knowledge of your own."""


def judge_block(number: int, claimed: Claimed) -> str:
    """The quotes that a sentence cites, and the sentence to be judged."""
    return "\n".join([*(block("quote", quote) for quote in claimed.quotes), block("sentence", claimed.text, n=number)])


def judge_turns(blocks: list[str]) -> list[Turn]:
    """What the judge is told; `blocks` are of `judge_block`."""
    return [("system", JUDGE), ("user", "\n".join([*blocks, JUDGE_TASK]))]
