/* fuzz_article.c -- any bytes as an input: read without a crash, and what is read keeps the promises of article.h
 * (I1-I3). */
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

#include "article/article.h"
#include "base/utf8.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void check(const struct dps_article *a) {
    uint32_t at = 0;
    if (dps_utf8_check(a->title) != a->title.length || dps_utf8_check(a->text) != a->text.length) abort();
    for (uint32_t i = 0; i < a->n_blocks; i++) {
        if (a->blocks[i].start < at || a->blocks[i].start >= a->blocks[i].end || a->blocks[i].end > a->text.length)
            abort();
        at = a->blocks[i].end;
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    static struct dps_reader *reader; /* for its language data; kept for all inputs */
    if (!reader) {
        char lang_dir[4096];
        const char *source = getenv("DPS_SOURCE");
        snprintf(lang_dir, sizeof lang_dir, "%s/lang", source ? source : ".");
        const struct dps_reader_options options = {.lang_dir = lang_dir};
        if (dps_reader_new(&reader, NULL, 0, &options, NULL) != DPS_OK) abort();
    }
    struct dps_arena arena;
    struct dps_article article;
    struct dps_error error;
    dps_arena_init(&arena, (size_t)64 * 1024 * 1024);
    if (dps_reader_run(reader, (struct dps_str){(const char *)data, size}, "fuzz", &arena, &article, &error) == DPS_OK)
        check(&article);
    dps_arena_release(&arena);
    return 0;
}
