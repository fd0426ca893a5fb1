/** The websocket of the server that serves this page. */
export function queryAddress(location: { protocol: string; host: string }): string {
  return `${location.protocol === "https:" ? "wss" : "ws"}://${location.host}/query`;
}
