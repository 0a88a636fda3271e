// The yardstick of scripts/test-faults: sends numbered records by librdkafka alone, and writes the outcome of each.
//
//     KafkaFaultYardstick BROKERS TOPIC COUNT
//
// Writes "O NUMBER MILLISECONDS" for each record, with O = A (acknowledged), F (failed) or U (unknown).

#include <librdkafka/rdkafka.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

static long outcomes;

static void report(rd_kafka_t *client, const rd_kafka_message_t *message, void *opaque) {
    (void)client;
    (void)opaque;
    struct timespec time;
    clock_gettime(CLOCK_REALTIME, &time);
    rd_kafka_msg_status_t status = rd_kafka_message_status(message);
    printf("%c %ld %lld\n", !message->err ? 'A' : status == RD_KAFKA_MSG_STATUS_NOT_PERSISTED ? 'F' : 'U',
           (long)(intptr_t)message->_private, (long long)time.tv_sec * 1000 + time.tv_nsec / 1000000);
    outcomes++;
}

static void set(rd_kafka_conf_t *configuration, const char *name, const char *value) {
    char reason[256];
    if (rd_kafka_conf_set(configuration, name, value, reason, sizeof reason) == RD_KAFKA_CONF_OK) return;
    fprintf(stderr, "error: %s\n", reason);
    exit(1);
}

int main(int count, char **arguments) {
    if (count != 4) return 64;
    long records = atol(arguments[3]);
    rd_kafka_conf_t *configuration = rd_kafka_conf_new();
    set(configuration, "bootstrap.servers", arguments[1]);
    set(configuration, "enable.idempotence", "true");
    set(configuration, "compression.type", "lz4");
    set(configuration, "linger.ms", "10");
    set(configuration, "partitioner", "murmur2_random");
    set(configuration, "delivery.timeout.ms", "60000");
    set(configuration, "log_level", "0");
    rd_kafka_conf_set_dr_msg_cb(configuration, report);
    char reason[256];
    rd_kafka_t *client = rd_kafka_new(RD_KAFKA_PRODUCER, configuration, reason, sizeof reason);
    if (!client) {
        fprintf(stderr, "error: %s\n", reason);
        return 1;
    }
    for (long number = 0; number < records; number++) {
        char key[32], value[64];
        snprintf(key, sizeof key, "job-%ld", number % 100);
        snprintf(value, sizeof value, "{\"payload\":{\"execution_time\":%ld}}", number);
        for (;;) {
            rd_kafka_resp_err_t code = rd_kafka_producev(
                client, RD_KAFKA_V_TOPIC(arguments[2]), RD_KAFKA_V_KEY(key, strlen(key)),
                RD_KAFKA_V_VALUE(value, strlen(value)), RD_KAFKA_V_MSGFLAGS(RD_KAFKA_MSG_F_COPY),
                RD_KAFKA_V_OPAQUE((void *)(intptr_t)number), RD_KAFKA_V_END);
            if (code != RD_KAFKA_RESP_ERR__QUEUE_FULL) {
                if (code) {
                    // After a fatal error the client takes no more.
                    printf("F %ld 0\n", number);
                    outcomes++;
                }
                break;
            }
            rd_kafka_poll(client, 10);
        }
        rd_kafka_poll(client, 0);
        // Some 20,000 a second.
        if (number % 20 == 0) nanosleep(&(struct timespec){.tv_nsec = 1000000}, NULL);
    }
    while (outcomes < records) rd_kafka_poll(client, 100);
    rd_kafka_destroy(client);
    return 0;
}
