/* sru.h -- one bidirectional SRU layer of a network: one product for all words, then the recurrence over each sentence.
 */
#ifndef DPS_MODEL_SRU_H
#define DPS_MODEL_SRU_H

#include "model/kernels.h"

struct dps_sru {
    struct dps_matrix w; /* per direction: candidate, forget and reset gates and, if widths differ, the skip input */
    const float *v, *b;
    uint32_t in, hidden; /* numbers a word that go in; that come out of each direction */
    bool skip;           /* the skip input is a fourth product */
};

/* Bind the tensors `name`.w, .v and .b; `in` numbers go in. Release it. */
enum dps_status dps_sru_bind(struct dps_sru *sru, const struct dps_model *model, const char *name, uint32_t in,
                             struct dps_error *error);
void dps_sru_release(struct dps_sru *sru);

/* Floats a word of `u` below. */
size_t dps_sru_stride(const struct dps_sru *sru);

/* Workspace for n words, of the caller. */
struct dps_sru_work {
    float *u;        /* n x dps_sru_stride, the widest of the layers that share it */
    float *c;        /* hidden */
    uint8_t *q;      /* n x dps_kernel_padded(in) */
    float *q_scales; /* n */
};

/* h (2 x hidden a word) from x (`in` a word) for n words that make sentences of `lengths`. x and h do not overlap. */
void dps_sru_run(const struct dps_sru *sru, enum dps_kernel_level level, const struct dps_sru_work *work,
                 const float *x, size_t n, const uint32_t *lengths, size_t n_sentences, float *h);

/* A matrix from the I8 tensor `name`.w, which holds an output a row: `columns` x `rows` (0: any). Release it. */
enum dps_status dps_matrix_bind(struct dps_matrix *matrix, const struct dps_model *model, const char *name,
                                uint32_t rows, uint32_t columns, struct dps_error *error);

#endif
