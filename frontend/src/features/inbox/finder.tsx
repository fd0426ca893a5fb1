import { type FormEvent, useEffect, useRef, useState } from "react";
import { useMe } from "@/state/hooks";
import { type InboxQuery, LONGEST_SEARCH, SHOWS } from "@/state/inbox-query";
import { inboxText as words } from "@/strings";
import styles from "./finder.module.css";

/** How long nothing may be typed before the search is made. */
const PAUSE_MS = 250;

/** What is shown, and a search in it. A filter and the beginning of a search are steps that Back undoes. */
export function Finder({
  query,
  onQuery,
}: {
  query: InboxQuery;
  onQuery: (query: InboxQuery, asStep: boolean) => void;
}) {
  const me = useMe();
  // Where nobody signs in, all that waits is asked of everybody; and of who only asks, nothing is.
  const decides = me?.person != null && me.person.role !== "asker";
  const shows = SHOWS.filter((show) => show !== "mine" || decides);
  const [text, setText] = useState(query.q);
  const sent = useRef(query.q);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  useEffect(() => {
    // Not this field has changed the address, but Back, a link, or a button beside it.
    if (query.q !== sent.current) {
      setText(query.q);
      clearTimeout(timer.current);
    }
    sent.current = query.q;
  }, [query.q]);
  useEffect(() => () => clearTimeout(timer.current), []);

  const ask = (typed: string, show = query.show): void => {
    clearTimeout(timer.current);
    const q = typed.trim();
    const asStep = show !== query.show || (query.q === "") !== (q === "");
    sent.current = q;
    if (q !== query.q || show !== query.show) onQuery({ show, q }, asStep);
  };
  const type = (typed: string): void => {
    setText(typed);
    clearTimeout(timer.current);
    timer.current = setTimeout(() => ask(typed), PAUSE_MS);
  };
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    ask(text);
  };
  return (
    <search className={styles.finder} aria-label={words.find}>
      <fieldset className={styles.shows}>
        <legend className="sr">{words.show}</legend>
        {shows.map((show) => (
          <button
            key={show}
            type="button"
            className="chip"
            aria-pressed={query.show === show}
            onClick={() => ask(text, show)}
          >
            {words.shows[show]}
          </button>
        ))}
      </fieldset>
      <form className={styles.search} onSubmit={submit}>
        <svg width="14" height="14" viewBox="0 0 14 14" fill="none" stroke="currentColor" aria-hidden="true">
          <circle cx="6" cy="6" r="4.5" strokeWidth="1.5" />
          <path d="m9.5 9.5 3.5 3.5" strokeWidth="1.5" strokeLinecap="round" />
        </svg>
        <input
          id="inbox-search"
          type="search"
          aria-label={words.search}
          placeholder={words.searchShort}
          maxLength={LONGEST_SEARCH}
          dir="auto"
          value={text}
          onChange={(event) => type(event.target.value)}
        />
      </form>
    </search>
  );
}
