/// A walk through all that nodes lead to. It takes no recursion: what a person writes may go deeper than a stack does.
struct DepthFirstWalk<Node: Hashable> {
    /// Every node that was reached, each after all that it leads to.
    private(set) var finished: [Node] = []
    /// The steps that lead back to a node on the way to them: one for each circle.
    private(set) var circles: [(from: Node, to: Node)] = []

    init(through starts: some Sequence<Node>, children: (Node) -> [Node]) {
        var isOnPath: [Node: Bool] = [:]
        for start in starts where isOnPath[start] == nil {
            isOnPath[start] = true
            var path = [(node: start, children: children(start)[...])]
            while let (node, rest) = path.last {
                guard let child = rest.first else {
                    isOnPath[node] = false
                    finished.append(node)
                    path.removeLast()
                    continue
                }
                path[path.count - 1].children = rest.dropFirst()
                switch isOnPath[child] {
                case nil:
                    isOnPath[child] = true
                    path.append((child, children(child)[...]))
                case true?: circles.append((node, child))
                case false?: break
                }
            }
        }
    }
}
