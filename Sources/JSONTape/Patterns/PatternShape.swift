/// A regular expression of a fixed length: a set of ASCII characters for each place.
public struct PatternShape: Sendable {
    /// The sets that contain each byte, one bit for each.
    private let members: [UInt8]
    /// The set of each place, as its bit.
    private let places: [UInt8]

    /// Reads the table that the generator has written.
    public init(packed text: StaticString) {
        self.init(PackedNumbers(text))
    }

    package init(_ numbers: PackedNumbers) {
        var numbers = numbers
        let length = numbers.next()
        let members = numbers.next(256)
        self.init(members: members, places: numbers.next(length))
    }

    /// Creates a shape from a bit for each of up to eight sets, by byte and by place.
    package init(members: [Int], places: [Int]) {
        precondition(members.count == 256 && (members + places).allSatisfy { 0..<256 ~= $0 })
        self.members = members.map { UInt8($0) }
        self.places = places.map { UInt8($0) }
    }

    /// Returns whether a string matches.
    package func matches(_ text: UnsafeBufferPointer<UInt8>) -> Bool {
        guard text.count == places.count else { return false }
        // In bounds: there is a member for each byte, and a place for each index.
        return members.withUnsafeBufferPointer { members in
            places.withUnsafeBufferPointer { places in
                for index in 0..<places.count where members[Int(text[index])] & places[index] == 0 { return false }
                return true
            }
        }
    }
}
