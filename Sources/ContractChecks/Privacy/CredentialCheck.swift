import ContractModel

/// A check that reports credentials that are written in a contract, wherever they are.
enum CredentialCheck {
    static func check(_ contract: Contract, diagnostics: inout Diagnostics) {
        for (line, text) in contract.manifestText.lines(containing: Credential.signs).sorted(by: { $0.key < $1.key }) {
            report(text, file: contract.manifestPath, line: line, diagnostics: &diagnostics)
        }
        for file in contract.schemas { check(file.root, diagnostics: &diagnostics) }
        for message in contract.messages {
            for header in message.headers { check(header, diagnostics: &diagnostics) }
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
        case .mapping(let entries): for entry in entries { check(entry.value, diagnostics: &diagnostics) }
        case .null, .bool, .number: break
        }
    }

    /// Headers that carry credentials.
    private static let headers: Set<String> = [
        "authorization", "proxy-authorization", "cookie", "set-cookie", "x-api-key", "api-key", "x-auth-token",
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

/// The forms of credentials that are recognized without doubt.
enum Credential {
    /// Strings of which each credential contains one.
    static let signs = [
        "AKIA", "ASIA", "gh", "glpat-", "xox", "sk_live_", "AIza", "-----BEGIN", "eyJ", "://", "Bearer ",
    ]

    static func find(in text: String) -> (kind: String, range: Range<String.Index>)? {
        guard signs.contains(where: text.contains) else { return nil }
        if let match = text.firstMatch(of: /(AKIA|ASIA)[0-9A-Z]{16}/) { return ("an AWS access key", match.range) }
        if let match = text.firstMatch(of: /gh[pousr]_[A-Za-z0-9]{36}/) { return ("a GitHub token", match.range) }
        if let match = text.firstMatch(of: /glpat-[A-Za-z0-9_\-]{20}/) { return ("a GitLab token", match.range) }
        if let match = text.firstMatch(of: /xox[abprs]-[A-Za-z0-9\-]{10}/) { return ("a Slack token", match.range) }
        if let match = text.firstMatch(of: /sk_live_[A-Za-z0-9]{16}/) { return ("a Stripe key", match.range) }
        if let match = text.firstMatch(of: /AIza[A-Za-z0-9_\-]{35}/) { return ("a Google API key", match.range) }
        if let match = text.firstMatch(of: /-----BEGIN [A-Z ]*PRIVATE KEY-----/) {
            return ("a private key", match.range)
        }
        if let match = text.firstMatch(of: /eyJ[A-Za-z0-9_\-]{8,}\.eyJ[A-Za-z0-9_\-]{8,}\.[A-Za-z0-9_\-]*/) {
            return ("a JSON Web Token", match.range)
        }
        if let match = text.firstMatch(of: /Bearer [A-Za-z0-9._\-]{16,}/) { return ("a bearer token", match.range) }
        if let match = text.firstMatch(of: /[a-z][a-z0-9+.\-]*:\/\/[^\s\/:@{}"'<>]+:[^\s\/@{}"'<>$]+@/) {
            return ("a password in a URL", match.range)
        }
        return nil
    }
}
