/* cmd_explain.c -- `depesche explain`: how the program came to its events. */
#include "cli.h"

static int run(const struct cli_command *command, int argc, char **argv) {
    struct dps_engine_options engine = {0};
    struct dps_batch_options batch = {.task = DPS_TASK_EXPLAIN, .color = cli_wants_color(), .width = cli_width()};
    bool stats = false;
    const struct cli_option options[] = {CLI_INPUT_OPTIONS(batch, stats), CLI_ENGINE_OPTIONS(engine)};
    int status = cli_parse(command, options, sizeof options / sizeof *options, argc, argv, &batch.n_paths);
    if (status >= 0) return status;
    batch.paths = (const char *const *)argv;
    return cli_run_batch(&engine, &batch, stats);
}

const struct cli_command cmd_explain = {
    "explain",
    "[FILE...]",
    "how the events were found: trees, parties, frames",
    "Writes each sentence with its words and tree, the parties, places and times found in it and what they were taken\n"
    "for, the frames that fired and those that nearly did, and the events.",
    "  echo 'Moskau fordert von der NATO den Abzug ihrer Truppen.' | depesche explain --lang de",
    run};
