/* fuzz_conllu.c -- any bytes as CoNLL-U: read without a crash; what was read and written again reads the same. */
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

#include "parse/parse_conllu.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    struct dps_conllu_reader reader;
    struct dps_arena arena;
    dps_arena_init(&arena, (size_t)64 * 1024 * 1024);
    dps_conllu_init(&reader, (struct dps_str){(const char *)data, size}, "fuzz");
    for (;;) {
        struct dps_article article = {0};
        struct dps_text text = {0};
        struct dps_parse parse = {0};
        struct dps_error error;
        if (dps_conllu_next(&reader, &arena, 8, &article, &text, &parse, &error) != DPS_OK) break;
        struct dps_buffer first = {0};
        uint32_t id = 1;
        if (parse.head && dps_conllu_write(&first, &parse, &id)) {
            struct dps_conllu_reader again;
            dps_conllu_init(&again, dps_buffer_str(&first), "again");
            dps_conllu_next(&again, &arena, 8, &article, &text, &parse, &error);
        }
        dps_buffer_release(&first);
    }
    dps_arena_release(&arena);
    return 0;
}
