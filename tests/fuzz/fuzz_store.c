/* fuzz_store.c -- any bytes as a store's file: an answer or an error, never a crash. The bytes are read through all
 * questions of the store. */
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "store/store.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static enum dps_status each_record(void *context, const struct dps_record *record, struct dps_error *error) {
    (void)error;
    *(size_t *)context += record->text.length + record->n_actors;
    return DPS_OK;
}
static enum dps_status each_count(void *context, const struct dps_store_count *count, struct dps_error *error) {
    (void)error;
    *(size_t *)context += count->events;
    return DPS_OK;
}
static enum dps_status each_article(void *context, const struct dps_store_article *article, struct dps_error *error) {
    (void)error;
    *(size_t *)context += article->id.length;
    return DPS_OK;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    char path[64];
    struct dps_store *store;
    struct dps_error error;
    size_t sum = 0;
    snprintf(path, sizeof path, "/tmp/dps_fuzz_store_%ld.db", (long)getpid());
    FILE *file = fopen(path, "wb");
    if (!file) abort();
    fwrite(data, 1, size, file);
    fclose(file);
    if (dps_store_open_read(&store, path, &error) == DPS_OK) {
        const struct dps_store_filter all = {.limit = 1000},
                                      some = {.text = "a OR b", .actor = "RUS", .recipient = "a", .limit = 10};
        dps_store_each(store, &all, false, each_record, &sum, &error);
        dps_store_each(store, &some, true, each_record, &sum, &error);
        dps_store_timeline(store, &all, DPS_STORE_WEEK, each_count, &sum, &error);
        dps_store_dyads(store, &all, each_count, &sum, &error);
        dps_store_articles(store, &all, each_article, &sum, &error);
        dps_store_close(store, NULL);
    }
    unlink(path);
    return 0;
}
