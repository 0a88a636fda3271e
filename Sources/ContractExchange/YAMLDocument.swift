import JSONTape
import MonitoringGenerator

/// JSON values as YAML for people: block mappings and lists, and long strings over several lines.
enum YAMLDocument {
    /// Returns the text of a document, without a marker before it.
    static func text(_ value: JSONValue) -> String {
        var text = ""
        write(value, indentation: 0, to: &text)
        return text
    }

    private static func write(_ value: JSONValue, indentation: Int, to text: inout String) {
        switch value {
        case .object(let object) where !object.isEmpty:
            for (key, member) in object {
                text += spaces(indentation) + name(key)
                writeMember(member, indentation: indentation, to: &text)
            }
        case .array(let elements) where !elements.isEmpty:
            for element in elements { writeElement(element, indentation: indentation, to: &text) }
        default: text += spaces(indentation) + scalar(value) + "\n"
        }
    }

    private static func name(_ key: String) -> String { plain(key) + ":" }

    /// Returns a string without quotes where YAML 1.1 and 1.2 read it as this text; else in quotes.
    private static func plain(_ text: String, inList: Bool = false) -> String {
        guard let first = text.unicodeScalars.first, let last = text.unicodeScalars.last,
            isLetter(first) || first == "$" || first == "/", last != " ",
            text.unicodeScalars.allSatisfy({
                isLetter($0) || ("0"..."9").contains($0) || " _./$()'-".unicodeScalars.contains($0)
                    || ($0 == "," && !inList)
            }),
            !words.contains(text.lowercased())
        else { return YAMLWriter.scalar(text) }
        return text
    }

    /// The words that YAML reads as values of other types.
    private static let words: Set<String> = ["true", "false", "null", "yes", "no", "on", "off", "y", "n"]

    private static func isLetter(_ scalar: Unicode.Scalar) -> Bool {
        ("a"..."z").contains(scalar) || ("A"..."Z").contains(scalar)
    }

    private static func writeMember(_ value: JSONValue, indentation: Int, to text: inout String) {
        switch value {
        case .object(let object) where !object.isEmpty:
            text += "\n"
            write(value, indentation: indentation + 2, to: &text)
        case .array(let elements) where !elements.isEmpty:
            if let line = flow(elements), indentation + line.utf8.count < 100 {
                text += " " + line + "\n"
            } else {
                text += "\n"
                write(value, indentation: indentation + 2, to: &text)
            }
        case .string(let string):
            if let lines = literal(string, indentation: indentation + 2) {
                text += " " + lines
            } else {
                text += " " + plain(string) + "\n"
            }
        default: text += " " + scalar(value) + "\n"
        }
    }

    private static func writeElement(_ value: JSONValue, indentation: Int, to text: inout String) {
        var inner = ""
        write(value, indentation: indentation + 2, to: &inner)
        text += spaces(indentation) + "- " + inner.dropFirst(indentation + 2)
    }

    /// Returns a list of scalars in one line; `nil` where there are others.
    private static func flow(_ elements: [JSONValue]) -> String? {
        var scalars: [String] = []
        for element in elements {
            switch element {
            case .object, .array: return nil
            case .string(let text) where text.contains("\n"): return nil
            case .string(let text): scalars.append(plain(text, inList: true))
            default: scalars.append(scalar(element))
            }
        }
        return "[" + scalars.joined(separator: ", ") + "]"
    }

    private static func scalar(_ value: JSONValue) -> String {
        switch value {
        case .null: "null"
        case .bool(let flag): "\(flag)"
        case .number(let number): self.number(number.description)
        case .string(let text): plain(text)
        case .array: "[]"
        case .object: "{}"
        }
    }

    /// Returns a number as YAML 1.1 and 1.2 read it: with an exponent, it has a fraction and a sign there.
    private static func number(_ literal: String) -> String {
        let parts = literal.lowercased().split(separator: "e")
        guard parts.count == 2 else { return literal }
        let fraction = parts[0].contains(".") ? parts[0] : parts[0] + ".0"
        let sign = parts[1].hasPrefix("-") || parts[1].hasPrefix("+") ? "" : "+"
        return "\(fraction)e\(sign)\(parts[1])"
    }

    /// Returns a string of several lines as a literal block; `nil` where only quotes can hold it.
    private static func literal(_ text: String, indentation: Int) -> String? {
        guard text.contains("\n"), text.first != " ", text.first != "\n", text.first != "\t",
            text.unicodeScalars.allSatisfy({ scalar in
                scalar == "\n" || (0x20...0x7E).contains(scalar.value)
                    || ((0xA0...0xFFFD).contains(scalar.value) && ![0x2028, 0x2029, 0xFEFF].contains(scalar.value))
                    || scalar.value >= 0x10000
            })
        else { return nil }
        let body = text.hasSuffix("\n") ? String(text.dropLast()) : text
        guard !body.hasSuffix("\n") else { return nil }
        let lines = body.split(separator: "\n", omittingEmptySubsequences: false)
            .map { $0.isEmpty ? "" : spaces(indentation) + $0 }
        return (text.hasSuffix("\n") ? "|\n" : "|-\n") + lines.joined(separator: "\n") + "\n"
    }

    private static func spaces(_ count: Int) -> String { String(repeating: " ", count: count) }
}
