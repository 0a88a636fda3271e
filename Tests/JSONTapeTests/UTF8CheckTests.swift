import JSONTape
import TestSupport
import Testing

@Suite("UTF-8")
struct UTF8CheckTests {
    private func firstInvalidOffset(_ bytes: [UInt8]) -> Int? {
        bytes.withUnsafeBufferPointer { UTF8Check.firstInvalidOffset(in: $0) }
    }

    @Test("every sequence of one or two bytes has the verdict of the standard library")
    func agreesOnShortSequences() {
        for first in 0...UInt8.max {
            #expect((firstInvalidOffset([first]) == nil) == (String(validating: [first], as: UTF8.self) != nil))
            for second in 0...UInt8.max {
                let bytes = [first, second]
                let isValid = String(validating: bytes, as: UTF8.self) != nil
                if (firstInvalidOffset(bytes) == nil) != isValid { Issue.record("\(bytes)") }
            }
        }
    }

    @Test("longer sequences too, near the limits of each row of the table")
    func agreesOnLongSequences() {
        let leads: [UInt8] = [0x7F, 0xC2, 0xDF, 0xE0, 0xE1, 0xEC, 0xED, 0xEE, 0xEF, 0xF0, 0xF1, 0xF3, 0xF4, 0xF5]
        let rest: [UInt8] = [0x00, 0x7F, 0x80, 0x8F, 0x90, 0x9F, 0xA0, 0xBF, 0xC0, 0xFF]
        for lead in leads {
            for second in rest {
                for third in rest {
                    for fourth in rest {
                        let bytes = [lead, second, third, fourth]
                        let isValid = String(validating: bytes, as: UTF8.self) != nil
                        if (firstInvalidOffset(bytes) == nil) != isValid { Issue.record("\(bytes)") }
                    }
                }
            }
        }
    }

    @Test("random texts with a changed byte are well-formed exactly up to the reported offset")
    func agreesOnRandomTexts() {
        var random = SeededGenerator(seed: 1)
        for _ in 0..<20_000 {
            var bytes = Array((random.string() + random.string()).utf8)
            if !bytes.isEmpty, random.below(4) > 0 { bytes[random.below(bytes.count)] = UInt8(random.below(256)) }
            let offset = firstInvalidOffset(bytes)
            let isValid = String(validating: bytes, as: UTF8.self) != nil
            if (offset == nil) != isValid { Issue.record("\(bytes)") }
            if let offset {
                if String(validating: bytes[..<offset], as: UTF8.self) == nil { Issue.record("\(bytes) at \(offset)") }
                for length in 1...4 where offset + length <= bytes.count {
                    let sequence = bytes[offset..<(offset + length)]
                    if String(validating: sequence, as: UTF8.self) != nil { Issue.record("\(bytes) at \(offset)") }
                }
            }
        }
    }
}
