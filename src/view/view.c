/* view.c -- a record as a JSON line (the keys and their order: docs/events.md), and the choice among the three formats.
 *
 * In: a record or an article's events. Out: bytes in a buffer. The same record gives the same bytes. */
#include "view/view.h"

#include "base/json.h"

#include <math.h>

static void json_str(struct dps_json *json, const char *key, struct dps_str value) {
    dps_json_key(json, key);
    if (value.data)
        dps_json_str(json, value);
    else
        dps_json_null(json);
}

static void json_chars(struct dps_json *json, const char *key, const char *value) {
    json_str(json, key, value[0] ? dps_str_of(value) : (struct dps_str){NULL, 0});
}

static void json_number(struct dps_json *json, const char *key, double value, int decimals) {
    dps_json_key(json, key);
    if (isfinite(value))
        dps_json_number(json, value, decimals);
    else
        dps_json_null(json);
}

static void json_offset(struct dps_json *json, const char *key, int64_t value) {
    dps_json_key(json, key);
    if (value >= 0)
        dps_json_int(json, value);
    else
        dps_json_null(json);
}

static void json_list(struct dps_json *json, const char *key, const struct dps_str *items, unsigned n) {
    dps_json_key(json, key);
    dps_json_open(json, '[');
    for (unsigned i = 0; i < n; i++) dps_json_str(json, items[i]);
    dps_json_close(json, ']');
}

static void json_party(struct dps_json *json, const struct dps_record_party *party) {
    dps_json_open(json, '{');
    json_str(json, "text", party->text);
    json_str(json, "name", party->name);
    json_str(json, "country", party->country);
    json_str(json, "sector", party->sector);
    json_str(json, "office", party->office);
    json_str(json, "id", party->id);
    json_offset(json, "start", party->start);
    json_offset(json, "end", party->end);
    dps_json_close(json, '}');
}

static void json_parties(struct dps_json *json, const char *key, const struct dps_record_party *parties, unsigned n) {
    dps_json_key(json, key);
    dps_json_open(json, '[');
    for (unsigned i = 0; i < n; i++) json_party(json, &parties[i]);
    dps_json_close(json, ']');
}

static void json_span(struct dps_json *json, const char *key, const struct dps_record_span *span) {
    dps_json_key(json, key);
    if (!span->text.data) {
        dps_json_null(json);
        return;
    }
    dps_json_open(json, '{');
    json_str(json, "text", span->text);
    json_offset(json, "start", span->start);
    json_offset(json, "end", span->end);
    dps_json_close(json, '}');
}

static void json_place(struct dps_json *json, const struct dps_record_place *place) {
    dps_json_key(json, "place");
    if (!place->text.data) {
        dps_json_null(json);
        return;
    }
    dps_json_open(json, '{');
    json_str(json, "text", place->text);
    json_str(json, "name", place->name);
    json_str(json, "country", place->country);
    json_number(json, "lat", place->lat, 4);
    json_number(json, "lon", place->lon, 4);
    json_offset(json, "start", place->start);
    json_offset(json, "end", place->end);
    dps_json_close(json, '}');
}

/* What was done: the keys from "type" to "trigger". */
static void json_act(struct dps_json *json, const struct dps_record *record) {
    json_str(json, "type", record->type);
    json_list(json, "modes", record->modes, record->n_modes);
    json_list(json, "contexts", record->contexts, record->n_contexts);
    json_str(json, "status", record->status);
    json_offset(json, "quad", record->quad ? record->quad : -1);
    json_number(json, "score", record->score, 2);
    json_str(json, "cameo", record->cameo);
    json_number(json, "goldstein", record->goldstein, 2);
    json_span(json, "trigger", &record->trigger);
}

static void json_source(struct dps_json *json, const struct dps_record *record) {
    dps_json_key(json, "source");
    dps_json_open(json, '{');
    json_str(json, "file", record->file);
    json_str(json, "url", record->url);
    json_str(json, "title", record->title);
    json_chars(json, "published", record->published);
    dps_json_close(json, '}');
}

/* "<article>:<sentence>:<n>", made in `out`, which the caller releases. */
static struct dps_str record_id(struct dps_buffer *out, const struct dps_record *record) {
    dps_buffer_append_str(out, record->article);
    dps_buffer_printf(out, ":%u:%u", record->sentence, record->n);
    return dps_buffer_str(out);
}

void dps_view_record_json(struct dps_buffer *out, const struct dps_record *record) {
    struct dps_json json;
    struct dps_buffer id = {0};
    dps_json_init(&json, out);
    dps_json_open(&json, '{');
    json_str(&json, "id", record_id(&id, record));
    json_str(&json, "article", record->article);
    json_str(&json, "lang", record->lang);
    json_offset(&json, "sentence", record->sentence);
    json_str(&json, "text", record->text);
    json_act(&json, record);
    json_parties(&json, "actors", record->actors, record->n_actors);
    json_parties(&json, "recipients", record->recipients, record->n_recipients);
    dps_json_key(&json, "speaker");
    if (record->has_speaker)
        json_party(&json, &record->speaker);
    else
        dps_json_null(&json);
    json_span(&json, "content", &record->content);
    json_chars(&json, "date", record->date);
    json_chars(&json, "date_end", record->date_end);
    json_str(&json, "date_text", record->date_text);
    json_place(&json, &record->place);
    json_number(&json, "confidence", record->confidence, 2);
    json_str(&json, "frame", record->frame);
    json_str(&json, "deed", record->deed);
    json_str(&json, "story", record->story);
    json_source(&json, record);
    dps_json_close(&json, '}');
    dps_buffer_append(out, "\n", 1);
    if (id.failed) out->failed = true;
    dps_buffer_release(&id);
}

void dps_view_json(struct dps_buffer *out, const struct dps_article *article, const struct dps_text *text,
                   const struct dps_event *event) {
    struct dps_record record;
    dps_store_record_make(&record, article, text, event);
    dps_view_record_json(out, &record);
}

void dps_view_article(struct dps_buffer *out, const struct dps_view_style *style, const struct dps_article *article,
                      const struct dps_text *text, const struct dps_events *events) {
    struct dps_view_table table;
    if (style->format == DPS_VIEW_TABLE) dps_view_table_init(&table, out, style);
    for (uint32_t i = 0; i < events->n_events; i++) {
        struct dps_record record;
        dps_store_record_make(&record, article, text, &events->events[i]);
        switch (style->format) {
        case DPS_VIEW_TABLE:
            dps_view_table_add(&table, &record);
            break;
        case DPS_VIEW_JSONL:
            dps_view_record_json(out, &record);
            break;
        case DPS_VIEW_CSV:
            dps_view_record_csv(out, &record);
            break;
        }
    }
    if (style->format == DPS_VIEW_TABLE) dps_view_table_end(&table);
}

void dps_view_head(struct dps_buffer *out, const struct dps_view_style *style) {
    if (style->format == DPS_VIEW_CSV) dps_view_csv_head(out);
    if (style->format == DPS_VIEW_TABLE) dps_view_table_head(out, style);
}
