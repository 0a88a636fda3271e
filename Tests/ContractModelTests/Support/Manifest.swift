/// Manifests for tests: one that uses every key, and what differs from it.
enum Manifest {
    static let schema = #"{"properties": {"type": {"enum": ["order.placed"]}}}"#

    static let whole = """
        contract: Shop
        version: 1.0.0
        description: Orders.
        service: shop-backend
        schemas: {dialect: "2020-12", formats: assert}
        services:
          web: The shop.
          mail:
        topic_prefix: shop_
        topic_defaults: {replication: 3}
        topics:
          orders:
            purpose: Orders
            partitions: 6
            retention: 7d
            cleanup: delete
            compression: lz4
            config: {min.insync.replicas: 2}
            producers: [web]
            consumers: [web, mail]
        messages:
          OrderMessage:
            description: An order.
            schema: order.schema.json
            topic: orders
            key: /id
            headers: {content-type: application/json}
            discriminator: /type
            envelope: {/id: "{id}"}
            open_enums: [/status]
            events:
              order.placed:
                description: Placed.
                fixed: {/status: placed}
                requires: [/total]
        metrics: {}
        alerts: []

        """

    /// The whole manifest with one text, which it must hold, replaced.
    static func with(_ change: Change) -> String {
        precondition(whole.contains(change.old), "the manifest has no '\(change.old)'")
        return whole.replacing(change.old, with: change.new, maxReplacements: 1)
    }

    struct Change: CustomStringConvertible, Sendable {
        let old: String
        let new: String

        init(_ old: String, _ new: String) {
            self.old = old
            self.new = new
        }

        var description: String { "'\(old)' -> '\(new)'" }
    }
}
