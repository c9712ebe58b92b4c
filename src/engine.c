/* engine.c -- finds the data folder, reads lang/LANGS and opens languages when they are first needed.
 *
 * In:  options, $DEPESCHE_DATA, the place of the program.  Out: struct dps_engine.
 * How: a data folder holds lang/, models/ and know.dps. Asked in this order: options->data_dir, $DEPESCHE_DATA,
 * ../share/depesche beside the program (installed), the folder above the program (a source tree with build/depesche),
 * the source tree it was built from. In a source tree know.dps is a product of the build and lies beside the program or
 * in the build folder. Limits: DPS_ENGINE_MAX_LANGS languages.
 */
#include "engine.h"

#include <limits.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "base/file.h"
#include "depesche.h"

enum { DPS_ENGINE_MAX_LANGS = 64 }; /* one folder each in lang/; a ceiling for a hostile LANGS file */

struct dps_engine {
    char *lang_dir, *models_dir, *know_path; /* owned */
    char *frames_dir, *know_dir;             /* the user's own, owned; NULL: none */
    pthread_mutex_t lock;                    /* guards know and the parts of langs while they are opened */
    struct dps_know *know;
    struct dps_lang langs[DPS_ENGINE_MAX_LANGS];
    size_t n_langs;
};

static char *join(const char *folder, const char *name) {
    size_t size = strlen(folder) + strlen(name) + 2;
    char *path = malloc(size);
    if (path) snprintf(path, size, "%s/%s", folder, name);
    return path;
}

/* Does `folder` hold lang/LANGS? */
static bool holds_data(const char *folder) {
    char *path = join(folder, "lang/LANGS");
    bool found = path && dps_file_exists(path);
    free(path);
    return found;
}

/* The folder of the running program, without the file's name; false where the system does not tell. */
static bool program_folder(char folder[PATH_MAX]) {
    ssize_t n = readlink("/proc/self/exe", folder, PATH_MAX - 1);
    if (n <= 0) return false;
    folder[n] = '\0';
    char *slash = strrchr(folder, '/');
    if (!slash || slash == folder) return false;
    *slash = '\0';
    return true;
}

/* Where know.dps is: in the data folder, else what the build made. */
static char *find_know(const char *data_dir) {
    char program[PATH_MAX];
    const char *folders[] = {data_dir, program_folder(program) ? program : NULL,
#ifdef DPS_BUILD_ROOT
                             DPS_BUILD_ROOT
#endif
    };
    for (size_t i = 0; i < sizeof folders / sizeof *folders; i++) {
        char *path = folders[i] ? join(folders[i], "know.dps") : NULL;
        if (path && dps_file_exists(path)) return path;
        free(path);
    }
    return join(data_dir, "know.dps"); /* named in the message when it is opened */
}

static enum dps_status set_data_dir(struct dps_engine *engine, const char *folder, struct dps_error *error) {
    char *real = realpath(folder, NULL); /* "build/.." reads badly in messages */
    if (real) folder = real;
    engine->lang_dir = join(folder, "lang");
    engine->models_dir = join(folder, "models");
    engine->know_path = find_know(folder);
    free(real);
    if (!engine->lang_dir || !engine->models_dir || !engine->know_path)
        return dps_error_set(error, DPS_MEMORY, "out of memory");
    return DPS_OK;
}

static enum dps_status find_data(struct dps_engine *engine, const char *asked, struct dps_error *error) {
    const char *named = asked ? asked : getenv("DEPESCHE_DATA");
    if (named && *named) { /* named by the user: that one or none */
        if (!holds_data(named))
            return dps_error_set(error, DPS_LANG, "'%s': no data folder (it holds no lang/LANGS)", named);
        return set_data_dir(engine, named, error);
    }
    char program[PATH_MAX], folder[PATH_MAX + 32];
    if (program_folder(program)) {
        static const char *const beside[] = {"../share/depesche", ".."};
        for (size_t i = 0; i < sizeof beside / sizeof *beside; i++) {
            snprintf(folder, sizeof folder, "%s/%s", program, beside[i]);
            if (holds_data(folder)) return set_data_dir(engine, folder, error);
        }
    }
#ifdef DPS_SOURCE_ROOT
    if (holds_data(DPS_SOURCE_ROOT)) return set_data_dir(engine, DPS_SOURCE_ROOT, error);
#endif
    return dps_error_set(error, DPS_LANG,
                         "no data folder found (lang/, models/, know.dps); name one with --data DIR or $DEPESCHE_DATA");
}

/* A code becomes part of a path, so it is two to seven lower-case letters, digits or hyphens and nothing else. */
static bool code_ok(struct dps_str code) {
    if (code.length < 2 || code.length >= DPS_LANG_CODE) return false;
    for (size_t i = 0; i < code.length; i++) {
        char c = code.data[i];
        if (!((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9' && i) || (c == '-' && i))) return false;
    }
    return true;
}

static enum dps_status read_langs(struct dps_engine *engine, struct dps_error *error) {
    char *path = join(engine->lang_dir, "LANGS");
    if (!path) return dps_error_set(error, DPS_MEMORY, "out of memory");
    struct dps_file file;
    enum dps_status status = dps_file_map(&file, path, error);
    if (status == DPS_OK) {
        struct dps_lines lines;
        struct dps_str line;
        dps_lines_init(&lines, file.bytes, path);
        while (status == DPS_OK && dps_lines_next(&lines, &line)) {
            size_t end = 0; /* the code is the line's first word; what follows is for the reader */
            while (end < line.length && line.data[end] != ' ' && line.data[end] != '\t') end++;
            struct dps_str code = dps_str_cut(line, 0, end);
            if (!code_ok(code))
                status = dps_error_set(error, DPS_LANG, "%s:%u: '%.*s' is no language code", path, lines.line,
                                       DPS_STR_ARG(code));
            else if (engine->n_langs == DPS_ENGINE_MAX_LANGS)
                status = dps_error_set(error, DPS_LANG, "%s:%u: more than %d languages", path, lines.line,
                                       DPS_ENGINE_MAX_LANGS);
            else
                memcpy(engine->langs[engine->n_langs++].code, code.data, code.length);
        }
        dps_file_unmap(&file);
    }
    free(path);
    return status;
}

/* A folder that the user named must be there: a typing error would otherwise silently code without his rows. */
static enum dps_status own_folder(char **copy, const char *folder, enum dps_status kind, struct dps_error *error) {
    if (!folder) return DPS_OK;
    if (!dps_file_is_folder(folder)) return dps_error_set(error, kind, "'%s': no such folder", folder);
    *copy = strdup(folder);
    return *copy ? DPS_OK : dps_error_set(error, DPS_MEMORY, "out of memory");
}

static enum dps_status open_engine(struct dps_engine *engine, const struct dps_engine_options *options,
                                   struct dps_error *error) {
    DPS_TRY(find_data(engine, options->data_dir, error));
    DPS_TRY(own_folder(&engine->frames_dir, options->frames_dir, DPS_FRAMES, error));
    DPS_TRY(own_folder(&engine->know_dir, options->know_dir, DPS_KNOW, error));
    return read_langs(engine, error);
}

enum dps_status dps_engine_new(struct dps_engine **engine, const struct dps_engine_options *options,
                               struct dps_error *error) {
    static const struct dps_engine_options none = {0};
    *engine = NULL;
    struct dps_engine *e = calloc(1, sizeof *e);
    if (!e) return dps_error_set(error, DPS_MEMORY, "out of memory");
    if (pthread_mutex_init(&e->lock, NULL)) {
        free(e);
        return dps_error_set(error, DPS_MEMORY, "cannot make a lock");
    }
    enum dps_status status = open_engine(e, options ? options : &none, error);
    if (status != DPS_OK) {
        dps_engine_free(e);
        return status;
    }
    *engine = e;
    return DPS_OK;
}

void dps_engine_free(struct dps_engine *engine) {
    if (!engine) return;
    for (size_t i = 0; i < engine->n_langs; i++) {
        struct dps_lang *lang = &engine->langs[i];
        dps_frames_free(lang->frames);
        dps_mention_rules_free(lang->mention);
        dps_parser_free(lang->parser);
        dps_text_rules_free(lang->text);
    }
    dps_know_free(engine->know);
    pthread_mutex_destroy(&engine->lock);
    free(engine->lang_dir);
    free(engine->models_dir);
    free(engine->know_path);
    free(engine->frames_dir);
    free(engine->know_dir);
    free(engine);
}

/* A data file that cannot be opened or read is bad data, not a bad article: the run stops with the kind of data as its
 * reason. */
static enum dps_status as_data(enum dps_status status, enum dps_status kind, struct dps_error *error) {
    if (status != DPS_IO && status != DPS_INPUT && status != DPS_LIMIT) return status;
    if (error) error->status = kind;
    return kind;
}

static enum dps_status open_parser(struct dps_engine *engine, struct dps_lang *lang, struct dps_error *error) {
    char name[DPS_LANG_CODE + 8];
    snprintf(name, sizeof name, "%s.dps", lang->code);
    char *path = join(engine->models_dir, name);
    if (!path) return dps_error_set(error, DPS_MEMORY, "out of memory");
    enum dps_status status = dps_parser_new(&lang->parser, path, engine->lang_dir, lang->code, error);
    free(path);
    return status;
}

/* Open what `stage` and those before it need and is not open yet; the lock is held. */
static enum dps_status open_lang(struct dps_engine *engine, struct dps_lang *lang, enum dps_stage stage,
                                 struct dps_error *error) {
    if (stage >= DPS_STAGE_TEXT && !lang->text)
        DPS_TRY(as_data(dps_text_rules_new(&lang->text, engine->lang_dir, lang->code, error), DPS_LANG, error));
    if (stage >= DPS_STAGE_PARSE && !lang->parser) {
        DPS_TRY(as_data(open_parser(engine, lang, error), DPS_MODEL, error));
        DPS_TRY(dps_text_rules_learn(lang->text, dps_parser_model(lang->parser), error));
    }
    if (stage >= DPS_STAGE_MENTION && !engine->know)
        DPS_TRY(as_data(dps_know_new(&engine->know, engine->know_path, engine->know_dir, engine->lang_dir, error),
                        DPS_KNOW, error));
    if (stage >= DPS_STAGE_MENTION && !lang->mention)
        DPS_TRY(as_data(dps_mention_rules_new(&lang->mention, engine->lang_dir, lang->code, error), DPS_LANG, error));
    if (stage >= DPS_STAGE_EVENT && !lang->frames)
        DPS_TRY(as_data(dps_frames_new(&lang->frames, engine->lang_dir, lang->code, engine->frames_dir, error),
                        DPS_FRAMES, error));
    return DPS_OK;
}

enum dps_status dps_engine_lang(struct dps_engine *engine, const char *code, enum dps_stage stage,
                                const struct dps_lang **lang, struct dps_error *error) {
    *lang = NULL;
    for (size_t i = 0; i < engine->n_langs; i++) {
        if (strcmp(engine->langs[i].code, code) != 0) continue;
        pthread_mutex_lock(&engine->lock);
        enum dps_status status = open_lang(engine, &engine->langs[i], stage, error);
        pthread_mutex_unlock(&engine->lock);
        if (status == DPS_OK) *lang = &engine->langs[i];
        return status;
    }
    return DPS_OK;
}

const struct dps_know *dps_engine_know(const struct dps_engine *engine) {
    return engine->know;
}
const char *dps_engine_lang_dir(const struct dps_engine *engine) {
    return engine->lang_dir;
}
size_t dps_engine_langs(const struct dps_engine *engine) {
    return engine->n_langs;
}
const char *dps_engine_code(const struct dps_engine *engine, size_t index) {
    return index < engine->n_langs ? engine->langs[index].code : NULL;
}

void dps_engine_paths(const struct dps_engine *engine, const char *paths[DPS_ENGINE_PATHS]) {
    const char *all[DPS_ENGINE_PATHS] = {engine->lang_dir, engine->models_dir, engine->know_path, engine->frames_dir,
                                         engine->know_dir};
    memcpy(paths, all, sizeof all);
}
