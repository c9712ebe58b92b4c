/* status.h -- how every library function tells success and failure.
 *
 * A function that can fail returns an enum dps_status and, through the struct dps_error it is given, says where and why
 * in words that a user can act on. The library never prints and never exits; cli/ decides about messages and the exit
 * status.
 */
#ifndef DPS_BASE_STATUS_H
#define DPS_BASE_STATUS_H

#include <stdarg.h>
#include <stddef.h>

enum dps_status {
    DPS_OK,
    DPS_END,    /* no more input */
    DPS_INPUT,  /* bad input */
    DPS_LIMIT,  /* a ceiling was met */
    DPS_USAGE,  /* wrong use */
    DPS_MODEL,  /* bad model */
    DPS_FRAMES, /* bad frames */
    DPS_KNOW,   /* bad knowledge tables */
    DPS_LANG,   /* bad language data */
    DPS_STORE,  /* bad store */
    DPS_IO,     /* cannot read or write */
    DPS_MEMORY  /* out of memory */
};

/* Where and why. `message` is complete: "lang/de/frames/request.frames:14:9: unknown relation 'nsubjj' (did you mean
 * 'nsubj'?)". */
struct dps_error {
    enum dps_status status;
    char message[512];
};

/* Fill `error` (may be NULL) with a printf-style message and return `status`, so that `return dps_error_set(e, DPS_IO,
 * ...)` works. */
enum dps_status dps_error_set(struct dps_error *error, enum dps_status status, const char *format, ...)
    __attribute__((format(printf, 3, 4)));

/* Put "prefix: " before the message already in `error` (place before reason); returns error->status. */
enum dps_status dps_error_prefix(struct dps_error *error, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

/* Pass a failure up in one visible line. */
#define DPS_TRY(expression)                                                                                            \
    do {                                                                                                               \
        enum dps_status dps_try_status_ = (expression);                                                                \
        if (dps_try_status_ != DPS_OK) return dps_try_status_;                                                         \
    } while (0)

#endif
