/* batch.c -- the workers, the jobs and the order; see batch.h for the way it goes and for B1, B2. */
#include "batch.h"

#include <assert.h>
#include <pthread.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <time.h>
#include <unistd.h>

enum {
    JOBS_A_THREAD = 4,        /* one in work, some read ahead or waiting for an earlier one to be written */
    KEEP_OUTPUT = 1024 * 1024 /* bytes of an output buffer that a job keeps */
};
static const double PROGRESS_EVERY = 0.1; /* seconds */

struct job {
    struct dps_work work;
    struct dps_buffer out;
    enum dps_status status; /* DPS_OK or why there is no result */
    struct dps_error error;
    bool skipped; /* its results are kept already */
    double seconds_render;
};

struct batch {
    struct dps_engine *engine;
    const struct dps_batch_plan *plan;
    struct job *jobs;
    unsigned n_jobs, n_free;
    struct job **free_jobs; /* a stack */
    struct job **ring;      /* finished jobs by ticket % n_jobs (B1) */
    uint64_t next_ticket;   /* given out by the reading lock */
    uint64_t end_ticket;    /* number of tickets once the input has ended */
    bool ended, stopped;    /* no more input; give up */
    pthread_mutex_t read_lock, lock;
    pthread_cond_t freed, finished;
};

static double now(void) {
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec + (double)t.tv_nsec * 1e-9;
}

/* A record that failed is told and counted; anything else that fails ends the run. */
static bool is_of_record(enum dps_status status) {
    return status == DPS_INPUT || status == DPS_LIMIT || status == DPS_IO;
}

/* ---- one job ---- */

/* Read the next article; false at the end of the input. */
static bool job_read(struct batch *batch, struct job *job) {
    dps_pipeline_reset(&job->work);
    job->work.explained = batch->plan->explained;
    dps_buffer_clear(&job->out);
    job->seconds_render = 0;
    job->skipped = false;
    job->error = (struct dps_error){0};
    job->status = batch->plan->next(batch->plan->context, &job->work, &job->error);
    return job->status != DPS_END;
}

static void job_work(struct batch *batch, struct job *job) {
    const struct dps_batch_plan *plan = batch->plan;
    if (job->status == DPS_OK && plan->skip)
        job->status = plan->skip(plan->context, &job->work, &job->skipped, &job->error);
    if (job->status != DPS_OK || job->skipped) return;
    job->status = dps_pipeline_run(batch->engine, &job->work, plan->stage, &job->error);
    if (job->status != DPS_OK || !plan->render) return;
    double start = now();
    job->status = plan->render(plan->context, &job->work, &job->out, &job->error);
    if (job->status == DPS_OK && job->out.failed) job->status = dps_error_set(&job->error, DPS_MEMORY, "out of memory");
    job->seconds_render = now() - start;
}

static void count(struct dps_stats *stats, const struct job *job) {
    const struct dps_work *work = &job->work;
    stats->seconds_read += work->seconds[DPS_STAGE_READ];
    stats->seconds_text += work->seconds[DPS_STAGE_TEXT];
    stats->seconds_parse += work->seconds[DPS_STAGE_PARSE];
    stats->seconds_mention += work->seconds[DPS_STAGE_MENTION];
    stats->seconds_event += work->seconds[DPS_STAGE_EVENT];
    stats->seconds_output += job->seconds_render;
    if (job->status != DPS_OK) {
        stats->failed++;
        return;
    }
    stats->articles++;
    stats->known += job->skipped;
    stats->bytes += work->article.title.length + work->article.text.length;
    if (work->through >= DPS_STAGE_TEXT) {
        stats->words += work->text.n_tokens;
        stats->sentences += work->text.n_sentences;
    }
    if (work->through >= DPS_STAGE_EVENT) stats->events += work->events.n_events;
}

/* Hand a finished job's result on. Any status but DPS_OK ends the run. */
static enum dps_status job_write(const struct dps_batch_plan *plan, struct job *job, struct dps_stats *stats,
                                 struct dps_error *error) {
    if (job->status != DPS_OK && !is_of_record(job->status)) {
        if (error) *error = job->error;
        return job->status;
    }
    count(stats, job);
    if (job->status != DPS_OK) {
        if (plan->complain) plan->complain(plan->told, &job->error);
        return DPS_OK;
    }
    if (job->skipped) return DPS_OK;
    if (plan->stage >= DPS_STAGE_TEXT && job->work.through < plan->stage) stats->uncoded++;
    double start = now();
    if (plan->write) DPS_TRY(plan->write(plan->context, &job->work, dps_buffer_str(&job->out), error));
    stats->seconds_output += now() - start;
    if (job->out.capacity > KEEP_OUTPUT) dps_buffer_release(&job->out);
    return DPS_OK;
}

struct watch { /* tells the progress now and then */
    const struct dps_batch_plan *plan;
    double start, told;
};

static void watch_tell(struct watch *watch, struct dps_stats *stats) {
    if (!watch->plan->progress) return;
    double t = now();
    if (t - watch->told < PROGRESS_EVERY) return;
    watch->told = t;
    stats->seconds_wall = t - watch->start;
    watch->plan->progress(watch->plan->told, stats);
}

/* ---- one thread: the same three steps in turn ---- */

static enum dps_status run_alone(struct batch *batch, struct dps_stats *stats, struct watch *watch,
                                 struct dps_error *error) {
    struct job *job = &batch->jobs[0];
    while (job_read(batch, job)) {
        job_work(batch, job);
        DPS_TRY(job_write(batch->plan, job, stats, error));
        watch_tell(watch, stats);
    }
    return DPS_OK;
}

/* ---- many threads ---- */

/* Wait for a free job; NULL when the run was given up. */
static struct job *take_free(struct batch *batch) {
    struct job *job = NULL;
    pthread_mutex_lock(&batch->lock);
    while (!batch->n_free && !batch->stopped) pthread_cond_wait(&batch->freed, &batch->lock);
    if (!batch->stopped) job = batch->free_jobs[--batch->n_free];
    pthread_mutex_unlock(&batch->lock);
    return job;
}

/* The next article and its ticket; NULL at the end. Waiting for a free job under the reading lock is right: nobody else
 * could read either. */
static struct job *take_article(struct batch *batch, uint64_t *ticket) {
    struct job *job = NULL;
    pthread_mutex_lock(&batch->read_lock);
    if (!batch->ended && (job = take_free(batch))) {
        if (job_read(batch, job)) {
            *ticket = batch->next_ticket++;
        } else {
            job = NULL;
            batch->ended = true;
            pthread_mutex_lock(&batch->lock);
            batch->end_ticket = batch->next_ticket;
            pthread_cond_signal(&batch->finished);
            pthread_mutex_unlock(&batch->lock);
        }
    }
    pthread_mutex_unlock(&batch->read_lock);
    return job;
}

static void *worker(void *argument) {
    struct batch *batch = argument;
    uint64_t ticket;
    struct job *job;
    while ((job = take_article(batch, &ticket))) {
        job_work(batch, job);
        pthread_mutex_lock(&batch->lock);
        assert(!batch->ring[ticket % batch->n_jobs]); /* B1 */
        batch->ring[ticket % batch->n_jobs] = job;
        pthread_cond_signal(&batch->finished);
        pthread_mutex_unlock(&batch->lock);
    }
    return NULL;
}

/* The job of `ticket` once it is finished; NULL when the input ended before it. */
static struct job *await(struct batch *batch, uint64_t ticket) {
    pthread_mutex_lock(&batch->lock);
    struct job **slot = &batch->ring[ticket % batch->n_jobs];
    while (!*slot && ticket < batch->end_ticket) pthread_cond_wait(&batch->finished, &batch->lock);
    struct job *job = *slot;
    *slot = NULL;
    pthread_mutex_unlock(&batch->lock);
    return job;
}

static void give_free(struct batch *batch, struct job *job) {
    pthread_mutex_lock(&batch->lock);
    batch->free_jobs[batch->n_free++] = job;
    pthread_cond_signal(&batch->freed);
    pthread_mutex_unlock(&batch->lock);
}

static void give_up(struct batch *batch) {
    pthread_mutex_lock(&batch->lock);
    batch->stopped = true;
    pthread_cond_broadcast(&batch->freed);
    pthread_mutex_unlock(&batch->lock);
    pthread_mutex_lock(&batch->read_lock);
    batch->ended = true;
    pthread_mutex_unlock(&batch->read_lock);
}

static enum dps_status run_together(struct batch *batch, pthread_t *threads, unsigned n_threads,
                                    struct dps_stats *stats, struct watch *watch, struct dps_error *error) {
    unsigned started = 0;
    while (started < n_threads && !pthread_create(&threads[started], NULL, worker, batch)) started++;
    if (!started) return run_alone(batch, stats, watch, error); /* the system gives no threads: slower, not worse */
    enum dps_status status = DPS_OK;
    struct job *job;
    for (uint64_t ticket = 0; status == DPS_OK && (job = await(batch, ticket)); ticket++) {
        status = job_write(batch->plan, job, stats, error);
        give_free(batch, job);
        watch_tell(watch, stats);
    }
    give_up(batch);
    for (unsigned i = 0; i < started; i++) pthread_join(threads[i], NULL);
    return status;
}

/* ---- begin and end ---- */

static unsigned thread_count(unsigned asked) {
    if (!asked) {
        long cores = sysconf(_SC_NPROCESSORS_ONLN);
        asked = cores > 0 ? (unsigned)cores : 1;
    }
    return asked < DPS_BATCH_MAX_THREADS ? asked : DPS_BATCH_MAX_THREADS;
}

static void jobs_release(struct batch *batch) {
    for (unsigned i = 0; batch->jobs && i < batch->n_jobs; i++) {
        dps_pipeline_release(&batch->jobs[i].work);
        dps_buffer_release(&batch->jobs[i].out);
    }
    free(batch->jobs);
    free(batch->free_jobs);
    free(batch->ring);
}

static enum dps_status jobs_init(struct batch *batch, unsigned n_jobs, struct dps_error *error) {
    batch->jobs = calloc(n_jobs, sizeof *batch->jobs);
    batch->free_jobs = calloc(n_jobs, sizeof(struct job *));
    batch->ring = calloc(n_jobs, sizeof(struct job *));
    if (!batch->jobs || !batch->free_jobs || !batch->ring) return dps_error_set(error, DPS_MEMORY, "out of memory");
    batch->n_jobs = n_jobs;
    for (unsigned i = 0; i < n_jobs; i++) {
        dps_pipeline_init(&batch->jobs[i].work);
        batch->free_jobs[batch->n_free++] = &batch->jobs[n_jobs - 1 - i];
    }
    return DPS_OK;
}

static uint64_t peak_bytes(void) {
    struct rusage usage;
    return getrusage(RUSAGE_SELF, &usage) ? 0 : (uint64_t)usage.ru_maxrss * 1024;
}

enum dps_status dps_batch_each(struct dps_engine *engine, const struct dps_batch_plan *plan, struct dps_stats *stats,
                               struct dps_error *error) {
    struct dps_stats unasked;
    if (!stats) stats = &unasked;
    *stats = (struct dps_stats){0};
    struct batch batch = {.engine = engine,
                          .plan = plan,
                          .end_ticket = UINT64_MAX,
                          .read_lock = PTHREAD_MUTEX_INITIALIZER,
                          .lock = PTHREAD_MUTEX_INITIALIZER,
                          .freed = PTHREAD_COND_INITIALIZER,
                          .finished = PTHREAD_COND_INITIALIZER};
    struct watch watch = {.plan = plan, .start = now()};
    unsigned threads = thread_count(plan->threads);
    pthread_t *handles = calloc(threads, sizeof *handles);
    enum dps_status status = handles ? jobs_init(&batch, threads == 1 ? 1 : threads * JOBS_A_THREAD, error)
                                     : dps_error_set(error, DPS_MEMORY, "out of memory");
    if (status == DPS_OK)
        status = threads == 1 ? run_alone(&batch, stats, &watch, error)
                              : run_together(&batch, handles, threads, stats, &watch, error);
    jobs_release(&batch);
    free(handles);
    stats->seconds_wall = now() - watch.start;
    stats->peak_bytes = peak_bytes();
    return status;
}
