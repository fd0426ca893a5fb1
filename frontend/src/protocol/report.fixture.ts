import type { Report, Sentence, Usage } from ".";

/** A report for tests, with only what matters to the test spelled out. */
export const AT = "2026-11-03T14:06:00Z";

/** Three calls to a model, of two stages. */
export function usage(data: Partial<Usage> = {}): Usage {
  const stage = { round: 1, seconds: 1.5, prompt_tokens: 2_000, completion_tokens: 100 };
  return {
    stages: [
      { ...stage, stage: "plan", calls: 1 },
      { ...stage, stage: "find", calls: 2, completion_tokens: 110 },
    ],
    budget: { tokens: null, calls: null, seconds: null, stage_seconds: null },
    price_in: null,
    price_out: null,
    cost: null,
    ...data,
  };
}

export const NO_USAGE: Usage = { ...usage(), stages: [] };

/** A unit of a report, as a server of 0.1.0 wrote it but for what is given. */
export function unit(text: string, data: Partial<Sentence> = {}): Sentence {
  return {
    id: "",
    text,
    citations: [1],
    supported: true,
    mark: null,
    confirmed_by: "",
    confirmed_verified: null,
    original: "",
    judged: false,
    cited: [],
    ...data,
  };
}

export function report(data: Partial<Report> = {}): Report {
  return {
    title: "Because",
    question: "Why?",
    writer: "extractive",
    model: null,
    note: "",
    summary: [],
    summary_blocks: [],
    sections: [{ heading: "Part", sentences: [unit("One.")], blocks: [] }],
    sources: [
      {
        n: 1,
        id: "s1",
        title: "Guide",
        uri: "guide.html",
        kind: "library",
        date: null,
        superseded: false,
        copies: [],
        origin: { authors: [], version: null, publisher: null, retrieved_at: null },
        quotes: ["One. And more.", "Elsewhere it says two."],
        evidence: [
          {
            text: "Elsewhere it says two.",
            source: "s1",
            kind: "sentence",
            marked: null,
            place: { heading: null, page: null, offset: 9, lead: null },
          },
          {
            text: "One. And more.",
            source: "s1",
            kind: "sentence",
            marked: [0, 4],
            place: { heading: "Part", page: null, offset: 0, lead: null },
          },
        ],
        place: { heading: "Part", page: null, offset: 0, lead: null },
      },
    ],
    conflicts: [],
    not_found: ["Nothing on three."],
    approvals: [
      {
        kind: "evidence",
        by: "Ada",
        verified: false,
        at: AT,
        round: 1,
        kept: ["f1", "f2"],
        dropped: ["f3"],
        note: "",
        aside: [],
        left_out: [],
        limits: null,
        show_note: false,
      },
    ],
    findings: [],
    searched: [],
    rounds: 1,
    removed: [{ text: "A bold claim.", why: "no source says it" }],
    changed: [],
    unused: [],
    record: null,
    gate: {
      sentences: 1,
      supported: 1,
      quoted: 1,
      same: 0,
      reworded: 0,
      confirmed: 0,
      translated: 0,
      replaced: 0,
      removed: 1,
      citations_removed: 0,
      quotes: 2,
      quotes_removed: 0,
      judged: 0,
      judged_by: null,
      judge: null,
    },
    usage: NO_USAGE,
    parent: null,
    ...data,
  };
}
