import { reportText as words } from "@/strings";
import styles from "./report.module.css";

/** The report as a file, and the record of its run. */
export function Downloads({ runId }: { runId: string }) {
  const run = `/api/runs/${encodeURIComponent(runId)}`;
  return (
    <nav className={styles.downloads} aria-label={words.download}>
      <span>{words.download}</span>
      {Object.entries(words.formats).map(([format, name]) => (
        <a key={format} href={`${run}/report.${format}`} download>
          {name}
        </a>
      ))}
      <a href={`${run}/record`} download aria-describedby="record-shows">
        {words.record}
      </a>
      <small id="record-shows">{words.recordShows}</small>
    </nav>
  );
}
