package import JSONTape

extension StringFormat {
    /// The format in words that follow "expected": "a URI".
    package var phrase: String {
        switch self {
        case .dateTime: "an RFC 3339 date-time"
        case .date: "an RFC 3339 date"
        case .time: "an RFC 3339 time"
        case .duration: "an RFC 3339 duration"
        case .email: "an email address"
        case .idnEmail: "an internationalized email address"
        case .hostname: "a host name"
        case .idnHostname: "an internationalized host name"
        case .ipv4: "an IPv4 address"
        case .ipv6: "an IPv6 address"
        case .uri: "a URI"
        case .uriReference: "a URI reference"
        case .iri: "an IRI"
        case .iriReference: "an IRI reference"
        case .uuid: "a UUID"
        case .uriTemplate: "a URI template"
        case .jsonPointer: "a JSON Pointer"
        case .relativeJSONPointer: "a Relative JSON Pointer"
        case .regex: "a regular expression"
        }
    }
}
