import type { Decision, Finding, Reading, ReviewData, SentDecision } from "@/protocol";
import type { DecisionDraft } from "./decision-draft";
import { editsOf, evidenceIn } from "./findings";
import { textOf } from "./text-edits";
import { itemsOf, type Wishes, wishesOf } from "./wishes";

/** What becomes of the findings of a review, by id. Gaps are among them. */
export interface Sorting {
  keep: string[];
  aside: string[];
  drop: Record<string, string>;
}

type Sorted = Pick<ReviewData, "findings" | "aside">;

/** Whether anything was sorted. As long as nothing was, sending back keeps only what was kept in an earlier round. */
export function isSorted(draft: DecisionDraft): boolean {
  const touched = [draft.unticked, draft.back ?? [], Object.keys({ ...draft.edits, ...draft.never })];
  return draft.keepsAll === true || touched.some((each) => each.length > 0);
}

/** Whether a finding stands ticked. */
export function isTicked(id: string, draft: Pick<DecisionDraft, "unticked" | "never">): boolean {
  return !draft.unticked.includes(id) && draft.never?.[id] === undefined;
}

/** What a decision would do to the findings. */
export function sortingOf(data: Sorted, draft: DecisionDraft, decision: Decision, wishes?: Wishes): Sorting {
  // A gap that is not to be mentioned is dropped: there is nothing in it to bring back.
  const gaps = data.findings.filter(({ id, kind }) => kind === "gap" && draft.unticked.includes(id));
  const drop = { ...Object.fromEntries(gaps.map(({ id }) => [id, ""])), ...draft.never, ...wishes?.drop };
  const stays = (finding: Finding): boolean =>
    decision === "approve" || isSorted(draft) || finding.state === "kept" || finding.kind === "gap";
  const ticked = data.findings.filter((finding) => isTicked(finding.id, draft) && stays(finding));
  const named = [...ticked.map(({ id }) => id), ...(draft.back ?? []), ...(wishes?.keep ?? [])];
  const keep = [...new Set(named)].filter((id) => drop[id] === undefined);
  const aside = data.findings.map(({ id }) => id).filter((id) => drop[id] === undefined && !keep.includes(id));
  return { keep, aside, drop };
}

/** What of a decision the review's own fields say, ready to be sent. */
export type ReviewDecision = Omit<SentDecision, "response_id" | "review" | "by">;

/**
 * A decision about findings as it is sent. An approval of all that is shown says no more than that; a rejection always
 * says what is dropped, for this page sorts.
 *
 * @param reading how the feedback is read; null where that is not known, and the feedback goes as it was typed
 */
export function answerOf(
  data: Sorted,
  draft: DecisionDraft,
  response: Decision,
  reading: Reading | null,
): ReviewDecision {
  const wishes = reading === null ? undefined : wishesOf(itemsOf(reading, draft.moves), reading);
  const { keep, aside, drop } = sortingOf(data, draft, response, wishes);
  const typed = draft.feedback.trim();
  const note = noteOf(draft, response, wishes);
  const sorts =
    response === "reject" || aside.length > 0 || Object.keys(drop).length > 0 || (draft.back ?? []).length > 0;
  const feedback = response === "reject" ? (wishes === undefined ? typed : wishes.feedback) : "";
  return {
    response,
    feedback,
    ...(sorts && { keep, drop }),
    ...editsOf(data.findings, draft),
    ...(note !== "" && { note }),
    ...(note !== "" && response === "approve" && draft.showNote === true && { show_note: true }),
    ...(wishes !== undefined && wishes.leaveOut.length > 0 && { leave_out: wishes.leaveOut }),
    ...(response === "reject" && wishes !== undefined && wishes.search.length > 0 && { search: wishes.search }),
    ...(response === "reject" && wishes?.limits != null && { limits: wishes.limits }),
    ...addedBy(draft),
  };
}

/** What the writer is told. What nobody has read is not lost with an approval, which has no feedback but its note. */
export function noteOf({ note = "", feedback }: DecisionDraft, response: Decision, wishes: Wishes | undefined): string {
  const unread = response === "approve" ? [feedback.trim()] : [];
  return [note.trim(), ...(wishes?.notes ?? unread)].filter((each) => each !== "").join("\n");
}

/** A decision about a text as it is sent. Of an approval the feedback is the note, as ever. */
export function textAnswerOf(draft: DecisionDraft, response: Decision, reading: Reading | null): ReviewDecision {
  const wishes = reading === null ? undefined : wishesOf(itemsOf(reading, draft.moves), reading);
  const typed = draft.feedback.trim();
  if (response === "approve" || wishes === undefined) {
    const shows = response === "approve" && typed !== "" && draft.showNote === true;
    return { response, feedback: typed, ...(shows && { show_note: true }), ...textOf(draft) };
  }
  return {
    response,
    feedback: wishes.feedback,
    ...(wishes.notes.length > 0 && { note: wishes.notes.join("\n") }),
    ...(wishes.leaveOut.length > 0 && { leave_out: wishes.leaveOut }),
    ...(wishes.search.length > 0 && { search: wishes.search }),
    ...(Object.keys(wishes.drop).length > 0 && { drop: wishes.drop }),
    ...(wishes.limits !== null && { limits: wishes.limits }),
    ...textOf(draft, wishes.text),
  };
}

function addedBy({ added = [] }: DecisionDraft): Pick<SentDecision, "add"> {
  return added.length === 0 ? {} : { add: added.map(({ source, start, end }) => ({ source, start, end })) };
}

/** Why findings cannot be approved as they are sorted: nothing would be left. */
export function keepsNothing(data: Sorted, draft: DecisionDraft): boolean {
  if ((draft.added ?? []).length > 0) return false;
  const { keep } = sortingOf(data, draft, "approve");
  // Gaps alone can be approved, but only where there is nothing else.
  if (evidenceIn(data.findings).length === 0) return data.findings.length > 0 && keep.length === 0;
  return !evidenceIn([...data.findings, ...data.aside]).some(({ id }) => keep.includes(id));
}
