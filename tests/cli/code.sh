#!/bin/sh
# code.sh -- events of a plain sentence in each format; the user's own frames; stats; explain; parse of given tokens.
. "$(dirname "$0")/lib.sh"
echo '{"id":"a","lang":"de","published":"2022-01-21","text":"Moskau fordert von der NATO den Abzug ihrer Truppen."}' > de.jsonl
echo '{"id":"b","lang":"en","published":"2022-01-21","text":"President Joe Biden spoke with Russian President Vladimir Putin by phone on Thursday."}' > en.jsonl

run 0 code de.jsonl en.jsonl # into a pipe or file: JSON lines
lines out 2
holds out '^\{"id": "a:0:0", "article": "a", "lang": "de", "sentence": 0, .*"type": "REQUEST", .*"status": "actual".*"trigger": \{"text": "fordert", "start": 7, "end": 14\}.*"country": "RUS"'
holds out '^\{"id": "b:0:0".*"type": "CONSULT", "modes": \[.*"phone".*"id": "usa\.biden".*"date": "2022-01-20"'
if command -v python3 > /dev/null; then
    said='code --format jsonl'
    checked
    python3 -c 'import json,sys; [json.loads(l) for l in open("out", encoding="utf-8")]' || fail 'a line is no JSON'
fi
run 0 code --format csv de.jsonl en.jsonl
lines out 3
holds out '^id,article,lang,'
run 0 code --format table de.jsonl
holds out 'REQUEST'
holds out 'Moskau fordert von der NATO'

run 0 code --stats de.jsonl
holds err '^articles 1, failed 0, without language data 0, already stored 0$'
holds err '^bytes 52, sentences 1, words [0-9]+, events 1$'
holds err '^seconds by stage, all threads together: read [0-9.]+ text [0-9.]+ parse [0-9.]+ mention [0-9.]+ event [0-9.]+ output [0-9.]+$'

# a frame of one's own, with a type of one's own
mkdir -p mine/de
printf 'frame blubbern.1\n  lemma fordern\n  type BUBBLE\n  quad 1\n  score 1\n  actor subj\n  recipient obl:von\n' > mine/de/own.frames
run 0 code --frames mine de.jsonl
holds out '"type": "BUBBLE"'

run 0 explain de.jsonl
holds out '^ +2  fordert +fordern +VERB +root +0 -'
holds out '^  party  "Moskau" .*RUS'
holds out '^  fires +de/'
holds out '^  event  REQUEST'

# nothing in an article reaches the terminal as an escape sequence, nor the CoNLL-U as a row
printf '{"id":"a\\n1\\tx","lang":"de","text":"Moskau \\u001b[2Jfordert \\u009bK den Abzug."}\n' > escape.jsonl
run 0 explain escape.jsonl
holds out '^=== a'
checked
[ "$(LC_ALL=C tr -d '\n -~\200-\377' < out | wc -c)" = 0 ] || fail 'explain writes control characters'
run 0 parse escape.jsonl
holds out '^# newdoc id = a 1 x$'
printf '{"text": 1}\n' > "$(printf 'a\033[2Jb')"
run 1 code "$(printf 'a\033[2Jb')"
holds err '^depesche: a.\[2Jb: record 1 \(line 1\): .text. must be a string$'
checked
[ "$(LC_ALL=C tr -d '\n -~\200-\377' < err | wc -c)" = 0 ] || fail 'a message writes control characters'

# given tokens and sentences are kept
printf '# sent_id = s1\n1\tMoskau\t_\t_\t_\t_\t_\t_\t_\t_\n2\tschweigt\t_\t_\t_\t_\t_\t_\t_\tSpaceAfter=No\n3\t.\t_\t_\t_\t_\t_\t_\t_\t_\n\n1\tJa\t_\t_\t_\t_\t_\t_\t_\t_\n\n' > t.conllu
run 0 parse --input conllu --lang de t.conllu
holds out '^# sent_id = s1$'
holds out '^# sent_id = 2$'
holds out '^2	schweigt	schweigen	VERB	'
printf '1\tMoskau\n\n' > bad.conllu
run 1 parse --input conllu --lang de bad.conllu t.conllu
holds err '^depesche: bad\.conllu:1: '
holds out '^# sent_id = s1$'
finish
