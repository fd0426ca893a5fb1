/** Generated from schema.json by `npm run protocol`. Do not edit. */
import type { AddedPassage, Addition, Approval, Block, Budget, Change, ChangedUnit, Citation, Conflict, FeedbackUse, Finding, Gate, Gone, JudgeScore, Origin, Parent, Place, QuestionPart, Quote, ReadPoint, Reading, RecordHead, RecordedDecision, RemovedSentence, Report, ReportSource, ReviewData, Rewording, RunClaim, RunFigures, RunState, SearchLimits, Section, Sentence, Source, StageUsage, UnitEdit, Unsure, Unused, Usage, Verdict } from "./types";

export interface Records {
  AddedPassage: AddedPassage;
  Addition: Addition;
  Approval: Approval;
  Block: Block;
  Budget: Budget;
  Change: Change;
  ChangedUnit: ChangedUnit;
  Citation: Citation;
  Conflict: Conflict;
  FeedbackUse: FeedbackUse;
  Finding: Finding;
  Gate: Gate;
  Gone: Gone;
  JudgeScore: JudgeScore;
  Origin: Origin;
  Parent: Parent;
  Place: Place;
  QuestionPart: QuestionPart;
  Quote: Quote;
  ReadPoint: ReadPoint;
  Reading: Reading;
  RecordHead: RecordHead;
  RecordedDecision: RecordedDecision;
  RemovedSentence: RemovedSentence;
  Report: Report;
  ReportSource: ReportSource;
  ReviewData: ReviewData;
  Rewording: Rewording;
  RunClaim: RunClaim;
  RunFigures: RunFigures;
  RunState: RunState;
  SearchLimits: SearchLimits;
  Section: Section;
  Sentence: Sentence;
  Source: Source;
  StageUsage: StageUsage;
  UnitEdit: UnitEdit;
  Unsure: Unsure;
  Unused: Unused;
  Usage: Usage;
  Verdict: Verdict;
}

/** Of each record what a field that it lacks has, and which of its fields hold records, alone or in a list. */
export const RECORDS: Record<
  keyof Records,
  { defaults: Record<string, unknown>; records: Record<string, keyof Records> }
> = {
  AddedPassage: { defaults: {"starts":0}, records: {"quote":"Quote"} },
  Addition: { defaults: {}, records: {} },
  Approval: { defaults: {"aside":[],"kind":"evidence","left_out":[],"limits":null,"note":"","show_note":false,"verified":null}, records: {"limits":"SearchLimits"} },
  Block: { defaults: {"header":[],"kind":"paragraph","language":"","lead":null,"ordered":false,"rows":[]}, records: {} },
  Budget: { defaults: {"calls":null,"seconds":null,"stage_seconds":null,"tokens":null}, records: {} },
  Change: { defaults: {"text":"","unit":"","was":""}, records: {} },
  ChangedUnit: { defaults: {}, records: {} },
  Citation: { defaults: {"findings":[]}, records: {} },
  Conflict: { defaults: {"grade":"contradiction"}, records: {} },
  FeedbackUse: { defaults: {"field":"","findings":[],"round":0,"status":"done"}, records: {} },
  Finding: { defaults: {"agreeing":0,"by_words":false,"kind":"evidence","mark":null,"match":null,"near":false,"reworded":null,"round":1,"state":"new","strength":null,"topic":""}, records: {"quotes":"Quote","reworded":"Rewording"} },
  Gate: { defaults: {"citations_removed":0,"confirmed":0,"judge":null,"judged":0,"judged_by":null,"quoted":0,"quotes":0,"quotes_removed":0,"removed":0,"replaced":0,"reworded":0,"same":0,"sentences":0,"supported":0,"translated":0}, records: {"judge":"JudgeScore"} },
  Gone: { defaults: {"reason":""}, records: {} },
  JudgeScore: { defaults: {"at":null}, records: {} },
  Origin: { defaults: {"authors":[],"publisher":null,"retrieved_at":null,"version":null}, records: {} },
  Parent: { defaults: {}, records: {} },
  Place: { defaults: {"heading":null,"lead":null,"offset":null,"page":null}, records: {} },
  QuestionPart: { defaults: {"findings":[],"gap":null,"round":1}, records: {} },
  Quote: { defaults: {"kind":"sentence","marked":null,"place":{}}, records: {"place":"Place"} },
  ReadPoint: { defaults: {"sent":false}, records: {} },
  Reading: { defaults: {"added":[],"drop":{},"edits":[],"fallback":"","keep":[],"leave_out":[],"limits":null,"note":"","points":[],"read_by":"rules","search":[],"text":[],"unsure":[],"used":null}, records: {"added":"AddedPassage","edits":"Verdict","limits":"SearchLimits","points":"ReadPoint","text":"UnitEdit","unsure":"Unsure","used":"StageUsage"} },
  RecordHead: { defaults: {}, records: {} },
  RecordedDecision: { defaults: {"add":[],"drop":null,"edits":{},"feedback":"","keep":null,"leave_out":[],"limits":null,"note":"","read":null,"response_id":null,"search":[],"show_note":false,"text":[],"verified":false}, records: {"add":"Addition","limits":"SearchLimits","read":"Reading","text":"UnitEdit"} },
  RemovedSentence: { defaults: {}, records: {} },
  Report: { defaults: {"approvals":[],"changed":[],"conflicts":[],"findings":[],"gate":{},"model":null,"not_found":[],"note":"","parent":null,"record":null,"removed":[],"rounds":1,"searched":[],"summary":[],"summary_blocks":[],"unused":[],"usage":{}}, records: {"approvals":"Approval","changed":"ChangedUnit","conflicts":"Conflict","findings":"Finding","gate":"Gate","parent":"Parent","record":"RecordHead","removed":"RemovedSentence","sections":"Section","sources":"ReportSource","summary":"Sentence","summary_blocks":"Block","unused":"Unused","usage":"Usage"} },
  ReportSource: { defaults: {"copies":[],"date":null,"evidence":[],"kind":"library","origin":{},"place":{},"superseded":false}, records: {"evidence":"Quote","origin":"Origin","place":"Place"} },
  ReviewData: { defaults: {"aside":[],"changes":[],"conflicts":[],"details":{},"due_at":null,"feedback_used":[],"findings":[],"gone":[],"kind":"review","left_out":[],"limits":null,"not_found":[],"parent":null,"parts":[],"question":"","report":null,"response_schema":{},"round":1,"sources":[],"usage":null,"version":0}, records: {"aside":"Finding","changes":"Change","conflicts":"Conflict","feedback_used":"FeedbackUse","findings":"Finding","gone":"Gone","limits":"SearchLimits","parent":"Parent","parts":"QuestionPart","report":"Report","sources":"Source","usage":"Usage"} },
  Rewording: { defaults: {"verified":null}, records: {} },
  RunClaim: { defaults: {"verified":false}, records: {} },
  RunFigures: { defaults: {"approved_by":"","approved_verified":null,"due_at":null,"findings":0,"new":0,"round":0,"sentences":0,"sources":0,"stage":"","supported":0}, records: {} },
  RunState: { defaults: {"asked_of":[],"brief":{},"claim":null,"four_eyes":false,"open_reviews":[],"options":{},"retry_of":null,"verified":false}, records: {"brief":"RunFigures","claim":"RunClaim"} },
  SearchLimits: { defaults: {"from":null,"sources":null,"to":null}, records: {} },
  Section: { defaults: {"blocks":[]}, records: {"blocks":"Block","sentences":"Sentence"} },
  Sentence: { defaults: {"cited":[],"confirmed_by":"","confirmed_verified":null,"id":"","judged":false,"mark":null,"original":"","supported":true}, records: {"cited":"Citation"} },
  Source: { defaults: {"copies":[],"date":null,"origin":{},"superseded":false}, records: {"origin":"Origin"} },
  StageUsage: { defaults: {"calls":0,"completion_tokens":0,"prompt_tokens":0,"seconds":0}, records: {} },
  UnitEdit: { defaults: {"after":null,"before":null,"comment":null,"confirm":null,"replace":null,"strike":null}, records: {} },
  Unsure: { defaults: {}, records: {} },
  Unused: { defaults: {}, records: {} },
  Usage: { defaults: {"budget":{"calls":null,"seconds":null,"stage_seconds":null,"tokens":null},"cost":null,"price_in":null,"price_out":null,"stages":[]}, records: {"budget":"Budget","stages":"StageUsage"} },
  Verdict: { defaults: {"mark":null,"why":""}, records: {} },
};
