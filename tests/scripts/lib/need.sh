# Sourced: need COMMAND PACKAGE installs a Debian package that brings a command, where this may be done.
need() {
    command -v "$1" >/dev/null && return
    local sudo=
    [ "$(id -u)" -eq 0 ] || sudo="sudo -n"
    if ! { $sudo apt-get update -qq && DEBIAN_FRONTEND=noninteractive $sudo apt-get install -y -qq --no-install-recommends "$2"; } >/dev/null 2>&1; then
        echo "$1 is not here, and $2 could not be installed: install it, then run this again"
        return 1
    fi
}
