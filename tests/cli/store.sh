# store.sh -- add, show and export: the same bytes as code, filters, and messages for what is no store.
. "$(dirname "$0")/lib.sh" "$1"

cat > in.jsonl <<'END'
{"id": "one", "title": "Japan fordert Abzug", "published": "2022-01-21", "lang": "de", "text": "Japan fordert von China den Abzug der Truppen. Frankreich und Polen trafen sich am Mittwoch in Genf."}
{"id": "two", "title": "France and Japan met", "published": "2022-02-03", "lang": "en", "url": "https://example.org/2", "text": "The ministers of France and Japan met in Geneva. Canada demanded an answer from Poland on Tuesday."}
{"id": "three", "published": "2022-02-03", "lang": "fi", "text": "Suomi ja Ruotsi."}
END

run 0 add x.db in.jsonl
[ ! -s out ] || fail "add wrote to standard output"
for format in jsonl csv table; do
    run 0 code --format $format in.jsonl
    mv out coded
    run 0 export x.db --format $format
    mv out first
    same first < coded
done
run 0 code --format jsonl in.jsonl
lines=$(wc -l < out)
[ "$lines" -ge 2 ] || fail "only $lines events"

# a part, then the whole, then the whole again: what one run gives
head -n 1 in.jsonl > part.jsonl
run 0 add y.db < part.jsonl
run 0 add y.db - < in.jsonl
run 0 add y.db - < in.jsonl
run 0 export y.db --format jsonl
mv out taken-up
run 0 code --format jsonl - < in.jsonl
same taken-up < out

run 0 show x.db articles --format csv
lines out 4
holds out '^three,fi,2022-02-03,,,,in.jsonl,false,0,'
run 0 show x.db --format jsonl --lang en
holds out '"article": "two"'
if grep -q '"article": "one"' out; then fail "--lang en shows a German article"; fi
run 0 show x.db events --format jsonl --to 2022-01-31
if grep -q '"article": "two"' out; then fail "--to 2022-01-31 shows February"; fi
run 0 show x.db --actor JPN --recipient CHN --format csv
holds out '^one:'
run 0 show x.db timeline --by month --format csv
holds out '^2022-01,'
holds out '^period,events,articles,'
run 0 show x.db dyads --format table
holds out '^JPN   → CHN'
run 0 show x.db --text 'fordert China' --format table
holds out 'Japan fordert von China'

# an article that changed is replaced, not kept twice
sed 's/von China den Abzug/von Polen den Abzug/' in.jsonl > changed.jsonl
mv changed.jsonl in.jsonl
run 0 add x.db in.jsonl
run 0 code --format jsonl in.jsonl
mv out coded
run 0 export x.db --format jsonl
mv out exported
same exported < coded
run 0 show x.db --recipient CHN --format jsonl
lines out 0

# wrong use, and what is no store
run 2 add
run 2 show
run 2 show x.db everything
holds err "unknown view 'everything'"
run 2 show x.db --from yesterday
holds err "'yesterday' is no date"
run 2 show x.db --status done
run 4 show missing.db
holds err "'missing.db': no such store"
[ ! -e missing.db ] || fail "show made a file"
cp in.jsonl copy.jsonl
cp copy.jsonl before.jsonl
run 4 add copy.jsonl in.jsonl
holds err "'copy.jsonl': not a depesche store"
cmp -s before.jsonl copy.jsonl || fail "add changed a file that is no store"
head -c 5000 x.db > cut.db
run 4 export cut.db
chmod 444 x.db
run 0 show x.db --format jsonl
finish
