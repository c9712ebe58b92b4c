/* api_conllu.c -- files of CoNLL-U, cut into pieces of whole sentences that the workers share; see api_conllu.h.
 *
 * How: a file is mapped; standard input is read whole. A malformed sentence ends its file, since nobody knows where the
 * next begins. Limit: MAX_INPUT bytes on standard input.
 */
#include "api_conllu.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "base/file.h"
#include "parse/parse_conllu.h"
#include "view/view.h"

enum { PIECE = 64 /* sentences an article */, MAX_INPUT = 1024 * 1024 * 1024 };

struct dps_api_conllu {
    const char *const *paths;
    size_t n_paths, next_path;
    char lang[DPS_LANG_CODE];
    bool open;
    struct dps_file file;    /* mapped */
    struct dps_buffer input; /* or standard input */
    struct dps_conllu_reader reader;
    const char *name;
    uint32_t sentences, pieces; /* of this file, so far */
};

enum dps_status dps_api_conllu_new(struct dps_api_conllu **source, const char *const *paths, size_t n_paths,
                                   const char *lang, struct dps_error *error) {
    static const char *const standard_input[] = {"-"};
    *source = NULL;
    if (!lang || strlen(lang) >= DPS_LANG_CODE)
        return dps_error_set(error, DPS_USAGE, "CoNLL-U input needs a language");
    struct dps_api_conllu *s = calloc(1, sizeof *s);
    if (!s) return dps_error_set(error, DPS_MEMORY, "out of memory");
    s->paths = n_paths ? paths : standard_input;
    s->n_paths = n_paths ? n_paths : 1;
    snprintf(s->lang, sizeof s->lang, "%s", lang);
    *source = s;
    return DPS_OK;
}

static void close_file(struct dps_api_conllu *s) {
    if (s->open) dps_file_unmap(&s->file);
    s->file = (struct dps_file){0};
    dps_buffer_release(&s->input);
    s->open = false;
}

void dps_api_conllu_free(struct dps_api_conllu *source) {
    if (!source) return;
    close_file(source);
    free(source);
}

static enum dps_status read_input(struct dps_buffer *input, struct dps_error *error) {
    char bytes[65536];
    ssize_t n;
    input->ceiling = MAX_INPUT;
    while ((n = read(STDIN_FILENO, bytes, sizeof bytes)) != 0) {
        if (n < 0 && errno == EINTR) continue;
        if (n < 0) return dps_error_set(error, DPS_IO, "-: %s", strerror(errno));
        if (!dps_buffer_append(input, bytes, (size_t)n))
            return dps_error_set(error, DPS_LIMIT, "-: more than %d MB on standard input", MAX_INPUT >> 20);
    }
    return DPS_OK;
}

static enum dps_status open_file(struct dps_api_conllu *s, struct dps_error *error) {
    s->name = s->paths[s->next_path++];
    s->sentences = s->pieces = 0;
    struct dps_str bytes;
    if (strcmp(s->name, "-") == 0) {
        DPS_TRY(read_input(&s->input, error));
        bytes = dps_buffer_str(&s->input);
    } else {
        DPS_TRY(dps_file_map(&s->file, s->name, error));
        bytes = s->file.bytes;
    }
    s->open = true;
    dps_conllu_init(&s->reader, bytes, s->name);
    return DPS_OK;
}

/* Sentences without an id are numbered through the file, whatever pieces it was cut into. */
static enum dps_status number_sentences(struct dps_api_conllu *s, struct dps_work *work, struct dps_error *error) {
    for (uint32_t i = 0; i < work->text.n_sentences; i++) {
        struct dps_sentence *sentence = &work->text.sentences[i];
        s->sentences++;
        if (sentence->id.length) continue;
        char id[16];
        int n = snprintf(id, sizeof id, "%u", s->sentences);
        char *copy = dps_arena_copy(&work->arena, id, (size_t)n);
        if (!copy) return dps_error_set(error, DPS_MEMORY, "out of memory");
        sentence->id = (struct dps_str){copy, (size_t)n};
    }
    return DPS_OK;
}

enum dps_status dps_api_conllu_next(struct dps_api_conllu *s, struct dps_work *work, struct dps_error *error) {
    for (;;) {
        if (!s->open) {
            if (s->next_path == s->n_paths) return DPS_END;
            enum dps_status opened = open_file(s, error);
            if (opened != DPS_OK) {
                close_file(s);
                return opened;
            }
        }
        enum dps_status status =
            dps_conllu_next(&s->reader, &work->arena, PIECE, &work->article, &work->text, NULL, error);
        if (status == DPS_OK) break;
        close_file(s);
        if (status != DPS_END) return status;
    }
    work->article.file = dps_str_of(s->name);
    work->article.record = ++s->pieces;
    snprintf(work->article.lang, sizeof work->article.lang, "%s", s->lang);
    work->through = DPS_STAGE_TEXT;
    return number_sentences(s, work, error);
}

void dps_api_conllu_print(struct dps_buffer *out, const struct dps_work *work) {
    uint32_t next_id = 0;
    if (work->through < DPS_STAGE_PARSE) return;
    if (work->article.id.length) {
        dps_buffer_append_c(out, "# newdoc id = ");
        dps_view_plain(out, work->article.id); /* a line end in it would begin a row of words */
        dps_buffer_append_c(out, "\n");
    }
    dps_conllu_write(out, &work->parse, &next_id);
}
