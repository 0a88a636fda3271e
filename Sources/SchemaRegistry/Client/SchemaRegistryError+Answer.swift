import JSONTape

extension SchemaRegistryError {
    /// Creates the error of a response that rejects a request.
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
            return value.jsonText
        case .null, .bool, .number: return value.jsonText
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
