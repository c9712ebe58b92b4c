/* read.c -- stored events as records again, and the list of articles.
 *
 * In: a filter. Out: one record at a time to the caller's function. How: one statement walks the events, small ones
 * fetch each event's parties, modes, contexts and place; while the first is open SQLite shows all of them the same
 * state of the file. */
#include "store/schema.h"

#include <math.h>

#define RECORD_MAX_BYTES                                                                                               \
    ((size_t)64 * 1024 * 1024) /* strings of one event; a text is at most DPS_ARTICLE_MAX_TEXT long */

static const char events_sql[] = "SELECT e.seq, a.id, a.lang, a.file, a.url, a.title, a.published, e.sentence, e.n, "
                                 "s.in_title, s.text, e.type, e.status, e.cameo,"
                                 " e.frame, e.quad, e.score, e.goldstein, e.confidence, e.trigger, e.trigger_start, "
                                 "e.trigger_end, e.content, e.content_start,"
                                 " e.content_end, e.date, e.date_end, e.date_text, e.deed, e.story"
                                 " FROM events e JOIN articles a ON a.seq = e.article JOIN sentences s ON s.article = "
                                 "e.article AND s.number = e.sentence"
                                 " WHERE 1 @ ORDER BY ";
static const char by_adding_sql[] = "e.article, e.sentence, e.n LIMIT :limit";
static const char by_date_sql[] = "a.date IS NULL, a.date, e.article, e.sentence, e.n LIMIT :limit";

static void copy_chars(char *out, size_t size, struct dps_str value) {
    size_t n = value.length < size ? value.length : size - 1;
    if (n) memcpy(out, value.data, n);
    out[n] = '\0';
}

/* A small statement's strings die with its next step; the record needs them longer. */
static struct dps_str keep(struct dps_arena *arena, struct dps_str value) {
    if (!value.data) return value;
    char *copy = dps_arena_copy(arena, value.data, value.length);
    return copy ? (struct dps_str){copy, value.length} : (struct dps_str){NULL, 0};
}

static struct dps_record_span span_of(sqlite3_stmt *stmt, int column) {
    return (struct dps_record_span){dps_store_str(stmt, column), dps_store_offset(stmt, column + 1),
                                    dps_store_offset(stmt, column + 2)};
}

/* The columns of events_sql, in its order. */
static void read_event(struct dps_record *record, sqlite3_stmt *stmt) {
    int quad = sqlite3_column_int(stmt, 15);
    *record = (struct dps_record){.article = dps_store_str(stmt, 1),
                                  .lang = dps_store_str(stmt, 2),
                                  .file = dps_store_str(stmt, 3),
                                  .url = dps_store_str(stmt, 4),
                                  .title = dps_store_str(stmt, 5),
                                  .sentence = (uint32_t)sqlite3_column_int64(stmt, 7),
                                  .n = (uint32_t)sqlite3_column_int64(stmt, 8),
                                  .in_title = sqlite3_column_int(stmt, 9) != 0,
                                  .text = dps_store_str(stmt, 10),
                                  .type = dps_store_str(stmt, 11),
                                  .status = dps_store_str(stmt, 12),
                                  .cameo = dps_store_str(stmt, 13),
                                  .frame = dps_store_str(stmt, 14),
                                  .quad = quad >= 1 && quad <= 4 ? quad : 0,
                                  .score = dps_store_number(stmt, 16),
                                  .goldstein = dps_store_number(stmt, 17),
                                  .confidence = dps_store_number(stmt, 18),
                                  .trigger = span_of(stmt, 19),
                                  .content = span_of(stmt, 22),
                                  .date_text = dps_store_str(stmt, 27),
                                  .place = {.lat = NAN, .lon = NAN, .start = -1, .end = -1},
                                  .deed = dps_store_str(stmt, 28),
                                  .story = dps_store_str(stmt, 29)};
    copy_chars(record->published, sizeof record->published, dps_store_str(stmt, 6));
    copy_chars(record->date, sizeof record->date, dps_store_str(stmt, 25));
    copy_chars(record->date_end, sizeof record->date_end, dps_store_str(stmt, 26));
}

static struct dps_record_party party_of(sqlite3_stmt *stmt, struct dps_arena *arena) {
    return (struct dps_record_party){.text = keep(arena, dps_store_str(stmt, 1)),
                                     .name = keep(arena, dps_store_str(stmt, 2)),
                                     .country = keep(arena, dps_store_str(stmt, 3)),
                                     .sector = keep(arena, dps_store_str(stmt, 4)),
                                     .office = keep(arena, dps_store_str(stmt, 5)),
                                     .id = keep(arena, dps_store_str(stmt, 6)),
                                     .start = dps_store_offset(stmt, 7),
                                     .end = dps_store_offset(stmt, 8)};
}

static sqlite3_stmt *on_event(struct dps_store *store, enum dps_store_sql which, sqlite3_int64 event) {
    sqlite3_stmt *stmt = dps_store_stmt(store, which);
    if (stmt) sqlite3_bind_int64(stmt, 1, event);
    return stmt;
}

/* After the last step of a reading statement. */
static enum dps_status ended(struct dps_store *store, sqlite3_stmt *stmt, int rc, struct dps_error *error) {
    enum dps_status status =
        rc == SQLITE_DONE || rc == SQLITE_ROW ? DPS_OK : dps_store_fail(store, "cannot read", error);
    sqlite3_reset(stmt);
    return status;
}

static enum dps_status read_parties(struct dps_store *store, sqlite3_int64 event, struct dps_arena *arena,
                                    struct dps_record *record, struct dps_error *error) {
    sqlite3_stmt *stmt = on_event(store, DPS_STORE_SQL_GET_PARTIES, event);
    if (!stmt) return dps_store_fail(store, "cannot read", error);
    int rc;
    while ((rc = sqlite3_step(stmt)) == SQLITE_ROW) {
        int role = sqlite3_column_int(stmt, 0);
        if (role == DPS_STORE_ACTOR && record->n_actors < DPS_EVENT_MAX_PARTIES)
            record->actors[record->n_actors++] = party_of(stmt, arena);
        if (role == DPS_STORE_RECIPIENT && record->n_recipients < DPS_EVENT_MAX_PARTIES)
            record->recipients[record->n_recipients++] = party_of(stmt, arena);
        if (role == DPS_STORE_SPEAKER && !record->has_speaker) {
            record->speaker = party_of(stmt, arena);
            record->has_speaker = true;
        }
    }
    return ended(store, stmt, rc, error);
}

static enum dps_status read_list(struct dps_store *store, enum dps_store_sql which, sqlite3_int64 event,
                                 struct dps_arena *arena, struct dps_str *items, unsigned *n, unsigned max,
                                 struct dps_error *error) {
    sqlite3_stmt *stmt = on_event(store, which, event);
    if (!stmt) return dps_store_fail(store, "cannot read", error);
    int rc;
    while ((rc = sqlite3_step(stmt)) == SQLITE_ROW)
        if (*n < max) items[(*n)++] = keep(arena, dps_store_str(stmt, 0));
    return ended(store, stmt, rc, error);
}

static enum dps_status read_place(struct dps_store *store, sqlite3_int64 event, struct dps_arena *arena,
                                  struct dps_record_place *place, struct dps_error *error) {
    sqlite3_stmt *stmt = on_event(store, DPS_STORE_SQL_GET_PLACE, event);
    if (!stmt) return dps_store_fail(store, "cannot read", error);
    int rc = sqlite3_step(stmt);
    if (rc == SQLITE_ROW)
        *place = (struct dps_record_place){.text = keep(arena, dps_store_str(stmt, 0)),
                                           .name = keep(arena, dps_store_str(stmt, 1)),
                                           .country = keep(arena, dps_store_str(stmt, 2)),
                                           .lat = dps_store_number(stmt, 3),
                                           .lon = dps_store_number(stmt, 4),
                                           .start = dps_store_offset(stmt, 5),
                                           .end = dps_store_offset(stmt, 6)};
    return ended(store, stmt, rc, error);
}

static enum dps_status read_record(struct dps_store *store, sqlite3_stmt *stmt, struct dps_arena *arena,
                                   struct dps_record *record, struct dps_error *error) {
    sqlite3_int64 event = sqlite3_column_int64(stmt, 0);
    dps_arena_reset(arena);
    read_event(record, stmt);
    DPS_TRY(read_parties(store, event, arena, record, error));
    DPS_TRY(read_list(store, DPS_STORE_SQL_GET_MODES, event, arena, record->modes, &record->n_modes,
                      DPS_EVENT_MAX_MODES, error));
    DPS_TRY(read_list(store, DPS_STORE_SQL_GET_CONTEXTS, event, arena, record->contexts, &record->n_contexts,
                      DPS_EVENT_MAX_CONTEXTS, error));
    DPS_TRY(read_place(store, event, arena, &record->place, error));
    if (arena->full) return dps_error_set(error, DPS_LIMIT, "'%s': an event is too large", store->path);
    return DPS_OK;
}

static enum dps_status walk(struct dps_store *store, sqlite3_stmt *stmt, dps_store_record_fn *each, void *context,
                            struct dps_error *error) {
    struct dps_arena arena;
    struct dps_record record;
    enum dps_status status = DPS_OK;
    int rc = SQLITE_ROW;
    dps_arena_init(&arena, RECORD_MAX_BYTES);
    while (status == DPS_OK && (rc = sqlite3_step(stmt)) == SQLITE_ROW) {
        status = read_record(store, stmt, &arena, &record, error);
        if (status == DPS_OK) status = each(context, &record, error);
    }
    if (status == DPS_OK && rc != SQLITE_DONE) status = dps_store_fail(store, "cannot read", error);
    dps_arena_release(&arena);
    return status;
}

enum dps_status dps_store_each(struct dps_store *store, const struct dps_store_filter *filter, bool by_date,
                               dps_store_record_fn *each, void *context, struct dps_error *error) {
    struct dps_store_where where;
    sqlite3_stmt *stmt = NULL;
    char query[sizeof events_sql + sizeof by_date_sql];
    sqlite3_snprintf(sizeof query, query, "%s%s", events_sql, by_date ? by_date_sql : by_adding_sql);
    pthread_mutex_lock(&store->lock);
    enum dps_status status = dps_store_where_make(store, filter, DPS_STORE_ASK_EVENTS, &where, error);
    if (status == DPS_OK) {
        status = dps_store_ask(store, query, &where, filter, &stmt, error);
        if (status == DPS_OK) status = walk(store, stmt, each, context, error);
        sqlite3_finalize(stmt);
        dps_store_where_release(&where);
    }
    pthread_mutex_unlock(&store->lock);
    return status;
}

/* ---- articles ---- */

static const char articles_sql[] =
    "SELECT a.id, a.lang, a.title, a.published, a.source, a.url, a.file, c.version, c.frames, a.coded, coalesce(f.n, 0)"
    " FROM articles a JOIN coders c ON c.seq = a.coder"
    " %s (SELECT e.article AS article, count(*) AS n FROM events e JOIN articles a ON a.seq = e.article"
    " JOIN sentences s ON s.article = e.article AND s.number = e.sentence WHERE 1 @ GROUP BY e.article) f ON f.article "
    "= a.seq"
    "%s ORDER BY a.date IS NULL, a.date, a.seq LIMIT :limit";

static enum dps_status walk_articles(struct dps_store *store, sqlite3_stmt *stmt, dps_store_article_fn *each,
                                     void *context, struct dps_error *error) {
    int rc;
    while ((rc = sqlite3_step(stmt)) == SQLITE_ROW) {
        int64_t events = sqlite3_column_int64(stmt, 10);
        struct dps_store_article article = {.id = dps_store_str(stmt, 0),
                                            .lang = dps_store_str(stmt, 1),
                                            .title = dps_store_str(stmt, 2),
                                            .published = dps_store_str(stmt, 3),
                                            .source = dps_store_str(stmt, 4),
                                            .url = dps_store_str(stmt, 5),
                                            .file = dps_store_str(stmt, 6),
                                            .version = dps_store_str(stmt, 7),
                                            .frames = dps_store_str(stmt, 8),
                                            .coded = sqlite3_column_int(stmt, 9) != 0,
                                            .events = events > 0 ? (uint64_t)events : 0};
        DPS_TRY(each(context, &article, error));
    }
    return rc == SQLITE_DONE ? DPS_OK : dps_store_fail(store, "cannot read", error);
}

enum dps_status dps_store_articles(struct dps_store *store, const struct dps_store_filter *filter,
                                   dps_store_article_fn *each, void *context, struct dps_error *error) {
    struct dps_store_where where;
    sqlite3_stmt *stmt = NULL;
    char query[sizeof articles_sql + 64];
    pthread_mutex_lock(&store->lock);
    enum dps_status status = dps_store_where_make(store, filter, DPS_STORE_ASK_EVENTS, &where, error);
    if (status == DPS_OK) {
        sqlite3_snprintf(sizeof query, query, articles_sql, where.narrow ? "JOIN" : "LEFT JOIN",
                         filter->lang ? " WHERE a.lang = :lang" : "");
        status = dps_store_ask(store, query, &where, filter, &stmt, error);
        if (status == DPS_OK) status = walk_articles(store, stmt, each, context, error);
        sqlite3_finalize(stmt);
        dps_store_where_release(&where);
    }
    pthread_mutex_unlock(&store->lock);
    return status;
}
