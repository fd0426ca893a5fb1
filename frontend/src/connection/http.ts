import type { Info, RunPage, SourcePassages, Status } from "@/protocol";

/** The server could not be read: `status` is 0 when it was not reached at all. */
export class HttpError extends Error {
  constructor(readonly status: number) {
    super(`the server answered ${status}`);
  }
}

async function read<T>(path: string, signal: AbortSignal): Promise<T> {
  let response: Response;
  try {
    response = await fetch(path, { signal, headers: { accept: "application/json" } });
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
