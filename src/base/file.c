/* file.c -- mapping, listing, and the line and table readers for data files. */
#include "base/file.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

enum dps_status dps_file_map(struct dps_file *file, const char *path, struct dps_error *error) {
    *file = (struct dps_file){0};
    int fd = open(path, O_RDONLY | O_CLOEXEC);
    if (fd < 0) return dps_error_set(error, DPS_IO, "cannot open '%s': %s", path, strerror(errno));
    struct stat st;
    enum dps_status status = DPS_OK;
    if (fstat(fd, &st) != 0)
        status = dps_error_set(error, DPS_IO, "cannot read '%s': %s", path, strerror(errno));
    else if (!S_ISREG(st.st_mode))
        status = dps_error_set(error, DPS_IO, "'%s' is not a regular file", path);
    else if (st.st_size > 0) {
        void *map = mmap(NULL, (size_t)st.st_size, PROT_READ, MAP_PRIVATE, fd, 0);
        if (map == MAP_FAILED)
            status = dps_error_set(error, DPS_IO, "cannot map '%s': %s", path, strerror(errno));
        else {
            file->map = map;
            file->bytes = (struct dps_str){map, (size_t)st.st_size};
        }
    }
    close(fd);
    return status;
}

void dps_file_unmap(struct dps_file *file) {
    if (file->map) munmap(file->map, file->bytes.length);
    *file = (struct dps_file){0};
}

bool dps_file_exists(const char *path) {
    return access(path, R_OK) == 0;
}

bool dps_file_is_folder(const char *path) {
    struct stat st;
    return stat(path, &st) == 0 && S_ISDIR(st.st_mode);
}

const char *dps_file_join(struct dps_arena *arena, const char *folder, const char *name) {
    size_t a = strlen(folder), b = strlen(name);
    char *path = dps_arena_take(arena, a + b + 2);
    if (!path) return NULL;
    memcpy(path, folder, a);
    if (a && folder[a - 1] != '/') path[a++] = '/';
    memcpy(path + a, name, b);
    return path;
}

static int by_bytes(const void *a, const void *b) {
    return strcmp(*(const char *const *)a, *(const char *const *)b);
}

enum dps_status dps_file_list(struct dps_arena *arena, const char *folder, const char *suffix, const char ***paths,
                              size_t *count, struct dps_error *error) {
    *paths = NULL;
    *count = 0;
    DIR *dir = opendir(folder);
    if (!dir) return dps_error_set(error, DPS_IO, "cannot open folder '%s': %s", folder, strerror(errno));
    size_t capacity = 0, n = 0;
    const char **list = NULL;
    enum dps_status status = DPS_OK;
    for (struct dirent *entry; (entry = readdir(dir));) {
        const char *name = entry->d_name;
        if (name[0] == '.') continue;
        if (suffix && !dps_str_ends(dps_str_of(name), dps_str_of(suffix))) continue;
        if (n == capacity) {
            size_t more = capacity ? capacity * 2 : 32;
            list = dps_arena_grow(arena, list, n, more, sizeof *list);
            capacity = more;
        }
        if (!list || !(list[n] = dps_file_join(arena, folder, name))) {
            status = dps_error_set(error, DPS_MEMORY, "out of memory listing '%s'", folder);
            break;
        }
        n++;
    }
    closedir(dir);
    if (status != DPS_OK) return status;
    if (n) qsort(list, n, sizeof *list, by_bytes);
    *paths = list;
    *count = n;
    return DPS_OK;
}

void dps_lines_init(struct dps_lines *lines, struct dps_str bytes, const char *name) {
    *lines = (struct dps_lines){.rest = bytes, .name = name};
    if (dps_str_starts(bytes, DPS_STR("\xEF\xBB\xBF"))) lines->rest = dps_str_cut(bytes, 3, bytes.length);
    if (lines->rest.length == 0) lines->rest.data = NULL;
}

bool dps_lines_next(struct dps_lines *lines, struct dps_str *line) {
    while (dps_str_split(&lines->rest, '\n', line)) {
        lines->line++;
        if (line->length && line->data[line->length - 1] == '\r') line->length--;
        if (line->length && line->data[0] != '#') return true;
    }
    return false;
}

static unsigned split_cells(struct dps_str line, struct dps_str *cells) {
    unsigned n = 0;
    struct dps_str cell;
    while (dps_str_split(&line, '\t', &cell)) {
        if (n < DPS_TSV_MAX_COLUMNS) cells[n] = dps_str_trim(cell);
        n++;
    }
    return n;
}

enum dps_status dps_tsv_init(struct dps_tsv *tsv, struct dps_str bytes, const char *name, struct dps_error *error) {
    *tsv = (struct dps_tsv){0};
    dps_lines_init(&tsv->lines, bytes, name);
    struct dps_str line;
    if (!dps_lines_next(&tsv->lines, &line))
        return dps_error_set(error, DPS_INPUT, "%s: empty table; its first line must name the columns", name);
    tsv->n_columns = split_cells(line, tsv->columns);
    if (tsv->n_columns > DPS_TSV_MAX_COLUMNS)
        return dps_error_set(error, DPS_INPUT, "%s:%u: more than %d columns", name, tsv->lines.line,
                             DPS_TSV_MAX_COLUMNS);
    return DPS_OK;
}

enum dps_status dps_tsv_next(struct dps_tsv *tsv, struct dps_error *error) {
    struct dps_str line;
    if (!dps_lines_next(&tsv->lines, &line)) return DPS_END;
    memset(tsv->cells, 0, sizeof tsv->cells);
    unsigned n = split_cells(line, tsv->cells);
    if (n > tsv->n_columns)
        return dps_error_set(error, DPS_INPUT, "%s:%u: %u cells but %u columns (a stray tab?)", tsv->lines.name,
                             tsv->lines.line, n, tsv->n_columns);
    return DPS_OK;
}

int dps_tsv_column(const struct dps_tsv *tsv, const char *name) {
    for (unsigned i = 0; i < tsv->n_columns; i++)
        if (dps_str_is(tsv->columns[i], name)) return (int)i;
    return -1;
}
