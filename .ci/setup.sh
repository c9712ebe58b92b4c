# setup.sh -- sourced by ./run and ./test: have the Debian packages that a build needs, get those that are missing.
# need_packages NAME... returns when all are there, else ends the script with what to do.

# Runs a command as root: as we are, or by sudo.
as_root() {
    if [ "$(id -u)" = 0 ]; then "$@"; else sudo "$@"; fi
}

need_packages() {
    if ! command -v dpkg-query >/dev/null 2>&1; then
        echo "This system has no dpkg; going on in the hope that it has what Debian calls: $*" >&2
        return 0
    fi
    missing=
    for package in "$@"; do
        case $(dpkg-query -W -f='${Status}' "$package" 2>/dev/null) in
        *' installed') ;;
        *) missing="$missing $package" ;;
        esac
    done
    [ -n "$missing" ] || return 0
    if [ "$(id -u)" != 0 ] && ! command -v sudo >/dev/null 2>&1; then
        echo "Missing packages, and no right to install them. As root: apt-get install$missing" >&2
        exit 4
    fi
    echo "Installing:$missing"
    # shellcheck disable=SC2086 # names are words
    { as_root apt-get update -qq && as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends $missing; } \
        >build-packages.log 2>&1 || {
        tail -n 20 build-packages.log >&2
        echo "The packages could not be installed; is there a network? As root: apt-get install$missing" >&2
        exit 4
    }
    rm -f build-packages.log
}

build_packages='gcc libc6-dev meson ninja-build pkg-config zlib1g-dev libzstd-dev libutf8proc-dev libjansson-dev libsqlite3-dev'
test_packages='libcmocka-dev python3 gzip zstd sqlite3'
