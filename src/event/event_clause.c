/* event_clause.c -- see event_clause.h. Universal Dependencies v2 relations; nothing here knows a language but by its
 * cues. */
#include "event/event_clause.h"

#include "base/utf8.h"

enum { SHARED_OBJECT_REACH = 3 /* words between two verbs that share an object: "condemned and then threatened" */ };

#define REL(t)   ((enum dps_rel)p->rel[t])
#define PLAIN(t) dps_rel_plain((enum dps_rel)p->rel[t])

/* ---- the scene
 * ---------------------------------------------------------------------------------------------------------------------
 */

/* The lemma as frames write it: a particle that stands apart is joined ("an" + "bieten", "carry" + " out"). */
static struct dps_str joined_lemma(const struct dps_scene *s, int32_t t) {
    const struct dps_parse *p = s->parse;
    struct dps_str bare = s->lemma[t];
    if (p->upos[t] != DPS_UPOS_VERB && p->upos[t] != DPS_UPOS_AUX) return bare;
    for (uint32_t k = p->kid_first[t]; k < p->kid_first[t + 1]; k++) {
        int32_t kid = (int32_t)p->kid[k];
        if (REL(kid) != DPS_REL_COMPOUND_PRT) continue;
        struct dps_str particle = s->form[kid];
        bool before = s->frames->particle_joined;
        if (before && dps_str_starts(bare, particle) && bare.length > particle.length + 3)
            return bare; /* the lemma has it already */
        size_t n = particle.length + bare.length + 1;
        char *data = dps_arena_take(s->arena, n + 1);
        if (!data) return bare;
        if (before) {
            memcpy(data, particle.data, particle.length);
            memcpy(data + particle.length, bare.data, bare.length);
            return (struct dps_str){data, n - 1};
        }
        memcpy(data, bare.data, bare.length);
        data[bare.length] = ' ';
        memcpy(data + bare.length + 1, particle.data, particle.length);
        return (struct dps_str){data, n};
    }
    return bare;
}

enum dps_status dps_scene_init(struct dps_scene *s, const struct dps_frames *frames, struct dps_arena *arena,
                               const struct dps_parse *parse, const struct dps_mention *mention,
                               struct dps_error *error) {
    const struct dps_text *text = parse->text;
    uint32_t n = text->n_tokens;
    *s = (struct dps_scene){.frames = frames,
                            .parse = parse,
                            .mention = mention,
                            .arena = arena,
                            .last_speaker = DPS_NONE,
                            .last_speaker_sentence = DPS_NONE};
    s->lemma = DPS_NEW(arena, n, struct dps_str);
    s->form = DPS_NEW(arena, n, struct dps_str);
    s->cues = DPS_NEW(arena, n, uint32_t);
    s->sentence_of = DPS_NEW(arena, n, int32_t);
    if (!s->lemma || !s->form || !s->cues || !s->sentence_of) goto memory;
    for (uint32_t t = 0; t < n; t++) {
        s->lemma[t] = dps_utf8_fold(arena, parse->lemma[t]);
        s->form[t] = dps_utf8_fold(arena, text->tokens[t].form);
        if (!s->lemma[t].data || !s->form[t].data) goto memory;
    }
    for (uint32_t t = 0; t < n; t++) s->lemma[t] = joined_lemma(s, (int32_t)t);
    for (uint32_t t = 0; t < n; t++)
        s->cues[t] = dps_frames_cues(frames, s->lemma[t]) | dps_frames_cues(frames, s->form[t]);
    for (uint32_t i = 0; i < text->n_sentences; i++)
        for (uint32_t t = 0; t < text->sentences[i].count; t++)
            s->sentence_of[text->sentences[i].first + t] = (int32_t)i;
    return DPS_OK;
memory:
    return dps_error_set(error, DPS_MEMORY, "out of memory coding an article");
}

/* ---- looks at the tree
 * ------------------------------------------------------------------------------------------------------------- */

int32_t dps_clause_kid(const struct dps_scene *s, int32_t t, enum dps_rel relation) {
    const struct dps_parse *p = s->parse;
    for (uint32_t k = p->kid_first[t]; k < p->kid_first[t + 1]; k++) {
        int32_t kid = (int32_t)p->kid[k];
        if (REL(kid) == relation || PLAIN(kid) == relation) return kid;
    }
    return DPS_NONE;
}

struct dps_str dps_clause_prep(const struct dps_scene *s, int32_t t) {
    const struct dps_parse *p = s->parse;
    int32_t adposition = dps_clause_kid(s, t, DPS_REL_CASE);
    if (adposition < 0) return DPS_STR("");
    int32_t fixed = dps_clause_kid(s, adposition, DPS_REL_FIXED);
    /* prepositions are compared by form when the lemma is odd (im -> in is the parser's lemma) */
    struct dps_str word = p->upos[adposition] == DPS_UPOS_ADP ? s->lemma[adposition] : s->form[adposition];
    if (fixed < 0) return word;
    char *data = dps_arena_take(s->arena, word.length + s->form[fixed].length + 2);
    if (!data) return word;
    memcpy(data, word.data, word.length);
    data[word.length] = ' ';
    memcpy(data + word.length + 1, s->form[fixed].data, s->form[fixed].length);
    return (struct dps_str){data, word.length + 1 + s->form[fixed].length};
}

bool dps_clause_under(const struct dps_scene *s, int32_t t, int32_t top) {
    const struct dps_parse *p = s->parse;
    for (int i = 0; t >= 0 && i < DPS_TEXT_MAX_SENTENCE; i++, t = p->head[t])
        if (t == top) return true;
    return false;
}

static bool is_verb(const struct dps_parse *p, int32_t t) {
    return p->upos[t] == DPS_UPOS_VERB || p->upos[t] == DPS_UPOS_AUX;
}

int32_t dps_clause_head(const struct dps_scene *s, int32_t t) {
    const struct dps_parse *p = s->parse;
    for (int i = 0; i < DPS_TEXT_MAX_SENTENCE && p->head[t] >= 0; i++) {
        if (is_verb(p, t) && PLAIN(t) != DPS_REL_AUX && PLAIN(t) != DPS_REL_COP) return t;
        if (dps_clause_kid(s, t, DPS_REL_NSUBJ) >= 0 || dps_clause_kid(s, t, DPS_REL_COP) >= 0) return t;
        t = p->head[t];
    }
    return t;
}

int32_t dps_clause_antecedent(const struct dps_scene *s, int32_t t) {
    const struct dps_parse *p = s->parse;
    bool relative =
        p->feats[t].prontype == DPS_PRON_RELATIVE || (dps_cue(s, t, DPS_CUE_relative) && p->upos[t] != DPS_UPOS_DET);
    if (!relative) return t;
    int32_t up = t;
    for (int i = 0; i < DPS_MAX_DEPTH && up >= 0; i++, up = p->head[up])
        if (PLAIN(up) == DPS_REL_ACL && p->head[up] >= 0 && p->head[up] < t) return p->head[up];
    return t;
}

static bool is_headline(const struct dps_scene *s, int32_t t) {
    return s->parse->text->sentences[s->sentence_of[t]].kind != DPS_SENTENCE_BODY;
}

/* The auxiliaries decide before the parser's labels: "have arrested" and "war abgezogen" are no passives whatever the
 * subject is called. A participle without any auxiliary is one if labelled so, or in a headline ("General
 * festgenommen"). */
bool dps_clause_is_passive(const struct dps_scene *s, int32_t verb) {
    const struct dps_parse *p = s->parse;
    bool participle = p->feats[verb].verbform == DPS_VERBFORM_PART && p->feats[verb].tense != DPS_TENSE_PRES;
    bool any_aux = false, cue = false, aux_label = false, subject_label = false, subject = false, object = false;
    for (uint32_t k = p->kid_first[verb]; k < p->kid_first[verb + 1]; k++) {
        int32_t kid = (int32_t)p->kid[k];
        subject_label |= REL(kid) == DPS_REL_NSUBJ_PASS || REL(kid) == DPS_REL_CSUBJ_PASS;
        subject |= PLAIN(kid) == DPS_REL_NSUBJ;
        object |= PLAIN(kid) == DPS_REL_OBJ;
        if (PLAIN(kid) != DPS_REL_AUX) continue;
        any_aux = true;
        cue |= dps_cue(s, kid, DPS_CUE_passive_aux);
        aux_label |= REL(kid) == DPS_REL_AUX_PASS;
    }
    if (any_aux) return (cue && (participle || subject_label || aux_label)) || (aux_label && subject_label);
    return subject_label || (participle && subject && !object && is_headline(s, verb));
}

static bool is_reflexive_word(const struct dps_scene *s, int32_t t) {
    return dps_cue(s, t, DPS_CUE_reflexive) || s->parse->feats[t].reflex;
}

static void widen(const struct dps_scene *s, int32_t t, int32_t skip, int32_t *first, int32_t *last, int depth) {
    const struct dps_parse *p = s->parse;
    if (t < *first) *first = t;
    if (t > *last) *last = t;
    if (depth > DPS_TEXT_MAX_SENTENCE) return;
    for (uint32_t k = p->kid_first[t]; k < p->kid_first[t + 1]; k++)
        if ((int32_t)p->kid[k] != skip) widen(s, (int32_t)p->kid[k], skip, first, last, depth + 1);
}

struct dps_span dps_clause_span(const struct dps_scene *s, int32_t t, bool with_preposition) {
    const struct dps_parse *p = s->parse;
    const struct dps_text *text = p->text;
    int32_t first = t, last = t;
    int32_t skip = with_preposition ? DPS_NONE : dps_clause_kid(s, t, DPS_REL_CASE);
    widen(s, t, skip, &first, &last, 0);
    while (first < t && (p->upos[first] == DPS_UPOS_PUNCT && text->tokens[first].form.data[0] == ',')) first++;
    while (last > t && p->upos[last] == DPS_UPOS_PUNCT &&
           (text->tokens[last].form.data[0] == ',' || text->tokens[last].form.data[0] == '.'))
        last--;
    const struct dps_sentence *sentence = &text->sentences[s->sentence_of[t]];
    struct dps_span span = {text->tokens[first].start, text->tokens[last].end, {0}};
    span.text = dps_text_span(text, sentence, span.start, span.end);
    return span;
}

/* ---- arguments
 * ---------------------------------------------------------------------------------------------------------------------
 */

static void add(struct dps_predicate *q, enum dps_slot slot, int32_t token, struct dps_str prep, bool shared) {
    for (unsigned i = 0; i < q->n_args; i++)
        if (q->args[i].token == token && q->args[i].slot == slot) return;
    if (q->n_args < DPS_MAX_ARGS)
        q->args[q->n_args++] = (struct dps_arg){.slot = (uint8_t)slot, .token = token, .prep = prep, .shared = shared};
}

static bool has(const struct dps_predicate *q, enum dps_slot slot) {
    for (unsigned i = 0; i < q->n_args; i++)
        if (q->args[i].slot == slot) return true;
    return false;
}

static bool has_cue(const struct dps_scene *s, struct dps_str word, enum dps_cue cue) {
    return word.length && dps_frames_cues(s->frames, word) >> cue & 1;
}
static bool is_agent_prep(const struct dps_scene *s, struct dps_str prep) {
    return has_cue(s, prep, DPS_CUE_agent);
}
static bool names_party(const struct dps_scene *s, int32_t t) {
    return s->mention->actor_of[t] >= 0;
}

/* One child of a verb. */
static void verb_argument(const struct dps_scene *s, struct dps_predicate *q, int32_t kid, bool shared) {
    const struct dps_parse *p = s->parse;
    struct dps_str none = DPS_STR("");
    switch (REL(kid)) {
    case DPS_REL_NSUBJ_PASS:
        add(q, q->passive ? DPS_SLOT_OBJ : DPS_SLOT_SUBJ, kid, none, shared);
        return;
    case DPS_REL_OBL_AGENT:
        add(q, q->passive ? DPS_SLOT_SUBJ : DPS_SLOT_OBL, kid, dps_clause_prep(s, kid), shared);
        return;
    case DPS_REL_EXPL:
    case DPS_REL_EXPL_PV:
        q->reflexive |= is_reflexive_word(s, kid);
        return;
    default:
        break;
    }
    switch (PLAIN(kid)) {
    case DPS_REL_NSUBJ:
        add(q, q->passive ? DPS_SLOT_OBJ : DPS_SLOT_SUBJ, kid, none, shared);
        return;
    case DPS_REL_OBJ:
        if (is_reflexive_word(s, kid))
            q->reflexive = true;
        else
            add(q, DPS_SLOT_OBJ, kid, none, shared);
        return;
    case DPS_REL_IOBJ:
        if (!is_reflexive_word(s, kid)) add(q, DPS_SLOT_IOBJ, kid, none, shared);
        return;
    case DPS_REL_OBL:
    case DPS_REL_NMOD: {
        struct dps_str prep = dps_clause_prep(s, kid);
        if (q->passive && is_agent_prep(s, prep) && names_party(s, kid))
            add(q, DPS_SLOT_SUBJ, kid, prep, shared);
        else if (!prep.length && REL(kid) == DPS_REL_OBL_ARG)
            add(q, DPS_SLOT_IOBJ, kid, none, shared);
        else
            add(q, DPS_SLOT_OBL, kid, prep, shared);
        return;
    }
    case DPS_REL_CCOMP:
    case DPS_REL_XCOMP:
    case DPS_REL_CSUBJ:
        add(q, DPS_SLOT_CLAUSE, kid, none, shared);
        return;
    case DPS_REL_ADVCL: { /* a gerund behind a preposition: "accused China of harassing ships" */
        int32_t mark = dps_clause_kid(s, kid, DPS_REL_MARK);
        if (mark >= 0 && p->feats[kid].verbform != DPS_VERBFORM_FIN && p->feats[kid].verbform != DPS_VERBFORM_INF)
            add(q, DPS_SLOT_OBL, kid, s->form[mark], shared);
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

static void share_subject(const struct dps_scene *s, struct dps_predicate *q, int32_t verb, int depth);
static void own_arguments(const struct dps_scene *s, struct dps_predicate *q, int32_t verb);

/* The subject (deep) of the clause of `verb`, added to q as `slot`. */
static void subject_of(const struct dps_scene *s, struct dps_predicate *q, int32_t verb, enum dps_slot slot,
                       int depth) {
    struct dps_predicate other = {
        .trigger = verb, .clause = verb, .light = DPS_NONE, .passive = dps_clause_is_passive(s, verb)};
    own_arguments(s, &other, verb);
    /* what stands as grammatical subject: of a passive that is the deep object */
    enum dps_slot wanted = other.passive ? DPS_SLOT_OBJ : DPS_SLOT_SUBJ;
    if (!has(&other, wanted) && depth < DPS_MAX_DEPTH) {
        share_subject(s, &other, verb, depth + 1);
        wanted = has(&other, wanted) ? wanted : DPS_SLOT_SUBJ;
    }
    for (unsigned i = 0; i < other.n_args; i++)
        if (other.args[i].slot == wanted) add(q, slot, other.args[i].token, DPS_STR(""), true);
}

static void object_of(const struct dps_scene *s, struct dps_predicate *q, int32_t verb, enum dps_slot slot) {
    const struct dps_parse *p = s->parse;
    for (uint32_t k = p->kid_first[verb]; k < p->kid_first[verb + 1]; k++) {
        int32_t kid = (int32_t)p->kid[k];
        bool object = PLAIN(kid) == DPS_REL_OBJ || PLAIN(kid) == DPS_REL_IOBJ || REL(kid) == DPS_REL_NSUBJ_PASS ||
                      REL(kid) == DPS_REL_OBL_ARG;
        if (object && !is_reflexive_word(s, kid)) add(q, slot, kid, DPS_STR(""), true);
    }
}

/* "Soldiers burned villages, the UN said": the verb of saying has a subject too many, the first is this clause's. */
static void stolen_subject(const struct dps_scene *s, struct dps_predicate *q, int32_t verb, enum dps_slot slot) {
    const struct dps_parse *p = s->parse;
    int32_t head = p->head[verb], first = DPS_NONE;
    unsigned subjects = 0;
    for (uint32_t k = p->kid_first[head]; k < p->kid_first[head + 1]; k++)
        if (PLAIN((int32_t)p->kid[k]) == DPS_REL_NSUBJ && subjects++ == 0) first = (int32_t)p->kid[k];
    if (subjects > 1 && first < verb) add(q, slot, first, DPS_STR(""), true);
}

/* A clause without a subject of its own takes one from where grammar says. */
static void share_subject(const struct dps_scene *s, struct dps_predicate *q, int32_t verb, int depth) {
    const struct dps_parse *p = s->parse;
    int32_t head = p->head[verb];
    if (head < 0 || depth > DPS_MAX_DEPTH) return;
    enum dps_slot slot = q->passive ? DPS_SLOT_OBJ : DPS_SLOT_SUBJ;
    if (has(q, slot)) return;
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
            stolen_subject(s, q, verb, slot);
            return;
        }
        if (dps_cue(s, head, DPS_CUE_object_control) &&
            (PLAIN(verb) != DPS_REL_ADVCL || dps_clause_kid(s, verb, DPS_REL_MARK) >= 0)) {
            object_of(s, q, head, slot);
            if (has(q, slot)) return;
        }
        subject_of(s, q, head, slot, depth);
        return;
    case DPS_REL_ACL: /* participle: "troops sent by", "Soldaten, stationiert in"; "countries seeking" */
        if (REL(verb) == DPS_REL_ACL_RELCL && p->feats[verb].verbform == DPS_VERBFORM_FIN) return;
        if (p->feats[verb].verbform == DPS_VERBFORM_INF || !is_verb(p, head)) {
            if (past_participle) {
                q->passive = true;
                add(q, DPS_SLOT_OBJ, head, DPS_STR(""), true);
            } else if (p->feats[verb].verbform == DPS_VERBFORM_PART || p->feats[verb].verbform == DPS_VERBFORM_GER)
                add(q, DPS_SLOT_SUBJ, head, DPS_STR(""), true);
        }
        return;
    case DPS_REL_AMOD: /* attributive participle: "die von Russland besetzte Krim" */
        if (past_participle) q->passive = true;
        add(q, past_participle ? DPS_SLOT_OBJ : DPS_SLOT_SUBJ, head, DPS_STR(""), true);
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
        if (a->slot == DPS_SLOT_OBL && is_agent_prep(s, a->prep) && names_party(s, a->token)) a->slot = DPS_SLOT_SUBJ;
    }
}

/* Does one of the arguments hold the relative pronoun of the clause? */
static bool has_relative(const struct dps_scene *s, const struct dps_predicate *q, int32_t verb) {
    for (unsigned i = 0; i < q->n_args; i++)
        if (dps_clause_antecedent(s, q->args[i].token) == s->parse->head[verb]) return true;
    return false;
}

/* ---- mending what the parser confuses: core arguments are known by their number as well as by their labels ---- */

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
    return (u == DPS_UPOS_PRON || u == DPS_UPOS_DET) && !names_party(s, t);
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
                           (is_pronoun_of_no_party(s, a) && names_party(s, b));
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
    return names_party(s, t) && s->mention->time_of[t] < 0 && dps_clause_kid(s, t, DPS_REL_CASE) < 0;
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
        if (kid < verb && !has(q, DPS_SLOT_SUBJ))
            add(q, DPS_SLOT_SUBJ, kid, DPS_STR(""), false);
        else if (kid > verb && !has(q, DPS_SLOT_OBJ) && !has(q, DPS_SLOT_CLAUSE))
            add(q, DPS_SLOT_OBJ, kid, DPS_STR(""), false);
    }
}

static int nth_plain(const struct dps_predicate *q, enum dps_slot slot, int n) {
    for (unsigned i = 0; i < q->n_args; i++)
        if (q->args[i].slot == slot && !q->args[i].shared && !q->args[i].prep.length && n-- == 0) return (int)i;
    return -1;
}

/* A finite clause of its own that ought to have a subject. */
static bool lacks_subject(const struct dps_scene *s, const struct dps_predicate *q) {
    const struct dps_parse *p = s->parse;
    if (has(q, DPS_SLOT_SUBJ) || p->feats[q->trigger].verbform == DPS_VERBFORM_INF) return false;
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
    if (other >= 0 && names_party(s, q->args[object].token)) {
        if (lacks)
            q->args[object].slot = DPS_SLOT_SUBJ;
        else if (!has(q, DPS_SLOT_IOBJ) && !plainly_accusative(s, q->args[object].token))
            q->args[object].slot = DPS_SLOT_IOBJ;
        return;
    }
    for (int n = 0, bare; (bare = nth_plain(q, DPS_SLOT_OBL, n)) >= 0; n++) {
        struct dps_arg *a = &q->args[bare];
        bool party = names_party(s, a->token);
        if (lacks && party)
            a->slot = DPS_SLOT_SUBJ;
        else if (!lacks && object < 0 && !has(q, DPS_SLOT_CLAUSE))
            a->slot = DPS_SLOT_OBJ;
        else if (object >= 0 && party && !has(q, DPS_SLOT_IOBJ))
            a->slot = DPS_SLOT_IOBJ;
        else
            continue;
        return;
    }
}

/* "ist bereit, Geld bereitzustellen": an infinitive that the parser took for a conjunct, without a conjunction. */
static bool conjunct_infinitive(const struct dps_scene *s, int32_t kid, int32_t head) {
    const struct dps_parse *p = s->parse;
    return PLAIN(kid) == DPS_REL_CONJ && kid > head && p->feats[kid].verbform == DPS_VERBFORM_INF &&
           p->feats[head].verbform != DPS_VERBFORM_INF && dps_clause_kid(s, kid, DPS_REL_CC) < 0 &&
           dps_clause_kid(s, kid, DPS_REL_AUX) < 0;
}

/* "sagte der Währungsfonds der Ukraine Kredite zu": a name has no genitive; what the parser hung on it as one is the
 * dative of the verb. */
static void datives_behind_names(const struct dps_scene *s, struct dps_predicate *q) {
    const struct dps_parse *p = s->parse;
    unsigned n = q->n_args;
    if (has(q, DPS_SLOT_IOBJ) || q->passive) return;
    for (unsigned i = 0; i < n; i++) {
        int32_t t = q->args[i].token;
        int32_t actor = s->mention->actor_of[t];
        if (q->args[i].slot != DPS_SLOT_SUBJ || actor < 0 || s->mention->actors[actor].form != DPS_ACTOR_NAME) continue;
        for (uint32_t k = p->kid_first[t]; k < p->kid_first[t + 1]; k++) {
            int32_t kid = (int32_t)p->kid[k];
            if (REL(kid) == DPS_REL_NMOD && kid > t && names_party(s, kid) && !dps_clause_prep(s, kid).length)
                add(q, DPS_SLOT_IOBJ, kid, DPS_STR(""), true);
        }
    }
}

/* What hangs on the verb itself, mended. */
static void own_arguments(const struct dps_scene *s, struct dps_predicate *q, int32_t verb) {
    clause_arguments(s, q, verb, false);
    forget_time_subjects(s, q);
    settle_two_subjects(s, q);
    datives_behind_names(s, q);
    settle_bare(s, q);
    adopt_strays(s, q, verb);
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
    for (uint32_t k = p->kid_first[verb]; !has(q, DPS_SLOT_CLAUSE) && k < p->kid_first[verb + 1]; k++) {
        int32_t kid = (int32_t)p->kid[k];
        if ((PLAIN(kid) == DPS_REL_ADVCL && kid > verb && p->feats[kid].verbform == DPS_VERBFORM_INF) ||
            conjunct_infinitive(s, kid, verb))
            add(q, DPS_SLOT_CLAUSE, kid, DPS_STR(""), false);
    }
    /* "a trip Tokyo condemned": a relative clause without a pronoun lacks the object that it modifies */
    if (REL(verb) == DPS_REL_ACL_RELCL && !q->passive && has(q, DPS_SLOT_SUBJ) && !has(q, DPS_SLOT_OBJ) &&
        !has(q, DPS_SLOT_CLAUSE) && !has_relative(s, q, verb))
        add(q, DPS_SLOT_OBJ, p->head[verb], DPS_STR(""), true);
    /* shared objects of coordinated verbs: "verurteilte und bedrohte die Nachbarn" */
    if (!has(q, DPS_SLOT_OBJ) && !has(q, DPS_SLOT_CLAUSE))
        for (uint32_t k = p->kid_first[verb]; k < p->kid_first[verb + 1]; k++) {
            int32_t kid = (int32_t)p->kid[k];
            if (PLAIN(kid) == DPS_REL_CONJ && kid <= verb + SHARED_OBJECT_REACH && is_verb(p, kid) &&
                !dps_clause_is_passive(s, kid) && dps_clause_kid(s, kid, DPS_REL_NSUBJ) < 0)
                object_of(s, q, kid, DPS_SLOT_OBJ);
        }
}

/* "zum Auftakt des Treffens eine Antwort der USA": a genitive belongs to the noun that it follows, whatever the parser
 * says. The word right before the phrase of `kid`, or -1. */
static int32_t word_before(const struct dps_scene *s, int32_t kid) {
    int32_t j = kid - 1;
    while (j >= 0 && s->parse->head[j] == kid) j--;
    return j;
}

static bool misplaced_genitive(const struct dps_scene *s, int32_t kid) {
    const struct dps_parse *p = s->parse;
    if (PLAIN(kid) != DPS_REL_NMOD || REL(kid) == DPS_REL_NMOD_POSS || dps_clause_prep(s, kid).length) return false;
    int32_t head = p->head[kid], before = word_before(s, kid);
    return head >= 0 && before > head && p->upos[before] == DPS_UPOS_NOUN && !dps_clause_under(s, before, head);
}

static void adopt_genitive(const struct dps_scene *s, struct dps_predicate *q) {
    const int32_t reach = 6; /* "der USA", "der neuen Regierung" */
    int32_t n = (int32_t)s->parse->text->n_tokens;
    for (int32_t t = q->trigger + 1; t < n && t < q->trigger + reach; t++)
        if (word_before(s, t) == q->trigger && misplaced_genitive(s, t)) add(q, DPS_SLOT_OF, t, DPS_STR(""), false);
}

/* One child of a noun. */
static void noun_argument(const struct dps_scene *s, struct dps_predicate *q, int32_t kid) {
    const struct dps_parse *p = s->parse;
    struct dps_str prep = dps_clause_prep(s, kid);
    bool like_of = prep.length && dps_frames_cues(s->frames, prep) >> DPS_CUE_of & 1;
    switch (PLAIN(kid)) {
    case DPS_REL_NMOD:
    case DPS_REL_OBL: {
        if (misplaced_genitive(s, kid)) return;
        if (REL(kid) == DPS_REL_NMOD_POSS || !prep.length) {
            add(q, DPS_SLOT_OF, kid, DPS_STR(""), false);
        } else if (like_of)
            add(q, DPS_SLOT_OF, kid, prep, false);
        if (prep.length) add(q, is_agent_prep(s, prep) && !like_of ? DPS_SLOT_SUBJ : DPS_SLOT_OBL, kid, prep, false);
        return;
    }
    case DPS_REL_DET:
    case DPS_REL_AMOD:
    case DPS_REL_COMPOUND:
    case DPS_REL_NUMMOD:
    case DPS_REL_FLAT:
        if (names_party(s, kid))
            add(q, DPS_SLOT_OF, kid, DPS_STR("@"), false); /* '@': an adjective, possessive or compound */
        return;
    case DPS_REL_APPOS: /* a name behind an event noun is mostly a genitive the parser missed: "die Festnahme Nawalnys"
                         */
        if (names_party(s, kid)) add(q, DPS_SLOT_OF, kid, DPS_STR(""), false);
        return;
    case DPS_REL_ACL:
    case DPS_REL_CCOMP:
    case DPS_REL_XCOMP:
        if (REL(kid) != DPS_REL_ACL_RELCL &&
            (p->feats[kid].verbform != DPS_VERBFORM_PART || dps_clause_kid(s, kid, DPS_REL_MARK) >= 0))
            add(q, DPS_SLOT_CLAUSE, kid, DPS_STR(""), false);
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
            if (PLAIN(kid) != DPS_REL_NMOD || !prep.length || !names_party(s, kid)) continue;
            if (has_cue(s, prep, DPS_CUE_of)) continue;
            add(q, is_agent_prep(s, prep) ? DPS_SLOT_SUBJ : DPS_SLOT_OBL, kid, prep, true);
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
        add(q, object ? DPS_SLOT_OBJ : DPS_SLOT_SUBJ, a.token, DPS_STR(""), false);
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
        if (a.slot == DPS_SLOT_SUBJ && has(q, DPS_SLOT_SUBJ) && q->genitive == DPS_GENITIVE_SUBJECT) continue;
        add(q, (enum dps_slot)a.slot, a.token, a.prep, true);
    }
}

/* "called off the strike": where the parser took the particle for a preposition, its phrase is the object. */
void dps_clause_join_particle(struct dps_predicate *q, struct dps_str particle) {
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
            conjunct_infinitive(s, kid, adjective))
            add(q, DPS_SLOT_CLAUSE, kid, DPS_STR(""), false);
    }
}

void dps_clause_read(const struct dps_scene *s, int32_t trigger, enum dps_anchor_kind kind, enum dps_genitive genitive,
                     struct dps_predicate *q) {
    const struct dps_parse *p = s->parse;
    *q = (struct dps_predicate){
        .trigger = trigger, .clause = trigger, .light = DPS_NONE, .kind = kind, .genitive = genitive};
    switch (kind) {
    case DPS_ANCHOR_VERB:
        read_verb(s, q, trigger);
        break;
    case DPS_ANCHOR_AUX: {
        int32_t head = p->head[trigger] >= 0 && PLAIN(trigger) == DPS_REL_AUX ? p->head[trigger] : trigger;
        if (is_verb(p, head))
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
        if (names_party(s, trigger))
            add(q, DPS_SLOT_OF, trigger, DPS_STR("@"), false); /* "US-Sanktionen": the compound's first part */
        adopt_genitive(s, q);
        nested_phrases(s, q);
        settle_of(q);
        read_light(s, q);
        break;
    }
    for (unsigned i = 0; i < q->n_args; i++)
        if (q->args[i].slot != DPS_SLOT_CLAUSE) q->args[i].token = dps_clause_antecedent(s, q->args[i].token);
}
