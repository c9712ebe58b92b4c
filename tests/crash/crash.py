#!/usr/bin/env python3
"""Kill `depesche add` at many instants: nothing stored may be lost, running again adds what is missing, and twice adds nothing.

usage: crash.py DEPESCHE [SEED]

For each kill: the file passes SQLite's integrity check, what is exported is a beginning of what an undisturbed run exports (so no article is half
there and none is out of order), and never less than before the kill. The seed is printed; the same seed gives the same delays.
"""
import json, os, random, shutil, signal, sqlite3, subprocess, sys, tempfile, time

ARTICLES = 1600  # more than three batches (DPS_STORE_BATCH_ARTICLES)
ROUNDS = 40
SECONDS = 240    # stop killing after so long, on a slow machine

STATES = [("Russland", "Russia"), ("Frankreich", "France"), ("Polen", "Poland"), ("Japan", "Japan"), ("Kanada", "Canada")]


def article(k):
    german, english = STATES[k % len(STATES)]
    other_german, other_english = STATES[(k // len(STATES) + 1 + k) % len(STATES)]
    day = "2022-%02d-%02d" % (1 + k % 12, 1 + k % 28)
    if k % 2:
        text = "The ministers of %s and %s met in Geneva. Nobody expected much." % (english, other_english)
    else:
        text = "%s fordert von %s eine Antwort. Am Montag war es still." % (german, other_german)
    return {"id": "a%05d" % k, "title": None, "published": day, "lang": "en" if k % 2 else "de", "text": text}


def remove(path):
    for tail in ("", "-wal", "-shm", "-journal"):
        if os.path.exists(path + tail):
            os.remove(path + tail)


def main():
    depesche = os.path.abspath(sys.argv[1])
    seed = int(sys.argv[2]) if len(sys.argv) > 2 else random.randrange(1 << 30)
    print("seed %d" % seed)
    rng = random.Random(seed)
    folder = tempfile.mkdtemp()
    source, whole, store = (os.path.join(folder, name) for name in ("in.jsonl", "whole.db", "killed.db"))
    with open(source, "w", encoding="utf-8") as out:
        for k in range(ARTICLES):
            out.write(json.dumps(article(k), ensure_ascii=False) + "\n")

    def run(*words):
        done = subprocess.run([depesche, *words], stdout=subprocess.PIPE, stderr=subprocess.PIPE)
        if done.returncode != 0:
            sys.exit("FAILED: depesche %s: exit status %d\n%s" % (" ".join(words), done.returncode, done.stderr.decode()))
        return done.stdout

    def export(path):
        return run("export", path, "--format", "jsonl").split(b"\n")[:-1]

    def count(path):
        with sqlite3.connect(path) as db:
            if db.execute("PRAGMA integrity_check").fetchone()[0] != "ok":
                sys.exit("FAILED: %s is damaged" % path)
            return db.execute("SELECT count(*) FROM articles").fetchone()[0]

    started = time.monotonic()
    run("add", whole, source)
    seconds = time.monotonic() - started
    expected = export(whole)
    assert count(whole) == ARTICLES and len(expected) > ARTICLES / 4, (count(whole), len(expected))
    assert expected == run("code", source, "--format", "jsonl").split(b"\n")[:-1], "code and add + export differ"

    had, kills, partial = 0, 0, 0
    for number in range(ROUNDS):
        if time.monotonic() - started > SECONDS:
            break
        process = subprocess.Popen([depesche, "add", store, source], stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
        try:
            process.wait(timeout=rng.uniform(0, seconds * 1.05))
        except subprocess.TimeoutExpired:
            process.send_signal(signal.SIGKILL)
            process.wait()
            kills += 1
        else:
            assert process.returncode == 0, process.stderr.read().decode()
        process.stderr.close()
        if not os.path.exists(store) or os.path.getsize(store) == 0:
            assert had == 0, "the store is gone"
            continue
        try:
            now = count(store)
        except sqlite3.OperationalError as error:  # killed before the tables were made
            assert had == 0 and "no such table" in str(error), error
            continue
        assert now >= had, "%d articles were stored, %d are left" % (had, now)
        got = export(store)
        assert got == expected[:len(got)], "what is stored is no beginning of the whole"
        partial += had < now < ARTICLES
        had = now
        if now == ARTICLES:
            remove(store)
            had = 0
    run("add", store, source)
    assert export(store) == expected and count(store) == ARTICLES, "the taken-up run is not the whole"
    run("add", store, source)
    assert export(store) == expected and count(store) == ARTICLES, "adding twice changed the store"
    print("%d kills, %d of them amid the run; %d articles, %d events, as in an undisturbed run" % (kills, partial, ARTICLES, len(expected)))
    if kills == 0:
        sys.exit("FAILED: no run was killed in time")
    shutil.rmtree(folder)


main()
