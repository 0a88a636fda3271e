extension [UInt8] {
    /// Returns the length of the line break at a position (YAML 1.2.2, section 5.4); `nil` where there is none.
    func lineBreak(at position: Int) -> Int? {
        guard position < count else { return nil }
        switch self[position] {
        case 0x0A: return 1
        case 0x0D: return position + 1 < count && self[position + 1] == 0x0A ? 2 : 1
        default: return nil
        }
    }
}
