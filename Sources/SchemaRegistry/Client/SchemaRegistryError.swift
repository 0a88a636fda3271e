/// The reason why a registry did not do as it was asked.
public struct SchemaRegistryError: Error, Hashable, Sendable {
    /// The kind of an error. Those with a number are the registry's own error codes.
    public enum Kind: Hashable, Sendable {
        /// 40401: no such subject.
        case subjectNotFound
        /// 40402: no such version of the subject.
        case versionNotFound
        /// 40403: no such schema.
        case schemaNotFound
        /// 40404, 40406: the subject or the version is deleted, so that only a permanent deletion is left.
        case deletedAlready
        /// 40405, 40407: a permanent deletion must come after another.
        case notDeletedYet
        /// 40408: the subject has no compatibility level of its own.
        case levelNotSet
        /// 40409: the subject has no mode of its own.
        case modeNotSet
        /// Any other 404.
        case notFound
        /// 409: the schema is not compatible with earlier ones.
        case incompatible
        /// 42201: the schema is invalid by the registry.
        case invalidSchema
        /// 42202: the number of a version is invalid.
        case invalidVersion
        /// 42203: the registry does not have this compatibility level.
        case invalidLevel
        /// 42204: the registry does not have this mode.
        case invalidMode
        /// 42205: the mode does not allow the operation.
        case operationNotPermitted
        /// 42206: another schema refers to this one.
        case referenceExists
        /// 42207: the id belongs to another schema.
        case idMismatch
        /// 42208: the subject's name is invalid.
        case invalidSubject
        /// Any other status from 400 to 499 that refuses the request.
        case invalidRequest
        /// 401: the credentials are missing or wrong.
        case unauthorized
        /// 403: the credentials do not allow the request.
        case forbidden
        /// 50003, 50004: no primary is elected, or it could not be reached by the server that answered.
        case noPrimary
        /// 429, and any other status from 500 on.
        case serverFailed
        /// No server could be reached, or the connection broke.
        case unreachable
        /// No answer came in time.
        case timeout
        /// A certificate was refused, or its file can't be read.
        case security
        /// The answer is not one of a schema registry.
        case unusableAnswer
        /// The task that waited was cancelled.
        case cancelled
    }

    /// The kind of the error.
    public var kind: Kind
    /// The status of the answer; `nil` where there was none.
    public var status: Int?
    /// The registry's error code, such as 40401; `nil` where the answer has none.
    public var code: Int?
    /// The registry's words, or those of the connection's failure. They contain no credentials.
    public var message: String
    /// The URL of the registry that answered, or did not.
    public var url: String
    /// Whether no server has seen the request.
    var isUnreached = false

    init(_ kind: Kind, status: Int? = nil, code: Int? = nil, message: String, url: String) {
        self.kind = kind
        self.status = status
        self.code = code
        self.message = message
        self.url = url
    }

    /// Whether the subject, version, schema, level or mode does not exist.
    public var isNotFound: Bool {
        switch kind {
        case .subjectNotFound, .versionNotFound, .schemaNotFound, .deletedAlready, .levelNotSet, .modeNotSet, .notFound:
            true
        default: false
        }
    }
}

extension SchemaRegistryError: CustomStringConvertible {
    public var description: String {
        let status = (code ?? self.status).map { " (\($0))" } ?? ""
        return "schema registry \(url): \(message)\(status)\(advice.map { "; \($0)" } ?? "")"
    }

    private var advice: String? {
        switch kind {
        case .unauthorized:
            "set SCHEMA_REGISTRY_USERNAME and SCHEMA_REGISTRY_PASSWORD, or SCHEMA_REGISTRY_TOKEN"
        case .forbidden: "the user needs more rights in the registry"
        case .noPrimary: "the registry elects a primary; try again later"
        case .unreachable: "set SCHEMA_REGISTRY_URL to a registry that runs"
        case .security:
            "set SCHEMA_REGISTRY_SSL_CAFILE, or SCHEMA_REGISTRY_SSL_CERTFILE and SCHEMA_REGISTRY_SSL_KEYFILE"
        default: nil
        }
    }
}
