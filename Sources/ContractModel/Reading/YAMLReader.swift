import JSONTape

/// A reader of YAML 1.2 (core schema, section 10.3) into source nodes: a word such as `no` is a string.
package struct YAMLReader: ~Copyable {
    private static let maximumDepth = 64
    /// The maximum number of nodes, including those of aliases: a few lines could otherwise expand to billions.
    private static let maximumNodes = 1_000_000

    private enum Failure: Error {
        /// A diagnostic has been reported, and reading stops.
        case reported
        case syntax(YAMLSyntaxError)
    }

    private struct Anchored {
        var node: SourceNode
        var count: Int
        var height: Int
    }

    private let file: String
    private let text: YAMLText
    private var events: YAMLEvents
    var diagnostics: Diagnostics
    private var anchors: [String: Anchored] = [:]
    private var openAnchors: Set<String> = []
    private var nodeCount = 0

    package static func read(_ bytes: [UInt8], file: String, diagnostics: inout Diagnostics) -> SourceNode? {
        guard let bytes = SourceText.checked(bytes, file: file, diagnostics: &diagnostics) else { return nil }
        let text = YAMLText(bytes)
        if let place = text.excessiveDirective(file: file) {
            diagnostics.error(
                .invalidYAML, at: place, "too many lines start with '%'", hint: "a manifest needs no directives")
            return nil
        }
        var reader = YAMLReader(file: file, text: text, diagnostics: diagnostics)
        var node: SourceNode?
        do {
            node = try reader.readDocument()
        } catch {
            reader.report(error)
        }
        diagnostics = reader.diagnostics
        return node
    }

    private init(file: String, text: YAMLText, diagnostics: Diagnostics) {
        self.file = file
        self.text = text
        events = YAMLEvents(text.bytes)
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

    private mutating func report(_ failure: Failure) {
        guard case .syntax(let error) = failure else { return }
        let mistake = YAMLMistake(error, in: text.bytes, file: file)
        diagnostics.error(.invalidYAML, at: mistake.location, mistake.message, hint: mistake.hint)
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

    func place(_ event: YAMLEvent) -> SourceLocation {
        SourceLocation(file: file, line: event.line + 1, column: event.column + 1)
    }

    // MARK: Nodes

    private mutating func readNode(_ event: YAMLEvent, depth: Int) throws(Failure) -> SourceNode {
        try count(1, at: event)
        try checkDepth(depth, at: event)
        switch event.content {
        case .alias(let name):
            return try follow(name, event, depth: depth)
        case .scalar(let read, let isPlain, let tag, let anchor):
            let content = scalar(text.original(read), isPlain: isPlain, tag: tag, event)
            let node = SourceNode(content, at: place(event))
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
        var merged: [SourceNode.Entry] = []
        var lines: [JSONName: Int] = [:]
        while true {
            let event = try next()
            if case .containerEnd = event.content {
                for entry in merged where lines.updateValue(0, forKey: JSONName(entry.key.value)) == nil {
                    entries.append(entry)
                }
                return .mapping(entries)
            }
            if case .scalar("<<", isPlain: true, tag: nil, anchor: nil) = event.content {
                merged += try readMerged(event, depth: depth)
                continue
            }
            let key = key(try readNode(event, depth: depth + 1), event)
            let value = try readNode(try next(), depth: depth + 1)
            let name = JSONName(key.value)
            if let line = lines[name] {
                diagnostics.error(
                    .duplicateKey, at: key.location, "duplicate key '\(key.value)', first at line \(line)",
                    hint: "keep one of them")
                continue
            }
            lines[name] = key.location.line
            entries.append(SourceNode.Entry(key: key, value: value))
        }
    }

    /// Reports a merge key, and returns the entries that it would add, so that they are not reported as missing.
    private mutating func readMerged(_ key: YAMLEvent, depth: Int) throws(Failure) -> [SourceNode.Entry] {
        try count(1, at: key)
        diagnostics.error(
            .invalidYAML, at: place(key), "YAML 1.2 has no merge key '<<'",
            hint: "write the common keys of topics under 'topic_defaults', and repeat other keys")
        let value = try readNode(try next(), depth: depth + 1)
        let mappings = if case .sequence(let nodes) = value.content { nodes } else { [value] }
        var merged: [SourceNode.Entry] = []
        for mapping in mappings {
            if case .mapping(let entries) = mapping.content { merged += entries }
        }
        return merged
    }

    /// Returns the text of a key. Reports a key that is not a string, and uses its source text.
    private mutating func key(_ node: SourceNode, _ event: YAMLEvent) -> Located<String> {
        if case .string(let text) = node.content { return Located(text, at: node.location) }
        let words = if case .scalar(let read, _, _, _) = event.content { text.original(read) } else { "" }
        diagnostics.refuse(
            .wrongType, at: node.location, "a key must be a string, found \(node.kindName)",
            hint: words.isEmpty ? nil : "put it in quotes to mean the text")
        return Located(words, at: node.location)
    }

    // MARK: Anchors

    private mutating func remember(_ node: SourceNode, as anchor: String?, since before: Int) {
        guard let anchor else { return }
        anchors[anchor] = Anchored(node: node, count: nodeCount - before, height: node.height)
    }

    private mutating func follow(_ name: String, _ event: YAMLEvent, depth: Int) throws(Failure) -> SourceNode {
        if openAnchors.contains(name) {
            diagnostics.error(
                .aliasLimit, at: place(event), "the alias '*\(text.original(name))' contains itself")
            throw .reported
        }
        guard let anchored = anchors[name] else {
            diagnostics.error(
                .invalidYAML, at: place(event), "unknown anchor '&\(text.original(name))'",
                hint: "put a string that starts with '*' in quotes")
            throw .reported
        }
        try count(anchored.count, at: event)
        try checkDepth(depth + anchored.height, at: event)
        // An error in the value is reported only once.
        diagnostics.ignore(place(event), like: anchored.node.location)
        return SourceNode(anchored.node.content, at: place(event))
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
                .aliasLimit, at: place(event), "the aliases expand to more than \(Self.maximumNodes) values",
                hint: anchors.isEmpty ? nil : "use fewer aliases")
            throw .reported
        }
    }
}

extension SourceNode {
    /// The number of levels of nodes below this one.
    fileprivate var height: Int {
        switch content {
        case .null, .bool, .number, .string: 0
        case .sequence(let nodes): nodes.map { $0.height + 1 }.max() ?? 0
        case .mapping(let entries): entries.map { $0.value.height + 1 }.max() ?? 0
        }
    }
}
