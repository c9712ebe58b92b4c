/* article_reader.c -- the articles of files, folders and standard input, one after the other.
 *
 * In: paths.  Out: one article a call.
 * How: a stack of paths still to read; a folder is replaced by its entries in byte order, so the order is the same on
 * each machine. Each input is a stream (article_source.c); its first bytes tell its kind (article_kind.c). JSON lines
 * are taken line by line, so that a file may be larger than memory; a text or a JSON document is held whole, up to a
 * ceiling. A bad record costs itself only, a bad file itself only; the caller counts them. Limits: pipes and devices
 * inside folders are passed over (opening them could wait for ever). */
#include "article/article.h"
#include "article/article_langs.h"
#include "article/article_source.h"
#include "base/file.h"

#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>

enum {
    CHUNK_BYTES = 64 * 1024,
    FOLDER_DEPTH = 64,                    /* deeper is a loop of links */
    PATH_BYTES = 1024 * 1024 * 1024,      /* all paths of one run together */
    DOCUMENT_BYTES = DPS_ARTICLE_MAX_LINE /* of a JSON document */
};

struct pending {
    const char *path; /* NULL: standard input */
    unsigned depth;   /* folders above it */
};

struct dps_reader {
    struct dps_reader_options options;
    struct dps_langs langs;
    struct dps_arena paths; /* owns the paths, so that articles may borrow them */
    struct pending *stack;  /* heap */
    size_t n_stack, room;
    struct dps_source *source; /* NULL: no file is open */
    const char *name;
    enum dps_input_kind kind;
    uint32_t record;
    unsigned line;
    struct dps_buffer buffer; /* a line, or a whole text */
    json_t *document;         /* JSON_DOCUMENT: an object, or an array under way */
    char chunk[CHUNK_BYTES];
    size_t at, length; /* the unread part of `chunk` */
};

static enum dps_status no_memory(struct dps_error *error) {
    return dps_error_set(error, DPS_MEMORY, "out of memory");
}

/* ---- paths ---- */

static enum dps_status push(struct dps_reader *r, const char *path, unsigned depth, struct dps_error *error) {
    if (r->n_stack == r->room) {
        size_t room = r->room ? r->room * 2 : 64;
        struct pending *grown = realloc(r->stack, room * sizeof *grown);
        if (!grown) return no_memory(error);
        r->stack = grown;
        r->room = room;
    }
    r->stack[r->n_stack++] = (struct pending){path, depth};
    return DPS_OK;
}

enum dps_status dps_reader_new(struct dps_reader **reader, const char *const *paths, size_t n_paths,
                               const struct dps_reader_options *options, struct dps_error *error) {
    *reader = NULL;
    struct dps_reader *r = calloc(1, sizeof *r);
    if (!r) return no_memory(error);
    if (options) r->options = *options;
    dps_arena_init(&r->paths, PATH_BYTES);
    enum dps_status status = dps_langs_init(&r->langs, r->options.lang_dir, error);
    if (status == DPS_OK && n_paths == 0) status = push(r, NULL, 0, error);
    for (size_t i = n_paths; i > 0 && status == DPS_OK; i--)
        status = push(r, strcmp(paths[i - 1], "-") == 0 ? NULL : paths[i - 1], 0, error);
    if (status != DPS_OK) {
        dps_reader_free(r);
        return status;
    }
    *reader = r;
    return DPS_OK;
}

static void close_file(struct dps_reader *r) {
    dps_source_free(r->source);
    json_decref(r->document);
    r->source = NULL;
    r->document = NULL;
    r->at = r->length = 0;
    dps_buffer_clear(&r->buffer);
}

void dps_reader_free(struct dps_reader *r) {
    if (!r) return;
    close_file(r);
    dps_buffer_release(&r->buffer);
    dps_langs_release(&r->langs);
    dps_arena_release(&r->paths);
    free(r->stack);
    free(r);
}

static enum dps_status open_folder(struct dps_reader *r, struct pending folder, struct dps_error *error) {
    if (folder.depth >= FOLDER_DEPTH)
        return dps_error_set(error, DPS_LIMIT, "%s: folders nested more than %d deep", folder.path, FOLDER_DEPTH);
    const char **entries;
    size_t n;
    DPS_TRY(dps_file_list(&r->paths, folder.path, NULL, &entries, &n, error));
    for (size_t i = n; i > 0; i--) DPS_TRY(push(r, entries[i - 1], folder.depth + 1, error));
    return DPS_OK;
}

enum dps_status dps_reader_run(const struct dps_reader *r, struct dps_str bytes, const char *name,
                               struct dps_arena *arena, struct dps_article *article, struct dps_error *error) {
    return dps_article_memory(&r->langs, &r->options, bytes, name, arena, article, error);
}

/* ---- bytes ---- */

/* More bytes behind the unread ones. */
static enum dps_status more(struct dps_reader *r, struct dps_error *error) {
    if (r->at) memmove(r->chunk, r->chunk + r->at, r->length - r->at);
    r->length -= r->at;
    r->at = 0;
    size_t got;
    DPS_TRY(dps_source_read(r->source, r->chunk + r->length, sizeof r->chunk - r->length, &got, error));
    r->length += got;
    return DPS_OK;
}

/* Open the file and tell its kind. The reason why it cannot be used is told without its name. */
static enum dps_status open_file(struct dps_reader *r, const char *path, struct dps_error *error) {
    const char *what;
    DPS_TRY(dps_source_new(&r->source, path, error));
    enum dps_status status = DPS_OK;
    struct dps_error cut = {0};
    while (r->length < sizeof r->chunk && (status = more(r, &cut)) == DPS_OK)
        if (memchr(r->chunk, '\n', r->length) && r->length > CHUNK_BYTES / 2) break;
    if (status != DPS_OK && status != DPS_END && r->length == 0) return dps_error_set(error, status, "%s", cut.message);
    r->kind = dps_kind_tell((struct dps_str){r->chunk, r->length}, &what);
    return dps_kind_check(r->kind, what, error);
}

/* The next path of the stack: DPS_OK when a file is open or a folder was unfolded. */
static enum dps_status open_next(struct dps_reader *r, struct dps_error *error) {
    if (r->n_stack == 0) return DPS_END;
    struct pending next = r->stack[--r->n_stack];
    struct stat st;
    if (next.path && stat(next.path, &st) == 0) {
        if (S_ISDIR(st.st_mode)) return open_folder(r, next, error);
        if (next.depth > 0 && !S_ISREG(st.st_mode)) return DPS_OK;
    }
    r->name = next.path ? next.path : "-";
    r->record = 0;
    r->line = 0;
    enum dps_status status = open_file(r, next.path, error);
    if (status == DPS_OK) return DPS_OK;
    close_file(r);
    if (error) dps_error_prefix(error, "%s", r->name);
    return status;
}

/* ---- JSON lines ---- */

/* The next line into r->buffer. DPS_LIMIT for a line over the ceiling, of which nothing is held; DPS_END behind the
 * last. */
static enum dps_status read_line(struct dps_reader *r, struct dps_error *error) {
    bool any = false, over = false;
    dps_buffer_clear(&r->buffer);
    for (;;) {
        if (r->at == r->length) {
            enum dps_status status = more(r, error);
            if (status == DPS_END && any) break;
            if (status != DPS_OK) return status;
        }
        any = true;
        const char *start = r->chunk + r->at, *newline = memchr(start, '\n', r->length - r->at);
        size_t n = newline ? (size_t)(newline - start) : r->length - r->at;
        if (!over && r->buffer.length + n > DPS_ARTICLE_MAX_LINE) {
            over = true;
            dps_buffer_release(&r->buffer);
        }
        if (!over && !dps_buffer_append(&r->buffer, start, n)) return no_memory(error);
        r->at += n + (newline != NULL);
        if (newline) break;
    }
    r->line++;
    if (!over) return DPS_OK;
    r->record++;
    dps_error_set(error, DPS_LIMIT, "longer than %d bytes; passed over", DPS_ARTICLE_MAX_LINE);
    if (error) dps_error_prefix(error, "%s: record %u (line %u)", r->name, r->record, r->line);
    return DPS_LIMIT;
}

static struct dps_str without_mark(struct dps_str s) {
    return dps_str_starts(s, DPS_STR("\xEF\xBB\xBF")) ? dps_str_cut(s, 3, s.length) : s;
}

static enum dps_status next_of_lines(struct dps_reader *r, struct dps_arena *arena, struct dps_article *article,
                                     struct dps_error *error) {
    for (;;) {
        enum dps_status status = read_line(r, error);
        if (status == DPS_LIMIT) return status;
        if (status != DPS_OK) {
            if (status != DPS_END && error) dps_error_prefix(error, "%s: behind record %u", r->name, r->record);
            close_file(r);
            return status;
        }
        struct dps_str line = dps_str_trim(without_mark(dps_buffer_str(&r->buffer)));
        if (line.length == 0) continue;
        article->record = ++r->record;
        status = dps_json_line(&r->langs, &r->options, arena, line, article, error);
        if (status != DPS_OK && status != DPS_MEMORY && error)
            dps_error_prefix(error, "%s: record %u (line %u)", r->name, r->record, r->line);
        return status;
    }
}

/* ---- whole inputs ---- */

static enum dps_status read_all(struct dps_reader *r, size_t ceiling, struct dps_error *error) {
    dps_buffer_clear(&r->buffer);
    for (;;) {
        if (r->buffer.length + (r->length - r->at) > ceiling)
            return dps_error_set(error, DPS_LIMIT, "more than %zu bytes", ceiling);
        if (!dps_buffer_append(&r->buffer, r->chunk + r->at, r->length - r->at)) return no_memory(error);
        r->at = r->length;
        enum dps_status status = more(r, error);
        if (status == DPS_END) return DPS_OK;
        if (status != DPS_OK) return status;
    }
}

static enum dps_status whole_text(struct dps_reader *r, struct dps_arena *arena, struct dps_article *article,
                                  struct dps_error *error) {
    struct dps_str raw;
    DPS_TRY(read_all(r, DPS_ARTICLE_MAX_TEXT, error));
    DPS_TRY(dps_body_decode(arena, dps_buffer_str(&r->buffer), &raw, error));
    return dps_body_record(&r->langs, &r->options, arena, raw, article, error);
}

static enum dps_status whole_document(struct dps_reader *r, struct dps_error *error) {
    json_error_t reason;
    DPS_TRY(read_all(r, DOCUMENT_BYTES, error));
    struct dps_str s = without_mark(dps_buffer_str(&r->buffer));
    DPS_TRY(dps_json_check(s, error));
    r->document = json_loadb(s.data, s.length, 0, &reason);
    if (!r->document) return dps_error_set(error, DPS_INPUT, "line %d: bad JSON: %s", reason.line, reason.text);
    return DPS_OK;
}

static enum dps_status next_of_document(struct dps_reader *r, struct dps_arena *arena, struct dps_article *article,
                                        struct dps_error *error) {
    if (!r->document) {
        enum dps_status status = whole_document(r, error);
        if (status != DPS_OK) {
            if (error) dps_error_prefix(error, "%s", r->name);
            close_file(r);
            return status;
        }
    }
    bool array = json_is_array(r->document);
    if (r->record >= (array ? json_array_size(r->document) : 1)) return DPS_END;
    const json_t *object = array ? json_array_get(r->document, r->record) : r->document;
    article->record = ++r->record;
    enum dps_status status = dps_json_article(&r->langs, &r->options, arena, object, article, error);
    if (status != DPS_OK && status != DPS_MEMORY && error) dps_error_prefix(error, "%s: record %u", r->name, r->record);
    return status;
}

enum dps_status dps_reader_next(struct dps_reader *r, struct dps_arena *arena, struct dps_article *article,
                                struct dps_error *error) {
    for (;;) {
        if (!r->source) {
            DPS_TRY(open_next(r, error));
            continue;
        }
        *article = (struct dps_article){.file = dps_str_of(r->name), .record = 1};
        enum dps_status status;
        if (r->kind == DPS_KIND_TEXT) {
            status = whole_text(r, arena, article, error);
            close_file(r);
            if (status != DPS_OK && status != DPS_MEMORY && error) dps_error_prefix(error, "%s", r->name);
            return status;
        }
        if (r->kind == DPS_KIND_JSON_DOCUMENT)
            status = next_of_document(r, arena, article, error);
        else
            status = next_of_lines(r, arena, article, error);
        if (status != DPS_END) return status;
        close_file(r);
    }
}
