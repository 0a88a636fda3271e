extension ByteScanner {
    /// Steps over four octets without leading zeros.
    mutating func skipIPv4() -> Bool {
        for index in 0..<4 {
            if index > 0, !skip(UInt8(ascii: ".")) { return false }
            let start = position
            var value = 0
            while position &- start < 3, next &- 0x30 < 10 {
                value = value &* 10 &+ Int(next &- 0x30)
                position &+= 1
            }
            let digits = position &- start
            guard digits > 0, value < 256, digits == 1 || text[start] != 0x30 else { return false }
        }
        return true
    }

    /// Steps over eight groups, fewer if `::` replaces some; an IPv4 address may replace the last two.
    mutating func skipIPv6() -> Bool {
        var groups = 0
        var isShortened = false
        if next == UInt8(ascii: ":") {
            guard peek(1) == UInt8(ascii: ":") else { return false }
            position &+= 2
            isShortened = true
        }
        while groups < 8, ASCIISet.hexDigits.contains(next) {
            let start = position
            let digits = skip(allOf: .hexDigits)
            if next == UInt8(ascii: ".") {
                position = start
                groups += 2
                return skipIPv4() && (isShortened ? groups < 8 : groups == 8)
            }
            guard digits <= 4 else { return false }
            groups += 1
            guard next == UInt8(ascii: ":") else { break }
            if peek(1) == UInt8(ascii: ":") {
                guard !isShortened else { return false }
                isShortened = true
                position &+= 2
            } else {
                guard groups < 8, ASCIISet.hexDigits.contains(peek(1)) else { return false }
                position &+= 1
            }
        }
        return isShortened ? groups < 8 : groups == 8
    }
}
