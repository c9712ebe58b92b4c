/* fuzz_model.c -- any bytes as a weights file: must be refused or be safe to ask. The checksums are mended first, so
 * that the fuzzer gets past them. */
#include "model/model.h"

#include <stdlib.h>
#include <zlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    if (size > 1u << 26) return 0;
    size_t room = (size + 63) / 64 * 64;
    char *bytes = aligned_alloc(64, room ? room : 64);
    if (!bytes) return 0;
    if (size) memcpy(bytes, data, size);
    if (size >= 64) {
        uint32_t crc = (uint32_t)crc32(0, (const Bytef *)bytes + 64, (uInt)(size - 64));
        memcpy(bytes + 44, &crc, 4);
        crc = (uint32_t)crc32(0, (const Bytef *)bytes, 48);
        memcpy(bytes + 48, &crc, 4);
    }
    struct dps_model *model;
    struct dps_error error;
    if (dps_model_open_bytes(&model, (struct dps_str){bytes, size}, "fuzz", &error) == DPS_OK) {
        static const char *const names[] = {"word.forms", "word.table", "upos"};
        for (int i = 0; i < 3; i++) {
            const struct dps_tensor *t = dps_model_tensor(model, names[i]);
            volatile char sum = 0;
            for (uint32_t k = 0; t && k < t->dims[0] && t->type == DPS_MODEL_STRINGS; k++) {
                struct dps_str s = dps_model_string(t, k);
                if (s.length) sum = (char)(sum + s.data[s.length - 1]);
            }
            if (t && t->type == DPS_MODEL_I8) sum = (char)(sum + (t->scales[t->dims[0] - 1] > 0));
        }
        dps_model_close(model);
    }
    free(bytes);
    return 0;
}
