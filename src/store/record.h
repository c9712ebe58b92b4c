/* record.h -- one event as a flat record: what is stored, shown and exported.
 *
 * In: an article's stage records (dps_store_record_make), or the rows of a store (store.h). Out: the one shape from
 * which view/ writes JSON lines, CSV and tables, so that `code` and `add` + `export` give the same bytes.
 *
 * R1: strings are borrowed: from the article's arena, or from the store's cursor until it moves on.
 * R2: an unknown string has data NULL; an unknown number is NAN, an unknown offset -1.
 * R3: offsets count bytes into the article's text, those of a sentence with in_title into its title.
 */
#ifndef DPS_STORE_RECORD_H
#define DPS_STORE_RECORD_H

#include "article/article.h"
#include "event/event.h"
#include "text/text.h"

struct dps_record_party {
    struct dps_str text; /* words of the mention; "" for a party that the sentence does not name */
    struct dps_str name, country, sector, office, id;
    int64_t start, end;
};

struct dps_record_place {
    struct dps_str text, name, country; /* text.data NULL: no place told */
    double lat, lon;
    int64_t start, end;
};

struct dps_record_span {
    struct dps_str text; /* data NULL: none */
    int64_t start, end;
};

struct dps_record {
    /* the article */
    struct dps_str article, lang, file, url, title;
    char published[40]; /* ISO; "" unknown (so for all char arrays) */
    /* the sentence */
    uint32_t sentence, n;
    bool in_title;
    struct dps_str text;
    /* the event */
    struct dps_str type, status, cameo, frame;
    struct dps_str modes[DPS_EVENT_MAX_MODES], contexts[DPS_EVENT_MAX_CONTEXTS];
    unsigned n_modes, n_contexts, n_actors, n_recipients;
    int quad; /* 0: none */
    double score, goldstein, confidence;
    struct dps_record_span trigger, content;
    struct dps_record_party actors[DPS_EVENT_MAX_PARTIES], recipients[DPS_EVENT_MAX_PARTIES];
    struct dps_record_party speaker;
    bool has_speaker;
    char date[16], date_end[16]; /* date: the sentence's, else the article's */
    struct dps_str date_text;    /* data NULL: the sentence names no date */
    struct dps_record_place place;
    struct dps_str deed, story;
};

/* Flatten one event. Cannot fail; strings are borrowed from the arguments. */
void dps_store_record_make(struct dps_record *record, const struct dps_article *article, const struct dps_text *text,
                           const struct dps_event *event);

#endif
