/* know_source.c -- find and map the tables of a folder, in a fixed order. */
#include "know/know_build.h"

enum { MAX_SOURCES = 1024, NAMES_CEILING = 4 << 20 };

void know_sources_release(struct know_sources *s) {
    for (size_t i = 0; i < s->n; i++) dps_file_unmap(&s->files[i]);
    dps_arena_release(&s->arena);
    *s = (struct know_sources){0};
}

static enum dps_status add(struct know_sources *s, enum know_table_kind kind, const char *path, const char *lang,
                           struct dps_error *error) {
    if (!path) return dps_error_set(error, DPS_MEMORY, "out of memory listing the knowledge tables");
    if (!dps_file_exists(path)) return DPS_OK;
    if (s->n == MAX_SOURCES)
        return dps_error_set(error, DPS_LIMIT, "'%s': more than %d knowledge tables", path, MAX_SOURCES);
    DPS_TRY(dps_file_map(&s->files[s->n], path, error));
    struct know_source *source = &s->list[s->n];
    *source = (struct know_source){.kind = kind, .name = path, .bytes = s->files[s->n].bytes};
    if (lang) memcpy(source->lang, lang, strlen(lang) + 1);
    s->n++;
    if (!lang) s->n_tables++;
    return DPS_OK;
}

static enum dps_status add_folder(struct know_sources *s, enum know_table_kind kind, const char *folder,
                                  struct dps_error *error) {
    if (!folder) return dps_error_set(error, DPS_MEMORY, "out of memory listing the knowledge tables");
    if (!dps_file_is_folder(folder)) return DPS_OK;
    const char **paths;
    size_t n;
    DPS_TRY(dps_file_list(&s->arena, folder, ".tsv", &paths, &n, error));
    for (size_t i = 0; i < n; i++) DPS_TRY(add(s, kind, paths[i], NULL, error));
    return DPS_OK;
}

static enum dps_status add_languages(struct know_sources *s, const char *lang_dir, struct dps_error *error) {
    const char **folders;
    size_t n;
    DPS_TRY(dps_file_list(&s->arena, lang_dir, NULL, &folders, &n, error));
    for (size_t i = 0; i < n; i++) {
        const char *slash = strrchr(folders[i], '/'), *code = slash ? slash + 1 : folders[i];
        if (know_lang_pack(dps_str_of(code)) == 0 || !dps_file_is_folder(folders[i])) continue;
        DPS_TRY(add(s, KNOW_TABLE_INFLECTION, dps_file_join(&s->arena, folders[i], "inflection.tsv"), code, error));
        DPS_TRY(add(s, KNOW_TABLE_WORDS, dps_file_join(&s->arena, folders[i], "name_words.tsv"), code, error));
    }
    return DPS_OK;
}

static enum dps_status open_all(struct know_sources *s, const char *folder, const char *lang_dir,
                                struct dps_error *error) {
    static const struct {
        enum know_table_kind kind;
        const char *name;
    } single[] = {{KNOW_TABLE_TERMS, "office_terms.tsv"}, {KNOW_TABLE_COUNTRIES, "countries.tsv"},
                  {KNOW_TABLE_ORGS, "orgs.tsv"},          {KNOW_TABLE_PEOPLE, "people.tsv"},
                  {KNOW_TABLE_OFFICES, "offices.tsv"},    {KNOW_TABLE_PLACES, "places.tsv"}};
    if (!dps_file_is_folder(folder)) return dps_error_set(error, DPS_IO, "'%s' is not a folder", folder);
    for (size_t i = 0; i < sizeof single / sizeof *single; i++)
        DPS_TRY(add(s, single[i].kind, dps_file_join(&s->arena, folder, single[i].name), NULL, error));
    DPS_TRY(add_folder(s, KNOW_TABLE_PEOPLE, dps_file_join(&s->arena, folder, "people"), error));
    DPS_TRY(add_folder(s, KNOW_TABLE_OFFICES, dps_file_join(&s->arena, folder, "offices"), error));
    if (s->n_tables == 0)
        return dps_error_set(error, DPS_KNOW,
                             "'%s' holds no knowledge table (countries.tsv, orgs.tsv, people.tsv, offices.tsv, "
                             "places.tsv, people/*.tsv, offices/*.tsv)",
                             folder);
    return lang_dir ? add_languages(s, lang_dir, error) : DPS_OK;
}

enum dps_status know_sources_open(struct know_sources *s, const char *folder, const char *lang_dir,
                                  struct dps_error *error) {
    *s = (struct know_sources){0};
    dps_arena_init(&s->arena, NAMES_CEILING);
    s->list = DPS_NEW(&s->arena, MAX_SOURCES, struct know_source);
    s->files = DPS_NEW(&s->arena, MAX_SOURCES, struct dps_file);
    enum dps_status status =
        s->list && s->files ? open_all(s, folder, lang_dir, error) : dps_error_set(error, DPS_MEMORY, "out of memory");
    if (status != DPS_OK) know_sources_release(s);
    return status;
}
