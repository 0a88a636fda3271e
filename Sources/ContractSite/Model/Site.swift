import ContractEvolution
package import ContractExchange
import ContractGenerator
import ContractModel
import JSONTape
import MetricsCompiler
package import MonitoringCompiler
package import SchemaCompiler

/// The facts about a contract that pages show, each found once.
package struct Site: Sendable {
    let compiled: CompiledContract
    let monitoring: CompiledMonitoring
    let examples: MessageExamples
    let history: SiteHistory?
    let relations: Relations
    let topology: Topology
    let types: DeclarationIndex
    private(set) var pages = PageNames()

    var contract: Contract { compiled.contract }
    var families: [CompiledFamily] { monitoring.metrics?.families ?? [] }
    var alerts: [CompiledAlert] { monitoring.alerts?.alerts ?? [] }

    /// Creates the model of a site.
    ///
    /// - Parameter history: Earlier versions, and the contract as one; `nil` where there is no earlier version.
    package init(
        _ compiled: CompiledContract, _ monitoring: CompiledMonitoring, examples: MessageExamples,
        history: SiteHistory? = nil
    ) {
        self.compiled = compiled
        self.monitoring = monitoring
        self.examples = examples
        self.history = history
        relations = Relations(compiled, monitoring)
        topology = Topology(compiled)
        types = DeclarationIndex(compiled)
        for topic in compiled.topics { pages.add(.topic(topic.declaration.key.value)) }
        for message in compiled.messages { pages.add(.message(message.name)) }
        for service in compiled.contract.services { pages.add(.service(service.name.value)) }
        for family in monitoring.metrics?.families ?? [] { pages.add(.metric(family.name)) }
        for alert in monitoring.alerts?.alerts ?? [] { pages.add(.alert(alert.name)) }
    }

    func messages(of topic: CompiledTopic) -> [CompiledMessage] {
        relations.messagesByTopic[topic.declaration.key.value] ?? []
    }

    /// Returns a link to a subject's page.
    func link(_ subject: Subject, _ text: String) -> HTML {
        .element("a", [.href(Link(page: pages[subject]))]) { HTML.name(text) }
    }

    /// Links to services, with commas between them.
    func services(_ names: [Located<String>]) -> HTML {
        names.isEmpty
            ? .element("span", [.class("none")]) { "none" }
            : .joined(names.map { link(.service($0.value), $0.value) })
    }
}

/// The types of a contract by their paths.
struct DeclarationIndex: Sendable {
    private var types: [[String]: TypeDeclaration] = [:]

    init(_ contract: CompiledContract) {
        for type in contract.messages.map(\.type) + contract.sharedTypes.map(\.type) { add(type) }
    }

    private mutating func add(_ type: TypeDeclaration) {
        types[type.path] = type
        for nested in type.nested { add(nested) }
    }

    subscript(path: [String]) -> TypeDeclaration? { types[path] }
}
