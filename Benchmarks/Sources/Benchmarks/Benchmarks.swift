import Foundation

/// Prints each figure beside what it is compared with, measured in the same run. An argument names the tool, whose
/// generation times and the compilation times of its output are then measured too; the argument `producing` measures
/// nothing but that.
@main
struct Benchmarks {
    static func main() async throws {
        if CommandLine.arguments.dropFirst().first == "producing" { return try await ProducingBenchmark().run() }
        try CodingBenchmark().run()
        try PatternBenchmark().run()
        try await ProducingBenchmark().run()
        try MetricsBenchmark().run()
        if CommandLine.arguments.count > 1 {
            let tool = URL(filePath: CommandLine.arguments[1])
            try GenerationBenchmark(tool: tool).run()
            try CompilationBenchmark(tool: tool).run()
        }
    }
}
