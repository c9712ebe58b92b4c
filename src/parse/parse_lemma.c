/* parse_lemma.c -- see parse_lemma.h. train/treebank.py applies the same scripts in Python. */
#include "parse/parse_lemma.h"

#include "base/file.h"
#include "base/utf8.h"

enum {
    MAX_TABLE = 4 * 1024 * 1024, /* bytes of a table file */
    MAX_CANDIDATES = 8,          /* lemmas of one form; the richest German form has 3 */
    MAX_PREFIX_DEPTH = 2,        /* "wieder|auf|genommen" */
    SCRIPT_TRIES = 8,            /* scripts tried before the form itself is taken */
    HEAD_LETTERS = 2,            /* letters that must stand before a compound's last part */
    LONGEST_COMPOUND = 128,      /* bytes; longer words are addresses or noise */
    STEM_LETTERS = 3             /* bytes that must remain behind a prefix */
};

static const float KNOWN_BONUS =
    2.0f; /* logarithmic; a lemma that is no known word must be e^2 times as likely to win */

/* ---- scripts ---- */

static bool read_number(struct dps_str *s, uint16_t *n) {
    unsigned value = 0;
    size_t i = 0;
    for (; i < s->length && s->data[i] >= '0' && s->data[i] <= '9' && i < 4; i++)
        value = value * 10 + (unsigned)(s->data[i] - '0');
    if (i == 0 || i >= s->length || s->data[i] != ':') return false;
    *n = (uint16_t)value;
    *s = dps_str_cut(*s, i + 1, s->length);
    return true;
}

/* The part of *s up to `separator` (which must be there). */
static bool read_part(struct dps_str *s, char separator, struct dps_str *part) {
    const char *at = s->length ? memchr(s->data, separator, s->length) : NULL;
    if (!at) return false;
    size_t n = (size_t)(at - s->data);
    *part = dps_str_cut(*s, 0, n);
    *s = dps_str_cut(*s, n + 1, s->length);
    return true;
}

static bool read_script(struct dps_str s, struct dps_lemma_script *out) {
    if (dps_str_starts(s, DPS_STR("P|"))) {
        out->keep_prefix = true;
        s = dps_str_cut(s, 2, s.length);
    }
    struct dps_str part;
    if (!read_part(&s, ';', &part) || part.length != 1 || !strchr("luk", part.data[0])) return false;
    out->letter_case = part.data[0];
    if (!read_number(&s, &out->cut_front) || !read_part(&s, ';', &out->add_front)) return false;
    if (!read_number(&s, &out->cut_back) || !read_part(&s, ';', &out->add_back)) return false;
    if (s.length == 0) return true;
    if (!read_part(&s, '>', &out->old) || out->old.length == 0) return false;
    out->new = s;
    return true;
}

static struct dps_str join3(struct dps_arena *arena, struct dps_str a, struct dps_str b, struct dps_str c) {
    size_t n = a.length + b.length + c.length;
    char *out = dps_arena_take(arena, n + 1);
    if (!out) return (struct dps_str){NULL, 0};
    if (a.length) memcpy(out, a.data, a.length);
    if (b.length) memcpy(out + a.length, b.data, b.length);
    if (c.length) memcpy(out + a.length + b.length, c.data, c.length);
    return (struct dps_str){out, n};
}

/* Byte offset behind the first `letters` letters, or SIZE_MAX if there are fewer. */
static size_t after_letters(struct dps_str s, size_t letters) {
    size_t at = 0;
    for (size_t i = 0; i < letters; i++) {
        if (at >= s.length) return SIZE_MAX;
        dps_utf8_next(s, &at);
    }
    return at;
}

/* Longest separable prefix of s that an infix mark follows, e.g. auf|ge|baut, auf|zu|bauen; 0 if none. */
static size_t prefix_before_infix(const struct dps_lemmas *l, struct dps_str s) {
    for (uint32_t i = 0; i < l->n_prefixes[DPS_PREFIX_SEP]; i++) {
        struct dps_str p = l->prefixes[DPS_PREFIX_SEP][i];
        if (!dps_str_starts(s, p) || s.length <= p.length + STEM_LETTERS) continue;
        struct dps_str rest = dps_str_cut(s, p.length, s.length);
        for (uint32_t k = 0; k < l->n_prefixes[DPS_PREFIX_INFIX]; k++)
            if (dps_str_starts(rest, l->prefixes[DPS_PREFIX_INFIX][k])) return p.length;
    }
    return 0;
}

/* Replace the last `old` of s by `new`. */
static bool swap_last(struct dps_arena *arena, struct dps_str old, struct dps_str new, struct dps_str *s) {
    if (s->length < old.length) return false;
    for (size_t at = s->length - old.length + 1; at-- > 0;)
        if (memcmp(s->data + at, old.data, old.length) == 0) {
            *s = join3(arena, dps_str_cut(*s, 0, at), new, dps_str_cut(*s, at + old.length, s->length));
            return s->data != NULL;
        }
    return false;
}

bool dps_lemma_apply(const struct dps_lemmas *l, struct dps_arena *arena, uint32_t script, struct dps_str form,
                     struct dps_str *lemma) {
    if (script >= l->n_scripts) return false;
    const struct dps_lemma_script *r = &l->scripts[script];
    struct dps_str s = r->letter_case == 'k' ? form : dps_utf8_lower(arena, form), lead = {NULL, 0};
    if (r->keep_prefix) {
        size_t n = prefix_before_infix(l, s);
        if (n == 0) return false;
        lead = dps_str_cut(s, 0, n);
        s = dps_str_cut(s, n, s.length);
    }
    if (r->old.length && !swap_last(arena, r->old, r->new, &s)) return false;
    size_t letters = dps_utf8_count(s);
    if ((size_t)r->cut_front + r->cut_back > letters) return false;
    s = dps_str_cut(s, after_letters(s, r->cut_front), after_letters(s, letters - r->cut_back));
    struct dps_str front = join3(arena, lead, r->add_front, s);
    *lemma = join3(arena, front, r->add_back, (struct dps_str){NULL, 0});
    if (r->letter_case == 'u') *lemma = dps_utf8_capital(arena, *lemma);
    return lemma->data != NULL && lemma->length > 0;
}

/* ---- tables ---- */

static enum dps_status read_text(struct dps_arena *arena, const char *path, struct dps_str *text,
                                 struct dps_error *error) {
    struct dps_file file;
    DPS_TRY(dps_file_map(&file, path, error));
    enum dps_status status = DPS_OK;
    if (file.bytes.length > MAX_TABLE) {
        status = dps_error_set(error, DPS_LANG, "%s: larger than %d bytes", path, MAX_TABLE);
    } else {
        text->data = dps_arena_copy(arena, file.bytes.data, file.bytes.length);
        text->length = file.bytes.length;
        if (!text->data) status = dps_error_set(error, DPS_MEMORY, "%s: out of memory", path);
    }
    dps_file_unmap(&file);
    return status;
}

/* A table of the language, or no text at all if it has none. */
static enum dps_status open_table(struct dps_lemmas *l, const char *lang_dir, const char *code, const char *file,
                                  const char **path, struct dps_str *text, struct dps_error *error) {
    *text = (struct dps_str){NULL, 0};
    const char *folder = dps_file_join(l->arena, lang_dir, code);
    *path = folder ? dps_file_join(l->arena, folder, file) : NULL;
    if (!*path) return dps_error_set(error, DPS_MEMORY, "%s: out of memory", lang_dir);
    return dps_file_exists(*path) ? read_text(l->arena, *path, text, error) : DPS_OK;
}

static uint32_t count_lines(struct dps_str s) {
    uint32_t n = 1;
    for (size_t i = 0; i < s.length; i++) n += s.data[i] == '\n';
    return n;
}

static enum dps_status read_prefixes(struct dps_lemmas *l, struct dps_str text, const char *path,
                                     struct dps_error *error) {
    static const char *const kinds[DPS_PREFIX_KINDS] = {"sep", "insep", "infix"};
    struct dps_tsv tsv;
    if (!text.data) return DPS_OK;
    DPS_TRY(dps_tsv_init(&tsv, text, path, error));
    int prefix = dps_tsv_column(&tsv, "prefix"), kind = dps_tsv_column(&tsv, "kind");
    if (prefix < 0 || kind < 0) return dps_error_set(error, DPS_LANG, "%s: needs the columns prefix, kind", path);
    for (int k = 0; k < DPS_PREFIX_KINDS; k++) {
        l->prefixes[k] = DPS_NEW(l->arena, count_lines(text), struct dps_str);
        if (!l->prefixes[k]) return dps_error_set(error, DPS_MEMORY, "%s: out of memory", path);
    }
    for (enum dps_status s; (s = dps_tsv_next(&tsv, error)) != DPS_END;) {
        if (s != DPS_OK) return s;
        int k = 0;
        while (k < DPS_PREFIX_KINDS && !dps_str_is(dps_tsv_cell(&tsv, kind), kinds[k])) k++;
        struct dps_str p = dps_tsv_cell(&tsv, prefix);
        if (k == DPS_PREFIX_KINDS || p.length == 0)
            return dps_error_set(error, DPS_LANG, "%s:%u: kind must be sep, insep or infix", path, tsv.lines.line);
        uint32_t at = l->n_prefixes[k]++; /* kept longest first: insertion sort over some hundred */
        for (; at > 0 && l->prefixes[k][at - 1].length < p.length; at--) l->prefixes[k][at] = l->prefixes[k][at - 1];
        l->prefixes[k][at] = p;
    }
    return DPS_OK;
}

static void index_row(struct dps_lemmas *l, uint32_t row) {
    uint32_t k = (uint32_t)dps_str_hash(l->rows[row].form) & l->mask;
    while (l->slots[k]) k = (k + 1) & l->mask;
    l->slots[k] = row + 1;
}

static enum dps_status read_rows(struct dps_lemmas *l, struct dps_str text, const char *path, struct dps_error *error) {
    struct dps_tsv tsv;
    uint32_t lines = text.data ? count_lines(text) : 1, size = 16;
    while (size < 2 * lines) size *= 2;
    l->rows = DPS_NEW(l->arena, lines, struct dps_lemma_row);
    l->slots = DPS_NEW(l->arena, size, uint32_t);
    l->mask = size - 1;
    if (!l->rows || !l->slots) return dps_error_set(error, DPS_MEMORY, "%s: out of memory", path);
    if (!text.data) return DPS_OK;
    DPS_TRY(dps_tsv_init(&tsv, text, path, error));
    int form = dps_tsv_column(&tsv, "form"), upos = dps_tsv_column(&tsv, "upos"), lemma = dps_tsv_column(&tsv, "lemma");
    int use = dps_tsv_column(&tsv, "use");
    if (form < 0 || upos < 0 || lemma < 0)
        return dps_error_set(error, DPS_LANG, "%s: needs the columns form, upos, lemma", path);
    for (enum dps_status s; (s = dps_tsv_next(&tsv, error)) != DPS_END;) {
        if (s != DPS_OK) return s;
        struct dps_lemma_row *r = &l->rows[l->n_rows];
        enum dps_upos tag;
        if (!dps_upos_find(dps_tsv_cell(&tsv, upos), &tag))
            return dps_error_set(error, DPS_LANG, "%s:%u: unknown part of speech '%.*s'", path, tsv.lines.line,
                                 DPS_STR_ARG(dps_tsv_cell(&tsv, upos)));
        r->form = dps_tsv_cell(&tsv, form);
        r->lemma = dps_tsv_cell(&tsv, lemma);
        r->upos = (uint8_t)tag;
        r->behind_prefix = dps_str_is(dps_tsv_cell(&tsv, use), "insep");
        r->tail = dps_str_is(dps_tsv_cell(&tsv, use), "tail");
        if (r->form.length == 0 || r->lemma.length == 0)
            return dps_error_set(error, DPS_LANG, "%s:%u: empty form or lemma", path, tsv.lines.line);
        l->has_tails |= r->tail;
        index_row(l, l->n_rows++);
    }
    return DPS_OK;
}

enum dps_status dps_lemmas_init(struct dps_lemmas *l, struct dps_arena *arena, const struct dps_tensor *scripts,
                                const char *lang_dir, const char *code, struct dps_error *error) {
    memset(l, 0, sizeof *l);
    l->arena = arena;
    l->n_scripts = scripts->dims[0];
    l->scripts = DPS_NEW(arena, l->n_scripts, struct dps_lemma_script);
    if (!l->scripts) return dps_error_set(error, DPS_MEMORY, "lemma scripts: out of memory");
    for (uint32_t i = 0; i < l->n_scripts; i++)
        if (!read_script(dps_model_string(scripts, i), &l->scripts[i]))
            return dps_error_set(error, DPS_MODEL, "lemma script %u is malformed", i);
    const char *path;
    struct dps_str text;
    DPS_TRY(open_table(l, lang_dir, code, "prefixes.tsv", &path, &text, error));
    DPS_TRY(read_prefixes(l, text, path, error));
    DPS_TRY(open_table(l, lang_dir, code, "lemmas.tsv", &path, &text, error));
    return read_rows(l, text, path, error);
}

/* ---- looking up ---- */

struct candidates {
    struct dps_str lemma[MAX_CANDIDATES];
    size_t n;
};

static void add_candidate(struct candidates *c, struct dps_str lemma) {
    if (lemma.data && c->n < MAX_CANDIDATES) c->lemma[c->n++] = lemma;
}

/* Rows of exactly this form. The auxiliary and the full verb share their forms. `lead` goes in front of the lemma. */
static void look_exact(const struct dps_lemmas *l, struct dps_arena *arena, struct dps_str lead, struct dps_str form,
                       enum dps_upos upos, bool behind_insep, bool infinitive_only, struct candidates *out) {
    if (upos == DPS_UPOS_AUX) upos = DPS_UPOS_VERB;
    for (uint32_t k = (uint32_t)dps_str_hash(form) & l->mask; l->slots[k]; k = (k + 1) & l->mask) {
        const struct dps_lemma_row *r = &l->rows[l->slots[k] - 1];
        if (r->upos != upos || !dps_str_equal(r->form, form) || (r->behind_prefix && !behind_insep)) continue;
        if (infinitive_only && !dps_str_equal(r->form, r->lemma)) continue;
        add_candidate(out, lead.length ? join3(arena, lead, r->lemma, (struct dps_str){NULL, 0}) : r->lemma);
    }
}

/* The form behind each of its prefixes. */
static void look_behind(const struct dps_lemmas *l, struct dps_arena *arena, struct dps_str lead, struct dps_str form,
                        enum dps_upos upos, int depth, struct candidates *out) {
    for (int kind = DPS_PREFIX_SEP; kind <= DPS_PREFIX_INSEP; kind++)
        for (uint32_t i = 0; i < l->n_prefixes[kind] && out->n == 0; i++) {
            struct dps_str p = l->prefixes[kind][i];
            if (!dps_str_starts(form, p) || form.length < p.length + STEM_LETTERS) continue;
            struct dps_str rest = dps_str_cut(form, p.length, form.length);
            struct dps_str front = join3(arena, lead, p, (struct dps_str){NULL, 0});
            if (!front.data) return;
            look_exact(l, arena, front, rest, upos, kind == DPS_PREFIX_INSEP, false, out);
            for (uint32_t m = 0; kind == DPS_PREFIX_SEP && m < l->n_prefixes[DPS_PREFIX_INFIX]; m++)
                if (dps_str_starts(rest, l->prefixes[DPS_PREFIX_INFIX][m]))
                    look_exact(l, arena, front, dps_str_cut(rest, l->prefixes[DPS_PREFIX_INFIX][m].length, rest.length),
                               upos, false, true, out);
            if (depth + 1 < MAX_PREFIX_DEPTH) look_behind(l, arena, front, rest, upos, depth + 1, out);
        }
}

/* Rows marked `tail` serve compounds: the longest one that the word ends in, written small there
 * (Wirtschafts|verbände). */
static void look_tail(const struct dps_lemmas *l, struct dps_arena *arena, struct dps_str form, enum dps_upos upos,
                      struct candidates *out) {
    size_t at = 0;
    for (int i = 0; i < HEAD_LETTERS && at < form.length; i++) dps_utf8_next(form, &at);
    if (form.length > LONGEST_COMPOUND) return;
    for (; at + HEAD_LETTERS < form.length && out->n == 0; dps_utf8_next(form, &at)) {
        size_t second = at;
        dps_utf8_next(form, &second);
        struct dps_str first = dps_str_cut(form, at, second), big = dps_utf8_capital(arena, first);
        if (!big.data || dps_str_equal(big, first)) continue; /* a compound's second part starts small */
        char room[LONGEST_COMPOUND + 4];                      /* a capital is at most as long as a code point */
        memcpy(room, big.data, big.length);
        memcpy(room + big.length, form.data + second, form.length - second);
        struct dps_str tail = {room, big.length + form.length - second};
        for (uint32_t k = (uint32_t)dps_str_hash(tail) & l->mask; l->slots[k]; k = (k + 1) & l->mask) {
            const struct dps_lemma_row *r = &l->rows[l->slots[k] - 1];
            if (!r->tail || r->upos != upos || !dps_str_equal(r->form, tail)) continue;
            struct dps_str small = dps_utf8_lower(arena, r->lemma);
            add_candidate(out, join3(arena, dps_str_cut(form, 0, at), small, (struct dps_str){NULL, 0}));
        }
    }
}

/* The best of the likeliest scripts that fit; a lemma that is a known word is worth KNOWN_BONUS more. */
static struct dps_str by_script(const struct dps_lemmas *l, struct dps_arena *arena, struct dps_str form,
                                float *scores) {
    struct dps_str chosen = form;
    float best_score = -1e29f;
    for (int try = 0; try < SCRIPT_TRIES; try++) {
        uint32_t best = 0;
        for (uint32_t i = 1; i < l->n_scripts; i++)
            if (scores[i] > scores[best]) best = i;
        float score = scores[best];
        if (!(score + KNOWN_BONUS > best_score)) break;
        scores[best] = -1e30f;
        struct dps_str lemma;
        if (!dps_lemma_apply(l, arena, best, form, &lemma)) continue;
        if (l->known && l->known(l->known_context, lemma)) score += KNOWN_BONUS;
        if (score > best_score) best_score = score, chosen = lemma;
    }
    return chosen;
}

struct dps_str dps_lemma_find(const struct dps_lemmas *l, struct dps_arena *arena, struct dps_str form,
                              enum dps_upos upos, float *scores) {
    struct dps_str learnt = by_script(l, arena, form, scores);
    struct candidates c = {.n = 0};
    const struct dps_str none = {NULL, 0};
    look_exact(l, arena, none, form, upos, false, false, &c);
    struct dps_str low = dps_utf8_lower(arena, form);
    if (!low.data) return none;
    if (c.n == 0 && upos != DPS_UPOS_PROPN) look_exact(l, arena, none, low, upos, false, false, &c);
    if (c.n == 0 && (upos == DPS_UPOS_VERB || upos == DPS_UPOS_AUX)) look_behind(l, arena, none, low, upos, 0, &c);
    if (c.n == 0 && l->has_tails && upos == DPS_UPOS_NOUN) look_tail(l, arena, form, upos, &c);
    for (size_t i = 0; i < c.n; i++)
        if (dps_str_equal(c.lemma[i], learnt)) return learnt;
    return c.n ? c.lemma[0] : learnt;
}

bool dps_lemma_only_verb(const struct dps_lemmas *l, struct dps_arena *arena, struct dps_str form, enum dps_upos upos) {
    const struct dps_str none = {NULL, 0};
    struct candidates verb = {.n = 0}, other = {.n = 0};
    look_exact(l, arena, none, form, DPS_UPOS_VERB, false, false, &verb);
    if (verb.n == 0) look_behind(l, arena, none, form, DPS_UPOS_VERB, 0, &verb);
    look_exact(l, arena, none, form, upos, false, false, &other);
    return verb.n > 0 && other.n == 0;
}
