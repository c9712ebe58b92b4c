/* main.c -- the program `depesche`: finds the command, which does the rest. */
#include <string.h>

#include "cli.h"

extern const struct cli_command cmd_read, cmd_parse, cmd_code, cmd_explain, cmd_add, cmd_show, cmd_export, cmd_frames;

static const struct cli_command *const commands[] = {&cmd_read, &cmd_parse, &cmd_code,   &cmd_explain,
                                                     &cmd_add,  &cmd_show,  &cmd_export, &cmd_frames};
enum { N_COMMANDS = sizeof commands / sizeof *commands };

static int print_help(void) {
    printf("usage: depesche COMMAND [OPTION...] [ARGUMENT...]\n\n"
           "Reads German and English news and writes down who did what to whom, when, where and by whose account.\n\n"
           "commands:\n");
    for (size_t i = 0; i < N_COMMANDS; i++) printf("  %-9s %s\n", commands[i]->name, commands[i]->summary);
    printf(
        "\n'depesche COMMAND --help' tells more of each. A FILE is plain text, a crawler's text record or JSON lines,\n"
        "each also compressed by gzip or zstd, or a folder of such files; '-' or no FILE is standard input.\n\n"
        "exit status: 0 done, 1 some articles failed, 2 wrong use, 3 bad model, frames or knowledge, 4 system\n");
    return cli_close(stdout, CLI_OK);
}

int main(int argc, char **argv) {
    if (argc < 2) return cli_wrong_use(NULL, "no command given");
    const char *name = argv[1];
    if (strcmp(name, "--help") == 0 || strcmp(name, "-h") == 0 || strcmp(name, "help") == 0) return print_help();
    if (strcmp(name, "--version") == 0) {
        printf("depesche %s\n", dps_version());
        return cli_close(stdout, CLI_OK);
    }
    for (size_t i = 0; i < N_COMMANDS; i++)
        if (strcmp(commands[i]->name, name) == 0) return commands[i]->run(commands[i], argc - 2, argv + 2);
    return cli_wrong_use(NULL, "unknown command '%s'", name);
}
