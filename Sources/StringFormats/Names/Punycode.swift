/// The encoding of labels with characters past ASCII (RFC 3492).
enum Punycode {
    private static let base: UInt32 = 36
    private static let minimumThreshold: UInt32 = 1
    private static let maximumThreshold: UInt32 = 26
    private static let initialBias: UInt32 = 72
    private static let firstScalar: UInt32 = 0x80

    /// Decodes a label without its prefix `xn--`; `nil` where it is malformed or longer than a domain name can be.
    static func decode(_ text: some BidirectionalCollection<UInt8>) -> [Unicode.Scalar]? {
        guard text.count <= 255 else { return nil }
        var output: [Unicode.Scalar] = []
        var rest = text[...]
        if let delimiter = text.lastIndex(of: UInt8(ascii: "-")) {
            for byte in text[..<delimiter] {
                guard byte < 0x80 else { return nil }
                output.append(Unicode.Scalar(byte))
            }
            rest = text[text.index(after: delimiter)...]
        }
        var scalar = firstScalar
        var position: UInt32 = 0
        var bias = initialBias
        while !rest.isEmpty {
            let before = position
            var weight: UInt32 = 1
            var step = base
            while true {
                guard let digit = rest.popFirst().flatMap(value) else { return nil }
                let (product, isTooLarge) = digit.multipliedReportingOverflow(by: weight)
                let (sum, isPastEnd) = position.addingReportingOverflow(product)
                guard !isTooLarge, !isPastEnd else { return nil }
                position = sum
                let threshold = threshold(step, bias)
                if digit < threshold { break }
                let (next, isPastLimit) = weight.multipliedReportingOverflow(by: base - threshold)
                guard !isPastLimit else { return nil }
                weight = next
                step += base
            }
            let count = UInt32(output.count) + 1
            bias = adapt(position - before, count: count, isFirst: before == 0)
            let (next, isPastEnd) = scalar.addingReportingOverflow(position / count)
            guard !isPastEnd, let decoded = Unicode.Scalar(next) else { return nil }
            scalar = next
            position %= count
            output.insert(decoded, at: Int(position))
            position += 1
        }
        return output
    }

    /// Encodes a label without its prefix. Labels are short, so that the numbers do not overflow.
    static func encode(_ label: [Unicode.Scalar]) -> [UInt8]? {
        guard label.count <= 255 else { return nil }
        var output = label.filter(\.isASCII).map { UInt8(ascii: $0) }
        var handled = UInt32(output.count)
        if handled > 0 { output.append(UInt8(ascii: "-")) }
        let basicCount = handled
        var scalar = firstScalar
        var delta: UInt32 = 0
        var bias = initialBias
        while handled < UInt32(label.count) {
            guard let next = label.lazy.map(\.value).filter({ $0 >= scalar }).min() else { return nil }
            delta += (next - scalar) * (handled + 1)
            scalar = next
            for item in label {
                if item.value < scalar { delta += 1 }
                guard item.value == scalar else { continue }
                appendNumber(delta, bias: bias, to: &output)
                bias = adapt(delta, count: handled + 1, isFirst: handled == basicCount)
                delta = 0
                handled += 1
            }
            delta += 1
            scalar += 1
        }
        return output
    }

    private static func appendNumber(_ number: UInt32, bias: UInt32, to output: inout [UInt8]) {
        var rest = number
        var step = base
        while true {
            let threshold = threshold(step, bias)
            if rest < threshold { break }
            output.append(digit(threshold + (rest - threshold) % (base - threshold)))
            rest = (rest - threshold) / (base - threshold)
            step += base
        }
        output.append(digit(rest))
    }

    private static func threshold(_ step: UInt32, _ bias: UInt32) -> UInt32 {
        step <= bias ? minimumThreshold : min(step - bias, maximumThreshold)
    }

    /// Returns the bias after a delta, by RFC 3492, section 6.1: damp 700, skew 38.
    private static func adapt(_ delta: UInt32, count: UInt32, isFirst: Bool) -> UInt32 {
        var delta = isFirst ? delta / 700 : delta / 2
        delta += delta / count
        var step: UInt32 = 0
        while delta > (base - minimumThreshold) * maximumThreshold / 2 {
            delta /= base - minimumThreshold
            step += base
        }
        return step + (base - minimumThreshold + 1) * delta / (delta + 38)
    }

    private static func value(_ byte: UInt8) -> UInt32? {
        switch byte {
        case UInt8(ascii: "0")...UInt8(ascii: "9"): UInt32(byte - UInt8(ascii: "0")) + 26
        case UInt8(ascii: "a")...UInt8(ascii: "z"): UInt32(byte - UInt8(ascii: "a"))
        case UInt8(ascii: "A")...UInt8(ascii: "Z"): UInt32(byte - UInt8(ascii: "A"))
        default: nil
        }
    }

    /// Returns the digit with a value from 0 to 35.
    private static func digit(_ value: UInt32) -> UInt8 {
        UInt8(truncatingIfNeeded: value) + (value < 26 ? UInt8(ascii: "a") : UInt8(ascii: "0") - 26)
    }
}
