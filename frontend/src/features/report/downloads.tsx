import { reportText as words } from "@/strings";
import styles from "./report.module.css";

const FORMATS = ["md", "html", "docx", "pdf", "json"] as const;

/** The report as a file. */
export function Downloads({ runId }: { runId: string }) {
  return (
    <nav className={styles.downloads} aria-label={words.download}>
      <span>{words.download}</span>
      {FORMATS.map((format) => (
        <a key={format} href={`/api/runs/${encodeURIComponent(runId)}/report.${format}`} download>
          {words.formats[format]}
        </a>
      ))}
    </nav>
  );
}
