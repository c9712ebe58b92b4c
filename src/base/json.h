/* json.h -- writing JSON text into a buffer, in the order given (reading is jansson's work). Invalid UTF-8 is written
 * as U+FFFD. */
#ifndef DPS_BASE_JSON_H
#define DPS_BASE_JSON_H

#include "base/str.h"

struct dps_json { /* a writer; nesting at most 31 deep */
    struct dps_buffer *out;
    uint32_t comma; /* bit per depth: a value was written there */
    int depth;
};

void dps_json_init(struct dps_json *json, struct dps_buffer *out);
void dps_json_open(struct dps_json *json, char bracket);  /* '{' or '[' */
void dps_json_close(struct dps_json *json, char bracket); /* '}' or ']' */
void dps_json_key(struct dps_json *json, const char *key);
void dps_json_str(struct dps_json *json, struct dps_str value);
void dps_json_c(struct dps_json *json, const char *value); /* NULL is written as null */
void dps_json_int(struct dps_json *json, long long value);
void dps_json_number(struct dps_json *json, double value,
                     int decimals); /* fixed decimals, trailing zeros dropped, one kept */
void dps_json_bool(struct dps_json *json, bool value);
void dps_json_null(struct dps_json *json);

#endif
