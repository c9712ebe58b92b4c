/* article.h -- the first record of the flow: one article as it was read, and the reader that yields articles from any
 * input.
 *
 * I1: `text` is the body exactly as read (after decoding to valid UTF-8); every later offset of a body sentence counts
 * bytes into it, every offset of the title's sentence counts bytes into `title`. I2: `title` and `text` are valid UTF-8
 * without NUL bytes; `text` may be empty only if `title` is not. I3: `blocks` cover the body's words in order, do not
 * overlap, and hold no blank line inside.
 */
#ifndef DPS_ARTICLE_ARTICLE_H
#define DPS_ARTICLE_ARTICLE_H

#include "base/arena.h"
#include "base/date.h"
#include "base/status.h"
#include "base/str.h"

enum dps_block_kind { DPS_BLOCK_PARAGRAPH, DPS_BLOCK_HEADING };
struct dps_block { /* a paragraph or heading: text[start .. end) */
    uint32_t start, end;
    enum dps_block_kind kind;
};

enum { DPS_LANG_CODE = 8 };
struct dps_article {
    struct dps_str id;           /* as given, else a hash of the content: 16 hex digits */
    struct dps_str file;         /* where it was read from ("-" is standard input); borrowed from the reader */
    uint32_t record;             /* number of the record in the file, from 1 */
    struct dps_str url;          /* empty: unknown (so for all below) */
    struct dps_str title;        /* without the news site's stamp */
    struct dps_str text;         /* body */
    struct dps_str source;       /* who published it */
    struct dps_str agency, city; /* of a dateline "GENF (dpa) -" */
    struct dps_time published;
    char lang[DPS_LANG_CODE]; /* ISO 639-1; "" if none could be told */
    bool lang_given;          /* the input named it */
    struct dps_block *blocks;
    uint32_t n_blocks;
};

/* Ceilings, each with its reason. */
enum {
    DPS_ARTICLE_MAX_TEXT =
        4 * 1024 *
        1024, /* bytes of one article; the longest news text seen has 200 kB. Longer ones are refused, not cut */
    DPS_ARTICLE_MAX_LINE =
        16 * 1024 * 1024 /* bytes of one JSON line; longer lines are skipped without being held in memory */
};

struct dps_reader; /* one per run; not for several threads at once */

struct dps_reader_options {
    const char *lang;     /* language to assume for all articles; NULL: told from the text */
    const char *lang_dir; /* the data folder's lang/ (month names, stamps, language profiles) */
};

/* A reader over files, folders (walked, sorted) and "-"; no path at all means standard input. `paths` is borrowed until
 * free. */
enum dps_status dps_reader_new(struct dps_reader **reader, const char *const *paths, size_t n_paths,
                               const struct dps_reader_options *options, struct dps_error *error);
void dps_reader_free(struct dps_reader *reader);

/* The next article, made in `arena`. DPS_OK; DPS_END; DPS_INPUT / DPS_LIMIT / DPS_IO: this record or file could not be
 * read, `error` says which and why
 * ("file: record 3: ..."), and the next call goes on behind it; DPS_MEMORY: stop. */
enum dps_status dps_reader_next(struct dps_reader *reader, struct dps_arena *arena, struct dps_article *article,
                                struct dps_error *error);

/* The same from memory, with the language data that the reader has loaded; its place among the paths does not change.
 */
enum dps_status dps_reader_run(const struct dps_reader *reader, struct dps_str bytes, const char *name,
                               struct dps_arena *arena, struct dps_article *article, struct dps_error *error);

/* Read one article from memory (plain text, text record or one JSON line told by content). Loads the language
 * data each time (a millisecond): for many texts use dps_reader_run. */
enum dps_status dps_article_run(const struct dps_reader_options *options, struct dps_str bytes, const char *name,
                                struct dps_arena *arena, struct dps_article *article, struct dps_error *error);

#endif
