/* event_draft.h -- events in the making: what fired in the current sentence, before it is chosen from. Private to
 * event/. */
#ifndef DPS_EVENT_EVENT_DRAFT_H
#define DPS_EVENT_EVENT_DRAFT_H

#include "event/event_match.h"

enum { DPS_MAX_DRAFTS = 32 /* triggers a sentence; the densest in our samples has 9 */ };

struct dps_draft {
    struct dps_match_result match;
    struct dps_modality modality;
    struct dps_str type;
    enum dps_event_status status;
    const struct dps_actor *speaker;
    bool dropped;
    const char *why_dropped;
};

struct dps_run { /* one article */
    struct dps_scene scene;
    struct dps_arena *arena;
    struct dps_buffer *explain; /* NULL: not wanted */
    struct dps_draft *drafts;   /* of the current sentence */
    unsigned n_drafts;
    struct dps_events *out;
    uint32_t capacity;        /* of out->events */
    struct dps_actor *nobody; /* the agent that is not told (E3) */
};

static inline bool dps_draft_is(const struct dps_draft *draft, const char *type) {
    return dps_str_is(draft->type, type);
}
/* Is its type one of the names? The list ends with NULL. */
bool dps_draft_is_one_of(const struct dps_draft *draft, const char *const *types);

/* event_trigger.c: try the word t as a trigger; what fires becomes a draft. */
void dps_trigger_try(struct dps_run *run, int32_t t);
/* event_select.c: fold types, settle status, answer by pronoun, drop contents and doubles. */
void dps_select_drafts(struct dps_run *run);

#endif
