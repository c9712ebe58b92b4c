/* event_status.c -- scope on the tree: what negation, modal verbs, conditions, fears and plans cover.
 *
 * The walk starts at the predicate's clause and climbs as long as the words above still say something about it:
 * complements of plans and fears, nouns of danger, coordination. It stops at a verb of saying (speech does not change
 * the status, it gives a speaker) and at relative and adverbial clauses after their own marks were read.
 */
#include "event/event_status.h"

#define PLAIN(t) dps_rel_plain((enum dps_rel)p->rel[t])
enum { HISTORY_DAYS = 90 /* older than this is history: docs/coding.md, "Status" */ };

/* The auxiliaries, adverbs and marks that hang on one clause head. */
static void own_words(const struct dps_scene *s, int32_t head, struct dps_modality *m) {
    const struct dps_parse *p = s->parse;
    bool perfect = false, passive_aux = false, hearsay = false, future = false,
         infinitive = p->feats[head].verbform == DPS_VERBFORM_INF;
    bool participle = p->feats[head].verbform == DPS_VERBFORM_PART;
    if (p->feats[head].tense == DPS_TENSE_PAST && p->feats[head].verbform == DPS_VERBFORM_FIN) m->past = true;
    for (uint32_t k = p->kid_first[head]; k < p->kid_first[head + 1]; k++) {
        int32_t kid = (int32_t)p->kid[k];
        enum dps_rel relation = PLAIN(kid);
        if (relation == DPS_REL_AUX || relation == DPS_REL_COP) {
            bool is_passive = p->rel[kid] == DPS_REL_AUX_PASS && !infinitive;
            passive_aux |= is_passive;
            if (dps_cue(s, kid, DPS_CUE_possible))
                m->hypothetical = true;
            else if (dps_cue(s, kid, DPS_CUE_hearsay))
                hearsay = true;
            else if (dps_cue(s, kid, DPS_CUE_obliged))
                m->hypothetical = true;
            else if (dps_cue(s, kid, DPS_CUE_future) && !is_passive)
                future = true;
            else if (dps_cue(s, kid, DPS_CUE_plan))
                m->future = true;
            else if (!is_passive && relation == DPS_REL_AUX && participle)
                perfect = true;
            if (p->feats[kid].tense == DPS_TENSE_PAST && p->feats[kid].mood != DPS_MOOD_SUB) m->past = true;
        } else if (relation == DPS_REL_ADVMOD || relation == DPS_REL_DET) {
            if (dps_cue(s, kid, DPS_CUE_negation)) m->negated = !m->negated;
            if (dps_cue(s, kid, DPS_CUE_possible) && relation == DPS_REL_ADVMOD) m->hypothetical = true;
            if (dps_cue(s, kid, DPS_CUE_past)) m->historical = true;
        } else if (relation == DPS_REL_MARK || relation == DPS_REL_CASE) {
            if (dps_cue(s, kid, DPS_CUE_without)) m->negated = true;
        } else if (relation == DPS_REL_NSUBJ || relation == DPS_REL_OBJ || relation == DPS_REL_OBL) {
            int32_t determiner = dps_clause_kid(s, kid, DPS_REL_DET);
            if ((determiner >= 0 && dps_cue(s, determiner, DPS_CUE_negation)) || dps_cue(s, kid, DPS_CUE_negation))
                m->negated = true;
        }
    }
    if (dps_clause_is_condition(s, head)) m->hypothetical = true;
    if (perfect) m->past = true;
    if (hearsay && (perfect || passive_aux || participle))
        m->hearsay = true;
    else if (hearsay)
        m->future = true;
    /* "wird festgenommen" is a passive, "wird festnehmen" and "will be arrested" are the future */
    if (future && (infinitive || passive_aux || !participle)) m->future = true;
}

/* What the word above says about its complement or modifier `below`. */
static void governor(const struct dps_scene *s, int32_t above, int32_t below, struct dps_modality *m) {
    const struct dps_parse *p = s->parse;
    enum dps_rel relation = PLAIN(below);
    bool complement = relation == DPS_REL_CCOMP || relation == DPS_REL_XCOMP || relation == DPS_REL_OBJ ||
                      relation == DPS_REL_OBL || relation == DPS_REL_NMOD || relation == DPS_REL_ACL ||
                      relation == DPS_REL_CSUBJ || relation == DPS_REL_ADVCL ||
                      (relation == DPS_REL_NSUBJ && dps_clause_is_passive(s, above));
    if (!complement) return;
    if (dps_cue(s, above, DPS_CUE_negator) && relation != DPS_REL_ADVCL && relation != DPS_REL_OBL)
        m->negated = !m->negated;
    if (dps_cue(s, above, DPS_CUE_fear) || dps_cue(s, above, DPS_CUE_avert)) m->hypothetical = true;
    if (dps_cue(s, above, DPS_CUE_plan) && relation != DPS_REL_ADVCL && relation != DPS_REL_OBL) m->future = true;
}

static bool is_clausal(enum dps_rel relation) {
    return relation == DPS_REL_CCOMP || relation == DPS_REL_XCOMP || relation == DPS_REL_CSUBJ;
}

static void climb(const struct dps_scene *s, int32_t at, struct dps_modality *m) {
    const struct dps_parse *p = s->parse;
    for (int i = 0; i < DPS_MAX_DEPTH; i++) {
        int32_t head = p->head[at];
        if (head < 0) return;
        enum dps_rel relation = PLAIN(at);
        bool verb_at = p->upos[at] == DPS_UPOS_VERB || p->upos[at] == DPS_UPOS_AUX;
        if (relation == DPS_REL_CONJ) { /* shared auxiliaries: "könnte angreifen und besetzen" */
            if (dps_clause_kid(s, at, DPS_REL_AUX) < 0 && dps_clause_kid(s, at, DPS_REL_NSUBJ) < 0 && verb_at) {
                bool negated = m->negated;
                own_words(s, head, m);
                m->negated = negated; /* "nicht" of the first verb does not cover the second */
            }
            at = head;
            continue;
        }
        if (relation == DPS_REL_ACL && (p->rel[at] == DPS_REL_ACL_RELCL || p->feats[at].verbform == DPS_VERBFORM_FIN) &&
            !dps_cue(s, head, DPS_CUE_fear) && !dps_cue(s, head, DPS_CUE_plan))
            return;
        governor(s, head, at, m);
        if (dps_cue(s, head, DPS_CUE_say) && is_clausal(relation)) return;
        if (relation == DPS_REL_ADVCL || relation == DPS_REL_PARATAXIS || relation == DPS_REL_APPOS) return;
        if (is_clausal(relation) && p->feats[at].verbform != DPS_VERBFORM_FIN &&
            verb_at) { /* an infinitive shares the modality above it */
            struct dps_modality above = {0};
            own_words(s, head, &above);
            m->hypothetical |= above.hypothetical;
            m->future |= above.future;
            m->negated ^= above.negated;
        } else if (!verb_at &&
                   (p->upos[head] == DPS_UPOS_VERB || p->upos[head] == DPS_UPOS_AUX)) { /* a noun in a clause */
            struct dps_modality above = {0};
            own_words(s, head, &above);
            if (relation == DPS_REL_NSUBJ || relation == DPS_REL_OBJ) {
                m->negated |= above.negated && !m->negated;
                m->hypothetical |= above.hypothetical;
                m->future |= above.future;
            }
            return;
        }
        at = head;
    }
}

void dps_status_read(const struct dps_scene *s, const struct dps_predicate *q, struct dps_modality *m) {
    *m = (struct dps_modality){0};
    own_words(s, q->clause, m);
    if (q->trigger != q->clause && q->kind != DPS_ANCHOR_AUX) own_words(s, q->trigger, m);
    int32_t from = q->clause;
    if (q->kind == DPS_ANCHOR_NOUN && q->light >= 0) {
        own_words(s, q->light, m);
        if (dps_cue(s, q->light, DPS_CUE_avert) || dps_cue(s, q->light, DPS_CUE_fear)) m->hypothetical = true;
        from = q->light;
    }
    climb(s, from, m);
    int32_t time = dps_status_time(s, q);
    if (time >= 0) {
        const struct dps_timex *x = &s->mention->times[time];
        if (x->past_marker) m->historical = true;
        if (dps_date_known(x->to) && dps_date_full(s->mention->anchor) && !x->since &&
            dps_date_days(x->to) < dps_date_days(s->mention->anchor) - HISTORY_DAYS && !m->future)
            m->historical = true;
    }
}

/* ---- time and place ---- */

static bool is_clause_verb(const struct dps_parse *p, int32_t t) {
    return p->upos[t] == DPS_UPOS_VERB || (p->upos[t] == DPS_UPOS_AUX && PLAIN(t) != DPS_REL_AUX);
}

/* Does `clause` go on from the clause of `verb`, so that what opens the sentence holds for both? "In Ankara lobte er
 * ... und forderte ..." */
static bool goes_on_from(const struct dps_scene *s, int32_t clause, int32_t verb) {
    const struct dps_parse *p = s->parse;
    for (int i = 0; i < DPS_MAX_DEPTH && clause >= 0 && clause != verb; i++) {
        enum dps_rel relation = PLAIN(clause);
        bool own_subject = dps_clause_kid(s, clause, DPS_REL_NSUBJ) >= 0;
        bool on = relation == DPS_REL_CONJ || relation == DPS_REL_XCOMP || relation == DPS_REL_PARATAXIS ||
                  (relation == DPS_REL_ADVCL && !own_subject);
        if (!on) return false;
        clause = p->head[clause];
    }
    return clause == verb;
}

/* The verb whose time and place are those of an event noun: its light verb, or the verb whose subject it is ("der
 * Einmarsch begann 2008"). */
static int32_t clause_of_noun(const struct dps_scene *s, const struct dps_predicate *q) {
    const struct dps_parse *p = s->parse;
    int32_t head = p->head[q->trigger];
    if (q->light >= 0) return q->light;
    return head >= 0 && PLAIN(q->trigger) == DPS_REL_NSUBJ && is_clause_verb(p, head) ? head : DPS_NONE;
}

/* Does the phrase with head t belong to the predicate: in its clause, within its own noun phrase, or at the head of a
 * sentence that goes on? */
static bool belongs(const struct dps_scene *s, const struct dps_predicate *q, int32_t t) {
    const struct dps_parse *p = s->parse;
    if (q->kind == DPS_ANCHOR_NOUN && dps_clause_under(s, t, q->trigger)) return true;
    int32_t clause = q->kind == DPS_ANCHOR_NOUN ? clause_of_noun(s, q) : q->clause;
    if (clause < 0) return false;
    int32_t up = t;
    for (int i = 0; i < DPS_MAX_DEPTH && up >= 0; i++) {
        if (up == clause) return true;
        if (is_clause_verb(p, up) && up != t) /* another clause: only what stands before its verb holds for the next */
            return t < up && goes_on_from(s, clause, up);
        up = p->head[up];
    }
    return false;
}

/* A time inside another noun phrase ("die Krise seit 2008") dates that noun, not the predicate. */
static bool dates_a_noun(const struct dps_scene *s, const struct dps_predicate *q, int32_t t) {
    const struct dps_parse *p = s->parse;
    int32_t head = p->head[t];
    if (q->kind == DPS_ANCHOR_NOUN || head < 0 || is_clause_verb(p, head)) return false;
    const struct dps_timex *x = &s->mention->times[s->mention->time_of[t]];
    return x->since || dps_scene_has_cue(s, dps_clause_prep(s, t), DPS_CUE_of);
}

int32_t dps_status_time(const struct dps_scene *s, const struct dps_predicate *q) {
    const struct dps_sentence *sentence = &s->parse->text->sentences[s->sentence_of[q->trigger]];
    int32_t best = DPS_NONE;
    for (uint32_t i = 0; i < sentence->count; i++) {
        int32_t t = (int32_t)(sentence->first + i), time = s->mention->time_of[t];
        if (time < 0 || !belongs(s, q, t) || dates_a_noun(s, q, t)) continue;
        const struct dps_timex *x = &s->mention->times[time];
        if (best < 0 || (!dps_date_known(s->mention->times[best].from) && dps_date_known(x->from))) best = time;
    }
    return best;
}

/* "das Außenministerium in Moskau": the seat of a party, told right behind it. */
static bool is_seat(const struct dps_scene *s, int32_t t) {
    int32_t adposition = dps_clause_kid(s, t, DPS_REL_CASE);
    if (adposition <= 0 || s->sentence_of[adposition - 1] != s->sentence_of[t]) return false;
    int32_t before = s->mention->actor_of[adposition - 1];
    if (before < 0) return false;
    const struct dps_actor *a = &s->mention->actors[before];
    const struct dps_place *place = &s->mention->places[s->mention->place_of[t]];
    return a->nature == DPS_NATURE_BODY && dps_str_is(place->country, a->country);
}

int32_t dps_status_place(const struct dps_scene *s, const struct dps_predicate *q, int32_t after) {
    const struct dps_sentence *sentence = &s->parse->text->sentences[s->sentence_of[q->trigger]];
    for (uint32_t i = 0; i < sentence->count; i++) {
        int32_t t = (int32_t)(sentence->first + i);
        if (t <= after || s->mention->place_of[t] < 0 || s->mention->time_of[t] >= 0) continue;
        if (dps_scene_has_cue(s, dps_clause_prep(s, t), DPS_CUE_locative) && belongs(s, q, t) && !is_seat(s, t))
            return t;
    }
    return DPS_NONE;
}

static int32_t place_below(const struct dps_scene *s, int32_t t, int depth) {
    const struct dps_parse *p = s->parse;
    if (s->mention->place_of[t] >= 0) return t;
    for (uint32_t k = p->kid_first[t]; depth < DPS_MAX_DEPTH && k < p->kid_first[t + 1]; k++) {
        int32_t kid = (int32_t)p->kid[k];
        enum dps_rel relation = PLAIN(kid);
        if (relation != DPS_REL_NMOD && relation != DPS_REL_APPOS && relation != DPS_REL_FLAT &&
            relation != DPS_REL_COMPOUND && relation != DPS_REL_CONJ)
            continue;
        int32_t found = place_below(s, kid, depth + 1);
        if (found >= 0) return found;
    }
    return DPS_NONE;
}

int32_t dps_status_target(const struct dps_scene *s, const struct dps_predicate *q) {
    for (unsigned i = 0; i < q->n_args; i++) {
        const struct dps_arg *a = &q->args[i];
        if ((a->slot != DPS_SLOT_OBJ && a->slot != DPS_SLOT_OBL) || a->shared) continue;
        int32_t found = place_below(s, a->token, 0);
        bool source = dps_cue(s, a->token, DPS_CUE_source_noun) ||
                      dps_scene_has_cue(s, dps_clause_prep(s, a->token), DPS_CUE_source_adp);
        if (found >= 0 && !source) return found;
    }
    return DPS_NONE;
}

/* ---- speakers ---- */

/* The party that a nominal stands for as a speaker: itself, or whose it is ("Indonesia's donors said"). */
static int32_t voice(const struct dps_scene *s, int32_t t) {
    if (dps_scene_names_party(s, t)) return t;
    struct dps_predicate q;
    dps_argument_read(s, t, DPS_ANCHOR_NOUN, DPS_GENITIVE_SUBJECT, &q);
    for (unsigned i = 0; i < q.n_args; i++)
        if (q.args[i].slot == DPS_SLOT_OF && dps_scene_names_party(s, q.args[i].token)) return q.args[i].token;
    return DPS_NONE;
}

/* The subject of a verb of saying, if it names a party. */
static int32_t sayer(const struct dps_scene *s, int32_t verb) {
    struct dps_predicate q;
    dps_argument_read(s, verb, DPS_ANCHOR_VERB, DPS_GENITIVE_SUBJECT, &q);
    for (unsigned i = 0; i < q.n_args; i++) {
        int32_t found = q.args[i].slot == DPS_SLOT_SUBJ ? voice(s, q.args[i].token) : DPS_NONE;
        if (found >= 0) return found;
    }
    return DPS_NONE;
}

/* "laut X", "nach Angaben X", "so X" anywhere in the sentence. */
static int32_t cited(const struct dps_scene *s, const struct dps_sentence *sentence) {
    const struct dps_parse *p = s->parse;
    for (uint32_t i = 0; i < sentence->count; i++) {
        int32_t t = (int32_t)(sentence->first + i);
        struct dps_str prep = dps_clause_prep(s, t);
        if (dps_scene_names_party(s, t) && dps_scene_has_cue(s, prep, DPS_CUE_source_adp)) return t;
        if (dps_cue(s, t, DPS_CUE_source_noun) && dps_scene_has_cue(s, prep, DPS_CUE_source_noun_adp)) {
            struct dps_predicate q;
            dps_argument_read(s, t, DPS_ANCHOR_NOUN, DPS_GENITIVE_SUBJECT, &q);
            for (unsigned k = 0; k < q.n_args; k++)
                if ((q.args[k].slot == DPS_SLOT_OF || q.args[k].slot == DPS_SLOT_SUBJ) &&
                    dps_scene_names_party(s, q.args[k].token))
                    return q.args[k].token;
        }
        /* a particle right before a party, behind a comma or quotation mark: ", so der Minister" */
        if (i > 0 && i + 1 < sentence->count && dps_cue(s, t, DPS_CUE_quote_particle) &&
            p->upos[t - 1] == DPS_UPOS_PUNCT)
            for (uint32_t j = i + 1; j < sentence->count && j < i + 5; j++)
                if (dps_scene_names_party(s, (int32_t)(sentence->first + j))) {
                    int32_t party = (int32_t)(sentence->first + j), up = p->head[party];
                    while (up > t && dps_scene_names_party(s, up)) { /* the head of "US-Außenminister Blinken" */
                        party = up;
                        up = p->head[party];
                    }
                    return party;
                }
    }
    return DPS_NONE;
}

/* The mood of indirect speech: the subjunctive of the present (the past one looks like an indicative too often). */
static bool indirect(const struct dps_feats *feats) {
    return feats->mood == DPS_MOOD_SUB && feats->tense != DPS_TENSE_PAST;
}

/* "A fired at B; one man died, a hospital said": behind a semicolon or dash begins another statement. */
static bool stands_apart(const struct dps_scene *s, int32_t clause, int32_t saying) {
    for (int32_t t = clause + 1; t < saying; t++) {
        struct dps_str form = s->form[t];
        if (dps_str_is(form, ";") || dps_str_is(form, "–") || dps_str_is(form, "—")) return true;
    }
    return dps_clause_kid(s, saying, DPS_REL_OBJ) >= 0;
}

int32_t dps_speaker_find(const struct dps_scene *s, int32_t clause) {
    const struct dps_parse *p = s->parse;
    const struct dps_sentence *sentence = &p->text->sentences[s->sentence_of[clause]];
    int32_t at = clause;
    for (int i = 0; i < DPS_MAX_DEPTH && at >= 0; i++) {
        /* a verb of saying hanging on the clause: "..., sagte er" */
        for (uint32_t k = p->kid_first[at]; k < p->kid_first[at + 1]; k++) {
            int32_t kid = (int32_t)p->kid[k];
            if (PLAIN(kid) == DPS_REL_PARATAXIS && dps_cue(s, kid, DPS_CUE_say) && !stands_apart(s, at, kid)) {
                int32_t found = sayer(s, kid);
                if (found >= 0) return found;
            }
        }
        int32_t head = p->head[at];
        if (head < 0) break;
        enum dps_rel relation = PLAIN(at);
        if (dps_cue(s, head, DPS_CUE_say) && relation != DPS_REL_ADVCL && relation != DPS_REL_NSUBJ &&
            relation != DPS_REL_OBL && relation != DPS_REL_ACL && relation != DPS_REL_CONJ &&
            relation != DPS_REL_NMOD) {
            int32_t found = sayer(s, head);
            if (found >= 0 && !dps_clause_under(s, clause, found)) return found;
        }
        at = head;
    }
    int32_t found = cited(s, sentence);
    if (found >= 0) return found;
    /* indirect speech goes on: a main clause in the subjunctive without a verb of saying */
    int32_t main = clause;
    while (p->head[main] >= 0) main = p->head[main];
    bool subjunctive = indirect(&p->feats[main]);
    for (uint32_t k = p->kid_first[main]; k < p->kid_first[main + 1]; k++) {
        int32_t kid = (int32_t)p->kid[k];
        if ((PLAIN(kid) == DPS_REL_AUX || PLAIN(kid) == DPS_REL_COP) && indirect(&p->feats[kid]) &&
            !dps_cue(s, kid, DPS_CUE_possible))
            subjunctive = true;
    }
    if (subjunctive && s->last_speaker >= 0 && s->last_speaker_sentence + 1 == s->sentence_of[clause])
        return s->last_speaker;
    return DPS_NONE;
}

int32_t dps_speaker_of_sentence(const struct dps_scene *s, uint32_t number) {
    const struct dps_parse *p = s->parse;
    const struct dps_sentence *sentence = &p->text->sentences[number];
    for (uint32_t i = 0; i < sentence->count; i++) {
        int32_t t = (int32_t)(sentence->first + i);
        if ((p->upos[t] == DPS_UPOS_VERB || p->upos[t] == DPS_UPOS_AUX) && dps_cue(s, t, DPS_CUE_say)) {
            int32_t found = sayer(s, t);
            if (found >= 0) return found;
        }
    }
    return cited(s, sentence);
}
