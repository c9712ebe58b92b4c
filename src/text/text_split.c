/* text_split.c -- one block of text -> tokens and sentence ends.
 *
 * In: the bytes of a paragraph, a heading or a title.  Out: tokens after the conventions of the treebanks that the
 * parser learnt from (UD German GSD, UD English EWT), and the places where sentences end. How: the text is taken in
 * chunks between white space. Marks are peeled off both ends of a chunk, the core is cut where a language's rules say
 * so. A full stop stays with its word if that is an abbreviation, an initial or an ordinal; otherwise it ends a
 * sentence unless what follows goes on in small letters. So "Das stimmt", sagte er. "Ja?" fragte sie. z. B. am 21.
 * Januar. Mr. W. Smith Jr. and the U.S. Army. Why rules: a dozen of them and word lists that anybody can mend, at the
 * speed of reading; the lists are in lang/<code>/. Limits: a sentence that begins with a small letter is not told from
 * a continuation; a chunk is cut behind DPS_TEXT_MAX_TOKEN bytes (T4), since the rules look over a chunk again for each
 * mark in it, and later stages over each word. */
#include "base/utf8.h"
#include "text/text_rules.h"

struct chunk { /* characters between white space */
    size_t start, end;
    size_t core, tail; /* without marks: [core, tail) */
    bool split;        /* the next word is glued to a full stop: "gesagt.Der" */
};

/* ---- characters ---- */

/* Most characters are ASCII; these spare them the decoder. */
static inline uint32_t char_at(struct dps_str s, size_t at) {
    if (at >= s.length) return 0;
    unsigned char c = (unsigned char)s.data[at];
    return c < 0x80 ? c : dps_utf8_next(s, &at);
}

static inline size_t char_end(struct dps_str s, size_t at) {
    if ((unsigned char)s.data[at] < 0x80) return at + 1;
    dps_utf8_next(s, &at);
    return at;
}

static inline bool is_space(uint32_t c) {
    return c < 0x80 ? c == ' ' || (c >= '\t' && c <= '\r') : dps_utf8_is_space(c);
}

static inline bool is_plain(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
}

static size_t char_before(struct dps_str s, size_t at) {
    return dps_utf8_floor(s, at - 1);
}

static bool is_closer(uint32_t c) {
    switch (c) {
    case '"':
    case '\'':
    case ')':
    case ']':
    case '}':
    case 0xBB:
    case 0xAB:
    case 0x201C:
    case 0x201D:
    case 0x2018:
    case 0x2019:
    case 0x203A:
    case 0x2039:
    case 0x300D:
        return true;
    default:
        return false;
    }
}

static bool is_opener(uint32_t c) {
    switch (c) {
    case '"':
    case '\'':
    case '(':
    case '[':
    case '{':
    case 0xBB:
    case 0xAB:
    case 0x201C:
    case 0x201D:
    case 0x201E:
    case 0x201A:
    case 0x2018:
    case 0x2039:
    case 0x203A:
    case '`':
    case 0x300C:
        return true;
    default:
        return false;
    }
}

static bool is_dash(uint32_t c) {
    return c == '-' || (c >= 0x2010 && c <= 0x2015) || c == 0x2212;
}
static bool is_stop(uint32_t c) {
    return c == '.' || c == '!' || c == '?' || c == 0x2026 || c == 0xFF0E || c == 0x3002;
}
static inline bool is_word(uint32_t c) {
    return (c < 0x80 && is_plain((char)c)) || dps_utf8_is_letter(c) || dps_utf8_is_digit(c);
}

/* Marks that may stand at the end of a chunk and belong to no word. */
static bool is_tail(uint32_t c) {
    return is_closer(c) || is_stop(c) || c == ',' || c == ';' || c == ':' || c == 0x2013 || c == 0x2014 || c == 0x201E;
}

/* ---- output ---- */

static void emit(struct dps_splitter *p, size_t start, size_t end) {
    if (start >= end || p->failed) return;
    if (p->n_tokens == p->room) {
        uint32_t room = p->room ? p->room * 2 : 256;
        struct dps_token *grown = dps_arena_grow(p->arena, p->tokens, p->n_tokens, room, sizeof *grown);
        if (!grown) {
            p->failed = true;
            return;
        }
        p->tokens = grown;
        p->room = room;
    }
    bool space = end >= p->end || is_space(char_at(p->base, end));
    p->tokens[p->n_tokens++] = (struct dps_token){
        .form = dps_str_cut(p->base, start, end), .start = (uint32_t)start, .end = (uint32_t)end, .space_after = space};
}

void dps_split_end(struct dps_splitter *p, uint32_t tokens) {
    if (p->n_ends == p->ends_room) {
        uint32_t room = p->ends_room ? p->ends_room * 2 : 32;
        uint32_t *grown = dps_arena_grow(p->arena, p->ends, p->n_ends, room, sizeof *grown);
        if (!grown) {
            p->failed = true;
            return;
        }
        p->ends = grown;
        p->ends_room = room;
    }
    p->ends[p->n_ends++] = tokens;
}

static void end_sentence(struct dps_splitter *p) {
    if (p->one || p->failed || p->n_tokens == (p->n_ends ? p->ends[p->n_ends - 1] : 0)) return;
    dps_split_end(p, p->n_tokens);
    p->single_open = false;
}

static uint32_t sentence_start(const struct dps_splitter *p) {
    return p->n_ends ? p->ends[p->n_ends - 1] : 0;
}

/* ---- words ---- */

/* The tokens from `first` on are one written word. */
static void glue(struct dps_splitter *p, uint32_t first) {
    p->tokens[first].glued = (uint8_t)(p->n_tokens - first);
}

static void emit_parts(struct dps_splitter *p, size_t start, size_t end, const struct dps_contraction *c, int shape) {
    uint32_t first = p->n_tokens;
    if (c->plain) {
        size_t at = start;
        for (int i = 0; i + 1 < c->n_parts; i++) {
            emit(p, at, at + c->parts[0][i].length);
            at += c->parts[0][i].length;
        }
        emit(p, at, end);
        if (!p->failed) glue(p, first);
        return;
    }
    for (uint8_t i = 0; i < c->n_parts; i++) {
        emit(p, start, end);
        if (p->failed) return;
        p->tokens[first + i].form = c->parts[shape][i];
        p->tokens[first + i].mwt_part = (uint8_t)(i + 1);
    }
    p->tokens[first].mwt_length = c->n_parts;
}

/* A number with its unit glued on: where the unit begins, or `end`. */
static size_t unit_at(const struct dps_splitter *p, size_t start, size_t end) {
    size_t at = start;
    while (at < end &&
           (dps_utf8_is_digit((unsigned char)p->base.data[at]) ||
            ((p->base.data[at] == '.' || p->base.data[at] == ',' || p->base.data[at] == ':') && at > start)))
        at++;
    if (at == start || at == end) return end;
    return dps_rules_word(p->rules, dps_str_cut(p->base, at, end)) & DPS_WORD_UNIT ? at : end;
}

/* A word without inner marks that split it: contractions, clitics, units. */
static void emit_word(struct dps_splitter *p, size_t start, size_t end) {
    struct dps_str form = dps_str_cut(p->base, start, end);
    int shape;
    if (form.length == 0) return;
    const struct dps_contraction *c = dps_rules_contraction(p->rules, form, &shape);
    if (c) {
        emit_parts(p, start, end, c, shape);
        return;
    }
    size_t clitic = p->rules->n_clitics ? dps_rules_clitic(p->rules, form) : 0;
    if (clitic) {
        uint32_t first = p->n_tokens;
        emit_word(p, start, end - clitic);
        emit(p, end - clitic, end);
        if (!p->failed) glue(p, first);
        return;
    }
    size_t unit = form.data[0] >= '0' && form.data[0] <= '9' ? unit_at(p, start, end) : end;
    emit(p, start, unit);
    emit(p, unit, end);
}

/* ---- the inside of a chunk ---- */

/* A web or mail address, a file name: never cut. */
static bool is_address(struct dps_str s) {
    if (dps_str_starts(s, DPS_STR("http://")) || dps_str_starts(s, DPS_STR("https://")) ||
        dps_str_starts(s, DPS_STR("www.")))
        return true;
    const char *at = memchr(s.data, '@', s.length);
    return at && at > s.data && memchr(at, '.', (size_t)(s.data + s.length - at));
}

/* The hyphen at `at`: does it part two tokens? */
static bool hyphen_splits(const struct dps_splitter *p, size_t start, size_t at, size_t end) {
    if (!p->rules->hyphen_split || at == start || at + 1 >= end) return false;
    uint32_t before = char_at(p->base, char_before(p->base, at)), after = char_at(p->base, at + 1);
    if (!is_word(before) || !is_word(after))
        return is_word(before) != is_word(after) &&
               (before == ')' || before == '"' || after == '(' || before == '.' || before == '%');
    struct dps_str head = dps_str_cut(p->base, start, at);
    if (dps_rules_word_any(p->rules, head) & DPS_WORD_PREFIX) return false;
    size_t digits[2] = {0, 0}, groups = 1;
    for (size_t i = start; i < end;
         i++) { /* telephone numbers and the like stay whole: 713-853-3989, 853-3989, x3-9890 */
        char c = p->base.data[i];
        if (c == '-')
            groups++;
        else if (c < '0' || c > '9')
            return true;
        else if (groups <= 2)
            digits[groups - 1]++;
    }
    return groups == 2 && digits[0] <= 4 && digits[1] <= 4 && (digits[1] < 4 || digits[0] == 4);
}

static bool slash_splits(const struct dps_splitter *p, size_t start, size_t at, size_t end) {
    if (!p->rules->slash_split || at == start || at + 1 >= end) return false;
    uint32_t before = char_at(p->base, char_before(p->base, at)), after = char_at(p->base, at + 1);
    if (dps_utf8_is_digit(before) && dps_utf8_is_digit(after)) return false; /* dates, 9/11 */
    return end - start > 3;                                                  /* b/c, w/o */
}

/* Marks that are set in runs, to fill or to part: a run is one token. */
static bool is_filler(uint32_t c) {
    return c == '*' || c == '=' || c == '~' || c == '#' || c == '$';
}

/* Is the mark at `at` (of a chunk's core) a token of its own? *end: behind it. */
static bool mark_splits(const struct dps_splitter *p, size_t start, size_t at, size_t end, size_t *mark_end) {
    struct dps_str s = p->base;
    uint32_t c = char_at(s, at);
    *mark_end = char_end(s, at);
    if (is_word(c) || c == '_') return false;
    if (is_filler(c) && *mark_end < end && char_at(s, *mark_end) == c) {
        while (*mark_end < end && char_at(s, *mark_end) == c) ++*mark_end;
        return true;
    }
    uint32_t before = at > start ? char_at(s, char_before(s, at)) : 0,
             after = *mark_end < end ? char_at(s, *mark_end) : 0;
    bool digits = dps_utf8_is_digit(before) && dps_utf8_is_digit(after),
         letters = dps_utf8_is_letter(before) && dps_utf8_is_letter(after);
    switch (c) {
    case '-':
        if (after == '-') {
            while (*mark_end < end && s.data[*mark_end] == '-') ++*mark_end;
            return true;
        }
        return hyphen_splits(p, start, at, end);
    case '/':
        return slash_splits(p, start, at, end);
    case '.':
        if (after != '.') return false;
        while (*mark_end < end && s.data[*mark_end] == '.') ++*mark_end;
        return *mark_end - at > 2 || before != 0;
    case '\'':
    case 0x2019:
    case '`':
        if ((c == '\'' || c == '`') && after == c) { /* the quotation marks of the treebanks */
            *mark_end += 1;
            return true;
        }
        if (*mark_end == end && at > start) return false; /* the core was given it: Scholz' */
        return !letters && !dps_utf8_is_digit(before) && !(at == start && is_word(after) && dps_utf8_is_digit(after));
    case ',':
        return !digits;
    case ':':
        return !digits && !(letters && dps_utf8_is_lower(before) && dps_utf8_is_lower(after)); /* Bürger:innen */
    case '*':
        return !letters;
    case '&':
    case '+':
        return !(is_word(before) || is_word(after)) || (c == '&' && !(before && after));
    case '@':
    case '#':
        return !(dps_utf8_is_letter(after) || (c == '@' && before));
    case '$':
        return !dps_utf8_is_letter(before) || dps_utf8_is_lower(before);
    case 0xAD:
    case 0x200B:
    case 0x200C:
    case 0x200D:
    case 0x2060:
        return false; /* soft hyphen, zero widths: inside the word */
    case '~':
    case '=':
    case '\\':
        return !(letters || digits);
    case 0x2010:
    case 0x2011:
        return hyphen_splits(p, start, at, end); /* hyphens proper */
    case 0x2032:
    case 0x2033:
    case 0xB4:
    case 0xB7:
        return !letters;
    default:
        return dps_utf8_is_punct(c);
    }
}

/* A full stop between a small and a capital letter, with words on both sides: white space was lost. */
static bool lost_space(struct dps_str s, size_t start, size_t at, size_t end) {
    if (at < start + 2 || at + 3 > end) return false;
    size_t i = char_before(s, at);
    if (!dps_utf8_is_lower(char_at(s, i)) || !dps_utf8_is_upper(char_at(s, at + 1))) return false;
    if (i <= start || !dps_utf8_is_lower(char_at(s, char_before(s, i)))) return false;
    size_t second = char_end(s, at + 1);
    if (second >= end || !dps_utf8_is_lower(char_at(s, second))) return false;
    for (size_t k = start; k < end; k++)
        if (k != at && (s.data[k] == '.' || s.data[k] == '/' || s.data[k] == '@')) return false;
    return true;
}

/* base[start .. end): words and marks; `dot`: a full stop at `end` belongs to the last word. */
static void emit_core(struct dps_splitter *p, size_t start, size_t end, bool dot) {
    size_t word = start, at = start, stop = dot ? end + 1 : end;
    if (start >= end) return;
    if (is_address(dps_str_cut(p->base, start, end))) {
        emit(p, start, stop);
        return;
    }
    while (at < end) {
        size_t next;
        if (is_plain(p->base.data[at])) {
            at++;
            continue;
        }
        if (p->base.data[at] == '.' && lost_space(p->base, word, at, end)) {
            emit_word(p, word, at);
            emit(p, at, at + 1);
            end_sentence(p);
            word = ++at;
            continue;
        }
        if (!mark_splits(p, word, at, end, &next)) {
            bool currency = p->base.data[at] == '$';
            at = next;
            if (currency && at < end) { /* US$4.5 */
                emit(p, word, at);
                word = at;
            }
            continue;
        }
        emit_word(p, word, at);
        emit(p, at, next);
        word = at = next;
    }
    if (dot)
        emit(p, word, stop); /* an abbreviation is no contraction */
    else
        emit_word(p, word, end);
}

/* ---- sentence ends ---- */

enum next_kind { NEXT_NONE, NEXT_LOWER, NEXT_UPPER, NEXT_DIGIT, NEXT_OTHER };
struct next {
    enum next_kind kind;
    bool opened, dashed; /* a quotation mark or bracket, a dash before it */
    struct dps_str word;
};

/* The first word behind `at`. */
static struct next peek(const struct dps_splitter *p, size_t at) {
    struct next next = {0};
    while (at < p->end) {
        uint32_t c = char_at(p->base, at);
        if (is_space(c)) {
        } else if (is_opener(c)) {
            next.opened = true;
        } else if (is_dash(c)) {
            next.dashed = true;
        } else if (c == ',' && p->base.length > at + 1 && p->base.data[at + 1] == ',') { /* ,,quoted'' */
            next.opened = true;
            at++;
        } else {
            break;
        }
        at = char_end(p->base, at);
    }
    if (at >= p->end) return next;
    size_t end = at;
    uint32_t c = char_at(p->base, at);
    while (end < p->end && is_word(char_at(p->base, end))) end = char_end(p->base, end);
    next.word = dps_str_cut(p->base, at, end);
    next.kind = dps_utf8_is_digit(c)    ? NEXT_DIGIT
                : dps_utf8_is_lower(c)  ? NEXT_LOWER
                : dps_utf8_is_letter(c) ? NEXT_UPPER
                                        : NEXT_OTHER;
    if (next.kind == NEXT_LOWER && end > at + 1) { /* iPhone, eBay: a capital behind one small letter */
        size_t second = char_end(p->base, at);
        if (dps_utf8_is_upper(char_at(p->base, second))) next.kind = NEXT_UPPER;
    }
    return next;
}

static bool is_starter(const struct dps_splitter *p, struct next next) {
    return next.kind == NEXT_UPPER && (dps_rules_word(p->rules, next.word) & DPS_WORD_STARTER);
}

static struct dps_str token_before(const struct dps_splitter *p, uint32_t back) {
    uint32_t at = p->n_tokens;
    return at >= back + sentence_start(p) && at >= back
               ? dps_str_cut(p->base, p->tokens[at - back].start, p->tokens[at - back].end)
               : (struct dps_str){NULL, 0};
}

static bool all_digits(struct dps_str s) {
    for (size_t i = 0; i < s.length; i++)
        if (s.data[i] < '0' || s.data[i] > '9') return false;
    return s.length > 0;
}

static bool is_roman(struct dps_str s) {
    for (size_t i = 0; i < s.length; i++)
        if (!strchr("IVX", s.data[i])) return false;
    return s.length > 0 && s.length <= 5;
}

/* Letters with a full stop after each but the last: U.S, z.B, a.m, Ph.D. */
static bool is_dotted(struct dps_str s) {
    size_t run = 0, dots = 0;
    for (size_t i = 0; i < s.length; run++) {
        if (s.data[i] == '.') {
            if (run == 0 || run > 3) return false;
            run = (size_t)-1;
            dots++;
            i++;
            continue;
        }
        if (!dps_utf8_is_letter(dps_utf8_next(s, &i))) return false;
    }
    return dots > 0 && run > 0 && run <= 3;
}

enum dot { DOT_SPLIT, DOT_ATTACHED, DOT_BOTH /* attached, and the sentence may end here */ };

/* A number and its full stop. */
static enum dot number_dot(const struct dps_splitter *p, struct dps_str core, struct next next) {
    if (p->n_tokens == sentence_start(p) && core.length <= 3)
        return next.kind == NEXT_NONE ? DOT_SPLIT : DOT_ATTACHED; /* 1. The first item */
    if (!p->rules->ordinals || core.length > 3 || next.kind == NEXT_NONE) return DOT_SPLIT;
    if (next.kind == NEXT_LOWER) return DOT_ATTACHED;
    if (next.kind == NEXT_DIGIT) return core.length <= 2 && !next.dashed ? DOT_ATTACHED : DOT_SPLIT; /* 21. 1. 2022 */
    if (next.kind == NEXT_OTHER) return DOT_SPLIT;
    if (dps_rules_word(p->rules, next.word) & DPS_WORD_ORDINAL_NOUN) return DOT_ATTACHED;
    if (is_starter(p, next)) return DOT_SPLIT;
    return dps_rules_word_any(p->rules, token_before(p, 1)) & DPS_WORD_ORDINAL_BEFORE ? DOT_ATTACHED : DOT_SPLIT;
}

/* A full stop directly behind `core`: part of the word, a stop, or both. `word`: the last piece of the core behind a
 * hyphen or slash. */
static enum dot word_dot(const struct dps_splitter *p, struct dps_str core, struct next next) {
    if (all_digits(core)) return number_dot(p, core, next);
    struct dps_str word = core;
    for (size_t i = core.length; i > 0; i--)
        if (core.data[i - 1] == '-' || core.data[i - 1] == '/') {
            word = dps_str_cut(core, i, core.length);
            break;
        }
    unsigned bits = dps_rules_word_any(p->rules, word);
    bool name_goes_on = next.kind == NEXT_UPPER && !is_starter(p, next);
    if (bits & DPS_WORD_TITLE) return DOT_ATTACHED;
    bool initial =
        word.length == 1 && name_goes_on && dps_utf8_is_upper(char_at(token_before(p, 1), 0)); /* Joseph S. */
    if (bits & DPS_WORD_NUMBER && !initial)
        return next.kind == NEXT_DIGIT || (next.kind == NEXT_UPPER && is_roman(next.word)) ? DOT_ATTACHED : DOT_SPLIT;
    if (bits & DPS_WORD_INNER || is_dotted(word))
        return is_starter(p, next) || next.kind == NEXT_NONE ? DOT_BOTH : DOT_ATTACHED;
    if (dps_utf8_count(word) == 1 && dps_utf8_is_letter(char_at(word, 0)) &&
        !(bits & DPS_WORD_NOT_INITIAL && !name_goes_on)) {
        if (dps_utf8_is_lower(char_at(word, 0))) return next.kind == NEXT_NONE ? DOT_SPLIT : DOT_ATTACHED; /* z. B. */
        struct dps_str before = token_before(p, 1);
        bool abbreviated = before.length == 2 && before.data[1] == '.';
        if (name_goes_on || abbreviated || next.kind == NEXT_LOWER)
            return abbreviated && (is_starter(p, next) || next.kind == NEXT_NONE) &&
                           dps_utf8_is_upper(char_at(before, 0))
                       ? DOT_BOTH
                       : DOT_ATTACHED;
        return next.kind == NEXT_UPPER && p->n_tokens == sentence_start(p) ? DOT_ATTACHED
               : next.kind == NEXT_DIGIT                                   ? DOT_ATTACHED
                                                                           : DOT_SPLIT;
    }
    if (p->rules->ordinals && is_roman(word) && (next.kind == NEXT_LOWER || name_goes_on) &&
        dps_utf8_is_upper(char_at(token_before(p, 1), 0)))
        return DOT_ATTACHED;
    return DOT_SPLIT;
}

/* Does the sentence end behind the marks of a chunk? `stop`: the last stop among them; `closed`: a quotation mark or
 * bracket behind it. */
static bool ends_here(const struct dps_splitter *p, uint32_t stop, bool closed, bool long_stop, struct next next) {
    if (next.kind == NEXT_NONE) return true;
    if (stop == '.' && !long_stop) {
        if (next.kind == NEXT_LOWER) return false;
        return next.kind != NEXT_OTHER || next.opened || next.dashed || closed;
    }
    if (stop == '!' || stop == '?') {
        if (next.kind == NEXT_LOWER || next.kind == NEXT_OTHER) return false;
        return !(next.dashed && closed && !next.opened);
    }
    if (next.kind == NEXT_LOWER || next.kind == NEXT_OTHER) return false;
    return next.opened || is_starter(p, next) ||
           !p->rules->ordinals; /* "...": in a language of capital nouns only before a starter */
}

/* ---- chunks ---- */

/* Marks before the core, a token each. */
static size_t emit_head(struct dps_splitter *p, size_t start, size_t end) {
    size_t at = start;
    while (at < end) {
        uint32_t c = char_at(p->base, at);
        size_t next = char_end(p->base, at);
        uint32_t after = next < end ? char_at(p->base, next) : 0;
        if (is_word(c) || c == '_') break;
        if ((c == '-' || c == '+' || c == 0x2212) && dps_utf8_is_digit(after) && at == start)
            break; /* signed numbers */
        if (c == '-' && dps_utf8_is_letter(after) && p->rules->ordinals)
            break; /* -Abgeordnete: the first part left out */
        if ((c == '@' || c == '#') && dps_utf8_is_letter(after)) break;
        if (c == '.' && dps_utf8_is_digit(after)) break;
        if ((c == '\'' || c == 0x2019) && dps_utf8_is_digit(after)) break; /* '90s */
        if (c == '\'' || c == '`' || c == ',' || c == '<' || c == '>') {
            if (after == c) next = char_end(p->base, next); /* ``quoted'', ,,quoted'' */
        } else if (c == '.' || is_dash(c) || is_filler(c) || c == '!' || c == '?') {
            while (next < end && char_at(p->base, next) == c) next = char_end(p->base, next);
        }
        if (c == '\'' || c == 0x2018 || c == 0x201A || c == '`') p->single_open = true;
        emit(p, at, next);
        at = next;
    }
    return at;
}

static size_t find_tail(struct dps_str s, size_t start, size_t end) {
    while (end > start) {
        size_t last = char_before(s, end);
        if (!is_tail(char_at(s, last))) break;
        end = last;
    }
    return end;
}

/* Marks behind the core, from `at` on; tells the last stop. */
static void emit_tail(struct dps_splitter *p, size_t at, size_t end, uint32_t *stop, bool *closed, bool *long_stop) {
    while (at < end) {
        uint32_t c = char_at(p->base, at);
        size_t next = char_end(p->base, at);
        if (c == '.' || c == '-' || is_filler(c)) {
            while (next < end && char_at(p->base, next) == c) next = char_end(p->base, next);
        } else if (c == '!' || c == '?') {
            while (next < end && (p->base.data[next] == '!' || p->base.data[next] == '?')) next++;
        } else if ((c == '\'' || c == '"') && next < end && char_at(p->base, next) == c) {
            next = char_end(p->base, next);
        }
        if (is_stop(c)) {
            *stop = c == 0x2026 || c == '!' || c == '?' ? c : '.';
            *long_stop = c == 0x2026 || (c == '.' && next - at > 1);
            *closed = false;
        } else if (is_closer(c)) {
            *closed = true;
        } else {
            *stop = 0; /* a comma, colon or dash goes on */
        }
        emit(p, at, next);
        at = next;
    }
}

/* "[17]", "[...]": a note or an omission that belongs to the sentence before it. Where it ends, or `at`. */
static size_t skip_note(const struct dps_splitter *p, size_t at) {
    enum { NOTE_BYTES = 16 };
    while (at < p->end && is_space(char_at(p->base, at))) at = char_end(p->base, at);
    if (at >= p->end || p->base.data[at] != '[') return at;
    size_t i = at + 1;
    for (; i < p->end && p->base.data[i] != ']'; i = char_end(p->base, i)) {
        uint32_t c = char_at(p->base, i);
        if (i - at > NOTE_BYTES || !(dps_utf8_is_digit(c) || c == '.' || c == ',' || c == 0x2026 || is_dash(c)))
            return at;
    }
    if (i >= p->end || (i + 1 < p->end && !is_space(char_at(p->base, i + 1)))) return at;
    return i + 1;
}

bool dps_split_is_smiley(struct dps_str s) {
    size_t mouth = s.length == 3 && s.data[1] == '-' ? 2 : 1;
    return s.length == mouth + 1 && (s.data[0] == ':' || s.data[0] == ';') && strchr("()DPp", s.data[mouth]);
}

static void split_chunk(struct dps_splitter *p, size_t start, size_t end) {
    if (dps_split_is_smiley(dps_str_cut(p->base, start, end))) {
        emit(p, start, end);
        return;
    }
    size_t core = emit_head(p, start, end), tail = find_tail(p->base, core, end);
    uint32_t stop = 0;
    bool closed = false, long_stop = false, bare = core == tail;
    if (bare) { /* nothing but marks, which emit_head has given out already */
        uint32_t last = core > start ? char_at(p->base, char_before(p->base, core)) : 0;
        bool bracketed = p->base.data[start] == '(' || p->base.data[start] == '[';
        uint32_t first = char_at(p->base, start);
        if (!bracketed && (is_stop(first) || (is_closer(first) && is_stop(last))) &&
            sentence_start(p) < p->n_tokens - 1) {
            struct next next = peek(p, end);
            if (ends_here(p, first == 0x2026 || is_stop(first) ? first : last, is_closer(last),
                          core - start > 1 || first == 0x2026, next))
                end_sentence(p);
        }
        emit_tail(p, core, end, &stop, &closed, &long_stop);
        return;
    }
    struct dps_str word = dps_str_cut(p->base, core, tail);
    for (size_t i = tail; tail < end && i > core; i--) /* "Tuesday.Mr." */
        if (p->base.data[i - 1] == '.' && lost_space(p->base, core, i - 1, tail)) {
            word = dps_str_cut(p->base, i, tail);
            break;
        }
    bool dot = tail < end && p->base.data[tail] == '.' && (tail + 1 == end || p->base.data[tail + 1] != '.');
    struct next next = tail < end ? peek(p, end) : (struct next){0};      /* only a mark asks what follows */
    if (p->rules->genitive_apostrophe && tail < end && !p->single_open) { /* Scholz' */
        uint32_t c = char_at(p->base, tail), last = (unsigned char)p->base.data[tail - 1];
        size_t behind = char_end(p->base, tail);
        bool second = behind < end && char_at(p->base, behind) == c;
        if ((c == '\'' || c == 0x2019) && !second && (last == 's' || last == 'x' || last == 'z' || last == 0x9F))
            tail = behind;
    }
    enum dot kind = DOT_SPLIT;
    if (dot) {
        size_t behind = tail + 1;
        bool goes_on = behind < end && !is_closer(char_at(p->base, behind)); /* "z. B.," */
        struct next here = goes_on ? (struct next){.kind = NEXT_LOWER} : next;
        kind = word_dot(p, word, here);
        if (kind != DOT_SPLIT && here.kind == NEXT_NONE && behind < end) kind = DOT_BOTH;
    }
    emit_core(p, core, tail, dot && kind != DOT_SPLIT);
    if (dot && kind == DOT_BOTH) stop = '.';
    emit_tail(p, dot && kind != DOT_SPLIT ? tail + 1 : tail, end, &stop, &closed, &long_stop);
    if (dot && kind == DOT_ATTACHED && stop == '.') stop = 0;
    if (!stop || !ends_here(p, stop, closed, long_stop, next)) return;
    if (skip_note(p, end) > end && p->base.data[skip_note(p, end) - 1] == ']')
        p->note_end = skip_note(p, end);
    else
        end_sentence(p);
}

void dps_split_block(struct dps_splitter *p, size_t start, size_t end, bool one) {
    size_t at = start;
    p->end = end;
    p->one = one;
    p->single_open = false;
    p->note_end = 0;
    while (at < end && !p->failed) {
        if (is_space(char_at(p->base, at))) {
            at = char_end(p->base, at);
            continue;
        }
        size_t stop = at, longest = at + DPS_TEXT_MAX_TOKEN < end ? at + DPS_TEXT_MAX_TOKEN : end;
        while (stop < end && !is_space(char_at(p->base, stop))) {
            size_t next = char_end(p->base, stop);
            if (next > longest) break; /* T4 */
            stop = next;
        }
        split_chunk(p, at, stop);
        if (p->note_end == stop) end_sentence(p);
        at = stop;
    }
    p->one = false;
    end_sentence(p);
}
