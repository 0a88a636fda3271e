extension [UInt8] {
    /// Overwrites the elements with zeros.
    mutating func clear() {
        withUnsafeMutableBytes { bytes in
            guard let start = bytes.baseAddress else { return }
            SecretBytes.clear(start, bytes.count)
        }
    }
}
