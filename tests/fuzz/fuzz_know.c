/* fuzz_know.c -- knowledge from hostile bytes: a compiled table (also with a mended checksum) and TSV tables to
 * compile. The first byte chooses: 'D' a compiled table as it is; anything else: the bytes are tables, parted by lines
 * "@kind", compiled and asked. */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "know/know.h"
#include "know/know_build.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

enum { MAX_BYTES = 1 << 18, MAX_TABLES = 8 };

static void open_block(struct dps_str block) {
    struct know_image image;
    struct dps_error error;
    if (know_image_open(&image, block, "fuzz", &error) != DPS_OK) return;
    know_image_find_id(&image, DPS_STR("RUS"), false);
    for (uint32_t i = 0; i < image.n_entities && i < 16; i++)
        know_image_find_id(&image, know_str(&image, image.entities[i].id), true);
}

static void try_image(const uint8_t *data, size_t size) {
    char *block = malloc(size ? size : 1); /* its own piece: reads behind the end show */
    if (!block) return;
    memcpy(block, data, size);
    open_block((struct dps_str){block, size});
    struct know_header h;
    if (size >= sizeof h) { /* past the checksum, to the deeper checks */
        memcpy(&h, block, sizeof h);
        h.size = size;
        h.checksum = know_checksum(dps_str_cut((struct dps_str){block, size}, sizeof h, size));
        memcpy(block, &h, sizeof h);
        open_block((struct dps_str){block, size});
    }
    free(block);
}

static void ask(const struct know_image *image) {
    char key[KNOW_MAX_KEY];
    for (uint32_t i = 0; i < image->n_keys && i < 64; i++) {
        struct dps_str text = {image->strings + image->keys[i].offset, image->keys[i].length};
        know_norm_append(key, 0, text);
    }
    try_image((const uint8_t *)image->strings, image->n_strings);
}

static size_t cut_tables(struct dps_str rest, struct know_source *sources) {
    static const char *const kinds[KNOW_TABLE_KINDS] = {"@terms",   "@countries", "@orgs",       "@people",
                                                        "@offices", "@places",    "@inflection", "@words"};
    size_t n = 0;
    const char *start = NULL;
    struct dps_str line;
    while (dps_str_split(&rest, '\n', &line)) {
        int kind = -1;
        for (int k = 0; k < KNOW_TABLE_KINDS; k++)
            if (dps_str_is(line, kinds[k])) kind = k;
        if (kind < 0) {
            if (n && start) sources[n - 1].bytes = (struct dps_str){start, (size_t)(line.data + line.length - start)};
            continue;
        }
        if (n == MAX_TABLES) break;
        sources[n] = (struct know_source){.kind = (enum know_table_kind)kind, .name = "fuzz.tsv", .lang = "de"};
        start = line.data + line.length + (rest.data ? 1 : 0);
        n++;
    }
    return n;
}

static void try_tables(const uint8_t *data, size_t size) {
    struct know_source sources[MAX_TABLES];
    struct dps_buffer out = {.ceiling = 64u << 20};
    struct dps_error error;
    struct know_image image;
    size_t n = cut_tables((struct dps_str){(const char *)data, size}, sources);
    if (n && know_build(sources, n, NULL, &out, &error) == DPS_OK) {
        if (know_image_open(&image, dps_buffer_str(&out), "fuzz", &error) != DPS_OK)
            abort(); /* what we write we must read */
        ask(&image);
        try_image((const uint8_t *)out.data, out.length);
    }
    dps_buffer_release(&out);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    if (size == 0 || size > MAX_BYTES) return 0;
    if (data[0] == 'D')
        try_image(data, size);
    else
        try_tables(data, size);
    return 0;
}
