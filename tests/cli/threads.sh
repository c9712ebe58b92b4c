#!/bin/sh
# threads.sh -- every command that reads articles gives the same bytes for 1, 2 and 5 threads, and the same for an article alone as within a batch.
. "$(dirname "$0")/lib.sh"
ln -s "$root/examples" examples
for command in read parse code explain; do
    for n in 1 2 5; do
        run 0 $command --threads $n examples examples
        cp out $n
    done
    said="$command --threads 2"
    same 2 < 1
    said="$command --threads 5"
    same 5 < 1
    checked
    [ -s 1 ] || fail "$command: no output"
    : > alone
    for file in examples/*; do
        run 0 $command --threads 1 "$file"
        cat out >> alone
    done
    run 0 $command examples
    said="$command, one by one"
    same alone < out
done
finish
