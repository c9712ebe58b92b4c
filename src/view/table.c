/* table.c -- events as a table for a person at a terminal.
 *
 * In: records in the order in which they shall be read. Out, for each article: its title line, then an event a line,
 * and below the events of one sentence that sentence itself, so that each row can be checked against the words it came
 * from.
 *
 *     Lavrov demands answers before Geneva talks
 *     2022-01-21 · en · examples/geneva.txt
 *       2022-01-21    -  REQUEST/yield    actual   Sergey Lavrov (RUS GOV) → NATO (IGO)     demands
 *           "Foreign minister Lavrov demands a written answer from NATO."
 *
 * Why fixed columns: events come in one by one, in any number, so widths follow from the terminal's width and not from
 * the content. The sign says the quad without colour: ++ material cooperation, + verbal, - verbal conflict, --
 * material. Limit: widths are those of utf8proc; a terminal that draws a letter wider than Unicode says shifts the row.
 */
#include "view/view.h"

#include "base/utf8.h"

#include <utf8proc.h>

enum { MIN_WIDTH = 60, NARROW = 100, INDENT = 2, SENTENCE_INDENT = 6 };
enum { DATE_COLUMNS = 13, SIGN_COLUMNS = 2, STATUS_COLUMNS = 12 };

static const char *const quad_sign[] = {"", "+", "++", "-", "--"};
static const char *const quad_color[] = {"", "\033[32m", "\033[1;32m", "\033[33m", "\033[1;31m"};
static const char bold[] = "\033[1m", dim[] = "\033[2m", plain[] = "\033[0m";

/* ---- widths and safe text ---- */

/* A code point that turns the direction of writing or joins: a hostile title must not reorder the row. */
static bool is_direction_mark(uint32_t c) {
    return (c >= 0x202A && c <= 0x202E) || (c >= 0x2066 && c <= 0x2069) || c == 0x200E || c == 0x200F || c == 0xFEFF;
}

static bool is_blank(uint32_t c) {
    return c <= 0x20 || (c >= 0x7F && c < 0xA0) || c == 0x2028 || c == 0x2029;
}

static size_t columns_of(uint32_t c) {
    int width = utf8proc_charwidth((utf8proc_int32_t)c);
    return width > 0 ? (size_t)width : 0;
}

void dps_view_plain(struct dps_buffer *out, struct dps_str text) {
    bool blank = false, any = false;
    for (size_t at = 0; at < text.length;) {
        size_t start = at;
        uint32_t c = dps_utf8_next(text, &at);
        if (is_direction_mark(c)) continue;
        if (is_blank(c)) {
            blank = any;
            continue;
        }
        if (blank) dps_buffer_append(out, " ", 1);
        blank = false;
        any = true;
        if (c == 0xFFFD)
            dps_buffer_append_c(out, "\xEF\xBF\xBD");
        else
            dps_buffer_append(out, text.data + start, at - start);
    }
}

size_t dps_view_columns(struct dps_str text) {
    size_t columns = 0;
    for (size_t at = 0; at < text.length;) columns += columns_of(dps_utf8_next(text, &at));
    return columns;
}

/* Length in bytes of the longest prefix that takes at most `columns`. */
static size_t fit(struct dps_str text, size_t columns) {
    size_t used = 0, at = 0;
    while (at < text.length) {
        size_t next = at;
        used += columns_of(dps_utf8_next(text, &next));
        if (used > columns) break;
        at = next;
    }
    return at;
}

static void blanks(struct dps_buffer *out, size_t n) {
    for (size_t i = 0; i < n; i++) dps_buffer_append(out, " ", 1);
}

/* As dps_view_pad, for text that is plain already. columns 0: as long as it is. */
static void pad_plain(struct dps_buffer *out, struct dps_str text, size_t columns) {
    size_t width = dps_view_columns(text);
    if (columns == 0 || width <= columns) {
        dps_buffer_append_str(out, text);
        if (columns) blanks(out, columns - width);
        return;
    }
    struct dps_str cut = dps_str_cut(text, 0, fit(text, columns - 1));
    dps_buffer_append_str(out, cut);
    dps_buffer_append_c(out, "…");
    blanks(out, columns - 1 - dps_view_columns(cut));
}

void dps_view_pad(struct dps_buffer *out, struct dps_str text, size_t columns) {
    struct dps_buffer safe = {0};
    dps_view_plain(&safe, text);
    pad_plain(out, dps_buffer_str(&safe), columns);
    if (safe.failed) out->failed = true;
    dps_buffer_release(&safe);
}

/* ---- layout ---- */

struct layout {
    size_t date, type, status, who, words, total; /* 0: as long as it is; words: last column, SIZE_MAX: left out */
};

static struct layout layout_of(const struct dps_view_style *style) {
    struct layout layout = {.date = DATE_COLUMNS, .type = 22, .status = STATUS_COLUMNS, .who = 56, .words = 0};
    if (style->width == 0) return layout;
    layout.total = style->width < MIN_WIDTH ? MIN_WIDTH : style->width;
    bool narrow = layout.total < NARROW;
    if (narrow) layout.type = 14;
    size_t fixed = INDENT + layout.date + 1 + SIGN_COLUMNS + 1 + layout.type + 1 + layout.status + 1;
    size_t rest = layout.total - fixed;
    if (narrow) {
        layout.who = rest;
        layout.words = SIZE_MAX;
        return layout;
    }
    layout.who = rest * 5 / 8;
    layout.words = rest - layout.who - 1;
    return layout;
}

static void color(const struct dps_view_table *table, const char *code) {
    if (table->style.color) dps_buffer_append_c(table->out, code);
}

/* Wrap at blanks to the terminal's width, each line indented. */
static void wrapped(struct dps_buffer *out, struct dps_str text, size_t indent, size_t total) {
    size_t room = total > indent + 10 ? total - indent : SIZE_MAX;
    while (text.length) {
        size_t take = room == SIZE_MAX ? text.length : fit(text, room);
        if (take < text.length) {
            size_t at = take;
            while (at > 0 && text.data[at] != ' ') at--;
            if (at > 0) take = at;
        }
        if (take == 0) take = text.length; /* a letter wider than the room */
        blanks(out, indent);
        dps_buffer_append(out, text.data, take);
        dps_buffer_append(out, "\n", 1);
        text = dps_str_cut(text, take, text.length);
        while (text.length && text.data[0] == ' ') text = dps_str_cut(text, 1, text.length);
    }
}

void dps_view_table_head(struct dps_buffer *out, const struct dps_view_style *style) {
    struct layout layout = layout_of(style);
    if (style->color) dps_buffer_append_c(out, dim);
    dps_buffer_append_c(out,
                        "++ material cooperation   + verbal cooperation   - verbal conflict   -- material conflict\n");
    blanks(out, INDENT);
    pad_plain(out, DPS_STR("date"), layout.date + 1 + SIGN_COLUMNS + 1);
    pad_plain(out, DPS_STR("event"), layout.type + 1);
    pad_plain(out, DPS_STR("status"), layout.status + 1);
    if (layout.words == SIZE_MAX) {
        dps_buffer_append_c(out, "who → whom");
    } else {
        pad_plain(out, DPS_STR("who → whom"), layout.who + 1);
        dps_buffer_append_c(out, "word, place");
    }
    if (style->color) dps_buffer_append_c(out, plain);
    dps_buffer_append(out, "\n", 1);
}

/* ---- cells ---- */

/* "2022-01-19/20" where the month is the same, else both in full. */
static void date_cell(struct dps_buffer *cell, const struct dps_record *record) {
    dps_buffer_append_c(cell, record->date[0] ? record->date : "-");
    if (!record->date_end[0]) return;
    bool same_month = strlen(record->date) == 10 && strncmp(record->date, record->date_end, 8) == 0;
    bool same_year = strlen(record->date) == 10 && strncmp(record->date, record->date_end, 5) == 0;
    dps_buffer_append_c(cell, "/");
    dps_buffer_append_c(cell, record->date_end + (same_month ? 8 : same_year ? 5 : 0));
}

static void type_cell(struct dps_buffer *cell, const struct dps_record *record) {
    dps_view_plain(cell, record->type);
    for (unsigned i = 0; i < record->n_modes; i++) {
        dps_buffer_append_c(cell, i ? "+" : "/");
        dps_view_plain(cell, record->modes[i]);
    }
}

/* "Sergey Lavrov (RUS GOV)"; a party that nobody names is "?". */
static void party_cell(struct dps_buffer *cell, const struct dps_record_party *party) {
    struct dps_str label = party->name.length ? party->name : party->text;
    bool country = party->country.length && !dps_str_is(party->country, "---");
    bool sector = party->sector.length && !dps_str_is(party->sector, "UNK");
    if (label.length)
        dps_view_plain(cell, label);
    else
        dps_buffer_append_c(cell, "?");
    if (!country && !sector) return;
    dps_buffer_append_c(cell, " (");
    if (country) dps_buffer_append_str(cell, party->country);
    if (country && sector) dps_buffer_append_c(cell, " ");
    if (sector) dps_buffer_append_str(cell, party->sector);
    dps_buffer_append_c(cell, ")");
}

static void parties_cell(struct dps_buffer *cell, const struct dps_record_party *parties, unsigned n) {
    for (unsigned i = 0; i < n; i++) {
        if (i) dps_buffer_append_c(cell, ", ");
        party_cell(cell, &parties[i]);
    }
}

static void who_cell(struct dps_buffer *cell, const struct dps_record *record) {
    parties_cell(cell, record->actors, record->n_actors);
    if (record->n_actors == 0) dps_buffer_append_c(cell, "?");
    if (record->n_recipients) dps_buffer_append_c(cell, " → ");
    parties_cell(cell, record->recipients, record->n_recipients);
}

static void words_cell(struct dps_buffer *cell, const struct dps_record *record) {
    dps_view_plain(cell, record->trigger.text);
    if (record->place.text.data) {
        dps_buffer_append_c(cell, ", in ");
        dps_view_plain(cell, record->place.name.length ? record->place.name : record->place.text);
    }
    if (record->has_speaker) {
        dps_buffer_append_c(cell, ", says ");
        party_cell(cell, &record->speaker);
    }
}

/* ---- rows ---- */

static void write_sentence(struct dps_view_table *table) {
    if (table->sentence.length == 0) return;
    struct dps_buffer quoted = {0};
    dps_buffer_append_c(&quoted, "\"");
    dps_view_plain(&quoted, dps_buffer_str(&table->sentence));
    dps_buffer_append_c(&quoted, "\"");
    color(table, dim);
    wrapped(table->out, dps_buffer_str(&quoted), SENTENCE_INDENT, layout_of(&table->style).total);
    color(table, plain);
    if (quoted.failed) table->out->failed = true;
    dps_buffer_release(&quoted);
    dps_buffer_clear(&table->sentence);
}

static void write_title(struct dps_view_table *table, const struct dps_record *record) {
    struct dps_buffer *out = table->out;
    struct dps_str title = record->title.length ? record->title : record->article;
    dps_buffer_append(out, "\n", 1);
    color(table, bold);
    dps_view_plain(out, title);
    color(table, plain);
    dps_buffer_append(out, "\n", 1);
    color(table, dim);
    const struct dps_str parts[] = {dps_str_cut(dps_str_of(record->published), 0, 10), record->lang,
                                    record->url.length ? record->url : record->file};
    for (size_t i = 0, any = 0; i < 3; i++) {
        if (!parts[i].length) continue;
        if (any++) dps_buffer_append_c(out, " · ");
        dps_view_plain(out, parts[i]);
    }
    color(table, plain);
    dps_buffer_append(out, "\n", 1);
}

/* Without a terminal's width nothing is cut. */
static void put_cell(struct dps_buffer *out, const struct layout *layout, const struct dps_buffer *cell,
                     size_t columns) {
    struct dps_str text = dps_buffer_str(cell);
    bool longer = layout->total == 0 && dps_view_columns(text) > columns;
    pad_plain(out, text, longer ? 0 : columns);
}

static void write_row(struct dps_view_table *table, const struct dps_record *record) {
    struct dps_buffer *out = table->out, cell = {0};
    struct layout layout = layout_of(&table->style);
    int quad = record->quad >= 1 && record->quad <= 4 ? record->quad : 0;
    blanks(out, INDENT);
    date_cell(&cell, record);
    put_cell(out, &layout, &cell, layout.date);
    dps_buffer_append(out, " ", 1);
    color(table, quad_color[quad]);
    pad_plain(out, dps_str_of(quad_sign[quad]), SIGN_COLUMNS);
    dps_buffer_append(out, " ", 1);
    dps_buffer_clear(&cell);
    type_cell(&cell, record);
    put_cell(out, &layout, &cell, layout.type);
    color(table, plain);
    dps_buffer_append(out, " ", 1);
    dps_view_pad(out, record->status, layout.status);
    dps_buffer_append(out, " ", 1);
    dps_buffer_clear(&cell);
    who_cell(&cell, record);
    if (layout.words == SIZE_MAX) {
        pad_plain(out, dps_buffer_str(&cell), layout.who);
    } else {
        put_cell(out, &layout, &cell, layout.who);
        dps_buffer_append(out, " ", 1);
        dps_buffer_clear(&cell);
        words_cell(&cell, record);
        pad_plain(out, dps_buffer_str(&cell), layout.words);
    }
    while (out->length && out->data[out->length - 1] == ' ') out->data[--out->length] = '\0';
    dps_buffer_append(out, "\n", 1);
    if (cell.failed) out->failed = true;
    dps_buffer_release(&cell);
}

void dps_view_table_init(struct dps_view_table *table, struct dps_buffer *out, const struct dps_view_style *style) {
    *table = (struct dps_view_table){.out = out, .style = *style};
}

void dps_view_table_add(struct dps_view_table *table, const struct dps_record *record) {
    bool other_article = !table->any || !dps_str_equal(dps_buffer_str(&table->article), record->article);
    if (other_article || table->sentence_number != record->sentence) write_sentence(table);
    if (other_article) {
        write_title(table, record);
        dps_buffer_clear(&table->article);
        dps_buffer_append_str(&table->article, record->article);
    }
    write_row(table, record);
    dps_buffer_clear(&table->sentence);
    dps_buffer_append_str(&table->sentence, record->text);
    table->sentence_number = record->sentence;
    table->any = true;
}

void dps_view_table_end(struct dps_view_table *table) {
    write_sentence(table);
    if (table->article.failed || table->sentence.failed) table->out->failed = true;
    dps_buffer_release(&table->article);
    dps_buffer_release(&table->sentence);
}
