package import ContractModel
import JSONTape

/// A contract's manifest and schemas in one file, for repositories without history.
package enum Snapshot {
    private static let formatKey = "event_contracts_snapshot"
    private static let format: JSONValue = 1
    private static let filesKey = "files"

    /// Returns the text of a snapshot; `nil` where a file of the contract is not UTF-8.
    package static func text(_ files: [String: [UInt8]]) -> [UInt8]? {
        var members = JSONObject()
        for (name, bytes) in files.sorted(by: { $0.key < $1.key }) {
            guard let text = String(validating: bytes, as: UTF8.self) else { return nil }
            members[name] = .string(text)
        }
        let snapshot: JSONValue = [formatKey: format, filesKey: .object(members)]
        return snapshot.jsonBytes.map { $0 + [UInt8(ascii: "\n")] }
    }

    /// Returns whether the first bytes of a file are those of a snapshot, whatever its white space.
    package static func isSnapshot(start: [UInt8]) -> Bool {
        let text = String(decoding: start, as: UTF8.self).filter { !$0.isWhitespace }
        return text.hasPrefix("{\"\(formatKey)\":")
    }

    /// Returns the files of a snapshot; `nil` where the text is not one, which is reported.
    package static func files(
        _ bytes: [UInt8], path: String, diagnostics: inout Diagnostics
    ) -> [String: [UInt8]]? {
        guard let root = JSONReader.read(bytes, file: path, diagnostics: &diagnostics) else { return nil }
        guard root[formatKey]?.jsonValue == format, case .mapping(let entries)? = root[filesKey]?.content else {
            diagnostics.error(
                .invalidValue, at: SourceLocation(file: path), "the file is not a snapshot of a contract",
                hint: "make one with event-contracts snapshot")
            return nil
        }
        var files: [String: [UInt8]] = [:]
        for entry in entries {
            guard case .string(let text) = entry.value.content else {
                diagnostics.error(
                    .wrongType, at: entry.value.location,
                    "the text of '\(entry.key.value)' must be a string, found \(entry.value.kindName)")
                return nil
            }
            files[entry.key.value] = Array(text.utf8)
        }
        return files
    }
}
