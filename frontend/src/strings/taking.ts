/** Taking a report elsewhere. */
export const takingText = {
  region: "Share and download",
  open: "Share and download",
  text: "Copy text",
  markdown: "Copy Markdown",
  link: "Copy link",
  copied: "Copied",
  failed: "Copying failed",
  /** Of an address that only this machine knows. */
  linkHere: "This address leads to the server on this machine: it opens nowhere else.",
  linkReach: (host: string): string => `Whoever opens it needs to reach this server, ${host}.`,
  print: "Print",
};
