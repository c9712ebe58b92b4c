/* event_frames.h -- frames as compiled from lang/<code>/frames (docs/frames.md), private to event/.
 *
 * Everything lives in the arena of struct dps_frames until dps_frames_free. Words are case-folded NFC.
 */
#ifndef DPS_EVENT_EVENT_FRAMES_H
#define DPS_EVENT_EVENT_FRAMES_H

#include "event/event.h"

#define DPS_CUE_MAP(X)                                                                                                 \
    X(reflexive)                                                                                                       \
    X(relative)                                                                                                        \
    X(agent)                                                                                                           \
    X(of)                                                                                                              \
    X(particle_joined)                                                                                                 \
    X(passive_aux)                                                                                                     \
    X(object_control)                                                                                                  \
    X(negation)                                                                                                        \
    X(without)                                                                                                         \
    X(condition)                                                                                                       \
    X(conditional_first)                                                                                               \
    X(possible)                                                                                                        \
    X(obliged)                                                                                                         \
    X(hearsay)                                                                                                         \
    X(future)                                                                                                          \
    X(plan)                                                                                                            \
    X(fear)                                                                                                            \
    X(avert)                                                                                                           \
    X(past) X(say) X(source_adp) X(source_noun) X(source_noun_adp) X(quote_particle) X(quantity) X(negator) X(locative)
enum dps_cue {
#define DPS_CUE_ENUM(name) DPS_CUE_##name,
    DPS_CUE_MAP(DPS_CUE_ENUM)
#undef DPS_CUE_ENUM
        DPS_CUE_COUNT
};
_Static_assert(DPS_CUE_COUNT <= 31, "cues are bits of a uint32_t, the last bit marks light verbs");
enum { DPS_LIGHT_BIT = 31 };

enum dps_slot {
    DPS_SLOT_SUBJ,
    DPS_SLOT_OBJ,
    DPS_SLOT_IOBJ,
    DPS_SLOT_OBL,
    DPS_SLOT_CLAUSE,
    DPS_SLOT_OF,
    DPS_SLOT_PARTY,
    DPS_SLOT_SPEAKER,
    DPS_SLOT_SELF,
    DPS_SLOT_ACTOR,
    DPS_SLOT_RECIPIENT,
    DPS_SLOT_CONTENT,
    DPS_SLOT_TRIGGER,
    DPS_SLOT_SENTENCE,
    DPS_SLOT_COUNT
};

struct dps_word {               /* one entry of a word list */
    struct dps_str text;        /* folded, without the stars */
    bool any_before, any_after; /* "*angriff", "sanktion*" */
};
struct dps_words {
    const struct dps_word *words;
    uint16_t count;
};

struct dps_step {
    uint8_t slot;
    struct dps_words preps; /* of OBL; count 0: any */
};
struct dps_path {
    struct dps_step steps[4];
    uint8_t count;
};
struct dps_alternative {
    struct dps_path paths[3];
    uint8_t count;
}; /* joined by '+' */
struct dps_role {
    struct dps_alternative alternatives[8];
    uint8_t count;
};

enum dps_test { DPS_TEST_FILLED, DPS_TEST_HAS, DPS_TEST_ACTOR, DPS_TEST_PLACE, DPS_TEST_SECTOR };
struct dps_condition {
    struct dps_path slot;
    enum dps_test test;
    bool forbid;            /* a `not` line */
    struct dps_words words; /* HAS: lemmas; SECTOR: codes */
    const char *source;     /* the line's text, for explain; NUL-terminated */
};
struct dps_label {
    struct dps_str name;
    const struct dps_condition *condition; /* NULL: always */
};

/* What a genitive is to an event noun: its subject ("Russlands Forderung"), its object ("die Festnahme des Ministers"),
 * or, mixed, the subject before the noun and the object behind it ("Israel's bombing", "the bombing of Gaza"). */
enum dps_genitive { DPS_GENITIVE_SUBJECT, DPS_GENITIVE_OBJECT, DPS_GENITIVE_MIXED };
enum dps_anchor_kind { DPS_ANCHOR_VERB, DPS_ANCHOR_NOUN, DPS_ANCHOR_ADJ, DPS_ANCHOR_AUX };
struct dps_frame {
    struct dps_str name;        /* "de/fordern.1" */
    struct dps_str type, cameo; /* cameo empty: the type's or mode's */
    struct dps_role actor, recipient, content;
    const struct dps_condition *conditions;
    const struct dps_label *modes, *contexts;
    uint16_t n_conditions, n_modes, n_contexts;
    int quad, priority;
    double score; /* NAN: the scale's */
    double confidence;
    uint8_t parties;
    int8_t status; /* -1: told by the sentence */
    bool borrow, mutual, agent_free, beside, own;
    uint32_t order;
    struct dps_str file;
    unsigned line;
};
struct dps_anchor {
    struct dps_str lemma; /* folded; particle verbs joined */
    const struct dps_frame *frame;
    enum dps_anchor_kind kind;
    enum dps_genitive genitive;
    bool reflexive, longer; /* longer: "*angriff" */
    int32_t next;           /* with the same lemma, -1 */
};
struct dps_type_rules {
    struct dps_str type;
    const struct dps_label *modes;
    uint16_t count;
};

struct dps_frames {
    struct dps_arena arena;
    char code[8];
    const struct dps_frame **frames;
    size_t n_frames;
    struct dps_anchor *anchors;
    size_t n_anchors;
    int32_t *anchor_slots; /* hash of the lemma -> anchor, open addressing */
    size_t n_anchor_slots;
    const struct dps_type_rules *type_rules;
    size_t n_type_rules;
    const struct dps_label *contexts;
    size_t n_contexts;
    struct {
        struct dps_str word;
        uint32_t bits;
    } * cues; /* open addressing */
    size_t n_cue_slots;
    bool particle_joined;
    const struct dps_frame_example *examples;
    size_t n_examples;
};

/* Compile one text from memory, as a file `name` of language `code` (tests, fuzzing). */
enum dps_status dps_frames_compile(struct dps_frames **frames, const char *code, struct dps_str bytes, const char *name,
                                   struct dps_error *error);
/* First anchor for a folded lemma, or -1; go on by `next`. */
int32_t dps_frames_anchor(const struct dps_frames *frames, struct dps_str lemma);
/* Bits of the cues (1 << enum dps_cue) that a folded word belongs to. */
uint32_t dps_frames_cues(const struct dps_frames *frames, struct dps_str word);
/* Does a folded word stand in the list? */
bool dps_words_have(struct dps_words words, struct dps_str word);

#endif
