/** Generated from schema.json by `npm run protocol`. Do not edit. */
import type { Approval, Block, Budget, Citation, Conflict, FeedbackUse, Finding, Gate, Gone, Parent, Place, Quote, RecordHead, RecordedDecision, RemovedSentence, Report, ReportSource, ReviewData, Rewording, RunFigures, RunState, Section, Sentence, Source, StageUsage, Unused, Usage } from "./types";

export interface Records {
  Approval: Approval;
  Block: Block;
  Budget: Budget;
  Citation: Citation;
  Conflict: Conflict;
  FeedbackUse: FeedbackUse;
  Finding: Finding;
  Gate: Gate;
  Gone: Gone;
  Parent: Parent;
  Place: Place;
  Quote: Quote;
  RecordHead: RecordHead;
  RecordedDecision: RecordedDecision;
  RemovedSentence: RemovedSentence;
  Report: Report;
  ReportSource: ReportSource;
  ReviewData: ReviewData;
  Rewording: Rewording;
  RunFigures: RunFigures;
  RunState: RunState;
  Section: Section;
  Sentence: Sentence;
  Source: Source;
  StageUsage: StageUsage;
  Unused: Unused;
  Usage: Usage;
}

/** Of each record what a field that it lacks has, and which of its fields hold records, alone or in a list. */
export const RECORDS: Record<
  keyof Records,
  { defaults: Record<string, unknown>; records: Record<string, keyof Records> }
> = {
  Approval: { defaults: {"kind":"evidence","note":"","show_note":false}, records: {} },
  Block: { defaults: {"header":[],"kind":"paragraph","language":"","lead":null,"ordered":false,"rows":[]}, records: {} },
  Budget: { defaults: {"calls":null,"seconds":null,"tokens":null}, records: {} },
  Citation: { defaults: {"findings":[]}, records: {} },
  Conflict: { defaults: {"grade":"contradiction"}, records: {} },
  FeedbackUse: { defaults: {"findings":[],"round":0}, records: {} },
  Finding: { defaults: {"agreeing":0,"kind":"evidence","match":null,"reworded":null,"round":1,"state":"new","strength":null,"topic":""}, records: {"quotes":"Quote","reworded":"Rewording"} },
  Gate: { defaults: {"citations_removed":0,"judged":0,"quotes":0,"quotes_removed":0,"removed":0,"sentences":0,"supported":0}, records: {} },
  Gone: { defaults: {}, records: {} },
  Parent: { defaults: {}, records: {} },
  Place: { defaults: {"heading":null,"lead":null,"offset":null,"page":null}, records: {} },
  Quote: { defaults: {"kind":"sentence","marked":null,"place":{}}, records: {"place":"Place"} },
  RecordHead: { defaults: {}, records: {} },
  RecordedDecision: { defaults: {"edits":{},"feedback":"","keep":null,"response_id":null,"show_note":false}, records: {} },
  RemovedSentence: { defaults: {}, records: {} },
  Report: { defaults: {"approvals":[],"conflicts":[],"findings":[],"gate":{},"model":null,"not_found":[],"note":"","parent":null,"record":null,"removed":[],"rounds":1,"searched":[],"summary":[],"summary_blocks":[],"unused":[],"usage":{}}, records: {"approvals":"Approval","conflicts":"Conflict","findings":"Finding","gate":"Gate","parent":"Parent","record":"RecordHead","removed":"RemovedSentence","sections":"Section","sources":"ReportSource","summary":"Sentence","summary_blocks":"Block","unused":"Unused","usage":"Usage"} },
  ReportSource: { defaults: {"copies":[],"date":null,"evidence":[],"kind":"library","place":{}}, records: {"evidence":"Quote","place":"Place"} },
  ReviewData: { defaults: {"conflicts":[],"details":{},"due_at":null,"feedback_used":[],"findings":[],"gone":[],"kind":"review","not_found":[],"parent":null,"question":"","report":null,"response_schema":{},"round":1,"sources":[],"usage":null}, records: {"conflicts":"Conflict","feedback_used":"FeedbackUse","findings":"Finding","gone":"Gone","parent":"Parent","report":"Report","sources":"Source","usage":"Usage"} },
  Rewording: { defaults: {}, records: {} },
  RunFigures: { defaults: {"approved_by":"","due_at":null,"findings":0,"new":0,"round":0,"sentences":0,"sources":0,"stage":"","supported":0}, records: {} },
  RunState: { defaults: {"brief":{},"open_reviews":[],"options":{}}, records: {"brief":"RunFigures"} },
  Section: { defaults: {"blocks":[]}, records: {"blocks":"Block","sentences":"Sentence"} },
  Sentence: { defaults: {"cited":[],"id":"","mark":null,"supported":true}, records: {"cited":"Citation"} },
  Source: { defaults: {"copies":[],"date":null}, records: {} },
  StageUsage: { defaults: {"calls":0,"completion_tokens":0,"prompt_tokens":0,"seconds":0}, records: {} },
  Unused: { defaults: {}, records: {} },
  Usage: { defaults: {"budget":{"calls":null,"seconds":null,"tokens":null},"cost":null,"price_in":null,"price_out":null,"stages":[]}, records: {"budget":"Budget","stages":"StageUsage"} },
};
