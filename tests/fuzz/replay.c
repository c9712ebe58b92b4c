/* replay.c -- runs a fuzz target without a fuzz engine: on files, then on mutations of them drawn from a printed seed.
 *
 * usage: fuzz_x [-r ROUNDS] [-s SEED] FILE|FOLDER...
 * In: seeds (files, and the files of folders).  Out: a line with the counts; a crash is the failure, found again by the
 * seed printed before. Limit: no feedback from coverage; ./test uses it as a cheap guard, the long search is
 * libFuzzer's (docs/README.md).
 */
#include <dirent.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

enum { MAX_SEEDS = 4096, MAX_BYTES = 1 << 20 };

struct seed {
    uint8_t *bytes;
    size_t size;
};
static struct seed seeds[MAX_SEEDS];
static size_t n_seeds;

static uint64_t state;
static uint64_t draw(void) { /* xorshift64*: the same on every machine */
    state ^= state >> 12;
    state ^= state << 25;
    state ^= state >> 27;
    return state * 0x2545F4914F6CDD1Dull;
}
static size_t below(size_t n) {
    return n ? (size_t)(draw() % n) : 0;
}

static void add_file(const char *path) {
    FILE *file = n_seeds < MAX_SEEDS ? fopen(path, "rb") : NULL;
    if (!file) return;
    uint8_t *bytes = malloc(MAX_BYTES);
    if (bytes) seeds[n_seeds++] = (struct seed){bytes, fread(bytes, 1, MAX_BYTES, file)};
    fclose(file);
}

static int by_name(const struct dirent **a, const struct dirent **b) {
    return strcmp((*a)->d_name, (*b)->d_name);
}

static void add_path(const char *path) {
    struct stat info;
    if (stat(path, &info)) {
        fprintf(stderr, "replay: no '%s'\n", path);
        exit(2);
    }
    if (!S_ISDIR(info.st_mode)) {
        add_file(path);
        return;
    }
    struct dirent **entries;
    int n = scandir(path, &entries, NULL, by_name);
    for (int i = 0; i < n; i++) {
        char name[4096];
        snprintf(name, sizeof name, "%s/%s", path, entries[i]->d_name);
        if (entries[i]->d_name[0] != '.' && !stat(name, &info) && S_ISREG(info.st_mode)) add_file(name);
        free(entries[i]);
    }
    if (n >= 0) free(entries);
}

/* Each input in a block of its own size, so that the sanitizers see the first byte behind it. */
static void run_once(const uint8_t *bytes, size_t size) {
    uint8_t *copy = malloc(size ? size : 1);
    if (!copy) exit(2);
    if (size) memcpy(copy, bytes, size);
    LLVMFuzzerTestOneInput(copy, size);
    free(copy);
}

/* A few small damages: flipped bits, odd bytes, pieces cut out, doubled or taken from another seed. */
static size_t mutate(uint8_t *bytes, size_t size) {
    static const uint8_t odd[] = {0, '\n', '\t', '"', '{', '\\', 0x7f, 0x80, 0xc3, 0xe2, 0xff, ' ', '0', '-'};
    for (size_t times = 1 + below(6); times; times--) {
        size_t at = below(size + 1), length = 1 + below(64);
        if (at + length > size) length = size - at;
        switch (below(6)) {
        case 0:
            if (at < size) bytes[at] ^= (uint8_t)(1u << below(8));
            break;
        case 1:
            if (at < size) bytes[at] = odd[below(sizeof odd)];
            break;
        case 2:
            memmove(bytes + at, bytes + at + length, size - at - length);
            size -= length;
            break;
        case 3:
            if (size + length > MAX_BYTES) break;
            memmove(bytes + at + length, bytes + at, size - at);
            size += length;
            break;
        case 4: {
            const struct seed *other = &seeds[below(n_seeds)];
            size_t from = below(other->size), n = below(other->size - from + 1);
            if (n > 256) n = 256;
            if (at + n > MAX_BYTES) break;
            memcpy(bytes + at, other->bytes + from, n);
            if (at + n > size) size = at + n;
            break;
        }
        default:
            size = at;
            break;
        }
    }
    return size;
}

int main(int argc, char **argv) {
    unsigned long rounds = 0;
    state = 20220121;
    for (int i = 1; i < argc; i++) {
        if (strcmp(argv[i], "-r") == 0 && i + 1 < argc)
            rounds = strtoul(argv[++i], NULL, 10);
        else if (strcmp(argv[i], "-s") == 0 && i + 1 < argc)
            state = strtoull(argv[++i], NULL, 10) | 1;
        else
            add_path(argv[i]);
    }
    if (!n_seeds) seeds[n_seeds++] = (struct seed){calloc(1, 1), 0};
    printf("seed %llu, %zu inputs, %lu rounds\n", (unsigned long long)state, n_seeds, rounds);
    fflush(stdout);
    run_once((const uint8_t *)"", 0);
    for (size_t i = 0; i < n_seeds; i++) run_once(seeds[i].bytes, seeds[i].size);
    uint8_t *bytes = malloc(MAX_BYTES);
    if (!bytes) return 2;
    for (unsigned long i = 0; i < rounds; i++) {
        const struct seed *seed = &seeds[below(n_seeds)];
        memcpy(bytes, seed->bytes, seed->size);
        run_once(bytes, mutate(bytes, seed->size));
    }
    free(bytes);
    for (size_t i = 0; i < n_seeds; i++) free(seeds[i].bytes);
    puts("no crash");
    return 0;
}
