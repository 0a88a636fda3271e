import JSONTape
import TestSupport

/// Python's `jsonschema`, a judge from outside. Where there is none, tests that ask it fail: a promise that nothing holds
/// is none.
enum IndependentValidator {
    struct Failure: Error {
        var message: String
    }

    /// Whether each value is valid by the schema (2020-12) in a file.
    static func areValid(_ values: [JSONValue], schema path: String) throws -> [Bool] {
        let script = try """
        import json, sys
        from jsonschema import Draft202012Validator
        schema = json.load(open(\(literal(path))))
        Draft202012Validator.check_schema(schema)
        validator = Draft202012Validator(schema)
        for value in json.load(sys.stdin): print(validator.is_valid(value))
        """
        var writer = JSONWriter()
        writer.write(.array(values))
        let judged = try OutsideProgram.python(script).run(input: writer.finish())
        guard judged.status == 0 else { throw Failure(message: judged.output) }
        return judged.output.split(separator: "\n").map { $0 == "True" }
    }

    /// A text as Python writes it: JSON's strings are Python's too.
    private static func literal(_ text: String) throws -> String {
        var writer = JSONWriter()
        writer.write(text)
        return String(decoding: try writer.finish(), as: UTF8.self)
    }
}
