/* cmd_read.c -- `depesche read`: what was understood of each article before any language work. */
#include "cli.h"

static int run(const struct cli_command *command, int argc, char **argv) {
    struct dps_engine_options engine = {0};
    struct dps_batch_options batch = {.task = DPS_TASK_READ};
    bool stats = false;
    const struct cli_option options[] = {
        CLI_INPUT_OPTIONS(batch, stats),
        {"data", CLI_TEXT, &engine.data_dir, "DIR", "folder with lang/ (default: what came with the program)", NULL},
    };
    int status = cli_parse(command, options, sizeof options / sizeof *options, argc, argv, &batch.n_paths);
    if (status >= 0) return status;
    batch.paths = (const char *const *)argv;
    return cli_run_batch(&engine, &batch, stats);
}

const struct cli_command cmd_read = {
    "read",
    "[FILE...]",
    "what was understood of each article, a JSON line each",
    "Writes a JSON line an article: id, file, record, url, title, published, date, time, city, agency, lang, source,\n"
    "text, blocks (paragraphs and headings as byte offsets into text). What is unknown is null.",
    "  depesche read examples/",
    run};
