/* mention_resolve.c -- who is meant by names and role nouns; resolves all nominals of an article.
 *
 * In: nominals in the order of the text. Out: their parties, with country, sector, office and antecedent. How: first
 * each name's reading is chosen (mention_focus.c); then the nominals are resolved in order, possessors before what they
 * possess. A role noun's country is taken from, in this order: the words of the nominal (US-, russisch, Russlands, in
 * Moskau), its person, defaults (mention_party.c). Pronouns: mention_refer.c. Limits: possessors nest MENTION_MAX_DEPTH
 * deep, a word has at most MENTION_MAX_PARTIES parties.
 */
#include "mention/mention_local.h"

static enum dps_status no_memory(struct dps_error *error) {
    return dps_error_set(error, DPS_MEMORY, "no memory to resolve the mentions of the article");
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
        bool first = s->name_words == 1 && w->spots[known->name_token].name_words > 1 &&
                     same_surname(w, w->forms[known->name_token], last);
        if (!first && !same_surname(w, w->persons[i].surname, last))
            continue; /* Lee of Lee Myung-bak is a surname too */
        if (s->name_words > 1 && w->spots[known->name_token].name_words > 1 &&
            !dps_str_equal(w->forms[n->name_token], w->forms[known->name_token]))
            continue; /* a namesake */
        if (known->n_parties && mention_has_country(&known->parties[0])) return known;
        if (!vague) vague = known;
    }
    return vague;
}

static struct dps_str words_of(const struct mention_work *w, uint32_t first, uint32_t last) {
    const struct dps_sentence *s = &w->text->sentences[w->sentence_of[first]];
    return dps_text_span(w->text, s, w->text->tokens[first].start, w->text->tokens[last].end);
}

void mention_copy_parties(struct mention_work *w, struct nominal *to, const struct nominal *from) {
    for (uint32_t i = 0; i < from->n_parties; i++) {
        struct party *p = mention_add_party(w, to);
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
    bool metonym = s->bloc && s->bloc->metonym && mention_country_listed(w, s->bloc->country) &&
                   !(mention_case_cues(w, n->head) & MENTION_CUE_LOCATIVE);
    if (s->bloc && s->name_words == 1 && has_owner(w, n->head)) return; /* im Westen des Landes */
    if (!s->bloc && !n->choice && s->n_matches && w->parse->upos[n->head] == DPS_UPOS_NOUN && !recall_person(w, n))
        return; /* a common noun */
    if (s->bloc && (metonym || !s->bloc->metonym || !n->choice)) {
        struct party *p = mention_add_party(w, n);
        if (!p) return;
        p->name = s->bloc->name;
        p->known = true;
        p->place_too = s->bloc->place;
        mention_set_country(p, s->bloc->country, true, 0.8F);
        (void)mention_code(p->sector, s->bloc->sector);
        n->nature = DPS_NATURE_GROUP;
        return;
    }
    if (n->choice && n->choice->alias != DPS_ALIAS_SURNAME) {
        struct party *p = mention_add_party(w, n);
        if (!p) return;
        mention_fill_entity(w, n, p, n->choice);
        if (n->person) remember_person(w, n);
        return;
    }
    struct nominal *known = recall_person(w, n);
    if (known && n->choice && mention_is_named(w, n->choice->entity.id) && !known->parties[0].id.length)
        known = NULL; /* the known bearer of the name */
    if (known && known->n_parties) {
        mention_copy_parties(w, n, known);
        n->antecedent = (int32_t)(known - w->nominals);
        n->nature = known->nature;
        n->gender = known->gender;
        return;
    }
    struct party *p = mention_add_party(w, n);
    if (!p) return;
    if (n->choice) {
        mention_fill_entity(w, n, p, n->choice);
        if (n->person) remember_person(w, n);
        return;
    }
    p->name = words_of(w, (uint32_t)n->name_token, (uint32_t)n->name_token + s->name_words - 1);
    p->confidence = 0.3F;
    remember_person(w, n);
}

/* Sector and country that a role takes from what it belongs to. */
static void take_from(const struct mention_role *role, struct party *p, const struct nominal *owner,
                      const struct party *from) {
    if (!mention_has_country(p) && mention_has_country(from)) {
        mention_set_country(p, mention_party_code(from), from->settled_country, from->settled_country ? 0.9F : 0.6F);
    }
    bool country = owner->nature == DPS_NATURE_COUNTRY || owner->kind == NOMINAL_GENERIC;
    if (role->inherit && !(country && role->sector.length) && from->sector[0]) memcpy(p->sector, from->sector, 4);
    bool armed = memcmp(from->sector, "REB", 4) == 0 || memcmp(from->sector, "PRM", 4) == 0;
    if (armed && memcmp(p->sector, "MIL", 4) == 0) memcpy(p->sector, from->sector, 4); /* a rebel leader's troops */
    if (owner->nature == DPS_NATURE_BODY && memcmp(from->sector, "UNK", 4) == 0 && memcmp(p->sector, "GOV", 4) == 0)
        memcpy(p->sector, from->sector, 4); /* officials of the United Nations govern no state */
}

/* The country of a compound's first part: US-Außenminister, Kremlchef, Bundesregierung, Trump-Administration. */
static void take_prefix(struct mention_work *w, const struct mention_role *role, struct party *p,
                        const struct mention_spot *s) {
    if (s->modifier) {
        struct nominal dummy = {.nature = DPS_NATURE_UNKNOWN};
        struct party from = {.confidence = 0};
        mention_fill_entity(w, &dummy, &from, s->modifier);
        if (!(s->modifier->entity.kind == DPS_ENTITY_ORG &&
              !mention_holds(s->modifier->entity.from, s->modifier->entity.to, w->anchor)))
            take_from(role, p, &dummy, &from);
    }
    if (s->prefix_country.length) mention_set_country(p, s->prefix_country, true, 0.85F);
    if (s->prefix_sector.length && role->inherit) (void)mention_code(p->sector, s->prefix_sector);
    if (s->prefix_role && role->inherit && s->prefix_role->sector.length)
        (void)mention_code(p->sector, s->prefix_role->sector);
}

static bool is_colleague(const struct mention_role *role) {
    return dps_str_is(role->implies, "colleague");
}

/* Is the role told of one holder: does its own verb, of which it is the only subject, stand in the singular? */
static bool is_one_by_verb(const struct mention_work *w, const struct nominal *n) {
    const struct dps_parse *p = w->parse;
    int32_t verb = p->head[n->head];
    if (!mention_is_subject(w, n->head) || verb < 0) return false;
    for (uint32_t k = p->kid_first[verb]; k < p->kid_first[verb + 1]; k++) {
        uint32_t kid = p->kid[k];
        enum dps_rel rel = dps_rel_plain(p->rel[kid]);
        if ((rel == DPS_REL_AUX || rel == DPS_REL_COP) && p->feats[kid].verbform == DPS_VERBFORM_FIN &&
            p->feats[kid].number)
            return p->feats[kid].number == DPS_NUMBER_SING;
    }
    return p->feats[verb].verbform == DPS_VERBFORM_FIN && p->feats[verb].number == DPS_NUMBER_SING;
}

/* One party of a role noun for each owner ("die Außenminister Russlands und der USA"). */
static void take_owners(struct mention_work *w, struct nominal *n, const struct party *base,
                        const struct source *source, int depth) {
    struct nominal *owners[MENTION_MAX_PARTIES];
    uint32_t count = mention_series(w, source->token, owners, MENTION_MAX_PARTIES, depth), members = 0;
    bool several = n->number == DPS_NUMBER_PLUR || n->nature != DPS_NATURE_PERSON;
    if (!count) return;
    bool owned = source->kind == SOURCE_POSSESSOR && n->name_token < 0 && !is_one_by_verb(w, n);
    for (uint32_t i = 0; i < count && owned; i++)
        owned = owners[i]->nature == DPS_NATURE_COUNTRY; /* states have an office holder each */
    if (owned && count > 1) several = true;
    if (n->number == DPS_NUMBER_PLUR &&
        w->parse->feats[source->token].kase == DPS_CASE_GEN) /* further owners that the tree hung on the role */
        for (uint32_t t = n->first; t <= n->last; t++)
            for (uint32_t k = w->parse->kid_first[t]; k < w->parse->kid_first[t + 1] && count < MENTION_MAX_PARTIES;
                 k++) {
                uint32_t kid = w->parse->kid[k];
                uint8_t kase = w->parse->feats[kid].kase;
                bool genitive = kase == DPS_CASE_GEN || (kase == DPS_CASE_DAT && count > 1); /* "der Ukraine" is both */
                if (w->parse->rel[kid] != DPS_REL_CONJ || !genitive || kid <= (uint32_t)source->token) continue;
                struct nominal *further = mention_nominal_at(w, (int32_t)kid, depth);
                if (further && further->nature == DPS_NATURE_COUNTRY) owners[count++] = further;
            }
    for (uint32_t i = 0; i < count; i++) {
        members += owners[i]->n_parties;
        several |= owners[i]->dual;
    }
    for (uint32_t i = 0; i < count; i++)
        for (uint32_t k = 0; k < owners[i]->n_parties; k++) {
            const struct party *from = &owners[i]->parties[k];
            if (!mention_has_country(from)) continue;
            bool quantity = dps_str_is(n->role->implies, "quantity");
            if (!quantity && !from->settled_country && (from->country[0] == '-' || n->choice))
                continue; /* a guess tells nothing */
            if (n->n_parties && !several) return;
            bool seen = false;
            for (uint32_t j = 0; j < n->n_parties; j++) seen |= memcmp(n->parties[j].country, from->country, 4) == 0;
            if (seen) continue;
            struct party *p = mention_add_party(w, n);
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

/* The first conjunct's country, for a further member of the series without its own ("die deutsche Regierung und
 * Opposition"). */
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
        mention_fill_entity(w, n, &own, n->choice);
        base->name = own.name;
        base->id = own.id;
        base->known = true;
        bool over = memcmp(own.sector, "ELI", 4) == 0;
        if (own.sector[0] && (!over || former) && memcmp(own.sector, "UNK", 4) != 0) {
            memcpy(base->sector, own.sector, 4);
            base->office = own.office;
        }
        if (!mention_has_country(base) && mention_has_country(&own))
            mention_set_country(base, mention_party_code(&own), true, 0.95F);
        return;
    }
    base->name = words_of(w, (uint32_t)n->name_token, (uint32_t)n->name_token + s->name_words - 1);
    struct nominal *known = recall_person(w, n);
    if (known && known->n_parties && !mention_has_country(base) && mention_has_country(&known->parties[0])) {
        mention_set_country(base, mention_party_code(&known->parties[0]), known->parties[0].settled_country, 0.8F);
        n->antecedent = (int32_t)(known - w->nominals);
    }
}

/* "die Ministerin", "der CSU-Politiker": a definite singular role without a name points back to the last person whom it
 * fits. */
static bool take_person(struct mention_work *w, struct nominal *n, const struct party *base) {
    uint32_t index = (uint32_t)(n - w->nominals);
    bool party_member = w->spots[n->role_token].modifier && n->role->inherit;
    if (n->nature != DPS_NATURE_PERSON || n->number == DPS_NUMBER_PLUR || n->name_token >= 0 ||
        !mention_is_definite(w, n->head))
        return false;
    if (n->role->office.length || (mention_has_country(base) && !party_member)) return false;
    for (uint32_t i = index; i-- > 0 && w->nominals[i].sentence + 2 >= n->sentence;) {
        struct nominal *c = &w->nominals[i];
        if (c->state != 2 || c->n_parties != 1 || c->nature != DPS_NATURE_PERSON || c->number == DPS_NUMBER_PLUR ||
            c->kind == NOMINAL_PRONOUN)
            continue;
        if (c->name_token < 0 || (n->gender && c->gender && !(n->gender & c->gender))) continue;
        if (mention_has_country(base) && memcmp(c->parties[0].country, base->country, 4) != 0) continue;
        if (!n->role->inherit && base->sector[0] && memcmp(c->parties[0].sector, base->sector, 4) != 0) continue;
        if (mention_same_clause(w, c->head, n->head)) continue;
        mention_copy_parties(w, n, c);
        n->antecedent = (int32_t)i;
        return true;
    }
    return false;
}

/* Who holds the office that the words name, if the tables know. */
static void find_holder(struct mention_work *w, const struct nominal *n, struct party *p) {
    struct dps_entity holder;
    if (p->name.length || !p->office.length || !mention_has_country(p) ||
        (n->number == DPS_NUMBER_PLUR && n->n_parties < 2) || n->nature != DPS_NATURE_PERSON)
        return;
    if (!dps_know_holder_on(w->know, mention_party_code(p), p->office, w->anchor, &holder)) return;
    p->name = holder.name;
    p->id = holder.id;
}

/* "26 Millionen Dollar", "thousands of houses": a quantity of things, not of people. */
static bool counts_things(const struct mention_work *w, const struct nominal *n) {
    uint32_t end = w->text->sentences[n->sentence].first + w->text->sentences[n->sentence].count, t = n->last + 1;
    if (t < end && w->parse->upos[t] == DPS_UPOS_ADP && w->spots[t].cues & MENTION_CUE_GENITIVE) t++;
    while (t < end && (w->parse->upos[t] == DPS_UPOS_ADJ || w->parse->upos[t] == DPS_UPOS_DET) &&
           w->spots[t].nominal < 0)
        t++;
    if (t >= end) return false;
    if (w->parse->upos[t] == DPS_UPOS_SYM) return true;
    if (w->parse->upos[t] != DPS_UPOS_NOUN && w->parse->upos[t] != DPS_UPOS_PROPN) return false;
    return w->spots[t].nominal < 0 || w->nominals[w->spots[t].nominal].kind == NOMINAL_MODIFIER;
}

static void resolve_role(struct mention_work *w, struct nominal *n, int depth) {
    const struct mention_role *role = n->role;
    if (dps_str_is(role->implies, "quantity") && counts_things(w, n)) return;
    const struct mention_spot *s = &w->spots[n->role_token];
    struct source sources[MENTION_MAX_SOURCES];
    struct party base = {.known = true, .confidence = 0.6F};
    (void)mention_code(base.sector, role->sector);
    base.office = role->office;
    if (n->prior_role >= 0) {
        const struct mention_role *prior = w->spots[n->prior_role].role;
        if (role->inherit && prior->sector.length) (void)mention_code(base.sector, prior->sector);
        take_prefix(w, role, &base, &w->spots[n->prior_role]);
    }
    if (role->country.length) mention_set_country(&base, role->country, true, 0.8F);
    take_prefix(w, role, &base, s);
    bool former = s->prefix_former || mention_has_cue_kid(w, n, MENTION_CUE_FORMER);
    n->dual = mention_is_dual(w, n);

    uint32_t count = mention_find_sources(w, n, sources);
    bool allies = dps_str_is(role->implies, "allies") && n->number == DPS_NUMBER_PLUR;
    if (dps_str_is(role->implies, "allies") && !allies && !count && n->name_token < 0) return; /* a partner */
    bool fixed = mention_has_country(&base);
    for (int pass = SOURCE_ADJECTIVE; pass <= SOURCE_PLACE && !n->n_parties; pass++)
        for (uint32_t i = 0; i < count; i++) {
            if (n->n_parties && !(pass == SOURCE_ADJECTIVE && n->number == DPS_NUMBER_PLUR)) break;
            if (sources[i].kind != (enum source_kind)pass) continue;
            if (allies && pass == SOURCE_POSSESSOR) continue;     /* Russia's allies are not Russia */
            if (is_colleague(role) && pass == SOURCE_POSSESSOR) { /* his office, not his country */
                struct nominal *owner = mention_nominal_at(w, sources[i].token, depth);
                if (owner) {
                    base.office = owner->parties[0].office;
                    if (owner->parties[0].sector[0]) memcpy(base.sector, owner->parties[0].sector, 4);
                    n->rival = (int32_t)(owner - w->nominals);
                }
                continue;
            }
            if (fixed) {
                struct nominal *owner = mention_nominal_at(w, sources[i].token, depth);
                if (owner && role->inherit && !s->prefix_role && owner->nature != DPS_NATURE_COUNTRY)
                    take_from(role, &base, owner, &owner->parties[0]);
                continue;
            }
            if (n->name_token >= 0 && n->choice && n->person && pass == SOURCE_PLACE) continue;
            take_owners(w, n, &base, &sources[i], depth);
        }
    if (!n->n_parties && n->dual) mention_resolve_dual(w, n, role);
    if (!n->n_parties && !former && take_person(w, n, &base)) return;
    if (!n->n_parties) {
        struct party *p = mention_add_party(w, n);
        if (!p) return;
        *p = base;
    }
    struct party *p = &n->parties[0];
    if (n->n_parties == 1 && n->name_token >= 0) name_in_role(w, n, p, former);
    struct nominal *first = mention_has_country(p) ? NULL : first_conjunct(w, n);
    if (first && first->kind == NOMINAL_ROLE && mention_has_country(&first->parties[0]))
        mention_set_country(p, mention_party_code(&first->parties[0]), first->parties[0].settled_country, 0.7F);
    if (!mention_has_country(p)) mention_default_country(w, n, p);
    for (uint32_t i = 0; i < n->n_parties; i++) {
        if (former && memcmp(n->parties[i].sector, "GOV", 4) == 0 && n->nature == DPS_NATURE_PERSON) {
            bool holds_other =
                n->choice && n->parties[i].office.length && !dps_str_equal(n->parties[i].office, role->office);
            if (!holds_other) (void)mention_code(n->parties[i].sector, DPS_STR("ELI"));
        } else if (!former && n->name_token < 0) {
            find_holder(w, n, &n->parties[i]);
        }
        if (!n->parties[i].sector[0]) (void)mention_code(n->parties[i].sector, DPS_STR("UNK"));
    }
    if (n->name_token >= 0) remember_person(w, n);
    if (mention_has_country(p) && p->country[0] != '-')
        w->last_of_role[role - w->rules->roles] = (int32_t)(n - w->nominals);
}

/* ---- all nominals ---- */

static void resolve_modifier(struct mention_work *w, struct nominal *n) {
    struct party *p = mention_add_party(w, n);
    if (p) mention_fill_entity(w, n, p, w->spots[n->head].modifier);
    if (p) p->place_too = false;
}

void mention_resolve_one(struct mention_work *w, uint32_t index, int depth) {
    struct nominal *n = &w->nominals[index];
    if (n->state || depth > MENTION_MAX_DEPTH) return;
    n->state = 1;
    switch (n->kind) {
    case NOMINAL_NAME:
    case NOMINAL_BLOC:
        resolve_name(w, n);
        break;
    case NOMINAL_ROLE:
        resolve_role(w, n, depth);
        break;
    case NOMINAL_GENERIC:
        mention_resolve_generic(w, n, depth);
        break;
    case NOMINAL_PRONOUN:
        mention_resolve_pronoun(w, n, depth);
        break;
    case NOMINAL_MODIFIER:
        resolve_modifier(w, n);
        break;
    }
    n->state = 2;
    bool title = w->text->sentences[n->sentence].kind == DPS_SENTENCE_TITLE;
    float weight = (title ? 2.0F : 1.0F) * mention_role_weight(w, n->head);
    if (n->kind == NOMINAL_PRONOUN || (n->n_parties && !n->parties[0].settled_country))
        weight *= 0.3F; /* guesses must not feed themselves */
    for (uint32_t i = 0; i < n->n_parties; i++)
        mention_see_country(w, mention_party_code(&n->parties[i]), weight, n->sentence);
    bool forces = n->kind == NOMINAL_ROLE && n->n_parties == 1 && n->parties[0].settled_country &&
                  memcmp(n->parties[0].sector, "MIL", 4) == 0;
    bool state = ((n->nature == DPS_NATURE_COUNTRY && n->kind == NOMINAL_NAME) || forces) && n->n_parties == 1 &&
                 w->parse->rel[n->head] == DPS_REL_NSUBJ;
    int at = state ? mention_find_country(w, mention_party_code(&n->parties[0])) : -1;
    if (at >= 0) w->countries[at].agent = n->sentence + 1;
}
/* ---- the words of a nominal ---- */

static bool is_attribute(enum dps_rel rel) {
    switch (dps_rel_plain(rel)) {
    case DPS_REL_DET:
    case DPS_REL_AMOD:
    case DPS_REL_NUMMOD:
    case DPS_REL_NMOD:
    case DPS_REL_COMPOUND:
    case DPS_REL_FLAT:
    case DPS_REL_FIXED:
    case DPS_REL_GOESWITH:
    case DPS_REL_ADVMOD:
        return true;
    default:
        return false;
    }
}

/* An attribute that is no part of the words that name a party: times, and behind a name what is not the name. */
static bool is_foreign_part(const struct mention_work *w, const struct nominal *n, uint32_t kid) {
    const struct dps_parse *p = w->parse;
    if (w->time_of[kid] >= 0) return true;
    if (dps_rel_plain(p->rel[kid]) == DPS_REL_COMPOUND && mention_is_titled(w, kid)) return true;
    if (kid < n->head) return false;
    if (dps_rel_plain(p->rel[kid]) == DPS_REL_ADVMOD) return true;
    bool name = n->role_token < 0 && n->name_token >= 0 && (n->choice || w->spots[n->name_token].bloc);
    if (name) return true; /* Turkey of aggression; der Ukraine Kredite */
    if (dps_rel_plain(p->rel[kid]) == DPS_REL_FLAT && w->spots[kid].nominal >= 0)
        return w->nominals[w->spots[kid].nominal].kind == NOMINAL_NAME;
    int32_t at = mention_case_of(w, kid);
    bool behind_name = n->name_token > n->role_token && kid > n->last; /* Präsident Lukaschenko mit Putin */
    if (at < 0) return behind_name && p->feats[kid].kase != DPS_CASE_GEN;
    uint32_t cues = w->spots[at].cues;
    if (behind_name && !(cues & MENTION_CUE_GENITIVE)) return true;
    if (n->kind == NOMINAL_GENERIC) return !(cues & MENTION_CUE_GENITIVE); /* both sides with sanctions */
    bool place = cues & (MENTION_CUE_LOCATIVE | MENTION_CUE_ORIGIN);
    return place && w->spots[kid].nominal < 0 && n->nature != DPS_NATURE_BODY; /* 5300 people to safety */
}

static bool in_words(const struct nominal *n, uint32_t t) {
    return t >= n->first && t <= n->last;
}

static void widen(const struct mention_work *w, uint32_t t, uint32_t *first, uint32_t *last, int depth) {
    const struct dps_parse *p = w->parse;
    if (t < *first) *first = t;
    if (t > *last) *last = t;
    if (depth > MENTION_MAX_DEPTH) return;
    for (uint32_t k = p->kid_first[t]; k < p->kid_first[t + 1]; k++) {
        uint32_t kid = p->kid[k];
        enum dps_rel rel = dps_rel_plain(p->rel[kid]);
        if (rel == DPS_REL_ACL || rel == DPS_REL_PUNCT || rel == DPS_REL_PARATAXIS || rel == DPS_REL_ADVCL ||
            rel == DPS_REL_APPOS)
            continue;
        if (w->time_of[kid] >= 0) continue;
        const struct nominal *inner = w->spots[t].nominal < 0 ? NULL : &w->nominals[w->spots[t].nominal];
        if (inner && inner->kind != NOMINAL_MODIFIER && rel != DPS_REL_CASE && !in_words(inner, kid) &&
            is_foreign_part(w, inner, kid) && rel != DPS_REL_CONJ)
            continue;
        widen(w, kid, first, last, depth + 1);
    }
}

/* Leading words that name no party: the adposition, an article that is written as one word with it, times, marks. */
static bool is_stray_lead(const struct mention_work *w, uint32_t t) {
    uint8_t upos = w->parse->upos[t];
    if (upos == DPS_UPOS_PUNCT || upos == DPS_UPOS_ADP || upos == DPS_UPOS_CCONJ || w->time_of[t] >= 0) return true;
    if (upos == DPS_UPOS_VERB && w->parse->rel[t] != DPS_REL_AMOD) return true;
    return w->text->tokens[t].mwt_part > 0 && t > 0 && w->parse->upos[t - 1] == DPS_UPOS_ADP; /* zum Nachbarland */
}

static bool is_stray_tail(const struct mention_work *w, uint32_t t) {
    uint8_t upos = w->parse->upos[t];
    return upos == DPS_UPOS_PUNCT || upos == DPS_UPOS_ADP || upos == DPS_UPOS_CCONJ || upos == DPS_UPOS_SCONJ ||
           w->time_of[t] >= 0;
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
            if (is_foreign_part(w, n, kid)) continue;
            widen(w, kid, first, last, 0);
        }
    }
    while (*first < n->first && is_stray_lead(w, *first)) (*first)++;
    while (*last > n->last && is_stray_tail(w, *last)) (*last)--;
}

static void set_inside(struct mention_work *w) {
    for (uint32_t i = 0; i < w->n_nominals; i++) {
        struct nominal *n = &w->nominals[i];
        int32_t h = w->parse->head[n->head];
        if (h >= 0 && w->spots[h].nominal >= 0 && w->spots[h].nominal != (int32_t)i &&
            is_attribute(w->parse->rel[n->head]))
            n->inside = w->spots[h].nominal;
    }
}

enum dps_status mention_resolve(struct mention_work *w, struct dps_error *error) {
    w->last_of_role = DPS_NEW(w->arena, w->rules->n_roles ? w->rules->n_roles : 1, int32_t);
    if (!w->last_of_role) return no_memory(error);
    for (uint32_t i = 0; i < w->rules->n_roles; i++) w->last_of_role[i] = -1;
    set_inside(w);
    mention_survey(w);
    mention_choose_all(w);
    for (uint32_t i = 0; i < w->n_nominals; i++) mention_resolve_one(w, i, 0);
    return w->arena->full ? no_memory(error) : DPS_OK;
}
