import { useState } from "react";
import { Popover } from "@/components/popover";
import type { Report, Sentence } from "@/protocol";
import { type Edit, kindOf, movesOf, quotesFor, wordingBefore } from "@/state/text-edits";
import { textReviewText as words } from "@/strings";
import styles from "./text.module.css";

interface UnitMenuProps {
  report: Report;
  unit: Sentence;
  edit: Edit | undefined;
  /** `null` takes an edit back. */
  onEdit: (edit: Edit | null) => void;
}

/** What can be done with one unit of a text before it is released. */
export function UnitMenu({ report, unit, edit, onEdit }: UnitMenuProps) {
  const kind = edit === undefined ? null : kindOf(edit);
  return (
    <span className={styles.tool} data-edit={kind ?? undefined} data-screen-only>
      <Popover
        label={words.menu(unit.text)}
        face={kind === null ? <span aria-hidden="true">⋯</span> : words.done[kind]}
        className={`${styles.face} ${kind === null ? "" : styles.marked}`}
      >
        {(close) => (
          <Choices
            report={report}
            unit={unit}
            edit={edit}
            onEdit={(made) => {
              close();
              onEdit(made);
            }}
          />
        )}
      </Popover>
    </span>
  );
}

function Choices({ report, unit, edit, onEdit }: UnitMenuProps) {
  const [comment, setComment] = useState(edit?.comment ?? "");
  const before = wordingBefore(report, unit);
  const quotes = quotesFor(report, unit);
  const moves = movesOf(report, unit);
  return (
    <>
      {edit !== undefined && (
        <button type="button" onClick={() => onEdit(null)}>
          {words.undo}
        </button>
      )}
      {before !== null && (
        <span className={styles.confirm}>
          <small>{words.drafted}</small>
          <q dir="auto">{before}</q>
          <small>{words.stands}</small>
          <q dir="auto">{unit.text}</q>
          <button type="button" onClick={() => onEdit({ confirm: true })}>
            <b>{words.confirm}</b>
          </button>
        </span>
      )}
      <button type="button" onClick={() => onEdit({ strike: true })}>
        {words.strike}
      </button>
      {(["top", "up", "down"] as const).map((way) => {
        const move = moves[way];
        return (
          move !== undefined && (
            <button key={way} type="button" onClick={() => onEdit(move)}>
              {words.move[way]}
            </button>
          )
        );
      })}
      <label>
        {words.comment}
        <textarea
          rows={2}
          value={comment}
          maxLength={1_000}
          dir="auto"
          onChange={(event) => setComment(event.target.value)}
        />
      </label>
      {comment.trim() !== "" && (
        <button type="button" onClick={() => onEdit({ comment: comment.trim() })}>
          {words.addComment}
        </button>
      )}
      {quotes.length > 0 && (
        <span className={styles.quotes}>
          <small>{words.replaceBy}</small>
          {quotes.map((quote) => (
            <button key={quote.id} type="button" dir="auto" onClick={() => onEdit({ replace: quote.id })}>
              {quote.text}
            </button>
          ))}
        </span>
      )}
    </>
  );
}
