/* api.c -- the short way of include/depesche.h: version, coder, one text in memory. */
#include "api.h"

#include <errno.h>
#include <stdlib.h>

#include "view/view.h"

const char *dps_version(void) {
    return DPS_VERSION;
}

struct dps_coder {
    struct dps_engine *engine; /* borrowed */
    struct dps_reader *reader; /* of no file: holds the language data of reading; NULL until the first text */
    struct dps_work work;
    struct dps_buffer lines;
};

struct dps_coder *dps_coder_new(struct dps_engine *engine) {
    struct dps_coder *coder = calloc(1, sizeof *coder);
    if (!coder) return NULL;
    coder->engine = engine;
    dps_pipeline_init(&coder->work);
    return coder;
}

void dps_coder_free(struct dps_coder *coder) {
    if (!coder) return;
    dps_reader_free(coder->reader);
    dps_pipeline_release(&coder->work);
    dps_buffer_release(&coder->lines);
    free(coder);
}

/* Opened with the first text, so that dps_coder_new needs no way to tell of bad language data. */
static enum dps_status open_reader(struct dps_coder *coder, struct dps_error *error) {
    const struct dps_reader_options options = {.lang_dir = dps_engine_lang_dir(coder->engine)};
    return coder->reader ? DPS_OK : dps_reader_new(&coder->reader, NULL, 0, &options, error);
}

enum dps_status dps_code_text(struct dps_coder *coder, const char *name, const char *bytes, size_t length,
                              const char *published, const char **lines, struct dps_error *error) {
    struct dps_work *work = &coder->work;
    struct dps_time time = {0};
    *lines = "";
    if (published && !dps_time_parse(dps_str_of(published), &time))
        return dps_error_set(error, DPS_USAGE, "'%s' is no ISO date or time", published);
    dps_pipeline_reset(work);
    dps_buffer_clear(&coder->lines);
    struct dps_str text = {bytes, length};
    DPS_TRY(open_reader(coder, error));
    DPS_TRY(dps_reader_run(coder->reader, text, name ? name : "-", &work->arena, &work->article, error));
    if (published) work->article.published = time;
    DPS_TRY(dps_pipeline_run(coder->engine, work, DPS_STAGE_EVENT, error));
    if (work->through < DPS_STAGE_EVENT) return DPS_OK; /* a language without data: no events */
    for (uint32_t i = 0; i < work->events.n_events; i++)
        dps_view_json(&coder->lines, &work->article, &work->text, &work->events.events[i]);
    if (coder->lines.failed) return dps_error_set(error, DPS_MEMORY, "out of memory");
    if (coder->lines.length) *lines = coder->lines.data;
    return DPS_OK;
}

enum dps_status dps_api_write(FILE *out, struct dps_str bytes, struct dps_error *error) {
    if (!bytes.length || fwrite(bytes.data, 1, bytes.length, out) == bytes.length) return DPS_OK;
    if (errno == EPIPE) return dps_error_set(error, DPS_IO, "%s", "");
    return dps_error_set(error, DPS_IO, "cannot write the output: %s", strerror(errno));
}
