import ContractModel
import JSONTape

/// A check that reports credentials that are written in a contract, wherever they are.
enum CredentialCheck {
    static func check(_ contract: Contract, diagnostics: inout Diagnostics) {
        for (line, text) in contract.manifestText.lines(containing: Credential.signs).sorted(by: { $0.key < $1.key }) {
            report(text, file: contract.manifestPath, line: line, diagnostics: &diagnostics)
        }
        for file in contract.schemas { check(file.root, diagnostics: &diagnostics) }
        for message in contract.messages {
            for header in message.headers { check(header, diagnostics: &diagnostics) }
            for fixed in message.events.flatMap(\.fixed) {
                check(
                    fixed.value, of: fixed.property.value.tokens.last ?? "", "an event sets", diagnostics: &diagnostics)
            }
        }
    }

    private static func report(_ text: String, file: String, line: Int, diagnostics: inout Diagnostics) {
        guard let found = Credential.find(in: text) else { return }
        let column = text[..<found.range.lowerBound].unicodeScalars.count + 1
        report(found.kind, at: SourceLocation(file: file, line: line, column: column), diagnostics: &diagnostics)
    }

    private static func report(_ kind: String, at place: SourceLocation, diagnostics: inout Diagnostics) {
        diagnostics.error(
            .exposedSecret, at: place, "\(kind) is written in the contract",
            hint: "revoke it, and let programs read the new one from their environment")
    }

    private static func check(_ node: SourceNode, diagnostics: inout Diagnostics) {
        switch node.content {
        case .string(let text):
            if let found = Credential.find(in: text) {
                report(found.kind, at: node.location, diagnostics: &diagnostics)
            }
        case .sequence(let nodes): for node in nodes { check(node, diagnostics: &diagnostics) }
        case .mapping(let entries):
            for entry in entries {
                check(entry.value, diagnostics: &diagnostics)
                for keyword in ["const", "default"] {
                    guard let value = entry.value[keyword] else { continue }
                    check(value, of: entry.key.value, "its '\(keyword)' is", diagnostics: &diagnostics)
                }
            }
        case .null, .bool, .number: break
        }
    }

    /// Reports a literal value of a property whose name is that of a secret.
    private static func check(_ value: SourceNode, of property: String, _ use: String, diagnostics: inout Diagnostics) {
        guard case .string(let text) = value.content, !text.isEmpty, SensitiveName(property) == .secret,
            !diagnostics.hasError(.exposedSecret, at: value.location)
        else { return }
        diagnostics.error(
            .exposedSecret, at: value.location, "'\(property)' looks like a secret, and \(use) written in the contract",
            hint: "let programs read it from their environment")
    }

    /// Headers that carry credentials.
    private static let headers: Set<String> = [
        "authorization", "proxy-authorization", "cookie", "set-cookie", "x-api-key", "api-key", "x-auth-token",
        "x-access-token", "x-amz-security-token", "x-goog-api-key", "x-vault-token", "private-token",
    ]

    private static func check(_ header: HeaderDeclaration, diagnostics: inout Diagnostics) {
        guard headers.contains(header.name.value.lowercased()), !header.value.value.isEmpty else { return }
        let isLiteral = !header.value.value.contains("{")
        diagnostics.append(
            Diagnostic(
                isLiteral ? .error : .warning, .exposedSecret, at: header.value.location,
                isLiteral
                    ? "the credential in the header '\(header.name.value)' is written in the contract"
                    : "the header '\(header.name.value)' carries credentials, which each reader of the topic sees",
                hint: "let the transport authenticate: brokers do not read headers"))
    }
}
