/* cmd_frames.c -- `depesche frames check`: do the frames do what their own example sentences say? */
#include <string.h>

#include "cli.h"

static int run(const struct cli_command *command, int argc, char **argv) {
    struct dps_engine_options options_of_engine = {0};
    const char *lang = NULL;
    const struct cli_option options[] = {
        {"lang", CLI_TEXT, &lang, "CODE", "only this language (default: all)", NULL},
        CLI_ENGINE_OPTIONS(options_of_engine),
    };
    size_t n_words;
    int status = cli_parse(command, options, sizeof options / sizeof *options, argc, argv, &n_words);
    if (status >= 0) return status;
    if (n_words == 0) return cli_wrong_use(command, "what to do with the frames? Only 'check' is known");
    if (strcmp(argv[0], "check") != 0)
        return cli_wrong_use(command, "unknown word '%s'; only 'check' is known", argv[0]);
    if (n_words > 1) return cli_wrong_use(command, "check takes no '%s'; name a folder of frames by --frames", argv[1]);

    struct dps_error error = {0};
    struct dps_engine *engine;
    if (dps_engine_new(&engine, &options_of_engine, &error) != DPS_OK) return cli_fail(&error);
    struct dps_check_report report = {0};
    enum dps_status checked = dps_frames_check(engine, lang, stdout, &report, &error);
    dps_engine_free(engine);
    if (checked != DPS_OK) return cli_fail(&error);
    printf("%u frames, %u examples, %u failed\n", report.frames, report.examples, report.failed);
    return cli_close(stdout, report.failed ? CLI_SOME_FAILED : CLI_OK);
}

const struct cli_command cmd_frames = {
    "frames",
    "check",
    "run the frames' own example sentences",
    "Codes each 'yes' and 'no' sentence of the frames and tells those that came out otherwise, with their place.",
    "  depesche frames check --lang de\n"
    "  depesche frames check --frames my-frames",
    run};
