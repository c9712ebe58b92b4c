/* mention.c -- the entry of the mention stage: runs its passes over one article and writes the record of mention.h. */
#include "mention/mention_local.h"

static enum dps_status no_memory(struct dps_error *error) {
    return dps_error_set(error, DPS_MEMORY, "no memory for the mentions of the article");
}

/* A town or capital behind "in" is only a place; elsewhere it may be a party. */
static bool only_place(const struct mention_work *w, const struct nominal *n) {
    if (n->kind != NOMINAL_NAME || !n->choice) return false;
    if (n->choice->entity.kind == DPS_ENTITY_PLACE && !n->choice->entity.country.length)
        return true; /* a sea, a mountain range */
    bool town = n->choice->entity.kind == DPS_ENTITY_PLACE || n->choice->alias == DPS_ALIAS_CAPITAL;
    int32_t at = mention_case_of(w, n->head);
    return town && at >= 0 && (w->spots[at].cues & MENTION_CUE_LOCATIVE);
}

static enum dps_actor_form form_of(const struct mention_work *w, const struct nominal *n) {
    const struct mention_pronoun *p = w->spots[n->head].pronoun;
    switch (n->kind) {
    case NOMINAL_PRONOUN:
        return p && p->kind == MENTION_PRONOUN_POSSESSIVE ? DPS_ACTOR_POSSESSIVE : DPS_ACTOR_PRONOUN;
    case NOMINAL_ROLE:
    case NOMINAL_GENERIC:
        return DPS_ACTOR_ROLE;
    case NOMINAL_MODIFIER:
        return DPS_ACTOR_MODIFIER;
    default:
        break;
    }
    enum dps_rel rel = dps_rel_plain(w->parse->rel[n->head]);
    bool adjective = n->choice && n->choice->alias == DPS_ALIAS_ADJECTIVE;
    return rel == DPS_REL_AMOD || rel == DPS_REL_COMPOUND || (adjective && w->parse->upos[n->head] == DPS_UPOS_ADJ)
               ? DPS_ACTOR_MODIFIER
               : DPS_ACTOR_NAME;
}

static void write_actor(const struct mention_work *w, const struct nominal *n, const struct party *p,
                        struct dps_actor *a) {
    uint32_t first, last;
    mention_span(w, n, &first, &last);
    if (p->end_token) first = p->start_token, last = p->end_token - 1;
    const struct dps_token *tokens = w->text->tokens;
    *a = (struct dps_actor){.sentence = n->sentence,
                            .head = n->head,
                            .start = tokens[first].start,
                            .end = tokens[last].end,
                            .name = p->name,
                            .id = p->id,
                            .office = p->office,
                            .form = form_of(w, n),
                            .nature = n->nature,
                            .number = n->number,
                            .gender = n->gender,
                            .known = p->known,
                            .is_place_too = p->place_too,
                            .antecedent = -1,
                            .next = -1,
                            .part_of = -1,
                            .confidence = p->confidence};
    memcpy(a->country, p->country, sizeof a->country);
    memcpy(a->sector, p->sector, sizeof a->sector);
    if (a->end < a->start) a->end = a->start;
    a->text = dps_text_span(w->text, &w->text->sentences[n->sentence], a->start, a->end);
    if (!a->name.length) a->name.data = NULL;
    if (!a->id.length) a->id.data = NULL;
    if (!a->office.length) a->office.data = NULL;
}

/* Nominals to actors: several parties are chained, references point to actors. */
static enum dps_status write_actors(struct mention_work *w, struct dps_mention *m, struct dps_error *error) {
    size_t total = 0;
    for (uint32_t i = 0; i < w->n_nominals; i++) total += w->nominals[i].n_parties;
    int32_t *first_of = DPS_NEW(w->arena, w->n_nominals ? w->n_nominals : 1, int32_t);
    m->actors = DPS_NEW(w->arena, total ? total : 1, struct dps_actor);
    if (!first_of || !m->actors) return no_memory(error);
    for (uint32_t i = 0; i < w->n_nominals; i++) {
        const struct nominal *n = &w->nominals[i];
        first_of[i] = -1;
        if (!n->n_parties || only_place(w, n)) continue;
        first_of[i] = (int32_t)m->n_actors;
        for (uint32_t k = 0; k < n->n_parties; k++) {
            struct dps_actor *a = &m->actors[m->n_actors++];
            write_actor(w, n, &n->parties[k], a);
            if (k + 1 < n->n_parties) a->next = (int32_t)m->n_actors;
        }
        for (uint32_t t = n->first; t <= n->last; t++)
            if (w->spots[t].nominal == (int32_t)i) m->actor_of[t] = first_of[i];
    }
    for (uint32_t i = 0; i < w->n_nominals; i++) {
        const struct nominal *n = &w->nominals[i];
        for (uint32_t k = 0; first_of[i] >= 0 && k < n->n_parties; k++) {
            struct dps_actor *a = &m->actors[(uint32_t)first_of[i] + k];
            if (n->antecedent >= 0) a->antecedent = first_of[n->antecedent];
            if (n->inside >= 0) a->part_of = first_of[n->inside];
        }
    }
    return DPS_OK;
}

enum dps_status dps_mention_run(const struct dps_mention_rules *rules, const struct dps_know *know,
                                struct dps_arena *arena, const struct dps_parse *parse, struct dps_date anchor,
                                struct dps_mention *mention, struct dps_error *error) {
    struct mention_work *w = DPS_NEW(arena, 1, struct mention_work);
    uint32_t n = parse->text->n_tokens;
    *mention = (struct dps_mention){.anchor = anchor};
    mention->actor_of = DPS_NEW(arena, n, int32_t);
    mention->place_of = DPS_NEW(arena, n, int32_t);
    mention->time_of = DPS_NEW(arena, n, int32_t);
    if (!w || !mention->actor_of || !mention->place_of || !mention->time_of) return no_memory(error);
    for (uint32_t t = 0; t < n; t++) mention->actor_of[t] = mention->place_of[t] = mention->time_of[t] = -1;
    w->rules = rules;
    w->know = know;
    w->arena = arena;
    w->parse = parse;
    w->text = parse->text;
    w->anchor = dps_date_full(anchor) ? anchor : (struct dps_date){0, 0, 0};
    DPS_TRY(mention_mark(w, error));
    DPS_TRY(mention_times(w, mention, error)); /* before the rest: the words of a party end where a time begins */
    w->time_of = mention->time_of;
    DPS_TRY(mention_join(w, error));
    DPS_TRY(mention_resolve(w, error));
    DPS_TRY(write_actors(w, mention, error));
    DPS_TRY(mention_places(w, mention, error));
    return arena->full ? no_memory(error) : DPS_OK;
}
