/* api_frames.c -- `depesche frames check`: each example sentence of the frames is coded like an article of its own.
 *
 * In: the languages' compiled frames with their yes and no lines.  Out: a line for each example that came out
 * otherwise, and the counts.
 */
#include "api.h"

/* The day on which the examples are read: offices are those of the brief's article, so that examples about it come out
 * as they should. */
static const struct dps_date EXAMPLE_DAY = {2022, 1, 21};

/* An article of one paragraph. */
static enum dps_status make_article(struct dps_work *work, const struct dps_frame_example *example, const char *code,
                                    struct dps_error *error) {
    struct dps_article *article = &work->article;
    struct dps_block *block = DPS_NEW(&work->arena, 1, struct dps_block);
    if (!block) return dps_error_set(error, DPS_MEMORY, "out of memory");
    *block = (struct dps_block){.start = 0, .end = (uint32_t)example->sentence.length, .kind = DPS_BLOCK_PARAGRAPH};
    *article = (struct dps_article){.id = example->frame,
                                    .file = example->file,
                                    .record = example->line,
                                    .text = example->sentence,
                                    .blocks = block,
                                    .n_blocks = 1,
                                    .lang_given = true};
    snprintf(article->lang, sizeof article->lang, "%s", code);
    article->published = (struct dps_time){.date = EXAMPLE_DAY, .hour = -1, .offset = DPS_NO_OFFSET};
    return DPS_OK;
}

static enum dps_status check_example(struct dps_engine *engine, struct dps_work *work, const char *code,
                                     const struct dps_frame_example *example, struct dps_buffer *line,
                                     struct dps_check_report *report, struct dps_error *error) {
    struct dps_buffer found = {0};
    dps_pipeline_reset(work);
    DPS_TRY(make_article(work, example, code, error));
    DPS_TRY(dps_pipeline_run(engine, work, DPS_STAGE_EVENT, error));
    report->examples++;
    if (!dps_frames_example_met(example, &work->events, &found)) {
        report->failed++;
        dps_buffer_printf(line, "%.*s:%u: %s '%.*s': ", DPS_STR_ARG(example->file), example->line,
                          example->yes ? "yes" : "no", DPS_STR_ARG(example->sentence));
        if (example->yes) dps_buffer_printf(line, "expected %.*s, ", DPS_STR_ARG(example->expected));
        dps_buffer_printf(line, "found %s\n", found.length ? found.data : "nothing");
    }
    dps_buffer_release(&found);
    return DPS_OK;
}

static enum dps_status check_lang(struct dps_engine *engine, struct dps_work *work, const char *code, FILE *out,
                                  struct dps_check_report *report, struct dps_error *error) {
    const struct dps_lang *lang;
    const struct dps_frame_example *examples;
    DPS_TRY(dps_engine_lang(engine, code, DPS_STAGE_EVENT, &lang, error));
    if (!lang)
        return dps_error_set(error, DPS_USAGE, "no language '%s' in %s/LANGS", code, dps_engine_lang_dir(engine));
    report->frames += (unsigned)dps_frames_count(lang->frames);
    size_t n = dps_frames_examples(lang->frames, &examples);
    struct dps_buffer line = {0};
    enum dps_status status = DPS_OK;
    for (size_t i = 0; status == DPS_OK && i < n; i++) {
        dps_buffer_clear(&line);
        status = check_example(engine, work, code, &examples[i], &line, report, error);
        if (status == DPS_OK) status = dps_api_write(out, dps_buffer_str(&line), error);
    }
    dps_buffer_release(&line);
    return status;
}

enum dps_status dps_frames_check(struct dps_engine *engine, const char *lang, FILE *out,
                                 struct dps_check_report *report, struct dps_error *error) {
    struct dps_work work;
    enum dps_status status = DPS_OK;
    *report = (struct dps_check_report){0};
    dps_pipeline_init(&work);
    if (lang)
        status = check_lang(engine, &work, lang, out, report, error);
    else
        for (size_t i = 0; status == DPS_OK && i < dps_engine_langs(engine); i++)
            status = check_lang(engine, &work, dps_engine_code(engine, i), out, report, error);
    dps_pipeline_release(&work);
    return status;
}
