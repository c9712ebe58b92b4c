/* cli.h -- what the commands share: options, messages, exit statuses. The program uses include/ only; it alone prints
 * and exits.
 *
 * A command is a struct cli_command in its cmd_<name>.c, listed in main.c. Its options are a table, from which both the
 * parsing and the help are made, so that the two cannot differ.
 */
#ifndef DPS_CLI_CLI_H
#define DPS_CLI_CLI_H

#include "depesche.h"

enum cli_exit {
    CLI_OK = 0,
    CLI_SOME_FAILED = 1, /* some articles could not be read, some examples failed */
    CLI_USAGE = 2,       /* wrong use */
    CLI_DATA = 3,        /* bad model, frames, knowledge or language data */
    CLI_SYSTEM = 4       /* files, memory, output, store */
};

struct cli_command {
    const char *name;      /* "code", "frames check" is "frames" with its first argument "check" */
    const char *arguments; /* of the usage line: "[FILE...]" */
    const char *summary;   /* one line for the list of commands */
    const char *text;      /* what --help tells above the options, wrapped by hand */
    const char *examples;  /* what --help tells below them; NULL: none */
    int (*run)(const struct cli_command *command, int argc,
               char **argv); /* argv[0] is the first word behind the command */
};

enum cli_kind {
    CLI_FLAG /* bool */,
    CLI_TEXT /* const char * */,
    CLI_NUMBER /* unsigned */,
    CLI_BIG /* uint64_t */,
    CLI_CHOICE /* int */
};
struct cli_option {
    const char *name; /* without "--" */
    enum cli_kind kind;
    void *target;               /* of the type named at the kind; keeps its value if the option is not given */
    const char *argument;       /* how the help names its value: "DIR"; NULL for flags */
    const char *help;           /* one line, or several parted by '\n' */
    const char *const *choices; /* CLI_CHOICE: NULL-terminated; target gets the index */
};

/* Parse the words of a command. Options may stand anywhere before "--"; the others are moved to the front of argv and
 * counted in *n_words.
 * --help prints the help to standard output. Returns -1 to go on, else the exit status. */
int cli_parse(const struct cli_command *command, const struct cli_option *options, size_t n_options, int argc,
              char **argv, size_t *n_words);

/* Two lines on standard error: what is wrong, where to find help. Returns CLI_USAGE. command may be NULL. */
int cli_wrong_use(const struct cli_command *command, const char *format, ...) __attribute__((format(printf, 2, 3)));
/* The message of a failed call; returns the exit status of its kind. */
int cli_fail(const struct dps_error *error);
int cli_exit_of(enum dps_status status);
/* Flush `out`; CLI_SYSTEM with a message if anything could not be written (a closed pipe: silently), else `status`. */
int cli_close(FILE *out, int status);

/* Options that all commands with an engine take: --data, --frames, --know. */
#define CLI_ENGINE_OPTIONS(options)                                                                                    \
    {"frames", CLI_TEXT, &(options).frames_dir, "DIR", "your own frames, asked before the shipped ones", NULL},        \
        {"know", CLI_TEXT, &(options).know_dir, "DIR", "your own knowledge tables, asked before the shipped ones",     \
         NULL},                                                                                                        \
    {                                                                                                                  \
        "data", CLI_TEXT, &(options).data_dir, "DIR",                                                                  \
            "folder with lang/, models/ and know.dps\n(default: $DEPESCHE_DATA, else what came with the program)",     \
            NULL                                                                                                       \
    }
/* Options of all commands that read articles. */
#define CLI_INPUT_OPTIONS(batch, stats)                                                                                \
    {"lang", CLI_TEXT, &(batch).lang, "CODE", "language of all articles (default: told from each text)", NULL},        \
        {"threads", CLI_NUMBER, &(batch).threads, "N", "worker threads (default: one a core)", NULL}, {                \
        "stats", CLI_FLAG, &(stats), NULL, "tell articles, words and seconds by stage at the end", NULL                \
    }

/* Run a batch to standard output: opens the engine, complains and shows progress on standard error, tells stats if
 * asked; returns the exit status. */
int cli_run_batch(const struct dps_engine_options *engine_options, struct dps_batch_options *batch, bool stats);

bool cli_is_terminal(void); /* standard output */
bool cli_wants_color(void); /* a terminal, and neither NO_COLOR nor TERM=dumb */
unsigned cli_width(void);   /* of the terminal, 0: no terminal */

extern const char *const cli_formats[]; /* names in the order of enum dps_format */
/* table on a terminal, JSON lines otherwise */
int cli_default_format(void);

#endif
