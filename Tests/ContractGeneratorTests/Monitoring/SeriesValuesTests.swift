import Foundation
import PromQL
import TestSupport
import Testing

@testable import MonitoringCompiler

@Suite("Values of a test's series")
struct SeriesValuesTests {
    static let sound = [
        "1", "1x5", "0+60x10", "_", "_x3", "_x0", "1x0", "stale", "-1", "-1x5", "+1", "1-2x3", "1 2\t3", " 1  2 ",
        "Inf",
        "inf", "NaN", "-Inf", "Inf+1x3", ".5", "5.", "5.x3", "1e5", "1e5x3", "-1.5e-3+.5x2", "0x5", "010", "08", "",
        "1\n",
    ]
    static let unsound = [
        "1+2", "1--2x3", "Infx3", "1+Infx3", "1e", "1e400", "1+1e400x2", "banana", "1,2", "1x", "x5", "1 x5", "_ x5",
        "1x 5", "1x5.0", "1x1e2", "0x1F", "1_000", "stalex3", "stale stalestale", "{{schema:1}}", "1x-5", "'1'",
        "NaNx3",
        "1.5.2", "1\n2", "١", "1x٥", "--1", "1é",
    ]

    @Test("promtool and the parser accept the same values")
    func agreement() throws {
        let texts = Self.sound + Self.unsound
        var files = ["rules.yaml": "groups: [{name: g, rules: [{alert: A, expr: up > 5}]}]\n"]
        for (index, text) in texts.enumerated() {
            let quoted = try String(decoding: JSONEncoder().encode(text), as: UTF8.self)
            files["\(index).yaml"] =
                "rule_files: [rules.yaml]\ntests: [{interval: 1m, input_series: [{series: up, values: \(quoted)}]}]\n"
        }
        try Contracts.inFolder(files) { folder in
            for (index, text) in texts.enumerated() {
                let test = try OutsideProgram.promtool().run("test", "rules", "\(index).yaml", in: folder)
                #expect((test.status == 0) == Self.sound.contains(text), "\(text.debugDescription): \(test.output)")
                #expect(((try? SeriesValues(text)) != nil) == Self.sound.contains(text), "\(text.debugDescription)")
            }
        }
    }

    @Test(
        "values that would exhaust promtool's memory are an error",
        arguments: ["0x99999999999999999999", "_x100001", "0x60000 0x60000"])
    func endless(text: String) {
        #expect(throws: SeriesValues.Failure.self) { try SeriesValues(text) }
    }

    @Test(
        "each sample is a value, left out, or an end",
        arguments: [
            ("1x2 _ 5", "111_1"), ("_x2 0+5x1 stale", "__11!"), ("", ""), ("NaN -Inf", "11"), ("_x0 1x0", "1"),
        ])
    func samples(text: String, expected: String) throws {
        let marks = try SeriesValues(text).samples.map { sample -> Character in
            switch sample {
            case .value: "1"
            case .none: "_"
            case .stale: "!"
            }
        }
        #expect(String(marks) == expected)
    }

    @Test("steps are added one after the other")
    func steps() throws {
        #expect(
            try SeriesValues("-1.5-2x2 +Inf 0.1+0.1x2").samples == [
                .value(-1.5), .value(-3.5), .value(-5.5), .value(.infinity), .value(0.1), .value(0.2),
                .value(0.2 + 0.1),
            ])
    }
}
