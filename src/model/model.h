/* model.h -- the weights file: named tensors and string lists, mapped read-only and checked before use.
 *
 * docs/models.md describes the bytes. Everything a model says about sizes and places is checked when it is opened, so
 * that the functions below may be used without further care; what the tensors *mean* (which must be there, of which
 * dimensions) is checked by who binds them (src/parse/parse_net.c).
 *
 * M1: every tensor and list lies inside the file, is aligned to 64 bytes, and its size agrees with its type and
 * dimensions. M2: string lists are well formed: offsets grow and stay inside the list.
 */
#ifndef DPS_MODEL_MODEL_H
#define DPS_MODEL_MODEL_H

#include "base/status.h"
#include "base/str.h"

enum {
    DPS_MODEL_VERSION = 2,
    DPS_MODEL_ALIGN = 64,
    DPS_MODEL_NAME = 40,         /* bytes of a tensor's name with its NUL */
    DPS_MODEL_MAX_ENTRIES = 512, /* far more than any network here has */
    DPS_MODEL_MAX_RANK = 4,
    DPS_MODEL_LANG = 8
};

enum dps_model_type {
    DPS_MODEL_F32 = 1, /* 4-byte floats */
    DPS_MODEL_I8,      /* rows of signed bytes, then (at `scales`) a 4-byte float a row */
    DPS_MODEL_I32,
    DPS_MODEL_STRINGS /* dims[0] strings: dims[0] + 1 offsets of 4 bytes, then the bytes */
};

/* One tensor or list, all of it borrowed from the map. */
struct dps_tensor {
    enum dps_model_type type;
    uint32_t rank;
    uint32_t dims[DPS_MODEL_MAX_RANK];
    size_t count; /* product of the dims */
    const void *data;
    const float *scales; /* I8: one a row, else NULL */
};

struct dps_model; /* read-only, shared by threads */

/* Map and check a file. Errors (DPS_MODEL, DPS_IO, DPS_MEMORY) name the path and what is wrong. */
enum dps_status dps_model_open(struct dps_model **model, const char *path, struct dps_error *error);
/* The same over bytes in memory that outlive the model and are aligned to 64 bytes; `name` is for messages. */
enum dps_status dps_model_open_bytes(struct dps_model **model, struct dps_str bytes, const char *name,
                                     struct dps_error *error);
void dps_model_close(struct dps_model *model);

const char *dps_model_lang(const struct dps_model *model);
const char *dps_model_name(const struct dps_model *model);

/* A tensor by name, NULL if there is none. */
const struct dps_tensor *dps_model_tensor(const struct dps_model *model, const char *name);
/* A tensor that must be there, of this type and these dims (0: any; rank counts): DPS_MODEL with a telling message
 * otherwise. */
enum dps_status dps_model_need(const struct dps_model *model, const char *name, enum dps_model_type type, uint32_t rank,
                               const uint32_t *dims, const struct dps_tensor **tensor, struct dps_error *error);

/* String `i` of a list; empty if i is past its end. */
struct dps_str dps_model_string(const struct dps_tensor *list, uint32_t i);

#endif
