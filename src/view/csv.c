/* csv.c -- a record as one line of CSV, and the header line. The columns: docs/events.md.
 *
 * In: a record. Out: RFC 4180 quoting, UTF-8, lines ended by '\n'. A list is one cell, its items joined by ';' (a ';'
 * within an item becomes
 * ','), so that the lists of one event run parallel: the second country is that of the second actor.
 *
 * One table names each column and how to fill it, so that header and lines cannot drift apart. */
#include "view/view.h"

#include <math.h>
#include <stdio.h>

static bool needs_quotes(struct dps_str s) {
    for (size_t i = 0; i < s.length; i++)
        if (s.data[i] == '"' || s.data[i] == ',' || s.data[i] == '\n' || s.data[i] == '\r') return true;
    return s.length && (s.data[0] == ' ' || s.data[s.length - 1] == ' '); /* some readers trim bare cells */
}

static void append_cell(struct dps_buffer *out, struct dps_str s) {
    if (!needs_quotes(s)) {
        dps_buffer_append_str(out, s);
        return;
    }
    dps_buffer_append(out, "\"", 1);
    for (size_t i = 0; i < s.length; i++) {
        if (s.data[i] == '"') dps_buffer_append(out, "\"", 1);
        dps_buffer_append(out, s.data + i, 1);
    }
    dps_buffer_append(out, "\"", 1);
}

void dps_view_csv_cells(struct dps_buffer *out, const struct dps_str *cells, size_t n) {
    for (size_t i = 0; i < n; i++) {
        if (i) dps_buffer_append(out, ",", 1);
        append_cell(out, cells[i]);
    }
    dps_buffer_append(out, "\n", 1);
}

/* ---- the columns ---- */
enum column {
/* Not formatted: clang-format indents such a list deeper at each run. */
/* clang-format off */
#define COLUMN_MAP(X) \
    X(ID, "id") X(ARTICLE, "article") X(LANG, "lang") X(SENTENCE, "sentence") X(TEXT, "text") X(TYPE, "type") \
    X(MODES, "modes") X(CONTEXTS, "contexts") X(STATUS, "status") X(QUAD, "quad") X(SCORE, "score") \
    X(CAMEO, "cameo") X(GOLDSTEIN, "goldstein") X(TRIGGER, "trigger") X(TRIGGER_START, "trigger_start") \
    X(TRIGGER_END, "trigger_end") X(ACTORS, "actors") X(ACTOR_NAMES, "actor_names") \
    X(ACTOR_COUNTRIES, "actor_countries") X(ACTOR_SECTORS, "actor_sectors") X(ACTOR_OFFICES, "actor_offices") \
    X(ACTOR_IDS, "actor_ids") X(ACTOR_STARTS, "actor_starts") X(ACTOR_ENDS, "actor_ends") \
    X(RECIPIENTS, "recipients") X(RECIPIENT_NAMES, "recipient_names") \
    X(RECIPIENT_COUNTRIES, "recipient_countries") X(RECIPIENT_SECTORS, "recipient_sectors") \
    X(RECIPIENT_OFFICES, "recipient_offices") X(RECIPIENT_IDS, "recipient_ids") \
    X(RECIPIENT_STARTS, "recipient_starts") X(RECIPIENT_ENDS, "recipient_ends") X(SPEAKER, "speaker") \
    X(SPEAKER_NAME, "speaker_name") X(SPEAKER_COUNTRY, "speaker_country") X(SPEAKER_SECTOR, "speaker_sector") \
    X(SPEAKER_OFFICE, "speaker_office") X(SPEAKER_ID, "speaker_id") X(SPEAKER_START, "speaker_start") \
    X(SPEAKER_END, "speaker_end") X(CONTENT, "content") X(CONTENT_START, "content_start") \
    X(CONTENT_END, "content_end") X(DATE, "date") X(DATE_END, "date_end") X(DATE_TEXT, "date_text") \
    X(PLACE, "place") X(PLACE_NAME, "place_name") X(PLACE_COUNTRY, "place_country") X(PLACE_LAT, "place_lat") \
    X(PLACE_LON, "place_lon") X(PLACE_START, "place_start") X(PLACE_END, "place_end") X(CONFIDENCE, "confidence") \
    X(FRAME, "frame") X(DEED, "deed") X(STORY, "story") X(FILE, "file") X(URL, "url") X(TITLE, "title") \
    X(PUBLISHED, "published")
/* clang-format on */
#define COLUMN_ENUM(name, text) COLUMN_##name,
    COLUMN_MAP(COLUMN_ENUM)
#undef COLUMN_ENUM
        COLUMN_COUNT
};

static const char *const column_names[] = {
#define COLUMN_NAME(name, text) text,
    COLUMN_MAP(COLUMN_NAME)
#undef COLUMN_NAME
};

/* Cells that are made here (numbers, lists) lie in one buffer as ranges, since it may move while it grows. */
struct row {
    struct dps_str cells[COLUMN_COUNT];
    struct {
        size_t start, length;
        bool made;
    } made[COLUMN_COUNT];
    struct dps_buffer bytes;
};

static void row_end(struct row *row, enum column column, size_t start) {
    row->made[column].start = start;
    row->made[column].length = row->bytes.length - start;
    row->made[column].made = true;
}

static void set_int(struct row *row, enum column column, int64_t value) {
    size_t start = row->bytes.length;
    if (value < 0) return;
    dps_buffer_printf(&row->bytes, "%lld", (long long)value);
    row_end(row, column, start);
}

/* As dps_json_number writes it: trailing zeros dropped, one decimal kept. */
static void set_number(struct row *row, enum column column, double value, int decimals) {
    size_t start = row->bytes.length;
    if (!isfinite(value)) return;
    char text[64];
    int n = snprintf(text, sizeof text, "%.*f", decimals, value);
    while (n > 2 && text[n - 1] == '0' && text[n - 2] != '.') n--;
    dps_buffer_append(&row->bytes, text, (size_t)n);
    row_end(row, column, start);
}

static void append_item(struct dps_buffer *out, struct dps_str item) {
    for (size_t i = 0; i < item.length; i++) dps_buffer_append(out, item.data[i] == ';' ? "," : item.data + i, 1);
}

static void set_list(struct row *row, enum column column, const struct dps_str *items, unsigned n) {
    size_t start = row->bytes.length;
    for (unsigned i = 0; i < n; i++) {
        if (i) dps_buffer_append(&row->bytes, ";", 1);
        append_item(&row->bytes, items[i]);
    }
    row_end(row, column, start);
}

static void set_offsets(struct row *row, enum column column, const struct dps_record_party *parties, unsigned n,
                        bool ends) {
    size_t start = row->bytes.length;
    for (unsigned i = 0; i < n; i++) {
        int64_t value = ends ? parties[i].end : parties[i].start;
        if (i) dps_buffer_append(&row->bytes, ";", 1);
        if (value >= 0) dps_buffer_printf(&row->bytes, "%lld", (long long)value);
    }
    row_end(row, column, start);
}

/* Fills the eight columns from `first` on: text, name, country, sector, office, id, start, end. */
static void set_parties(struct row *row, enum column first, const struct dps_record_party *parties, unsigned n) {
    struct dps_str items[6][DPS_EVENT_MAX_PARTIES];
    for (unsigned i = 0; i < n; i++) {
        items[0][i] = parties[i].text;
        items[1][i] = parties[i].name;
        items[2][i] = parties[i].country;
        items[3][i] = parties[i].sector;
        items[4][i] = parties[i].office;
        items[5][i] = parties[i].id;
    }
    for (unsigned k = 0; k < 6; k++) set_list(row, (enum column)(first + k), items[k], n);
    set_offsets(row, (enum column)(first + 6), parties, n, false);
    set_offsets(row, (enum column)(first + 7), parties, n, true);
}

static void set_article(struct row *row, const struct dps_record *record) {
    size_t start = row->bytes.length;
    dps_buffer_append_str(&row->bytes, record->article);
    dps_buffer_printf(&row->bytes, ":%u:%u", record->sentence, record->n);
    row_end(row, COLUMN_ID, start);
    row->cells[COLUMN_ARTICLE] = record->article;
    row->cells[COLUMN_LANG] = record->lang;
    set_int(row, COLUMN_SENTENCE, record->sentence);
    row->cells[COLUMN_TEXT] = record->text;
    row->cells[COLUMN_FILE] = record->file;
    row->cells[COLUMN_URL] = record->url;
    row->cells[COLUMN_TITLE] = record->title;
    row->cells[COLUMN_PUBLISHED] = dps_str_of(record->published);
}

static void set_act(struct row *row, const struct dps_record *record) {
    row->cells[COLUMN_TYPE] = record->type;
    set_list(row, COLUMN_MODES, record->modes, record->n_modes);
    set_list(row, COLUMN_CONTEXTS, record->contexts, record->n_contexts);
    row->cells[COLUMN_STATUS] = record->status;
    set_int(row, COLUMN_QUAD, record->quad ? record->quad : -1);
    set_number(row, COLUMN_SCORE, record->score, 2);
    row->cells[COLUMN_CAMEO] = record->cameo;
    set_number(row, COLUMN_GOLDSTEIN, record->goldstein, 2);
    row->cells[COLUMN_TRIGGER] = record->trigger.text;
    set_int(row, COLUMN_TRIGGER_START, record->trigger.start);
    set_int(row, COLUMN_TRIGGER_END, record->trigger.end);
    row->cells[COLUMN_CONTENT] = record->content.text;
    set_int(row, COLUMN_CONTENT_START, record->content.start);
    set_int(row, COLUMN_CONTENT_END, record->content.end);
    set_number(row, COLUMN_CONFIDENCE, record->confidence, 2);
    row->cells[COLUMN_FRAME] = record->frame;
    row->cells[COLUMN_DEED] = record->deed;
    row->cells[COLUMN_STORY] = record->story;
}

static void set_when_and_where(struct row *row, const struct dps_record *record) {
    row->cells[COLUMN_DATE] = dps_str_of(record->date);
    row->cells[COLUMN_DATE_END] = dps_str_of(record->date_end);
    row->cells[COLUMN_DATE_TEXT] = record->date_text;
    if (!record->place.text.data) return;
    row->cells[COLUMN_PLACE] = record->place.text;
    row->cells[COLUMN_PLACE_NAME] = record->place.name;
    row->cells[COLUMN_PLACE_COUNTRY] = record->place.country;
    set_number(row, COLUMN_PLACE_LAT, record->place.lat, 4);
    set_number(row, COLUMN_PLACE_LON, record->place.lon, 4);
    set_int(row, COLUMN_PLACE_START, record->place.start);
    set_int(row, COLUMN_PLACE_END, record->place.end);
}

void dps_view_record_csv(struct dps_buffer *out, const struct dps_record *record) {
    struct row row = {0};
    set_article(&row, record);
    set_act(&row, record);
    set_parties(&row, COLUMN_ACTORS, record->actors, record->n_actors);
    set_parties(&row, COLUMN_RECIPIENTS, record->recipients, record->n_recipients);
    if (record->has_speaker) set_parties(&row, COLUMN_SPEAKER, &record->speaker, 1);
    set_when_and_where(&row, record);
    for (size_t i = 0; i < COLUMN_COUNT; i++)
        if (row.made[i].made)
            row.cells[i] =
                dps_str_cut(dps_buffer_str(&row.bytes), row.made[i].start, row.made[i].start + row.made[i].length);
    dps_view_csv_cells(out, row.cells, COLUMN_COUNT);
    if (row.bytes.failed) out->failed = true;
    dps_buffer_release(&row.bytes);
}

void dps_view_csv_head(struct dps_buffer *out) {
    struct dps_str cells[COLUMN_COUNT];
    for (size_t i = 0; i < COLUMN_COUNT; i++) cells[i] = dps_str_of(column_names[i]);
    dps_view_csv_cells(out, cells, COLUMN_COUNT);
}
