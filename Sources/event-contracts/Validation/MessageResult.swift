import ArgumentParser
import ContractModel
import JSONTape
import SchemaPlan

/// The result of validating one text, in the output formats of the specification of JSON Schema (2020-12, section 12).
struct MessageResult {
    /// The parts of a result that are written.
    enum Detail: String, CaseIterable, ExpressibleByArgument {
        /// A Boolean: whether the text is valid.
        case flag
        /// That, and each failure.
        case basic
    }

    /// One failure, and its place in the file.
    struct Failure {
        var error: String
        var location: SourceLocation
        /// The violated keyword; `nil` where the text is not a message of the contract at all.
        var failure: SchemaFailure?
        /// The invalid value where no keyword is violated.
        var instance = JSONPointer()
    }

    /// The line on which the text begins.
    var line = 1
    var isValid = true
    var errors: [Failure] = []

    /// Returns the result as one line of JSON.
    func text(_ detail: Detail) -> String {
        var writer = JSONWriter()
        writer.beginObject()
        writer.key("line")
        writer.write(JSONValue.number(JSONNumber(Int64(line))))
        writer.key("valid")
        writer.write(isValid)
        if detail == .basic, !errors.isEmpty {
            writer.key("errors")
            writer.beginArray()
            for error in errors {
                writer.element()
                error.write(to: &writer)
            }
            writer.endArray()
        }
        writer.endObject()
        // Names of properties can contain what JSON in UTF-8 can't; the failure has no text then.
        let text = (try? writer.text()).map { String(decoding: $0, as: UTF8.self) } ?? "{\"valid\":\(isValid)}"
        return text + "\n"
    }
}

extension MessageResult.Failure {
    fileprivate func write(to writer: inout JSONWriter) {
        writer.beginObject()
        if let failure {
            writer.key("keywordLocation")
            writer.write(failure.keywordLocation.description)
            writer.key("absoluteKeywordLocation")
            writer.write(failure.absoluteKeywordLocation)
        }
        writer.key("instanceLocation")
        writer.write((failure?.instanceLocation ?? instance).description)
        writer.key("error")
        writer.write(error)
        writer.key("line")
        writer.write(JSONValue.number(JSONNumber(Int64(location.line))))
        writer.key("column")
        writer.write(JSONValue.number(JSONNumber(Int64(location.column))))
        writer.endObject()
    }
}
