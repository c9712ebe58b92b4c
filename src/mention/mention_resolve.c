/* mention_resolve.c -- who is meant: gives each nominal its parties, with country, sector, office and antecedent.
 *
 * In: nominals in the order of the text. Out: their parties. How: first each name's reading is chosen (person, country, town of the same name)
 * by what the article speaks of; then the nominals are resolved in order, possessors before what they possess. A role noun's country is taken from,
 * in this order: the words of the nominal (US-, russisch, Russlands, in Moskau), its person, the same role earlier in the article, the place of
 * its clause, the country that the article is most about at this point.
 * Limits: pronouns look MENTION_REACH sentences back; possessors nest MENTION_MAX_DEPTH deep.
 */
#include "mention/mention_local.h"

#include "base/utf8.h"

#include <math.h>

static const float FOCUS_AHEAD = 0.25F; /* share of the whole article's counts in what is in the fore: a reader has only what came before */

enum { SMALL_TOWN = 250000 /* people; smaller towns need a sign that a town is meant: many words are towns somewhere */ };
static const float NEAR_BONUS = 5.0F; /* for pairs: what was named just now counts more */

static void resolve(struct mention_work *w, uint32_t index, int depth);

static enum dps_status no_memory(struct dps_error *error) {
    return dps_error_set(error, DPS_MEMORY, "no memory to resolve the mentions of the article");
}

/* ---- what the article is about ---- */

static int find_country(const struct mention_work *w, struct dps_str code) {
    for (uint32_t i = 0; i < w->n_countries; i++)
        if (code.length == 3 && memcmp(w->countries[i].code, code.data, 3) == 0) return (int)i;
    return -1;
}

bool mention_country_listed(const struct mention_work *w, struct dps_str code) { return find_country(w, code) >= 0; }

static void count_country(struct mention_work *w, struct dps_str code, float weight, uint32_t sentence) {
    if (code.length != 3 || code.data[0] == '-') return;
    int at = find_country(w, code);
    if (at < 0) {
        if (w->n_countries >= MENTION_MAX_COUNTRIES) return;
        struct dps_entity entity;
        at = (int)w->n_countries++;
        (void)mention_code(w->countries[at].code, code);
        w->countries[at].first = sentence;
        w->countries[at].weight = 0;
        w->countries[at].last = 0;
        w->countries[at].real = dps_know_country(w->know, code, &entity);
    }
    w->countries[at].weight += weight;
}

static void see_country(struct mention_work *w, struct dps_str code, float weight, uint32_t sentence) {
    int at = find_country(w, code);
    if (at < 0) return;
    w->countries[at].last = sentence + 1;
    w->countries[at].told += weight;
}

/* The country in the fore at a sentence: what the whole article names most, helped by what was named just now. */
static int focus_near(const struct mention_work *w, uint32_t sentence, struct dps_str except, float near) {
    int best = -1;
    float best_score = 0;
    for (uint32_t i = 0; i < w->n_countries; i++) {
        if (!w->countries[i].real || (except.length == 3 && memcmp(w->countries[i].code, except.data, 3) == 0)) continue;
        float score = w->countries[i].told + FOCUS_AHEAD * w->countries[i].weight;
        uint32_t last = w->countries[i].last;
        if (last == sentence + 1) score += near;
        else if (last == sentence) score += 0.5F * near;
        if (best < 0 || score > best_score) best = (int)i, best_score = score;
    }
    return best;
}

static int focus(const struct mention_work *w, uint32_t sentence, struct dps_str except) { return focus_near(w, sentence, except, 2.0F); }

/* ---- readings of names ---- */

static bool is_named(const struct mention_work *w, struct dps_str id) {
    for (uint32_t i = 0; i < w->n_named; i++)
        if (dps_str_equal(w->named[i], id)) return true;
    return false;
}

static bool holds(struct dps_date from, struct dps_date to, struct dps_date day) {
    if (!dps_date_known(day)) return !dps_date_known(to);
    if (dps_date_known(from) && dps_date_compare(day, from) < 0) return false;
    return !dps_date_known(to) || dps_date_compare(day, to) <= 0;
}

static struct dps_str country_code(const struct dps_entity *entity) {
    return entity->kind == DPS_ENTITY_COUNTRY && entity->id.length == 3 ? entity->id : entity->country;
}

/* Is a word of place before the name: in, nach, of a town? */
static uint32_t case_cues(const struct mention_work *w, uint32_t t) {
    int32_t at = mention_case_of(w, t);
    if (at < 0 && t > 0 && w->sentence_of[t - 1] == w->sentence_of[t] && w->parse->upos[t - 1] == DPS_UPOS_ADP) at = (int32_t)t - 1;
    return at < 0 ? 0 : w->spots[at].cues;
}

static float rate(const struct mention_work *w, const struct nominal *n, uint32_t t, const struct dps_match *m) {
    const struct dps_entity *e = &m->entity;
    bool role = n && n->role && n->role->nature == DPS_NATURE_PERSON;
    bool place = case_cues(w, t) & MENTION_CUE_LOCATIVE;
    switch (e->kind) {
    case DPS_ENTITY_COUNTRY: return m->alias == DPS_ALIAS_CAPITAL ? 85.0F : 100.0F;
    case DPS_ENTITY_ORG: return holds(e->from, e->to, w->anchor) ? 90.0F : 5.0F;
    case DPS_ENTITY_PERSON: {
        struct dps_office office;
        float score = m->alias == DPS_ALIAS_SURNAME ? 68.0F : 95.0F;
        bool any = dps_know_office_on(w->know, e, w->anchor, &office);
        if (is_named(w, e->id)) score += 25.0F;
        if (any && !office.former) score += 10.0F;
        if (any && n && n->role && n->role->office.length && dps_str_equal(n->role->office, office.office)) score += 12.0F;
        if (any && mention_country_listed(w, office.country)) {
            int at = find_country(w, office.country);
            score += 6.0F + fminf(w->countries[at].weight, 6.0F) * 0.5F;
        }
        if (m->alias == DPS_ALIAS_SURNAME && w->parse->upos[t] == DPS_UPOS_NOUN && !role && !is_named(w, e->id)) score -= 60.0F;
        if (role) score += 40.0F;
        if (place) score -= 30.0F;
        return score;
    }
    case DPS_ENTITY_PLACE: {
        float score = 40.0F + 3.0F * log10f(1.0F + (float)e->population);
        if (mention_country_listed(w, e->country)) score += 15.0F;
        else if (!place && e->population && e->population < SMALL_TOWN && m->n_tokens == 1) score -= 40.0F;
        return place ? score + 30.0F : role ? score - 40.0F : score;
    }
    }
    return 0;
}

/* The likeliest reading; NULL if none is likely enough to stand. */
static struct dps_match *choose(const struct mention_work *w, const struct nominal *n, uint32_t t) {
    const struct mention_spot *s = &w->spots[t];
    struct dps_match *best = NULL;
    float best_score = 20.0F;
    for (uint32_t i = 0; i < s->n_matches; i++) {
        float score = rate(w, n, t, &s->matches[i]);
        if (score > best_score) best = &s->matches[i], best_score = score;
    }
    return best;
}

/* How much a name's place in the clause tells of what the article is about: subjects most, mere places least. */
static float role_weight(const struct mention_work *w, uint32_t t) {
    switch (dps_rel_plain(w->parse->rel[t])) {
    case DPS_REL_NSUBJ: return 1.4F;
    case DPS_REL_OBL: return case_cues(w, t) & MENTION_CUE_LOCATIVE ? 0.8F : 0.5F;
    case DPS_REL_NMOD: return 0.8F;
    default: return 1.0F;
    }
}

/* First look over the article: persons named in full, countries named beyond doubt. */
static void survey(struct mention_work *w) {
    for (uint32_t t = 0; t < w->text->n_tokens; t++) {
        const struct mention_spot *s = &w->spots[t];
        bool title = w->text->sentences[w->sentence_of[t]].kind == DPS_SENTENCE_TITLE;
        float weight = (title ? 2.0F : 1.0F) * role_weight(w, t);
        if (s->modifier && s->modifier->entity.kind == DPS_ENTITY_COUNTRY) count_country(w, country_code(&s->modifier->entity), weight, w->sentence_of[t]);
        if (s->prefix_country.length) count_country(w, s->prefix_country, weight, w->sentence_of[t]);
        if (s->name_start != (int32_t)t) continue;
        for (uint32_t i = 0; i < s->n_matches; i++) {
            const struct dps_match *m = &s->matches[i];
            if (m->entity.kind == DPS_ENTITY_COUNTRY) {
                float factor = m->alias == DPS_ALIAS_NAME ? 1.8F : m->alias == DPS_ALIAS_CAPITAL ? 1.5F : 1.5F;
                count_country(w, country_code(&m->entity), weight * factor, w->sentence_of[t]);
                break;
            }
            if (m->entity.kind == DPS_ENTITY_ORG && s->n_matches == 1) count_country(w, m->entity.country, 0.7F * weight, w->sentence_of[t]);
            if (m->entity.kind == DPS_ENTITY_PERSON && m->alias == DPS_ALIAS_NAME && m->n_tokens > 1) {
                if (w->n_named < MENTION_MAX_PERSONS && !is_named(w, m->entity.id)) w->named[w->n_named++] = m->entity.id;
                struct dps_office office;
                if (i == 0 && dps_know_office_on(w->know, &m->entity, w->anchor, &office)) count_country(w, office.country, weight, w->sentence_of[t]);
            }
        }
    }
}

/* Second look: the chosen readings; towns and surnames add to what the article is about. */
static void choose_all(struct mention_work *w) {
    for (uint32_t i = 0; i < w->n_nominals; i++) {
        struct nominal *n = &w->nominals[i];
        if (n->name_token < 0) continue;
        const struct mention_spot *s = &w->spots[n->name_token];
        n->choice = choose(w, n, (uint32_t)n->name_token);
        if (!n->choice) continue;
        const struct dps_entity *e = &n->choice->entity;
        struct dps_office office;
        if (e->kind == DPS_ENTITY_PERSON) {
            n->person = true;
            if (n->choice->alias == DPS_ALIAS_SURNAME && dps_know_office_on(w->know, e, w->anchor, &office)) count_country(w, office.country, 0.7F, n->sentence);
        } else if (e->kind == DPS_ENTITY_PLACE) {
            count_country(w, e->country, 0.8F, n->sentence);
        } else if (e->kind == DPS_ENTITY_ORG && s->n_matches > 1) {
            count_country(w, e->country, 0.7F, n->sentence);
        }
    }
}

static bool is_definite(const struct mention_work *w, uint32_t t) {
    const struct dps_parse *p = w->parse;
    for (uint32_t k = p->kid_first[t]; k < p->kid_first[t + 1]; k++) {
        uint32_t kid = p->kid[k];
        if (dps_rel_plain(p->rel[kid]) == DPS_REL_DET)
            return p->feats[kid].definite == 1 || p->feats[kid].prontype == DPS_PRON_DEMONSTRATIVE || p->feats[kid].poss;
    }
    return false;
}

/* Do two words hang on one verb, or the second on a verb that shares the first's subject ("X came and gave him ...")? */
static bool same_clause(const struct mention_work *w, uint32_t a, uint32_t b) {
    const struct dps_parse *p = w->parse;
    int32_t verb = p->head[b];
    if (p->head[a] < 0 || verb < 0) return false;
    for (int steps = 0; steps < 4; steps++) {
        if (p->head[a] == verb) return true;
        if (!mention_is_subject(w, a) || p->rel[verb] != DPS_REL_CONJ || p->head[verb] < 0) return false;
        for (uint32_t k = p->kid_first[verb]; k < p->kid_first[verb + 1]; k++)
            if (mention_is_subject(w, p->kid[k])) return false; /* a subject of its own */
        verb = p->head[verb];
    }
    return false;
}

/* ---- parties ---- */

static struct party *add_party(struct mention_work *w, struct nominal *n) {
    if (!n->parties) n->parties = DPS_NEW(w->arena, MENTION_MAX_PARTIES, struct party);
    if (!n->parties || n->n_parties >= MENTION_MAX_PARTIES) return NULL;
    struct party *p = &n->parties[n->n_parties++];
    *p = (struct party){.confidence = 0.5F};
    return p;
}

static bool has_country(const struct party *p) { return p->country[0] != 0; }
static struct dps_str party_code(const struct party *p) { return (struct dps_str){p->country, has_country(p) ? 3 : 0}; }

static void set_country(struct party *p, struct dps_str code, bool settled, float confidence) {
    if (!mention_code(p->country, code)) return;
    p->settled_country = settled;
    p->confidence = confidence;
}

/* A person of the tables on the article's date. */
static void fill_person(struct mention_work *w, struct party *p, const struct dps_entity *e) {
    struct dps_office office;
    p->name = e->name;
    p->id = e->id;
    p->known = true;
    p->confidence = 0.9F;
    if (dps_know_office_on(w->know, e, w->anchor, &office)) {
        set_country(p, office.country, true, 0.95F);
        (void)mention_code(p->sector, office.former ? DPS_STR("ELI") : office.sector);
        p->office = office.office;
    } else {
        set_country(p, e->country, true, 0.8F);
        (void)mention_code(p->sector, e->sector);
    }
}

/* "Die Amerikaner werfen ihr vor": a people as subject, definite and uncounted, is its state. */
static bool speaks_for_state(const struct mention_work *w, const struct nominal *n) {
    const struct dps_parse *p = w->parse;
    if (!mention_is_subject(w, n->head) || !is_definite(w, n->head)) return false;
    for (uint32_t k = p->kid_first[n->head]; k < p->kid_first[n->head + 1]; k++) {
        enum dps_rel rel = dps_rel_plain(p->rel[p->kid[k]]);
        if (rel == DPS_REL_NUMMOD || rel == DPS_REL_AMOD || rel == DPS_REL_ACL || rel == DPS_REL_NMOD) return false;
    }
    return n->name_token >= 0;
}

static void fill_entity(struct mention_work *w, struct nominal *n, struct party *p, const struct dps_match *m) {
    const struct dps_entity *e = &m->entity;
    p->known = true;
    p->name = e->name;
    p->id = e->id;
    switch (e->kind) {
    case DPS_ENTITY_PERSON:
        fill_person(w, p, e);
        if (n->nature == DPS_NATURE_UNKNOWN) n->nature = DPS_NATURE_PERSON;
        if (e->gender) n->gender = e->gender == 'f' ? DPS_GENDER_FEM : DPS_GENDER_MASC;
        break;
    case DPS_ENTITY_COUNTRY:
        set_country(p, country_code(e), true, 0.97F);
        (void)mention_code(p->sector, m->alias == DPS_ALIAS_DEMONYM && !speaks_for_state(w, n) ? DPS_STR("CVL") : DPS_STR("GOV"));
        p->place_too = m->alias == DPS_ALIAS_NAME || m->alias == DPS_ALIAS_CAPITAL;
        if (n->nature == DPS_NATURE_UNKNOWN) n->nature = m->alias == DPS_ALIAS_DEMONYM ? DPS_NATURE_GROUP : DPS_NATURE_COUNTRY;
        break;
    case DPS_ENTITY_ORG:
        set_country(p, e->country, true, 0.95F);
        (void)mention_code(p->sector, e->sector.length == 3 ? e->sector : DPS_STR("UNK"));
        if (n->nature == DPS_NATURE_UNKNOWN) n->nature = DPS_NATURE_BODY;
        break;
    case DPS_ENTITY_PLACE:
        set_country(p, e->country, true, 0.7F);
        p->place_too = true;
        (void)mention_code(p->sector, mention_is_subject(w, n->head) && dps_str_is(e->place_kind, "region") ? DPS_STR("GOV") : DPS_STR("UNK"));
        if (n->nature == DPS_NATURE_UNKNOWN) n->nature = DPS_NATURE_COUNTRY;
        break;
    }
}

/* The nominal whose core holds the token, resolved; NULL: none. */
static struct nominal *nominal_at(struct mention_work *w, int32_t token, int depth) {
    if (token < 0 || w->spots[token].nominal < 0 || depth > MENTION_MAX_DEPTH) return NULL;
    uint32_t index = (uint32_t)w->spots[token].nominal;
    resolve(w, index, depth + 1);
    return w->nominals[index].state == 2 && w->nominals[index].n_parties ? &w->nominals[index] : NULL;
}

/* ---- where a role noun's country stands ---- */

enum source_kind { SOURCE_NONE, SOURCE_ADJECTIVE, SOURCE_POSSESSOR, SOURCE_PLACE };
struct source { /* words beside a role noun that tell whose it is */
    int32_t token;
    enum source_kind kind;
};

static bool is_case_marked_genitive(const struct mention_work *w, uint32_t t) {
    const struct dps_parse *p = w->parse;
    if (p->feats[t].kase == DPS_CASE_GEN || p->rel[t] == DPS_REL_NMOD_POSS || p->rel[t] == DPS_REL_DET_POSS) return true;
    return mention_case_of(w, t) < 0; /* a bare noun attribute: Moskaus, or the case was not told */
}

/* What kind of source the child `t` of a role noun is. */
static enum source_kind source_of(const struct mention_work *w, uint32_t t) {
    const struct dps_parse *p = w->parse;
    const struct mention_spot *s = &w->spots[t];
    enum dps_rel rel = dps_rel_plain(p->rel[t]);
    if (s->pronoun && s->pronoun->kind == MENTION_PRONOUN_POSSESSIVE) return SOURCE_POSSESSOR;
    if (s->pronoun && (s->pronoun->kind == MENTION_PRONOUN_DEMONSTRATIVE || s->pronoun->kind == MENTION_PRONOUN_RELATIVE))
        return (rel == DPS_REL_NMOD || rel == DPS_REL_DET) && p->feats[t].kase == DPS_CASE_GEN ? SOURCE_POSSESSOR : SOURCE_NONE;
    if (s->nominal < 0) return SOURCE_NONE;
    if (rel == DPS_REL_AMOD || rel == DPS_REL_COMPOUND) return SOURCE_ADJECTIVE;
    if (rel != DPS_REL_NMOD && rel != DPS_REL_FLAT && rel != DPS_REL_APPOS && rel != DPS_REL_OBL && rel != DPS_REL_DET && rel != DPS_REL_DEP) return SOURCE_NONE;
    int32_t adposition = mention_case_of(w, t);
    if (adposition >= 0) {
        uint32_t cues = w->spots[adposition].cues;
        if (p->rel[t] == DPS_REL_NMOD_POSS || (cues & MENTION_CUE_GENITIVE)) return rel == DPS_REL_OBL ? SOURCE_NONE : SOURCE_POSSESSOR;
        return cues & (MENTION_CUE_LOCATIVE | MENTION_CUE_ORIGIN) ? SOURCE_PLACE : SOURCE_NONE;
    }
    return rel != DPS_REL_OBL && is_case_marked_genitive(w, t) ? SOURCE_POSSESSOR : SOURCE_NONE;
}

enum { MAX_SOURCES = 8 };

/* "Iraq War veteran": another noun stands between, to which the country belongs. */
static bool cut_off(const struct mention_work *w, uint32_t kid, uint32_t role) {
    const struct dps_match *owner = w->spots[kid].nominal < 0 ? NULL : w->nominals[w->spots[kid].nominal].choice;
    bool country = owner && owner->entity.kind == DPS_ENTITY_COUNTRY;
    for (uint32_t t = kid + 1; t < role; t++) {
        uint8_t upos = w->parse->upos[t];
        int32_t at = w->spots[t].nominal;
        if (upos == DPS_UPOS_PROPN && (at < 0 || (w->nominals[at].kind == NOMINAL_NAME && !w->nominals[at].choice))) return country;
    }
    return false;
}

/* The attributes of a nominal that may tell its country, then a national adjective just before it that the tree hung elsewhere. */
static uint32_t find_sources(const struct mention_work *w, const struct nominal *n, struct source *out) {
    const struct dps_parse *p = w->parse;
    int32_t self = (int32_t)(n - w->nominals);
    uint32_t count = 0;
    for (uint32_t t = n->first; t <= n->last; t++) {
        if (w->spots[t].nominal != self) continue;
        for (uint32_t k = p->kid_first[t]; k < p->kid_first[t + 1] && count < MAX_SOURCES; k++) {
            uint32_t kid = p->kid[k];
            if (w->spots[kid].nominal == self) continue;
            enum source_kind kind = source_of(w, kid);
            if (kind == SOURCE_ADJECTIVE && cut_off(w, kid, n->first)) continue;
            if (kind != SOURCE_NONE) out[count++] = (struct source){(int32_t)kid, kind};
        }
    }
    uint32_t sentence_first = w->text->sentences[n->sentence].first;
    for (uint32_t t = n->first, steps = 0; t > sentence_first && steps < 3; steps++) {
        t--;
        if (w->spots[t].nominal == self) continue;
        const struct mention_spot *s = &w->spots[t];
        bool adjective = s->name_start >= 0 && w->nominals[s->nominal >= 0 ? s->nominal : self].choice &&
                         w->nominals[s->nominal >= 0 ? s->nominal : self].choice->alias == DPS_ALIAS_ADJECTIVE;
        if (s->nominal >= 0 && adjective) {
            bool seen = false;
            for (uint32_t i = 0; i < count; i++) seen |= out[i].token == (int32_t)t;
            if (!seen && count < MAX_SOURCES) out[count++] = (struct source){(int32_t)t, SOURCE_ADJECTIVE};
            continue;
        }
        if (p->upos[t] != DPS_UPOS_ADJ && p->upos[t] != DPS_UPOS_NUM && !(p->upos[t] == DPS_UPOS_CCONJ && n->number == DPS_NUMBER_PLUR)) break;
    }
    if (n->first > sentence_first && count < MAX_SOURCES) { /* "Haftars Truppen": a genitive just before, that the tree hung elsewhere */
        uint32_t t = n->first - 1;
        struct dps_str form = w->forms[t], lemma = p->lemma[t];
        bool inflected = p->feats[t].kase == DPS_CASE_GEN || (form.length > lemma.length && dps_str_starts(form, lemma));
        if (w->spots[t].nominal >= 0 && w->nominals[w->spots[t].nominal].kind == NOMINAL_NAME && inflected && p->upos[t] != DPS_UPOS_ADJ) {
            bool seen = false;
            for (uint32_t i = 0; i < count; i++) seen |= out[i].token >= (int32_t)w->nominals[w->spots[t].nominal].first && out[i].token <= (int32_t)t;
            if (!seen) out[count++] = (struct source){(int32_t)t, SOURCE_POSSESSOR};
        }
    }
    uint32_t end = w->text->sentences[n->sentence].first + w->text->sentences[n->sentence].count, at = n->last + 1;
    if (n->nature != DPS_NATURE_PERSON && at + 1 < end && p->upos[at] == DPS_UPOS_ADP && (w->spots[at].cues & (MENTION_CUE_LOCATIVE | MENTION_CUE_ORIGIN))) {
        at++; /* die Regierung in Bamako, wherever the tree hung the place */
        if (p->upos[at] == DPS_UPOS_DET && at + 1 < end) at++;
        if (w->spots[at].nominal >= 0 && w->nominals[w->spots[at].nominal].name_token >= 0 && count < MAX_SOURCES)
            out[count++] = (struct source){(int32_t)at, SOURCE_PLACE};
    }
    return count;
}

/* Members of a series that begins at `token`: itself and its conjuncts, by their nominals. */
static uint32_t series(struct mention_work *w, int32_t token, struct nominal **out, uint32_t room, int depth) {
    const struct dps_parse *p = w->parse;
    uint32_t count = 0;
    struct nominal *n = nominal_at(w, token, depth);
    if (n) out[count++] = n;
    for (uint32_t k = p->kid_first[token]; k < p->kid_first[token + 1] && count < room; k++)
        if (p->rel[p->kid[k]] == DPS_REL_CONJ && (n = nominal_at(w, (int32_t)p->kid[k], depth))) out[count++] = n;
    return count;
}

/* ---- default countries ---- */

/* The place named in the clause of a token ("In Barcelona versammelten sich Tausende"), as a country. */
static struct dps_str clause_place(struct mention_work *w, uint32_t t) {
    const struct dps_parse *p = w->parse;
    int32_t verb = p->head[t];
    struct dps_str none = {NULL, 0};
    if (verb < 0) return none;
    for (uint32_t k = p->kid_first[verb]; k < p->kid_first[verb + 1]; k++) {
        uint32_t kid = p->kid[k];
        if (kid == t || dps_rel_plain(p->rel[kid]) != DPS_REL_OBL || w->spots[kid].nominal < 0) continue;
        if (!(case_cues(w, kid) & MENTION_CUE_LOCATIVE)) continue;
        const struct nominal *n = &w->nominals[w->spots[kid].nominal];
        if (!n->choice || n->choice->entity.kind == DPS_ENTITY_PERSON || n->choice->entity.kind == DPS_ENTITY_ORG) continue;
        return country_code(&n->choice->entity);
    }
    return none;
}

static bool has_cue_kid(const struct mention_work *w, const struct nominal *n, uint32_t cue) {
    const struct dps_parse *p = w->parse;
    for (uint32_t t = n->first; t <= n->last; t++) {
        if (w->spots[t].nominal != n - w->nominals) continue;
        for (uint32_t k = p->kid_first[t]; k < p->kid_first[t + 1]; k++)
            if (w->spots[p->kid[k]].cues & cue && p->kid[k] < t && w->spots[p->kid[k]].nominal != n - w->nominals) return true;
    }
    return n->first > w->text->sentences[n->sentence].first && (w->spots[n->first - 1].cues & cue);
}

/* Rebels, militias and assailants: whose word depends on who writes. */
static bool is_armed(struct dps_str sector) { return dps_str_is(sector, "REB") || dps_str_is(sector, "PRM") || dps_str_is(sector, "UAF"); }

/* The last organisation of the same sector ("die Rebellen" after "FARC", "der Konzern" after "HSBC"). */
static struct nominal *last_of_sector(struct mention_work *w, uint32_t before, struct dps_str sector, uint32_t sentence) {
    for (uint32_t i = before; i-- > 0 && w->nominals[i].sentence + 2 * MENTION_REACH >= sentence;) {
        struct nominal *n = &w->nominals[i];
        if (n->state != 2 || !n->n_parties || !n->choice || n->choice->entity.kind != DPS_ENTITY_ORG) continue;
        if (!sector.length || dps_str_is(sector, "UNK") || memcmp(n->parties[0].sector, sector.data, 3) == 0) return n;
        if (is_armed(sector) && is_armed((struct dps_str){n->parties[0].sector, 3})) return n;
    }
    return NULL;
}

/* foreign ministers, Western partners: of no one country */
static bool is_foreign(const struct mention_work *w, const struct nominal *n) {
    const struct dps_parse *p = w->parse;
    for (uint32_t t = n->first; t <= n->last; t++)
        for (uint32_t k = p->kid_first[t]; k < p->kid_first[t + 1]; k++) {
            uint32_t kid = p->kid[k];
            if (w->spots[t].nominal == n - w->nominals && w->spots[kid].nominal != n - w->nominals && w->spots[kid].cues & MENTION_CUE_FOREIGNERS &&
                (p->rel[kid] == DPS_REL_AMOD || p->rel[kid] == DPS_REL_DET)) return true;
        }
    return false;
}

/* The last role noun that this one shortens: das Ministerium after Außenministerium, die Miliz after Schiitenmiliz. */
static struct nominal *last_longer(struct mention_work *w, uint32_t before, const struct mention_role *role, uint32_t sentence) {
    for (uint32_t i = before; i-- > 0 && w->nominals[i].sentence + 2 * MENTION_REACH >= sentence;) {
        struct nominal *n = &w->nominals[i];
        if (n->state != 2 || n->n_parties != 1 || !n->role || !has_country(&n->parties[0]) || n->parties[0].country[0] == '-') continue;
        if (n->role == role || dps_str_ends(n->role->lemma, role->lemma)) return n;
    }
    return NULL;
}

/* People to whom something is done: "zwölf Menschen wurden getötet". */
static bool is_patient(const struct mention_work *w, const struct nominal *n) {
    enum dps_rel rel = w->parse->rel[n->head];
    return n->rival < 0 && n->role && dps_str_is(n->role->sector, "CVL") && (rel == DPS_REL_NSUBJ_PASS || rel == DPS_REL_OBJ || rel == DPS_REL_ROOT);
}

/* Their country: not that of a state that has just been told as acting, if another is in the fore too. */
static int patient_focus(const struct mention_work *w, uint32_t sentence) {
    int best = focus(w, sentence, (struct dps_str){NULL, 0});
    if (best < 0 || !w->countries[best].agent || w->countries[best].agent + 1 < sentence + 1) return best;
    int second = focus(w, sentence, (struct dps_str){w->countries[best].code, 3});
    return second >= 0 && w->countries[second].told >= 0.5F * w->countries[best].told ? second : best;
}

static void default_country(struct mention_work *w, struct nominal *n, struct party *p) {
    uint32_t index = (uint32_t)(n - w->nominals);
    bool person = n->nature == DPS_NATURE_PERSON && n->number != DPS_NUMBER_PLUR;
    int32_t last = n->role ? w->last_of_role[n->role - w->rules->roles] : -1;
    struct dps_str place = clause_place(w, n->head);
    if (is_foreign(w, n)) {
        set_country(p, DPS_STR("---"), false, 0.5F);
        return;
    }
    if (n->role && n->nature != DPS_NATURE_PERSON && is_definite(w, n->head)) {
        struct nominal *org = last_of_sector(w, index, n->role->sector, n->sentence);
        struct nominal *longer = last_longer(w, index, n->role, n->sentence);
        if (longer && (!org || longer > org)) {
            set_country(p, party_code(&longer->parties[0]), false, 0.65F);
            n->antecedent = (int32_t)(longer - w->nominals);
            return;
        }
        if (org) {
            set_country(p, party_code(&org->parties[0]), false, 0.65F);
            if (n->role->inherit) memcpy(p->sector, org->parties[0].sector, 4);
            p->name = org->parties[0].name;
            p->id = org->parties[0].id;
            n->antecedent = (int32_t)(org - w->nominals);
            return;
        }
    }
    if (place.length == 3 && !person) {
        set_country(p, place, false, 0.6F);
        return;
    }
    if (n->nature != DPS_NATURE_PERSON && n->number == DPS_NUMBER_PLUR && !is_definite(w, n->head)) last = -1; /* other soldiers than those told before */
    bool recent = last >= 0 && (n->nature == DPS_NATURE_PERSON || w->nominals[last].sentence + 2 * MENTION_REACH >= n->sentence);
    if (recent && w->nominals[last].n_parties && has_country(&w->nominals[last].parties[0]) && !has_cue_kid(w, n, MENTION_CUE_OTHER)) {
        const struct party *other = &w->nominals[last].parties[0];
        set_country(p, party_code(other), false, 0.65F);
        n->antecedent = last;
        if (!p->sector[0]) memcpy(p->sector, other->sector, 4);
        return;
    }
    if (n->role && (dps_str_is(n->role->sector, "UAF") || dps_str_is(n->role->sector, "REF"))) { /* no telling where they are from */
        set_country(p, DPS_STR("---"), false, 0.4F);
        return;
    }
    struct dps_str except = {NULL, 0};
    if (n->rival >= 0) except = party_code(&w->nominals[n->rival].parties[0]);
    int at = is_patient(w, n) ? patient_focus(w, n->sentence) : focus(w, n->sentence, except);
    if (at >= 0) set_country(p, (struct dps_str){w->countries[at].code, 3}, false, 0.5F);
    else if (w->rules->home.length) set_country(p, w->rules->home, false, 0.3F);
}

/* ---- names, roles ---- */

static bool same_surname(const struct mention_work *w, struct dps_str surname, uint32_t t) {
    struct dps_str form = w->forms[t];
    if (dps_str_equal(form, surname) || dps_str_equal(w->parse->lemma[t], surname)) return true;
    return dps_str_starts(form, surname) && form.length <= surname.length + 3 &&
           (mention_rules_cues(w->rules, dps_str_cut(form, surname.length, form.length)) & MENTION_CUE_ENDING);
}

static void remember_person(struct mention_work *w, const struct nominal *n) {
    if (n->name_token < 0 || w->n_persons >= MENTION_MAX_PERSONS) return;
    const struct mention_spot *s = &w->spots[n->name_token];
    uint32_t last = (uint32_t)n->name_token + s->name_words - 1;
    w->persons[w->n_persons++] = (struct mention_person){w->forms[last], (int32_t)(n - w->nominals)};
}

/* A name that no table has: the surname, or the same name, of somebody told before. */
static struct nominal *recall_person(struct mention_work *w, const struct nominal *n) {
    const struct mention_spot *s = &w->spots[n->name_token];
    uint32_t last = (uint32_t)n->name_token + s->name_words - 1;
    struct nominal *vague = NULL; /* one of whom no country is known either */
    for (uint32_t i = w->n_persons; i-- > 0;) {
        struct nominal *known = &w->nominals[w->persons[i].nominal];
        bool first = s->name_words == 1 && w->spots[known->name_token].name_words > 1 && same_surname(w, w->forms[known->name_token], last);
        if (!first && !same_surname(w, w->persons[i].surname, last)) continue; /* Lee of Lee Myung-bak is a surname too */
        if (s->name_words > 1 && w->spots[known->name_token].name_words > 1 &&
            !dps_str_equal(w->forms[n->name_token], w->forms[known->name_token])) continue; /* a namesake */
        if (known->n_parties && has_country(&known->parties[0])) return known;
        if (!vague) vague = known;
    }
    return vague;
}

static struct dps_str words_of(const struct mention_work *w, uint32_t first, uint32_t last) {
    const struct dps_sentence *s = &w->text->sentences[w->sentence_of[first]];
    return dps_text_span(w->text, s, w->text->tokens[first].start, w->text->tokens[last].end);
}

static void copy_parties(struct mention_work *w, struct nominal *to, const struct nominal *from) {
    for (uint32_t i = 0; i < from->n_parties; i++) {
        struct party *p = add_party(w, to);
        if (!p) return;
        *p = from->parties[i];
        p->start_token = p->end_token = 0;
        p->place_too = false;
        p->confidence *= 0.9F;
    }
}

static bool has_owner(const struct mention_work *w, uint32_t t) {
    const struct dps_parse *p = w->parse;
    for (uint32_t k = p->kid_first[t]; k < p->kid_first[t + 1]; k++)
        if (p->kid[k] > t && dps_rel_plain(p->rel[p->kid[k]]) == DPS_REL_NMOD) return true;
    return false;
}

static void resolve_name(struct mention_work *w, struct nominal *n) {
    const struct mention_spot *s = &w->spots[n->name_token];
    bool metonym = s->bloc && s->bloc->metonym && mention_country_listed(w, s->bloc->country) && !(case_cues(w, n->head) & MENTION_CUE_LOCATIVE);
    if (s->bloc && s->name_words == 1 && has_owner(w, n->head)) return; /* im Westen des Landes */
    if (!s->bloc && !n->choice && s->n_matches && w->parse->upos[n->head] == DPS_UPOS_NOUN && !recall_person(w, n)) return; /* a common noun */
    if (s->bloc && (metonym || !s->bloc->metonym || !n->choice)) {
        struct party *p = add_party(w, n);
        if (!p) return;
        p->name = s->bloc->name;
        p->known = true;
        p->place_too = s->bloc->place;
        set_country(p, s->bloc->country, true, 0.8F);
        (void)mention_code(p->sector, s->bloc->sector);
        n->nature = DPS_NATURE_GROUP;
        return;
    }
    if (n->choice && n->choice->alias != DPS_ALIAS_SURNAME) {
        struct party *p = add_party(w, n);
        if (!p) return;
        fill_entity(w, n, p, n->choice);
        if (n->person) remember_person(w, n);
        return;
    }
    struct nominal *known = recall_person(w, n);
    if (known && n->choice && is_named(w, n->choice->entity.id) && !known->parties[0].id.length) known = NULL; /* the known bearer of the name */
    if (known && known->n_parties) {
        copy_parties(w, n, known);
        n->antecedent = (int32_t)(known - w->nominals);
        n->nature = known->nature;
        n->gender = known->gender;
        return;
    }
    struct party *p = add_party(w, n);
    if (!p) return;
    if (n->choice) {
        fill_entity(w, n, p, n->choice);
        if (n->person) remember_person(w, n);
        return;
    }
    p->name = words_of(w, (uint32_t)n->name_token, (uint32_t)n->name_token + s->name_words - 1);
    p->confidence = 0.3F;
    remember_person(w, n);
}

/* Sector and country that a role takes from what it belongs to. */
static void take_from(const struct mention_role *role, struct party *p, const struct nominal *owner, const struct party *from) {
    if (!has_country(p) && has_country(from)) {
        set_country(p, party_code(from), from->settled_country, from->settled_country ? 0.9F : 0.6F);
    }
    bool country = owner->nature == DPS_NATURE_COUNTRY || owner->kind == NOMINAL_GENERIC;
    if (role->inherit && !(country && role->sector.length) && from->sector[0]) memcpy(p->sector, from->sector, 4);
    if (owner->nature == DPS_NATURE_BODY && memcmp(from->sector, "UNK", 4) == 0 && memcmp(p->sector, "GOV", 4) == 0)
        memcpy(p->sector, from->sector, 4); /* officials of the United Nations govern no state */
}

/* The country of a compound's first part: US-Außenminister, Kremlchef, Bundesregierung, Trump-Administration. */
static void take_prefix(struct mention_work *w, const struct mention_role *role, struct party *p, const struct mention_spot *s) {
    if (s->modifier) {
        struct nominal dummy = {.nature = DPS_NATURE_UNKNOWN};
        struct party from = {.confidence = 0};
        fill_entity(w, &dummy, &from, s->modifier);
        if (!(s->modifier->entity.kind == DPS_ENTITY_ORG && !holds(s->modifier->entity.from, s->modifier->entity.to, w->anchor)))
            take_from(role, p, &dummy, &from);
    }
    if (s->prefix_country.length) set_country(p, s->prefix_country, true, 0.85F);
    if (s->prefix_sector.length && role->inherit) (void)mention_code(p->sector, s->prefix_sector);
    if (s->prefix_role && role->inherit && s->prefix_role->sector.length) (void)mention_code(p->sector, s->prefix_role->sector);
}

static bool is_colleague(const struct mention_role *role) { return dps_str_is(role->implies, "colleague"); }

/* One party of a role noun for each owner ("die Außenminister Russlands und der USA"). */
static void take_owners(struct mention_work *w, struct nominal *n, const struct party *base, const struct source *source, int depth) {
    struct nominal *owners[MENTION_MAX_PARTIES];
    uint32_t count = series(w, source->token, owners, MENTION_MAX_PARTIES, depth), members = 0;
    bool several = n->number == DPS_NUMBER_PLUR || n->nature != DPS_NATURE_PERSON;
    if (!count) return;
    if (n->number == DPS_NUMBER_PLUR && w->parse->feats[source->token].kase == DPS_CASE_GEN) /* further owners that the tree hung on the role */
        for (uint32_t t = n->first; t <= n->last; t++)
            for (uint32_t k = w->parse->kid_first[t]; k < w->parse->kid_first[t + 1] && count < MENTION_MAX_PARTIES; k++) {
                uint32_t kid = w->parse->kid[k];
                if (w->parse->rel[kid] != DPS_REL_CONJ || w->parse->feats[kid].kase != DPS_CASE_GEN || kid < (uint32_t)source->token) continue;
                struct nominal *further = nominal_at(w, (int32_t)kid, depth);
                if (further && further->nature == DPS_NATURE_COUNTRY) owners[count++] = further;
            }
    for (uint32_t i = 0; i < count; i++) {
        members += owners[i]->n_parties;
        several |= owners[i]->dual;
    }
    for (uint32_t i = 0; i < count; i++)
        for (uint32_t k = 0; k < owners[i]->n_parties; k++) {
            const struct party *from = &owners[i]->parties[k];
            if (!has_country(from)) continue;
            bool quantity = dps_str_is(n->role->implies, "quantity");
            if (!quantity && !from->settled_country && (from->country[0] == '-' || n->choice)) continue; /* a guess tells nothing */
            if (n->n_parties && !several) return;
            bool seen = false;
            for (uint32_t j = 0; j < n->n_parties; j++) seen |= memcmp(n->parties[j].country, from->country, 4) == 0;
            if (seen) continue;
            struct party *p = add_party(w, n);
            if (!p) return;
            *p = *base;
            take_from(n->role, p, owners[i], from);
            if (members > 1 && count > 1 && source->kind == SOURCE_POSSESSOR) {
                uint32_t first, last;
                mention_span(w, owners[i], &first, &last);
                p->start_token = first;
                p->end_token = last + 1;
                if (n->n_parties == 1) { /* with the role's own article */
                    uint32_t f, l;
                    mention_span(w, n, &f, &l);
                    p->start_token = f < first ? f : first;
                }
            }
        }
}

/* "beide Seiten", "the two leaders": the last two that stood in one series, else the two countries in the fore. */
static void resolve_dual(struct mention_work *w, struct nominal *n, const struct mention_role *role) {
    uint32_t index = (uint32_t)(n - w->nominals);
    struct nominal *pair[2] = {NULL, NULL};
    for (uint32_t i = index; i-- > 0 && w->nominals[i].sentence + MENTION_REACH >= n->sentence;) {
        struct nominal *b = &w->nominals[i];
        if (b->state != 2 || b->n_parties != 1 || !has_country(&b->parties[0]) || b->parties[0].country[0] == '-') continue;
        if (w->parse->rel[b->head] != DPS_REL_CONJ || w->parse->head[b->head] < 0) continue;
        int32_t other = w->spots[w->parse->head[b->head]].nominal;
        if (other < 0 || (uint32_t)other >= index || !w->nominals[other].n_parties || !has_country(&w->nominals[other].parties[0])) continue;
        if (memcmp(w->nominals[other].parties[0].country, b->parties[0].country, 3) == 0 && !n->role) {
            if (memcmp(w->nominals[other].parties[0].sector, b->parties[0].sector, 3) == 0) continue;
        }
        int known = find_country(w, party_code(&b->parties[0]));
        if (b->nature != DPS_NATURE_PERSON && (known < 0 || !w->countries[known].real)) continue;
        pair[0] = &w->nominals[other];
        pair[1] = b;
        break;
    }
    if (!pair[1]) { /* else the two countries in the fore */
        int first = focus_near(w, n->sentence, (struct dps_str){NULL, 0}, NEAR_BONUS);
        int second = first < 0 ? -1 : focus_near(w, n->sentence, (struct dps_str){w->countries[first].code, 3}, NEAR_BONUS);
        for (int i = 0; second >= 0 && i < 2; i++) {
            struct party *p = add_party(w, n);
            if (!p) return;
            p->known = true;
            p->confidence = 0.5F;
            set_country(p, (struct dps_str){w->countries[i ? second : first].code, 3}, false, 0.5F);
            (void)mention_code(p->sector, role && role->sector.length ? role->sector : DPS_STR("GOV"));
        }
    }
    if (pair[0] && pair[1])
        for (int i = 0; i < 2; i++) {
            struct party *p = add_party(w, n);
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

static bool is_dual(const struct mention_work *w, const struct nominal *n) {
    if (n->number == DPS_NUMBER_SING) return false;
    return has_cue_kid(w, n, MENTION_CUE_DUAL) || (has_cue_kid(w, n, MENTION_CUE_TWO) && is_definite(w, n->head));
}

/* The first conjunct's country, for a further member of the series without its own ("die deutsche Regierung und Opposition"). */
static struct nominal *first_conjunct(struct mention_work *w, const struct nominal *n) {
    int32_t h = w->parse->head[n->head];
    if (w->parse->rel[n->head] != DPS_REL_CONJ || h < 0 || w->spots[h].nominal < 0) return NULL;
    struct nominal *first = &w->nominals[w->spots[h].nominal];
    return first->state == 2 && first->n_parties ? first : NULL;
}

static void name_in_role(struct mention_work *w, struct nominal *n, struct party *base, bool former) {
    const struct mention_spot *s = &w->spots[n->name_token];
    struct party own = {.confidence = 0};
    if (n->choice) {
        fill_entity(w, n, &own, n->choice);
        base->name = own.name;
        base->id = own.id;
        base->known = true;
        bool over = memcmp(own.sector, "ELI", 4) == 0;
        if (own.sector[0] && (!over || former) && memcmp(own.sector, "UNK", 4) != 0) {
            memcpy(base->sector, own.sector, 4);
            base->office = own.office;
        }
        if (!has_country(base) && has_country(&own)) set_country(base, party_code(&own), true, 0.95F);
        return;
    }
    base->name = words_of(w, (uint32_t)n->name_token, (uint32_t)n->name_token + s->name_words - 1);
    struct nominal *known = recall_person(w, n);
    if (known && known->n_parties && !has_country(base) && has_country(&known->parties[0])) {
        set_country(base, party_code(&known->parties[0]), known->parties[0].settled_country, 0.8F);
        n->antecedent = (int32_t)(known - w->nominals);
    }
}

/* "die Ministerin", "der CSU-Politiker": a definite singular role without a name points back to the last person whom it fits. */
static bool take_person(struct mention_work *w, struct nominal *n, const struct party *base) {
    uint32_t index = (uint32_t)(n - w->nominals);
    bool party_member = w->spots[n->role_token].modifier && n->role->inherit;
    if (n->nature != DPS_NATURE_PERSON || n->number == DPS_NUMBER_PLUR || n->name_token >= 0 || !is_definite(w, n->head)) return false;
    if (n->role->office.length || (has_country(base) && !party_member)) return false;
    for (uint32_t i = index; i-- > 0 && w->nominals[i].sentence + 2 >= n->sentence;) {
        struct nominal *c = &w->nominals[i];
        if (c->state != 2 || c->n_parties != 1 || c->nature != DPS_NATURE_PERSON || c->number == DPS_NUMBER_PLUR || c->kind == NOMINAL_PRONOUN) continue;
        if (c->name_token < 0 || (n->gender && c->gender && !(n->gender & c->gender))) continue;
        if (has_country(base) && memcmp(c->parties[0].country, base->country, 4) != 0) continue;
        if (!n->role->inherit && base->sector[0] && memcmp(c->parties[0].sector, base->sector, 4) != 0) continue;
        if (same_clause(w, c->head, n->head)) continue;
        copy_parties(w, n, c);
        n->antecedent = (int32_t)i;
        return true;
    }
    return false;
}

/* Who holds the office that the words name, if the tables know. */
static void find_holder(struct mention_work *w, const struct nominal *n, struct party *p) {
    struct dps_entity holder;
    if (p->name.length || !p->office.length || !has_country(p) || n->number == DPS_NUMBER_PLUR || n->nature != DPS_NATURE_PERSON) return;
    if (!dps_know_holder_on(w->know, party_code(p), p->office, w->anchor, &holder)) return;
    p->name = holder.name;
    p->id = holder.id;
}

/* "26 Millionen Dollar", "thousands of houses": a quantity of things, not of people. */
static bool counts_things(const struct mention_work *w, const struct nominal *n) {
    uint32_t end = w->text->sentences[n->sentence].first + w->text->sentences[n->sentence].count, t = n->last + 1;
    if (t < end && w->parse->upos[t] == DPS_UPOS_ADP && w->spots[t].cues & MENTION_CUE_GENITIVE) t++;
    while (t < end && (w->parse->upos[t] == DPS_UPOS_ADJ || w->parse->upos[t] == DPS_UPOS_DET) && w->spots[t].nominal < 0) t++;
    if (t >= end) return false;
    if (w->parse->upos[t] == DPS_UPOS_SYM) return true;
    if (w->parse->upos[t] != DPS_UPOS_NOUN && w->parse->upos[t] != DPS_UPOS_PROPN) return false;
    return w->spots[t].nominal < 0 || w->nominals[w->spots[t].nominal].kind == NOMINAL_MODIFIER;
}

static void resolve_role(struct mention_work *w, struct nominal *n, int depth) {
    const struct mention_role *role = n->role;
    if (dps_str_is(role->implies, "quantity") && counts_things(w, n)) return;
    const struct mention_spot *s = &w->spots[n->role_token];
    struct source sources[MAX_SOURCES];
    struct party base = {.known = true, .confidence = 0.6F};
    (void)mention_code(base.sector, role->sector);
    base.office = role->office;
    if (n->prior_role >= 0) {
        const struct mention_role *prior = w->spots[n->prior_role].role;
        if (role->inherit && prior->sector.length) (void)mention_code(base.sector, prior->sector);
        take_prefix(w, role, &base, &w->spots[n->prior_role]);
    }
    if (role->country.length) set_country(&base, role->country, true, 0.8F);
    take_prefix(w, role, &base, s);
    bool former = s->prefix_former || has_cue_kid(w, n, MENTION_CUE_FORMER);
    n->dual = is_dual(w, n);

    uint32_t count = find_sources(w, n, sources);
    bool fixed = has_country(&base);
    for (int pass = SOURCE_ADJECTIVE; pass <= SOURCE_PLACE && !n->n_parties; pass++)
        for (uint32_t i = 0; i < count; i++) {
            if (n->n_parties && !(pass == SOURCE_ADJECTIVE && n->number == DPS_NUMBER_PLUR)) break;
            if (sources[i].kind != (enum source_kind)pass) continue;
            if (is_colleague(role) && pass == SOURCE_POSSESSOR) { /* his office, not his country */
                struct nominal *owner = nominal_at(w, sources[i].token, depth);
                if (owner) {
                    base.office = owner->parties[0].office;
                    if (owner->parties[0].sector[0]) memcpy(base.sector, owner->parties[0].sector, 4);
                    n->rival = (int32_t)(owner - w->nominals);
                }
                continue;
            }
            if (fixed) {
                struct nominal *owner = nominal_at(w, sources[i].token, depth);
                if (owner && role->inherit && !s->prefix_role && owner->nature != DPS_NATURE_COUNTRY) take_from(role, &base, owner, &owner->parties[0]);
                continue;
            }
            if (n->name_token >= 0 && n->choice && n->person && pass == SOURCE_PLACE) continue;
            take_owners(w, n, &base, &sources[i], depth);
        }
    if (!n->n_parties && n->dual) resolve_dual(w, n, role);
    if (!n->n_parties && !former && take_person(w, n, &base)) return;
    if (!n->n_parties) {
        struct party *p = add_party(w, n);
        if (!p) return;
        *p = base;
    }
    struct party *p = &n->parties[0];
    if (n->n_parties == 1 && n->name_token >= 0) name_in_role(w, n, p, former);
    struct nominal *first = has_country(p) ? NULL : first_conjunct(w, n);
    if (first && first->kind == NOMINAL_ROLE && has_country(&first->parties[0])) set_country(p, party_code(&first->parties[0]), first->parties[0].settled_country, 0.7F);
    if (!has_country(p)) default_country(w, n, p);
    for (uint32_t i = 0; i < n->n_parties; i++) {
        if (former && memcmp(n->parties[i].sector, "GOV", 4) == 0 && n->nature == DPS_NATURE_PERSON) {
            bool holds_other = n->choice && n->parties[i].office.length && !dps_str_equal(n->parties[i].office, role->office);
            if (!holds_other) (void)mention_code(n->parties[i].sector, DPS_STR("ELI"));
        } else if (!former && n->name_token < 0) {
            find_holder(w, n, &n->parties[i]);
        }
        if (!n->parties[i].sector[0]) (void)mention_code(n->parties[i].sector, DPS_STR("UNK"));
    }
    if (n->name_token >= 0) remember_person(w, n);
    if (has_country(p) && p->country[0] != '-') w->last_of_role[role - w->rules->roles] = (int32_t)(n - w->nominals);
}

/* ---- references ---- */

/* How well a nominal suits a pronoun; below 0: not at all. */
static float suits(const struct mention_work *w, const struct nominal *c, const struct nominal *pronoun, const struct mention_pronoun *p, uint8_t number) {
    bool animate = c->nature == DPS_NATURE_PERSON || c->nature == DPS_NATURE_GROUP || (c->nature == DPS_NATURE_UNKNOWN && c->kind == NOMINAL_NAME);
    bool inanimate = c->nature != DPS_NATURE_PERSON;
    bool plural = c->number == DPS_NUMBER_PLUR || c->n_parties > 1;
    float score = 10.0F;
    if (!((p->animacy & MENTION_ANIMATE && animate) || (p->animacy & MENTION_INANIMATE && inanimate))) return -1;
    if (number == DPS_NUMBER_SING && plural && c->number == DPS_NUMBER_PLUR) return -1;
    if (number == DPS_NUMBER_PLUR && !plural) {
        if (c->nature == DPS_NATURE_PERSON) return -1;
        score -= 7.0F;
    }
    if (number == DPS_NUMBER_SING && p->gender) {
        if (c->gender && !(c->gender & p->gender)) {
            if (c->nature != DPS_NATURE_COUNTRY) return -1;
            score -= p->animacy & MENTION_ANIMATE ? 7.0F : 3.0F;
        }
        if (!c->gender) score -= 1.0F;
    }
    if (c->parties[0].country[0] == 0) score -= 2.0F;
    if (c->kind == NOMINAL_ROLE && c->name_token < 0 && c->nature == DPS_NATURE_PERSON && !is_definite(w, c->head)) score -= 3.0F; /* as a teacher */
    score -= 4.5F * (float)(pronoun->sentence - c->sentence);
    if (w->text->sentences[c->sentence].kind == DPS_SENTENCE_TITLE && pronoun->sentence > c->sentence + 1) score -= 4.0F;
    if (mention_is_subject(w, c->head)) score += 3.0F;
    if (w->spots[c->head].depth <= 2) score += 1.5F; /* in the main clause */
    if (p->kind == MENTION_PRONOUN_PERSONAL && p->animacy & MENTION_ANIMATE && number == DPS_NUMBER_SING && c->nature == DPS_NATURE_PERSON) score += 2.0F;
    if (c->kind == NOMINAL_MODIFIER || w->parse->rel[c->head] == DPS_REL_AMOD) score -= 6.0F;
    else if (c->inside >= 0 || dps_rel_plain(w->parse->rel[c->head]) == DPS_REL_NMOD) score -= c->nature == DPS_NATURE_PERSON ? 1.0F : 2.5F;
    if (dps_rel_plain(w->parse->rel[c->head]) == DPS_REL_OBL) score -= 1.5F;
    if (p->kind == MENTION_PRONOUN_POSSESSIVE) {
        if (c->sentence == pronoun->sentence) score += 1.0F;
    } else if (same_clause(w, c->head, pronoun->head)) {
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
            if ((rel == DPS_REL_AUX || rel == DPS_REL_COP) && w->parse->feats[kid].verbform == DPS_VERBFORM_FIN && w->parse->feats[kid].number)
                return w->parse->feats[kid].number;
        }
        if (w->parse->feats[verb].verbform == DPS_VERBFORM_FIN && w->parse->feats[verb].number) return w->parse->feats[verb].number;
    }
    return w->parse->feats[t].number;
}

static void take_antecedent(struct mention_work *w, struct nominal *n, struct nominal *from) {
    copy_parties(w, n, from);
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
            if (c->sentence != sentence || c == n || c->kind == NOMINAL_PRONOUN || !mention_is_subject(w, c->head)) continue;
            if (same_clause(w, c->head, n->head)) continue;
            resolve(w, i, 1);
            if (c->state != 2 || !c->n_parties) continue;
            if (!best || w->spots[c->head].depth < w->spots[best->head].depth) best = c;
        }
        if (best) return best;
    }
    return NULL;
}

/* The nominal of the last noun before a demonstrative that agrees with it; NULL if that noun is no party. */
static struct nominal *last_noun(struct mention_work *w, const struct nominal *n, const struct mention_pronoun *p, uint8_t number) {
    uint32_t first = w->text->sentences[n->sentence ? n->sentence - 1 : 0].first;
    for (uint32_t t = n->head; t-- > first;) {
        uint8_t upos = w->parse->upos[t];
        struct dps_feats f = w->parse->feats[t];
        if ((upos != DPS_UPOS_NOUN && upos != DPS_UPOS_PROPN) || (number && f.number && f.number != number)) continue;
        if (number != DPS_NUMBER_PLUR && p->gender && f.gender && !(f.gender & p->gender)) continue;
        if (w->spots[t].nominal >= 0) return &w->nominals[w->spots[t].nominal];
        for (uint32_t k = w->parse->kid_first[t]; k < w->parse->kid_first[t + 1]; k++) { /* a deed: its doer (russischer Einmarsch) */
            uint32_t kid = w->parse->kid[k];
            enum dps_rel rel = dps_rel_plain(w->parse->rel[kid]);
            if (w->spots[kid].nominal >= 0 && (rel == DPS_REL_AMOD || (rel == DPS_REL_NMOD && mention_case_of(w, kid) < 0))) return &w->nominals[w->spots[kid].nominal];
        }
        return NULL;
    }
    return NULL;
}

static void resolve_pronoun(struct mention_work *w, struct nominal *n, int depth) {
    const struct mention_pronoun *p = w->spots[n->head].pronoun;
    uint32_t index = (uint32_t)(n - w->nominals);
    if (p->kind == MENTION_PRONOUN_RELATIVE) { /* the noun that the relative clause hangs on */
        int32_t at = (int32_t)n->head;
        for (int steps = 0; at >= 0 && steps < 6; steps++) {
            enum dps_rel rel = w->parse->rel[at];
            if (rel == DPS_REL_ACL_RELCL || (rel == DPS_REL_ACL && at != (int32_t)n->head)) break;
            at = w->parse->head[at];
        }
        struct nominal *noun = at >= 0 && w->parse->head[at] >= 0 ? nominal_at(w, w->parse->head[at], depth) : NULL;
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
    if (p->kind == MENTION_PRONOUN_DEMONSTRATIVE && mention_is_subject(w, n->head)) { /* the last noun that agrees, party or not */
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
        if (p->kind == MENTION_PRONOUN_DEMONSTRATIVE && score > 0) score += 0.01F * (float)c->head / (1.0F + (float)n->head); /* the nearer */
        if (score > best_score) best = c, best_score = score;
    }
    if (best) take_antecedent(w, n, best);
}

static void resolve_generic(struct mention_work *w, struct nominal *n, int depth) {
    const struct mention_generic_row *g = w->spots[n->head].generic;
    struct source sources[MAX_SOURCES];
    uint32_t index = (uint32_t)(n - w->nominals), count = find_sources(w, n, sources);
    struct nominal *owner = NULL;
    for (uint32_t i = 0; i < count && !owner; i++) owner = nominal_at(w, sources[i].token, depth);
    if (!owner && n->head + 1 < w->text->n_tokens && w->sentence_of[n->head + 1] == n->sentence && w->spots[n->head + 1].name_start == (int32_t)n->head + 1) {
        struct nominal *name = nominal_at(w, (int32_t)n->head + 1, depth); /* die Region Sumy */
        if (name && name->choice && (name->choice->entity.kind == DPS_ENTITY_PLACE || name->choice->entity.kind == DPS_ENTITY_COUNTRY)) owner = name;
    }
    bool plural = n->number == DPS_NUMBER_PLUR;
    struct dps_str except = {NULL, 0};
    n->dual = is_dual(w, n) || g->kind == MENTION_GENERIC_PAIR;
    if (g->kind == MENTION_GENERIC_COUNTRY || g->kind == MENTION_GENERIC_CAPITAL || g->kind == MENTION_GENERIC_NEIGHBOUR) n->nature = DPS_NATURE_COUNTRY;
    if (n->dual && plural + (g->kind == MENTION_GENERIC_PAIR || g->kind == MENTION_GENERIC_SIDE)) {
        static const struct mention_role none = {.sector = {NULL, 0}};
        resolve_dual(w, n, &none);
        n->number = DPS_NUMBER_PLUR;
        return;
    }
    switch (g->kind) {
    case MENTION_GENERIC_COUNTRY: case MENTION_GENERIC_CAPITAL: case MENTION_GENERIC_NEIGHBOUR: {
        struct party *p = add_party(w, n);
        if (!p) return;
        const struct mention_spot *s = &w->spots[n->head];
        p->known = true;
        p->place_too = true;
        (void)mention_code(p->sector, DPS_STR("GOV"));
        if (g->kind != MENTION_GENERIC_NEIGHBOUR && s->modifier && s->modifier->entity.kind != DPS_ENTITY_PERSON)
            set_country(p, country_code(&s->modifier->entity), true, 0.8F);
        else if (g->kind != MENTION_GENERIC_NEIGHBOUR && owner) set_country(p, party_code(&owner->parties[0]), owner->parties[0].settled_country, 0.8F);
        else if (plural) set_country(p, DPS_STR("---"), false, 0.5F);
        else {
            if (owner) except = party_code(&owner->parties[0]);
            else if (g->kind == MENTION_GENERIC_NEIGHBOUR)
                for (uint32_t i = index; i-- > 0 && w->nominals[i].sentence == n->sentence;)
                    if (w->nominals[i].n_parties && has_country(&w->nominals[i].parties[0])) except = party_code(&w->nominals[i].parties[0]);
            bool near = g->kind == MENTION_GENERIC_NEIGHBOUR;
            int at = near ? focus_near(w, n->sentence, except, 4.0F * NEAR_BONUS) : focus(w, n->sentence, except);
            if (at >= 0) set_country(p, (struct dps_str){w->countries[at].code, 3}, false, 0.6F);
            if (!has_country(p)) n->n_parties = 0;
        }
        return;
    }
    case MENTION_GENERIC_PERSON:
        for (uint32_t i = index; i-- > 0 && w->nominals[i].sentence + MENTION_REACH >= n->sentence;) {
            struct nominal *c = &w->nominals[i];
            if (c->state != 2 || !c->n_parties || c->nature != DPS_NATURE_PERSON || c->number == DPS_NUMBER_PLUR) continue;
            if (n->gender && c->gender && !(n->gender & c->gender)) continue;
            take_antecedent(w, n, c);
            return;
        }
        return;
    case MENTION_GENERIC_GROUP: {
        if (owner && has_country(&owner->parties[0]) && !n->role) {
            struct party *p = add_party(w, n);
            if (!p) return;
            set_country(p, party_code(&owner->parties[0]), true, 0.7F);
            (void)mention_code(p->sector, g->sector.length ? g->sector : DPS_STR("UNK"));
            n->nature = DPS_NATURE_BODY;
            return;
        }
        struct nominal *org = NULL;
        for (uint32_t i = index; i-- > 0 && !org && w->nominals[i].sentence + 2 * MENTION_REACH >= n->sentence;) {
            struct nominal *c = &w->nominals[i];
            if (c->state == 2 && c->n_parties && c->choice && c->choice->entity.kind == DPS_ENTITY_ORG &&
                (!g->sector.length || memcmp(c->parties[0].sector, g->sector.data, 3) == 0)) org = c;
        }
        if (org && is_definite(w, n->head)) take_antecedent(w, n, org);
        return;
    }
    default: return;
    }
}

static void resolve_modifier(struct mention_work *w, struct nominal *n) {
    struct party *p = add_party(w, n);
    if (p) fill_entity(w, n, p, w->spots[n->head].modifier);
    if (p) p->place_too = false;
}

static void resolve(struct mention_work *w, uint32_t index, int depth) {
    struct nominal *n = &w->nominals[index];
    if (n->state || depth > MENTION_MAX_DEPTH) return;
    n->state = 1;
    switch (n->kind) {
    case NOMINAL_NAME: case NOMINAL_BLOC: resolve_name(w, n); break;
    case NOMINAL_ROLE: resolve_role(w, n, depth); break;
    case NOMINAL_GENERIC: resolve_generic(w, n, depth); break;
    case NOMINAL_PRONOUN: resolve_pronoun(w, n, depth); break;
    case NOMINAL_MODIFIER: resolve_modifier(w, n); break;
    }
    n->state = 2;
    bool title = w->text->sentences[n->sentence].kind == DPS_SENTENCE_TITLE;
    float weight = (title ? 2.0F : 1.0F) * role_weight(w, n->head);
    if (n->kind == NOMINAL_PRONOUN || (n->n_parties && !n->parties[0].settled_country)) weight *= 0.3F; /* guesses must not feed themselves */
    for (uint32_t i = 0; i < n->n_parties; i++) see_country(w, party_code(&n->parties[i]), weight, n->sentence);
    bool state = n->nature == DPS_NATURE_COUNTRY && n->kind == NOMINAL_NAME && n->n_parties == 1 && w->parse->rel[n->head] == DPS_REL_NSUBJ;
    int at = state ? find_country(w, party_code(&n->parties[0])) : -1;
    if (at >= 0) w->countries[at].agent = n->sentence + 1;
}

/* ---- the words of a nominal ---- */

static bool is_attribute(enum dps_rel rel) {
    switch (dps_rel_plain(rel)) {
    case DPS_REL_DET: case DPS_REL_AMOD: case DPS_REL_NUMMOD: case DPS_REL_NMOD: case DPS_REL_COMPOUND: case DPS_REL_FLAT:
    case DPS_REL_FIXED: case DPS_REL_GOESWITH: case DPS_REL_ADVMOD: return true;
    default: return false;
    }
}

static void widen(const struct mention_work *w, uint32_t t, uint32_t *first, uint32_t *last, int depth) {
    const struct dps_parse *p = w->parse;
    if (t < *first) *first = t;
    if (t > *last) *last = t;
    if (depth > MENTION_MAX_DEPTH) return;
    for (uint32_t k = p->kid_first[t]; k < p->kid_first[t + 1]; k++) {
        enum dps_rel rel = dps_rel_plain(p->rel[p->kid[k]]);
        if (rel == DPS_REL_ACL || rel == DPS_REL_PUNCT || rel == DPS_REL_PARATAXIS || rel == DPS_REL_ADVCL || rel == DPS_REL_APPOS) continue;
        widen(w, p->kid[k], first, last, depth + 1);
    }
}

void mention_span(const struct mention_work *w, const struct nominal *n, uint32_t *first, uint32_t *last) {
    const struct dps_parse *p = w->parse;
    *first = n->first;
    *last = n->last;
    if (n->kind == NOMINAL_MODIFIER || n->kind == NOMINAL_PRONOUN || p->rel[n->head] == DPS_REL_AMOD) return;
    for (uint32_t t = n->first; t <= n->last; t++) {
        if (w->spots[t].nominal != n - w->nominals) continue;
        for (uint32_t k = p->kid_first[t]; k < p->kid_first[t + 1]; k++) {
            uint32_t kid = p->kid[k];
            if (w->spots[kid].nominal == n - w->nominals || !is_attribute(p->rel[kid])) continue;
            if (p->rel[kid] == DPS_REL_ADVMOD && kid > n->head) continue;
            widen(w, kid, first, last, 0);
        }
    }
    while (*first < n->first && p->upos[*first] == DPS_UPOS_PUNCT) (*first)++;
}

static void set_inside(struct mention_work *w) {
    for (uint32_t i = 0; i < w->n_nominals; i++) {
        struct nominal *n = &w->nominals[i];
        int32_t h = w->parse->head[n->head];
        if (h >= 0 && w->spots[h].nominal >= 0 && w->spots[h].nominal != (int32_t)i && is_attribute(w->parse->rel[n->head])) n->inside = w->spots[h].nominal;
    }
}

enum dps_status mention_resolve(struct mention_work *w, struct dps_error *error) {
    w->last_of_role = DPS_NEW(w->arena, w->rules->n_roles ? w->rules->n_roles : 1, int32_t);
    if (!w->last_of_role) return no_memory(error);
    for (uint32_t i = 0; i < w->rules->n_roles; i++) w->last_of_role[i] = -1;
    set_inside(w);
    survey(w);
    choose_all(w);
    for (uint32_t i = 0; i < w->n_nominals; i++) resolve(w, i, 0);
    return w->arena->full ? no_memory(error) : DPS_OK;
}
