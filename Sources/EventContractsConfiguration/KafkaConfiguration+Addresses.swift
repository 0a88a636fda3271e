import EventContracts
import KafkaSettings

extension KafkaConfiguration {
    /// Reads the addresses of brokers. Problems do not quote them: they may contain a password or a token.
    mutating func readAddresses(_ reader: inout SettingsReader) {
        if let text = reader.text(.bootstrapServers) {
            let servers = text.split(separator: ",", omittingEmptySubsequences: false).map(SettingsReader.trimmed)
            let problems = servers.enumerated().compactMap { index, server in
                Self.problem(ofAddress: server).map { problem in
                    (servers.count > 1 ? "address \(index + 1) of \(servers.count)" : "the address") + " " + problem
                }
            }
            if !problems.isEmpty {
                reader.report(
                    .bootstrapServers,
                    "expected host:port, or several separated by commas: " + problems.joined(separator: ", "))
            }
            bootstrapServers = servers
        }
        if let text = reader.text(.schemaRegistryURL) {
            let urls = text.split(separator: ",", omittingEmptySubsequences: false).map(SettingsReader.trimmed)
            let problems = urls.enumerated().compactMap { index, url in
                Self.problem(ofURL: url).map {
                    (urls.count > 1 ? "URL \(index + 1) of \(urls.count)" : "the value") + " \($0)"
                }
            }
            if !problems.isEmpty {
                reader.report(
                    .schemaRegistryURL, "expected an http or https URL: " + problems.joined(separator: ", "))
            }
            schemaRegistry.urls = urls
        }
    }

    private static func problem(ofAddress text: String) -> String? {
        if text.isEmpty { return "is empty" }
        if text.contains("://") { return "has a scheme" }
        if text.contains("@") { return "has user info" }
        let (host, port) = hostAndPort(text[...])
        guard let port else { return "has no port" }
        if !isPort(port) { return "has no port from 1 to 65535" }
        return isHost(host) ? nil : "has an invalid host"
    }

    private static func problem(ofURL text: String) -> String? {
        guard let scheme = ["http://", "https://"].first(where: text.lowercased().hasPrefix) else {
            return "has a different scheme"
        }
        let rest = text.dropFirst(scheme.count)
        if rest.contains("@") { return "has user info" }
        if rest.contains("?") || rest.contains("#") { return "has a query or a fragment" }
        let (host, port) = hostAndPort(rest.prefix { $0 != "/" })
        if let port, !isPort(port) { return "has no port from 1 to 65535" }
        return isHost(host) && !rest.contains(where: \.isWhitespace) ? nil : "has an invalid host"
    }

    /// Splits at the last colon that is not part of an IPv6 address in brackets.
    private static func hostAndPort(_ text: Substring) -> (host: Substring, port: Substring?) {
        guard let colon = text.lastIndex(of: ":"), !text[colon...].contains("]") else { return (text, nil) }
        return (text[..<colon], text[text.index(after: colon)...])
    }

    private static func isPort(_ text: Substring) -> Bool {
        text.utf8.allSatisfy { 0x30...0x39 ~= $0 } && UInt16(text) ?? 0 > 0
    }

    /// Returns a host name, an IPv4 address, or an IPv6 address in brackets.
    private static func isHost(_ text: Substring) -> Bool {
        if text.hasPrefix("["), text.hasSuffix("]") { return text.count > 2 }
        return !text.isEmpty && !text.contains { $0.isWhitespace || ":/@[]".contains($0) }
    }
}
