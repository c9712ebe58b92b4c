/* mention_place.c -- the named places of an article.
 *
 * In: nominals with their chosen readings. Out: struct dps_place sorted by place in the text. How: a country's or
 * town's name is a place; a capital gets its town's coordinates; an institution's name (im Weißen Haus) and a name that
 * no table has are places behind an adposition of place. Which namesake: the largest town, one of a country that the
 * article names first. Whether an event happened there is the event stage's question.
 */
#include "mention/mention_local.h"

#include <math.h>

static bool behind_locative(const struct mention_work *w, const struct nominal *n) {
    for (uint32_t t = n->first; t <= n->last; t++) {
        if (w->spots[t].nominal != n - w->nominals) continue;
        int32_t at = mention_case_of(w, t);
        if (at >= 0) return w->spots[at].cues & MENTION_CUE_LOCATIVE;
    }
    return false;
}

/* The town of that name: population counts, and whether the article speaks of its country. */
static const struct dps_entity *best_town(const struct mention_work *w, const struct mention_spot *s,
                                          struct dps_str country) {
    const struct dps_entity *best = NULL;
    float best_score = 0;
    for (uint32_t i = 0; i < s->n_matches; i++) {
        const struct dps_entity *e = &s->matches[i].entity;
        if (e->kind != DPS_ENTITY_PLACE || (country.length && !dps_str_equal(e->country, country))) continue;
        float score =
            1.0F + log10f(1.0F + (float)e->population) + (mention_country_listed(w, e->country) ? 4.0F : 0.0F);
        if (score > best_score) best = e, best_score = score;
    }
    return best;
}

static bool fill(const struct mention_work *w, const struct nominal *n, struct dps_place *place) {
    const struct mention_spot *s = &w->spots[n->name_token];
    if (s->bloc && !(s->bloc->metonym && n->choice)) {
        place->name = s->bloc->name;
        place->kind = DPS_STR("region");
        return s->bloc->place;
    }
    if (!n->choice) {
        if (s->n_matches && w->parse->upos[n->head] == DPS_UPOS_NOUN)
            return false; /* a common noun that is somebody's surname too */
        place->name = place->text;
        place->kind = DPS_STR("");
        return behind_locative(w, n) && n->kind == NOMINAL_NAME;
    }
    const struct dps_match *m = n->choice;
    const struct dps_entity *e = &m->entity;
    if (m->alias == DPS_ALIAS_ADJECTIVE || m->alias == DPS_ALIAS_DEMONYM) return false;
    if (e->kind == DPS_ENTITY_ORG) {
        place->name = e->name;
        place->country = e->country;
        place->kind = DPS_STR("site");
        return behind_locative(w, n);
    }
    if (e->kind == DPS_ENTITY_PERSON) {
        const struct dps_entity *town = behind_locative(w, n) ? best_town(w, s, (struct dps_str){NULL, 0}) : NULL;
        if (!town) return false;
        e = town;
    } else if (e->kind == DPS_ENTITY_PLACE || m->alias == DPS_ALIAS_CAPITAL) {
        struct dps_str country = e->kind == DPS_ENTITY_PLACE ? (struct dps_str){NULL, 0} : e->id;
        const struct dps_entity *town = best_town(w, s, country);
        if (town)
            e = town;
        else
            place->name = place->text, place->kind = DPS_STR("capital");
    }
    if (!place->name.length) place->name = e->name;
    if (!place->kind.length) place->kind = e->kind == DPS_ENTITY_COUNTRY ? DPS_STR("country") : e->place_kind;
    if (m->alias == DPS_ALIAS_CAPITAL) place->kind = DPS_STR("capital");
    place->country = e->kind == DPS_ENTITY_COUNTRY && e->id.length == 3 ? e->id : e->country;
    place->lat = e->lat;
    place->lon = e->lon;
    return true;
}

enum dps_status mention_places(struct mention_work *w, struct dps_mention *mention, struct dps_error *error) {
    mention->places = DPS_NEW(w->arena, w->n_nominals ? w->n_nominals : 1, struct dps_place);
    if (!mention->places) return dps_error_set(error, DPS_MEMORY, "no memory for the places of the article");
    for (uint32_t i = 0; i < w->n_nominals; i++) {
        const struct nominal *n = &w->nominals[i];
        if (n->name_token < 0 || (n->role && n->kind == NOMINAL_ROLE && n->person)) continue;
        const struct mention_spot *s = &w->spots[n->name_token];
        uint32_t last = (uint32_t)n->name_token + s->name_words - 1;
        const struct dps_token *tokens = w->text->tokens;
        struct dps_place place = {
            .sentence = n->sentence, .head = n->head, .start = tokens[n->name_token].start, .end = tokens[last].end};
        place.text = dps_text_span(w->text, &w->text->sentences[n->sentence], place.start, place.end);
        if (!fill(w, n, &place)) continue;
        int32_t index = (int32_t)mention->n_places;
        mention->places[mention->n_places++] = place;
        for (uint32_t t = (uint32_t)n->name_token; t <= last; t++)
            if (mention->place_of[t] < 0) mention->place_of[t] = index;
        mention->place_of[n->head] = index;
    }
    return DPS_OK;
}
