import { useEffect, useState } from "react";

const GUARD_MS = 700;

/** False for a moment when `guarded`: the second click of a double click must not decide what took the place of the first. */
export function useArmed(guarded: boolean): boolean {
  const [armed, setArmed] = useState(!guarded);
  useEffect(() => {
    const timer = setTimeout(() => setArmed(true), GUARD_MS);
    return () => clearTimeout(timer);
  }, []);
  return armed;
}
