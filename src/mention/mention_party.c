/* mention_party.c -- parties made of readings, and where the country of a role noun stands or what it is by default.
 *
 * In: a nominal with its reading, the tree around it. Out: struct party; the sources (adjective, possessor, place) of a
 * role noun's country. Defaults, in this order: the last organisation or longer role that a definite noun points back
 * to, the place of the clause, the same role before, what is in the fore.
 */
#include "mention/mention_local.h"

/* ---- parties ---- */

struct party *mention_add_party(struct mention_work *w, struct nominal *n) {
    if (!n->parties) n->parties = DPS_NEW(w->arena, MENTION_MAX_PARTIES, struct party);
    if (!n->parties || n->n_parties >= MENTION_MAX_PARTIES) return NULL;
    struct party *p = &n->parties[n->n_parties++];
    *p = (struct party){.confidence = 0.5F};
    return p;
}

void mention_set_country(struct party *p, struct dps_str code, bool settled, float confidence) {
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
        mention_set_country(p, office.country, true, 0.95F);
        (void)mention_code(p->sector, office.former ? DPS_STR("ELI") : office.sector);
        p->office = office.office;
    } else {
        mention_set_country(p, e->country, true, 0.8F);
        (void)mention_code(p->sector, e->sector);
    }
}

/* "Die Amerikaner werfen ihr vor": a people as subject, definite and uncounted, is its state. */
static bool speaks_for_state(const struct mention_work *w, const struct nominal *n) {
    const struct dps_parse *p = w->parse;
    if (!mention_is_subject(w, n->head) || !mention_is_definite(w, n->head)) return false;
    for (uint32_t k = p->kid_first[n->head]; k < p->kid_first[n->head + 1]; k++) {
        enum dps_rel rel = dps_rel_plain(p->rel[p->kid[k]]);
        if (rel == DPS_REL_NUMMOD || rel == DPS_REL_AMOD || rel == DPS_REL_ACL || rel == DPS_REL_NMOD) return false;
    }
    return n->name_token >= 0;
}

void mention_fill_entity(struct mention_work *w, struct nominal *n, struct party *p, const struct dps_match *m) {
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
        mention_set_country(p, mention_country_code(e), true, 0.97F);
        (void)mention_code(p->sector,
                           m->alias == DPS_ALIAS_DEMONYM && !speaks_for_state(w, n) ? DPS_STR("CVL") : DPS_STR("GOV"));
        p->place_too = m->alias == DPS_ALIAS_NAME || m->alias == DPS_ALIAS_CAPITAL;
        if (n->nature == DPS_NATURE_UNKNOWN)
            n->nature = m->alias == DPS_ALIAS_DEMONYM ? DPS_NATURE_GROUP : DPS_NATURE_COUNTRY;
        break;
    case DPS_ENTITY_ORG:
        mention_set_country(p, e->country, true, 0.95F);
        (void)mention_code(p->sector, e->sector.length == 3 ? e->sector : DPS_STR("UNK"));
        if (n->nature == DPS_NATURE_UNKNOWN) n->nature = DPS_NATURE_BODY;
        break;
    case DPS_ENTITY_PLACE:
        mention_set_country(p, e->country, true, 0.7F);
        p->place_too = true;
        (void)mention_code(p->sector, mention_is_subject(w, n->head) && dps_str_is(e->place_kind, "region")
                                          ? DPS_STR("GOV")
                                          : DPS_STR("UNK"));
        if (n->nature == DPS_NATURE_UNKNOWN) n->nature = DPS_NATURE_COUNTRY;
        break;
    }
}

/* The nominal whose core holds the token, resolved; NULL: none. */
struct nominal *mention_nominal_at(struct mention_work *w, int32_t token, int depth) {
    if (token < 0 || w->spots[token].nominal < 0 || depth > MENTION_MAX_DEPTH) return NULL;
    uint32_t index = (uint32_t)w->spots[token].nominal;
    mention_resolve_one(w, index, depth + 1);
    return w->nominals[index].state == 2 && w->nominals[index].n_parties ? &w->nominals[index] : NULL;
}

/* ---- where a role noun's country stands ---- */

static bool is_case_marked_genitive(const struct mention_work *w, uint32_t t) {
    const struct dps_parse *p = w->parse;
    if (p->feats[t].kase == DPS_CASE_GEN || p->rel[t] == DPS_REL_NMOD_POSS || p->rel[t] == DPS_REL_DET_POSS)
        return true;
    return mention_case_of(w, t) < 0; /* a bare noun attribute: Moskaus, or the case was not told */
}

/* Does the token belong to a person told with role and name? */
bool mention_is_titled(const struct mention_work *w, uint32_t t) {
    const struct nominal *n = w->spots[t].nominal < 0 ? NULL : &w->nominals[w->spots[t].nominal];
    return n && n->role && n->name_token >= 0 && n->nature == DPS_NATURE_PERSON;
}

/* What kind of source the child `t` of a role noun is. */
static enum source_kind source_of(const struct mention_work *w, uint32_t t) {
    const struct dps_parse *p = w->parse;
    const struct mention_spot *s = &w->spots[t];
    enum dps_rel rel = dps_rel_plain(p->rel[t]);
    if (s->pronoun && s->pronoun->kind == MENTION_PRONOUN_POSSESSIVE) return SOURCE_POSSESSOR;
    if (s->pronoun &&
        (s->pronoun->kind == MENTION_PRONOUN_DEMONSTRATIVE || s->pronoun->kind == MENTION_PRONOUN_RELATIVE))
        return (rel == DPS_REL_NMOD || rel == DPS_REL_DET) && p->feats[t].kase == DPS_CASE_GEN ? SOURCE_POSSESSOR
                                                                                               : SOURCE_NONE;
    if (s->nominal < 0) return SOURCE_NONE;
    if (rel == DPS_REL_COMPOUND && mention_is_titled(w, t)) return SOURCE_NONE; /* another person of a series */
    if (rel == DPS_REL_AMOD || rel == DPS_REL_COMPOUND) return SOURCE_ADJECTIVE;
    if (rel != DPS_REL_NMOD && rel != DPS_REL_FLAT && rel != DPS_REL_APPOS && rel != DPS_REL_OBL &&
        rel != DPS_REL_DET && rel != DPS_REL_DEP)
        return SOURCE_NONE;
    int32_t adposition = mention_case_of(w, t);
    if (adposition >= 0) {
        uint32_t cues = w->spots[adposition].cues;
        if (p->rel[t] == DPS_REL_NMOD_POSS || (cues & MENTION_CUE_GENITIVE))
            return rel == DPS_REL_OBL ? SOURCE_NONE : SOURCE_POSSESSOR;
        if (cues & MENTION_CUE_SOURCE && rel == DPS_REL_NMOD) return SOURCE_PLACE;
        return cues & MENTION_CUE_LOCATIVE ? SOURCE_PLACE : SOURCE_NONE;
    }
    return rel != DPS_REL_OBL && is_case_marked_genitive(w, t) ? SOURCE_POSSESSOR : SOURCE_NONE;
}

/* "Iraq War veteran": another noun stands between, to which the country belongs. */
static bool cut_off(const struct mention_work *w, uint32_t kid, uint32_t role) {
    const struct dps_match *owner = w->spots[kid].nominal < 0 ? NULL : w->nominals[w->spots[kid].nominal].choice;
    bool country = owner && owner->entity.kind == DPS_ENTITY_COUNTRY;
    for (uint32_t t = kid + 1; t < role; t++) {
        uint8_t upos = w->parse->upos[t];
        int32_t at = w->spots[t].nominal;
        if (upos == DPS_UPOS_PROPN && (at < 0 || (w->nominals[at].kind == NOMINAL_NAME && !w->nominals[at].choice)))
            return country;
    }
    return false;
}

/* The attributes of a nominal that may tell its country, then a national adjective just before it that the tree hung
 * elsewhere. */
uint32_t mention_find_sources(const struct mention_work *w, const struct nominal *n, struct source *out) {
    const struct dps_parse *p = w->parse;
    int32_t self = (int32_t)(n - w->nominals);
    uint32_t count = 0;
    for (uint32_t t = n->first; t <= n->last; t++) {
        if (w->spots[t].nominal != self) continue;
        for (uint32_t k = p->kid_first[t]; k < p->kid_first[t + 1] && count < MENTION_MAX_SOURCES; k++) {
            uint32_t kid = p->kid[k];
            if (w->spots[kid].nominal == self) continue;
            enum source_kind kind = source_of(w, kid);
            bool behind_name = n->name_token > n->role_token && kid > n->last && mention_case_of(w, kid) < 0 &&
                               p->feats[kid].kase != DPS_CASE_GEN;
            if (kind == SOURCE_POSSESSOR && behind_name) continue; /* "warf Kanzlerin Merkel Moskau vor" */
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
            if (!seen && count < MENTION_MAX_SOURCES) out[count++] = (struct source){(int32_t)t, SOURCE_ADJECTIVE};
            continue;
        }
        if (p->upos[t] != DPS_UPOS_ADJ && p->upos[t] != DPS_UPOS_NUM &&
            !(p->upos[t] == DPS_UPOS_CCONJ && n->number == DPS_NUMBER_PLUR))
            break;
    }
    if (n->first > sentence_first &&
        count < MENTION_MAX_SOURCES) { /* "Haftars Truppen": a genitive just before, that the tree hung elsewhere */
        uint32_t t = n->first - 1;
        struct dps_str form = w->forms[t], lemma = p->lemma[t];
        bool inflected =
            p->feats[t].kase == DPS_CASE_GEN || (form.length > lemma.length && dps_str_starts(form, lemma));
        if (w->spots[t].nominal >= 0 && w->nominals[w->spots[t].nominal].kind == NOMINAL_NAME && inflected &&
            p->upos[t] != DPS_UPOS_ADJ) {
            bool seen = false;
            for (uint32_t i = 0; i < count; i++)
                seen |= out[i].token >= (int32_t)w->nominals[w->spots[t].nominal].first && out[i].token <= (int32_t)t;
            if (!seen) out[count++] = (struct source){(int32_t)t, SOURCE_POSSESSOR};
        }
    }
    uint32_t end = w->text->sentences[n->sentence].first + w->text->sentences[n->sentence].count, at = n->last + 1;
    if (at < end && count < MENTION_MAX_SOURCES && w->spots[at].nominal >= 0 && p->rel[at] == DPS_REL_CONJ &&
        p->feats[at].kase == DPS_CASE_GEN &&
        w->nominals[w->spots[at].nominal].kind ==
            NOMINAL_NAME) /* die Staats- und Regierungschefs Deutschlands: hung beside the role */
        out[count++] = (struct source){(int32_t)at, SOURCE_POSSESSOR};
    bool people = n->role && n->number == DPS_NUMBER_PLUR &&
                  !mention_is_definite(w, n->head); /* 49 Soldaten aus der Elfenbeinküste */
    uint32_t beside = n->nature != DPS_NATURE_PERSON ? MENTION_CUE_LOCATIVE | MENTION_CUE_ORIGIN : 0;
    if (people) beside |= MENTION_CUE_SOURCE;
    if (at + 1 < end && p->upos[at] == DPS_UPOS_ADP && (w->spots[at].cues & beside)) {
        at++; /* die Regierung in Bamako, wherever the tree hung the place */
        if (p->upos[at] == DPS_UPOS_DET && at + 1 < end) at++;
        if (w->spots[at].nominal >= 0 && w->nominals[w->spots[at].nominal].name_token >= 0 &&
            count < MENTION_MAX_SOURCES)
            out[count++] = (struct source){(int32_t)at, SOURCE_PLACE};
    }
    return count;
}

/* Members of a series that begins at `token`: itself and its conjuncts, by their nominals. */
uint32_t mention_series(struct mention_work *w, int32_t token, struct nominal **out, uint32_t room, int depth) {
    const struct dps_parse *p = w->parse;
    uint32_t count = 0;
    struct nominal *n = mention_nominal_at(w, token, depth);
    if (n) out[count++] = n;
    for (uint32_t k = p->kid_first[token]; k < p->kid_first[token + 1] && count < room; k++)
        if (p->rel[p->kid[k]] == DPS_REL_CONJ && (n = mention_nominal_at(w, (int32_t)p->kid[k], depth)))
            out[count++] = n;
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
        if (!(mention_case_cues(w, kid) & MENTION_CUE_LOCATIVE) || p->feats[kid].kase == DPS_CASE_ACC)
            continue; /* in den Iran: whither */
        const struct nominal *n = &w->nominals[w->spots[kid].nominal];
        if (!n->choice || n->choice->entity.kind == DPS_ENTITY_PERSON || n->choice->entity.kind == DPS_ENTITY_ORG)
            continue;
        return mention_country_code(&n->choice->entity);
    }
    return none;
}

/* The country of the one town or region that the sentence names ("when a missile hit a house in Ganja"). */
static struct dps_str sentence_place(const struct mention_work *w, uint32_t sentence) {
    const struct dps_sentence *s = &w->text->sentences[sentence];
    struct dps_str found = {NULL, 0};
    for (uint32_t t = s->first; t < s->first + s->count; t++) {
        const struct nominal *n = w->spots[t].nominal < 0 ? NULL : &w->nominals[w->spots[t].nominal];
        if (!n || n->head != t || n->kind != NOMINAL_NAME || !n->choice || n->choice->entity.kind != DPS_ENTITY_PLACE)
            continue;
        struct dps_str code = n->choice->entity.country;
        if (code.length != 3) continue;
        if (found.length && !dps_str_equal(found, code)) return (struct dps_str){NULL, 0};
        found = code;
    }
    return found;
}

bool mention_has_cue_kid(const struct mention_work *w, const struct nominal *n, uint32_t cue) {
    const struct dps_parse *p = w->parse;
    for (uint32_t t = n->first; t <= n->last; t++) {
        if (w->spots[t].nominal != n - w->nominals) continue;
        for (uint32_t k = p->kid_first[t]; k < p->kid_first[t + 1]; k++)
            if (w->spots[p->kid[k]].cues & cue && p->kid[k] < t && w->spots[p->kid[k]].nominal != n - w->nominals)
                return true;
    }
    return n->first > w->text->sentences[n->sentence].first && (w->spots[n->first - 1].cues & cue);
}

/* Rebels, militias and assailants: whose word depends on who writes. */
static bool is_armed(struct dps_str sector) {
    return dps_str_is(sector, "REB") || dps_str_is(sector, "PRM") || dps_str_is(sector, "UAF");
}

/* The last organisation of the same sector ("die Rebellen" after "FARC", "der Konzern" after "HSBC"). */
static struct nominal *last_of_sector(struct mention_work *w, uint32_t before, struct dps_str sector,
                                      uint32_t sentence) {
    for (uint32_t i = before; i-- > 0 && w->nominals[i].sentence + 2 * MENTION_REACH >= sentence;) {
        struct nominal *n = &w->nominals[i];
        if (n->state != 2 || !n->n_parties) continue;
        if (is_armed(sector) && n->parties[0].settled_country && is_armed((struct dps_str){n->parties[0].sector, 3}))
            return n; /* or its leader */
        if (!n->choice || n->choice->entity.kind != DPS_ENTITY_ORG) continue;
        if (!sector.length || dps_str_is(sector, "UNK") || memcmp(n->parties[0].sector, sector.data, 3) == 0) return n;
    }
    return NULL;
}

/* foreign ministers, Western partners: of no one country */
static bool is_foreign(const struct mention_work *w, const struct nominal *n) {
    const struct dps_parse *p = w->parse;
    for (uint32_t t = n->first; t <= n->last; t++)
        for (uint32_t k = p->kid_first[t]; k < p->kid_first[t + 1]; k++) {
            uint32_t kid = p->kid[k];
            if (w->spots[t].nominal == n - w->nominals && w->spots[kid].nominal != n - w->nominals &&
                w->spots[kid].cues & MENTION_CUE_FOREIGNERS &&
                (p->rel[kid] == DPS_REL_AMOD || p->rel[kid] == DPS_REL_DET))
                return true;
        }
    return false;
}

/* The last role noun that this one shortens: das Ministerium after Außenministerium, die Miliz after Schiitenmiliz. */
static struct nominal *last_longer(struct mention_work *w, uint32_t before, const struct mention_role *role,
                                   uint32_t sentence) {
    for (uint32_t i = before; i-- > 0 && w->nominals[i].sentence + 2 * MENTION_REACH >= sentence;) {
        struct nominal *n = &w->nominals[i];
        if (n->state != 2 || n->n_parties != 1 || !n->role || !mention_has_country(&n->parties[0]) ||
            n->parties[0].country[0] == '-')
            continue;
        if (n->role == role || dps_str_ends(n->role->lemma, role->lemma)) return n;
    }
    return NULL;
}

/* People to whom something is done: "zwölf Menschen wurden getötet", "forced tens of thousands of women". */
static bool is_patient(const struct mention_work *w, const struct nominal *n) {
    if (n->rival >= 0 || !n->role || !dps_str_is(n->role->sector, "CVL")) return false;
    uint32_t t = n->head;
    for (int steps = 0; steps < 3 && w->parse->rel[t] == DPS_REL_NMOD && w->parse->head[t] >= 0;
         steps++) { /* counted by a quantity */
        int32_t at = w->spots[w->parse->head[t]].nominal;
        if (at < 0 || !w->nominals[at].role || !dps_str_is(w->nominals[at].role->implies, "quantity")) break;
        t = (uint32_t)w->parse->head[t];
    }
    enum dps_rel rel = w->parse->rel[t];
    return rel == DPS_REL_NSUBJ_PASS || rel == DPS_REL_OBJ || rel == DPS_REL_IOBJ || rel == DPS_REL_OBL ||
           rel == DPS_REL_ROOT;
}

/* Their country: not that of a state that has just been told as acting, if another is in the fore too. */
static int patient_focus(const struct mention_work *w, uint32_t sentence) {
    int best = mention_focus(w, sentence, (struct dps_str){NULL, 0});
    if (best < 0 || !w->countries[best].agent || w->countries[best].agent + 1 < sentence + 1) return best;
    int second = mention_focus(w, sentence, (struct dps_str){w->countries[best].code, 3});
    return second >= 0 && w->countries[second].told >= 0.5F * w->countries[best].told ? second : best;
}

static bool is_object(const struct mention_work *w, const struct nominal *n) {
    unsigned rel = w->parse->rel[n->head];
    return rel == DPS_REL_OBJ || rel == DPS_REL_IOBJ || rel == DPS_REL_OBL_ARG;
}

/* The country of the subject of a nominal's own verb, if the words tell it. */
static struct dps_str subject_country(struct mention_work *w, const struct nominal *n) {
    const struct dps_parse *p = w->parse;
    int32_t verb = p->head[n->head];
    for (uint32_t k = verb < 0 ? 0 : p->kid_first[verb]; verb >= 0 && k < p->kid_first[verb + 1]; k++) {
        const struct nominal *s = mention_is_subject(w, p->kid[k]) && w->spots[p->kid[k]].nominal >= 0
                                      ? &w->nominals[w->spots[p->kid[k]].nominal]
                                      : NULL;
        if (s && s->state == 2 && s->n_parties == 1 && s->parties[0].settled_country)
            return mention_party_code(&s->parties[0]);
    }
    return (struct dps_str){NULL, 0};
}

/* The last person told before who holds the office, NULL if none. */
static struct nominal *last_holder(struct mention_work *w, uint32_t index, struct dps_str office) {
    for (uint32_t i = index; i-- > 0;) {
        struct nominal *c = &w->nominals[i];
        if (c->state == 2 && c->n_parties == 1 && c->nature == DPS_NATURE_PERSON && c->number != DPS_NUMBER_PLUR &&
            mention_has_country(&c->parties[0]) && dps_str_equal(c->parties[0].office, office))
            return c;
    }
    return NULL;
}

void mention_default_country(struct mention_work *w, struct nominal *n, struct party *p) {
    uint32_t index = (uint32_t)(n - w->nominals);
    bool person = n->nature == DPS_NATURE_PERSON && n->number != DPS_NUMBER_PLUR;
    int32_t last = n->role ? w->last_of_role[n->role - w->rules->roles] : -1;
    struct dps_str place = clause_place(w, n->head);
    if (!place.length && n->role && dps_str_is(n->role->sector, "COP"))
        place = sentence_place(w, n->sentence); /* bei Protesten in Tiflis nahm die Polizei ... */
    if (is_foreign(w, n)) {
        mention_set_country(p, DPS_STR("---"), false, 0.5F);
        return;
    }
    bool fighters =
        n->role && is_armed(n->role->sector) && n->number == DPS_NUMBER_PLUR; /* die Islamisten, the rebels */
    bool nameless =
        fighters && dps_str_is(n->role->sector, "UAF"); /* terrorists: of the armed group that the article tells of */
    if (n->role && ((n->nature != DPS_NATURE_PERSON && mention_is_definite(w, n->head)) ||
                    (fighters && (nameless || mention_is_definite(w, n->head))))) {
        bool whole = dps_str_is(n->role->implies, "government"); /* "the government" is no short name of a ministry */
        struct nominal *org = whole ? NULL : last_of_sector(w, index, n->role->sector, n->sentence);
        struct nominal *longer = last_longer(w, index, n->role, n->sentence);
        if (longer && (!org || longer > org)) {
            mention_set_country(p, mention_party_code(&longer->parties[0]), false, 0.65F);
            n->antecedent = (int32_t)(longer - w->nominals);
            return;
        }
        if (org) {
            mention_set_country(p, mention_party_code(&org->parties[0]), false, 0.65F);
            if (n->role->inherit || dps_str_is(n->role->sector, "UAF")) memcpy(p->sector, org->parties[0].sector, 4);
            if (org->choice && org->choice->entity.kind == DPS_ENTITY_ORG) {
                p->name = org->parties[0].name;
                p->id = org->parties[0].id;
            }
            n->antecedent = (int32_t)(org - w->nominals);
            return;
        }
    }
    if (place.length == 3 && !person) {
        mention_set_country(p, place, false, 0.6F);
        return;
    }
    if (n->nature != DPS_NATURE_PERSON && n->number == DPS_NUMBER_PLUR && !mention_is_definite(w, n->head))
        last = -1; /* other soldiers than those told before */
    bool recent =
        last >= 0 && (n->nature == DPS_NATURE_PERSON || w->nominals[last].sentence + 2 * MENTION_REACH >= n->sentence);
    if (recent && w->nominals[last].n_parties && mention_has_country(&w->nominals[last].parties[0]) &&
        !mention_has_cue_kid(w, n, MENTION_CUE_OTHER)) {
        const struct party *other = &w->nominals[last].parties[0];
        mention_set_country(p, mention_party_code(other), false, 0.65F);
        n->antecedent = last;
        if (!p->sector[0]) memcpy(p->sector, other->sector, 4);
        return;
    }
    struct nominal *holder =
        person && n->role && n->role->office.length ? last_holder(w, index, n->role->office) : NULL;
    if (holder) { /* der Kanzler, after "Bundeskanzler Scholz" */
        mention_set_country(p, mention_party_code(&holder->parties[0]), false, 0.65F);
        n->antecedent = (int32_t)(holder - w->nominals);
        return;
    }
    if (n->role && (dps_str_is(n->role->sector, "UAF") ||
                    dps_str_is(n->role->sector, "REF"))) { /* no telling where they are from */
        mention_set_country(p, DPS_STR("---"), false, 0.4F);
        return;
    }
    if (n->role && dps_str_is(n->role->implies, "allies") && n->number == DPS_NUMBER_PLUR) { /* of several states */
        mention_set_country(p, DPS_STR("---"), false, 0.5F);
        return;
    }
    bool patient = is_patient(w, n);
    struct dps_str town = patient ? sentence_place(w, n->sentence) : (struct dps_str){NULL, 0};
    if (town.length) {
        mention_set_country(p, town, false, 0.55F);
        return;
    }
    struct dps_str except = {NULL, 0};
    bool envoy = n->role && (dps_str_is(n->role->office, "diplomat") || dps_str_is(n->role->office, "ambassador"));
    bool rulers = n->role && n->role->office.length && n->nature == DPS_NATURE_PERSON && n->number == DPS_NUMBER_PLUR &&
                  dps_str_is(n->role->sector, "GOV");                         /* den Machthabern, the rulers */
    if ((envoy || rulers) && is_object(w, n)) except = subject_country(w, n); /* one deals with those of others */
    if (n->rival >= 0) except = mention_party_code(&w->nominals[n->rival].parties[0]);
    int at = patient ? patient_focus(w, n->sentence) : mention_focus(w, n->sentence, except);
    if (at >= 0)
        mention_set_country(p, (struct dps_str){w->countries[at].code, 3}, false, 0.5F);
    else if (w->rules->home.length)
        mention_set_country(p, w->rules->home, false, 0.3F);
}
