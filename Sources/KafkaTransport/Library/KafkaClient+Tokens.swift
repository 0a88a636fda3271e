import CRdKafka
import EventContracts

#if canImport(FoundationEssentials)
import FoundationEssentials
#else
import Foundation
#endif

extension KafkaClient {
    /// Gets a token and passes it to the library. Called by the library's event, at the start and before a token expires.
    func refreshToken() {
        // Without a provider, the library has a source of its own.
        guard let provider = properties.tokenProvider else { return }
        Task {
            do {
                try await set(try await provider())
            } catch {
                // The error may be the provider's own, whose description could contain anything: report only its type.
                let reason = (error as? KafkaError)?.description ?? "the token provider failed: \(type(of: error))"
                // Fails only where the client is closed, which needs no token any more.
                try? await request { instance in
                    rd_kafka_oauthbearer_set_token_failure(instance, reason)
                    return .success(())
                }
            }
        }
    }

    private func set(_ token: KafkaToken) async throws(KafkaError) {
        // Bounded, since the library computes with microseconds since 1970.
        let lifetime = token.lifetime.bounded
        let expiry = Int64(Date().timeIntervalSince1970 * 1000) + Int64(lifetime.milliseconds)
        try await request { instance in
            var reason = [CChar](repeating: 0, count: 256)
            // The strings live until the call returns, and the library copies them.
            let texts = token.extensions.sorted { $0.key < $1.key }.flatMap { [$0.key, $0.value] }
            var pointers = texts.map { UnsafePointer<CChar>(strdup($0)) }
            defer { for pointer in pointers { free(UnsafeMutablePointer(mutating: pointer)) } }
            let code = rd_kafka_oauthbearer_set_token(
                instance, token.value.reveal(), expiry, token.principal, &pointers, pointers.count, &reason,
                reason.count)
            guard code != RD_KAFKA_RESP_ERR_NO_ERROR else { return .success(()) }
            let words = ClientProperties.text(reason).replacing(token.value.reveal(), with: "<redacted>")
            return .failure(KafkaError(code, detail: words))
        }
    }
}
