/* event_trigger.c -- which frames fire on a word.
 *
 * A word is looked up by its lemma among the frames' anchors (a verb also with the particle behind it, a German
 * compound by its last part). Of the frames that fire the best makes a draft; those marked `beside` make one each as
 * well. With explain, every try is told with its reason.
 */
#include "event/event_draft.h"

/* A bare attributive participle names its noun ("jailed critics") and tells no deed; one with a phrase of its own does
 * ("die von Russland besetzte Krim"). */
static bool tells_deed(const struct dps_scene *s, int32_t t) {
    if (dps_rel_plain((enum dps_rel)s->parse->rel[t]) != DPS_REL_AMOD) return true;
    return dps_clause_kid(s, t, DPS_REL_OBL) >= 0 || dps_clause_kid(s, t, DPS_REL_OBJ) >= 0;
}

/* "is ready", "zeigte sich bereit": predicative, not merely a word of that form. */
static bool is_predicate(const struct dps_scene *s, int32_t t) {
    return dps_clause_kid(s, t, DPS_REL_COP) >= 0 || dps_clause_kid(s, t, DPS_REL_AUX) >= 0 ||
           dps_rel_plain((enum dps_rel)s->parse->rel[t]) == DPS_REL_XCOMP;
}

/* "telefonierte" taken for an adjective: it heads a clause with a subject and without a copula. */
static bool is_verb_in_disguise(const struct dps_scene *s, int32_t t) {
    return s->parse->upos[t] == DPS_UPOS_ADJ && dps_clause_kid(s, t, DPS_REL_NSUBJ) >= 0 &&
           dps_clause_kid(s, t, DPS_REL_COP) < 0 && dps_clause_kid(s, t, DPS_REL_AUX) < 0;
}

static bool kind_fits(const struct dps_scene *s, int32_t t, enum dps_anchor_kind kind) {
    const struct dps_parse *p = s->parse;
    enum dps_upos u = (enum dps_upos)p->upos[t];
    enum dps_rel relation = dps_rel_plain((enum dps_rel)p->rel[t]);
    bool verbal = u == DPS_UPOS_VERB || u == DPS_UPOS_AUX || is_verb_in_disguise(s, t);
    switch (kind) {
    case DPS_ANCHOR_VERB:
        return verbal && relation != DPS_REL_AUX && relation != DPS_REL_COP && tells_deed(s, t);
    case DPS_ANCHOR_AUX:
        return (relation == DPS_REL_AUX || u == DPS_UPOS_AUX) && !dps_clause_opens_condition(s, t);
    case DPS_ANCHOR_NOUN:
        return u == DPS_UPOS_NOUN || u == DPS_UPOS_PROPN;
    case DPS_ANCHOR_ADJ:
        if (u == DPS_UPOS_VERB || u == DPS_UPOS_NOUN) return is_predicate(s, t);
        return (u == DPS_UPOS_ADJ || u == DPS_UPOS_ADV || u == DPS_UPOS_ADP) && relation != DPS_REL_AMOD;
    }
    return false;
}

static void explain_frame(struct dps_run *r, int32_t t, const struct dps_frame *f, bool fired,
                          const struct dps_buffer *why) {
    const struct dps_token *token = &r->scene.parse->text->tokens[t];
    if (fired)
        dps_buffer_printf(r->explain, "  fires  %.*s at '%.*s'\n", DPS_STR_ARG(f->name), DPS_STR_ARG(token->form));
    else
        dps_buffer_printf(r->explain, "  nearly %.*s at '%.*s': %s\n", DPS_STR_ARG(f->name), DPS_STR_ARG(token->form),
                          why->data ? why->data : "");
}

/* The better of two matches on one word: priority, then the user's own, then the more special, then the first in file
 * order. */
static bool better(const struct dps_match_result *a, const struct dps_match_result *b) {
    if (a->frame->priority != b->frame->priority) return a->frame->priority > b->frame->priority;
    if (a->frame->own != b->frame->own) return a->frame->own;
    if (a->held != b->held) return a->held > b->held;
    return a->frame->order < b->frame->order;
}

/* What fires on one word: the best frame, and those that fire beside it. */
enum { MAX_BESIDE = 2 };
struct fired {
    struct dps_match_result best, beside[MAX_BESIDE];
    unsigned n_beside;
};

static void keep_match(struct fired *fired, const struct dps_match_result *match) {
    if (match->frame->beside) {
        if (fired->n_beside < MAX_BESIDE) fired->beside[fired->n_beside++] = *match;
    } else if (!fired->best.frame || better(match, &fired->best))
        fired->best = *match;
}

/* All anchors with one lemma, on the word t. `particle`: a word that the lemma takes for the verb's particle, empty if
 * none. */
static void try_lemma(struct dps_run *r, int32_t t, struct dps_str lemma, struct dps_str particle, bool longer,
                      struct fired *fired) {
    const struct dps_frames *f = r->scene.frames;
    struct dps_predicate predicate;
    struct dps_match_result match;
    int read = -1; /* what `predicate` holds: kind * 4 + genitive */
    for (int32_t i = dps_frames_anchor(f, lemma); i >= 0; i = f->anchors[i].next) {
        const struct dps_anchor *anchor = &f->anchors[i];
        if (anchor->longer != longer || !kind_fits(&r->scene, t, anchor->kind)) continue;
        int want = (int)anchor->kind * 4 + (int)anchor->genitive;
        if (want != read) {
            dps_argument_read(&r->scene, t, anchor->kind, anchor->genitive, &predicate);
            if (particle.length) dps_argument_join_particle(&predicate, particle);
        }
        read = want;
        struct dps_buffer why = {.ceiling = 1024};
        bool fires = false;
        if (anchor->kind == DPS_ANCHOR_VERB && anchor->reflexive != predicate.reflexive)
            dps_buffer_append_c(&why, anchor->reflexive ? "not reflexive here" : "reflexive here");
        else
            fires = dps_match_frame(&r->scene, anchor->frame, &predicate, &match, r->explain ? &why : NULL);
        if (r->explain) explain_frame(r, t, anchor->frame, fires, &why);
        dps_buffer_release(&why);
        if (fires) keep_match(fired, &match);
    }
}

/* "called off the strike": the word behind a verb may be its particle whatever the parser calls it. */
static void try_particle(struct dps_run *r, int32_t t, struct fired *fired) {
    const struct dps_scene *s = &r->scene;
    const struct dps_parse *p = s->parse;
    if (s->frames->particle_joined || p->upos[t] != DPS_UPOS_VERB || (uint32_t)t + 1 >= p->text->n_tokens) return;
    if (s->sentence_of[t + 1] != s->sentence_of[t] || p->rel[t + 1] == DPS_REL_COMPOUND_PRT) return;
    if (p->upos[t + 1] != DPS_UPOS_ADP && p->upos[t + 1] != DPS_UPOS_ADV) return;
    struct dps_str particle = s->form[t + 1];
    try_lemma(r, t, dps_scene_join(s, s->lemma[t], " ", particle), particle, false, fired);
}

static void add_draft(struct dps_run *r, const struct dps_match_result *match) {
    if (r->n_drafts == DPS_MAX_DRAFTS) return;
    struct dps_draft *d = &r->drafts[r->n_drafts++];
    *d = (struct dps_draft){.match = *match, .type = match->frame->type};
    dps_status_read(&r->scene, &d->match.predicate, &d->modality);
}

void dps_trigger_try(struct dps_run *r, int32_t t) {
    struct dps_str lemma = r->scene.lemma[t], none = DPS_STR("");
    struct fired fired = {.n_beside = 0};
    try_particle(r, t, &fired);
    if (!fired.best.frame) try_lemma(r, t, lemma, none, false, &fired);
    if (!fired.best.frame && r->scene.parse->upos[t] == DPS_UPOS_NOUN && lemma.length > 6)
        for (size_t at = 3; !fired.best.frame && at + 3 < lemma.length; at++) /* "Raketenangriff" by "*angriff" */
            if (((unsigned char)lemma.data[at] & 0xC0) != 0x80)
                try_lemma(r, t, dps_str_cut(lemma, at, lemma.length), none, true, &fired);
    if (fired.best.frame) add_draft(r, &fired.best);
    for (unsigned i = 0; i < fired.n_beside; i++) add_draft(r, &fired.beside[i]);
}
