/// A parsed JSON text as a flat array of nodes over a copy of its bytes.
///
/// Parsing checks the whole grammar of RFC 8259 and all UTF-8, undoes the escapes of strings, and leaves numbers as the
/// text they were. Each value, and each name of an object's member, is one node; a value's nodes are adjacent, so that
/// a reader walks a tape from front to back or steps over what it does not need.
///
/// An ``Index`` is meaningful only with the tape it came from. Every access is checked against the tape's end.
public struct JSONTape: ~Copyable {
    /// A node's kind.
    public enum Kind: UInt8, Sendable {
        case null, `false`, `true`, number, string, array, object
    }

    /// A node's place on the tape.
    public struct Index: Hashable, Sendable {
        @usableFromInline package let raw: UInt32

        @inlinable
        package init(raw: UInt32) { self.raw = raw }

        /// The document's one value.
        @inlinable public static var root: Index { Index(raw: 0) }
    }

    /// 16 bytes a node: what it is and where its bytes are.
    @usableFromInline
    struct Node {
        /// The first byte: of a string, the one after its quote.
        @usableFromInline var offset: UInt32
        /// Bytes of a string or number; children of an array, members of an object.
        @usableFromInline var length: UInt32
        /// The node after this value and all it holds. While a container is open: its parent.
        @usableFromInline var next: UInt32
        @usableFromInline var kind: Kind
        @usableFromInline var flags: UInt8

        /// A string with bytes past ASCII, or a number with a fraction or an exponent.
        static var isSpecial: UInt8 { 1 }

        @usableFromInline
        init(offset: UInt32, length: UInt32, next: UInt32, kind: Kind, flags: UInt8) {
            self.offset = offset
            self.length = length
            self.next = next
            self.kind = kind
            self.flags = flags
        }
    }

    /// The text's bytes and ``padding`` zeros. Owned.
    @usableFromInline var bytes: UnsafeMutablePointer<UInt8>
    @usableFromInline var byteCapacity: Int
    /// Owned; the first `nodeCount` are initialized.
    @usableFromInline var nodes: UnsafeMutablePointer<Node>
    @usableFromInline var nodeCapacity: Int
    @usableFromInline var nodeCount = 0

    /// Zeros after the text, so that a load of 8 bytes at any of its bytes stays inside the buffer.
    static var padding: Int { 16 }

    /// The default maximum depth of nested arrays and objects.
    ///
    /// Parsing needs no stack, but ``value(at:)`` recurs for each level: a caller that allows more must know its stack.
    @inlinable public static var defaultMaximumDepth: Int { 512 }

    /// Creates an empty tape, which `parse` fills repeatedly without new memory.
    public init() {
        byteCapacity = 1024
        bytes = .allocate(capacity: byteCapacity)
        nodeCapacity = 64
        nodes = .allocate(capacity: nodeCapacity)
    }

    deinit {
        bytes.deallocate()
        nodes.deallocate()
    }

    /// Parses one JSON text.
    public init(
        parsing text: some Collection<UInt8>, maximumDepth: Int = JSONTape.defaultMaximumDepth
    ) throws(JSONSyntaxError) {
        self.init()
        try parse(text, maximumDepth: maximumDepth)
    }

    /// Parses one JSON text in place of what the tape held. After an error the tape is empty.
    public mutating func parse(
        _ text: some Collection<UInt8>, maximumDepth: Int = JSONTape.defaultMaximumDepth
    ) throws(JSONSyntaxError) {
        let copied: Void? = text.withContiguousStorageIfAvailable { load($0) }
        if copied == nil {
            Array(text).withUnsafeBufferPointer { load($0) }
        }
        try parseLoaded(maximumDepth: maximumDepth)
    }

    /// Parses what a writer has written so far.
    public mutating func parse(
        _ writer: borrowing JSONWriter, maximumDepth: Int = JSONTape.defaultMaximumDepth
    ) throws(JSONSyntaxError) {
        load(UnsafeBufferPointer(start: writer.bytes, count: writer.count))
        try parseLoaded(maximumDepth: maximumDepth)
    }

    private var loadedCount = 0

    private mutating func load(_ text: UnsafeBufferPointer<UInt8>) {
        loadedCount = text.count
        // Refused by `parseLoaded`: not worth a copy.
        guard text.count < UInt32.max else { return }
        if byteCapacity < text.count + Self.padding {
            bytes.deallocate()
            byteCapacity = text.count + text.count / 2 + Self.padding
            bytes = .allocate(capacity: byteCapacity)
        }
        if let source = text.baseAddress { bytes.update(from: source, count: text.count) }
        (bytes + text.count).update(repeating: 0, count: Self.padding)
    }

    private mutating func parseLoaded(maximumDepth: Int) throws(JSONSyntaxError) {
        nodeCount = 0
        guard loadedCount < UInt32.max else { throw JSONSyntaxError(.tooLarge, at: 0) }
        var parser = TapeParser(
            bytes: bytes, count: loadedCount, maximumDepth: maximumDepth, nodes: nodes, capacity: nodeCapacity)
        let failure = parser.run()
        // The parser may have moved the nodes to a larger buffer, and handed back is what is owned from here on.
        nodes = parser.nodes
        nodeCapacity = parser.nodeCapacity
        if let failure { throw failure }
        nodeCount = parser.nodeCount
    }
}

// MARK: - Walking

extension JSONTape {
    @inlinable
    func node(_ index: Index) -> Node {
        precondition(Int(index.raw) < nodeCount, "an index of another tape")
        return nodes[Int(index.raw)]
    }

    @inlinable
    public func kind(at index: Index) -> Kind { node(index).kind }

    /// Returns whether a value is true or false.
    @inlinable
    public func isBoolean(at index: Index) -> Bool {
        let kind = kind(at: index)
        return kind == .true || kind == .false
    }

    /// Returns the number of an array's elements, an object's members, or the bytes of a string or another scalar.
    @inlinable
    public func count(at index: Index) -> Int { Int(node(index).length) }

    /// Returns the first element of an array, or the first member's name of an object. Equal to ``end(of:)`` where it
    /// is empty.
    @inlinable
    public func first(in container: Index) -> Index { Index(raw: container.raw &+ 1) }

    /// Returns the index after the last node of a value.
    @inlinable
    public func end(of index: Index) -> Index { Index(raw: node(index).next) }

    /// Returns the value that belongs to a member's name.
    @inlinable
    public func value(ofKey key: Index) -> Index { Index(raw: key.raw &+ 1) }

    /// Returns the offset in the input at which a value's text begins, in bytes. For a string: its opening quote.
    public func offset(of index: Index) -> Int {
        let node = node(index)
        return Int(node.offset) - (node.kind == .string ? 1 : 0)
    }

    /// Returns the value of an object's member; `nil` if there is none, or the value is not an object.
    public func member(_ name: String, of object: Index) -> Index? {
        guard kind(at: object) == .object else { return nil }
        var key = first(in: object)
        let end = end(of: object)
        while key != end {
            let value = value(ofKey: key)
            if string(at: key, equals: name) { return value }
            key = self.end(of: value)
        }
        return nil
    }

    /// Returns the value of an object's member whose name is known when the program is built.
    @inlinable
    public func member(named name: StaticString, of object: Index) -> Index? {
        guard kind(at: object) == .object else { return nil }
        var key = first(in: object)
        let end = end(of: object)
        while key != end {
            let value = value(ofKey: key)
            if string(at: key, is: name) { return value }
            key = self.end(of: value)
        }
        return nil
    }

    /// Returns the value of a member of an object that may be missing.
    @inlinable
    public func member(named name: StaticString, of object: Index?) -> Index? {
        guard let object else { return nil }
        return member(named: name, of: object)
    }

    /// Returns the value that a pointer leads to; `nil` where it leads nowhere.
    public func find(_ pointer: JSONPointer, from start: Index = .root) -> Index? {
        var index = start
        for token in pointer.tokens {
            switch kind(at: index) {
            case .object:
                guard let value = member(token, of: index) else { return nil }
                index = value
            case .array:
                guard let position = UInt32(token), String(position) == token, position < count(at: index) else {
                    return nil
                }
                index = first(in: index)
                for _ in 0..<position { index = end(of: index) }
            default: return nil
            }
        }
        return index
    }

    /// Returns the pointer that leads from the root to a value. Meant for error paths: it walks the tape.
    public func pointer(to target: Index) -> JSONPointer {
        pointer(to: target) { _ in nil }
    }

    /// Returns the same, with another text in place of some members' names.
    ///
    /// - Parameter substitute: The text for the name at an index; `nil` for the name itself.
    func pointer(to target: Index, _ substitute: (Index) -> String?) -> JSONPointer {
        var pointer = JSONPointer()
        var container = Index.root
        descend: while container != target {
            var child = first(in: container)
            let end = end(of: container)
            let isObject = kind(at: container) == .object
            var position = 0
            while child != end {
                let value = isObject ? value(ofKey: child) : child
                let next = self.end(of: value)
                if target.raw < next.raw {
                    pointer.tokens.append(isObject ? substitute(child) ?? string(at: child) : String(position))
                    if target == child { return pointer }
                    container = value
                    continue descend
                }
                child = next
                position += 1
            }
            break
        }
        return pointer
    }
}
