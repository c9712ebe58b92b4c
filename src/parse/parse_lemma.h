/* parse_lemma.h -- form -> lemma: the language's table of exceptions first, then the script that the network chose.
 *
 * lang/<code>/lemmas.tsv (form, upos, lemma, use) and lang/<code>/prefixes.tsv (prefix, kind) are the data;
 * docs/models.md tells the scripts' syntax. A form that the table lacks is looked up again behind each prefix, so that
 * one row serves all verbs of a base.
 */
#ifndef DPS_PARSE_PARSE_LEMMA_H
#define DPS_PARSE_PARSE_LEMMA_H

#include "base/arena.h"
#include "base/status.h"
#include "base/str.h"
#include "model/model.h"
#include "parse/parse.h"

struct dps_lemma_script {
    bool keep_prefix; /* "P|": set a separable prefix aside */
    char letter_case; /* l, u or k */
    uint16_t cut_front, cut_back;
    struct dps_str add_front, add_back, old, new; /* borrowed from the model */
};
enum dps_prefix_kind { DPS_PREFIX_SEP, DPS_PREFIX_INSEP, DPS_PREFIX_INFIX, DPS_PREFIX_KINDS };
struct dps_lemma_row {
    struct dps_str form, lemma;
    uint8_t upos;
    bool behind_prefix; /* use = "insep": only behind an inseparable prefix */
    bool tail;          /* use = "tail": also the end of a compound */
};
struct dps_lemmas {
    struct dps_arena *arena; /* borrowed: holds all tables */
    struct dps_lemma_script *scripts;
    uint32_t n_scripts;
    struct dps_lemma_row *rows;
    bool has_tails;
    uint32_t *slots, n_rows, mask;              /* open addressing over form; a slot holds row + 1 */
    struct dps_str *prefixes[DPS_PREFIX_KINDS]; /* longest first */
    uint32_t n_prefixes[DPS_PREFIX_KINDS];
    bool (*known)(const void *context, struct dps_str word); /* is this a word of the language? NULL: not asked */
    const void *known_context;
};

/* Read the scripts of a model and the tables of a language; absent tables are empty. */
enum dps_status dps_lemmas_init(struct dps_lemmas *lemmas, struct dps_arena *arena, const struct dps_tensor *scripts,
                                const char *lang_dir, const char *code, struct dps_error *error);

/* The lemma of a form by a script: false if the script does not fit. Result in `arena`. */
bool dps_lemma_apply(const struct dps_lemmas *lemmas, struct dps_arena *arena, uint32_t script, struct dps_str form,
                     struct dps_str *lemma);

/* The lemma of a word. `scores` (n_scripts values, changed) are the network's. data is NULL only when memory ran out.
 */
struct dps_str dps_lemma_find(const struct dps_lemmas *lemmas, struct dps_arena *arena, struct dps_str form,
                              enum dps_upos upos, float *scores);

/* Do the tables know the form as a verb, by itself or behind a prefix, and not as `upos`? Scratch in `arena`. */
bool dps_lemma_only_verb(const struct dps_lemmas *lemmas, struct dps_arena *arena, struct dps_str form,
                         enum dps_upos upos);

#endif
