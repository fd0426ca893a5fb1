#!/usr/bin/env bash
# Says what this machine lacks, with the exact fix, before anything is installed.
# Usage: preflight.sh python [node]
set -u
failed=0
lacks() { printf '\n  %s\n  %s\n' "$1" "$2" >&2; failed=1; }
how() { # the install command for this machine: Debian's package, Homebrew's formula
  if command -v apt-get >/dev/null 2>&1; then echo "Install it: sudo apt-get install -y $1"
  elif command -v brew >/dev/null 2>&1; then echo "Install it: brew install $2"
  else echo "Install it: $3"; fi
}
for tool in "$@"; do
  case "$tool" in
    python)
      python="${PYTHON:-python3}"
      site="https://www.python.org/downloads/"
      if ! command -v "$python" >/dev/null 2>&1; then
        lacks "Python 3.11 or newer is needed, and there is no $python." "$(how 'python3 python3-venv' python@3.13 "$site")"
      elif ! "$python" -c 'import sys; sys.exit(sys.version_info < (3, 11))'; then
        lacks "Python 3.11 or newer is needed; $("$python" --version 2>&1) is too old." \
          "Install a newer one ($site), then: make run PYTHON=python3.13"
      elif ! "$python" -c 'import venv, ensurepip' 2>/dev/null; then
        lacks "Python's venv module is missing." "$(how python3-venv python@3.13 "$site")"
      fi ;;
    node)
      site="https://nodejs.org/"
      if ! command -v node >/dev/null 2>&1 || ! command -v npm >/dev/null 2>&1; then
        lacks "Node 20.9 or newer with npm is needed to build the page." "$(how 'nodejs npm' node "$site")"
      elif ! node -e 'const [a, b] = process.versions.node.split("."); process.exit(a > 20 || (a == 20 && b >= 9) ? 0 : 1)'; then
        lacks "Node 20.9 or newer is needed; $(node --version) is too old." "Install a newer one: $site"
      fi ;;
  esac
done
exit "$failed"
