public import JSONTape

/// `Codable` has no exact number: what neither `Int64` nor `UInt64` holds goes through `Double`. The direct coding of
/// ``JSONTape`` and ``JSONWriter`` is exact.
extension JSONNumber: Codable {
    public init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        if let value = try? container.decode(Int64.self) {
            self.init(value)
        } else if let value = try? container.decode(UInt64.self) {
            self.init(value)
        } else if let value = JSONNumber(try container.decode(Double.self)) {
            self = value
        } else {
            throw DecodingError.dataCorruptedError(in: container, debugDescription: "JSON has no such number")
        }
    }

    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        switch storage {
        case .integer(let value): try container.encode(value)
        case .double(let value): try container.encode(value)
        case .literal(let text):
            if let value = UInt64(text) {
                try container.encode(value)
            } else {
                try container.encode(doubleValue)
            }
        }
    }
}
