#!/usr/bin/env python3
"""Runs the code blocks of README.md and docs/*.md.   usage: docs.py PROGRAM SOURCE-FOLDER

A block that opens with ```console holds commands behind "$ " and what they print. Each block runs in a fresh folder that holds examples/, lang/,
know/ and, in build/, the program; blocks of one page share the folder, so that a page can go on with what it made. Lines below a command must be
what it prints (standard output and error); "..." alone stands for any lines; a command without lines below it only has to end well.
Links to files of the tree must lead somewhere. A line "[exit 2]" below a command is its expected exit status. Blocks that open with anything else are not run.
Out: a line for each command that failed, and the counts; status 1 if any failed or none was found."""
import glob, os, re, subprocess, sys, tempfile

program, source = (os.path.abspath(a) for a in sys.argv[1:3])


def commands(page):
    """Yield (line number, command, expected lines, exit status) of a page."""
    inside, entry = False, None
    for number, line in enumerate(open(page, encoding="utf-8"), 1):
        line = line.rstrip("\n")
        if line.startswith("```"):
            if entry:
                yield entry
            entry, inside = None, line == "```console"
        elif inside and line.startswith("$ "):
            if entry:
                yield entry
            entry = (number, line[2:], [], [0])
        elif inside and entry and re.fullmatch(r"\[exit \d+\]", line):
            entry[3][0] = int(line[6:-1])
        elif inside and entry:
            entry[2].append(line)


def fits(expected, got):
    """Lines against lines, "..." for any number of them."""
    if not expected:
        return not got
    if expected[0].strip() == "...":
        return any(fits(expected[1:], got[i:]) for i in range(len(got) + 1))
    return bool(got) and expected[0].rstrip() == got[0].rstrip() and fits(expected[1:], got[1:])


def dead_links(page):
    """Yield targets of [text](target) that no file stands behind; addresses are not asked."""
    text = re.sub(r"(?ms)^```.*?^```", "", open(page, encoding="utf-8").read())
    for target in re.findall(r"\]\(([^)#]+)(?:#[^)]*)?\)", text):
        if "://" not in target and not os.path.exists(os.path.join(os.path.dirname(page), target)):
            yield target


def main():
    ran = bad = 0
    for page in [os.path.join(source, "README.md")] + sorted(glob.glob(os.path.join(source, "docs/*.md"))):
        for target in dead_links(page):
            bad += 1
            print(f"{os.path.relpath(page, source)}: nothing at '{target}'")
        with tempfile.TemporaryDirectory() as folder:
            os.mkdir(folder + "/build")
            os.symlink(program, folder + "/build/depesche")
            for name in ("examples", "lang", "know", "docs", "include"):
                os.symlink(os.path.join(source, name), os.path.join(folder, name))
            environment = {**os.environ, "LC_ALL": "C.UTF-8", "PATH": folder + "/build:" + os.environ["PATH"], "DEPESCHE": program}
            for number, command, expected, status in commands(page):
                done = subprocess.run(["sh", "-c", command], cwd=folder, env=environment, text=True, errors="replace",
                                      stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, timeout=120)
                ran += 1
                while expected and not expected[-1].strip():
                    expected.pop()
                right = done.returncode == status[0] and (not expected or fits(expected, done.stdout.splitlines()))
                if not right:
                    bad += 1
                    print(f"{os.path.relpath(page, source)}:{number}: $ {command}\n  exit status {done.returncode}, expected {status[0]}; it printed:")
                    print("".join("  | " + line + "\n" for line in done.stdout.splitlines()[:40]), end="")
    print(f"{ran} commands, {bad} failed")
    return 1 if bad or not ran else 0


sys.exit(main())
