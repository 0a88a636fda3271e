import Foundation
import JSONTape
import MessageCoding

// Runs the generated validators of the official test suite, and prints the passed and all tests of each file:
//
//     conformance-runner FOLDER

/// A group of tests, and the validator of its schema.
struct Group {
    var draft: String
    var file: String
    var index: Int
    var isValid: @Sendable (borrowing JSONTape, JSONTape.Index) -> Bool
    var program: SchemaProgram
}

/// Counts of a file's tests.
struct Count {
    var passed = 0
    var total = 0
}

func run(_ groups: [Group], in folder: String) throws {
    var counts: [String: Count] = [:]
    for (file, groups) in Dictionary(grouping: groups, by: \.file).sorted(by: { $0.key < $1.key }) {
        let path = "\(folder)/tests/\(groups[0].draft)/\(file)"
        let tape = try JSONTape(parsing: [UInt8](try Data(contentsOf: URL(filePath: path))))
        for group in groups {
            var source = tape.first(in: .root)
            for _ in 0..<group.index { source = tape.end(of: source) }
            guard let tests = tape.member("tests", of: source) else { continue }
            var test = tape.first(in: tests)
            while test != tape.end(of: tests) {
                defer { test = tape.end(of: test) }
                guard let data = tape.member("data", of: test), let valid = tape.member("valid", of: test) else {
                    continue
                }
                counts[file, default: Count()].total += 1
                let expected = tape.kind(at: valid) == .true
                let found = group.isValid(tape, data)
                var report = AllFailures()
                _ = group.program.explain(tape, at: data, &report)
                if found == expected, report.failures.isEmpty == found {
                    counts[file, default: Count()].passed += 1
                } else {
                    let title = tape.string(at: tape.member("description", of: test) ?? test)
                    let name = tape.string(at: tape.member("description", of: source) ?? source)
                    print(
                        "failed: \(group.draft)/\(file): \(name): \(title): found \(found), explained \(report.failures.isEmpty)"
                    )
                }
            }
        }
    }
    for (file, count) in counts.sorted(by: { $0.key < $1.key }) {
        print("generated", groups[0].draft, file, count.passed, count.total, separator: "\t")
    }
}

// The generator writes the list.
for groups in allGroups { try run(groups, in: CommandLine.arguments[1]) }
