/* cmd_export.c -- `depesche export`: all events of a store, as `depesche code` would give them. */
#include "cli.h"

static int run(const struct cli_command *command, int argc, char **argv) {
    struct dps_error error = {0};
    int format = cli_default_format();
    size_t n_words = 0;
    const struct cli_option options[] = {
        {"format", CLI_CHOICE, &format, NULL, "form of the events (default: table on a terminal, jsonl elsewhere)",
         cli_formats},
    };
    int status = cli_parse(command, options, sizeof options / sizeof *options, argc, argv, &n_words);
    if (status >= 0) return status;
    if (n_words == 0) return cli_wrong_use(command, "no store named");
    if (n_words > 1) return cli_wrong_use(command, "too many words: '%s'", argv[1]);
    status = dps_store_export(argv[0], (enum dps_format)format, stdout, &error) == DPS_OK ? CLI_OK : cli_fail(&error);
    return cli_close(stdout, status);
}

const struct cli_command cmd_export = {
    "export",
    "DB",
    "all events of a store in any format of code",
    "Writes every event of the store DB in the order in which the articles were added: the same bytes that\n"
    "'depesche code' gives for them. The store is only read.",
    "  depesche export news.db --format csv > events.csv",
    run};
