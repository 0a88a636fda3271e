import ContractModel
import Foundation

/// The forms of credentials that are recognized without doubt.
struct Credential {
    /// The kind with its article: `an AWS access key`.
    let kind: String
    let range: Range<String.Index>

    /// The fewest bytes of a string with a credential.
    static let fewestBytes = 12

    /// Strings of which each credential contains one.
    static let signs = ByteSearch(forms.flatMap(\.signs) + basicSigns + assignmentSigns)

    private static let basicSigns = ["Basic "]
    private static let assignmentSigns = ["assword=", "asswd=", "pwd=", "ecret=", "api_key=", "apikey="]

    /// Finds the first credential of a string.
    static func find(in text: String) -> Credential? {
        guard text.utf8.count >= fewestBytes, signs.isFound(in: text) else { return nil }
        // Regular expressions take long to build: most strings have the sign of one form at most.
        for form in forms where form.mayBe(in: text) {
            if let match = text.firstMatch(of: form.expression()) {
                return Credential(kind: form.kind, range: match.range)
            }
        }
        return basic(in: text) ?? assignment(in: text)
    }

    private struct Form: Sendable {
        var kind: String
        var signs: [String]
        /// A further text that is part of the form.
        var part: String?
        var expression: @Sendable () -> Regex<Substring>

        init(kind: String, signs: [String], part: String? = nil, expression: @escaping @Sendable () -> Regex<Substring>)
        {
            (self.kind, self.signs, self.part, self.expression) = (kind, signs, part, expression)
        }

        func mayBe(in text: String) -> Bool {
            signs.contains(where: text.contains) && (part.map(text.contains) ?? true)
        }
    }

    private static let forms: [Form] = [
        Form(kind: "an AWS access key", signs: ["AKIA", "ASIA"]) { /(?:AKIA|ASIA)[0-9A-Z]{16}/ },
        Form(kind: "a GitHub token", signs: ["ghp_", "gho_", "ghu_", "ghs_", "ghr_", "github_pat_"]) {
            /gh[pousr]_[A-Za-z0-9]{36}|github_pat_[A-Za-z0-9_]{22,}/
        },
        Form(kind: "a GitLab token", signs: ["glpat-", "glptt-", "gldt-", "glrt-"]) {
            /gl(?:pat|ptt|dt|rt)-[A-Za-z0-9_\-]{20}/
        },
        Form(kind: "a Slack token", signs: ["xox", "xapp-"]) {
            /xox[abeprs]-[A-Za-z0-9\-]{10}|xapp-[0-9]-[A-Za-z0-9\-]{10}/
        },
        Form(kind: "a Slack webhook", signs: ["hooks.slack.com"]) {
            /hooks\.slack\.com\/services\/T[A-Z0-9]+\/B[A-Z0-9]+\/[A-Za-z0-9]{16,}/
        },
        Form(kind: "a Stripe key", signs: ["k_live_"]) { /[rs]k_live_[A-Za-z0-9]{16}/ },
        Form(kind: "a Google API key", signs: ["AIza"]) { /AIza[A-Za-z0-9_\-]{35}/ },
        Form(kind: "an npm token", signs: ["npm_"]) { /npm_[A-Za-z0-9]{36}/ },
        Form(kind: "a PyPI token", signs: ["pypi-"]) { /pypi-[A-Za-z0-9_\-]{32}/ },
        Form(kind: "an API key", signs: ["sk-"]) {
            /sk-(?:proj-|ant-|svcacct-)[A-Za-z0-9_\-]{20}|sk-[A-Za-z0-9]{40}/
        },
        Form(kind: "a SendGrid key", signs: ["SG."]) { /SG\.[A-Za-z0-9_\-]{20,24}\.[A-Za-z0-9_\-]{38,48}/ },
        Form(kind: "an Azure key", signs: ["AccountKey=", "SharedAccessKey="]) {
            /(?:AccountKey|SharedAccessKey)=[A-Za-z0-9+\/]{40,}=/
        },
        Form(kind: "a private key", signs: ["-----BEGIN"]) { /-----BEGIN [A-Z ]*PRIVATE KEY(?: BLOCK)?-----/ },
        Form(kind: "a JSON Web Token", signs: ["eyJ"]) {
            /eyJ[A-Za-z0-9_\-]{8,}\.eyJ[A-Za-z0-9_\-]{8,}\.[A-Za-z0-9_\-]*/
        },
        Form(kind: "a bearer token", signs: ["Bearer "]) { /Bearer [A-Za-z0-9._\-]{16,}/ },
        Form(kind: "a password in a URL", signs: ["://"], part: "@") {
            /[a-z][a-z0-9+.\-]*:\/\/[^\s\/:@{}"'<>]+:[^\s\/@{}"'<>$]+@/
        },
        Form(kind: "a token in a URL", signs: ["token=", "key=", "secret=", "password=", "sig="]) {
            /[?&](?:access_token|auth_token|token|api_?key|client_secret|secret|password|sig)=[A-Za-z0-9_.%\-]{12,}/
        },
    ]

    /// Returns the credentials of HTTP's scheme `Basic`: a name and a password in base64.
    private static func basic(in text: String) -> Credential? {
        guard basicSigns.contains(where: text.contains) else { return nil }
        for match in text.matches(of: /Basic ([A-Za-z0-9+\/]{8,}={0,2})/) {
            // Padding may be absent, and one digit alone is less than a byte.
            var digits = match.1.prefix { $0 != "=" }
            if digits.count % 4 == 1 { digits.removeLast() }
            let padding = String(repeating: "=", count: (4 - digits.count % 4) % 4)
            guard let decoded = Data(base64Encoded: digits + padding), decoded.contains(UInt8(ascii: ":")),
                decoded.allSatisfy({ (0x20..<0x7F).contains($0) })
            else { continue }
            return Credential(kind: "a password", range: match.range)
        }
        return nil
    }

    /// Returns a password in the notation of settings: `password="admin-1"`. Plain words are not credentials.
    private static func assignment(in text: String) -> Credential? {
        guard assignmentSigns.contains(where: text.contains) else { return nil }
        let settings = text.matches(of: /(?:[Pp]assword|[Pp]asswd|pwd|[Ss]ecret|api_?key)="?([^\s"'{}$<>*;,&?]{6,})/)
        let stated = settings.first { match in match.1.contains { $0.isNumber || "-_!@#%+/=".contains($0) } }
        return stated.map { Credential(kind: "a password", range: $0.range) }
    }
}
