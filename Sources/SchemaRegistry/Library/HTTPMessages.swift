/// A request for one URL.
struct HTTPRequest: Sendable {
    enum Method: String, Sendable {
        case get = "GET"
        case post = "POST"
        case put = "PUT"
        case delete = "DELETE"
    }

    var method: Method
    var url: String
    var body: [UInt8]?
    var timeout: Duration
}

/// An answer of any status.
struct HTTPResponse: Sendable {
    var status: Int
    var body: [UInt8]
}

/// The reason why a request has no answer.
struct HTTPFailure: Error, Hashable, Sendable {
    enum Kind: Hashable, Sendable {
        /// The server was not reached, so that it has not seen the request.
        case unreachable
        /// The connection ended before the answer.
        case interrupted
        case timeout
        /// A certificate was refused, by either side, or a file of one can't be read.
        case security
        /// The answer is too long, or redirects too often.
        case unusableAnswer
        case cancelled
        /// A request that libcurl refuses.
        case invalidRequest
    }

    var kind: Kind
    var message: String
}

/// The credentials of requests.
struct HTTPCredentials: Sendable {
    var username: String?
    var password: String?
    var token: String?
    var authoritiesFile: String?
    var certificateFile: String?
    var keyFile: String?
}
