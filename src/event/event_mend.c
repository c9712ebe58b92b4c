/* event_mend.c -- arguments that the parser labels wrongly; see event_mend.h.
 *
 * Each rule names a confusion seen on development text and the sign by which it is told: the number of core arguments,
 * word order, case of an article, whether a word names a party or a time. They are structural; none asks for a word of
 * a language.
 */
#include "event/event_mend.h"

#define REL(t)   ((enum dps_rel)p->rel[t])
#define PLAIN(t) dps_rel_plain((enum dps_rel)p->rel[t])

static void forget(struct dps_predicate *q, unsigned i) {
    memmove(&q->args[i], &q->args[i + 1], (q->n_args - i - 1) * sizeof *q->args);
    q->n_args--;
}

/* "Anfang August hatten Kämpfer ...": a time is never who does it. */
static void forget_time_subjects(const struct dps_scene *s, struct dps_predicate *q) {
    for (unsigned i = q->n_args; i-- > 0;)
        if (q->args[i].slot == DPS_SLOT_SUBJ && s->mention->time_of[q->args[i].token] >= 0) forget(q, i);
}

static bool is_pronoun_of_no_party(const struct dps_scene *s, int32_t t) {
    enum dps_upos u = (enum dps_upos)s->parse->upos[t];
    return (u == DPS_UPOS_PRON || u == DPS_UPOS_DET) && !dps_scene_names_party(s, t);
}

/* Two subjects. Around a complement clause the first is that clause's ("Soldiers burned villages, the UN said").
 * Otherwise one is an object: the accusative, a bare "das", else the later one; beside a direct object it is the dative
 * ("warf Peking eine Verletzung vor"). */
static void settle_two_subjects(const struct dps_scene *s, struct dps_predicate *q) {
    const struct dps_parse *p = s->parse;
    int first = -1, second = -1;
    int32_t clause = DPS_NONE;
    bool object = false, dative = false;
    for (unsigned i = 0; i < q->n_args; i++) {
        object |= q->args[i].slot == DPS_SLOT_OBJ;
        dative |= q->args[i].slot == DPS_SLOT_IOBJ;
        if (q->args[i].slot == DPS_SLOT_CLAUSE) clause = q->args[i].token;
        if (q->args[i].slot != DPS_SLOT_SUBJ || q->args[i].shared || q->args[i].prep.length) continue;
        *(first < 0 ? &first : &second) = (int)i;
    }
    if (second < 0 || q->passive) return;
    int32_t a = q->args[first].token, b = q->args[second].token;
    if (clause > a && clause < b) {
        forget(q, (unsigned)first);
        return;
    }
    if (dative) return;
    bool first_is_object = (p->feats[a].kase == DPS_CASE_ACC && p->feats[b].kase != DPS_CASE_ACC) ||
                           (is_pronoun_of_no_party(s, a) && dps_scene_names_party(s, b));
    if (object || clause >= 0)
        q->args[second].slot = DPS_SLOT_IOBJ;
    else
        q->args[first_is_object ? first : second].slot = DPS_SLOT_OBJ;
}

static bool is_finite_clause(const struct dps_scene *s, int32_t verb) {
    const struct dps_parse *p = s->parse;
    return p->feats[verb].verbform == DPS_VERBFORM_FIN || dps_clause_kid(s, verb, DPS_REL_AUX) >= 0;
}

/* A nominal without preposition under some label that a verb's argument cannot have ("Turkey" as compound of "backs").
 */
static bool is_stray(const struct dps_scene *s, int32_t t) {
    const struct dps_parse *p = s->parse;
    switch (PLAIN(t)) {
    case DPS_REL_COMPOUND:
    case DPS_REL_NMOD:
    case DPS_REL_VOCATIVE:
    case DPS_REL_DEP:
    case DPS_REL_APPOS:
    case DPS_REL_DISLOCATED:
        break;
    default:
        return false;
    }
    return dps_scene_names_party(s, t) && s->mention->time_of[t] < 0 && dps_clause_kid(s, t, DPS_REL_CASE) < 0;
}

/* A finite clause has a subject: a stray nominal before the verb; one behind it is the object. */
static void adopt_strays(const struct dps_scene *s, struct dps_predicate *q, int32_t verb) {
    const struct dps_parse *p = s->parse;
    enum dps_rel relation = PLAIN(verb);
    if (q->passive || !is_finite_clause(s, verb) || relation == DPS_REL_CONJ || relation == DPS_REL_ACL ||
        relation == DPS_REL_XCOMP)
        return;
    for (uint32_t k = p->kid_first[verb]; k < p->kid_first[verb + 1]; k++) {
        int32_t kid = (int32_t)p->kid[k];
        if (!is_stray(s, kid)) continue;
        if (kid < verb && !dps_argument_has(q, DPS_SLOT_SUBJ))
            dps_argument_add(q, DPS_SLOT_SUBJ, kid, DPS_STR(""), false);
        else if (kid > verb && !dps_argument_has(q, DPS_SLOT_OBJ) && !dps_argument_has(q, DPS_SLOT_CLAUSE))
            dps_argument_add(q, DPS_SLOT_OBJ, kid, DPS_STR(""), false);
    }
}

static int nth_plain(const struct dps_predicate *q, enum dps_slot slot, int n) {
    for (unsigned i = 0; i < q->n_args; i++)
        if (q->args[i].slot == slot && !q->args[i].shared && !q->args[i].prep.length && n-- == 0) return (int)i;
    return -1;
}

/* "Army jets bombed positions": what is hung on the object but stands before the verb is the subject. */
static void adopt_crossed(const struct dps_scene *s, struct dps_predicate *q, int32_t verb) {
    const struct dps_parse *p = s->parse;
    int object = nth_plain(q, DPS_SLOT_OBJ, 0);
    if (q->passive || object < 0 || q->args[object].token < verb || dps_argument_has(q, DPS_SLOT_SUBJ)) return;
    uint32_t o = (uint32_t)q->args[object].token;
    for (uint32_t k = p->kid_first[o]; k < p->kid_first[o + 1]; k++) {
        int32_t kid = (int32_t)p->kid[k];
        if (kid >= verb || PLAIN(kid) != DPS_REL_COMPOUND || !dps_scene_names_party(s, kid)) continue;
        dps_argument_add(q, DPS_SLOT_SUBJ, kid, DPS_STR(""), false);
        return;
    }
}

/* A finite clause of its own that ought to have a subject. */
static bool lacks_subject(const struct dps_scene *s, const struct dps_predicate *q) {
    const struct dps_parse *p = s->parse;
    if (dps_argument_has(q, DPS_SLOT_SUBJ) || p->feats[q->trigger].verbform == DPS_VERBFORM_INF) return false;
    switch (PLAIN(q->trigger)) {
    case DPS_REL_CONJ:
    case DPS_REL_XCOMP:
    case DPS_REL_AMOD:
    case DPS_REL_ACL:
        return false;
    default:
        return true;
    }
}

/* "den Minister", "die EU": its article tells that it is no dative. */
static bool plainly_accusative(const struct dps_scene *s, int32_t t) {
    int32_t det = dps_clause_kid(s, t, DPS_REL_DET);
    return det >= 0 && s->parse->feats[det].kase == DPS_CASE_ACC;
}

/* Free word order: of two objects the first, if it is a party, is the subject where none is told ("hat Kanzlerin Merkel
 * die Gewalt verurteilt"), else the dative. A phrase without preposition is the subject ("willigten Deutschland und
 * Polen ein"), the object or the dative, whichever is wanted. */
static void settle_bare(const struct dps_scene *s, struct dps_predicate *q) {
    if (q->passive) return;
    bool lacks = lacks_subject(s, q);
    int object = nth_plain(q, DPS_SLOT_OBJ, 0), other = nth_plain(q, DPS_SLOT_OBJ, 1);
    if (other >= 0 && dps_scene_names_party(s, q->args[object].token)) {
        if (lacks)
            q->args[object].slot = DPS_SLOT_SUBJ;
        else if (!dps_argument_has(q, DPS_SLOT_IOBJ) && !plainly_accusative(s, q->args[object].token))
            q->args[object].slot = DPS_SLOT_IOBJ;
        return;
    }
    for (int n = 0, bare; (bare = nth_plain(q, DPS_SLOT_OBL, n)) >= 0; n++) {
        struct dps_arg *a = &q->args[bare];
        bool party = dps_scene_names_party(s, a->token);
        if (lacks && party)
            a->slot = DPS_SLOT_SUBJ;
        else if (!lacks && object < 0 && !dps_argument_has(q, DPS_SLOT_CLAUSE))
            a->slot = DPS_SLOT_OBJ;
        else if (object >= 0 && party && !dps_argument_has(q, DPS_SLOT_IOBJ))
            a->slot = DPS_SLOT_IOBJ;
        else
            continue;
        return;
    }
}

/* "sagte der Währungsfonds der Ukraine Kredite zu": a name has no genitive; what the parser hung on it as one is the
 * dative of the verb. */
static void datives_behind_names(const struct dps_scene *s, struct dps_predicate *q) {
    const struct dps_parse *p = s->parse;
    unsigned n = q->n_args;
    if (dps_argument_has(q, DPS_SLOT_IOBJ) || q->passive) return;
    for (unsigned i = 0; i < n; i++) {
        int32_t t = q->args[i].token;
        int32_t actor = s->mention->actor_of[t];
        if (q->args[i].slot != DPS_SLOT_SUBJ || actor < 0 || s->mention->actors[actor].form != DPS_ACTOR_NAME) continue;
        for (uint32_t k = p->kid_first[t]; k < p->kid_first[t + 1]; k++) {
            int32_t kid = (int32_t)p->kid[k];
            if (REL(kid) == DPS_REL_NMOD && kid > t && dps_scene_names_party(s, kid) && !dps_clause_prep(s, kid).length)
                dps_argument_add(q, DPS_SLOT_IOBJ, kid, DPS_STR(""), true);
        }
    }
}

void dps_mend_core(const struct dps_scene *s, struct dps_predicate *q, int32_t verb) {
    forget_time_subjects(s, q);
    settle_two_subjects(s, q);
    datives_behind_names(s, q);
    settle_bare(s, q);
    adopt_strays(s, q, verb);
    adopt_crossed(s, q, verb);
}

/* "Soldiers burned villages, the UN said": the verb of saying has a subject too many, the first is this clause's. */
void dps_mend_stolen_subject(const struct dps_scene *s, struct dps_predicate *q, int32_t verb, enum dps_slot slot) {
    const struct dps_parse *p = s->parse;
    int32_t head = p->head[verb], first = DPS_NONE;
    unsigned subjects = 0;
    for (uint32_t k = p->kid_first[head]; k < p->kid_first[head + 1]; k++)
        if (PLAIN((int32_t)p->kid[k]) == DPS_REL_NSUBJ && subjects++ == 0) first = (int32_t)p->kid[k];
    if (subjects > 1 && first < verb) dps_argument_add(q, slot, first, DPS_STR(""), true);
}

/* "ist bereit, Geld bereitzustellen": an infinitive that the parser took for a conjunct, without a conjunction. */
bool dps_mend_is_complement(const struct dps_scene *s, int32_t kid, int32_t head) {
    const struct dps_parse *p = s->parse;
    return PLAIN(kid) == DPS_REL_CONJ && kid > head && p->feats[kid].verbform == DPS_VERBFORM_INF &&
           p->feats[head].verbform != DPS_VERBFORM_INF && dps_clause_kid(s, kid, DPS_REL_CC) < 0 &&
           dps_clause_kid(s, kid, DPS_REL_AUX) < 0;
}

/* "zum Auftakt des Treffens eine Antwort der USA": a genitive belongs to the noun that it follows, whatever the parser
 * says. The word right before the phrase of `kid`, or -1. */
static int32_t word_before(const struct dps_scene *s, int32_t kid) {
    int32_t j = kid - 1;
    while (j >= 0 && s->parse->head[j] == kid) j--;
    return j;
}

bool dps_mend_is_misplaced(const struct dps_scene *s, int32_t kid) {
    const struct dps_parse *p = s->parse;
    if (PLAIN(kid) != DPS_REL_NMOD || REL(kid) == DPS_REL_NMOD_POSS || dps_clause_prep(s, kid).length) return false;
    int32_t head = p->head[kid], before = word_before(s, kid);
    return head >= 0 && before > head && p->upos[before] == DPS_UPOS_NOUN && !dps_clause_under(s, before, head);
}

void dps_mend_genitives(const struct dps_scene *s, struct dps_predicate *q) {
    const int32_t reach = 6; /* "der USA", "der neuen Regierung" */
    int32_t n = (int32_t)s->parse->text->n_tokens;
    for (int32_t t = q->trigger + 1; t < n && t < q->trigger + reach; t++)
        if (word_before(s, t) == q->trigger && dps_mend_is_misplaced(s, t))
            dps_argument_add(q, DPS_SLOT_OF, t, DPS_STR(""), false);
}
