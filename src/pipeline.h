/* pipeline.h -- the whole flow for one article: read, text, parse, mention, event.
 *
 * W1: the records of the stages up to `through` are filled; they live in the work's arena until the next reset.
 * W2: an article whose language has no data is kept, with through == DPS_STAGE_READ; that is no error.
 */
#ifndef DPS_PIPELINE_H
#define DPS_PIPELINE_H

#include "engine.h"

/* Ceilings of one article; one that needs more is refused, told and counted. 4 MB of German prose
 * (DPS_ARTICLE_MAX_TEXT) have 790,000 words and take 530 MB; text of more words a byte is no prose, and parsing it
 * would only hold the run up. */
#define DPS_PIPELINE_MAX_ARENA ((size_t)768 * 1024 * 1024)
enum { DPS_PIPELINE_MAX_WORDS = 1000000 };

struct dps_work { /* one article on its way */
    struct dps_arena arena;
    struct dps_article article;
    struct dps_text text;
    struct dps_parse parse;
    struct dps_mention mention;
    struct dps_events events;
    enum dps_stage through;          /* the last stage that was run */
    double seconds[DPS_STAGE_COUNT]; /* by stage, of this article */
    struct dps_buffer explain;       /* filled by the event stage if `explained` */
    bool explained;
};

void dps_pipeline_init(struct dps_work *work);
void dps_pipeline_release(struct dps_work *work);
/* Ready for the next article. */
void dps_pipeline_reset(struct dps_work *work);

/* Read the reader's next article into `work`. Status as of dps_reader_next. */
enum dps_status dps_pipeline_read(struct dps_work *work, struct dps_reader *reader, struct dps_error *error);

/* Run the stages behind `work->through` up to `stage` on the article in `work` (so a caller may bring a record of its
 * own, as for CoNLL-U). DPS_LIMIT: this article is too much; what else fails is a matter of the program's data or of
 * the system, and the run should stop. */
enum dps_status dps_pipeline_run(struct dps_engine *engine, struct dps_work *work, enum dps_stage stage,
                                 struct dps_error *error);

#endif
