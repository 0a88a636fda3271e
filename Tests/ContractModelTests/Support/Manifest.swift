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
            expect_within: 1h
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
        metrics:
          scrape_interval: 15s
          target_labels: [cluster]
          max_series: 500
          families:
            shop_messages_total:
              type: counter
              help: Messages.
              labels: [topic, status]
              from: producer.messages
              allow: [metric-name]
            shop_seconds:
              type: histogram
              help: Time.
              unit: seconds
              labels: {kind: [a, b], id: {max: 10}}
              buckets: [0.1, 1]
            shop_size_bytes:
              type: gauge
              help: Size.
              labels: {status: {property: /status, max: 5}, type: /type}
              from: OrderMessage
              events: [order.placed]
              value: /total
        alerts:
          group: shop
          producer_alerts: false
          rules:
            Slow:
              quantile_above: {of: shop_seconds, where: {kind: a}, by: [kind], window: 5m, min_events: 10, quantile: 0.9, value: 0.5}
              for: 5m
              keep_firing_for: 10m
              severity: warning
              labels: {team: shop}
              summary: Slow
              description: Slow.
              runbook: https://example.org/slow
              allow: [alert-duration]
            Raw:
              expr: shop_messages_total > 1
              severity: info
              summary: Raw
              tests: [{fires: true, series: {a: "1x5"}}]
            Objective:
              objective: {of: shop_seconds, percent: 99.9, good_up_to: 0.1}
              severity: critical
              summary: Bad

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
