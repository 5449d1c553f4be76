#!/bin/sh
# Installs what the browser tests drive and lacks here: Chromium, Firefox, Node with npm, axe-core, TypeScript's checker.
# On Debian and Ubuntu with apt; elsewhere it says what to install, and the tests that need it say so again.
set -eu
cd "$(dirname "$0")"

missing() { ! command -v "$1" >/dev/null 2>&1; }

packages=""
missing chromium && missing chromium-browser && missing google-chrome && packages="chromium"
missing node && packages="$packages nodejs"
missing npm && packages="$packages npm"

if [ -n "$packages" ]; then
    if missing apt-get; then
        echo "The browser tests need these, and only apt installs them by itself: $packages. Please install them." >&2
    else
        echo "Installing for the browser tests: $packages"
        as_root=""
        [ "$(id -u)" -eq 0 ] || as_root="sudo"
        export DEBIAN_FRONTEND=noninteractive
        $as_root apt-get update -qq
        # shellcheck disable=SC2086 # a list of names
        $as_root apt-get install -y -qq --no-install-recommends $packages >/dev/null
    fi
fi

# Debian has it under this name, others have it otherwise; one test drives it.
if missing firefox-esr && missing firefox && ! missing apt-get; then
    as_root=""
    [ "$(id -u)" -eq 0 ] || as_root="sudo"
    DEBIAN_FRONTEND=noninteractive $as_root apt-get install -y -qq --no-install-recommends firefox-esr >/dev/null ||
        echo "Firefox could not be installed: please do it, or its test is left out." >&2
fi

# npm writes this file last, so it is newer than the lock file only after a whole installation.
if ! missing npm && [ ! node_modules/.package-lock.json -nt package-lock.json ]; then
    npm ci --loglevel=error --no-audit --no-fund
fi
