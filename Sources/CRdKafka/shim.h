#ifndef EVENT_CONTRACTS_RDKAFKA_H
#define EVENT_CONTRACTS_RDKAFKA_H

#if !__has_include(<librdkafka/rdkafka.h>)
#error "KafkaTransport needs librdkafka: apt-get install librdkafka-dev, or brew install librdkafka"
#endif

#include <dlfcn.h>
#include <errno.h>
#include <librdkafka/rdkafka.h>
#include <librdkafka/rdkafka_mock.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/// Hands a record over without copying its value, which must stay in place until its delivery report.
///
/// On success the library owns the headers; on failure they are destroyed here. A list of headers of our own is used even for
/// one header: librdkafka 2.0.2 frees single headers twice where the partition does not exist.
///
/// @param key NULL for a record without a key.
/// @param value NULL for a record without a value.
/// @param headers NULL for none.
/// @param timestamp In milliseconds since 1970; 0 for the time of the call.
static inline rd_kafka_resp_err_t event_contracts_produce(
    rd_kafka_t *client, rd_kafka_topic_t *topic, int32_t partition, const void *key, size_t key_size, const void *value,
    size_t value_size, rd_kafka_headers_t *headers, int64_t timestamp, void *opaque) {
    rd_kafka_vu_t units[7];
    size_t count = 0;
    units[count].vtype = RD_KAFKA_VTYPE_RKT;
    units[count++].u.rkt = topic;
    units[count].vtype = RD_KAFKA_VTYPE_PARTITION;
    units[count++].u.i32 = partition;
    units[count].vtype = RD_KAFKA_VTYPE_KEY;
    units[count].u.mem.ptr = (void *)key;
    units[count++].u.mem.size = key_size;
    units[count].vtype = RD_KAFKA_VTYPE_VALUE;
    units[count].u.mem.ptr = (void *)value;
    units[count++].u.mem.size = value_size;
    units[count].vtype = RD_KAFKA_VTYPE_OPAQUE;
    units[count++].u.ptr = opaque;
    units[count].vtype = RD_KAFKA_VTYPE_TIMESTAMP;
    units[count++].u.i64 = timestamp;
    if (headers) {
        units[count].vtype = RD_KAFKA_VTYPE_HEADERS;
        units[count++].u.headers = headers;
    }
    rd_kafka_error_t *error = rd_kafka_produceva(client, units, count);
    if (!error) return RD_KAFKA_RESP_ERR_NO_ERROR;
    rd_kafka_resp_err_t code = rd_kafka_error_code(error);
    rd_kafka_error_destroy(error);
    if (headers) rd_kafka_headers_destroy(headers);
    return code;
}

/// The reason why a file can't be read; NULL where it can.
static inline const char *event_contracts_file_problem(const char *path) {
    return access(path, R_OK) == 0 ? NULL : strerror(errno);
}

// IncrementalAlterConfigs came with librdkafka 2.2.0. The functions are looked up in the library that is loaded, because
// it can be newer than the headers.

static inline void *event_contracts_symbol(const char *name) {
    // The main program's handle: it finds the symbols of all libraries that are loaded at start.
    void *program = dlopen(NULL, RTLD_LAZY);
    if (!program) return NULL;
    void *symbol = dlsym(program, name);
    dlclose(program);
    return symbol;
}

/// Whether the loaded library alters single configs.
static inline int event_contracts_can_alter_incrementally(void) {
    return event_contracts_symbol("rd_kafka_IncrementalAlterConfigs") != NULL
        && event_contracts_symbol("rd_kafka_ConfigResource_add_incremental_config") != NULL
        && event_contracts_symbol("rd_kafka_event_IncrementalAlterConfigs_result") != NULL
        && event_contracts_symbol("rd_kafka_IncrementalAlterConfigs_result_resources") != NULL;
}

/// Adds the change of one config to a resource. Only where event_contracts_can_alter_incrementally().
static inline rd_kafka_error_t *event_contracts_set_incrementally(
    rd_kafka_ConfigResource_t *resource, const char *name, const char *value) {
    typedef rd_kafka_error_t *(*function)(rd_kafka_ConfigResource_t *, const char *, int, const char *);
    // Operation 0 is SET.
    return ((function)event_contracts_symbol("rd_kafka_ConfigResource_add_incremental_config"))(
        resource, name, 0, value);
}

/// Requests the changes. Only where event_contracts_can_alter_incrementally().
static inline void event_contracts_alter_incrementally(
    rd_kafka_t *client, rd_kafka_ConfigResource_t **resources, size_t count, const rd_kafka_AdminOptions_t *options,
    rd_kafka_queue_t *queue) {
    typedef void (*function)(
        rd_kafka_t *, rd_kafka_ConfigResource_t **, size_t, const rd_kafka_AdminOptions_t *, rd_kafka_queue_t *);
    ((function)event_contracts_symbol("rd_kafka_IncrementalAlterConfigs"))(client, resources, count, options, queue);
}

/// The resources of a result event, owned by the event; NULL where it is not a result of incremental changes.
static inline const rd_kafka_ConfigResource_t **event_contracts_incremental_result(
    rd_kafka_event_t *event, size_t *count) {
    typedef const void *(*event_function)(rd_kafka_event_t *);
    typedef const rd_kafka_ConfigResource_t **(*resources_function)(const void *, size_t *);
    *count = 0;
    const void *result = ((event_function)event_contracts_symbol("rd_kafka_event_IncrementalAlterConfigs_result"))(event);
    if (!result) return NULL;
    return ((resources_function)event_contracts_symbol("rd_kafka_IncrementalAlterConfigs_result_resources"))(result, count);
}

#endif
