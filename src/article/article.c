/* article.c -- one article from memory. The reader over files is article_reader.c. */
#include "article/article.h"
#include "article/article_langs.h"

static enum dps_status run(const struct dps_langs *langs, const struct dps_reader_options *options, struct dps_str bytes,
                           struct dps_arena *arena, struct dps_article *article, struct dps_error *error) {
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

enum dps_status dps_article_run(const struct dps_reader_options *options, struct dps_str bytes, const char *name,
                                struct dps_arena *arena, struct dps_article *article, struct dps_error *error) {
    struct dps_langs langs;
    *article = (struct dps_article){.file = dps_str_of(name), .record = 1};
    DPS_TRY(dps_langs_init(&langs, options ? options->lang_dir : NULL, error));
    enum dps_status status = run(&langs, options, bytes, arena, article, error);
    /* agency names come from the table that goes away now */
    dps_langs_release(&langs);
    if (status != DPS_OK && status != DPS_MEMORY) dps_error_prefix(error, "%s", name);
    return status;
}
