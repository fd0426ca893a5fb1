import { reportText as words } from "@/strings";
import styles from "./report.module.css";

/** The report as a file. */
export function Downloads({ runId }: { runId: string }) {
  return (
    <nav className={styles.downloads} aria-label={words.download}>
      <span>{words.download}</span>
      {Object.entries(words.formats).map(([format, name]) => (
        <a key={format} href={`/api/runs/${encodeURIComponent(runId)}/report.${format}`} download>
          {name}
        </a>
      ))}
    </nav>
  );
}
