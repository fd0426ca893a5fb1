/** The tab's title. React keeps one in the head; Next's metadata would put its own back after each navigation. */
export function PageTitle({ text }: { text: string }) {
  return <title>{text}</title>;
}
