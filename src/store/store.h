/* store.h -- all of it -> one SQLite file, and back: the one place with SQL. docs/store.md describes the tables.
 *
 * Writing: dps_store_add puts an article and its events into the running batch; a batch is one transaction, closed
 * after DPS_STORE_BATCH_ARTICLES articles or DPS_STORE_BATCH_SECONDS. A process killed at any instant loses at most the
 * open batch, never a part of an article; the next run finds the rest missing (dps_store_known) and adds exactly that.
 *
 * S1: an article's id is unique. Same id, content and coder: nothing is done. Same id, other content or coder: its text
 * and events are replaced, its place in the order of adding stays. S2: each event belongs to a stored article and
 * sentence; a party, mode, context or place belongs to a stored event.
 *
 * Threads: a handle has its own lock; all functions may be called from any thread.
 */
#ifndef DPS_STORE_STORE_H
#define DPS_STORE_STORE_H

#include "base/status.h"
#include "store/record.h"

enum { DPS_STORE_APPLICATION_ID = 0x44505331 /* "DPS1" */, DPS_STORE_VERSION = 1 };
enum {
    DPS_STORE_BATCH_ARTICLES = 500, /* one sync to disk a batch; more gain nothing measurable */
    DPS_STORE_BATCH_SECONDS = 2,    /* what a killed run may have to code again */
    DPS_STORE_BUSY_SECONDS = 20     /* wait for another run that writes to the same file */
};

struct dps_store;

/* Who coded: kept beside each article, so that a newer program or other frames code it again. */
struct dps_store_coder {
    const char *version; /* dps_version() */
    const char *frames;  /* hash of frames, knowledge and models in use; "" unknown */
};

/* Open for writing; makes the file if there is none (or an empty one). A file that is no store of this version:
 * DPS_STORE, file untouched. */
enum dps_status dps_store_open(struct dps_store **store, const char *path, const struct dps_store_coder *coder,
                               struct dps_error *error);
/* Open for reading only; never makes or changes the file. */
enum dps_status dps_store_open_read(struct dps_store **store, const char *path, struct dps_error *error);
/* Commits what is open and closes. Accepts NULL. The handle is gone in each case. */
enum dps_status dps_store_close(struct dps_store *store, struct dps_error *error);
/* Closes without committing the open batch (on failure paths). Accepts NULL. */
void dps_store_drop(struct dps_store *store);

/* Is the article stored with this content and coder already? Then it need not be coded. */
enum dps_status dps_store_known(struct dps_store *store, const struct dps_article *article, bool *known,
                                struct dps_error *error);

enum dps_store_outcome { DPS_STORE_ADDED, DPS_STORE_REPLACED, DPS_STORE_SAME };
/* Add one article with its events. text and events are NULL for an article that was not coded (a language without
 * data). `outcome` may be NULL. */
enum dps_status dps_store_add(struct dps_store *store, const struct dps_article *article, const struct dps_text *text,
                              const struct dps_events *events, enum dps_store_outcome *outcome,
                              struct dps_error *error);
/* Commit the open batch now. */
enum dps_status dps_store_flush(struct dps_store *store, struct dps_error *error);

/* ---- reading ---- */
struct dps_store_filter { /* zeroed: everything */
    const char *from,
        *to; /* ISO dates ("2022", "2022-01", "2022-01-21"), inclusive; the event's range must touch them */
    const char *actor, *recipient; /* three capitals: country code; else part of a name or of the words */
    const char *type, *status, *lang;
    const char *text; /* FTS5 query over the sentence; what is no valid query is taken as plain words */
    uint64_t limit;   /* 0: none */
};
typedef enum dps_status dps_store_record_fn(void *context, const struct dps_record *record, struct dps_error *error);
/* Every event in the order of adding, or (by_date) articles by their day of publication. The callback's failure ends
 * it. */
enum dps_status dps_store_each(struct dps_store *store, const struct dps_store_filter *filter, bool by_date,
                               dps_store_record_fn *each, void *context, struct dps_error *error);

struct dps_store_count { /* one line of a timeline or of the dyads */
    struct dps_str
        period; /* timeline: "2022-01-21", week: its Monday, month: "2022-01"; data NULL: events without a date */
    struct dps_str actor, recipient;     /* dyads: country codes */
    struct dps_str first, last;          /* dyads: dates of the first and last event */
    uint64_t events, articles, quads[5]; /* quads[q]: events of that quad, 0: of none */
    double score;                        /* mean; NAN: no event with a score */
};
typedef enum dps_status dps_store_count_fn(void *context, const struct dps_store_count *count, struct dps_error *error);
enum dps_store_period { DPS_STORE_DAY, DPS_STORE_WEEK, DPS_STORE_MONTH };
/* Events by period. Only status "actual" unless filter->status names another, or "any" for all. */
enum dps_status dps_store_timeline(struct dps_store *store, const struct dps_store_filter *filter,
                                   enum dps_store_period period, dps_store_count_fn *each, void *context,
                                   struct dps_error *error);
/* Events by pair of countries, most first. A meeting (several actors, no recipient) counts in both directions. Status
 * as in the timeline. */
enum dps_status dps_store_dyads(struct dps_store *store, const struct dps_store_filter *filter,
                                dps_store_count_fn *each, void *context, struct dps_error *error);

struct dps_store_article {
    struct dps_str id, lang, title, published, source, url, file, version, frames;
    uint64_t events;
    bool coded; /* false: no data for its language */
};
typedef enum dps_status dps_store_article_fn(void *context, const struct dps_store_article *article,
                                             struct dps_error *error);
/* Every article, with the number of its events that pass the filter; articles without such an event only if the filter
 * asks nothing of events. */
enum dps_status dps_store_articles(struct dps_store *store, const struct dps_store_filter *filter,
                                   dps_store_article_fn *each, void *context, struct dps_error *error);

#endif
