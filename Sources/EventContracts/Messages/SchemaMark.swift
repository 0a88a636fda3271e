/// The id of a schema in a registry.
public enum SchemaID: Hashable, Sendable {
    /// An id of one registry.
    case number(UInt32)
    /// An id that is the same in all registries.
    case guid(SchemaGUID)

    /// A version byte and the id: 0 and four bytes, or 1 and 16 bytes.
    var bytes: [UInt8] {
        switch self {
        case .number(let number): [0] + (0..<4).map { UInt8(truncatingIfNeeded: number >> (24 - 8 * UInt32($0))) }
        case .guid(let guid): [1] + guid.bytes
        }
    }

    /// Reads an id from its bytes and what follows them.
    ///
    /// - Returns: The id and the number of its bytes; `nil` where the bytes begin with no id.
    static func read(_ bytes: some Collection<UInt8>) -> (id: SchemaID, size: Int)? {
        switch bytes.first {
        case 0:
            let id = bytes.dropFirst().prefix(4)
            guard id.count == 4 else { return nil }
            return (.number(id.reduce(0) { $0 << 8 | UInt32($1) }), 5)
        case 1: return SchemaGUID(bytes: bytes.dropFirst().prefix(16)).map { (.guid($0), 17) }
        default: return nil
        }
    }
}

/// The name of the schema that a record has.
///
/// ```swift
/// switch RecordSchema(of: value, headers: record.headers) {
/// case .none: break
/// case .prefix(let id), .header(let id): logger.debug("schema \(id)")
/// }
/// ```
///
/// ``EventContract/read(_:from:headers:)`` and ``Message/init(validating:)`` read values of all forms.
public enum RecordSchema: Hashable, Sendable {
    /// The record names no schema: its value is JSON alone.
    case none
    /// The value begins with the id.
    case prefix(SchemaID)
    /// A header has the id.
    case header(SchemaID)

    /// The name of the header.
    static let headerName = "__value_schema_id"

    /// Finds the schema's id: in the header, or else at the value's beginning.
    public init(of value: some Collection<UInt8>, headers: [RecordHeader] = []) {
        let header = headers.last { $0.name == Self.headerName }
        if let header, let (id, size) = SchemaID.read(header.value), size == header.valueSize {
            self = .header(id)
        } else if let (id, _) = SchemaID.read(value) {
            self = .prefix(id)
        } else {
            self = .none
        }
    }
}

/// The ids by which the records of some contracts name their schemas.
///
/// `SchemaRegistryClient` of the product `SchemaRegistry` finds them; a ``Producer`` writes them.
public struct SchemaMarks: Sendable {
    private var marks: [ObjectIdentifier: SchemaMark] = [:]

    /// Marks for no message.
    public init() {}

    /// Adds the mark of a message.
    ///
    /// - Parameters:
    ///   - id: The id of the message's schema.
    ///   - message: The message's type.
    ///   - form: How its records name the schema; `none` leaves them plain.
    public mutating func add(_ id: SchemaID, of message: any Message.Type, as form: ContractSchemas.WireForm) {
        switch form {
        case .none: marks[ObjectIdentifier(message)] = nil
        case .prefix: marks[ObjectIdentifier(message)] = SchemaMark(prefix: id.bytes)
        case .header:
            var headers = RecordHeaders()
            headers.append(RecordHeader(name: RecordSchema.headerName, value: id.bytes))
            marks[ObjectIdentifier(message)] = SchemaMark(header: Array(headers.bytes))
        }
    }

    subscript<M: Message>(message: M.Type) -> SchemaMark? { marks[ObjectIdentifier(message)] }
}

/// The bytes that name the schema of a message's records. They are made once, so that a message costs a copy of them.
struct SchemaMark: Sendable {
    /// The bytes before a value; none where records have a header.
    var prefix: [UInt8] = []
    /// A header as ``RecordHeaders`` writes it; no bytes where values have a prefix.
    var header: [UInt8] = []
}

extension SchemaID {
    /// Returns the size of the ID before a record's JSON; `nil` where the value begins with its JSON.
    static func size(in value: some Collection<UInt8>) -> Int? {
        guard let first = value.first, first <= 1 else { return nil }
        return read(value)?.size
    }

    /// Returns a record's JSON, without an ID before it.
    package static func json(of value: some Collection<UInt8>) -> [UInt8] {
        size(in: value).map { Array(value.dropFirst($0)) } ?? Array(value)
    }
}
