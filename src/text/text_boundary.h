/* text_boundary.h -- sentence ends as learnt: a small network over the words of a block mends what the rules decided.
 *
 * Rules see marks; headings, captions and careless text have none. The network reads the word vectors of the language's
 * model, whether white space follows a word and whether the rules end a sentence there (train/boundary.py). A block it
 * has not the model for keeps the rules' ends. Private to src/text.
 */
#ifndef DPS_TEXT_BOUNDARY_H
#define DPS_TEXT_BOUNDARY_H

#include "model/sru.h"
#include "model/words.h"
#include "text/text_rules.h"

struct dps_boundary {
    struct dps_words words;
    enum dps_kernel_level level;
    struct dps_sru layer;
    const float *gap;  /* 4 rows of words.width: bit 0 the rules end a sentence here, bit 1 no white space follows */
    const float *odds; /* what a score must exceed to add an end, and to keep one of the rules' */
    struct dps_matrix out; /* one output */
    const float *out_bias;
};

/* Bind the splitter of a model. DPS_END: the model has none. Release it. The model outlives it. */
enum dps_status dps_boundary_bind(struct dps_boundary *boundary, const struct dps_model *model,
                                  struct dps_error *error);
void dps_boundary_release(struct dps_boundary *boundary);

/* Decide the ends among the splitter's tokens from `first` on, which make one block; `end_at`: the first of p->ends
 * that is the block's. Replaces p->ends[end_at ..]. The last token always ends a sentence. Sets p->failed when memory
 * runs out. */
void dps_boundary_mend(const struct dps_boundary *boundary, struct dps_splitter *p, uint32_t first, uint32_t end_at);

#endif
