/* view.h -- events -> what people and programs read: JSON lines, CSV, tables for a terminal.
 *
 * One record (store/record.h) is the source of all three, whether it comes straight from the stages or out of a store.
 * The formats are documented in docs/events.md. Output goes to a buffer; `buffer->failed` tells of memory that ran out.
 *
 *     dps_view_head(&out, &style);                                   // once for a whole run
 *     for each article: dps_view_article(&out, &style, article, text, events);
 */
#ifndef DPS_VIEW_VIEW_H
#define DPS_VIEW_VIEW_H

#include "store/record.h"

enum dps_view_format { DPS_VIEW_TABLE, DPS_VIEW_JSONL, DPS_VIEW_CSV }; /* the order of enum dps_format in depesche.h */

struct dps_view_style {
    enum dps_view_format format;
    bool color;     /* tables: ANSI colours by quad; the sign column tells the same without */
    unsigned width; /* tables: columns of the terminal; 0: unlimited */
};

/* What stands once above all events: the header line of CSV, the legend of the table, nothing for JSON lines. */
void dps_view_head(struct dps_buffer *out, const struct dps_view_style *style);

/* All events of one article; nothing is written for an article without events. */
void dps_view_article(struct dps_buffer *out, const struct dps_view_style *style, const struct dps_article *article,
                      const struct dps_text *text, const struct dps_events *events);

/* One event as a JSON line, ended by '\n'. */
void dps_view_json(struct dps_buffer *out, const struct dps_article *article, const struct dps_text *text,
                   const struct dps_event *event);

/* A record as a JSON line, a CSV line; each ends with '\n'. */
void dps_view_record_json(struct dps_buffer *out, const struct dps_record *record);
void dps_view_record_csv(struct dps_buffer *out, const struct dps_record *record);

/* A table grows record by record; it writes a title line when the article changes, and the sentence below the events
 * that it told. */
struct dps_view_table {
    struct dps_buffer *out;
    struct dps_view_style style;
    struct dps_buffer article, sentence; /* what the last record was of; owned */
    uint32_t sentence_number;
    bool any; /* a record was added */
};
void dps_view_table_head(struct dps_buffer *out, const struct dps_view_style *style); /* legend and column headings */
void dps_view_table_init(struct dps_view_table *table, struct dps_buffer *out, const struct dps_view_style *style);
void dps_view_table_add(struct dps_view_table *table, const struct dps_record *record);
void dps_view_table_end(struct dps_view_table *table); /* writes the last sentence; releases */

/* One line of cells as CSV (RFC 4180 quoting, '\n' at the end); a cell with data NULL is empty. */
void dps_view_csv_head(struct dps_buffer *out); /* the header line for events */
void dps_view_csv_cells(struct dps_buffer *out, const struct dps_str *cells, size_t n);
/* Columns that the text takes on a terminal; `text` cut or padded with blanks to exactly `columns` (cut text ends with
 * an ellipsis). */
size_t dps_view_columns(struct dps_str text);
void dps_view_pad(struct dps_buffer *out, struct dps_str text, size_t columns);
/* Text made safe for a terminal: control characters and runs of white space become one blank, direction marks are left
 * out. */
void dps_view_plain(struct dps_buffer *out, struct dps_str text);

#endif
