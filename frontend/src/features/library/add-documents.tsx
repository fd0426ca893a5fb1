import { useEffect, useRef, useState } from "react";
import { addDocuments, forgetSending, type Sending } from "@/state/documents";
import { useName } from "@/state/hooks";
import { documents as words } from "@/strings";
import styles from "./library.module.css";

/** Takes files that are chosen, or dropped anywhere on the page, and says how far each is. */
export function AddDocuments({ sending }: { sending: Sending[] }) {
  const field = useRef<HTMLInputElement>(null);
  const by = useName();
  const over = useDropping((files) => void addDocuments(files, by.trim(), words.failed));
  return (
    <div className={styles.add}>
      <input
        ref={field}
        type="file"
        multiple
        hidden
        aria-label={words.choose}
        onChange={(event) => {
          void addDocuments([...(event.target.files ?? [])], by.trim(), words.failed);
          event.target.value = "";
        }}
      />
      <button type="button" className="btn primary" onClick={() => field.current?.click()}>
        {words.choose}
      </button>
      {over && <div className={styles.over}>{words.drop}</div>}
      <div role="status">
        <ul className={styles.sending}>
          {sending.map((each) => (
            <li key={each.id} className={each.problem === null ? undefined : styles.problem} dir="auto">
              {each.problem === null ? words.uploading(each.name, each.share) : words.refused(each.problem)}
              {each.problem !== null && (
                <button type="button" className="btn" onClick={() => forgetSending(each.id)}>
                  {words.clear}
                </button>
              )}
            </li>
          ))}
        </ul>
      </div>
    </div>
  );
}

/** Whether files are held over the page; `onFiles` gets them when they are let go. */
function useDropping(onFiles: (files: File[]) => void): boolean {
  const [over, setOver] = useState(false);
  const latest = useRef(onFiles);
  latest.current = onFiles;
  useEffect(() => {
    const abort = new AbortController();
    const { signal } = abort;
    let depth = 0;
    const holds = (event: DragEvent): boolean => event.dataTransfer?.types.includes("Files") === true;
    const count = (event: DragEvent, step: number): void => {
      if (!holds(event)) return;
      event.preventDefault();
      depth = Math.max(0, depth + step);
      setOver(depth > 0);
    };
    window.addEventListener("dragenter", (event) => count(event, 1), { signal });
    window.addEventListener("dragleave", (event) => count(event, -1), { signal });
    window.addEventListener("dragover", (event) => holds(event) && event.preventDefault(), { signal });
    window.addEventListener(
      "drop",
      (event) => {
        if (!holds(event)) return;
        event.preventDefault();
        depth = 0;
        setOver(false);
        latest.current([...(event.dataTransfer?.files ?? [])]);
      },
      { signal },
    );
    return () => abort.abort();
  }, []);
  return over;
}
