/// A marker of the places where a type contains itself without an array or a dictionary between: a union becomes
/// indirect, and a property is stored apart.
struct RecursionMarker {
    private let types: [[String]: TypeDeclaration]
    /// Types that contain each other have the same number.
    private var groups: [[String]: Int] = [:]

    /// Declarations with the marks that they need.
    static func marked(_ types: [TypeDeclaration]) -> [TypeDeclaration] {
        let marker = RecursionMarker(types)
        return types.map(marker.mark)
    }

    private init(_ types: [TypeDeclaration]) {
        self.types = Dictionary(types.map { ($0.path, $0) }, uniquingKeysWith: { first, _ in first })
        findGroups()
    }

    private func mark(_ type: TypeDeclaration) -> TypeDeclaration {
        switch type {
        case .structure(var structure):
            for index in structure.properties.indices {
                // A union is indirect itself.
                if case .structure(let path)? = structure.properties[index].type.inlineType,
                    groups[path] != nil, groups[path] == groups[structure.path]
                {
                    structure.properties[index].isBoxed = true
                }
            }
            return .structure(structure)
        case .union(var union):
            union.isIndirect = groups[union.path] != nil
            return .union(union)
        case .tuple, .enumeration, .constants: return type
        }
    }

    private func children(_ path: [String]) -> [[String]] {
        switch types[path] {
        case .structure(let type)?: type.properties.compactMap { $0.type.inlineType?.path }
        case .union(let type)?: type.cases.compactMap { $0.type.inlineType?.path }
        case .tuple(let type)?: type.elements.compactMap { $0.type.inlineType?.path }
        case .enumeration?, .constants?, nil: []
        }
    }

    /// Finds the groups of types that contain each other, by Tarjan's algorithm without recursion.
    private mutating func findGroups() {
        var index: [[String]: Int] = [:]
        var low: [[String]: Int] = [:]
        var stack: [[String]] = []
        var onStack: Set<[String]> = []
        for start in types.keys.sorted(by: { $0.lexicographicallyPrecedes($1) }) where index[start] == nil {
            var path: [(node: [String], children: ArraySlice<[String]>)] = []
            func open(_ node: [String]) {
                index[node] = index.count
                low[node] = index[node]
                stack.append(node)
                onStack.insert(node)
                path.append((node, children(node)[...]))
            }
            open(start)
            while let (node, rest) = path.last {
                if let child = rest.first {
                    path[path.count - 1].children = rest.dropFirst()
                    if index[child] == nil {
                        open(child)
                    } else if onStack.contains(child) {
                        low[node] = min(low[node] ?? 0, index[child] ?? 0)
                    }
                    continue
                }
                path.removeLast()
                if let parent = path.last?.node { low[parent] = min(low[parent] ?? 0, low[node] ?? 0) }
                guard low[node] == index[node] else { continue }
                var group: [[String]] = []
                while let last = stack.popLast() {
                    onStack.remove(last)
                    group.append(last)
                    if last == node { break }
                }
                if group.count > 1 || children(node).contains(node) {
                    for member in group { groups[member] = index[node] }
                }
            }
        }
    }
}

extension SwiftType {
    /// The generated type whose values a value of this type contains in place.
    fileprivate var inlineType: SwiftType? {
        switch self {
        case .structure, .composite: self
        case .optional(let inner), .nullable(let inner): inner.inlineType
        default: nil
        }
    }

    fileprivate var path: [String] {
        switch self {
        case .structure(let path), .composite(let path), .enumeration(let path): path
        default: []
        }
    }
}
