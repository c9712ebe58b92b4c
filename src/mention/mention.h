/* mention.h -- parse -> mention: which words are parties, places and times, and what they stand for.
 *
 * An actor is a political party to what happens, resolved as far as the text and the tables allow. Each nominal head,
 * pronoun, demonym adjective
 * ("russische"), possessive ("seine") and compound modifier ("US-Sanktionen") that stands for a party gets one; a word
 * that stands for several ("beide Seiten") gets several, chained by `next`.
 *
 * M1: actors, places and times are sorted by sentence, then head token.
 * M2: actor_of[t] is the first actor whose head is token t, or whose core (role noun and name) holds it, or -1; further
 * ones follow by `next`. actors[actor_of[t]].head tells which. So place_of, time_of (no chains). M3: an attribute that
 * is a party itself (Russlands in "Russlands Außenminister") has its own actor, whose part_of is the whole's.
 */
#ifndef DPS_MENTION_MENTION_H
#define DPS_MENTION_MENTION_H

#include "base/arena.h"
#include "base/date.h"
#include "know/know.h"
#include "parse/parse.h"
#include "text/text.h"

enum dps_actor_form {
    DPS_ACTOR_NAME,       /* a name: Lawrow, NATO, Russland */
    DPS_ACTOR_ROLE,       /* a role noun, with or without name: Russlands Außenminister Lawrow, die Polizei */
    DPS_ACTOR_PRONOUN,    /* er, sie, they */
    DPS_ACTOR_POSSESSIVE, /* seine, ihre, his: the party is the possessor */
    DPS_ACTOR_MODIFIER    /* an adjective or compound part of another noun: russische (Forderung), US-(Sanktionen); head
                             token is that word */
};
enum dps_actor_nature {
    DPS_NATURE_UNKNOWN,
    DPS_NATURE_PERSON,
    DPS_NATURE_GROUP /* people: troops, protesters */,
    DPS_NATURE_BODY /* government, ministry, organisation */,
    DPS_NATURE_COUNTRY
};

struct dps_actor {
    uint32_t sentence, head; /* token index of the head word */
    uint32_t start, end;     /* bytes of the whole mention in the sentence's base (title, name, genitive attribute; no
                                relative clause) */
    struct dps_str text;     /* those bytes */
    struct dps_str name;     /* canonical English name, or the name as written when no table has it; data NULL: none */
    struct dps_str id;       /* knowledge id; data NULL: none */
    struct dps_str office;   /* canonical office on the article's date; data NULL: none */
    char country[4];         /* "RUS"; "---" a vague bloc or mixed; "" unknown */
    char sector[4];          /* "GOV"; "" unknown */
    enum dps_actor_form form;
    enum dps_actor_nature nature;
    uint8_t number;     /* DPS_NUMBER_* or 0 */
    uint8_t gender;     /* DPS_GENDER_* bits or 0 */
    bool known;         /* found in the tables or by role noun; false: a mere name that no table has */
    bool is_place_too;  /* a capital, city or country name: the event stage may read it as a place (in Moskau) */
    int32_t antecedent; /* index of the actor that a pronoun, possessive or bare role noun was resolved to; -1 */
    int32_t next;       /* next actor with the same head (beide Seiten), -1 */
    int32_t part_of;    /* actor whose attribute this one is (M3), -1 */
    float confidence;   /* 0..1 */
};

struct dps_place {
    uint32_t sentence, head, start, end;
    struct dps_str text, name; /* name: English */
    struct dps_str country;    /* ISO3 or "" */
    double lat, lon;
    struct dps_str kind; /* city, capital, region, country, ... */
};

struct dps_timex { /* a time expression resolved against the day of publication */
    uint32_t sentence, head, start, end;
    struct dps_str text;
    struct dps_date from, to; /* inclusive; to == from for a day; unknown year: vague, not resolved (seit Wochen) */
    bool since;               /* "seit Montag": from is the start, to the article's date */
    bool past_marker;         /* damals, in 2014 seen from later: tells history */
};

struct dps_mention {
    struct dps_actor *actors;
    uint32_t n_actors;
    struct dps_place *places;
    uint32_t n_places;
    struct dps_timex *times;
    uint32_t n_times;
    int32_t *actor_of, *place_of, *time_of; /* per token of the article (M2) */
    struct dps_date anchor;                 /* the article's date used for offices and times */
};

/* What the language adds: roles, pronouns, demonyms' endings, number and date words, from lang/<code>/. Read-only,
 * shared. */
struct dps_mention_rules;
enum dps_status dps_mention_rules_new(struct dps_mention_rules **rules, const char *lang_dir, const char *code,
                                      struct dps_error *error);
void dps_mention_rules_free(struct dps_mention_rules *rules);

/* Resolve one article. `anchor` may be unknown (year 0): then offices are the latest known and times stay relative
 * (unresolved). */
enum dps_status dps_mention_run(const struct dps_mention_rules *rules, const struct dps_know *know,
                                struct dps_arena *arena, const struct dps_parse *parse, struct dps_date anchor,
                                struct dps_mention *mention, struct dps_error *error);

#endif
