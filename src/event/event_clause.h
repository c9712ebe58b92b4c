/* event_clause.h -- a predicate and its deep arguments: constructions undone once, for every frame. Private to event/.
 *
 * In: the tree. Out: for one trigger, the list of its arguments by deep slot (docs/frames.md, "Slots").
 * Passive, relative clause, shared subjects in coordination, control, participles and light verbs are undone here and
 * nowhere else.
 */
#ifndef DPS_EVENT_EVENT_CLAUSE_H
#define DPS_EVENT_EVENT_CLAUSE_H

#include "event/event_frames.h"

enum { DPS_NONE = -1, DPS_MAX_ARGS = 48, DPS_MAX_DEPTH = 24 /* steps up the tree; deeper ones are not followed */ };

/* What one article's matching needs. Made once an article. */
struct dps_scene {
    const struct dps_frames *frames;
    const struct dps_parse *parse;
    const struct dps_mention *mention;
    struct dps_arena *arena;
    struct dps_str *lemma; /* folded, per token; particle verbs joined */
    struct dps_str *form;  /* folded */
    uint32_t *cues;        /* bits of the cues of lemma or form, per token */
    int32_t *sentence_of;  /* per token */
    int32_t last_speaker;  /* token of the speaker of the sentence before, for indirect speech without a verb of saying;
                              -1 */
    int32_t last_speaker_sentence;
};

struct dps_arg {
    uint8_t slot; /* enum dps_slot: SUBJ, OBJ, IOBJ, OBL, CLAUSE, OF */
    int32_t token;
    struct dps_str prep; /* OBL: folded preposition(s), "" if none */
    bool shared;         /* taken over from another clause */
};
struct dps_predicate {
    int32_t trigger; /* the word that is the event */
    int32_t clause;  /* head of its clause: the verb, predicate adjective, or the noun itself */
    int32_t light;   /* the light verb above a noun, or -1 */
    enum dps_anchor_kind kind;
    bool passive, reflexive;
    enum dps_genitive genitive;
    struct dps_arg args[DPS_MAX_ARGS];
    unsigned n_args;
};

enum dps_status dps_scene_init(struct dps_scene *scene, const struct dps_frames *frames, struct dps_arena *arena,
                               const struct dps_parse *parse, const struct dps_mention *mention,
                               struct dps_error *error);

/* Is one of the cues' bits set for token t? */
static inline bool dps_cue(const struct dps_scene *scene, int32_t t, enum dps_cue cue) {
    return scene->cues[t] >> cue & 1;
}
static inline bool dps_light(const struct dps_scene *scene, int32_t t) {
    return scene->cues[t] >> DPS_LIGHT_BIT & 1;
}

/* first, between and second as one string in the scene's arena; only `first` when memory ran out. */
struct dps_str dps_scene_join(const struct dps_scene *scene, struct dps_str first, const char *between,
                              struct dps_str second);
/* Does a folded word belong to the cue? */
static inline bool dps_scene_has_cue(const struct dps_scene *scene, struct dps_str word, enum dps_cue cue) {
    return word.length && dps_frames_cues(scene->frames, word) >> cue & 1;
}
/* A preposition of a passive's agent. */
static inline bool dps_scene_is_agent(const struct dps_scene *scene, struct dps_str prep) {
    return dps_scene_has_cue(scene, prep, DPS_CUE_agent);
}
static inline bool dps_scene_names_party(const struct dps_scene *scene, int32_t t) {
    return scene->mention->actor_of[t] >= 0;
}

static inline bool dps_clause_is_verb(const struct dps_parse *parse, int32_t t) {
    return parse->upos[t] == DPS_UPOS_VERB || parse->upos[t] == DPS_UPOS_AUX;
}
/* A reflexive pronoun. */
bool dps_clause_is_reflexive(const struct dps_scene *scene, int32_t t);
/* First child of `t` with the relation (subtypes counted when `relation` is plain), or -1. */
int32_t dps_clause_kid(const struct dps_scene *scene, int32_t t, enum dps_rel relation);
/* The folded preposition of a nominal ("according to" joined by a space), "" if none. */
struct dps_str dps_clause_prep(const struct dps_scene *scene, int32_t t);
/* What a relative pronoun stands for (head of the noun phrase), or t itself. */
int32_t dps_clause_antecedent(const struct dps_scene *scene, int32_t t);
/* Does t lie in the subtree of `top`? */
bool dps_clause_under(const struct dps_scene *scene, int32_t t, int32_t top);
bool dps_clause_is_passive(const struct dps_scene *scene, int32_t verb);
/* Does the auxiliary open a condition by its place ("Sollte Russland angreifen, ...", "Should Russia attack, ...")? */
bool dps_clause_opens_condition(const struct dps_scene *scene, int32_t aux);
/* Is the clause a condition, by its conjunction or by its place? */
bool dps_clause_is_condition(const struct dps_scene *scene, int32_t clause);
/* The conditional clause that hangs on `clause` ("falls ...", "if ...", "Sollte ..."), or -1. */
int32_t dps_clause_condition(const struct dps_scene *scene, int32_t clause);
/* Bytes from the first to the last word of the subtree of t, without a preposition or comma at its edge. */
struct dps_span dps_clause_span(const struct dps_scene *scene, int32_t t, bool with_preposition);

#endif
