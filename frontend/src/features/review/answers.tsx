import { Fold } from "@/components/fold";
import type { ReviewData } from "@/protocol";
import { evidenceIn, gapsIn, matchWord } from "@/state/findings";
import { type Answer, answersOf } from "@/state/parts";
import { evidenceText, answersText as words } from "@/strings";
import styles from "./answers.module.css";
import { anchorOf } from "./finding-link";

/**
 * What answers each part of the question best, or that nothing does: the review on one screen. In later rounds most of
 * it is known, and what is new stands first among the findings: it folds into a line.
 */
export function Answers({ data }: { data: ReviewData }) {
  const answers = answersOf(data.parts, evidenceIn(data.findings), gapsIn(data.findings), data.aside.length > 0);
  // Of a question in one part the first finding is the answer already.
  if (answers.length < 2) return null;
  const titles = new Map(data.sources.map(({ id, title }) => [id, title]));
  const table = <Table answers={answers} titles={titles} />;
  if (data.round === 1) return table;
  const unanswered = answers.filter(({ best }) => best === null);
  const open = unanswered.filter(({ gap }) => gap !== null).length;
  return <Fold label={words.tally(answers.length, open, unanswered.length - open)}>{table}</Fold>;
}

function Table({ answers, titles }: { answers: Answer[]; titles: Map<string, string> }) {
  return (
    <table className={styles.answers}>
      <caption className="sr">{words.caption}</caption>
      <thead>
        <tr>
          <th scope="col">{words.part}</th>
          <th scope="col">{words.statement}</th>
          <th scope="col">{words.document}</th>
          <th scope="col">{words.match}</th>
        </tr>
      </thead>
      <tbody>
        {answers.map((answer) => (
          <Row key={answer.topic} answer={answer} titles={titles} />
        ))}
      </tbody>
    </table>
  );
}

function Row({ answer: { topic, best, gap }, titles }: { answer: Answer; titles: Map<string, string> }) {
  if (best === null) {
    return (
      <tr className={styles.gap}>
        <th scope="row">
          <span dir="auto" title={topic}>
            {topic}
          </span>
        </th>
        <td colSpan={3} className={styles.statement}>
          {gap === null ? words.aside : <a href={`#${anchorOf(gap)}`}>{words.nothing}</a>}
        </td>
      </tr>
    );
  }
  const source = best.quotes[0]?.source ?? "";
  const match = matchWord(best);
  return (
    <tr>
      <th scope="row">
        <span dir="auto" title={topic}>
          {topic}
        </span>
      </th>
      <td className={styles.statement}>
        <a href={`#${anchorOf(best.id)}`} dir="auto">
          {best.claim}
        </a>
      </td>
      <td className={styles.document}>
        <span dir="auto">{titles.get(source) ?? ""}</span>
      </td>
      <td className={styles.match}>{match === null ? "" : evidenceText.matchAlone[match]}</td>
    </tr>
  );
}
