import { useRouter } from "next/navigation";
import type { PersonInfo } from "@/protocol";
import { signOut } from "@/state/me";
import { peopleText as words } from "@/strings";
import styles from "./header.module.css";

/** Who is signed in, and the way out; a proxy signs out by itself. */
export function Account({ person, auth }: { person: PersonInfo; auth: string }) {
  const router = useRouter();
  const leave = async (): Promise<void> => {
    await signOut();
    router.replace("/sign-in/");
  };
  return (
    <div className={styles.account}>
      <span className={styles.person} title={words.account(person.name, words.roles[person.role])}>
        <b>{person.name}</b> <small>{words.roles[person.role]}</small>
      </span>
      {auth !== "proxy" && (
        <button type="button" className="btn quiet" onClick={() => void leave()}>
          {words.signOut}
        </button>
      )}
    </div>
  );
}
