import { type ReactNode, useRef, useState } from "react";
import type { QuotedPage, Source, StoredPassage } from "@/protocol";
import { useQuotedPage } from "@/state/hooks";
import { contextText as words } from "@/strings";
import styles from "./context.module.css";

/** Whether a passage stands on a page that the server may be able to draw. */
export function hasPages(source: Source, passage: StoredPassage): boolean {
  return source.kind === "library" && /\.pdf$/i.test(source.uri) && passage.place.page !== null;
}

/** The page that a passage stands on, with its quote marked. `children` are its text: there until the page is, where
 * it cannot be drawn, and for who chooses it. */
export function PagePicture({
  runId,
  source,
  passage,
  children,
}: {
  runId: string;
  source: Source;
  passage: StoredPassage;
  children: ReactNode;
}) {
  const view = useQuotedPage(runId, source.id, passage.finding);
  const [asText, setAsText] = useState(false);
  if (view.kind !== "shown")
    return (
      <>
        <p role="status" className={styles.note}>
          {view.kind === "loading" ? words.drawing : view.why || words.notDrawn}
        </p>
        {children}
      </>
    );
  const quote = Array.from(passage.text)
    .slice(...passage.quote)
    .join("");
  return (
    <>
      {/* biome-ignore lint/a11y/useSemanticElements: a fieldset is of a form */}
      <div role="group" aria-label={words.view} className={styles.views}>
        <button type="button" className="chip" aria-pressed={!asText} onClick={() => setAsText(false)}>
          {words.asPage}
        </button>
        <button type="button" className="chip" aria-pressed={asText} onClick={() => setAsText(true)}>
          {words.asText}
        </button>
      </div>
      {asText ? (
        children
      ) : (
        <Drawn page={view.page} label={words.page(view.number)} alt={words.pageOf(view.number, source.title, quote)} />
      )}
    </>
  );
}

function Drawn({ page, label, alt }: { page: QuotedPage; label: string; alt: string }) {
  const first = useRef<HTMLSpanElement>(null);
  const share = (fraction: number): string => `${fraction * 100}%`;
  return (
    <>
      {page.goes_on && <p className={styles.note}>{words.goesOn}</p>}
      <section
        className={styles.page}
        aria-label={label}
        // It scrolls, so a keyboard has to reach it.
        // biome-ignore lint/a11y/noNoninteractiveTabindex: see above
        tabIndex={0}
      >
        <figure>
          {/* biome-ignore lint/performance/noImgElement: the page is exported, and the picture is in its address */}
          <img
            src={`data:image/png;base64,${page.png}`}
            width={page.width}
            height={page.height}
            alt={alt}
            onLoad={() => first.current?.scrollIntoView?.({ block: "center", inline: "center" })}
          />
          {page.boxes.map(({ left, top, width, height }, index) => (
            <span
              // biome-ignore lint/suspicious/noArrayIndexKey: the boxes of a picture do not change
              key={index}
              ref={index === 0 ? first : undefined}
              className={styles.box}
              aria-hidden="true"
              style={{ left: share(left), top: share(top), width: share(width), height: share(height) }}
            />
          ))}
        </figure>
      </section>
    </>
  );
}
