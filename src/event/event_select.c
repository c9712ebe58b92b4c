/* event_select.c -- from what fired in a sentence to what is told by it.
 *
 * Types fold (future cooperation is a promise), refusals by pronoun find whom they answer, and drafts are dropped that
 * are the content of a demand, promise, refusal, threat or accusation, its condition, or a second word for the same
 * deed. docs/coding.md says why.
 */
#include "event/event_draft.h"

bool dps_draft_is_one_of(const struct dps_draft *draft, const char *const *types) {
    for (; *types; types++)
        if (dps_draft_is(draft, *types)) return true;
    return false;
}

/* ---- types and status ---- */

/* "wird sich mit X beraten" has two actors as a meeting; as a promise or refusal X is the one it is made to. */
static void addressee(struct dps_draft *d) {
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

/* What is promised or threatened is the act itself. */
static void told_as_content(struct dps_draft *d) {
    struct dps_match_result *m = &d->match;
    if (!m->content.count) m->content = (struct dps_tokens){.at = {m->predicate.clause}, .count = 1};
}

/* "Sollte Russland angreifen, werde die EU Sanktionen verhängen": force or sanctions under a condition are a threat, to
 * the party that the condition names where the deed names none. */
static bool fold_threat(const struct dps_scene *s, struct dps_draft *d) {
    static const char *const harmful[] = {"SANCTION", "COERCE", "MOBILIZE", "ASSAULT", NULL};
    const struct dps_modality *m = &d->modality;
    struct dps_match_result *match = &d->match;
    int32_t condition = dps_clause_condition(s, match->predicate.clause);
    if (condition < 0 || m->negated || m->historical || !(m->future || m->hypothetical) || !match->actors.count)
        return false;
    if (!dps_draft_is_one_of(d, harmful)) return false;
    struct dps_predicate q;
    dps_argument_read(s, condition, DPS_ANCHOR_VERB, DPS_GENITIVE_SUBJECT, &q);
    for (unsigned i = 0; !match->recipients.count && i < q.n_args; i++) {
        int32_t actor = q.args[i].slot == DPS_SLOT_SUBJ ? s->mention->actor_of[q.args[i].token] : DPS_NONE;
        if (actor >= 0 && !dps_match_same_party(&s->mention->actors[actor], match->actors.list[0]))
            match->recipients.list[match->recipients.count++] = &s->mention->actors[actor];
    }
    d->type = DPS_STR("THREATEN");
    d->status = DPS_EVENT_ACTUAL;
    told_as_content(d);
    return true;
}

/* Future cooperation is a promise (AGREE), future yielding a concession (CONCEDE), future violence a threat, and each
 * of them denied a refusal (REJECT): docs/coding.md. */
static void fold_future(struct dps_draft *d, bool negated) {
    static const char *const cooperative[] = {"CONSULT", "SUPPORT", "COOPERATE", "AID", NULL};
    static const char *const yielding[] = {"AGREE", "CONCEDE", NULL};
    static const char *const speech[] = {"THREATEN", "REQUEST", "ACCUSE", "REJECT", NULL};
    if (dps_draft_is_one_of(d, cooperative)) {
        d->type = negated ? DPS_STR("REJECT") : DPS_STR("AGREE");
        addressee(d);
    } else if (dps_draft_is(d, "RETREAT"))
        d->type = negated ? DPS_STR("REJECT") : DPS_STR("CONCEDE");
    else if (dps_draft_is(d, "ASSAULT") && !negated)
        d->type = DPS_STR("THREATEN");
    else if (dps_draft_is_one_of(d, yielding))
        d->type = negated ? DPS_STR("REJECT") : d->type;
    else if (negated || !dps_draft_is_one_of(d, speech))
        return;
    d->status = DPS_EVENT_ACTUAL;
    if (!dps_str_equal(d->type, d->match.frame->type)) told_as_content(d);
}

static void fold(const struct dps_scene *s, struct dps_draft *d) {
    const struct dps_modality *m = &d->modality;
    d->status = m->historical     ? DPS_EVENT_HISTORICAL
                : m->negated      ? DPS_EVENT_NEGATED
                : m->hypothetical ? DPS_EVENT_HYPOTHETICAL
                : m->future       ? DPS_EVENT_FUTURE
                                  : DPS_EVENT_ACTUAL;
    if (d->match.frame->status >= 0)
        d->status = (enum dps_event_status)d->match.frame->status;
    else if (!fold_threat(s, d) && m->future && (d->status == DPS_EVENT_FUTURE || d->status == DPS_EVENT_NEGATED))
        fold_future(d, d->status == DPS_EVENT_NEGATED);
}

/* ---- what is dropped ---- */

static bool inside_content(const struct dps_run *r, const struct dps_draft *inner, const struct dps_draft *outer) {
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
static bool is_condition(const struct dps_run *r, const struct dps_draft *inner, const struct dps_draft *outer) {
    int32_t condition = dps_clause_condition(&r->scene, outer->match.predicate.clause);
    return inner->status == DPS_EVENT_HYPOTHETICAL && condition >= 0 &&
           dps_clause_under(&r->scene, inner->match.predicate.trigger, condition);
}

/* Is the trigger of `inner` what `outer` is about: its object ("verurteilte den Angriff"), or a phrase that gave it its
 * recipient ("protestierte gegen den Angriff Russlands")? "Beim Treffen mit X lobte er Y" is not. */
static bool is_argument(const struct dps_run *r, const struct dps_draft *inner, const struct dps_draft *outer) {
    const struct dps_predicate *q = &outer->match.predicate;
    int32_t trigger = inner->match.predicate.trigger;
    for (unsigned i = 0; i < q->n_args; i++) {
        if (q->args[i].token != trigger) continue;
        if (q->args[i].slot != DPS_SLOT_OBL) return true;
        for (unsigned k = 0; k < outer->match.recipients.count; k++)
            if (dps_clause_under(&r->scene, (int32_t)outer->match.recipients.list[k]->head, trigger)) return true;
    }
    return false;
}

static void drop(struct dps_draft *d, const char *why) {
    if (d->dropped) return;
    d->dropped = true;
    d->why_dropped = why;
}

/* "erneuerte seine Warnung vor ...": verb and noun are one deed, and the noun may name parties that the verb's frame
 * does not. */
static bool tells_more(const struct dps_draft *noun, const struct dps_draft *verb) {
    return noun->match.predicate.light == verb->match.predicate.trigger && dps_str_equal(noun->type, verb->type) &&
           noun->match.recipients.count > verb->match.recipients.count;
}

/* "accused Russia of having shelled the town": the deed is told by the accuser. */
static void attribute(struct dps_draft *deed, const struct dps_draft *accusation) {
    const struct dps_actor *accuser = accusation->match.actors.count ? accusation->match.actors.list[0] : NULL;
    for (unsigned i = 0; accuser && i < deed->match.actors.count; i++)
        if (dps_match_same_party(accuser, deed->match.actors.list[i])) accuser = NULL;
    if (accuser && !deed->speaker) deed->speaker = accuser;
}

static void drop_contents(struct dps_run *r) {
    static const char *const holders[] = {"REQUEST", "REJECT", "AGREE",   "THREATEN",
                                          "CONCEDE", "ACCUSE", "SUPPORT", NULL};
    for (unsigned i = 0; i < r->n_drafts; i++)
        for (unsigned j = 0; j < r->n_drafts; j++) {
            struct dps_draft *outer = &r->drafts[i], *inner = &r->drafts[j];
            if (i == j || outer->dropped || !dps_draft_is_one_of(outer, holders)) continue;
            bool told_as_fact =
                dps_draft_is(outer, "ACCUSE") && inner->match.predicate.kind == DPS_ANCHOR_VERB && inner->modality.past;
            if (told_as_fact && inside_content(r, inner, outer))
                attribute(inner, outer);
            else if (inside_content(r, inner, outer))
                drop(inner, "it is the content of another event");
            else if (is_condition(r, inner, outer))
                drop(inner, "it is the condition of another event");
            else if (inner->match.predicate.kind == DPS_ANCHOR_NOUN && is_argument(r, inner, outer)) {
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
static void drop_doubles(struct dps_run *r) {
    for (unsigned i = 0; i < r->n_drafts; i++)
        for (unsigned j = 0; j < r->n_drafts; j++) {
            struct dps_draft *keep = &r->drafts[i], *lose = &r->drafts[j];
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

/* ---- answers ---- */

/* "accused Turkey of having sent fighters, which Ankara rejects": what is refused or denied by a pronoun is the nearest
 * speech act before it in the sentence, and its actor is the one who is answered. */
static void answer(struct dps_run *r, unsigned number) {
    static const char *const answered[] = {"ACCUSE", "REQUEST", "AGREE", "THREATEN", NULL};
    struct dps_draft *d = &r->drafts[number];
    if (!dps_draft_is(d, "REJECT")) return;
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
        const struct dps_draft *before = &r->drafts[i];
        const struct dps_parties *who = &before->match.actors;
        struct dps_parties speaker = {.count = 0};
        if (!dps_draft_is_one_of(before, answered)) {
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

void dps_select_drafts(struct dps_run *r) {
    for (unsigned i = 0; i < r->n_drafts; i++) fold(&r->scene, &r->drafts[i]);
    for (unsigned i = 0; i < r->n_drafts; i++) answer(r, i);
    drop_contents(r);
    drop_doubles(r);
}
