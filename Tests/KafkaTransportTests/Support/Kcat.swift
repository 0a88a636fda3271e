import Foundation
import TestSupport

/// Reads topics with kcat, a client that is not ours.
enum Kcat {
    struct Message: Hashable {
        var partition: Int
        var offset: Int
        var timestamp: Int
        var key: String?
        var payload: String?
        /// Names and values in turn.
        var headers: [String]
    }

    struct Failure: Error {
        var output: String
    }

    /// All records of a topic, each a line of JSON: those of each partition in order.
    static func lines(of topic: String, from address: String) throws -> String {
        let outcome = try OutsideProgram.kcat().run(
            "-C", "-q", "-e", "-J", "-o", "beginning", "-b", address, "-t", topic)
        guard outcome.status == 0 else { throw Failure(output: outcome.output) }
        return outcome.output
    }

    /// All records of a topic: those of each partition in order.
    static func read(_ topic: String, from address: String) throws -> [Message] {
        try lines(of: topic, from: address).split(separator: "\n").map { line in
            guard let object = try JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any],
                let partition = object["partition"] as? Int, let offset = object["offset"] as? Int,
                let timestamp = object["ts"] as? Int
            else { throw Failure(output: String(line)) }
            return Message(
                partition: partition, offset: offset, timestamp: timestamp, key: object["key"] as? String,
                payload: object["payload"] as? String, headers: object["headers"] as? [String] ?? [])
        }
    }
}
