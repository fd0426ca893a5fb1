import type { Conflict, Finding, Quote, Report, ReportSource, ReviewData, Sentence, Source, Usage } from "@/protocol";

/**
 * What a log holds was said by the server of its day: fields that came later are missing in it. Here they get the
 * value that means "nothing was said of it", so that the rest of the page may trust the types.
 */
type Old<T> = { [K in keyof T]?: T[K] | undefined };

export const NO_USAGE: Usage = {
  stages: [],
  budget: { tokens: null, calls: null, seconds: null },
  price_in: null,
  price_out: null,
  cost: null,
};

export function completeReview(data: Old<ReviewData>): ReviewData {
  return {
    kind: "review",
    round: 1,
    question: "",
    gone: [],
    not_found: [],
    usage: null,
    parent: null,
    response_schema: {},
    due_at: null,
    details: {},
    ...given(data),
    conflicts: (data.conflicts ?? []).map(completeConflict),
    findings: (data.findings ?? []).map(completeFinding),
    sources: (data.sources ?? []).map(completeSource),
    feedback_used: (data.feedback_used ?? []).map((use) => ({
      ...use,
      round: use.round ?? 0,
      findings: use.findings ?? [],
    })),
    report: data.report == null ? null : completeReport(data.report),
  };
}

export function completeReport(data: Old<Report>): Report {
  return {
    title: "",
    question: "",
    writer: "extractive",
    model: null,
    note: "",
    not_found: [],
    searched: [],
    rounds: 1,
    removed: [],
    parent: null,
    ...given(data),
    summary: (data.summary ?? []).map(completeSentence),
    sections: (data.sections ?? []).map((part) => ({ ...part, sentences: part.sentences.map(completeSentence) })),
    sources: (data.sources ?? []).map(completeReportSource),
    conflicts: (data.conflicts ?? []).map(completeConflict),
    findings: (data.findings ?? []).map(completeFinding),
    approvals: (data.approvals ?? []).map((each) => ({
      ...each,
      kind: each.kind ?? "evidence",
      note: each.note ?? "",
    })),
    gate: {
      sentences: 0,
      supported: 0,
      removed: 0,
      citations_removed: 0,
      quotes: 0,
      quotes_removed: 0,
      judged: 0,
      ...given(data.gate ?? {}),
    },
    usage: { ...NO_USAGE, ...given(data.usage ?? {}) },
  };
}

function completeFinding(finding: Old<Finding>): Finding {
  return {
    id: "",
    kind: "evidence",
    claim: "",
    topic: "",
    state: "new",
    round: 1,
    strength: null,
    agreeing: 0,
    match: null,
    reworded: null,
    ...given(finding),
    quotes: (finding.quotes ?? []).map(completeQuote),
  };
}

function completeConflict(conflict: Old<Conflict>): Conflict {
  return { findings: [], why: "", grade: "contradiction", ...given(conflict) };
}

function completeQuote(quote: Old<Quote>): Quote {
  const place = { heading: null, page: null, offset: null, lead: null, ...given(quote.place ?? {}) };
  return { text: "", source: "", marked: null, ...given(quote), place };
}

function completeSource(source: Old<Source>): Source {
  return { id: "", kind: "library", title: "", uri: "", date: null, copies: [], ...given(source) };
}

function completeReportSource(source: Old<ReportSource>): ReportSource {
  return {
    ...completeSource(source),
    n: source.n ?? 0,
    quotes: source.quotes ?? [],
    evidence: (source.evidence ?? []).map(completeQuote),
    place: { heading: null, page: null, offset: null, lead: null, ...given(source.place ?? {}) },
  };
}

function completeSentence(sentence: Old<Sentence>): Sentence {
  return { text: "", citations: [], supported: true, cited: [], ...given(sentence) };
}

/** What is there: an `undefined` must not take the place of a default. */
function given<T extends object>(data: T): { [K in keyof T]: Exclude<T[K], undefined> } {
  const entries = Object.entries(data).filter(([, value]) => value !== undefined);
  return Object.fromEntries(entries) as { [K in keyof T]: Exclude<T[K], undefined> };
}
