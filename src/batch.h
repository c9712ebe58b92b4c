/* batch.h -- many articles over many threads, results in input order.
 *
 * In:  a plan: where articles come from, how far to take them, how one is put into words, where the words go.
 * Out: the same bytes for any number of threads.
 * How: a fixed number of jobs, each with one article's memory. A worker takes a free job, reads the next article into
 * it under the reading lock (so tickets follow the input), runs the stages and renders. The calling thread writes
 * finished jobs in the order of their tickets and frees them. A slow article therefore holds up the output, and soon
 * the reading, but never the memory.
 *
 * B1: at most `jobs` tickets are under way, so ring[ticket % jobs] is theirs alone.
 * B2: next() is never called by two threads at once, nor again after it gave DPS_END; write() and complain() only by
 * the calling thread.
 */
#ifndef DPS_BATCH_H
#define DPS_BATCH_H

#include "pipeline.h"

#include "depesche.h" /* behind base/status.h, see there */

struct dps_batch_plan {
    unsigned threads;     /* 0: one a core; at most DPS_BATCH_MAX_THREADS */
    enum dps_stage stage; /* the last to run */
    bool explained;
    void *context; /* of next, skip, render and write */
    /* The next article into a reset `work`: DPS_OK; DPS_END; DPS_INPUT, DPS_LIMIT, DPS_IO: this record failed, go on;
     * else: stop the run. */
    enum dps_status (*next)(void *context, struct dps_work *work, struct dps_error *error);
    /* Need this article not be coded, since its results are kept already? Called by the workers. NULL: code all. */
    enum dps_status (*skip)(void *context, const struct dps_work *work, bool *skip, struct dps_error *error);
    /* Put one article's results into `out`; called by the workers. NULL: nothing is written. */
    enum dps_status (*render)(void *context, const struct dps_work *work, struct dps_buffer *out,
                              struct dps_error *error);
    /* Hand on what render made; in input order. A failure stops the run. */
    enum dps_status (*write)(void *context, const struct dps_work *work, struct dps_str out, struct dps_error *error);
    /* See struct dps_batch_options. May be NULL. */
    void (*complain)(void *context, const struct dps_error *error);
    void (*progress)(void *context, const struct dps_stats *so_far);
    void *told; /* the context of complain and progress */
};

enum { DPS_BATCH_MAX_THREADS = 256 };

/* Run the plan to the end of its input. */
enum dps_status dps_batch_each(struct dps_engine *engine, const struct dps_batch_plan *plan, struct dps_stats *stats,
                               struct dps_error *error);

#endif
