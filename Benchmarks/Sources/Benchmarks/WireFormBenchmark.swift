import EventContracts
import Foundation
import Logging
import TDAContracts

/// The cost of naming a record's schema: the CPU time of a message in the background, in each wire form beside plain JSON.
///
/// The forms take turns in each round, and a round's differences are compared, so that the machine's speed does not matter.
struct WireFormBenchmark {
    private struct Form {
        var name: String
        var wire: ContractSchemas.WireForm
        var id: SchemaID
    }

    private static let forms: [Form] = [
        Form(name: "plain JSON", wire: .none, id: .number(7)),
        Form(name: "prefix", wire: .prefix, id: .number(7)),
        Form(name: "header with the id", wire: .header, id: .number(7)),
        Form(
            name: "header with the GUID", wire: .header,
            id: SchemaGUID(bytes: 0..<16).map { .guid($0) } ?? .number(7)),
    ]

    private let count = 20_000
    private let rounds = 41

    func run() async throws {
        print("Wire forms, for one message of the background: median of \(rounds) paired rounds")
        var (producers, sinks): ([Producer], [HeldSink]) = ([], [])
        for form in Self.forms {
            var marks = SchemaMarks()
            marks.add(form.id, of: JobMessage.self, as: form.wire)
            let sink = HeldSink()
            let producer = Producer(
                transport: sink, contracts: [TDA.self],
                configuration: ProducerConfiguration(backgroundCapacity: 1_000_000, backgroundByteCapacity: .max / 2),
                context: MessageContext(service: "tda-backend"), metrics: [TDA.Metrics()], schemaMarks: marks,
                logger: Logger(label: "bench") { _ in SwiftLogNoOpLogHandler() })
            try await producer.start()
            producers.append(producer)
            sinks.append(sink)
        }
        var costs = Self.forms.map { _ in [Double]() }
        for round in 0...rounds {
            for turn in Self.forms.indices {
                let index = (turn + round) % Self.forms.count
                let start = Cost.now()
                for _ in 0..<count { producers[index].sendInBackground(Self.message()) }
                sinks[index].complete()
                // The first round warms up.
                if round > 0 { costs[index].append((Cost.now() - start).cpu / Double(count)) }
            }
        }
        for producer in producers { await producer.shutdown() }
        for (form, own) in zip(Self.forms, costs) {
            let extra = zip(own, costs[0]).map { ($0 - $1) * 1e9 }.sorted()[rounds / 2]
            let all = own.sorted()[rounds / 2] * 1e9
            print("  \(form.name): \(String(format: "%.0f ns CPU, %+.0f ns", all, extra))")
        }
    }

    @inline(never)
    private static func message() -> Draft<JobMessage> {
        JobMessage.completed(
            jobID: "3f6c2a9e-8a52-4c1e-9d5b-0c8f1f3b7a11", resultID: "res-7b1d", algorithm: "vietoris_rips",
            executionTime: 12.5)
    }
}
