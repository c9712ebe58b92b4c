/* know_norm.c -- names made comparable: composition, case, apostrophes, hyphens; and how a name looks in upper and
 * lower case. */
#include "base/utf8.h"
#include "know/know_image.h"

#include <utf8proc.h>

enum { MAX_POINTS = 256 }; /* code points of one word; a longer one is no name */

static bool joins(char c) {
    return c == '-' || c == '\'' || c == '/' || c == '&' || c == '.' || c == ',';
}

uint16_t know_lang_pack(struct dps_str code) {
    if (code.length < 2 || code.length > 3) return 0;
    unsigned packed = 0;
    for (size_t i = 0; i < code.length; i++) {
        if (code.data[i] < 'a' || code.data[i] > 'z') return 0;
        packed = packed * 32 + (unsigned)(code.data[i] - 'a' + 1);
    }
    return (uint16_t)packed;
}

/* A space parts words, unless one of the two characters that meet is a hyphen, an apostrophe or the like. */
static size_t put_space(char *key, size_t length, char next) {
    if (length == 0 || joins(key[length - 1]) || key[length - 1] == '(' || joins(next) || next == ')') return length;
    if (length + 1 >= KNOW_MAX_KEY) return 0;
    key[length] = ' ';
    return length + 1;
}

static int32_t unify(int32_t c) {
    switch (c) {
    case 0x2018:
    case 0x2019:
    case 0x201B:
    case 0x02BC:
    case 0x02BB:
    case 0x02B9:
    case 0x00B4:
    case '`':
    case 0xFF07:
        return '\'';
    case 0x2010:
    case 0x2011:
    case 0x2012:
    case 0x2013:
    case 0x2212:
        return '-';
    case 0x00A0:
    case 0x202F:
    case 0x2009:
        return ' ';
    default:
        return c;
    }
}

static size_t append_ascii(char *key, size_t length, struct dps_str word) {
    if (length + word.length >= KNOW_MAX_KEY) return 0;
    for (size_t i = 0; i < word.length; i++) {
        char c = word.data[i];
        key[length + i] = c == '`' ? '\'' : c >= 'A' && c <= 'Z' ? (char)(c + 32) : c;
    }
    return length + word.length;
}

static size_t append_unicode(char *key, size_t length, struct dps_str word) {
    int32_t points[MAX_POINTS + 1];
    const utf8proc_option_t options = UTF8PROC_STABLE | UTF8PROC_COMPOSE | UTF8PROC_CASEFOLD | UTF8PROC_IGNORE;
    utf8proc_ssize_t n = utf8proc_decompose((const utf8proc_uint8_t *)word.data, (utf8proc_ssize_t)word.length, points,
                                            MAX_POINTS, options);
    if (n <= 0 || n > MAX_POINTS) return 0;
    for (utf8proc_ssize_t i = 0; i < n; i++) points[i] = unify(points[i]);
    n = utf8proc_reencode(points, n, UTF8PROC_STABLE | UTF8PROC_COMPOSE); /* in place: bytes never outgrow the points */
    if (n <= 0 || length + (size_t)n >= KNOW_MAX_KEY) return 0;
    memcpy(key + length, points, (size_t)n);
    return length + (size_t)n;
}

size_t know_norm_append(char key[KNOW_MAX_KEY], size_t length, struct dps_str word) {
    if (word.length == 0 || word.length >= KNOW_MAX_KEY) return 0;
    bool ascii = true;
    for (size_t i = 0; i < word.length && ascii; i++) ascii = (unsigned char)word.data[i] - 1u < 0x7F;
    char folded[KNOW_MAX_KEY];
    size_t n = ascii ? append_ascii(folded, 0, word) : append_unicode(folded, 0, word);
    if (n == 0) return 0;
    size_t at = put_space(key, length, folded[0]);
    if ((at == 0 && length != 0) || at + n >= KNOW_MAX_KEY) return 0;
    memcpy(key + at, folded, n);
    return at + n;
}

bool know_norm_boundary(struct dps_str key, size_t at) {
    if (at == 0 || at >= key.length || key.data[at - 1] == ' ') return false;
    return key.data[at] == ' ' || joins(key.data[at]) || joins(key.data[at - 1]);
}

/* The first letter of a word: 1 upper, 0 lower or none; *second tells the same of the next one. */
static bool starts_upper(struct dps_str word, bool *second) {
    int seen = 0;
    bool first = false;
    *second = false;
    for (size_t at = 0; at < word.length && seen < 2;) {
        uint32_t c = dps_utf8_next(word, &at);
        if (!dps_utf8_is_letter(c)) continue;
        if (seen++ == 0)
            first = dps_utf8_is_upper(c);
        else
            *second = dps_utf8_is_upper(c);
    }
    return first;
}

uint8_t know_norm_look(struct dps_str first, struct dps_str last, bool one_word) {
    bool second, unused;
    uint8_t look = 0;
    if (starts_upper(first, &second)) look |= KNOW_FIRST_UPPER;
    if (starts_upper(last, &unused)) look |= KNOW_LAST_UPPER;
    if ((look & KNOW_FIRST_UPPER) && second) look |= KNOW_TWO_UPPER;
    if (!one_word) return look;
    for (size_t at = 0; at < first.length;)
        if (dps_utf8_is_lower(dps_utf8_next(first, &at))) return look | KNOW_HAS_LOWER;
    if (look & KNOW_TWO_UPPER) look |= KNOW_NO_LOWER;
    return look;
}
