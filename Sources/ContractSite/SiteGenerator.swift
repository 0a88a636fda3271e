package import ContractGenerator
import ContractModel
import Dispatch
import SchemaCompiler
import Synchronization

/// A generator that writes a contract as a static site, which needs no server and makes no request.
package enum SiteGenerator {
    /// The endings of the names of all files.
    package static let suffixes = [".html", PageShell.styleName, PageShell.scriptName, PageShell.indexName]

    /// Returns the files of the site. One contract always gives the same bytes.
    package static func generate(_ site: Site) -> [GeneratedFile] {
        let shell = PageShell(site)
        var makers: [@Sendable () -> Page] = [{ OverviewPage(site: site).page() }]
        makers += site.compiled.topics.map { topic in { TopicPage(site: site, topic: topic).page() } }
        makers += site.compiled.messages.map { message in { MessagePage(site: site, message: message).page() } }
        makers += site.contract.services.map { service in { ServicePage(site: site, service: service).page() } }
        makers += site.families.map { family in { MetricPage(site: site, family: family).page() } }
        makers += site.alerts.map { alert in { AlertPage(site: site, alert: alert).page() } }
        if let history = site.history { makers.append { ChangesPage(site: site, history: history).page() } }
        let lists = ListPages(site: site).pages()
        // Pages do not know of each other, so all processors can write at once.
        let made = Mutex([GeneratedFile?](repeating: nil, count: makers.count))
        let pages = makers
        DispatchQueue.concurrentPerform(iterations: pages.count) { index in
            let file = shell.file(pages[index]())
            made.withLock { $0[index] = file }
        }
        return made.withLock { $0.compactMap(\.self) } + lists.map(shell.file)
            + [SiteStyle.file, SiteScript.file, SearchIndex(site: site).file()]
    }
}
