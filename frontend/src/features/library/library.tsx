import Link from "next/link";
import { useState } from "react";
import { type DocumentsView, findDocuments, showAllDocuments } from "@/state/documents";
import { documents as words } from "@/strings";
import { AddDocuments } from "./add-documents";
import { DocumentRow } from "./document-row";
import styles from "./library.module.css";

/** The documents that questions are answered from: found by name, added, removed, and asked by themselves. */
export function Library({ view }: { view: DocumentsView }) {
  const [picked, setPicked] = useState<ReadonlySet<string>>(new Set());
  const [said, setSaid] = useState("");
  const { page } = view;
  const pick = (name: string, on: boolean): void =>
    setPicked((before) => new Set(on ? [...before, name] : [...before].filter((each) => each !== name)));
  return (
    <section className={styles.library}>
      <div className={styles.head}>
        <h1>{words.title}</h1>
        {/* Before the list is there too: a file that is dropped early must not be opened by the browser instead. */}
        {page?.can_add !== false && <AddDocuments sending={view.sending} />}
      </div>
      <p className={styles.lead}>{words.lead}</p>
      <div className={styles.tools}>
        <input
          type="search"
          className={styles.find}
          aria-label={words.find}
          placeholder={words.find}
          value={view.q}
          onChange={(event) => findDocuments(event.target.value)}
        />
        {picked.size > 0 && (
          <>
            <Link className="btn primary" href={addressOf(picked)}>
              {words.ask(picked.size)}
            </Link>
            <button type="button" className="btn" onClick={() => setPicked(new Set())}>
              {words.clear}
            </button>
          </>
        )}
      </div>
      <p role="status" className={styles.note}>
        {view.unreachable ? words.unreachable : said}
      </p>
      {page === null ? (
        <p className={styles.note}>{view.unreachable ? "" : words.loading}</p>
      ) : (
        <ul className={styles.list}>
          {page.documents.map((document) => (
            <DocumentRow
              key={document.name}
              document={document}
              picked={picked.has(document.name)}
              onPick={(on) => pick(document.name, on)}
              onGone={(text) => {
                setSaid(text);
                pick(document.name, false);
              }}
            />
          ))}
        </ul>
      )}
      {page !== null && page.documents.length === 0 && (
        <p className={styles.note}>{view.q === "" ? words.none : words.noMatch(view.q)}</p>
      )}
      {page !== null && page.documents.length < page.total && (
        <button type="button" className="btn" onClick={showAllDocuments}>
          {words.more(page.total)}
        </button>
      )}
    </section>
  );
}

/** The first page with these documents chosen for the question. */
function addressOf(names: ReadonlySet<string>): string {
  return `/?${new URLSearchParams([...names].map((name) => ["document", name]))}`;
}
