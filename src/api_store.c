/* api_store.c -- dps_store_show and dps_store_export of include/depesche.h: what a store holds, as tables, JSON lines
 * or CSV.
 *
 * In: a store opened read-only and what is asked of it. Out: bytes on a stream, written in pieces, so that memory does
 * not grow with the store. */
#include "api.h"

#include "base/json.h"
#include "store/store.h"
#include "view/view.h"

#include <math.h>

/* The public list of formats and that of the view must be one. */
_Static_assert((int)DPS_FORMAT_TABLE == (int)DPS_VIEW_TABLE && (int)DPS_FORMAT_JSONL == (int)DPS_VIEW_JSONL &&
                   (int)DPS_FORMAT_CSV == (int)DPS_VIEW_CSV,
               "formats differ");

enum { FLUSH_BYTES = 64 * 1024 };

struct sink { /* the context of all callbacks here */
    struct dps_view_style style;
    struct dps_view_table table;
    struct dps_buffer bytes;
    FILE *out;
    uint64_t most; /* timeline: the largest count, for the bars */
};

static enum dps_status flush(struct sink *sink, struct dps_error *error) {
    if (sink->bytes.failed) return dps_error_set(error, DPS_MEMORY, "out of memory");
    if (sink->bytes.length == 0) return DPS_OK;
    enum dps_status status = dps_api_write(sink->out, dps_buffer_str(&sink->bytes), error);
    dps_buffer_clear(&sink->bytes);
    return status;
}

static enum dps_status flush_if_full(struct sink *sink, struct dps_error *error) {
    return sink->bytes.failed || sink->bytes.length >= FLUSH_BYTES ? flush(sink, error) : DPS_OK;
}

/* ---- events ---- */

static enum dps_status each_record(void *context, const struct dps_record *record, struct dps_error *error) {
    struct sink *sink = context;
    switch (sink->style.format) {
    case DPS_VIEW_TABLE:
        dps_view_table_add(&sink->table, record);
        break;
    case DPS_VIEW_JSONL:
        dps_view_record_json(&sink->bytes, record);
        break;
    case DPS_VIEW_CSV:
        dps_view_record_csv(&sink->bytes, record);
        break;
    }
    return flush_if_full(sink, error);
}

static enum dps_status put_events(struct sink *sink, struct dps_store *store, const struct dps_store_filter *filter,
                                  bool by_date, struct dps_error *error) {
    dps_view_head(&sink->bytes, &sink->style);
    dps_view_table_init(&sink->table, &sink->bytes, &sink->style);
    enum dps_status status = dps_store_each(store, filter, by_date, each_record, sink, error);
    dps_view_table_end(&sink->table);
    return status;
}

/* ---- counts ---- */

static const char *const quad_names[] = {"no_quad", "verbal_cooperation", "material_cooperation", "verbal_conflict",
                                         "material_conflict"};
static const int quad_order[] = {2, 1, 3, 4, 0}; /* from cooperation to conflict, as in the legend */
static const char *const quad_heads[] = {"", "+", "++", "-", "--"};
static const char *const quad_colors[] = {"", "\033[32m", "\033[1;32m", "\033[33m", "\033[1;31m"};

static void json_text(struct dps_json *json, const char *key, struct dps_str value) {
    dps_json_key(json, key);
    if (value.data)
        dps_json_str(json, value);
    else
        dps_json_null(json);
}

static void json_count(struct dps_json *json, const char *key, uint64_t value) {
    dps_json_key(json, key);
    dps_json_int(json, (long long)value);
}

static void count_json(struct dps_buffer *out, const struct dps_store_count *count, bool dyads) {
    struct dps_json json;
    dps_json_init(&json, out);
    dps_json_open(&json, '{');
    if (dyads) {
        json_text(&json, "actor", count->actor);
        json_text(&json, "recipient", count->recipient);
    } else {
        json_text(&json, "period", count->period);
    }
    json_count(&json, "events", count->events);
    json_count(&json, "articles", count->articles);
    for (int i = 0; i < 5; i++) json_count(&json, quad_names[quad_order[i]], count->quads[quad_order[i]]);
    dps_json_key(&json, "score");
    if (isfinite(count->score))
        dps_json_number(&json, count->score, 2);
    else
        dps_json_null(&json);
    if (dyads) {
        json_text(&json, "first", count->first);
        json_text(&json, "last", count->last);
    }
    dps_json_close(&json, '}');
    dps_buffer_append(out, "\n", 1);
}

enum { COUNT_TEXT = 24, MAX_CELLS = 12 };

static void count_csv(struct dps_buffer *out, const struct dps_store_count *count, bool dyads) {
    char numbers[8][COUNT_TEXT];
    struct dps_str cells[MAX_CELLS];
    size_t n = 0, k = 0;
    if (dyads) cells[n++] = count->actor;
    cells[n++] = dyads ? count->recipient : count->period;
    snprintf(numbers[k++], COUNT_TEXT, "%llu", (unsigned long long)count->events);
    snprintf(numbers[k++], COUNT_TEXT, "%llu", (unsigned long long)count->articles);
    for (int i = 0; i < 5; i++)
        snprintf(numbers[k++], COUNT_TEXT, "%llu", (unsigned long long)count->quads[quad_order[i]]);
    numbers[k][0] = '\0';
    if (isfinite(count->score)) snprintf(numbers[k], COUNT_TEXT, "%.2f", count->score);
    for (size_t i = 0; i <= k; i++) cells[n++] = dps_str_of(numbers[i]);
    if (dyads) {
        cells[n++] = count->first;
        cells[n++] = count->last;
    }
    dps_view_csv_cells(out, cells, n);
}

static void count_csv_head(struct dps_buffer *out, bool dyads) {
    dps_buffer_append_c(out, dyads ? "actor,recipient" : "period");
    dps_buffer_append_c(out, ",events,articles");
    for (int i = 0; i < 5; i++) dps_buffer_printf(out, ",%s", quad_names[quad_order[i]]);
    dps_buffer_append_c(out, dyads ? ",score,first,last\n" : ",score\n");
}

/* The bar of a timeline: one sign an event, or a share of the largest count when they do not fit; the signs are those
 * of the legend. */
static void put_bar(struct sink *sink, const struct dps_store_count *count, size_t room) {
    static const char signs[] = {' ', '+', '#', '-', '='};
    for (int i = 0; i < 4; i++) {
        int quad = quad_order[i];
        uint64_t length =
            sink->most <= room ? count->quads[quad] : (count->quads[quad] * room + sink->most - 1) / sink->most;
        if (length == 0) continue;
        if (sink->style.color) dps_buffer_append_c(&sink->bytes, quad_colors[quad]);
        for (uint64_t k = 0; k < length && k < room; k++) dps_buffer_append(&sink->bytes, &signs[quad], 1);
        if (sink->style.color) dps_buffer_append_c(&sink->bytes, "\033[0m");
    }
}

static void count_row(struct sink *sink, const struct dps_store_count *count, bool dyads) {
    struct dps_buffer *out = &sink->bytes;
    if (dyads) {
        dps_view_pad(out, count->actor, 5);
        dps_buffer_append_c(out, " → ");
        dps_view_pad(out, count->recipient, 9);
    } else {
        dps_view_pad(out, count->period.data ? count->period : DPS_STR("no date"), 11);
    }
    dps_buffer_printf(out, " %7llu", (unsigned long long)count->events);
    for (int i = 0; i < 4; i++) dps_buffer_printf(out, " %6llu", (unsigned long long)count->quads[quad_order[i]]);
    if (isfinite(count->score))
        dps_buffer_printf(out, " %6.1f", count->score);
    else
        dps_buffer_append_c(out, "      -");
    dps_buffer_append_c(out, "  ");
    if (dyads) {
        dps_view_plain(out, count->first);
        if (count->last.data && !dps_str_equal(count->first, count->last)) {
            dps_buffer_append_c(out, " to ");
            dps_view_plain(out, count->last);
        }
    } else {
        put_bar(sink, count, sink->style.width > 70 ? sink->style.width - 60 : 40);
    }
    while (out->length && out->data[out->length - 1] == ' ') out->data[--out->length] = '\0';
    dps_buffer_append_c(out, "\n");
}

static void count_row_head(struct sink *sink, bool dyads) {
    struct dps_buffer *out = &sink->bytes;
    dps_buffer_append_c(out,
                        "++ material cooperation   + verbal cooperation   - verbal conflict   -- material conflict\n");
    dps_buffer_append_c(out, dyads ? "actor   recipient" : "period     ");
    dps_buffer_printf(out, " %7s", "events");
    for (int i = 0; i < 4; i++) dps_buffer_printf(out, " %6s", quad_heads[quad_order[i]]);
    dps_buffer_append_c(out, dyads ? "  score  dates\n"
                                   : "  score  # material, + verbal cooperation; - verbal, = material conflict\n");
}

static enum dps_status each_count(struct sink *sink, const struct dps_store_count *count, bool dyads,
                                  struct dps_error *error) {
    switch (sink->style.format) {
    case DPS_VIEW_TABLE:
        count_row(sink, count, dyads);
        break;
    case DPS_VIEW_JSONL:
        count_json(&sink->bytes, count, dyads);
        break;
    case DPS_VIEW_CSV:
        count_csv(&sink->bytes, count, dyads);
        break;
    }
    return flush_if_full(sink, error);
}

static enum dps_status each_period(void *context, const struct dps_store_count *count, struct dps_error *error) {
    return each_count(context, count, false, error);
}
static enum dps_status each_dyad(void *context, const struct dps_store_count *count, struct dps_error *error) {
    return each_count(context, count, true, error);
}
static enum dps_status each_for_most(void *context, const struct dps_store_count *count, struct dps_error *error) {
    struct sink *sink = context;
    (void)error;
    if (count->events > sink->most) sink->most = count->events;
    return DPS_OK;
}

static void put_count_head(struct sink *sink, bool dyads) {
    if (sink->style.format == DPS_VIEW_CSV) count_csv_head(&sink->bytes, dyads);
    if (sink->style.format == DPS_VIEW_TABLE) count_row_head(sink, dyads);
}

static enum dps_status period_of(const char *by, enum dps_store_period *period, struct dps_error *error) {
    *period = DPS_STORE_DAY;
    if (!by || strcmp(by, "day") == 0) return DPS_OK;
    *period = strcmp(by, "week") == 0 ? DPS_STORE_WEEK : DPS_STORE_MONTH;
    if (*period == DPS_STORE_WEEK || strcmp(by, "month") == 0) return DPS_OK;
    return dps_error_set(error, DPS_USAGE, "unknown period '%s' (day, week or month)", by);
}

static enum dps_status put_timeline(struct sink *sink, struct dps_store *store, const struct dps_store_filter *filter,
                                    const char *by, struct dps_error *error) {
    enum dps_store_period period;
    DPS_TRY(period_of(by, &period, error));
    if (sink->style.format == DPS_VIEW_TABLE) /* the bars need the largest count before the first */
        DPS_TRY(dps_store_timeline(store, filter, period, each_for_most, sink, error));
    put_count_head(sink, false);
    return dps_store_timeline(store, filter, period, each_period, sink, error);
}

/* ---- articles ---- */

static void article_json(struct dps_buffer *out, const struct dps_store_article *article) {
    struct dps_json json;
    dps_json_init(&json, out);
    dps_json_open(&json, '{');
    json_text(&json, "id", article->id);
    json_text(&json, "lang", article->lang);
    json_text(&json, "published", article->published);
    json_text(&json, "title", article->title);
    json_text(&json, "source", article->source);
    json_text(&json, "url", article->url);
    json_text(&json, "file", article->file);
    dps_json_key(&json, "coded");
    dps_json_bool(&json, article->coded);
    json_count(&json, "events", article->events);
    json_text(&json, "version", article->version);
    json_text(&json, "data", article->frames);
    dps_json_close(&json, '}');
    dps_buffer_append(out, "\n", 1);
}

static void article_csv(struct dps_buffer *out, const struct dps_store_article *article) {
    char events[COUNT_TEXT];
    snprintf(events, sizeof events, "%llu", (unsigned long long)article->events);
    const struct dps_str cells[] = {
        article->id,        article->lang,    article->published, article->title,
        article->source,    article->url,     article->file,      dps_str_of(article->coded ? "true" : "false"),
        dps_str_of(events), article->version, article->frames};
    dps_view_csv_cells(out, cells, sizeof cells / sizeof *cells);
}

static void article_row(struct sink *sink, const struct dps_store_article *article) {
    struct dps_buffer *out = &sink->bytes;
    size_t room = sink->style.width > 60 ? sink->style.width - 23 : 0;
    struct dps_str title = article->title.length ? article->title : article->file.length ? article->file : article->id;
    dps_view_pad(out, dps_str_cut(article->published, 0, 10), 11);
    dps_view_pad(out, article->lang, 5);
    if (article->coded)
        dps_buffer_printf(out, "%5llu  ", (unsigned long long)article->events);
    else
        dps_buffer_append_c(out, "    -  "); /* no data for its language */
    if (room)
        dps_view_pad(out, title, room);
    else
        dps_view_plain(out, title);
    while (out->length && out->data[out->length - 1] == ' ') out->data[--out->length] = '\0';
    dps_buffer_append_c(out, "\n");
}

static enum dps_status each_article(void *context, const struct dps_store_article *article, struct dps_error *error) {
    struct sink *sink = context;
    switch (sink->style.format) {
    case DPS_VIEW_TABLE:
        article_row(sink, article);
        break;
    case DPS_VIEW_JSONL:
        article_json(&sink->bytes, article);
        break;
    case DPS_VIEW_CSV:
        article_csv(&sink->bytes, article);
        break;
    }
    return flush_if_full(sink, error);
}

static enum dps_status put_articles(struct sink *sink, struct dps_store *store, const struct dps_store_filter *filter,
                                    struct dps_error *error) {
    if (sink->style.format == DPS_VIEW_CSV)
        dps_buffer_append_c(&sink->bytes, "id,lang,published,title,source,url,file,coded,events,version,data\n");
    if (sink->style.format == DPS_VIEW_TABLE) dps_buffer_append_c(&sink->bytes, "published  lang events  title\n");
    return dps_store_articles(store, filter, each_article, sink, error);
}

/* ---- public ---- */

static enum dps_status show(struct sink *sink, struct dps_store *store, const struct dps_show_options *o,
                            struct dps_error *error) {
    const struct dps_store_filter filter = {.from = o->from,
                                            .to = o->to,
                                            .actor = o->actor,
                                            .recipient = o->recipient,
                                            .type = o->type,
                                            .status = o->status,
                                            .lang = o->lang,
                                            .text = o->text,
                                            .limit = o->limit};
    switch (o->view) {
    case DPS_SHOW_EVENTS:
        return put_events(sink, store, &filter, true, error);
    case DPS_SHOW_TIMELINE:
        return put_timeline(sink, store, &filter, o->by, error);
    case DPS_SHOW_DYADS:
        put_count_head(sink, true);
        return dps_store_dyads(store, &filter, each_dyad, sink, error);
    case DPS_SHOW_ARTICLES:
        return put_articles(sink, store, &filter, error);
    }
    return dps_error_set(error, DPS_USAGE, "unknown view");
}

/* Write what is left, close, release. What was found before a failure is written too, so that a damaged store gives
 * what it still has. */
static enum dps_status finish(struct sink *sink, struct dps_store *store, enum dps_status status,
                              struct dps_error *error) {
    enum dps_status written = flush(sink, status == DPS_OK ? error : NULL);
    dps_store_close(store, NULL);
    dps_buffer_release(&sink->bytes);
    return status == DPS_OK ? written : status;
}

enum dps_status dps_store_show(const char *db, const struct dps_show_options *options, FILE *out,
                               struct dps_error *error) {
    struct dps_store *store;
    struct sink sink = {.style = {(enum dps_view_format)options->format, options->color, options->width}, .out = out};
    DPS_TRY(dps_store_open_read(&store, db, error));
    return finish(&sink, store, show(&sink, store, options, error), error);
}

enum dps_status dps_store_export(const char *db, enum dps_format format, FILE *out, struct dps_error *error) {
    struct dps_store *store;
    const struct dps_store_filter everything = {0};
    struct sink sink = {.style = {.format = (enum dps_view_format)format}, .out = out};
    DPS_TRY(dps_store_open_read(&store, db, error));
    return finish(&sink, store, put_events(&sink, store, &everything, false, error), error);
}
