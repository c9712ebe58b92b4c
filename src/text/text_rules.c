/* text_rules.c -- load a language's rules for sentences and tokens.
 *
 * In: lang/<code>/abbreviations.tsv (form, class), tokens.tsv (kind, value), contractions.tsv (form, parts).  Out:
 * struct dps_text_rules. A file that is absent has no rules to give; a file that is wrong is an error with its line. */
#include "text/text_rules.h"
#include "base/file.h"
#include "base/utf8.h"
#include "text/text_boundary.h"

#include <stdlib.h>

enum {
    RULE_BYTES = 8 * 1024 * 1024, /* ceiling of one language's rules */
    RULE_SLOTS = 8192,            /* a power of two, at least twice the words */
    FORM_BYTES = 64               /* longest form looked up */
};

static enum dps_status no_memory(struct dps_error *error) {
    return dps_error_set(error, DPS_MEMORY, "out of memory");
}

/* ---- the table of words ---- */

static struct dps_rule_word *slot_of(const struct dps_text_rules *rules, struct dps_str form) {
    size_t at = dps_str_hash(form) & (rules->n_slots - 1);
    while (rules->words[at].bits && !dps_str_equal(rules->words[at].form, form)) at = (at + 1) & (rules->n_slots - 1);
    return &rules->words[at];
}

unsigned dps_rules_word(const struct dps_text_rules *rules, struct dps_str form) {
    return rules->n_words && form.length <= FORM_BYTES ? slot_of(rules, form)->bits : 0;
}

/* ASCII and Latin-1 lower case into `low`. */
static struct dps_str lowered(struct dps_str form, char low[FORM_BYTES]) {
    size_t n = form.length < FORM_BYTES ? form.length : FORM_BYTES;
    for (size_t i = 0; i < n; i++) {
        unsigned char c = (unsigned char)form.data[i], before = i ? (unsigned char)form.data[i - 1] : 0;
        bool latin = before == 0xC3 && c >= 0x80 && c <= 0x9E && c != 0x97;
        low[i] = (char)((c >= 'A' && c <= 'Z') || latin ? c + 32 : c);
    }
    return (struct dps_str){low, n};
}

unsigned dps_rules_word_any(const struct dps_text_rules *rules, struct dps_str form) {
    char low[FORM_BYTES];
    if (form.length > FORM_BYTES) return 0;
    return dps_rules_word(rules, form) | dps_rules_word(rules, lowered(form, low));
}

static enum dps_status add_word(struct dps_text_rules *rules, struct dps_str form, unsigned bits,
                                const struct dps_tsv *tsv, struct dps_error *error) {
    if (form.length == 0 || form.length > FORM_BYTES)
        return dps_error_set(error, DPS_LANG, "%s:%u: word of %zu bytes (1 to %d)", tsv->lines.name, tsv->lines.line,
                             form.length, FORM_BYTES);
    struct dps_rule_word *slot = slot_of(rules, form);
    if (!slot->bits) {
        if (rules->n_words * 2 >= rules->n_slots)
            return dps_error_set(error, DPS_LANG, "%s:%u: more than %zu words", tsv->lines.name, tsv->lines.line,
                                 rules->n_slots / 2);
        slot->form.data = dps_arena_copy(&rules->arena, form.data, form.length);
        slot->form.length = form.length;
        if (!slot->form.data) return no_memory(error);
        rules->n_words++;
    }
    slot->bits |= bits;
    return DPS_OK;
}

/* ---- contractions ---- */

static int by_form(const void *a, const void *b) {
    return dps_str_compare(((const struct dps_contraction *)a)->form, ((const struct dps_contraction *)b)->form);
}

const struct dps_contraction *dps_rules_contraction(const struct dps_text_rules *rules, struct dps_str form,
                                                    int *shape) {
    enum { LONGEST = 12 }; /* bytes; contractions are short words, most words need no search */
    if (form.length > LONGEST || rules->n_contractions == 0) return NULL;
    unsigned char last = (unsigned char)form.data[form.length - 1];
    if (rules->last_bytes[last | 32] == 0) return NULL;
    char low[FORM_BYTES];
    struct dps_contraction key = {.form = lowered(form, low)};
    const struct dps_contraction *hit = bsearch(&key, rules->contractions, rules->n_contractions, sizeof key, by_form);
    if (!hit) return NULL;
    bool first = low[0] != form.data[0], second = form.length > 1 && low[1] != form.data[1];
    *shape = first && second ? 2 : first ? 1 : 0;
    return hit;
}

static bool is_apostrophe(struct dps_str s, size_t at, size_t *length) {
    if (s.data[at] == '\'' || s.data[at] == '`') {
        *length = 1;
        return true;
    }
    *length = 3;
    return s.length - at >= 3 && memcmp(s.data + at, "\xE2\x80", 2) == 0 &&
           ((unsigned char)s.data[at + 2] == 0x99 || (unsigned char)s.data[at + 2] == 0x98);
}

/* Does `form` from `at` on spell the clitic? Any apostrophe, any case. */
static bool clitic_at(struct dps_str form, size_t at, struct dps_str clitic) {
    for (size_t i = 0; i < clitic.length; i++) {
        size_t length = 1;
        if (at >= form.length) return false;
        if (clitic.data[i] == '\'') {
            if (!is_apostrophe(form, at, &length)) return false;
        } else {
            char c = form.data[at];
            if (c >= 'A' && c <= 'Z') c = (char)(c + 32);
            if (c != clitic.data[i]) return false;
        }
        at += length;
    }
    return at == form.length;
}

size_t dps_rules_clitic(const struct dps_text_rules *rules, struct dps_str form) {
    for (size_t i = 0; i < rules->n_clitics; i++) {
        struct dps_str clitic = rules->clitics[i];
        for (size_t bytes = clitic.length; bytes <= clitic.length + 2; bytes += 2) /* an apostrophe has 1 or 3 bytes */
            if (bytes < form.length && clitic_at(form, form.length - bytes, clitic)) return bytes;
    }
    return 0;
}

static enum dps_status set_parts(struct dps_text_rules *rules, struct dps_contraction *c, struct dps_str parts,
                                 const struct dps_tsv *tsv, struct dps_error *error) {
    struct dps_str part, rest = parts;
    size_t length = 0;
    while (dps_str_split(&rest, ' ', &part)) {
        if (part.length == 0) continue;
        if (c->n_parts == DPS_CONTRACTION_PARTS)
            return dps_error_set(error, DPS_LANG, "%s:%u: more than %d parts", tsv->lines.name, tsv->lines.line,
                                 DPS_CONTRACTION_PARTS);
        struct dps_str upper = part;
        char *all = dps_arena_copy(&rules->arena, part.data, part.length),
             *plain = dps_arena_copy(&rules->arena, part.data, part.length);
        if (!all || !plain) return no_memory(error);
        for (size_t i = 0; i < part.length; i++)
            if (all[i] >= 'a' && all[i] <= 'z')
                all[i] = (char)(all[i] - 32);
            else if (i && (unsigned char)all[i - 1] == 0xC3 && (unsigned char)all[i] >= 0xA0)
                all[i] = (char)((unsigned char)all[i] - 32);
        upper.data = plain;
        c->parts[0][c->n_parts] = upper;
        c->parts[1][c->n_parts] = c->n_parts ? upper : dps_utf8_capital(&rules->arena, part);
        c->parts[2][c->n_parts] = (struct dps_str){all, part.length};
        if (!c->parts[1][c->n_parts].data) return no_memory(error);
        length += part.length;
        c->n_parts++;
    }
    if (c->n_parts < 2)
        return dps_error_set(error, DPS_LANG, "%s:%u: needs two parts or three", tsv->lines.name, tsv->lines.line);
    c->plain = length == c->form.length;
    return DPS_OK;
}

/* ---- loading ---- */

struct table {
    struct dps_file file;
    struct dps_tsv tsv;
    int a, b; /* its two columns */
    size_t rows;
};

/* DPS_END if there is no such file. */
static enum dps_status open_table(struct table *t, struct dps_arena *arena, const char *folder, const char *name,
                                  const char *a, const char *b, struct dps_error *error) {
    *t = (struct table){0};
    const char *path = dps_file_join(arena, folder, name);
    if (!path) return no_memory(error);
    if (!dps_file_exists(path)) return DPS_END;
    DPS_TRY(dps_file_map(&t->file, path, error));
    enum dps_status status = dps_tsv_init(&t->tsv, t->file.bytes, path, error);
    if (status == DPS_OK) {
        t->a = dps_tsv_column(&t->tsv, a);
        t->b = dps_tsv_column(&t->tsv, b);
        if (t->a < 0 || t->b < 0)
            status = dps_error_set(error, DPS_LANG, "%s: needs the columns '%s' and '%s'", path, a, b);
    }
    for (size_t i = 0; i < t->file.bytes.length; i++) t->rows += t->file.bytes.data[i] == '\n';
    if (status != DPS_OK) dps_file_unmap(&t->file);
    return status;
}

static enum dps_status abbreviation(struct dps_text_rules *rules, const struct table *t, struct dps_error *error) {
    struct dps_str form = dps_tsv_cell(&t->tsv, t->a), class = dps_tsv_cell(&t->tsv, t->b);
    unsigned bits = dps_str_is(class, "title")    ? DPS_WORD_TITLE
                    : dps_str_is(class, "number") ? DPS_WORD_NUMBER
                    : dps_str_is(class, "inner")  ? DPS_WORD_INNER
                                                  : 0;
    if (!bits)
        return dps_error_set(error, DPS_LANG, "%s:%u: unknown class '%.*s' (title, number, inner)", t->tsv.lines.name,
                             t->tsv.lines.line, DPS_STR_ARG(class));
    if (dps_str_ends(form, DPS_STR("."))) form.length--;
    return add_word(rules, form, bits, &t->tsv, error);
}

static enum dps_status add_clitic(struct dps_text_rules *rules, struct dps_str value, const struct dps_tsv *tsv,
                                  struct dps_error *error) {
    enum { MOST = 32 };
    if (!rules->clitics) rules->clitics = DPS_NEW(&rules->arena, MOST, struct dps_str);
    if (!rules->clitics) return no_memory(error);
    if (rules->n_clitics == MOST)
        return dps_error_set(error, DPS_LANG, "%s:%u: more than %d clitics", tsv->lines.name, tsv->lines.line, MOST);
    struct dps_str copy = {dps_arena_copy(&rules->arena, value.data, value.length), value.length};
    if (!copy.data) return no_memory(error);
    size_t at = rules->n_clitics++;
    for (; at > 0 && rules->clitics[at - 1].length < copy.length; at--) rules->clitics[at] = rules->clitics[at - 1];
    rules->clitics[at] = copy;
    return DPS_OK;
}

static bool set_switch(struct dps_text_rules *rules, struct dps_str kind, struct dps_str value, bool *bad) {
    static const char *const names[] = {"hyphen", "slash", "ordinal", "genitive-apostrophe", "conllu-hyphen"};
    bool *const targets[] = {&rules->hyphen_split, &rules->slash_split, &rules->ordinals, &rules->genitive_apostrophe,
                             &rules->conllu_hyphen_split};
    static const char *const on[] = {"split", "split", "full-stop", "keep", "split"};
    static const char *const off[] = {"keep", "keep", "none", "split", "keep"};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        if (!dps_str_is(kind, names[i])) continue;
        *targets[i] = dps_str_is(value, on[i]);
        *bad = !*targets[i] && !dps_str_is(value, off[i]);
        return true;
    }
    return false;
}

static enum dps_status token_rule(struct dps_text_rules *rules, const struct table *t, struct dps_error *error) {
    static const struct {
        const char *kind;
        unsigned bits;
    } lists[] = {{"starter", DPS_WORD_STARTER},
                 {"prefix", DPS_WORD_PREFIX},
                 {"unit", DPS_WORD_UNIT},
                 {"ordinal-noun", DPS_WORD_ORDINAL_NOUN},
                 {"ordinal-before", DPS_WORD_ORDINAL_BEFORE},
                 {"not-initial", DPS_WORD_NOT_INITIAL}};
    struct dps_str kind = dps_tsv_cell(&t->tsv, t->a), value = dps_tsv_cell(&t->tsv, t->b), word;
    bool bad = false;
    if (set_switch(rules, kind, value, &bad) && !bad) return DPS_OK;
    unsigned bits = 0;
    for (size_t i = 0; i < sizeof lists / sizeof *lists; i++)
        if (dps_str_is(kind, lists[i].kind)) bits = lists[i].bits;
    bool clitic = dps_str_is(kind, "clitic");
    if (bad || (!bits && !clitic))
        return dps_error_set(error, DPS_LANG, "%s:%u: unknown rule '%.*s' = '%.*s'", t->tsv.lines.name,
                             t->tsv.lines.line, DPS_STR_ARG(kind), DPS_STR_ARG(value));
    while (dps_str_split(&value, ' ', &word)) {
        if (word.length == 0) continue;
        if (clitic)
            DPS_TRY(add_clitic(rules, word, &t->tsv, error));
        else
            DPS_TRY(add_word(rules, word, bits, &t->tsv, error));
    }
    return DPS_OK;
}

static enum dps_status contraction(struct dps_text_rules *rules, const struct table *t, struct dps_error *error) {
    if (!rules->contractions) rules->contractions = DPS_NEW(&rules->arena, t->rows + 1, struct dps_contraction);
    if (!rules->contractions) return no_memory(error);
    struct dps_contraction *c = &rules->contractions[rules->n_contractions];
    struct dps_str form = dps_tsv_cell(&t->tsv, t->a);
    if (form.length == 0)
        return dps_error_set(error, DPS_LANG, "%s:%u: an empty form", t->tsv.lines.name, t->tsv.lines.line);
    c->form = (struct dps_str){dps_arena_copy(&rules->arena, form.data, form.length), form.length};
    if (!c->form.data) return no_memory(error);
    DPS_TRY(set_parts(rules, c, dps_tsv_cell(&t->tsv, t->b), &t->tsv, error));
    rules->n_contractions++;
    rules->last_bytes[(unsigned char)form.data[form.length - 1] | 32] = true;
    return DPS_OK;
}

static enum dps_status load(struct dps_text_rules *rules, const char *folder, const char *name, const char *a,
                            const char *b,
                            enum dps_status (*row)(struct dps_text_rules *, const struct table *, struct dps_error *),
                            struct dps_error *error) {
    struct table t;
    enum dps_status status = open_table(&t, &rules->arena, folder, name, a, b, error);
    if (status != DPS_OK) return status == DPS_END ? DPS_OK : status;
    while ((status = dps_tsv_next(&t.tsv, error)) == DPS_OK && (status = row(rules, &t, error)) == DPS_OK) {}
    dps_file_unmap(&t.file);
    return status == DPS_END ? DPS_OK : status;
}

static enum dps_status load_all(struct dps_text_rules *rules, const char *lang_dir, const char *code,
                                struct dps_error *error) {
    rules->n_slots = RULE_SLOTS;
    rules->words = DPS_NEW(&rules->arena, RULE_SLOTS, struct dps_rule_word);
    const char *folder = dps_file_join(&rules->arena, lang_dir, code);
    if (!rules->words || !folder) return no_memory(error);
    DPS_TRY(load(rules, folder, "abbreviations.tsv", "form", "class", abbreviation, error));
    DPS_TRY(load(rules, folder, "tokens.tsv", "kind", "value", token_rule, error));
    DPS_TRY(load(rules, folder, "contractions.tsv", "form", "parts", contraction, error));
    if (rules->n_contractions) qsort(rules->contractions, rules->n_contractions, sizeof *rules->contractions, by_form);
    return DPS_OK;
}

/* As the engine takes codes from LANGS: the code becomes a path. */
static bool is_code(const char *code) {
    return code && *code && strspn(code, "abcdefghijklmnopqrstuvwxyz0123456789-") == strlen(code);
}

enum dps_status dps_text_rules_new(struct dps_text_rules **rules, const char *lang_dir, const char *code,
                                   struct dps_error *error) {
    *rules = NULL;
    struct dps_text_rules *r = calloc(1, sizeof *r);
    if (!r) return no_memory(error);
    dps_arena_init(&r->arena, RULE_BYTES);
    enum dps_status status = lang_dir && is_code(code) ? load_all(r, lang_dir, code, error) : DPS_OK;
    if (status == DPS_INPUT) status = error ? (error->status = DPS_LANG) : DPS_LANG; /* our data's fault */
    if (status != DPS_OK) {
        dps_text_rules_free(r);
        return status;
    }
    *rules = r;
    return DPS_OK;
}

enum dps_status dps_text_rules_learn(struct dps_text_rules *rules, const struct dps_model *model,
                                     struct dps_error *error) {
    struct dps_boundary *boundary = calloc(1, sizeof *boundary);
    if (!boundary) return no_memory(error);
    enum dps_status status = dps_boundary_bind(boundary, model, error);
    if (status != DPS_OK)
        free(boundary);
    else
        rules->boundary = boundary;
    return status == DPS_END ? DPS_OK : status;
}

void dps_text_rules_free(struct dps_text_rules *rules) {
    if (!rules) return;
    if (rules->boundary) dps_boundary_release(rules->boundary);
    free(rules->boundary);
    dps_arena_release(&rules->arena);
    free(rules);
}
