/* cmd_show.c -- `depesche show`: look into a store. */
#include "cli.h"

#include <string.h>

static const char *const views[] = {"events", "timeline", "dyads", "articles",
                                    NULL}; /* the order of enum dps_show_view */
static const char *const periods[] = {"day", "week", "month", NULL};

/* The view is a word behind the store; without one it is the events. */
static int view_of(const struct cli_command *command, const char *word, enum dps_show_view *view) {
    for (int i = 0; views[i]; i++)
        if (strcmp(views[i], word) == 0) {
            *view = (enum dps_show_view)i;
            return -1;
        }
    return cli_wrong_use(command, "unknown view '%s' (events, timeline, dyads or articles)", word);
}

static int run(const struct cli_command *command, int argc, char **argv) {
    struct dps_show_options show = {.color = cli_wants_color(), .width = cli_width()};
    struct dps_error error = {0};
    int format = cli_default_format(), period = 0;
    size_t n_words = 0;
    const struct cli_option options[] = {
        {"from", CLI_TEXT, &show.from, "DATE", "events on or after this day, month or year (2022-01-21, 2022-01, 2022)",
         NULL},
        {"to", CLI_TEXT, &show.to, "DATE", "events on or before it", NULL},
        {"actor", CLI_TEXT, &show.actor, "WHO", "country code (RUS) or part of a name (Lavrov)", NULL},
        {"recipient", CLI_TEXT, &show.recipient, "WHO", "the same for whom it was done to; in a meeting all are", NULL},
        {"type", CLI_TEXT, &show.type, "TYPE", "REQUEST, or with a mode REQUEST/yield", NULL},
        {"status", CLI_TEXT, &show.status, "STATUS",
         "actual, negated, future, hypothetical, historical or any\n"
         "(default: any; of timeline and dyads: actual)",
         NULL},
        {"lang", CLI_TEXT, &show.lang, "CODE", "articles in this language", NULL},
        {"text", CLI_TEXT, &show.text, "WORDS",
         "the sentence holds these words (SQLite's FTS5 queries work too: Truppen* OR Soldaten)", NULL},
        {"by", CLI_CHOICE, &period, NULL, "length of a timeline's steps (default: day)", periods},
        {"limit", CLI_BIG, &show.limit, "N", "at most so many lines", NULL},
        {"format", CLI_CHOICE, &format, NULL, "default: table on a terminal, jsonl elsewhere", cli_formats},
    };
    int status = cli_parse(command, options, sizeof options / sizeof *options, argc, argv, &n_words);
    if (status >= 0) return status;
    if (n_words == 0) return cli_wrong_use(command, "no store named");
    if (n_words > 2) return cli_wrong_use(command, "too many words: '%s'", argv[2]);
    if (n_words == 2 && (status = view_of(command, argv[1], &show.view)) >= 0) return status;
    show.format = (enum dps_format)format;
    show.by = periods[period];
    status = dps_store_show(argv[0], &show, stdout, &error) == DPS_OK ? CLI_OK : cli_fail(&error);
    return cli_close(stdout, status);
}

const struct cli_command cmd_show = {
    "show",
    "DB [events|timeline|dyads|articles]",
    "look into a store, with filters",
    "Shows what the store DB holds: its events; how many there were by day, week or month; how many between which\n"
    "countries; or its articles. The store is only read.",
    "  depesche show news.db --actor RUS --from 2022-01\n"
    "  depesche show news.db dyads --type CONSULT\n"
    "  depesche show news.db timeline --by week --text 'Sanktionen'",
    run};
