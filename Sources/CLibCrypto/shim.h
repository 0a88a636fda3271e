#ifndef EVENT_CONTRACTS_LIBCRYPTO_H
#define EVENT_CONTRACTS_LIBCRYPTO_H

#if !__has_include(<openssl/evp.h>)
#error "MessageEncryption needs OpenSSL 3: apt-get install libssl-dev"
#endif

#include <openssl/core_names.h>
#include <openssl/crypto.h>
#include <openssl/evp.h>
#include <openssl/params.h>
#include <openssl/rand.h>

/// A context for HMAC-SHA256 under a key, owned by the caller; NULL where the library has none.
static inline EVP_MAC_CTX *event_contracts_hmac_sha256(const unsigned char *key, size_t size) {
    EVP_MAC *algorithm = EVP_MAC_fetch(NULL, "HMAC", NULL);
    if (!algorithm) return NULL;
    EVP_MAC_CTX *context = EVP_MAC_CTX_new(algorithm);
    EVP_MAC_free(algorithm);
    if (!context) return NULL;
    char digest[] = "SHA256";
    OSSL_PARAM parameters[] = {
        OSSL_PARAM_construct_utf8_string(OSSL_MAC_PARAM_DIGEST, digest, 0), OSSL_PARAM_construct_end()};
    if (EVP_MAC_init(context, key, size, parameters) == 1) return context;
    EVP_MAC_CTX_free(context);
    return NULL;
}

#endif
