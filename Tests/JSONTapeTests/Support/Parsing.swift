import JSONTape

/// What is wrong with a text; `nil` where it is JSON.
func syntaxError(_ text: some Collection<UInt8>, maximumDepth: Int = JSONTape.defaultMaximumDepth) -> JSONSyntaxError? {
    do throws(JSONSyntaxError) {
        _ = try JSONTape(parsing: text, maximumDepth: maximumDepth)
        return nil
    } catch {
        return error
    }
}

/// A text's value.
func parsed(_ text: some Collection<UInt8>) throws -> JSONValue {
    try JSONTape(parsing: text).value(at: .root)
}

func parsed(_ text: String) throws -> JSONValue {
    try parsed(text.utf8)
}

/// A value's text.
func written(_ value: JSONValue) throws -> [UInt8] {
    var writer = JSONWriter()
    writer.write(value)
    return try writer.finish()
}

func text(_ write: (inout JSONWriter) -> Void) throws -> String {
    var writer = JSONWriter()
    write(&writer)
    return String(decoding: try writer.finish(), as: UTF8.self)
}

/// The bytes that a table's row writes as text with `<C3>` for a byte.
func bytes(_ notation: String) -> [UInt8] {
    var bytes: [UInt8] = []
    var rest = notation[...]
    while let open = rest.firstIndex(of: "<"), let close = rest[open...].firstIndex(of: ">") {
        bytes += rest[..<open].utf8
        bytes += UInt8(rest[open..<close].dropFirst(), radix: 16).map { [$0] } ?? []
        rest = rest[close...].dropFirst()
    }
    return bytes + rest.utf8
}

struct FoundNothing: Error {}

extension JSONTape {
    /// The value that a pointer must lead to. (A macro can't look it up: a tape can't be copied.)
    func place(_ pointer: String) throws -> Index {
        guard let index = JSONPointer(pointer).flatMap({ find($0) }) else { throw FoundNothing() }
        return index
    }
}
