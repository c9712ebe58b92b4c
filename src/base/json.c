/* json.c -- the JSON writer. The same values give the same bytes on every machine. */
#include "base/json.h"

#include "base/utf8.h"

#include <assert.h>
#include <stdio.h>

void dps_json_init(struct dps_json *json, struct dps_buffer *out) {
    *json = (struct dps_json){.out = out};
}

static void before_value(struct dps_json *json) {
    if (json->comma >> json->depth & 1) dps_buffer_append(json->out, ", ", 2);
    json->comma |= 1u << json->depth;
}

void dps_json_open(struct dps_json *json, char bracket) {
    before_value(json);
    assert(json->depth < 31);
    json->depth++;
    json->comma &= ~(1u << json->depth);
    dps_buffer_append(json->out, &bracket, 1);
}

void dps_json_close(struct dps_json *json, char bracket) {
    assert(json->depth > 0);
    json->depth--;
    dps_buffer_append(json->out, &bracket, 1);
}

static void quoted(struct dps_buffer *out, struct dps_str s) {
    dps_buffer_append(out, "\"", 1);
    size_t from = 0, at = 0;
    while (at < s.length) {
        size_t start = at;
        unsigned char byte = (unsigned char)s.data[at];
        if (byte >= 0x20 && byte < 0x80 && byte != '"' && byte != '\\') {
            at++;
            continue;
        }
        uint32_t c = dps_utf8_next(s, &at);
        bool bad = c == 0xFFFD && at - start == 1;
        if (c >= 0x80 && !bad) continue;
        dps_buffer_append(out, s.data + from, start - from);
        from = at;
        if (bad)
            dps_buffer_append(out, "\xEF\xBF\xBD", 3);
        else if (c == '"' || c == '\\')
            dps_buffer_printf(out, "\\%c", (char)c);
        else if (c == '\n')
            dps_buffer_append(out, "\\n", 2);
        else if (c == '\t')
            dps_buffer_append(out, "\\t", 2);
        else if (c == '\r')
            dps_buffer_append(out, "\\r", 2);
        else
            dps_buffer_printf(out, "\\u%04x", (unsigned)c);
    }
    dps_buffer_append(out, s.data + from, s.length - from);
    dps_buffer_append(out, "\"", 1);
}

void dps_json_key(struct dps_json *json, const char *key) {
    before_value(json);
    quoted(json->out, dps_str_of(key));
    dps_buffer_append(json->out, ": ", 2);
    json->comma &= ~(1u << json->depth); /* the value that follows takes no comma */
}

void dps_json_str(struct dps_json *json, struct dps_str value) {
    before_value(json);
    quoted(json->out, value);
}

void dps_json_c(struct dps_json *json, const char *value) {
    if (value)
        dps_json_str(json, dps_str_of(value));
    else
        dps_json_null(json);
}

void dps_json_int(struct dps_json *json, long long value) {
    before_value(json);
    dps_buffer_printf(json->out, "%lld", value);
}

void dps_json_number(struct dps_json *json, double value, int decimals) {
    char text[64];
    int n = snprintf(text, sizeof text, "%.*f", decimals, value);
    if (decimals > 0)
        while (n > 2 && text[n - 1] == '0' && text[n - 2] != '.') n--;
    before_value(json);
    dps_buffer_append(json->out, text, (size_t)n);
}

void dps_json_bool(struct dps_json *json, bool value) {
    before_value(json);
    dps_buffer_append_c(json->out, value ? "true" : "false");
}

void dps_json_null(struct dps_json *json) {
    before_value(json);
    dps_buffer_append(json->out, "null", 4);
}
