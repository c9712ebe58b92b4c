/* count.c -- counts over the store: by period, by pair of countries.
 *
 * In: a filter. Out: one line of counts at a time. Only deeds told as done (status "actual") are counted unless the
 * filter says otherwise: a curve in which a denied attack counts like an attack would mislead. */
#include "store/schema.h"

#include <math.h>

/* The period of an event is that of its first day. Monday of a week: six days back, then the next Monday. */
static const char *const period_sql[] = {"e.date", "coalesce(date(e.date, '-6 days', 'weekday 1'), e.date)",
                                         "substr(e.date, 1, 7)"};

#define COUNTS                                                                                                         \
    "count(*), count(DISTINCT article), sum(quad IS NULL), sum(quad = 1), sum(quad = 2), sum(quad = 3), sum(quad = "   \
    "4), avg(score)"

static const char timeline_sql[] =
    "SELECT " COUNTS ", period, NULL, NULL, NULL FROM (SELECT e.article, e.quad, e.score, %s AS period FROM events e"
    " JOIN articles a ON a.seq = e.article JOIN sentences s ON s.article = e.article AND s.number = e.sentence WHERE 1 "
    "@)"
    " GROUP BY period ORDER BY period IS NULL, period LIMIT :limit";

static const char dyads_sql[] =
    "WITH chosen AS (SELECT e.seq, e.article, e.date, coalesce(e.date_end, e.date) AS last, e.quad, e.score FROM "
    "events e"
    " JOIN articles a ON a.seq = e.article JOIN sentences s ON s.article = e.article AND s.number = e.sentence WHERE 1 "
    "@),"
    " pairs AS (SELECT DISTINCT c.*, x.country AS actor, y.country AS recipient FROM chosen c"
    " JOIN parties x ON x.event = c.seq AND x.role = 0 JOIN parties y ON y.event = c.seq"
    " WHERE x.country <> '---' AND y.country <> '---' AND (y.role = 1 OR (y.role = 0 AND y.country <> x.country"
    " AND NOT EXISTS (SELECT 1 FROM parties r WHERE r.event = c.seq AND r.role = 1))) #)"
    " SELECT " COUNTS ", actor, recipient, min(date), max(last) FROM pairs"
    " GROUP BY actor, recipient ORDER BY count(*) DESC, actor, recipient LIMIT :limit";

static uint64_t count_of(sqlite3_stmt *stmt, int column) {
    sqlite3_int64 value = sqlite3_column_int64(stmt, column);
    return value > 0 ? (uint64_t)value : 0;
}

static enum dps_status walk(struct dps_store *store, sqlite3_stmt *stmt, bool dyads, dps_store_count_fn *each,
                            void *context, struct dps_error *error) {
    int rc;
    while ((rc = sqlite3_step(stmt)) == SQLITE_ROW) {
        struct dps_store_count count = {
            .events = count_of(stmt, 0), .articles = count_of(stmt, 1), .score = dps_store_number(stmt, 7)};
        for (int quad = 0; quad < 5; quad++) count.quads[quad] = count_of(stmt, 2 + quad);
        if (dyads) {
            count.actor = dps_store_str(stmt, 8);
            count.recipient = dps_store_str(stmt, 9);
            count.first = dps_store_str(stmt, 10);
            count.last = dps_store_str(stmt, 11);
        } else {
            count.period = dps_store_str(stmt, 8);
        }
        DPS_TRY(each(context, &count, error));
    }
    return rc == SQLITE_DONE ? DPS_OK : dps_store_fail(store, "cannot read", error);
}

static enum dps_status count(struct dps_store *store, const struct dps_store_filter *filter,
                             enum dps_store_question question, const char *query, dps_store_count_fn *each,
                             void *context, struct dps_error *error) {
    struct dps_store_where where;
    sqlite3_stmt *stmt = NULL;
    pthread_mutex_lock(&store->lock);
    enum dps_status status = dps_store_where_make(store, filter, question, &where, error);
    if (status == DPS_OK) {
        status = dps_store_ask(store, query, &where, filter, &stmt, error);
        if (status == DPS_OK) status = walk(store, stmt, question == DPS_STORE_ASK_DYADS, each, context, error);
        sqlite3_finalize(stmt);
        dps_store_where_release(&where);
    }
    pthread_mutex_unlock(&store->lock);
    return status;
}

enum dps_status dps_store_timeline(struct dps_store *store, const struct dps_store_filter *filter,
                                   enum dps_store_period period, dps_store_count_fn *each, void *context,
                                   struct dps_error *error) {
    char query[sizeof timeline_sql + 96];
    sqlite3_snprintf(sizeof query, query, timeline_sql, period_sql[period]);
    return count(store, filter, DPS_STORE_ASK_TIMELINE, query, each, context, error);
}

enum dps_status dps_store_dyads(struct dps_store *store, const struct dps_store_filter *filter,
                                dps_store_count_fn *each, void *context, struct dps_error *error) {
    return count(store, filter, DPS_STORE_ASK_DYADS, dyads_sql, each, context, error);
}
