/// A JSON object whose members keep the order they came in. Equality does not regard that order.
///
/// Names are compared scalar by scalar (RFC 8259, section 8.3), not by `String`'s equality.
public struct JSONObject: Sendable {
    /// The members' names, in order.
    public private(set) var keys: [String] = []
    private var values: [JSONName: JSONValue] = [:]

    public init() {}

    /// Creates an object. Of members with the same name, the last is used.
    public init(_ members: some Sequence<(String, JSONValue)>) {
        for (key, value) in members { self[key] = value }
    }

    public var count: Int { keys.count }
    public var isEmpty: Bool { keys.isEmpty }

    /// Returns a member's value. Setting `nil` removes the member.
    public subscript(key: String) -> JSONValue? {
        get { values[JSONName(key)] }
        set {
            if let newValue {
                if values.updateValue(newValue, forKey: JSONName(key)) == nil { keys.append(key) }
            } else if values.removeValue(forKey: JSONName(key)) != nil {
                keys.removeAll { $0.hasSameScalars(as: key) }
            }
        }
    }
}

extension JSONObject: Hashable {
    public static func == (lhs: JSONObject, rhs: JSONObject) -> Bool {
        lhs.values == rhs.values
    }

    public func hash(into hasher: inout Hasher) {
        hasher.combine(values)
    }
}

extension JSONObject: Sequence {
    public func makeIterator() -> some IteratorProtocol<(key: String, value: JSONValue)> {
        keys.lazy.compactMap { key in values[JSONName(key)].map { (key: key, value: $0) } }.makeIterator()
    }
}

extension JSONObject: ExpressibleByDictionaryLiteral {
    public init(dictionaryLiteral elements: (String, JSONValue)...) {
        self.init(elements)
    }
}
