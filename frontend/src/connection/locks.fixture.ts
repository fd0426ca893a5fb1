interface Request {
  lead: () => unknown;
  settle: { resolve: (value: unknown) => void; reject: (why: Error) => void };
}

/** What the tests need of Web Locks, which Node has not: one lock, waited for in turn, or stolen. */
export class FakeLocks {
  #holder: Request | null = null;
  #queue: Request[] = [];

  get waiting(): number {
    return this.#queue.length;
  }

  request(_: string, options: { steal?: boolean; signal?: AbortSignal }, lead: () => unknown): Promise<unknown> {
    return new Promise((resolve, reject) => {
      const request = { lead, settle: { resolve, reject } };
      options.signal?.addEventListener("abort", () => this.#forget(request));
      if (options.steal === true) {
        this.#holder?.settle.reject(new DOMException("stolen", "AbortError"));
        this.#hold(request);
        return;
      }
      this.#queue.push(request);
      this.#next();
    });
  }

  #forget(request: Request): void {
    if (!this.#queue.includes(request)) return;
    this.#queue = this.#queue.filter((each) => each !== request);
    request.settle.reject(new DOMException("not wanted any more", "AbortError"));
  }

  #next(): void {
    const request = this.#holder === null ? this.#queue.shift() : undefined;
    if (request !== undefined) this.#hold(request);
  }

  #hold(request: Request): void {
    this.#holder = request;
    // Never at once, as in a browser.
    void Promise.resolve()
      .then(() => request.lead())
      .then((value) => {
        request.settle.resolve(value);
        if (this.#holder !== request) return;
        this.#holder = null;
        this.#next();
      });
  }
}
