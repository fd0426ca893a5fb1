import { useState } from "react";
import { Popover } from "@/components/popover";
import { sortingText as words } from "@/strings";
import styles from "./tools.module.css";

interface CardMenuProps {
  claim: string;
  never: boolean;
  /** `null` takes it back. */
  onNever: (reason: string | null) => void;
}

/** What a tick cannot say of a finding: that it is never to come back, and why. */
export function CardMenu({ claim, never, onNever }: CardMenuProps) {
  return (
    <Popover label={words.menu(claim)} face={<Dots />} className={styles.more}>
      {(close) =>
        never ? (
          <button
            type="button"
            onClick={() => {
              close();
              onNever(null);
            }}
          >
            {words.undo}: {words.never.toLowerCase()}
          </button>
        ) : (
          <Never
            onNever={(reason) => {
              close();
              onNever(reason);
            }}
          />
        )
      }
    </Popover>
  );
}

function Never({ onNever }: { onNever: (reason: string) => void }) {
  const [reason, setReason] = useState("");
  return (
    <>
      <label>
        {words.neverWhy}
        <input
          value={reason}
          maxLength={300}
          dir="auto"
          onChange={(event) => setReason(event.target.value)}
          onKeyDown={(event) => {
            if (event.key === "Enter" && !event.nativeEvent.isComposing) onNever(reason.trim());
          }}
        />
      </label>
      <button type="button" onClick={() => onNever(reason.trim())}>
        <b>{words.never}</b>
      </button>
      {words.neverReasons.map((each) => (
        <button key={each} type="button" onClick={() => onNever(each)}>
          {words.never}: {each.toLowerCase()}
        </button>
      ))}
    </>
  );
}

function Dots() {
  return (
    <svg width="16" height="16" viewBox="0 0 16 16" fill="currentColor" aria-hidden="true">
      <circle cx="3" cy="8" r="1.4" />
      <circle cx="8" cy="8" r="1.4" />
      <circle cx="13" cy="8" r="1.4" />
    </svg>
  );
}
