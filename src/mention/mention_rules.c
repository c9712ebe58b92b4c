/* mention_rules.c -- the language's word lists of the mention stage, read from lang/<code>/ into maps.
 *
 * In: roles.tsv, roles-more.tsv (role nouns), cues.tsv, generics.tsv, pronouns.tsv, blocs.tsv, times.tsv, numbers.tsv,
 * compounds.tsv. docs/mentions.md describes the columns. Out: struct dps_mention_rules, read-only. Only cues.tsv must
 * exist: a language may begin with little. How: each file is copied into the rules' arena and its cells point there;
 * look-ups go through open-addressing maps keyed by lower-cased words. Limits: RULES_CEILING bytes for all lists
 * together, MENTION_MAX_ROLE_WORDS words a role.
 */
#include "mention/mention_local.h"

#include "base/utf8.h"

#include <stdlib.h>

enum {
    RULES_CEILING = 64 * 1024 * 1024 /* bytes of all word lists with their maps */,
    FIRST_ROWS = 64,
    MIN_COMPOUND = 4
};

/* ---- maps ---- */

static bool map_grow(struct dps_arena *arena, struct mention_map *map) {
    struct mention_map bigger = {NULL, map->capacity ? map->capacity * 2 : 256, map->count};
    bigger.slots = dps_arena_take_array(arena, bigger.capacity, sizeof *bigger.slots);
    if (!bigger.slots) return false;
    for (uint32_t i = 0; i < map->capacity; i++) {
        if (!map->slots[i].key.length) continue;
        uint64_t at = dps_str_hash(map->slots[i].key) & (bigger.capacity - 1);
        while (bigger.slots[at].key.length) at = (at + 1) & (bigger.capacity - 1);
        bigger.slots[at] = map->slots[i];
    }
    *map = bigger;
    return true;
}

/* The value slot of a key, made with MENTION_NONE if new. NULL: no memory, or an empty key. */
static uint32_t *map_slot(struct dps_arena *arena, struct mention_map *map, struct dps_str key) {
    if (!key.length) return NULL;
    if (map->count * 2 >= map->capacity && !map_grow(arena, map)) return NULL;
    uint64_t at = dps_str_hash(key) & (map->capacity - 1);
    while (map->slots[at].key.length) {
        if (dps_str_equal(map->slots[at].key, key)) return &map->slots[at].value;
        at = (at + 1) & (map->capacity - 1);
    }
    map->slots[at].key = key;
    map->slots[at].value = MENTION_NONE;
    map->count++;
    return &map->slots[at].value;
}

uint32_t mention_map_get(const struct mention_map *map, struct dps_str key) {
    if (!map->capacity || !key.length) return MENTION_NONE;
    uint64_t at = dps_str_hash(key) & (map->capacity - 1);
    while (map->slots[at].key.length) {
        if (dps_str_equal(map->slots[at].key, key)) return map->slots[at].value;
        at = (at + 1) & (map->capacity - 1);
    }
    return MENTION_NONE;
}

/* ---- reading tables ---- */

struct table { /* one file being read */
    struct dps_mention_rules *rules;
    struct dps_tsv tsv;
    const char *path;
    struct dps_error *error;
};
typedef enum dps_status (*row_reader)(struct table *table);

static enum dps_status no_memory(struct dps_error *error) {
    return dps_error_set(error, DPS_MEMORY, "no memory for the word lists of the mention stage");
}

static enum dps_status bad_cell(const struct table *t, const char *column, struct dps_str value, const char *remedy) {
    return dps_error_set(t->error, DPS_LANG, "%s:%u: column '%s': '%.*s' is not understood; %s", t->path,
                         t->tsv.lines.line, column, DPS_STR_ARG(value), remedy);
}

static struct dps_str cell(const struct table *t, const char *name) {
    return dps_tsv_cell(&t->tsv, dps_tsv_column(&t->tsv, name));
}

static struct dps_str cell_lower(const struct table *t, const char *name) {
    return dps_utf8_lower(&t->rules->arena, cell(t, name));
}

/* "-" in a table means nothing, like an empty cell. */
static struct dps_str cell_or_empty(const struct table *t, const char *name) {
    struct dps_str s = cell(t, name);
    return dps_str_is(s, "-") ? (struct dps_str){NULL, 0} : s;
}

static enum dps_status read_table(struct dps_mention_rules *rules, const char *folder, const char *name, bool needed,
                                  row_reader row, struct dps_error *error) {
    struct table table = {.rules = rules, .error = error};
    const char *path = table.path = dps_file_join(&rules->arena, folder, name);
    if (!path) return no_memory(error);
    if (!needed && !dps_file_exists(path)) return DPS_OK;
    struct dps_file file;
    DPS_TRY(dps_file_map(&file, path, error));
    char *copy = dps_arena_copy(&rules->arena, file.bytes.data ? file.bytes.data : "", file.bytes.length);
    struct dps_str bytes = {copy, file.bytes.length};
    dps_file_unmap(&file);
    if (!copy) return no_memory(error);
    DPS_TRY(dps_tsv_init(&table.tsv, bytes, path, error));
    for (;;) {
        enum dps_status status = dps_tsv_next(&table.tsv, error);
        if (status == DPS_END) return DPS_OK;
        if (status != DPS_OK) return status;
        DPS_TRY(row(&table));
        if (rules->arena.full) return no_memory(error);
    }
}

/* Room for one more row of an array in the arena: doubles when its count is a power of two. */
static void *row_room(struct dps_arena *arena, void *rows, uint32_t count, size_t size) {
    if (count == 0) return dps_arena_take_array(arena, FIRST_ROWS, size);
    if (count < FIRST_ROWS || (count & (count - 1))) return rows;
    return dps_arena_grow(arena, rows, count, (size_t)count * 2, size);
}

/* The part of a phrase before its first space. */
static struct dps_str first_word(struct dps_str phrase) {
    struct dps_str rest = phrase, word = {NULL, 0};
    (void)dps_str_split(&rest, ' ', &word);
    return word;
}

static uint32_t count_words(struct dps_str phrase) {
    uint32_t n = phrase.length ? 1 : 0;
    for (size_t i = 0; i < phrase.length; i++) n += phrase.data[i] == ' ';
    return n;
}

/* Keep the largest number of words of a phrase by its first word. */
static bool note_first(struct dps_arena *arena, struct mention_map *map, struct dps_str phrase) {
    uint32_t *slot = map_slot(arena, map, first_word(phrase)), n = count_words(phrase);
    if (!slot) return false;
    if (*slot == MENTION_NONE || *slot < n) *slot = n;
    return true;
}

static bool read_nature(struct dps_str s, enum dps_actor_nature *nature) {
    if (!s.length)
        *nature = DPS_NATURE_UNKNOWN;
    else if (dps_str_is(s, "person"))
        *nature = DPS_NATURE_PERSON;
    else if (dps_str_is(s, "group"))
        *nature = DPS_NATURE_GROUP;
    else if (dps_str_is(s, "body"))
        *nature = DPS_NATURE_BODY;
    else
        return false;
    return true;
}

static uint8_t gender_bits(struct dps_str s) {
    uint8_t bits = 0;
    for (size_t i = 0; i < s.length; i++)
        bits |= s.data[i] == 'm'   ? DPS_GENDER_MASC
                : s.data[i] == 'f' ? DPS_GENDER_FEM
                : s.data[i] == 'n' ? DPS_GENDER_NEUT
                                   : 0;
    return bits;
}

static enum dps_status role_row(struct table *t) {
    struct dps_mention_rules *r = t->rules;
    struct mention_role role = {.lemma = cell_lower(t, "lemma"),
                                .sector = cell_or_empty(t, "sector"),
                                .office = cell_or_empty(t, "office"),
                                .implies = cell_or_empty(t, "implies"),
                                .country = cell_or_empty(t, "country")};
    if (!role.lemma.length) return bad_cell(t, "lemma", role.lemma, "a role needs a word");
    if (role.sector.length && role.sector.length != 3)
        return bad_cell(t, "sector", role.sector, "give three letters or '-'");
    if (!read_nature(cell_or_empty(t, "kind"), &role.nature))
        return bad_cell(t, "kind", cell(t, "kind"), "give person, group or body");
    if (count_words(role.lemma) > MENTION_MAX_ROLE_WORDS) return bad_cell(t, "lemma", role.lemma, "at most four words");
    size_t at = 0;
    struct dps_str written = cell(t, "lemma");
    role.capital = written.length && dps_utf8_is_upper(dps_utf8_next(written, &at));
    role.gender = gender_bits(cell_or_empty(t, "gender"));
    role.compound = dps_str_is(cell(t, "compound"), "yes");
    role.inherit = dps_str_is(cell(t, "inherit"), "yes") || !role.sector.length;
    uint32_t *slot = map_slot(&r->arena, &r->role_map, role.lemma);
    struct mention_role *rows = row_room(&r->arena, r->roles, r->n_roles, sizeof *rows);
    if (!slot || !rows || !note_first(&r->arena, &r->role_first, role.lemma)) return no_memory(t->error);
    r->roles = rows;
    *slot = r->n_roles; /* a later file overrides */
    r->roles[r->n_roles++] = role;
    return DPS_OK;
}

static enum dps_status cue_row(struct table *t) {
    static const char *const names[] = {
#define MENTION_CUE_NAME(name, text) text,
        MENTION_CUE_MAP(MENTION_CUE_NAME)
#undef MENTION_CUE_NAME
    };
    struct dps_mention_rules *r = t->rules;
    struct dps_str kind = cell(t, "cue");
    if (dps_str_is(kind, "home")) {
        r->home = cell(t, "word");
        return r->home.length == 3 ? DPS_OK : bad_cell(t, "word", r->home, "a country code has three letters");
    }
    for (unsigned i = 0; i < MENTION_CUE_COUNT; i++) {
        if (!dps_str_is(kind, names[i])) continue;
        uint32_t *slot = map_slot(&r->arena, &r->cue_map, cell_lower(t, "word"));
        if (!slot) return bad_cell(t, "word", cell(t, "word"), "a cue needs a word");
        *slot = (*slot == MENTION_NONE ? 0 : *slot) | 1u << i;
        return DPS_OK;
    }
    return bad_cell(t, "cue", kind, "docs/mentions.md lists the cues");
}

static enum dps_status generic_row(struct table *t) {
    static const char *const names[] = {"",     "country", "neighbour", "capital", "person",
                                        "side", "group",   "region",    "pair"};
    struct dps_mention_rules *r = t->rules;
    struct mention_generic_row row = {.word = cell_lower(t, "word"), .sector = cell_or_empty(t, "sector")};
    struct dps_str kind = cell(t, "kind");
    for (unsigned i = 1; i < sizeof names / sizeof *names; i++)
        if (dps_str_is(kind, names[i])) row.kind = (enum mention_generic)i;
    if (!row.kind) return bad_cell(t, "kind", kind, "docs/mentions.md lists the kinds");
    uint32_t *slot = map_slot(&r->arena, &r->generic_map, row.word);
    struct mention_generic_row *rows = row_room(&r->arena, r->generics, r->n_generics, sizeof *rows);
    if (!slot || !rows) return no_memory(t->error);
    r->generics = rows;
    *slot = r->n_generics;
    r->generics[r->n_generics++] = row;
    return DPS_OK;
}

static enum dps_status pronoun_row(struct table *t) {
    static const char *const names[] = {"", "personal", "possessive", "relative", "demonstrative"};
    struct dps_mention_rules *r = t->rules;
    struct mention_pronoun row = {.word = cell_lower(t, "word")};
    struct dps_str kind = cell(t, "kind"), person = cell(t, "person"), number = cell(t, "number"),
                   animacy = cell(t, "stands_for");
    for (unsigned i = 1; i < sizeof names / sizeof *names; i++)
        if (dps_str_is(kind, names[i])) row.kind = (enum mention_pronoun_kind)i;
    if (!row.kind) return bad_cell(t, "kind", kind, "give personal, possessive, relative or demonstrative");
    row.person = (uint8_t)(person.length && person.data[0] >= '1' && person.data[0] <= '3' ? person.data[0] - '0' : 3);
    for (size_t i = 0; i < number.length; i++)
        row.number |= (uint8_t)(number.data[i] == 's' ? 1 : number.data[i] == 'p' ? 2 : 0);
    if (!row.number) row.number = 3;
    row.gender = gender_bits(cell_or_empty(t, "gender"));
    for (size_t i = 0; i < animacy.length; i++)
        row.animacy |= (uint8_t)(animacy.data[i] == 'p'   ? MENTION_ANIMATE
                                 : animacy.data[i] == 't' ? MENTION_INANIMATE
                                                          : 0);
    if (!row.animacy) row.animacy = MENTION_ANIMATE | MENTION_INANIMATE;
    uint32_t *slot = map_slot(&r->arena, &r->pronoun_map, row.word);
    struct mention_pronoun *rows = row_room(&r->arena, r->pronouns, r->n_pronouns, sizeof *rows);
    if (!slot || !rows) return no_memory(t->error);
    r->pronouns = rows;
    if (*slot == MENTION_NONE)
        *slot = r->n_pronouns; /* rows of one word stand together: the first is found, the rest follow */
    r->pronouns[r->n_pronouns++] = row;
    return DPS_OK;
}

static enum dps_status bloc_row(struct table *t) {
    struct dps_mention_rules *r = t->rules;
    struct mention_bloc row = {.words = cell_lower(t, "words"),
                               .name = cell(t, "name"),
                               .country = cell_or_empty(t, "country"),
                               .sector = cell_or_empty(t, "sector"),
                               .place = dps_str_is(cell(t, "place"), "yes"),
                               .metonym = dps_str_is(cell(t, "place"), "metonym")};
    if (!row.country.length) row.country = DPS_STR("---");
    if (!row.sector.length) row.sector = DPS_STR("UNK");
    row.n_words = count_words(row.words);
    if (!row.n_words || row.n_words > MENTION_MAX_ROLE_WORDS)
        return bad_cell(t, "words", row.words, "give one to four words");
    struct mention_bloc *rows = row_room(&r->arena, r->blocs, r->n_blocs, sizeof *rows);
    uint32_t *slot = map_slot(&r->arena, &r->bloc_first, row.words);
    if (!slot || !rows) return no_memory(t->error);
    r->blocs = rows;
    *slot = r->n_blocs;
    r->blocs[r->n_blocs++] = row;
    return DPS_OK;
}

static bool parse_int(struct dps_str s, int *value) {
    char buffer[16], *end;
    if (!s.length || s.length >= sizeof buffer) return false;
    memcpy(buffer, s.data, s.length);
    buffer[s.length] = 0;
    long v = strtol(buffer, &end, 10);
    if (*end || v < -100000 || v > 100000) return false;
    *value = (int)v;
    return true;
}

static enum dps_status time_row(struct table *t) {
    static const char *const names[] = {"",      "weekday", "month", "day",      "unit",     "relative", "since",
                                        "ahead", "ago",     "night", "night_to", "daypart",  "vague",    "then",
                                        "back",  "past",    "and",   "will",     "year_word"};
    struct dps_mention_rules *r = t->rules;
    struct mention_time_word row = {.word = cell_lower(t, "word"), .next = MENTION_NONE};
    struct dps_str kind = cell(t, "kind"), value = cell_or_empty(t, "value");
    int number = 0;
    for (unsigned i = 1; i < sizeof names / sizeof *names; i++)
        if (dps_str_is(kind, names[i])) row.kind = (enum mention_time_kind)i;
    if (!row.kind) return bad_cell(t, "kind", kind, "docs/mentions.md lists the kinds");
    if (value.length && !parse_int(value, &number)) return bad_cell(t, "value", value, "give a whole number");
    if (row.kind == MENTION_TIME_WEEKDAY && (number < 0 || number > 6))
        return bad_cell(t, "value", value, "0 Monday to 6 Sunday");
    if (row.kind == MENTION_TIME_MONTH && (number < 1 || number > 12)) return bad_cell(t, "value", value, "1 to 12");
    row.value = (int16_t)number;
    uint32_t *slot = map_slot(&r->arena, &r->time_map, row.word);
    struct mention_time_word *rows = row_room(&r->arena, r->times, r->n_times, sizeof *rows);
    if (!slot || !rows) return no_memory(t->error);
    r->times = rows;
    row.next = *slot;
    *slot = r->n_times;
    r->times[r->n_times++] = row;
    return DPS_OK;
}

static enum dps_status number_row(struct table *t) {
    int value;
    if (!parse_int(cell(t, "value"), &value) || value < 0)
        return bad_cell(t, "value", cell(t, "value"), "give a whole number");
    uint32_t *slot = map_slot(&t->rules->arena, &t->rules->number_map, cell_lower(t, "word"));
    if (!slot) return bad_cell(t, "word", cell(t, "word"), "a number needs a word");
    *slot = (uint32_t)value;
    return DPS_OK;
}

static enum dps_status prefix_row(struct table *t) {
    struct dps_mention_rules *r = t->rules;
    struct dps_str prefix = cell_lower(t, "prefix");
    uint32_t *slot = map_slot(&r->arena, &r->prefix_map, prefix);
    void *rows = row_room(&r->arena, r->prefixes, r->n_prefixes, sizeof *r->prefixes);
    if (!slot || !rows) return no_memory(t->error);
    r->prefixes = rows;
    *slot = r->n_prefixes;
    r->prefixes[r->n_prefixes].prefix = prefix;
    r->prefixes[r->n_prefixes].country = cell_or_empty(t, "country");
    r->prefixes[r->n_prefixes++].sector = cell_or_empty(t, "sector");
    return DPS_OK;
}

static enum dps_status read_all(struct dps_mention_rules *rules, const char *folder, struct dps_error *error) {
    DPS_TRY(read_table(rules, folder, "cues.tsv", true, cue_row, error));
    DPS_TRY(read_table(rules, folder, "roles.tsv", false, role_row, error));
    DPS_TRY(read_table(rules, folder, "roles-more.tsv", false, role_row, error));
    DPS_TRY(read_table(rules, folder, "generics.tsv", false, generic_row, error));
    DPS_TRY(read_table(rules, folder, "pronouns.tsv", false, pronoun_row, error));
    DPS_TRY(read_table(rules, folder, "blocs.tsv", false, bloc_row, error));
    DPS_TRY(read_table(rules, folder, "times.tsv", false, time_row, error));
    DPS_TRY(read_table(rules, folder, "numbers.tsv", false, number_row, error));
    return read_table(rules, folder, "compounds.tsv", false, prefix_row, error);
}

enum dps_status dps_mention_rules_new(struct dps_mention_rules **out, const char *lang_dir, const char *code,
                                      struct dps_error *error) {
    struct dps_mention_rules *rules = calloc(1, sizeof *rules);
    *out = NULL;
    if (!rules) return no_memory(error);
    dps_arena_init(&rules->arena, RULES_CEILING);
    size_t n = strlen(code);
    if (n == 0 || n >= sizeof rules->code) {
        dps_mention_rules_free(rules);
        return dps_error_set(error, DPS_USAGE, "'%s' is no language code", code);
    }
    memcpy(rules->code, code, n);
    const char *folder = dps_file_join(&rules->arena, lang_dir, code);
    enum dps_status status = folder ? read_all(rules, folder, error) : no_memory(error);
    if (status != DPS_OK) {
        dps_mention_rules_free(rules);
        return status;
    }
    *out = rules;
    return DPS_OK;
}

void dps_mention_rules_free(struct dps_mention_rules *rules) {
    if (!rules) return;
    dps_arena_release(&rules->arena);
    free(rules);
}

/* ---- look-ups ---- */

const struct mention_role *mention_rules_role(const struct dps_mention_rules *rules, struct dps_str low) {
    uint32_t at = mention_map_get(&rules->role_map, low);
    return at == MENTION_NONE ? NULL : &rules->roles[at];
}

const struct mention_role *mention_rules_inflected(const struct dps_mention_rules *rules, struct dps_str low) {
    const struct mention_role *role = mention_rules_role(rules, low);
    for (size_t cut = 1; cut <= 3 && !role && cut + MIN_COMPOUND <= low.length; cut++)
        if (mention_rules_cues(rules, dps_str_cut(low, low.length - cut, low.length)) & MENTION_CUE_INFLECTION)
            role = mention_rules_role(rules, dps_str_cut(low, 0, low.length - cut));
    return role;
}

const struct mention_role *mention_rules_compound(const struct dps_mention_rules *rules, struct dps_str low,
                                                  size_t *at) {
    for (size_t from = 2; from + MIN_COMPOUND <= low.length; from++) {
        if (((unsigned char)low.data[from] & 0xC0) == 0x80) continue; /* inside a character */
        const struct mention_role *role = mention_rules_inflected(rules, dps_str_cut(low, from, low.length));
        bool hyphen = low.data[from - 1] == '-';
        if (role && (role->compound || hyphen)) {
            *at = from;
            return role;
        }
    }
    return NULL;
}

const struct mention_time_word *mention_rules_time(const struct dps_mention_rules *rules, struct dps_str low,
                                                   enum mention_time_kind kind) {
    for (uint32_t at = mention_map_get(&rules->time_map, low); at != MENTION_NONE; at = rules->times[at].next)
        if (rules->times[at].kind == kind) return &rules->times[at];
    return NULL;
}

bool mention_rules_number(const struct dps_mention_rules *rules, struct dps_str low, int *value) {
    if (parse_int(low, value)) return *value >= 0;
    uint32_t at = mention_map_get(&rules->number_map, low);
    if (at == MENTION_NONE) return false;
    *value = (int)at;
    return true;
}

uint32_t mention_rules_cues(const struct dps_mention_rules *rules, struct dps_str low) {
    uint32_t bits = mention_map_get(&rules->cue_map, low);
    return bits == MENTION_NONE ? 0 : bits;
}
