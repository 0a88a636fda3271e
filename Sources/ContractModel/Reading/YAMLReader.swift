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
        var height: Int
    }

    private let file: String
    private var events: YAMLEvents
    private var diagnostics: Diagnostics
    private var anchors: [String: Anchored] = [:]
    private var openAnchors: Set<String> = []
    private var nodeCount = 0

    package static func read(_ bytes: [UInt8], file: String, diagnostics: inout Diagnostics) -> SourceNode? {
        guard let bytes = SourceText.checked(bytes, file: file, diagnostics: &diagnostics) else { return nil }
        var reader = YAMLReader(file: file, events: YAMLEvents(bytes), diagnostics: diagnostics)
        var node: SourceNode?
        do {
            node = try reader.readDocument()
        } catch {
            reader.report(error, in: bytes)
        }
        diagnostics = reader.diagnostics
        return node
    }

    private init(file: String, events: consuming YAMLEvents, diagnostics: Diagnostics) {
        self.file = file
        self.events = events
        self.diagnostics = diagnostics
    }

    // MARK: Documents

    private mutating func readDocument() throws(Failure) -> SourceNode? {
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
    }

    private mutating func report(_ failure: Failure, in bytes: [UInt8]) {
        guard case .syntax(let error) = failure else { return }
        let location =
            switch error.place {
            case .mark(let line, let column): SourceLocation(file: file, line: line + 1, column: column + 1)
            case .byte(let offset): SourceText.location(of: offset, in: bytes, file: file)
            }
        diagnostics.error(.invalidYAML, at: location, error.message)
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
        try checkDepth(depth, at: event)
        switch event.content {
        case .alias(let name):
            return try follow(name, event, depth: depth)
        case .scalar(let text, let isPlain, let tag, let anchor):
            let node = SourceNode(scalar(text, isPlain: isPlain, tag: tag, event), at: place(event))
            remember(node, as: anchor, since: nodeCount - 1)
            return node
        case .sequenceStart(let tag, let anchor):
            checkTag(tag, "seq", event)
            return try readContainer(anchor, event) { (reader) throws(Failure) in
                try reader.readSequence(depth: depth)
            }
        case .mappingStart(let tag, let anchor):
            checkTag(tag, "map", event)
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
            guard let key = key.string("a key", diagnostics: &diagnostics) else { continue }
            let name = key.value
            if let line = lines[name] {
                diagnostics.error(
                    .duplicateKey, at: key.location, "the key '\(name)' is here already, at line \(line)",
                    hint: "keep one of them")
                continue
            }
            lines[name] = key.location.line
            entries.append(SourceNode.Entry(key: key, value: value))
        }
    }

    // MARK: Anchors

    private mutating func remember(_ node: SourceNode, as anchor: String?, since before: Int) {
        guard let anchor else { return }
        anchors[anchor] = Anchored(node: node, count: nodeCount - before, height: node.height)
    }

    private mutating func follow(_ name: String, _ event: YAMLEvent, depth: Int) throws(Failure) -> SourceNode {
        if openAnchors.contains(name) {
            diagnostics.error(.aliasLimit, at: place(event), "the alias '*\(name)' stands within what it names")
            throw .reported
        }
        guard let anchored = anchors[name] else {
            diagnostics.error(.invalidYAML, at: place(event), "there is no anchor '&\(name)' before this alias")
            throw .reported
        }
        try count(anchored.count, at: event)
        try checkDepth(depth + anchored.height, at: event)
        return anchored.node
    }

    // MARK: Bounds

    private mutating func checkDepth(_ depth: Int, at event: YAMLEvent) throws(Failure) {
        guard depth < Self.maximumDepth else {
            diagnostics.error(.nestingDepth, at: place(event), "nested deeper than \(Self.maximumDepth) levels")
            throw .reported
        }
    }

    private mutating func count(_ nodes: Int, at event: YAMLEvent) throws(Failure) {
        nodeCount += nodes
        guard nodeCount <= Self.maximumNodes else {
            diagnostics.error(
                .aliasLimit, at: place(event), "the text stands for more than \(Self.maximumNodes) values",
                hint: anchors.isEmpty ? nil : "use fewer aliases")
            throw .reported
        }
    }

    // MARK: Scalars

    private static let coreTag = "tag:yaml.org,2002:"

    /// A list or mapping may say what it is, and nothing else.
    private mutating func checkTag(_ tag: String?, _ expected: String, _ event: YAMLEvent) {
        guard let tag, tag != "!", tag != Self.coreTag + expected else { return }
        refuseTag(tag, event)
    }

    private mutating func refuseTag(_ tag: String, _ event: YAMLEvent) {
        let name = tag.hasPrefix(Self.coreTag) ? "!!" + tag.dropFirst(Self.coreTag.count) : tag
        diagnostics.error(
            .invalidYAML, at: place(event), "the tag '\(name)' can't stand here", hint: "remove the tag")
    }

    /// A scalar's value: a string where it is quoted or says so, by the core schema elsewhere.
    private mutating func scalar(
        _ text: String, isPlain: Bool, tag: String?, _ event: YAMLEvent
    ) -> SourceNode.Content {
        guard let tag else { return isPlain ? plain(text, event) : .string(text) }
        let name = tag.hasPrefix(Self.coreTag) ? tag.dropFirst(Self.coreTag.count) : Substring(tag)
        if name == "str" || name == "!" { return .string(text) }
        let content = plain(text, event)
        let fits =
            switch content {
            case .null: name == "null"
            case .bool: name == "bool"
            case .number(let number): name == "float" || name == "int" && number.isInteger
            case .string, .sequence, .mapping: false
            }
        if !fits { refuseTag(tag, event) }
        return content
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
        for (prefix, radix) in [("0x", 16), ("0o", 8)] where text.hasPrefix(prefix) {
            let digits = text.dropFirst(prefix.count)
            // `UInt64.init` would take a sign as well.
            return digits.first == "+" ? nil : UInt64(digits, radix: radix).map { JSONNumber($0) }
        }
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
    /// How many levels of nodes lie below this one.
    fileprivate var height: Int {
        switch content {
        case .null, .bool, .number, .string: 0
        case .sequence(let nodes): nodes.map { $0.height + 1 }.max() ?? 0
        case .mapping(let entries): entries.map { $0.value.height + 1 }.max() ?? 0
        }
    }
}
