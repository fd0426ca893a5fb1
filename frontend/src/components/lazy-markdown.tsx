import { lazy, Suspense } from "react";

const Markdown = lazy(() => import("./markdown").then((module) => ({ default: module.Markdown })));

/** Markdown without its parser in the first load: the report workflow's own pages need none. */
export function LazyMarkdown({ text }: { text: string }) {
  return (
    <div className="prose">
      <Suspense fallback={<pre>{text}</pre>}>
        <Markdown text={text} />
      </Suspense>
    </div>
  );
}
