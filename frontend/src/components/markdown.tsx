import ReactMarkdown from "react-markdown";
import remarkGfm from "remark-gfm";
import { isWebAddress } from "./source-name";

/** Markdown of a hosted workflow. HTML in it is dropped, links are http(s) only, and no picture is fetched. */
export function Markdown({ text }: { text: string }) {
  return (
    <ReactMarkdown
      skipHtml
      remarkPlugins={[remarkGfm]}
      components={{
        // The page has its own first heading.
        h1: "h2",
        h2: "h3",
        h3: "h4",
        a: ({ href, children }) =>
          href !== undefined && isWebAddress(href) ? (
            <a href={href} target="_blank" rel="noopener noreferrer">
              {children}
            </a>
          ) : (
            <span>{children}</span>
          ),
        img: ({ alt }) => <span>{alt}</span>,
      }}
    >
      {text}
    </ReactMarkdown>
  );
}
