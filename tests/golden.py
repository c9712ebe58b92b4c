#!/usr/bin/env python3
"""Golden tests: one text file a stage, its cases readable by a linguist.   usage: golden.py PROGRAM [FILE...] [--update]

A file tests/golden/NN-STAGE-*.txt holds cases:

    === name of the case
    the input: a text record, or a JSON line
    ---
    what the stage makes of it, as the renderer below writes it

--update rewrites what is expected; read the diff word by word before committing it: the diff is the review.
Out: a diff for each case that failed, and the counts; status 1 if any failed or none was found."""
import difflib, glob, json, os, subprocess, sys

HERE = os.path.dirname(os.path.abspath(__file__))


def run(program, command, text):
    done = subprocess.run([program, *command], input=text.encode(), stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    lines = done.stdout.decode().splitlines()
    return lines + (["error: " + done.stderr.decode().strip().replace("\n", " / ")] if done.returncode else [])


def read(program, text):
    """Title, time, language, then each block with its kind."""
    out = []
    for line in run(program, ["read"], text):
        if line.startswith("error:"):
            out.append(line)
            continue
        a = json.loads(line)
        body = a["text"].encode()
        out += [f"title      {a['title']}", f"published  {a['published']}", f"lang       {a['lang']}"]
        out += [f"{b['kind']:10} {body[b['start']:b['end']].decode()}" for b in a["blocks"]]
    return out


def text(program, text):
    """One sentence a line, its words parted by blanks; a word of several is written im=in+dem."""
    out, words, parts = [], [], None
    for line in run(program, ["parse"], text):
        c = line.split("\t")
        if len(c) < 10:
            if not line and words:
                out.append(" ".join(words))
                words = []
            continue
        if "-" in c[0]:
            first, last = map(int, c[0].split("-"))
            parts = [c[1] + "=", last - first + 1]
        elif parts:
            parts[0] += c[1] + ("+" if parts[1] > 1 else "")
            parts[1] -= 1
            if not parts[1]:
                words.append(parts[0])
                parts = None
        else:
            words.append(c[1])
    return out


def event(program, text):
    """Sentence, type/modes, actors -> recipients, then what else is told."""
    party = lambda p: f"{p['text'] or '(none)'} [{p['country'] or '?'} {p['sector'] or '?'}]"
    out = []
    for line in run(program, ["code", "--format", "jsonl"], text):
        if line.startswith("error:"):
            out.append(line)
            continue
        e = json.loads(line)
        parts = [f"{e['sentence']} {'/'.join([e['type'], *e['modes']])} '{e['trigger']['text']}': " + ", ".join(map(party, e["actors"]))
                 + (" -> " + ", ".join(map(party, e["recipients"])) if e["recipients"] else "")]
        if e["status"] != "actual":
            parts.append(e["status"])
        if e["speaker"]:
            parts.append("by " + party(e["speaker"]))
        if e["date_text"]:
            parts.append("on " + e["date"] + ("/" + e["date_end"] if e["date_end"] else ""))
        if e["place"]:
            parts.append("in " + e["place"]["name"])
        if e["content"]:
            parts.append(f"content \"{e['content']['text']}\"")
        out.append("; ".join(parts))
    return out


STAGES = {"read": read, "text": text, "event": event}


def cases(path):
    """Lists of [name, input, expected lines]."""
    found, where = [], None
    for line in open(path, encoding="utf-8"):
        line = line.rstrip("\n")
        if line.startswith("=== "):
            found.append([line[4:], [], []])
            where = 1
        elif line == "---":
            where = 2
        elif where:
            found[-1][where].append(line)
    for case in found:
        while case[2] and not case[2][-1]:
            case[2].pop()
    return found


def main(argv):
    update = "--update" in argv
    argv = [a for a in argv if a != "--update"]
    program = os.path.abspath(argv[0])
    files = argv[1:] or sorted(glob.glob(os.path.join(HERE, "golden", "*.txt")))
    passed = failed = 0
    for path in files:
        render = STAGES[os.path.basename(path).split("-")[1].split(".")[0]]
        done = []
        for name, given, expected in cases(path):
            got = render(program, "\n".join(given) + "\n")
            done.append((name, given, got))
            if got == expected:
                passed += 1
            elif not update:
                failed += 1
                print(f"{path}: {name}")
                print("\n".join(difflib.unified_diff(expected, got, "expected", "got", lineterm="")))
        if update:
            with open(path, "w", encoding="utf-8") as f:
                f.write("\n".join("\n".join(["=== " + n, *g, "---", *o, ""]) for n, g, o in done))
    print(f"{passed} passed, {failed} failed")
    return 1 if failed or not (passed or update) else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
