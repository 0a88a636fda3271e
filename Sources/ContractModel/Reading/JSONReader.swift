import JSONTape

/// A reader of JSON into source nodes, with each value's place.
package struct JSONReader: ~Copyable {
    private static let maximumDepth = 128

    private let file: String
    private let tape: JSONTape
    private let bytes: [UInt8]
    private var diagnostics: Diagnostics
    /// The offset up to which places have been counted: nodes come in the text's order, so each byte is examined once.
    private var counted = 0
    private var location: SourceLocation

    package static func read(_ bytes: [UInt8], file: String, diagnostics: inout Diagnostics) -> SourceNode? {
        guard let bytes = SourceText.checked(bytes, file: file, diagnostics: &diagnostics) else { return nil }
        var tape = JSONTape()
        do {
            try tape.parse(bytes, maximumDepth: maximumDepth)
        } catch {
            guard error.reason != .tooDeep else {
                let place = SourceText.location(of: error.offset, in: bytes, file: file)
                diagnostics.error(.nestingDepth, at: place, "nested deeper than \(maximumDepth) levels")
                return nil
            }
            let mistake = JSONMistake(error, in: bytes)
            diagnostics.error(
                .invalidJSON, at: SourceText.location(of: mistake.offset, in: bytes, file: file), mistake.message,
                hint: mistake.hint)
            return nil
        }
        var reader = JSONReader(file: file, tape: tape, bytes: bytes, diagnostics: diagnostics)
        let node = reader.readNode(at: .root)
        diagnostics = reader.diagnostics
        return node
    }

    private init(file: String, tape: consuming JSONTape, bytes: [UInt8], diagnostics: Diagnostics) {
        self.file = file
        self.tape = tape
        self.bytes = bytes
        self.diagnostics = diagnostics
        location = SourceLocation(file: file)
    }

    private mutating func place(_ index: JSONTape.Index) -> SourceLocation {
        let offset = tape.offset(of: index)
        for byte in bytes[counted..<max(counted, offset)] { location.step(over: byte) }
        counted = max(counted, offset)
        return location
    }

    private mutating func readNode(at index: JSONTape.Index) -> SourceNode {
        let place = place(index)
        switch tape.kind(at: index) {
        case .null: return SourceNode(.null, at: place)
        case .true: return SourceNode(.bool(true), at: place)
        case .false: return SourceNode(.bool(false), at: place)
        case .number:
            var node = SourceNode(.number(tape.number(at: index)), at: place)
            node.hasFraction = !tape.isIntegerLiteral(at: index)
            return node
        case .string: return SourceNode(.string(tape.string(at: index)), at: place)
        case .array:
            var nodes: [SourceNode] = []
            var element = tape.first(in: index)
            let end = tape.end(of: index)
            while element != end {
                nodes.append(readNode(at: element))
                element = tape.end(of: element)
            }
            return SourceNode(.sequence(nodes), at: place)
        case .object:
            return SourceNode(.mapping(readMembers(of: index)), at: place)
        }
    }

    private mutating func readMembers(of index: JSONTape.Index) -> [SourceNode.Entry] {
        var entries: [SourceNode.Entry] = []
        var lines: [JSONName: Int] = [:]
        var key = tape.first(in: index)
        let end = tape.end(of: index)
        while key != end {
            let name = Located(tape.string(at: key), at: place(key))
            let value = tape.value(ofKey: key)
            let node = readNode(at: value)
            if let line = lines[JSONName(name.value)] {
                diagnostics.error(
                    .duplicateKey, at: name.location, "duplicate member '\(name.value)', first at line \(line)",
                    hint: "keep one of them")
            } else {
                lines[JSONName(name.value)] = name.location.line
                entries.append(SourceNode.Entry(key: name, value: node))
            }
            key = tape.end(of: value)
        }
        return entries
    }
}
