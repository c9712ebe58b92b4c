/* fuzz_frames.c -- the frame compiler on any bytes: no crash, no leak, and an error always has words. */
#include <stdlib.h>

#include "event/event_frames.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    struct dps_frames *frames;
    struct dps_error error = {0};
    enum dps_status status =
        dps_frames_compile(&frames, "xx", (struct dps_str){(const char *)data, size}, "fuzz", &error);
    if (status == DPS_OK) {
        dps_frames_anchor(frames, DPS_STR("fordern"));
        dps_frames_cues(frames, DPS_STR("nicht"));
    } else if (!error.message[0])
        abort();
    dps_frames_free(frames);
    return 0;
}
