import ContractExchange
import ContractModel
import JSONTape
import SchemaCompiler
import SchemaPlan
import Suggestions

#if canImport(FoundationEssentials)
import FoundationEssentials
#else
import Foundation
#endif

/// A checker that validates the texts of one file against the schemas of their messages and the rules of their events,
/// and counts them.
struct MessageChecker: ~Copyable {
    /// The contents of each text.
    enum Content {
        /// A message.
        case message
        /// A record as `JSONLinesTransport` writes it, whose member `value` is the message.
        case record
    }

    private let file: String
    private let content: Content
    private let messages: MessageChoice
    private var tape = JSONTape()
    private(set) var count = 0
    private(set) var invalidCount = 0
    /// The result of the last text.
    private(set) var result = MessageResult()

    init(file: String, content: Content, messages: MessageChoice) {
        self.file = file
        self.content = content
        self.messages = messages
    }

    /// Counts a text, and adds a diagnostic for each failure in it.
    mutating func check(_ element: MessageTexts.Element, diagnostics: inout Diagnostics) {
        count += 1
        var result = MessageResult()
        var found = Diagnostics()
        switch element {
        case .text(let text, let line):
            result.line = line
            result.isValid = check(Text(text, file, line), &result, diagnostics: &found)
        case .tooLong(let line):
            result.line = line
            result.isValid = refuse(line, diagnostics: &found)
        }
        if !result.isValid {
            invalidCount += 1
            if result.errors.isEmpty {
                result.errors = found.sorted.map { MessageResult.Failure(error: $0.message, location: $0.location) }
            }
        }
        self.result = result
        diagnostics.append(found)
    }

    private func refuse(_ line: Int, diagnostics: inout Diagnostics) -> Bool {
        diagnostics.error(
            .fileTooLarge, at: SourceLocation(file: file, line: line),
            "the text is longer than the \(MessageTexts.maximumSize) bytes that are read",
            hint: "write each of several values on a line of its own (JSON lines)")
        return false
    }

    private mutating func check(
        _ text: Text, _ result: inout MessageResult, diagnostics: inout Diagnostics
    ) -> Bool {
        do {
            try tape.parse(text.bytes)
        } catch {
            diagnostics.error(
                .invalidJSON, at: text.place(of: error.offset), error.reason.rawValue,
                hint: error.reason == .trailingBytes
                    ? "write each of several values on a line of its own (JSON lines)" : nil)
            return false
        }
        return switch content {
        case .message: check(.root, on: tape, of: text, &result, diagnostics: &diagnostics)
        case .record: checkRecord(text, &result, diagnostics: &diagnostics)
        }
    }

    // MARK: Messages

    /// - Parameter place: The place of all failures; `nil` where each has its own in the text.
    private func check(
        _ value: JSONTape.Index, on tape: borrowing JSONTape, of text: Text, at place: SourceLocation? = nil,
        from origin: MessageChoice.Origin = .init(), _ result: inout MessageResult, diagnostics: inout Diagnostics
    ) -> Bool {
        switch messages.choose(for: value, on: tape, from: origin) {
        case .validator(let interpreter):
            let failures = interpreter.failures(in: tape, from: value)
            report(failures, of: text, at: place, &result, diagnostics: &diagnostics)
            return failures.isEmpty
        case .unknownEvent(let name, let identifier, let node, let known):
            let message = "the contract has no event '\(name)'"
            let location = place ?? text.place(of: tape.offset(of: node))
            result.errors = [
                MessageResult.Failure(error: message, location: location, instance: tape.pointer(to: node))
            ]
            diagnostics.error(
                .invalidMessage, at: location, "\(identifier): \(message)",
                hint: Suggestion.hint(for: name, among: known))
        case .ambiguous(let names):
            let message = "the value may be one of several messages: \(names.joined(separator: ", "))"
            let location = place ?? text.place(of: tape.offset(of: value))
            result.errors = [
                MessageResult.Failure(error: message, location: location, instance: tape.pointer(to: value))
            ]
            diagnostics.error(.invalidMessage, at: location, message, hint: hint(forAmbiguousFrom: origin))
        case .unidentified:
            let message =
                "the message of the value is unknown: messages are identified by "
                + messages.places.joined(separator: ", ")
            let location = place ?? text.place(of: tape.offset(of: value))
            result.errors = [
                MessageResult.Failure(error: message, location: location, instance: tape.pointer(to: value))
            ]
            diagnostics.error(
                .invalidMessage, at: location, message,
                hint: "state the message with --message where it is always the same")
        }
        return false
    }

    private func hint(forAmbiguousFrom origin: MessageChoice.Origin) -> String {
        guard let topic = origin.topic, !messages.knows(topic: topic) else {
            return "state the message with --message, or validate records with --records"
        }
        return
            "the contract has no topic '\(topic)': state its name with --topic-prefix or --topic, or the message with "
            + "--message"
    }

    private func report(
        _ failures: [SchemaFailure], of text: Text, at place: SourceLocation?, _ result: inout MessageResult,
        diagnostics: inout Diagnostics
    ) {
        let places =
            place.map { place in failures.map { _ in place } } ?? text.places(of: failures.map(\.failure.offset))
        for (found, place) in zip(failures, places) {
            let failure = found.failure
            result.errors.append(MessageResult.Failure(error: failure.message, location: place, failure: found))
            let pointer = failure.instance.tokens.isEmpty ? "the root" : failure.instance.description
            diagnostics.error(
                .invalidMessage, at: place, "\(pointer): \(failure.message)", hint: "by \(failure.schema)")
        }
        if failures.count == AllFailures.defaultLimit {
            diagnostics.warning(
                .invalidMessage, at: text.start,
                "there may be more: only the first \(failures.count) failures of a message are shown")
        }
    }

    // MARK: Records

    /// Returns the topic and the headers of a record.
    private func origin(of record: JSONTape.Index) -> MessageChoice.Origin {
        var origin = MessageChoice.Origin()
        if let topic = tape.member(named: "topic", of: record), tape.kind(at: topic) == .string {
            origin.topic = tape.string(at: topic)
        }
        guard let headers = tape.member(named: "headers", of: record), tape.kind(at: headers) == .array else {
            return origin
        }
        var header = tape.first(in: headers)
        let end = tape.end(of: headers)
        while header != end {
            if let name = tape.member(named: "name", of: header), tape.kind(at: name) == .string,
                let value = tape.member(named: "value", of: header), tape.kind(at: value) == .string
            {
                origin.headers.append((tape.string(at: name), tape.string(at: value)))
            }
            header = tape.end(of: header)
        }
        return origin
    }

    private func checkRecord(
        _ text: Text, _ result: inout MessageResult, diagnostics: inout Diagnostics
    ) -> Bool {
        guard tape.kind(at: .root) == .object, let value = tape.member(named: "value", of: .root) else {
            diagnostics.error(
                .invalidMessage, at: text.start, "expected a record, an object with the member 'value'",
                hint: "leave out --records where the lines are messages")
            return false
        }
        // A tombstone has no message.
        if tape.kind(at: value) == .null { return true }
        let origin = origin(of: .root)
        guard tape.kind(at: value) == .object, tape.count(at: value) == 1,
            let encoded = tape.member(named: "base64", of: value), tape.kind(at: encoded) == .string
        else { return check(value, on: tape, of: text, from: origin, &result, diagnostics: &diagnostics) }

        // A value that is not JSON, or that would look like this one.
        let place = text.place(of: tape.offset(of: value))
        guard let bytes = Data(base64Encoded: tape.string(at: encoded)) else {
            diagnostics.error(.invalidMessage, at: place, "/value/base64: invalid Base64")
            return false
        }
        var inner = JSONTape()
        do {
            try inner.parse([UInt8](bytes))
        } catch {
            diagnostics.error(.invalidJSON, at: place, "in the value's bytes: \(error.reason.rawValue)")
            return false
        }
        return check(.root, on: inner, of: text, at: place, from: origin, &result, diagnostics: &diagnostics)
    }
}

/// A text, and its place in a file.
private struct Text {
    let bytes: ArraySlice<UInt8>
    let start: SourceLocation

    init(_ bytes: ArraySlice<UInt8>, _ file: String, _ line: Int) {
        self.bytes = bytes
        start = SourceLocation(file: file, line: line)
    }

    func place(of offset: Int) -> SourceLocation { places(of: [offset])[0] }

    /// Returns the places of offsets in the text, found in one pass over it.
    func places(of offsets: [Int]) -> [SourceLocation] {
        var places = offsets.map { _ in start }
        var place = start
        var passed = 0
        for (index, offset) in offsets.enumerated().sorted(by: { $0.element < $1.element }) {
            for byte in bytes.dropFirst(passed).prefix(offset - passed) { place.step(over: byte) }
            passed = offset
            places[index] = place
        }
        return places
    }
}
