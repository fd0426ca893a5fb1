import { useState } from "react";
import { Popover } from "@/components/popover";
import { type Item, type Move, movesFor, type Wish } from "@/state/wishes";
import { wishText as words } from "@/strings";
import styles from "./wishes.module.css";

interface WishChipsProps {
  items: Item[];
  /** Why no model read it though one was to; "" where none failed. */
  fallback: string;
  /** Whether what was typed last is not read yet. */
  stale: boolean;
  disabled: boolean;
  onMove: (key: string, move: Move) => void;
}

/** How the feedback is read, point by point. What stands here is what is sent. */
export function WishChips({ items, fallback, stale, disabled, onMove }: WishChipsProps) {
  if (items.length === 0) return null;
  return (
    <>
      <ul className={styles.chips} aria-label={words.region} aria-busy={stale}>
        {items.map((item) => (
          <li key={item.key}>
            {item.wish === null ? (
              <Question item={item} disabled={disabled} onMove={(move) => onMove(item.key, move)} />
            ) : (
              <Chip item={item} wish={item.wish} disabled={disabled} onMove={(move) => onMove(item.key, move)} />
            )}
          </li>
        ))}
      </ul>
      {fallback !== "" && <p className={styles.fallback}>{words.byRules(fallback)}</p>}
    </>
  );
}

interface ChipProps {
  item: Item;
  disabled: boolean;
  onMove: (move: Move) => void;
}

function Chip({ item, wish, disabled, onMove }: ChipProps & { wish: Wish }) {
  const text = words.chip(wish, item.value);
  return (
    <span className={`${styles.chip} ${wish === "leave_out" || wish === "drop" ? styles.out : ""}`}>
      {disabled ? (
        <span dir="auto">{text}</span>
      ) : (
        <Popover label={words.change(text)} face={<span dir="auto">{text}</span>} className={styles.face}>
          {(close) => (
            <Moves
              item={item}
              wish={wish}
              onMove={(move) => {
                close();
                onMove(move);
              }}
            />
          )}
        </Popover>
      )}
      {!disabled && (
        <button
          type="button"
          className={styles.remove}
          aria-label={words.remove(text)}
          onClick={() => onMove({ to: "nothing", value: item.value })}
        >
          <svg width="10" height="10" viewBox="0 0 10 10" stroke="currentColor" aria-hidden="true">
            <path d="m2 2 6 6M8 2 2 8" strokeWidth="1.4" strokeLinecap="round" />
          </svg>
        </button>
      )}
    </span>
  );
}

/** Other words for a point, and other fields for it. */
function Moves({ item, wish, onMove }: { item: Item; wish: Wish; onMove: (move: Move) => void }) {
  const [value, setValue] = useState(item.value);
  const kinds = movesFor(item);
  const worded = kinds.includes(wish) && wish !== "limits";
  return (
    <>
      <label>
        {words.words}
        <input
          value={value}
          dir="auto"
          maxLength={500}
          onChange={(event) => setValue(event.target.value)}
          onKeyDown={(event) => {
            if (event.key !== "Enter" || event.nativeEvent.isComposing) return;
            event.preventDefault();
            if (worded) onMove({ to: wish, value });
          }}
        />
      </label>
      {kinds.map((kind) => (
        <button
          key={kind}
          type="button"
          onClick={() => onMove({ to: kind, value: kind === "limits" ? item.value : value })}
        >
          {words.kind(kind)}
          {kind === wish ? " ✓" : ""}
        </button>
      ))}
      <button type="button" onClick={() => onMove({ to: "nothing", value: item.value })}>
        {words.nothing}
      </button>
    </>
  );
}

/** A point that may exclude something: nothing is done about it unless somebody says what it is. */
function Question({ item, disabled, onMove }: ChipProps) {
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset has no room for its name in the same line
    <span role="group" className={styles.question} aria-label={`${words.unsure(item.said)} ${words.unsureAs}`}>
      <span dir="auto">{words.unsure(item.said)}</span>
      {!disabled && (
        <>
          {movesFor(item).map((kind) => (
            <button key={kind} type="button" className="link" onClick={() => onMove({ to: kind, value: item.said })}>
              {words.kind(kind)}
            </button>
          ))}
          <button type="button" className="link" onClick={() => onMove({ to: "nothing", value: item.said })}>
            {words.nothing}
          </button>
        </>
      )}
    </span>
  );
}
