import JSONTape

/// A registry's answer to a request that it accepted.
struct Answer {
    let body: JSONValue
    let url: String

    init(_ response: HTTPResponse, url: String) throws(SchemaRegistryError) {
        self.url = url
        guard let body = JSONValue(bytes: response.body) else {
            throw SchemaRegistryError(
                .unusableAnswer, status: response.status,
                message: "expected JSON, found '\(Self.excerpt(response.body))'", url: url)
        }
        self.body = body
    }

    func failure(_ expected: String) -> SchemaRegistryError {
        SchemaRegistryError(.unusableAnswer, message: "expected an answer with \(expected)", url: url)
    }

    // MARK: Members

    func text(_ name: String) throws(SchemaRegistryError) -> String {
        guard let text = body[name]?.text else { throw failure("'\(name)'") }
        return text
    }

    func number(_ name: String) throws(SchemaRegistryError) -> Int {
        guard let number = body[name]?.integer else { throw failure("'\(name)'") }
        return number
    }

    func numbers() throws(SchemaRegistryError) -> [Int] {
        guard case .array(let elements) = body else { throw failure("a list of numbers") }
        let numbers = elements.compactMap(\.integer)
        guard numbers.count == elements.count else { throw failure("a list of numbers") }
        return numbers
    }

    func texts() throws(SchemaRegistryError) -> [String] {
        guard case .array(let elements) = body else { throw failure("a list of names") }
        let texts = elements.compactMap(\.text)
        guard texts.count == elements.count else { throw failure("a list of names") }
        return texts
    }

    static func excerpt(_ bytes: [UInt8]) -> String {
        let text = String(decoding: bytes.prefix(200), as: UTF8.self)
        return String(text.map { $0.isNewline ? " " : $0 }.filter { $0.unicodeScalars.allSatisfy { $0.value >= 0x20 } })
    }
}
