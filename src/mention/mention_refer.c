/* mention_refer.c -- words that point back: pronouns, relatives, "das Land", "beide Seiten", "the 73-year-old".
 *
 * In: a nominal without a name or role of its own, the nominals before it. Out: its parties and its antecedent. How:
 * candidates of the last sentences are scored by agreement, place in the clause and nearness. Limits: MENTION_REACH
 * sentences.
 */
#include "mention/mention_local.h"

static const float NEAR_BONUS = 5.0F; /* for pairs: what was named just now counts more */

/* ---- references ---- */

/* "X broke with Y because its embassy ...": what stands abroad, as subject of a clause below that of X, is seldom the
 * embassy of X. */
static bool is_host(const struct mention_work *w, const struct nominal *c, const struct nominal *pronoun) {
    const struct dps_parse *p = w->parse;
    int32_t owned = p->head[pronoun->head], verb = owned < 0 ? -1 : p->head[owned],
            above = verb < 0 ? -1 : p->head[verb];
    const struct mention_role *role = owned < 0 ? NULL : w->spots[owned].role;
    if (!role || !dps_str_is(role->implies, "embassy") || c->nature != DPS_NATURE_COUNTRY) return false;
    return above >= 0 && mention_is_subject(w, (uint32_t)owned) && p->rel[verb] == DPS_REL_ADVCL &&
           mention_is_subject(w, c->head) && p->head[c->head] == above;
}

/* How well a nominal suits a pronoun; below 0: not at all. */
static float suits(const struct mention_work *w, const struct nominal *c, const struct nominal *pronoun,
                   const struct mention_pronoun *p, uint8_t number) {
    bool animate = c->nature == DPS_NATURE_PERSON || c->nature == DPS_NATURE_GROUP ||
                   (c->nature == DPS_NATURE_UNKNOWN && c->kind == NOMINAL_NAME);
    bool inanimate = c->nature != DPS_NATURE_PERSON;
    bool plural = c->number == DPS_NUMBER_PLUR || c->n_parties > 1;
    float score = 10.0F;
    if (!((p->animacy & MENTION_ANIMATE && animate) || (p->animacy & MENTION_INANIMATE && inanimate))) return -1;
    if (number == DPS_NUMBER_SING && plural && c->number == DPS_NUMBER_PLUR) return -1;
    if (number == DPS_NUMBER_PLUR && !plural) {
        if (c->nature == DPS_NATURE_PERSON) return -1;
        score -= 8.0F;
    }
    if (number == DPS_NUMBER_SING && p->gender) {
        if (c->gender && !(c->gender & p->gender)) {
            if (c->nature != DPS_NATURE_COUNTRY) return -1;
            score -= p->animacy & MENTION_ANIMATE ? 7.0F : 3.0F;
        }
        if (!c->gender) score -= 1.0F;
    }
    if (c->parties[0].country[0] == 0) score -= 2.0F;
    if (c->kind == NOMINAL_ROLE && c->name_token < 0 && c->nature == DPS_NATURE_PERSON &&
        !mention_is_definite(w, c->head))
        score -= 3.0F; /* as a teacher */
    score -= 4.5F * (float)(pronoun->sentence - c->sentence);
    if (w->text->sentences[c->sentence].kind == DPS_SENTENCE_TITLE && pronoun->sentence > c->sentence + 1)
        score -= 4.0F;
    if (mention_is_subject(w, c->head)) score += 3.0F;
    if (w->spots[c->head].depth <= 2) score += 1.5F; /* in the main clause */
    if (p->kind == MENTION_PRONOUN_PERSONAL && p->animacy & MENTION_ANIMATE && number == DPS_NUMBER_SING &&
        c->nature == DPS_NATURE_PERSON)
        score += 2.0F;
    if (c->kind == NOMINAL_MODIFIER || w->parse->rel[c->head] == DPS_REL_AMOD)
        score -= 6.0F;
    else if (c->inside >= 0 || dps_rel_plain(w->parse->rel[c->head]) == DPS_REL_NMOD)
        score -= c->nature == DPS_NATURE_PERSON ? 1.0F : 2.5F;
    if (dps_rel_plain(w->parse->rel[c->head]) == DPS_REL_OBL) score -= 1.5F;
    if (p->kind == MENTION_PRONOUN_POSSESSIVE) {
        if (is_host(w, c, pronoun)) score -= 8.0F;
        if (c->sentence == pronoun->sentence) score += 1.0F;
    } else if (mention_same_clause(w, c->head, pronoun->head)) {
        return -1;
    }
    return score;
}

/* Number of a pronoun whose form leaves it open: its own features, or its verb's. */
static uint8_t pronoun_number(const struct mention_work *w, uint32_t t, const struct mention_pronoun *p) {
    if (p->number == DPS_NUMBER_SING || p->number == DPS_NUMBER_PLUR) return p->number;
    if (p->kind == MENTION_PRONOUN_POSSESSIVE) return 0; /* its features are those of what is possessed */
    if (mention_is_subject(w, t) && w->parse->head[t] >= 0) {
        uint32_t verb = (uint32_t)w->parse->head[t];
        for (uint32_t k = w->parse->kid_first[verb]; k < w->parse->kid_first[verb + 1]; k++) {
            uint32_t kid = w->parse->kid[k];
            enum dps_rel rel = dps_rel_plain(w->parse->rel[kid]);
            if ((rel == DPS_REL_AUX || rel == DPS_REL_COP) && w->parse->feats[kid].verbform == DPS_VERBFORM_FIN &&
                w->parse->feats[kid].number)
                return w->parse->feats[kid].number;
        }
        if (w->parse->feats[verb].verbform == DPS_VERBFORM_FIN && w->parse->feats[verb].number)
            return w->parse->feats[verb].number;
    }
    return w->parse->feats[t].number;
}

static void take_antecedent(struct mention_work *w, struct nominal *n, struct nominal *from) {
    mention_copy_parties(w, n, from);
    n->antecedent = (int32_t)(from - w->nominals);
    n->nature = from->nature;
    if (!n->gender) n->gender = from->gender;
}

/* I, we: whoever speaks: the subject of another clause of the sentence, else of the sentence before. */
static struct nominal *find_speaker(struct mention_work *w, const struct nominal *n) {
    for (uint32_t back = 0; back <= 1 && back <= n->sentence; back++) {
        uint32_t sentence = n->sentence - back, index = (uint32_t)(n - w->nominals);
        struct nominal *best = NULL;
        uint32_t from = index, to = index;
        while (from > 0 && w->nominals[from - 1].sentence >= sentence) from--;
        while (back == 0 && to < w->n_nominals && w->nominals[to].sentence == sentence) to++;
        for (uint32_t i = from; i < to; i++) {
            struct nominal *c = &w->nominals[i];
            if (c->sentence != sentence || c == n || c->kind == NOMINAL_PRONOUN || !mention_is_subject(w, c->head))
                continue;
            if (mention_same_clause(w, c->head, n->head)) continue;
            mention_resolve_one(w, i, 1);
            if (c->state != 2 || !c->n_parties) continue;
            if (!best || w->spots[c->head].depth < w->spots[best->head].depth) best = c;
        }
        if (best) return best;
    }
    return NULL;
}

/* The nominal of the last noun before a demonstrative that agrees with it; NULL if that noun is no party. */
static struct nominal *last_noun(struct mention_work *w, const struct nominal *n, const struct mention_pronoun *p,
                                 uint8_t number) {
    uint32_t first = w->text->sentences[n->sentence ? n->sentence - 1 : 0].first;
    for (uint32_t t = n->head; t-- > first;) {
        uint8_t upos = w->parse->upos[t];
        struct dps_feats f = w->parse->feats[t];
        if ((upos != DPS_UPOS_NOUN && upos != DPS_UPOS_PROPN) || (number && f.number && f.number != number)) continue;
        if (number != DPS_NUMBER_PLUR && p->gender && f.gender && !(f.gender & p->gender)) continue;
        if (w->spots[t].nominal >= 0) return &w->nominals[w->spots[t].nominal];
        for (uint32_t k = w->parse->kid_first[t]; k < w->parse->kid_first[t + 1];
             k++) { /* a deed: its doer (russischer Einmarsch) */
            uint32_t kid = w->parse->kid[k];
            enum dps_rel rel = dps_rel_plain(w->parse->rel[kid]);
            if (w->spots[kid].nominal >= 0 &&
                (rel == DPS_REL_AMOD || (rel == DPS_REL_NMOD && mention_case_of(w, kid) < 0)))
                return &w->nominals[w->spots[kid].nominal];
        }
        return NULL;
    }
    return NULL;
}

/* "Bei seinem Besuch in Polen war der britische Premierminister ...": the subject behind, of the verb on which the
 * possessive's phrase hangs. NULL: none. */
static struct nominal *subject_ahead(struct mention_work *w, const struct nominal *n, int depth) {
    const struct dps_parse *p = w->parse;
    int32_t at = p->head[n->head];
    uint32_t first = w->text->sentences[n->sentence].first;
    for (uint32_t i = (uint32_t)(n - w->nominals); i-- > 0 && w->nominals[i].sentence == n->sentence;)
        if (w->nominals[i].nature != DPS_NATURE_UNKNOWN || w->nominals[i].choice)
            return NULL; /* a party before it in the sentence */
    for (int steps = 0; at >= 0 && steps < 3; steps++) {
        if (mention_is_subject(w, (uint32_t)at) || p->rel[at] == DPS_REL_CONJ || p->rel[at] == DPS_REL_CCOMP ||
            p->rel[at] == DPS_REL_PARATAXIS)
            return NULL;
        at = p->head[at];
        for (uint32_t k = at < 0 ? 0 : p->kid_first[at]; at >= 0 && k < p->kid_first[at + 1]; k++) {
            uint32_t kid = p->kid[k];
            if (!mention_is_subject(w, kid) || kid < n->head || w->spots[kid].nominal < 0) continue;
            const struct nominal *ahead = &w->nominals[w->spots[kid].nominal];
            if (ahead->kind != NOMINAL_NAME && ahead->kind != NOMINAL_ROLE) return NULL;
            return n->head < first + 4 ? mention_nominal_at(w, (int32_t)kid, depth) : NULL;
        }
    }
    return NULL;
}

void mention_resolve_pronoun(struct mention_work *w, struct nominal *n, int depth) {
    const struct mention_pronoun *p = w->spots[n->head].pronoun;
    uint32_t index = (uint32_t)(n - w->nominals);
    if (p->kind == MENTION_PRONOUN_RELATIVE) { /* the noun that the relative clause hangs on */
        int32_t at = (int32_t)n->head;
        for (int steps = 0; at >= 0 && steps < 6; steps++) {
            enum dps_rel rel = w->parse->rel[at];
            if (rel == DPS_REL_ACL_RELCL || (rel == DPS_REL_ACL && at != (int32_t)n->head)) break;
            at = w->parse->head[at];
        }
        struct nominal *noun =
            at >= 0 && w->parse->head[at] >= 0 ? mention_nominal_at(w, w->parse->head[at], depth) : NULL;
        if (noun && noun != n) take_antecedent(w, n, noun);
        return;
    }
    if (p->person == 1) {
        struct nominal *speaker = find_speaker(w, n);
        if (speaker) take_antecedent(w, n, speaker);
        return;
    }
    if (p->person == 2) return; /* whom a speech addresses is not told by words */
    uint8_t number = pronoun_number(w, n->head, p);
    n->number = number;
    if (p->kind == MENTION_PRONOUN_DEMONSTRATIVE &&
        mention_is_subject(w, n->head)) { /* the last noun that agrees, party or not */
        struct nominal *noun = last_noun(w, n, p, number);
        if (noun && noun->state == 2 && noun->n_parties) take_antecedent(w, n, noun);
        return;
    }
    struct nominal *best = NULL;
    float best_score = 0;
    for (uint32_t i = index; i-- > 0 && w->nominals[i].sentence + MENTION_REACH >= n->sentence;) {
        struct nominal *c = &w->nominals[i];
        if (c->state != 2 || !c->n_parties) continue;
        if (c->kind == NOMINAL_PRONOUN && w->spots[c->head].pronoun->kind == MENTION_PRONOUN_POSSESSIVE) continue;
        if (c->choice && c->choice->entity.kind == DPS_ENTITY_PLACE) continue;
        float score = suits(w, c, n, p, number);
        if (p->kind == MENTION_PRONOUN_DEMONSTRATIVE && score > 0)
            score += 0.01F * (float)c->head / (1.0F + (float)n->head); /* the nearer */
        if (score > best_score) best = c, best_score = score;
    }
    struct nominal *ahead = p->kind == MENTION_PRONOUN_POSSESSIVE ? subject_ahead(w, n, depth) : NULL;
    if (ahead && ahead != n) {
        float score = suits(w, ahead, n, p, number) - 2.0F;
        if (score > best_score) best = ahead, best_score = score;
    }
    if (best) take_antecedent(w, n, best);
}

/* A noun with the indefinite article, or with a noun that no country owns: a state of emergency. */
static bool is_indefinite(const struct mention_work *w, uint32_t t) {
    const struct dps_parse *p = w->parse;
    for (uint32_t k = p->kid_first[t]; k < p->kid_first[t + 1]; k++) {
        uint32_t kid = p->kid[k];
        enum dps_rel rel = dps_rel_plain(p->rel[kid]);
        if (rel == DPS_REL_DET && p->feats[kid].definite == 2) return true;
        if (rel == DPS_REL_NMOD && kid > t && w->spots[kid].nominal < 0 &&
            mention_case_cues(w, kid) & MENTION_CUE_GENITIVE)
            return true;
    }
    return false;
}

static bool is_beside(const struct nominal *a, const struct nominal *b) {
    return a->first == b->last + 1 || b->first == a->last + 1;
}

void mention_resolve_generic(struct mention_work *w, struct nominal *n, int depth) {
    const struct mention_generic_row *g = w->spots[n->head].generic;
    struct source sources[MENTION_MAX_SOURCES];
    uint32_t index = (uint32_t)(n - w->nominals), count = mention_find_sources(w, n, sources);
    struct nominal *owner = NULL;
    for (uint32_t i = 0; i < count && !owner; i++) owner = mention_nominal_at(w, sources[i].token, depth);
    if (!owner && n->head + 1 < w->text->n_tokens && w->sentence_of[n->head + 1] == n->sentence &&
        w->spots[n->head + 1].name_start == (int32_t)n->head + 1) {
        struct nominal *name = mention_nominal_at(w, (int32_t)n->head + 1, depth); /* die Region Sumy */
        if (name && name->choice &&
            (name->choice->entity.kind == DPS_ENTITY_PLACE || name->choice->entity.kind == DPS_ENTITY_COUNTRY))
            owner = name;
    }
    bool plural = n->number == DPS_NUMBER_PLUR;
    struct dps_str except = {NULL, 0};
    if (g->kind == MENTION_GENERIC_REGION ||
        (g->kind == MENTION_GENERIC_COUNTRY && !plural && !owner && is_indefinite(w, n->head))) {
        for (uint32_t i = index; g->kind == MENTION_GENERIC_REGION && !owner && i-- > 0 &&
                                 w->nominals[i].sentence + MENTION_REACH >= n->sentence;) {
            struct nominal *c = &w->nominals[i]; /* die Region, after Katalonien */
            if (c->state != 2 || !c->n_parties || !c->choice || c->choice->entity.kind != DPS_ENTITY_PLACE ||
                !mention_is_definite(w, n->head))
                continue;
            if (!dps_str_is(c->choice->entity.place_kind, "region")) continue;
            take_antecedent(w, n, c);
            if (n->n_parties && mention_is_subject(w, n->head))
                (void)mention_code(n->parties[0].sector, DPS_STR("GOV"));
            return;
        }
        struct party *p =
            owner && g->kind == MENTION_GENERIC_REGION && is_beside(owner, n) && mention_has_country(&owner->parties[0])
                ? mention_add_party(w, n)
                : NULL;
        if (!p) return; /* an island, a state of emergency */
        mention_set_country(p, mention_party_code(&owner->parties[0]), true, 0.7F);
        (void)mention_code(p->sector, g->sector.length ? g->sector : DPS_STR("UNK"));
        p->place_too = p->known = true;
        n->nature = DPS_NATURE_COUNTRY;
        return;
    }
    n->dual = mention_is_dual(w, n) || g->kind == MENTION_GENERIC_PAIR;
    if (g->kind == MENTION_GENERIC_COUNTRY || g->kind == MENTION_GENERIC_CAPITAL ||
        g->kind == MENTION_GENERIC_NEIGHBOUR)
        n->nature = DPS_NATURE_COUNTRY;
    if (n->dual && plural + (g->kind == MENTION_GENERIC_PAIR || g->kind == MENTION_GENERIC_SIDE)) {
        static const struct mention_role none = {.sector = {NULL, 0}};
        mention_resolve_dual(w, n, &none);
        n->number = DPS_NUMBER_PLUR;
        return;
    }
    switch (g->kind) {
    case MENTION_GENERIC_COUNTRY:
    case MENTION_GENERIC_CAPITAL:
    case MENTION_GENERIC_NEIGHBOUR: {
        struct party *p = mention_add_party(w, n);
        if (!p) return;
        const struct mention_spot *s = &w->spots[n->head];
        p->known = true;
        p->place_too = true;
        (void)mention_code(p->sector, DPS_STR("GOV"));
        if (g->kind != MENTION_GENERIC_NEIGHBOUR && s->modifier && s->modifier->entity.kind != DPS_ENTITY_PERSON)
            mention_set_country(p, mention_country_code(&s->modifier->entity), true, 0.8F);
        else if (owner && (g->kind != MENTION_GENERIC_NEIGHBOUR || (owner->name_token == (int32_t)n->last + 1 &&
                                                                    w->parse->feats[owner->head].kase != DPS_CASE_GEN)))
            mention_set_country(p, mention_party_code(&owner->parties[0]), owner->parties[0].settled_country, 0.8F);
        else if (plural)
            mention_set_country(p, DPS_STR("---"), false, 0.5F);
        else {
            if (owner)
                except = mention_party_code(&owner->parties[0]);
            else if (g->kind == MENTION_GENERIC_NEIGHBOUR)
                for (uint32_t i = index; i-- > 0 && w->nominals[i].sentence == n->sentence;)
                    if (w->nominals[i].n_parties && mention_has_country(&w->nominals[i].parties[0]))
                        except = mention_party_code(&w->nominals[i].parties[0]);
            int at = g->kind == MENTION_GENERIC_NEIGHBOUR ? mention_focus_neighbour(w, n->sentence, except)
                                                          : mention_focus(w, n->sentence, except);
            if (at >= 0) mention_set_country(p, (struct dps_str){w->countries[at].code, 3}, false, 0.6F);
            if (!mention_has_country(p)) n->n_parties = 0;
        }
        return;
    }
    case MENTION_GENERIC_PERSON:
        for (uint32_t i = index; i-- > 0 && w->nominals[i].sentence + MENTION_REACH >= n->sentence;) {
            struct nominal *c = &w->nominals[i];
            if (c->state != 2 || !c->n_parties || c->nature != DPS_NATURE_PERSON || c->number == DPS_NUMBER_PLUR)
                continue;
            if (n->gender && c->gender && !(n->gender & c->gender)) continue;
            take_antecedent(w, n, c);
            return;
        }
        return;
    case MENTION_GENERIC_GROUP: {
        if (owner && mention_has_country(&owner->parties[0]) && !n->role) {
            struct party *p = mention_add_party(w, n);
            if (!p) return;
            mention_set_country(p, mention_party_code(&owner->parties[0]), true, 0.7F);
            (void)mention_code(p->sector, g->sector.length ? g->sector : DPS_STR("UNK"));
            n->nature = DPS_NATURE_BODY;
            return;
        }
        struct nominal *org = NULL;
        for (uint32_t i = index; i-- > 0 && !org && w->nominals[i].sentence + 2 * MENTION_REACH >= n->sentence;) {
            struct nominal *c = &w->nominals[i];
            if (c->state == 2 && c->n_parties && c->choice && c->choice->entity.kind == DPS_ENTITY_ORG &&
                (!g->sector.length || memcmp(c->parties[0].sector, g->sector.data, 3) == 0))
                org = c;
        }
        if (org && mention_is_definite(w, n->head)) take_antecedent(w, n, org);
        return;
    }
    default:
        return;
    }
}

/* ---- pairs ---- */

/* The state that is the subject of the clause in which "both sides" is not: it deals with them. */
static struct dps_str third_party(struct mention_work *w, const struct nominal *n) {
    const struct dps_parse *p = w->parse;
    int32_t verb = p->head[n->head];
    struct dps_str none = {NULL, 0};
    if (mention_is_subject(w, n->head) || verb < 0) return none;
    for (uint32_t k = p->kid_first[verb]; k < p->kid_first[verb + 1]; k++) {
        struct nominal *s = mention_is_subject(w, p->kid[k]) ? mention_nominal_at(w, (int32_t)p->kid[k], 1) : NULL;
        if (s && s != n && s->n_parties == 1 && s->parties[0].settled_country && mention_has_country(&s->parties[0]))
            return mention_party_code(&s->parties[0]);
    }
    return none;
}

/* The armed foe of a state, told before; NULL: none. */
static const struct party *armed_foe(const struct mention_work *w, uint32_t before, struct dps_str country) {
    for (uint32_t i = before; i-- > 0;) {
        const struct nominal *c = &w->nominals[i];
        for (uint32_t k = 0; c->state == 2 && k < c->n_parties; k++) {
            bool armed = memcmp(c->parties[k].sector, "REB", 4) == 0 || memcmp(c->parties[k].sector, "PRM", 4) == 0;
            if (armed && dps_str_equal(mention_party_code(&c->parties[k]), country)) return &c->parties[k];
        }
    }
    return NULL;
}

/* "beide Seiten", "the two leaders": the last two that stood in one series, else the two countries in the fore. */
void mention_resolve_dual(struct mention_work *w, struct nominal *n, const struct mention_role *role) {
    uint32_t index = (uint32_t)(n - w->nominals);
    struct nominal *pair[2] = {NULL, NULL};
    for (uint32_t i = index; i-- > 0 && w->nominals[i].sentence + MENTION_REACH >= n->sentence;) {
        struct nominal *b = &w->nominals[i];
        if (b->state != 2 || b->n_parties != 1 || !mention_has_country(&b->parties[0]) ||
            b->parties[0].country[0] == '-')
            continue;
        if (w->parse->rel[b->head] != DPS_REL_CONJ || w->parse->head[b->head] < 0) continue;
        int32_t other = w->spots[w->parse->head[b->head]].nominal;
        if (other < 0 || (uint32_t)other >= index || !w->nominals[other].n_parties ||
            !mention_has_country(&w->nominals[other].parties[0]))
            continue;
        if (memcmp(w->nominals[other].parties[0].country, b->parties[0].country, 3) == 0 && !n->role) {
            if (memcmp(w->nominals[other].parties[0].sector, b->parties[0].sector, 3) == 0) continue;
        }
        int known = mention_find_country(w, mention_party_code(&b->parties[0]));
        if (b->nature != DPS_NATURE_PERSON && (known < 0 || !w->countries[known].real)) continue;
        pair[0] = &w->nominals[other];
        pair[1] = b;
        break;
    }
    if (!pair[1]) { /* else the two countries in the fore */
        struct dps_str third = third_party(w, n);
        int first = mention_focus_near(w, n->sentence, third, NEAR_BONUS);
        const struct party *foe =
            first < 0 || !third.length ? NULL : armed_foe(w, index, (struct dps_str){w->countries[first].code, 3});
        for (int i = 0; foe && i < 2; i++) { /* a government and its rebels, with whom a third state deals */
            struct party *p = mention_add_party(w, n);
            if (!p) return;
            p->known = true;
            p->confidence = 0.4F;
            mention_set_country(p, (struct dps_str){w->countries[first].code, 3}, false, 0.4F);
            (void)mention_code(p->sector, i ? (struct dps_str){foe->sector, 3} : DPS_STR("GOV"));
        }
        if (foe) return;
        int second =
            first < 0 ? -1
                      : mention_focus_near(w, n->sentence, (struct dps_str){w->countries[first].code, 3}, NEAR_BONUS);
        if (second >= 0 && third.length && dps_str_equal(third, (struct dps_str){w->countries[second].code, 3})) {
            int other = -1; /* the next that is not the third */
            for (uint32_t i = 0; i < w->n_countries; i++) {
                bool taken = (int)i == first || (int)i == second || !w->countries[i].real;
                if (!taken && w->countries[i].told > 0 &&
                    (other < 0 || w->countries[i].told > w->countries[other].told))
                    other = (int)i;
            }
            if (other >= 0 && w->countries[other].told >= 0.4F * w->countries[first].told) second = other;
        }
        for (int i = 0; second >= 0 && i < 2; i++) {
            struct party *p = mention_add_party(w, n);
            if (!p) return;
            p->known = true;
            p->confidence = 0.5F;
            mention_set_country(p, (struct dps_str){w->countries[i ? second : first].code, 3}, false, 0.5F);
            (void)mention_code(p->sector, role && role->sector.length ? role->sector : DPS_STR("GOV"));
        }
    }
    if (pair[0] && pair[1])
        for (int i = 0; i < 2; i++) {
            struct party *p = mention_add_party(w, n);
            if (!p) return;
            *p = pair[i]->parties[0];
            p->start_token = p->end_token = 0;
            p->place_too = false;
            p->confidence = 0.6F;
            if (role && role->sector.length) {
                (void)mention_code(p->sector, role->sector);
                p->name = p->id = p->office = (struct dps_str){NULL, 0};
            }
        }
}

bool mention_is_dual(const struct mention_work *w, const struct nominal *n) {
    if (n->number == DPS_NUMBER_SING) return false;
    return mention_has_cue_kid(w, n, MENTION_CUE_DUAL) ||
           (mention_has_cue_kid(w, n, MENTION_CUE_TWO) && mention_is_definite(w, n->head));
}
