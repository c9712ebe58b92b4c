/* mention_time.c -- time expressions, resolved against the day of publication (the anchor).
 *
 * In: tokens with their marks, times.tsv and numbers.tsv. Out: struct dps_timex sorted by place. How: at each token a
 * few shapes are tried, the fullest first: numeric date, day and month, month, weekday, day word, "last week", "two
 * days ago", year. What is recognised but vague
 * ("Anfang März", "seit Wochen") is kept with an unknown date, so that later stages do not take it for a place or a
 * party. A weekday is the last one up to the anchor, the next one if the words or the clause look ahead. Limits: no
 * times of day, no holidays, no calendars but the Gregorian.
 */
#include "mention/mention_local.h"

#include "base/utf8.h"

enum {
    FIRST_YEAR = 1500,
    LAST_YEAR = 2100,
    AHEAD_DAYS = 110,  /* a day and month without a year that lies at most so far ahead is taken to be ahead */
    HISTORY_DAYS = 90, /* coding-guide 5: older than this is history */
    THEN_REACH = 2,    /* sentences */
    PHRASE_WORDS = 4,
    PHRASE_BYTES = 96,
    UNIT_DAY = 1,
    UNIT_WEEK,
    UNIT_MONTH,
    UNIT_YEAR,
    UNIT_WEEKEND
};

struct clock { /* what is carried from one expression to the next */
    struct mention_work *w;
    uint32_t begin, end;  /* tokens of the sentence */
    struct dps_date last; /* the day last told */
    uint32_t last_sentence, sentence;
    struct dps_timex *out;
    uint32_t count, room;
};

struct found { /* one expression: tokens [first, last], head filled in by keep() */
    uint32_t first, last;
    struct dps_date from, to;
    bool since, past, ahead;
};

static const struct mention_time_word *word(const struct clock *c, uint32_t t, enum mention_time_kind kind) {
    if (t >= c->end) return NULL;
    const struct mention_time_word *row = mention_rules_time(c->w->rules, c->w->spots[t].low, kind);
    return row ? row : mention_rules_time(c->w->rules, c->w->spots[t].lemma, kind);
}

static bool number(const struct clock *c, uint32_t t, int *value) {
    return t < c->end && mention_rules_number(c->w->rules, c->w->spots[t].low, value);
}

static struct dps_date day(int year, int month, int d) {
    return (struct dps_date){(int16_t)year, (uint8_t)month, (uint8_t)d};
}

/* A day's number: "8", "8.", "8th". */
static bool day_number(const struct clock *c, uint32_t t, int *value) {
    if (t >= c->end) return false;
    struct dps_str s = c->w->forms[t];
    size_t digits = 0;
    int v = 0;
    while (digits < s.length && digits < 3 && s.data[digits] >= '0' && s.data[digits] <= '9')
        v = v * 10 + (s.data[digits++] - '0');
    if (digits == 0 || digits > 2 || v < 1 || v > 31 || s.length > digits + 2) return false;
    for (size_t i = digits; i < s.length; i++) {
        char b = s.data[i];
        if (b != '.' && !(b >= 'a' && b <= 'z')) return false;
    }
    *value = v;
    return true;
}

static bool year_number(const struct clock *c, uint32_t t, int *value) {
    if (t >= c->end || c->w->forms[t].length != 4) return false;
    int v = 0;
    for (int i = 0; i < 4; i++) {
        char b = c->w->forms[t].data[i];
        if (b < '0' || b > '9') return false;
        v = v * 10 + (b - '0');
    }
    *value = v;
    return v >= FIRST_YEAR && v <= LAST_YEAR;
}

/* The day that "that day" means: the one last told, if that is not long ago. */
static struct dps_date then_base(const struct clock *c) {
    return dps_date_known(c->last) && c->sentence - c->last_sentence <= THEN_REACH ? c->last : c->w->anchor;
}

/* ---- what stands around an expression ---- */

struct lead {
    bool since, ahead, vague, night;
    int relative;
    bool has_relative;
    uint32_t first;
};

static struct lead look_back(const struct clock *c, uint32_t t) {
    struct lead lead = {.first = t};
    for (uint32_t i = t, steps = 0; i > c->begin && steps < 6; steps++) {
        i--;
        const struct mention_time_word *row;
        uint8_t upos = c->w->parse->upos[i];
        if ((row = word(c, i, MENTION_TIME_RELATIVE)) && !lead.has_relative && i + 2 >= t)
            lead.relative = row->value, lead.has_relative = true, lead.first = i;
        else if (word(c, i, MENTION_TIME_SINCE)) {
            lead.since = true;
            lead.first = i;
            break;
        } else if (word(c, i, MENTION_TIME_VAGUE) && (i + 1 == t || lead.first == i + 1 || upos == DPS_UPOS_NOUN)) {
            lead.vague = true;
            lead.first = i;
        } else if (word(c, i, MENTION_TIME_NIGHT)) {
            lead.night = true;
            lead.first = i;
        } else if (word(c, i, MENTION_TIME_AHEAD)) {
            lead.ahead = true;
            break;
        } else if (upos != DPS_UPOS_DET && upos != DPS_UPOS_ADP && !word(c, i, MENTION_TIME_NIGHT_TO))
            break;
    }
    return lead;
}

/* Does the clause look ahead: an auxiliary of the future with an infinitive? */
static bool clause_ahead(const struct clock *c, uint32_t t) {
    const struct dps_parse *p = c->w->parse;
    int32_t at = (int32_t)t;
    for (int steps = 0; at >= 0 && steps < 8; steps++, at = p->head[at]) {
        if (p->upos[at] != DPS_UPOS_VERB && p->upos[at] != DPS_UPOS_AUX) continue;
        for (uint32_t k = p->kid_first[at]; k < p->kid_first[at + 1]; k++) {
            uint32_t kid = p->kid[k];
            if (p->upos[kid] != DPS_UPOS_AUX || !word(c, kid, MENTION_TIME_WILL)) continue;
            if (p->feats[kid].tense == DPS_TENSE_PAST || p->feats[kid].verbform == DPS_VERBFORM_PART ||
                p->feats[kid].verbform == DPS_VERBFORM_INF)
                continue;
            uint8_t form = p->feats[at].verbform;
            if (form == DPS_VERBFORM_INF || form == 0) return true;
            for (uint32_t j = p->kid_first[at]; j < p->kid_first[at + 1];
                 j++) /* wird ... vor Gericht gestellt werden */
                if (p->upos[p->kid[j]] == DPS_UPOS_AUX && p->feats[p->kid[j]].verbform == DPS_VERBFORM_INF) return true;
        }
        return false;
    }
    return false;
}

static uint32_t highest(const struct clock *c, uint32_t first, uint32_t last) {
    uint32_t best = first;
    for (uint32_t t = first; t <= last; t++)
        if (c->w->spots[t].depth < c->w->spots[best].depth && c->w->parse->upos[t] != DPS_UPOS_PUNCT) best = t;
    return best;
}

/* ---- shapes ---- */

static void fill_since(const struct clock *c, struct found *f, const struct lead *lead) {
    if (!lead->since || !dps_date_known(f->from)) {
        f->since = lead->since;
        return;
    }
    f->since = true;
    if (dps_date_known(c->w->anchor) && dps_date_compare(f->from, c->w->anchor) <= 0) f->to = c->w->anchor;
    f->first = lead->first < f->first ? lead->first : f->first;
}

/* "21.01.2022" and "2022-01-21" */
static bool numeric_date(const struct clock *c, uint32_t t, struct found *f) {
    struct dps_str s = c->w->forms[t];
    struct dps_date d;
    int part[3] = {0, 0, 0}, n = 0;
    if (s.length >= 8 && s.data[0] >= '0' && s.data[0] <= '9' && dps_date_parse(s, &d) && dps_date_full(d)) {
        *f = (struct found){.first = t, .last = t, .from = d, .to = d};
        return true;
    }
    for (size_t i = 0; i < s.length; i++) {
        if (s.data[i] == '.') {
            if (++n > 2) return false;
        } else if (s.data[i] >= '0' && s.data[i] <= '9' && part[n] < 1000) {
            part[n] = part[n] * 10 + (s.data[i] - '0');
        } else {
            return false;
        }
    }
    if (n != 2 || part[2] < FIRST_YEAR) return false;
    d = day(part[2], part[1] > 12 ? 0 : part[1], part[0] > 31 ? 0 : part[0]);
    if (!dps_date_full(d) || !dps_date_valid(d)) return false;
    *f = (struct found){.first = t, .last = t, .from = d, .to = d};
    return true;
}

static const struct mention_time_word *month_at(const struct clock *c, uint32_t t) {
    const struct mention_time_word *m = word(c, t, MENTION_TIME_MONTH);
    if (!m) return NULL;
    uint8_t upos = c->w->parse->upos[t];
    size_t at = 0;
    if (upos == DPS_UPOS_AUX || upos == DPS_UPOS_VERB || upos == DPS_UPOS_PART) return NULL;
    return c->w->forms[t].length && dps_utf8_is_upper(dps_utf8_next(c->w->forms[t], &at)) ? m : NULL;
}

/* The year of a month or day that came without: the nearest in the past, or ahead if told so. */
static int guess_year(const struct clock *c, int month, int d, bool ahead) {
    struct dps_date anchor = c->w->anchor, same = day(anchor.year, month, d ? d : 1);
    if (!dps_date_valid(same)) return anchor.year;
    if (!d) { /* a month: this one counts as past */
        if (month > anchor.month) return ahead || month - anchor.month <= 1 ? anchor.year : anchor.year - 1;
        bool next = ahead || month + 12 - anchor.month <= 2; /* January in an article of December */
        return next && month < anchor.month ? anchor.year + 1 : anchor.year;
    }
    int32_t distance = dps_date_days(same) - dps_date_days(anchor);
    if (distance > (ahead ? 300 : AHEAD_DAYS)) return anchor.year - 1;
    if (distance < 0 && ahead) return anchor.year + 1;
    return distance < -330 ? anchor.year + 1 : anchor.year;
}

static bool month_date(const struct clock *c, uint32_t t, struct found *f) {
    int d = 0, year = 0;
    uint32_t m = t, last;
    if (day_number(c, t, &d) && month_at(c, t + 1))
        m = t + 1;
    else
        d = 0;
    const struct mention_time_word *month = month_at(c, m);
    if (!month) return false;
    last = m;
    if (!d && day_number(c, m + 1, &d)) last = m + 1; /* July 8 */
    if (d && !dps_date_valid(day(2000, month->value, d))) return false;
    bool comma = last + 1 < c->end && dps_str_is(c->w->forms[last + 1], ",");
    if (year_number(c, last + 1, &year))
        last = last + 1;
    else if (comma && d && year_number(c, last + 2, &year))
        last = last + 2;
    else if (dps_date_known(c->w->anchor)) { /* im März dieses Jahres, March last year */
        const struct mention_time_word *which = word(c, last + 1, MENTION_TIME_RELATIVE),
                                       *unit = word(c, last + 2, MENTION_TIME_UNIT);
        if (which && unit && unit->value == UNIT_YEAR) {
            year = c->w->anchor.year + which->value;
            last = last + 2;
        }
    }
    struct lead lead = look_back(c, t);
    *f = (struct found){.first = t, .last = last};
    if (!year && lead.has_relative) { /* last May, im kommenden Mai */
        if (dps_date_known(c->w->anchor)) year = guess_year(c, month->value, d, lead.relative > 0);
        f->first = lead.first;
    } else if (!year && dps_date_known(c->w->anchor)) {
        year = guess_year(c, month->value, d, lead.ahead || clause_ahead(c, m));
    }
    if (!year || (lead.vague && !d)) {
        f->first = lead.vague ? lead.first : f->first;
        return true; /* vague */
    }
    if (d && !dps_date_valid(day(year, month->value, d))) return false; /* 29 February of a common year */
    f->from = day(year, month->value, d ? d : 1);
    f->to = d ? f->from : day(year, month->value, dps_date_month_length(year, month->value));
    fill_since(c, f, &lead);
    return true;
}

/* The weekday that a word names, alone or with a part of the day (Montagabend); -1: none. */
static int weekday_at(const struct clock *c, uint32_t t) {
    const struct mention_time_word *row = word(c, t, MENTION_TIME_WEEKDAY);
    if (row) return row->value;
    if (t >= c->end) return -1;
    struct dps_str low = c->w->spots[t].low;
    for (size_t cut = 4; cut + 3 <= low.length; cut++) {
        row = mention_rules_time(c->w->rules, dps_str_cut(low, 0, cut), MENTION_TIME_WEEKDAY);
        struct dps_str rest = dps_str_cut(low, cut, low.length);
        if (row && mention_rules_time(c->w->rules, rest, MENTION_TIME_DAYPART)) return row->value;
    }
    return -1;
}

static struct dps_date near_weekday(struct dps_date anchor, int weekday, bool ahead, bool strict) {
    int back = (dps_date_weekday(anchor) - weekday + 7) % 7;
    if (ahead) return dps_date_add(anchor, back == 0 ? (strict ? 7 : 0) : 7 - back);
    return dps_date_add(anchor, back == 0 && strict ? -7 : -back);
}

static bool weekday_date(const struct clock *c, uint32_t t, struct found *f) {
    int first = weekday_at(c, t), second = -1;
    if (first < 0) return false;
    struct found date;
    bool comma = t + 1 < c->end && dps_str_is(c->w->forms[t + 1], ",");
    uint32_t at = comma ? t + 2 : t + 1;
    while (at < c->end && c->w->parse->upos[at] == DPS_UPOS_DET) at++; /* Montag, dem 8. Juli */
    if (at < c->end && month_date(c, at, &date) && dps_date_full(date.from) &&
        dps_date_compare(date.from, date.to) == 0) {
        *f = date;
        f->first = t;
        return true;
    }
    if (word(c, t + 1, MENTION_TIME_AND)) second = weekday_at(c, t + 2);
    struct lead lead = look_back(c, t);
    *f = (struct found){.first = lead.has_relative || lead.night || lead.since ? lead.first : t,
                        .last = second >= 0 ? t + 2 : t};
    if (!dps_date_known(c->w->anchor)) return true;
    bool ahead = lead.has_relative ? lead.relative > 0 : lead.ahead || clause_ahead(c, t);
    f->ahead = ahead;
    f->to = f->from =
        near_weekday(c->w->anchor, second >= 0 ? second : first, ahead, lead.has_relative && lead.relative != 0);
    if (second >= 0) f->from = dps_date_add(f->to, -((second - first + 7) % 7));
    fill_since(c, f, &lead);
    return true;
}

static struct dps_date month_shift(struct dps_date d, int months) {
    int index = d.year * 12 + d.month - 1 + months;
    return day(index / 12, index % 12 + 1, 1);
}

/* last week, in diesem Jahr, am Wochenende */
static bool unit_date(const struct clock *c, uint32_t t, struct found *f) {
    const struct mention_time_word *unit = word(c, t, MENTION_TIME_UNIT);
    if (!unit || !(c->w->parse->upos[t] == DPS_UPOS_NOUN || c->w->parse->upos[t] == DPS_UPOS_PROPN)) return false;
    struct lead lead = look_back(c, t);
    if (!lead.has_relative && unit->value != UNIT_WEEKEND) {
        if (!lead.since) return false;
        *f = (struct found){.first = lead.first, .last = t, .since = true}; /* seit Wochen */
        return true;
    }
    if (lead.has_relative && unit->value == UNIT_DAY) return false;
    *f = (struct found){.first = lead.has_relative ? lead.first : t, .last = t};
    if (lead.vague) f->first = lead.first;
    struct dps_date anchor = c->w->anchor;
    if (lead.vague || !dps_date_known(anchor) || c->w->parse->feats[t].number == DPS_NUMBER_PLUR) return true;
    int r = lead.relative;
    switch (unit->value) {
    case UNIT_WEEK:
        f->from = dps_date_add(anchor, -dps_date_weekday(anchor) + 7 * r);
        f->to = dps_date_add(f->from, 6);
        break;
    case UNIT_MONTH:
        f->from = month_shift(anchor, r);
        f->to = day(f->from.year, f->from.month, dps_date_month_length(f->from.year, f->from.month));
        break;
    case UNIT_YEAR:
        f->from = day(anchor.year + r, 1, 1);
        f->to = r == 0 ? anchor : day(anchor.year + r, 12, 31);
        break;
    default: { /* the weekend: the one that is, or the last one */
        struct dps_date sunday = near_weekday(anchor, 6, lead.ahead || r > 0 || clause_ahead(c, t), false);
        if (dps_date_weekday(anchor) == 5 && r == 0) sunday = dps_date_add(anchor, 1);
        f->to = sunday;
        f->from = dps_date_add(sunday, -1);
    }
    }
    fill_since(c, f, &lead);
    return true;
}

/* vor zwei Tagen; two days ago */
static bool ago_date(const struct clock *c, uint32_t t, struct found *f) {
    const struct mention_time_word *ago = word(c, t, MENTION_TIME_AGO), *unit;
    uint32_t at = t;
    int n;
    if (ago && ago->value == 1)
        at = t + 1;
    else
        ago = NULL;
    if (!number(c, at, &n) || !(unit = word(c, at + 1, MENTION_TIME_UNIT))) return false;
    uint32_t last = at + 1;
    if (!ago) {
        const struct mention_time_word *back = word(c, at + 2, MENTION_TIME_BACK);
        if (back && unit->value == UNIT_DAY) { /* four days later */
            struct dps_date base = then_base(c);
            *f = (struct found){.first = t, .last = at + 2};
            if (dps_date_known(base) && n < 4000) f->from = f->to = dps_date_add(base, n * back->value);
            return true;
        }
        ago = word(c, at + 2, MENTION_TIME_AGO);
        if (!ago || ago->value != 2) return false;
        last = at + 2;
    }
    *f = (struct found){.first = t, .last = last};
    f->past = unit->value == UNIT_YEAR || (unit->value == UNIT_MONTH && n > 3);
    if (unit->value == UNIT_DAY && dps_date_known(c->w->anchor) && n < 4000)
        f->from = f->to = dps_date_add(c->w->anchor, -n);
    if (unit->value == UNIT_MONTH && n == 1 && dps_date_known(c->w->anchor)) { /* the same day of the month before */
        struct dps_date d = month_shift(c->w->anchor, -1);
        int length = dps_date_month_length(d.year, d.month);
        d.day = (uint8_t)(c->w->anchor.day < length ? c->w->anchor.day : length);
        f->from = f->to = d;
    }
    return true;
}

static bool year_date(const struct clock *c, uint32_t t, struct found *f) {
    int year;
    const struct dps_parse *p = c->w->parse;
    if (!year_number(c, t, &year)) return false;
    if (p->rel[t] == DPS_REL_NUMMOD && p->head[t] > (int32_t)t + 1) return false; /* the 2020 presidential nomination */
    bool in =
        t > c->begin && c->w->spots[t - 1].cues & MENTION_CUE_LOCATIVE && year >= 1900 && year <= c->w->anchor.year + 1;
    if (t + 1 < c->end && p->rel[t] == DPS_REL_NUMMOD && p->head[t] == (int32_t)t + 1 && !in)
        return false; /* 2000 soldiers */
    if (t + 1 < c->end && (p->upos[t + 1] == DPS_UPOS_SYM)) return false;
    bool year_word = t > c->begin && word(c, t - 1, MENTION_TIME_YEAR_WORD);
    bool adposition = t > c->begin && p->upos[t - 1] == DPS_UPOS_ADP;
    if (!year_word && !adposition && p->upos[t] != DPS_UPOS_NUM) return false;
    struct lead lead = look_back(c, year_word ? t - 1 : t);
    *f = (struct found){.first = year_word ? t - 1 : t, .last = t};
    if (lead.vague || (t > c->begin && word(c, t - 1, MENTION_TIME_VAGUE))) {
        f->past = dps_date_known(c->w->anchor) && year < c->w->anchor.year;
        return true;
    }
    f->from = day(year, 1, 1);
    int second;
    if (word(c, t + 1, MENTION_TIME_AND) && year_number(c, t + 2, &second) && second > year) { /* from 1910 to 1945 */
        f->last = t + 2;
        year = second;
    }
    f->to = day(year, 12, 31);
    fill_since(c, f, &lead);
    return true;
}

/* Words and phrases of their own: gestern, that day, damals. */
static bool phrase_date(const struct clock *c, uint32_t t, struct found *f) {
    char phrase[PHRASE_BYTES];
    size_t length = 0, ends[PHRASE_WORDS];
    uint32_t words = 0;
    while (words < PHRASE_WORDS && t + words < c->end) {
        struct dps_str part = c->w->spots[t + words].low;
        if (length + part.length + 1 >= PHRASE_BYTES) break;
        if (words) phrase[length++] = ' ';
        memcpy(phrase + length, part.data, part.length);
        length += part.length;
        ends[words++] = length;
    }
    for (; words; words--) {
        struct dps_str s = {phrase, ends[words - 1]};
        const struct mention_time_word *row;
        struct dps_date anchor = c->w->anchor;
        *f = (struct found){.first = t, .last = t + words - 1};
        if ((row = mention_rules_time(c->w->rules, s, MENTION_TIME_DAY))) {
            uint8_t upos = c->w->parse->upos[t];
            size_t at = 0;
            bool capital = c->w->forms[t].length && dps_utf8_is_upper(dps_utf8_next(c->w->forms[t], &at));
            if (words == 1 && capital && upos == DPS_UPOS_NOUN && t > c->begin &&
                c->w->parse->upos[t - 1] == DPS_UPOS_DET)
                continue; /* der Morgen */
            if (dps_date_known(anchor)) f->from = f->to = dps_date_add(anchor, row->value);
            return true;
        }
        if ((row = mention_rules_time(c->w->rules, s, MENTION_TIME_THEN))) {
            struct dps_date base = then_base(c);
            if (dps_date_known(base)) f->from = f->to = dps_date_add(base, row->value);
            return true;
        }
        if (mention_rules_time(c->w->rules, s, MENTION_TIME_PAST)) {
            f->past = true;
            return true;
        }
    }
    return false;
}

/* ---- the record ---- */

static bool keep(struct clock *c, const struct found *f, struct dps_mention *mention) {
    if (c->count == c->room) {
        uint32_t room = c->room ? c->room * 2 : 16;
        struct dps_timex *more = dps_arena_grow(c->w->arena, c->out, c->count, room, sizeof *more);
        if (!more) return false;
        c->out = more;
        c->room = room;
    }
    const struct dps_token *tokens = c->w->text->tokens;
    uint32_t sentence = c->w->sentence_of[f->first];
    struct dps_timex *x = &c->out[c->count];
    *x = (struct dps_timex){.sentence = sentence,
                            .head = highest(c, f->first, f->last),
                            .start = tokens[f->first].start,
                            .end = tokens[f->last].end,
                            .from = f->from,
                            .to = f->to,
                            .since = f->since,
                            .past_marker = f->past};
    x->text = dps_text_span(c->w->text, &c->w->text->sentences[sentence], x->start, x->end);
    if (dps_date_full(x->to) && dps_date_known(c->w->anchor) &&
        dps_date_days(c->w->anchor) - dps_date_days(x->to) > HISTORY_DAYS)
        x->past_marker = true;
    for (uint32_t t = f->first; t <= f->last; t++)
        if (t == x->head || mention->time_of[t] < 0) mention->time_of[t] = (int32_t)c->count;
    if (dps_date_full(x->from) && dps_date_compare(x->from, x->to) == 0 && !f->ahead)
        c->last = x->from, c->last_sentence = x->sentence;
    c->count++;
    return true;
}

enum dps_status mention_times(struct mention_work *w, struct dps_mention *mention, struct dps_error *error) {
    struct clock c = {.w = w};
    for (uint32_t i = 0; i < w->text->n_sentences; i++) {
        const struct dps_sentence *s = &w->text->sentences[i];
        c.sentence = i;
        c.begin = s->first;
        c.end = s->first + s->count;
        for (uint32_t t = c.begin; t < c.end;) {
            struct found f;
            bool any = numeric_date(&c, t, &f) || weekday_date(&c, t, &f) || month_date(&c, t, &f) ||
                       ago_date(&c, t, &f) || phrase_date(&c, t, &f) || unit_date(&c, t, &f) || year_date(&c, t, &f);
            if (any && !keep(&c, &f, mention))
                return dps_error_set(error, DPS_MEMORY, "no memory for the times of the article");
            t = any ? f.last + 1 : t + 1;
        }
    }
    mention->times = c.out;
    mention->n_times = c.count;
    return DPS_OK;
}
