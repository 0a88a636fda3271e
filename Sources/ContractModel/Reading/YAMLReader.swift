import JSONTape

/// Reads YAML 1.2 (core schema, section 10.3) into source nodes: a word such as `no` is a string.
package struct YAMLReader: ~Copyable {
    private static let maximumDepth = 64
    /// As many nodes as one text may stand for, aliases followed: a few lines can otherwise mean billions.
    private static let maximumNodes = 1_000_000

    private enum Failure: Error {
        /// A diagnostic has been given, and reading can't go on.
        case reported
        case syntax(YAMLSyntaxError)
    }

    private struct Anchored {
        var node: SourceNode
        var count: Int
    }

    private let file: String
    private var events: YAMLEvents
    private var diagnostics: Diagnostics
    private var anchors: [String: Anchored] = [:]
    private var openAnchors: Set<String> = []
    private var nodeCount = 0

    package static func read(_ bytes: [UInt8], file: String, diagnostics: inout Diagnostics) -> SourceNode? {
        guard SourceText.check(bytes, file: file, diagnostics: &diagnostics) else { return nil }
        var reader = YAMLReader(file: file, events: YAMLEvents(bytes), diagnostics: diagnostics)
        let node = reader.readDocument()
        diagnostics = reader.diagnostics
        return node
    }

    private init(file: String, events: consuming YAMLEvents, diagnostics: Diagnostics) {
        self.file = file
        self.events = events
        self.diagnostics = diagnostics
    }

    // MARK: Documents

    private mutating func readDocument() -> SourceNode? {
        do throws(Failure) {
            while true {
                let event = try next()
                switch event.content {
                case .streamEnd:
                    return SourceNode(.null, at: SourceLocation(file: file))
                case .documentStart:
                    let root = try readNode(try next(), depth: 0)
                    return try checkEnd() ? root : nil
                case .alias, .scalar, .sequenceStart, .mappingStart, .containerEnd, .other:
                    continue
                }
            }
        } catch {
            if case .syntax(let error) = error {
                diagnostics.error(
                    .invalidYAML, at: SourceLocation(file: file, line: error.line + 1, column: error.column + 1),
                    error.message)
            }
            return nil
        }
    }

    private mutating func checkEnd() throws(Failure) -> Bool {
        while true {
            let event = try next()
            switch event.content {
            case .streamEnd: return true
            case .documentStart:
                diagnostics.error(
                    .invalidYAML, at: place(event), "a second document starts here; a manifest is one document")
                return false
            case .alias, .scalar, .sequenceStart, .mappingStart, .containerEnd, .other: continue
            }
        }
    }

    private mutating func next() throws(Failure) -> YAMLEvent {
        do { return try events.next() } catch { throw .syntax(error) }
    }

    private func place(_ event: YAMLEvent) -> SourceLocation {
        SourceLocation(file: file, line: event.line + 1, column: event.column + 1)
    }

    // MARK: Nodes

    private mutating func readNode(_ event: YAMLEvent, depth: Int) throws(Failure) -> SourceNode {
        try count(1, at: event)
        guard depth < Self.maximumDepth else {
            diagnostics.error(.nestingDepth, at: place(event), "nested deeper than \(Self.maximumDepth) levels")
            throw .reported
        }
        switch event.content {
        case .alias(let name):
            return try follow(name, event)
        case .scalar(let text, let isPlain, let tag, let anchor):
            let isString = !isPlain || tag == "tag:yaml.org,2002:str" || tag == "!"
            checkTag(tag, event)
            let node = SourceNode(isString ? .string(text) : plain(text, event), at: place(event))
            remember(node, as: anchor, since: nodeCount - 1)
            return node
        case .sequenceStart(let tag, let anchor):
            checkTag(tag, event)
            return try readContainer(anchor, event) { (reader) throws(Failure) in
                try reader.readSequence(depth: depth)
            }
        case .mappingStart(let tag, let anchor):
            checkTag(tag, event)
            return try readContainer(anchor, event) { (reader) throws(Failure) in
                try reader.readMapping(depth: depth)
            }
        case .streamEnd, .documentStart, .containerEnd, .other:
            // libyaml balances its events, so a node's place always holds a node.
            diagnostics.error(.invalidYAML, at: place(event), "expected a value")
            throw .reported
        }
    }

    private mutating func readContainer(
        _ anchor: String?, _ event: YAMLEvent,
        _ read: (inout YAMLReader) throws(Failure) -> SourceNode.Content
    ) throws(Failure) -> SourceNode {
        let before = nodeCount - 1
        if let anchor { openAnchors.insert(anchor) }
        let node = SourceNode(try read(&self), at: place(event))
        if let anchor { openAnchors.remove(anchor) }
        remember(node, as: anchor, since: before)
        return node
    }

    private mutating func readSequence(depth: Int) throws(Failure) -> SourceNode.Content {
        var nodes: [SourceNode] = []
        while true {
            let event = try next()
            if case .containerEnd = event.content { return .sequence(nodes) }
            nodes.append(try readNode(event, depth: depth + 1))
        }
    }

    private mutating func readMapping(depth: Int) throws(Failure) -> SourceNode.Content {
        var entries: [SourceNode.Entry] = []
        var lines: [String: Int] = [:]
        while true {
            let event = try next()
            if case .containerEnd = event.content { return .mapping(entries) }
            let key = try readNode(event, depth: depth + 1)
            let value = try readNode(try next(), depth: depth + 1)
            guard let name = key.keyText else {
                diagnostics.error(.wrongType, at: key.location, "a key must be a string, found \(key.kindName)")
                continue
            }
            if let line = lines[name] {
                diagnostics.error(
                    .duplicateKey, at: key.location, "the key '\(name)' is here already, at line \(line)",
                    hint: "keep one of them")
                continue
            }
            lines[name] = key.location.line
            entries.append(SourceNode.Entry(key: Located(name, at: key.location), value: value))
        }
    }

    // MARK: Anchors

    private mutating func remember(_ node: SourceNode, as anchor: String?, since before: Int) {
        if let anchor { anchors[anchor] = Anchored(node: node, count: nodeCount - before) }
    }

    private mutating func follow(_ name: String, _ event: YAMLEvent) throws(Failure) -> SourceNode {
        if openAnchors.contains(name) {
            diagnostics.error(.aliasLimit, at: place(event), "the alias '*\(name)' stands within what it names")
            throw .reported
        }
        guard let anchored = anchors[name] else {
            diagnostics.error(.invalidYAML, at: place(event), "there is no anchor '&\(name)' before this alias")
            throw .reported
        }
        try count(anchored.count, at: event)
        return anchored.node
    }

    private mutating func count(_ nodes: Int, at event: YAMLEvent) throws(Failure) {
        nodeCount += nodes
        guard nodeCount <= Self.maximumNodes else {
            diagnostics.error(
                .aliasLimit, at: place(event), "the text stands for more than \(Self.maximumNodes) values",
                hint: "use fewer aliases")
            throw .reported
        }
    }

    // MARK: Scalars

    private mutating func checkTag(_ tag: String?, _ event: YAMLEvent) {
        guard let tag, tag != "!" else { return }
        let known = ["str", "int", "float", "bool", "null", "seq", "map"].map { "tag:yaml.org,2002:" + $0 }
        if !known.contains(tag) {
            diagnostics.error(.invalidYAML, at: place(event), "the tag '\(tag)' is not known here")
        }
    }

    /// A plain scalar's value by the core schema.
    private mutating func plain(_ text: String, _ event: YAMLEvent) -> SourceNode.Content {
        switch text {
        case "", "~", "null", "Null", "NULL": return .null
        case "true", "True", "TRUE": return .bool(true)
        case "false", "False", "FALSE": return .bool(false)
        case ".inf", ".Inf", ".INF", "+.inf", "+.Inf", "+.INF", "-.inf", "-.Inf", "-.INF", ".nan", ".NaN", ".NAN":
            diagnostics.error(
                .invalidYAML, at: place(event), "'\(text)' is no number that JSON has",
                hint: "quote it to mean the text")
            return .null
        default: break
        }
        return number(text).map { .number($0) } ?? .string(text)
    }

    private func number(_ text: String) -> JSONNumber? {
        if text.hasPrefix("0x"), let value = UInt64(text.dropFirst(2), radix: 16) { return JSONNumber(value) }
        if text.hasPrefix("0o"), let value = UInt64(text.dropFirst(2), radix: 8) { return JSONNumber(value) }
        // What YAML allows and JSON does not: a plus sign, leading zeros, a point at either end.
        var rest = Substring(text)
        var sign = ""
        if let first = rest.first, first == "-" || first == "+" {
            sign = first == "-" ? "-" : ""
            rest = rest.dropFirst()
        }
        guard let first = rest.utf8.first, first == UInt8(ascii: ".") || first &- 0x30 < 10 else { return nil }
        let whole = rest.prefix { $0.isASCII && $0.isNumber }
        rest = rest.dropFirst(whole.count)
        var digits = String(whole.drop { $0 == "0" })
        if digits.isEmpty { digits = "0" }
        if rest.first == "." {
            let fraction = rest.dropFirst().prefix { $0.isASCII && $0.isNumber }
            guard !whole.isEmpty || !fraction.isEmpty else { return nil }
            rest = rest.dropFirst(1 + fraction.count)
            digits += fraction.isEmpty ? "" : "." + fraction
        }
        return JSONNumber(literal: sign + digits + rest)
    }
}

extension SourceNode {
    /// The text of a scalar that stands as a key.
    fileprivate var keyText: String? {
        switch content {
        case .string(let text): text
        case .number(let number): number.description
        case .bool(let value): value ? "true" : "false"
        case .null, .sequence, .mapping: nil
        }
    }
}
