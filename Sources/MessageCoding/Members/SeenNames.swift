/// The set of an object's members that a validator has visited, by number. It has no limit.
public struct SeenNames {
    private var first: UInt64 = 0
    private var second: UInt64 = 0
    private var third: UInt64 = 0
    private var fourth: UInt64 = 0
    /// The bits after the first 256; empty for most schemas, so that most validators allocate nothing.
    private var more: [UInt64]

    /// Creates an empty set of names.
    ///
    /// - Parameter count: The number of members that the schema names.
    public init(count: Int) {
        more = count > 256 ? [UInt64](repeating: 0, count: (count - 193) / 64) : []
    }

    /// Records a member; returns whether it is the first of its name.
    public mutating func insert(_ member: Int) -> Bool {
        let bit: UInt64 = 1 &<< UInt64(member & 63)
        switch member >> 6 {
        case 0: return Self.insert(bit, &first)
        case 1: return Self.insert(bit, &second)
        case 2: return Self.insert(bit, &third)
        case 3: return Self.insert(bit, &fourth)
        default: return Self.insert(bit, &more[member >> 6 - 4])
        }
    }

    public func contains(_ member: Int) -> Bool {
        let bit: UInt64 = 1 &<< UInt64(member & 63)
        switch member >> 6 {
        case 0: return first & bit != 0
        case 1: return second & bit != 0
        case 2: return third & bit != 0
        case 3: return fourth & bit != 0
        default: return more[member >> 6 - 4] & bit != 0
        }
    }

    @inline(__always)
    private static func insert(_ bit: UInt64, _ word: inout UInt64) -> Bool {
        defer { word |= bit }
        return word & bit == 0
    }
}
