import JSONSchema
import Testing

@Suite
struct TypeSetTests {
    @Test
    func intersectsNumbersByTheNarrowerType() {
        #expect(TypeSet([.number, .string]).intersected(with: [.integer, .null]) == .integer)
        #expect(
            TypeSet([.integer, .string]).intersected(with: [.integerLiteral, .string]) == [.integerLiteral, .string])
        #expect(TypeSet.any.intersected(with: .integerLiteral) == .integerLiteral)
        #expect(TypeSet.string.intersected(with: .integer) == [])
    }

    @Test
    func namesTypesInWords() {
        #expect(TypeSet([.string, .null]).phrase == "null or a string")
        #expect(TypeSet([.integer, .string, .null]).phrase == "null, a whole number or a string")
    }
}
