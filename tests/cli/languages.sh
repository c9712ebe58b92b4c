#!/bin/sh
# languages.sh -- data that is missing or damaged ends the run with status 3 and its name.
. "$(dirname "$0")/lib.sh"
echo '{"id":"a","lang":"de","text":"Moskau fordert von der NATO den Abzug ihrer Truppen."}' > de.jsonl

know=
for at in "$DPS_BUILD/know.dps" "$root/know.dps"; do [ -f "$at" ] && know=$at; done
fresh() { # a data folder of our own, linked to the real one
    rm -rf data
    mkdir data data/models
    cp -r "$root/lang" data/lang
    ln -s "$root"/models/*.dps data/models/
    ln -s "$know" data/know.dps
}
fresh
run 0 code --data data --format jsonl de.jsonl
lines out 1

rm data/models/de.dps
run 3 code --data data --format jsonl de.jsonl de.jsonl
lines out 0
lines err 1
holds err '^depesche: .*/data/models/de\.dps'
run 0 read --data data de.jsonl # which needs no model
head -c 100000 "$root/models/de.dps" > data/models/de.dps
run 3 code --data data de.jsonl
holds err 'data/models/de\.dps'
head -c 100000 /dev/zero > data/models/de.dps
run 3 parse --data data de.jsonl
holds err 'data/models/de\.dps'

fresh
rm data/know.dps
printf 'no table' > data/know.dps
run 3 code --data data de.jsonl
holds err 'know\.dps'
run 0 parse --data data de.jsonl

# a user's frames with a mistake: file, line and column
fresh
mkdir -p mine/de
printf 'frame x.1\n  lemma fordern\n  type REQUEST\n  akteur nsubj\n' > mine/de/x.frames
run 3 code --data data --frames mine de.jsonl
holds err '^depesche: mine/de/x\.frames:4:[0-9]+: '

# a language that LANGS names and nobody wrote; a line in LANGS that is no code
echo 'nl' >> data/lang/LANGS
sed 's/"de"/"nl"/' de.jsonl > nl.jsonl
run 3 code --data data nl.jsonl
printf 'de\n../../etc\n' > data/lang/LANGS
run 3 code --data data de.jsonl
holds err "LANGS:2: '\.\./\.\./etc' is no language code$"

# weights are for one language: those of another are refused, not used
fresh
cp -r data/lang/de data/lang/gx
ln -s "$root/models/de.dps" data/models/gx.dps
echo 'gx' >> data/lang/LANGS
sed 's/"de"/"gx"/' de.jsonl > gx.jsonl
run 3 code --data data --format jsonl gx.jsonl
holds err "data/models/gx\.dps: is for language 'de', not 'gx'$"
finish
