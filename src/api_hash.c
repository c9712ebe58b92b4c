/* api_hash.c -- one hash over all data that decides how an article is coded, kept in the store beside each article.
 *
 * In: the engine's folders.  Out: 16 hex digits, the same on every machine that has the same files (names below the
 * folder and contents). How: each file's name and bytes are hashed, the hashes mixed in the order of the sorted walk.
 * Limit: folders deeper than MAX_DEPTH are refused (a loop of links).
 */
#include <stdio.h>

#include "api.h"
#include "base/file.h"

enum { MAX_DEPTH = 8 };

static uint64_t mix(uint64_t hash, uint64_t next) {
    uint64_t both[2] = {hash, next};
    unsigned char bytes[16]; /* little-endian by hand: the same on every machine */
    for (size_t i = 0; i < 16; i++) bytes[i] = (unsigned char)(both[i / 8] >> (8 * (i % 8)));
    return dps_str_hash((struct dps_str){(const char *)bytes, sizeof bytes});
}

static enum dps_status add_file(uint64_t *hash, const char *path, struct dps_error *error) {
    const char *slash = strrchr(path, '/');
    struct dps_file file;
    DPS_TRY(dps_file_map(&file, path, error));
    *hash = mix(mix(*hash, dps_str_hash(dps_str_of(slash ? slash + 1 : path))), dps_str_hash(file.bytes));
    dps_file_unmap(&file);
    return DPS_OK;
}

static enum dps_status add_path(uint64_t *hash, struct dps_arena *arena, const char *path, int depth,
                                struct dps_error *error) {
    if (!dps_file_is_folder(path)) return add_file(hash, path, error);
    if (depth == MAX_DEPTH) return dps_error_set(error, DPS_LIMIT, "'%s': folders too deep", path);
    const char **paths;
    size_t n;
    DPS_TRY(dps_file_list(arena, path, NULL, &paths, &n, error));
    *hash = mix(*hash, n);
    for (size_t i = 0; i < n; i++) DPS_TRY(add_path(hash, arena, paths[i], depth + 1, error));
    return DPS_OK;
}

enum dps_status dps_api_data_hash(const struct dps_engine *engine, char hash[17], struct dps_error *error) {
    const char *paths[DPS_ENGINE_PATHS];
    struct dps_arena arena;
    uint64_t sum = 0;
    enum dps_status status = DPS_OK;
    dps_engine_paths(engine, paths);
    dps_arena_init(&arena, (size_t)16 * 1024 * 1024);
    for (size_t i = 0; status == DPS_OK && i < DPS_ENGINE_PATHS; i++) {
        sum = mix(sum, i);
        if (paths[i]) status = add_path(&sum, &arena, paths[i], 0, error);
    }
    dps_arena_release(&arena);
    snprintf(hash, 17, "%016llx", (unsigned long long)sum);
    return status;
}
