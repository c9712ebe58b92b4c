/* event.c -- from frames that fire to the events of an article.
 *
 * For each sentence: every word that anchors a frame is tried as a trigger; the best frame on it makes a draft. Drafts
 * inside the content of a demand, promise, refusal, threat or accusation are dropped, as are second triggers of one
 * deed; what remains is folded (future cooperation is a promise), given modes, contexts, scores, place and date, and
 * numbered.
 */
#include "event/event.h"

#include "base/utf8.h"
#include "event/event_match.h"
#include "event/event_scale.h"

#include <math.h>
#include <stdlib.h>

enum {
    MAX_DRAFTS = 32,  /* triggers a sentence; the densest in our samples has 7 */
    MAX_EVENTS = 4096 /* an article */
};

const char *dps_event_status_name(enum dps_event_status status) {
    static const char *const names[] = {
#define DPS_EVENT_STATUS_STRING(name, text) text,
        DPS_STATUS_OF_EVENT_MAP(DPS_EVENT_STATUS_STRING)
#undef DPS_EVENT_STATUS_STRING
    };
    return names[status];
}

struct draft {
    struct dps_match_result match;
    struct dps_modality modality;
    struct dps_str type;
    enum dps_event_status status;
    const struct dps_actor *speaker;
    bool dropped;
    const char *why_dropped;
};

struct run {
    struct dps_scene scene;
    struct dps_arena *arena;
    struct dps_buffer *explain;
    struct draft *drafts; /* of the current sentence */
    unsigned n_drafts;
    struct dps_events *out;
    uint32_t capacity;
    struct dps_actor *nobody; /* E3 */
};

/* ---- triggers
 * ----------------------------------------------------------------------------------------------------------------------
 */

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
        return relation == DPS_REL_AUX || u == DPS_UPOS_AUX;
    case DPS_ANCHOR_NOUN:
        return u == DPS_UPOS_NOUN || u == DPS_UPOS_PROPN;
    case DPS_ANCHOR_ADJ:
        if (u == DPS_UPOS_VERB || u == DPS_UPOS_NOUN) return is_predicate(s, t);
        return (u == DPS_UPOS_ADJ || u == DPS_UPOS_ADV || u == DPS_UPOS_ADP) && relation != DPS_REL_AMOD;
    }
    return false;
}

static void explain_frame(struct run *r, int32_t t, const struct dps_frame *f, bool fired,
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
static void try_lemma(struct run *r, int32_t t, struct dps_str lemma, struct dps_str particle, bool longer,
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
static void try_particle(struct run *r, int32_t t, struct fired *fired) {
    const struct dps_scene *s = &r->scene;
    const struct dps_parse *p = s->parse;
    if (s->frames->particle_joined || p->upos[t] != DPS_UPOS_VERB || (uint32_t)t + 1 >= p->text->n_tokens) return;
    if (s->sentence_of[t + 1] != s->sentence_of[t] || p->rel[t + 1] == DPS_REL_COMPOUND_PRT) return;
    if (p->upos[t + 1] != DPS_UPOS_ADP && p->upos[t + 1] != DPS_UPOS_ADV) return;
    struct dps_str verb = s->lemma[t], particle = s->form[t + 1];
    char *joined = dps_arena_take(r->arena, verb.length + particle.length + 2);
    if (!joined) return;
    memcpy(joined, verb.data, verb.length);
    joined[verb.length] = ' ';
    memcpy(joined + verb.length + 1, particle.data, particle.length);
    try_lemma(r, t, (struct dps_str){joined, verb.length + 1 + particle.length}, particle, false, fired);
}

static void add_draft(struct run *r, const struct dps_match_result *match) {
    if (r->n_drafts == MAX_DRAFTS) return;
    struct draft *d = &r->drafts[r->n_drafts++];
    *d = (struct draft){.match = *match, .type = match->frame->type};
    dps_status_read(&r->scene, &d->match.predicate, &d->modality);
}

static void try_word(struct run *r, int32_t t) {
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

/* ---- types and status
 * -------------------------------------------------------------------------------------------------------------- */

static bool is_type(const struct draft *d, const char *name) {
    return dps_str_is(d->type, name);
}
static bool is_one_of(const struct draft *d, const char *const *names) {
    for (; *names; names++)
        if (is_type(d, *names)) return true;
    return false;
}

/* "wird sich mit X beraten" has two actors as a meeting; as a promise or refusal X is the one it is made to. */
static void addressee(struct draft *d) {
    struct dps_match_result *m = &d->match;
    struct dps_parties actors = {.count = 0, .indirect = m->actors.indirect};
    for (unsigned i = 0; i < m->actors.count; i++) {
        const struct dps_actor *a = m->actors.list[i];
        bool with = false;
        for (unsigned k = 0; k < m->predicate.n_args; k++)
            with |= m->predicate.args[k].slot == DPS_SLOT_OBL && m->predicate.args[k].token == (int32_t)a->head;
        if (with && m->recipients.count < DPS_EVENT_MAX_PARTIES)
            m->recipients.list[m->recipients.count++] = a;
        else
            actors.list[actors.count++] = a;
    }
    if (actors.count) m->actors = actors;
}

/* Future cooperation is a promise (AGREE), future yielding a concession (CONCEDE), future violence a threat:
 * docs/coding.md. */
static void fold(struct draft *d) {
    static const char *const cooperative[] = {"CONSULT", "SUPPORT", "COOPERATE", "AID", NULL};
    static const char *const speech[] = {"AGREE", "CONCEDE", "THREATEN", "REQUEST", "ACCUSE", "REJECT", NULL};
    const struct dps_modality *m = &d->modality;
    d->status = m->historical     ? DPS_EVENT_HISTORICAL
                : m->negated      ? DPS_EVENT_NEGATED
                : m->hypothetical ? DPS_EVENT_HYPOTHETICAL
                : m->future       ? DPS_EVENT_FUTURE
                                  : DPS_EVENT_ACTUAL;
    if (d->match.frame->status >= 0) {
        d->status = (enum dps_event_status)d->match.frame->status;
        return;
    }
    if (d->status == DPS_EVENT_FUTURE || (d->status == DPS_EVENT_NEGATED && m->future)) {
        bool negated = d->status == DPS_EVENT_NEGATED;
        if (is_one_of(d, cooperative)) { /* cooperation denied for the future is a refusal */
            d->type = negated ? DPS_STR("REJECT") : DPS_STR("AGREE");
            addressee(d);
        } else if (is_type(d, "RETREAT"))
            d->type = negated ? DPS_STR("REJECT") : DPS_STR("CONCEDE");
        else if (is_type(d, "ASSAULT") && !negated)
            d->type = DPS_STR("THREATEN");
        else if (!is_one_of(d, speech))
            return;
        d->status = DPS_EVENT_ACTUAL;
    }
}

/* ---- what is dropped
 * --------------------------------------------------------------------------------------------------------------- */

static bool inside_content(const struct run *r, const struct draft *inner, const struct draft *outer) {
    const struct dps_match_result *m = &outer->match;
    int32_t trigger = inner->match.predicate.trigger;
    if (trigger == m->predicate.trigger) return false;
    for (unsigned i = 0; i < m->content.count; i++) {
        bool own_clause = m->content.at[i] == m->predicate.clause && m->predicate.kind != DPS_ANCHOR_AUX;
        if (!own_clause && dps_clause_under(&r->scene, trigger, m->content.at[i])) return true;
    }
    return false;
}

/* Is `inner` the condition of `outer` ("offered to release the girls if the fighters were freed")? */
static bool is_condition(const struct run *r, const struct draft *inner, const struct draft *outer) {
    const struct dps_parse *p = r->scene.parse;
    int32_t clause = inner->match.predicate.clause;
    return inner->status == DPS_EVENT_HYPOTHETICAL && dps_rel_plain((enum dps_rel)p->rel[clause]) == DPS_REL_ADVCL &&
           (p->head[clause] == outer->match.predicate.clause || inside_content(r, inner, outer));
}

/* Is the trigger of `inner` one of the arguments of `outer` ("verurteilte den Angriff")? */
static bool is_argument(const struct draft *inner, const struct draft *outer) {
    const struct dps_predicate *q = &outer->match.predicate;
    for (unsigned i = 0; i < q->n_args; i++)
        if (q->args[i].token == inner->match.predicate.trigger) return true;
    return false;
}

static void drop(struct draft *d, const char *why) {
    if (d->dropped) return;
    d->dropped = true;
    d->why_dropped = why;
}

/* "erneuerte seine Warnung vor ...": verb and noun are one deed, and the noun may name parties that the verb's frame
 * does not. */
static bool tells_more(const struct draft *noun, const struct draft *verb) {
    return noun->match.predicate.light == verb->match.predicate.trigger && dps_str_equal(noun->type, verb->type) &&
           noun->match.recipients.count > verb->match.recipients.count;
}

static void drop_contents(struct run *r) {
    static const char *const holders[] = {"REQUEST", "REJECT", "AGREE",   "THREATEN",
                                          "CONCEDE", "ACCUSE", "SUPPORT", NULL};
    for (unsigned i = 0; i < r->n_drafts; i++)
        for (unsigned j = 0; j < r->n_drafts; j++) {
            struct draft *outer = &r->drafts[i], *inner = &r->drafts[j];
            if (i == j || outer->dropped || !is_one_of(outer, holders)) continue;
            bool told_as_fact =
                is_type(outer, "ACCUSE") && inner->match.predicate.kind == DPS_ANCHOR_VERB && inner->modality.past;
            if (inside_content(r, inner, outer) && !told_as_fact)
                drop(inner, "it is the content of another event");
            else if (is_condition(r, inner, outer))
                drop(inner, "it is the condition of another event");
            else if (inner->match.predicate.kind == DPS_ANCHOR_NOUN && is_argument(inner, outer)) {
                if (tells_more(inner, outer))
                    drop(outer, "its object tells more of the same deed");
                else
                    drop(inner, "it is what another event is about");
            }
        }
}

static bool same_country(const struct dps_actor *a, const struct dps_actor *b) {
    return a->country[0] && a->country[0] != '-' && strcmp(a->country, b->country) == 0;
}

/* Is each party of `small` among those of two lists, by name or country? */
static bool within(const struct dps_parties *small, const struct dps_parties *large, const struct dps_parties *large2) {
    for (unsigned i = 0; i < small->count; i++) {
        const struct dps_actor *a = small->list[i];
        bool found = false;
        for (unsigned j = 0; j < large->count; j++)
            found |= dps_match_same_party(a, large->list[j]) || same_country(a, large->list[j]);
        for (unsigned j = 0; j < large2->count; j++)
            found |= dps_match_same_party(a, large2->list[j]) || same_country(a, large2->list[j]);
        if (!found) return false;
    }
    return true;
}

/* "nahm Soldaten fest und wies einen Sprecher aus": coordinated verbs of different frames, the second with an object of
 * its own, are two deeds. */
static bool two_deeds(const struct dps_scene *s, const struct dps_match_result *a, const struct dps_match_result *b) {
    const struct dps_predicate *q = &a->predicate, *r = &b->predicate;
    if (q->kind != DPS_ANCHOR_VERB || r->kind != DPS_ANCHOR_VERB || a->frame == b->frame) return false;
    if (q->trigger > r->trigger) {
        q = &b->predicate;
        r = &a->predicate;
    }
    if (s->parse->head[r->trigger] != q->trigger ||
        dps_rel_plain((enum dps_rel)s->parse->rel[r->trigger]) != DPS_REL_CONJ)
        return false;
    for (unsigned i = 0; i < r->n_args; i++)
        if (r->args[i].slot == DPS_SLOT_OBJ && !r->args[i].shared) return true;
    return false;
}

/* Two triggers of one deed in one sentence: same type, the parties of one are among the other's. */
static void drop_doubles(struct run *r) {
    for (unsigned i = 0; i < r->n_drafts; i++)
        for (unsigned j = 0; j < r->n_drafts; j++) {
            struct draft *keep = &r->drafts[i], *lose = &r->drafts[j];
            if (i == j || keep->dropped || lose->dropped || !dps_str_equal(keep->type, lose->type) ||
                keep->status != lose->status)
                continue;
            const struct dps_match_result *a = &keep->match, *b = &lose->match;
            bool noun_a = a->predicate.kind == DPS_ANCHOR_NOUN && a->predicate.light < 0,
                 noun_b = b->predicate.kind == DPS_ANCHOR_NOUN && b->predicate.light < 0;
            if (noun_a && !noun_b) continue; /* the verb stays */
            if (two_deeds(&r->scene, a, b)) continue;
            if (noun_a == noun_b && i > j && within(&a->actors, &b->actors, &b->recipients) &&
                within(&a->recipients, &b->actors, &b->recipients))
                continue;
            if (within(&b->actors, &a->actors, &a->recipients) && within(&b->recipients, &a->actors, &a->recipients))
                drop(lose, "a second word for the same deed");
        }
}

/* ---- from draft to event
 * ------------------------------------------------------------------------------------------------------------- */

/* A party as it takes part in this event: a state whose forces act is MIL. */
static const struct dps_actor *as_party(struct run *r, const struct dps_actor *actor, struct dps_str type,
                                        bool acting) {
    bool force = dps_str_is(type, "ASSAULT") || dps_str_is(type, "MOBILIZE");
    if (!acting || !force || actor->nature != DPS_NATURE_COUNTRY || strcmp(actor->sector, "GOV") != 0) return actor;
    struct dps_actor *copy = DPS_NEW(r->arena, 1, struct dps_actor);
    if (!copy) return actor;
    *copy = *actor;
    memcpy(copy->sector, "MIL", 4);
    return copy;
}

static void add_label(struct dps_str *list, uint8_t *count, unsigned most, struct dps_str name) {
    for (unsigned i = 0; i < *count; i++)
        if (dps_str_equal(list[i], name)) return;
    if (*count < most) list[(*count)++] = name;
}

static void set_modes(struct run *r, const struct draft *d, struct dps_event *e) {
    const struct dps_frames *f = r->scene.frames;
    const struct dps_frame *frame = d->match.frame;
    bool folded = !dps_str_equal(frame->type, d->type);
    for (unsigned i = 0; !folded && i < frame->n_modes; i++)
        if (dps_match_label(&r->scene, &d->match, &frame->modes[i]))
            add_label(e->modes, &e->n_modes, DPS_EVENT_MAX_MODES, frame->modes[i].name);
    for (size_t k = 0; k < f->n_type_rules; k++) {
        struct dps_str folded_type = dps_utf8_fold(r->arena, d->type);
        if (!dps_str_equal(f->type_rules[k].type, folded_type)) continue;
        for (unsigned i = 0; i < f->type_rules[k].count; i++)
            if (dps_match_label(&r->scene, &d->match, &f->type_rules[k].modes[i]))
                add_label(e->modes, &e->n_modes, DPS_EVENT_MAX_MODES, f->type_rules[k].modes[i].name);
    }
    for (unsigned i = 0; i < frame->n_contexts; i++)
        if (dps_match_label(&r->scene, &d->match, &frame->contexts[i]))
            add_label(e->contexts, &e->n_contexts, DPS_EVENT_MAX_CONTEXTS, frame->contexts[i].name);
    for (size_t i = 0; i < f->n_contexts; i++)
        if (dps_match_label(&r->scene, &d->match, &f->contexts[i]))
            add_label(e->contexts, &e->n_contexts, DPS_EVENT_MAX_CONTEXTS, f->contexts[i].name);
}

static void set_scale(const struct draft *d, struct dps_event *e) {
    const struct dps_type_scale *scale = dps_scale_type(d->type);
    const struct dps_frame *frame = d->match.frame;
    bool folded = !dps_str_equal(frame->type, d->type);
    e->quad = scale ? scale->quad : frame->quad;
    e->score = scale ? scale->score : frame->score;
    e->cameo = scale ? dps_str_of(scale->cameo) : DPS_STR("");
    double largest = -1;
    for (unsigned i = 0; i < e->n_modes; i++) { /* two scores at once: the larger in size */
        const struct dps_mode_scale *mode = dps_scale_mode(d->type, e->modes[i]);
        if (!mode) continue;
        if (fabs(mode->score) > largest) {
            largest = fabs(mode->score);
            e->score = mode->score;
        }
        if (mode->cameo) e->cameo = dps_str_of(mode->cameo);
    }
    if (!folded && frame->cameo.length) e->cameo = frame->cameo;
    if (!folded && !isnan(frame->score)) e->score = frame->score;
    if (!folded && frame->quad) e->quad = frame->quad;
    e->goldstein = dps_scale_goldstein(e->cameo);
}

static bool is_party_head(const struct dps_parties *parties, uint32_t token) {
    for (unsigned i = 0; i < parties->count; i++)
        if (parties->list[i]->head == token) return true;
    return false;
}

/* The first place of the predicate that is not one of the parties ("an attack on Ukraine" tells none); for deeds of
 * force and withdrawal, else, the place that is their object or goal. */
static const struct dps_place *place_of(struct run *r, const struct draft *d) {
    static const char *const at_target[] = {"ASSAULT", "RETREAT", "MOBILIZE", "COERCE",
                                            "PROTEST", "AID",     "SANCTION", NULL};
    const struct dps_mention *m = r->scene.mention;
    int32_t token = DPS_NONE;
    while ((token = dps_status_place(&r->scene, &d->match.predicate, token)) >=
           0) { /* moves on: the next token is behind this one */
        const struct dps_place *place = &m->places[m->place_of[token]];
        if (!is_party_head(&d->match.actors, place->head) && !is_party_head(&d->match.recipients, place->head))
            return place;
    }
    token = is_one_of(d, at_target) ? dps_status_target(&r->scene, &d->match.predicate) : DPS_NONE;
    return token >= 0 ? &m->places[m->place_of[token]] : NULL;
}

static void set_time_and_place(struct run *r, const struct draft *d, struct dps_event *e) {
    const struct dps_mention *m = r->scene.mention;
    int32_t time = dps_status_time(&r->scene, &d->match.predicate);
    static const char *const announced[] = {"AGREE", "CONCEDE", "THREATEN", NULL};
    e->date = m->anchor;
    if (time >= 0 && dps_date_known(m->times[time].from)) {
        const struct dps_timex *x = &m->times[time];
        /* a promise or threat about something to come is dated by its telling */
        bool to_come = dps_date_full(m->anchor) && dps_date_full(x->from) && dps_date_compare(x->from, m->anchor) > 0;
        if (!(to_come && is_one_of(d, announced))) {
            e->date = x->from;
            e->date_end = dps_date_compare(x->to, x->from) != 0 ? x->to : (struct dps_date){0};
            e->date_text = x->text;
        }
    }
    e->place = place_of(r, d);
}

static double confidence(const struct draft *d) {
    const struct dps_match_result *m = &d->match;
    double c = m->frame->confidence;
    if (m->predicate.kind == DPS_ANCHOR_NOUN) c *= 0.9;
    if (m->actors.indirect || m->recipients.indirect) c *= 0.9;
    if (m->agentless) c *= 0.9;
    for (unsigned i = 0; i < m->actors.count; i++)
        if (m->actors.list[i]->confidence < 1.0f) {
            c *= 0.5 + 0.5 * (double)m->actors.list[i]->confidence;
            break;
        }
    return c;
}

static bool is_among(const struct dps_actor *a, const struct dps_parties *parties) {
    for (unsigned i = 0; i < parties->count; i++)
        if (dps_match_same_party(a, parties->list[i])) return true;
    return false;
}

static void set_spans(struct run *r, const struct draft *d, struct dps_event *e) {
    const struct dps_text *text = r->scene.parse->text;
    const struct dps_sentence *sentence = &text->sentences[e->sentence];
    const struct dps_token *token = &text->tokens[d->match.predicate.trigger];
    e->trigger_token = (uint32_t)d->match.predicate.trigger;
    e->trigger = (struct dps_span){token->start, token->end, dps_text_span(text, sentence, token->start, token->end)};
    static const char *const with_content[] = {"AGREE", "REQUEST", "REJECT", "THREATEN", "ACCUSE", "CONCEDE", NULL};
    if (!is_one_of(d, with_content)) return;
    if (d->match.content.count)
        e->content = dps_clause_span(&r->scene, d->match.content.at[0], false);
    else if (!dps_str_equal(d->match.frame->type, d->type)) /* folded: the promised act itself */
        e->content = dps_clause_span(&r->scene, d->match.predicate.clause, false);
}

static bool add_event(struct run *r, uint32_t sentence, uint32_t number, const struct draft *d) {
    if (r->out->n_events == MAX_EVENTS) return true;
    if (r->out->n_events == r->capacity) {
        uint32_t more = r->capacity ? r->capacity * 2 : 16;
        struct dps_event *grown = dps_arena_grow(r->arena, r->out->events, r->out->n_events, more, sizeof *grown);
        if (!grown) return false;
        r->out->events = grown;
        r->capacity = more;
    }
    const struct dps_match_result *m = &d->match;
    struct dps_event *e = &r->out->events[r->out->n_events++];
    *e = (struct dps_event){
        .sentence = sentence, .n = number, .type = d->type, .status = d->status, .frame = m->frame->name};
    for (unsigned i = 0; i < m->actors.count; i++)
        e->actors[e->n_actors++] = as_party(r, m->actors.list[i], d->type, true);
    if (m->agentless) e->actors[e->n_actors++] = r->nobody;
    for (unsigned i = 0; i < m->recipients.count; i++) e->recipients[e->n_recipients++] = m->recipients.list[i];
    e->speaker = d->speaker;
    set_modes(r, d, e);
    set_scale(d, e);
    set_time_and_place(r, d, e);
    set_spans(r, d, e);
    e->confidence = confidence(d);
    return true;
}

/* A speaker is kept only where he is not the actor himself. */
static void set_speaker(struct run *r, struct draft *d) {
    int32_t t = d->match.speaker;
    if (t < 0 || r->scene.mention->actor_of[t] < 0) return;
    const struct dps_actor *speaker = &r->scene.mention->actors[r->scene.mention->actor_of[t]];
    if (!is_among(speaker, &d->match.actors)) d->speaker = speaker;
}

/* "accused Turkey of having sent fighters, which Ankara rejects": what is refused or denied by a pronoun is the nearest
 * speech act before it in the sentence, and its actor is the one who is answered. */
static void answer(struct run *r, unsigned number) {
    static const char *const answered[] = {"ACCUSE", "REQUEST", "AGREE", "THREATEN", NULL};
    struct draft *d = &r->drafts[number];
    if (!is_type(d, "REJECT")) return;
    const struct dps_parse *p = r->scene.parse;
    const struct dps_predicate *q = &d->match.predicate;
    bool by_pronoun = false, by_relative = false;
    for (unsigned i = 0; i < q->n_args; i++) {
        const struct dps_arg *a = &q->args[i];
        if (a->slot != DPS_SLOT_OBJ && !(a->slot == DPS_SLOT_OBL && p->upos[a->token] == DPS_UPOS_PRON)) continue;
        by_pronoun |= p->upos[a->token] == DPS_UPOS_PRON;
        by_relative |= a->slot == DPS_SLOT_OBJ && a->token == p->head[q->clause] && !a->shared;
    }
    if (!by_relative && (!by_pronoun || d->match.recipients.count)) return;
    for (unsigned i = number; i-- > 0;) {
        const struct draft *before = &r->drafts[i];
        const struct dps_parties *who = &before->match.actors;
        struct dps_parties speaker = {.count = 0};
        if (!is_one_of(before, answered)) {
            if (!before->speaker) continue;
            speaker.list[speaker.count++] = before->speaker;
            who = &speaker;
        }
        d->match.recipients = (struct dps_parties){.count = 0};
        for (unsigned k = 0; k < who->count; k++) {
            bool self = false;
            for (unsigned x = 0; x < d->match.actors.count; x++)
                self |= dps_match_same_party(who->list[k], d->match.actors.list[x]);
            if (!self && d->match.recipients.count < DPS_EVENT_MAX_PARTIES)
                d->match.recipients.list[d->match.recipients.count++] = who->list[k];
        }
        return;
    }
}

static bool code_sentence(struct run *r, uint32_t number) {
    const struct dps_sentence *sentence = &r->scene.parse->text->sentences[number];
    r->n_drafts = 0;
    for (uint32_t i = 0; i < sentence->count && r->n_drafts + 1 < MAX_DRAFTS; i++)
        try_word(r, (int32_t)(sentence->first + i));
    for (unsigned i = 0; i < r->n_drafts; i++) {
        set_speaker(r, &r->drafts[i]);
        fold(&r->drafts[i]);
    }
    for (unsigned i = 0; i < r->n_drafts; i++) answer(r, i);
    drop_contents(r);
    drop_doubles(r);
    uint32_t n = 0;
    for (unsigned i = 0; i < r->n_drafts; i++) {
        const struct draft *d = &r->drafts[i];
        if (r->explain && d->dropped)
            dps_buffer_printf(r->explain, "  drops  %.*s at '%.*s': %s\n", DPS_STR_ARG(d->match.frame->name),
                              DPS_STR_ARG(r->scene.parse->text->tokens[d->match.predicate.trigger].form),
                              d->why_dropped);
        if (!d->dropped && !add_event(r, number, n++, d)) return false;
    }
    int32_t speaker = dps_speaker_of_sentence(&r->scene, number);
    if (speaker >= 0) {
        r->scene.last_speaker = speaker;
        r->scene.last_speaker_sentence = (int32_t)number;
    } else if (r->scene.last_speaker_sentence + 1 == (int32_t)number && r->scene.last_speaker >= 0)
        r->scene.last_speaker_sentence = (int32_t)number; /* indirect speech may run on over several sentences */
    return true;
}

enum dps_status dps_event_run(const struct dps_frames *frames, struct dps_arena *arena, const struct dps_parse *parse,
                              const struct dps_mention *mention, struct dps_events *events, struct dps_buffer *explain,
                              struct dps_error *error) {
    *events = (struct dps_events){0};
    struct run r = {.arena = arena, .explain = explain, .out = events};
    DPS_TRY(dps_scene_init(&r.scene, frames, arena, parse, mention, error));
    r.drafts = DPS_NEW(arena, MAX_DRAFTS, struct draft);
    r.nobody = DPS_NEW(arena, 1, struct dps_actor);
    if (!r.drafts || !r.nobody) return dps_error_set(error, DPS_MEMORY, "out of memory coding an article");
    *r.nobody =
        (struct dps_actor){.text = DPS_STR(""), .country = "---", .sector = "UNK", .antecedent = -1, .next = -1};
    for (uint32_t i = 0; i < parse->text->n_sentences; i++) {
        if (explain) dps_buffer_printf(explain, "sentence %u\n", i);
        if (!code_sentence(&r, i)) return dps_error_set(error, DPS_MEMORY, "out of memory coding an article");
    }
    return DPS_OK;
}
