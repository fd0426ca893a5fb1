import type { Info, Reading, RunPage, RunState, SentDecision, SourcePassages, Status } from "@/protocol";

/** The server could not be read: `status` is 0 when it was not reached at all. */
export class HttpError extends Error {
  constructor(readonly status: number) {
    super(`the server answered ${status}`);
  }
}

async function read<T>(path: string, signal: AbortSignal, body?: object): Promise<T> {
  const sent = body && { method: "POST", body: JSON.stringify(body) };
  const headers = { accept: "application/json", ...(body && { "content-type": "application/json" }) };
  let response: Response;
  try {
    response = await fetch(path, { signal, headers, ...sent });
  } catch {
    throw new HttpError(0);
  }
  if (!response.ok) throw new HttpError(response.status);
  return (await response.json()) as T;
}

export function readInfo(signal: AbortSignal): Promise<Info> {
  return read<Info>("/api/info", signal);
}

export interface RunQuery {
  /** None means every status. */
  statuses?: readonly Status[];
  /** Searched in question and asker. */
  q?: string;
  cursor?: string;
  limit?: number;
}

export function readRuns(query: RunQuery, signal: AbortSignal): Promise<RunPage> {
  const parameters = new URLSearchParams();
  for (const status of query.statuses ?? []) parameters.append("status", status);
  if (query.q !== undefined && query.q !== "") parameters.set("q", query.q);
  if (query.cursor !== undefined) parameters.set("cursor", query.cursor);
  parameters.set("limit", String(query.limit ?? 30));
  return read<RunPage>(`/api/runs?${parameters}`, signal);
}

/** What a run quotes from one of its sources, in context. */
export function readSource(runId: string, sourceId: string, signal: AbortSignal): Promise<SourcePassages> {
  return read<SourcePassages>(`/api/runs/${encodeURIComponent(runId)}/sources/${encodeURIComponent(sourceId)}`, signal);
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
