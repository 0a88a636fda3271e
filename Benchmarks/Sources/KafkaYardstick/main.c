// The yardstick of the Kafka transport: the same job message with the same three headers, sent by librdkafka alone.
//
//     KafkaYardstick BROKERS TOPIC COUNT ready|snprintf|single [WINDOW LINGER]
//
// ready sends bytes that are there; snprintf writes each message first; single waits for each record, with linger 0. With a
// WINDOW, at most so many records are without a report at any time. LINGER is in milliseconds, 10 without it.
// Prints records a second, and microseconds of CPU for one record, of all threads.

#include <librdkafka/rdkafka.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <time.h>

// The bytes of our message: fields, sizes, and an id that differs from all others and does not compress.
static const char *format =
    "{\"metadata\":{\"message_id\":\"job-%s-1735689600000-%08x-%04x-4%03x-a%03x-%012llx\","
    "\"message_type\":\"job.completed\",\"timestamp\":\"2025-01-01T00:00:%02u.%06uZ\","
    "\"source_service\":\"tda-backend\",\"correlation_id\":\"%s\",\"version\":\"1.0\"},\"payload\":{\"job_id\":\"%s\","
    "\"status\":\"completed\",\"algorithm\":\"vietoris_rips\",\"execution_time\":12.5,\"result_id\":\"res-7b1d\"}}";

enum { message_size = 512, ready_messages = 32768 };

static unsigned long long random_number(void) {
    // xorshift64*
    static unsigned long long state = 0x9E3779B97F4A7C15;
    state ^= state >> 12;
    state ^= state << 25;
    state ^= state >> 27;
    return state * 0x2545F4914F6CDD1D;
}

static int write_message(char *text, const char *job, long number) {
    unsigned long long first = random_number(), second = random_number();
    return snprintf(
        text, message_size, format, job, (unsigned)(first >> 32), (unsigned)(first >> 16 & 0xFFFF),
        (unsigned)(first & 0xFFF), (unsigned)(second >> 48 & 0xFFF), second & 0xFFFFFFFFFFFF,
        (unsigned)(number / 1000000 % 60), (unsigned)(number % 1000000), job, job);
}

static long delivered;
static long failed;

static void report(rd_kafka_t *client, const rd_kafka_message_t *message, void *opaque) {
    (void)client;
    (void)opaque;
    if (message->err) {
        failed++;
    } else {
        delivered++;
    }
}

static void set(rd_kafka_conf_t *configuration, const char *name, const char *value) {
    char reason[256];
    if (rd_kafka_conf_set(configuration, name, value, reason, sizeof reason) == RD_KAFKA_CONF_OK) return;
    fprintf(stderr, "error: %s\n", reason);
    exit(1);
}

static double seconds(clockid_t clock) {
    struct timespec time;
    clock_gettime(clock, &time);
    return (double)time.tv_sec + (double)time.tv_nsec / 1e9;
}

static double cpu(void) {
    struct rusage usage;
    getrusage(RUSAGE_SELF, &usage);
    return (double)usage.ru_utime.tv_sec + (double)usage.ru_utime.tv_usec / 1e6 + (double)usage.ru_stime.tv_sec
        + (double)usage.ru_stime.tv_usec / 1e6;
}

static int compare(const void *left, const void *right) {
    double difference = *(const double *)left - *(const double *)right;
    return difference < 0 ? -1 : difference > 0;
}

int main(int count, char **arguments) {
    if (count != 5 && count != 7) {
        fprintf(stderr, "usage: %s BROKERS TOPIC COUNT ready|snprintf|single [WINDOW LINGER]\n", arguments[0]);
        return 64;
    }
    long records = atol(arguments[3]);
    int encodes = strcmp(arguments[4], "snprintf") == 0;
    int single = strcmp(arguments[4], "single") == 0;
    long window = count == 7 ? atol(arguments[5]) : records;

    rd_kafka_conf_t *configuration = rd_kafka_conf_new();
    set(configuration, "bootstrap.servers", arguments[1]);
    set(configuration, "acks", "all");
    set(configuration, "enable.idempotence", "true");
    set(configuration, "compression.type", "lz4");
    set(configuration, "linger.ms", single ? "0" : count == 7 ? arguments[6] : "10");
    set(configuration, "batch.size", "65536");
    set(configuration, "queue.buffering.max.kbytes", "32768");
    set(configuration, "queue.buffering.max.messages", "262144");
    set(configuration, "partitioner", "murmur2_random");
    set(configuration, "socket.nagle.disable", "true");
    rd_kafka_conf_set_dr_msg_cb(configuration, report);
    char reason[256];
    rd_kafka_t *client = rd_kafka_new(RD_KAFKA_PRODUCER, configuration, reason, sizeof reason);
    if (!client) {
        fprintf(stderr, "error: %s\n", reason);
        return 1;
    }
    rd_kafka_topic_t *topic = rd_kafka_topic_new(client, arguments[2], NULL);
    const struct rd_kafka_metadata *metadata;
    if (rd_kafka_metadata(client, 0, topic, &metadata, 10000)) {
        fprintf(stderr, "error: no broker answers\n");
        return 1;
    }
    rd_kafka_metadata_destroy(metadata);

    // Keys differ, so that all partitions are used; and so do messages, as those of a service do.
    char *ready = malloc((size_t)ready_messages * message_size);
    int *sizes = malloc(ready_messages * sizeof *sizes);
    for (long number = 0; number < ready_messages; number++) {
        char job[40];
        snprintf(job, sizeof job, "job-%ld", number & 1023);
        sizes[number] = write_message(ready + number * message_size, job, number);
    }
    double *times = single ? calloc((size_t)records, sizeof *times) : NULL;

    double wall = seconds(CLOCK_MONOTONIC), start = cpu();
    for (long number = 0; number < records; number++) {
        char text[message_size], job[40];
        int key_size = snprintf(job, sizeof job, "job-%ld", number & 1023);
        const char *value = ready + (number % ready_messages) * message_size;
        int size = sizes[number % ready_messages];
        if (encodes) {
            size = write_message(text, job, number);
            value = text;
        }
        rd_kafka_headers_t *headers = rd_kafka_headers_new(3);
        rd_kafka_header_add(headers, "content-type", -1, "application/json", 16);
        rd_kafka_header_add(headers, "message-type", -1, "job.completed", 13);
        rd_kafka_header_add(headers, "correlation-id", -1, job, key_size);
        rd_kafka_vu_t units[6] = {
            {.vtype = RD_KAFKA_VTYPE_RKT, .u.rkt = topic},
            {.vtype = RD_KAFKA_VTYPE_KEY, .u.mem = {job, (size_t)key_size}},
            {.vtype = RD_KAFKA_VTYPE_VALUE, .u.mem = {(void *)value, (size_t)size}},
            {.vtype = RD_KAFKA_VTYPE_MSGFLAGS, .u.i = encodes ? RD_KAFKA_MSG_F_COPY : 0},
            {.vtype = RD_KAFKA_VTYPE_HEADERS, .u.headers = headers},
        };
        while (number - delivered - failed >= window) rd_kafka_poll(client, 100);
        double before = single ? seconds(CLOCK_MONOTONIC) : 0;
        rd_kafka_error_t *error;
        while ((error = rd_kafka_produceva(client, units, 5))) {
            if (rd_kafka_error_code(error) != RD_KAFKA_RESP_ERR__QUEUE_FULL) {
                fprintf(stderr, "error: %s\n", rd_kafka_error_string(error));
                return 1;
            }
            rd_kafka_error_destroy(error);
            rd_kafka_poll(client, 10);
        }
        if (single) {
            while (delivered + failed <= number) rd_kafka_poll(client, 1000);
            times[number] = seconds(CLOCK_MONOTONIC) - before;
        } else if ((number & 127) == 0) {
            rd_kafka_poll(client, 0);
        }
    }
    while (delivered + failed < records) rd_kafka_poll(client, 100);
    wall = seconds(CLOCK_MONOTONIC) - wall;
    double used = cpu() - start;
    if (failed) {
        fprintf(stderr, "error: %ld records failed\n", failed);
        return 1;
    }
    if (single) {
        qsort(times, (size_t)records, sizeof *times, compare);
        printf("%.0f %.1f\n", times[records / 2] * 1e6, times[records * 99 / 100] * 1e6);
    } else {
        printf("%.0f %.3f\n", (double)records / wall, used / (double)records * 1e6);
    }
    rd_kafka_topic_destroy(topic);
    rd_kafka_destroy(client);
    free(times);
    free(sizes);
    free(ready);
    return 0;
}
