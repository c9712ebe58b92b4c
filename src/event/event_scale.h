/* event_scale.h -- the ontology's fixed values: types and modes with quad, scores and CAMEO codes.
 *
 * Types, modes, quad and `score`: PLOVER (Open Event Data Alliance, codebook draft 2.0, CC BY-SA 4.0) as restated in
 * docs/coding.md. `goldstein`: the value of the CAMEO root in the scale that CAMEO 1.1b3 users employ (after Goldstein
 * 1992), as GDELT and PETRARCH ship it.
 */
#ifndef DPS_EVENT_EVENT_SCALE_H
#define DPS_EVENT_EVENT_SCALE_H

#include "base/str.h"

struct dps_type_scale {
    const char *name;
    int quad;
    double score;
    const char *cameo; /* the root written unless a mode or frame says otherwise */
};
struct dps_mode_scale {
    const char *type, *mode;
    double score;
    const char *cameo; /* NULL: the type's */
};

/* NULL if `name` is none of the sixteen. */
const struct dps_type_scale *dps_scale_type(struct dps_str name);
/* All sixteen, in the order from cooperation to conflict. */
const struct dps_type_scale *dps_scale_types(size_t *count);
/* NULL if the type has no such mode. */
const struct dps_mode_scale *dps_scale_mode(struct dps_str type, struct dps_str mode);
/* Goldstein value of a CAMEO root ("10"), NAN if there is none. */
double dps_scale_goldstein(struct dps_str cameo);

#endif
