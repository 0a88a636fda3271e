import EventContracts

#if canImport(FoundationEssentials)
import FoundationEssentials
#else
import Foundation
#endif

/// Reads `.env` files: `NAME=value` lines, with comments, `export` and quotes as shells have them.
enum EnvironmentFile {
    private static let maximumSize = 1 << 20

    /// The variables of a file; none where there is no file.
    static func read(_ path: String, problems: inout [ConfigurationError.Problem]) -> [String: String] {
        guard let attributes = try? FileManager.default.attributesOfItem(atPath: path) else { return [:] }
        guard attributes[.type] as? FileAttributeType == .typeRegular || isLinkToFile(path) else {
            problems.append(.init(name: path, message: "is no regular file"))
            return [:]
        }
        guard let data = FileManager.default.contents(atPath: path) else {
            problems.append(.init(name: path, message: "can't be read"))
            return [:]
        }
        guard data.count <= maximumSize else {
            problems.append(.init(name: path, message: "is larger than \(maximumSize) bytes"))
            return [:]
        }
        guard let text = String(validating: data, as: UTF8.self), !text.utf8.contains(0) else {
            problems.append(.init(name: path, message: "is no text in UTF-8"))
            return [:]
        }
        return variables(in: text, path: path, problems: &problems)
    }

    private static func isLinkToFile(_ path: String) -> Bool {
        var isFolder = false
        let resolved = URL(filePath: path).resolvingSymlinksInPath().path
        guard let type = try? FileManager.default.attributesOfItem(atPath: resolved)[.type] as? FileAttributeType else {
            return false
        }
        isFolder = type != .typeRegular
        return !isFolder
    }

    static func variables(
        in text: String, path: String, problems: inout [ConfigurationError.Problem]
    ) -> [String: String] {
        var variables: [String: String] = [:]
        for (index, line) in text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline).enumerated() {
            var line = trimmed(line)
            if line.isEmpty || line.first == "#" { continue }
            if line.hasPrefix("export ") { line = trimmed(line.dropFirst(7)) }
            guard let equals = line.firstIndex(of: "="), isName(trimmed(line[..<equals])) else {
                // The line itself may hold a secret, and is not shown.
                problems.append(.init(name: "\(path):\(index + 1)", message: "expected NAME=value"))
                continue
            }
            guard let value = value(trimmed(line[line.index(after: equals)...])) else {
                problems.append(.init(name: "\(path):\(index + 1)", message: "the quotes do not enclose the value"))
                continue
            }
            variables[String(trimmed(line[..<equals]))] = value
        }
        return variables
    }

    private static func trimmed(_ text: Substring) -> Substring {
        let start = text.drop { $0 == " " || $0 == "\t" || $0 == "\r" }
        guard let end = start.lastIndex(where: { $0 != " " && $0 != "\t" && $0 != "\r" }) else { return "" }
        return start[...end]
    }

    private static func isName(_ text: Substring) -> Bool {
        !text.isEmpty && text.first?.isNumber == false
            && text.allSatisfy { $0 == "_" || $0.isASCII && ($0.isLetter || $0.isNumber) }
    }

    /// A value without its quotes, or without the comment that follows it; `nil` where a quote is not closed, or where
    /// something other than a comment follows it. Within double quotes a backslash keeps what comes after it.
    private static func value(_ text: Substring) -> String? {
        guard let quote = text.first, quote == "\"" || quote == "'" else {
            if let comment = text.firstRange(of: " #") { return String(trimmed(text[..<comment.lowerBound])) }
            return String(text)
        }
        var value = ""
        var rest = text.dropFirst()
        while let character = rest.popFirst() {
            if character == quote {
                let after = trimmed(rest)
                return after.isEmpty || after.first == "#" ? value : nil
            }
            if character == "\\", quote == "\"" {
                guard let next = rest.popFirst() else { return nil }
                value.append(next == "n" ? "\n" : next)
            } else {
                value.append(character)
            }
        }
        return nil
    }
}

extension Substring {
    fileprivate func firstRange(of other: String) -> Range<Index>? {
        var start = startIndex
        while start < endIndex {
            if self[start...].hasPrefix(other) { return start..<index(start, offsetBy: other.count) }
            start = index(after: start)
        }
        return nil
    }
}
