import type { LibraryDocument, LibraryPage } from "@/protocol";
import { HttpError } from "./http";

/** The server took the request and says why it will not do it. */
export class Refused extends Error {}

const ADDRESS = "/api/library";

/** A part of the library's documents: those with `q` in name or title, `limit` at most. */
export async function readDocuments(q: string, limit: number, signal: AbortSignal): Promise<LibraryPage> {
  const response = await fetch(`${ADDRESS}?${new URLSearchParams({ q, limit: String(limit) })}`, { signal });
  if (!response.ok) throw new HttpError(response.status);
  return (await response.json()) as LibraryPage;
}

/** Sends a file; `onShare` is told how much of it has gone out, from 0 to 1. Not `fetch`, which cannot tell. */
export function addDocument(file: File, by: string, onShare: (share: number) => void): Promise<LibraryDocument> {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    request.open("POST", `${ADDRESS}?${new URLSearchParams({ name: file.name, by })}`);
    request.setRequestHeader("content-type", "application/octet-stream");
    request.responseType = "json";
    request.upload.onprogress = (event) => {
      if (event.lengthComputable) onShare(event.loaded / event.total);
    };
    request.onload = () => {
      if (request.status === 201) resolve(request.response as LibraryDocument);
      else reject(refusal(request.status, request.response));
    };
    request.onerror = () => reject(new HttpError(0));
    request.send(file);
  });
}

export async function removeDocument(name: string): Promise<void> {
  const response = await fetch(`${ADDRESS}?${new URLSearchParams({ name })}`, { method: "DELETE" });
  if (!response.ok && response.status !== 404) throw new HttpError(response.status);
}

function refusal(status: number, body: unknown): Error {
  const message = (body as { error?: { message?: unknown } } | null)?.error?.message;
  return typeof message === "string" ? new Refused(message) : new HttpError(status);
}
