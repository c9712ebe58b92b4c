/* fuzz_pipeline.c -- any bytes as an article through all stages: no crash, and each event's offsets cut its words back
 * out of the text.
 *
 * Needs the data folder (models, know.dps); without it there is nothing to do.
 */
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "pipeline.h"

#include "depesche.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* Broken invariants crash, so that every fuzz engine sees them. */
#define MUST(condition)                                                                                                \
    do {                                                                                                               \
        if (!(condition)) {                                                                                            \
            fprintf(stderr, "%s:%d: %s\n", __FILE__, __LINE__, #condition);                                            \
            abort();                                                                                                   \
        }                                                                                                              \
    } while (0)

static void check_span(const struct dps_work *work, const struct dps_event *event, struct dps_span span) {
    const struct dps_sentence *sentence = &work->text.sentences[event->sentence];
    if (!span.text.data) return;
    MUST(span.start <= span.end && span.end <= dps_text_base(&work->text, sentence).length);
    MUST(dps_str_equal(span.text, dps_text_span(&work->text, sentence, span.start, span.end)));
}

static void check_tree(const struct dps_work *work) {
    for (uint32_t s = 0; s < work->text.n_sentences; s++) {
        const struct dps_sentence *sentence = &work->text.sentences[s];
        uint32_t roots = 0;
        for (uint32_t i = sentence->first; i < sentence->first + sentence->count; i++) {
            int32_t head = work->parse.head[i];
            roots += head < 0;
            MUST(head < 0 ||
                 ((uint32_t)head >= sentence->first && (uint32_t)head < sentence->first + sentence->count)); /* P1 */
            uint32_t steps = 0; /* no ring */
            for (; head >= 0 && steps <= sentence->count; steps++) head = work->parse.head[head];
            MUST(head < 0);
        }
        MUST(roots == 1); /* P2 */
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    static struct dps_engine *engine;
    static struct dps_work work;
    struct dps_error error;
    if (!engine) {
        if (dps_engine_new(&engine, NULL, &error) != DPS_OK) {
            fprintf(stderr, "%s\n", error.message);
            exit(0);
        }
        dps_pipeline_init(&work);
    }
    if (size > 20000) size = 20000; /* long inputs are slow and tell no more */
    dps_pipeline_reset(&work);
    work.explained = size % 2;
    const struct dps_reader_options options = {.lang_dir = dps_engine_lang_dir(engine)};
    struct dps_str bytes = {(const char *)data, size};
    if (dps_article_run(&options, bytes, "fuzz", &work.arena, &work.article, &error) != DPS_OK) return 0;
    enum dps_status status = dps_pipeline_run(engine, &work, DPS_STAGE_EVENT, &error);
    MUST(status == DPS_OK || status == DPS_LIMIT || status == DPS_MODEL || status == DPS_KNOW);
    if (status != DPS_OK || work.through < DPS_STAGE_EVENT) return 0;
    check_tree(&work);
    for (uint32_t i = 0; i < work.events.n_events; i++) {
        const struct dps_event *event = &work.events.events[i];
        MUST(event->sentence < work.text.n_sentences);
        check_span(&work, event, event->trigger);
        check_span(&work, event, event->content);
    }
    return 0;
}
