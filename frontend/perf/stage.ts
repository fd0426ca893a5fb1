import { readFileSync } from "node:fs";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { extname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { type WebSocket, WebSocketServer } from "ws";
import type { ServerFrame } from "@/protocol";

const OUT = fileURLToPath(new URL("../out", import.meta.url));
const TYPES: Record<string, string> = {
  ".css": "text/css",
  ".html": "text/html",
  ".js": "text/javascript",
  ".svg": "image/svg+xml",
};

/** The exported page, and a server that says what a measurement wants at the pace that it wants. */
export class Stage {
  #http: Server;
  #sockets: WebSocketServer;
  #script: (say: (frame: ServerFrame) => void, socket: WebSocket) => void | Promise<void>;

  constructor(script: (say: (frame: ServerFrame) => void, socket: WebSocket) => void | Promise<void>) {
    this.#script = script;
    this.#http = createServer((request, response) => {
      const path = new URL(request.url ?? "/", "http://stage").pathname;
      if (path.startsWith("/api/")) {
        response.writeHead(503).end("{}");
        return;
      }
      const file = join(OUT, path.endsWith("/") ? `${path}index.html` : path);
      try {
        const body = readFileSync(file);
        response.writeHead(200, { "content-type": TYPES[extname(file)] ?? "application/octet-stream" }).end(body);
      } catch {
        response.writeHead(404).end();
      }
    });
    this.#sockets = new WebSocketServer({ server: this.#http, path: "/query" });
    this.#sockets.on("connection", (socket) => {
      socket.once("message", () => {
        void this.#script((frame) => socket.send(JSON.stringify(frame)), socket);
      });
    });
  }

  async open(): Promise<string> {
    await new Promise<void>((resolve) => this.#http.listen(0, "127.0.0.1", resolve));
    return `http://127.0.0.1:${(this.#http.address() as AddressInfo).port}`;
  }

  async close(): Promise<void> {
    for (const socket of this.#sockets.clients) socket.terminate();
    this.#sockets.close();
    this.#http.closeAllConnections();
    await new Promise((resolve) => this.#http.close(resolve));
  }
}
