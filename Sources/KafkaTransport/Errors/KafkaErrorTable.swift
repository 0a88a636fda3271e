import CRdKafka

/// The errors of producers and administrators, with their meaning and advice.
///
/// Left out are the errors of consumers, transactions and the brokers' own traffic, which nothing here can cause.
package enum KafkaErrorTable {
    package struct Entry: Sendable {
        package let code: Int32
        package let name: String
        package let kind: KafkaError.Kind
        package let presence: KafkaError.Presence
        package let isRetriable: Bool
        package let words: String
        package let advice: String

        init(
            _ code: Int32, _ name: String, _ kind: KafkaError.Kind, presence: KafkaError.Presence = .absent,
            isRetriable: Bool = false, _ words: String, advice: String
        ) {
            self.code = code
            self.name = name
            self.kind = kind
            self.presence = presence
            self.isRetriable = isRetriable
            self.words = words
            self.advice = advice
        }
    }

    /// All entries: the client's own errors first.
    package static let entries = clientErrors + brokerErrors

    private static let entriesByCode = Dictionary(uniqueKeysWithValues: entries.map { ($0.code, $0) })

    static func entry(of code: rd_kafka_resp_err_t) -> Entry? { entriesByCode[code.rawValue] }

    /// The table in Markdown: `KafkaErrors.md` of `EventContracts.docc`.
    package static var documentation: String {
        var text = """
            # Kafka's errors

            An error of the Kafka transport or of `event-contracts-deploy` ends with librdkafka's name of it in brackets. Names
            that begin with `_` are the client's own, the others are a broker's. *Unknown* means that the record may be in the
            topic all the same; of the others it is not.

            | error | kind | record | retry | meaning | what to do |
            | --- | --- | --- | --- | --- | --- |

            """
        for entry in entries {
            text += "| `\(entry.name)` | \(entry.kind.rawValue) | \(entry.presence.rawValue) "
            text += "| \(entry.isRetriable ? "yes" : "no") | \(entry.words) | \(entry.advice) |\n"
        }
        return text
    }
}
