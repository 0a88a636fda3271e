import Foundation
import TestSupport

/// Programs from outside that read what is written here. Where one is missing its tests fail.
enum Judge {
    struct Failure: Error {
        var message: String
    }

    /// What `promtool check metrics` says of an exposition: nothing where it finds no fault.
    static func promtool(_ exposition: [UInt8]) throws -> String {
        let check = try OutsideProgram.promtool().run("check", "metrics", input: exposition)
        return check.status == 0 ? check.output : check.output + "promtool ended with \(check.status)"
    }

    /// One sample as Python's prometheus_client reads it: numbers as the bits of a double, so that NaN compares too.
    struct Sample: Hashable, Decodable {
        var family: String
        var type: String
        var help: String
        var unit: String
        var name: String
        var labels: [String: String]
        var value: UInt64

        var number: Double { Double(bitPattern: value) }
    }

    static func python(_ exposition: [UInt8], isOpenMetrics: Bool) throws -> [Sample] {
        let script = """
            import json, struct, sys
            from prometheus_client.\(isOpenMetrics ? "openmetrics." : "")parser import text_string_to_metric_families
            text = sys.stdin.buffer.read().decode("utf-8")
            print(json.dumps([
                {"family": f.name, "type": f.type, "help": f.documentation, "unit": f.unit, "name": s.name,
                 "labels": s.labels, "value": struct.unpack("<Q", struct.pack("<d", s.value))[0]}
                for f in text_string_to_metric_families(text) for s in f.samples]))
            """
        let read = try OutsideProgram.python(script).run(input: exposition)
        guard read.status == 0 else { throw Failure(message: read.output) }
        return try JSONDecoder().decode([Sample].self, from: Data(read.output.utf8))
    }
}
