/* api_batch.c -- dps_batch_run of include/depesche.h: ties the reader, the batch, the views and the store together.
 *
 * In: the user's batch options.  Out: a plan for batch.h whose source is a reader (or a CoNLL-U file) and whose sink is
 * a stream and perhaps a store.
 */
#include "api.h"
#include "api_conllu.h"
#include "batch.h"
#include "store/store.h"
#include "view/view.h"

struct run { /* the context of the plan */
    const struct dps_batch_options *options;
    struct dps_reader *reader;     /* articles */
    struct dps_api_conllu *conllu; /* or sentences given */
    struct dps_store *store;       /* NULL: none */
    struct dps_view_style style;
    FILE *out;
};

/* ---- source ---- */

static enum dps_status next_article(void *context, struct dps_work *work, struct dps_error *error) {
    struct run *run = context;
    return dps_pipeline_read(work, run->reader, error);
}

static enum dps_status next_conllu(void *context, struct dps_work *work, struct dps_error *error) {
    struct run *run = context;
    return dps_api_conllu_next(run->conllu, work, error);
}

/* What the store has with the same content and coder need not be coded again. */
static enum dps_status skip_known(void *context, const struct dps_work *work, bool *skip, struct dps_error *error) {
    struct run *run = context;
    enum dps_status status = dps_store_known(run->store, &work->article, skip, error);
    if (status != DPS_IO) return status;
    if (error) error->status = DPS_STORE; /* DPS_IO would be this article's fault, and the run would go on */
    return DPS_STORE;
}

/* ---- sink ---- */

static enum dps_status render(void *context, const struct dps_work *work, struct dps_buffer *out,
                              struct dps_error *error) {
    const struct run *run = context;
    (void)error;
    switch (run->options->task) {
    case DPS_TASK_READ:
        dps_api_print_read(out, &work->article);
        break;
    case DPS_TASK_PARSE:
        dps_api_conllu_print(out, work);
        break;
    case DPS_TASK_EXPLAIN:
        dps_api_print_explain(out, work);
        break;
    case DPS_TASK_CODE:
        if (!run->store && work->through == DPS_STAGE_EVENT)
            dps_view_article(out, &run->style, &work->article, &work->text, &work->events);
        break;
    }
    return DPS_OK;
}

static enum dps_status write_out(void *context, const struct dps_work *work, struct dps_str bytes,
                                 struct dps_error *error) {
    struct run *run = context;
    if (run->store) {
        bool coded = work->through == DPS_STAGE_EVENT;
        return dps_store_add(run->store, &work->article, coded ? &work->text : NULL, coded ? &work->events : NULL, NULL,
                             error);
    }
    return dps_api_write(run->out, bytes, error);
}

/* ---- the run ---- */

static enum dps_status open_source(struct run *run, struct dps_engine *engine, struct dps_error *error) {
    const struct dps_batch_options *o = run->options;
    if (o->input_conllu) return dps_api_conllu_new(&run->conllu, o->paths, o->n_paths, o->lang, error);
    const struct dps_reader_options reader = {.lang = o->lang, .lang_dir = dps_engine_lang_dir(engine)};
    return dps_reader_new(&run->reader, o->paths, o->n_paths, &reader, error);
}

static enum dps_status open_store(struct run *run, const struct dps_engine *engine, struct dps_error *error) {
    char hash[17];
    if (!run->options->store) return DPS_OK;
    DPS_TRY(dps_api_data_hash(engine, hash, error));
    const struct dps_store_coder coder = {.version = dps_version(), .frames = hash};
    return dps_store_open(&run->store, run->options->store, &coder, error);
}

static enum dps_status write_head(struct run *run, struct dps_error *error) {
    struct dps_buffer head = {0};
    if (run->options->task != DPS_TASK_CODE || run->store) return DPS_OK;
    dps_view_head(&head, &run->style);
    enum dps_status status = head.failed ? dps_error_set(error, DPS_MEMORY, "out of memory")
                                         : dps_api_write(run->out, dps_buffer_str(&head), error);
    dps_buffer_release(&head);
    return status;
}

static enum dps_stage last_stage(enum dps_task task) {
    return task == DPS_TASK_READ ? DPS_STAGE_READ : task == DPS_TASK_PARSE ? DPS_STAGE_PARSE : DPS_STAGE_EVENT;
}

/* A code that no data stands behind would leave every article uncoded without a word; the user meant another. */
static enum dps_status check_lang(const struct dps_engine *engine, const struct dps_batch_options *options,
                                  struct dps_error *error) {
    if (!options->lang) return DPS_OK;
    for (size_t i = 0; i < dps_engine_langs(engine); i++)
        if (strcmp(dps_engine_code(engine, i), options->lang) == 0) return DPS_OK;
    return dps_error_set(error, DPS_USAGE, "no language '%s'; %s/LANGS lists those that there are", options->lang,
                         dps_engine_lang_dir(engine));
}

static enum dps_status go(struct run *run, struct dps_engine *engine, struct dps_stats *stats,
                          struct dps_error *error) {
    const struct dps_batch_options *o = run->options;
    const struct dps_batch_plan plan = {.threads = o->threads,
                                        .stage = last_stage(o->task),
                                        .explained = o->task == DPS_TASK_EXPLAIN,
                                        .context = run,
                                        .next = o->input_conllu ? next_conllu : next_article,
                                        .skip = run->store ? skip_known : NULL,
                                        .render = render,
                                        .write = write_out,
                                        .complain = o->complain,
                                        .progress = o->progress,
                                        .told = o->context};
    DPS_TRY(write_head(run, error));
    return dps_batch_each(engine, &plan, stats, error);
}

enum dps_status dps_batch_run(struct dps_engine *engine, const struct dps_batch_options *options, FILE *out,
                              struct dps_stats *stats, struct dps_error *error) {
    struct run run = {
        .options = options,
        .out = out,
        .style = {.format = (enum dps_view_format)options->format, .color = options->color, .width = options->width}};
    if (stats) *stats = (struct dps_stats){0};
    DPS_TRY(check_lang(engine, options, error));
    enum dps_status status = open_source(&run, engine, error);
    if (status == DPS_OK) status = open_store(&run, engine, error);
    if (status == DPS_OK) status = go(&run, engine, stats, error);
    dps_reader_free(run.reader);
    dps_api_conllu_free(run.conllu);
    /* What was added before another part failed is whole and stays; only a store in trouble is left as it was. */
    if (status == DPS_OK) return dps_store_close(run.store, error);
    if (status == DPS_STORE)
        dps_store_drop(run.store);
    else
        dps_store_close(run.store, NULL);
    return status;
}
