/* know_compile.c -- dps-know-compile KNOW_DIR LANG_DIR OUT: compile the shipped tables at build time. A failed run
 * leaves no OUT behind. */
#include "know/know_build.h"

#include <stdio.h>

static enum dps_status compile(const char *folder, const char *lang_dir, struct dps_buffer *out,
                               struct know_image *image, struct dps_error *error) {
    struct know_sources sources;
    DPS_TRY(know_sources_open(&sources, folder, lang_dir, error));
    enum dps_status status = know_build(sources.list, sources.n, NULL, out, error);
    know_sources_release(&sources);
    return status == DPS_OK ? know_image_open(image, dps_buffer_str(out), folder, error) : status;
}

int main(int argc, char **argv) {
    if (argc != 4) {
        fprintf(stderr, "usage: dps-know-compile KNOW_DIR LANG_DIR OUT\n");
        return 2;
    }
    struct dps_buffer out = {0};
    struct know_image image;
    struct dps_error error = {0};
    if (compile(argv[1], argv[2], &out, &image, &error) != DPS_OK) {
        fprintf(stderr, "dps-know-compile: %s\n", error.message);
        dps_buffer_release(&out);
        return 3;
    }
    FILE *file = fopen(argv[3], "wb");
    bool good = file && fwrite(out.data, 1, out.length, file) == out.length;
    if (file && fclose(file) != 0) good = false;
    if (!good) {
        fprintf(stderr, "dps-know-compile: cannot write '%s'\n", argv[3]);
        remove(argv[3]);
    } else
        printf("%s: %u entities, %u offices, %u names, %zu bytes\n", argv[3], image.n_entities, image.n_offices,
               image.n_keys, out.length);
    dps_buffer_release(&out);
    return good ? 0 : 4;
}
