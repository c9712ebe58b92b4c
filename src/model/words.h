/* words.h -- what the networks of a language take in: each word as a row of numbers, its word vector beside the sum of
 * the vectors of its first and last letters and its shape. train/net.py is the same in Python.
 */
#ifndef DPS_MODEL_WORDS_H
#define DPS_MODEL_WORDS_H

#include "model/kernels.h"
#include "model/model.h"

enum { DPS_WORD_SLOTS = 10 /* affixes and the shape of a word */ };

/* The tables of one model, bound and compared once; the model outlives them. */
struct dps_words {
    const struct dps_tensor *forms, *index, *table, *affixes;
    const float *source;                 /* `width` numbers that every word begins with */
    uint32_t dim_word, dim_affix, width; /* width: both together */
};
enum dps_status dps_words_bind(struct dps_words *words, const struct dps_model *model, struct dps_error *error);

/* Which rows of the tables a word uses. */
struct dps_word_rows {
    uint32_t word;                  /* 0: unknown */
    uint32_t affix[DPS_WORD_SLOTS]; /* 0: none */
};
void dps_words_rows(const struct dps_words *words, struct dps_str form, struct dps_word_rows *rows);

/* Is this very form in the word table? */
bool dps_words_knows(const struct dps_words *words, struct dps_str form);

/* The numbers of n words into x, `width` a word. */
void dps_words_input(const struct dps_words *words, enum dps_kernel_level level, const struct dps_word_rows *rows,
                     size_t n, float *x);

#endif
