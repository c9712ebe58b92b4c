#!/bin/sh
# bad-input.sh -- each kind of bad input is told with file, record and reason, the rest goes on, the status is 1, and memory stays bounded.
. "$(dirname "$0")/lib.sh"
good='{"id":"good","title":"Merkel trifft Macron","text":"Angela Merkel hat Emmanuel Macron in Paris getroffen.","lang":"de"}'

# ids FILE: the ids of the articles read, one a line
ids() { sed -n 's/^{"id": "\([^"]*\)".*/\1/p' "$1" > ids; }

# one bad file each, between two good ones: the message, both neighbours, status 1
echo "$good" > good.jsonl
between() { # between FILE MESSAGE
    run 1 read --threads 2 good.jsonl "$1" good.jsonl
    echo "depesche: $2" | same err
    ids out
    printf 'good\ngood\n' | same ids
}
: > empty.txt
between empty.txt 'empty.txt: nothing in it'
printf ' \n\n \n' > blank.txt
between blank.txt 'blank.txt: nothing in it'
between missing.txt 'missing.txt: cannot open: No such file or directory'
printf 'ELF\000\001\002\003\000\000\000' > binary
between binary 'binary: looks like binary data, not like text'
printf 'Gr\303\274\303\237e aus Genf, \377 und mehr.\n' > utf8.txt
between utf8.txt 'utf8.txt: invalid UTF-8 at byte 18'
printf '<!DOCTYPE html>\n<html><body><p>Text</p></body></html>\n' > page.txt
between page.txt 'page.txt: looks like HTML; not supported yet'
printf '{"id":"a","title":"","text":""}\n' > none.jsonl
between none.jsonl "none.jsonl: record 1 (line 1): neither 'title' nor 'text'"

# a cut gzip file: what stands whole before the cut is read
i=0
while [ $i -lt 200 ]; do
    echo "{\"id\":\"g$i\",\"text\":\"Satz Nummer $i, und $((i * 7919 % 1000)) mal $((i * 104729 % 99991)).\",\"lang\":\"de\"}"
    i=$((i + 1))
done | gzip > whole.jsonl.gz
head -c 1500 whole.jsonl.gz > cut.jsonl.gz
run 0 read whole.jsonl.gz
lines out 200
run 1 read cut.jsonl.gz good.jsonl
ids out
holds ids '^g0$'
holds ids '^good$'
holds err '^depesche: cut\.jsonl\.gz: behind record [0-9]+: the gzip data are cut off$'
lines err 1

# bad lines among good ones, each with its record and line
{
    echo '{"id":"x"}'
    echo "$good"
    echo '{"text": 3}'
    echo 'not json'
    echo
    echo '[1]'
    printf '{"id":"u","text":"\377"}\n'
    echo "$good"
} > mixed.jsonl
run 1 read mixed.jsonl
ids out
printf 'good\ngood\n' | same ids
holds err "^depesche: mixed\.jsonl: record 1 \(line 1\): neither 'title' nor 'text'$"
holds err "^depesche: mixed\.jsonl: record 3 \(line 3\): 'text' must be a string$"
holds err '^depesche: mixed\.jsonl: record 4 \(line 4\): bad JSON at byte [0-9]+'
holds err '^depesche: mixed\.jsonl: record [56] \(line 6\): not a JSON object$'
holds err '^depesche: mixed\.jsonl: record [67] \(line 7\): '
lines err 5

# the messages are the same, in the same order, for any number of threads
"$depesche" read --threads 1 mixed.jsonl > /dev/null 2> err1
"$depesche" read --threads 7 mixed.jsonl > /dev/null 2> err7
said='read --threads 7'
same err7 < err1

# a language without data is read and counted, and is no failure; one that is asked for by name is wrong use
echo '{"id":"x","text":"Lorem ipsum dolor sit amet.","lang":"xx"}' > xx.jsonl
run 0 read xx.jsonl
holds out '"lang": "xx"'
run 0 code --stats --format jsonl xx.jsonl
lines out 0
holds err 'articles 1, failed 0, without language data 1'
run 2 code --lang xx good.jsonl
holds err "^depesche: no language 'xx'; .*/lang/LANGS lists those that there are$"

# lines and files without end are refused without being held: 100 MB through 300 MB of address space
if [ "${DPS_SANITIZED:-}" != yes ] && ! nm -D "$depesche" 2>/dev/null | grep -q asan; then
    {
        printf '{"text":"'
        head -c 100000000 /dev/zero | tr '\000' x
        printf '"}\n'
        echo "$good"
    } > long.jsonl
    checked
    said='read, 300 MB, of a line of 100 MB'
    (ulimit -v 300000; exec "$depesche" read --threads 1 long.jsonl > out 2> err)
    [ $? = 1 ] || fail "$said: the status is not 1"
    ids out
    echo good | same ids
    echo 'depesche: long.jsonl: record 1 (line 1): longer than 16777216 bytes; passed over' | same err
    rm long.jsonl
    checked
    said='read, 300 MB, of a text of 100 MB'
    (ulimit -v 300000; head -c 100000000 /dev/zero | tr '\000' x | "$depesche" read --threads 1 > out 2> err)
    [ $? = 1 ] || fail "$said: the status is not 1"
    echo 'depesche: -: more than 4194304 bytes' | same err
    checked
    said='code, of 4 MB of signs'
    (ulimit -v 1500000; head -c 4000000 /dev/zero | tr '\000' '(' | "$depesche" code --lang de --threads 1 > out 2> err)
    [ $? = 1 ] || fail "$said: the status is not 1"
    echo 'depesche: -: record 1: more than 1000000 words' | same err
fi
finish
