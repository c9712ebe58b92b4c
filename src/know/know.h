/* know.h -- what is known of the world: countries, organisations, people and their offices over time, places.
 * Language-neutral look-up by name.
 *
 * The tables of know/ are compiled at build time into one file that is mapped read-only; a user's own folder (--know
 * DIR) is compiled in memory at start and asked first. All strings returned are borrowed from the table and live as
 * long as it.
 */
#ifndef DPS_KNOW_KNOW_H
#define DPS_KNOW_KNOW_H

#include "base/arena.h"
#include "base/date.h"
#include "base/status.h"
#include "base/str.h"

enum dps_entity_kind { DPS_ENTITY_COUNTRY, DPS_ENTITY_ORG, DPS_ENTITY_PERSON, DPS_ENTITY_PLACE };

/* How a name stands for its entity: decides what a mention of it means. */
enum dps_alias_kind {
    DPS_ALIAS_NAME,      /* a full or ordinary name: Russland, NATO, Sergey Lavrov, Geneva */
    DPS_ALIAS_ADJECTIVE, /* russisch, Russian; of a capital or town: Moskauer (also its people) */
    DPS_ALIAS_DEMONYM,   /* Russe, Russians: people of the country */
    DPS_ALIAS_CAPITAL,   /* Moskau: the country's capital; place or metonym, the mention stage decides */
    DPS_ALIAS_SURNAME    /* Lawrow: short form of a person */
};

struct dps_entity {
    enum dps_entity_kind kind;
    struct dps_str id;      /* "RUS", "org.nato", "rus.lavrov", "place.2660646" */
    struct dps_str name;    /* English name */
    struct dps_str country; /* 3 letters (ISO3, UNO, EUR, IGO, NGO, ISM, IMG, MNC), "" unknown; for persons: of the
                               offices, see dps_know_office_on */
    struct dps_str sector;  /* organisations: PLOVER sector, "" unknown */
    struct dps_date from,
        to;          /* organisations that change (Taliban): when this row holds; unknown: open. See dps_know_holds */
    char gender;     /* persons: 'm', 'f', 0 */
    double lat, lon; /* places and countries; 0 where `located` is false */
    bool located;
    uint32_t population;          /* places */
    struct dps_str place_kind;    /* places: city, capital, region, ... */
    uint32_t index;               /* number of its row; equal in two matches: the same row */
    const struct dps_know *table; /* the tables it is from */
};

struct dps_office {
    struct dps_str office;  /* canonical term: "minister of foreign affairs" */
    struct dps_str country; /* of the office */
    struct dps_str sector;
    struct dps_date from, to; /* to unknown: still held */
    unsigned rank;            /* height by know/office_terms.tsv: a low number is high */
    bool former;              /* the date lies behind the end of all terms: sector "ELI", office as it was last */
};

struct dps_match {
    struct dps_entity entity;
    enum dps_alias_kind alias;
    uint32_t n_tokens; /* how many of the tokens the name covers */
};

struct dps_know;

/* Open the compiled table `path` (NULL: none) and, if own_dir is not NULL, the user's TSV folder, whose rows are asked
 * first and stand for shipped rows of the same id. lang_dir (NULL: none) gives inflection endings for the user's rows.
 * Errors name file, line, column and remedy. */
enum dps_status dps_know_new(struct dps_know **know, const char *path, const char *own_dir, const char *lang_dir,
                             struct dps_error *error);
void dps_know_free(struct dps_know *know);

/* All entities named by a prefix of forms[0..n): longest names first, up to `max` matches; returns their number. `lang`
 * ("de", "en") limits language-specific names; names without a language match in each. A form may be inflected
 * (Russlands, russischen): the table holds such forms. */
size_t dps_know_find(const struct dps_know *know, const char *lang, const struct dps_str *forms, size_t n,
                     struct dps_match *matches, size_t max);

/* The office that a person held on `date` (several at once: the highest by know/office_terms.tsv). Between and after
 * his terms: the one that ended last, with `former` set. Before the first: false. Date unknown: the latest known, as if
 * still held. */
bool dps_know_office_on(const struct dps_know *know, const struct dps_entity *person, struct dps_date date,
                        struct dps_office *office);
/* Who held `office` of `country` on `date`; on the day of a change the successor. Only for offices that one person
 * holds at a time (office_terms.tsv: single); false too where two claim it. */
bool dps_know_holder_on(const struct dps_know *know, struct dps_str country, struct dps_str office,
                        struct dps_date date, struct dps_entity *person);
/* Does this row hold on `date`? An organisation that changed has several rows with one id, of which one holds. Date
 * unknown: the latest one. */
bool dps_know_holds(const struct dps_entity *entity, struct dps_date date);
/* An entity by its id; of several rows the latest. */
bool dps_know_by_id(const struct dps_know *know, struct dps_str id, struct dps_entity *entity);
/* Country entity by code: name, coordinates. */
bool dps_know_country(const struct dps_know *know, struct dps_str code, struct dps_entity *entity);

#endif
