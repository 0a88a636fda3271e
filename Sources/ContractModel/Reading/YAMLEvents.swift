import CLibYAML

/// An event of libyaml, copied from its memory.
struct YAMLEvent {
    enum Content {
        case streamEnd
        case documentStart
        case alias(String)
        case scalar(String, isPlain: Bool, tag: String?, anchor: String?)
        case sequenceStart(tag: String?, anchor: String?)
        case mappingStart(tag: String?, anchor: String?)
        case containerEnd
        /// An event without content: the start of the stream, the end of a document.
        case other
    }

    var content: Content
    /// Counted from 0.
    var line: Int
    var column: Int
}

/// A syntax error that libyaml reports.
struct YAMLSyntaxError: Error {
    enum Place {
        /// Counted from 0.
        case mark(line: Int, column: Int)
        /// A byte offset: the only known place of an invalid character.
        case byte(Int)
    }

    /// The problem in libyaml's words.
    var problem: String
    /// The problem, and what libyaml was reading.
    var message: String
    var place: Place
    /// The start of that, counted from 0; `nil` if libyaml does not state it.
    var start: (line: Int, column: Int)?
}

/// The events of a YAML text, one at a time. Only this type accesses libyaml's memory.
///
/// The text and the parser live at fixed addresses, which this type alone owns: libyaml keeps pointers into both from
/// `init` to `deinit`. Each event is copied, then deleted, before the next is asked for.
struct YAMLEvents: ~Copyable {
    private let parser: UnsafeMutablePointer<yaml_parser_t>
    private let text: UnsafeMutableBufferPointer<UInt8>
    /// Whether libyaml had the memory to start. Parsing without would end the process.
    private let isReady: Bool

    init(_ bytes: [UInt8]) {
        parser = .allocate(capacity: 1)
        parser.initialize(to: yaml_parser_t())
        text = .allocate(capacity: bytes.count)
        _ = text.initialize(from: bytes)
        isReady = yaml_parser_initialize(parser) == 1
        if isReady {
            yaml_parser_set_input_string(parser, text.baseAddress, text.count)
            yaml_parser_set_encoding(parser, YAML_UTF8_ENCODING)
        }
    }

    deinit {
        if isReady { yaml_parser_delete(parser) }
        parser.deallocate()
        text.deallocate()
    }

    mutating func next() throws(YAMLSyntaxError) -> YAMLEvent {
        var event = yaml_event_t()
        guard isReady, yaml_parser_parse(parser, &event) == 1 else { throw syntaxError }
        defer { yaml_event_delete(&event) }
        return YAMLEvent(
            content: Self.content(of: event), line: Int(event.start_mark.line), column: Int(event.start_mark.column))
    }

    private static func content(of event: yaml_event_t) -> YAMLEvent.Content {
        switch event.type {
        case YAML_STREAM_END_EVENT: return .streamEnd
        case YAML_DOCUMENT_START_EVENT: return .documentStart
        case YAML_ALIAS_EVENT: return .alias(string(event.data.alias.anchor) ?? "")
        case YAML_SCALAR_EVENT:
            let scalar = event.data.scalar
            let value = UnsafeBufferPointer(start: scalar.value, count: scalar.length)
            return .scalar(
                String(decoding: value, as: UTF8.self), isPlain: scalar.style == YAML_PLAIN_SCALAR_STYLE,
                tag: string(scalar.tag), anchor: string(scalar.anchor))
        case YAML_SEQUENCE_START_EVENT:
            return .sequenceStart(
                tag: string(event.data.sequence_start.tag), anchor: string(event.data.sequence_start.anchor))
        case YAML_MAPPING_START_EVENT:
            return .mappingStart(
                tag: string(event.data.mapping_start.tag), anchor: string(event.data.mapping_start.anchor))
        case YAML_SEQUENCE_END_EVENT, YAML_MAPPING_END_EVENT: return .containerEnd
        default: return .other
        }
    }

    private static func string(_ pointer: UnsafeMutablePointer<UInt8>?) -> String? {
        pointer.map { String(cString: $0) }
    }

    private var syntaxError: YAMLSyntaxError {
        let problem = parser.pointee.problem.map { String(cString: $0) } ?? "not enough memory"
        let context = parser.pointee.context.map { String(cString: $0) + ": " } ?? ""
        if parser.pointee.error == YAML_READER_ERROR {
            return YAMLSyntaxError(
                problem: problem, message: problem, place: .byte(Int(parser.pointee.problem_offset)))
        }
        let mark = parser.pointee.problem_mark
        let start = parser.pointee.context_mark
        return YAMLSyntaxError(
            problem: problem, message: context + problem, place: .mark(line: Int(mark.line), column: Int(mark.column)),
            start: parser.pointee.context == nil ? nil : (Int(start.line), Int(start.column)))
    }
}
