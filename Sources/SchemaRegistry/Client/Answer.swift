import JSONTape

/// A registry's answer to a request that it accepted.
struct Answer {
    let body: JSONValue
    let url: String

    init(_ response: HTTPResponse, url: String) throws(SchemaRegistryError) {
        self.url = url
        guard let body = JSONValue(bytes: response.body) else {
            throw SchemaRegistryError(
                .unusableAnswer, status: response.status,
                message: "expected JSON, found '\(Self.excerpt(response.body))'", url: url)
        }
        self.body = body
    }

    func failure(_ expected: String) -> SchemaRegistryError {
        SchemaRegistryError(.unusableAnswer, message: "expected an answer with \(expected)", url: url)
    }

    // MARK: Members

    func text(_ name: String) throws(SchemaRegistryError) -> String {
        guard let text = body[name]?.text else { throw failure("'\(name)'") }
        return text
    }

    func number(_ name: String) throws(SchemaRegistryError) -> Int {
        guard let number = body[name]?.integer else { throw failure("'\(name)'") }
        return number
    }

    func numbers() throws(SchemaRegistryError) -> [Int] {
        guard case .array(let elements) = body else { throw failure("a list of numbers") }
        let numbers = elements.compactMap(\.integer)
        guard numbers.count == elements.count else { throw failure("a list of numbers") }
        return numbers
    }

    func texts() throws(SchemaRegistryError) -> [String] {
        guard case .array(let elements) = body else { throw failure("a list of names") }
        let texts = elements.compactMap(\.text)
        guard texts.count == elements.count else { throw failure("a list of names") }
        return texts
    }

    static func excerpt(_ bytes: [UInt8]) -> String {
        let text = String(decoding: bytes.prefix(200), as: UTF8.self)
        return String(text.map { $0.isNewline ? " " : $0 }.filter { $0.unicodeScalars.allSatisfy { $0.value >= 0x20 } })
    }
}

extension SchemaRegistryError {
    /// The error of an answer that refuses a request.
    ///
    /// Servers and proxies answer in many forms: an object with `error_code` and `message`, of which the message may be a
    /// list of objects; a text as JSON; or no JSON at all.
    init(_ response: HTTPResponse, url: String) {
        let body = JSONValue(bytes: response.body)
        let code = body?["error_code"]?.integer
        let message = body.flatMap(Self.message) ?? Answer.excerpt(response.body)
        self.init(
            Kind(status: response.status, code: code), status: response.status, code: code,
            message: message.isEmpty ? "status \(response.status)" : message, url: url)
    }

    private static func message(_ value: JSONValue) -> String? {
        switch value {
        case .string(let text): return text
        case .array(let elements): return elements.compactMap(message).joined(separator: "; ")
        case .object(let members):
            for name in ["message", "msg", "detail", "title", "error"] {
                if let text = members[name].flatMap(message), !text.isEmpty { return text }
            }
            return value.line
        case .null, .bool, .number: return value.line
        }
    }

    init(_ failure: HTTPFailure, url: String) {
        let kind: Kind =
            switch failure.kind {
            case .unreachable, .interrupted: .unreachable
            case .timeout: .timeout
            case .security: .security
            case .unusableAnswer: .unusableAnswer
            case .cancelled: .cancelled
            case .invalidRequest: .invalidRequest
            }
        self.init(kind, message: failure.message, url: url)
        isUnreached = failure.kind == .unreachable
    }
}

extension SchemaRegistryError.Kind {
    init(status: Int, code: Int?) {
        switch code ?? status {
        case 40401: self = .subjectNotFound
        case 40402: self = .versionNotFound
        case 40403: self = .schemaNotFound
        case 40404, 40406: self = .deletedAlready
        case 40405, 40407: self = .notDeletedYet
        case 40408: self = .levelNotSet
        case 40409: self = .modeNotSet
        case 42201: self = .invalidSchema
        case 42202: self = .invalidVersion
        case 42203: self = .invalidLevel
        case 42204: self = .invalidMode
        case 42205: self = .operationNotPermitted
        case 42206: self = .referenceExists
        case 42207: self = .idMismatch
        case 42208: self = .invalidSubject
        case 50003, 50004: self = .noPrimary
        default:
            switch status {
            case 401: self = .unauthorized
            case 403: self = .forbidden
            case 404: self = .notFound
            case 409: self = .incompatible
            case 429: self = .serverFailed
            case 500...: self = .serverFailed
            case 400...499: self = .invalidRequest
            default: self = .unusableAnswer
            }
        }
    }
}

extension JSONValue {
    /// Parses a text; `nil` where it is not JSON.
    init?(bytes: [UInt8]) {
        guard let tape = try? JSONTape(parsing: bytes), let value = try? tape.value(at: .root) else { return nil }
        self = value
    }

    subscript(name: String) -> JSONValue? {
        if case .object(let members) = self { members[name] } else { nil }
    }

    var text: String? {
        if case .string(let text) = self { text } else { nil }
    }

    /// A whole number, which some servers write as a text.
    var integer: Int? {
        switch self {
        case .number(let number): number.int64Value.flatMap(Int.init(exactly:))
        case .string(let text): Int(text)
        default: nil
        }
    }

    var boolean: Bool? {
        if case .bool(let value) = self { value } else { nil }
    }

    /// The value as one line of JSON.
    var line: String { String(decoding: bytes, as: UTF8.self) }

    /// The value as JSON. A value from a parser, or of this module, nests no deeper than the writer allows.
    var bytes: [UInt8] {
        var writer = JSONWriter()
        writer.write(self)
        return (try? writer.finish()) ?? []
    }
}
