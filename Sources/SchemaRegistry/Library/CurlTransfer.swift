import CCurl
import EventContracts

/// One request and its answer, with libcurl's handle.
///
/// This and the other files of `Library` are the only ones that hold the library's pointers.
///
/// Unchecked because a transfer is used by one thread at a time: by the caller that creates it, and from
/// ``CurlSession/send(_:)`` on by the session's thread alone. `number` never changes.
final class CurlTransfer: @unchecked Sendable {
    /// More than any registry accepts as a schema.
    private static let maximumAnswer = 64 << 20

    let number: UInt64
    /// Valid until `deinit`.
    let handle: OpaquePointer
    private var headers: UnsafeMutablePointer<curl_slist>?
    /// The library writes its error here while the transfer runs.
    private let errorText: UnsafeMutablePointer<CChar>
    private var body: [UInt8] = []
    private var isTooLong = false
    private var receiver: CheckedContinuation<Result<HTTPResponse, HTTPFailure>, Never>?

    init(
        _ request: HTTPRequest, _ credentials: HTTPCredentials, number: UInt64
    ) throws(HTTPFailure) {
        guard let handle = curl_easy_init() else {
            throw HTTPFailure(kind: .invalidRequest, message: "libcurl has no memory for a request")
        }
        self.number = number
        self.handle = OpaquePointer(handle)
        errorText = .allocate(capacity: Int(CURL_ERROR_SIZE))
        errorText.initialize(repeating: 0, count: Int(CURL_ERROR_SIZE))
        try configure(request, credentials)
    }

    deinit {
        curl_easy_cleanup(raw)
        curl_slist_free_all(headers)
        errorText.deallocate()
    }

    var raw: UnsafeMutableRawPointer { UnsafeMutableRawPointer(handle) }

    func setReceiver(_ receiver: CheckedContinuation<Result<HTTPResponse, HTTPFailure>, Never>) {
        self.receiver = receiver
    }

    // MARK: Options

    private func configure(_ request: HTTPRequest, _ credentials: HTTPCredentials) throws(HTTPFailure) {
        try set(CURLOPT_URL, request.url)
        try set(CURLOPT_NOSIGNAL, 1)
        let milliseconds = max(1, Int(request.timeout.bounded / .milliseconds(1)))
        try set(CURLOPT_TIMEOUT_MS, milliseconds)
        try set(CURLOPT_CONNECTTIMEOUT_MS, milliseconds)
        try set(CURLOPT_USERAGENT, "swift-event-contracts")
        try check(event_contracts_follow_redirects(raw, request.url.lowercased().hasPrefix("https:") ? 1 : 0))
        try check(event_contracts_set_pointer(raw, CURLOPT_ERRORBUFFER, errorText))
        try check(
            event_contracts_set_receiver(
                raw,
                { bytes, size, count, context in
                    guard let bytes, let context else { return 0 }
                    // The transfer outlives the request: `CurlSession` holds it until the library is done with it.
                    let transfer = Unmanaged<CurlTransfer>.fromOpaque(context).takeUnretainedValue()
                    return transfer.receive(UnsafeRawBufferPointer(start: bytes, count: size * count))
                }, Unmanaged.passUnretained(self).toOpaque()))
        try configure(credentials)
        try configureContent(request)
    }

    private func configure(_ credentials: HTTPCredentials) throws(HTTPFailure) {
        if let username = credentials.username {
            try set(CURLOPT_HTTPAUTH, 1)  // CURLAUTH_BASIC
            try set(CURLOPT_USERNAME, username)
            try set(CURLOPT_PASSWORD, credentials.password ?? "")
        } else if let token = credentials.token {
            try set(CURLOPT_HTTPAUTH, 1 << 6)  // CURLAUTH_BEARER
            try set(CURLOPT_XOAUTH2_BEARER, token)
        }
        if let file = credentials.authoritiesFile { try set(CURLOPT_CAINFO, file) }
        if let file = credentials.certificateFile { try set(CURLOPT_SSLCERT, file) }
        if let file = credentials.keyFile { try set(CURLOPT_SSLKEY, file) }
    }

    private func configureContent(_ request: HTTPRequest) throws(HTTPFailure) {
        try set(CURLOPT_CUSTOMREQUEST, request.method.rawValue)
        var lines = ["Accept: application/vnd.schemaregistry.v1+json, application/json", "Expect:"]
        if let body = request.body {
            lines.append("Content-Type: application/vnd.schemaregistry.v1+json")
            try check(event_contracts_set_body(raw, body, Int64(body.count)))
        }
        for line in lines { headers = curl_slist_append(headers, line) }
        try check(event_contracts_set_pointer(raw, CURLOPT_HTTPHEADER, headers))
    }

    private func set(_ option: CURLoption, _ value: Int) throws(HTTPFailure) {
        try check(event_contracts_set_number(raw, option, value))
    }

    private func set(_ option: CURLoption, _ value: String) throws(HTTPFailure) {
        try check(event_contracts_set_text(raw, option, value))
    }

    private func check(_ code: CURLcode) throws(HTTPFailure) {
        guard code == CURLE_OK else {
            throw HTTPFailure(kind: .invalidRequest, message: String(cString: curl_easy_strerror(code)))
        }
    }

    // MARK: Answer

    /// Takes a part of the answer. Fewer bytes than given make the library end the transfer.
    private func receive(_ bytes: UnsafeRawBufferPointer) -> Int {
        guard body.count + bytes.count <= Self.maximumAnswer else {
            isTooLong = true
            return 0
        }
        body.append(contentsOf: bytes)
        return bytes.count
    }

    /// Reports the end of the transfer to its caller.
    func finish(_ code: CURLcode) {
        let result: Result<HTTPResponse, HTTPFailure> =
            code == CURLE_OK
            ? .success(HTTPResponse(status: event_contracts_status(raw), body: body)) : .failure(failure(code))
        resume(result)
    }

    func cancel() {
        resume(.failure(HTTPFailure(kind: .cancelled, message: "the request was cancelled")))
    }

    private func resume(_ result: Result<HTTPResponse, HTTPFailure>) {
        receiver?.resume(returning: result)
        receiver = nil
    }

    private func failure(_ code: CURLcode) -> HTTPFailure {
        if isTooLong {
            return HTTPFailure(
                kind: .unusableAnswer, message: "the answer has more than \(Self.maximumAnswer >> 20) MiB")
        }
        let text = String(cString: errorText)
        return HTTPFailure(
            kind: HTTPFailure.Kind(code), message: text.isEmpty ? String(cString: curl_easy_strerror(code)) : text)
    }
}

extension HTTPFailure.Kind {
    fileprivate init(_ code: CURLcode) {
        switch code {
        case CURLE_COULDNT_RESOLVE_HOST, CURLE_COULDNT_RESOLVE_PROXY, CURLE_COULDNT_CONNECT: self = .unreachable
        case CURLE_OPERATION_TIMEDOUT: self = .timeout
        case CURLE_SSL_CONNECT_ERROR, CURLE_PEER_FAILED_VERIFICATION, CURLE_SSL_CERTPROBLEM, CURLE_SSL_CIPHER,
            CURLE_SSL_CACERT_BADFILE, CURLE_SSL_ISSUER_ERROR, CURLE_SSL_PINNEDPUBKEYNOTMATCH,
            CURLE_SSL_CLIENTCERT:
            self = .security
        case CURLE_TOO_MANY_REDIRECTS, CURLE_BAD_CONTENT_ENCODING, CURLE_WEIRD_SERVER_REPLY: self = .unusableAnswer
        case CURLE_UNSUPPORTED_PROTOCOL, CURLE_URL_MALFORMAT: self = .invalidRequest
        default: self = .interrupted
        }
    }
}
