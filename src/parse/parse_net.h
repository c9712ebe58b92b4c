/* parse_net.h -- the network of one language: words in, scores out. train/net.py is the same in Python.
 *
 * The tensors are bound and their dimensions compared once, in dps_net_new; matrices are packed for the kernels there
 * (about 2 MB).
 */
#ifndef DPS_PARSE_PARSE_NET_H
#define DPS_PARSE_PARSE_NET_H

#include "base/arena.h"
#include "model/kernels.h"
#include "model/model.h"

enum { DPS_NET_LAYERS = 3, DPS_NET_SLOTS = 10 /* affixes and the shape of a word */ };

struct dps_dense { /* y = x w + b */
    struct dps_matrix w;
    const float *b;
};

struct dps_net {
    const struct dps_model *model;
    enum dps_kernel_level level;
    const struct dps_tensor *word_forms, *word_index, *word_table, *affix_table;
    const float *source;
    uint32_t dim_word, dim_affix, hidden, dim_arc, dim_rel;
    struct dps_matrix enc[DPS_NET_LAYERS];
    const float *enc_v[DPS_NET_LAYERS], *enc_b[DPS_NET_LAYERS];
    bool enc_skip[DPS_NET_LAYERS]; /* the skip input is a fourth product */
    struct dps_dense tag, upos, feats, lemma, arc_dep, arc_head, arc_mat, rel_dep, rel_head, rel_out;
    const float *arc_root, *rel_root;
    const struct dps_tensor *upos_names, *rel_names, *scripts;
    const struct dps_tensor *feats_strings, *feats_upos, *feats_column, *feats_start;
};

enum dps_status dps_net_new(struct dps_net *net, const struct dps_model *model, struct dps_error *error);
void dps_net_release(struct dps_net *net);

/* Which rows of the tables a word uses. */
struct dps_word_rows {
    uint32_t word;                 /* 0: unknown */
    uint32_t affix[DPS_NET_SLOTS]; /* 0: none */
};
void dps_net_rows(const struct dps_net *net, struct dps_str form, struct dps_word_rows *rows);

/* Is this very form in the word table? */
bool dps_net_knows(const struct dps_net *net, struct dps_str form);

/* Room for a block of sentences and, within it, the scores of one sentence. Rows have padded strides (multiples of 16
 * floats). */
struct dps_net_work {
    size_t most_words, longest; /* words in a block, words in a sentence */
    float *x, *u, *a, *b, *c;   /* inputs; products; two layer outputs; recurrence state */
    float *tag, *upos, *feats, *lemma;
    float *arc_dep, *arc_q, *arc_head, *rel_dep, *rel_head;
    uint8_t *q;          /* the quantised input of the next products */
    float *q_scales;     /* and its scales */
    float *heads;        /* arc_head of one sentence, turned: dim_arc rows */
    float *scores;       /* arc scores of one sentence: longest x score_stride; column 0 is the root, h + 1 word h */
    float *hidden, *rel; /* label scoring of one sentence */
    size_t score_stride;
};
enum dps_status dps_net_work_init(const struct dps_net *net, struct dps_arena *arena, size_t most_words, size_t longest,
                                  struct dps_net_work *work, struct dps_error *error);

static inline size_t dps_net_stride(uint32_t columns) {
    return ((size_t)columns + 15) / 16 * 16;
}

/* Run the encoder and all heads over n words that make sentences of `lengths`. Fills upos, feats, lemma, arc_* and
 * rel_* of work. */
void dps_net_encode(const struct dps_net *net, struct dps_net_work *work, const struct dps_word_rows *rows, size_t n,
                    const uint32_t *lengths, size_t n_sentences);
/* Arc scores of the sentence whose words are first .. first + n of the block, into work->scores. */
void dps_net_arcs(const struct dps_net *net, struct dps_net_work *work, size_t first, size_t n);
/* Label scores (not yet probabilities) of that sentence given heads (0 root, h + 1 word h), into work->rel; its row
 * stride is dps_net_stride(number of relations). */
void dps_net_labels(const struct dps_net *net, struct dps_net_work *work, size_t first, size_t n, const int32_t *heads);

#endif
