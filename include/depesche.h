/* depesche.h -- who did what to whom, when, where and by whose account: political event data from German and English
 * news.
 *
 * The short way, from a text to its events as JSON lines:
 *
 *     struct dps_engine *engine;
 *     if (dps_engine_new(&engine, NULL, &error) != DPS_OK) ...        // opened once, read-only, shared by all threads
 *     struct dps_coder *coder = dps_coder_new(engine);                // one a thread
 *     const char *lines;
 *     if (dps_code_text(coder, "article.txt", bytes, length, "2022-01-21", &lines, &error) == DPS_OK) puts(lines);
 *     dps_coder_free(coder);
 *     dps_engine_free(engine);
 *
 * The long way is a batch: inputs (files, folders, standard input) go in, results come out in input order over any
 * number of threads, the same bytes for each number. All functions return a status; none prints or exits.
 *
 * Ownership: a `new` is undone by its `free`, which accepts NULL. Strings given out live as long as said beside the
 * function.
 */
#ifndef DEPESCHE_H
#define DEPESCHE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#ifdef __cplusplus
extern "C" {
#endif

#define DPS_VERSION_MAJOR 0
#define DPS_VERSION_MINOR 1
#define DPS_VERSION_PATCH 0
const char *dps_version(void); /* "0.1.0" */

/* ---- status ---- */
/* The same list as in src/base/status.h, which the library includes instead of this part. */
#ifndef DPS_BASE_STATUS_H
enum dps_status {
    DPS_OK,
    DPS_END,
    DPS_INPUT,
    DPS_LIMIT,
    DPS_USAGE,
    DPS_MODEL,
    DPS_FRAMES,
    DPS_KNOW,
    DPS_LANG,
    DPS_STORE,
    DPS_IO,
    DPS_MEMORY
};
struct dps_error {
    enum dps_status status;
    char message[512]; /* complete: names the file, the place and the remedy */
};
#endif

/* ---- the engine: weights, knowledge, frames ---- */
struct dps_engine;
struct dps_engine_options {
    const char *data_dir;   /* folder with lang/, know.dps, models/; NULL: $DEPESCHE_DATA, else beside the program, else
                               where it was built */
    const char *frames_dir; /* the user's own frames, asked before the shipped ones; NULL: none */
    const char *know_dir;   /* the user's own knowledge tables; NULL: none */
};
/* Languages are opened when first needed. Fails with DPS_MODEL, DPS_FRAMES, DPS_KNOW, DPS_LANG. options may be NULL. */
enum dps_status dps_engine_new(struct dps_engine **engine, const struct dps_engine_options *options,
                               struct dps_error *error);
void dps_engine_free(struct dps_engine *engine);

/* ---- one text ---- */
struct dps_coder;                                           /* one thread's workspace */
struct dps_coder *dps_coder_new(struct dps_engine *engine); /* NULL: out of memory */
void dps_coder_free(struct dps_coder *coder);
/* Code one article held in memory (plain text, text record or a JSON line). `published` (ISO date or time) may be NULL.
 * *lines: a JSON line an event, NUL-terminated; owned by the coder, valid until its next call. */
enum dps_status dps_code_text(struct dps_coder *coder, const char *name, const char *bytes, size_t length,
                              const char *published, const char **lines, struct dps_error *error);

/* ---- many articles ---- */
enum dps_task { DPS_TASK_READ, DPS_TASK_PARSE, DPS_TASK_CODE, DPS_TASK_EXPLAIN };
enum dps_format { DPS_FORMAT_TABLE, DPS_FORMAT_JSONL, DPS_FORMAT_CSV };

struct dps_stats {
    uint64_t articles, failed, words, sentences, events, bytes;
    uint64_t uncoded; /* of the articles: those in a language without data, kept without events */
    uint64_t known;   /* of the articles: those that the store held already, not coded again */
    double seconds_read, seconds_text, seconds_parse, seconds_mention, seconds_event, seconds_output, seconds_wall;
    uint64_t peak_bytes; /* of the process */
};

struct dps_batch_options {
    enum dps_task task;
    enum dps_format format;   /* of CODE */
    const char *const *paths; /* files, folders, "-"; none: standard input */
    size_t n_paths;
    const char *lang;  /* NULL: told from each text */
    bool input_conllu; /* PARSE: keep the sentences and tokens of a CoNLL-U input */
    unsigned threads;  /* 0: one a core */
    bool color;        /* tables may use colour */
    unsigned width;    /* of the terminal for tables; 0: unlimited */
    const char *store; /* not NULL: also store what is coded in this file (depesche add) */
    /* Called for each bad article or file, in input order. */
    void (*complain)(void *context, const struct dps_error *error);
    /* Called now and then; may be NULL. */
    void (*progress)(void *context, const struct dps_stats *so_far);
    void *context;
};
/* Run and write results to `out` in input order. DPS_OK even if articles failed (see stats->failed). */
enum dps_status dps_batch_run(struct dps_engine *engine, const struct dps_batch_options *options, FILE *out,
                              struct dps_stats *stats, struct dps_error *error);

/* ---- frames' own examples ---- */
struct dps_check_report {
    unsigned frames, examples, failed;
};
/* Runs every yes and no sentence of the language's frames (lang NULL: all languages); failures are written to `out`, a
 * line each. */
enum dps_status dps_frames_check(struct dps_engine *engine, const char *lang, FILE *out,
                                 struct dps_check_report *report, struct dps_error *error);

/* ---- the store ---- */
enum dps_show_view { DPS_SHOW_EVENTS, DPS_SHOW_TIMELINE, DPS_SHOW_DYADS, DPS_SHOW_ARTICLES };
struct dps_show_options {
    enum dps_show_view view;
    enum dps_format format;
    const char *from, *to;         /* ISO dates of the event, inclusive; NULL: open */
    const char *actor, *recipient; /* country code or part of a name */
    const char *type, *status, *lang;
    const char *text; /* words that the sentence must hold (FTS5 query) */
    const char *by;   /* timeline: "day", "week", "month" */
    uint64_t limit;   /* 0: no limit */
    bool color;
    unsigned width;
};
/* Read-only. Unknown store: DPS_STORE. */
enum dps_status dps_store_show(const char *db, const struct dps_show_options *options, FILE *out,
                               struct dps_error *error);
enum dps_status dps_store_export(const char *db, enum dps_format format, FILE *out, struct dps_error *error);

#ifdef __cplusplus
}
#endif
#endif
