"use client";

import { useRouter } from "next/navigation";
import { type FormEvent, useEffect, useId, useState } from "react";
import { useMe } from "@/state/hooks";
import { pathOf, signIn } from "@/state/me";
import { peopleText as words } from "@/strings";
import styles from "./sign-in.module.css";

/** Sign in with a token, with what a link carries behind its #, or through a provider; then on to where one came from. */
export function SignInScreen() {
  const router = useRouter();
  const me = useMe();
  const [link, setLink] = useState("");
  const [next, setNext] = useState("/");
  const [failed, setFailed] = useState(false);
  useEffect(() => {
    const { hash, search, pathname, origin } = window.location;
    const asked = new URLSearchParams(search);
    setNext(pathOf(asked.get("next"), origin));
    setFailed(asked.has("failed"));
    if (hash.length < 2) return;
    setLink(hash.slice(1));
    // It is good once, but stays out of the history and of what is copied from the address bar.
    window.history.replaceState(null, "", `${pathname}${search}`);
  }, []);
  const signedIn = me !== null && (me.auth === "none" || me.person !== null) && link === "";
  useEffect(() => {
    if (signedIn) router.replace(next);
  }, [signedIn, next, router]);
  if (me === null || signedIn) return <main className={styles.main} />;
  return (
    <main className={styles.main}>
      <h1>{words.title}</h1>
      {failed && <p className="alert">{words.failed}</p>}
      {me.auth === "proxy" && <p>{words.proxy}</p>}
      {me.auth === "oidc" && link === "" && (
        <p>
          {/* Another site answers there, so it is no route of this page. */}
          <a className="btn primary" href={`/auth/start?next=${encodeURIComponent(next)}`}>
            {words.organisation}
          </a>
        </p>
      )}
      {(me.auth === "tokens" || (me.auth === "oidc" && link !== "")) && (
        <SecretForm key={link} link={link} onDone={() => setLink("")} />
      )}
    </main>
  );
}

function SecretForm({ link, onDone }: { link: string; onDone: () => void }) {
  const id = useId();
  const [typed, setTyped] = useState("");
  const [busy, setBusy] = useState(false);
  const [complaint, setComplaint] = useState("");
  const submit = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    const secret = link === "" ? typed.trim() : link;
    if (busy) return;
    if (secret === "") return setComplaint(words.needed);
    setBusy(true);
    try {
      if (await signIn(secret)) return onDone();
      setComplaint(words.refused);
    } catch {
      setComplaint(words.unreachable);
    }
    setBusy(false);
  };
  return (
    <form className={styles.form} onSubmit={(event) => void submit(event)} noValidate>
      <p id={`${id}-lead`}>{link === "" ? words.lead : words.byLink}</p>
      {link === "" && (
        <>
          <label htmlFor={id}>{words.token}</label>
          <input
            id={id}
            type="password"
            autoComplete="current-password"
            aria-describedby={`${id}-hint ${id}-note`}
            aria-invalid={complaint !== ""}
            value={typed}
            maxLength={200}
            onChange={(event) => setTyped(event.target.value)}
          />
          <small id={`${id}-hint`}>{words.tokenHint}</small>
        </>
      )}
      <button type="submit" className="btn primary" aria-disabled={busy}>
        {busy ? words.signingIn : words.signIn}
      </button>
      <p id={`${id}-note`} role="alert" className="alert">
        {complaint}
      </p>
    </form>
  );
}
