#!/bin/sh
# Makes the users, sets a Hub up as the guide says and runs it, as root, until standard input is closed.
# Then nothing is left of it: no process, no user. Everything is in $HUB_FOLDER; $HUB_INSTRUCTOR is one of $HUB_USERS.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
export PREFIX="$HUB_FOLDER/env" EXCHANGE="$HUB_FOLDER/exchange"
export PATH="$PREFIX/bin:$PATH"
made=""
hub=""

tidy() {
    trap - EXIT INT TERM
    if [ -n "$hub" ]; then
        kill "$hub" 2>/dev/null || true # it stops its users' servers first
        wait "$hub" || true
    fi
    for user in $made; do
        pkill -KILL -U "$user" || true # a kernel that outlived its server
        while pgrep -U "$user" >/dev/null; do sleep 0.1; done
        userdel "$user"
    done
    rm -rf "$HUB_FOLDER"
}
trap tidy EXIT
trap 'exit 1' INT TERM

mkdir -m 755 "$HUB_FOLDER/homes"
for user in $HUB_USERS; do
    useradd --no-log-init --user-group --shell /bin/sh --create-home --home-dir "$HUB_FOLDER/homes/$user" "$user"
    chmod 700 "$HUB_FOLDER/homes/$user"
    made="$made $user"
done

umask 022
sh -eu "$here/administrator.sh"
home="$HUB_FOLDER/homes/$HUB_INSTRUCTOR"
(cd "$home" && runuser -u "$HUB_INSTRUCTOR" -- env HOME="$home" sh -eu "$here/instructor.sh" <"/dev/null")

cd "$HUB_FOLDER"
jupyterhub --config "$here/jupyterhub_config.py" </dev/null &
hub=$!
read -r _ || true
