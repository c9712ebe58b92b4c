/* utf8.c -- our own decoder (strict, bounded), utf8proc for classes, case and composition. */
#include "base/utf8.h"

#include <stdlib.h>
#include <utf8proc.h>

static uint32_t decode(struct dps_str s, size_t at, size_t *length) {
    const unsigned char *p = (const unsigned char *)s.data + at;
    size_t left = s.length - at;
    *length = 1;
    if (p[0] < 0x80) return p[0];
    size_t n = p[0] >= 0xF0 ? 4 : p[0] >= 0xE0 ? 3 : 2;
    if (p[0] < 0xC2 || p[0] > 0xF4 || left < n) return UINT32_MAX;
    uint32_t c = p[0] & (0xFFu >> (n + 1));
    for (size_t i = 1; i < n; i++) {
        if ((p[i] & 0xC0) != 0x80) return UINT32_MAX;
        c = c << 6 | (p[i] & 0x3Fu);
    }
    if ((n == 3 && c < 0x800) || (n == 4 && (c < 0x10000 || c > 0x10FFFF)) || (c >= 0xD800 && c <= 0xDFFF))
        return UINT32_MAX;
    *length = n;
    return c;
}

uint32_t dps_utf8_next(struct dps_str s, size_t *at) {
    size_t n;
    uint32_t c = decode(s, *at, &n);
    *at += n;
    return c == UINT32_MAX ? 0xFFFD : c;
}

size_t dps_utf8_check(struct dps_str s) {
    size_t at = 0, n;
    while (at < s.length) {
        if (decode(s, at, &n) == UINT32_MAX) return at;
        at += n;
    }
    return s.length;
}

size_t dps_utf8_count(struct dps_str s) {
    size_t count = 0;
    for (size_t at = 0; at < s.length; count++) dps_utf8_next(s, &at);
    return count;
}

size_t dps_utf8_floor(struct dps_str s, size_t at) {
    if (at >= s.length) return s.length;
    size_t floor = at;
    for (int i = 0; i < 3 && floor > 0 && ((unsigned char)s.data[floor] & 0xC0) == 0x80; i++) floor--;
    return floor;
}

size_t dps_utf8_put(uint32_t c, char out[4]) {
    utf8proc_ssize_t n = utf8proc_encode_char((utf8proc_int32_t)c, (utf8proc_uint8_t *)out);
    return n > 0 ? (size_t)n : 0;
}

static utf8proc_category_t category(uint32_t c) {
    return utf8proc_category((utf8proc_int32_t)c);
}

bool dps_utf8_is_letter(uint32_t c) {
    if (c < 0x80) return (c | 32) >= 'a' && (c | 32) <= 'z';
    utf8proc_category_t k = category(c);
    return k >= UTF8PROC_CATEGORY_LU && k <= UTF8PROC_CATEGORY_MC;
}
bool dps_utf8_is_digit(uint32_t c) {
    return c < 0x80 ? c >= '0' && c <= '9' : category(c) == UTF8PROC_CATEGORY_ND;
}
bool dps_utf8_is_upper(uint32_t c) {
    if (c < 0x80) return c >= 'A' && c <= 'Z';
    utf8proc_category_t k = category(c);
    return k == UTF8PROC_CATEGORY_LU || k == UTF8PROC_CATEGORY_LT;
}
bool dps_utf8_is_lower(uint32_t c) {
    return c < 0x80 ? c >= 'a' && c <= 'z' : category(c) == UTF8PROC_CATEGORY_LL;
}
bool dps_utf8_is_space(uint32_t c) {
    if (c < 0x80) return c == ' ' || (c >= '\t' && c <= '\r');
    utf8proc_category_t k = category(c);
    return k == UTF8PROC_CATEGORY_ZS || k == UTF8PROC_CATEGORY_ZL || k == UTF8PROC_CATEGORY_ZP || c == 0x85 ||
           c == 0xFEFF;
}
bool dps_utf8_is_punct(uint32_t c) {
    utf8proc_category_t k = category(c);
    return k >= UTF8PROC_CATEGORY_PC && k <= UTF8PROC_CATEGORY_SO;
}

/* Map each code point with `map`; the result may be longer in bytes, at most 4 per code point. */
static struct dps_str map_each(struct dps_arena *arena, struct dps_str s, utf8proc_int32_t (*map)(utf8proc_int32_t),
                               size_t most) {
    size_t room = s.length * 2 + 4; /* simple mappings grow at most from 2 to 3 bytes */
    char *out = dps_arena_take(arena, room + 1);
    if (!out) return (struct dps_str){NULL, 0};
    size_t at = 0, n = 0, done = 0;
    while (at < s.length) {
        uint32_t c = dps_utf8_next(s, &at);
        if (done++ < most) c = (uint32_t)map((utf8proc_int32_t)c);
        if (n + 4 > room) break;
        n += dps_utf8_put(c, out + n);
    }
    return (struct dps_str){out, n};
}

struct dps_str dps_utf8_lower(struct dps_arena *arena, struct dps_str s) {
    return map_each(arena, s, utf8proc_tolower, SIZE_MAX);
}

struct dps_str dps_utf8_capital(struct dps_arena *arena, struct dps_str s) {
    return map_each(arena, s, utf8proc_toupper, 1);
}

struct dps_str dps_utf8_fold(struct dps_arena *arena, struct dps_str s) {
    utf8proc_uint8_t *folded = NULL;
    bool ascii = true;
    for (size_t i = 0; i < s.length && ascii; i++) ascii = (unsigned char)s.data[i] < 0x80;
    if (ascii) return map_each(arena, s, utf8proc_tolower, SIZE_MAX);
    utf8proc_ssize_t n = utf8proc_map((const utf8proc_uint8_t *)s.data, (utf8proc_ssize_t)s.length, &folded,
                                      UTF8PROC_STABLE | UTF8PROC_COMPOSE | UTF8PROC_CASEFOLD);
    if (n < 0)
        return map_each(arena, s, utf8proc_tolower, SIZE_MAX); /* invalid UTF-8: bytes were already told as bad */
    char *copy = dps_arena_copy(arena, (const char *)folded, (size_t)n);
    free(folded);
    return (struct dps_str){copy, copy ? (size_t)n : 0};
}
