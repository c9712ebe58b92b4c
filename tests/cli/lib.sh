# lib.sh -- sourced by the tests of the program: `. lib.sh PROGRAM`. Each test runs in a folder of its own and ends with `finish`.
set -u
depesche=$(cd "$(dirname "$1")" && pwd)/$(basename "$1")
root=${DPS_SOURCE:-$(cd "$(dirname "$0")/../.." && pwd)}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work" || exit 2
# counted in files: checks also run in subshells, behind a pipe
: > "$work/.checks"
: > "$work/.failures"

checked() { echo >> "$work/.checks"; }
fail() { echo >> "$work/.failures"; echo "FAILED: $*"; }

# run STATUS WORD...: runs the program; standard output and error go to the files out and err; the exit status must be STATUS.
run() {
    want=$1
    shift
    said="depesche $*"
    "$depesche" "$@" > out 2> err
    got=$?
    checked
    [ "$got" = "$want" ] || { fail "$said: exit status $got, expected $want"; sed 's/^/    /' err | head -n 20; }
}

# same FILE: FILE must hold exactly what stands on standard input.
same() {
    checked
    cat > expected
    if ! cmp -s expected "$1"; then
        fail "$said: $1 is not as expected"
        diff expected "$1" | head -n 30 | sed 's/^/    /'
    fi
}

# holds FILE PATTERN: a line of FILE matches the extended regular expression.
holds() {
    checked
    grep -Eq -- "$2" "$1" || { fail "$said: no line of $1 matches: $2"; head -n 20 "$1" | cut -c 1-300 | sed 's/^/    /'; }
}

# lines FILE N: FILE has N lines.
lines() {
    checked
    n=$(wc -l < "$1")
    [ "$n" -eq "$2" ] || { fail "$said: $1 has $n lines, expected $2"; head -n 20 "$1" | cut -c 1-300 | sed 's/^/    /'; }
}

finish() {
    checks=$(wc -l < "$work/.checks") failures=$(wc -l < "$work/.failures")
    echo "$checks checks, $failures failed"
    [ "$checks" -gt 0 ] && [ "$failures" -eq 0 ]
    exit
}
