/* article.c -- one article from memory. The reader over files is article_reader.c. */
#include "article/article.h"
#include "article/article_langs.h"

static enum dps_status read_bytes(const struct dps_langs *langs, const struct dps_reader_options *options,
                                  struct dps_str bytes, struct dps_arena *arena, struct dps_article *article,
                                  struct dps_error *error) {
    const char *what;
    enum dps_input_kind kind = dps_kind_tell(bytes, &what);
    DPS_TRY(dps_kind_check(kind, what, error));
    if (bytes.length > DPS_ARTICLE_MAX_TEXT)
        return dps_error_set(error, DPS_LIMIT, "text of %zu bytes; the most is %d", bytes.length, DPS_ARTICLE_MAX_TEXT);
    if (kind != DPS_KIND_TEXT) return dps_json_line(langs, options, arena, bytes, article, error);
    struct dps_str raw;
    DPS_TRY(dps_body_decode(arena, bytes, &raw, error));
    return dps_body_record(langs, options, arena, raw, article, error);
}

enum dps_status dps_article_memory(const struct dps_langs *langs, const struct dps_reader_options *options,
                                   struct dps_str bytes, const char *name, struct dps_arena *arena,
                                   struct dps_article *article, struct dps_error *error) {
    *article = (struct dps_article){.file = dps_str_of(name), .record = 1};
    enum dps_status status = read_bytes(langs, options, bytes, arena, article, error);
    if (status != DPS_OK && status != DPS_MEMORY && error) dps_error_prefix(error, "%s", name);
    return status;
}

enum dps_status dps_article_run(const struct dps_reader_options *options, struct dps_str bytes, const char *name,
                                struct dps_arena *arena, struct dps_article *article, struct dps_error *error) {
    struct dps_langs langs;
    DPS_TRY(dps_langs_init(&langs, options ? options->lang_dir : NULL, error));
    enum dps_status status = dps_article_memory(&langs, options, bytes, name, arena, article, error);
    dps_langs_release(&langs); /* nothing of the article points into it */
    return status;
}
