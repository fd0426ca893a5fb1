import { useState } from "react";
import { Radios } from "@/components/form-field";
import { LazyMarkdown } from "@/components/lazy-markdown";
import { useSignature } from "@/components/signature";
import type { JsonValue } from "@/protocol";
import { useDecisionDraft, useHindrance } from "@/state/hooks";
import { alternativesOf, type Form, formOf } from "@/state/response-form";
import { lastDecided, refusalOf } from "@/state/run";
import { responseText as words } from "@/strings";
import { useArmed } from "./armed";
import { Details } from "./details";
import { Due } from "./due";
import styles from "./hosted-review.module.css";
import { ResponseButtons } from "./response-buttons";
import { ResponseForm } from "./response-form";
import type { ReviewProps } from "./review";

export interface HostedReviewProps extends ReviewProps {
  /** Which of the open reviews it is, from 1, and how many there are. */
  number: number;
  all: number;
}

/** The review of a hosted workflow: its words, and an answer in the form that its schema asks for. */
export function HostedReview({ session, view, review, runId, number, all }: HostedReviewProps) {
  const [draft, change] = useDecisionDraft(runId, review.seq);
  const { sign, dialog } = useSignature();
  const armed = useArmed(lastDecided(view) !== null);
  const busy = view.sending !== null;
  const alternatives = alternativesOf(review.data.response_schema);
  const [chosen, choose] = useState(0);
  const form = alternatives[chosen]?.form ?? formOf(review.data.response_schema);
  const name = words.numbered(number, all);
  // Of an answer that is no rejection nobody knows whether it approves. Why is said above.
  const own = useHindrance(view.run) === "own";
  const send = (response: JsonValue): void => {
    if (busy || !armed || (own && response !== "reject")) return;
    sign((by) => {
      const decision = { response, review: review.seq, feedback: draft.feedback.trim(), by };
      change({ ...draft, responseId: session.decide(decision) });
    });
  };
  const shared = {
    draft,
    onDraft: change,
    onSend: send,
    sending: view.sending?.review === review.seq,
    busy,
    guarded: !armed,
    onlyRejects: own,
    waiting: view.link === "reconnecting",
    refusal: refusalOf(view, review),
  };
  return (
    <section className={styles.review} aria-label={name}>
      {all > 1 && <h2 className="label">{name}</h2>}
      <Due view={view} review={review} />
      <LazyMarkdown text={review.payload} />
      <Details details={review.data.details} shown={review.payload} />
      {alternatives.length > 0 && (
        <Radios
          label={words.which}
          titles={alternatives.map((each) => each.title)}
          chosen={chosen}
          readOnly={shared.sending}
          onChoose={choose}
        />
      )}
      {isButtons(form) ? (
        <ResponseButtons {...shared} field={form.fields[0]} />
      ) : (
        <ResponseForm {...shared} form={form} />
      )}
      {dialog}
    </section>
  );
}

type Buttons = Form & { fields: [Extract<Form["fields"][number], { kind: "choice" }>] };

function isButtons(form: Form): form is Buttons {
  return form.whole && form.fields[0]?.kind === "choice";
}
