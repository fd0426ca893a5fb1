// Ask, decide and read with Node: node examples/client.mjs "How do redirects work in Next.js?"
// Node 20 needs a flag for its WebSocket: node --experimental-websocket examples/client.mjs
import readline from "node:readline";

if (typeof WebSocket === "undefined") {
  console.error("This Node has no WebSocket yet; say: node --experimental-websocket examples/client.mjs");
  process.exit(2);
}

const url = process.env.SAYSO_URL ?? "ws://127.0.0.1:8000/query";
const question = process.argv.slice(2).join(" ") || "How do redirects work in Next.js?";
const terminal = readline.createInterface({ input: process.stdin });
const lines = terminal[Symbol.asyncIterator]();
const socket = new WebSocket(url);

socket.onopen = () => socket.send(JSON.stringify({ question }));
socket.onerror = () => console.error(`There is no server at ${url}; start one with: make run`);
socket.onclose = () => terminal.close();
socket.onmessage = async ({ data }) => {
  const event = JSON.parse(data);
  console.log(`[${event.type}] ${event.payload}\n`);
  if (event.type !== "input_required") return;
  process.stdout.write("yes, or no and what is missing: ");
  const [response, ...feedback] = ((await lines.next()).value ?? "").trim().split(" ");
  socket.send(JSON.stringify({ response: response.replace(/[,.:;]+$/, ""), feedback: feedback.join(" ") }));
};
