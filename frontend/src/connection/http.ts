import type { Info, RunPage, Status } from "@/protocol";

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
  status?: Status;
  cursor?: string;
  limit?: number;
}

export function readRuns(query: RunQuery, signal: AbortSignal): Promise<RunPage> {
  const parameters = new URLSearchParams();
  if (query.status !== undefined) parameters.set("status", query.status);
  if (query.cursor !== undefined) parameters.set("cursor", query.cursor);
  parameters.set("limit", String(query.limit ?? 30));
  return read<RunPage>(`/api/runs?${parameters}`, signal);
}
