/* status.c -- the making of error messages. */
#include "base/status.h"

#include <stdio.h>
#include <string.h>

enum dps_status dps_error_set(struct dps_error *error, enum dps_status status, const char *format, ...) {
    if (error) {
        va_list arguments;
        va_start(arguments, format);
        error->status = status;
        vsnprintf(error->message, sizeof error->message, format, arguments);
        va_end(arguments);
    }
    return status;
}

enum dps_status dps_error_prefix(struct dps_error *error, const char *format, ...) {
    if (!error) return DPS_INPUT;
    char old[sizeof error->message];
    memcpy(old, error->message, sizeof old);
    va_list arguments;
    va_start(arguments, format);
    int n = vsnprintf(error->message, sizeof error->message, format, arguments);
    va_end(arguments);
    size_t used = n < 0 ? 0 : (size_t)n;
    if (used + 3 < sizeof error->message)
        snprintf(error->message + used, sizeof error->message - used, ": %.*s", (int)(sizeof old - used - 3), old);
    return error->status;
}
