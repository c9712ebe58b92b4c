/* article_langs.h -- what reading must know of languages: date and stamp words, news agencies, language profiles.
 * Private to src/article. */
#ifndef DPS_ARTICLE_LANGS_H
#define DPS_ARTICLE_LANGS_H

#include "article/article.h"

/* What a word of a stamp means (column `class` of lang/<code>/stamps.tsv). */
enum dps_stamp_class {
    DPS_STAMP_NONE,
    DPS_STAMP_PUBLISHED, /* Veröffentlicht, Posted */
    DPS_STAMP_UPDATED,   /* Stand, Aktualisiert, Updated */
    DPS_STAMP_MONTH,     /* value 1..12 */
    DPS_STAMP_WEEKDAY,
    DPS_STAMP_FILLER,  /* am, um, den, at, on */
    DPS_STAMP_HOUR,    /* Uhr: the number before is a time */
    DPS_STAMP_NOON,    /* am, pm: value 0 or 12 */
    DPS_STAMP_ZONE,    /* value: minutes east of UTC */
    DPS_STAMP_BYLINE,  /* Von, By: a name follows */
    DPS_STAMP_ORDINAL, /* st, nd, rd, th behind a day's number */
    DPS_STAMP_COUNT    /* Min, Kommentare: the number before it is no date */
};

struct dps_stamp_word {
    struct dps_str word; /* lower case, without a final full stop */
    enum dps_stamp_class class;
    int value;
};

enum { DPS_LANGS_MAX = 48 };

struct dps_lang {
    char code[DPS_LANG_CODE];
    bool coded;        /* listed in LANGS; else it is known only to be told apart */
    bool central_time; /* a stamp without a zone means Central European Time (else: zone unknown) */
    bool month_first;  /* 1/2/2022 is the second of January */
    struct dps_stamp_word *words;
    size_t n_words;
    struct dps_str letters; /* letters beyond a-z that the language uses */
    uint32_t n_profile;
};

struct dps_profile_word { /* a frequent word and the languages (bits) that have it */
    struct dps_str word;
    uint64_t langs;
};

struct dps_langs {
    struct dps_arena arena; /* owns everything below */
    struct dps_lang langs[DPS_LANGS_MAX];
    size_t n_langs;
    struct dps_str *agencies;
    size_t n_agencies;
    struct dps_profile_word *profile; /* hash table, open addressing; size a power of two */
    size_t profile_size, profile_used;
};

/* Load LANGS, agencies.tsv, and of each language stamps.tsv and profile.tsv; the files of lang/other are profiles only,
 * to tell other languages apart. lang_dir NULL: no language is known. */
enum dps_status dps_langs_init(struct dps_langs *langs, const char *lang_dir, struct dps_error *error);
void dps_langs_release(struct dps_langs *langs);

const struct dps_lang *dps_langs_find(const struct dps_langs *langs, const char *code); /* NULL: not known */
/* Word of a stamp; any case. */
const struct dps_stamp_word *dps_langs_word(const struct dps_lang *lang, struct dps_str word);
/* The agency as the table writes it ("" length 0: none). Any case. */
struct dps_str dps_langs_agency(const struct dps_langs *langs, struct dps_str name);
/* Tell the language of a text: code of a known language, "" if none is likely. */
const struct dps_lang *dps_langs_tell(const struct dps_langs *langs, struct dps_str title, struct dps_str text);

/* ---- article_stamp.c ---- */

struct dps_stamp { /* what a line of dates says */
    struct dps_time time;
    bool found;    /* a date */
    bool labelled; /* a word such as "Stand" or "Published" */
    bool updated;  /* the date is that of a later version only */
    bool yearless;
    unsigned strange; /* words that belong to no stamp */
    unsigned known;   /* words and numbers that do */
};

/* Is all of `line` a stamp? At most `strange` other words may stand in it. */
bool dps_stamp_line(const struct dps_lang *lang, struct dps_str line, unsigned strange, struct dps_stamp *stamp);
/* A stamp at the end of a title line: its start offset, or line.length if there is none. */
size_t dps_stamp_tail(const struct dps_lang *lang, struct dps_str line, struct dps_stamp *stamp);
/* A date ("21. Januar 2022", "Jan 21", "21.01.2022", "2022-01-21") at *at; moves *at behind it. */
bool dps_stamp_date(const struct dps_lang *lang, struct dps_str s, size_t *at, struct dps_date *date, bool *yearless);
/* A published time in any form that we know: ISO, RFC 2822, words of any known language. */
bool dps_stamp_published(const struct dps_langs *langs, struct dps_str s, struct dps_time *time);

struct dps_dateline {
    struct dps_str city, agency;
    struct dps_date date; /* year 0: none */
    bool yearless;
    size_t end; /* first byte of the text behind it */
};
/* "GENF, 21. Januar (dpa) - " at the beginning of a paragraph. */
bool dps_stamp_dateline(const struct dps_langs *langs, const struct dps_lang *lang, struct dps_str text,
                        struct dps_dateline *dateline);

/* ---- article_body.c ---- */

/* Part `article->text` from `start` on into blocks. Only DPS_MEMORY can fail. */
enum dps_status dps_body_blocks(struct dps_arena *arena, struct dps_article *article, size_t start,
                                struct dps_error *error);
/* Fill title, text, published, city, agency, blocks from a whole plain text or text record; `raw` is valid UTF-8 and
 * stays. */
enum dps_status dps_body_record(const struct dps_langs *langs, const struct dps_reader_options *options,
                                struct dps_arena *arena, struct dps_str raw, struct dps_article *article,
                                struct dps_error *error);
/* Language, leading stamp lines, dateline, blocks and id of an article whose title and text are set. `record`: see
 * article_body.c. */
enum dps_status dps_body_finish(const struct dps_langs *langs, const struct dps_reader_options *options,
                                struct dps_arena *arena, struct dps_article *article, bool record,
                                struct dps_error *error);
/* Valid UTF-8 in the arena from bytes as they came: byte order mark cut, UTF-16 and Windows-1252 decoded, binary
 * refused. */
enum dps_status dps_body_decode(struct dps_arena *arena, struct dps_str bytes, struct dps_str *text,
                                struct dps_error *error);
void dps_body_language(const struct dps_langs *langs, const struct dps_reader_options *options,
                       struct dps_article *article);
/* The article's id by its content. */
enum dps_status dps_body_id(struct dps_arena *arena, struct dps_article *article, struct dps_error *error);

/* ---- article.c ---- */
enum dps_status dps_article_memory(const struct dps_langs *langs, const struct dps_reader_options *options,
                                   struct dps_str bytes, const char *name, struct dps_arena *arena,
                                   struct dps_article *article, struct dps_error *error);

/* ---- article_json.c ---- */
struct json_t;
/* Has the JSON text so few values that it may be read into memory? Else DPS_LIMIT. */
enum dps_status dps_json_check(struct dps_str s, struct dps_error *error);
enum dps_status dps_json_article(const struct dps_langs *langs, const struct dps_reader_options *options,
                                 struct dps_arena *arena, const struct json_t *object, struct dps_article *article,
                                 struct dps_error *error);
enum dps_status dps_json_line(const struct dps_langs *langs, const struct dps_reader_options *options,
                              struct dps_arena *arena, struct dps_str line, struct dps_article *article,
                              struct dps_error *error);

/* ---- article_kind.c ---- */
enum dps_input_kind {
    DPS_KIND_EMPTY,
    DPS_KIND_TEXT,
    DPS_KIND_JSON_LINES,
    DPS_KIND_JSON_DOCUMENT,
    DPS_KIND_HTML,
    DPS_KIND_FEED,
    DPS_KIND_WARC,
    DPS_KIND_BINARY
};
/* What the first bytes of an input look like. `what` names a binary format where known. */
enum dps_input_kind dps_kind_tell(struct dps_str head, const char **what);
/* DPS_OK for kinds that are read; else DPS_INPUT with the reason. */
enum dps_status dps_kind_check(enum dps_input_kind kind, const char *what, struct dps_error *error);

#endif
