/** Times as people say them, in the reader's language and zone. */
const time = new Intl.DateTimeFormat(undefined, { timeStyle: "short" });
const day = new Intl.DateTimeFormat(undefined, { day: "numeric", month: "short" });

export function clockTime(iso: string): string {
  return time.format(new Date(iso));
}

/** "14:06" today, "3 Nov, 14:06" on any other day. */
export function clockMoment(iso: string, now: Date = new Date()): string {
  const at = new Date(iso);
  return at.toDateString() === now.toDateString() ? time.format(at) : `${day.format(at)}, ${time.format(at)}`;
}

/** "today, 17:00", "tomorrow, 17:00", "yesterday, 17:00", "3 Nov, 17:00". */
export function dayMoment(iso: string, now: Date): string {
  const at = new Date(iso);
  const midnight = (date: Date): number => new Date(date).setHours(0, 0, 0, 0);
  // Rounded, because a day on which the clock is changed has 23 or 25 hours.
  const days = Math.round((midnight(at) - midnight(now)) / 86_400_000);
  return `${NEAR_DAYS[days] ?? day.format(at)}, ${time.format(at)}`;
}

const NEAR_DAYS: Record<number, string> = { [-1]: "yesterday", 0: "today", 1: "tomorrow" };

/** How long ago, short: "now", "4 min", "2 h", "3 d". */
export function sinceShort(iso: string, now: Date): string {
  const minutes = Math.floor((now.getTime() - new Date(iso).getTime()) / 60_000);
  if (minutes < 1) return "now";
  if (minutes < 60) return `${minutes} min`;
  const hours = Math.floor(minutes / 60);
  return hours < 48 ? `${hours} h` : `${Math.floor(hours / 24)} d`;
}

/** How long something took or has been going on: "8 s", "4 min", "2 h". */
export function spanShort(from: string, to: Date): string {
  const seconds = Math.max(0, Math.round((to.getTime() - new Date(from).getTime()) / 1000));
  return seconds < 60 ? `${seconds} s` : sinceShort(from, to);
}
