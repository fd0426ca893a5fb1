import type { CloseCode } from "@/protocol";

/** What a closed socket means for the run that it watched. */
export type Closing = "finished" | "retry";

const RUN_ENDED: CloseCode = 1000;

/**
 * Only one closing is final: the server's 1000 after the run's last event was read. A 1000 before that
 * (a proxy that shuts down, say) is a lost connection like every other code.
 */
export function classifyClosing(code: number, runIsOver: boolean): Closing {
  return code === RUN_ENDED && runIsOver ? "finished" : "retry";
}
