#!/usr/bin/env bash
# Makes sure that there is a Chromium for the browser tests, and says so before it installs one.
# E2E_CHROMIUM names one to use instead.
set -eu
cd "$(dirname "$0")/../../frontend"
if [ -n "${E2E_CHROMIUM:-}" ]; then
  [ -x "$E2E_CHROMIUM" ] || { echo "E2E_CHROMIUM: $E2E_CHROMIUM is not a program." >&2; exit 1; }
  exit 0
fi
playwrights_own() {
  node -e 'const { chromium } = require("@playwright/test"); process.exit(require("fs").existsSync(chromium.executablePath()) ? 0 : 1)' 2>/dev/null
}
if playwrights_own || [ -x /usr/bin/chromium ]; then exit 0; fi
if command -v apt-get >/dev/null 2>&1 && [ "$(id -u)" = 0 ]; then
  echo "The browser tests need Chromium: installing Debian's (about 400 MB). E2E_CHROMIUM=/path/to/chromium uses yours instead."
  apt-get update -qq
  DEBIAN_FRONTEND=noninteractive apt-get install -y -qq chromium >/dev/null
else
  echo "The browser tests need Chromium: installing Playwright's (about 150 MB). E2E_CHROMIUM=/path/to/chromium uses yours instead."
  npx playwright install chromium
fi
