/* event_argument.c -- the arguments of verbs, nouns and adjectives by deep slot; see event_argument.h.
 *
 * In: a trigger and the tree. Out: struct dps_predicate. Passive, relative clause, shared subjects in coordination,
 * control, participles and light verbs are undone here; what the parser labels wrongly is mended by event_mend.c on the
 * way. Nothing here knows a language but by its cues.
 */
#include "event/event_argument.h"

#define REL(t)   ((enum dps_rel)p->rel[t])
#define PLAIN(t) dps_rel_plain((enum dps_rel)p->rel[t])

enum { SHARED_OBJECT_REACH = 3 /* words between two verbs that share an object: "condemned and then threatened" */ };

void dps_argument_add(struct dps_predicate *q, enum dps_slot slot, int32_t token, struct dps_str prep, bool shared) {
    for (unsigned i = 0; i < q->n_args; i++)
        if (q->args[i].token == token && q->args[i].slot == slot) return;
    if (q->n_args < DPS_MAX_ARGS)
        q->args[q->n_args++] = (struct dps_arg){.slot = (uint8_t)slot, .token = token, .prep = prep, .shared = shared};
}

bool dps_argument_has(const struct dps_predicate *q, enum dps_slot slot) {
    for (unsigned i = 0; i < q->n_args; i++)
        if (q->args[i].slot == slot) return true;
    return false;
}

/* ---- verbs ---- */

/* One child of a verb. */
static void verb_argument(const struct dps_scene *s, struct dps_predicate *q, int32_t kid, bool shared) {
    const struct dps_parse *p = s->parse;
    struct dps_str none = DPS_STR("");
    switch (REL(kid)) {
    case DPS_REL_NSUBJ_PASS:
        dps_argument_add(q, q->passive ? DPS_SLOT_OBJ : DPS_SLOT_SUBJ, kid, none, shared);
        return;
    case DPS_REL_OBL_AGENT: { /* the label counts only with a preposition that an agent can have */
        struct dps_str by = dps_clause_prep(s, kid);
        bool agent = q->passive && (!by.length || dps_scene_is_agent(s, by));
        dps_argument_add(q, agent ? DPS_SLOT_SUBJ : DPS_SLOT_OBL, kid, by, shared);
        return;
    }
    case DPS_REL_EXPL:
    case DPS_REL_EXPL_PV:
        q->reflexive |= dps_clause_is_reflexive(s, kid);
        return;
    default:
        break;
    }
    switch (PLAIN(kid)) {
    case DPS_REL_NSUBJ:
        dps_argument_add(q, q->passive ? DPS_SLOT_OBJ : DPS_SLOT_SUBJ, kid, none, shared);
        return;
    case DPS_REL_OBJ:
        if (dps_clause_is_reflexive(s, kid))
            q->reflexive = true;
        else
            dps_argument_add(q, DPS_SLOT_OBJ, kid, none, shared);
        return;
    case DPS_REL_IOBJ:
        if (!dps_clause_is_reflexive(s, kid)) dps_argument_add(q, DPS_SLOT_IOBJ, kid, none, shared);
        return;
    case DPS_REL_OBL:
    case DPS_REL_NMOD: {
        struct dps_str prep = dps_clause_prep(s, kid);
        if (q->passive && dps_scene_is_agent(s, prep) && dps_scene_names_party(s, kid))
            dps_argument_add(q, DPS_SLOT_SUBJ, kid, prep, shared);
        else if (!prep.length && REL(kid) == DPS_REL_OBL_ARG)
            dps_argument_add(q, DPS_SLOT_IOBJ, kid, none, shared);
        else
            dps_argument_add(q, DPS_SLOT_OBL, kid, prep, shared);
        return;
    }
    case DPS_REL_CCOMP:
    case DPS_REL_XCOMP:
    case DPS_REL_CSUBJ:
        dps_argument_add(q, DPS_SLOT_CLAUSE, kid, none, shared);
        return;
    case DPS_REL_ADVCL: { /* a gerund behind a preposition: "accused China of harassing ships" */
        int32_t mark = dps_clause_kid(s, kid, DPS_REL_MARK);
        if (mark >= 0 && p->feats[kid].verbform != DPS_VERBFORM_FIN && p->feats[kid].verbform != DPS_VERBFORM_INF)
            dps_argument_add(q, DPS_SLOT_OBL, kid, s->form[mark], shared);
        return;
    }
    default:
        return;
    }
}

static void clause_arguments(const struct dps_scene *s, struct dps_predicate *q, int32_t verb, bool shared) {
    const struct dps_parse *p = s->parse;
    for (uint32_t k = p->kid_first[verb]; k < p->kid_first[verb + 1]; k++)
        verb_argument(s, q, (int32_t)p->kid[k], shared);
}

/* What hangs on the verb itself, mended. */
static void own_arguments(const struct dps_scene *s, struct dps_predicate *q, int32_t verb) {
    clause_arguments(s, q, verb, false);
    dps_mend_core(s, q, verb);
}

static void share_subject(const struct dps_scene *s, struct dps_predicate *q, int32_t verb, int depth);

/* The subject (deep) of the clause of `verb`, added to q as `slot`. */
static void subject_of(const struct dps_scene *s, struct dps_predicate *q, int32_t verb, enum dps_slot slot,
                       int depth) {
    struct dps_predicate other = {
        .trigger = verb, .clause = verb, .light = DPS_NONE, .passive = dps_clause_is_passive(s, verb)};
    own_arguments(s, &other, verb);
    /* what stands as grammatical subject: of a passive that is the deep object */
    enum dps_slot wanted = other.passive ? DPS_SLOT_OBJ : DPS_SLOT_SUBJ;
    if (!dps_argument_has(&other, wanted) && depth < DPS_MAX_DEPTH) {
        share_subject(s, &other, verb, depth + 1);
        wanted = dps_argument_has(&other, wanted) ? wanted : DPS_SLOT_SUBJ;
    }
    for (unsigned i = 0; i < other.n_args; i++)
        if (other.args[i].slot == wanted) dps_argument_add(q, slot, other.args[i].token, DPS_STR(""), true);
}

static void object_of(const struct dps_scene *s, struct dps_predicate *q, int32_t verb, enum dps_slot slot) {
    const struct dps_parse *p = s->parse;
    for (uint32_t k = p->kid_first[verb]; k < p->kid_first[verb + 1]; k++) {
        int32_t kid = (int32_t)p->kid[k];
        bool object = PLAIN(kid) == DPS_REL_OBJ || PLAIN(kid) == DPS_REL_IOBJ || REL(kid) == DPS_REL_NSUBJ_PASS ||
                      REL(kid) == DPS_REL_OBL_ARG;
        if (object && !dps_clause_is_reflexive(s, kid)) dps_argument_add(q, slot, kid, DPS_STR(""), true);
    }
}

/* A clause without a subject of its own takes one from where grammar says. */
static void share_subject(const struct dps_scene *s, struct dps_predicate *q, int32_t verb, int depth) {
    const struct dps_parse *p = s->parse;
    int32_t head = p->head[verb];
    if (head < 0 || depth > DPS_MAX_DEPTH) return;
    enum dps_slot slot = q->passive ? DPS_SLOT_OBJ : DPS_SLOT_SUBJ;
    if (dps_argument_has(q, slot)) return;
    bool past_participle = p->feats[verb].verbform == DPS_VERBFORM_PART && p->feats[verb].tense != DPS_TENSE_PRES;
    switch (PLAIN(verb)) {
    case DPS_REL_CONJ:
    case DPS_REL_PARATAXIS:
        if (PLAIN(verb) == DPS_REL_PARATAXIS && p->feats[verb].verbform == DPS_VERBFORM_FIN) return;
        subject_of(s, q, head, slot, depth);
        return;
    case DPS_REL_XCOMP:
    case DPS_REL_ADVCL:
    case DPS_REL_CCOMP:
        if (PLAIN(verb) == DPS_REL_CCOMP && p->feats[verb].verbform == DPS_VERBFORM_FIN) {
            dps_mend_stolen_subject(s, q, verb, slot);
            return;
        }
        if (dps_cue(s, head, DPS_CUE_object_control) &&
            (PLAIN(verb) != DPS_REL_ADVCL || dps_clause_kid(s, verb, DPS_REL_MARK) >= 0)) {
            object_of(s, q, head, slot);
            if (dps_argument_has(q, slot)) return;
        }
        subject_of(s, q, head, slot, depth);
        return;
    case DPS_REL_ACL: /* participle: "troops sent by", "Soldaten, stationiert in"; "countries seeking" */
        if (REL(verb) == DPS_REL_ACL_RELCL && p->feats[verb].verbform == DPS_VERBFORM_FIN) return;
        if (p->feats[verb].verbform == DPS_VERBFORM_INF || !dps_clause_is_verb(p, head)) {
            if (past_participle) {
                q->passive = true;
                dps_argument_add(q, DPS_SLOT_OBJ, head, DPS_STR(""), true);
            } else if (p->feats[verb].verbform == DPS_VERBFORM_PART || p->feats[verb].verbform == DPS_VERBFORM_GER)
                dps_argument_add(q, DPS_SLOT_SUBJ, head, DPS_STR(""), true);
        }
        return;
    case DPS_REL_AMOD: /* attributive participle: "die von Russland besetzte Krim" */
        if (past_participle) q->passive = true;
        dps_argument_add(q, past_participle ? DPS_SLOT_OBJ : DPS_SLOT_SUBJ, head, DPS_STR(""), true);
        return;
    default:
        return;
    }
}

/* The passive of a participle that hangs on a noun is known only there; agents were read as obliques before. */
static void settle_agents(const struct dps_scene *s, struct dps_predicate *q) {
    if (!q->passive) return;
    for (unsigned i = 0; i < q->n_args; i++) {
        struct dps_arg *a = &q->args[i];
        if (a->slot == DPS_SLOT_OBL && dps_scene_is_agent(s, a->prep) && dps_scene_names_party(s, a->token))
            a->slot = DPS_SLOT_SUBJ;
    }
}

/* Does one of the arguments hold the relative pronoun of the clause? */
static bool has_relative(const struct dps_scene *s, const struct dps_predicate *q, int32_t verb) {
    for (unsigned i = 0; i < q->n_args; i++)
        if (dps_clause_antecedent(s, q->args[i].token) == s->parse->head[verb]) return true;
    return false;
}

/* An infinitive, or a gerund that no comma parts from the verb: "ruled out sending soldiers", not "left, saying". */
static bool is_open_complement(const struct dps_scene *s, int32_t verb, int32_t kid) {
    const struct dps_parse *p = s->parse;
    if (p->feats[kid].verbform == DPS_VERBFORM_INF) return true;
    bool gerund = p->feats[kid].verbform == DPS_VERBFORM_GER ||
                  (p->feats[kid].verbform == DPS_VERBFORM_PART && p->feats[kid].tense == DPS_TENSE_PRES);
    for (int32_t t = verb + 1; gerund && t < kid; t++)
        if (p->upos[t] == DPS_UPOS_PUNCT) return false;
    return gerund && dps_clause_kid(s, kid, DPS_REL_MARK) < 0;
}

static void read_verb(const struct dps_scene *s, struct dps_predicate *q, int32_t verb) {
    const struct dps_parse *p = s->parse;
    q->clause = verb;
    q->passive = dps_clause_is_passive(s, verb);
    own_arguments(s, q, verb);
    share_subject(s, q, verb, 0);
    settle_agents(s, q);
    /* "voted to block", "called on X to act": an infinitive that the parser took for a purpose is still what is asked
     * or promised */
    for (uint32_t k = p->kid_first[verb]; !dps_argument_has(q, DPS_SLOT_CLAUSE) && k < p->kid_first[verb + 1]; k++) {
        int32_t kid = (int32_t)p->kid[k];
        if ((PLAIN(kid) == DPS_REL_ADVCL && kid > verb && is_open_complement(s, verb, kid)) ||
            dps_mend_is_complement(s, kid, verb))
            dps_argument_add(q, DPS_SLOT_CLAUSE, kid, DPS_STR(""), false);
    }
    /* "a trip Tokyo condemned": a relative clause without a pronoun lacks the object that it modifies */
    if (REL(verb) == DPS_REL_ACL_RELCL && !q->passive && dps_argument_has(q, DPS_SLOT_SUBJ) &&
        !dps_argument_has(q, DPS_SLOT_OBJ) && !dps_argument_has(q, DPS_SLOT_CLAUSE) && !has_relative(s, q, verb))
        dps_argument_add(q, DPS_SLOT_OBJ, p->head[verb], DPS_STR(""), true);
    /* shared objects of coordinated verbs: "verurteilte und bedrohte die Nachbarn" */
    if (!dps_argument_has(q, DPS_SLOT_OBJ) && !dps_argument_has(q, DPS_SLOT_CLAUSE))
        for (uint32_t k = p->kid_first[verb]; k < p->kid_first[verb + 1]; k++) {
            int32_t kid = (int32_t)p->kid[k];
            if (PLAIN(kid) == DPS_REL_CONJ && kid <= verb + SHARED_OBJECT_REACH && dps_clause_is_verb(p, kid) &&
                !dps_clause_is_passive(s, kid) && dps_clause_kid(s, kid, DPS_REL_NSUBJ) < 0)
                object_of(s, q, kid, DPS_SLOT_OBJ);
        }
}

/* ---- nouns ---- */

/* One child of a noun. */
static void noun_argument(const struct dps_scene *s, struct dps_predicate *q, int32_t kid) {
    const struct dps_parse *p = s->parse;
    struct dps_str prep = dps_clause_prep(s, kid);
    bool like_of = prep.length && dps_frames_cues(s->frames, prep) >> DPS_CUE_of & 1;
    switch (PLAIN(kid)) {
    case DPS_REL_NMOD:
    case DPS_REL_OBL: {
        if (dps_mend_is_misplaced(s, kid)) return;
        if (REL(kid) == DPS_REL_NMOD_POSS || !prep.length) {
            dps_argument_add(q, DPS_SLOT_OF, kid, DPS_STR(""), false);
        } else if (like_of)
            dps_argument_add(q, DPS_SLOT_OF, kid, prep, false);
        if (prep.length)
            dps_argument_add(q, dps_scene_is_agent(s, prep) && !like_of ? DPS_SLOT_SUBJ : DPS_SLOT_OBL, kid, prep,
                             false);
        return;
    }
    case DPS_REL_DET:
    case DPS_REL_AMOD:
    case DPS_REL_COMPOUND:
    case DPS_REL_NUMMOD:
    case DPS_REL_FLAT:
        if (dps_scene_names_party(s, kid))
            dps_argument_add(q, DPS_SLOT_OF, kid, DPS_STR("@"), false); /* '@': an adjective, possessive or compound */
        return;
    case DPS_REL_APPOS: /* a name behind an event noun is mostly a genitive the parser missed: "die Festnahme Nawalnys"
                         */
        if (dps_scene_names_party(s, kid)) dps_argument_add(q, DPS_SLOT_OF, kid, DPS_STR(""), false);
        return;
    case DPS_REL_ACL:
    case DPS_REL_CCOMP:
    case DPS_REL_XCOMP:
        if (REL(kid) != DPS_REL_ACL_RELCL &&
            (p->feats[kid].verbform != DPS_VERBFORM_PART || dps_clause_kid(s, kid, DPS_REL_MARK) >= 0))
            dps_argument_add(q, DPS_SLOT_CLAUSE, kid, DPS_STR(""), false);
        return;
    default:
        return;
    }
}

/* "die Abschiebung der Flüchtlinge durch die Türkei", "Sanktionen der EU gegen Russland": the parser hangs the second
 * phrase on the first. */
static void nested_phrases(const struct dps_scene *s, struct dps_predicate *q) {
    const struct dps_parse *p = s->parse;
    unsigned n = q->n_args;
    for (unsigned i = 0; i < n; i++) {
        if (q->args[i].slot != DPS_SLOT_OF) continue;
        int32_t of = q->args[i].token;
        for (uint32_t k = p->kid_first[of]; of > q->trigger && k < p->kid_first[of + 1]; k++) {
            int32_t kid = (int32_t)p->kid[k];
            struct dps_str prep = dps_clause_prep(s, kid);
            if (PLAIN(kid) != DPS_REL_NMOD || !prep.length || !dps_scene_names_party(s, kid)) continue;
            if (dps_scene_has_cue(s, prep, DPS_CUE_of)) continue;
            dps_argument_add(q, dps_scene_is_agent(s, prep) ? DPS_SLOT_SUBJ : DPS_SLOT_OBL, kid, prep, true);
        }
    }
}

/* Genitives and their kin become subject or object of the deed. Where something stands before the noun (an adjective of
 * nationality, a possessive) and something behind it, the first is the doer: "die russische Besetzung der Krim",
 * "Israel's bombing of Gaza". */
static void settle_of(struct dps_predicate *q) {
    bool before = false, behind = false;
    unsigned n = q->n_args;
    for (unsigned i = 0; i < n; i++)
        if (q->args[i].slot == DPS_SLOT_OF) *(q->args[i].token <= q->trigger ? &before : &behind) = true;
    for (unsigned i = 0; i < n; i++) {
        struct dps_arg a = q->args[i];
        if (a.slot != DPS_SLOT_OF) continue;
        bool is_before = a.token <= q->trigger;
        bool object = before && behind                    ? !is_before
                      : q->genitive == DPS_GENITIVE_MIXED ? !is_before
                                                          : q->genitive == DPS_GENITIVE_OBJECT;
        dps_argument_add(q, object ? DPS_SLOT_OBJ : DPS_SLOT_SUBJ, a.token, DPS_STR(""), false);
    }
}

/* A noun under a light verb takes over the verb's subject, dative and prepositional phrases. */
static void read_light(const struct dps_scene *s, struct dps_predicate *q) {
    const struct dps_parse *p = s->parse;
    int32_t noun = q->trigger, verb = p->head[noun];
    for (int i = 0; i < 3 && verb >= 0 && PLAIN(noun) == DPS_REL_CONJ; i++) { /* "Gespräche und Verhandlungen führen" */
        noun = verb;
        verb = p->head[noun];
    }
    if (verb < 0 || !dps_light(s, verb)) return;
    enum dps_rel relation = PLAIN(noun);
    if (relation != DPS_REL_OBJ && relation != DPS_REL_NSUBJ && relation != DPS_REL_OBL && relation != DPS_REL_XCOMP &&
        relation != DPS_REL_NMOD)
        return;
    struct dps_predicate v = {.trigger = verb, .clause = verb, .light = DPS_NONE};
    read_verb(s, &v, verb);
    if (relation == DPS_REL_NSUBJ && !v.passive) return; /* the noun is a true subject: "Gespräche führen zu nichts" */
    q->light = verb;
    for (unsigned i = 0; i < v.n_args; i++) {
        struct dps_arg a = v.args[i];
        if (a.token == noun || a.token == q->trigger) continue;
        if (a.slot == DPS_SLOT_SUBJ && dps_argument_has(q, DPS_SLOT_SUBJ) && q->genitive == DPS_GENITIVE_SUBJECT)
            continue;
        dps_argument_add(q, (enum dps_slot)a.slot, a.token, a.prep, true);
    }
}

/* ---- adjectives, and all kinds ---- */

/* "called off the strike": where the parser took the particle for a preposition, its phrase is the object. */
void dps_argument_join_particle(struct dps_predicate *q, struct dps_str particle) {
    for (unsigned i = 0; i < q->n_args; i++)
        if (q->args[i].slot == DPS_SLOT_OBL && dps_str_equal(q->args[i].prep, particle)) q->args[i].slot = DPS_SLOT_OBJ;
}

/* An adjective or noun as predicate: its copula's arguments hang on it. */
static void read_adjective(const struct dps_scene *s, struct dps_predicate *q, int32_t adjective) {
    const struct dps_parse *p = s->parse;
    q->clause = adjective;
    clause_arguments(s, q, adjective, false);
    share_subject(s, q, adjective, 0);
    int32_t head = p->head[adjective];
    if (head >= 0 && PLAIN(adjective) == DPS_REL_XCOMP) { /* "zeigte sich bereit": arguments of the verb above */
        clause_arguments(s, q, head, true);
        q->reflexive = false;
    }
    for (uint32_t k = p->kid_first[adjective]; k < p->kid_first[adjective + 1]; k++) {
        int32_t kid = (int32_t)p->kid[k];
        if ((PLAIN(kid) == DPS_REL_ADVCL && p->feats[kid].verbform == DPS_VERBFORM_INF) ||
            dps_mend_is_complement(s, kid, adjective))
            dps_argument_add(q, DPS_SLOT_CLAUSE, kid, DPS_STR(""), false);
    }
}

void dps_argument_read(const struct dps_scene *s, int32_t trigger, enum dps_anchor_kind kind,
                       enum dps_genitive genitive, struct dps_predicate *q) {
    const struct dps_parse *p = s->parse;
    *q = (struct dps_predicate){
        .trigger = trigger, .clause = trigger, .light = DPS_NONE, .kind = kind, .genitive = genitive};
    switch (kind) {
    case DPS_ANCHOR_VERB:
        read_verb(s, q, trigger);
        break;
    case DPS_ANCHOR_AUX: {
        int32_t head = p->head[trigger] >= 0 && PLAIN(trigger) == DPS_REL_AUX ? p->head[trigger] : trigger;
        if (dps_clause_is_verb(p, head))
            read_verb(s, q, head);
        else
            read_adjective(s, q, head);
        break;
    }
    case DPS_ANCHOR_ADJ:
        read_adjective(s, q, trigger);
        break;
    case DPS_ANCHOR_NOUN:
        for (uint32_t k = p->kid_first[trigger]; k < p->kid_first[trigger + 1]; k++)
            noun_argument(s, q, (int32_t)p->kid[k]);
        if (dps_scene_names_party(s, trigger))
            dps_argument_add(q, DPS_SLOT_OF, trigger, DPS_STR("@"),
                             false); /* "US-Sanktionen": the compound's first part */
        dps_mend_genitives(s, q);
        nested_phrases(s, q);
        settle_of(q);
        read_light(s, q);
        break;
    }
    for (unsigned i = 0; i < q->n_args; i++)
        if (q->args[i].slot != DPS_SLOT_CLAUSE) q->args[i].token = dps_clause_antecedent(s, q->args[i].token);
}
