/* schema.c -- the tables, how a new file gets them, and how a file is told to be one of ours. docs/store.md explains
 * each column.
 *
 * In: a connection. Out: tables, or the reason why the file is no store of this version.
 * How: the schema of a file must equal ours word by word (compared with that of a fresh store in memory); what a user
 * added beside it (an index, a view) is left alone, but a trigger is refused, since it could change what we write. */
#include "store/schema.h"

static const char schema_sql[] =
    "CREATE TABLE coders ("
    " seq INTEGER PRIMARY KEY, version TEXT NOT NULL, frames TEXT NOT NULL, UNIQUE (version, frames)) STRICT;"
    "CREATE TABLE articles ("
    " seq INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, hash TEXT NOT NULL, lang TEXT, title TEXT, published TEXT, "
    "date TEXT,"
    " source TEXT, url TEXT, file TEXT, record INTEGER, text TEXT NOT NULL, coded INTEGER NOT NULL,"
    " coder INTEGER NOT NULL REFERENCES coders) STRICT;"
    "CREATE INDEX articles_by_date ON articles (date);"
    "CREATE TABLE sentences ("
    " seq INTEGER PRIMARY KEY, article INTEGER NOT NULL REFERENCES articles, number INTEGER NOT NULL, in_title INTEGER "
    "NOT NULL,"
    " text TEXT NOT NULL, UNIQUE (article, number)) STRICT;"
    "CREATE VIRTUAL TABLE words USING fts5 ("
    " text, content = 'sentences', content_rowid = 'seq', tokenize = 'unicode61 remove_diacritics 0');"
    "CREATE TABLE events ("
    " seq INTEGER PRIMARY KEY, article INTEGER NOT NULL REFERENCES articles, sentence INTEGER NOT NULL, n INTEGER NOT "
    "NULL,"
    " type TEXT NOT NULL, status TEXT NOT NULL, quad INTEGER, score REAL, cameo TEXT, goldstein REAL,"
    " trigger TEXT, trigger_start INTEGER, trigger_end INTEGER, content TEXT, content_start INTEGER, content_end "
    "INTEGER,"
    " date TEXT, date_end TEXT, date_text TEXT, confidence REAL, frame TEXT, deed TEXT, story TEXT,"
    " UNIQUE (article, sentence, n)) STRICT;"
    "CREATE INDEX events_by_date ON events (date);"
    "CREATE INDEX events_by_type ON events (type, date);"
    "CREATE TABLE parties ("
    " event INTEGER NOT NULL REFERENCES events, role INTEGER NOT NULL, n INTEGER NOT NULL, text TEXT NOT NULL, name "
    "TEXT,"
    " country TEXT, sector TEXT, office TEXT, id TEXT, start INTEGER, \"end\" INTEGER,"
    " PRIMARY KEY (event, role, n)) STRICT, WITHOUT ROWID;"
    "CREATE INDEX parties_by_country ON parties (country, role);"
    "CREATE TABLE modes ("
    " event INTEGER NOT NULL REFERENCES events, n INTEGER NOT NULL, mode TEXT NOT NULL,"
    " PRIMARY KEY (event, n)) STRICT, WITHOUT ROWID;"
    "CREATE TABLE contexts ("
    " event INTEGER NOT NULL REFERENCES events, n INTEGER NOT NULL, context TEXT NOT NULL,"
    " PRIMARY KEY (event, n)) STRICT, WITHOUT ROWID;"
    "CREATE INDEX contexts_by_name ON contexts (context);"
    "CREATE TABLE places ("
    " event INTEGER PRIMARY KEY REFERENCES events, text TEXT NOT NULL, name TEXT, country TEXT, lat REAL, lon REAL,"
    " start INTEGER, \"end\" INTEGER) STRICT;"
    "CREATE INDEX places_by_country ON places (country);";

static enum dps_status run(struct dps_store *store, sqlite3 *db, const char *sql, struct dps_error *error) {
    if (sqlite3_exec(db, sql, NULL, NULL, NULL) == SQLITE_OK) return DPS_OK;
    return dps_store_fail(store, "cannot set up", error);
}

/* The first value of a query's first row. */
static enum dps_status number_of(struct dps_store *store, const char *sql, sqlite3_int64 *value,
                                 struct dps_error *error) {
    sqlite3_stmt *stmt = NULL;
    bool ok = sqlite3_prepare_v2(store->db, sql, -1, &stmt, NULL) == SQLITE_OK && sqlite3_step(stmt) == SQLITE_ROW;
    enum dps_status status = ok ? DPS_OK : dps_store_fail(store, "cannot read", error);
    if (ok) *value = sqlite3_column_int64(stmt, 0);
    sqlite3_finalize(stmt);
    return status;
}

/* An empty database: no table, and nobody's mark. */
static enum dps_status is_empty(struct dps_store *store, bool *empty, struct dps_error *error) {
    sqlite3_int64 objects = 0, application = 0, version = 0;
    DPS_TRY(number_of(store, "SELECT count(*) FROM sqlite_schema", &objects, error));
    DPS_TRY(number_of(store, "PRAGMA application_id", &application, error));
    DPS_TRY(number_of(store, "PRAGMA user_version", &version, error));
    *empty = objects == 0 && application == 0 && version == 0;
    return DPS_OK;
}

static enum dps_status make_tables(struct dps_store *store, struct dps_error *error) {
    char pragmas[128];
    bool empty = false;
    DPS_TRY(is_empty(store, &empty, error)); /* again, now locked: another run may have been faster */
    if (!empty) return DPS_OK;
    sqlite3_snprintf(sizeof pragmas, pragmas, "PRAGMA application_id = %d; PRAGMA user_version = %d;",
                     DPS_STORE_APPLICATION_ID, DPS_STORE_VERSION);
    DPS_TRY(run(store, store->db, schema_sql, error));
    return run(store, store->db, pragmas, error);
}

enum dps_status dps_store_schema_make(struct dps_store *store, struct dps_error *error) {
    bool empty = false;
    DPS_TRY(is_empty(store, &empty, error));
    if (!empty) return DPS_OK;
    /* One transaction: a run killed here leaves an empty file, which the next one takes for new. */
    DPS_TRY(run(store, store->db, "BEGIN EXCLUSIVE", error));
    enum dps_status status = make_tables(store, error);
    if (status == DPS_OK) status = run(store, store->db, "COMMIT", error);
    if (status != DPS_OK) sqlite3_exec(store->db, "ROLLBACK", NULL, NULL, NULL);
    return status;
}

/* Is each object of a fresh store in the file too, with the same words? The shadow tables of FTS5 are its own business.
 */
static enum dps_status compare(struct dps_store *store, sqlite3 *fresh, struct dps_error *error) {
    sqlite3_stmt *ours = NULL, *theirs = NULL;
    enum dps_status status = DPS_OK;
    if (sqlite3_prepare_v2(
            fresh,
            "SELECT name, sql FROM sqlite_schema WHERE sql IS NOT NULL AND name NOT LIKE 'words\\__%' ESCAPE '\\'", -1,
            &ours, NULL) != SQLITE_OK ||
        sqlite3_prepare_v2(store->db, "SELECT 1 FROM sqlite_schema WHERE name = ?1 AND sql = ?2", -1, &theirs, NULL) !=
            SQLITE_OK)
        status = dps_store_fail(store, "cannot read", error);
    while (status == DPS_OK && sqlite3_step(ours) == SQLITE_ROW) {
        const char *name = (const char *)sqlite3_column_text(ours, 0);
        sqlite3_reset(theirs);
        sqlite3_bind_value(theirs, 1, sqlite3_column_value(ours, 0));
        sqlite3_bind_value(theirs, 2, sqlite3_column_value(ours, 1));
        int rc = sqlite3_step(theirs);
        if (rc == SQLITE_DONE)
            status = dps_error_set(error, DPS_STORE, "'%s': damaged store: '%s' is missing or was changed", store->path,
                                   name);
        else if (rc != SQLITE_ROW)
            status = dps_store_fail(store, "cannot read", error);
    }
    sqlite3_finalize(ours);
    sqlite3_finalize(theirs);
    return status;
}

enum dps_status dps_store_schema_check(struct dps_store *store, struct dps_error *error) {
    sqlite3_int64 application = 0, version = 0, triggers = 0;
    DPS_TRY(number_of(store, "PRAGMA application_id", &application, error));
    DPS_TRY(number_of(store, "PRAGMA user_version", &version, error));
    if (application != DPS_STORE_APPLICATION_ID)
        return dps_error_set(error, DPS_STORE,
                             "'%s': a database of another program, not a depesche store; it was left as it is",
                             store->path);
    if (version != DPS_STORE_VERSION)
        return dps_error_set(error, DPS_STORE, "'%s': a store of version %lld, this program knows version %d",
                             store->path, (long long)version, DPS_STORE_VERSION);
    DPS_TRY(number_of(store, "SELECT count(*) FROM sqlite_schema WHERE type = 'trigger'", &triggers, error));
    if (triggers) return dps_error_set(error, DPS_STORE, "'%s': holds a trigger, which a store must not", store->path);
    sqlite3 *fresh = NULL;
    if (sqlite3_open(":memory:", &fresh) != SQLITE_OK ||
        sqlite3_exec(fresh, schema_sql, NULL, NULL, NULL) != SQLITE_OK) {
        sqlite3_close(fresh);
        return dps_error_set(error, DPS_MEMORY, "'%s': out of memory", store->path);
    }
    enum dps_status status = compare(store, fresh, error);
    sqlite3_close(fresh);
    return status;
}
