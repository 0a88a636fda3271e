/// A manifest with the lines of another one: keys of both have the values of the other, unless these are mappings in block
/// style, which are merged in the same way.
enum ManifestOverlay {
    static func merge(_ base: String, with other: String) -> String {
        text(merge(blocks(lines(base), indent: 0), with: blocks(lines(other), indent: 0)))
    }

    private struct Block {
        var key: Substring
        var line: Substring
        var members: [Block] = []
        /// The lines below the key, if they are not members.
        var rest: [Substring] = []
    }

    private static func lines(_ text: String) -> [Substring] {
        text.split(separator: "\n").filter { !$0.allSatisfy { $0 == " " } }
    }

    private static func indent(of line: Substring) -> Int { line.prefix { $0 == " " }.count }

    private static func blocks(_ lines: [Substring], indent: Int) -> [Block] {
        var blocks: [Block] = []
        var index = 0
        while index < lines.count {
            var end = index + 1
            while end < lines.count, Self.indent(of: lines[end]) > indent { end += 1 }
            let line = lines[index]
            let key = line.dropFirst(indent).prefix { $0 != ":" }
            var block = Block(key: key, line: line)
            let inner = Array(lines[(index + 1)..<end])
            if line.hasSuffix(":"), let first = inner.first, !first.dropFirst(Self.indent(of: first)).hasPrefix("-") {
                block.members = Self.blocks(inner, indent: Self.indent(of: first))
            } else {
                block.rest = inner
            }
            blocks.append(block)
            index = end
        }
        return blocks
    }

    private static func merge(_ base: [Block], with others: [Block]) -> [Block] {
        var merged = base
        for other in others {
            guard let index = merged.firstIndex(where: { $0.key == other.key }) else {
                merged.append(other)
                continue
            }
            if merged[index].members.isEmpty || other.members.isEmpty {
                merged[index] = other
            } else {
                merged[index].members = merge(merged[index].members, with: other.members)
            }
        }
        return merged
    }

    private static func text(_ blocks: [Block]) -> String {
        blocks.map { block in
            block.line + "\n" + text(block.members) + block.rest.map { $0 + "\n" }.joined()
        }.joined()
    }
}
