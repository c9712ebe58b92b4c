/* filter.c -- what a user asks for, as a part of a query with bound parameters. No word of the user's ever becomes SQL.
 *
 * In: struct dps_store_filter. Out: conditions on e (events), a (articles), s (sentences), and what to bind to them.
 * How: dates are compared as text. ':to' gets the suffix "-99", which is behind every day of a month and every month of
 * a year, so that "2022-01" and "2022" work as ends of a range; a stored date that is only a month or a year gets the
 * same when it is the end. */
#include "store/schema.h"

#include "base/date.h"

static enum dps_status check_date(const char *value, const char *which, struct dps_error *error) {
    struct dps_date date;
    if (!value || dps_date_parse(dps_str_of(value), &date)) return DPS_OK;
    return dps_error_set(error, DPS_USAGE, "'%s' is no date for '%s' (write 2022-01-21, 2022-01 or 2022)", value,
                         which);
}

static enum dps_status check_status(const char *value, struct dps_error *error) {
    if (!value || strcmp(value, "any") == 0) return DPS_OK;
    for (size_t i = 0; i < DPS_EVENT_STATUS_COUNT; i++)
        if (strcmp(value, dps_event_status_name((enum dps_event_status)i)) == 0) return DPS_OK;
    return dps_error_set(error, DPS_USAGE,
                         "unknown status '%s' (actual, negated, future, hypothetical, historical, or any)", value);
}

static bool is_code(const char *value) {
    size_t n = strspn(value, "ABCDEFGHIJKLMNOPQRSTUVWXYZ");
    return (n == 3 && value[3] == '\0') || strcmp(value, "---") == 0;
}

/* "%part%" with LIKE's own signs escaped. */
static void pattern_of(struct dps_buffer *out, const char *value) {
    dps_buffer_append_c(out, "%");
    for (const char *c = value; *c; c++) {
        if (strchr("%_\\", *c)) dps_buffer_append_c(out, "\\");
        dps_buffer_append(out, c, 1);
    }
    dps_buffer_append_c(out, "%");
}

#define NAMED(party, parameter)                                                                                        \
    "(" party "name LIKE " parameter " ESCAPE '\\' OR " party "text LIKE " parameter " ESCAPE '\\')"
/* In a meeting (several actors, no recipient) each side is the other's recipient. */
#define AS_RECIPIENT(condition)                                                                                        \
    " AND (e.seq IN (SELECT event FROM parties WHERE role = 1 AND " condition                                          \
    ") OR (e.seq IN (SELECT event FROM parties "                                                                       \
    "WHERE role = 0 AND " condition                                                                                    \
    ") AND (SELECT count(*) FROM parties WHERE event = e.seq AND role = 0) > 1 AND NOT EXISTS "                        \
    "(SELECT 1 FROM parties WHERE event = e.seq AND role = 1)))"

static void ask_parties(const struct dps_store_filter *filter, enum dps_store_question question,
                        struct dps_store_where *where) {
    bool pairs = question == DPS_STORE_ASK_DYADS;
    if (filter->actor) {
        bool code = is_code(filter->actor);
        if (code)
            dps_buffer_append_c(&where->actor, filter->actor);
        else
            pattern_of(&where->actor, filter->actor);
        if (pairs)
            dps_buffer_append_c(&where->pair, code ? " AND x.country = :actor" : " AND " NAMED("x.", ":actor"));
        else
            dps_buffer_append_c(
                &where->sql,
                code ? " AND e.seq IN (SELECT event FROM parties WHERE role = 0 AND country = :actor)"
                     : " AND e.seq IN (SELECT event FROM parties WHERE role = 0 AND " NAMED("", ":actor") ")");
    }
    if (filter->recipient) {
        bool code = is_code(filter->recipient);
        if (code)
            dps_buffer_append_c(&where->recipient, filter->recipient);
        else
            pattern_of(&where->recipient, filter->recipient);
        if (pairs)
            dps_buffer_append_c(&where->pair, code ? " AND y.country = :recipient" : " AND " NAMED("y.", ":recipient"));
        else
            dps_buffer_append_c(&where->sql,
                                code ? AS_RECIPIENT("country = :recipient") : AS_RECIPIENT(NAMED("", ":recipient")));
    }
}

/* "REQUEST" or "REQUEST/yield", in any case of letters. */
static void ask_type(const struct dps_store_filter *filter, struct dps_store_where *where) {
    if (!filter->type) return;
    const char *slash = strchr(filter->type, '/');
    size_t length = slash ? (size_t)(slash - filter->type) : strlen(filter->type);
    dps_buffer_append(&where->type, filter->type, length);
    if (length) dps_buffer_append_c(&where->sql, " AND e.type IN (:type, upper(:type))");
    if (!slash) return;
    where->mode = slash + 1;
    dps_buffer_append_c(&where->sql, " AND e.seq IN (SELECT event FROM modes WHERE mode = :mode)");
}

/* Is `words` a query that FTS5 understands? */
static enum dps_status try_words(struct dps_store *store, const struct dps_buffer *words, bool *understood,
                                 struct dps_error *error) {
    sqlite3_stmt *stmt = dps_store_stmt(store, DPS_STORE_SQL_TRY_WORDS);
    if (!stmt) return dps_store_fail(store, "cannot read", error);
    dps_store_bind_str(stmt, 1, dps_buffer_str(words));
    int rc = sqlite3_step(stmt);
    *understood = rc == SQLITE_ROW || rc == SQLITE_DONE;
    enum dps_status status = *understood || rc == SQLITE_ERROR ? DPS_OK : dps_store_fail(store, "cannot read", error);
    sqlite3_reset(stmt);
    return status;
}

/* Each word in quotation marks, so that "US-Sanktionen" is no subtraction. */
static void quote_words(struct dps_buffer *out, const char *words) {
    bool inside = false;
    for (const char *c = words; *c; c++) {
        bool blank = strchr(" \t\n\r", *c) != NULL;
        if (blank == inside) dps_buffer_append_c(out, inside ? "\" " : "\"");
        inside = !blank;
        if (*c == '"') dps_buffer_append_c(out, "\"");
        if (!blank) dps_buffer_append(out, c, 1);
    }
    if (inside) dps_buffer_append_c(out, "\"");
}

static enum dps_status ask_words(struct dps_store *store, const struct dps_store_filter *filter,
                                 struct dps_store_where *where, struct dps_error *error) {
    bool understood = false;
    if (!filter->text) return DPS_OK;
    dps_buffer_append_c(&where->words, filter->text);
    DPS_TRY(try_words(store, &where->words, &understood, error));
    if (!understood) {
        dps_buffer_clear(&where->words);
        quote_words(&where->words, filter->text);
        DPS_TRY(try_words(store, &where->words, &understood, error));
    }
    if (!understood) return dps_error_set(error, DPS_USAGE, "no words to look for in '%s'", filter->text);
    dps_buffer_append_c(&where->sql, " AND s.seq IN (SELECT rowid FROM words WHERE words MATCH :words)");
    return DPS_OK;
}

static void ask_dates(const struct dps_store_filter *filter, struct dps_store_where *where) {
    if (filter->from) dps_buffer_append_c(&where->sql, " AND coalesce(e.date_end, e.date) || '-99' >= :from");
    if (!filter->to) return;
    dps_buffer_append_c(&where->to, filter->to);
    dps_buffer_append_c(&where->to, "-99");
    dps_buffer_append_c(&where->sql, " AND e.date <= :to");
}

enum dps_status dps_store_where_make(struct dps_store *store, const struct dps_store_filter *filter,
                                     enum dps_store_question question, struct dps_store_where *where,
                                     struct dps_error *error) {
    *where = (struct dps_store_where){0};
    DPS_TRY(check_date(filter->from, "from", error));
    DPS_TRY(check_date(filter->to, "to", error));
    DPS_TRY(check_status(filter->status, error));
    where->status = filter->status ? filter->status : question == DPS_STORE_ASK_EVENTS ? NULL : "actual";
    if (where->status && strcmp(where->status, "any") == 0) where->status = NULL;
    if (where->status) dps_buffer_append_c(&where->sql, " AND e.status = :status");
    ask_dates(filter, where);
    ask_parties(filter, question, where);
    ask_type(filter, where);
    enum dps_status status = ask_words(store, filter, where, error);
    where->narrow = where->sql.length > 0;
    if (filter->lang) dps_buffer_append_c(&where->sql, " AND a.lang = :lang");
    const struct dps_buffer *all[] = {&where->sql,   &where->pair, &where->actor, &where->recipient,
                                      &where->words, &where->type, &where->to};
    for (size_t i = 0; i < sizeof all / sizeof *all && status == DPS_OK; i++)
        if (all[i]->failed) status = dps_error_set(error, DPS_MEMORY, "out of memory");
    if (status != DPS_OK) dps_store_where_release(where);
    return status;
}

static void bind_one(sqlite3_stmt *stmt, const char *name, struct dps_str value) {
    int index = sqlite3_bind_parameter_index(stmt, name);
    if (index && value.data) dps_store_bind_str(stmt, index, value);
}

void dps_store_where_bind(const struct dps_store_where *where, const struct dps_store_filter *filter,
                          sqlite3_stmt *stmt) {
    bind_one(stmt, ":from", dps_str_of(filter->from));
    bind_one(stmt, ":to", dps_buffer_str(&where->to));
    bind_one(stmt, ":actor", dps_buffer_str(&where->actor));
    bind_one(stmt, ":recipient", dps_buffer_str(&where->recipient));
    bind_one(stmt, ":type", dps_buffer_str(&where->type));
    bind_one(stmt, ":mode", dps_str_of(where->mode));
    bind_one(stmt, ":status", dps_str_of(where->status));
    bind_one(stmt, ":words", dps_buffer_str(&where->words));
    bind_one(stmt, ":lang", dps_str_of(filter->lang));
    int limit = sqlite3_bind_parameter_index(stmt, ":limit"); /* LIMIT -1: none */
    if (limit)
        sqlite3_bind_int64(stmt, limit, filter->limit && filter->limit < INT64_MAX ? (sqlite3_int64)filter->limit : -1);
}

void dps_store_where_release(struct dps_store_where *where) {
    dps_buffer_release(&where->sql);
    dps_buffer_release(&where->pair);
    dps_buffer_release(&where->actor);
    dps_buffer_release(&where->recipient);
    dps_buffer_release(&where->words);
    dps_buffer_release(&where->type);
    dps_buffer_release(&where->to);
}

enum dps_status dps_store_ask(struct dps_store *store, const char *query, const struct dps_store_where *where,
                              const struct dps_store_filter *filter, sqlite3_stmt **stmt, struct dps_error *error) {
    struct dps_buffer sql = {0};
    *stmt = NULL;
    for (const char *c = query; *c; c++) {
        if (*c == '@')
            dps_buffer_append_str(&sql, dps_buffer_str(&where->sql));
        else if (*c == '#')
            dps_buffer_append_str(&sql, dps_buffer_str(&where->pair));
        else
            dps_buffer_append(&sql, c, 1);
    }
    enum dps_status status = DPS_OK;
    if (sql.failed)
        status = dps_error_set(error, DPS_MEMORY, "out of memory");
    else if (sqlite3_prepare_v2(store->db, sql.data, -1, stmt, NULL) != SQLITE_OK)
        status = dps_store_fail(store, "cannot read", error);
    else
        dps_store_where_bind(where, filter, *stmt);
    dps_buffer_release(&sql);
    return status;
}
