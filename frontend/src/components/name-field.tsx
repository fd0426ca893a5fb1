"use client";

import { useName } from "@/state/hooks";
import { setName } from "@/state/name";
import { header } from "@/strings";
import styles from "./header.module.css";

/** Who decides here. Asked once; decisions and reports carry it. */
export function NameField() {
  const name = useName();
  return (
    <input
      className={styles.name}
      aria-label={header.name}
      placeholder={header.namePlaceholder}
      value={name}
      maxLength={100}
      autoComplete="name"
      spellCheck={false}
      onChange={(event) => setName(event.target.value)}
    />
  );
}
