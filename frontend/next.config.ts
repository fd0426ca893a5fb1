import type { NextConfig } from "next";

const backend = process.env.SAYSO_BACKEND ?? "http://127.0.0.1:8000";

const shared: NextConfig = { trailingSlash: true, reactStrictMode: true };

const development: NextConfig = {
  ...shared,
  // With trailingSlash alone, next dev answers /query with a redirect and the websocket hangs.
  skipTrailingSlashRedirect: true,
  devIndicators: false,
  rewrites: async () => [
    { source: "/api/:path*", destination: `${backend}/api/:path*` },
    { source: "/auth/:path*", destination: `${backend}/auth/:path*` },
    { source: "/query", destination: `${backend}/query` },
  ],
};

const production: NextConfig = { ...shared, output: "export" };

export default process.env.NODE_ENV === "development" ? development : production;
