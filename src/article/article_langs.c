/* article_langs.c -- load the language data that reading needs, and tell a text's language.
 *
 * In: lang/LANGS, lang/<code>/stamps.tsv, lang/<code>/profile.tsv, lang/other/<code>.tsv, lang/agencies.tsv.
 * How a language is told: each profile lists the commonest words of a language and its letters beyond a-z. A word of
 * the text that is in a profile counts for that language, a word with a letter that the language does not have counts
 * against it; the best share of the words wins. Why so: news texts have hundreds of words, so the function words
 * decide; a new language is one short list. Limits: single names and headlines of two or three words may stay untold.
 */
#include "article/article_langs.h"
#include "base/file.h"
#include "base/utf8.h"

#include <stdlib.h>

enum {
    TELL_BYTES = 3000,              /* of the body; more would not change the answer */
    TELL_WORD = 48,                 /* bytes; longer words are in no profile */
    ARENA_BYTES = 16 * 1024 * 1024, /* all language data for reading together */
    PROFILE_SLOTS = 16384           /* a power of two, twice the words of all profiles */
};

static enum dps_status no_memory(struct dps_error *error) {
    return dps_error_set(error, DPS_MEMORY, "out of memory");
}

/* ---- stamps.tsv ---- */

static const char *const class_names[] = {"",     "published", "updated", "month",  "weekday", "filler",
                                          "hour", "noon",      "zone",    "byline", "ordinal", "count"};

static enum dps_status set_option(struct dps_lang *lang, struct dps_tsv *tsv, struct dps_str name, struct dps_str value,
                                  struct dps_error *error) {
    if (dps_str_is(name, "zone") && dps_str_is(value, "central"))
        lang->central_time = true;
    else if (dps_str_is(name, "zone") && dps_str_is(value, "unknown"))
        lang->central_time = false;
    else if (dps_str_is(name, "slash") && (dps_str_is(value, "month-first") || dps_str_is(value, "day-first")))
        lang->month_first = dps_str_is(value, "month-first");
    else
        return dps_error_set(error, DPS_LANG, "%s:%u: unknown option '%.*s' = '%.*s'", tsv->lines.name, tsv->lines.line,
                             DPS_STR_ARG(name), DPS_STR_ARG(value));
    return DPS_OK;
}

static int number_of(struct dps_str s) {
    int sign = 1, v = 0;
    size_t i = 0;
    if (s.length && s.data[0] == '-') {
        sign = -1;
        i = 1;
    }
    for (; i < s.length && s.data[i] >= '0' && s.data[i] <= '9' && v < 10000; i++) v = v * 10 + (s.data[i] - '0');
    return sign * v;
}

static enum dps_status load_stamps(struct dps_langs *langs, struct dps_lang *lang, struct dps_str bytes,
                                   const char *path, struct dps_error *error) {
    struct dps_tsv tsv;
    DPS_TRY(dps_tsv_init(&tsv, bytes, path, error));
    int word = dps_tsv_column(&tsv, "word"), class = dps_tsv_column(&tsv, "class"),
        value = dps_tsv_column(&tsv, "value");
    if (word < 0 || class < 0) return dps_error_set(error, DPS_LANG, "%s: needs the columns 'word' and 'class'", path);
    size_t room = 0;
    for (size_t i = 0; i < bytes.length; i++) room += bytes.data[i] == '\n';
    lang->words = DPS_NEW(&langs->arena, room + 1, struct dps_stamp_word);
    if (!lang->words) return no_memory(error);
    enum dps_status status;
    while ((status = dps_tsv_next(&tsv, error)) == DPS_OK) {
        struct dps_str w = dps_tsv_cell(&tsv, word), c = dps_tsv_cell(&tsv, class), v = dps_tsv_cell(&tsv, value);
        if (dps_str_is(c, "option")) {
            DPS_TRY(set_option(lang, &tsv, w, v, error));
            continue;
        }
        enum dps_stamp_class k = DPS_STAMP_PUBLISHED;
        while (k <= DPS_STAMP_COUNT && !dps_str_is(c, class_names[k])) k++;
        if (k > DPS_STAMP_COUNT)
            return dps_error_set(error, DPS_LANG, "%s:%u: unknown class '%.*s'", path, tsv.lines.line, DPS_STR_ARG(c));
        struct dps_str low = dps_utf8_lower(&langs->arena, w);
        if (!low.data) return no_memory(error);
        lang->words[lang->n_words++] = (struct dps_stamp_word){low, k, number_of(v)};
    }
    return status == DPS_END ? DPS_OK : status;
}

/* ---- profile.tsv ---- */

static struct dps_profile_word *slot_of(const struct dps_langs *langs, struct dps_str word) {
    size_t at = dps_str_hash(word) & (langs->profile_size - 1);
    while (langs->profile[at].langs && !dps_str_equal(langs->profile[at].word, word))
        at = (at + 1) & (langs->profile_size - 1);
    return &langs->profile[at];
}

static enum dps_status add_word(struct dps_langs *langs, size_t lang, struct dps_str word, const char *path,
                                struct dps_error *error) {
    struct dps_profile_word *slot = slot_of(langs, word);
    if (!slot->langs) {
        if (langs->profile_used * 2 >= langs->profile_size)
            return dps_error_set(error, DPS_LANG, "%s: more than %zu words in all language profiles", path,
                                 langs->profile_size / 2);
        slot->word = word;
        langs->profile_used++;
    }
    slot->langs |= (uint64_t)1 << lang;
    langs->langs[lang].n_profile++;
    return DPS_OK;
}

static enum dps_status load_profile(struct dps_langs *langs, size_t lang, struct dps_str bytes, const char *path,
                                    struct dps_error *error) {
    struct dps_tsv tsv;
    DPS_TRY(dps_tsv_init(&tsv, bytes, path, error));
    int kind = dps_tsv_column(&tsv, "kind"), value = dps_tsv_column(&tsv, "value");
    if (kind < 0 || value < 0) return dps_error_set(error, DPS_LANG, "%s: needs the columns 'kind' and 'value'", path);
    enum dps_status status;
    while ((status = dps_tsv_next(&tsv, error)) == DPS_OK) {
        struct dps_str k = dps_tsv_cell(&tsv, kind), low = dps_utf8_lower(&langs->arena, dps_tsv_cell(&tsv, value)),
                       word;
        if (!low.data) return no_memory(error);
        if (dps_str_is(k, "letters")) {
            langs->langs[lang].letters = low;
        } else if (dps_str_is(k, "words")) {
            while (dps_str_split(&low, ' ', &word))
                if (word.length) DPS_TRY(add_word(langs, lang, word, path, error));
        } else {
            return dps_error_set(error, DPS_LANG, "%s:%u: unknown kind '%.*s'", path, tsv.lines.line, DPS_STR_ARG(k));
        }
    }
    return status == DPS_END ? DPS_OK : status;
}

/* ---- the folder ---- */

/* A whole file copied into the arena; absent files are DPS_END. */
static enum dps_status read_whole(struct dps_arena *arena, const char *path, struct dps_str *bytes,
                                  struct dps_error *error) {
    struct dps_file file;
    if (!path) return no_memory(error);
    if (!dps_file_exists(path)) return DPS_END;
    DPS_TRY(dps_file_map(&file, path, error));
    char *copy = dps_arena_copy(arena, file.bytes.data, file.bytes.length);
    *bytes = (struct dps_str){copy, file.bytes.length};
    dps_file_unmap(&file);
    return copy ? DPS_OK : no_memory(error);
}

static enum dps_status new_lang(struct dps_langs *langs, struct dps_str code, const char *path, size_t *index,
                                struct dps_error *error) {
    if (langs->n_langs == DPS_LANGS_MAX)
        return dps_error_set(error, DPS_LANG, "%s: more than %d languages", path, DPS_LANGS_MAX);
    if (code.length == 0 || code.length >= DPS_LANG_CODE)
        return dps_error_set(error, DPS_LANG, "%s: bad language code '%.*s'", path, DPS_STR_ARG(code));
    *index = langs->n_langs++;
    memcpy(langs->langs[*index].code, code.data, code.length);
    return DPS_OK;
}

static enum dps_status load_coded(struct dps_langs *langs, const char *lang_dir, struct dps_str code, const char *list,
                                  struct dps_error *error) {
    size_t index = 0;
    struct dps_str bytes;
    DPS_TRY(new_lang(langs, code, list, &index, error));
    struct dps_lang *lang = &langs->langs[index];
    lang->coded = true;
    const char *folder = dps_file_join(&langs->arena, lang_dir, lang->code);
    if (!folder) return no_memory(error);
    const char *path = dps_file_join(&langs->arena, folder, "stamps.tsv");
    enum dps_status status = read_whole(&langs->arena, path, &bytes, error);
    if (status == DPS_OK) status = load_stamps(langs, lang, bytes, path, error);
    if (status != DPS_OK && status != DPS_END) return status;
    path = dps_file_join(&langs->arena, folder, "profile.tsv");
    status = read_whole(&langs->arena, path, &bytes, error);
    if (status == DPS_OK) status = load_profile(langs, index, bytes, path, error);
    return status == DPS_END ? DPS_OK : status;
}

static enum dps_status load_others(struct dps_langs *langs, const char *lang_dir, struct dps_error *error) {
    const char *folder = dps_file_join(&langs->arena, lang_dir, "other");
    if (!folder) return no_memory(error);
    if (!dps_file_is_folder(folder)) return DPS_OK;
    const char **paths;
    size_t n;
    DPS_TRY(dps_file_list(&langs->arena, folder, ".tsv", &paths, &n, error));
    for (size_t i = 0; i < n; i++) {
        struct dps_str bytes, name = dps_str_of(strrchr(paths[i], '/') + 1);
        size_t index = 0;
        DPS_TRY(new_lang(langs, dps_str_cut(name, 0, name.length - 4), paths[i], &index, error));
        DPS_TRY(read_whole(&langs->arena, paths[i], &bytes, error));
        DPS_TRY(load_profile(langs, index, bytes, paths[i], error));
    }
    return DPS_OK;
}

static enum dps_status load_agencies(struct dps_langs *langs, const char *lang_dir, struct dps_error *error) {
    struct dps_str bytes, line;
    const char *path = dps_file_join(&langs->arena, lang_dir, "agencies.tsv");
    enum dps_status status = read_whole(&langs->arena, path, &bytes, error);
    if (status != DPS_OK) return status == DPS_END ? DPS_OK : status;
    size_t room = 1;
    for (size_t i = 0; i < bytes.length; i++) room += bytes.data[i] == '\n';
    langs->agencies = DPS_NEW(&langs->arena, room, struct dps_str);
    if (!langs->agencies) return no_memory(error);
    struct dps_lines lines;
    dps_lines_init(&lines, bytes, path);
    while (dps_lines_next(&lines, &line)) langs->agencies[langs->n_agencies++] = dps_str_trim(line);
    return DPS_OK;
}

static enum dps_status load_all(struct dps_langs *langs, const char *lang_dir, struct dps_error *error) {
    struct dps_str bytes, line;
    langs->profile_size = PROFILE_SLOTS;
    langs->profile = DPS_NEW(&langs->arena, PROFILE_SLOTS, struct dps_profile_word);
    if (!langs->profile) return no_memory(error);
    const char *path = dps_file_join(&langs->arena, lang_dir, "LANGS");
    enum dps_status status = read_whole(&langs->arena, path, &bytes, error);
    if (status == DPS_END) return dps_error_set(error, DPS_LANG, "cannot open '%s', the list of languages", path);
    if (status != DPS_OK) return status;
    struct dps_lines lines;
    dps_lines_init(&lines, bytes, path);
    while (dps_lines_next(&lines, &line)) {
        struct dps_str code;
        dps_str_split(&line, '\t', &code);
        DPS_TRY(load_coded(langs, lang_dir, dps_str_trim(code), path, error));
    }
    DPS_TRY(load_others(langs, lang_dir, error));
    return load_agencies(langs, lang_dir, error);
}

enum dps_status dps_langs_init(struct dps_langs *langs, const char *lang_dir, struct dps_error *error) {
    *langs = (struct dps_langs){0};
    dps_arena_init(&langs->arena, ARENA_BYTES);
    if (!lang_dir) return DPS_OK;
    enum dps_status status = load_all(langs, lang_dir, error);
    if (status == DPS_INPUT)
        status =
            error ? (error->status = DPS_LANG) : DPS_LANG; /* a damaged table is our data's fault, not the input's */
    if (status != DPS_OK) dps_langs_release(langs);
    return status;
}

void dps_langs_release(struct dps_langs *langs) {
    dps_arena_release(&langs->arena);
    *langs = (struct dps_langs){0};
}

const struct dps_lang *dps_langs_find(const struct dps_langs *langs, const char *code) {
    for (size_t i = 0; i < langs->n_langs; i++)
        if (strcmp(langs->langs[i].code, code) == 0) return &langs->langs[i];
    return NULL;
}

/* ---- words ---- */

/* Lower-cased into `out`; 0 if it does not fit. */
static size_t lower_small(struct dps_str s, char *out, size_t room) {
    size_t at = 0, n = 0;
    while (at < s.length) {
        char piece[8];
        struct dps_str one = {s.data + at, 1};
        size_t from = at;
        uint32_t c = dps_utf8_next(s, &at);
        if (c < 0x80) {
            piece[0] = (char)(c >= 'A' && c <= 'Z' ? c + 32 : c);
            one = (struct dps_str){piece, 1};
        } else if (c >= 0xC0 && c <= 0xDE && c != 0xD7) {
            one = (struct dps_str){piece, dps_utf8_put(c + 32, piece)};
        } else if (c >= 0x100 && c <= 0x17F && dps_utf8_is_upper(c) && c != 0x178 && c != 0x130) {
            one = (struct dps_str){
                piece, dps_utf8_put(c + 1, piece)}; /* Latin Extended-A: capitals stand before their small letters */
        } else if (c >= 0x410 && c <= 0x42F) {
            one = (struct dps_str){piece, dps_utf8_put(c + 32, piece)};
        } else {
            one = (struct dps_str){s.data + from, at - from};
        }
        if (n + one.length > room) return 0;
        memcpy(out + n, one.data, one.length);
        n += one.length;
    }
    return n;
}

const struct dps_stamp_word *dps_langs_word(const struct dps_lang *lang, struct dps_str word) {
    char low[TELL_WORD];
    struct dps_str w = {low, lower_small(word, low, sizeof low)};
    if (!lang || w.length == 0) return NULL;
    for (size_t i = 0; i < lang->n_words; i++)
        if (dps_str_equal(lang->words[i].word, w)) return &lang->words[i];
    return NULL;
}

struct dps_str dps_langs_agency(const struct dps_langs *langs, struct dps_str name) {
    char a[TELL_WORD], b[TELL_WORD];
    size_t n = lower_small(name, a, sizeof a);
    for (size_t i = 0; n && i < langs->n_agencies; i++)
        if (lower_small(langs->agencies[i], b, sizeof b) == n && memcmp(a, b, n) == 0) return langs->agencies[i];
    return (struct dps_str){NULL, 0};
}

/* ---- telling the language ---- */

struct votes {
    int score[DPS_LANGS_MAX];
    unsigned words;
};

static bool has_letter(struct dps_str letters, struct dps_str letter) {
    for (size_t i = 0; i + letter.length <= letters.length; i++)
        if (memcmp(letters.data + i, letter.data, letter.length) == 0) return true;
    return false;
}

enum { VOTE_WORD = 4, VOTE_LETTER = 2, VOTE_STRANGE = 6 }; /* a strange letter weighs more than a shared word */

/* A word with letters beyond a-z: for the languages that use them, against the others. */
static void vote_letters(const struct dps_langs *langs, struct dps_str word, struct votes *votes) {
    for (size_t at = 0; at < word.length;) {
        size_t from = at;
        uint32_t c = dps_utf8_next(word, &at);
        if (c < 0x80 || !dps_utf8_is_letter(c)) continue;
        struct dps_str letter = {word.data + from, at - from};
        for (size_t i = 0; i < langs->n_langs; i++)
            votes->score[i] += has_letter(langs->langs[i].letters, letter) ? VOTE_LETTER : -VOTE_STRANGE;
        return; /* one letter a word is enough */
    }
}

static void vote_word(const struct dps_langs *langs, struct dps_str word, struct votes *votes) {
    char low[TELL_WORD];
    struct dps_str w = {low, lower_small(word, low, sizeof low)};
    if (w.length == 0) return;
    votes->words++;
    bool plain = true;
    for (size_t i = 0; i < w.length && plain; i++) plain = (unsigned char)w.data[i] < 0x80;
    if (!plain) vote_letters(langs, w, votes);
    const struct dps_profile_word *hit = slot_of(langs, w);
    for (uint64_t bits = hit->langs, i = 0; bits; bits >>= 1, i++)
        if (bits & 1) votes->score[i] += VOTE_WORD;
}

static void vote_text(const struct dps_langs *langs, struct dps_str s, struct votes *votes) {
    size_t at = 0, start = 0;
    bool in_word = false;
    while (at < s.length) {
        size_t from = at;
        uint32_t c = dps_utf8_next(s, &at);
        bool letter = dps_utf8_is_letter(c) || (in_word && (c == '\'' || c == 0x2019));
        if (letter && !in_word) start = from;
        if (!letter && in_word) vote_word(langs, dps_str_cut(s, start, from), votes);
        in_word = letter;
    }
    if (in_word) vote_word(langs, dps_str_cut(s, start, s.length), votes);
}

const struct dps_lang *dps_langs_tell(const struct dps_langs *langs, struct dps_str title, struct dps_str text) {
    if (langs->profile_used == 0) return NULL;
    struct votes votes = {0};
    vote_text(langs, title, &votes);
    vote_text(langs, dps_str_cut(text, 0, dps_utf8_floor(text, text.length < TELL_BYTES ? text.length : TELL_BYTES)),
              &votes);
    size_t best = 0;
    for (size_t i = 1; i < langs->n_langs; i++)
        if (votes.score[i] > votes.score[best]) best = i;
    /* in running text every third to second word is in its language's profile; names and numbers alone tell nothing */
    if (votes.words == 0 || votes.score[best] * 10 < (int)votes.words * VOTE_WORD) return NULL;
    return &langs->langs[best];
}
