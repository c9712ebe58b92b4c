#!/bin/sh
# usage.sh -- help goes to standard output with status 0, wrong use to standard error in two lines with status 2, lost output is status 4.
. "$(dirname "$0")/lib.sh"
commands='read parse code explain add show export frames'

run 0 --help
same err < /dev/null
for command in $commands; do holds out "^  $command +[a-z]"; done
holds out '^exit status: 0 done, 1 some articles failed, 2 wrong use, 3 bad model, frames or knowledge, 4 system$'
run 0 --version
holds out '^depesche [0-9]+\.[0-9]+\.[0-9]+$'

# each command tells its own help, before it looks at anything else
for command in $commands; do
    run 0 "$command" --help
    same err < /dev/null
    holds out "^usage: depesche $command"
    run 0 "$command" -h
done

run 2
same out < /dev/null
same err <<'TEXT'
depesche: no command given
See 'depesche --help'.
TEXT
run 2 serbe
same err <<'TEXT'
depesche: unknown command 'serbe'
See 'depesche --help'.
TEXT
run 2 code --fromat csv
same out < /dev/null
same err <<'TEXT'
depesche: code: unknown option '--fromat'
See 'depesche code --help'.
TEXT
run 2 code --format xml
same err <<'TEXT'
depesche: code: --format takes one of table, jsonl, csv, not 'xml'
See 'depesche code --help'.
TEXT
run 2 code --threads many
same err <<'TEXT'
depesche: code: --threads takes a number, not 'many'
See 'depesche code --help'.
TEXT
run 2 code --threads
same err <<'TEXT'
depesche: code: --threads needs a value
See 'depesche code --help'.
TEXT
run 2 code --stats=yes
same err <<'TEXT'
depesche: code: --stats takes no value
See 'depesche code --help'.
TEXT
run 2 parse --input conllu
same err <<'TEXT'
depesche: parse: --input conllu needs --lang CODE
See 'depesche parse --help'.
TEXT
run 2 frames
lines err 2
run 2 frames polish
lines err 2
run 2 code -x
lines err 2

# data that is not there: status 3, with the folder's name
run 3 code --data nowhere
same err <<'TEXT'
depesche: 'nowhere': no data folder (it holds no lang/LANGS)
TEXT
run 3 code --frames nowhere /dev/null
holds err "^depesche: 'nowhere': no such folder$"
run 3 code --know nowhere /dev/null
holds err "^depesche: 'nowhere': no such folder$"

# output that cannot be written is not done
if [ -w /dev/full ]; then
    checked
    printf 'Ein Satz.\n' > a.txt
    "$depesche" read a.txt > /dev/full 2> err
    [ $? = 4 ] || fail "read > /dev/full: exit status $?, expected 4"
    said="read > /dev/full"
    holds err '^depesche: cannot write the output'
fi

# a reader that goes away early gets no complaint and leaves nothing hanging
checked
i=0
while [ $i -lt 3000 ]; do echo '{"title":"Merkel trifft Macron","text":"Angela Merkel hat Emmanuel Macron in Paris getroffen.","lang":"de"}'; i=$((i + 1)); done > many.jsonl
"$depesche" read many.jsonl 2> err | head -n 1 > out
[ -s err ] && { fail "read | head: complaints"; cat err; }
finish
