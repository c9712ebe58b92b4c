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

/* One list makes the codes, their names and their texts. */
#define DPS_STATUS_MAP(X)                                                                                              \
    X(OK, "ok")                                                                                                        \
    X(END, "no more input")                                                                                            \
    X(INPUT, "bad input")                                                                                              \
    X(LIMIT, "a limit was exceeded")                                                                                   \
    X(USAGE, "wrong use")                                                                                              \
    X(MODEL, "bad model")                                                                                              \
    X(FRAMES, "bad frames")                                                                                            \
    X(KNOW, "bad knowledge table")                                                                                     \
    X(LANG, "bad language data")                                                                                       \
    X(STORE, "bad store")                                                                                              \
    X(IO, "cannot read or write")                                                                                      \
    X(MEMORY, "out of memory")

enum dps_status {
#define DPS_STATUS_ENUM(name, text) DPS_##name,
    DPS_STATUS_MAP(DPS_STATUS_ENUM)
#undef DPS_STATUS_ENUM
        DPS_STATUS_COUNT
};

/* Where and why. `message` is complete: "lang/de/frames/request.frames:14:9: unknown relation 'nsubjj' (did you mean
 * 'nsubj'?)". */
struct dps_error {
    enum dps_status status;
    char message[512];
};

/* The constant text of a status, never NULL. */
const char *dps_status_text(enum dps_status status);

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
