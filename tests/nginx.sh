#!/bin/sh
# Installs nginx, behind which the demo is tested. On Debian and Ubuntu with apt; elsewhere the test says what it lacks.
set -eu

if command -v nginx >/dev/null 2>&1 || [ -x /usr/sbin/nginx ] || ! command -v apt-get >/dev/null 2>&1; then
    exit 0
fi
echo "Installing for the tests of the demo: nginx-light"
as_root=""
[ "$(id -u)" -eq 0 ] || as_root="sudo"
export DEBIAN_FRONTEND=noninteractive
$as_root apt-get update -qq
$as_root apt-get install -y -qq --no-install-recommends nginx-light >/dev/null
