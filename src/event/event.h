/* event.h -- mention -> event: who did what to whom, as frames (lang/<code>/frames) read it off the tree.
 *
 * E1: events are sorted by sentence, then by the trigger's place; one event per trigger and sentence.
 * E2: `type` is a name of the ontology or of the user's own frames; it lives in the frames.
 * E3: an event without an agent in its sentence has one actor with text "", country "---", sector "UNK".
 */
#ifndef DPS_EVENT_EVENT_H
#define DPS_EVENT_EVENT_H

#include "mention/mention.h"

#define DPS_STATUS_OF_EVENT_MAP(X)                                                                                     \
    X(ACTUAL, "actual")                                                                                                \
    X(NEGATED, "negated") X(FUTURE, "future") X(HYPOTHETICAL, "hypothetical") X(HISTORICAL, "historical")
enum dps_event_status {
#define DPS_EVENT_STATUS_ENUM(name, text) DPS_EVENT_##name,
    DPS_STATUS_OF_EVENT_MAP(DPS_EVENT_STATUS_ENUM)
#undef DPS_EVENT_STATUS_ENUM
        DPS_EVENT_STATUS_COUNT
};
const char *dps_event_status_name(enum dps_event_status status);

enum { DPS_EVENT_MAX_PARTIES = 24, DPS_EVENT_MAX_MODES = 4, DPS_EVENT_MAX_CONTEXTS = 6 };

struct dps_span {
    uint32_t start, end;
    struct dps_str text;
}; /* text.data NULL: none */

struct dps_event {
    uint32_t sentence, n; /* n: number within the sentence, from 0 */
    struct dps_str type;
    struct dps_str modes[DPS_EVENT_MAX_MODES];
    struct dps_str contexts[DPS_EVENT_MAX_CONTEXTS];
    uint8_t n_modes, n_contexts, n_actors, n_recipients;
    enum dps_event_status status;
    int quad;                /* 1..4; 0: a user's type without one */
    double score, goldstein; /* see event_scale.h; NAN: none */
    struct dps_str cameo;
    uint32_t trigger_token;
    struct dps_span trigger, content;
    const struct dps_actor *actors[DPS_EVENT_MAX_PARTIES];
    const struct dps_actor *recipients[DPS_EVENT_MAX_PARTIES];
    const struct dps_actor *speaker; /* NULL: none */
    struct dps_date date, date_end;  /* date_end unknown: one day */
    struct dps_str date_text;        /* data NULL: the article's date */
    const struct dps_place *place;   /* NULL: none told */
    double confidence;               /* 0..1 */
    struct dps_str frame;            /* "de/fordern.1" */
};

struct dps_events {
    struct dps_event *events;
    uint32_t n_events;
};

/* All frames, cues and word lists of one language, compiled. Read-only, shared. own_dir: a user's folder of frames
 * (NULL: none), asked first. */
struct dps_frames;
enum dps_status dps_frames_new(struct dps_frames **frames, const char *lang_dir, const char *code, const char *own_dir,
                               struct dps_error *error);
void dps_frames_free(struct dps_frames *frames);

/* Code one article. `explain` (NULL: none) gets for each anchor word the frames that fired and those that nearly did,
 * with the reason, as text. */
enum dps_status dps_event_run(const struct dps_frames *frames, struct dps_arena *arena, const struct dps_parse *parse,
                              const struct dps_mention *mention, struct dps_events *events, struct dps_buffer *explain,
                              struct dps_error *error);

/* The frames' own sentences (yes and no lines), for `depesche frames check`. */
struct dps_frame_example {
    struct dps_str frame; /* "de/fordern.1" */
    struct dps_str sentence;
    struct dps_str expected; /* "RUS REQUEST/yield IGO"; empty for a `no` line */
    bool yes;
    struct dps_str file;
    unsigned line;
};
size_t dps_frames_count(const struct dps_frames *frames);
size_t dps_frames_examples(const struct dps_frames *frames, const struct dps_frame_example **examples);
/* Does what was coded in the example's sentence meet the example? For a `no` line: the frame itself must not have
 * fired. Writes what was found to `found`. */
bool dps_frames_example_met(const struct dps_frame_example *example, const struct dps_events *events,
                            struct dps_buffer *found);

#endif
