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
  hindrance: {
    role: "Somebody who reviews decides about this. You are told here.",
    others: "They were asked to decide. You are told here.",
    own: "You asked this yourself, so somebody else approves it. You can still reject it.",
  },
  notVerified: "name not verified",
  claim: "I am on it",
  giveBack: "I am not on it any more",
  onIt: (by: string): string => `${by} is on it`,
  youAreOnIt: "You are on it. The others see that.",
  notClaimed: "That did not work. Try again in a moment.",
};

function listed(names: string[]): string {
  return names.length < 2 ? names.join("") : `${names.slice(0, -1).join(", ")} and ${names.at(-1)}`;
}
