/* mention_local.h -- what the files of the mention stage share and nobody else sees: the language's word lists and the
 * workspace of one article.
 *
 * The stage works in passes over one article:
 *   mention_actor.c    marks each token (names, role nouns, pronouns, modifiers) and joins the marks to nominals
 * (struct nominal) mention_focus.c    what the article is about, and which reading of a name that favours
 *   mention_resolve.c  gives each nominal its parties (struct party): country, sector, office, antecedent; with
 * mention_party.c (where a country stands, defaults) and mention_refer.c (pronouns, pairs) mention_place.c    the named
 * places mention_time.c     the time expressions mention.c          runs the passes and writes the record
 */
#ifndef DPS_MENTION_LOCAL_H
#define DPS_MENTION_LOCAL_H

#include "base/file.h"
#include "mention/mention.h"

/* ---- ceilings ---- */
enum {
    MENTION_MAX_NOMINALS =
        20000,                  /* of one article; a 4 MB article of names only would have more, the rest is left out */
    MENTION_MAX_PARTIES = 12,   /* that one word stands for */
    MENTION_MAX_MATCHES = 24,   /* names that begin at one token */
    MENTION_MAX_PERSONS = 512,  /* persons of one article remembered by surname */
    MENTION_MAX_COUNTRIES = 96, /* countries counted in one article */
    MENTION_MAX_ROLE_WORDS = 4, /* words of a role ("secretary of state") */
    MENTION_MAX_DEPTH = 16,     /* nesting of possessors ("the chief of the army of ...") */
    MENTION_REACH = 3           /* sentences that a pronoun looks back */
};

/* ---- word lists ---- */

/* A map from words to rows of a table; built once, then read-only. Keys are borrowed. */
struct mention_map {
    struct {
        struct dps_str key;
        uint32_t value;
    } * slots;
    uint32_t capacity, count; /* capacity: a power of two */
};
#define MENTION_NONE UINT32_MAX /* no row */
uint32_t mention_map_get(const struct mention_map *map, struct dps_str key);

/* What a word can tell the stage (cues.tsv): one bit each. */
#define MENTION_CUE_MAP(X)                                                                                             \
    X(GENITIVE, "genitive")       /* adposition that makes a possessor: of, von */                                     \
    X(LOCATIVE, "locative")       /* adposition of place: in, at */                                                    \
    X(ORIGIN, "origin")           /* adposition of origin: aus, from */                                                \
    X(SOURCE, "source")           /* adposition that tells where people come from: aus, from */                        \
    X(FORMER, "former")           /* ehemalig, former */                                                               \
    X(DUAL, "dual")               /* beide, both */                                                                    \
    X(TWO, "two")                 /* zwei, two: a pair only behind an article */                                       \
    X(HONORIFIC, "honorific")     /* Herr, Mrs. */                                                                     \
    X(PARTICLE, "particle")       /* inside names: von, al, bin */                                                     \
    X(LINK, "link")               /* joins the parts of a compound: s, es, n */                                        \
    X(OTHER, "other")             /* another of its kind: andere, other */                                             \
    X(INFLECTION, "inflection")   /* ending of an inflected role noun whose lemma the parser did not find: en, s */    \
    X(TOWN_ENDING, "town_ending") /* makes an adjective of a town's name: Berlin-er */                                 \
    X(OWN, "own")                 /* the capital, region or neighbour "of its own": eigen, own */                      \
    X(NOT_NAME, "not_name")       /* capitalised words that are no names, whatever the tagger says */                  \
    X(HEADLESS, "headless")       /* a number or quantity that stands for people: Tausende, hundreds */                \
    X(HALF, "half")               /* a quarter of a country: Süd-, Nord-, north */                                    \
    X(ENDING, "ending")           /* endings that a name may take: s */                                                \
    X(FOREIGNERS, "foreigners")   /* adjectives that deny the default country: ausländisch, foreign */
enum mention_cue_bit {
#define MENTION_CUE_ENUM(name, text) MENTION_CUE_BIT_##name,
    MENTION_CUE_MAP(MENTION_CUE_ENUM)
#undef MENTION_CUE_ENUM
        MENTION_CUE_COUNT
};
enum mention_cue {
#define MENTION_CUE_ENUM(name, text) MENTION_CUE_##name = 1 << MENTION_CUE_BIT_##name,
    MENTION_CUE_MAP(MENTION_CUE_ENUM)
#undef MENTION_CUE_ENUM
};

/* A role noun (roles.tsv and roles-more.tsv). */
struct mention_role {
    struct dps_str lemma, sector, office, implies, country;
    enum dps_actor_nature nature;
    uint8_t gender;
    bool compound; /* may be the last part of a compound */
    bool capital;  /* written with a capital: the House, not a house */
    bool inherit;  /* takes the sector of what it belongs to: Sprecher, chief */
};

/* Nouns that point back to a country or person without saying which (generics.tsv). */
enum mention_generic {
    MENTION_GENERIC_NONE,
    MENTION_GENERIC_COUNTRY,   /* das Land */
    MENTION_GENERIC_NEIGHBOUR, /* das Nachbarland */
    MENTION_GENERIC_CAPITAL,   /* die Hauptstadt */
    MENTION_GENERIC_PERSON,    /* der 73-Jährige */
    MENTION_GENERIC_SIDE,      /* beide Seiten */
    MENTION_GENERIC_GROUP,     /* die Gruppe, the movement: the last such */
    MENTION_GENERIC_REGION,    /* die Region Sumy: a party only if it is told which */
    MENTION_GENERIC_PAIR       /* die beiden, both: the last two */
};
struct mention_generic_row {
    struct dps_str word; /* with a leading '-': the end of a word */
    enum mention_generic kind;
    struct dps_str sector;
};

enum mention_pronoun_kind {
    MENTION_PRONOUN_PERSONAL = 1,
    MENTION_PRONOUN_POSSESSIVE,
    MENTION_PRONOUN_RELATIVE,
    MENTION_PRONOUN_DEMONSTRATIVE
};
enum { MENTION_ANIMATE = 1, MENTION_INANIMATE = 2 };
struct mention_pronoun {
    struct dps_str word;
    enum mention_pronoun_kind kind;
    uint8_t person;  /* 1..3 */
    uint8_t number;  /* bits: 1 singular, 2 plural */
    uint8_t gender;  /* DPS_GENDER_* bits that the antecedent may have; 0: any */
    uint8_t animacy; /* MENTION_ANIMATE | MENTION_INANIMATE */
};

struct mention_bloc {
    struct dps_str words, name, country, sector;
    uint32_t n_words;
    bool place, metonym; /* metonym: a town that may stand for the bloc (Brüssel) */
};

enum mention_time_kind {
    MENTION_TIME_NONE,
    MENTION_TIME_WEEKDAY,   /* value 0..6 */
    MENTION_TIME_MONTH,     /* 1..12 */
    MENTION_TIME_DAY,       /* an adverb: days from the anchor */
    MENTION_TIME_UNIT,      /* 1 day, 2 week, 3 month, 4 year, 5 weekend */
    MENTION_TIME_RELATIVE,  /* -1 last, 0 this, 1 next */
    MENTION_TIME_SINCE,     /* seit */
    MENTION_TIME_AHEAD,     /* für, ab, until: what follows lies ahead */
    MENTION_TIME_AGO,       /* 1: stands before (vor), 2: stands behind (ago) */
    MENTION_TIME_NIGHT,     /* Nacht: "in der Nacht zum Sonntag" */
    MENTION_TIME_NIGHT_TO,  /* zu, auf */
    MENTION_TIME_DAYPART,   /* abend, nachmittag */
    MENTION_TIME_VAGUE,     /* makes what follows vague: Anfang, early */
    MENTION_TIME_THEN,      /* a phrase: days from the day last told: that day 0, am Vortag -1 */
    MENTION_TIME_BACK,      /* behind a number of days: later 1, zuvor -1 */
    MENTION_TIME_PAST,      /* damals */
    MENTION_TIME_AND,       /* und, bis, to: joins two days to a range */
    MENTION_TIME_WILL,      /* auxiliary of the future with an infinitive: werden, will */
    MENTION_TIME_YEAR_WORD, /* Jahr */
    MENTION_TIME_KIND_COUNT
};
struct mention_time_word {
    struct dps_str word;
    enum mention_time_kind kind;
    int16_t value;
    uint32_t next; /* further rows with the same word, MENTION_NONE */
};

struct dps_mention_rules {
    struct dps_arena arena; /* owns all rows */
    char code[DPS_LANG_CODE];
    struct mention_map role_map, cue_map, generic_map, pronoun_map, time_map, number_map, prefix_map, role_first,
        bloc_first;
    struct mention_role *roles;
    uint32_t n_roles;
    struct mention_generic_row *generics;
    uint32_t n_generics;
    struct mention_pronoun *pronouns;
    uint32_t n_pronouns;
    struct mention_bloc *blocs;
    uint32_t n_blocs;
    struct mention_time_word *times;
    uint32_t n_times;
    struct {
        struct dps_str prefix, country, sector;
    } * prefixes; /* "bundes" -> DEU */
    uint32_t n_prefixes;
    struct dps_str home; /* country that a domestic article means when it names none; empty: none */
};

/* ---- workspace of one article ---- */

/* What is known of one token before anything is resolved. */
struct mention_spot {
    struct dps_str low, lemma; /* lower case */
    uint32_t cues;
    const struct mention_role *role;
    uint8_t role_words; /* tokens of the role that begins here (1 for most) */
    const struct mention_generic_row *generic;
    const struct mention_pronoun *pronoun;
    struct dps_match *matches; /* all readings of the name that begins here, longest only */
    uint16_t n_matches, name_words;
    const struct mention_bloc *bloc;
    int32_t name_start;                     /* first token of the name that covers this token, -1 */
    struct dps_match *modifier;             /* name before the last part of a compound: US-(Sanktionen) */
    const struct mention_role *prefix_role; /* role noun there: Oppositions(politiker) */
    struct dps_str prefix_country, prefix_sector;
    bool prefix_former; /* Ex-(Präsident) */
    bool unknown_name;  /* begins a name that no table has */
    int32_t nominal;    /* nominal whose core holds this token, -1 */
    uint16_t depth;     /* steps to the root of the sentence */
};

struct party {
    char country[4], sector[4];
    struct dps_str name, id, office;
    bool known, place_too;
    bool settled_country;            /* told by the words themselves, not by default */
    uint32_t start_token, end_token; /* of the words for this party alone; end 0: the whole nominal's */
    float confidence;
};

enum nominal_kind { NOMINAL_NAME, NOMINAL_ROLE, NOMINAL_GENERIC, NOMINAL_PRONOUN, NOMINAL_MODIFIER, NOMINAL_BLOC };
struct nominal {
    enum nominal_kind kind;
    uint32_t sentence, head;
    int32_t role_token, prior_role; /* role noun; an adjacent role noun that modifies it (army chief); -1 */
    int32_t name_token;             /* first token of the name in it, -1 */
    uint32_t first, last;           /* core tokens, inclusive */
    uint8_t number, gender;         /* bits */
    enum dps_actor_nature nature;
    const struct mention_role *role;
    struct party *parties; /* room for MENTION_MAX_PARTIES once it is resolved */
    uint8_t n_parties;
    int32_t antecedent; /* nominal */
    int32_t rival;      /* nominal whose country this one's is not (sein Amtskollege), -1 */
    int32_t inside;     /* nominal that this one is an attribute of, -1 */
    uint8_t state;      /* 0 untouched, 1 being resolved, 2 done */
    bool person;        /* its name is a person's */
    bool dual;
    struct dps_match *choice; /* the reading of the name that was taken */
};

struct mention_person { /* a person of the article, for later short mentions */
    struct dps_str surname;
    int32_t nominal;
};

struct mention_work {
    const struct dps_mention_rules *rules;
    const struct dps_know *know;
    struct dps_arena *arena;
    const struct dps_parse *parse;
    const struct dps_text *text;
    struct dps_date anchor;
    struct dps_str *forms; /* of all tokens */
    struct mention_spot *spots;
    uint32_t *sentence_of;
    const int32_t *time_of; /* time expression of each token, -1; known once mention_times has run */
    struct nominal *nominals;
    uint32_t n_nominals, room;
    struct mention_person persons[MENTION_MAX_PERSONS];
    uint32_t n_persons;
    struct {
        char code[4];
        float weight, told;
        float lat, lon; /* degrees; both 0: not known */
        uint32_t first, last, agent;
        bool real;
    } countries[MENTION_MAX_COUNTRIES]; /* weight: of the whole article, told: up to here; last, agent: sentence + 1
                                           where it was last named, last a subject */
    uint32_t n_countries;
    int32_t *last_of_role;                     /* per row of roles: the last nominal with a country */
    struct dps_str named[MENTION_MAX_PERSONS]; /* ids of the persons whom the article names in full */
    uint32_t n_named;
};

/* mention_rules.c */
enum dps_status mention_split_lower(struct dps_arena *arena, struct dps_str s, struct dps_str *out);
const struct mention_role *mention_rules_role(const struct dps_mention_rules *rules, struct dps_str low);
/* The same, with the inflection's ending cut off if need be. */
const struct mention_role *mention_rules_inflected(const struct dps_mention_rules *rules, struct dps_str low);
/* The longest role noun at the end of a compound; *at is where it begins. */
const struct mention_role *mention_rules_compound(const struct dps_mention_rules *rules, struct dps_str low,
                                                  size_t *at);
const struct mention_time_word *mention_rules_time(const struct dps_mention_rules *rules, struct dps_str low,
                                                   enum mention_time_kind kind);
bool mention_rules_number(const struct dps_mention_rules *rules, struct dps_str low, int *value);
uint32_t mention_rules_cues(const struct dps_mention_rules *rules, struct dps_str low);

/* mention_actor.c */
enum dps_status mention_mark(struct mention_work *work, struct dps_error *error);
enum dps_status mention_join(struct mention_work *work, struct dps_error *error);
/* Adposition (token) of a nominal's head, -1: none. */
int32_t mention_case_of(const struct mention_work *work, uint32_t token);
bool mention_is_subject(const struct mention_work *work, uint32_t token);

/* mention_focus.c: what the article is about */
void mention_survey(struct mention_work *work);     /* first look: countries and persons named beyond doubt */
void mention_choose_all(struct mention_work *work); /* second: the reading of each name */
bool mention_country_listed(const struct mention_work *work, struct dps_str code);
int mention_find_country(const struct mention_work *work, struct dps_str code); /* index into countries, -1 */
void mention_see_country(struct mention_work *work, struct dps_str code, float weight, uint32_t sentence);
/* The country in the fore at a sentence, -1 if none; `near` is what being named just now counts. */
int mention_focus_near(const struct mention_work *work, uint32_t sentence, struct dps_str except, float near);
/* The country in the fore that can be a neighbour of `of`; -1 if there is none. */
int mention_focus_neighbour(const struct mention_work *work, uint32_t sentence, struct dps_str of);
int mention_focus(const struct mention_work *work, uint32_t sentence, struct dps_str except);
bool mention_is_named(const struct mention_work *work, struct dps_str id); /* in full, somewhere in the article */
bool mention_holds(struct dps_date from, struct dps_date to, struct dps_date day);
struct dps_str mention_country_code(const struct dps_entity *entity);
uint32_t mention_case_cues(const struct mention_work *work, uint32_t token); /* cues of its adposition */
float mention_role_weight(const struct mention_work *work, uint32_t token);
bool mention_is_definite(const struct mention_work *work, uint32_t token);
bool mention_same_clause(const struct mention_work *work, uint32_t a, uint32_t b);

/* mention_party.c: parties, and where the country of a role noun stands */
enum source_kind { SOURCE_NONE, SOURCE_ADJECTIVE, SOURCE_POSSESSOR, SOURCE_PLACE };
struct source { /* words beside a role noun that tell whose it is */
    int32_t token;
    enum source_kind kind;
};
enum { MENTION_MAX_SOURCES = 8 /* beside one role noun */ };
struct party *mention_add_party(struct mention_work *work, struct nominal *nominal); /* NULL: no room */
void mention_set_country(struct party *party, struct dps_str code, bool settled, float confidence);
void mention_fill_entity(struct mention_work *work, struct nominal *nominal, struct party *party,
                         const struct dps_match *match);
/* The nominal whose core holds the token, resolved; NULL: none. */
struct nominal *mention_nominal_at(struct mention_work *work, int32_t token, int depth);
bool mention_is_titled(const struct mention_work *work, uint32_t token); /* of a person told with role and name */
uint32_t mention_find_sources(const struct mention_work *work, const struct nominal *nominal, struct source *out);
uint32_t mention_series(struct mention_work *work, int32_t token, struct nominal **out, uint32_t room, int depth);
bool mention_has_cue_kid(const struct mention_work *work, const struct nominal *nominal, uint32_t cue);
void mention_default_country(struct mention_work *work, struct nominal *nominal, struct party *party);

/* mention_refer.c: words that point back */
void mention_resolve_pronoun(struct mention_work *work, struct nominal *nominal, int depth);
void mention_resolve_generic(struct mention_work *work, struct nominal *nominal, int depth);
void mention_resolve_dual(struct mention_work *work, struct nominal *nominal, const struct mention_role *role);
bool mention_is_dual(const struct mention_work *work, const struct nominal *nominal);

/* mention_resolve.c: names, role nouns, the whole article */
enum dps_status mention_resolve(struct mention_work *work, struct dps_error *error);
void mention_resolve_one(struct mention_work *work, uint32_t index, int depth); /* with all that it needs; once */
void mention_copy_parties(struct mention_work *work, struct nominal *to, const struct nominal *from);
/* The tokens of a nominal with its attributes, without relative clauses and further members of a series. */
void mention_span(const struct mention_work *work, const struct nominal *nominal, uint32_t *first, uint32_t *last);

/* mention_place.c, mention_time.c */
enum dps_status mention_places(struct mention_work *work, struct dps_mention *mention, struct dps_error *error);
enum dps_status mention_times(struct mention_work *work, struct dps_mention *mention, struct dps_error *error);

static inline bool mention_has_country(const struct party *p) {
    return p->country[0] != 0;
}
static inline struct dps_str mention_party_code(const struct party *p) {
    return (struct dps_str){p->country, mention_has_country(p) ? 3 : 0};
}
static inline bool mention_code(char out[4], struct dps_str code) {
    if (code.length != 3) return false;
    memcpy(out, code.data, 3);
    out[3] = 0;
    return true;
}

#endif
