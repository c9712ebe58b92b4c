/* cmd_parse.c -- `depesche parse`: articles or CoNLL-U in, CoNLL-U out. */
#include "cli.h"

static int run(const struct cli_command *command, int argc, char **argv) {
    static const char *const inputs[] = {"articles", "conllu", NULL};
    struct dps_engine_options engine = {0};
    struct dps_batch_options batch = {.task = DPS_TASK_PARSE};
    int input = 0;
    bool stats = false;
    const struct cli_option options[] = {
        {"input", CLI_CHOICE, &input, NULL,
         "conllu keeps the sentences and tokens given; it needs --lang (default: articles)", inputs},
        CLI_INPUT_OPTIONS(batch, stats),
        {"data", CLI_TEXT, &engine.data_dir, "DIR",
         "folder with lang/ and models/ (default: what came with the program)", NULL},
    };
    int status = cli_parse(command, options, sizeof options / sizeof *options, argc, argv, &batch.n_paths);
    if (status >= 0) return status;
    if (input && !batch.lang) return cli_wrong_use(command, "--input conllu needs --lang CODE");
    batch.paths = (const char *const *)argv;
    batch.input_conllu = input != 0;
    return cli_run_batch(&engine, &batch, stats);
}

const struct cli_command cmd_parse = {
    "parse",
    "[FILE...]",
    "sentences, words and their grammar as CoNLL-U",
    "Splits articles into sentences and words and gives each word lemma, part of speech, features, head and relation\n"
    "after Universal Dependencies 2, as CoNLL-U.",
    "  depesche parse report.txt\n"
    "  depesche parse --input conllu --lang de test.conllu",
    run};
