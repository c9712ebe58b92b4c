/* mention_actor.c -- finds the words that may stand for a party and joins them to nominals.
 *
 * In: the parse, the knowledge tables, the word lists. Out: work->spots (marks of each token) and work->nominals,
 * sorted by sentence and head. How: names are matched on the row of tokens, longest first, and only then set into the
 * tree, so that a wrong tree cannot hide a name. Role nouns are found by lemma, by form and as the last part of a
 * compound. A role noun and a name beside or in apposition to it make one nominal, whose head is the token of both that
 * stands highest in the tree. Limits: see mention_local.h. The work is linear in the tokens but for the joins, which
 * look at the nominals of one sentence.
 */
#include "mention/mention_local.h"

#include "base/utf8.h"

#include <math.h>

enum {
    NAME_REACH = 10 /* tokens of the longest name */,
    KNOWN_TOWN = 40000 /* people; of towns that the tagger took for a common noun */,
    PHRASE_BYTES = 160,
    MAX_SURNAMES = 64,
    APPOSITION_REACH = 14 /* tokens between role and name */
};

static enum dps_status no_memory(struct dps_error *error) {
    return dps_error_set(error, DPS_MEMORY, "no memory for the mentions of the article");
}

/* ---- helpers on the tree ---- */

int32_t mention_case_of(const struct mention_work *w, uint32_t token) {
    const struct dps_parse *p = w->parse;
    for (uint32_t k = p->kid_first[token]; k < p->kid_first[token + 1]; k++)
        if (p->rel[p->kid[k]] == DPS_REL_CASE && p->kid[k] < token) return (int32_t)p->kid[k];
    return -1;
}

bool mention_is_subject(const struct mention_work *w, uint32_t token) {
    enum dps_rel rel = w->parse->rel[token];
    return rel == DPS_REL_NSUBJ || rel == DPS_REL_NSUBJ_PASS || rel == DPS_REL_NSUBJ_OUTER;
}

static bool is_upper_first(struct dps_str s) {
    size_t at = 0;
    return s.length && dps_utf8_is_upper(dps_utf8_next(s, &at));
}

/* Two capitals at least: an acronym, which no tagger's word class can unmake. */
static bool is_acronym(struct dps_str s) {
    unsigned capitals = 0;
    for (size_t at = 0; at < s.length;) {
        uint32_t c = dps_utf8_next(s, &at);
        capitals += dps_utf8_is_upper(c);
        if (dps_utf8_is_lower(c)) return false;
    }
    return capitals >= 2;
}

static bool is_quote(struct dps_str s) {
    static const char *const quotes[] = {"\"", "„", "“", "”", "«", "»", "‚", "‘", "’", "'", "``", "''", "›", "‹"};
    for (size_t i = 0; i < sizeof quotes / sizeof *quotes; i++)
        if (dps_str_is(s, quotes[i])) return true;
    return false;
}

static bool is_nounish(const struct mention_work *w, uint32_t t) {
    uint8_t u = w->parse->upos[t];
    return u == DPS_UPOS_NOUN || u == DPS_UPOS_PROPN || u == DPS_UPOS_X_;
}

static bool is_closed_class(uint8_t upos) {
    switch (upos) {
    case DPS_UPOS_ADP:
    case DPS_UPOS_AUX:
    case DPS_UPOS_CCONJ:
    case DPS_UPOS_DET:
    case DPS_UPOS_PART:
    case DPS_UPOS_PRON:
    case DPS_UPOS_SCONJ:
    case DPS_UPOS_PUNCT:
    case DPS_UPOS_ADV:
    case DPS_UPOS_INTJ:
        return true;
    default:
        return false;
    }
}

/* ---- marks ---- */

static void mark_depth(struct mention_work *w, uint32_t t) {
    uint16_t depth = 0;
    for (int32_t at = (int32_t)t; at >= 0 && depth < DPS_TEXT_MAX_SENTENCE; at = w->parse->head[at]) depth++;
    w->spots[t].depth = depth;
}

/* May this reading stand here at all? What the tagger says is asked only of single words. */
static bool accept(const struct mention_work *w, uint32_t t, const struct dps_match *m, bool sentence_start) {
    const struct mention_spot *s = &w->spots[t];
    uint8_t upos = w->parse->upos[t];
    bool upper = is_upper_first(w->forms[t]), acronym = is_acronym(w->forms[t]);
    if (!upper && m->alias != DPS_ALIAS_ADJECTIVE && m->alias != DPS_ALIAS_DEMONYM) {
        size_t at = 0;
        uint32_t c = w->forms[t].length ? dps_utf8_next(w->forms[t], &at) : 0;
        if (!dps_utf8_is_digit(c) && m->n_tokens == 1) return false;
        if (m->n_tokens > 1 && !is_upper_first(w->forms[t + m->n_tokens - 1])) return false;
    }
    if (m->n_tokens > 1) return true;
    if (acronym) return true;
    if (s->cues & MENTION_CUE_NOT_NAME) return false;
    if (is_closed_class(upos)) return false;
    if (upos == DPS_UPOS_VERB && (sentence_start || !upper)) return false;
    if (m->entity.kind == DPS_ENTITY_PLACE && upos != DPS_UPOS_PROPN && upos != DPS_UPOS_X_) {
        bool adposition = !sentence_start && w->parse->upos[t - 1] == DPS_UPOS_ADP &&
                          w->spots[t - 1].cues & (MENTION_CUE_LOCATIVE | MENTION_CUE_ORIGIN);
        bool town = dps_str_is(m->entity.place_kind, "city") || dps_str_is(m->entity.place_kind, "capital");
        if (!town && upper && upos == DPS_UPOS_NOUN) return true; /* Kurilen, Golanhöhen */
        bool noted = m->entity.population >= KNOWN_TOWN ||
                     !m->entity.population; /* without population: listed by hand, since news tell of it */
        return adposition && upper && (upos == DPS_UPOS_ADJ || (upos == DPS_UPOS_NOUN && noted));
    }
    return true;
}

static void mark_name(struct mention_work *w, uint32_t t, uint32_t end, bool sentence_start) {
    struct dps_match found[MENTION_MAX_MATCHES];
    struct mention_spot *s = &w->spots[t];
    uint32_t n = end - t < NAME_REACH ? end - t : NAME_REACH;
    size_t count = dps_know_find(w->know, w->rules->code, w->forms + t, n, found, MENTION_MAX_MATCHES);
    size_t from = 0;
    while (from < count) { /* the longest length of which a reading is accepted */
        size_t to = from, kept = 0;
        while (to < count && found[to].n_tokens == found[from].n_tokens) {
            if (found[to].n_tokens >= 1 && found[to].n_tokens <= n && accept(w, t, &found[to], sentence_start))
                found[from + kept++] = found[to];
            to++;
        }
        if (kept) {
            s->matches = DPS_NEW(w->arena, kept, struct dps_match);
            if (!s->matches) return;
            memcpy(s->matches, found + from, kept * sizeof *found);
            s->n_matches = (uint16_t)kept;
            s->name_words = (uint16_t)found[from].n_tokens;
            for (uint32_t i = 0; i < s->name_words; i++) w->spots[t + i].name_start = (int32_t)t;
            return;
        }
        from = to;
    }
}

/* The first country or organisation (person too behind a hyphen) that is named by one form. */
static struct dps_match *find_one(struct mention_work *w, struct dps_str form, bool persons) {
    struct dps_match found[MENTION_MAX_MATCHES];
    size_t count = dps_know_find(w->know, w->rules->code, &form, 1, found, MENTION_MAX_MATCHES);
    for (int pass = 0; pass < 3; pass++)
        for (size_t i = 0; i < count; i++) {
            enum dps_entity_kind kind = found[i].entity.kind;
            bool fits = pass == 0   ? kind == DPS_ENTITY_COUNTRY
                        : pass == 1 ? kind == DPS_ENTITY_ORG
                                    : persons && kind == DPS_ENTITY_PERSON;
            if (!fits) continue;
            struct dps_match *kept = DPS_NEW(w->arena, 1, struct dps_match);
            if (kept) *kept = found[i];
            return kept;
        }
    return NULL;
}

/* What stands before the last part of a compound: "US-", "Ex-", "Bundes", "Regierungs". */
static void mark_prefix(struct mention_work *w, uint32_t t, size_t at) {
    struct mention_spot *s = &w->spots[t];
    struct dps_str form = w->forms[t];
    if (form.length != s->low.length) return; /* lower-casing moved the bytes: leave such rare words alone */
    struct dps_str rest = dps_str_cut(form, 0, at), low_rest = dps_str_cut(s->low, 0, at);
    bool hyphen = at && form.data[at - 1] == '-';
    uint32_t prefix = mention_map_get(&w->rules->prefix_map, hyphen ? dps_str_cut(low_rest, 0, at - 1) : low_rest);
    if (prefix != MENTION_NONE) {
        s->prefix_country = w->rules->prefixes[prefix].country;
        s->prefix_sector = w->rules->prefixes[prefix].sector;
    }
    if (hyphen) {
        struct dps_str part, whole = dps_str_cut(rest, 0, at - 1);
        s->modifier = find_one(w, whole, true);
        size_t done = 0;
        while (dps_str_split(&rest, '-', &part)) {
            struct dps_str low = dps_str_cut(s->low, done, done + part.length);
            done += part.length + 1;
            if (!part.length) continue;
            if (mention_rules_cues(w->rules, low) & MENTION_CUE_FORMER)
                s->prefix_former = true;
            else if (!s->modifier)
                s->modifier = find_one(w, part, true);
            if (!s->prefix_role) s->prefix_role = mention_rules_role(w->rules, low);
        }
        return;
    }
    if (prefix != MENTION_NONE) return;
    s->modifier = at >= 4 ? find_one(w, rest, false) : NULL;
    s->prefix_role = mention_rules_role(w->rules, low_rest);
    for (size_t cut = 1; cut <= 2 && cut < at && !s->prefix_role; cut++)
        if (mention_rules_cues(w->rules, dps_str_cut(low_rest, at - cut, at)) & MENTION_CUE_LINK)
            s->prefix_role = mention_rules_role(w->rules, dps_str_cut(low_rest, 0, at - cut));
}

/* "Südlibanon", "nordisraelisch": a part of a country, told by a prefix that the tables need not list for each. */
static void mark_half(struct mention_work *w, uint32_t t) {
    struct mention_spot *s = &w->spots[t];
    struct dps_str form = w->forms[t];
    if (form.length != s->low.length) return;
    for (size_t at = 3; at + 4 <= form.length && at <= 10; at++) {
        if (!(mention_rules_cues(w->rules, dps_str_cut(s->low, 0, at)) & MENTION_CUE_HALF)) continue;
        struct dps_str rest = dps_str_cut(form, at, form.length);
        if (rest.data[0] == '-') rest = dps_str_cut(rest, 1, rest.length);
        struct dps_str capital = is_upper_first(form) ? dps_utf8_capital(w->arena, rest) : rest;
        struct dps_match *m = find_one(w, capital, false);
        if (!m || m->entity.kind != DPS_ENTITY_COUNTRY || m->alias == DPS_ALIAS_CAPITAL) continue;
        m->n_tokens = 1;
        s->matches = m;
        s->n_matches = s->name_words = 1;
        s->name_start = (int32_t)t;
        return;
    }
}

/* "Nord- und Südkorea": the first borrows the end of the last. */
static void mark_borrowed(struct mention_work *w, uint32_t t, uint32_t end) {
    struct dps_str form = w->forms[t];
    if (t + 2 >= end || form.length < 3 || form.data[form.length - 1] != '-' || w->parse->upos[t + 1] != DPS_UPOS_CCONJ)
        return;
    struct mention_spot *s = &w->spots[t], *last = &w->spots[t + 2];
    struct dps_str other = w->forms[t + 2];
    if (last->name_start != (int32_t)t + 2 || other.length != last->low.length ||
        !(mention_rules_cues(w->rules, dps_str_cut(s->low, 0, s->low.length - 1)) & MENTION_CUE_HALF))
        return;
    for (size_t at = 3; at + 3 <= other.length && at <= 10; at++) {
        if (!(mention_rules_cues(w->rules, dps_str_cut(last->low, 0, at)) & MENTION_CUE_HALF)) continue;
        size_t length = form.length - 1 + other.length - at;
        char *whole = DPS_NEW(w->arena, length, char);
        if (!whole) return;
        memcpy(whole, form.data, form.length - 1);
        memcpy(whole + form.length - 1, other.data + at, other.length - at);
        struct dps_match *m = find_one(w, (struct dps_str){whole, length}, false);
        if (!m || m->entity.kind != DPS_ENTITY_COUNTRY) continue;
        m->n_tokens = 1;
        s->matches = m;
        s->n_matches = s->name_words = 1;
        s->name_start = (int32_t)t;
        return;
    }
}

/* "Berliner", "Hongkonger": a town's adjective that the tables need not list for each. */
static void mark_town(struct mention_work *w, uint32_t t) {
    struct mention_spot *s = &w->spots[t];
    struct dps_str form = w->forms[t];
    if (form.length != s->low.length || !is_upper_first(form) || is_closed_class(w->parse->upos[t])) return;
    for (size_t cut = 1; cut <= 2 && cut + 4 <= form.length; cut++) {
        if (!(mention_rules_cues(w->rules, dps_str_cut(s->low, form.length - cut, form.length)) &
              MENTION_CUE_TOWN_ENDING))
            continue;
        struct dps_match *m = find_one(w, dps_str_cut(form, 0, form.length - cut), false);
        if (!m || m->entity.kind != DPS_ENTITY_COUNTRY || (m->alias != DPS_ALIAS_CAPITAL && m->alias != DPS_ALIAS_NAME))
            continue;
        m->n_tokens = 1;
        m->alias = w->parse->upos[t] == DPS_UPOS_NOUN ? DPS_ALIAS_DEMONYM : DPS_ALIAS_ADJECTIVE;
        s->matches = m;
        s->n_matches = s->name_words = 1;
        s->name_start = (int32_t)t;
        return;
    }
}

/* A role of several words that begins at t; returns its number of words. */
static uint8_t find_phrase(const struct mention_work *w, uint32_t t, uint32_t end, const struct mention_role **role) {
    uint32_t most = mention_map_get(&w->rules->role_first, w->spots[t].low);
    if (most == MENTION_NONE || most < 2) return 0;
    for (uint32_t words = most; words >= 2; words--) {
        if (t + words > end) continue;
        char phrase[PHRASE_BYTES];
        for (int by_lemma = 0; by_lemma < 3; by_lemma++) { /* by form, by lemma, by form with the last word's lemma */
            size_t length = 0;
            bool fits = true;
            for (uint32_t i = 0; i < words && fits; i++) {
                struct dps_str part =
                    by_lemma == 1 || (by_lemma == 2 && i + 1 == words) ? w->spots[t + i].lemma : w->spots[t + i].low;
                fits = length + part.length + 1 < PHRASE_BYTES && (i == 0 || w->spots[t + i].name_start < 0);
                if (!fits) break;
                if (i) phrase[length++] = ' ';
                if (part.length) memcpy(phrase + length, part.data, part.length);
                length += part.length;
            }
            if (fits && (*role = mention_rules_role(w->rules, (struct dps_str){phrase, length}))) return (uint8_t)words;
        }
    }
    return 0;
}

static bool may_be_role(const struct mention_work *w, uint32_t t) {
    if (is_nounish(w, t)) return true;
    uint8_t upos = w->parse->upos[t];
    bool nominalised = upos == DPS_UPOS_ADJ && w->parse->rel[t] != DPS_REL_AMOD;
    return nominalised || (w->spots[t].cues & MENTION_CUE_HEADLESS);
}

static void mark_role(struct mention_work *w, uint32_t t, uint32_t end) {
    struct mention_spot *s = &w->spots[t];
    if (s->name_start >= 0) return;
    s->role_words = find_phrase(w, t, end, &s->role);
    if (s->role_words || !may_be_role(w, t)) return;
    size_t at = 0;
    s->role = mention_rules_role(w->rules, s->lemma);
    if (!s->role) s->role = mention_rules_inflected(w->rules, s->low);
    if (!s->role && is_upper_first(w->forms[t])) {
        struct dps_str by_lemma = s->lemma.length ? s->lemma : s->low;
        s->role = mention_rules_compound(w->rules, by_lemma, &at);
        if (!s->role) s->role = mention_rules_compound(w->rules, s->low, &at);
        if (s->role) mark_prefix(w, t, at);
    }
    if (s->role && s->role->capital && !is_upper_first(w->forms[t])) s->role = NULL;
    if (s->role) s->role_words = 1;
}

/* "US-Sanktionen", "Trump-Administration": a name before the hyphen of a noun that is no role. */
static void mark_modifier(struct mention_work *w, uint32_t t) {
    struct mention_spot *s = &w->spots[t];
    if (s->role || s->name_start >= 0 || !is_upper_first(w->forms[t])) return;
    struct dps_str form = w->forms[t];
    for (size_t i = form.length; i > 1; i--)
        if (form.data[i - 1] == '-' && i < form.length) {
            mark_prefix(w, t, i);
            return;
        }
}

/* Does a phrase of several words ("- year - old") end at the token? */
static bool ends_phrase(const struct mention_work *w, uint32_t t, struct dps_str phrase) {
    uint32_t at = t + 1, first = w->text->sentences[w->sentence_of[t]].first;
    size_t end = phrase.length;
    unsigned words = 0;
    while (end) {
        size_t from = end;
        while (from && phrase.data[from - 1] != ' ') from--;
        if (at == first || !dps_str_equal(w->spots[--at].low, dps_str_cut(phrase, from, end))) return false;
        end = from ? from - 1 : 0;
        words++;
    }
    return words > 1;
}

static void mark_generic(struct mention_work *w, uint32_t t) {
    struct mention_spot *s = &w->spots[t];
    if (s->name_start >= 0 || s->role_words) return;
    uint8_t upos = w->parse->upos[t];
    if (upos != DPS_UPOS_NOUN && upos != DPS_UPOS_PROPN && upos != DPS_UPOS_ADJ && upos != DPS_UPOS_NUM &&
        upos != DPS_UPOS_PRON && upos != DPS_UPOS_DET)
        return;
    uint32_t row = mention_map_get(&w->rules->generic_map, s->lemma);
    if (row == MENTION_NONE) row = mention_map_get(&w->rules->generic_map, s->low);
    for (size_t cut = 1; cut <= 2 && row == MENTION_NONE && cut + 3 < s->low.length; cut++)
        if (mention_rules_cues(w->rules, dps_str_cut(s->low, s->low.length - cut, s->low.length)) &
            MENTION_CUE_INFLECTION)
            row = mention_map_get(&w->rules->generic_map, dps_str_cut(s->low, 0, s->low.length - cut));
    if (row != MENTION_NONE) {
        const struct mention_generic_row *g = &w->rules->generics[row];
        enum dps_rel rel = dps_rel_plain(w->parse->rel[t]);
        bool alone = rel != DPS_REL_DET && rel != DPS_REL_AMOD && rel != DPS_REL_NUMMOD && rel != DPS_REL_CC &&
                     rel != DPS_REL_ADVMOD;
        if (g->kind == MENTION_GENERIC_PAIR ? alone : upos == DPS_UPOS_NOUN || upos == DPS_UPOS_PROPN) s->generic = g;
        return;
    }
    for (uint32_t i = 0; i < w->rules->n_generics; i++) {
        struct dps_str word = w->rules->generics[i].word;
        if (ends_phrase(w, t, word) && w->parse->rel[t] != DPS_REL_AMOD) {
            s->generic = &w->rules->generics[i];
            return;
        }
        if (word.length < 2 || word.data[0] != '-') continue;
        struct dps_str tail = dps_str_cut(word, 1, word.length);
        if (s->low.length > tail.length && (dps_str_ends(s->low, tail) || dps_str_ends(s->lemma, tail)) &&
            w->parse->rel[t] != DPS_REL_AMOD) {
            s->generic = &w->rules->generics[i];
            return;
        }
    }
}

static void mark_pronoun(struct mention_work *w, uint32_t t, bool sentence_start) {
    struct mention_spot *s = &w->spots[t];
    uint8_t upos = w->parse->upos[t];
    if ((upos != DPS_UPOS_PRON && upos != DPS_UPOS_DET) || dps_rel_plain(w->parse->rel[t]) == DPS_REL_EXPL) return;
    uint32_t row = mention_map_get(&w->rules->pronoun_map, s->low);
    if (row == MENTION_NONE) return;
    const struct mention_pronoun *p = &w->rules->pronouns[row];
    bool relative_clause = false;
    for (int32_t at = (int32_t)t, steps = 0; at >= 0 && steps < 6; at = w->parse->head[at], steps++) {
        enum dps_rel rel = w->parse->rel[at];
        if (rel == DPS_REL_ACL_RELCL || (rel == DPS_REL_ACL && at != (int32_t)t)) relative_clause = true;
    }
    uint8_t type = w->parse->feats[t].prontype;
    for (; row < w->rules->n_pronouns && dps_str_equal(w->rules->pronouns[row].word, s->low); row++) {
        p = &w->rules->pronouns[row];
        if (p->kind == MENTION_PRONOUN_RELATIVE && upos == DPS_UPOS_PRON && relative_clause) break;
        if (p->kind == MENTION_PRONOUN_DEMONSTRATIVE && upos == DPS_UPOS_PRON && type != DPS_PRON_RELATIVE) break;
        if (p->kind == MENTION_PRONOUN_POSSESSIVE &&
            (upos == DPS_UPOS_DET || w->parse->feats[t].poss || w->parse->rel[t] == DPS_REL_NMOD_POSS ||
             w->parse->rel[t] == DPS_REL_DET_POSS))
            break;
        if (p->kind == MENTION_PRONOUN_PERSONAL && upos == DPS_UPOS_PRON && !w->parse->feats[t].reflex) break;
    }
    if (row >= w->rules->n_pronouns || !dps_str_equal(w->rules->pronouns[row].word, s->low)) return;
    if (p->person == 3 && !sentence_start && is_upper_first(w->forms[t]) && p->kind != MENTION_PRONOUN_RELATIVE)
        return; /* polite address */
    s->pronoun = p;
}

/* Blocs (the West) are names too; they are matched by lemma or form, each word. */
static void mark_bloc(struct mention_work *w, uint32_t t, uint32_t end) {
    struct mention_spot *s = &w->spots[t];
    if (s->name_start >= 0 && s->name_words > 1) return;
    char phrase[PHRASE_BYTES];
    uint32_t best = 0;
    for (int by_lemma = 0; by_lemma < 2; by_lemma++) {
        size_t length = 0;
        for (uint32_t i = 0; i < MENTION_MAX_ROLE_WORDS && t + i < end; i++) {
            struct dps_str part =
                by_lemma && w->spots[t + i].lemma.length ? w->spots[t + i].lemma : w->spots[t + i].low;
            if (length + part.length + 1 >= PHRASE_BYTES) break;
            if (i) phrase[length++] = ' ';
            if (part.length) memcpy(phrase + length, part.data, part.length);
            length += part.length;
            uint32_t row = mention_map_get(&w->rules->bloc_first, (struct dps_str){phrase, length});
            if (row != MENTION_NONE && i + 1 > best && (i > 0 || is_upper_first(w->forms[t])) &&
                (i > 0 || !is_closed_class(w->parse->upos[t]))) {
                best = i + 1;
                s->bloc = &w->rules->blocs[row];
            }
        }
    }
    if (!best) return;
    if (s->bloc->metonym && s->n_matches) return; /* both readings stay */
    s->name_words = (uint16_t)best;
    s->n_matches = 0;
    s->matches = NULL;
    for (uint32_t i = 0; i < best; i++) w->spots[t + i].name_start = (int32_t)t;
}

/* "Donnerstag", "Donnerstagabend", "März": a capital makes them no names. */
static bool is_time_word(const struct mention_work *w, struct dps_str low) {
    if (mention_rules_time(w->rules, low, MENTION_TIME_WEEKDAY) ||
        mention_rules_time(w->rules, low, MENTION_TIME_MONTH))
        return true;
    for (size_t cut = 3; cut + 3 <= low.length; cut++)
        if (mention_rules_time(w->rules, dps_str_cut(low, 0, cut), MENTION_TIME_WEEKDAY) &&
            mention_rules_time(w->rules, dps_str_cut(low, cut, low.length), MENTION_TIME_DAYPART))
            return true;
    return false;
}

/* A run of proper nouns that no table has. */
static void mark_unknown(struct mention_work *w, uint32_t t, uint32_t end) {
    uint32_t stop = t;
    for (uint32_t i = t; i < end; i++) {
        const struct mention_spot *s = &w->spots[i];
        bool taken = s->name_start >= 0 || s->role_words || s->generic || s->modifier ||
                     (s->cues & (MENTION_CUE_NOT_NAME | MENTION_CUE_HONORIFIC));
        bool proper = (w->parse->upos[i] == DPS_UPOS_PROPN || w->parse->upos[i] == DPS_UPOS_X_) &&
                      is_upper_first(w->forms[i]) && !taken && !is_time_word(w, s->low);
        bool inside = i > t && i + 1 < end && (s->cues & MENTION_CUE_PARTICLE) &&
                      w->parse->upos[i + 1] == DPS_UPOS_PROPN && w->spots[i + 1].name_start < 0 &&
                      w->parse->rel[i] != DPS_REL_CASE;
        bool hyphen = i > t && stop == i && i + 1 < end && dps_str_is(w->forms[i], "-") &&
                      !w->text->tokens[i].space_after && !w->text->tokens[i - 1].space_after &&
                      w->spots[i + 1].name_start < 0 && w->parse->upos[i + 1] != DPS_UPOS_VERB &&
                      w->parse->upos[i + 1] != DPS_UPOS_ADJ && w->parse->upos[i + 1] != DPS_UPOS_PUNCT;
        if (proper)
            stop = i + 1;
        else if (hyphen)
            stop = ++i + 1; /* Lee Myung-bak */
        else if (!inside)
            break;
    }
    if (stop == t) return;
    struct mention_spot *s = &w->spots[t];
    s->unknown_name = true;
    s->name_words = (uint16_t)(stop - t);
    for (uint32_t i = t; i < stop; i++) w->spots[i].name_start = (int32_t)t;
}

/* "Staats- und Regierungschefs": the first word borrows the role of the last. */
static void mark_ellipsis(struct mention_work *w, uint32_t t, uint32_t end) {
    struct dps_str form = w->forms[t];
    if (form.length < 3 || form.data[form.length - 1] != '-' || t + 2 >= end) return;
    if (w->parse->upos[t + 1] != DPS_UPOS_CCONJ || !w->spots[t + 2].role || w->spots[t].role) return;
    w->spots[t].role = w->spots[t + 2].role;
    w->spots[t].role_words = 1;
}

/* A surname beside a first name that does not belong to it names somebody else ("Frank Scholz"). */
static bool foreign_first_name(const struct mention_work *w, uint32_t first, uint32_t t) {
    if (t == first) return false;
    const struct mention_spot *before = &w->spots[t - 1];
    if (w->parse->upos[t - 1] != DPS_UPOS_PROPN || !is_upper_first(w->forms[t - 1])) return false;
    if (before->name_start >= 0 || before->role_words || before->modifier || before->generic) return false;
    if (before->cues & (MENTION_CUE_HONORIFIC | MENTION_CUE_NOT_NAME | MENTION_CUE_PARTICLE)) return false;
    int32_t h = w->parse->head[t], g = w->parse->head[t - 1];
    return h == (int32_t)t - 1 || g == (int32_t)t || (h == g && w->parse->rel[t] == DPS_REL_FLAT);
}

/* A surname before another name that does not belong to it is part of a longer name ("Shin Kak-soo"). */
static bool foreign_last_name(const struct mention_work *w, uint32_t t, uint32_t end) {
    if (t + 1 >= end || w->parse->upos[t + 1] != DPS_UPOS_PROPN || !is_upper_first(w->forms[t + 1])) return false;
    const struct mention_spot *next = &w->spots[t + 1];
    bool whole = next->name_start < 0 || (next->name_start == (int32_t)t + 1 && next->n_matches &&
                                          next->matches[0].entity.kind == DPS_ENTITY_PERSON);
    if (whole && mention_rules_role(w->rules, w->spots[t].low))
        return true;             /* Bishop Rolando Alvarez: a role that is a surname too */
    if (next->name_start >= 0) { /* Gary Johnson: a town's name before a surname */
        bool surname = next->n_matches && next->matches[0].entity.kind == DPS_ENTITY_PERSON && next->name_words == 1;
        bool person = w->spots[t].n_matches && w->spots[t].matches[0].entity.kind == DPS_ENTITY_PERSON;
        enum dps_rel rel = dps_rel_plain(w->parse->rel[t + 1]);
        if (!surname || (rel != DPS_REL_FLAT && !(person && rel == DPS_REL_COMPOUND))) return false;
        for (uint32_t i = 0; person && i < next->n_matches;
             i++) /* Dan Bennett: two surnames that are no one's full name */
            for (uint32_t k = 0; k < w->spots[t].n_matches; k++)
                if (dps_str_equal(next->matches[i].entity.id, w->spots[t].matches[k].entity.id)) return false;
    }
    if (w->spots[t + 1].cues & (MENTION_CUE_HONORIFIC | MENTION_CUE_NOT_NAME) || !w->text->tokens[t].space_after)
        return false;
    if (mention_rules_role(w->rules, w->spots[t + 1].low) ||
        mention_rules_time(w->rules, w->spots[t + 1].low, MENTION_TIME_WEEKDAY))
        return false;
    return w->parse->head[t + 1] == (int32_t)t || w->parse->head[t] == (int32_t)t + 1 ||
           w->parse->head[t] == w->parse->head[t + 1];
}

static void mark_sentence(struct mention_work *w, uint32_t sentence) {
    const struct dps_sentence *s = &w->text->sentences[sentence];
    uint32_t first = s->first, end = s->first + s->count;
    for (uint32_t t = first; t < end; t++) {
        struct mention_spot *spot = &w->spots[t];
        w->sentence_of[t] = sentence;
        spot->name_start = spot->nominal = -1;
        spot->low = dps_utf8_lower(w->arena, w->forms[t]);
        spot->lemma = dps_utf8_lower(w->arena, w->parse->lemma[t]);
        spot->cues = mention_rules_cues(w->rules, spot->low) | mention_rules_cues(w->rules, spot->lemma);
        mark_depth(w, t);
    }
    for (uint32_t t = first; t < end; t++)
        if (w->spots[t].name_start < 0 && w->parse->upos[t] != DPS_UPOS_PUNCT) mark_name(w, t, end, t == first);
    for (uint32_t t = first; t < end; t++) mark_modifier(w, t);
    for (uint32_t t = first; t < end; t++) {
        struct mention_spot *spot = &w->spots[t];
        if (spot->name_start != (int32_t)t || spot->name_words != 1) continue;
        if (!foreign_first_name(w, first, t) && !foreign_last_name(w, t, end)) continue;
        size_t kept = 0; /* other readings than a surname may stay */
        for (uint32_t i = 0; i < spot->n_matches; i++)
            if (spot->matches[i].entity.kind != DPS_ENTITY_PERSON && spot->matches[i].entity.kind != DPS_ENTITY_PLACE)
                spot->matches[kept++] = spot->matches[i];
        spot->n_matches = (uint16_t)kept;
        if (!kept) spot->name_start = -1, spot->name_words = 0;
    }
    for (uint32_t t = first; t < end; t++)
        if (w->spots[t].name_start < 0 || w->spots[t].name_start == (int32_t)t) mark_bloc(w, t, end);
    for (uint32_t t = first; t < end; t++)
        if (w->spots[t].name_start < 0) {
            mark_half(w, t);
            if (w->spots[t].name_start < 0) mark_town(w, t);
            if (w->spots[t].name_start < 0) mark_borrowed(w, t, end);
        }
    for (uint32_t t = first; t < end; t++) mark_role(w, t, end);
    for (uint32_t t = first; t < end; t++) {
        mark_ellipsis(w, t, end);
        mark_generic(w, t);
        mark_pronoun(w, t, t == first || is_quote(w->forms[t - 1]));
    }
    for (uint32_t t = first; t < end; t++)
        if (w->spots[t].name_start < 0) mark_unknown(w, t, end);
}

/* Persons told in full with two names or more, by their last: "Haftars Truppen" is then known even if tagged a noun. */
static void mark_again(struct mention_work *w) {
    struct dps_str surnames[MAX_SURNAMES];
    uint32_t count = 0;
    for (uint32_t t = 0; t < w->text->n_tokens; t++) {
        const struct mention_spot *s = &w->spots[t];
        bool person = s->n_matches && s->name_start == (int32_t)t && s->matches[0].entity.kind == DPS_ENTITY_PERSON;
        if ((s->unknown_name || person) && s->name_words > 1 && count < MAX_SURNAMES)
            surnames[count++] = w->forms[t + s->name_words - 1];
        if (s->name_start >= 0 || s->role_words || w->parse->upos[t] != DPS_UPOS_NOUN || !is_upper_first(w->forms[t]))
            continue;
        for (uint32_t i = 0; i < count; i++) {
            struct dps_str form = w->forms[t], tail = dps_str_cut(form, surnames[i].length, form.length);
            if (!dps_str_starts(form, surnames[i]) || tail.length > 2) continue;
            if (tail.length && !(mention_rules_cues(w->rules, tail) & MENTION_CUE_ENDING)) continue;
            w->spots[t].unknown_name = true;
            w->spots[t].name_words = 1;
            w->spots[t].name_start = (int32_t)t;
            w->spots[t].generic = NULL;
            break;
        }
    }
}

enum dps_status mention_mark(struct mention_work *w, struct dps_error *error) {
    w->spots = DPS_NEW(w->arena, w->text->n_tokens, struct mention_spot);
    w->forms = DPS_NEW(w->arena, w->text->n_tokens, struct dps_str);
    w->sentence_of = DPS_NEW(w->arena, w->text->n_tokens, uint32_t);
    if (!w->spots || !w->forms || !w->sentence_of) return no_memory(error);
    for (uint32_t t = 0; t < w->text->n_tokens; t++) w->forms[t] = w->text->tokens[t].form;
    for (uint32_t i = 0; i < w->text->n_sentences; i++) mark_sentence(w, i);
    mark_again(w);
    return w->arena->full ? no_memory(error) : DPS_OK;
}

/* ---- nominals ---- */

static struct nominal *add(struct mention_work *w, enum nominal_kind kind, uint32_t first, uint32_t last) {
    if (w->n_nominals >= MENTION_MAX_NOMINALS) return NULL;
    if (w->n_nominals == w->room) {
        uint32_t room = w->room ? w->room * 2 : 64;
        struct nominal *more = dps_arena_grow(w->arena, w->nominals, w->n_nominals, room, sizeof *more);
        if (!more) return NULL;
        w->nominals = more;
        w->room = room;
    }
    struct nominal *n = &w->nominals[w->n_nominals++];
    *n = (struct nominal){.kind = kind,
                          .sentence = w->sentence_of[first],
                          .head = first,
                          .role_token = -1,
                          .prior_role = -1,
                          .name_token = -1,
                          .first = first,
                          .last = last,
                          .antecedent = -1,
                          .rival = -1,
                          .inside = -1};
    for (uint32_t t = first; t <= last; t++) w->spots[t].nominal = (int32_t)w->n_nominals - 1;
    return n;
}

static bool in_core(const struct mention_work *w, const struct nominal *n, uint32_t t) {
    return t >= n->first && t <= n->last && w->spots[t].nominal == n - w->nominals;
}

/* The core token that stands highest; of equals the leftmost noun. */
static void set_head(struct mention_work *w, struct nominal *n) {
    uint32_t best = n->first;
    bool any = false;
    for (uint32_t t = n->first; t <= n->last; t++) {
        if (!in_core(w, n, t) || w->parse->upos[t] == DPS_UPOS_PUNCT) continue;
        if (!any || w->spots[t].depth < w->spots[best].depth) best = t;
        any = true;
    }
    n->head = best;
}

static bool has_kind(const struct mention_spot *s, enum dps_entity_kind kind) {
    for (uint32_t i = 0; i < s->n_matches; i++)
        if (s->matches[i].entity.kind == kind) return true;
    return false;
}

static bool role_takes(const struct mention_work *w, const struct mention_role *role, const struct mention_spot *name) {
    if (name->bloc) return false;
    bool person = name->unknown_name || has_kind(name, DPS_ENTITY_PERSON),
         org = name->unknown_name || has_kind(name, DPS_ENTITY_ORG);
    for (uint32_t i = 0; i < name->n_matches; i++)
        if (name->matches[i].entity.kind == DPS_ENTITY_COUNTRY && name->matches[i].alias != DPS_ALIAS_CAPITAL)
            return false;
    (void)w;
    if (role->nature == DPS_NATURE_PERSON) return person;
    return org && (role->nature == DPS_NATURE_GROUP || role->nature == DPS_NATURE_BODY);
}

/* Is name_head tied to the role by the tree: apposition or flat name, either way round? */
static bool tied(const struct mention_work *w, const struct nominal *role, uint32_t name_first, uint32_t name_last) {
    for (uint32_t t = role->first; t <= name_last; t++) {
        if (t > role->last && t < name_first) continue;
        int32_t h = w->parse->head[t];
        if (h < 0) continue;
        bool t_in_role = t <= role->last, h_in_role = (uint32_t)h >= role->first && (uint32_t)h <= role->last;
        bool h_in_name = (uint32_t)h >= name_first && (uint32_t)h <= name_last;
        if (!(t_in_role ? h_in_name : h_in_role)) continue;
        enum dps_rel rel = dps_rel_plain(w->parse->rel[t]);
        if (rel == DPS_REL_APPOS || rel == DPS_REL_FLAT) return true;
        if (name_first == role->last + 1 &&
            (rel == DPS_REL_NMOD || rel == DPS_REL_COMPOUND || rel == DPS_REL_AMOD || rel == DPS_REL_DEP))
            return true;
    }
    return false;
}

static bool only_quotes_between(const struct mention_work *w, uint32_t from, uint32_t to) {
    for (uint32_t t = from; t < to; t++)
        if (!is_quote(w->forms[t])) return false;
    return to - from <= 1;
}

static void merge(struct mention_work *w, struct nominal *role, uint32_t name, uint32_t words) {
    int32_t index = (int32_t)(role - w->nominals);
    for (uint32_t t = name; t < name + words; t++) w->spots[t].nominal = index;
    role->name_token = (int32_t)name;
    if (name < role->first) role->first = name;
    if (name + words - 1 > role->last) role->last = name + words - 1;
}

/* "NAME, der frühere ROLE": only an article and adjectives between the comma and the role, which the tree does not make
 * a subject or conjunct. */
static bool beside_comma(const struct mention_work *w, uint32_t after, const struct nominal *role) {
    if (after >= role->first || !dps_str_is(w->forms[after], ",") || role->first - after > 4) return false;
    for (uint32_t t = after + 1; t < role->first; t++)
        if (w->parse->upos[t] != DPS_UPOS_DET && w->parse->upos[t] != DPS_UPOS_ADJ) return false;
    enum dps_rel rel = dps_rel_plain(w->parse->rel[role->last]);
    return role->role->nature == DPS_NATURE_PERSON && rel != DPS_REL_CONJ && rel != DPS_REL_NSUBJ &&
           after + 1 < role->first;
}

/* Give a role noun the name behind it ("Außenminister Lawrow", "der Chef der Kammer, John Doe") or before it ("Lawrow,
 * der Außenminister"). */
static void join_name(struct mention_work *w, struct nominal *role, uint32_t first, uint32_t end) {
    for (uint32_t t = role->last + 1; t < end && t <= role->last + APPOSITION_REACH; t++) {
        const struct mention_spot *s = &w->spots[t];
        if (s->name_start != (int32_t)t || s->nominal >= 0 || !role_takes(w, role->role, s)) continue;
        bool beside = only_quotes_between(w, role->last + 1, t);
        if (beside || tied(w, role, t, t + s->name_words - 1)) {
            uint32_t role_last = role->last;
            merge(w, role, t, s->name_words);
            (void)role_last;
            return;
        }
    }
    for (uint32_t t = role->first; t-- > first && t + APPOSITION_REACH >= role->first;) {
        const struct mention_spot *s = &w->spots[t];
        if (s->name_start != (int32_t)t || s->nominal >= 0 || !role_takes(w, role->role, s)) continue;
        if (beside_comma(w, t + s->name_words, role)) {
            merge(w, role, t, s->name_words);
            return;
        }
        for (uint32_t k = role->first; k <= role->last; k++) { /* the role is in apposition to the name */
            int32_t h = w->parse->head[k];
            if (h >= (int32_t)t && h < (int32_t)(t + s->name_words) &&
                dps_rel_plain(w->parse->rel[k]) == DPS_REL_APPOS) {
                merge(w, role, t, s->name_words);
                return;
            }
        }
    }
}

/* "die Außenminister": a noun of the same form in both numbers, which the parser called singular although its article
 * is of another gender. */
static bool is_plural_by_article(const struct mention_work *w, uint32_t t) {
    const struct dps_parse *p = w->parse;
    struct dps_feats f = p->feats[t];
    if (f.number != DPS_NUMBER_SING || !f.gender || !dps_str_equal(w->spots[t].low, w->spots[t].lemma)) return false;
    for (uint32_t k = p->kid_first[t]; k < p->kid_first[t + 1]; k++) {
        uint32_t kid = p->kid[k];
        if (p->rel[kid] == DPS_REL_DET && kid < t && p->feats[kid].gender && !(p->feats[kid].gender & f.gender))
            return true;
    }
    return false;
}

static enum dps_status join_sentence(struct mention_work *w, uint32_t sentence, struct dps_error *error) {
    const struct dps_sentence *s = &w->text->sentences[sentence];
    uint32_t first = s->first, end = s->first + s->count, before = w->n_nominals;
    for (uint32_t t = first; t < end; t++) {
        const struct mention_spot *spot = &w->spots[t];
        if (!spot->role_words) continue;
        uint32_t last = t + spot->role_words - 1;
        if (last + 2 < end && w->spots[last + 2].role == spot->role && w->forms[t].data[w->forms[t].length - 1] == '-')
            last += 2; /* Staats- und ... */
        const struct mention_spot *next = last + 1 < end ? &w->spots[last + 1] : NULL;
        int32_t prior = -1;
        bool compound = false;
        for (uint32_t k = t; k <= last; k++)
            compound |= dps_rel_plain(w->parse->rel[k]) == DPS_REL_COMPOUND && w->parse->head[k] > (int32_t)last;
        if (next && next->role_words && compound) { /* army chief: the first tells whose, the second who */
            prior = (int32_t)t;
            t = last + 1;
            spot = next;
            last = t + spot->role_words - 1;
        }
        struct nominal *n = add(w, NOMINAL_ROLE, t, last);
        if (!n) break;
        n->role_token = (int32_t)t;
        n->prior_role = prior;
        if (prior >= 0) w->spots[prior].nominal = (int32_t)w->n_nominals - 1, n->first = (uint32_t)prior;
        n->role = spot->role;
        n->nature = spot->role->nature;
        n->gender = spot->role->gender;
        t = last;
    }
    for (uint32_t i = before; i < w->n_nominals; i++) join_name(w, &w->nominals[i], first, end);
    for (uint32_t t = first; t < end; t++) {
        const struct mention_spot *spot = &w->spots[t];
        if (spot->name_start == (int32_t)t && spot->nominal < 0) {
            struct nominal *n = add(w, spot->bloc ? NOMINAL_BLOC : NOMINAL_NAME, t, t + spot->name_words - 1);
            if (n) n->name_token = (int32_t)t;
        } else if (spot->nominal < 0 && spot->name_start < 0 && spot->pronoun) {
            (void)add(w, NOMINAL_PRONOUN, t, t);
        } else if (spot->nominal < 0 && spot->name_start < 0 && spot->generic) {
            (void)add(w, NOMINAL_GENERIC, t, t);
        } else if (spot->nominal < 0 && spot->name_start < 0 && spot->modifier) {
            (void)add(w, NOMINAL_MODIFIER, t, t);
        }
    }
    for (uint32_t i = before; i < w->n_nominals; i++) {
        struct nominal *n = &w->nominals[i];
        set_head(w, n);
        struct dps_feats f = w->parse->feats[n->head];
        n->number = f.number;
        if (!n->gender) n->gender = f.gender;
        if (n->role_token >= 0 && !n->number) n->number = w->parse->feats[n->role_token].number;
        if (n->role_token >= 0 && n->name_token < 0 && n->nature == DPS_NATURE_PERSON &&
            is_plural_by_article(w, (uint32_t)n->role_token))
            n->number = DPS_NUMBER_PLUR;
    }
    return w->arena->full ? no_memory(error) : DPS_OK;
}

/* M1: by sentence, then head. Insertion sort within a sentence: nominals come nearly sorted. */
static void sort_sentence(struct mention_work *w, uint32_t from) {
    for (uint32_t i = from + 1; i < w->n_nominals; i++)
        for (uint32_t j = i; j > from && w->nominals[j].head < w->nominals[j - 1].head; j--) {
            struct nominal swap = w->nominals[j];
            w->nominals[j] = w->nominals[j - 1];
            w->nominals[j - 1] = swap;
        }
}

enum dps_status mention_join(struct mention_work *w, struct dps_error *error) {
    for (uint32_t i = 0; i < w->text->n_sentences; i++) {
        uint32_t from = w->n_nominals;
        DPS_TRY(join_sentence(w, i, error));
        const struct dps_sentence *s = &w->text->sentences[i];
        /* spots name nominals by index, which sorting changes: remember each core by its old index, then renumber */
        uint32_t count = w->n_nominals - from;
        uint32_t *old = DPS_NEW(w->arena, count ? count : 1, uint32_t);
        if (!old) return no_memory(error);
        for (uint32_t k = 0; k < count; k++) w->nominals[from + k].inside = (int32_t)(from + k);
        sort_sentence(w, from);
        for (uint32_t k = 0; k < count; k++) {
            old[(uint32_t)w->nominals[from + k].inside - from] = from + k;
            w->nominals[from + k].inside = -1;
        }
        for (uint32_t t = s->first; t < s->first + s->count; t++)
            if (w->spots[t].nominal >= (int32_t)from)
                w->spots[t].nominal = (int32_t)old[(uint32_t)w->spots[t].nominal - from];
    }
    return DPS_OK;
}
