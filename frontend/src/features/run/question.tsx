import { type RefObject, useLayoutEffect, useRef, useState } from "react";
import { LONG_TEXT, sameLetters } from "@/state/title";
import { runText as words } from "@/strings";
import styles from "./question.module.css";

/** A report has a heading of its own; the question stands above it only when it says something else. */
export function Question({ question, title }: { question: string; title: string | null }) {
  if (title !== null && sameLetters(title, question)) return null;
  const [Tag, style] = title === null ? (["h1", styles.title] as const) : (["p", styles.asked] as const);
  if (question.length > SHORT) return <Text text={question} as={Tag} />;
  return (
    <Tag className={style} dir="auto">
      {question}
    </Tag>
  );
}

/** Characters up to which a question is a title, in the letters of one. */
const SHORT = 70;

/** Of a question with many parts, or a whole text, only the beginning stands here, until somebody wants the rest. */
function Text({ text, as: Tag }: { text: string; as: "h1" | "p" }) {
  const [whole, setWhole] = useState(false);
  const shown = useRef<HTMLHeadingElement & HTMLParagraphElement>(null);
  const isCut = useCut(shown, whole);
  return (
    <div className={styles.beginning}>
      <Tag ref={shown} dir="auto" className={`${styles.text} ${whole ? "" : styles.clipped}`}>
        {text}
      </Tag>
      {(isCut || text.length > LONG_TEXT) && (
        <button
          type="button"
          className={`link ${whole ? "" : styles.more}`}
          aria-expanded={whole}
          onClick={() => setWhole(!whole)}
        >
          {whole ? words.lessText : words.wholeText}
        </button>
      )}
    </div>
  );
}

/** Whether some of a text is cut off; while the whole of it is shown, whether it was. */
function useCut(text: RefObject<HTMLElement | null>, whole: boolean): boolean {
  const [isCut, setCut] = useState(false);
  useLayoutEffect(() => {
    const element = text.current;
    if (element === null || whole) return;
    const look = (): void => setCut(element.scrollHeight > element.clientHeight);
    look();
    window.addEventListener("resize", look);
    return () => window.removeEventListener("resize", look);
  }, [text, whole]);
  return isCut;
}
