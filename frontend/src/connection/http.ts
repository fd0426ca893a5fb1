import type {
  Info,
  Me,
  Names,
  QuotedPage,
  Reading,
  RunPage,
  RunState,
  SentDecision,
  SourcePassages,
  Status,
} from "@/protocol";

/** The server could not be read: `status` is 0 when it was not reached at all. */
export class HttpError extends Error {
  constructor(readonly status: number) {
    super(`the server answered ${status}`);
  }
}

const unauthorized = new Set<() => void>();

/** Calls back when the server does not let this browser do something before it signs in. Returns a function that stops. */
export function listenForUnauthorized(onUnauthorized: () => void): () => void {
  unauthorized.add(onUnauthorized);
  return () => unauthorized.delete(onUnauthorized);
}

/** The server has said so. */
export function tellUnauthorized(): void {
  for (const each of unauthorized) each();
}

async function read<T>(path: string, signal: AbortSignal, body?: object, method = "POST"): Promise<T> {
  const sent = body && { method, body: JSON.stringify(body) };
  const headers = { accept: "application/json", ...(body && { "content-type": "application/json" }) };
  let response: Response;
  try {
    response = await fetch(path, { signal, headers, ...sent });
  } catch {
    throw new HttpError(0);
  }
  if (response.status === 401) tellUnauthorized();
  if (!response.ok) throw new HttpError(response.status);
  return (response.status === 204 ? null : await response.json()) as T;
}

export function readInfo(signal: AbortSignal): Promise<Info> {
  return read<Info>("/api/info", signal);
}

/** Who the server takes this browser for. */
export function readMe(signal: AbortSignal): Promise<Me> {
  return read<Me>("/api/me", signal);
}

/** Who can be asked to decide. */
export function readNames(signal: AbortSignal): Promise<Names> {
  return read<Names>("/api/people/names", signal);
}

/** Null where the secret is none, or none any more. */
export async function startSession(secret: string): Promise<Me | null> {
  try {
    return await read<Me>("/api/session", new AbortController().signal, { secret });
  } catch (error) {
    if (error instanceof HttpError && error.status >= 400 && error.status < 500) return null;
    throw error;
  }
}

export function stopSession(): Promise<null> {
  return read<null>("/api/session", new AbortController().signal, {}, "DELETE");
}

/** Tells the others that one is on it, or is not any more. */
export function claimRun(runId: string, take: boolean): Promise<RunState> {
  const path = `/api/runs/${encodeURIComponent(runId)}/claim`;
  return read<RunState>(path, new AbortController().signal, {}, take ? "PUT" : "DELETE");
}

export interface RunQuery {
  /** None means every status. */
  statuses?: readonly Status[];
  /** Searched in question and asker. */
  q?: string;
  cursor?: string;
  limit?: number;
  /** Only those about which one may decide. */
  askedOfMe?: boolean;
}

export function readRuns(query: RunQuery, signal: AbortSignal): Promise<RunPage> {
  const parameters = new URLSearchParams();
  for (const status of query.statuses ?? []) parameters.append("status", status);
  if (query.q !== undefined && query.q !== "") parameters.set("q", query.q);
  if (query.cursor !== undefined) parameters.set("cursor", query.cursor);
  if (query.askedOfMe === true) parameters.set("asked", "me");
  parameters.set("limit", String(query.limit ?? 30));
  return read<RunPage>(`/api/runs?${parameters}`, signal);
}

/** What a run quotes from one of its sources, in context. */
export function readSource(runId: string, sourceId: string, signal: AbortSignal): Promise<SourcePassages> {
  return read<SourcePassages>(addressOf(runId, sourceId), signal);
}

/** The page of a PDF on which stands what a finding quotes from it. */
export function readQuotedPage(
  runId: string,
  sourceId: string,
  finding: string,
  signal: AbortSignal,
): Promise<QuotedPage> {
  return read<QuotedPage>(`${addressOf(runId, sourceId)}/page?${new URLSearchParams({ finding })}`, signal);
}

function addressOf(runId: string, sourceId: string): string {
  return `/api/runs/${encodeURIComponent(runId)}/sources/${encodeURIComponent(sourceId)}`;
}

/** What of a decision is to be read: prose, and claims in other words. */
export type ReadingRequest = Pick<SentDecision, "response"> & { feedback: string; edits: Record<string, string> };

/** How the server would read a decision. It changes nothing. */
export function readDecision(
  runId: string,
  review: number,
  request: ReadingRequest,
  signal: AbortSignal,
): Promise<Partial<Reading>> {
  return read<Partial<Reading>>(`/api/runs/${encodeURIComponent(runId)}/reviews/${review}/reading`, signal, request);
}

/** Has a failed run tried again, from where it failed. */
export function retryRun(runId: string, by: string, requestId: string, signal: AbortSignal): Promise<RunState> {
  return read<RunState>(`/api/runs/${encodeURIComponent(runId)}/retry`, signal, { by, request_id: requestId });
}
