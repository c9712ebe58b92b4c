/* event_match.c -- slots to words, words to parties, conditions to yes or no.
 *
 * In: a frame and a predicate's deep arguments. Out: the parties, content and speaker, or the reason why it does not
 * fire. A slot path ("content>of") is walked step by step; each step reads the arguments of the words found by the step
 * before.
 */
#include "event/event_match.h"

#define PLAIN(t) dps_rel_plain((enum dps_rel)p->rel[t])
enum { DEEPEST_SUBTREE = 64 };

/* ---- slots -> words ---- */

static void push(struct dps_tokens *tokens, int32_t t) {
    for (unsigned i = 0; i < tokens->count; i++)
        if (tokens->at[i] == t) return;
    if (tokens->count < DPS_MAX_TOKENS) tokens->at[tokens->count++] = t;
}

static enum dps_anchor_kind kind_of(const struct dps_scene *s, int32_t t) {
    const struct dps_parse *p = s->parse;
    if (dps_clause_is_verb(p, t)) return DPS_ANCHOR_VERB;
    if (dps_clause_kid(s, t, DPS_REL_COP) >= 0 || p->upos[t] == DPS_UPOS_ADJ) return DPS_ANCHOR_ADJ;
    return DPS_ANCHOR_NOUN;
}

static bool prep_fits(const struct dps_step *step, struct dps_str prep) {
    if (!step->preps.count) return true;
    return prep.length && dps_words_have(step->preps, prep);
}

static void arguments(const struct dps_predicate *q, const struct dps_step *step, struct dps_tokens *out) {
    for (unsigned i = 0; i < q->n_args; i++) {
        const struct dps_arg *a = &q->args[i];
        if (a->slot == step->slot && (step->slot != DPS_SLOT_OBL || prep_fits(step, a->prep))) push(out, a->token);
    }
}

/* A prepositional phrase may hang on the object instead of the verb, or on its complement's verb: "Sanktionen gegen
 * Russland verhängen". */
static void phrases_of_objects(const struct dps_scene *s, const struct dps_predicate *q, const struct dps_step *step,
                               struct dps_tokens *out) {
    for (unsigned i = 0; i < q->n_args; i++) {
        if (q->args[i].slot != DPS_SLOT_OBJ && q->args[i].slot != DPS_SLOT_OBL) continue;
        struct dps_predicate object;
        dps_argument_read(s, q->args[i].token, DPS_ANCHOR_NOUN, DPS_GENITIVE_SUBJECT, &object);
        if (object.light < 0) arguments(&object, step, out);
    }
}

static void edges(const struct dps_scene *s, int32_t t, int32_t *first, int32_t *last, int depth) {
    const struct dps_parse *p = s->parse;
    if (t < *first) *first = t;
    if (t > *last) *last = t;
    for (uint32_t k = p->kid_first[t]; depth < DEEPEST_SUBTREE && k < p->kid_first[t + 1]; k++)
        edges(s, (int32_t)p->kid[k], first, last, depth + 1);
}

/* The parser often hangs a phrase one noun too high: "zum Auftakt des Treffens mit Blinken". One that stands right
 * behind the noun is taken. */
static void phrases_behind_noun(const struct dps_scene *s, const struct dps_predicate *q, const struct dps_step *step,
                                struct dps_tokens *out) {
    const struct dps_parse *p = s->parse;
    int32_t first = q->trigger, last = q->trigger, up = p->head[q->trigger];
    edges(s, q->trigger, &first, &last, 0);
    for (int i = 0; i < 3 && up >= 0 && !out->count; i++, up = p->head[up])
        for (uint32_t k = p->kid_first[up]; k < p->kid_first[up + 1]; k++) {
            int32_t kid = (int32_t)p->kid[k], from = kid, to = kid;
            edges(s, kid, &from, &to, 0);
            if (from == last + 1 && prep_fits(step, dps_clause_prep(s, kid))) push(out, kid);
        }
}

static void subtree_parties(const struct dps_scene *s, int32_t t, struct dps_tokens *out, int depth) {
    const struct dps_parse *p = s->parse;
    if (depth > DEEPEST_SUBTREE) return;
    if (s->mention->actor_of[t] >= 0) {
        push(out, t);
        return; /* parts of a party are no further parties */
    }
    for (uint32_t k = p->kid_first[t]; k < p->kid_first[t + 1]; k++)
        subtree_parties(s, (int32_t)p->kid[k], out, depth + 1);
}

/* Where else the parser may have put what a slot asks for. */
static void other_places(const struct dps_scene *s, const struct dps_predicate *q, const struct dps_step *step,
                         struct dps_tokens *out) {
    if (step->slot == DPS_SLOT_OBJ) { /* dative and accusative look alike too often: "verurteilte den Journalisten" */
        struct dps_step dative = {.slot = DPS_SLOT_IOBJ};
        arguments(q, &dative, out);
    } else if (step->slot == DPS_SLOT_OBL && step->preps.count) {
        if (q->kind == DPS_ANCHOR_NOUN) phrases_behind_noun(s, q, step, out);
        if (!out->count && (q->kind != DPS_ANCHOR_NOUN || q->light >= 0)) phrases_of_objects(s, q, step, out);
    }
}

/* One step from the predicate itself. */
static void first_step(const struct dps_scene *s, const struct dps_predicate *q, const struct dps_match_result *m,
                       const struct dps_step *step, struct dps_tokens *out) {
    switch ((enum dps_slot)step->slot) {
    case DPS_SLOT_SPEAKER:
        if (m->speaker >= 0) push(out, m->speaker);
        return;
    case DPS_SLOT_SELF:
        push(out, q->clause);
        return;
    case DPS_SLOT_ACTOR:
        for (unsigned i = 0; i < m->actors.count; i++) push(out, (int32_t)m->actors.list[i]->head);
        return;
    case DPS_SLOT_RECIPIENT:
        for (unsigned i = 0; i < m->recipients.count; i++) push(out, (int32_t)m->recipients.list[i]->head);
        return;
    case DPS_SLOT_CONTENT:
        for (unsigned i = 0; i < m->content.count; i++) push(out, m->content.at[i]);
        return;
    case DPS_SLOT_TRIGGER:
        push(out, q->trigger);
        if (q->light >= 0) push(out, q->light);
        return;
    case DPS_SLOT_SENTENCE:
        push(out, q->trigger);
        return;
    case DPS_SLOT_PARTY:
        subtree_parties(s, q->clause, out, 0);
        return;
    default:
        arguments(q, step, out);
        if (!out->count) other_places(s, q, step, out);
    }
}

/* One further step from a word. */
static void next_step(const struct dps_scene *s, int32_t t, const struct dps_step *step, struct dps_tokens *out) {
    if (step->slot == DPS_SLOT_PARTY) {
        const struct dps_parse *p = s->parse;
        for (uint32_t k = p->kid_first[t]; k < p->kid_first[t + 1]; k++) subtree_parties(s, (int32_t)p->kid[k], out, 0);
        return;
    }
    struct dps_predicate q;
    enum dps_anchor_kind kind = kind_of(s, t);
    dps_argument_read(s, t, kind, step->slot == DPS_SLOT_OBJ ? DPS_GENITIVE_OBJECT : DPS_GENITIVE_SUBJECT, &q);
    arguments(&q, step, out);
    /* "Abzug und Entwaffnung der Truppen": a genitive that the parser hung on the other conjunct is not searched; no
     * guess */
}

static void walk(const struct dps_scene *s, const struct dps_predicate *q, const struct dps_match_result *m,
                 const struct dps_path *path, struct dps_tokens *out) {
    struct dps_tokens now = {.count = 0};
    first_step(s, q, m, &path->steps[0], &now);
    for (unsigned i = 1; i < path->count; i++) {
        struct dps_tokens then = {.count = 0};
        for (unsigned j = 0; j < now.count; j++) next_step(s, now.at[j], &path->steps[i], &then);
        now = then;
    }
    for (unsigned i = 0; i < now.count; i++) push(out, now.at[i]);
}

/* ---- words -> parties ---- */

bool dps_match_same_party(const struct dps_actor *a, const struct dps_actor *b) {
    if (a == b) return true;
    if (a->id.length && b->id.length) return dps_str_equal(a->id, b->id);
    if (!a->name.length || !b->name.length) return false;
    return strcmp(a->country, b->country) == 0 && dps_str_equal(a->name, b->name);
}

static void add_party(struct dps_parties *parties, const struct dps_actor *actor) {
    for (unsigned i = 0; i < parties->count; i++)
        if (dps_match_same_party(parties->list[i], actor)) return;
    if (parties->count < DPS_EVENT_MAX_PARTIES) parties->list[parties->count++] = actor;
}

/* How far a phrase that is no party itself is searched for one. */
enum descent {
    DESCEND_NOT,
    DESCEND_POSSESSOR, /* "die Politik Trumps", "Hunderte von Demonstranten": an actor */
    DESCEND_PHRASE     /* "$60 billion of American goods", "plans for talks with Iran": a recipient */
};

static void parties_of(const struct dps_scene *s, int32_t t, enum descent descent, struct dps_parties *out, int depth);

static void descend(const struct dps_scene *s, int32_t t, enum descent descent, struct dps_parties *out, int depth) {
    const struct dps_parse *p = s->parse;
    struct dps_predicate q;
    dps_argument_read(s, t, DPS_ANCHOR_NOUN, DPS_GENITIVE_SUBJECT, &q);
    unsigned before = out->count;
    for (unsigned i = 0; i < q.n_args; i++)
        if (q.args[i].slot == DPS_SLOT_OF && q.args[i].token != t)
            parties_of(s, q.args[i].token, depth < 2 ? descent : DESCEND_NOT, out, depth + 1);
    for (uint32_t k = p->kid_first[t]; descent == DESCEND_PHRASE && out->count == before && k < p->kid_first[t + 1];
         k++) {
        int32_t kid = (int32_t)p->kid[k];
        enum dps_rel relation = PLAIN(kid);
        if (relation == DPS_REL_NMOD || relation == DPS_REL_AMOD || relation == DPS_REL_COMPOUND ||
            relation == DPS_REL_NUMMOD || relation == DPS_REL_APPOS || relation == DPS_REL_FLAT)
            parties_of(s, kid, descent, out, depth + 1);
    }
    out->indirect |= out->count > before;
}

static void parties_of(const struct dps_scene *s, int32_t t, enum descent descent, struct dps_parties *out, int depth) {
    const struct dps_parse *p = s->parse;
    const struct dps_mention *m = s->mention;
    if (depth > DPS_MAX_DEPTH) return;
    t = dps_clause_antecedent(s, t);
    if (m->actor_of[t] >= 0)
        for (int32_t a = m->actor_of[t]; a >= 0; a = m->actors[a].next) add_party(out, &m->actors[a]);
    else if (descent != DESCEND_NOT)
        descend(s, t, descent, out, depth);
    for (uint32_t k = p->kid_first[t]; k < p->kid_first[t + 1]; k++)
        if (PLAIN((int32_t)p->kid[k]) == DPS_REL_CONJ && !dps_clause_is_verb(p, (int32_t)p->kid[k]))
            parties_of(s, (int32_t)p->kid[k], descent, out, depth + 1);
}

/* The first alternative that names a party. `filled`: did any slot hold words at all? */
static void resolve_role(const struct dps_scene *s, const struct dps_predicate *q, const struct dps_match_result *m,
                         const struct dps_role *role, enum descent descent, const struct dps_parties *except,
                         struct dps_parties *out, bool *filled) {
    for (unsigned i = 0; i < role->count && !out->count; i++) {
        const struct dps_alternative *alternative = &role->alternatives[i];
        for (unsigned j = 0; j < alternative->count; j++) {
            struct dps_tokens tokens = {.count = 0};
            walk(s, q, m, &alternative->paths[j], &tokens);
            struct dps_parties found = {.count = 0};
            for (unsigned k = 0; k < tokens.count; k++) {
                bool clausal = dps_clause_is_verb(s->parse, tokens.at[k]);
                if (filled) *filled = true;
                if (!clausal) parties_of(s, tokens.at[k], descent, &found, 0);
            }
            for (unsigned k = 0; k < found.count; k++) {
                bool taken = false;
                for (unsigned x = 0; except && x < except->count; x++)
                    taken |= dps_match_same_party(except->list[x], found.list[k]);
                if (!taken) add_party(out, found.list[k]);
            }
            out->indirect |= found.indirect;
        }
    }
}

static void resolve_content(const struct dps_scene *s, const struct dps_predicate *q, struct dps_match_result *m,
                            const struct dps_role *role) {
    for (unsigned i = 0; i < role->count && !m->content.count; i++) {
        struct dps_tokens found = {.count = 0};
        for (unsigned j = 0; j < role->alternatives[i].count; j++)
            walk(s, q, m, &role->alternatives[i].paths[j], &found);
        m->content = found;
    }
}

/* ---- conditions ---- */

static bool word_has(const struct dps_scene *s, int32_t t, struct dps_words words) {
    return dps_words_have(words, s->lemma[t]) || dps_words_have(words, s->form[t]);
}

static bool subtree_has(const struct dps_scene *s, int32_t t, struct dps_words words, int depth) {
    const struct dps_parse *p = s->parse;
    if (word_has(s, t, words)) return true;
    if (depth > DEEPEST_SUBTREE) return false;
    for (uint32_t k = p->kid_first[t]; k < p->kid_first[t + 1]; k++)
        if (!dps_clause_is_condition(s, (int32_t)p->kid[k]) && subtree_has(s, (int32_t)p->kid[k], words, depth + 1))
            return true;
    return false;
}

static bool is_noun(const struct dps_parse *p, int32_t t) {
    return p->upos[t] == DPS_UPOS_NOUN || p->upos[t] == DPS_UPOS_PROPN;
}

/* A noun phrase by its head words: the head, what is coordinated with it, and the parts of a compound. */
static bool phrase_has(const struct dps_scene *s, int32_t t, struct dps_words words, int depth) {
    const struct dps_parse *p = s->parse;
    if (word_has(s, t, words)) return true;
    for (uint32_t k = p->kid_first[t]; depth < 8 && k < p->kid_first[t + 1]; k++) {
        int32_t kid = (int32_t)p->kid[k];
        enum dps_rel relation = PLAIN(kid);
        bool part = relation == DPS_REL_CONJ || relation == DPS_REL_COMPOUND || relation == DPS_REL_AMOD ||
                    relation == DPS_REL_FLAT || relation == DPS_REL_FIXED || relation == DPS_REL_DET ||
                    relation == DPS_REL_NUMMOD;
        bool counts =
            !is_noun(p, t) || dps_cue(s, t, DPS_CUE_quantity); /* "most of its sanctions", "thousands of soldiers" */
        if ((relation == DPS_REL_NMOD || relation == DPS_REL_APPOS) && counts) part = true;
        if (part && phrase_has(s, kid, words, depth + 1)) return true;
    }
    return false;
}

static bool sentence_has(const struct dps_scene *s, int32_t t, struct dps_words words) {
    const struct dps_sentence *sentence = &s->parse->text->sentences[s->sentence_of[t]];
    for (uint32_t i = 0; i < sentence->count; i++)
        if (word_has(s, (int32_t)(sentence->first + i), words)) return true;
    return false;
}

static bool has_words(const struct dps_scene *s, const struct dps_path *path, const struct dps_tokens *tokens,
                      struct dps_words words) {
    enum dps_slot last = (enum dps_slot)path->steps[path->count - 1].slot;
    for (unsigned i = 0; i < tokens->count; i++) {
        int32_t t = tokens->at[i];
        bool hit = last == DPS_SLOT_SENTENCE  ? sentence_has(s, t, words)
                   : last == DPS_SLOT_TRIGGER ? word_has(s, t, words) || phrase_has(s, t, words, 7)
                   : last == DPS_SLOT_CONTENT || last == DPS_SLOT_CLAUSE || last == DPS_SLOT_SELF
                       ? subtree_has(s, t, words, 0)
                       : phrase_has(s, t, words, 0);
        if (hit) return true;
    }
    return false;
}

static bool condition_holds(const struct dps_scene *s, const struct dps_match_result *m,
                            const struct dps_condition *condition) {
    struct dps_tokens tokens = {.count = 0};
    walk(s, &m->predicate, m, &condition->slot, &tokens);
    if (!tokens.count) return false;
    switch (condition->test) {
    case DPS_TEST_FILLED:
        return true;
    case DPS_TEST_HAS:
        return has_words(s, &condition->slot, &tokens, condition->words);
    case DPS_TEST_PLACE:
        for (unsigned i = 0; i < tokens.count; i++)
            if (s->mention->place_of[tokens.at[i]] >= 0) return true;
        return false;
    case DPS_TEST_ACTOR:
    case DPS_TEST_SECTOR: {
        struct dps_parties parties = {.count = 0};
        for (unsigned i = 0; i < tokens.count; i++)
            if (!dps_clause_is_verb(s->parse, tokens.at[i])) parties_of(s, tokens.at[i], DESCEND_NOT, &parties, 0);
        if (condition->test == DPS_TEST_ACTOR) return parties.count > 0;
        for (unsigned i = 0; i < parties.count; i++) {
            char sector[4] = {0};
            for (int k = 0; k < 3 && parties.list[i]->sector[k]; k++)
                sector[k] = (char)(parties.list[i]->sector[k] | 32);
            if (dps_words_have(condition->words, dps_str_of(sector))) return true;
        }
        return false;
    }
    }
    return false;
}

bool dps_match_label(const struct dps_scene *s, const struct dps_match_result *m, const struct dps_label *label) {
    return !label->condition || condition_holds(s, m, label->condition);
}

/* ---- a frame ---- */

static bool no(struct dps_buffer *why, const char *reason, const char *detail) {
    if (why) dps_buffer_printf(why, "%s%s", reason, detail);
    return false;
}

static bool political(const struct dps_parties *parties) {
    for (unsigned i = 0; i < parties->count; i++)
        if (parties->list[i]->known && (parties->list[i]->country[0] || parties->list[i]->sector[0])) return true;
    return false;
}

static bool subject_told(const struct dps_predicate *q) {
    for (unsigned i = 0; i < q->n_args; i++)
        if (q->args[i].slot == DPS_SLOT_SUBJ) return true;
    return false;
}

/* "zum Auftakt des Treffens mit Blinken sagte Lawrow": the noun's other party is the subject of its clause. */
static void borrow_subject(const struct dps_scene *s, struct dps_predicate *q) {
    const struct dps_parse *p = s->parse;
    if (subject_told(q)) return;
    int32_t up = p->head[q->trigger];
    for (int i = 0; i < DPS_MAX_DEPTH && up >= 0 && !dps_clause_is_verb(p, up); i++) up = p->head[up];
    if (up < 0) return;
    struct dps_predicate clause;
    dps_argument_read(s, up, DPS_ANCHOR_VERB, DPS_GENITIVE_SUBJECT, &clause);
    for (unsigned i = 0; i < clause.n_args && q->n_args < DPS_MAX_ARGS; i++) {
        struct dps_arg a = clause.args[i];
        bool subject = a.slot == (clause.passive ? DPS_SLOT_OBJ : DPS_SLOT_SUBJ);
        if (subject && s->mention->actor_of[a.token] >= 0 && !dps_clause_under(s, q->trigger, a.token))
            q->args[q->n_args++] =
                (struct dps_arg){.slot = DPS_SLOT_SUBJ, .token = a.token, .prep = DPS_STR(""), .shared = true};
    }
}

static bool conditions_hold(const struct dps_scene *s, const struct dps_frame *f, struct dps_match_result *m,
                            struct dps_buffer *why) {
    for (unsigned i = 0; i < f->n_conditions; i++) {
        const struct dps_condition *condition = &f->conditions[i];
        bool holds = condition_holds(s, m, condition);
        if (holds == condition->forbid)
            return no(why, condition->forbid ? "forbidden: " : "not met: need ", condition->source);
        m->held += !condition->forbid;
    }
    return true;
}

bool dps_match_frame(const struct dps_scene *s, const struct dps_frame *f, const struct dps_predicate *q,
                     struct dps_match_result *m, struct dps_buffer *why) {
    *m = (struct dps_match_result){.frame = f, .predicate = *q, .speaker = DPS_NONE};
    if (f->borrow && q->kind == DPS_ANCHOR_NOUN) borrow_subject(s, &m->predicate);
    q = &m->predicate;
    m->speaker = dps_speaker_find(s, q->clause);
    resolve_content(s, q, m, &f->content);
    bool actor_slot_filled = false;
    resolve_role(s, q, m, &f->actor, DESCEND_POSSESSOR, NULL, &m->actors, &actor_slot_filled);
    resolve_role(s, q, m, &f->recipient, DESCEND_PHRASE, &m->actors, &m->recipients, NULL);
    if (!conditions_hold(s, f, m, why)) return false;
    if (!m->actors.count) {
        bool may_lack = f->agent_free ||
                        (!subject_told(q) && ((q->kind == DPS_ANCHOR_VERB && q->passive) ||
                                              (q->kind == DPS_ANCHOR_NOUN && q->genitive != DPS_GENITIVE_SUBJECT)));
        if (!may_lack) return no(why, actor_slot_filled ? "the actor slot names no party" : "no actor", "");
        if (!m->recipients.count) return no(why, "neither agent nor recipient is a party", "");
        m->agentless = true;
    }
    if (!political(&m->actors) && !political(&m->recipients)) return no(why, "no political party takes part", "");
    unsigned parties = m->actors.count + m->recipients.count;
    if (parties < f->parties) return no(why, "too few parties", "");
    bool plural = f->mutual && m->actors.count == 1 && m->actors.list[0]->number == DPS_NUMBER_PLUR;
    if (dps_str_is(f->type, "CONSULT") && !f->parties && parties < 2 && !plural)
        return no(why, "a meeting needs two parties", "");
    if (q->kind == DPS_ANCHOR_NOUN && q->light < 0) {
        bool enough = parties >= 2 || (m->actors.count && m->content.count) || (m->agentless && m->recipients.count);
        if (!enough) return no(why, "a noun needs two parties, or an actor and content", "");
    }
    return true;
}
