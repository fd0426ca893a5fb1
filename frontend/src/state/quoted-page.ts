import { readQuotedPage } from "@/connection/http";
import type { QuotedPage } from "@/protocol";

export type QuotedPageView =
  | { kind: "loading" }
  | { kind: "shown"; page: QuotedPage; number: number }
  /** `why` is empty where the server could not be asked. */
  | { kind: "none"; why: string };

/** The page of a PDF on which stands what a finding quotes from it. */
export async function quotedPage(
  runId: string,
  sourceId: string,
  finding: string,
  signal: AbortSignal,
): Promise<QuotedPageView> {
  try {
    const page = await readQuotedPage(runId, sourceId, finding, signal);
    return page.page === null ? { kind: "none", why: page.says } : { kind: "shown", page, number: page.page };
  } catch {
    return { kind: "none", why: "" };
  }
}
