/* article_stamp.c -- read the date lines of news sites and the datelines of agencies.
 *
 * In: one line of text and a language's stamp words (lang/<code>/stamps.tsv).  Out: the time of publication; city and
 * agency. How: a line is a stamp if nothing is left of it once dates, times, zone names, weekdays, labels such as
 * "Stand" or "Updated", fillers such as "um" or "at", bylines and punctuation are taken off. So orders of parts that
 * nobody listed are read too. Where several dates stand, the first that is not labelled as an update counts: it is when
 * the article appeared. Limits: "yesterday", "3 hours ago" are not dates; two-digit years are 2000-2069 and 1970-1999.
 */
#include "article/article_langs.h"
#include "base/utf8.h"

enum {
    STAMP_BYTES = 240, /* a longer line is prose */
    BYLINE_WORDS = 8,  /* "Von Anna Maria von der Heide, Genf" */
    CITY_BYTES = 48,   /* "Frankfurt an der Oder", "UNITED NATIONS" */
    CITY_WORDS = 5,
    AGENCY_BYTES = 24,
    DATELINE_BYTES = 110 /* city, date, agency and dash together */
};

/* ---- small scanners over (s, at) ---- */

static bool is_digit(char c) {
    return c >= '0' && c <= '9';
}
static char byte_at(struct dps_str s, size_t at) {
    return at < s.length ? s.data[at] : '\0';
}

/* A number of 1..most digits, not followed by another digit. */
static bool number(struct dps_str s, size_t *at, int most, int *value, int *digits) {
    size_t i = *at;
    int v = 0;
    while (i < s.length && is_digit(s.data[i]) && i - *at < (size_t)most) v = v * 10 + (s.data[i++] - '0');
    if (i == *at || (i < s.length && is_digit(s.data[i]))) return false;
    *digits = (int)(i - *at);
    *value = v;
    *at = i;
    return true;
}

static void spaces(struct dps_str s, size_t *at) {
    while (*at < s.length) {
        size_t next = *at;
        if (!dps_utf8_is_space(dps_utf8_next(s, &next))) return;
        *at = next;
    }
}

/* A run of letters (inner dots and apostrophes too: "a.m", "d'Ivoire"); a final full stop is taken along but not given.
 */
static struct dps_str word(struct dps_str s, size_t *at) {
    size_t start = *at, end = *at, i = *at;
    while (i < s.length) {
        size_t next = i;
        uint32_t c = dps_utf8_next(s, &next);
        bool inner = (c == '.' || c == '\'' || c == 0x2019) && i > start && next < s.length;
        if (inner) {
            size_t after = next;
            inner = dps_utf8_is_letter(dps_utf8_next(s, &after));
        }
        if (!dps_utf8_is_letter(c) && !inner) break;
        i = end = next;
    }
    if (end > start && byte_at(s, end) == '.') i = end + 1;
    *at = i;
    return dps_str_cut(s, start, end);
}

static bool stamp_word(const struct dps_lang *lang, struct dps_str s, size_t *at, enum dps_stamp_class class,
                       int *value) {
    size_t i = *at;
    const struct dps_stamp_word *w = dps_langs_word(lang, word(s, &i));
    if (!w || w->class != class) return false;
    *value = w->value;
    *at = i;
    return true;
}

static int full_year(int year, int digits) {
    return digits >= 4 ? year : year < 70 ? 2000 + year : 1900 + year;
}

static bool set_date(struct dps_date *date, int year, int month, int day) {
    *date = (struct dps_date){(int16_t)year, (uint8_t)month, (uint8_t)day};
    return year >= 1800 && year <= 2100 && month >= 1 && month <= 12 && day >= 0 && day <= 31 && dps_date_valid(*date);
}

/* ---- dates ---- */

/* 21.01.2022, 21. 1. 22, 1/21/2022, 21-01-2022, 2022-01-21, 2022/01/21 */
static bool numeric_date(const struct dps_lang *lang, struct dps_str s, size_t *at, struct dps_date *date) {
    size_t i = *at;
    int a, b, c, da, db, dc;
    if (!number(s, &i, 4, &a, &da)) return false;
    char mark = byte_at(s, i);
    if (mark != '.' && mark != '/' && mark != '-') return false;
    i++;
    if (mark == '.') spaces(s, &i);
    if (!number(s, &i, 2, &b, &db) || byte_at(s, i) != mark) return false;
    i++;
    if (mark == '.') spaces(s, &i);
    if (!number(s, &i, 4, &c, &dc) || dc == 3 || dc == 1) return false;
    bool ok;
    if (da == 4)
        ok = set_date(date, a, b, c);
    else if (da > 2)
        return false;
    else if (mark == '/' && ((lang && lang->month_first && a <= 12) || b > 12))
        ok = set_date(date, full_year(c, dc), a, b);
    else
        ok = set_date(date, full_year(c, dc), b, a);
    if (ok) *at = i;
    return ok;
}

/* A year of four digits behind optional comma and spaces. */
static bool year_behind(struct dps_str s, size_t *at, int *year) {
    size_t i = *at;
    int digits;
    spaces(s, &i);
    if (byte_at(s, i) == ',') i++;
    spaces(s, &i);
    if (!number(s, &i, 4, year, &digits) || digits != 4 || *year < 1800 || *year > 2100) return false;
    if (byte_at(s, i) == ':') return false; /* a time without its colon stripped */
    *at = i;
    return true;
}

/* "21. Januar 2022", "21st of January, 2022", "21 Jan" */
static bool day_month(const struct dps_lang *lang, struct dps_str s, size_t *at, struct dps_date *date,
                      bool *yearless) {
    size_t i = *at;
    int day, month, year, digits, ignored;
    if (!number(s, &i, 2, &day, &digits)) return false;
    if (byte_at(s, i) == '.') i++;
    stamp_word(lang, s, &i, DPS_STAMP_ORDINAL, &ignored);
    spaces(s, &i);
    if (byte_at(s, i) == '-') i++;
    if (stamp_word(lang, s, &i, DPS_STAMP_FILLER, &ignored)) spaces(s, &i);
    if (!stamp_word(lang, s, &i, DPS_STAMP_MONTH, &month)) return false;
    if (byte_at(s, i) == '-') i++;
    *yearless = !year_behind(s, &i, &year);
    if (!set_date(date, *yearless ? 2000 : year, month, day)) return false;
    *at = i;
    return true;
}

/* "January 21st, 2022", "Jan. 21", "Januar 2022" */
static bool month_day(const struct dps_lang *lang, struct dps_str s, size_t *at, struct dps_date *date,
                      bool *yearless) {
    size_t i = *at;
    int day = 0, month, year, digits, ignored;
    if (!stamp_word(lang, s, &i, DPS_STAMP_MONTH, &month)) return false;
    size_t behind = i;
    spaces(s, &i);
    bool has_day = number(s, &i, 2, &day, &digits);
    if (has_day) {
        stamp_word(lang, s, &i, DPS_STAMP_ORDINAL, &ignored);
    } else {
        i = behind;
        day = 0;
    }
    *yearless = !year_behind(s, &i, &year);
    if (*yearless && !has_day) return false;
    if (!set_date(date, *yearless ? 2000 : year, month, day)) return false;
    *at = i;
    return true;
}

bool dps_stamp_date(const struct dps_lang *lang, struct dps_str s, size_t *at, struct dps_date *date, bool *yearless) {
    *yearless = false;
    return numeric_date(lang, s, at, date) || day_month(lang, s, at, date, yearless) ||
           month_day(lang, s, at, date, yearless);
}

/* ---- times ---- */

struct clock {
    int hour, minute, second;
    bool sure; /* written in a form that is nothing but a time */
};

static bool clock_at(const struct dps_lang *lang, struct dps_str s, size_t *at, struct clock *clock) {
    size_t i = *at;
    int digits, value;
    *clock = (struct clock){0};
    if (number(s, &i, 4, &value, &digits) && digits == 4) { /* 0936 GMT */
        clock->hour = value / 100;
        clock->minute = value % 100;
        clock->sure = true;
        size_t zone = i;
        spaces(s, &zone);
        if (clock->hour > 23 || clock->minute > 59 || !stamp_word(lang, s, &zone, DPS_STAMP_ZONE, &value)) return false;
        *at = i;
        return true;
    }
    i = *at;
    if (!number(s, &i, 2, &clock->hour, &digits)) return false;
    char mark = byte_at(s, i);
    if ((mark == ':' || mark == '.' || mark == 'h') && is_digit(byte_at(s, i + 1))) {
        i++;
        if (!number(s, &i, 2, &clock->minute, &digits) || digits != 2) return false;
        clock->sure = mark == ':';
        if (mark == ':' && byte_at(s, i) == ':' && is_digit(byte_at(s, i + 1))) {
            i++;
            if (!number(s, &i, 2, &clock->second, &digits)) return false;
            if (byte_at(s, i) == '.' && is_digit(byte_at(s, i + 1)))
                for (i++; is_digit(byte_at(s, i));) i++; /* parts of a second */
        }
    }
    size_t behind = i;
    spaces(s, &i);
    if (stamp_word(lang, s, &i, DPS_STAMP_NOON, &value)) {
        if (clock->hour < 1 || clock->hour > 12) return false;
        clock->hour = clock->hour % 12 + value;
        clock->sure = true;
    } else {
        i = behind;
        spaces(s, &i);
        if (stamp_word(lang, s, &i, DPS_STAMP_HOUR, &value))
            clock->sure = true;
        else
            i = behind;
    }
    if (clock->hour > 23 || clock->minute > 59 || clock->second > 60) return false;
    *at = i;
    return true;
}

/* Z, +01:00, +0100 */
static bool offset_at(struct dps_str s, size_t *at, int *minutes) {
    char c = byte_at(s, *at);
    if (c == 'Z' && !dps_utf8_is_letter((unsigned char)byte_at(s, *at + 1))) {
        *minutes = 0;
        ++*at;
        return true;
    }
    if (c != '+' && c != '-') return false;
    size_t i = *at + 1;
    for (int k = 0; k < 2; k++)
        if (!is_digit(byte_at(s, i + (size_t)k))) return false;
    int h = (s.data[i] - '0') * 10 + (s.data[i + 1] - '0'), m = 0;
    i += 2;
    if (byte_at(s, i) == ':' && is_digit(byte_at(s, i + 1))) i++;
    if (is_digit(byte_at(s, i)) && is_digit(byte_at(s, i + 1))) {
        m = (s.data[i] - '0') * 10 + (s.data[i + 1] - '0');
        i += 2;
    }
    if (h > 15 || m > 59) return false;
    *minutes = (c == '-' ? -1 : 1) * (h * 60 + m);
    *at = i;
    return true;
}

/* ---- whole stamps ---- */

struct scan {
    const struct dps_lang *lang;
    struct dps_str s;
    size_t at;
    struct dps_stamp *stamp;
    bool update;                /* the last label said so */
    bool has_update, has_first; /* which dates were seen */
    bool waits_time;            /* the date last kept has no time yet */
    int zone;                   /* named somewhere in the line */
    struct dps_time later;      /* the first date labelled as an update */
    struct dps_time *target;    /* where a time belongs */
};

static void keep_date(struct scan *scan, struct dps_date date, bool yearless) {
    struct dps_time t = {.date = date, .hour = -1, .offset = DPS_NO_OFFSET};
    scan->target = NULL;
    if (scan->update && !scan->has_update) {
        scan->later = t;
        scan->has_update = true;
        scan->target = &scan->later;
    } else if (!scan->update && !scan->has_first) {
        scan->stamp->time = t;
        scan->has_first = true;
        scan->stamp->yearless = yearless;
        scan->target = &scan->stamp->time;
    }
    scan->waits_time = true;
}

static void keep_clock(struct dps_time *t, const struct clock *c) {
    if (!t || t->hour >= 0) return;
    t->hour = (int8_t)c->hour;
    t->minute = (int8_t)c->minute;
    t->second = (int8_t)c->second;
}

/* A byline: up to BYLINE_WORDS words, ended by a mark, a digit or a word of stamps. */
static void skip_byline(struct scan *scan) {
    for (int n = 0; n < BYLINE_WORDS; n++) {
        spaces(scan->s, &scan->at);
        size_t next = scan->at;
        struct dps_str w = word(scan->s, &next);
        if (w.length == 0) {
            char c = byte_at(scan->s, scan->at);
            if (c != '-' && c != '&' && c != ',') return;
            scan->at++;
            continue;
        }
        const struct dps_stamp_word *known = dps_langs_word(scan->lang, w);
        if (known && known->class != DPS_STAMP_FILLER && known->class != DPS_STAMP_NOON) return;
        size_t first = 0;
        if (w.length > 3 && !dps_utf8_is_upper(dps_utf8_next(w, &first))) return; /* no part of a name */
        scan->at = next;
    }
}

static bool scan_word(struct scan *scan, unsigned strange) {
    struct dps_str w = word(scan->s, &scan->at);
    if (w.length == 0) return false;
    const struct dps_stamp_word *known = dps_langs_word(scan->lang, w);
    if (!known) return ++scan->stamp->strange <= strange;
    scan->stamp->known++;
    switch (known->class) {
    case DPS_STAMP_PUBLISHED:
    case DPS_STAMP_UPDATED:
        scan->stamp->labelled = true;
        scan->update = known->class == DPS_STAMP_UPDATED;
        scan->target = NULL;
        break;
    case DPS_STAMP_ZONE:
        if (scan->zone == DPS_NO_OFFSET) scan->zone = known->value;
        break;
    case DPS_STAMP_BYLINE:
        skip_byline(scan);
        break;
    case DPS_STAMP_MONTH:
        return ++scan->stamp->strange <= strange; /* a month that is in no date */
    default:
        break;
    }
    return true;
}

/* One piece of the stamp; false if it is none. A time before its date waits in `early`. */
static bool scan_piece(struct scan *scan, unsigned strange, struct clock *early, bool *has_early) {
    struct dps_date date;
    struct clock clock;
    bool yearless;
    int minutes;
    if (dps_stamp_date(scan->lang, scan->s, &scan->at, &date, &yearless)) {
        scan->stamp->known++;
        keep_date(scan, date, yearless);
        if (byte_at(scan->s, scan->at) == 'T' && is_digit(byte_at(scan->s, scan->at + 1))) scan->at++;
        if (*has_early) keep_clock(scan->target, early);
        *has_early = false;
        return true;
    }
    size_t before = scan->at;
    if (clock_at(scan->lang, scan->s, &scan->at, &clock) && (clock.sure || scan->waits_time)) {
        scan->stamp->known++;
        if (scan->waits_time && (!scan->target || scan->target->hour < 0)) {
            keep_clock(scan->target, &clock);
        } else if (!scan->waits_time && !*has_early) { /* the first of several */
            *early = clock;
            *has_early = true;
        }
        spaces(scan->s, &scan->at);
        if (offset_at(scan->s, &scan->at, &minutes) && scan->target) scan->target->offset = (int16_t)minutes;
        return true;
    }
    scan->at = before;
    if (dps_utf8_is_digit((unsigned char)byte_at(scan->s, scan->at))) { /* a number that means nothing here */
        while (is_digit(byte_at(scan->s, scan->at))) scan->at++;
        spaces(scan->s, &scan->at);
        if (stamp_word(scan->lang, scan->s, &scan->at, DPS_STAMP_COUNT, &minutes)) { /* 3 min read */
            scan->stamp->known++;
            return true;
        }
        return ++scan->stamp->strange <= strange;
    }
    return scan_word(scan, strange);
}

static void skip_marks(struct dps_str s, size_t *at) {
    while (*at < s.length) {
        size_t next = *at;
        uint32_t c = dps_utf8_next(s, &next);
        if (!dps_utf8_is_space(c) && !dps_utf8_is_punct(c)) return;
        *at = next;
    }
}

static void default_zone(const struct dps_lang *lang, struct dps_time *t) {
    if (lang && lang->central_time && t->hour >= 0 && t->offset == DPS_NO_OFFSET && dps_date_full(t->date))
        t->offset = (int16_t)dps_date_cet_offset(t->date, t->hour, t->minute);
}

bool dps_stamp_line(const struct dps_lang *lang, struct dps_str line, unsigned strange, struct dps_stamp *stamp) {
    *stamp = (struct dps_stamp){.time = {.hour = -1, .offset = DPS_NO_OFFSET}};
    line = dps_str_trim(line);
    if (!lang || line.length == 0 || line.length > STAMP_BYTES) return false;
    struct scan scan = {.lang = lang, .s = line, .stamp = stamp, .zone = DPS_NO_OFFSET};
    struct clock early = {0};
    bool has_early = false;
    for (skip_marks(line, &scan.at); scan.at < line.length; skip_marks(line, &scan.at))
        if (!scan_piece(&scan, strange, &early, &has_early)) return false;
    if (!scan.has_first && scan.has_update) {
        stamp->time = scan.later;
        stamp->updated = true;
    }
    stamp->found = scan.has_first || scan.has_update;
    if (stamp->time.hour < 0)
        stamp->time.offset = DPS_NO_OFFSET;
    else if (stamp->time.offset == DPS_NO_OFFSET)
        stamp->time.offset = (int16_t)scan.zone;
    if (stamp->found && !stamp->yearless) default_zone(lang, &stamp->time);
    return stamp->found || stamp->known > 0;
}

/* "... wiegelt ab Stand: 11.02.2022": a filler before the label is the title's last word. */
static bool is_title_word(const struct dps_lang *lang, struct dps_str rest) {
    size_t at = 0;
    const struct dps_stamp_word *first = dps_langs_word(lang, word(rest, &at));
    if (!first || first->class != DPS_STAMP_FILLER) return false;
    spaces(rest, &at);
    const struct dps_stamp_word *second = dps_langs_word(lang, word(rest, &at));
    return second && (second->class == DPS_STAMP_PUBLISHED || second->class == DPS_STAMP_UPDATED);
}

size_t dps_stamp_tail(const struct dps_lang *lang, struct dps_str line, struct dps_stamp *stamp) {
    if (!lang || line.length == 0) return line.length;
    size_t from = line.length > STAMP_BYTES ? dps_utf8_floor(line, line.length - STAMP_BYTES) : 1;
    for (size_t at = from; at < line.length; at++) {
        unsigned char c = (unsigned char)line.data[at], before = at ? (unsigned char)line.data[at - 1] : ' ';
        bool border = (before == ' ' || before == '\t' || before == '|' || before == '(' || before == 0xA0);
        if (!border || c == ' ') continue;
        struct dps_str rest = dps_str_cut(line, at, line.length);
        if (is_title_word(lang, rest)) continue;
        if (!dps_stamp_line(lang, rest, 0, stamp) || !stamp->found || stamp->yearless ||
            !dps_date_full(stamp->time.date))
            continue;
        if (!stamp->labelled && stamp->time.hour < 0) continue; /* a bare date may well belong to the title */
        while (at > 0 && strchr(" \t|(-", line.data[at - 1])) at--;
        return at;
    }
    *stamp = (struct dps_stamp){.time = {.hour = -1, .offset = DPS_NO_OFFSET}};
    return line.length;
}

bool dps_stamp_published(const struct dps_langs *langs, struct dps_str s, struct dps_time *time) {
    s = dps_str_trim(s);
    if (dps_time_parse(s, time)) return true;
    for (size_t i = 0; i < langs->n_langs; i++) {
        struct dps_stamp stamp;
        if (!langs->langs[i].coded || !dps_stamp_line(&langs->langs[i], s, 0, &stamp) || !stamp.found || stamp.yearless)
            continue;
        *time = stamp.time;
        return true;
    }
    return false;
}

/* ---- datelines ---- */

/* A dash, or ":" behind an agency; spaces on both sides are taken along. */
static bool dash_at(struct dps_str s, size_t *at, bool colon) {
    size_t i = *at;
    spaces(s, &i);
    size_t mark = i;
    if (i >= s.length) return false;
    uint32_t c = dps_utf8_next(s, &i);
    bool dash = c == 0x2013 || c == 0x2014 || c == 0x2015 || (c == '-' && mark > *at);
    if (c == '-' && byte_at(s, i) == '-') {
        dash = true;
        i++;
    }
    if (c == '-' && byte_at(s, i) == ' ') dash = true;
    if (!dash && !(colon && c == ':')) return false;
    spaces(s, &i);
    *at = i;
    return i < s.length;
}

/* Words that begin with capitals, small connecting words between them: ended by ",", "(" or a dash. */
static bool city_at(struct dps_str s, size_t *at, bool *upper) {
    size_t i = *at;
    int words = 0;
    *upper = true;
    while (i < s.length && i - *at <= CITY_BYTES) {
        size_t next = i;
        struct dps_str w = word(s, &next);
        if (w.length == 0) return false;
        size_t first = 0;
        bool capital = dps_utf8_is_upper(dps_utf8_next(w, &first));
        if (words == 0 && !capital) return false;
        if (!capital && w.length > 4) return false;
        for (size_t k = 0; k < w.length;)
            if (dps_utf8_is_lower(dps_utf8_next(w, &k))) *upper = false;
        if (++words > CITY_WORDS) return false;
        i = next;
        char c = byte_at(s, i);
        if ((c == '/' || c == '-') && i + 1 < s.length && s.data[i + 1] != ' ' && s.data[i + 1] != '-') {
            i++;
            continue;
        }
        size_t behind = i;
        spaces(s, &i);
        c = byte_at(s, i);
        if (c == ',' || c == '(' || c == ':' || c == '-' || (unsigned char)c == 0xE2) {
            *at = behind;
            return true;
        }
        if (behind == i) return false;
    }
    return false;
}

/* "(dpa)", "(AFP/Reuters)", "(Own report)" */
static bool agency_at(const struct dps_langs *langs, struct dps_str s, size_t *at, struct dps_str *agency,
                      bool *known) {
    if (byte_at(s, *at) != '(') return false;
    const char *close = memchr(s.data + *at, ')', s.length - *at);
    if (!close) return false;
    struct dps_str inside = dps_str_trim(dps_str_cut(s, *at + 1, (size_t)(close - s.data)));
    if (inside.length == 0 || inside.length > AGENCY_BYTES) return false;
    struct dps_str rest = inside, part;
    *agency = inside;
    *known = false;
    while (dps_str_split(&rest, '/', &part))
        if (dps_langs_agency(langs, dps_str_trim(part)).length) *known = true;
    if (!*known) { /* "dpa infocom", "Reuters Health": known by the first word */
        size_t i = 0;
        *known = dps_langs_agency(langs, word(inside, &i)).length > 0;
    }
    *at = (size_t)(close - s.data) + 1;
    return true;
}

bool dps_stamp_dateline(const struct dps_langs *langs, const struct dps_lang *lang, struct dps_str text,
                        struct dps_dateline *line) {
    *line = (struct dps_dateline){0};
    struct dps_str s = dps_str_cut(text, 0, DATELINE_BYTES);
    const char *newline = s.length ? memchr(s.data, '\n', s.length) : NULL;
    if (newline) s.length = (size_t)(newline - s.data);
    size_t at = 0;
    bool upper = false, known = false, dated = false;
    if (byte_at(s, 0) != '(') {
        size_t start = at;
        if (!city_at(s, &at, &upper)) return false;
        line->city = dps_str_trim(dps_str_cut(s, start, at));
        spaces(s, &at);
        for (int part = 0; part < 3 && byte_at(s, at) == ',';
             part++) { /* ", Switzerland", ", 21. Januar", ", Jan 21, 2022" */
            at++;
            spaces(s, &at);
            size_t from = at;
            const struct dps_stamp_word *w = dps_langs_word(lang, word(s, &at));
            if (w && w->class == DPS_STAMP_WEEKDAY) {
                spaces(s, &at);
                if (byte_at(s, at) == ',') continue;
                from = at;
            }
            at = from;
            if (dps_stamp_date(lang, s, &at, &line->date, &line->yearless)) {
                dated = true;
            } else if (!city_at(s, &at, &upper)) {
                return false;
            }
            spaces(s, &at);
        }
    }
    bool has_agency = agency_at(langs, s, &at, &line->agency, &known);
    if (has_agency && !known && !upper && !dated) return false;
    if (!has_agency && !dated && !(upper && line->city.length > 4)) return false;
    if (has_agency && !known && line->city.length == 0) return false;
    size_t before_dash = at;
    if (!dash_at(s, &at, known)) return false;
    if (!has_agency && byte_at(s, before_dash) == '-') return false; /* "NATO-Staaten" */
    size_t first = at;
    uint32_t c = dps_utf8_next(s, &first);
    if (!has_agency && !dated && !dps_utf8_is_upper(c)) return false;
    if (dps_utf8_is_lower(c) && !has_agency) return false;
    line->end = at;
    return true;
}
