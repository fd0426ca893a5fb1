"use client";

import { usePathname, useRouter } from "next/navigation";
import { type ReactNode, useEffect } from "react";
import { useMe } from "@/state/hooks";
import { mustSignIn } from "@/state/me";
import { peopleText as words } from "@/strings";
import styles from "./door.module.css";

/** Leads whoever has to sign in to where one does, and back; where nobody does it is not there. */
export function Door({ children }: { children: ReactNode }) {
  const router = useRouter();
  const path = usePathname();
  const me = useMe();
  const closed = mustSignIn(me) && !path.startsWith("/sign-in");
  useEffect(() => {
    if (!closed) return;
    const next = `${window.location.pathname}${window.location.search}`;
    router.replace(next === "/" ? "/sign-in/" : `/sign-in/?next=${encodeURIComponent(next)}`);
  }, [closed, router]);
  return (
    <>
      {me?.open === true && (
        <aside className={styles.open} aria-label={words.warning}>
          {words.open}
        </aside>
      )}
      {!closed && children}
    </>
  );
}
