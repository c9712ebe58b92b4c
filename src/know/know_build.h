/* know_build.h -- TSV tables -> compiled image. Used by dps-know-compile for the shipped tables and at start for a
 * user's own. */
#ifndef DPS_KNOW_BUILD_H
#define DPS_KNOW_BUILD_H

#include "base/arena.h"
#include "base/file.h"
#include "know/know_image.h"

enum know_table_kind {
    KNOW_TABLE_TERMS, /* office_terms.tsv: rank of offices */
    KNOW_TABLE_COUNTRIES,
    KNOW_TABLE_ORGS,
    KNOW_TABLE_PEOPLE,
    KNOW_TABLE_OFFICES,
    KNOW_TABLE_PLACES,
    KNOW_TABLE_INFLECTION, /* of `lang`: endings */
    KNOW_TABLE_WORDS,      /* of `lang`: words that are no name by themselves */
    KNOW_TABLE_KINDS
};

/* One table in memory; `name` is its path for messages. */
struct know_source {
    enum know_table_kind kind;
    const char *name;
    struct dps_str bytes;
    char lang[4];
};

/* All tables of a folder, and inflection.tsv and name_words.tsv of the languages in lang_dir (NULL: none). Files stay
 * mapped until release. */
struct know_sources {
    struct dps_arena arena;
    struct know_source *list;
    struct dps_file *files;
    size_t n, n_tables; /* n_tables: those of `folder`, not of the languages */
};
enum dps_status know_sources_open(struct know_sources *sources, const char *folder, const char *lang_dir,
                                  struct dps_error *error);
void know_sources_release(struct know_sources *sources);

/* Compile. `below` (may be NULL): the table that the new one will lie on; offices may name its people. The bytes go to
 * `out`. */
enum dps_status know_build(const struct know_source *sources, size_t n, const struct know_image *below,
                           struct dps_buffer *out, struct dps_error *error);

/* A row of `image` by id, KNOW_NONE: none. The last row if several have it; stubs only if asked for. */
uint32_t know_image_find_id(const struct know_image *image, struct dps_str id, bool stubs);

#endif
