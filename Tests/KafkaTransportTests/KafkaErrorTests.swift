import CRdKafka
import Foundation
import TestSupport
import Testing

@testable import KafkaTransport

@Suite("Kafka errors")
struct KafkaErrorTests {
    /// Errors of consumers, transactions, telemetry, share groups and the brokers' own traffic.
    private static let elsewhere: Set<String> = [
        // The library reports a batch that the broker has already as delivered.
        "DUPLICATE_SEQUENCE_NUMBER",
        "_BEGIN", "_END", "NO_ERROR", "_PARTITION_EOF", "_UNKNOWN_GROUP", "_EXISTING_SUBSCRIPTION",
        "_ASSIGN_PARTITIONS", "_REVOKE_PARTITIONS", "_NO_OFFSET", "_KEY_SERIALIZATION", "_VALUE_SERIALIZATION",
        "_KEY_DESERIALIZATION", "_VALUE_DESERIALIZATION", "_MAX_POLL_EXCEEDED", "_ASSIGNMENT_LOST", "_NOOP",
        "_AUTO_OFFSET_RESET", "_LOG_TRUNCATION", "OFFSET_OUT_OF_RANGE", "OFFSET_METADATA_TOO_LARGE",
        "ILLEGAL_GENERATION", "INCONSISTENT_GROUP_PROTOCOL", "INVALID_GROUP_ID", "UNKNOWN_MEMBER_ID",
        "INVALID_SESSION_TIMEOUT", "REBALANCE_IN_PROGRESS", "INVALID_COMMIT_OFFSET_SIZE", "INVALID_TXN_STATE",
        "INVALID_TRANSACTION_TIMEOUT", "CONCURRENT_TRANSACTIONS", "TRANSACTION_COORDINATOR_FENCED",
        "DELEGATION_TOKEN_AUTH_DISABLED", "DELEGATION_TOKEN_NOT_FOUND", "DELEGATION_TOKEN_OWNER_MISMATCH",
        "DELEGATION_TOKEN_REQUEST_NOT_ALLOWED", "DELEGATION_TOKEN_EXPIRED", "INVALID_PRINCIPAL_TYPE",
        "NON_EMPTY_GROUP", "GROUP_ID_NOT_FOUND", "FETCH_SESSION_ID_NOT_FOUND", "INVALID_FETCH_SESSION_EPOCH",
        "LISTENER_NOT_FOUND", "MEMBER_ID_REQUIRED", "GROUP_MAX_SIZE_REACHED", "FENCED_INSTANCE_ID",
        "ELECTION_NOT_NEEDED", "NO_REASSIGNMENT_IN_PROGRESS", "GROUP_SUBSCRIBED_TO_TOPIC",
        "UNSTABLE_OFFSET_COMMIT", "INCONSISTENT_VOTER_SET", "INVALID_UPDATE_VERSION", "FEATURE_UPDATE_FAILED",
        "FENCED_MEMBER_EPOCH", "UNRELEASED_INSTANCE_ID", "UNSUPPORTED_ASSIGNOR", "STALE_MEMBER_EPOCH",
        "MISMATCHED_ENDPOINT_TYPE", "UNSUPPORTED_ENDPOINT_TYPE", "UNKNOWN_CONTROLLER_ID",
        "UNKNOWN_SUBSCRIPTION_ID", "TELEMETRY_TOO_LARGE", "INVALID_REGISTRATION", "TRANSACTION_ABORTABLE",
        "INVALID_RECORD_STATE", "SHARE_SESSION_NOT_FOUND", "INVALID_SHARE_SESSION_EPOCH", "FENCED_STATE_EPOCH",
        "INVALID_VOTER_KEY", "DUPLICATE_VOTER", "VOTER_NOT_FOUND", "INVALID_REGULAR_EXPRESSION",
        "STREAMS_INVALID_TOPOLOGY", "STREAMS_INVALID_TOPOLOGY_EPOCH", "STREAMS_TOPOLOGY_FENCED",
        "SHARE_SESSION_LIMIT_REACHED",
    ]

    /// All errors that the loaded library knows, by code.
    private var libraryErrors: [Int32: String] {
        var descriptions: UnsafePointer<rd_kafka_err_desc>?
        var count = 0
        rd_kafka_get_err_descs(&descriptions, &count)
        let all = UnsafeBufferPointer(start: descriptions, count: count).compactMap { entry in
            entry.name.map { (entry.code.rawValue, String(cString: $0)) }
        }
        return Dictionary(all) { first, _ in first }
    }

    @Test("each error of the library is in the table, or belongs to something that we never do")
    func complete() {
        let names = Set(KafkaErrorTable.entries.map(\.name))
        #expect(libraryErrors.count > 150)
        #expect(Set(libraryErrors.values).subtracting(names).subtracting(Self.elsewhere) == [])
        #expect(names.intersection(Self.elsewhere) == [])
    }

    @Test("the table's codes are the library's")
    func codes() {
        let known = libraryErrors
        for entry in KafkaErrorTable.entries where known[entry.code] != nil {
            #expect(known[entry.code] == entry.name)
        }
    }

    @Test("the documentation lists the table")
    func documentation() throws {
        let path = OutsideProgram.root.appending(path: "Sources/EventContracts/EventContracts.docc/KafkaErrors.md")
        let text = try String(contentsOf: path, encoding: .utf8)
        #expect(text == KafkaErrorTable.documentation, "write the table's documentation to \(path.path)")
    }

    @Test("a broker's message is added, the library's is not repeated")
    func words() {
        let plain = KafkaError(RD_KAFKA_RESP_ERR_UNKNOWN_TOPIC_OR_PART, detail: "Broker: Unknown topic or partition")
        #expect(plain.message == "the topic or the partition does not exist")
        #expect(plain.kind == .unknownTopic)
        let detailed = KafkaError(RD_KAFKA_RESP_ERR_POLICY_VIOLATION, detail: "only 3 partitions here")
        #expect(detailed.message == "a policy of the broker refused the request: only 3 partitions here")
        #expect(
            detailed.description == "a policy of the broker refused the request: only 3 partitions here "
                + "[POLICY_VIOLATION]; read the policy's message, and change the contract or the policy")
    }

    @Test("a refused client certificate is an authorization error, however the library calls it")
    func refusedCertificate() {
        let error = KafkaError(
            RD_KAFKA_RESP_ERR__TRANSPORT,
            detail:
                "ssl://b:9093/bootstrap: Receive failed: SSL error: sslv3 alert bad certificate: SSL alert number 42")
        #expect(error.kind == .authorization)
        #expect(error.advice.contains("KAFKA_SSL_CERTFILE"))
        let untrusted = KafkaError(RD_KAFKA_RESP_ERR__SSL, detail: "error:0A000086: certificate verify failed: ...")
        #expect(untrusted.kind == .encryption)
        #expect(untrusted.advice.contains("KAFKA_SSL_CAFILE"))
    }

    @Test("an error that is not in the table is a fault with the library's text")
    func unknownCode() {
        let error = KafkaError(rd_kafka_resp_err_t(rawValue: 29_999))
        #expect(error.kind == .fault)
        #expect(!error.message.isEmpty)
    }
}
