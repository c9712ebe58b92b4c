/* store.c -- opening a store and adding articles to it.
 *
 * In: an article and its events. Out: rows. How: batches of articles are transactions, an article within one is a
 * savepoint, so that neither a kill nor a failure ever leaves half an article. WAL with synchronous=FULL: what a commit
 * reported is on the disk. Why replace and not keep revisions: a count over the store must not count an article twice
 * because its site corrected a comma. */
#include "store/schema.h"

#include <errno.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>

static const char *const sql_texts[] = {
#define SQL_TEXT(name, sql) sql,
    DPS_STORE_SQL_MAP(SQL_TEXT)
#undef SQL_TEXT
};

/* ---- small helpers ---- */

enum dps_status dps_store_fail(struct dps_store *store, const char *what, struct dps_error *error) {
    int code = store->db ? sqlite3_errcode(store->db) & 0xFF : SQLITE_NOMEM;
    const char *why = store->db ? sqlite3_errmsg(store->db) : "out of memory";
    switch (code) {
    case SQLITE_NOMEM:
        return dps_error_set(error, DPS_MEMORY, "'%s': out of memory", store->path);
    case SQLITE_CORRUPT:
        return dps_error_set(error, DPS_STORE, "'%s': damaged store: %s", store->path, why);
    case SQLITE_NOTADB:
        return dps_error_set(error, DPS_STORE, "'%s': not a depesche store", store->path);
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
        return dps_error_set(error, DPS_STORE, "'%s': in use by another run", store->path);
    case SQLITE_FULL:
    case SQLITE_IOERR:
    case SQLITE_READONLY:
    case SQLITE_PERM:
    case SQLITE_CANTOPEN:
        return dps_error_set(error, DPS_IO, "'%s': %s: %s", store->path, what, why);
    default:
        return dps_error_set(error, DPS_STORE, "'%s': %s: %s", store->path, what, why);
    }
}

sqlite3_stmt *dps_store_stmt(struct dps_store *store, enum dps_store_sql which) {
    sqlite3_stmt **stmt = &store->sql[which];
    if (!*stmt &&
        sqlite3_prepare_v3(store->db, sql_texts[which], -1, SQLITE_PREPARE_PERSISTENT, stmt, NULL) != SQLITE_OK)
        return NULL;
    sqlite3_reset(*stmt);
    sqlite3_clear_bindings(*stmt);
    return *stmt;
}

void dps_store_bind_str(sqlite3_stmt *stmt, int index, struct dps_str value) {
    if (value.data) sqlite3_bind_text64(stmt, index, value.data, value.length, SQLITE_STATIC, SQLITE_UTF8);
}
void dps_store_bind_c(sqlite3_stmt *stmt, int index, const char *value) {
    if (value && value[0]) sqlite3_bind_text(stmt, index, value, -1, SQLITE_STATIC);
}
void dps_store_bind_number(sqlite3_stmt *stmt, int index, double value) {
    if (!isnan(value)) sqlite3_bind_double(stmt, index, value);
}
void dps_store_bind_offset(sqlite3_stmt *stmt, int index, int64_t value) {
    if (value >= 0) sqlite3_bind_int64(stmt, index, value);
}
struct dps_str dps_store_str(sqlite3_stmt *stmt, int column) {
    const char *text = (const char *)sqlite3_column_text(stmt, column);
    return text ? (struct dps_str){text, (size_t)sqlite3_column_bytes(stmt, column)} : (struct dps_str){NULL, 0};
}
double dps_store_number(sqlite3_stmt *stmt, int column) {
    return sqlite3_column_type(stmt, column) == SQLITE_NULL ? NAN : sqlite3_column_double(stmt, column);
}
int64_t dps_store_offset(sqlite3_stmt *stmt, int column) {
    return sqlite3_column_type(stmt, column) == SQLITE_NULL ? -1 : sqlite3_column_int64(stmt, column);
}

/* Run a statement that gives no rows. Its bindings may die afterwards, since it is reset. */
static enum dps_status done(struct dps_store *store, sqlite3_stmt *stmt, struct dps_error *error) {
    int rc = stmt ? sqlite3_step(stmt) : SQLITE_ERROR;
    enum dps_status status = rc == SQLITE_DONE ? DPS_OK : dps_store_fail(store, "cannot store", error);
    if (stmt) sqlite3_reset(stmt);
    return status;
}

static enum dps_status run(struct dps_store *store, enum dps_store_sql which, struct dps_error *error) {
    return done(store, dps_store_stmt(store, which), error);
}

static enum dps_status run_on(struct dps_store *store, enum dps_store_sql which, sqlite3_int64 seq,
                              struct dps_error *error) {
    sqlite3_stmt *stmt = dps_store_stmt(store, which);
    if (stmt) sqlite3_bind_int64(stmt, 1, seq);
    return done(store, stmt, error);
}

/* ---- opening ---- */

/* What lies at `path`: nothing (or an empty file), a database, or something that must not be touched. */
static enum dps_status look(const char *path, bool *exists, struct dps_error *error) {
    static const char magic[] = "SQLite format 3"; /* with its NUL: 16 bytes */
    struct stat info;
    *exists = false;
    if (!path || !path[0]) return dps_error_set(error, DPS_USAGE, "the store needs a file name");
    if (stat(path, &info) != 0) {
        if (errno == ENOENT) return DPS_OK;
        return dps_error_set(error, DPS_IO, "'%s': %s", path, strerror(errno));
    }
    if (!S_ISREG(info.st_mode))
        return dps_error_set(error, DPS_STORE, "'%s': not a file, so not a depesche store", path);
    *exists = info.st_size > 0;
    if (!*exists) return DPS_OK;
    char head[sizeof magic] = {0};
    FILE *file = fopen(path, "rb");
    if (!file) return dps_error_set(error, DPS_IO, "'%s': %s", path, strerror(errno));
    size_t n = fread(head, 1, sizeof head, file);
    fclose(file);
    if (n < sizeof head || memcmp(head, magic, sizeof magic) != 0)
        return dps_error_set(error, DPS_STORE, "'%s': not a depesche store; it was left as it is", path);
    return DPS_OK;
}

static char *copy_of(const char *text) {
    size_t size = strlen(text) + 1;
    char *copy = malloc(size);
    if (copy) memcpy(copy, text, size);
    return copy;
}

/* SQLite takes names with ':' in front for its own purposes, and URIs need escapes; so an own spelling of each. */
static char *uri_of(const char *path, bool read_only, bool immutable) {
    sqlite3_str *uri = sqlite3_str_new(NULL);
    sqlite3_str_appendall(uri, path[0] == '/' ? "file:" : "file:./");
    for (const char *c = path; *c; c++) {
        if ((*c >= 'a' && *c <= 'z') || (*c >= 'A' && *c <= 'Z') || (*c >= '0' && *c <= '9') || strchr("/._-", *c))
            sqlite3_str_appendchar(uri, 1, *c);
        else
            sqlite3_str_appendf(uri, "%%%02x", (unsigned)(unsigned char)*c);
    }
    sqlite3_str_appendall(uri, read_only ? "?mode=ro" : "?mode=rwc");
    if (immutable) sqlite3_str_appendall(uri, "&immutable=1");
    return sqlite3_str_finish(uri);
}

static enum dps_status connect_to(struct dps_store *store, bool immutable, struct dps_error *error) {
    char *uri = uri_of(store->path, !store->writable, immutable);
    if (!uri) return dps_error_set(error, DPS_MEMORY, "'%s': out of memory", store->path);
    int flags = SQLITE_OPEN_URI | SQLITE_OPEN_NOMUTEX |
                (store->writable ? SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE : SQLITE_OPEN_READONLY);
    int rc = sqlite3_open_v2(uri, &store->db, flags, NULL);
    sqlite3_free(uri);
    if (rc != SQLITE_OK) return dps_store_fail(store, "cannot open", error);
    sqlite3_busy_timeout(store->db, DPS_STORE_BUSY_SECONDS * 1000);
    sqlite3_db_config(store->db, SQLITE_DBCONFIG_DEFENSIVE, 1, (int *)NULL);
    sqlite3_db_config(store->db, SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0, (int *)NULL);
    sqlite3_db_config(store->db, SQLITE_DBCONFIG_ENABLE_TRIGGER, 0, (int *)NULL);
    sqlite3_limit(store->db, SQLITE_LIMIT_ATTACHED, 0);
    /* The first true access to the file; temp_store: sorting must not need a writable folder. */
    if (sqlite3_exec(store->db,
                     "PRAGMA cell_size_check = ON; PRAGMA temp_store = MEMORY; PRAGMA cache_size = -32768;"
                     "SELECT count(*) FROM sqlite_schema",
                     NULL, NULL, NULL) != SQLITE_OK)
        return dps_store_fail(store, "cannot open", error);
    return DPS_OK;
}

static void disconnect(struct dps_store *store) {
    for (size_t i = 0; i < DPS_STORE_SQL_COUNT; i++) {
        sqlite3_finalize(store->sql[i]);
        store->sql[i] = NULL;
    }
    sqlite3_close_v2(store->db);
    store->db = NULL;
}

static struct dps_store *store_new(const char *path, const char *version, const char *frames, bool writable) {
    struct dps_store *store = calloc(1, sizeof *store);
    if (!store) return NULL;
    store->path = copy_of(path);
    store->version = copy_of(version ? version : "");
    store->frames = copy_of(frames ? frames : "");
    store->writable = writable;
    if (pthread_mutex_init(&store->lock, NULL) != 0 || !store->path || !store->version || !store->frames) {
        free(store->path);
        free(store->version);
        free(store->frames);
        free(store);
        return NULL;
    }
    return store;
}

void dps_store_drop(struct dps_store *store) {
    if (!store) return;
    if (store->db && store->open) sqlite3_exec(store->db, "ROLLBACK", NULL, NULL, NULL);
    disconnect(store);
    pthread_mutex_destroy(&store->lock);
    free(store->path);
    free(store->version);
    free(store->frames);
    free(store);
}

static enum dps_status set_up(struct dps_store *store, struct dps_error *error) {
    DPS_TRY(connect_to(store, false, error));
    DPS_TRY(dps_store_schema_make(store, error));
    DPS_TRY(dps_store_schema_check(store, error));
    /* A file system without shared memory refuses WAL; then the rollback journal stays, slower and as safe. */
    if (sqlite3_exec(store->db, "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL;", NULL, NULL, NULL) != SQLITE_OK)
        return dps_store_fail(store, "cannot open", error);
    return DPS_OK;
}

enum dps_status dps_store_open(struct dps_store **out, const char *path, const struct dps_store_coder *coder,
                               struct dps_error *error) {
    bool exists;
    *out = NULL;
    DPS_TRY(look(path, &exists, error));
    struct dps_store *store = store_new(path, coder->version, coder->frames, true);
    if (!store) return dps_error_set(error, DPS_MEMORY, "'%s': out of memory", path);
    enum dps_status status = set_up(store, error);
    if (status != DPS_OK) {
        dps_store_drop(store);
        return status;
    }
    *out = store;
    return DPS_OK;
}

/* No write-ahead log lies beside the file, so it is whole in itself and may be read from a folder where nothing can be
 * written. */
static bool is_whole(const char *path) {
    char *log = sqlite3_mprintf("%s-wal", path);
    struct stat info;
    bool whole = log && (stat(log, &info) != 0 || info.st_size == 0);
    sqlite3_free(log);
    return whole;
}

enum dps_status dps_store_open_read(struct dps_store **out, const char *path, struct dps_error *error) {
    bool exists;
    *out = NULL;
    DPS_TRY(look(path, &exists, error));
    if (!exists)
        return dps_error_set(error, DPS_STORE, "'%s': no such store (depesche add '%s' FILE... makes one)", path, path);
    struct dps_store *store = store_new(path, NULL, NULL, false);
    if (!store) return dps_error_set(error, DPS_MEMORY, "'%s': out of memory", path);
    enum dps_status status = connect_to(store, false, error);
    if (status == DPS_IO && is_whole(path)) {
        disconnect(store);
        status = connect_to(store, true, error);
    }
    if (status == DPS_OK) status = dps_store_schema_check(store, error);
    if (status != DPS_OK) {
        dps_store_drop(store);
        return status;
    }
    *out = store;
    return DPS_OK;
}

/* ---- batches ---- */

/* SQLite itself gives up a transaction on some failures (a full disk); then no batch is open any more. */
static void settle(struct dps_store *store) {
    if (store->open && sqlite3_get_autocommit(store->db)) {
        store->open = false;
        store->coder = 0;
    }
}

static enum dps_status begin(struct dps_store *store, struct dps_error *error) {
    if (store->open) return DPS_OK;
    DPS_TRY(run(store, DPS_STORE_SQL_BEGIN, error));
    store->open = true;
    store->batch = 0;
    store->coder = 0;
    clock_gettime(CLOCK_MONOTONIC, &store->since);
    return DPS_OK;
}

static enum dps_status commit(struct dps_store *store, struct dps_error *error) {
    if (!store->open) return DPS_OK;
    enum dps_status status = run(store, DPS_STORE_SQL_COMMIT, error);
    if (status != DPS_OK) {
        sqlite3_exec(store->db, "ROLLBACK", NULL, NULL, NULL);
        store->coder = 0;
    }
    store->open = false;
    return status;
}

static bool is_due(const struct dps_store *store) {
    struct timespec now;
    if (store->batch >= DPS_STORE_BATCH_ARTICLES) return true;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return now.tv_sec - store->since.tv_sec >= DPS_STORE_BATCH_SECONDS;
}

enum dps_status dps_store_flush(struct dps_store *store, struct dps_error *error) {
    pthread_mutex_lock(&store->lock);
    enum dps_status status = commit(store, error);
    pthread_mutex_unlock(&store->lock);
    return status;
}

enum dps_status dps_store_close(struct dps_store *store, struct dps_error *error) {
    if (!store) return DPS_OK;
    enum dps_status status = store->writable ? commit(store, error) : DPS_OK;
    dps_store_drop(store);
    return status;
}

/* ---- adding ---- */

enum { HASH_SIZE = 17 };

/* A fingerprint of what was read: the same words under the same heading, day and address. The file's name is no part of
 * it. */
static void hash_of(const struct dps_article *article, char out[HASH_SIZE]) {
    char published[40] = "", parts[6 * HASH_SIZE];
    if (dps_date_known(article->published.date)) dps_time_format(article->published, published);
    const struct dps_str fields[] = {article->title,        article->text, dps_str_of(article->lang),
                                     dps_str_of(published), article->url,  article->source};
    for (size_t i = 0; i < 6; i++)
        snprintf(parts + i * (HASH_SIZE - 1), HASH_SIZE, "%016llx", (unsigned long long)dps_str_hash(fields[i]));
    snprintf(out, HASH_SIZE, "%016llx", (unsigned long long)dps_str_hash(dps_str_of(parts)));
}

/* This run's row in coders; makes it if `make`. store->coder stays 0 when there is none. */
static enum dps_status find_coder(struct dps_store *store, bool make, struct dps_error *error) {
    for (int turn = 0; turn < 2 && store->coder == 0; turn++) {
        sqlite3_stmt *stmt = dps_store_stmt(store, turn && make ? DPS_STORE_SQL_ADD_CODER : DPS_STORE_SQL_FIND_CODER);
        if (!stmt) return dps_store_fail(store, "cannot store", error);
        sqlite3_bind_text(stmt, 1, store->version, -1, SQLITE_STATIC);
        sqlite3_bind_text(stmt, 2, store->frames, -1, SQLITE_STATIC);
        int rc = sqlite3_step(stmt);
        if (rc == SQLITE_ROW) store->coder = sqlite3_column_int64(stmt, 0);
        if (rc == SQLITE_DONE && turn && make) store->coder = sqlite3_last_insert_rowid(store->db);
        sqlite3_reset(stmt);
        if (rc != SQLITE_ROW && rc != SQLITE_DONE) return dps_store_fail(store, "cannot store", error);
        if (!make) break;
    }
    return DPS_OK;
}

/* *seq: the stored article of that id, 0: none; *same: with this content and coder. */
static enum dps_status find_article(struct dps_store *store, const struct dps_article *article, const char *hash,
                                    sqlite3_int64 *seq, bool *same, struct dps_error *error) {
    *seq = 0;
    *same = false;
    DPS_TRY(find_coder(store, false, error));
    sqlite3_stmt *stmt = dps_store_stmt(store, DPS_STORE_SQL_FIND_ARTICLE);
    if (!stmt) return dps_store_fail(store, "cannot read", error);
    dps_store_bind_str(stmt, 1, article->id);
    int rc = sqlite3_step(stmt);
    if (rc == SQLITE_ROW) {
        *seq = sqlite3_column_int64(stmt, 0);
        *same = dps_str_is(dps_store_str(stmt, 1), hash) && store->coder != 0 &&
                sqlite3_column_int64(stmt, 2) == store->coder;
    }
    enum dps_status status =
        rc == SQLITE_ROW || rc == SQLITE_DONE ? DPS_OK : dps_store_fail(store, "cannot read", error);
    sqlite3_reset(stmt);
    return status;
}

enum dps_status dps_store_known(struct dps_store *store, const struct dps_article *article, bool *known,
                                struct dps_error *error) {
    char hash[HASH_SIZE];
    sqlite3_int64 seq;
    hash_of(article, hash);
    pthread_mutex_lock(&store->lock);
    enum dps_status status = find_article(store, article, hash, &seq, known, error);
    pthread_mutex_unlock(&store->lock);
    return status;
}

static void bind_known(sqlite3_stmt *stmt, int index, struct dps_str value) {
    if (value.length) dps_store_bind_str(stmt, index, value);
}

/* Write the article's row; *seq 0: a new one, whose number it becomes. */
static enum dps_status put_article(struct dps_store *store, const struct dps_article *article, const char *hash,
                                   bool coded, sqlite3_int64 *seq, struct dps_error *error) {
    char published[40] = "", date[16] = "";
    if (dps_date_known(article->published.date)) {
        dps_time_format(article->published, published);
        dps_date_format(article->published.date, date);
    }
    sqlite3_stmt *stmt = dps_store_stmt(store, *seq ? DPS_STORE_SQL_SET_ARTICLE : DPS_STORE_SQL_ADD_ARTICLE);
    if (!stmt) return dps_store_fail(store, "cannot store", error);
    dps_store_bind_str(stmt, 1, article->id);
    dps_store_bind_c(stmt, 2, hash);
    dps_store_bind_c(stmt, 3, article->lang);
    bind_known(stmt, 4, article->title);
    dps_store_bind_c(stmt, 5, published);
    dps_store_bind_c(stmt, 6, date);
    bind_known(stmt, 7, article->source);
    bind_known(stmt, 8, article->url);
    bind_known(stmt, 9, article->file);
    sqlite3_bind_int64(stmt, 10, article->record);
    dps_store_bind_str(stmt, 11, article->text.data ? article->text : DPS_STR(""));
    sqlite3_bind_int(stmt, 12, coded);
    sqlite3_bind_int64(stmt, 13, store->coder);
    if (*seq) sqlite3_bind_int64(stmt, 14, *seq);
    DPS_TRY(done(store, stmt, error));
    if (!*seq) *seq = sqlite3_last_insert_rowid(store->db);
    return DPS_OK;
}

/* Everything below an article; the words' index first, since it needs the sentences' text. */
static enum dps_status drop_events(struct dps_store *store, sqlite3_int64 article, struct dps_error *error) {
    static const enum dps_store_sql order[] = {
        DPS_STORE_SQL_DROP_WORDS,    DPS_STORE_SQL_DROP_SENTENCES, DPS_STORE_SQL_DROP_PARTIES, DPS_STORE_SQL_DROP_MODES,
        DPS_STORE_SQL_DROP_CONTEXTS, DPS_STORE_SQL_DROP_PLACES,    DPS_STORE_SQL_DROP_EVENTS};
    for (size_t i = 0; i < sizeof order / sizeof *order; i++) DPS_TRY(run_on(store, order[i], article, error));
    return DPS_OK;
}

static enum dps_status put_sentence(struct dps_store *store, sqlite3_int64 article, const struct dps_record *record,
                                    struct dps_error *error) {
    sqlite3_stmt *stmt = dps_store_stmt(store, DPS_STORE_SQL_ADD_SENTENCE);
    if (!stmt) return dps_store_fail(store, "cannot store", error);
    sqlite3_bind_int64(stmt, 1, article);
    sqlite3_bind_int64(stmt, 2, record->sentence);
    sqlite3_bind_int(stmt, 3, record->in_title);
    dps_store_bind_str(stmt, 4, record->text.data ? record->text : DPS_STR(""));
    DPS_TRY(done(store, stmt, error));
    sqlite3_int64 seq = sqlite3_last_insert_rowid(store->db);
    stmt = dps_store_stmt(store, DPS_STORE_SQL_ADD_WORDS);
    if (!stmt) return dps_store_fail(store, "cannot store", error);
    sqlite3_bind_int64(stmt, 1, seq);
    dps_store_bind_str(stmt, 2, record->text.data ? record->text : DPS_STR(""));
    return done(store, stmt, error);
}

static enum dps_status put_event(struct dps_store *store, sqlite3_int64 article, const struct dps_record *record,
                                 sqlite3_int64 *seq, struct dps_error *error) {
    sqlite3_stmt *stmt = dps_store_stmt(store, DPS_STORE_SQL_ADD_EVENT);
    if (!stmt) return dps_store_fail(store, "cannot store", error);
    sqlite3_bind_int64(stmt, 1, article);
    sqlite3_bind_int64(stmt, 2, record->sentence);
    sqlite3_bind_int64(stmt, 3, record->n);
    dps_store_bind_str(stmt, 4, record->type);
    dps_store_bind_str(stmt, 5, record->status);
    if (record->quad) sqlite3_bind_int(stmt, 6, record->quad);
    dps_store_bind_number(stmt, 7, record->score);
    dps_store_bind_str(stmt, 8, record->cameo);
    dps_store_bind_number(stmt, 9, record->goldstein);
    dps_store_bind_str(stmt, 10, record->trigger.text);
    dps_store_bind_offset(stmt, 11, record->trigger.start);
    dps_store_bind_offset(stmt, 12, record->trigger.end);
    dps_store_bind_str(stmt, 13, record->content.text);
    dps_store_bind_offset(stmt, 14, record->content.start);
    dps_store_bind_offset(stmt, 15, record->content.end);
    dps_store_bind_c(stmt, 16, record->date);
    dps_store_bind_c(stmt, 17, record->date_end);
    dps_store_bind_str(stmt, 18, record->date_text);
    dps_store_bind_number(stmt, 19, record->confidence);
    dps_store_bind_str(stmt, 20, record->frame);
    dps_store_bind_str(stmt, 21, record->deed);
    dps_store_bind_str(stmt, 22, record->story);
    DPS_TRY(done(store, stmt, error));
    *seq = sqlite3_last_insert_rowid(store->db);
    return DPS_OK;
}

static enum dps_status put_parties(struct dps_store *store, sqlite3_int64 event, enum dps_store_role role,
                                   const struct dps_record_party *parties, unsigned n, struct dps_error *error) {
    for (unsigned i = 0; i < n; i++) {
        sqlite3_stmt *stmt = dps_store_stmt(store, DPS_STORE_SQL_ADD_PARTY);
        if (!stmt) return dps_store_fail(store, "cannot store", error);
        sqlite3_bind_int64(stmt, 1, event);
        sqlite3_bind_int(stmt, 2, (int)role);
        sqlite3_bind_int64(stmt, 3, i);
        dps_store_bind_str(stmt, 4, parties[i].text);
        dps_store_bind_str(stmt, 5, parties[i].name);
        dps_store_bind_str(stmt, 6, parties[i].country);
        dps_store_bind_str(stmt, 7, parties[i].sector);
        dps_store_bind_str(stmt, 8, parties[i].office);
        dps_store_bind_str(stmt, 9, parties[i].id);
        dps_store_bind_offset(stmt, 10, parties[i].start);
        dps_store_bind_offset(stmt, 11, parties[i].end);
        DPS_TRY(done(store, stmt, error));
    }
    return DPS_OK;
}

static enum dps_status put_list(struct dps_store *store, sqlite3_int64 event, enum dps_store_sql which,
                                const struct dps_str *items, unsigned n, struct dps_error *error) {
    for (unsigned i = 0; i < n; i++) {
        sqlite3_stmt *stmt = dps_store_stmt(store, which);
        if (!stmt) return dps_store_fail(store, "cannot store", error);
        sqlite3_bind_int64(stmt, 1, event);
        sqlite3_bind_int64(stmt, 2, i);
        dps_store_bind_str(stmt, 3, items[i]);
        DPS_TRY(done(store, stmt, error));
    }
    return DPS_OK;
}

static enum dps_status put_place(struct dps_store *store, sqlite3_int64 event, const struct dps_record_place *place,
                                 struct dps_error *error) {
    if (!place->text.data) return DPS_OK;
    sqlite3_stmt *stmt = dps_store_stmt(store, DPS_STORE_SQL_ADD_PLACE);
    if (!stmt) return dps_store_fail(store, "cannot store", error);
    sqlite3_bind_int64(stmt, 1, event);
    dps_store_bind_str(stmt, 2, place->text);
    dps_store_bind_str(stmt, 3, place->name);
    dps_store_bind_str(stmt, 4, place->country);
    dps_store_bind_number(stmt, 5, place->lat);
    dps_store_bind_number(stmt, 6, place->lon);
    dps_store_bind_offset(stmt, 7, place->start);
    dps_store_bind_offset(stmt, 8, place->end);
    return done(store, stmt, error);
}

static enum dps_status put_record(struct dps_store *store, sqlite3_int64 article, const struct dps_record *record,
                                  struct dps_error *error) {
    sqlite3_int64 event = 0;
    DPS_TRY(put_event(store, article, record, &event, error));
    DPS_TRY(put_parties(store, event, DPS_STORE_ACTOR, record->actors, record->n_actors, error));
    DPS_TRY(put_parties(store, event, DPS_STORE_RECIPIENT, record->recipients, record->n_recipients, error));
    if (record->has_speaker) DPS_TRY(put_parties(store, event, DPS_STORE_SPEAKER, &record->speaker, 1, error));
    DPS_TRY(put_list(store, event, DPS_STORE_SQL_ADD_MODE, record->modes, record->n_modes, error));
    DPS_TRY(put_list(store, event, DPS_STORE_SQL_ADD_CONTEXT, record->contexts, record->n_contexts, error));
    return put_place(store, event, &record->place, error);
}

static enum dps_status put_all(struct dps_store *store, const struct dps_article *article, const char *hash,
                               const struct dps_text *text, const struct dps_events *events, sqlite3_int64 seq,
                               struct dps_error *error) {
    if (seq) DPS_TRY(drop_events(store, seq, error));
    DPS_TRY(find_coder(store, true, error));
    DPS_TRY(put_article(store, article, hash, events != NULL, &seq, error));
    for (uint32_t i = 0; events && i < events->n_events; i++) {
        struct dps_record record;
        dps_store_record_make(&record, article, text, &events->events[i]);
        if (i == 0 || events->events[i].sentence != events->events[i - 1].sentence) /* E1: sorted by sentence */
            DPS_TRY(put_sentence(store, seq, &record, error));
        DPS_TRY(put_record(store, seq, &record, error));
    }
    return DPS_OK;
}

static enum dps_status add_locked(struct dps_store *store, const struct dps_article *article,
                                  const struct dps_text *text, const struct dps_events *events,
                                  enum dps_store_outcome *outcome, struct dps_error *error) {
    char hash[HASH_SIZE];
    sqlite3_int64 seq;
    bool same;
    hash_of(article, hash);
    DPS_TRY(find_article(store, article, hash, &seq, &same, error));
    if (!same && !store->open) { /* look again within the transaction: another run may have added it meanwhile */
        DPS_TRY(begin(store, error));
        DPS_TRY(find_article(store, article, hash, &seq, &same, error));
    }
    *outcome = same ? DPS_STORE_SAME : seq ? DPS_STORE_REPLACED : DPS_STORE_ADDED;
    if (same) return DPS_OK;
    DPS_TRY(run(store, DPS_STORE_SQL_SAVE, error));
    enum dps_status status = put_all(store, article, hash, text, events, seq, error);
    if (status != DPS_OK) {
        settle(store);
        if (store->open) { /* undo this article, keep the batch; the coder's row may have gone with it */
            run(store, DPS_STORE_SQL_UNDO, NULL);
            run(store, DPS_STORE_SQL_KEEP, NULL);
            store->coder = 0;
        }
        return status;
    }
    DPS_TRY(run(store, DPS_STORE_SQL_KEEP, error));
    store->batch++;
    return DPS_OK;
}

enum dps_status dps_store_add(struct dps_store *store, const struct dps_article *article, const struct dps_text *text,
                              const struct dps_events *events, enum dps_store_outcome *outcome,
                              struct dps_error *error) {
    enum dps_store_outcome what = DPS_STORE_SAME;
    pthread_mutex_lock(&store->lock);
    enum dps_status status = add_locked(store, article, text, events, &what, error);
    if (store->open && is_due(store)) {
        enum dps_status committed = commit(store, status == DPS_OK ? error : NULL);
        if (status == DPS_OK) status = committed;
    }
    pthread_mutex_unlock(&store->lock);
    if (outcome) *outcome = what;
    return status;
}
