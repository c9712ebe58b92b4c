/* cmd_code.c -- `depesche code`: articles in, events out. */
#include "cli.h"

static int run(const struct cli_command *command, int argc, char **argv) {
    struct dps_engine_options engine = {0};
    struct dps_batch_options batch = {.task = DPS_TASK_CODE, .color = cli_wants_color(), .width = cli_width()};
    int format = cli_default_format();
    bool stats = false;
    const struct cli_option options[] = {
        {"format", CLI_CHOICE, &format, NULL, "form of the events (default: table on a terminal, jsonl elsewhere)",
         cli_formats},
        CLI_INPUT_OPTIONS(batch, stats),
        CLI_ENGINE_OPTIONS(engine),
    };
    int status = cli_parse(command, options, sizeof options / sizeof *options, argc, argv, &batch.n_paths);
    if (status >= 0) return status;
    batch.paths = (const char *const *)argv;
    batch.format = (enum dps_format)format;
    return cli_run_batch(&engine, &batch, stats);
}

const struct cli_command cmd_code = {
    "code",
    "[FILE...]",
    "articles in, events out",
    "Codes articles: who did what to whom, when, where and by whose account. One record an event.\n"
    "An article in a language without data is read, counted and gives no events.",
    "  depesche code report.txt\n"
    "  zcat day.jsonl.gz | depesche code --format csv > events.csv",
    run};
