#ifndef EVENT_CONTRACTS_CURL_H
#define EVENT_CONTRACTS_CURL_H

#if !__has_include(<curl/curl.h>)
#error "SchemaRegistry needs libcurl: apt-get install libcurl4-openssl-dev, or the headers of macOS's SDK"
#endif

#include <curl/curl.h>

// Swift can't call functions with variable arguments.

static inline CURLcode event_contracts_set_number(CURL *transfer, CURLoption option, long value) {
    return curl_easy_setopt(transfer, option, value);
}

/// Sets an option that the library copies.
static inline CURLcode event_contracts_set_text(CURL *transfer, CURLoption option, const char *value) {
    return curl_easy_setopt(transfer, option, value);
}

/// Sets an option whose value must stay in place until the transfer ends.
static inline CURLcode event_contracts_set_pointer(CURL *transfer, CURLoption option, void *value) {
    return curl_easy_setopt(transfer, option, value);
}

static inline CURLcode event_contracts_set_body(CURL *transfer, const void *bytes, long long count) {
    CURLcode code = curl_easy_setopt(transfer, CURLOPT_POSTFIELDSIZE_LARGE, (curl_off_t)count);
    if (code != CURLE_OK) return code;
    return curl_easy_setopt(transfer, CURLOPT_COPYPOSTFIELDS, bytes);
}

typedef size_t (*event_contracts_receiver)(char *bytes, size_t size, size_t count, void *context);

static inline CURLcode event_contracts_set_receiver(CURL *transfer, event_contracts_receiver receiver, void *context) {
    CURLcode code = curl_easy_setopt(transfer, CURLOPT_WRITEDATA, context);
    if (code != CURLE_OK) return code;
    return curl_easy_setopt(transfer, CURLOPT_WRITEFUNCTION, receiver);
}

static inline long event_contracts_status(CURL *transfer) {
    long status = 0;
    curl_easy_getinfo(transfer, CURLINFO_RESPONSE_CODE, &status);
    return status;
}

/// Makes redirects keep the method, and allows them within http and https, or https alone.
static inline CURLcode event_contracts_follow_redirects(CURL *transfer, int https_only) {
    CURLcode code = curl_easy_setopt(transfer, CURLOPT_FOLLOWLOCATION, 1L);
    if (code == CURLE_OK) code = curl_easy_setopt(transfer, CURLOPT_MAXREDIRS, 5L);
    if (code == CURLE_OK) code = curl_easy_setopt(transfer, CURLOPT_POSTREDIR, (long)CURL_REDIR_POST_ALL);
    if (code != CURLE_OK) return code;
#if LIBCURL_VERSION_NUM >= 0x075500
    code = curl_easy_setopt(transfer, CURLOPT_PROTOCOLS_STR, "http,https");
    if (code != CURLE_OK) return code;
    return curl_easy_setopt(transfer, CURLOPT_REDIR_PROTOCOLS_STR, https_only ? "https" : "http,https");
#else
    code = curl_easy_setopt(transfer, CURLOPT_PROTOCOLS, (long)(CURLPROTO_HTTP | CURLPROTO_HTTPS));
    if (code != CURLE_OK) return code;
    return curl_easy_setopt(
        transfer, CURLOPT_REDIR_PROTOCOLS, (long)(https_only ? CURLPROTO_HTTPS : CURLPROTO_HTTP | CURLPROTO_HTTPS));
#endif
}

#endif
