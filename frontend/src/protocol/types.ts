/** Generated from schema.json by `npm run protocol`. Do not edit. */

export type JsonValue = unknown;
/**
 * Websocket closing codes (RFC 6455, section 7.4) that the server uses.
 */
export type CloseCode = 1000 | 1011 | 1012 | 1013 | 4401;
/**
 * What a human decides about findings or a text. A hosted workflow may ask for other responses.
 */
export type Decision = "approve" | "reject";
/**
 * Where a run stands.
 */
export type Status = "running" | "waiting" | "completed" | "failed" | "cancelled";
/**
 * How a unit or a claim stands to the quotes that it rests on.
 */
export type Mark = "quoted" | "same" | "reworded" | "confirmed" | "translated";
/**
 * `data.code` of an `error` frame and `code` of an HTTP error. Never renamed.
 */
export type ErrorCode =
  | "invalid_frame"
  | "invalid_response"
  | "invalid_after"
  | "invalid_request"
  | "run_not_found"
  | "run_over"
  | "run_deleted"
  | "run_failed"
  | "not_failed"
  | "already_answered"
  | "already_watching"
  | "not_watching"
  | "no_open_review"
  | "review_not_found"
  | "no_report"
  | "source_not_found"
  | "response_id_reused"
  | "request_id_reused"
  | "unknown_workflow"
  | "workflow_changed"
  | "unauthorized"
  | "forbidden"
  | "too_many"
  | "claimed"
  | "person_not_found"
  | "name_taken"
  | "forbidden_host"
  | "forbidden_origin"
  | "too_large"
  | "unavailable"
  | "internal";

export interface Protocol {
  client: ClientSide;
  server: ServerSide;
}
export interface ClientSide {
  answer: Answer;
  cancel: Cancel;
  report_options: ReportOptions;
  retry: Retry;
  sign_in: SignIn;
  start: Start;
  watch: Watch;
}
/**
 * Answer a review.
 */
export interface Answer {
  /**
   * @maxItems 100
   */
  add?: Addition[];
  by?: string;
  drop?: {
    [k: string]: string;
  } | null;
  edits?: {
    [k: string]: string;
  };
  feedback?: string;
  keep?: string[] | null;
  /**
   * @maxItems 100
   */
  leave_out?: string[];
  limits?: SearchLimits | null;
  note?: string;
  response: JsonValue;
  response_id?: string | null;
  review?: number | null;
  /**
   * @maxItems 100
   */
  search?: string[];
  show_note?: boolean;
  /**
   * @maxItems 1000
   */
  text?: UnitEdit[];
}
/**
 * A passage of a document that was read, to be a finding of its own.
 */
export interface Addition {
  end: number;
  source: string;
  start: number;
}
/**
 * What the search is limited to from now on. Documents that give no date are within any dates.
 */
export interface SearchLimits {
  from?: string | null;
  sources?: string[] | null;
  to?: string | null;
}
/**
 * What to do with one unit of a text: exactly one of these.
 */
export interface UnitEdit {
  after?: string | null;
  before?: string | null;
  comment?: string | null;
  confirm?: true | null;
  replace?: string | null;
  strike?: true | null;
  unit: string;
}
/**
 * Cancel the run being watched.
 */
export interface Cancel {
  by?: string;
  cancel: true;
}
/**
 * `options` of the report workflow.
 */
export interface ReportOptions {
  audience?: string | null;
  documents?: string[] | null;
  judge?: boolean | null;
  language?: string | null;
  length?: number | null;
  review_report?: boolean;
  reviewers?: string[] | null;
  revises?: string | null;
  sources?: string[] | null;
  writer?: ("extractive" | "llm") | null;
}
/**
 * Try a failed run again, from where it failed. Over HTTP only.
 */
export interface Retry {
  by?: string;
  request_id?: string | null;
}
/**
 * Sign in with a token, or with what a sign-in link carries.
 */
export interface SignIn {
  secret: string;
}
/**
 * Start a run and watch it.
 */
export interface Start {
  by?: string;
  options?: {
    [k: string]: JsonValue;
  };
  question: string;
  request_id?: string | null;
  workflow?: string;
}
/**
 * Watch a run: every event with `seq > after`, then live.
 */
export interface Watch {
  after?: number;
  run_id: string;
}
export interface ServerSide {
  close_code: CloseCode;
  decision: Decision;
  frame:
    | RunFrame
    | Progress
    | InputRequired
    | InputReceived
    | Draft
    | Reminder
    | InputExpired
    | FinalResult
    | Error
    | Cancelled;
  info: Info;
  library_page: LibraryPage;
  me: Me;
  names: Names;
  problem: ProblemBody;
  quoted_page: QuotedPage;
  reading: Reading;
  run_changes: RunChanges;
  run_page: RunPage;
  source_passages: SourcePassages;
}
export interface RunFrame {
  at: string;
  data: RunState;
  payload: string;
  run_id: string;
  seq: number | null;
  type: "run";
}
/**
 * A run as it is now: the `data` of the `run` frame.
 */
export interface RunState {
  asked_of: string[];
  brief: RunFigures;
  by: string;
  claim: RunClaim | null;
  created_at: string;
  four_eyes: boolean;
  generation: number;
  id: string;
  last_seq: number;
  open_reviews: number[];
  options: {
    [k: string]: JsonValue;
  };
  question: string;
  retry_of: string | null;
  status: Status;
  updated_at: string;
  verified: boolean;
  workflow: string;
}
/**
 * A few figures about a run, for lists.
 */
export interface RunFigures {
  approved_by: string;
  approved_verified: boolean | null;
  due_at: string | null;
  findings: number;
  new: number;
  round: number;
  sentences: number;
  sources: number;
  stage: string;
  supported: number;
}
/**
 * Somebody is on it: will decide, and says so to the others. Binds nobody.
 */
export interface RunClaim {
  at: string;
  by: string;
  verified: boolean;
}
export interface Progress {
  at: string;
  data: ProgressData;
  payload: string;
  run_id: string;
  seq: number | null;
  type: "progress";
}
export interface ProgressData {
  details: {
    [k: string]: JsonValue;
  };
  done: number | null;
  round: number | null;
  stage: string;
  total: number | null;
}
export interface InputRequired {
  at: string;
  data: ReviewData;
  payload: string;
  run_id: string;
  seq: number | null;
  type: "input_required";
}
/**
 * The `data` of `input_required`.
 */
export interface ReviewData {
  aside: Finding[];
  changes: Change[];
  conflicts: Conflict[];
  details: {
    [k: string]: JsonValue;
  };
  due_at: string | null;
  feedback_used: FeedbackUse[];
  findings: Finding[];
  gone: Gone[];
  kind: string;
  left_out: string[];
  limits: SearchLimits | null;
  not_found: string[];
  parent: Parent | null;
  parts: QuestionPart[];
  question: string;
  report: Report | null;
  response_schema: {
    [k: string]: unknown;
  };
  round: number;
  sources: Source[];
  usage: Usage | null;
  version: number;
}
/**
 * A claim with its evidence. `id` is "f1", "f2", ... ("g1", ... for gaps) and stays the same in a run.
 */
export interface Finding {
  agreeing: number;
  by_words: boolean;
  claim: string;
  id: string;
  kind: "evidence" | "gap";
  mark: Mark | null;
  match: number | null;
  near: boolean;
  quotes: Quote[];
  reworded: Rewording | null;
  round: number;
  state: "new" | "kept";
  strength: number | null;
  topic: string;
}
/**
 * A verbatim passage of a source.
 */
export interface Quote {
  kind: "sentence" | "item" | "row" | "answer" | "definition" | "code";
  marked: [number, number] | null;
  place: Place;
  source: string;
  text: string;
}
/**
 * Where in its source a quote stands.
 */
export interface Place {
  heading: string | null;
  lead: string | null;
  offset: number | null;
  page: number | null;
}
/**
 * Who worded a claim anew; quotes are never touched.
 */
export interface Rewording {
  at: string;
  by: string;
  verified: boolean | null;
  was: string;
}
/**
 * What is other in a text than in the version before it.
 */
export interface Change {
  text: string;
  unit: string;
  was: string;
}
/**
 * Findings that cannot both be right.
 */
export interface Conflict {
  findings: string[];
  grade: "contradiction" | "figures_differ";
  why: string;
}
/**
 * What was done about one point of the feedback.
 */
export interface FeedbackUse {
  feedback: string;
  field: string;
  findings: string[];
  round: number;
  status: "done" | "found_nothing" | "not_possible" | "not_understood";
  what_was_done: string;
}
/**
 * A finding that is not shown any more.
 */
export interface Gone {
  claim: string;
  id: string;
  reason: string;
  round: number;
  why: "dropped" | "aside";
}
/**
 * The report that this one revises.
 */
export interface Parent {
  run_id: string;
  title: string;
}
/**
 * One part of what is asked for, and what there is on it.
 */
export interface QuestionPart {
  findings: string[];
  gap: string | null;
  round: number;
  topic: string;
}
/**
 * A checked report: every sentence of `summary` and `sections` cites sources that a human approved.
 */
export interface Report {
  approvals: Approval[];
  changed: ChangedUnit[];
  conflicts: Conflict[];
  findings: Finding[];
  gate: Gate;
  model: string | null;
  not_found: string[];
  note: string;
  parent: Parent | null;
  question: string;
  record: RecordHead | null;
  removed: RemovedSentence[];
  rounds: number;
  searched: string[];
  sections: Section[];
  sources: ReportSource[];
  summary: Sentence[];
  summary_blocks: Block[];
  title: string;
  unused: Unused[];
  usage: Usage;
  writer: string;
}
/**
 * A decision that the report stands on.
 */
export interface Approval {
  aside: string[];
  at: string;
  by: string;
  dropped: string[];
  kept: string[];
  kind: "evidence" | "report";
  left_out: string[];
  limits: SearchLimits | null;
  note: string;
  round: number;
  show_note: boolean;
  verified: boolean | null;
}
/**
 * A unit whose draft wording did not pass the check: text of its quote stands in its place.
 */
export interface ChangedUnit {
  text: string;
  unit: string;
  why: string;
}
/**
 * Figures of the check after writing.
 */
export interface Gate {
  citations_removed: number;
  confirmed: number;
  judge: JudgeScore | null;
  judged: number;
  judged_by: string | null;
  quoted: number;
  quotes: number;
  quotes_removed: number;
  removed: number;
  replaced: number;
  reworded: number;
  same: number;
  sentences: number;
  supported: number;
  translated: number;
}
/**
 * What a model said of statements whose truth is known.
 */
export interface JudgeScore {
  accepted: number;
  at: string | null;
  model: string;
  refused: number;
  true: number;
  twisted: number;
}
/**
 * How far a record had come.
 */
export interface RecordHead {
  head: string;
  links: number;
}
/**
 * A sentence that the check after writing took out of the body, for it had no quote that could take its place.
 */
export interface RemovedSentence {
  text: string;
  why: string;
}
export interface Section {
  blocks: Block[];
  heading: string;
  sentences: Sentence[];
}
/**
 * What some units of a section form. See `sayso.protocol.blocks` for how they are read.
 */
export interface Block {
  header: string[];
  kind: "paragraph" | "list" | "table" | "code";
  language: string;
  lead: number | null;
  ordered: boolean;
  rows: string[][];
  units: number[];
}
/**
 * One unit of the body: a sentence, an item of a list, a row of a table (its cells apart by " | ") or a piece of
 * code (its lines kept), with the numbers of its sources (`ReportSource.n`).
 */
export interface Sentence {
  citations: number[];
  cited: Citation[];
  confirmed_by: string;
  confirmed_verified: boolean | null;
  id: string;
  judged: boolean;
  mark: Mark | null;
  original: string;
  supported: boolean;
  text: string;
}
/**
 * Which quotes of a source a sentence rests on.
 */
export interface Citation {
  findings: string[];
  n: number;
  quotes: number[];
}
/**
 * An approved source, cited or not. `n` is its number in draft, text and exports, from 1 without a gap, in the
 * order in which a human saw the approved findings.
 */
export interface ReportSource {
  copies: string[];
  date: string | null;
  evidence: Quote[];
  id: string;
  kind: string;
  n: number;
  origin: Origin;
  place: Place;
  quotes: string[];
  superseded: boolean;
  title: string;
  uri: string;
}
/**
 * What a citation says of a document besides its title, address and date, as far as its source knows.
 */
export interface Origin {
  authors: string[];
  publisher: string | null;
  retrieved_at: string | null;
  version: string | null;
}
/**
 * An approved finding that nothing in the report rests on.
 */
export interface Unused {
  claim: string;
  finding: string;
  why: string;
}
/**
 * Everything that a run has asked of a model so far.
 */
export interface Usage {
  budget: Budget;
  /**
   * Money, if both prices are known.
   */
  cost: number | null;
  price_in: number | null;
  price_out: number | null;
  stages: StageUsage[];
}
/**
 * What one run may ask of a model; `None` is no limit.
 */
export interface Budget {
  calls: number | null;
  seconds: number | null;
  stage_seconds: number | null;
  tokens: number | null;
}
/**
 * One stage of one round.
 */
export interface StageUsage {
  calls: number;
  completion_tokens: number;
  prompt_tokens: number;
  round: number;
  seconds: number;
  stage: string;
}
/**
 * A document that a quote comes from. `id` is "s1", "s2", ... and stays the same in a run.
 */
export interface Source {
  copies: string[];
  date: string | null;
  id: string;
  kind: string;
  origin: Origin;
  superseded: boolean;
  title: string;
  uri: string;
}
export interface InputReceived {
  at: string;
  data: RecordedDecision;
  payload: string;
  run_id: string;
  seq: number | null;
  type: "input_received";
}
/**
 * A decision, as recorded.
 */
export interface RecordedDecision {
  add: Addition[];
  by: string;
  drop: {
    [k: string]: string;
  } | null;
  edits: {
    [k: string]: string;
  };
  feedback: string;
  keep: string[] | null;
  leave_out: string[];
  limits: SearchLimits | null;
  note: string;
  read: Reading | null;
  response: JsonValue;
  response_id: string | null;
  review: number;
  search: string[];
  show_note: boolean;
  text: UnitEdit[];
  verified: boolean;
}
/**
 * A decision with its prose read. Stored with the decision, and never read again.
 */
export interface Reading {
  added: AddedPassage[];
  drop: {
    [k: string]: string;
  };
  edits: Verdict[];
  fallback: string;
  keep: string[];
  leave_out: string[];
  limits: SearchLimits | null;
  note: string;
  points: ReadPoint[];
  read_by: "rules" | "model";
  search: string[];
  text: UnitEdit[];
  unsure: Unsure[];
  used: StageUsage | null;
}
/**
 * A passage to add, with its text as it was stored.
 */
export interface AddedPassage {
  passage: string;
  quote: Quote;
  source: string;
  starts: number;
}
/**
 * What the check says of a wording, against the quotes that it stands on.
 */
export interface Verdict {
  id: string;
  mark: Mark | null;
  supported: boolean;
  text: string;
  why: string;
}
/**
 * One point of the prose, and what it was read as.
 */
export interface ReadPoint {
  field: "keep" | "drop" | "search" | "leave_out" | "limits" | "note" | "add" | "edits" | "text";
  said: string;
  sent: boolean;
  value: string;
}
/**
 * A point that may be an exclusion and could not be read for sure. Nothing is searched for it.
 */
export interface Unsure {
  field: "keep" | "drop" | "search" | "leave_out" | "limits" | "note" | "add" | "edits" | "text";
  said: string;
}
export interface Draft {
  at: string;
  data: DraftData;
  payload: string;
  run_id: string;
  seq: number | null;
  type: "draft";
}
/**
 * The next piece of the text being written; a higher `attempt` replaces what an earlier one wrote.
 */
export interface DraftData {
  attempt: number;
  index: number;
  section: string;
}
export interface Reminder {
  at: string;
  data: DueData;
  payload: string;
  run_id: string;
  seq: number | null;
  type: "reminder";
}
export interface DueData {
  due_at: string;
  review: number;
  what_happens: string;
}
export interface InputExpired {
  at: string;
  data: DueData;
  payload: string;
  run_id: string;
  seq: number | null;
  type: "input_expired";
}
export interface FinalResult {
  at: string;
  data: Report | OtherResult;
  payload: string;
  run_id: string;
  seq: number | null;
  type: "final_result";
}
/**
 * The result of a hosted workflow: any JSON.
 */
export interface OtherResult {
  result: JsonValue;
}
export interface Error {
  at: string;
  data: ErrorData;
  payload: string;
  run_id: string;
  seq: number | null;
  type: "error";
}
export interface ErrorData {
  code: ErrorCode;
  details: {
    [k: string]: JsonValue;
  };
  field: string | null;
}
export interface Cancelled {
  at: string;
  data: CancelledData;
  payload: string;
  run_id: string;
  seq: number | null;
  type: "cancelled";
}
export interface CancelledData {
  by: string;
  verified: boolean | null;
}
/**
 * What this server is and can do.
 */
export interface Info {
  examples: string[];
  limits: Limits;
  sources: SourceInfo[];
  version: string;
  workflows: WorkflowInfo[];
  writer: string;
  writers: WriterInfo[];
}
export interface Limits {
  feedback: number;
  frame_bytes: number;
  question: number;
}
export interface SourceInfo {
  documents: number | null;
  kinds: {
    [k: string]: number;
  };
  leaves: string;
  name: string;
  not_searched: number;
  ready: boolean;
  remarks: FileRemark[];
  sample: boolean;
  title: string;
  why: string;
}
/**
 * What is to be said of a file of a source: `name` and `says` read together as a sentence.
 */
export interface FileRemark {
  name: string;
  says: string;
  searched: boolean;
}
export interface WorkflowInfo {
  four_eyes: boolean;
  name: string;
  options: {
    [k: string]: unknown;
  };
  reviewers: string[];
  title: string;
}
export interface WriterInfo {
  judge: JudgeScore | null;
  leaves: string;
  model: string | null;
  name: string;
  ready: boolean;
  why: string;
}
/**
 * A page of the library's documents.
 */
export interface LibraryPage {
  can_add: boolean;
  documents: LibraryDocument[];
  total: number;
}
/**
 * A file of the library, and what has become of it.
 */
export interface LibraryDocument {
  added: boolean;
  date: string | null;
  name: string;
  says: string;
  size: number | null;
  state: "searched" | "reading" | "left_out";
  title: string;
}
/**
 * Who the server takes the client for.
 */
export interface Me {
  auth: "none" | "tokens" | "oidc" | "proxy";
  open: boolean;
  person: PersonInfo | null;
}
/**
 * A person, as others may know it.
 */
export interface PersonInfo {
  disabled_at: string | null;
  groups: string[];
  name: string;
  role: "asker" | "reviewer" | "admin";
  tokens: string[];
}
/**
 * Who can be asked to decide.
 */
export interface Names {
  groups: string[];
  people: string[];
}
export interface ProblemBody {
  error: Problem;
}
/**
 * Every HTTP error: `{"error": {...}}`, with the same codes as the websocket.
 */
export interface Problem {
  code: ErrorCode;
  details: {
    [k: string]: unknown;
  };
  field: string | null;
  message: string;
}
/**
 * A page of a PDF with a quote on it, as the file is now; only `says` where there is none.
 */
export interface QuotedPage {
  boxes: PageBox[];
  goes_on: boolean;
  height: number;
  page: number | null;
  png: string;
  says: string;
  width: number;
}
/**
 * A part of a picture, as fractions of its width and height from its left and upper edge.
 */
export interface PageBox {
  height: number;
  left: number;
  top: number;
  width: number;
}
/**
 * What has changed in the list of runs.
 */
export interface RunChanges {
  gone: string[];
  runs: RunState[];
}
/**
 * A page of runs, newest first; `next` is the cursor of the following page.
 */
export interface RunPage {
  next: string | null;
  runs: RunState[];
}
/**
 * All that a run quotes from one source, in context.
 */
export interface SourcePassages {
  passages: StoredPassage[];
  source: Source;
}
/**
 * The passage a quote was taken from, as it was read then, with what stood around it.
 */
export interface StoredPassage {
  after: string;
  before: string;
  finding: string;
  marked: [number, number] | null;
  place: Place;
  /**
   * @minItems 2
   * @maxItems 2
   */
  quote: [number, number];
  text: string;
}
