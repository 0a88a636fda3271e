import ContractModel
import JSONTape

/// The JSON texts of an input: the whole of it, or each of its lines. Holds one text at a time.
struct MessageTexts: ~Copyable {
    /// A text, or the place of one that is too long to be read.
    enum Element {
        case text(ArraySlice<UInt8>, line: Int)
        case tooLong(line: Int)
    }

    private enum Form {
        case whole, lines
    }

    /// The most bytes that a text may have.
    static let maximumSize = 64 << 20
    /// The number of bytes to distinguish lines from one text, if the name does not.
    private static let sampleSize = 1 << 20

    private let input: InputFile
    private var form: Form?
    /// The bytes that have been read but not returned yet: from `start`. None before `searched` ends a line.
    private var buffer: [UInt8] = []
    private var start = 0
    private var searched = 0
    private var line = 1
    private var isAtEnd = false
    private var isWholeReturned = false
    /// Whether reading failed; a diagnostic says why.
    private(set) var hasFailed = false

    /// - Parameter isLines: Whether each line is a text, whatever the input's name and contents.
    init(_ input: consuming InputFile, isLines: Bool = false) {
        form = isLines || input.path.hasSuffix(".jsonl") || input.path.hasSuffix(".ndjson") ? .lines : nil
        self.input = input
    }

    /// Returns the next text that is not blank; `nil` at the end, or where reading failed.
    ///
    /// An input whose name does not end in `.jsonl` or `.ndjson` is one text where it is valid JSON or does not look like
    /// lines. Of a large input, its first lines decide.
    mutating func next(diagnostics: inout Diagnostics) -> Element? {
        let form = form ?? decideForm(diagnostics: &diagnostics)
        self.form = form
        if hasFailed { return nil }
        switch form {
        case .whole: return nextWhole(diagnostics: &diagnostics)
        case .lines: return nextLine(diagnostics: &diagnostics)
        }
    }

    // MARK: Reading

    /// Reads on; `false` at the end.
    private mutating func fill(diagnostics: inout Diagnostics) -> Bool {
        guard !isAtEnd else { return false }
        if start > 0 {
            buffer.removeFirst(start)
            searched -= start
            start = 0
        }
        guard let count = input.read(into: &buffer, diagnostics: &diagnostics) else {
            hasFailed = true
            isAtEnd = true
            return false
        }
        isAtEnd = count == 0
        return !isAtEnd
    }

    private mutating func nextWhole(diagnostics: inout Diagnostics) -> Element? {
        // An empty input is a text too, and an invalid one.
        guard !isWholeReturned else { return nil }
        isWholeReturned = true
        while buffer.count <= Self.maximumSize, fill(diagnostics: &diagnostics) {}
        if hasFailed { return nil }
        return buffer.count > Self.maximumSize ? .tooLong(line: 1) : .text(buffer[...], line: 1)
    }

    private mutating func nextLine(diagnostics: inout Diagnostics) -> Element? {
        var isTooLong = false
        while true {
            if let end = buffer[searched...].firstIndex(of: UInt8(ascii: "\n")) {
                let text = buffer[start..<end]
                let place = line
                (start, searched) = (end + 1, end + 1)
                line += 1
                if isTooLong { return .tooLong(line: place) }
                if !Self.isBlank(text) { return .text(text, line: place) }
                continue
            }
            searched = buffer.count
            if buffer.count - start > Self.maximumSize {
                isTooLong = true
                start = buffer.count
            }
            guard fill(diagnostics: &diagnostics) else { break }
        }
        let rest = buffer[start...]
        start = buffer.count
        if hasFailed { return nil }
        if isTooLong { return .tooLong(line: line) }
        return Self.isBlank(rest) ? nil : .text(rest, line: line)
    }

    private static func isBlank(_ text: ArraySlice<UInt8>) -> Bool {
        text.allSatisfy { [0x20, 0x09, 0x0D].contains($0) }
    }

    // MARK: One text or lines

    /// Decides by the first line where that is an object or an array. Else reads until there are two lines to judge by.
    private mutating func decideForm(diagnostics: inout Diagnostics) -> Form {
        var tape = JSONTape()
        var isFirstLineJudged = false
        var firstLineStart = 0
        var size = Self.sampleSize
        while true {
            while buffer.count < size {
                let before = buffer.count
                guard fill(diagnostics: &diagnostics) else { break }
                guard !isFirstLineJudged, before < Self.sampleSize, buffer[before...].contains(UInt8(ascii: "\n")),
                    let line = firstLine(from: &firstLineStart)
                else { continue }
                if Self.isContainer(line, tape: &tape) { return .lines }
                isFirstLineJudged = true
            }
            if isAtEnd, (try? tape.parse(buffer)) != nil { return .whole }
            var lines = buffer.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
            // The last line of a sample is cut off.
            if !isAtEnd { lines.removeLast() }
            let texts = lines.filter { !Self.isBlank($0) }
            if isAtEnd || texts.count > 1 || buffer.count > Self.maximumSize {
                let containers = texts.count { Self.isContainer($0, tape: &tape) }
                return texts.count > 1 && containers > 0 && containers * 2 >= texts.count ? .lines : .whole
            }
            size = min(size * 2, Self.maximumSize + 1)
        }
    }

    /// Returns the first line that is not blank, where it has been read to its end.
    ///
    /// - Parameter start: The start of a line, which moves past the blank lines from there.
    private func firstLine(from start: inout Int) -> ArraySlice<UInt8>? {
        while let end = buffer[start...].firstIndex(of: UInt8(ascii: "\n")) {
            if !Self.isBlank(buffer[start..<end]) { return buffer[start..<end] }
            start = end + 1
        }
        return nil
    }

    private static func isContainer(_ text: ArraySlice<UInt8>, tape: inout JSONTape) -> Bool {
        (try? tape.parse(text)) != nil && [.object, .array].contains(tape.kind(at: .root))
    }
}
