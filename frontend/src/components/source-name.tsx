/** A source's name, as a link if it is on the web. A library's document is a path on the server: text. */
export function SourceName({ title, uri }: { title: string; uri: string }) {
  if (!isWebAddress(uri)) return <span dir="auto">{title}</span>;
  return (
    <a href={uri} target="_blank" rel="noopener noreferrer" dir="auto">
      {title}
    </a>
  );
}

export function isWebAddress(uri: string): boolean {
  try {
    const { protocol } = new URL(uri);
    return protocol === "https:" || protocol === "http:";
  } catch {
    return false;
  }
}
