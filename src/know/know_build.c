/* know_build.c -- compile knowledge tables to an image.
 *
 * In: tables in memory, in any order.  Out: one block as know_image.h describes it.
 * First the rows become entities, offices and raw aliases; each alias is written with all endings that the languages'
 * inflection tables give, so that a look-up needs no grammar. Then aliases are sorted, likeliest reading first, and a
 * hash table over the names and all beginnings of names is laid out. Every complaint names file, line, column and what
 * to do. Limits: KNOW_MAX_ROWS rows, KNOW_MAX_KEY bytes a name; a longer alias is an error, not cut.
 */
#include "know/know_build.h"

#include "base/utf8.h"
#include "know/know.h"

#include <stdlib.h>
#include <utf8proc.h>

enum {
    MAX_LANGS = 64,
    MAX_RULES = 256,         /* of one language */
    MAX_FORMS = 64,          /* inflected forms of one alias */
    MAX_ALIAS = 240,         /* bytes of an alias as written */
    DEFAULT_RANK = 200,      /* of an office that office_terms.tsv does not list */
    TOWN_PEOPLE = 200000,    /* of smaller towns no adjective is made: too many would be words of another meaning */
    REGION_PEOPLE = 3000000, /* where a region or sea without population stands among cities of its name */
    SCRATCH_CEILING = 64 << 20
};

/* ---- growing arrays ---- */

struct vec {
    char *data;
    size_t count, capacity;
};

static void *vec_add(struct vec *v, size_t size) {
    if (v->count >= 16u * (size_t)KNOW_MAX_ROWS) return NULL;
    if (v->count == v->capacity) {
        size_t more = v->capacity ? v->capacity * 2 : 256;
        char *data = realloc(v->data, more * size);
        if (!data) return NULL;
        v->data = data;
        v->capacity = more;
    }
    void *slot = v->data + v->count++ * size;
    memset(slot, 0, size);
    return slot;
}
#define VEC_AT(v, type, i) (&((type *)(void *)(v).data)[i])

/* ---- state ---- */

enum rule_class {
    RULE_NAME,
    RULE_ORG,
    RULE_FIRST,
    RULE_SURNAME,
    RULE_ADJECTIVE,
    RULE_DEMONYM,
    RULE_TOWN,
    RULE_SPELLING,
    RULE_CLASSES
};
static const char *const rule_names[RULE_CLASSES] = {"name",      "org",     "first", "surname",
                                                     "adjective", "demonym", "town",  "spelling"};

struct rule {
    enum rule_class class;
    struct dps_str from, except, to;
};

enum { WORD_SURNAME = 1, WORD_PLACE = 2, WORD_ORG = 4 };

struct language {
    uint16_t code;
    struct rule *rules;
    uint32_t n_rules;
    uint8_t *words; /* WORD_* bits by number of the string: as what this word is no name by itself; owned */
    uint32_t n_words;
};

struct term {
    struct dps_str office, after;
    uint32_t rank;
    bool single;
};

/* An alias before sorting. entity KNOW_NONE: only the beginning of longer names. */
struct raw {
    struct know_ref key;
    uint32_t entity, order;
    uint16_t lang;
    uint8_t alias, look;
};

struct builder {
    struct dps_arena arena; /* rules, terms */
    struct dps_buffer strings;
    uint32_t *intern; /* hash table over `refs` */
    uint32_t intern_size;
    struct vec refs, entities, offices, raws, terms;
    struct language langs[MAX_LANGS];
    uint32_t n_langs;
    const struct know_image *below;
    struct dps_error *error;
    /* the table being read */
    struct dps_tsv tsv;
    const char *name;
};

static enum dps_status no_memory(struct builder *b) {
    return dps_error_set(b->error, DPS_MEMORY, "out of memory compiling the knowledge tables");
}

static void builder_release(struct builder *b) {
    for (uint32_t i = 0; i < b->n_langs; i++) free(b->langs[i].words);
    dps_arena_release(&b->arena);
    dps_buffer_release(&b->strings);
    free(b->intern);
    free(b->refs.data);
    free(b->entities.data);
    free(b->offices.data);
    free(b->raws.data);
    free(b->terms.data);
}

static struct dps_str text_of(const struct builder *b, struct know_ref ref) {
    return (struct dps_str){b->strings.data + ref.offset, ref.length};
}

static bool intern_grow(struct builder *b) {
    uint32_t size = b->intern_size ? b->intern_size * 2 : 4096;
    uint32_t *table = malloc(size * sizeof *table);
    if (!table) return false;
    memset(table, 0xFF, size * sizeof *table);
    for (uint32_t i = 0; i < b->refs.count; i++) {
        uint32_t at = (uint32_t)dps_str_hash(text_of(b, *VEC_AT(b->refs, struct know_ref, i))) & (size - 1);
        while (table[at] != KNOW_NONE) at = (at + 1) & (size - 1);
        table[at] = i;
    }
    free(b->intern);
    b->intern = table;
    b->intern_size = size;
    return true;
}

/* The number of these bytes among the strings, each kept once; KNOW_NONE when memory ran out. `s` must not be empty nor
 * lie in b->strings. */
static uint32_t intern_number(struct builder *b, struct dps_str s) {
    if (b->refs.count * 2 >= b->intern_size && !intern_grow(b)) return KNOW_NONE;
    uint32_t at = (uint32_t)dps_str_hash(s) & (b->intern_size - 1);
    for (; b->intern[at] != KNOW_NONE; at = (at + 1) & (b->intern_size - 1))
        if (dps_str_equal(text_of(b, *VEC_AT(b->refs, struct know_ref, b->intern[at])), s)) return b->intern[at];
    struct know_ref ref = {(uint32_t)b->strings.length, (uint32_t)s.length};
    struct know_ref *slot = dps_buffer_append_str(&b->strings, s) ? vec_add(&b->refs, sizeof *slot) : NULL;
    if (!slot) return KNOW_NONE;
    *slot = ref;
    return b->intern[at] = (uint32_t)b->refs.count - 1;
}

static bool intern(struct builder *b, struct dps_str s, struct know_ref *ref) {
    *ref = (struct know_ref){0, 0};
    if (s.length == 0) return true;
    uint32_t number = intern_number(b, s);
    if (number != KNOW_NONE) *ref = *VEC_AT(b->refs, struct know_ref, number);
    return number != KNOW_NONE;
}

/* ---- reading cells ---- */

static int column(const struct builder *b, const char *name) {
    return dps_tsv_column(&b->tsv, name);
}
static struct dps_str cell(const struct builder *b, const char *name) {
    return dps_tsv_cell(&b->tsv, column(b, name));
}

static enum dps_status complain(struct builder *b, const char *col, struct dps_str value, const char *remedy) {
    return dps_error_set(b->error, DPS_KNOW, "%s:%u: column '%s': '%.*s' %s", b->name, b->tsv.lines.line, col,
                         (int)(value.length > 80 ? 80 : value.length), value.data ? value.data : "", remedy);
}

static enum dps_status need_columns(struct builder *b, const char *const *names) {
    for (; *names; names++)
        if (column(b, *names) < 0)
            return dps_error_set(
                b->error, DPS_KNOW,
                "%s:%u: no column '%s'; the first line must name it (docs/knowledge.md lists the columns)", b->name,
                b->tsv.lines.line, *names);
    return DPS_OK;
}

static enum dps_status take_string(struct builder *b, struct dps_str s, struct know_ref *ref) {
    return intern(b, s, ref) ? DPS_OK : no_memory(b);
}

static enum dps_status take_required(struct builder *b, const char *col, struct know_ref *ref) {
    struct dps_str s = cell(b, col);
    if (s.length == 0) return complain(b, col, s, "must not be empty");
    if (s.length > MAX_ALIAS) return complain(b, col, s, "is too long");
    return take_string(b, s, ref);
}

/* Three capitals, "---" or nothing. */
static enum dps_status take_code(struct builder *b, const char *col, bool required, struct know_ref *ref) {
    struct dps_str s = cell(b, col);
    bool good = s.length == 3 && (dps_str_is(s, "---") || (s.data[0] >= 'A' && s.data[0] <= 'Z' && s.data[1] >= 'A' &&
                                                           s.data[1] <= 'Z' && s.data[2] >= 'A' && s.data[2] <= 'Z'));
    if (!good && (s.length || required))
        return complain(b, col, s,
                        "is no code; write three capital letters (countries: ISO 3166-1, or UNO, EUR, IGO, NGO, ISM, "
                        "IMG, MNC; sectors: coding guide, section 6)");
    return take_string(b, s, ref);
}

static enum dps_status take_date(struct builder *b, const char *col, int32_t *packed) {
    struct dps_str s = cell(b, col);
    struct dps_date date = {0};
    if (s.length && (!dps_date_parse(s, &date) || date.year < 1 || date.year > 9998))
        return complain(b, col, s, "is no date; write YYYY-MM-DD, YYYY-MM, YYYY or nothing");
    *packed = know_date_pack(date);
    return DPS_OK;
}

static enum dps_status take_span(struct builder *b, int32_t *from, int32_t *to) {
    DPS_TRY(take_date(b, "from", from));
    DPS_TRY(take_date(b, "to", to));
    if (*from > know_date_last(*to))
        return complain(b, "to", cell(b, "to"), "lies before 'from'; put the two in order");
    return DPS_OK;
}

static bool parse_number(struct dps_str s, double *value) {
    char buffer[40], *end;
    if (s.length == 0 || s.length >= sizeof buffer) return false;
    for (size_t i = 0; i < s.length; i++)
        if (!strchr("+-.0123456789", s.data[i])) return false;
    memcpy(buffer, s.data, s.length);
    buffer[s.length] = 0;
    *value = strtod(buffer, &end);
    return *end == 0;
}

static enum dps_status take_degrees(struct builder *b, const char *col, double ceiling, int32_t *micro) {
    struct dps_str s = cell(b, col);
    double value = 0;
    *micro = KNOW_NO_DEGREES;
    if (s.length == 0) return DPS_OK;
    if (!parse_number(s, &value) || value < -ceiling || value > ceiling)
        return complain(b, col, s, "is no coordinate; write degrees as in 52.52 or -0.13");
    *micro = (int32_t)(value * 1e6 + (value < 0 ? -0.5 : 0.5));
    return DPS_OK;
}

/* ---- aliases ---- */

static struct dps_str last_word(struct dps_str s, struct dps_str *before) {
    size_t at = s.length;
    while (at > 0 && s.data[at - 1] != ' ') at--;
    *before = dps_str_cut(s, 0, at);
    return dps_str_cut(s, at, s.length);
}

static struct dps_str first_word(struct dps_str s) {
    const char *space = memchr(s.data, ' ', s.length);
    return dps_str_cut(s, 0, space ? (size_t)(space - s.data) : s.length);
}

static size_t normalise(char key[KNOW_MAX_KEY], struct dps_str alias) {
    size_t length = 0, words = 0;
    for (struct dps_str word; dps_str_split(&alias, ' ', &word);) {
        if (word.length == 0) continue;
        length = know_norm_append(key, length, word);
        if (length == 0 || ++words > KNOW_MAX_WORDS) return 0;
    }
    return length;
}

/* What the text must look like so that this alias counts: `written` tells it, `shape` is the alias before endings were
 * put on. */
static uint8_t demanded_look(struct dps_str shape) {
    struct dps_str before, last = last_word(shape, &before), first = first_word(shape);
    uint8_t look = know_norm_look(first, last, before.length == 0);
    if (before.length) return look & (KNOW_FIRST_UPPER | KNOW_LAST_UPPER);
    size_t letters = 0;
    for (size_t at = 0; at < shape.length;) letters += dps_utf8_is_letter(dps_utf8_next(shape, &at));
    if ((look & KNOW_NO_LOWER) && letters <= 4) return look; /* US, WHO, IS: never "us", "Who", "is" */
    return look & KNOW_FIRST_UPPER;                          /* UNESCO may be written Unesco */
}

static enum dps_status push_raw(struct builder *b, uint32_t entity, enum dps_alias_kind alias, uint16_t lang,
                                uint8_t look, uint32_t key) {
    struct raw *raw = vec_add(&b->raws, sizeof *raw);
    if (!raw) return no_memory(b);
    *raw = (struct raw){.key = *VEC_AT(b->refs, struct know_ref, key),
                        .entity = entity,
                        .lang = lang,
                        .alias = (uint8_t)alias,
                        .look = look};
    return DPS_OK;
}

/* The WORD_* bit that tells such an alias to be an ordinary word of a language. */
static unsigned word_bit(enum dps_alias_kind alias, uint8_t kind) {
    if (alias == DPS_ALIAS_SURNAME) return WORD_SURNAME;
    return kind == DPS_ENTITY_PLACE ? WORD_PLACE : kind == DPS_ENTITY_ORG ? WORD_ORG : 0;
}

static enum dps_status add_raw(struct builder *b, uint32_t entity, enum dps_alias_kind alias, uint16_t lang,
                               uint8_t look, struct dps_str form) {
    char bytes[KNOW_MAX_KEY];
    size_t length = normalise(bytes, form);
    if (length == 0) return complain(b, "name", form, "cannot be used as a name: it is too long");
    uint32_t key = intern_number(b, (struct dps_str){bytes, length});
    if (key == KNOW_NONE) return no_memory(b);
    unsigned bit = word_bit(alias, VEC_AT(b->entities, struct know_entity, entity)->kind);
    bool barred = false;
    for (uint32_t i = 0; i < b->n_langs; i++)
        if ((lang == 0 || b->langs[i].code == lang) && key < b->langs[i].n_words && (b->langs[i].words[key] & bit))
            barred = true;
    if (!barred) return push_raw(b, entity, alias, lang, look, key);
    for (uint32_t i = 0; i < b->n_langs && lang == 0; i++) /* still a name in the other languages */
        if (key >= b->langs[i].n_words || !(b->langs[i].words[key] & bit))
            DPS_TRY(push_raw(b, entity, alias, b->langs[i].code, look, key));
    return DPS_OK;
}

static bool rule_fits(const struct rule *rule, struct dps_str word) {
    if (!dps_str_ends(word, rule->from) || word.length <= rule->from.length) return false;
    struct dps_str except = rule->except, part;
    while (dps_str_split(&except, ';', &part))
        if (part.length && dps_str_ends(word, part)) return false;
    return true;
}

/* word with the rule's ending, behind `before` and in front of `after`. */
static bool compose(struct dps_buffer *out, struct dps_str before, struct dps_str word, const struct rule *rule,
                    struct dps_str after) {
    dps_buffer_clear(out);
    return dps_buffer_append_str(out, before) &&
           dps_buffer_append_str(out, dps_str_cut(word, 0, word.length - rule->from.length)) &&
           dps_buffer_append_str(out, rule->to) && dps_buffer_append_str(out, after);
}

/* The classes of rules whose ending goes on the last word of such an alias. */
static unsigned classes_for(enum dps_alias_kind alias, enum dps_entity_kind kind) {
    switch (alias) {
    case DPS_ALIAS_ADJECTIVE:
        return 1u << RULE_ADJECTIVE;
    case DPS_ALIAS_DEMONYM:
        return 1u << RULE_DEMONYM;
    case DPS_ALIAS_SURNAME:
        return 1u << RULE_SURNAME;
    default:
        break;
    }
    if (kind == DPS_ENTITY_PERSON) return 1u << RULE_SURNAME;
    return kind == DPS_ENTITY_ORG ? 1u << RULE_NAME | 1u << RULE_ORG : 1u << RULE_NAME;
}

struct alias_work {
    bool town; /* the place has an adjective: Moskauer */
    uint32_t entity;
    enum dps_alias_kind alias;
    enum dps_entity_kind kind;
    uint8_t look, inflected_look;
};

static enum dps_status add_endings(struct builder *b, const struct alias_work *w, const struct language *lang,
                                   struct dps_str form) {
    struct dps_str before, word = last_word(form, &before);
    unsigned classes = classes_for(w->alias, w->kind);
    struct dps_buffer out = {.ceiling = 4 * MAX_ALIAS};
    enum dps_status status = DPS_OK;
    for (uint32_t i = 0; i < lang->n_rules && status == DPS_OK; i++) {
        const struct rule *rule = &lang->rules[i];
        bool adjective = w->town && rule->class == RULE_TOWN;
        if (!(adjective || classes >> rule->class & 1u) || !rule_fits(rule, word)) continue;
        if (!compose(&out, before, word, rule, (struct dps_str){NULL, 0}))
            status = no_memory(b);
        else
            status = add_raw(b, w->entity, adjective ? DPS_ALIAS_ADJECTIVE : w->alias, lang->code, w->inflected_look,
                             dps_buffer_str(&out));
    }
    dps_buffer_release(&out);
    return status;
}

/* "Weißes Haus": the first word takes endings too, each with those of the last. */
static enum dps_status add_first_endings(struct builder *b, const struct alias_work *w, const struct language *lang,
                                         struct dps_str form) {
    struct dps_str first = first_word(form), rest = dps_str_cut(form, first.length, form.length), none = {NULL, 0};
    if (rest.length == 0 || w->kind == DPS_ENTITY_PERSON) return DPS_OK;
    struct dps_buffer out = {.ceiling = 4 * MAX_ALIAS};
    enum dps_status status = DPS_OK;
    for (uint32_t i = 0; i < lang->n_rules && status == DPS_OK; i++) {
        const struct rule *rule = &lang->rules[i];
        if (rule->class != RULE_FIRST || !rule_fits(rule, first)) continue;
        if (!compose(&out, none, first, rule, rest)) status = no_memory(b);
        if (status == DPS_OK) status = add_raw(b, w->entity, w->alias, lang->code, w->look, dps_buffer_str(&out));
        if (status == DPS_OK) status = add_endings(b, w, lang, dps_buffer_str(&out));
    }
    dps_buffer_release(&out);
    return status;
}

/* All "spelling" rules of the language at once: Schröder -> Schroeder. False if nothing changes. */
static bool respell(struct dps_buffer *out, const struct language *lang, struct dps_str form) {
    bool changed = false;
    dps_buffer_clear(out);
    for (size_t at = 0; at < form.length;) {
        const struct rule *found = NULL;
        for (uint32_t i = 0; i < lang->n_rules && !found; i++)
            if (lang->rules[i].class == RULE_SPELLING && lang->rules[i].from.length &&
                dps_str_starts(dps_str_cut(form, at, form.length), lang->rules[i].from))
                found = &lang->rules[i];
        if (found) {
            if (!dps_buffer_append_str(out, found->to)) return false;
            at += found->from.length;
            changed = true;
        } else if (!dps_buffer_append(out, form.data + at++, 1))
            return false;
    }
    return changed;
}

/* Without accents: Orbán -> Orban. False if nothing changes or it does not fit. */
static bool strip_marks(char *out, size_t room, size_t *length, struct dps_str form) {
    int32_t points[2 * MAX_ALIAS + 1];
    utf8proc_ssize_t n = utf8proc_decompose((const utf8proc_uint8_t *)form.data, (utf8proc_ssize_t)form.length, points,
                                            2 * MAX_ALIAS, UTF8PROC_STABLE | UTF8PROC_COMPOSE | UTF8PROC_STRIPMARK);
    if (n <= 0 || n > 2 * MAX_ALIAS) return false;
    n = utf8proc_reencode(points, n, UTF8PROC_STABLE | UTF8PROC_COMPOSE);
    if (n <= 0 || (size_t)n > room) return false;
    memcpy(out, points, (size_t)n);
    *length = (size_t)n;
    return !dps_str_equal((struct dps_str){out, *length}, form);
}

/* One written form with all its endings. lang 0: in every language, each with its own endings. */
static enum dps_status add_form(struct builder *b, const struct alias_work *w, uint16_t lang, struct dps_str form) {
    DPS_TRY(add_raw(b, w->entity, w->alias, lang, w->look, form));
    for (uint32_t i = 0; i < b->n_langs; i++) {
        if (lang && b->langs[i].code != lang) continue;
        DPS_TRY(add_endings(b, w, &b->langs[i], form));
        DPS_TRY(add_first_endings(b, w, &b->langs[i], form));
    }
    return DPS_OK;
}

static enum dps_status add_alias(struct builder *b, uint32_t entity, enum dps_alias_kind alias, uint16_t lang,
                                 struct dps_str written, const char *col) {
    struct dps_str form = dps_str_trim(written);
    if (form.length == 0) return DPS_OK;
    if (form.length > MAX_ALIAS) return complain(b, col, form, "is too long for a name");
    struct alias_work w = {.entity = entity,
                           .alias = alias,
                           .kind = (enum dps_entity_kind)VEC_AT(b->entities, struct know_entity, entity)->kind};
    w.town = alias == DPS_ALIAS_CAPITAL ||
             (w.kind == DPS_ENTITY_PLACE && VEC_AT(b->entities, struct know_entity, entity)->population >= TOWN_PEOPLE);
    w.look = demanded_look(form);
    w.inflected_look = w.look & KNOW_NO_LOWER ? KNOW_FIRST_UPPER | KNOW_TWO_UPPER | KNOW_HAS_LOWER
                                              : w.look; /* UNs, neither Uns nor UNS */
    DPS_TRY(add_form(b, &w, lang, form));
    char plain[MAX_ALIAS * 2];
    size_t length;
    if (strip_marks(plain, sizeof plain, &length, form))
        DPS_TRY(add_form(b, &w, lang, (struct dps_str){plain, length}));
    struct dps_buffer other = {.ceiling = 4 * MAX_ALIAS};
    enum dps_status status = DPS_OK;
    for (uint32_t i = 0; i < b->n_langs && status == DPS_OK; i++)
        if (respell(&other, &b->langs[i], form)) status = add_form(b, &w, lang, dps_buffer_str(&other));
    dps_buffer_release(&other);
    return status;
}

static enum dps_status add_aliases(struct builder *b, uint32_t entity, enum dps_alias_kind alias, uint16_t lang,
                                   struct dps_str list, const char *col) {
    for (struct dps_str part; dps_str_split(&list, ';', &part);) DPS_TRY(add_alias(b, entity, alias, lang, part, col));
    return DPS_OK;
}

/* Every column "<stem>_<language>". */
static enum dps_status add_columns(struct builder *b, uint32_t entity, enum dps_alias_kind alias, const char *stem,
                                   bool all_languages) {
    size_t n = strlen(stem);
    for (unsigned i = 0; i < b->tsv.n_columns; i++) {
        struct dps_str col = b->tsv.columns[i];
        if (col.length < n + 3 || memcmp(col.data, stem, n) != 0 || col.data[n] != '_') continue;
        uint16_t lang = know_lang_pack(dps_str_cut(col, n + 1, col.length));
        if (lang == 0) continue;
        DPS_TRY(add_aliases(b, entity, alias, all_languages ? 0 : lang, dps_tsv_cell(&b->tsv, (int)i), stem));
    }
    return DPS_OK;
}

/* ---- the tables ---- */

static enum dps_status new_entity(struct builder *b, enum dps_entity_kind kind, const char *id_column,
                                  const char *name_column, uint32_t *index) {
    if (b->entities.count >= KNOW_MAX_ROWS)
        return dps_error_set(b->error, DPS_LIMIT, "%s:%u: more than %d rows", b->name, b->tsv.lines.line,
                             KNOW_MAX_ROWS);
    struct know_entity *e = vec_add(&b->entities, sizeof *e);
    if (!e) return no_memory(b);
    *index = (uint32_t)b->entities.count - 1;
    *e = (struct know_entity){.kind = (uint8_t)kind, .lat = KNOW_NO_DEGREES, .lon = KNOW_NO_DEGREES};
    struct know_ref id, name;
    DPS_TRY(take_required(b, id_column, &id));
    DPS_TRY(take_required(b, name_column, &name));
    e = VEC_AT(b->entities, struct know_entity, *index);
    e->id = id;
    e->name = name;
    return DPS_OK;
}

/* The English name counts in every language that has none of its own. */
static enum dps_status add_names(struct builder *b, uint32_t index) {
    bool other = false;
    for (unsigned i = 0; i < b->tsv.n_columns; i++) {
        struct dps_str col = b->tsv.columns[i];
        if (dps_str_starts(col, DPS_STR("name_")) && !dps_str_is(col, "name_en") &&
            dps_tsv_cell(&b->tsv, (int)i).length)
            other = true;
    }
    DPS_TRY(add_columns(b, index, DPS_ALIAS_NAME, "name", !other));
    return add_columns(b, index, DPS_ALIAS_NAME, "aliases", false);
}

static enum dps_status read_country(struct builder *b) {
    uint32_t index = 0;
    DPS_TRY(new_entity(b, DPS_ENTITY_COUNTRY, "code", "name_en", &index));
    struct know_entity *e = VEC_AT(b->entities, struct know_entity, index);
    DPS_TRY(take_code(b, "code", true, &e->country));
    DPS_TRY(take_string(b, cell(b, "kind"), &e->place_kind));
    DPS_TRY(take_degrees(b, "lat", 90, &e->lat));
    DPS_TRY(take_degrees(b, "lon", 180, &e->lon));
    DPS_TRY(add_names(b, index));
    DPS_TRY(add_columns(b, index, DPS_ALIAS_ADJECTIVE, "adj", false));
    DPS_TRY(add_columns(b, index, DPS_ALIAS_DEMONYM, "demonym", false));
    DPS_TRY(add_columns(b, index, DPS_ALIAS_CAPITAL, "capital", false));
    return add_aliases(b, index, DPS_ALIAS_CAPITAL, 0, cell(b, "capital_aliases"), "capital_aliases");
}

static enum dps_status read_org(struct builder *b) {
    uint32_t index = 0;
    DPS_TRY(new_entity(b, DPS_ENTITY_ORG, "id", "name_en", &index));
    struct know_entity *e = VEC_AT(b->entities, struct know_entity, index);
    DPS_TRY(take_code(b, "country", true, &e->country));
    DPS_TRY(take_code(b, "sector", true, &e->sector));
    DPS_TRY(take_span(b, &e->from, &e->to));
    return add_names(b, index);
}

static enum dps_status read_place(struct builder *b) {
    uint32_t index = 0;
    DPS_TRY(new_entity(b, DPS_ENTITY_PLACE, "id", "name_en", &index));
    struct know_entity *e = VEC_AT(b->entities, struct know_entity, index);
    DPS_TRY(take_code(b, "country", false, &e->country));
    DPS_TRY(take_required(b, "kind", &e->place_kind));
    DPS_TRY(take_degrees(b, "lat", 90, &e->lat));
    DPS_TRY(take_degrees(b, "lon", 180, &e->lon));
    struct dps_str population = cell(b, "population");
    double value = 0;
    if (population.length && (!parse_number(population, &value) || value < 0 || value > 4e9))
        return complain(b, "population", population, "is no number");
    e->population = (uint32_t)value;
    DPS_TRY(add_names(b, index));
    return add_aliases(b, index, DPS_ALIAS_NAME, 0, cell(b, "aliases"), "aliases");
}

static bool has_space(struct dps_str s) {
    return memchr(s.data, ' ', s.length) != NULL;
}

/* The full name with each other form of the surname: Sergey Lavrov and Lawrow give Sergey Lawrow. */
static enum dps_status add_full_names(struct builder *b, uint32_t index, struct dps_str name, struct dps_str own,
                                      struct dps_str others) {
    struct dps_str surname, other;
    if (!dps_str_split(&own, ';', &surname)) return DPS_OK; /* no surname given */
    surname = dps_str_trim(surname);
    if (surname.length == 0 || name.length <= surname.length || !dps_str_ends(name, surname)) return DPS_OK;
    struct dps_buffer out = {.ceiling = 2 * MAX_ALIAS};
    enum dps_status status = DPS_OK;
    while (status == DPS_OK && dps_str_split(&others, ';', &other)) {
        other = dps_str_trim(other);
        if (other.length == 0 || dps_str_ends(name, other)) continue;
        dps_buffer_clear(&out);
        if (!dps_buffer_append_str(&out, dps_str_cut(name, 0, name.length - surname.length)) ||
            !dps_buffer_append_str(&out, other))
            status = no_memory(b);
        else
            status = add_alias(b, index, DPS_ALIAS_NAME, 0, dps_buffer_str(&out), "surname");
    }
    dps_buffer_release(&out);
    return status;
}

static enum dps_status read_person(struct builder *b) {
    uint32_t index = 0;
    DPS_TRY(new_entity(b, DPS_ENTITY_PERSON, "id", "name_en", &index));
    struct know_entity *e = VEC_AT(b->entities, struct know_entity, index);
    struct dps_str gender = cell(b, "gender"), id = cell(b, "id"), aliases = cell(b, "aliases"), part;
    if (gender.length && !dps_str_is(gender, "m") && !dps_str_is(gender, "f"))
        return complain(b, "gender", gender, "is not understood; write m, f or nothing");
    e->gender = gender.length ? (uint8_t)gender.data[0] : 0;
    char code[3];
    if (id.length > 4 && id.data[3] == '.') { /* rus.lavrov: a first guess of the country, for people without office */
        for (int i = 0; i < 3; i++)
            code[i] = (char)(id.data[i] >= 'a' && id.data[i] <= 'z' ? id.data[i] - 32 : id.data[i]);
        DPS_TRY(take_string(b, (struct dps_str){code, 3}, &e->country));
    }
    for (unsigned i = 0; i < b->tsv.n_columns; i++) {
        if (!dps_str_starts(b->tsv.columns[i], DPS_STR("name_"))) continue;
        struct dps_str name = dps_tsv_cell(&b->tsv, (int)i);
        if (name.length)
            DPS_TRY(add_alias(b, index, has_space(name) ? DPS_ALIAS_NAME : DPS_ALIAS_SURNAME, 0, name, "name"));
    }
    while (dps_str_split(&aliases, ';', &part)) {
        part = dps_str_trim(part);
        if (part.length)
            DPS_TRY(add_alias(b, index, has_space(part) ? DPS_ALIAS_NAME : DPS_ALIAS_SURNAME, 0, part, "aliases"));
    }
    struct dps_str own = cell(b, "surname_en");
    for (unsigned i = 0; i < b->tsv.n_columns; i++)
        if (dps_str_starts(b->tsv.columns[i], DPS_STR("surname_")))
            DPS_TRY(add_full_names(b, index, cell(b, "name_en"), own, dps_tsv_cell(&b->tsv, (int)i)));
    return add_columns(b, index, DPS_ALIAS_SURNAME, "surname", true);
}

static enum dps_status read_term(struct builder *b) {
    struct term *term = vec_add(&b->terms, sizeof *term);
    double rank = 0;
    if (!term) return no_memory(b);
    struct dps_str text = cell(b, "office");
    if (text.length == 0) return complain(b, "office", text, "must not be empty");
    if (!parse_number(cell(b, "rank"), &rank) || rank < 0 || rank > 1000)
        return complain(b, "rank", cell(b, "rank"), "is no number from 0 to 1000");
    term->office = text; /* borrowed from the source */
    term->after = cell(b, "after");
    term->rank = (uint32_t)rank;
    struct dps_str single = cell(b, "single");
    if (single.length && !dps_str_is(single, "yes"))
        return complain(b, "single", single, "is not understood; write yes or nothing");
    term->single = single.length != 0;
    return DPS_OK;
}

/* The rank of an office: by our own table, else as the table below has it. NULL: memory ran out. */
static const struct term *find_term(struct builder *b, struct dps_str office) {
    for (size_t i = 0; i < b->terms.count; i++)
        if (dps_str_equal(VEC_AT(b->terms, struct term, i)->office, office)) return VEC_AT(b->terms, struct term, i);
    struct term *term = vec_add(&b->terms, sizeof *term); /* remembered, so that each is looked for once */
    if (!term) return NULL;
    *term = (struct term){.office = office, .rank = DEFAULT_RANK};
    for (uint32_t i = 0; b->below && i < b->below->n_offices; i++) {
        const struct know_office *o = &b->below->offices[i];
        if (!dps_str_equal(know_str(b->below, o->office), office)) continue;
        *term = (struct term){office, know_str(b->below, o->after), o->rank, o->single != 0};
        break;
    }
    return term;
}

static enum dps_status read_office(struct builder *b) {
    struct know_office *o = vec_add(&b->offices, sizeof *o);
    if (!o) return no_memory(b);
    if (b->offices.count >= KNOW_MAX_ROWS)
        return dps_error_set(b->error, DPS_LIMIT, "%s:%u: more than %d rows", b->name, b->tsv.lines.line,
                             KNOW_MAX_ROWS);
    DPS_TRY(take_required(b, "office", &o->office));
    DPS_TRY(take_code(b, "country", true, &o->country));
    DPS_TRY(take_code(b, "sector", true, &o->sector));
    DPS_TRY(take_span(b, &o->from, &o->to));
    const struct term *term = find_term(b, cell(b, "office"));
    if (!term) return no_memory(b);
    o->rank = term->rank;
    o->single = term->single;
    DPS_TRY(take_string(b, term->after, &o->after));
    struct dps_str person = cell(b, "person");
    if (person.length == 0 || person.length > MAX_ALIAS) return complain(b, "person", person, "is no id of a person");
    o->person = intern_number(b, person); /* the string's number until join_offices: people may stand in a later file */
    return o->person == KNOW_NONE ? no_memory(b) : DPS_OK;
}

static enum dps_status read_rule(struct builder *b) {
    struct language *lang = &b->langs[b->n_langs - 1];
    if (lang->n_rules == MAX_RULES)
        return dps_error_set(b->error, DPS_LIMIT, "%s:%u: more than %d endings", b->name, b->tsv.lines.line, MAX_RULES);
    struct rule *rule = &lang->rules[lang->n_rules];
    struct dps_str class = cell(b, "class");
    for (rule->class = 0; rule->class < RULE_CLASSES && !dps_str_is(class, rule_names[rule->class]); rule->class ++) {}
    if (rule->class == RULE_CLASSES)
        return complain(b, "class", class,
                        "is not understood; write name, org, first, surname, adjective, demonym, town or spelling");
    rule->from = cell(b, "from");
    rule->except = cell(b, "not");
    rule->to = cell(b, "to");
    if (rule->class == RULE_SPELLING && rule->from.length == 0)
        return complain(b, "from", rule->from, "must not be empty in a spelling rule");
    lang->n_rules++;
    return DPS_OK;
}

static enum dps_status read_word(struct builder *b) {
    struct language *lang = &b->langs[b->n_langs - 1];
    char key[KNOW_MAX_KEY];
    struct dps_str word = cell(b, "word"), kinds = cell(b, "kinds"), kind;
    size_t length = normalise(key, word);
    if (length == 0) return complain(b, "word", word, "must be one word");
    uint32_t number = intern_number(b, (struct dps_str){key, length});
    if (number == KNOW_NONE) return no_memory(b);
    if (number >= lang->n_words) {
        uint32_t more = number + 1024;
        uint8_t *words = realloc(lang->words, more);
        if (!words) return no_memory(b);
        memset(words + lang->n_words, 0, more - lang->n_words);
        lang->words = words;
        lang->n_words = more;
    }
    while (dps_str_split(&kinds, ';', &kind)) {
        int bit = dps_str_is(kind, "surname") ? WORD_SURNAME
                  : dps_str_is(kind, "place") ? WORD_PLACE
                  : dps_str_is(kind, "org")   ? WORD_ORG
                                              : 0;
        if (!bit) return complain(b, "kinds", kind, "is not understood; write surname, place, org, parted by ';'");
        lang->words[number] |= (uint8_t)bit;
    }
    return DPS_OK;
}

/* Both tables of a language work on one struct language; they come one after the other or alone. */
static enum dps_status begin_language(struct builder *b, const struct know_source *source) {
    uint16_t code = know_lang_pack(dps_str_of(source->lang));
    for (uint32_t i = 0; i < b->n_langs; i++)
        if (b->langs[i].code == code) { /* make it the last one, which the rows go to */
            struct language known = b->langs[i];
            b->langs[i] = b->langs[b->n_langs - 1];
            b->langs[b->n_langs - 1] = known;
            return DPS_OK;
        }
    if (b->n_langs == MAX_LANGS)
        return dps_error_set(b->error, DPS_LIMIT, "%s: more than %d languages", source->name, MAX_LANGS);
    struct language *lang = &b->langs[b->n_langs];
    *lang = (struct language){.code = code, .rules = DPS_NEW(&b->arena, MAX_RULES, struct rule)};
    if (!lang->rules || !code) return no_memory(b);
    b->n_langs++;
    return DPS_OK;
}

static enum dps_status read_table(struct builder *b, const struct know_source *source) {
    static enum dps_status (*const row[KNOW_TABLE_KINDS])(struct builder *) = {
        read_term, read_country, read_org, read_person, read_office, read_place, read_rule, read_word};
    static const char *const columns[KNOW_TABLE_KINDS][6] = {{"office", "rank"},
                                                             {"code", "name_en"},
                                                             {"id", "name_en", "country", "sector"},
                                                             {"id", "name_en"},
                                                             {"person", "office", "country", "sector", "from"},
                                                             {"id", "name_en", "country", "kind"},
                                                             {"class", "from", "to"},
                                                             {"word", "kinds"}};
    b->name = source->name;
    size_t bad = dps_utf8_check(source->bytes);
    if (bad != source->bytes.length)
        return dps_error_set(b->error, DPS_KNOW, "%s: byte %zu is not UTF-8; save the file as UTF-8", source->name,
                             bad);
    if (source->kind == KNOW_TABLE_INFLECTION || source->kind == KNOW_TABLE_WORDS) DPS_TRY(begin_language(b, source));
    enum dps_status status = dps_tsv_init(&b->tsv, source->bytes, source->name, b->error);
    if (status == DPS_OK) status = need_columns(b, columns[source->kind]);
    while (status == DPS_OK) {
        status = dps_tsv_next(&b->tsv, b->error);
        if (status == DPS_OK) status = row[source->kind](b);
    }
    if (status == DPS_END) return DPS_OK;
    if (status == DPS_INPUT && b->error) b->error->status = DPS_KNOW;
    return status == DPS_INPUT ? DPS_KNOW : status;
}

/* ---- joining offices to people ---- */

static _Thread_local const struct builder *sort_builder; /* qsort hands no context on */

static int compare_ids(const void *a, const void *b) {
    const struct know_entity *x = VEC_AT(sort_builder->entities, struct know_entity, *(const uint32_t *)a);
    const struct know_entity *y = VEC_AT(sort_builder->entities, struct know_entity, *(const uint32_t *)b);
    int c = dps_str_compare(text_of(sort_builder, x->id), text_of(sort_builder, y->id));
    if (c) return c;
    if (x->from != y->from) return x->from < y->from ? -1 : 1;
    return *(const uint32_t *)a < *(const uint32_t *)b ? -1 : *(const uint32_t *)a > *(const uint32_t *)b;
}

static int compare_offices(const void *a, const void *b) {
    const struct know_office *x = a, *y = b;
    if (x->person != y->person) return x->person < y->person ? -1 : 1;
    if (x->from != y->from) return x->from < y->from ? -1 : 1;
    return x->rank < y->rank ? -1 : x->rank > y->rank;
}

static int compare_holders(const void *a, const void *b) {
    const struct know_office *x = VEC_AT(sort_builder->offices, struct know_office, *(const uint32_t *)a);
    const struct know_office *y = VEC_AT(sort_builder->offices, struct know_office, *(const uint32_t *)b);
    int c = dps_str_compare(text_of(sort_builder, x->country), text_of(sort_builder, y->country));
    if (c == 0) c = dps_str_compare(text_of(sort_builder, x->office), text_of(sort_builder, y->office));
    if (c) return c;
    if (x->from != y->from) return x->from < y->from ? -1 : 1;
    return *(const uint32_t *)a < *(const uint32_t *)b ? -1 : *(const uint32_t *)a > *(const uint32_t *)b;
}

static uint32_t *sorted_ids(struct builder *b) {
    uint32_t *ids = malloc((b->entities.count + 1) * sizeof *ids);
    if (!ids) return NULL;
    for (uint32_t i = 0; i < b->entities.count; i++) ids[i] = i;
    sort_builder = b;
    qsort(ids, b->entities.count, sizeof *ids, compare_ids);
    return ids;
}

static enum dps_status check_twins(struct builder *b, const uint32_t *ids) {
    for (size_t i = 1; i < b->entities.count; i++) {
        const struct know_entity *x = VEC_AT(b->entities, struct know_entity, ids[i - 1]),
                                 *y = VEC_AT(b->entities, struct know_entity, ids[i]);
        if (x->id.offset != y->id.offset ||
            (x->kind == DPS_ENTITY_ORG && y->kind == DPS_ENTITY_ORG && x->from != y->from))
            continue;
        struct dps_str id = text_of(b, x->id);
        return dps_error_set(b->error, DPS_KNOW,
                             "knowledge tables: the id '%.*s' is given twice; ids must be unique (organisations may "
                             "repeat one with another 'from')",
                             (int)(id.length > 80 ? 80 : id.length), id.data);
    }
    return DPS_OK;
}

/* Among the first n of the sorted ids. */
static uint32_t find_id(const struct builder *b, const uint32_t *ids, size_t n, struct dps_str id) {
    size_t low = 0, high = n;
    while (low < high) {
        size_t middle = (low + high) / 2;
        if (dps_str_compare(text_of(b, VEC_AT(b->entities, struct know_entity, ids[middle])->id), id) < 0)
            low = middle + 1;
        else
            high = middle;
    }
    if (low == n || !dps_str_equal(text_of(b, VEC_AT(b->entities, struct know_entity, ids[low])->id), id))
        return KNOW_NONE;
    return ids[low];
}

/* A person of the table below gets a row that only holds offices. */
static enum dps_status add_stub(struct builder *b, struct dps_str id, uint32_t *index) {
    uint32_t under = b->below ? know_image_find_id(b->below, id, false) : KNOW_NONE;
    if (under == KNOW_NONE || b->below->entities[under].kind != DPS_ENTITY_PERSON)
        return dps_error_set(b->error, DPS_KNOW,
                             "knowledge tables: column 'person': '%.*s' has an office but is in no people table; add "
                             "the row or mend the id",
                             (int)(id.length > 80 ? 80 : id.length), id.data);
    struct know_entity *e = vec_add(&b->entities, sizeof *e);
    if (!e) return no_memory(b);
    *e = (struct know_entity){.kind = DPS_ENTITY_PERSON, .stub = 1, .lat = KNOW_NO_DEGREES, .lon = KNOW_NO_DEGREES};
    *index = (uint32_t)b->entities.count - 1;
    return intern(b, id, &e->id) && intern(b, id, &e->name) ? DPS_OK : no_memory(b);
}

/* The person that string `number` names. */
static enum dps_status find_person(struct builder *b, const uint32_t *ids, size_t n, uint32_t number,
                                   uint32_t *person) {
    char bytes[MAX_ALIAS]; /* a copy: the strings may move */
    struct know_ref ref = *VEC_AT(b->refs, struct know_ref, number);
    struct dps_str id = {bytes, ref.length};
    memcpy(bytes, b->strings.data + ref.offset, ref.length);
    *person = find_id(b, ids, n, id);
    if (*person == KNOW_NONE) return add_stub(b, id, person);
    if (VEC_AT(b->entities, struct know_entity, *person)->kind == DPS_ENTITY_PERSON) return DPS_OK;
    return dps_error_set(b->error, DPS_KNOW,
                         "knowledge tables: column 'person': '%.*s' is no person but has an office; mend the id",
                         (int)(id.length > 80 ? 80 : id.length), id.data);
}

static enum dps_status join_offices(struct builder *b) {
    size_t n = b->entities.count;
    uint32_t *ids = sorted_ids(b),
             *of_string = calloc(b->refs.count + 1, sizeof *of_string); /* person + 1, 0 not yet looked for */
    enum dps_status status = ids && of_string ? check_twins(b, ids) : no_memory(b);
    for (size_t i = 0; status == DPS_OK && i < b->offices.count; i++) {
        struct know_office *o = VEC_AT(b->offices, struct know_office, i);
        uint32_t number = o->person;
        if (of_string[number] == 0) {
            uint32_t person;
            status = find_person(b, ids, n, number, &person);
            of_string[number] = person + 1;
        }
        o->person = of_string[number] - 1;
    }
    free(ids);
    free(of_string);
    if (status != DPS_OK) return status;
    if (b->offices.count) qsort(b->offices.data, b->offices.count, sizeof(struct know_office), compare_offices);
    for (uint32_t i = 0; i < b->offices.count; i++) {
        struct know_entity *e =
            VEC_AT(b->entities, struct know_entity, VEC_AT(b->offices, struct know_office, i)->person);
        if (e->n_offices++ == 0) e->first_office = i;
    }
    return DPS_OK;
}

/* ---- names: sorting, beginnings, hash table ---- */

/* Likeliest reading first: a country before an organisation, a person, a capital, a place, a surname; big places before
 * small, former states last. */
static uint32_t order_of(const struct builder *b, const struct know_entity *e, enum dps_alias_kind alias) {
    static const uint8_t base[][5] = {[DPS_ENTITY_COUNTRY] = {0, 1, 2, 5, 9},
                                      [DPS_ENTITY_ORG] = {3, 3, 3, 3, 3},
                                      [DPS_ENTITY_PERSON] = {4, 4, 4, 4, 7},
                                      [DPS_ENTITY_PLACE] = {6, 8, 6, 6, 6}};
    uint32_t people = e->population ? e->population : REGION_PEOPLE, later = 0;
    if (e->kind == DPS_ENTITY_PLACE) later = 0x0FFFFFFF - (people >> 4);
    if (e->kind == DPS_ENTITY_COUNTRY && dps_str_is(text_of(b, e->place_kind), "former")) later = 1;
    return (uint32_t)base[e->kind][alias] << 28 | later;
}

static int compare_raws(const void *pa, const void *pb) {
    const struct raw *a = pa, *b = pb;
    if (a->key.offset != b->key.offset) {
        int c = dps_str_compare(text_of(sort_builder, a->key), text_of(sort_builder, b->key));
        if (c) return c;
    }
    if (a->order != b->order) return a->order < b->order ? -1 : 1;
    if (a->entity != b->entity) return a->entity < b->entity ? -1 : 1;
    if (a->alias != b->alias) return a->alias < b->alias ? -1 : 1;
    if (a->look != b->look) return a->look < b->look ? -1 : 1;
    return a->lang < b->lang ? -1 : a->lang > b->lang;
}

static enum dps_status add_beginnings(struct builder *b) {
    size_t n = b->raws.count;
    for (size_t i = 0; i < n; i++) {
        struct know_ref key = VEC_AT(b->raws, struct raw, i)->key;
        for (size_t at = 1; at < key.length; at++) {
            char copy[KNOW_MAX_KEY];
            memcpy(copy, b->strings.data + key.offset, key.length);
            if (!know_norm_boundary((struct dps_str){copy, key.length}, at)) continue;
            struct raw *raw = vec_add(&b->raws, sizeof *raw);
            if (!raw || !intern(b, (struct dps_str){copy, at}, &raw->key)) return no_memory(b);
            raw->entity = raw->order = KNOW_NONE; /* sorts behind the readings */
        }
    }
    return DPS_OK;
}

/* Same entity and meaning in two languages: one posting for all. Looks: the least demand wins. */
static bool merge_posting(struct know_posting *last, const struct raw *raw) {
    if (last->entity != raw->entity || last->alias != raw->alias) return false;
    if (last->lang == raw->lang) {
        last->look &= raw->look;
        return true;
    }
    if (last->lang == 0 && (last->look & raw->look) == last->look) return true;
    return false;
}

static enum dps_status make_keys(struct builder *b, struct vec *keys, struct vec *postings) {
    for (size_t i = 0; i < b->raws.count; i++) {
        struct raw *raw = VEC_AT(b->raws, struct raw, i);
        raw->order = order_of(b, VEC_AT(b->entities, struct know_entity, raw->entity), (enum dps_alias_kind)raw->alias);
    }
    DPS_TRY(add_beginnings(b));
    sort_builder = b;
    if (b->raws.count) qsort(b->raws.data, b->raws.count, sizeof(struct raw), compare_raws);
    struct know_key *key = NULL;
    for (size_t i = 0; i < b->raws.count; i++) {
        const struct raw *raw = VEC_AT(b->raws, struct raw, i);
        if (!key || key->offset != raw->key.offset) {
            key = vec_add(keys, sizeof *key);
            if (!key) return no_memory(b);
            *key = (struct know_key){raw->key.offset, (uint16_t)raw->key.length, 0, (uint32_t)postings->count, 0};
        }
        if (raw->entity == KNOW_NONE) {
            key->longer = 1;
            continue;
        }
        bool merged = false;
        for (uint32_t p = 0; p < key->n_postings && !merged; p++) {
            struct know_posting *old = VEC_AT(*postings, struct know_posting, key->first_posting + p);
            merged = old->entity == raw->entity && merge_posting(old, raw);
        }
        if (merged || key->n_postings == UINT16_MAX) continue;
        struct know_posting *posting = vec_add(postings, sizeof *posting);
        if (!posting) return no_memory(b);
        *posting = (struct know_posting){raw->entity, raw->lang, raw->alias, raw->look};
        key->n_postings++;
    }
    return DPS_OK;
}

static uint32_t *make_slots(const struct builder *b, const struct vec *keys, uint32_t *n_slots) {
    uint32_t size = 16;
    while (size < keys->count * 2) size *= 2;
    uint32_t *slots = malloc(size * sizeof *slots);
    if (!slots) return NULL;
    memset(slots, 0xFF, size * sizeof *slots);
    for (uint32_t i = 0; i < keys->count; i++) {
        const struct know_key *key = VEC_AT(*keys, struct know_key, i);
        uint32_t at = (uint32_t)dps_str_hash(text_of(b, (struct know_ref){key->offset, key->length})) & (size - 1);
        while (slots[at] != KNOW_NONE) at = (at + 1) & (size - 1);
        slots[at] = i;
    }
    *n_slots = size;
    return slots;
}

/* ---- writing ---- */

static bool put_section(struct dps_buffer *out, struct know_header *h, enum know_section s, const void *data,
                        size_t count) {
    static const char zero[8] = {0};
    size_t size = count * know_section_size(s);
    h->section[s].offset = out->length;
    h->section[s].count = count;
    return (size == 0 || dps_buffer_append(out, data, size)) && dps_buffer_append(out, zero, (8 - size % 8) % 8);
}

static enum dps_status write_image(struct builder *b, struct dps_buffer *out) {
    struct vec keys = {0}, postings = {0};
    uint32_t *ids = NULL, *holders = NULL, *slots = NULL, n_slots = 0;
    enum dps_status status = make_keys(b, &keys, &postings);
    if (status == DPS_OK && !((ids = sorted_ids(b)) && (holders = malloc((b->offices.count + 1) * sizeof *holders)) &&
                              (slots = make_slots(b, &keys, &n_slots))))
        status = no_memory(b);
    if (status == DPS_OK) {
        for (uint32_t i = 0; i < b->offices.count; i++) holders[i] = i;
        sort_builder = b;
        qsort(holders, b->offices.count, sizeof *holders, compare_holders);
        struct know_header h = {.version = KNOW_VERSION, .order = KNOW_ORDER};
        memcpy(h.magic, KNOW_MAGIC, 8);
        dps_buffer_clear(out);
        bool good = dps_buffer_append(out, (const char *)&h, sizeof h) &&
                    put_section(out, &h, KNOW_ENTITIES, b->entities.data, b->entities.count) &&
                    put_section(out, &h, KNOW_OFFICES, b->offices.data, b->offices.count) &&
                    put_section(out, &h, KNOW_IDS, ids, b->entities.count) &&
                    put_section(out, &h, KNOW_HOLDERS, holders, b->offices.count) &&
                    put_section(out, &h, KNOW_KEYS, keys.data, keys.count) &&
                    put_section(out, &h, KNOW_POSTINGS, postings.data, postings.count) &&
                    put_section(out, &h, KNOW_SLOTS, slots, n_slots) &&
                    put_section(out, &h, KNOW_STRINGS, b->strings.data, b->strings.length);
        if (!good)
            status = no_memory(b);
        else {
            h.size = out->length;
            h.checksum = know_checksum(dps_str_cut(dps_buffer_str(out), sizeof h, out->length));
            memcpy(out->data, &h, sizeof h);
        }
    }
    free(ids);
    free(holders);
    free(slots);
    free(keys.data);
    free(postings.data);
    return status;
}

enum dps_status know_build(const struct know_source *sources, size_t n, const struct know_image *below,
                           struct dps_buffer *out, struct dps_error *error) {
    static const enum know_table_kind order[] = {KNOW_TABLE_WORDS,     KNOW_TABLE_INFLECTION, KNOW_TABLE_TERMS,
                                                 KNOW_TABLE_COUNTRIES, KNOW_TABLE_ORGS,       KNOW_TABLE_PEOPLE,
                                                 KNOW_TABLE_OFFICES,   KNOW_TABLE_PLACES};
    struct builder b = {.below = below, .error = error, .strings.ceiling = KNOW_MAX_STRINGS};
    dps_arena_init(&b.arena, SCRATCH_CEILING);
    enum dps_status status = intern_grow(&b) ? DPS_OK : no_memory(&b);
    for (size_t k = 0; k < sizeof order / sizeof *order; k++)
        for (size_t i = 0; i < n && status == DPS_OK; i++)
            if (sources[i].kind == order[k]) status = read_table(&b, &sources[i]);
    if (status == DPS_OK) status = join_offices(&b);
    if (status == DPS_OK) status = write_image(&b, out);
    builder_release(&b);
    return status;
}
