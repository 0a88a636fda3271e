import MessageCoding
import JSONTape
import Testing

@Suite("name tables")
struct NameTableTests {
    @Test("each name has its position, and another text has none", arguments: [0, 1, 2, 33, 5000])
    func positions(count: Int) {
        let names = (0..<count).map { "name \($0)" }
        let table = NameTable(names)
        #expect(names.map { table.position(of: $0) } == Array(0..<count))
        for text in ["", "name", "name \(count)", "name 00", "Name 0"] { #expect(table.position(of: text) == nil) }
    }

    @Test("canonically equivalent names are two names")
    func scalars() {
        let table = NameTable(["\u{E9}", "e\u{301}", ""])
        #expect(["\u{E9}", "e\u{301}", ""].map { table.position(of: $0) } == [0, 1, 2])
    }
}
