/* parse_net.h -- the network of one language: words in, scores out. train/net.py is the same in Python.
 *
 * The tensors are bound and their dimensions compared once, in dps_net_new; matrices are packed for the kernels there
 * (about 2 MB).
 */
#ifndef DPS_PARSE_PARSE_NET_H
#define DPS_PARSE_PARSE_NET_H

#include "base/arena.h"
#include "model/sru.h"
#include "model/words.h"

enum { DPS_NET_LAYERS = 3 };

struct dps_dense { /* y = x w + b */
    struct dps_matrix w;
    const float *b;
};

struct dps_net {
    const struct dps_model *model;
    enum dps_kernel_level level;
    struct dps_words words;
    uint32_t dim_arc, dim_rel;
    struct dps_sru enc[DPS_NET_LAYERS]; /* of one width */
    struct dps_dense tag, upos, feats, lemma, arc_dep, arc_head, arc_mat, rel_dep, rel_head, rel_out;
    const float *arc_root, *rel_root;
    const struct dps_tensor *upos_names, *rel_names, *scripts;
    const struct dps_tensor *feats_strings, *feats_upos, *feats_column, *feats_start;
};

enum dps_status dps_net_new(struct dps_net *net, const struct dps_model *model, struct dps_error *error);
void dps_net_release(struct dps_net *net);

/* Room for a block of sentences and, within it, the scores of one sentence. Rows have padded strides (multiples of 16
 * floats). */
struct dps_net_work {
    size_t most_words, longest; /* words in a block, words in a sentence */
    float *x, *a, *b;           /* inputs; two layer outputs */
    struct dps_sru_work sru;    /* q and q_scales: the quantised input of the next products */
    float *tag, *upos, *feats, *lemma;
    float *arc_dep, *arc_q, *arc_head, *rel_dep, *rel_head;
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
