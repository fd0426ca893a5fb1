import { RECORDS, type Records } from "@/protocol/records";

/** A record as the server of its day wrote it: fields that came later are missing in it. */
type Old<T> = { [K in keyof T]?: T[K] | undefined };

/**
 * A record of a log with every field that it may lack, in all its parts: the rest of the page may trust the types.
 * What such a field gets is the server's own default, which means "nothing was said of it".
 */
export function complete<N extends keyof Records>(name: N, said: Old<Records[N]>): Records[N] {
  return filled(name, said as Record<string, unknown>) as unknown as Records[N];
}

function filled(name: keyof Records, said: Record<string, unknown>): Record<string, unknown> {
  const { defaults, records } = RECORDS[name];
  const whole: Record<string, unknown> = { ...defaults };
  for (const [field, value] of Object.entries(said)) if (value !== undefined) whole[field] = value;
  for (const [field, of] of Object.entries(records)) whole[field] = filledIn(of, whole[field]);
  return whole;
}

function filledIn(name: keyof Records, value: unknown): unknown {
  if (Array.isArray(value)) return value.map((each) => filledIn(name, each));
  return typeof value === "object" && value !== null ? filled(name, value as Record<string, unknown>) : value;
}
