/* file.h -- whole files: mapped read-only, listed in a fixed order, and data files read as tables of tab-separated
 * cells. */
#ifndef DPS_BASE_FILE_H
#define DPS_BASE_FILE_H

#include "base/arena.h"
#include "base/status.h"
#include "base/str.h"

/* A file mapped read-only. `bytes` lives until dps_file_unmap. */
struct dps_file {
    struct dps_str bytes;
    void *map; /* owned mapping, NULL for an empty file */
};

/* Map a regular file. Errors name the file. */
enum dps_status dps_file_map(struct dps_file *file, const char *path, struct dps_error *error);
void dps_file_unmap(struct dps_file *file);
bool dps_file_exists(const char *path);
bool dps_file_is_folder(const char *path);

/* Paths of the entries of `folder` whose names end in `suffix` (NULL: all), sorted by byte order; names starting with
 * '.' are left out. The array and its strings live in `arena`. */
enum dps_status dps_file_list(struct dps_arena *arena, const char *folder, const char *suffix, const char ***paths,
                              size_t *count, struct dps_error *error);

/* "a/b" in the arena. */
const char *dps_file_join(struct dps_arena *arena, const char *folder, const char *name);

/* Iterates the lines of a data file held in memory: strips '\r', skips empty lines and lines whose first byte is '#',
 * counts lines from 1. */
struct dps_lines {
    struct dps_str rest;
    const char *name; /* for error messages: the file's path */
    unsigned line;    /* number of the line last given */
};
void dps_lines_init(struct dps_lines *lines, struct dps_str bytes, const char *name);
bool dps_lines_next(struct dps_lines *lines, struct dps_str *line);

/* Tab-separated tables: the first data line names the columns. */
enum { DPS_TSV_MAX_COLUMNS = 32 };
struct dps_tsv {
    struct dps_lines lines;
    struct dps_str columns[DPS_TSV_MAX_COLUMNS]; /* names, trimmed */
    struct dps_str cells[DPS_TSV_MAX_COLUMNS];   /* of the current row, trimmed; missing trailing cells are empty */
    unsigned n_columns;
};
/* Reads the header line. An empty file is an error. */
enum dps_status dps_tsv_init(struct dps_tsv *tsv, struct dps_str bytes, const char *name, struct dps_error *error);
/* Next row: DPS_OK, DPS_END, or DPS_INPUT if it has more cells than columns. */
enum dps_status dps_tsv_next(struct dps_tsv *tsv, struct dps_error *error);
/* Index of a column, or -1. */
int dps_tsv_column(const struct dps_tsv *tsv, const char *name);
/* Cell of the current row by column index; index -1 gives an empty span. */
static inline struct dps_str dps_tsv_cell(const struct dps_tsv *tsv, int column) {
    return column < 0 ? (struct dps_str){NULL, 0} : tsv->cells[column];
}

#endif
