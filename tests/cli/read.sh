#!/bin/sh
# read.sh -- what `read` finds in a text record, plain text and JSON lines, from files, folders, standard input, gzip and zstd.
. "$(dirname "$0")/lib.sh"

# the stamp, the title before it, a heading; Berlin's clock in summer and in winter
printf ' date 2022-07 Streit um Gas Berlin warnt, Moskau schweigt Stand: 05.07.2022 08:05 Uhr\n\nDie Regierung in Berlin hat Moskau gewarnt. Es fehlt an Gas.\n\nWarten auf Antwort\n\nMoskau schweigt bisher.\n' > record.txt
run 0 read record.txt
sed 's/"id": "[0-9a-f]\{16\}"/"id": "ID"/' out > seen
same seen <<'TEXT'
{"id": "ID", "file": "record.txt", "record": 1, "url": null, "title": "Streit um Gas Berlin warnt, Moskau schweigt", "published": "2022-07-05T08:05:00+02:00", "date": "2022-07-05", "time": "08:05", "city": null, "agency": null, "lang": "de", "source": null, "text": "Die Regierung in Berlin hat Moskau gewarnt. Es fehlt an Gas.\n\nWarten auf Antwort\n\nMoskau schweigt bisher.", "blocks": [{"kind": "paragraph", "start": 0, "end": 60}, {"kind": "heading", "start": 62, "end": 80}, {"kind": "paragraph", "start": 82, "end": 105}]}
TEXT
sed 's/05\.07\.2022/05.01.2022/' record.txt > winter.txt
run 0 read winter.txt
holds out '"published": "2022-01-05T08:05:00\+01:00"'

# JSON lines: given fields are kept, unknown ones ignored
echo '{"id":"7","url":"https://example.org/7","title":"A","published":"2022-01-21","lang":"en","text":"Blinken met Lavrov.","source":"S","more":[1]}' > a.jsonl
run 0 read a.jsonl
same out <<'TEXT'
{"id": "7", "file": "a.jsonl", "record": 1, "url": "https://example.org/7", "title": "A", "published": "2022-01-21", "date": "2022-01-21", "time": null, "city": null, "agency": null, "lang": "en", "source": "S", "text": "Blinken met Lavrov.", "blocks": [{"kind": "paragraph", "start": 0, "end": 19}]}
TEXT
cp out wanted

# the same article by each way in
bare() { sed 's/"file": "[^"]*"/"file": "a.jsonl"/' out > seen; same seen < wanted; }
"$depesche" read < a.jsonl > out 2> err
said='read < a.jsonl'
bare
"$depesche" read - < a.jsonl > out 2> err
said='read -'
bare
gzip -c a.jsonl > a.gz
run 0 read a.gz
bare
cat a.gz a.gz > two.gz # a file of two gzip members is one file
run 0 read two.gz
lines out 2
if command -v zstd > /dev/null; then
    zstd -q a.jsonl -o a.zst
    run 0 read a.zst
    bare
else
    echo 'no zstd: its part is skipped'
fi
mkdir -p folder/below
cp a.jsonl folder/b.jsonl
cp a.gz folder/a.gz
cp record.txt folder/below/c.txt
run 0 read folder
lines out 3
sed 's/.*"file": "\([^"]*\)".*/\1/' out > seen
printf 'folder/a.gz\nfolder/b.jsonl\nfolder/below/c.txt\n' | same seen

# the language is told from the text
echo 'The prime minister met the president of the United States in Washington and they talked about the war.' > en.txt
echo 'Die Bundeskanzlerin hat den Präsidenten der Vereinigten Staaten in Washington getroffen, und sie sprachen über den Krieg.' > de.txt
run 0 read en.txt de.txt
sed 's/.*"lang": "\([a-z]*\)".*/\1/' out > seen
printf 'en\nde\n' | same seen
finish
