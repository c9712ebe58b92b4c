/* cmd_add.c -- `depesche add`: code articles and keep them in a store. */
#include "cli.h"

static int run(const struct cli_command *command, int argc, char **argv) {
    struct dps_engine_options engine = {0};
    struct dps_batch_options batch = {.task = DPS_TASK_CODE, .format = DPS_FORMAT_JSONL};
    size_t n_words = 0;
    bool stats = false;
    const struct cli_option options[] = {
        CLI_INPUT_OPTIONS(batch, stats),
        CLI_ENGINE_OPTIONS(engine),
    };
    int status = cli_parse(command, options, sizeof options / sizeof *options, argc, argv, &n_words);
    if (status >= 0) return status;
    if (n_words == 0) return cli_wrong_use(command, "no store named");
    batch.store = argv[0];
    batch.paths = (const char *const *)argv + 1;
    batch.n_paths = n_words - 1;
    return cli_run_batch(&engine, &batch, stats);
}

const struct cli_command cmd_add = {
    "add",
    "DB [FILE...]",
    "code articles and keep them in a store",
    "Codes articles and keeps them with their events in the file DB, which is made if there is none.\n"
    "An article that DB has already is passed over; one that has changed, or was coded by other frames, models or\n"
    "knowledge, is coded again and replaced. A run that was stopped is taken up by running it again.",
    "  depesche add news.db examples/\n"
    "  depesche show news.db",
    run};
