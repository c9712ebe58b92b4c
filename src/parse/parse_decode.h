/* parse_decode.h -- arc scores -> the best tree with one root (Chu-Liu and Edmonds). */
#ifndef DPS_PARSE_PARSE_DECODE_H
#define DPS_PARSE_PARSE_DECODE_H

#include "base/arena.h"
#include "base/status.h"

#include <stdint.h>

/* Workspace for sentences of up to `longest` words; the large part is taken only when a sentence first needs it. */
struct dps_decode_work {
    struct dps_arena *arena;
    size_t longest;
    double *score;       /* [head][dependent], (longest + 1) squared */
    uint16_t *from, *to; /* the real ends of an arc between contracted nodes */
    uint16_t *owner;     /* per contraction: node that stands for each word before it */
    uint16_t *nodes, *parents, *cycle_at, *best, *mark;
    int32_t *heads;
};
enum dps_status dps_decode_work_init(struct dps_decode_work *work, struct dps_arena *arena, size_t longest,
                                     struct dps_error *error);

/* scores[i * stride + h]: score of head h (0 the root, h a word's number from 1) for word i + 1; n >= 1.
 * heads[i] becomes 0 or the number of the head; exactly one is 0 and there is no cycle, whatever the scores (NaN counts
 * as very low). */
enum dps_status dps_decode_tree(struct dps_decode_work *work, const float *scores, size_t stride, size_t n,
                                int32_t *heads, struct dps_error *error);

#endif
