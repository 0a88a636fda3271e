import ContractModel
import JSONTape
import SchemaCompiler

/// Validates the texts of one file against a message's schema and its events' rules, and counts them.
struct MessageChecker: ~Copyable {
    private let file: String
    private let interpreter: PlanInterpreter
    private var tape = JSONTape()
    private(set) var count = 0
    private(set) var invalidCount = 0

    init(file: String, interpreter: PlanInterpreter) {
        self.file = file
        self.interpreter = interpreter
    }

    /// Counts a text, and adds a diagnostic for each failure in it.
    mutating func check(_ element: MessageTexts.Element, diagnostics: inout Diagnostics) {
        count += 1
        let isValid =
            switch element {
            case .text(let text, let line): check(text, startingAt: line, diagnostics: &diagnostics)
            case .tooLong(let line): refuse(line, diagnostics: &diagnostics)
            }
        if !isValid { invalidCount += 1 }
    }

    private func refuse(_ line: Int, diagnostics: inout Diagnostics) -> Bool {
        diagnostics.error(
            .fileTooLarge, at: SourceLocation(file: file, line: line),
            "the text is longer than the \(MessageTexts.maximumSize) bytes that are read",
            hint: "of several texts, write each on one line (JSON lines)")
        return false
    }

    private mutating func check(
        _ text: ArraySlice<UInt8>, startingAt line: Int, diagnostics: inout Diagnostics
    ) -> Bool {
        do {
            try tape.parse(text)
        } catch {
            diagnostics.error(
                .invalidJSON, at: places(of: [error.offset], in: text, startingAt: line)[0], error.reason.rawValue,
                hint: error.reason == .trailingBytes ? "of several texts, write each on one line (JSON lines)" : nil)
            return false
        }
        let failures = interpreter.failures(in: tape)
        let places = places(of: failures.map(\.offset), in: text, startingAt: line)
        for (failure, place) in zip(failures, places) {
            let pointer = failure.instance.tokens.isEmpty ? "the root" : failure.instance.description
            diagnostics.error(
                .invalidMessage, at: place, "\(pointer): \(failure.message)", hint: "by \(failure.schema)")
        }
        if failures.count == AllFailures.defaultLimit {
            diagnostics.warning(
                .invalidMessage, at: SourceLocation(file: file, line: line),
                "there may be more: only the first \(failures.count) failures of a message are shown")
        }
        return failures.isEmpty
    }

    /// The places of offsets in a text, found in one pass over it.
    private func places(
        of offsets: [Int], in text: ArraySlice<UInt8>, startingAt line: Int
    ) -> [SourceLocation] {
        var places = offsets.map { _ in SourceLocation(file: file, line: line) }
        var place = SourceLocation(file: file, line: line)
        var passed = 0
        for (index, offset) in offsets.enumerated().sorted(by: { $0.element < $1.element }) {
            for byte in text.dropFirst(passed).prefix(offset - passed) { place.step(over: byte) }
            passed = offset
            places[index] = place
        }
        return places
    }
}
