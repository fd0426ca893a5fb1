"""The rules by which a text is tidied, and what people may wish about it. No model, nothing of Sayso's."""

import re

WISHES = ("shorter", "bullet points", "keep contractions")
LONG = 22  # words; a longer sentence is split where it has a joint

SPACES = [(r"[^\S\n]+", " "), (r" ?\n ?", "\n"), (r"\n{3,}", "\n\n")]
SIGNS = [(r"\s+([,;:!?]|\.(?!\w))", r"\1"), (r"([!?,])\1+", r"\1"), (r"([,;])(?=[A-Za-z])", r"\1 ")]
CONTRACTIONS = [
    (r"\b(c)an't\b", r"\1annot"),
    (r"\b(w)on't\b", r"\1ill not"),
    (r"\b(is|are|was|were|do|does|did|has|have|had|could|would|should)n't\b", r"\1 not"),
    (r"\b(I)'m\b", r"\1 am"),
    (r"\b(you|we|they)'re\b", r"\1 are"),
    (r"\b(I|you|we|they)'ve\b", r"\1 have"),
    (r"\b(I|you|he|she|it|we|they)'ll\b", r"\1 will"),
    (r"\b(it|that|there)'s\b(?! (?:been|got|had))", r"\1 is"),
]
FILLERS = [
    (r"\bin order to\b", "to"),
    (r",? \b(?:really|very|basically|actually|quite|simply|literally)\b,?(?= )", ""),
]
SENTENCES = re.compile(r"(?<![A-Za-z]\.[A-Za-z]\.)(?<=[.!?])\s+")  # but not after "e.g."
JOINT = re.compile(r"(?:; |, and |, (?=but |so ))(?=(?:but |so )?(?:I|you|he|she|it|we|they|this|that|there|the)\b)")


def heard(feedback: str, wishes: list[str]) -> list[str]:
    """Note what the feedback asks for in `wishes`, and say what was understood. Without a word it is the next wish that
    was not tried yet, so that what was rejected does not come again."""
    if not feedback.strip():
        untried = [wish for wish in WISHES if wish not in wishes]
        wishes[:] = [*wishes, untried[0]] if untried else []
        return [f"Rejected without a word, so this time: {', '.join(wishes) or 'none of the wishes'}."]
    asked = [wish for wish in WISHES if wish in feedback.lower()]
    for wish in asked:
        wishes[:] = [each for each in wishes if each != wish]
        if f"no {wish}" not in feedback.lower():
            wishes.append(wish)
    if asked:
        return [f"Your wishes: {', '.join(wishes) or 'none'}."]
    return [f"The feedback was not understood. Say one of: {', '.join(WISHES)}."]


def rewritten(text: str, wishes: list[str]) -> tuple[str, list[str]]:
    """The text after all rules, and one sentence for each kind of change."""
    changes: list[str] = []
    text = text.replace("’", "'").strip()
    rules = [("Tidied spaces", SPACES), ("Tidied punctuation", SIGNS)]
    rules += [] if "keep contractions" in wishes else [("Expanded contractions", CONTRACTIONS)]
    rules += [("Took out fillers", FILLERS)] if "shorter" in wishes else []
    for what, patterns in rules:
        before = text
        for pattern, replacement in patterns:
            text = re.sub(pattern, replacement, text, flags=re.IGNORECASE)
        changes += [f"{what}."] if text != before else []
    paragraphs = [SENTENCES.split(paragraph) for paragraph in text.split("\n\n")]
    short = [[part for sentence in sentences for part in split(sentence)] for sentences in paragraphs]
    if any(len(after) > len(before) for after, before in zip(short, paragraphs, strict=True)):
        changes.append("Split long sentences.")
    if "bullet points" in wishes:
        return "\n".join(f"- {sentence}" for sentences in short for sentence in sentences), changes
    return "\n\n".join(" ".join(sentences) for sentences in short), changes


def split(sentence: str) -> list[str]:
    """The sentence with a capital, in pieces if it is long and has a joint; the one nearest its middle goes first."""
    sentence = sentence[:1].upper() + sentence[1:]
    joints = list(JOINT.finditer(sentence)) if len(sentence.split()) > LONG else []
    if not joints:
        return [sentence]
    joint = min(joints, key=lambda each: abs(each.start() - len(sentence) / 2))
    return [*split(sentence[: joint.start()] + "."), *split(sentence[joint.end() :])]
