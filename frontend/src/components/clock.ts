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

/** "3 Nov", and with its year when that is not this one. */
export function dayShort(iso: string, now: Date): string {
  const at = new Date(iso);
  return (at.getFullYear() === now.getFullYear() ? day : wholeDay).format(at);
}

const wholeDay = new Intl.DateTimeFormat(undefined, { day: "numeric", month: "short", year: "numeric" });

/** How long something has been going on, to the second while that can be followed: "8 s", "4 min 12 s", "2 h 5 min". */
export function spanExact(from: string, to: Date): string {
  const seconds = Math.max(0, Math.floor((to.getTime() - new Date(from).getTime()) / 1000));
  const [minutes, hours, days] = [60, 3_600, 86_400].map((unit) => Math.floor(seconds / unit)) as [
    number,
    number,
    number,
  ];
  const parts =
    hours < 1
      ? [`${minutes} min`, `${seconds % 60} s`]
      : days < 2
        ? [`${hours} h`, `${minutes % 60} min`]
        : [`${days} d`, `${hours % 24} h`];
  return minutes < 1 ? `${seconds} s` : parts.filter((part) => !part.startsWith("0 ")).join(" ");
}

/** "Tuesday, 3 November 2026, 14:06", for whoever wants to know exactly. */
export function exactMoment(iso: string): string {
  return exact.format(new Date(iso));
}

const exact = new Intl.DateTimeFormat(undefined, { dateStyle: "full", timeStyle: "short" });

/** What a document says of its own date, "2024", "2024-05" or "2024-05-17", as people write it. */
export function documentDate(iso: string): string {
  const [year, month, dayOfMonth] = iso.split("-").map(Number);
  if (year === undefined || month === undefined || Number.isNaN(Date.parse(iso))) return iso;
  const at = new Date(Date.UTC(year, month - 1, dayOfMonth ?? 1));
  return (dayOfMonth === undefined ? monthOnly : wholeDate).format(at);
}

const monthOnly = new Intl.DateTimeFormat(undefined, { month: "short", year: "numeric", timeZone: "UTC" });
const wholeDate = new Intl.DateTimeFormat(undefined, {
  day: "numeric",
  month: "short",
  year: "numeric",
  timeZone: "UTC",
});
