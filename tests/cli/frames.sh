#!/bin/sh
# frames.sh -- `frames check` runs the examples of one's own frames too, and tells the place of those that come out otherwise.
. "$(dirname "$0")/lib.sh"
mkdir -p mine/de
cat > mine/de/own.frames <<'TEXT'
frame blinzeln.1
  lemma      fordern
  type       ACCUSE
  actor      subj
  recipient  obl:von
  yes        Russland fordert von der NATO Garantien.  -> RUS ACCUSE IGO
  yes        Russland fordert von der NATO Garantien.  -> CHN ACCUSE IGO
  no         China fordert von Japan Garantien.
TEXT
"$depesche" frames check --lang de --frames mine > out 2> err
status=$?
said='frames check --frames mine'
checked
[ $status = 1 ] || fail "$said: status $status, expected 1"
grep '^mine/' out > seen
lines seen 2
holds seen "^mine/de/own\.frames:7: yes 'Russland fordert von der NATO Garantien\.': expected CHN ACCUSE IGO, found RUS ACCUSE IGO"
holds seen "^mine/de/own\.frames:8: no 'China fordert von Japan Garantien\.': found CHN ACCUSE JPN"
holds out '^[0-9]+ frames, [0-9]+ examples, [0-9]+ failed$'
run 2 frames check --lang xx
holds err "^depesche: no language 'xx' in "
finish
