import Foundation

/// Prints each figure beside what it is compared with, measured in the same run. An argument names the tool, whose
/// generation times and the compilation times of its output are then measured too. The argument `producing` measures
/// nothing but that; the beginning of a mode's name after it (`producing batch`) nothing but that mode, for a profiler,
/// and a number after that the messages of a round (`producing batch 10000`), for one that is slow. The argument `encryption`
/// measures encryption alone, `wire` the wire forms of a schema registry. The arguments `widest` and the tool measure nothing but
/// the compilation of the widest types.
@main
struct Benchmarks {
    static func main() async throws {
        let arguments = CommandLine.arguments.dropFirst()
        if arguments.first == "producing" {
            var benchmark = ProducingBenchmark()
            if let count = arguments.dropFirst(2).first.flatMap({ Int($0) }) { benchmark.count = count }
            return try await benchmark.run(only: arguments.dropFirst().first)
        }
        if arguments.first == "wire" { return try await WireFormBenchmark().run() }
        if arguments.first == "encryption" { return try await EncryptionBenchmark().run() }
        if arguments.first == "widest", let tool = arguments.dropFirst().first {
            return try CompilationBenchmark(tool: URL(filePath: tool)).run(.widest)
        }
        try CodingBenchmark().run()
        try PatternBenchmark().run()
        try await ProducingBenchmark().run(only: nil)
        try await WireFormBenchmark().run()
        try await EncryptionBenchmark().run()
        try MetricsBenchmark().run()
        if CommandLine.arguments.count > 1 {
            let tool = URL(filePath: CommandLine.arguments[1])
            try GenerationBenchmark(tool: tool).run()
            try CompilationBenchmark(tool: tool).run()
        }
    }
}
