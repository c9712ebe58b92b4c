/* article_json.c -- one JSON object -> article.
 *
 * In: {"id","url","title","published","lang","text","source"}, each absent or null; other keys are ignored.  Out:
 * struct dps_article, its strings copied to the arena. Limits: a `published` that is no date in any form we know is
 * left unknown, for an article without a date is still worth reading. Values are counted before they are made
 * (MAX_VALUES); nesting is jansson's to limit. */
#include "article/article_langs.h"
#include "base/utf8.h"

#include <jansson.h>
#include <stdio.h>

enum {
    MAX_VALUES =
        1000000,     /* of a line or document: 16 MB of short records have 800,000; of "{}," they take a gigabyte */
    MAX_FIELD = 4096 /* bytes of id, url, title, source: each event of the article repeats them */
};

static enum dps_status no_memory(struct dps_error *error) {
    return dps_error_set(error, DPS_MEMORY, "out of memory");
}

static enum dps_status take_string(struct dps_arena *arena, const json_t *object, const char *key, size_t most,
                                   struct dps_str *out, struct dps_error *error) {
    const json_t *value = json_object_get(object, key);
    *out = (struct dps_str){NULL, 0};
    if (!value || json_is_null(value)) return DPS_OK;
    if (json_is_integer(value) && strcmp(key, "id") == 0) { /* many data bases count their articles */
        char number[32];
        int n = snprintf(number, sizeof number, "%lld", (long long)json_integer_value(value));
        out->data = dps_arena_copy(arena, number, (size_t)n);
        out->length = (size_t)n;
    } else if (json_is_string(value)) {
        if (json_string_length(value) > most)
            return dps_error_set(error, DPS_LIMIT, "%s of %zu bytes; the most is %zu", key, json_string_length(value),
                                 most);
        out->data = dps_arena_copy(arena, json_string_value(value), json_string_length(value));
        out->length = json_string_length(value);
    } else {
        return dps_error_set(error, DPS_INPUT, "'%s' must be a string", key);
    }
    return out->data ? DPS_OK : no_memory(error);
}

/* "de", "de-DE", "DE" -> "de". Longer names are kept as they are if they fit; others are told from the text. */
static void take_lang(struct dps_article *article, struct dps_str lang) {
    size_t n = 0;
    while (n < lang.length && lang.data[n] != '-' && lang.data[n] != '_') n++;
    if (n == 0 || n >= sizeof article->lang) return;
    for (size_t i = 0; i < n; i++) {
        char c = lang.data[i];
        article->lang[i] = (char)(c >= 'A' && c <= 'Z' ? c + 32 : c);
    }
    article->lang[n] = '\0';
    article->lang_given = true;
}

enum dps_status dps_json_check(struct dps_str s, struct dps_error *error) {
    size_t values = 1;
    bool quoted = false;
    for (size_t i = 0; i < s.length; i++) {
        char c = s.data[i];
        if (c == '"')
            quoted = !quoted;
        else if (quoted)
            i += c == '\\';
        else
            values += c == ',' || c == '{' || c == '[';
    }
    return values <= MAX_VALUES ? DPS_OK : dps_error_set(error, DPS_LIMIT, "more than %d JSON values", MAX_VALUES);
}

enum dps_status dps_json_article(const struct dps_langs *langs, const struct dps_reader_options *options,
                                 struct dps_arena *arena, const json_t *object, struct dps_article *article,
                                 struct dps_error *error) {
    struct dps_str lang, published;
    if (!json_is_object(object)) return dps_error_set(error, DPS_INPUT, "not a JSON object");
    article->published = (struct dps_time){.hour = -1, .offset = DPS_NO_OFFSET};
    DPS_TRY(take_string(arena, object, "id", MAX_FIELD, &article->id, error));
    DPS_TRY(take_string(arena, object, "url", MAX_FIELD, &article->url, error));
    DPS_TRY(take_string(arena, object, "title", MAX_FIELD, &article->title, error));
    DPS_TRY(take_string(arena, object, "source", MAX_FIELD, &article->source, error));
    DPS_TRY(take_string(arena, object, "text", DPS_ARTICLE_MAX_TEXT, &article->text, error));
    DPS_TRY(take_string(arena, object, "lang", MAX_FIELD, &lang, error));
    DPS_TRY(take_string(arena, object, "published", MAX_FIELD, &published, error));
    article->title = dps_str_trim(article->title);
    if (article->title.length == 0 && dps_str_trim(article->text).length == 0)
        return dps_error_set(error, DPS_INPUT, "neither 'title' nor 'text'");
    if (published.length) dps_stamp_published(langs, published, &article->published);
    if (!(options && options->lang && options->lang[0])) take_lang(article, lang);
    return dps_body_finish(langs, options, arena, article, false, error);
}

enum dps_status dps_json_line(const struct dps_langs *langs, const struct dps_reader_options *options,
                              struct dps_arena *arena, struct dps_str line, struct dps_article *article,
                              struct dps_error *error) {
    json_error_t reason;
    DPS_TRY(dps_json_check(line, error));
    json_t *object = json_loadb(line.data, line.length, JSON_DECODE_ANY, &reason);
    if (!object) return dps_error_set(error, DPS_INPUT, "bad JSON at byte %d: %s", reason.position, reason.text);
    enum dps_status status = dps_json_article(langs, options, arena, object, article, error);
    json_decref(object);
    return status;
}
