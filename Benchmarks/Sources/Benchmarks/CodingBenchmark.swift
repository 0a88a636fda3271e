import Foundation
import TDAContracts
import EventContracts

/// The generated coding of a job message beside Foundation's, in one run.
struct CodingBenchmark {
    private let message: JobMessage
    private let bytes: [UInt8]
    private let data: Data

    init() throws {
        let id = "3f6c2a9e-8a52-4c1e-9d5b-0c8f1f3b7a11"
        let context = MessageContext(
            service: "tda-backend",
            now: {
                Timestamp(secondsSince1970: 1_705_329_022, attoseconds: 123_456_000_000_000_000, fractionDigits: 6)
            },
            makeID: { "7b1d0c9e" })
        message = JobMessage.completed(
            jobID: id, resultID: "res-7b1d", algorithm: "vietoris_rips", priority: "normal", executionTime: 12.5,
            userID: "user-42"
        ).stamped(in: context)
        bytes = try message.encoded()
        data = Data(bytes)
    }

    func run() throws {
        print("A job message of \(bytes.count) bytes")
        let message = message
        let bytes = bytes
        let data = data
        let encoder = JSONEncoder()
        let decoder = JSONDecoder()
        row(
            "encode", goal: 25, foundation: "JSONEncoder",
            ours: { count in
                for _ in 0..<count { consume(try? message.encoded()) }
            },
            theirs: { count in
                for _ in 0..<count { consume(try? encoder.encode(message)) }
            })
        var tape = JSONTape()
        row(
            "parse and validate", goal: 20, foundation: "JSONDecoder",
            ours: { count in
                for _ in 0..<count {
                    try? tape.parse(bytes)
                    consume(JobMessage.validate(tape))
                }
            },
            theirs: { count in
                for _ in 0..<count { consume(try? decoder.decode(JobMessage.self, from: data)) }
            })
        row(
            "decode (parse, validate, typed value)", goal: 8, foundation: "JSONDecoder",
            ours: { count in
                for _ in 0..<count { consume(try? JobMessage.read(bytes, with: &tape)) }
            },
            theirs: { count in
                for _ in 0..<count { consume(try? decoder.decode(JobMessage.self, from: data)) }
            })
        row(
            "decode with a tape of its own", goal: 8, foundation: "JSONDecoder",
            ours: { count in
                for _ in 0..<count { consume(try? JobMessage(validating: bytes)) }
            },
            theirs: { count in
                for _ in 0..<count { consume(try? decoder.decode(JobMessage.self, from: data)) }
            })
    }

    private func row(
        _ name: String, goal: Double, foundation: String, ours: @escaping (Int) -> Void, theirs: @escaping (Int) -> Void
    ) {
        let times = Measurement.medians([
            .init(name: "ours", run: ours), .init(name: foundation, run: theirs),
        ])
        let ratio = times[1] / times[0]
        let verdict = ratio >= goal ? "reached" : "MISSED"
        print(
            "  \(name): \(Int(times[0])) ns, \(foundation) \(Int(times[1])) ns: "
                + "\(String(format: "%.1f", ratio)) x (goal \(Int(goal)) x: \(verdict))")
    }
}
