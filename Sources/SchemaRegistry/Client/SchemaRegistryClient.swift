public import EventContracts
public import KafkaSettings
public import Logging
import JSONTape
import Synchronization

/// A client of a schema registry.
///
/// ```swift
/// let registry = try SchemaRegistryClient(configuration.schemaRegistry)
/// let id = try await registry.register(RegistrySchema(text), subject: "tda_jobs-value").id
/// ```
///
/// A request that finds no server, or one that fails, goes to the next URL; when all have failed, it is sent again after a
/// backoff. A deletion is sent again only where no server has seen it.
///
/// Schemas and their ids never change, so that answers about them are kept: ``schema(id:)``, ``schema(guid:)`` and
/// ``registration(of:subject:normalize:)`` ask the registry once, however many tasks wait for the answer.
public final class SchemaRegistryClient: Sendable {
    private let settings: SchemaRegistrySettings
    private let session: CurlSession
    private let logger: Logger
    /// The position of the URL that has answered last.
    private let preferred = Atomic(0)

    let schemasByID: AnswerCache<Int, RegistrySchema>
    let schemasByGUID: AnswerCache<SchemaGUID, RegistrySchema>
    let registrations: AnswerCache<RegistrationKey, RegisteredSchema>

    /// Creates a client. It connects when it is used.
    ///
    /// - Parameters:
    ///   - settings: The registry's URLs and the credentials. `EventContractsConfiguration` reads them from the environment.
    ///   - logger: The destination of retries.
    /// - Throws: `ConfigurationError` without a URL, or where libcurl can't start.
    public convenience init(
        _ settings: SchemaRegistrySettings, logger: Logger = Logger(label: "event-contracts.schema-registry")
    ) throws(ConfigurationError) {
        try self.init(settings, logger: logger, absenceLifetime: .seconds(5))
    }

    /// - Parameter absenceLifetime: The time for which it is kept that a schema does not exist.
    package init(
        _ settings: SchemaRegistrySettings, logger: Logger, absenceLifetime: Duration
    ) throws(ConfigurationError) {
        guard !settings.urls.isEmpty else {
            throw ConfigurationError(problems: [.init(subject: "SCHEMA_REGISTRY_URL", message: "expected a URL")])
        }
        let credentials = HTTPCredentials(
            username: settings.username, password: settings.password?.reveal(), token: settings.token?.reveal(),
            authoritiesFile: settings.authoritiesFile, certificateFile: settings.certificateFile,
            keyFile: settings.keyFile)
        guard let session = CurlSession(credentials) else {
            throw ConfigurationError(problems: [.init(subject: "libcurl", message: "the library can't start")])
        }
        self.settings = settings
        self.session = session
        self.logger = logger
        schemasByID = AnswerCache(absenceLifetime: absenceLifetime)
        schemasByGUID = AnswerCache(absenceLifetime: absenceLifetime)
        registrations = AnswerCache(absenceLifetime: absenceLifetime)
    }

    // MARK: Requests

    /// Sends a request, and sends it again as long as that may help.
    ///
    /// - Parameters:
    ///   - path: The path below the registry's URL, with a query.
    ///   - isRepeatable: Whether the request may be sent again where a server may have seen it.
    func send(
        _ method: HTTPRequest.Method, _ path: String, body: JSONValue? = nil, isRepeatable: Bool = true
    ) async throws(SchemaRegistryError) -> Answer {
        var retry = 0
        while true {
            let error: SchemaRegistryError
            do throws(SchemaRegistryError) {
                return try await sendOnce(method, path, body: body, isRepeatable: isRepeatable)
            } catch let failure {
                error = failure
            }
            guard retry < settings.retries, error.isTransient, isRepeatable || error.isUnseen else { throw error }
            retry += 1
            logger.warning("schema registry request failed", metadata: ["reason": "\(error)", "retry": "\(retry)"])
            let delay = Duration.milliseconds(100) * (1 << min(retry - 1, 5)) * Double.random(in: 0.8...1.2)
            guard (try? await Task.sleep(for: delay)) != nil else {
                throw SchemaRegistryError(.cancelled, message: "the request was cancelled", url: error.url)
            }
        }
    }

    /// Sends a request to one URL after another, until one answers.
    private func sendOnce(
        _ method: HTTPRequest.Method, _ path: String, body: JSONValue?, isRepeatable: Bool
    ) async throws(SchemaRegistryError) -> Answer {
        let first = preferred.load(ordering: .relaxed)
        var last: SchemaRegistryError?
        for step in settings.urls.indices {
            let position = (first + step) % settings.urls.count
            let url = settings.urls[position]
            do throws(SchemaRegistryError) {
                let answer = try await sendOnce(method, path, body: body, to: url)
                preferred.store(position, ordering: .relaxed)
                return answer
            } catch {
                guard error.isTransient, isRepeatable || error.isUnseen else { throw error }
                last = error
            }
        }
        throw last ?? SchemaRegistryError(.unreachable, message: "no URL", url: "")
    }

    private func sendOnce(
        _ method: HTTPRequest.Method, _ path: String, body: JSONValue?, to url: String
    ) async throws(SchemaRegistryError) -> Answer {
        let base = url.hasSuffix("/") ? String(url.dropLast()) : url
        let request = HTTPRequest(
            method: method, url: base + path, body: body?.jsonBytes, timeout: settings.requestTimeout)
        switch await session.send(request) {
        case .failure(let failure): throw SchemaRegistryError(failure, url: url)
        case .success(let response):
            guard 200..<300 ~= response.status else { throw SchemaRegistryError(response, url: url) }
            return try Answer(response, url: url)
        }
    }
}

extension SchemaRegistryError {
    /// Whether the same request may succeed later, or at another URL.
    fileprivate var isTransient: Bool {
        switch kind {
        case .noPrimary, .serverFailed, .unreachable, .timeout: true
        default: false
        }
    }

    /// Whether the request has changed nothing: no server took it, or the server that did refused it.
    fileprivate var isUnseen: Bool { kind == .noPrimary || status == 429 || status == 503 || isUnreached }
}

/// Returns a part of a path or a query, with all but letters, digits and `-._~` escaped.
func escaped(_ text: String) -> String {
    let digits = Array("0123456789ABCDEF".utf8)
    var bytes: [UInt8] = []
    for byte in text.utf8 {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: "_"),
            UInt8(ascii: "~"):
            bytes.append(byte)
        default: bytes += [UInt8(ascii: "%"), digits[Int(byte >> 4)], digits[Int(byte & 15)]]
        }
    }
    return String(decoding: bytes, as: UTF8.self)
}
