import EventContracts

/// Regular expressions in the form that the generator writes, beside Swift's engine and a loop by hand.
struct PatternBenchmark {
    // As the generator writes them from the sources in `run`.
    private static let uuid = PatternShape(
        packed: "c@?l@A@?A@@DD@AHA?f@HA@C?xC@GA@@CA@C@@BA@G@@BA@@K")
    private static let timestamp = PatternTable(
        packed: """
            GW@V??l@@@A@?@BIC@?XD@?DE@?d@F_A?_A?JA@?B@@?BB@?BA@?BC@?BB@?BD@?BC@?@E@?DD@?BF@?BE@?BG@?BF@?@H@?DG@?BI@?BH@\
            ?BJ@?BI@?DK@?@J@?BL@?BK@?BM@?BL@?CN@?AM@?BO@?BN@?BP@?BO@?CQ@?AP@?BR@?BQ@?BS@?BR@?AT@?BV@S@?BU@?BT@?BU@?AV@U\
            @?FV@
            """)
    private static let fileName = PatternTable(
        packed: """
            ML@J??I@@?A@@?_@A@?u@B@?@C@?@D@?GE@?@F@?BG@?@H@?DI@Jf@KAJU?a@L@?>?M@@?@A@@II@@@?@A@@CB@@AABI@@@?@A@@BC@@@D@\
            @@BBI@@@?@A@@AE@@CCBI@@@?@A@@CJ@@ADBI@@@?@A@J@@EEBI@@@?@A@@@G@@AB@@AFBI@@@?@A@@EK@GBI@?I@A?KH@@A?@@@?@F@@FJ\
            BI@@@?@A@@FKBI@
            """)

    func run() throws {
        print("Regular expressions: a match, in nanoseconds")
        try row(
            "identifier", #"^[a-z0-9_-]{1,64}$"#, on: "some-identifier_of-32-characters",
            ours: { tape in
                tape.string(at: .root, consistsOf: 0x3FF_2000_0000_0000, 0x7FF_FFFE_8000_0000, least: 1, most: 64)
            },
            byHand: { text in
                1...64 ~= text.count
                    && text.allSatisfy { $0 &- 0x30 < 10 || $0 &- 0x61 < 26 || $0 == 0x2D || $0 == 0x5F }
            })
        try row(
            "UUID", "^[0-9a-f]{8}-[0-9a-f]{4}-[1-5][0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$",
            on: "3f6c2a9e-8a52-4c1e-9d5b-0c8f1f3b7a11", ours: { $0.string(at: .root, matches: Self.uuid) })
        try row(
            "timestamp", #"^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(?:\.\d+)?Z$"#, on: "2026-11-29T19:39:32.123Z",
            ours: { $0.string(at: .root, matches: Self.timestamp) })
        try row(
            "file name", #"^.*\.(?:txt|trie)(?:\.gz)?$"#, on: "some/path/to/a/file.txt.gz",
            ours: { $0.string(at: .root, matches: Self.fileName) })
    }

    private func row(
        _ name: String, _ source: String, on text: String, ours: @escaping (borrowing JSONTape) -> Bool,
        byHand: (([UInt8]) -> Bool)? = nil
    ) throws {
        let json = "\"\(text)\""
        let regex = try Regex(source)
        let bytes = Array(text.utf8)
        var candidates = [
            Measurement.Candidate(name: "generated") { count in
                // Parsed once for many matches.
                guard let tape = try? JSONTape(parsing: json.utf8) else { return }
                for _ in 0..<count { consume(ours(tape)) }
            },
            Measurement.Candidate(name: "Regex") { count in
                for _ in 0..<count { consume((try? regex.firstMatch(in: text)) != nil) }
            },
        ]
        if let byHand {
            candidates.append(
                Measurement.Candidate(name: "by hand") { count in
                    for _ in 0..<count { consume(byHand(bytes)) }
                })
        }
        let times = zip(candidates, Measurement.medians(candidates)).map { "\($0.name) \(($1 * 10).rounded() / 10)" }
        print("  \(name): \(times.joined(separator: ", "))")
    }
}
