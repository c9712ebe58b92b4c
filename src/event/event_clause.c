/* event_clause.c -- the scene of an article, and looks at its trees; see event_clause.h. Universal Dependencies v2
 * relations. */
#include "event/event_clause.h"

#include "base/utf8.h"

#define REL(t)   ((enum dps_rel)p->rel[t])
#define PLAIN(t) dps_rel_plain((enum dps_rel)p->rel[t])

/* ---- the scene ---- */

struct dps_str dps_scene_join(const struct dps_scene *s, struct dps_str first, const char *between,
                              struct dps_str second) {
    size_t middle = strlen(between);
    char *data = dps_arena_take(s->arena, first.length + middle + second.length + 1);
    if (!data) return first;
    memcpy(data, first.data, first.length);
    memcpy(data + first.length, between, middle);
    memcpy(data + first.length + middle, second.data, second.length);
    return (struct dps_str){data, first.length + middle + second.length};
}

/* The lemma as frames write it: a particle that stands apart is joined ("an" + "bieten", "carry" + " out"). */
static struct dps_str joined_lemma(const struct dps_scene *s, int32_t t) {
    const struct dps_parse *p = s->parse;
    struct dps_str bare = s->lemma[t];
    if (!dps_clause_is_verb(p, t)) return bare;
    for (uint32_t k = p->kid_first[t]; k < p->kid_first[t + 1]; k++) {
        int32_t kid = (int32_t)p->kid[k];
        if (REL(kid) != DPS_REL_COMPOUND_PRT) continue;
        struct dps_str particle = s->form[kid];
        if (!s->frames->particle_joined) return dps_scene_join(s, bare, " ", particle);
        bool joined =
            dps_str_starts(bare, particle) && bare.length > particle.length + 3; /* the lemma has it already */
        return joined ? bare : dps_scene_join(s, particle, "", bare);
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

/* ---- looks at the tree ---- */

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
    return dps_scene_join(s, word, " ", s->form[fixed]);
}

bool dps_clause_under(const struct dps_scene *s, int32_t t, int32_t top) {
    const struct dps_parse *p = s->parse;
    for (int i = 0; t >= 0 && i < DPS_TEXT_MAX_SENTENCE; i++, t = p->head[t])
        if (t == top) return true;
    return false;
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
    bool finite = p->feats[verb].verbform == DPS_VERBFORM_FIN; /* "resigned" needs no auxiliary to be active */
    return (subject_label && !finite) || (participle && subject && !object && is_headline(s, verb));
}

bool dps_clause_is_reflexive(const struct dps_scene *s, int32_t t) {
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

bool dps_clause_opens_condition(const struct dps_scene *s, int32_t aux) {
    const struct dps_parse *p = s->parse;
    int32_t verb = p->head[aux];
    if (!dps_cue(s, aux, DPS_CUE_conditional_first) || verb < aux || p->head[verb] < verb) return false;
    int32_t first = verb, last = verb;
    widen(s, verb, DPS_NONE, &first, &last, 0);
    while (first < aux && p->upos[first] == DPS_UPOS_PUNCT) first++;
    return first == aux; /* and the main clause follows: its verb stands behind */
}

bool dps_clause_is_condition(const struct dps_scene *s, int32_t clause) {
    const struct dps_parse *p = s->parse;
    for (uint32_t k = p->kid_first[clause]; k < p->kid_first[clause + 1]; k++) {
        int32_t kid = (int32_t)p->kid[k];
        bool opens = PLAIN(kid) == DPS_REL_MARK || (PLAIN(kid) == DPS_REL_ADVMOD && kid < clause);
        if (opens && dps_cue(s, kid, DPS_CUE_condition)) return true;
        if (PLAIN(kid) == DPS_REL_AUX && dps_clause_opens_condition(s, kid)) return true;
    }
    return false;
}

int32_t dps_clause_condition(const struct dps_scene *s, int32_t clause) {
    const struct dps_parse *p = s->parse;
    int32_t up = clause;
    for (int i = 0; i < DPS_MAX_DEPTH && up >= 0;
         i++) { /* its own, or that of the clause which it goes on from or stands beside */
        for (uint32_t k = p->kid_first[up]; k < p->kid_first[up + 1]; k++) {
            int32_t kid = (int32_t)p->kid[k];
            enum dps_rel relation = PLAIN(kid);
            bool clausal = relation == DPS_REL_ADVCL || relation == DPS_REL_CCOMP || relation == DPS_REL_PARATAXIS;
            if (clausal && kid != clause && dps_clause_is_condition(s, kid)) return kid;
        }
        if (PLAIN(up) != DPS_REL_CONJ && PLAIN(up) != DPS_REL_CCOMP) break;
        up = p->head[up];
    }
    return DPS_NONE;
}

/* The first word behind the phrase of t. */
static int32_t past(const struct dps_scene *s, int32_t t) {
    int32_t first = t, last = t;
    widen(s, t, DPS_NONE, &first, &last, 0);
    return last + 1;
}

struct dps_span dps_clause_span(const struct dps_scene *s, int32_t t, bool with_preposition) {
    const struct dps_parse *p = s->parse;
    const struct dps_text *text = p->text;
    int32_t first = t, last = t;
    int32_t skip = with_preposition ? DPS_NONE : dps_clause_kid(s, t, DPS_REL_CASE);
    widen(s, t, skip, &first, &last, 0);
    int32_t condition = dps_clause_condition(s, t);
    if (condition >= 0 && condition < t && p->head[condition] == t) { /* "if ..., X will ...": the rest is threatened */
        int32_t rest = past(s, condition);
        if (rest <= t) first = rest; /* a tree whose arcs cross can hang words behind t under the condition */
    }
    while (first < t && (p->upos[first] == DPS_UPOS_PUNCT && text->tokens[first].form.data[0] == ',')) first++;
    while (last > t && p->upos[last] == DPS_UPOS_PUNCT &&
           (text->tokens[last].form.data[0] == ',' || text->tokens[last].form.data[0] == '.'))
        last--;
    const struct dps_sentence *sentence = &text->sentences[s->sentence_of[t]];
    struct dps_span span = {text->tokens[first].start, text->tokens[last].end, {0}};
    span.text = dps_text_span(text, sentence, span.start, span.end);
    return span;
}
