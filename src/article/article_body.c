/* article_body.c -- from the bytes of one text to title, date, dateline and blocks.
 *
 * In: bytes of a plain text or of a crawler's text record.  Out: struct dps_article.
 * How: a record is "[date YYYY-MM] title [stamp]", stamp lines, an empty line, and the body. Each part may be absent; a
 * text without any of them has a title only if its first line stands alone, is short and does not end like a sentence.
 * The body stays one span of the bytes read (I1); blocks point into it and leave out stamps and the dateline.
 * Paragraphs are parted by empty lines. Within a paragraph single line ends are soft only if the lines look wrapped at
 * a fixed width. */
#include "article/article_langs.h"
#include "base/utf8.h"

#include <stdio.h>

enum {
    TITLE_BYTES = 400, /* longest headline with its kicker seen: 260 */
    HEADING_BYTES = 120,
    HEADING_WORDS = 12,
    WRAP_WIDTH = 120, /* characters; nobody wraps by hand beyond that */
    STAMP_LINES = 6,  /* lines of stamps and bylines before the body */
    STRANGE_WORDS = 4 /* "BBC News, London, 21 January 2022" */
};

static enum dps_status no_memory(struct dps_error *error) {
    return dps_error_set(error, DPS_MEMORY, "out of memory");
}

/* ---- decoding ---- */

static uint32_t windows_1252(unsigned char c) {
    static const uint16_t high[32] = {0x20AC, 0x81,   0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021,
                                      0x02C6, 0x2030, 0x0160, 0x2039, 0x0152, 0x8D,   0x017D, 0x8F,
                                      0x90,   0x2018, 0x2019, 0x201C, 0x201D, 0x2022, 0x2013, 0x2014,
                                      0x02DC, 0x2122, 0x0161, 0x203A, 0x0153, 0x9D,   0x017E, 0x0178};
    return c >= 0x80 && c < 0xA0 ? high[c - 0x80] : c;
}

/* Control bytes that no text holds. */
static bool is_binary(struct dps_str s) {
    size_t strange = 0;
    for (size_t i = 0; i < s.length; i++) {
        unsigned char c = (unsigned char)s.data[i];
        if (c == 0) return true;
        if (c < 0x20 && c != '\t' && c != '\n' && c != '\r' && c != '\f' && c != 0x1B) strange++;
    }
    return strange * 50 > s.length;
}

/* Any valid multi-byte sequence? Then the file means to be UTF-8. */
static bool has_utf8(struct dps_str s) {
    for (size_t at = 0; at < s.length;) {
        size_t from = at;
        uint32_t c = dps_utf8_next(s, &at);
        if (at - from > 1 && c != 0xFFFD) return true;
    }
    return false;
}

static enum dps_status decode_utf16(struct dps_arena *arena, struct dps_str s, bool big, struct dps_str *text,
                                    struct dps_error *error) {
    if (s.length % 2) return dps_error_set(error, DPS_INPUT, "UTF-16 text with half a character at its end");
    char *out = dps_arena_take(arena, s.length / 2 * 3 + 4);
    if (!out) return no_memory(error);
    size_t n = 0;
    for (size_t i = 2; i < s.length; i += 2) {
        const unsigned char *p = (const unsigned char *)s.data + i;
        uint32_t c = big ? (uint32_t)(p[0] << 8 | p[1]) : (uint32_t)(p[1] << 8 | p[0]);
        if (c >= 0xD800 && c < 0xDC00 && i + 3 < s.length) {
            uint32_t low = big ? (uint32_t)(p[2] << 8 | p[3]) : (uint32_t)(p[3] << 8 | p[2]);
            if (low >= 0xDC00 && low < 0xE000) {
                c = 0x10000 + ((c - 0xD800) << 10) + (low - 0xDC00);
                i += 2;
            }
        }
        if (c == 0 || (c >= 0xD800 && c < 0xE000))
            return dps_error_set(error, DPS_INPUT, "invalid UTF-16 at byte %zu", i);
        n += dps_utf8_put(c, out + n);
    }
    *text = (struct dps_str){out, n};
    return DPS_OK;
}

enum dps_status dps_body_decode(struct dps_arena *arena, struct dps_str bytes, struct dps_str *text,
                                struct dps_error *error) {
    if (dps_str_starts(bytes, DPS_STR("\xFF\xFE"))) return decode_utf16(arena, bytes, false, text, error);
    if (dps_str_starts(bytes, DPS_STR("\xFE\xFF"))) return decode_utf16(arena, bytes, true, text, error);
    if (dps_str_starts(bytes, DPS_STR("\xEF\xBB\xBF"))) bytes = dps_str_cut(bytes, 3, bytes.length);
    if (is_binary(bytes)) return dps_error_set(error, DPS_INPUT, "looks like binary data, not like text");
    size_t bad = dps_utf8_check(bytes);
    if (bad == bytes.length) {
        char *copy = dps_arena_copy(arena, bytes.data, bytes.length);
        *text = (struct dps_str){copy, bytes.length};
        return copy ? DPS_OK : no_memory(error);
    }
    if (has_utf8(bytes)) return dps_error_set(error, DPS_INPUT, "invalid UTF-8 at byte %zu", bad);
    char *out = dps_arena_take(arena, bytes.length * 3 + 4);
    if (!out) return no_memory(error);
    size_t n = 0;
    for (size_t i = 0; i < bytes.length; i++) n += dps_utf8_put(windows_1252((unsigned char)bytes.data[i]), out + n);
    *text = (struct dps_str){out, n};
    return DPS_OK;
}

/* ---- lines ---- */

struct line {
    size_t start, end; /* without white space at both ends; start == end: empty */
    size_t next;       /* where the next line begins */
};

static struct line line_at(struct dps_str s, size_t at) {
    const char *newline = at < s.length ? memchr(s.data + at, '\n', s.length - at) : NULL;
    size_t end = newline ? (size_t)(newline - s.data) : s.length;
    struct line line = {at, end, newline ? end + 1 : s.length};
    while (line.start < line.end) {
        size_t next = line.start;
        if (!dps_utf8_is_space(dps_utf8_next(s, &next))) break;
        line.start = next;
    }
    while (line.end > line.start) {
        size_t last = dps_utf8_floor(s, line.end - 1), next = last;
        if (!dps_utf8_is_space(dps_utf8_next(s, &next)) || next != line.end) break;
        line.end = last;
    }
    return line;
}

static struct dps_str line_str(struct dps_str s, struct line line) {
    return dps_str_cut(s, line.start, line.end);
}

/* The last character, quotes and brackets at the end left aside; 0 if nothing is left. */
static uint32_t final_mark(struct dps_str s, bool *closed) {
    *closed = false;
    while (s.length) {
        size_t last = dps_utf8_floor(s, s.length - 1), at = last;
        uint32_t c = dps_utf8_next(s, &at);
        bool closing = c == '"' || c == '\'' || c == 0x201C || c == 0x201D || c == 0x2018 || c == 0x2019 || c == 0xAB ||
                       c == 0xBB || c == ')' || c == ']';
        if (!closing) return c;
        *closed = true;
        s.length = last;
    }
    return 0;
}

static bool ends_sentence(struct dps_str s) {
    bool closed;
    uint32_t c = final_mark(s, &closed);
    return c == '.' || c == '!' || c == '?' || c == 0x2026;
}

static bool is_heading(struct dps_str s) {
    bool closed;
    uint32_t c = final_mark(s, &closed);
    if (s.length > HEADING_BYTES || closed || c == 0 || (c < 0x80 && strchr(".!?:;,-", (int)c)) || c == 0x2026 ||
        c == 0x2013)
        return false;
    unsigned words = 1;
    for (size_t i = 0; i + 1 < s.length; i++) words += s.data[i] == ' ' && s.data[i + 1] != ' ';
    size_t first = 0;
    return words <= HEADING_WORDS && !dps_utf8_is_lower(dps_utf8_next(s, &first));
}

/* ---- blocks ---- */

struct builder {
    struct dps_arena *arena;
    struct dps_str text;
    struct dps_block *blocks;
    uint32_t count, room;
    bool failed;
};

static void add_block(struct builder *b, size_t start, size_t end, enum dps_block_kind kind) {
    if (start >= end || b->failed) return;
    if (b->count == b->room) {
        uint32_t more = b->room ? b->room * 2 : 16;
        struct dps_block *grown = dps_arena_grow(b->arena, b->blocks, b->count, more, sizeof *grown);
        if (!grown) {
            b->failed = true;
            return;
        }
        b->blocks = grown;
        b->room = more;
    }
    b->blocks[b->count++] = (struct dps_block){(uint32_t)start, (uint32_t)end, kind};
}

static size_t first_word(struct dps_str s) {
    const char *space = s.length ? memchr(s.data, ' ', s.length) : NULL;
    return dps_utf8_count(dps_str_cut(s, 0, space ? (size_t)(space - s.data) : s.length));
}

/* Do the lines from `at` to `end` look wrapped at a fixed width? So they do if hardly any line had room for the next
 * line's first word. */
static bool looks_wrapped(struct dps_str text, size_t at, size_t end) {
    size_t widest = 0, lines = 0, full = 0, stops = 0;
    for (size_t i = at; i < end; lines++) {
        struct line line = line_at(text, i);
        size_t width = dps_utf8_count(line_str(text, line));
        if (width > widest) widest = width;
        i = line.next;
    }
    if (widest > WRAP_WIDTH || lines < 2) return false;
    for (size_t i = at; i < end;) {
        struct line line = line_at(text, i);
        i = line.next;
        if (i >= end) break;
        struct dps_str here = line_str(text, line), next = line_str(text, line_at(text, i));
        full += dps_utf8_count(here) + 1 + first_word(next) > widest;
        stops += ends_sentence(here);
    }
    return full * 10 >= (lines - 1) * 8 && stops * 2 < lines && stops < lines - 1 + (lines > 3);
}

/* One run of lines without an empty line between. */
static void add_run(struct builder *b, size_t at, size_t end, bool last) {
    struct line first = line_at(b->text, at);
    if (first.next >= end || looks_wrapped(b->text, at, end)) {
        struct line line = first;
        size_t stop = first.end;
        for (size_t i = first.next; i < end; i = line.next) {
            line = line_at(b->text, i);
            stop = line.end;
        }
        bool alone = first.next >= end && !last && is_heading(line_str(b->text, first));
        add_block(b, first.start, stop, alone ? DPS_BLOCK_HEADING : DPS_BLOCK_PARAGRAPH);
        return;
    }
    for (size_t i = at; i < end;) {
        struct line line = line_at(b->text, i);
        i = line.next;
        bool heading = (i < end || !last) && is_heading(line_str(b->text, line));
        add_block(b, line.start, line.end, heading ? DPS_BLOCK_HEADING : DPS_BLOCK_PARAGRAPH);
    }
}

enum dps_status dps_body_blocks(struct dps_arena *arena, struct dps_article *article, size_t start,
                                struct dps_error *error) {
    struct builder b = {.arena = arena, .text = article->text};
    struct dps_str text = article->text;
    size_t at = start;
    while (at < text.length) {
        struct line line = line_at(text, at);
        if (line.start == line.end) {
            at = line.next;
            continue;
        }
        size_t end = at, behind;
        for (; end < text.length; end = line.next) {
            line = line_at(text, end);
            if (line.start == line.end) break;
        }
        behind = end;
        while (behind < text.length) {
            line = line_at(text, behind);
            if (line.start != line.end) break;
            behind = line.next;
        }
        add_run(&b, at, end, behind >= text.length);
        at = behind;
    }
    article->blocks = b.blocks;
    article->n_blocks = b.count;
    return b.failed ? no_memory(error) : DPS_OK;
}

/* ---- language and id ---- */

void dps_body_language(const struct dps_langs *langs, const struct dps_reader_options *options,
                       struct dps_article *article) {
    if (article->lang_given) return;
    if (options && options->lang && options->lang[0]) {
        snprintf(article->lang, sizeof article->lang, "%s", options->lang);
        article->lang_given = true;
        return;
    }
    const struct dps_lang *lang = dps_langs_tell(langs, article->title, article->text);
    if (lang) memcpy(article->lang, lang->code, sizeof article->lang);
}

enum dps_status dps_body_id(struct dps_arena *arena, struct dps_article *article, struct dps_error *error) {
    size_t n = article->title.length + 1 + article->text.length;
    char *all = dps_arena_take(arena, n), *hex = dps_arena_take(arena, 20);
    if (!all || !hex) return no_memory(error);
    if (article->title.length) memcpy(all, article->title.data, article->title.length);
    all[article->title.length] = '\n';
    if (article->text.length) memcpy(all + article->title.length + 1, article->text.data, article->text.length);
    snprintf(hex, 20, "%016llx", (unsigned long long)dps_str_hash((struct dps_str){all, n}));
    article->id = (struct dps_str){hex, 16};
    return DPS_OK;
}

/* ---- stamps before the body ---- */

/* The language's own words first, then those of the other languages: an English page may carry a German stamp. */
static bool line_stamp(const struct dps_langs *langs, const struct dps_lang *lang, struct dps_str line,
                       unsigned strange, struct dps_stamp *stamp) {
    if (dps_stamp_line(lang, line, strange, stamp)) return true;
    for (size_t i = 0; i < langs->n_langs; i++)
        if (langs->langs[i].coded && &langs->langs[i] != lang && dps_stamp_line(&langs->langs[i], line, 0, stamp))
            return true;
    return false;
}

static size_t tail_stamp(const struct dps_langs *langs, const struct dps_lang *lang, struct dps_str line,
                         struct dps_stamp *stamp) {
    size_t at = dps_stamp_tail(lang, line, stamp);
    for (size_t i = 0; i < langs->n_langs && at == line.length; i++)
        if (langs->langs[i].coded && &langs->langs[i] != lang) at = dps_stamp_tail(&langs->langs[i], line, stamp);
    return at;
}

/* A date without its year, near the month that the record was crawled in or the article's date. */
static struct dps_date give_year(struct dps_date date, struct dps_date near) {
    if (!dps_date_known(near)) return (struct dps_date){0};
    date.year = near.year;
    int gap = near.month ? (int)date.month - near.month : 0;
    if (gap > 6) date.year--;
    if (gap < -6) date.year++;
    return dps_date_valid(date) ? date : (struct dps_date){0};
}

static void take_stamp(struct dps_article *article, struct dps_stamp stamp) {
    if (!stamp.found || dps_date_full(article->published.date)) return;
    if (stamp.yearless) stamp.time.date = give_year(stamp.time.date, article->published.date);
    if (dps_date_known(stamp.time.date)) article->published = stamp.time;
}

/* "BBC News, London, 21 January 2022": a source or place beside the date, parted from it by a mark. */
static bool is_mixed_stamp(const struct dps_langs *langs, const struct dps_lang *lang, struct dps_str s,
                           struct dps_stamp *stamp) {
    struct dps_dateline dateline;
    if (dps_stamp_dateline(langs, lang, s, &dateline)) return false; /* the body begins here */
    if (!line_stamp(langs, lang, s, STRANGE_WORDS, stamp) || !stamp->found || stamp->yearless || ends_sentence(s))
        return false;
    if (stamp->labelled || stamp->time.hour >= 0) return true;
    for (size_t i = 0; i < s.length; i++)
        if (strchr(",|;", s.data[i]) && s.data[i]) return true;
    return false;
}

/* Skip stamp lines, bylines and repeated titles; returns where the body begins. `record`: lines with words beside the
 * date are stamps too. */
static size_t skip_stamps(const struct dps_langs *langs, const struct dps_lang *lang, struct dps_article *article,
                          bool record) {
    struct dps_str text = article->text;
    size_t body = 0;
    for (size_t at = 0, seen = 0; seen < STAMP_LINES && at < text.length;) {
        struct line line = line_at(text, at);
        at = line.next;
        if (line.start == line.end) continue;
        seen++;
        struct dps_str s = line_str(text, line);
        struct dps_stamp stamp;
        bool own = line_stamp(langs, lang, s, 0, &stamp) && (stamp.found || !ends_sentence(s));
        bool mixed = !own && record && is_mixed_stamp(langs, lang, s, &stamp);
        bool repeated = article->title.length && dps_str_equal(s, article->title);
        if (!own && !mixed && !repeated) break;
        if (own || mixed) take_stamp(article, stamp);
        body = at;
    }
    return body;
}

static void take_dateline(struct dps_article *article, const struct dps_dateline *line) {
    article->city = line->city;
    article->agency = line->agency;
    if (!dps_date_known(line->date) || dps_date_full(article->published.date)) return;
    struct dps_date date = line->yearless ? give_year(line->date, article->published.date) : line->date;
    if (dps_date_full(date)) article->published = (struct dps_time){.date = date, .hour = -1, .offset = DPS_NO_OFFSET};
}

static size_t skip_space(struct dps_str text, size_t at) {
    while (at < text.length) {
        size_t next = at;
        if (!dps_utf8_is_space(dps_utf8_next(text, &next))) break;
        at = next;
    }
    return at;
}

enum dps_status dps_body_finish(const struct dps_langs *langs, const struct dps_reader_options *options,
                                struct dps_arena *arena, struct dps_article *article, bool record,
                                struct dps_error *error) {
    dps_body_language(langs, options, article);
    const struct dps_lang *lang = dps_langs_find(langs, article->lang);
    struct dps_str text = article->text;
    size_t start = skip_space(text, skip_stamps(langs, lang, article, record));
    struct dps_dateline dateline;
    if (dps_stamp_dateline(langs, lang, dps_str_cut(text, start, text.length), &dateline)) {
        take_dateline(article, &dateline);
        start += dateline.end;
    }
    if (start >= text.length && article->title.length == 0) start = 0; /* nothing but a date: then that is the text */
    DPS_TRY(dps_body_blocks(arena, article, start, error));
    if (article->id.length == 0) DPS_TRY(dps_body_id(arena, article, error));
    if (article->n_blocks == 0 && article->title.length == 0)
        return dps_error_set(error, DPS_INPUT, "neither title nor text");
    return DPS_OK;
}

/* ---- text records ---- */

/* "date 2022-01 " or "date 2022-01-21 ", the crawler's own first words. */
static size_t date_prefix(struct dps_str raw, struct dps_date *date) {
    size_t at = 0;
    while (at < raw.length && (raw.data[at] == ' ' || raw.data[at] == '\t')) at++;
    struct dps_str s = dps_str_cut(raw, at, raw.length);
    if (!dps_str_starts(s, DPS_STR("date "))) return 0;
    size_t end = 5;
    while (end < s.length && (s.data[end] == '-' || (s.data[end] >= '0' && s.data[end] <= '9'))) end++;
    if (end < s.length && !strchr(" \t\r\n", s.data[end])) return 0;
    if (!dps_date_parse(dps_str_cut(s, 5, end), date) || !date->month) return 0;
    return at + end;
}

/* The first line that has words, from *at on; *at moves behind it. */
static bool next_line(struct dps_str s, size_t *at, struct line *line) {
    while (*at < s.length) {
        *line = line_at(s, *at);
        *at = line->next;
        if (line->start < line->end) return true;
    }
    return false;
}

static bool title_like(struct dps_str raw, struct line line) {
    struct dps_str s = line_str(raw, line);
    if (s.length > TITLE_BYTES || line.next >= raw.length) return false;
    bool closed;
    uint32_t c = final_mark(s, &closed);
    if ((c == '.' && !dps_str_ends(s, DPS_STR("..."))) || c == ':' || c == ',' || c == ';') return false;
    struct line behind = line_at(raw, line.next);
    return behind.start == behind.end && behind.next < raw.length;
}

enum dps_status dps_body_record(const struct dps_langs *langs, const struct dps_reader_options *options,
                                struct dps_arena *arena, struct dps_str raw, struct dps_article *article,
                                struct dps_error *error) {
    struct dps_date month = {0};
    size_t at = date_prefix(raw, &month);
    bool prefix = at > 0;
    article->published = (struct dps_time){.date = month, .hour = -1, .offset = DPS_NO_OFFSET};
    article->text = dps_str_cut(raw, at, raw.length);
    dps_body_language(langs, options, article); /* for the words of the stamps */
    const struct dps_lang *lang = dps_langs_find(langs, article->lang);

    struct line line, second;
    struct dps_stamp stamp;
    size_t body = at, next = at;
    bool stamped = false;
    if (!next_line(raw, &next, &line)) return dps_error_set(error, DPS_INPUT, "nothing in it");
    if (next < raw.length && dps_stamp_line(lang, line_str(raw, line), 0, &stamp) &&
        stamp.found) { /* the stamp before the title */
        take_stamp(article, stamp);
        stamped = true;
        body = next;
        if (!next_line(raw, &next, &line)) line = (struct line){raw.length, raw.length, raw.length};
    }
    struct dps_str first = line_str(raw, line);
    size_t cut = tail_stamp(langs, lang, first, &stamp);
    if (cut < first.length && cut > 0) {
        take_stamp(article, stamp);
        stamped = true;
        first = dps_str_trim(dps_str_cut(first, 0, cut));
    }
    size_t look = next;
    struct dps_dateline dateline;
    if (!stamped && next_line(raw, &look, &second))
        stamped = (line_stamp(langs, lang, line_str(raw, second), 0, &stamp) && stamp.found) ||
                  dps_stamp_dateline(langs, lang, dps_str_cut(raw, second.start, raw.length), &dateline);
    bool alone = title_like(raw, (struct line){line.start, line.start + first.length, line.next});
    if (first.length && first.length <= TITLE_BYTES && next < raw.length && (alone || stamped || prefix)) {
        article->title = first;
        body = next;
    }
    while (body < raw.length && (raw.data[body] == '\n' || raw.data[body] == '\r')) body++;
    size_t end = raw.length;
    while (end > body && strchr(" \t\r\n", raw.data[end - 1])) end--;
    article->text = dps_str_cut(raw, body, end);
    if (!article->lang_given) article->lang[0] = '\0';
    return dps_body_finish(langs, options, arena, article, true, error);
}
