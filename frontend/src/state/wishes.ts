import type { Reading, ReadPoint, SearchLimits, UnitEdit } from "@/protocol";

/** What a point of the feedback can be: a field of the decision. */
export type Wish = Extract<ReadPoint["field"], "search" | "leave_out" | "note" | "drop" | "keep" | "limits" | "text">;

/** What a person made of a point: another field, other words, or nothing at all. */
export interface Move {
  to: Wish | "nothing";
  value: string;
}

/** A point of the feedback as it will be sent. */
export interface Item {
  key: string;
  /** In the words of who typed it. */
  said: string;
  /** Null where it is not sure: then nothing is done about it until somebody says what it is. */
  wish: Wish | null;
  value: string;
}

const WISHES: readonly string[] = ["search", "leave_out", "note", "drop", "keep", "limits", "text"] satisfies Wish[];

function isWish(field: ReadPoint["field"]): field is Wish {
  return WISHES.includes(field);
}

/** What feedback was read as, with what a person made of it since. */
export function itemsOf(reading: Reading | null, moves: Record<string, Move> = {}): Item[] {
  if (reading === null) return [];
  const read = reading.points.flatMap(({ said, field, value }) =>
    isWish(field) && field !== "text" ? [{ key: `${field} ${value}`, said, wish: field, value }] : [],
  );
  // What one wish does to several sentences is one chip, in the words typed.
  const ordered = [...new Set(reading.points.filter(({ field }) => field === "text").map(({ said }) => said))];
  const text = ordered.map((said) => ({ key: `text ${said}`, said, wish: "text" as const, value: said }));
  const unsure = reading.unsure.map(({ said }) => ({ key: `? ${said}`, said, wish: null, value: said }));
  return [...read, ...text, ...unsure].flatMap((item) => {
    const move = moves[item.key];
    if (move === undefined) return [item];
    return move.to === "nothing" ? [] : [{ ...item, wish: move.to, value: move.value }];
  });
}

/** The fields of a decision that items stand for; `feedback` has what is still not sure, in the words typed. */
export interface Wishes {
  search: string[];
  leaveOut: string[];
  notes: string[];
  drop: Record<string, string>;
  keep: string[];
  limits: SearchLimits | null;
  /** What single sentences of a text are to be: moved, or struck. */
  text: UnitEdit[];
  feedback: string;
}

export function wishesOf(items: Item[], reading: Reading | null): Wishes {
  const values = (wish: Wish): string[] => [
    ...new Set(items.flatMap((item) => (item.wish === wish && item.value.trim() !== "" ? [item.value.trim()] : []))),
  ];
  const dropped = items.filter((item) => item.wish === "drop");
  return {
    search: values("search"),
    leaveOut: values("leave_out"),
    notes: values("note"),
    drop: Object.fromEntries(dropped.map((item) => [item.value, item.said])),
    keep: values("keep"),
    limits: items.some((item) => item.wish === "limits") ? (reading?.limits ?? null) : null,
    text: (reading?.points ?? [])
      .filter(
        ({ field, said }) =>
          field === "text" && items.some((item) => item.key === `text ${said}` && item.wish === "text"),
      )
      .map(({ value }) => unitEdit(value)),
    feedback: items
      .filter((item) => item.wish === null)
      .map((item) => item.said)
      .join("\n"),
  };
}

/** "u3 before u1" and "strike u3", as the protocol says them. */
function unitEdit(value: string): UnitEdit {
  const [unit = "", side = "", beside = ""] = value.split(" ");
  if (unit === "strike") return { unit: side, strike: true };
  return { unit, ...(side === "before" ? { before: beside } : { after: beside }) };
}

/** Fields that a point may be moved to; a finding is never again, or stays, by its id alone. */
export function movesFor(item: Item): Wish[] {
  const byWords: Wish[] = ["search", "leave_out", "note"];
  return item.key.startsWith("limits ") ? [...byWords, "limits"] : byWords;
}
