/* event_match.h -- does a frame fire on a predicate, and with which parties? Private to event/. */
#ifndef DPS_EVENT_EVENT_MATCH_H
#define DPS_EVENT_EVENT_MATCH_H

#include "event/event_argument.h"
#include "event/event_status.h"

enum { DPS_MAX_TOKENS = 32 };
struct dps_tokens {
    int32_t at[DPS_MAX_TOKENS];
    unsigned count;
};

struct dps_parties {
    const struct dps_actor *list[DPS_EVENT_MAX_PARTIES];
    unsigned count;
    bool indirect; /* found by descending into a phrase ("Trumps Politik") */
};

struct dps_match_result {
    const struct dps_frame *frame;
    struct dps_predicate predicate;
    struct dps_parties actors, recipients;
    int32_t speaker;           /* token, -1: none */
    struct dps_tokens content; /* heads of the content; count 0: none */
    bool agentless;            /* no agent is told: actor "" */
    unsigned held;             /* `need` lines that hold: the more, the more special the frame */
};

/* Try a frame; true if it fires. `why` (NULL: not wanted) gets the reason when it does not. */
bool dps_match_frame(const struct dps_scene *scene, const struct dps_frame *frame,
                     const struct dps_predicate *predicate, struct dps_match_result *result, struct dps_buffer *why);
/* Does the label's condition hold for a match? */
bool dps_match_label(const struct dps_scene *scene, const struct dps_match_result *match,
                     const struct dps_label *label);
/* Same party: same mention, or same country and same name. */
bool dps_match_same_party(const struct dps_actor *a, const struct dps_actor *b);

#endif
