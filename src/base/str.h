/* str.h -- byte spans: pointers into text that somebody else owns. Never NUL-terminated by promise.
 *
 * A struct dps_str borrows; its owner is named where it is made (an article, a model, a mapped table, an arena).
 */
#ifndef DPS_BASE_STR_H
#define DPS_BASE_STR_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

struct dps_str {
    const char *data; /* may be NULL if length is 0 */
    size_t length;    /* bytes */
};

/* For literals: DPS_STR("root"). */
#define DPS_STR(literal) ((struct dps_str){(literal), sizeof(literal) - 1})
/* For printf("%.*s", DPS_STR_ARG(s)). */
#define DPS_STR_ARG(s) (int)(s).length, ((s).data ? (s).data : "")

static inline struct dps_str dps_str_of(const char *c_string) {
    return (struct dps_str){c_string, c_string ? strlen(c_string) : 0};
}
static inline bool dps_str_equal(struct dps_str a, struct dps_str b) {
    return a.length == b.length && (a.length == 0 || memcmp(a.data, b.data, a.length) == 0);
}
static inline bool dps_str_is(struct dps_str a, const char *c_string) {
    return dps_str_equal(a, dps_str_of(c_string));
}
static inline bool dps_str_starts(struct dps_str s, struct dps_str prefix) {
    return s.length >= prefix.length && (prefix.length == 0 || memcmp(s.data, prefix.data, prefix.length) == 0);
}
static inline bool dps_str_ends(struct dps_str s, struct dps_str suffix) {
    return s.length >= suffix.length &&
           (suffix.length == 0 || memcmp(s.data + s.length - suffix.length, suffix.data, suffix.length) == 0);
}
/* Bytes from..to of s; both are clamped to its length. */
static inline struct dps_str dps_str_cut(struct dps_str s, size_t from, size_t to) {
    if (to > s.length) to = s.length;
    if (from > to) from = to;
    return (struct dps_str){s.data ? s.data + from : NULL, to - from};
}
/* Without ASCII white space at both ends. */
struct dps_str dps_str_trim(struct dps_str s);
/* Byte order, then length: <0, 0, >0. */
int dps_str_compare(struct dps_str a, struct dps_str b);
/* Takes the part before `separator` off the front of *rest; false when nothing is left. "a;b" gives "a", "b". An empty
 * *rest with data==NULL ends. */
bool dps_str_split(struct dps_str *rest, char separator, struct dps_str *part);
/* 64-bit hash (FNV-1a with a final mix), the same on every machine. */
uint64_t dps_str_hash(struct dps_str s);

/* A growing byte buffer on the heap, for building output. Zeroed is empty. Past `ceiling` bytes (0: none) appends fail
 * and set `failed`. */
struct dps_buffer {
    char *data; /* owned; NUL-terminated when not NULL */
    size_t length, capacity, ceiling;
    bool failed; /* out of memory or over the ceiling: content is cut */
};
void dps_buffer_release(struct dps_buffer *buffer);
void dps_buffer_clear(struct dps_buffer *buffer); /* length 0, memory kept */
bool dps_buffer_append(struct dps_buffer *buffer, const char *bytes, size_t length);
bool dps_buffer_append_str(struct dps_buffer *buffer, struct dps_str s);
bool dps_buffer_append_c(struct dps_buffer *buffer, const char *c_string);
bool dps_buffer_printf(struct dps_buffer *buffer, const char *format, ...) __attribute__((format(printf, 2, 3)));
static inline struct dps_str dps_buffer_str(const struct dps_buffer *b) {
    return (struct dps_str){b->data, b->length};
}

#endif
