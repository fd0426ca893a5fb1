import type { Hindrance } from "@/state/me";
import { listed } from "./counting";

export const peopleText = {
  open: "Nobody signs in on this server: whoever reaches it reads, decides and deletes everything.",
  warning: "Warning",
  roles: { asker: "asks", reviewer: "reviews", admin: "admin" },
  account: (name: string, role: string): string => `Signed in as ${name} (${role})`,
  signOut: "Sign out",
  title: "Sign in",
  lead: "Questions and reports here are for people who are signed in.",
  token: "Your token",
  tokenHint: "Whoever runs this server gives you one, or a link that signs you in.",
  signIn: "Sign in",
  signingIn: "Signing in…",
  byLink: "This link signs you in, once.",
  refused: "This is good no more: a link works once, within an hour. Ask for another one.",
  unreachable: "The server does not answer. Try again in a moment.",
  needed: "Put in your token.",
  proxy: "Open this page by the address at which your organisation signs you in.",
  organisation: "Sign in with your organisation",
  failed: "Signing in did not work. Try again, or ask whoever runs this server.",
  waitingFor: (names: string[]): string => `Waiting for ${listed(names)}`,
  /** Whom it waits for, said to somebody who may not decide. */
  waits: (names: string[], hindrance: Hindrance): string => {
    if (hindrance === "own") return "Waiting for somebody else to approve";
    return `Waiting for ${names.length === 0 ? "a reviewer" : listed(names)}`;
  },
  askedOf: (names: string[]): string => `Asked of ${listed(names)}`,
  hindrance: (names: string[], hindrance: Hindrance): string => {
    if (hindrance === "own") return "You asked this yourself, so somebody else approves it. You can still reject it.";
    const who = names.length === 0 ? "Somebody who reviews" : listed(names);
    return `${who} ${names.length > 1 ? "decide" : "decides"} about this. What is decided is shown here.`;
  },
  claim: "I am on it",
  giveBack: "I am not on it any more",
  onIt: (name: string): string => `${name} is on it`,
  youAreOnIt: "You are on it. The others see that.",
  notClaimed: "That did not work. Try again in a moment.",
};
