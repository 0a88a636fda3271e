package import JSONTape

extension StringFormat {
    /// A pattern that matches each text of the format, and possibly others; `nil` for formats of nearly any text.
    package var roughPattern: String? {
        switch self {
        case .dateTime:
            "^[0-9]{4}-[0-9]{2}-[0-9]{2}[Tt][0-9]{2}:[0-9]{2}:[0-9]{2}(\\.[0-9]+)?([Zz]|[+-][0-9]{2}:[0-9]{2})$"
        case .date: "^[0-9]{4}-[0-9]{2}-[0-9]{2}$"
        case .time: "^[0-9]{2}:[0-9]{2}:[0-9]{2}(\\.[0-9]+)?([Zz]|[+-][0-9]{2}:[0-9]{2})$"
        case .duration: "^P[0-9YMWDTHS]{2,}$"
        case .email, .idnEmail: "^.+@.+$"
        case .hostname: "^[A-Za-z0-9.-]{1,253}$"
        case .ipv4: "^[0-9]{1,3}\\.[0-9]{1,3}\\.[0-9]{1,3}\\.[0-9]{1,3}$"
        case .ipv6: "^[0-9A-Fa-f:.]{2,45}$"
        case .uri, .iri: "^[A-Za-z][A-Za-z0-9+.-]*:"
        case .uuid: "^[0-9A-Fa-f]{8}-[0-9A-Fa-f]{4}-[0-9A-Fa-f]{4}-[0-9A-Fa-f]{4}-[0-9A-Fa-f]{12}$"
        case .jsonPointer: "^(/[\\s\\S]*)?$"
        case .relativeJSONPointer: "^[0-9]"
        case .idnHostname: "^[\\s\\S]+$"
        case .uriReference, .iriReference, .uriTemplate, .regex: nil
        }
    }
}
