/* mention_focus.c -- what the article is about at a point of it, and which reading of a name that favours.
 *
 * In: marks and nominals. Out: work->countries with their weights, nominal->choice. How: countries are counted as they
 * are named, more for titles and subjects than for mere places; the reading of a name (person, country, town of the
 * same name) is rated by the words around it, the offices held on the day and the countries counted. Limits:
 * MENTION_MAX_COUNTRIES countries, MENTION_MAX_PERSONS persons.
 */
#include "mention/mention_local.h"

#include <math.h>

enum {
    SMALL_TOWN = 250000 /* people; smaller towns need a sign that a town is meant: many words are towns somewhere */
};

static const float FOCUS_AHEAD =
    0.25F; /* share of the whole article's counts in what is in the fore: a reader has only what came before */

/* ---- what the article is about ---- */

int mention_find_country(const struct mention_work *w, struct dps_str code) {
    for (uint32_t i = 0; i < w->n_countries; i++)
        if (code.length == 3 && memcmp(w->countries[i].code, code.data, 3) == 0) return (int)i;
    return -1;
}

bool mention_country_listed(const struct mention_work *w, struct dps_str code) {
    return mention_find_country(w, code) >= 0;
}

static void count_country(struct mention_work *w, struct dps_str code, float weight, uint32_t sentence) {
    if (code.length != 3 || code.data[0] == '-') return;
    int at = mention_find_country(w, code);
    if (at < 0) {
        if (w->n_countries >= MENTION_MAX_COUNTRIES) return;
        struct dps_entity entity;
        at = (int)w->n_countries++;
        (void)mention_code(w->countries[at].code, code);
        w->countries[at].first = sentence;
        w->countries[at].weight = 0;
        w->countries[at].last = 0;
        w->countries[at].real = dps_know_country(w->know, code, &entity);
        bool located = w->countries[at].real && entity.located;
        w->countries[at].lat = located ? (float)entity.lat : 0;
        w->countries[at].lon = located ? (float)entity.lon : 0;
    }
    w->countries[at].weight += weight;
}

void mention_see_country(struct mention_work *w, struct dps_str code, float weight, uint32_t sentence) {
    int at = mention_find_country(w, code);
    if (at < 0) return;
    w->countries[at].last = sentence + 1;
    w->countries[at].told += weight;
}

/* Can two states have a border? Their middles are at most some 6,000 km apart (Russia and Norway: 4,400). */
static bool can_border(const struct mention_work *w, uint32_t a, uint32_t b) {
    const double radians = 3.14159265358979 / 180, earth = 6371, reach = 6000;
    double lat_a = w->countries[a].lat * radians, lat_b = w->countries[b].lat * radians;
    double lon = (w->countries[a].lon - w->countries[b].lon) * radians;
    if ((w->countries[a].lat == 0 && w->countries[a].lon == 0) ||
        (w->countries[b].lat == 0 && w->countries[b].lon == 0))
        return true;
    return sin(lat_a) * sin(lat_b) + cos(lat_a) * cos(lat_b) * cos(lon) >= cos(reach / earth);
}

/* The country in the fore at a sentence: what the whole article names most, helped by what was named just now. With
 * `other` at least 0, one that can border on that country. */
static int focus(const struct mention_work *w, uint32_t sentence, struct dps_str except, float near, int other) {
    int best = -1;
    float best_score = 0;
    for (uint32_t i = 0; i < w->n_countries; i++) {
        if (!w->countries[i].real || (except.length == 3 && memcmp(w->countries[i].code, except.data, 3) == 0))
            continue;
        if (other >= 0 && !can_border(w, i, (uint32_t)other)) continue;
        float score = w->countries[i].told + FOCUS_AHEAD * w->countries[i].weight;
        uint32_t last = w->countries[i].last;
        if (last == sentence + 1)
            score += near;
        else if (last == sentence)
            score += 0.5F * near;
        if (best < 0 || score > best_score) best = (int)i, best_score = score;
    }
    return best;
}

int mention_focus_near(const struct mention_work *w, uint32_t sentence, struct dps_str except, float near) {
    return focus(w, sentence, except, near, -1);
}

int mention_focus(const struct mention_work *w, uint32_t sentence, struct dps_str except) {
    return focus(w, sentence, except, 2.0F, -1);
}

int mention_focus_neighbour(const struct mention_work *w, uint32_t sentence, struct dps_str of) {
    return focus(w, sentence, of, 20.0F, mention_find_country(w, of)); /* what was named just now counts most */
}

/* ---- readings of names ---- */

bool mention_is_named(const struct mention_work *w, struct dps_str id) {
    for (uint32_t i = 0; i < w->n_named; i++)
        if (dps_str_equal(w->named[i], id)) return true;
    return false;
}

bool mention_holds(struct dps_date from, struct dps_date to, struct dps_date day) {
    if (!dps_date_known(day)) return !dps_date_known(to);
    if (dps_date_known(from) && dps_date_compare(day, from) < 0) return false;
    return !dps_date_known(to) || dps_date_compare(day, to) <= 0;
}

struct dps_str mention_country_code(const struct dps_entity *entity) {
    return entity->kind == DPS_ENTITY_COUNTRY && entity->id.length == 3 ? entity->id : entity->country;
}

/* Is a word of place before the name: in, nach, of a town? */
uint32_t mention_case_cues(const struct mention_work *w, uint32_t t) {
    int32_t at = mention_case_of(w, t);
    if (at < 0 && t > 0 && w->sentence_of[t - 1] == w->sentence_of[t] && w->parse->upos[t - 1] == DPS_UPOS_ADP)
        at = (int32_t)t - 1;
    return at < 0 ? 0 : w->spots[at].cues;
}

/* Heads of state and government and their first ministers, whom headlines name by surname only. */
enum { RANK_HEAD = 18, RANK_FOREIGN = 24, RANK_DEFENCE = 26, RANK_MINISTER = 28, RANK_PARTY = 72 };

/* Does a word before it say that this is a common noun ("die Bank", "guter Rat")? */
static bool has_determiner(const struct mention_work *w, uint32_t t) {
    const struct dps_parse *p = w->parse;
    for (uint32_t k = p->kid_first[t]; k < p->kid_first[t + 1]; k++) {
        enum dps_rel rel = dps_rel_plain(p->rel[p->kid[k]]);
        if (p->kid[k] < t && (rel == DPS_REL_DET || rel == DPS_REL_AMOD || rel == DPS_REL_NUMMOD)) return true;
    }
    return false;
}

static float rate(const struct mention_work *w, const struct nominal *n, uint32_t t, const struct dps_match *m) {
    const struct dps_entity *e = &m->entity;
    bool role = n && n->role && n->role->nature == DPS_NATURE_PERSON;
    bool place = mention_case_cues(w, t) & MENTION_CUE_LOCATIVE;
    switch (e->kind) {
    case DPS_ENTITY_COUNTRY:
        return m->alias == DPS_ALIAS_CAPITAL ? 85.0F : 100.0F;
    case DPS_ENTITY_ORG:
        return mention_holds(e->from, e->to, w->anchor) ? 90.0F : 5.0F;
    case DPS_ENTITY_PERSON: {
        struct dps_office office;
        float score = m->alias == DPS_ALIAS_SURNAME ? 68.0F : 95.0F;
        bool any = dps_know_office_on(w->know, e, w->anchor, &office);
        if (mention_is_named(w, e->id)) score += 25.0F;
        if (any && !office.former) score += 10.0F;
        if (any && n && n->role && n->role->office.length && dps_str_equal(n->role->office, office.office))
            score += 12.0F;
        if (any && mention_country_listed(w, office.country)) {
            int at = mention_find_country(w, office.country);
            score += 6.0F + fminf(w->countries[at].weight, 6.0F) * 0.5F;
        }
        bool prominent = any && !office.former && office.rank <= RANK_MINISTER;
        if (prominent && m->alias == DPS_ALIAS_SURNAME)
            score += office.rank <= RANK_HEAD                                     ? 6.0F
                     : office.rank >= RANK_FOREIGN && office.rank <= RANK_DEFENCE ? 5.0F
                                                                                  : 4.0F; /* deputies come last */
        bool noun =
            m->alias == DPS_ALIAS_SURNAME && w->parse->upos[t] == DPS_UPOS_NOUN && !role && !mention_is_named(w, e->id);
        bool in_news = any && !office.former && office.rank <= RANK_PARTY;
        if (noun && has_determiner(w, t))
            score -= 90.0F;
        else if (noun && !in_news)
            score -= 60.0F;
        if (role) score += 40.0F;
        if (place) score -= 30.0F;
        return score;
    }
    case DPS_ENTITY_PLACE: {
        float score = 40.0F + 3.0F * log10f(1.0F + (float)e->population);
        if (mention_country_listed(w, e->country))
            score += 15.0F;
        else if (!place && e->population && e->population < SMALL_TOWN && m->n_tokens == 1)
            score -= 40.0F;
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
float mention_role_weight(const struct mention_work *w, uint32_t t) {
    switch (dps_rel_plain(w->parse->rel[t])) {
    case DPS_REL_NSUBJ:
        return 1.4F;
    case DPS_REL_OBL:
        return mention_case_cues(w, t) & MENTION_CUE_LOCATIVE ? 0.8F : 0.5F;
    case DPS_REL_NMOD:
        return 0.8F;
    default:
        return 1.0F;
    }
}

/* First look over the article: persons named in full, countries named beyond doubt. */
void mention_survey(struct mention_work *w) {
    for (uint32_t t = 0; t < w->text->n_tokens; t++) {
        const struct mention_spot *s = &w->spots[t];
        bool title = w->text->sentences[w->sentence_of[t]].kind == DPS_SENTENCE_TITLE;
        float weight = (title ? 2.0F : 1.0F) * mention_role_weight(w, t);
        if (s->modifier && s->modifier->entity.kind == DPS_ENTITY_COUNTRY)
            count_country(w, mention_country_code(&s->modifier->entity), weight, w->sentence_of[t]);
        if (s->prefix_country.length) count_country(w, s->prefix_country, weight, w->sentence_of[t]);
        if (s->name_start != (int32_t)t) continue;
        for (uint32_t i = 0; i < s->n_matches; i++) {
            const struct dps_match *m = &s->matches[i];
            if (m->entity.kind == DPS_ENTITY_COUNTRY) {
                float factor = m->alias == DPS_ALIAS_NAME ? 1.8F : m->alias == DPS_ALIAS_CAPITAL ? 1.5F : 1.5F;
                count_country(w, mention_country_code(&m->entity), weight * factor, w->sentence_of[t]);
                break;
            }
            if (m->entity.kind == DPS_ENTITY_ORG && s->n_matches == 1)
                count_country(w, m->entity.country, 0.7F * weight, w->sentence_of[t]);
            if (m->entity.kind == DPS_ENTITY_PERSON && m->alias == DPS_ALIAS_NAME && m->n_tokens > 1) {
                if (w->n_named < MENTION_MAX_PERSONS && !mention_is_named(w, m->entity.id))
                    w->named[w->n_named++] = m->entity.id;
                struct dps_office office;
                if (i == 0 && dps_know_office_on(w->know, &m->entity, w->anchor, &office))
                    count_country(w, office.country, weight, w->sentence_of[t]);
            }
        }
    }
}

/* Second look: the chosen readings; towns and surnames add to what the article is about. */
void mention_choose_all(struct mention_work *w) {
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
            if (n->choice->alias == DPS_ALIAS_SURNAME && dps_know_office_on(w->know, e, w->anchor, &office))
                count_country(w, office.country, 0.7F, n->sentence);
        } else if (e->kind == DPS_ENTITY_PLACE) {
            count_country(w, e->country, 0.8F, n->sentence);
        } else if (e->kind == DPS_ENTITY_ORG && s->n_matches > 1) {
            count_country(w, e->country, 0.7F, n->sentence);
        }
    }
}

bool mention_is_definite(const struct mention_work *w, uint32_t t) {
    const struct dps_parse *p = w->parse;
    for (uint32_t k = p->kid_first[t]; k < p->kid_first[t + 1]; k++) {
        uint32_t kid = p->kid[k];
        if (dps_rel_plain(p->rel[kid]) == DPS_REL_DET)
            return p->feats[kid].definite == 1 || p->feats[kid].prontype == DPS_PRON_DEMONSTRATIVE ||
                   p->feats[kid].poss;
    }
    return false;
}

/* Do two words hang on one verb, or the second on a verb that shares the first's subject ("X came and gave him ...")?
 */
bool mention_same_clause(const struct mention_work *w, uint32_t a, uint32_t b) {
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
