/// Documentation from a schema's words.
enum DocComment {
    /// The documentation of a parameter.
    struct Parameter {
        var name: String
        var text: String
    }

    /// Returns the `///` lines of some paragraphs and parameters, no longer than `width` where words allow.
    static func lines(_ paragraphs: [String], parameters: [Parameter] = [], width: Int) -> [String] {
        var lines: [String] = []
        for paragraph in paragraphs where !isBlank(paragraph) {
            if !lines.isEmpty { lines.append("///") }
            lines += Markdown.lines(paragraph, width: width - 4).map { $0.isEmpty ? "///" : "/// " + $0 }
        }
        let told = parameters.filter { !isBlank($0.text) }
        guard !told.isEmpty else { return lines }
        if !lines.isEmpty { lines.append("///") }
        // One paragraph for each: what there is to say at length, its property says.
        let isOne = told.count == 1
        if !isOne { lines.append("/// - Parameters:") }
        for parameter in told {
            let words = Markdown.words(of: "\(parameter.name): \(parameter.text)")
            for (index, line) in Markdown.wrap(words, width: width - (isOne ? 18 : 8)).enumerated() {
                let isFirst = index == 0
                lines.append(
                    (isOne ? isFirst ? "/// - Parameter " : "///   " : isFirst ? "///   - " : "///     ") + line)
            }
        }
        return lines
    }

    private static func isBlank(_ text: String) -> Bool { text.utf8.allSatisfy { $0 <= 0x20 } }
}

/// A fence of code in Markdown (CommonMark 0.31, section 4.5).
private struct Fence {
    let text: String

    /// Reads the opening of code; `nil` if the line does not open any.
    init?(_ words: [Substring]) {
        guard let first = words.first?.first, first == "`" || first == "~", let word = words.first else { return nil }
        let text = word.prefix { $0 == first }
        // Backticks after a fence of backticks make it code within a line.
        let info = [word.dropFirst(text.count)] + words.dropFirst()
        guard text.count >= 3, first == "~" || !info.contains(where: { $0.contains("`") }) else { return nil }
        self.text = String(text)
    }

    func isClosed(by words: [Substring]) -> Bool {
        guard words.count == 1, let word = words.first, word.count >= text.count else { return false }
        return word.allSatisfy { $0 == text.first }
    }
}

/// Text that may be Markdown, wrapped so that it stays what it is: code, lists and quotes keep their lines.
private enum Markdown {
    static func lines(_ text: String, width: Int) -> [String] {
        var lines: [String] = []
        var paragraph: [Substring] = []
        var fence: Fence?
        func finish() {
            lines += wrap(paragraph, width: width)
            paragraph = []
        }
        // A control character would end the comment and let a schema's words become code.
        for line in text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline) {
            let indentation = String(repeating: " ", count: line.utf8.prefix { $0 == 0x20 }.count)
            let words = words(of: line)
            if let open = fence {
                lines.append(visible(line))
                if open.isClosed(by: words) { fence = nil }
            } else if let opened = Fence(words) {
                finish()
                lines.append(visible(line))
                fence = opened
            } else if isKept(words, after: indentation) {
                finish()
                lines.append(indentation + words.joined(separator: " "))
            } else if words.isEmpty {
                finish()
                if lines.last?.isEmpty == false { lines.append("") }
            } else {
                paragraph += words
            }
        }
        finish()
        while lines.last?.isEmpty == true { lines.removeLast() }
        // Code that does not end would take in what the generator says after it.
        if let fence { lines.append(fence.text) }
        return lines
    }

    /// Returns whether a line has a meaning that wrapping would take from it: an item of a list, a quote, a heading, a row of a
    /// table, indented code.
    private static func isKept(_ words: [Substring], after indentation: String) -> Bool {
        guard let first = words.first else { return false }
        if indentation.count >= 2 { return true }
        let isNumbered =
            first.dropLast().allSatisfy(\.isNumber) && first.count > 1 && (first.last == "." || first.last == ")")
        return ["-", "*", "+"].contains(first) || isNumbered || first.first.map { ">#|".contains($0) } ?? false
    }

    static func words(of text: some StringProtocol) -> [Substring] {
        Substring(text).utf8.split(whereSeparator: { $0 <= 0x20 || $0 == 0x7F }).map(Substring.init)
    }

    /// Returns a line as it is, but for the control characters that the compiler warns of in comments.
    private static func visible(_ line: Substring) -> String {
        let line = line.replacing("\t", with: "    ")
        var text = String(String.UnicodeScalarView(line.unicodeScalars.filter { $0.value >= 0x20 && $0.value != 0x7F }))
        while text.last == " " { text.removeLast() }
        return text
    }

    static func wrap(_ words: [Substring], width: Int) -> [String] {
        var lines: [String] = []
        var current = ""
        for word in words {
            if !current.isEmpty, current.utf8.count + 1 + word.utf8.count > width {
                lines.append(current)
                current = ""
            }
            current += (current.isEmpty ? "" : " ") + word
        }
        if !current.isEmpty { lines.append(current) }
        return lines
    }
}
