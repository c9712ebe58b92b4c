/* str.c -- the few operations on byte spans that are not inline, and the growing buffer. */
#include "base/str.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

static bool is_space(char c) {
    return c == ' ' || (c >= '\t' && c <= '\r');
}

struct dps_str dps_str_trim(struct dps_str s) {
    while (s.length && is_space(s.data[0])) {
        s.data++;
        s.length--;
    }
    while (s.length && is_space(s.data[s.length - 1])) s.length--;
    return s;
}

int dps_str_compare(struct dps_str a, struct dps_str b) {
    size_t n = a.length < b.length ? a.length : b.length;
    int order = n ? memcmp(a.data, b.data, n) : 0;
    if (order) return order;
    return a.length < b.length ? -1 : a.length > b.length;
}

bool dps_str_split(struct dps_str *rest, char separator, struct dps_str *part) {
    if (!rest->data) return false;
    const char *hit = rest->length ? memchr(rest->data, separator, rest->length) : NULL;
    if (!hit) {
        *part = *rest;
        *rest = (struct dps_str){NULL, 0};
        return true;
    }
    size_t n = (size_t)(hit - rest->data);
    *part = (struct dps_str){rest->data, n};
    *rest = (struct dps_str){hit + 1, rest->length - n - 1};
    return true;
}

uint64_t dps_str_hash(struct dps_str s) {
    uint64_t h = 14695981039346656037u;
    for (size_t i = 0; i < s.length; i++) h = (h ^ (unsigned char)s.data[i]) * 1099511628211u;
    h ^= h >> 32;
    h *= 0x9e3779b97f4a7c15u;
    return h ^ (h >> 29);
}

void dps_buffer_release(struct dps_buffer *buffer) {
    free(buffer->data);
    *buffer = (struct dps_buffer){.ceiling = buffer->ceiling};
}

void dps_buffer_clear(struct dps_buffer *buffer) {
    buffer->length = 0;
    buffer->failed = false;
    if (buffer->data) buffer->data[0] = '\0';
}

static bool reserve(struct dps_buffer *buffer, size_t more) {
    if (buffer->failed) return false;
    if (more > SIZE_MAX / 4 || buffer->length > SIZE_MAX / 4) goto fail;
    size_t need = buffer->length + more + 1;
    if (buffer->ceiling && need > buffer->ceiling + 1) goto fail;
    if (need <= buffer->capacity) return true;
    size_t capacity = buffer->capacity ? buffer->capacity * 2 : 256;
    if (capacity < need) capacity = need;
    char *data = realloc(buffer->data, capacity);
    if (!data) goto fail;
    buffer->data = data;
    buffer->capacity = capacity;
    return true;
fail:
    buffer->failed = true;
    return false;
}

bool dps_buffer_append(struct dps_buffer *buffer, const char *bytes, size_t length) {
    if (!reserve(buffer, length)) return false;
    if (length) memcpy(buffer->data + buffer->length, bytes, length);
    buffer->length += length;
    buffer->data[buffer->length] = '\0';
    return true;
}

bool dps_buffer_append_str(struct dps_buffer *buffer, struct dps_str s) {
    return dps_buffer_append(buffer, s.data, s.length);
}

bool dps_buffer_append_c(struct dps_buffer *buffer, const char *c_string) {
    return dps_buffer_append(buffer, c_string, strlen(c_string));
}

bool dps_buffer_printf(struct dps_buffer *buffer, const char *format, ...) {
    va_list arguments;
    va_start(arguments, format);
    va_list again;
    va_copy(again, arguments);
    int n = vsnprintf(NULL, 0, format, arguments);
    va_end(arguments);
    bool ok = n >= 0 && reserve(buffer, (size_t)n);
    if (ok) {
        vsnprintf(buffer->data + buffer->length, (size_t)n + 1, format, again);
        buffer->length += (size_t)n;
    }
    va_end(again);
    return ok;
}
