/* schema.h -- inside store/ only: the tables as SQL, the handle, and small helpers over SQLite's interface. */
#ifndef DPS_STORE_SCHEMA_H
#define DPS_STORE_SCHEMA_H

#include "store/store.h"

#include <pthread.h>
#include <sqlite3.h>
#include <time.h>

/* Statements that are prepared once. */
#define DPS_STORE_SQL_MAP(X)                                                                                           \
    X(BEGIN, "BEGIN IMMEDIATE")                                                                                        \
    X(COMMIT, "COMMIT")                                                                                                \
    X(ROLLBACK, "ROLLBACK")                                                                                            \
    X(SAVE, "SAVEPOINT article")                                                                                       \
    X(KEEP, "RELEASE article")                                                                                         \
    X(UNDO, "ROLLBACK TO article")                                                                                     \
    X(FIND_ARTICLE, "SELECT seq, hash, coder FROM articles WHERE id = ?1")                                             \
    X(ADD_CODER, "INSERT OR IGNORE INTO coders (version, frames) VALUES (?1, ?2)")                                     \
    X(FIND_CODER, "SELECT seq FROM coders WHERE version = ?1 AND frames = ?2")                                         \
    X(ADD_ARTICLE,                                                                                                     \
      "INSERT INTO articles (id, hash, lang, title, published, date, source, url, file, record, text, coded, "         \
      "coder) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13)")                                        \
    X(SET_ARTICLE,                                                                                                     \
      "UPDATE articles SET id = ?1, hash = ?2, lang = ?3, title = ?4, published = ?5, date = ?6, source = ?7, "        \
      "url = ?8, file = ?9, record = ?10, text = ?11, coded = ?12, coder = ?13 WHERE seq = ?14")                       \
    X(DROP_WORDS,                                                                                                      \
      "INSERT INTO words (words, rowid, text) SELECT 'delete', seq, text FROM sentences WHERE article = ?1")           \
    X(DROP_SENTENCES, "DELETE FROM sentences WHERE article = ?1")                                                      \
    X(DROP_PARTIES, "DELETE FROM parties WHERE event IN (SELECT seq FROM events WHERE article = ?1)")                  \
    X(DROP_MODES, "DELETE FROM modes WHERE event IN (SELECT seq FROM events WHERE article = ?1)")                      \
    X(DROP_CONTEXTS, "DELETE FROM contexts WHERE event IN (SELECT seq FROM events WHERE article = ?1)")                \
    X(DROP_PLACES, "DELETE FROM places WHERE event IN (SELECT seq FROM events WHERE article = ?1)")                    \
    X(DROP_EVENTS, "DELETE FROM events WHERE article = ?1")                                                            \
    X(ADD_SENTENCE, "INSERT INTO sentences (article, number, in_title, text) VALUES (?1, ?2, ?3, ?4)")                 \
    X(ADD_WORDS, "INSERT INTO words (rowid, text) VALUES (?1, ?2)")                                                    \
    X(ADD_EVENT,                                                                                                       \
      "INSERT INTO events (article, sentence, n, type, status, quad, score, cameo, goldstein, trigger, "               \
      "trigger_start, trigger_end, content, content_start, content_end, date, date_end, date_text, "                   \
      "confidence, frame, deed, story) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, "          \
      "?15, ?16, ?17, ?18, ?19, ?20, ?21, ?22)")                                                                       \
    X(ADD_PARTY, "INSERT INTO parties (event, role, n, text, name, country, sector, office, id, start, \"end\") "      \
                 "VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11)")                                              \
    X(ADD_MODE, "INSERT INTO modes (event, n, mode) VALUES (?1, ?2, ?3)")                                              \
    X(ADD_CONTEXT, "INSERT INTO contexts (event, n, context) VALUES (?1, ?2, ?3)")                                     \
    X(ADD_PLACE, "INSERT INTO places (event, text, name, country, lat, lon, start, \"end\") "                          \
                 "VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)")                                                            \
    X(GET_PARTIES, "SELECT role, text, name, country, sector, office, id, start, \"end\" FROM parties "                \
                   "WHERE event = ?1 ORDER BY role, n")                                                                \
    X(GET_MODES, "SELECT mode FROM modes WHERE event = ?1 ORDER BY n")                                                 \
    X(GET_CONTEXTS, "SELECT context FROM contexts WHERE event = ?1 ORDER BY n")                                        \
    X(GET_PLACE, "SELECT text, name, country, lat, lon, start, \"end\" FROM places WHERE event = ?1")                  \
    X(TRY_WORDS, "SELECT rowid FROM words WHERE words MATCH ?1 LIMIT 1")

enum dps_store_sql {
#define DPS_STORE_SQL_ENUM(name, sql) DPS_STORE_SQL_##name,
    DPS_STORE_SQL_MAP(DPS_STORE_SQL_ENUM)
#undef DPS_STORE_SQL_ENUM
        DPS_STORE_SQL_COUNT
};

enum dps_store_role { DPS_STORE_ACTOR, DPS_STORE_RECIPIENT, DPS_STORE_SPEAKER }; /* parties.role */

struct dps_store {
    sqlite3 *db;
    char *path;                             /* for messages */
    sqlite3_stmt *sql[DPS_STORE_SQL_COUNT]; /* prepared when first used */
    pthread_mutex_t lock;
    bool writable;
    sqlite3_int64 coder; /* of this run, in coders; 0: not yet looked up in this batch */
    char *version, *frames;
    bool open;             /* a batch is running */
    unsigned batch;        /* articles in it */
    struct timespec since; /* when it began */
};

/* schema.c */
/* Give an empty database its tables; nothing else is touched. */
enum dps_status dps_store_schema_make(struct dps_store *store, struct dps_error *error);
enum dps_status dps_store_schema_check(struct dps_store *store, struct dps_error *error);

/* store.c */
/* "'x.db': cannot store: disk full": SQLite's last error as ours, DPS_MEMORY, DPS_IO or DPS_STORE. */
enum dps_status dps_store_fail(struct dps_store *store, const char *what, struct dps_error *error);
/* The prepared statement, reset and without bindings; NULL: see dps_store_fail. */
sqlite3_stmt *dps_store_stmt(struct dps_store *store, enum dps_store_sql which);
void dps_store_bind_str(sqlite3_stmt *stmt, int index,
                        struct dps_str value); /* data NULL: NULL. The bytes must outlive the step */
void dps_store_bind_c(sqlite3_stmt *stmt, int index, const char *value);  /* NULL or "": NULL */
void dps_store_bind_number(sqlite3_stmt *stmt, int index, double value);  /* NAN: NULL */
void dps_store_bind_offset(sqlite3_stmt *stmt, int index, int64_t value); /* negative: NULL */
struct dps_str dps_store_str(sqlite3_stmt *stmt, int column); /* NULL: data NULL; valid until the next step */
double dps_store_number(sqlite3_stmt *stmt, int column);      /* NULL: NAN */
int64_t dps_store_offset(sqlite3_stmt *stmt, int column);     /* NULL: -1 */

/* filter.c: the part of a query that a filter asks for. In the query e is events, a articles, s sentences. */
enum dps_store_question { DPS_STORE_ASK_EVENTS, DPS_STORE_ASK_TIMELINE, DPS_STORE_ASK_DYADS };
struct dps_store_where {
    struct dps_buffer sql;  /* " AND ..." with parameters :name */
    struct dps_buffer pair; /* dyads: what is asked of x, the actor's side, and y, the recipient's */
    struct dps_buffer actor, recipient, words, type, to; /* what to bind */
    const char *mode, *status;
    bool narrow; /* something is asked of events, not of articles alone */
};
enum dps_status dps_store_where_make(struct dps_store *store, const struct dps_store_filter *filter,
                                     enum dps_store_question question, struct dps_store_where *where,
                                     struct dps_error *error);
void dps_store_where_bind(const struct dps_store_where *where, const struct dps_store_filter *filter,
                          sqlite3_stmt *stmt);
void dps_store_where_release(struct dps_store_where *where);

/* Prepare and bind `query`, in which each '@' stands for where->sql and each '#' for where->pair. */
enum dps_status dps_store_ask(struct dps_store *store, const char *query, const struct dps_store_where *where,
                              const struct dps_store_filter *filter, sqlite3_stmt **stmt, struct dps_error *error);

#endif
