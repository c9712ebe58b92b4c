/* pipeline.c -- the calls in order. Only this file calls the stages one after the other; each sees no more than the
 * records before it.
 *
 * In: a reader.  Out: struct dps_work with the record of each stage.
 * Limits: one arena an article, DPS_PIPELINE_MAX_ARENA bytes and DPS_PIPELINE_MAX_WORDS words at most.
 */
#include "pipeline.h"

#include <time.h>

static double now(void) {
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec + (double)t.tv_nsec * 1e-9;
}

/* Run one stage if it is asked for and not done yet; note its time and that it was done. */
#define STAGE(name, call)                                                                                              \
    if (work->through < DPS_STAGE_##name && DPS_STAGE_##name <= stage) {                                               \
        double start_ = now();                                                                                         \
        enum dps_status status_ = (call);                                                                              \
        work->seconds[DPS_STAGE_##name] += now() - start_;                                                             \
        if (status_ != DPS_OK) return failed(work, status_, error);                                                    \
        work->through = DPS_STAGE_##name;                                                                              \
    }

/* A full arena is this article's fault, not the system's: the run goes on without it. */
static enum dps_status failed(struct dps_work *work, enum dps_status status, struct dps_error *error) {
    if (status != DPS_MEMORY || work->arena.used < work->arena.ceiling / 2) return status;
    return dps_error_set(error, DPS_LIMIT, "%.*s: record %u: the article needs more than %zu MB of memory",
                         DPS_STR_ARG(work->article.file), work->article.record, work->arena.ceiling >> 20);
}

static enum dps_status too_long(const struct dps_work *work, struct dps_error *error) {
    return dps_error_set(error, DPS_LIMIT, "%.*s: record %u: more than %d words", DPS_STR_ARG(work->article.file),
                         work->article.record, DPS_PIPELINE_MAX_WORDS);
}

enum dps_status dps_pipeline_run(struct dps_engine *engine, struct dps_work *work, enum dps_stage stage,
                                 struct dps_error *error) {
    const struct dps_lang *lang;
    if (stage <= work->through) return DPS_OK;
    DPS_TRY(dps_engine_lang(engine, work->article.lang, stage, &lang, error));
    if (!lang) return DPS_OK; /* W2 */
    struct dps_arena *arena = &work->arena;
    struct dps_buffer *explain = work->explained ? &work->explain : NULL;

    STAGE(TEXT, dps_text_run(lang->text, arena, &work->article, &work->text, error))
    if (work->text.n_tokens > DPS_PIPELINE_MAX_WORDS) return too_long(work, error);
    STAGE(PARSE, dps_parse_run(lang->parser, arena, &work->text, &work->parse, error))
    STAGE(MENTION, dps_mention_run(lang->mention, dps_engine_know(engine), arena, &work->parse,
                                   work->article.published.date, &work->mention, error))
    STAGE(EVENT, dps_event_run(lang->frames, arena, &work->parse, &work->mention, &work->events, explain, error))
    return DPS_OK;
}

enum dps_status dps_pipeline_read(struct dps_work *work, struct dps_reader *reader, struct dps_error *error) {
    double start = now();
    enum dps_status status = dps_reader_next(reader, &work->arena, &work->article, error);
    work->seconds[DPS_STAGE_READ] += now() - start;
    work->through = DPS_STAGE_READ;
    return status;
}

void dps_pipeline_init(struct dps_work *work) {
    *work = (struct dps_work){0};
    dps_arena_init(&work->arena, DPS_PIPELINE_MAX_ARENA);
}

void dps_pipeline_release(struct dps_work *work) {
    if (!work) return;
    dps_arena_release(&work->arena);
    dps_buffer_release(&work->explain);
}

void dps_pipeline_reset(struct dps_work *work) {
    dps_arena_reset(&work->arena);
    dps_buffer_clear(&work->explain);
    struct dps_work fresh = {.arena = work->arena, .explain = work->explain, .explained = work->explained};
    *work = fresh;
}
