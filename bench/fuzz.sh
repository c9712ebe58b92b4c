#!/bin/sh
# Fuzzing with libFuzzer, ASan and UBSan: each reader and compiler on mutated input.  usage: bench/fuzz.sh [SECONDS [TARGET...]]
# default: 300 seconds each of all targets. Needs clang. Out: a line a target with its runs; a finding ends with status 1 and leaves its input in
# build-fuzz/findings/.
set -u
cd "$(dirname "$0")/.." || exit 4
seconds=${1:-300}
[ $# -eq 0 ] || shift
[ -f build-fuzz/build.ninja ] || CC=clang meson setup build-fuzz -Dfuzz=true -Db_sanitize=address,undefined -Db_lundef=false \
    -Darena_malloc=true -Dbuildtype=debugoptimized >/dev/null || exit 4
ninja -C build-fuzz >build-fuzz/build.log 2>&1 || { tail -n 20 build-fuzz/build.log; exit 4; }
DPS_SOURCE=$PWD DPS_BUILD=$PWD/build-fuzz
export DPS_SOURCE DPS_BUILD
mkdir -p build-fuzz/findings
status=0
for target in ${*:-article text frames know model conllu mention store pipeline}; do
    mkdir -p "build-fuzz/corpus/$target"
    seeds=tests/fuzz/corpus/$target
    [ -d "$seeds" ] || seeds=examples
    if build-fuzz/tests/fuzz_"$target" -max_total_time="$seconds" -rss_limit_mb=3000 -max_len=20000 -timeout=30 \
        -artifact_prefix=build-fuzz/findings/"$target"- "build-fuzz/corpus/$target" "$seeds" >"build-fuzz/$target.log" 2>&1; then
        echo "$target: $(grep -o 'Done [0-9]* runs in [0-9]* second(s)' "build-fuzz/$target.log" | tail -n 1 | cut -c6-), clean"
    else
        echo "$target: FINDING, see build-fuzz/$target.log"
        status=1
    fi
done
exit $status
