/* words.c -- see words.h. */
#include "model/words.h"

#include "base/utf8.h"
#include "model/kernels.h"

#include <utf8proc.h>

enum { SHAPE_LENGTH = 10, PREFIXES = 4, SUFFIXES = 5, SHAPE_KIND = 20, SUFFIX_KIND = 10 };

enum dps_status dps_words_bind(struct dps_words *words, const struct dps_model *m, struct dps_error *error) {
    const struct dps_tensor *t;
    DPS_TRY(dps_model_need(m, "word.forms", DPS_MODEL_STRINGS, 1, NULL, &words->forms, error));
    DPS_TRY(
        dps_model_need(m, "word.table", DPS_MODEL_I8, 2, (uint32_t[]){words->forms->dims[0], 0}, &words->table, error));
    DPS_TRY(dps_model_need(m, "word.index", DPS_MODEL_I32, 1, NULL, &words->index, error));
    DPS_TRY(dps_model_need(m, "affix.table", DPS_MODEL_I8, 2, NULL, &words->affixes, error));
    uint32_t slots = words->index->dims[0], free_slots = 0;
    const int32_t *slot = words->index->data;
    for (uint32_t i = 0; i < slots; i++) {
        if (slot[i] < 0 || (uint32_t)slot[i] >= words->forms->dims[0])
            return dps_error_set(error, DPS_MODEL, "%s: the word index points outside the word list",
                                 dps_model_name(m));
        free_slots += slot[i] == 0;
    }
    if ((slots & (slots - 1)) != 0 || free_slots == 0) /* a search ends at a free slot */
        return dps_error_set(error, DPS_MODEL, "%s: the word index is malformed", dps_model_name(m));
    if (words->affixes->dims[0] < 2)
        return dps_error_set(error, DPS_MODEL, "%s: the affix table is too small", dps_model_name(m));
    words->dim_word = words->table->dims[1];
    words->dim_affix = words->affixes->dims[1];
    words->width = words->dim_word + words->dim_affix;
    DPS_TRY(dps_model_need(m, "source", DPS_MODEL_F32, 1, (uint32_t[]){words->width}, &t, error));
    words->source = t->data;
    return DPS_OK;
}

/* ---- words to rows ---- */

static const uint32_t FNV_START = 2166136261u, FNV_PRIME = 16777619u;

static uint32_t fnv_bytes(uint32_t h, const char *bytes, size_t n) {
    for (size_t i = 0; i < n; i++) h = (h ^ (unsigned char)bytes[i]) * FNV_PRIME;
    return h;
}

static uint32_t affix_row(const struct dps_words *words, unsigned char kind, const char *bytes, size_t n) {
    uint32_t h = fnv_bytes((FNV_START ^ kind) * FNV_PRIME, bytes, n);
    return h % (words->affixes->dims[0] - 1) + 1;
}

static uint32_t word_row(const struct dps_words *words, const char *bytes, size_t n) {
    const int32_t *slot = words->index->data;
    uint32_t mask = words->index->dims[0] - 1;
    for (uint32_t k = fnv_bytes(FNV_START, bytes, n) & mask; slot[k] != 0; k = (k + 1) & mask) {
        struct dps_str s = dps_model_string(words->forms, (uint32_t)slot[k]);
        if (s.length == n && memcmp(s.data, bytes, n) == 0) return (uint32_t)slot[k];
    }
    return 0;
}

bool dps_words_knows(const struct dps_words *words, struct dps_str form) {
    return word_row(words, form.data, form.length) != 0;
}

static size_t shape_of(struct dps_str form, char out[SHAPE_LENGTH * 4]) {
    uint32_t last = 0, before = 0;
    size_t n = 0, letters = 0;
    for (size_t at = 0; at < form.length && letters < SHAPE_LENGTH;) {
        uint32_t c = dps_utf8_next(form, &at);
        uint32_t s = dps_utf8_is_upper(c) ? 'X' : dps_utf8_is_letter(c) ? 'x' : dps_utf8_is_digit(c) ? 'd' : c;
        if (letters >= 2 && s == last && s == before) continue;
        n += dps_utf8_put(s, out + n);
        before = last;
        last = s;
        letters++;
    }
    return n;
}

void dps_words_rows(const struct dps_words *words, struct dps_str form, struct dps_word_rows *rows) {
    enum { ROOM = 256 }; /* bytes of a word that are looked at; longer words (addresses) are cut */
    char zero[ROOM + 4], low[3 * ROOM + 12] /* a bad byte becomes three */, shape[SHAPE_LENGTH * 4];
    uint16_t start[2 * ROOM + 1]; /* where each letter of `low` begins */
    size_t n_zero = 0, n_low = 0, letters = 0;
    for (size_t at = 0; at < form.length && n_zero < ROOM;) {
        size_t from = at;
        uint32_t c = dps_utf8_next(form, &at);
        bool digit = c >= '0' && c <= '9';
        if (at - from > 4) break;
        memcpy(zero + n_zero, form.data + from, at - from);
        if (digit) zero[n_zero] = '0';
        n_zero += at - from;
        start[letters++] = (uint16_t)n_low;
        n_low += dps_utf8_put(digit ? '0' : (uint32_t)utf8proc_tolower((utf8proc_int32_t)c), low + n_low);
    }
    start[letters] = (uint16_t)n_low;
    rows->word = word_row(words, zero, n_zero);
    if (rows->word == 0) rows->word = word_row(words, low, n_low);
    uint32_t *slot = rows->affix;
    for (size_t k = 1; k <= PREFIXES; k++)
        *slot++ = letters >= k ? affix_row(words, (unsigned char)k, low, start[k]) : 0;
    for (size_t k = 1; k <= SUFFIXES; k++)
        *slot++ = letters >= k ? affix_row(words, (unsigned char)(SUFFIX_KIND + k), low + start[letters - k],
                                           n_low - start[letters - k])
                               : 0;
    *slot = affix_row(words, SHAPE_KIND, shape, shape_of(form, shape));
}

/* ---- rows to numbers ---- */

void dps_words_input(const struct dps_words *words, enum dps_kernel_level level, const struct dps_word_rows *rows,
                     size_t n, float *x) {
    const int8_t *table = words->table->data, *affixes = words->affixes->data;
    for (size_t i = 0; i < n; i++, x += words->width) {
        memcpy(x, words->source, words->width * sizeof *x);
        uint32_t w = rows[i].word;
        dps_kernel_add_i8(level, x, table + (size_t)w * words->dim_word, words->table->scales[w], words->dim_word);
        for (int k = 0; k < DPS_WORD_SLOTS; k++) {
            uint32_t a = rows[i].affix[k];
            if (a)
                dps_kernel_add_i8(level, x + words->dim_word, affixes + (size_t)a * words->dim_affix,
                                  words->affixes->scales[a], words->dim_affix);
        }
    }
}
