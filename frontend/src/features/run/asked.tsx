import { useState } from "react";
import type { RunState } from "@/protocol";
import { useMe } from "@/state/hooks";
import { hindranceOf, tellClaim } from "@/state/me";
import { phaseOf } from "@/state/phase";
import type { RunView } from "@/state/run";
import { nameOf, peopleText as words } from "@/strings";
import styles from "./asked.module.css";

/** Who is asked to decide, whether one may oneself, and who is on it; nothing of it where nobody signs in. */
export function Asked({ view }: { view: RunView }) {
  const { run } = view;
  const me = useMe();
  if (run === null || me === null || me.person === null || phaseOf(view) !== "waiting") return null;
  const hindrance = hindranceOf(run, me);
  return (
    <div className={styles.asked} role="note">
      {hindrance === null && run.asked_of.length > 0 && <span>{words.askedOf(run.asked_of)}</span>}
      {hindrance !== null && <span>{words.hindrance(run.asked_of, hindrance)}</span>}
      {hindrance === null ? (
        <Claim key={run.id} run={run} me={me.person.name} />
      ) : (
        run.claim !== null && <span>{words.onIt(nameOf(run.claim, true))}</span>
      )}
    </div>
  );
}

function Claim({ run, me }: { run: RunState; me: string }) {
  const [claim, setClaim] = useState(run.claim);
  const [failed, setFailed] = useState(false);
  const mine = claim?.verified === true && claim.by === me;
  const press = async (take: boolean): Promise<void> => {
    try {
      setClaim(await tellClaim(run.id, take));
      setFailed(false);
    } catch {
      setFailed(true);
    }
  };
  return (
    <>
      {claim !== null && <span>{mine ? words.youAreOnIt : words.onIt(nameOf(claim, true))}</span>}
      {(claim === null || mine) && (
        <button type="button" className="link" onClick={() => void press(!mine)}>
          {mine ? words.giveBack : words.claim}
        </button>
      )}
      <span role="alert">{failed && words.notClaimed}</span>
    </>
  );
}
