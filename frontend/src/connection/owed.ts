import type { CloseCode } from "@/protocol";

/** How often a server may break off over the same command before it is not sent any more. */
export const TRIES = 5;

/** The server says with these that it goes away, and the browser and proxies with 1001; none is about what was sent. */
const GOING: readonly number[] = [1001, 1012 satisfies CloseCode, 1013 satisfies CloseCode];
/** This page's own closing, of a line that it holds for dead. */
const OWN = 1000;

/**
 * A command that the server owes an outcome. It is sent again on every new socket, but a server that breaks off each
 * time it hears it (a fault in its handler, say) would be told forever: that is counted here.
 */
export class Owed<T> {
  #sent = false;
  #broken = 0;

  constructor(readonly command: T) {}

  sent(): void {
    this.#sent = true;
  }

  /** The socket is closed. Returns whether the command is worth another try. */
  closed(code: number): boolean {
    if (this.#sent && code !== OWN && !GOING.includes(code)) this.#broken += 1;
    this.#sent = false;
    return this.#broken < TRIES;
  }
}
