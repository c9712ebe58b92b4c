/* cli.c -- option parsing, help, messages and the run of a batch; see cli.h. */
#include "cli.h"

#include <errno.h>
#include <signal.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

const char *const cli_formats[] = {"table", "jsonl", "csv", NULL};

/* ---- the terminal ---- */

bool cli_is_terminal(void) {
    return isatty(STDOUT_FILENO) == 1;
}

bool cli_wants_color(void) {
    const char *none = getenv("NO_COLOR"), *term = getenv("TERM");
    return cli_is_terminal() && !(none && *none) && !(term && strcmp(term, "dumb") == 0);
}

unsigned cli_width(void) {
    struct winsize size;
    if (!cli_is_terminal() || ioctl(STDOUT_FILENO, TIOCGWINSZ, &size)) return 0;
    return size.ws_col;
}

int cli_default_format(void) {
    return cli_is_terminal() ? DPS_FORMAT_TABLE : DPS_FORMAT_JSONL;
}

/* ---- messages ---- */

static bool progress_shown; /* a progress line stands on the terminal and must be wiped before a message */

static void wipe_progress(void) {
    if (progress_shown) fputs("\r\033[K", stderr);
    progress_shown = false;
}

/* A message may hold a file's name or words of its text: no escape sequence of theirs may reach the terminal. */
static void say(const char *message) {
    fputs("depesche: ", stderr);
    for (const char *c = message; *c; c++) fputc((unsigned char)*c < 0x20 || *c == 0x7F ? '?' : *c, stderr);
    fputc('\n', stderr);
}

int cli_wrong_use(const struct cli_command *command, const char *format, ...) {
    va_list arguments;
    va_start(arguments, format);
    fputs("depesche: ", stderr);
    if (command) fprintf(stderr, "%s: ", command->name);
    vfprintf(stderr, format, arguments);
    va_end(arguments);
    fprintf(stderr, "\nSee 'depesche %s%s--help'.\n", command ? command->name : "", command ? " " : "");
    return CLI_USAGE;
}

int cli_exit_of(enum dps_status status) {
    switch (status) {
    case DPS_OK:
    case DPS_END:
        return CLI_OK;
    case DPS_INPUT:
    case DPS_LIMIT:
        return CLI_SOME_FAILED;
    case DPS_USAGE:
        return CLI_USAGE;
    case DPS_MODEL:
    case DPS_FRAMES:
    case DPS_KNOW:
    case DPS_LANG:
        return CLI_DATA;
    default:
        return CLI_SYSTEM;
    }
}

int cli_fail(const struct dps_error *error) {
    wipe_progress();
    if (*error->message) say(error->message); /* empty: a closed pipe, nobody to tell */
    return cli_exit_of(error->status);
}

int cli_close(FILE *out, int status) {
    errno = 0;
    bool bad = fflush(out) != 0;
    if (!bad && !ferror(out)) return status;
    if (errno != EPIPE)
        fprintf(stderr, "depesche: cannot write the output: %s\n", errno ? strerror(errno) : "write error");
    return CLI_SYSTEM;
}

/* ---- help ---- */

enum { HELP_COLUMN = 20 }; /* where the options' explanations begin */

static void print_option(const char *name, const char *argument, const char *help, const char *const *choices) {
    int used = printf("  --%s", name);
    if (choices) {
        used += printf(" ");
        for (size_t i = 0; choices[i]; i++) used += printf("%s%s", i ? "|" : "", choices[i]);
    } else if (argument) {
        used += printf(" %s", argument);
    }
    if (used >= HELP_COLUMN) {
        putchar('\n');
        used = 0;
    }
    for (const char *line = help; line;) {
        const char *end = strchr(line, '\n');
        printf("%*s%.*s\n", HELP_COLUMN - used, "", end ? (int)(end - line) : (int)strlen(line), line);
        used = 0;
        line = end ? end + 1 : NULL;
    }
}

static void print_help(const struct cli_command *command, const struct cli_option *options, size_t n_options) {
    printf("usage: depesche %s%s%s%s\n\n%s\n\noptions:\n", command->name, n_options ? " [OPTION...]" : "",
           *command->arguments ? " " : "", command->arguments, command->text);
    for (size_t i = 0; i < n_options; i++)
        print_option(options[i].name, options[i].argument, options[i].help, options[i].choices);
    print_option("help", NULL, "this text", NULL);
    if (command->examples) printf("\nexamples:\n%s\n", command->examples);
}

/* ---- options ---- */

static const struct cli_option *find_option(const struct cli_option *options, size_t n, const char *name,
                                            size_t length) {
    for (size_t i = 0; i < n; i++)
        if (strlen(options[i].name) == length && memcmp(options[i].name, name, length) == 0) return &options[i];
    return NULL;
}

static bool parse_number(const char *value, uint64_t max, uint64_t *number) {
    if (*value < '0' || *value > '9') return false;
    char *end;
    errno = 0;
    unsigned long long n = strtoull(value, &end, 10);
    if (errno || *end || n > max) return false;
    *number = n;
    return true;
}

static bool set_choice(const struct cli_option *option, const char *value) {
    for (int i = 0; option->choices[i]; i++)
        if (strcmp(option->choices[i], value) == 0) {
            *(int *)option->target = i;
            return true;
        }
    return false;
}

/* -1: done, else the exit status. */
static int set_option(const struct cli_command *command, const struct cli_option *option, const char *value) {
    uint64_t number;
    switch (option->kind) {
    case CLI_FLAG:
        *(bool *)option->target = true;
        return -1;
    case CLI_TEXT:
        *(const char **)option->target = value;
        return -1;
    case CLI_NUMBER:
        if (!parse_number(value, 1000000000, &number))
            return cli_wrong_use(command, "--%s takes a number, not '%s'", option->name, value);
        *(unsigned *)option->target = (unsigned)number;
        return -1;
    case CLI_BIG:
        if (!parse_number(value, UINT64_MAX, &number))
            return cli_wrong_use(command, "--%s takes a number, not '%s'", option->name, value);
        *(uint64_t *)option->target = number;
        return -1;
    case CLI_CHOICE:
        if (set_choice(option, value)) return -1;
        char list[256] = "";
        for (size_t i = 0; option->choices[i]; i++) {
            size_t used = strlen(list);
            snprintf(list + used, sizeof list - used, "%s%s", i ? ", " : "", option->choices[i]);
        }
        return cli_wrong_use(command, "--%s takes one of %s, not '%s'", option->name, list, value);
    }
    return -1;
}

int cli_parse(const struct cli_command *command, const struct cli_option *options, size_t n_options, int argc,
              char **argv, size_t *n_words) {
    *n_words = 0;
    for (int i = 0; i < argc; i++) {
        char *word = argv[i];
        if (strcmp(word, "--") == 0) {
            while (++i < argc) argv[(*n_words)++] = argv[i];
            break;
        }
        if (word[0] != '-' || !word[1]) {
            argv[(*n_words)++] = word;
            continue;
        }
        if (strcmp(word, "--help") == 0 || strcmp(word, "-h") == 0) {
            print_help(command, options, n_options);
            return cli_close(stdout, CLI_OK);
        }
        const char *name = word + 2, *equals = strchr(word, '=');
        const struct cli_option *option = NULL;
        if (word[1] == '-')
            option = find_option(options, n_options, name, equals ? (size_t)(equals - name) : strlen(name));
        if (!option) return cli_wrong_use(command, "unknown option '%s'", word);
        const char *value = equals ? equals + 1 : NULL;
        if (option->kind == CLI_FLAG && value) return cli_wrong_use(command, "--%s takes no value", option->name);
        if (option->kind != CLI_FLAG && !value) {
            if (i + 1 == argc) return cli_wrong_use(command, "--%s needs a value", option->name);
            value = argv[++i];
        }
        int status = set_option(command, option, value);
        if (status >= 0) return status;
    }
    return -1;
}

/* ---- a batch ---- */

static void complain(void *context, const struct dps_error *error) {
    (void)context;
    wipe_progress();
    say(error->message);
}

static void progress(void *context, const struct dps_stats *s) {
    (void)context;
    fprintf(stderr, "\r\033[K%llu articles, %llu events, %llu failed, %.0f s", (unsigned long long)s->articles,
            (unsigned long long)s->events, (unsigned long long)s->failed, s->seconds_wall);
    progress_shown = true;
    fflush(stderr);
}

static void print_stats(const struct dps_stats *s) {
    static const char *const names[] = {"read", "text", "parse", "mention", "event", "output"};
    const double seconds[] = {s->seconds_read,    s->seconds_text,  s->seconds_parse,
                              s->seconds_mention, s->seconds_event, s->seconds_output};
    fprintf(stderr, "articles %llu, failed %llu, without language data %llu, already stored %llu\n",
            (unsigned long long)s->articles, (unsigned long long)s->failed, (unsigned long long)s->uncoded,
            (unsigned long long)s->known);
    fprintf(stderr, "bytes %llu, sentences %llu, words %llu, events %llu\n", (unsigned long long)s->bytes,
            (unsigned long long)s->sentences, (unsigned long long)s->words, (unsigned long long)s->events);
    fputs("seconds by stage, all threads together:", stderr);
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) fprintf(stderr, " %s %.3f", names[i], seconds[i]);
    fprintf(stderr, "\nseconds %.3f, words a second %.0f, peak memory %.1f MB\n", s->seconds_wall,
            s->seconds_wall > 0 ? (double)s->words / s->seconds_wall : 0, (double)s->peak_bytes / 1e6);
}

int cli_run_batch(const struct dps_engine_options *engine_options, struct dps_batch_options *batch, bool stats) {
    struct dps_error error = {0};
    struct dps_engine *engine;
    signal(SIGPIPE,
           SIG_IGN); /* a closed pipe is then a write error like others: the run stops, a store is closed in order */
    if (dps_engine_new(&engine, engine_options, &error) != DPS_OK) return cli_fail(&error);
    struct dps_stats told = {0};
    batch->complain = complain;
    if (isatty(STDERR_FILENO) == 1 && !cli_is_terminal())
        batch->progress = progress; /* results on the terminal tell enough */
    enum dps_status status = dps_batch_run(engine, batch, stdout, &told, &error);
    dps_engine_free(engine);
    wipe_progress();
    int exit_status = told.failed ? CLI_SOME_FAILED : CLI_OK;
    if (status != DPS_OK) {
        exit_status = cli_fail(&error);
        if (exit_status == CLI_SOME_FAILED) exit_status = CLI_SYSTEM; /* the run itself stopped */
    } else {
        exit_status = cli_close(stdout, exit_status);
    }
    if (stats) print_stats(&told);
    return exit_status;
}
