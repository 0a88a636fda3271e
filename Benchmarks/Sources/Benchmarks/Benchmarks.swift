@main
struct Benchmarks {
    static func main() throws {
        try CodingBenchmark().run()
    }
}
