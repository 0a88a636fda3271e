#ifndef EVENT_CONTRACTS_LIBCRYPTO_H
#define EVENT_CONTRACTS_LIBCRYPTO_H

#if !__has_include(<openssl/evp.h>)
#error "MessageEncryption needs OpenSSL 3: apt-get install libssl-dev"
#endif

// The functions of SHA-256 whose state is a value.
#define OPENSSL_SUPPRESS_DEPRECATED

#include <openssl/crypto.h>
#include <openssl/evp.h>
#include <openssl/rand.h>
#include <openssl/sha.h>

#endif
