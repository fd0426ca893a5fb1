import "@fontsource-variable/newsreader/opsz.css";
import "@fontsource-variable/newsreader/opsz-italic.css";
import { GeistSans } from "geist/font/sans";
import type { Metadata, Viewport } from "next";
import type { ReactNode } from "react";
import { Door } from "@/components/door";
import { THEME_SCRIPT } from "@/state/theme";
import "./tokens.css";
import "./base.css";

export const metadata: Metadata = {
  description: "Research that waits for your say-so, and a report that stands on what you approved.",
};

export const viewport: Viewport = {
  width: "device-width",
  initialScale: 1,
  themeColor: [
    { media: "(prefers-color-scheme: light)", color: "#faf8f3" },
    { media: "(prefers-color-scheme: dark)", color: "#16150f" },
  ],
};

export default function Layout({ children }: { children: ReactNode }) {
  return (
    // The script below sets an attribute before React comes, which is no mistake of either.
    <html lang="en" className={GeistSans.variable} data-scroll-behavior="smooth" suppressHydrationWarning>
      <head>
        {/* biome-ignore lint/security/noDangerouslySetInnerHtml: a constant of this page, named by its hash in the policy */}
        <script dangerouslySetInnerHTML={{ __html: THEME_SCRIPT }} />
      </head>
      <body>
        <Door>{children}</Door>
      </body>
    </html>
  );
}
