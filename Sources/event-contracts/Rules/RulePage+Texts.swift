// Written by scripts/embed-rules from docs/rules. Do not edit: change the pages, and run it again.
// swift-format-ignore-file

extension RulePage {
    /// The pages by the ids of their rules.
    static let texts: [String: String] = [
        "alert-duration":
            #"""
        # alert-duration

        *Alerts · error, can be allowed*

        `for` is shorter than the time between two scrapes, or longer than Prometheus keeps data, or longer than the condition can hold (`hour() == 12` holds for less than an hour): it has no effect, or the alert never fires. Or the condition does not hold continuously: the value is scraped too seldom, or a label contains `$value`.

        The alert would never fire, or not when it should.

        ## Wrong

        ```yaml
        alerts:
          rules:
            ShopFailing:
              error_ratio_above: {of: shop_messages_total, where: {status: error}, value: 0.05}
              for: 5s
              severity: warning
              summary: Messages fail
        ```

        ```text
        error: 'for' is shorter than the 15s between two scrapes: it has no effect [alert-duration]
                  for: 5s
                       ^^
        note: remove it, or expect at least 30s
        ```

        ## Right

        ```yaml
        alerts:
          rules:
            ShopFailing:
              error_ratio_above: {of: shop_messages_total, where: {status: error}, value: 0.05}
              for: 5m
              severity: warning
              summary: Messages fail
        ```

        ## Fix

        Use a time between the two; see the hint.

        `allow: alert-duration` in the part of the manifest, or `"x-allow": "alert-duration"` in the schema, turns it off: see [rules](../rules.md).
        """#,
        "alert-intent":
            #"""
        # alert-intent

        *Alerts · error*

        An intent does not suit its family, or lacks information.

        No expression could be generated.

        ## Wrong

        ```yaml
        alerts:
          rules:
            ShopFailing:
              error_ratio_above: {of: shop_in_flight, value: 0.05}
              severity: warning
              summary: Messages fail
        ```

        ```text
        error: 'error_ratio_above' needs a counter, but shop_in_flight is a gauge [alert-intent]
                  error_ratio_above: {of: shop_in_flight, value: 0.05}
                                          ^^^^^^^^^^^^^^
        ```

        ## Right

        ```yaml
        alerts:
          rules:
            ShopFailing:
              error_ratio_above: {of: shop_messages_total, where: {status: error}, value: 0.05}
              severity: warning
              summary: Messages fail
        ```

        ## Fix

        See the hint.
        """#,
        "alert-label":
            #"""
        # alert-label

        *Alerts · error*

        A name under `labels` is invalid, or Prometheus sets it itself.

        Prometheus would refuse to load the rules, or replace the label.

        ## Wrong

        ```yaml
        alerts:
          rules:
            ShopFailing:
              error_ratio_above: {of: shop_messages_total, where: {status: error}, value: 0.05}
              labels: {alertname: Failing}
              severity: warning
              summary: Messages fail
        ```

        ```text
        error: every alert already has a label 'alertname' [alert-label]
                  labels: {alertname: Failing}
                           ^^^^^^^^^
        note: it is the alert's name; choose another name
        ```

        ## Right

        ```yaml
        alerts:
          rules:
            ShopFailing:
              error_ratio_above: {of: shop_messages_total, where: {status: error}, value: 0.05}
              labels: {team: shop}
              severity: warning
              summary: Messages fail
        ```

        ## Fix

        Use letters, digits and `_`; `severity` is a key next to `labels`, and `contract` is the name of the contract.
        """#,
        "alert-name":
            #"""
        # alert-name

        *Alerts · error*

        Two alerts have the same name, or a name contains other characters than letters, digits and `_`; or a label of the alert replaces a label that distinguishes its series, so that they are duplicate alerts.

        Alertmanager would take one alert for the other.

        ## Wrong

        ```yaml
        alerts:
          rules:
            shop-failing:
              error_ratio_above: {of: shop_messages_total, where: {status: error}, value: 0.05}
              severity: warning
              summary: Messages fail
        ```

        ```text
        error: invalid alert name 'shop-failing' [alert-name]
                shop-failing:
                ^^^^^^^^^^^^
        note: expected ASCII letters, digits and '_', such as KafkaProducerErrors
        ```

        ## Right

        ```yaml
        alerts:
          rules:
            ShopFailing:
              error_ratio_above: {of: shop_messages_total, where: {status: error}, value: 0.05}
              severity: warning
              summary: Messages fail
        ```

        ## Fix

        Rename one.
        """#,
        "alert-template":
            #"""
        # alert-template

        *Alerts · error*

        A summary, description or label is not a valid template, or uses an unknown field or template, so that Prometheus fails when the alert fires.

        Prometheus sends the text of an error in place of the summary.

        ## Wrong

        ```yaml
        alerts:
          rules:
            ShopFailing:
              error_ratio_above: {of: shop_messages_total, where: {status: error}, by: [topic], value: 0.05}
              description: "{{ $labls.topic }} fails"
              severity: warning
              summary: Messages fail
        ```

        ```text
        error: unknown variable '$labls' [alert-template]
                  description: "{{ $labls.topic }} fails"
                                   ^^^^^^^^^^^^
        note: did you mean '$labels'?
        ```

        ## Right

        ```yaml
        alerts:
          rules:
            ShopFailing:
              error_ratio_above: {of: shop_messages_total, where: {status: error}, by: [topic], value: 0.05}
              description: "{{ $labels.topic }} fails"
              severity: warning
              summary: Messages fail
        ```

        ## Fix

        Correct it at that place.
        """#,
        "alert-test":
            #"""
        # alert-test

        *Alerts · error*

        The series of a test, or their values, are not in promtool's notation.

        promtool would refuse the test.

        ## Wrong

        ```yaml
        alerts:
          rules:
            ShopFailing:
              expr: shop_in_flight > 10
              tests:
                - {fires: true, series: {shop_in_flight: "20 times"}}
                - {fires: false, series: {shop_in_flight: "1x30"}}
              severity: warning
              summary: Messages fail
        ```

        ```text
        error: invalid value 'times' in promtool's notation [alert-test]
                    - {fires: true, series: {shop_in_flight: "20 times"}}
                                                                 ^^^^^
        note: expected values such as '5', '0x20' (21 zeros), '0+60x20' (steps of 60) and '_' (no value)
        ```

        ## Right

        ```yaml
        alerts:
          rules:
            ShopFailing:
              expr: shop_in_flight > 10
              tests:
                - {fires: true, series: {shop_in_flight: "20x30"}}
                - {fires: false, series: {shop_in_flight: "1x30"}}
              severity: warning
              summary: Messages fail
        ```

        ## Fix

        Write `up{job="shop"}: "0x20 1+2x5 _"`, [as in promtool](https://prometheus.io/docs/prometheus/latest/configuration/unit_testing_rules/#series).
        """#,
        "alias-limit":
            #"""
        # alias-limit

        *Files · error*

        YAML aliases expand to more than a million values, or contain themselves.

        A few lines of aliases of aliases can stand for more values than memory holds.

        ## Wrong

        ```yaml
        topics:
          orders: &orders {purpose: Orders, like: *orders}
        ```

        ```text
        error: the alias '*orders' contains itself [alias-limit]
              orders: &orders {purpose: Orders, like: *orders}
                                                      ^^^^^^^
        ```

        ## Right

        ```yaml
        topics:
          orders: &orders {partitions: 6, replication: 3, producers: [web]}
          orders-dlq: *orders
        ```

        ## Fix

        Write the values, or use fewer aliases. What topics share belongs under `topic_defaults`.
        """#,
        "always-fires":
            #"""
        # always-fires

        *Alerts · error, can be allowed*

        The alert fires whatever the values are: there is no comparison, or it is always true, or the result is a number, or `bool` keeps each series.

        An alert fires for each series in the result of its expression, whatever the value. Only a comparison without `bool` drops series.

        ## Wrong

        ```yaml
        alerts:
          rules:
            ShopBusy:
              expr: shop_in_flight
              severity: warning
              summary: ShopBusy
              allow: [untested-alert]
        ```

        ```text
        error: no comparison drops any series: the alert always fires [always-fires]
                  expr: shop_in_flight
                        ^^^^^^^^^^^^^^
        note: compare the result with a limit, such as '> 0'
        ```

        ## Right

        ```yaml
        alerts:
          rules:
            ShopBusy:
              expr: shop_in_flight > 100
              severity: warning
              summary: ShopBusy
              allow: [untested-alert]
        ```

        ## Fix

        Compare with a limit between the values that can occur.

        `allow: always-fires` in the alert turns it off: see [rules](../rules.md).
        """#,
        "ambiguous-message":
            #"""
        # ambiguous-message

        *Messages and events · error*

        Two messages of a topic are identified in the same way, or readers take one for the other.

        Readers would take one message for the other.

        ## Wrong

        ```json stock.schema.json
        {"type": "object", "properties": {"kind": {"const": "stock"}}, "required": ["kind"]}
        ```

        ```json store.schema.json
        {"type": "object", "properties": {"kind": {"const": "stock"}}, "required": ["kind"]}
        ```

        ```yaml
        messages:
          StockMessage: {schema: stock.schema.json, topic: stock, identified_by: {property: /kind}}
          StoreMessage: {schema: store.schema.json, topic: stock, identified_by: {property: /kind}}
        topics:
          stock: {partitions: 6, replication: 3, producers: [web]}
        ```

        ```text
        error: readers of 'stock' cannot distinguish StoreMessage from StockMessage: both are identified by 'stock' at /kind [ambiguous-message]
              StoreMessage: {schema: store.schema.json, topic: stock, identified_by: {property: /kind}}
                                                                                                ^^^^^
        note: distinguish them with 'identified_by': a property or a header with different values
        ```

        ## Right

        ```json stock.schema.json
        {"type": "object", "properties": {"kind": {"const": "stock"}}, "required": ["kind"]}
        ```

        ```json store.schema.json
        {"type": "object", "properties": {"kind": {"const": "store"}}, "required": ["kind"]}
        ```

        ```yaml
        messages:
          StockMessage: {schema: stock.schema.json, topic: stock, identified_by: {property: /kind}}
          StoreMessage: {schema: store.schema.json, topic: stock, identified_by: {property: /kind}}
        topics:
          stock: {partitions: 6, replication: 3, producers: [web]}
        ```

        ## Fix

        Distinguish them by `identified_by`: a property or a header with different values.
        """#,
        "cardinality":
            #"""
        # cardinality

        *Metrics · error*

        The families may have more series than `max_series`, a family more than 10,000,000, or a label may have any number of values.

        Each series takes memory in the program and in each Prometheus.

        ## Wrong

        ```yaml
        metrics:
          max_series: 5
        ```

        ```text
        error: the families can have 17 series, which is more than 5 [cardinality]
              max_series: 5
                          ^
        note: the largest is shop_latency_seconds with 12: remove a label or buckets from it
        ```

        ## Right

        ```yaml
        metrics:
          max_series: 500
        ```

        ## Fix

        Remove labels, or set a limit: `{property: /payload/kind, max: 100}`.
        """#,
        "coarse-buckets":
            #"""
        # coarse-buckets

        *Alerts · warning, can be allowed*

        The limit of a quantile is below the first bucket of the histogram, or between two buckets that differ by more than a factor of 4.

        Within a bucket, Prometheus assumes that the observations are evenly distributed. In a wide bucket, a quantile is only a guess, and so is the alert.

        ## Wrong

        ```yaml
        alerts:
          rules:
            ShopSlow:
              expr: histogram_quantile(0.95, sum by (le) (rate(shop_latency_seconds_bucket[5m]))) > 0.01
              severity: warning
              summary: ShopSlow
              allow: [untested-alert]
        ```

        ```text
        warning: the limit 0.01 is below the first bucket, 0.1: a quantile there is only a guess [coarse-buckets]
                  expr: histogram_quantile(0.95, sum by (le) (rate(shop_latency_seconds_bucket[5m]))) > 0.01
                                                                                                      ^
        note: add a bucket at the limit
        ```

        ## Right

        ```yaml
        alerts:
          rules:
            ShopSlow:
              expr: histogram_quantile(0.95, sum by (le) (rate(shop_latency_seconds_bucket[5m]))) > 0.5
              severity: warning
              summary: ShopSlow
              allow: [untested-alert]
        ```

        ## Fix

        Add a bucket at the limit.

        `allow: coarse-buckets` in the alert turns it off: see [rules](../rules.md).
        """#,
        "compacted-unique-key":
            #"""
        # compacted-unique-key

        *Topics · warning, can be allowed*

        Each record on a compacted topic has a different key: its property is filled with a new id or the time.

        Compaction keeps the last record of each key. If all keys differ, it removes nothing, and the topic grows without limit.

        ## Wrong

        ```json stock.schema.json
        {
          "type": "object",
          "properties": {"id": {"type": "string"}, "sku": {"type": "string"}, "count": {"type": "integer"}},
          "required": ["id", "sku", "count"]
        }
        ```

        ```yaml
        topics:
          stock: {partitions: 6, replication: 3, cleanup: compact, producers: [web]}
        messages:
          StockMessage:
            schema: stock.schema.json
            topic: stock
            key: /id
            envelope: {/id: "{id}"}
        ```

        ```text
        warning: each record of StockMessage has a different key, so that nothing of the compacted topic 'stock' is removed [compacted-unique-key]
                key: /id
                     ^^^
        note: name the property whose last record is kept, such as the id of what the message is about
        ```

        ## Right

        ```json stock.schema.json
        {
          "type": "object",
          "properties": {"id": {"type": "string"}, "sku": {"type": "string"}, "count": {"type": "integer"}},
          "required": ["id", "sku", "count"]
        }
        ```

        ```yaml
        topics:
          stock: {partitions: 6, replication: 3, cleanup: compact, producers: [web]}
        messages:
          StockMessage:
            schema: stock.schema.json
            topic: stock
            key: /sku
            envelope: {/id: "{id}"}
        ```

        ## Fix

        Name the id of what the message is about.

        `allow: compacted-unique-key` in the part of the manifest, or `"x-allow": "compacted-unique-key"` in the schema, turns it off: see [rules](../rules.md).
        """#,
        "compacted-without-key":
            #"""
        # compacted-without-key

        *Topics · error*

        The topic of a message is compacted, and the message has no key.

        The broker refuses every record without a key on a compacted topic, so that no such message can be sent.

        ## Wrong

        ```json stock.schema.json
        {
          "type": "object",
          "properties": {"id": {"type": "string"}, "sku": {"type": "string"}, "count": {"type": "integer"}},
          "required": ["id", "sku", "count"]
        }
        ```

        ```yaml
        topics:
          stock: {partitions: 6, replication: 3, cleanup: compact, producers: [web]}
        messages:
          StockMessage:
            schema: stock.schema.json
            topic: stock
        ```

        ```text
        error: the topic 'stock' is compacted, and StockMessage has no key: the broker refuses its records [compacted-without-key]
                topic: stock
                       ^^^^^
        note: add 'key:' with the property whose last record is kept
        ```

        ## Right

        ```json stock.schema.json
        {
          "type": "object",
          "properties": {"id": {"type": "string"}, "sku": {"type": "string"}, "count": {"type": "integer"}},
          "required": ["id", "sku", "count"]
        }
        ```

        ```yaml
        topics:
          stock: {partitions: 6, replication: 3, cleanup: compact, producers: [web]}
        messages:
          StockMessage:
            schema: stock.schema.json
            topic: stock
            key: /sku
        ```

        ## Fix

        Name the property whose last record is kept as the `key` of the message, or do not compact the topic.
        """#,
        "config-conflict":
            #"""
        # config-conflict

        *Topics · error*

        A config is set twice, for example by `retention` and `config: {retention.ms: …}`.

        Only one of the two values can apply.

        ## Wrong

        ```yaml
        topics:
          orders:
            retention: 7d
            config: {retention.ms: 86400000}
        ```

        ```text
        error: 'config.retention.ms' repeats 'retention' [config-conflict]
                config: {retention.ms: 86400000}
                                       ^^^^^^^^
        note: keep one of them
        ```

        ## Right

        ```yaml
        topics:
          orders:
            retention: 7d
        ```

        ## Fix

        Keep one.
        """#,
        "config-key":
            #"""
        # config-key

        *Topics · error*

        Kafka has no such topic config.

        The broker would refuse the topic.

        ## Wrong

        ```yaml
        topics:
          orders:
            config: {segment.mss: 86400000}
        ```

        ```text
        error: Kafka has no topic config 'segment.mss' [config-key]
                config: {segment.mss: 86400000}
                         ^^^^^^^^^^^
        note: did you mean 'segment.ms'?
        ```

        ## Right

        ```yaml
        topics:
          orders:
            config: {segment.ms: 86400000}
        ```

        ## Fix

        The hint names the most similar one.
        """#,
        "config-value":
            #"""
        # config-value

        *Topics · error*

        The value of a topic config is invalid, or conflicts with the replicas or other configs of the topic.

        The broker would refuse the topic, or nothing could be written to it.

        ## Wrong

        ```yaml
        topics:
          orders:
            config: {min.insync.replicas: 4}
        ```

        ```text
        error: 'min.insync.replicas' 4 is more than the 3 replicas of the topic 'orders': nothing could be written [config-value]
                config: {min.insync.replicas: 4}
                                              ^
        note: expected at most 3
        ```

        ## Right

        ```yaml
        topics:
          orders:
            config: {min.insync.replicas: 2}
        ```

        ## Fix

        Use a value that the hint names.
        """#,
        "delta-of-counter":
            #"""
        # delta-of-counter

        *Alerts · error, can be allowed*

        `delta`, `deriv` or the like of a counter, which restarts with its process.

        `delta` takes a restart of the process for a fall.

        ## Wrong

        ```yaml
        alerts:
          rules:
            ShopFailing:
              expr: sum(delta(shop_messages_total[5m])) > 1
              allow: [untested-alert]
              severity: warning
              summary: Messages fail
        ```

        ```text
        error: 'delta' needs a gauge, but 'shop_messages_total' is a counter [delta-of-counter]
                  expr: sum(delta(shop_messages_total[5m])) > 1
                            ^^^^^
        note: use rate or increase for the growth of a counter
        ```

        ## Right

        ```yaml
        alerts:
          rules:
            ShopFailing:
              expr: sum(rate(shop_messages_total{status="error"}[5m])) > 0.1
              tests:
                - {fires: true, series: {'shop_messages_total{topic="shop_orders",status="error"}': "0+60x30"}}
                - {fires: false, series: {'shop_messages_total{topic="shop_orders",status="error"}': "0x30"}}
              severity: warning
              summary: Messages fail
        ```

        ## Fix

        Use `rate` or `increase`.

        `allow: delta-of-counter` in the part of the manifest, or `"x-allow": "delta-of-counter"` in the schema, turns it off: see [rules](../rules.md).
        """#,
        "deprecated-property":
            #"""
        # deprecated-property

        *Messages and events · warning, can be allowed*

        An event requires or sets a property that the schema marks as deprecated.

        Senders are warned about the property by their compiler, but cannot send the event without it.

        ## Wrong

        ```json stock.schema.json
        {
          "type": "object",
          "properties": {
            "type": {"enum": ["stock.added", "stock.sold"]},
            "count": {"type": "integer"},
            "buyer": {"type": "string", "deprecated": true},
            "customer": {"type": "string"}
          },
          "required": ["type", "count"]
        }
        ```

        ```yaml
        topics:
          stock: {partitions: 6, replication: 3, producers: [web]}
        messages:
          StockMessage:
            schema: stock.schema.json
            topic: stock
            discriminator: /type
            events:
              stock.added: {}
              stock.sold: {requires: [/buyer]}
        ```

        ```text
        warning: the event 'stock.sold' requires '/buyer', which is deprecated [deprecated-property]
                  stock.sold: {requires: [/buyer]}
                                          ^^^^^^
        note: name the property that replaces it
        ```

        ## Right

        ```json stock.schema.json
        {
          "type": "object",
          "properties": {
            "type": {"enum": ["stock.added", "stock.sold"]},
            "count": {"type": "integer"},
            "buyer": {"type": "string", "deprecated": true},
            "customer": {"type": "string"}
          },
          "required": ["type", "count"]
        }
        ```

        ```yaml
        topics:
          stock: {partitions: 6, replication: 3, producers: [web]}
        messages:
          StockMessage:
            schema: stock.schema.json
            topic: stock
            discriminator: /type
            events:
              stock.added: {}
              stock.sold: {requires: [/customer]}
        ```

        ## Fix

        Name the property that replaces it.

        `allow: deprecated-property` in the part of the manifest, or `"x-allow": "deprecated-property"` in the schema, turns it off: see [rules](../rules.md).
        """#,
        "discriminator":
            #"""
        # discriminator

        *Messages and events · error*

        The discriminator, or a property or header that identifies a message, is not a string with known values; or several events have no discriminator.

        Readers find the event by the value, so that all its values must be known.

        ## Wrong

        ```yaml
        messages:
          OrderMessage:
            discriminator: /payload/order_id
        ```

        ```text
        error: the discriminator '/payload/order_id' must be a string with an 'enum', found a string [discriminator]
                discriminator: /payload/order_id
                               ^^^^^^^^^^^^^^^^^
        note: list the message's events in the schema's 'enum', or remove 'discriminator' if it has only one event
        ```

        ## Right

        ```yaml
        messages:
          OrderMessage:
            discriminator: /metadata/message_type
        ```

        ## Fix

        See the hint.
        """#,
        "doubled-prefix":
            #"""
        # doubled-prefix

        *Topics · warning, can be allowed*

        The key of a topic repeats `topic_prefix`, so that the name has the prefix twice: `shop_shop_stock`.

        The prefix is put before each key. The variable `KAFKA_TOPIC_PREFIX` replaces only the first of the two.

        ## Wrong

        ```json stock.schema.json
        {
          "type": "object",
          "properties": {"id": {"type": "string"}, "sku": {"type": "string"}, "count": {"type": "integer"}},
          "required": ["id", "sku", "count"]
        }
        ```

        ```yaml
        topics:
          shop_stock: {partitions: 6, replication: 3, producers: [web]}
        messages:
          StockMessage:
            schema: stock.schema.json
            topic: shop_stock
        ```

        ```text
        warning: the topic's name 'shop_shop_stock' has the prefix twice [doubled-prefix]
              shop_stock: {partitions: 6, replication: 3, producers: [web]}
              ^^^^^^^^^^
        note: did you mean 'stock'?
        ```

        ## Right

        ```json stock.schema.json
        {
          "type": "object",
          "properties": {"id": {"type": "string"}, "sku": {"type": "string"}, "count": {"type": "integer"}},
          "required": ["id", "sku", "count"]
        }
        ```

        ```yaml
        topics:
          stock: {partitions: 6, replication: 3, producers: [web]}
        messages:
          StockMessage:
            schema: stock.schema.json
            topic: stock
        ```

        ## Fix

        Remove the prefix from the key.

        `allow: doubled-prefix` in the part of the manifest, or `"x-allow": "doubled-prefix"` in the schema, turns it off: see [rules](../rules.md).
        """#,
        "duplicate-alert":
            #"""
        # duplicate-alert

        *Alerts · warning, can be allowed*

        Two alerts have the same condition and the same `for`, so that both fire together.

        Whoever is on call gets each message twice. Different times of `for` are an escalation, and are right.

        ## Wrong

        ```yaml
        alerts:
          rules:
            ShopBusy:
              expr: shop_in_flight > 100
              severity: warning
              summary: ShopBusy
              allow: [untested-alert]
            ShopVeryBusy:
              expr: 100 < shop_in_flight
              severity: warning
              summary: ShopVeryBusy
              allow: [untested-alert]
        ```

        ```text
        warning: the alert 'ShopVeryBusy' has the same condition as 'ShopBusy': both fire together [duplicate-alert]
                ShopVeryBusy:
                ^^^^^^^^^^^^
        note: remove one of them, or choose another limit or 'for'
        ```

        ## Right

        ```yaml
        alerts:
          rules:
            ShopBusy:
              expr: shop_in_flight > 100
              severity: warning
              summary: ShopBusy
              allow: [untested-alert]
            ShopVeryBusy:
              expr: shop_in_flight > 200
              severity: warning
              summary: ShopVeryBusy
              allow: [untested-alert]
        ```

        ## Fix

        Remove one of them, or choose another limit or `for`.

        `allow: duplicate-alert` in the alert turns it off: see [rules](../rules.md).
        """#,
        "duplicate-key":
            #"""
        # duplicate-key

        *Files · error*

        A mapping in the manifest or a schema has duplicate keys.

        Readers of YAML and JSON differ in which of the values they take.

        ## Wrong

        ```json stock.schema.json
        {
          "type": "object",
          "properties": {"sku": {"type": "string"}, "sku": {"type": "integer"}},
          "required": ["sku"]
        }
        ```

        ```yaml
        topics:
          stock: {partitions: 6, replication: 3, producers: [web]}
        messages:
          StockMessage:
            schema: stock.schema.json
            topic: stock
            key: /sku
        ```

        ```text
        error: duplicate member 'sku', first at line 3 [duplicate-key]
              "properties": {"sku": {"type": "string"}, "sku": {"type": "integer"}},
                                                        ^^^^^
        note: keep one of them
        ```

        ## Right

        ```json stock.schema.json
        {
          "type": "object",
          "properties": {"sku": {"type": "string"}, "count": {"type": "integer"}},
          "required": ["sku"]
        }
        ```

        ```yaml
        topics:
          stock: {partitions: 6, replication: 3, producers: [web]}
        messages:
          StockMessage:
            schema: stock.schema.json
            topic: stock
            key: /sku
        ```

        ## Fix

        Keep one of them.
        """#,
        "duplicate-schema":
            #"""
        # duplicate-schema

        *Messages and events · error or warning, can be allowed*

        Two schema files would be generated into files of the same name: `old/job.schema.json` and `old-job.schema.json`, or names that differ only in case. A warning: two schemas have the same URI.

        Files of the same name would replace each other. Of two schemas with one URI, references mean only the first.

        ## Wrong

        ```json stock.schema.json
        {"$id": "https://shop.example/stock", "type": "object", "properties": {"sku": {"type": "string"}}}
        ```

        ```json store.schema.json
        {"$id": "https://shop.example/stock", "type": "object", "properties": {"kind": {"const": "store"}}, "required": ["kind"]}
        ```

        ```yaml
        messages:
          StockMessage: {schema: stock.schema.json, topic: stock}
          StoreMessage: {schema: store.schema.json, topic: stock, identified_by: {property: /kind}}
        topics:
          stock: {partitions: 6, replication: 3, producers: [web]}
        ```

        ```text
        warning: duplicate URI 'https://shop.example/stock': references to it resolve to stock.schema.json:1:1 [duplicate-schema]
            {"$id": "https://shop.example/stock", "type": "object", "properties": {"kind": {"const": "store"}}, "required": ["kind"]}
            ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
        note: give each schema an '$id' of its own
        ```

        ## Right

        ```json stock.schema.json
        {"$id": "https://shop.example/stock", "type": "object", "properties": {"sku": {"type": "string"}}}
        ```

        ```json store.schema.json
        {"$id": "https://shop.example/store", "type": "object", "properties": {"kind": {"const": "store"}}, "required": ["kind"]}
        ```

        ```yaml
        messages:
          StockMessage: {schema: stock.schema.json, topic: stock}
          StoreMessage: {schema: store.schema.json, topic: stock, identified_by: {property: /kind}}
        topics:
          stock: {partitions: 6, replication: 3, producers: [web]}
        ```

        ## Fix

        Rename one; give each schema its own `$id`.

        `allow: duplicate-schema` in the part of the manifest, or `"x-allow": "duplicate-schema"` in the schema, turns a warning off: see [rules](../rules.md).
        """#,
        "duration":
            #"""
        # duration

        *Topics · error*

        A retention is not a valid duration, or a duration of metrics and alerts is not valid in Prometheus.

        A wrong unit would delete records early or alert at the wrong time.

        ## Wrong

        ```yaml
        topics:
          orders:
            retention: 7 days
        ```

        ```text
        error: invalid duration '7 days' [duration]
                retention: 7 days
                           ^^^^^^
        note: expected 7d, 24h, 90m, 30s, 500ms, a whole number of milliseconds, or forever
        ```

        ## Right

        ```yaml
        topics:
          orders:
            retention: 7d
        ```

        ## Fix

        Write `7d`, `24h`, `30m`, `10s`, `500ms`, milliseconds, or `forever` (`-1`); for metrics and alerts `1h30m`.
        """#,
        "empty-as-zero":
            #"""
        # empty-as-zero

        *Alerts · warning, can be allowed*

        A count or sum of the series that an inner comparison keeps is compared with a maximum.

        If the inner comparison keeps no series, the count has no result instead of 0, and the alert does not fire in the worst case.

        ## Wrong

        ```yaml
        metrics:
          families:
            shop_connected:
              type: gauge
              help: 1 while the broker is reachable
              labels: [component]
              from: producer.connection
        alerts:
          rules:
            ShopAlone:
              expr: count(shop_connected == 1) < 2
              severity: warning
              summary: ShopAlone
              allow: [untested-alert]
        ```

        ```text
        warning: if the inner comparison drops all series, the left side is missing instead of 0, and the alert does not fire [empty-as-zero]
                  expr: count(shop_connected == 1) < 2
                                                   ^
        note: add 'or vector(0)' to the left side, in parentheses, or compare with 'bool' inside a sum
        ```

        ## Right

        ```yaml
        metrics:
          families:
            shop_connected:
              type: gauge
              help: 1 while the broker is reachable
              labels: [component]
              from: producer.connection
        alerts:
          rules:
            ShopAlone:
              expr: (count(shop_connected == 1) or vector(0)) < 2
              severity: warning
              summary: ShopAlone
              allow: [untested-alert]
        ```

        ## Fix

        Add `or vector(0)`, or sum a comparison with `bool`.

        `allow: empty-as-zero` in the alert turns it off: see [rules](../rules.md).
        """#,
        "empty-label-value":
            #"""
        # empty-label-value

        *Metrics · warning, can be allowed*

        A label has an empty value, or one of blanks alone.

        Prometheus treats a label with an empty value as a missing label: the series has other labels than those declared.

        ## Wrong

        ```yaml
        metrics:
          families:
            shop_logins_total:
              type: counter
              help: Logins
              labels: {color: [red, ""]}
        ```

        ```text
        warning: the label 'color' has an empty value, which Prometheus treats as a missing label [empty-label-value]
                  labels: {color: [red, ""]}
                                        ^^
        note: write a word, such as 'none'
        ```

        ## Right

        ```yaml
        metrics:
          families:
            shop_logins_total:
              type: counter
              help: Logins
              labels: {color: [red, none]}
        ```

        ## Fix

        Write a word, such as `none`.

        `allow: empty-label-value` in the metric family turns it off: see [rules](../rules.md).
        """#,
        "empty-schema":
            #"""
        # empty-schema

        *Schemas · error or warning, can be allowed*

        No value is valid by a schema: its keywords exclude each other, or each value needs another one without end. A warning: a closed object excludes what a union beside it requires.

        Each message with such a value would fail to be sent. Published schemas have unions beside `additionalProperties: false`, which does not see the names in their branches: a warning, since JSON Schema permits it. All keywords are examined together, also those of `allOf` and of schemas that a `$ref` refers to. The schema `false` itself is not reported.

        ## Wrong

        ```json stock.schema.json
        {
          "type": "object",
          "properties": {
            "id": {"type": "string", "format": "uuid", "maxLength": 32},
            "sku": {"type": "string"},
            "count": {"type": "integer"}
          },
          "required": ["id", "sku", "count"]
        }
        ```

        ```yaml
        topics:
          stock: {partitions: 6, replication: 3, producers: [web]}
        messages:
          StockMessage:
            schema: stock.schema.json
            topic: stock
            key: /sku
        ```

        ```text
        error: no value is valid: 'format' uuid, 'maxLength' 32 exclude each other [empty-schema]
                "id": {"type": "string", "format": "uuid", "maxLength": 32},
                                                           ^^^^^^^^^^^
        note: correct one of them
        ```

        ## Right

        ```json stock.schema.json
        {
          "type": "object",
          "properties": {
            "id": {"type": "string", "format": "uuid", "maxLength": 36},
            "sku": {"type": "string"},
            "count": {"type": "integer"}
          },
          "required": ["id", "sku", "count"]
        }
        ```

        ```yaml
        topics:
          stock: {partitions: 6, replication: 3, producers: [web]}
        messages:
          StockMessage:
            schema: stock.schema.json
            topic: stock
            key: /sku
        ```

        ## Fix

        Correct one of the keywords that the message names.

        `allow: empty-schema` in the part of the manifest, or `"x-allow": "empty-schema"` in the schema, turns it off: see [rules](../rules.md).
        """#,
        "encryption":
            #"""
        # encryption

        *Messages and events · error or warning, can be allowed*

        `encryption` lacks a category of sensitive values, uses a key with two schemes, has two keys with the same variable, or has an invalid marker, one that some messages can't have, or one that a header, an envelope or a metric contains. A warning: no value has the category.

        Values would be sent in clear without a decision.

        ## Wrong

        ```json stock.schema.json
        {
          "type": "object",
          "properties": {"sku": {"type": "string"}, "email": {"type": "string", "x-sensitive": "pii"}, "card": {"type": "string", "x-sensitive": "payment"}},
          "required": ["sku"]
        }
        ```

        ```yaml
        encryption: {pii: {key: customer-data}}
        topics:
          stock: {partitions: 6, replication: 3, producers: [web]}
        messages:
          StockMessage:
            schema: stock.schema.json
            topic: stock
            key: /sku
        ```

        ```text
        error: 'encryption' does not state how 'payment' is encrypted [encryption]
              "properties": {"sku": {"type": "string"}, "email": {"type": "string", "x-sensitive": "pii"}, "card": {"type": "string", "x-sensitive": "payment"}},
                                                                                                                                                     ^^^^^^^^^
        note: add 'payment: {key: NAME}', or 'payment: none' to send it in clear
        ```

        ## Right

        ```json stock.schema.json
        {
          "type": "object",
          "properties": {"sku": {"type": "string"}, "email": {"type": "string", "x-sensitive": "pii"}, "card": {"type": "string", "x-sensitive": "payment"}},
          "required": ["sku"]
        }
        ```

        ```yaml
        encryption: {pii: {key: customer-data}, payment: none}
        topics:
          stock: {partitions: 6, replication: 3, producers: [web]}
        messages:
          StockMessage:
            schema: stock.schema.json
            topic: stock
            key: /sku
        ```

        ## Fix

        See the hint.

        `allow: encryption` in the part of the manifest, or `"x-allow": "encryption"` in the schema, turns a warning off: see [rules](../rules.md).
        """#,
        "enum-value":
            #"""
        # enum-value

        *Schemas · warning, can be allowed*

        A value of an enum or of a label starts or ends with white space, or differs from another one only in case.

        Senders and readers confuse such values, and most tools do not show the difference.

        ## Wrong

        ```json stock.schema.json
        {
          "type": "object",
          "properties": {
            "id": {"type": "string"},
            "sku": {"type": "string"},
            "count": {"type": "integer"},
            "unit": {"enum": ["piece", "Piece", "box "]}
          },
          "required": ["id", "sku", "count"]
        }
        ```

        ```yaml
        topics:
          stock: {partitions: 6, replication: 3, producers: [web]}
        messages:
          StockMessage:
            schema: stock.schema.json
            topic: stock
            key: /sku
        ```

        ```text
        warning: the values 'piece' and 'Piece' differ only in case [enum-value]
                "unit": {"enum": ["piece", "Piece", "box "]}
                         ^^^^^^
        note: keep one of them
        warning: the value 'box ' starts or ends with white space [enum-value]
                "unit": {"enum": ["piece", "Piece", "box "]}
                         ^^^^^^
        note: remove the white space
        ```

        ## Right

        ```json stock.schema.json
        {
          "type": "object",
          "properties": {
            "id": {"type": "string"},
            "sku": {"type": "string"},
            "count": {"type": "integer"},
            "unit": {"enum": ["piece", "box"]}
          },
          "required": ["id", "sku", "count"]
        }
        ```

        ```yaml
        topics:
          stock: {partitions: 6, replication: 3, producers: [web]}
        messages:
          StockMessage:
            schema: stock.schema.json
            topic: stock
            key: /sku
        ```

        ## Fix

        Correct the value, or keep one of the two.

        `allow: enum-value` in the part of the manifest, or `"x-allow": "enum-value"` in the schema, turns it off: see [rules](../rules.md).
        """#,
        "envelope":
            #"""
        # envelope

        *Messages and events · error*

        The envelope cannot fill this property, or not with this pattern.

        The producer fills texts, times and whole numbers that nothing else sets.

        ## Wrong

        ```yaml
        messages:
          OrderMessage:
            envelope:
              /payload/total: "{now.ms}"
        ```

        ```text
        error: this pattern can't fill '/payload/total', which is a number [envelope]
                  /payload/total: "{now.ms}"
                                  ^^^^^^^^^^
        note: the envelope fills strings, timestamps and whole numbers
        ```

        ## Right

        ```yaml
        messages:
          OrderMessage:
            envelope:
              /metadata/timestamp: "{now}"
        ```

        ## Fix

        See the hint.
        """#,
        "expired-allow":
            #"""
        # expired-allow

        *Permissions · warning*

        The `expires` day of an entry of `allow` is over, so the entry no longer applies and its rule is reported again.

        A permission for a time is a promise to look again.

        ## Wrong

        ```yaml
        metrics:
          families:
            shop_wait_ms:
              type: gauge
              help: Time waited
              allow: [{rule: metric-name, because: the dashboards use this name, expires: 2026-06-30}]
        ```

        ```text
        error: 'shop_wait_ms' has the unit ms, which is not a base unit [metric-name]
                shop_wait_ms:
                ^^^^^^^^^^^^
        note: measure in seconds, and end the name in '_seconds'
        warning: the metric family 'shop_wait_ms' was allowed to break 'metric-name' until 2026-06-30 [expired-allow]
                  allow: [{rule: metric-name, because: the dashboards use this name, expires: 2026-06-30}]
                                                                                              ^^^^^^^^^^
        note: correct the mistake, or set another day
        ```

        ## Right

        ```yaml
        metrics:
          families:
            shop_wait_ms:
              type: gauge
              help: Time waited
              allow: [{rule: metric-name, because: the dashboards use this name, expires: 2027-06-30}]
        ```

        ## Fix

        Correct the mistake, or set another day.
        """#,
        "exposed-secret":
            #"""
        # exposed-secret

        *Privacy · error or warning, can be allowed*

        A credential is written in the contract, which is an error; or what looks like a secret by its name is a key, in a header, or in a label.

        Contracts are shared, committed and generated into code, and headers are seen by each reader of a topic. Keys of cloud services, tokens, private keys and passwords in URLs are recognized.

        ## Wrong

        ```yaml
        description: Orders, from https://shop:hunter2@orders.example.org
        ```

        ```text
        error: a password in a URL is written in the contract [exposed-secret]
            description: Orders, from https://shop:hunter2@orders.example.org
                                      ^^^^^
        note: revoke it, and let programs read the new one from their environment
        ```

        ## Right

        ```yaml
        description: Orders, from https://orders.example.org
        ```

        ## Fix

        Revoke the credential, and let programs read the new one from their environment.

        `allow: exposed-secret` in the part of the manifest, or `"x-allow": "exposed-secret"` in the schema, turns a warning off: see [rules](../rules.md).
        """#,
        "few-keys":
            #"""
        # few-keys

        *Topics · warning, can be allowed*

        The key of a message has fewer values than the topic has partitions: it is an enum, such as the discriminator, a number between close limits, a text with a pattern of few texts, or filled with a constant.

        Records of one key are on one partition: the other partitions stay empty, and most consumers idle.

        ## Wrong

        ```json stock.schema.json
        {
          "type": "object",
          "properties": {
            "id": {"type": "string"},
            "sku": {"type": "string"},
            "count": {"type": "integer"},
            "kind": {"enum": ["added", "removed"]}
          },
          "required": ["id", "sku", "count", "kind"]
        }
        ```

        ```yaml
        topics:
          stock: {partitions: 6, replication: 3, producers: [web]}
        messages:
          StockMessage:
            schema: stock.schema.json
            topic: stock
            key: /kind
        ```

        ```text
        warning: the record key '/kind' has 2 values: at most 2 of 6 partitions are used [few-keys]
                key: /kind
                     ^^^^^
        note: name the property that identifies what the message is about, or no key
        ```

        ## Right

        ```json stock.schema.json
        {
          "type": "object",
          "properties": {
            "id": {"type": "string"},
            "sku": {"type": "string"},
            "count": {"type": "integer"},
            "kind": {"enum": ["added", "removed"]}
          },
          "required": ["id", "sku", "count", "kind"]
        }
        ```

        ```yaml
        topics:
          stock: {partitions: 6, replication: 3, producers: [web]}
        messages:
          StockMessage:
            schema: stock.schema.json
            topic: stock
            key: /sku
        ```

        ## Fix

        Name the property that identifies what the message is about. Without a key, records are spread over all partitions.

        `allow: few-keys` in the part of the manifest, or `"x-allow": "few-keys"` in the schema, turns it off: see [rules](../rules.md).
        """#,
        "file-too-large":
            #"""
        # file-too-large

        *Files · error*

        A manifest or a schema is larger than 16 MiB, or a text given to `validate` is larger than 64 MiB.

        Files are read as a whole, so that their size is limited.

        ## Wrong

        ```console
        $ truncate -s 17M contract/stock.schema.json
        $ event-contracts lint contract
        contract/stock.schema.json:1:1: error: is 17825792 bytes large; at most 16777216 are read [file-too-large]
        ```

        ## Right

        ```console
        $ event-contracts lint contract | head -1
        Shop 1.0.0: 1 topic, 1 message, 2 events: no errors
        ```

        ## Fix

        Split the manifest or schema. Write one message per line (JSON lines).
        """#,
        "fixed-value":
            #"""
        # fixed-value

        *Messages and events · error*

        A fixed value of an event is invalid by the schema.

        No message of the event would be valid.

        ## Wrong

        ```yaml
        messages:
          OrderMessage:
            events:
              order.shipped:
                fixed: {/payload/status: sent}
        ```

        ```text
        error: '/payload/status' can't be 'sent' by order.schema.json [fixed-value]
                    fixed: {/payload/status: sent}
                                             ^^^^
        note: expected one of: placed, shipped
        ```

        ## Right

        ```yaml
        messages:
          OrderMessage:
            events:
              order.shipped:
                fixed: {/payload/status: shipped}
        ```

        ## Fix

        Use a value that the schema allows.
        """#,
        "forbidden-property":
            #"""
        # forbidden-property

        *Messages and events · error*

        An event forbids a property that is required.

        No message of the event would be valid.

        ## Wrong

        ```yaml
        messages:
          OrderMessage:
            events:
              order.placed:
                forbids: [/payload/status]
        ```

        ```text
        error: '/payload/status' is required by order.schema.json, and can't be forbidden [forbidden-property]
                    forbids: [/payload/status]
                              ^^^^^^^^^^^^^^^
        note: remove it from 'forbids'
        ```

        ## Right

        ```yaml
        messages:
          OrderMessage:
            events:
              order.placed:
                fixed: {/payload/status: placed}
                forbids: [/payload/tracking_code]
        ```

        ## Fix

        See the hint.
        """#,
        "identifying-label":
            #"""
        # identifying-label

        *Metrics · warning, can be allowed*

        The values of a label identify single messages, people or machines, or may be more than 1000.

        Each value is a series in Prometheus, which keeps it for days. Identifiers of people are also personal data.

        ## Wrong

        ```yaml
        metrics:
          families:
            shop_logins_total:
              type: counter
              help: Logins
              labels: {user_id: {max: 100}}
        ```

        ```text
        warning: the label 'user_id' identifies single messages, people or machines: each would be a series [identifying-label]
                  labels: {user_id: {max: 100}}
                           ^^^^^^^
        note: count by a label with few values, and put identifiers into logs and traces
        ```

        ## Right

        ```yaml
        metrics:
          families:
            shop_logins_total:
              type: counter
              help: Logins
              labels: {country: {max: 100}}
        ```

        ## Fix

        Count by a label with few values, and put identifiers into logs and traces.

        `allow: identifying-label` in the metric family turns it off: see [rules](../rules.md).
        """#,
        "idle-service":
            #"""
        # idle-service

        *Topics · warning, can be allowed*

        A declared service neither produces to a topic nor consumes from one, while others do.

        It is probably left over, or missing in a topic.

        ## Wrong

        ```yaml
        services:
          mail: Sends e-mails.
        ```

        ```text
        warning: the service 'mail' neither produces to a topic nor consumes from one [idle-service]
              mail: Sends e-mails.
              ^^^^
        note: list it under 'producers' or 'consumers' of a topic, or remove it
        ```

        ## Right

        ```yaml
        services:
          mail: Sends e-mails.
        topics:
          orders:
            consumers: [mail]
        ```

        ## Fix

        List the service under `producers` or `consumers`, or remove it.

        `allow: idle-service` in the part of the manifest, or `"x-allow": "idle-service"` in the schema, turns it off: see [rules](../rules.md).
        """#,
        "idle-topic":
            #"""
        # idle-topic

        *Topics · warning, can be allowed*

        No message is sent to a topic, or it has neither producers nor consumers, while other topics have them.

        The topic is created, monitored and paid for, but not used. Topics for dead letters and retries may be without messages: their names have a word such as `dlq`, `dlt`, `dead` or `retry`.

        ## Wrong

        ```yaml
        topics:
          invoices: {partitions: 3, replication: 3, producers: [web]}
        ```

        ```text
        warning: no message is sent to the topic 'invoices' [idle-topic]
              invoices: {partitions: 3, replication: 3, producers: [web]}
              ^^^^^^^^
        note: name it as the 'topic' of a message, or remove it
        ```

        ## Right

        ```yaml
        topics:
          orders-dlq: {partitions: 3, replication: 3, producers: [web]}
        ```

        ## Fix

        Name the topic in a message, or remove it; list its `producers` and `consumers`.

        `allow: idle-topic` in the part of the manifest, or `"x-allow": "idle-topic"` in the schema, turns it off: see [rules](../rules.md).
        """#,
        "ignored-config":
            #"""
        # ignored-config

        *Topics · warning, can be allowed*

        A setting of a topic has no effect beside its others: a retention of a topic that is only compacted, compaction settings of one that is not, local retention without remote storage, the level of another compression, limits of timestamps that brokers set, compaction that never starts.

        The setting looks like a promise that Kafka does not keep: a compacted topic keeps the last record of each key forever.

        ## Wrong

        ```yaml
        topics:
          orders:
            cleanup: compact
            retention: 7d
        ```

        ```text
        warning: 'retention' has no effect: records of a compacted topic are not deleted by age or size [ignored-config]
                retention: 7d
                           ^^
        note: write 'cleanup: [compact, delete]' to delete them
        ```

        ## Right

        ```yaml
        topics:
          orders:
            cleanup: [compact, delete]
            retention: 7d
        ```

        ## Fix

        Remove the setting, or change the one that it depends on. Settings of `topic_defaults` are not reported.

        `allow: ignored-config` in the part of the manifest, or `"x-allow": "ignored-config"` in the schema, turns it off: see [rules](../rules.md).
        """#,
        "ignored-keyword":
            #"""
        # ignored-keyword

        *Schemas · warning, can be allowed*

        A keyword has no effect: it restricts values of a different type than `type` allows, or belongs to another keyword that is missing.

        JSON Schema ignores `minLength` of a number and `then` without `if`. The restriction that was meant is not checked.

        ## Wrong

        ```json stock.schema.json
        {
          "type": "object",
          "properties": {
            "id": {"type": "string"},
            "sku": {"type": "string"},
            "count": {"type": "integer", "minLength": 1}
          },
          "required": ["id", "sku", "count"]
        }
        ```

        ```yaml
        topics:
          stock: {partitions: 6, replication: 3, producers: [web]}
        messages:
          StockMessage:
            schema: stock.schema.json
            topic: stock
            key: /sku
        ```

        ```text
        warning: 'minLength' has no effect: it restricts strings, and the 'type' is integer [ignored-keyword]
                "count": {"type": "integer", "minLength": 1}
                                             ^^^^^^^^^^^
        note: remove it, or correct the 'type'
        ```

        ## Right

        ```json stock.schema.json
        {
          "type": "object",
          "properties": {
            "id": {"type": "string"},
            "sku": {"type": "string"},
            "count": {"type": "integer", "minimum": 1}
          },
          "required": ["id", "sku", "count"]
        }
        ```

        ```yaml
        topics:
          stock: {partitions: 6, replication: 3, producers: [web]}
        messages:
          StockMessage:
            schema: stock.schema.json
            topic: stock
            key: /sku
        ```

        ## Fix

        Use the keyword of the type, such as `minimum` for numbers, or correct the `type`.

        `allow: ignored-keyword` in the part of the manifest, or `"x-allow": "ignored-keyword"` in the schema, turns it off: see [rules](../rules.md).
        """#,
        "impossible-event":
            #"""
        # impossible-event

        *Messages and events · error*

        The rules of an event contradict the schema, so that no message can be this event.

        Each message of the event would fail to be sent. The schema and the rules of the event are examined together, with `if`, `oneOf` and the like.

        ## Wrong

        ```json stock.schema.json
        {
          "type": "object",
          "properties": {
            "type": {"enum": ["stock.added", "stock.sold"]},
            "count": {"type": "integer"},
            "buyer": {"type": "string"}
          },
          "required": ["type", "count"],
          "if": {"properties": {"type": {"const": "stock.sold"}}},
          "then": {"required": ["buyer"]}
        }
        ```

        ```yaml
        topics:
          stock: {partitions: 6, replication: 3, producers: [web]}
        messages:
          StockMessage:
            schema: stock.schema.json
            topic: stock
            discriminator: /type
            events:
              stock.added: {forbids: [/buyer]}
              stock.sold: {forbids: [/buyer]}
        ```

        ```text
        error: no StockMessage can be 'stock.sold': the event's rules contradict the schema [impossible-event]
                  stock.sold: {forbids: [/buyer]}
                  ^^^^^^^^^^
        note: compare 'fixed', 'requires' and 'forbids' with stock.schema.json
        ```

        ## Right

        ```json stock.schema.json
        {
          "type": "object",
          "properties": {
            "type": {"enum": ["stock.added", "stock.sold"]},
            "count": {"type": "integer"},
            "buyer": {"type": "string"}
          },
          "required": ["type", "count"],
          "if": {"properties": {"type": {"const": "stock.sold"}}},
          "then": {"required": ["buyer"]}
        }
        ```

        ```yaml
        topics:
          stock: {partitions: 6, replication: 3, producers: [web]}
        messages:
          StockMessage:
            schema: stock.schema.json
            topic: stock
            discriminator: /type
            events:
              stock.added: {forbids: [/buyer]}
              stock.sold: {requires: [/buyer]}
        ```

        ## Fix

        Change `fixed`, `requires` or `forbids` of the event, or the schema.
        """#,
        "impossible-label-value":
            #"""
        # impossible-label-value

        *Alerts · error, can be allowed*

        The label never has this value, or no value that an alternative of the pattern matches, or has it never together with the values of other labels, since an event has one topic, so that no series is selected. A bound is compared with `le` as Prometheus stores it: `1.0` for 1.

        The selector would match no series.

        ## Wrong

        ```yaml
        alerts:
          rules:
            ShopFailing:
              expr: sum(rate(shop_messages_total{status="failed"}[5m])) > 1
              allow: [untested-alert]
              severity: warning
              summary: Messages fail
        ```

        ```text
        error: the label 'status' never has the value 'failed' [impossible-label-value]
                  expr: sum(rate(shop_messages_total{status="failed"}[5m])) > 1
                                                            ^^^^^^^^
        note: expected one of: error, success
        ```

        ## Right

        ```yaml
        alerts:
          rules:
            ShopFailing:
              expr: sum(rate(shop_messages_total{status="error"}[5m])) > 0.1
              tests:
                - {fires: true, series: {'shop_messages_total{topic="shop_orders",status="error"}': "0+60x30"}}
                - {fires: false, series: {'shop_messages_total{topic="shop_orders",status="error"}': "0x30"}}
              severity: warning
              summary: Messages fail
        ```

        ## Fix

        The hint names the values.

        `allow: impossible-label-value` in the part of the manifest, or `"x-allow": "impossible-label-value"` in the schema, turns it off: see [rules](../rules.md).
        """#,
        "impossible-pattern":
            #"""
        # impossible-pattern

        *Messages and events · error or warning, can be allowed*

        No text that the pattern of an envelope makes is valid by the schema of its property. If this depends on the ids or the service's name, which a program may choose itself, it is a warning.

        Each message would fail to be sent. The pattern is compared with all keywords of the property, those of `not`, `anyOf` and `oneOf` included; `{now.ms}` with the limits of a whole number, now and in the next ten years.

        ## Wrong

        ```json stock.schema.json
        {
          "type": "object",
          "properties": {
            "id": {"type": "string", "format": "uuid"},
            "sku": {"type": "string"},
            "count": {"type": "integer"}
          },
          "required": ["id", "sku", "count"]
        }
        ```

        ```yaml
        topics:
          stock: {partitions: 6, replication: 3, producers: [web]}
        messages:
          StockMessage:
            schema: stock.schema.json
            topic: stock
            envelope: {/id: "stock-{id}"}
        ```

        ```text
        error: no text of this pattern is valid for '/id': 'format' is uuid [impossible-pattern]
                envelope: {/id: "stock-{id}"}
                                ^^^^^^^^^^^^
        note: change the pattern, or the property's schema
        ```

        ## Right

        ```json stock.schema.json
        {
          "type": "object",
          "properties": {
            "id": {"type": "string", "format": "uuid"},
            "sku": {"type": "string"},
            "count": {"type": "integer"}
          },
          "required": ["id", "sku", "count"]
        }
        ```

        ```yaml
        topics:
          stock: {partitions: 6, replication: 3, producers: [web]}
        messages:
          StockMessage:
            schema: stock.schema.json
            topic: stock
            envelope: {/id: "{id}"}
        ```

        ## Fix

        Change the pattern or the schema.

        `allow: impossible-pattern` in the part of the manifest, or `"x-allow": "impossible-pattern"` in the schema, turns a warning off: see [rules](../rules.md).
        """#,
        "inexact-comparison":
            #"""
        # inexact-comparison

        *Alerts · warning, can be allowed*

        `==` or `!=` compares a computed value, such as a rate or an average, with a number.

        A computed value has a fraction, and meets another number only by chance. `increase` extrapolates: one event may be an increase of 1.07. Comparisons with 0, and with the smallest and the largest value, are right.

        ## Wrong

        ```yaml
        alerts:
          rules:
            ShopErrors:
              expr: sum(increase(shop_messages_total{status="error"}[5m])) == 1
              severity: warning
              summary: ShopErrors
              allow: [untested-alert]
        ```

        ```text
        warning: '==' is almost never true: a computed value is 1 only by chance [inexact-comparison]
                  expr: sum(increase(shop_messages_total{status="error"}[5m])) == 1
                                                                               ^
        note: use '>', '>=', '<' or '<='
        ```

        ## Right

        ```yaml
        alerts:
          rules:
            ShopErrors:
              expr: sum(increase(shop_messages_total{status="error"}[5m])) >= 1
              severity: warning
              summary: ShopErrors
              allow: [untested-alert]
        ```

        ## Fix

        Use `>`, `>=`, `<` or `<=`.

        `allow: inexact-comparison` in the alert turns it off: see [rules](../rules.md).
        """#,
        "invalid-example":
            #"""
        # invalid-example

        *Schemas · warning, can be allowed*

        A value under `examples` is invalid by its own schema.

        Examples are copied. Documentation and test data made of them would be wrong.

        ## Wrong

        ```json stock.schema.json
        {
          "type": "object",
          "properties": {
            "id": {"type": "string"},
            "sku": {"type": "string"},
            "count": {"type": "integer", "examples": ["3"]}
          },
          "required": ["id", "sku", "count"]
        }
        ```

        ```yaml
        topics:
          stock: {partitions: 6, replication: 3, producers: [web]}
        messages:
          StockMessage:
            schema: stock.schema.json
            topic: stock
            key: /sku
        ```

        ```text
        warning: an example is invalid by its own schema [invalid-example]
                "count": {"type": "integer", "examples": ["3"]}
                                                          ^^^
        note: correct the example or the schema
        ```

        ## Right

        ```json stock.schema.json
        {
          "type": "object",
          "properties": {
            "id": {"type": "string"},
            "sku": {"type": "string"},
            "count": {"type": "integer", "examples": [3]}
          },
          "required": ["id", "sku", "count"]
        }
        ```

        ```yaml
        topics:
          stock: {partitions: 6, replication: 3, producers: [web]}
        messages:
          StockMessage:
            schema: stock.schema.json
            topic: stock
            key: /sku
        ```

        ## Fix

        Correct the example or the schema.

        `allow: invalid-example` in the part of the manifest, or `"x-allow": "invalid-example"` in the schema, turns it off: see [rules](../rules.md).
        """#,
        "invalid-json":
            #"""
        # invalid-json

        *Files · error*

        A schema, or a message given to `validate`, is not valid JSON.

        JSON has no comments and no trailing commas.

        ## Wrong

        ```json stock.schema.json
        {
          "type": "object",
          "properties": {"sku": {"type": "string"}},
          "required": ["sku"],
        }
        ```

        ```yaml
        topics:
          stock: {partitions: 6, replication: 3, producers: [web]}
        messages:
          StockMessage:
            schema: stock.schema.json
            topic: stock
            key: /sku
        ```

        ```text
        error: trailing comma [invalid-json]
              "required": ["sku"],
                                 ^
        note: remove it: JSON has commas only between members and elements
        ```

        ## Right

        ```json stock.schema.json
        {
          "type": "object",
          "properties": {"sku": {"type": "string"}},
          "required": ["sku"]
        }
        ```

        ```yaml
        topics:
          stock: {partitions: 6, replication: 3, producers: [web]}
        messages:
          StockMessage:
            schema: stock.schema.json
            topic: stock
            key: /sku
        ```

        ## Fix

        Correct the syntax at that place.
        """#,
        "invalid-message":
            #"""
        # invalid-message

        *Templates and commands · error*

        A message given to `validate` breaks its contract.

        A reader of the topic would refuse the message.

        ## Wrong

        ```console
        $ echo '{"metadata": {"message_id": "m-1", "message_type": "order.shipped", "timestamp": "2026-11-30T12:00:00Z"}, "payload": {"order_id": "o-1", "status": "shipped"}}' > messages.jsonl
        $ event-contracts validate contract messages.jsonl
        messages.jsonl:1:118: error: /payload: missing member 'tracking_code' [invalid-message]
        messages.jsonl:1:118: note: by topics.yaml#/messages/OrderMessage/events/order.shipped/requires
        1 checked, 1 not valid
        ```

        ## Right

        ```console
        $ echo '{"metadata": {"message_id": "m-1", "message_type": "order.shipped", "timestamp": "2026-11-30T12:00:00Z"}, "payload": {"order_id": "o-1", "status": "shipped", "tracking_code": "T-77"}}' > messages.jsonl
        $ event-contracts validate contract messages.jsonl
        1 checked, 0 not valid
        ```

        ## Fix

        The note names the place in the schema or manifest.
        """#,
        "invalid-name":
            #"""
        # invalid-name

        *The shape of the manifest · error*

        The name of a contract or message is not a valid Swift type name, or generated code uses it; or the name of a service, header or event is invalid.

        Names become those of Swift types, or of services in logs.

        ## Wrong

        ```json stock.schema.json
        {"type": "object", "properties": {"sku": {"type": "string"}}, "required": ["sku"]}
        ```

        ```yaml
        topics:
          stock: {partitions: 6, replication: 3, producers: [web]}
        messages:
          stock-message:
            schema: stock.schema.json
            topic: stock
        ```

        ```text
        error: invalid message name 'stock-message' [invalid-name]
              stock-message:
              ^^^^^^^^^^^^^
        note: expected the name of a Swift type, such as JobMessage
        ```

        ## Right

        ```json stock.schema.json
        {"type": "object", "properties": {"sku": {"type": "string"}}, "required": ["sku"]}
        ```

        ```yaml
        topics:
          stock: {partitions: 6, replication: 3, producers: [web]}
        messages:
          StockMessage:
            schema: stock.schema.json
            topic: stock
        ```

        ## Fix

        Choose a name such as `OrderMessage`.
        """#,
        "invalid-utf8":
            #"""
        # invalid-utf8

        *Files · error*

        A file is not valid UTF-8, or contains a NUL byte.

        Names and texts become Swift code, topics and messages, all of which are UTF-8.

        ## Wrong

        ```console
        $ printf 'description: Caf\351\n' >> contract/topics.yaml
        $ event-contracts lint contract
        contract/topics.yaml:50:17: error: the file is not UTF-8 [invalid-utf8]
        ```

        ## Right

        ```console
        $ printf 'description: Caf\303\251\n' >> contract/topics.yaml
        $ event-contracts lint contract | head -1
        Shop 1.0.0: 1 topic, 1 message, 2 events: no errors
        ```

        ## Fix

        Save it as UTF-8: `iconv -f latin1 -t utf-8`.
        """#,
        "invalid-value":
            #"""
        # invalid-value

        *The shape of the manifest · error*

        The value of a key is invalid: a version, a choice, the path of a schema, an empty section, a duplicate name in a list.

        The value has no meaning for its key.

        ## Wrong

        ```yaml
        version: "1.0"
        ```

        ```text
        error: invalid version '1.0' [invalid-value]
            version: "1.0"
                     ^^^^^
        note: expected MAJOR.MINOR.PATCH, such as 1.0.0
        ```

        ## Right

        ```yaml
        version: 1.0.0
        ```

        ## Fix

        Use a value that the hint names.
        """#,
        "invalid-yaml":
            #"""
        # invalid-yaml

        *Files · error*

        The manifest is not valid YAML 1.2, or uses unsupported YAML: tags, merge keys, several documents, infinities.

        A part of the manifest would be read as something else, or not at all.

        ## Wrong

        ```yaml
        messages:
          OrderMessage:
            headers:
              trace: {metadata.message_id}-{now.ms}
              message-type: "{metadata.message_type}"
        ```

        ```text
        error: a string that starts with '{' must be in quotes [invalid-yaml]
                  trace: {metadata.message_id}-{now.ms}
                         ^^^^^^^^^^^^^^^^^^^^^
        note: write "{metadata.message_id}-{now.ms}"
        ```

        ## Right

        ```yaml
        messages:
          OrderMessage:
            headers:
              trace: "{metadata.message_id}-{now.ms}"
              message-type: "{metadata.message_type}"
        ```

        ## Fix

        Correct the syntax at that place.
        """#,
        "literal-placeholder":
            #"""
        # literal-placeholder

        *Messages and events · warning, can be allowed*

        A pattern, or a fixed value, contains a placeholder that is not filled in: its braces are missing or doubled, or another sign of a placeholder is before it.

        Consumers would receive the text `payload.order_id`, or `$` before each id. Placeholders are written `{payload.order_id}`.

        ## Wrong

        ```yaml
        messages:
          OrderMessage:
            headers:
              message-type: "{metadata.message_type}"
              order: payload.order_id
              trace: "${metadata.message_id}"
        ```

        ```text
        warning: 'payload.order_id' is literal text, and is not filled in [literal-placeholder]
                  order: payload.order_id
                         ^^^^^^^^^^^^^^^^
        note: did you mean '{payload.order_id}'?
        warning: the '$' before '{metadata.message_id}' is part of the text [literal-placeholder]
                  trace: "${metadata.message_id}"
                         ^^^^^^^^^^^^^^^^^^^^^^^^
        note: write {metadata.message_id} alone, without '$'
        ```

        ## Right

        ```yaml
        messages:
          OrderMessage:
            headers:
              message-type: "{metadata.message_type}"
              order: "{payload.order_id}"
              trace: "{metadata.message_id}"
        ```

        ## Fix

        Write the name in single braces.

        `allow: literal-placeholder` in the part of the manifest, or `"x-allow": "literal-placeholder"` in the schema, turns it off: see [rules](../rules.md).
        """#,
        "message-size":
            #"""
        # message-size

        *Topics · error or warning, can be allowed*

        A message may be larger than `max.message.bytes` or `segment.bytes` of its topic, or than Kafka's default where the topic does not state the first. If the smallest one already is, it is an error.

        The broker refuses larger records, so that valid messages are lost. The sizes are those of compact JSON with ASCII text; messages without an upper limit are not reported.

        ## Wrong

        ```json stock.schema.json
        {
          "type": "object",
          "properties": {
            "id": {"type": "string", "maxLength": 40},
            "sku": {"type": "string", "maxLength": 40},
            "count": {"type": "integer"},
            "note": {"type": "string", "maxLength": 5000}
          },
          "required": ["id", "sku", "count"]
        }
        ```

        ```yaml
        topics:
          stock: {partitions: 6, replication: 3, config: {max.message.bytes: 4096}, producers: [web]}
        messages:
          StockMessage:
            schema: stock.schema.json
            topic: stock
            key: /sku
        ```

        ```text
        warning: a valid StockMessage may have 5118 bytes, more than 'max.message.bytes' 4096 of 'stock' [message-size]
                topic: stock
                       ^^^^^
        note: raise 'max.message.bytes', or lower the limits of the schema
        ```

        ## Right

        ```json stock.schema.json
        {
          "type": "object",
          "properties": {
            "id": {"type": "string", "maxLength": 40},
            "sku": {"type": "string", "maxLength": 40},
            "count": {"type": "integer"},
            "note": {"type": "string", "maxLength": 5000}
          },
          "required": ["id", "sku", "count"]
        }
        ```

        ```yaml
        topics:
          stock: {partitions: 6, replication: 3, config: {max.message.bytes: 8192}, producers: [web]}
        messages:
          StockMessage:
            schema: stock.schema.json
            topic: stock
            key: /sku
        ```

        ## Fix

        Raise `max.message.bytes`, or lower the limits in the schema.

        `allow: message-size` in the part of the manifest, or `"x-allow": "message-size"` in the schema, turns a warning off: see [rules](../rules.md).
        """#,
        "metric-buckets":
            #"""
        # metric-buckets

        *Metrics · error*

        A histogram has no buckets, or they are not in ascending order; or another metric has buckets.

        Prometheus needs ascending bounds to compute quantiles.

        ## Wrong

        ```yaml
        metrics:
          families:
            shop_size_bytes: {type: histogram, help: Sizes, buckets: [1000, 100]}
        ```

        ```text
        error: 100.0 is not more than the bound before it [metric-buckets]
                shop_size_bytes: {type: histogram, help: Sizes, buckets: [1000, 100]}
                                                                                ^^^
        note: list the upper bounds in ascending order
        ```

        ## Right

        ```yaml
        metrics:
          families:
            shop_size_bytes: {type: histogram, help: Sizes, buckets: [100, 1000]}
        ```

        ## Fix

        List the upper bounds in ascending order.
        """#,
        "metric-label":
            #"""
        # metric-label

        *Metrics · error*

        The name of a label is invalid, Prometheus adds it itself (`job`, `instance`, `target_labels`), or its source has no such values.

        A label without values cannot be filled.

        ## Wrong

        ```yaml
        metrics:
          families:
            shop_failures_total: {type: counter, help: Failures, labels: [topics], from: producer.failures}
        ```

        ```text
        error: unknown dimension 'topics' [metric-label]
                shop_failures_total: {type: counter, help: Failures, labels: [topics], from: producer.failures}
                                                                              ^^^^^^
        note: did you mean 'topic'?
        ```

        ## Right

        ```yaml
        metrics:
          families:
            shop_failures_total: {type: counter, help: Failures, labels: [topic], from: producer.failures}
        ```

        ## Fix

        Use a dimension of the source, or see the hint.
        """#,
        "metric-name":
            #"""
        # metric-name

        *Metrics · error, can be allowed*

        Prometheus does not allow the name, or its conventions advise against it: a counter without `_total`, a unit that is not a base unit, an ending of histogram series, a name of Prometheus itself such as `up`.

        Queries, dashboards and other exporters rely on the conventions of Prometheus.

        ## Wrong

        ```yaml
        metrics:
          families:
            shop_wait_ms: {type: gauge, help: Time waited}
        ```

        ```text
        error: 'shop_wait_ms' has the unit ms, which is not a base unit [metric-name]
                shop_wait_ms: {type: gauge, help: Time waited}
                ^^^^^^^^^^^^
        note: measure in seconds, and end the name in '_seconds'
        ```

        ## Right

        ```yaml
        metrics:
          families:
            shop_wait_seconds: {type: gauge, help: Time waited}
        ```

        ## Fix

        See the hint. Invalid names, endings of the family's own series, and counters without `_total`, which OpenMetrics requires, cannot be allowed.

        `allow: metric-name` in the part of the manifest, or `"x-allow": "metric-name"` in the schema, turns it off: see [rules](../rules.md).
        """#,
        "metric-source":
            #"""
        # metric-source

        *Metrics · error*

        `from` is unknown or belongs to another type of metric; a `value` is missing or not a number; or `events` are selected from a source that is not a message.

        The family would have no values.

        ## Wrong

        ```yaml
        metrics:
          families:
            shop_failures_total: {type: counter, help: Failures, from: producer.failure}
        ```

        ```text
        error: unknown source 'producer.failure' [metric-source]
                shop_failures_total: {type: counter, help: Failures, from: producer.failure}
                                                                           ^^^^^^^^^^^^^^^^
        note: did you mean 'producer.failures'?
        ```

        ## Right

        ```yaml
        metrics:
          families:
            shop_failures_total: {type: counter, help: Failures, from: producer.failures}
        ```

        ## Fix

        See the hint, or [the sources](../../Sources/EventContracts/EventContracts.docc/Monitoring.md).
        """#,
        "missing-event":
            #"""
        # missing-event

        *Messages and events · error*

        A value of the discriminator has no event.

        The value could be read, but not sent.

        ## Wrong

        ```json stock.schema.json
        {
          "type": "object",
          "properties": {"sku": {"type": "string"}, "kind": {"enum": ["stock.added", "stock.sold"]}},
          "required": ["sku", "kind"]
        }
        ```

        ```yaml
        topics:
          stock: {partitions: 6, replication: 3, producers: [web]}
        messages:
          StockMessage:
            schema: stock.schema.json
            topic: stock
            key: /sku
            discriminator: /kind
            events:
              stock.added:
        ```

        ```text
        error: '/kind' can be 'stock.sold', but 'events' does not declare it [missing-event]
                discriminator: /kind
                               ^^^^^
        note: add 'stock.sold:' to the events of StockMessage
        ```

        ## Right

        ```json stock.schema.json
        {
          "type": "object",
          "properties": {"sku": {"type": "string"}, "kind": {"enum": ["stock.added", "stock.sold"]}},
          "required": ["sku", "kind"]
        }
        ```

        ```yaml
        topics:
          stock: {partitions: 6, replication: 3, producers: [web]}
        messages:
          StockMessage:
            schema: stock.schema.json
            topic: stock
            key: /sku
            discriminator: /kind
            events:
              stock.added:
              stock.sold:
        ```

        ## Fix

        Declare it under `events`; the value may be empty.
        """#,
        "missing-file":
            #"""
        # missing-file

        *Files · error*

        The manifest does not exist, or a schema that a message names.

        Nothing can be generated without the file.

        ## Wrong

        ```yaml
        messages:
          OrderMessage:
            schema: orders.schema.json
        ```

        ```text
        error: missing schema 'orders.schema.json' [missing-file]
                schema: orders.schema.json
                        ^^^^^^^^^^^^^^^^^^
        note: did you mean 'order.schema.json'?
        ```

        ## Right

        ```yaml
        messages:
          OrderMessage:
            schema: order.schema.json
        ```

        ## Fix

        Correct the name. Schemas are in the folder of the manifest or in folders below it, except hidden folders and links.
        """#,
        "missing-key":
            #"""
        # missing-key

        *The shape of the manifest · error*

        A required key is missing.

        The contract states it nowhere else.

        ## Wrong

        ```yaml
        topics:
          stock-dlq: {partitions: 6}
        ```

        ```text
        error: neither the topic 'stock-dlq' nor 'topic_defaults' has 'replication' [missing-key]
              stock-dlq: {partitions: 6}
                         ^^^^^^^^^^^^^^^
        note: add 'replication:'
        ```

        ## Right

        ```yaml
        topics:
          stock-dlq: {partitions: 6, replication: 3, producers: [web]}
        ```

        ## Fix

        Add it.
        """#,
        "missing-le":
            #"""
        # missing-le

        *Alerts · error, can be allowed*

        An aggregation of histogram buckets drops `le`, or the operand of `histogram_quantile` is not a set of buckets.

        Without `le`, the buckets cannot be distinguished.

        ## Wrong

        ```yaml
        alerts:
          rules:
            ShopFailing:
              expr: histogram_quantile(0.95, sum by (topic) (rate(shop_latency_seconds_bucket[5m]))) > 0.5
              allow: [untested-alert]
              severity: warning
              summary: Messages fail
        ```

        ```text
        error: 'sum' drops the label le: it mixes a histogram's buckets, each of which includes all smaller ones [missing-le]
                  expr: histogram_quantile(0.95, sum by (topic) (rate(shop_latency_seconds_bucket[5m]))) > 0.5
                                                 ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
        note: write sum by (le, topic)
        ```

        ## Right

        ```yaml
        alerts:
          rules:
            ShopFailing:
              quantile_above: {of: shop_latency_seconds, quantile: 0.95, value: 0.5, by: [topic]}
              severity: warning
              summary: Messages fail
        ```

        ## Fix

        Write `sum by (le, …) (rate(…_bucket[5m]))`.

        `allow: missing-le` in the part of the manifest, or `"x-allow": "missing-le"` in the schema, turns it off: see [rules](../rules.md).
        """#,
        "moment-as-duration":
            #"""
        # moment-as-duration

        *Alerts · error, can be allowed*

        A moment, in seconds since 1970, is compared with a number of seconds, or an age with a moment.

        A moment is more than a billion, and every number of seconds is far below it. The moments are those of `producer.last_success`, of `time()` and `timestamp()`, and of gauges whose names end in `_timestamp_seconds`.

        ## Wrong

        ```yaml
        metrics:
          families:
            shop_last_success_timestamp_seconds:
              type: gauge
              help: The last delivery
              unit: seconds
              labels: [topic]
              from: producer.last_success
        alerts:
          rules:
            ShopLate:
              expr: shop_last_success_timestamp_seconds > 300
              severity: warning
              summary: ShopLate
              allow: [untested-alert]
        ```

        ```text
        error: a moment, in seconds since 1970, is compared with 300 [moment-as-duration]
                  expr: shop_last_success_timestamp_seconds > 300
                                                            ^
        note: compare its age: time() - …
        ```

        ## Right

        ```yaml
        metrics:
          families:
            shop_last_success_timestamp_seconds:
              type: gauge
              help: The last delivery
              unit: seconds
              labels: [topic]
              from: producer.last_success
        alerts:
          rules:
            ShopLate:
              expr: time() - shop_last_success_timestamp_seconds > 300
              severity: warning
              summary: ShopLate
              allow: [untested-alert]
        ```

        ## Fix

        Compare the age: `time() - x > 300`. A comparison with 0 asks whether something has happened, and is right.

        `allow: moment-as-duration` in the alert turns it off: see [rules](../rules.md).
        """#,
        "name-collision":
            #"""
        # name-collision

        *Messages and events · error*

        Two names are the same in Swift, or a name is the same as one in generated code.

        Swift cannot have two declarations of one name.

        ## Wrong

        ```yaml
        topics:
          order-items-dlq: {partitions: 6, replication: 3, producers: [web]}
          order-items--dlq: {partitions: 6, replication: 3, producers: [web]}
        ```

        ```text
        error: 'order-items--dlq' and 'order-items-dlq' both become 'orderItemsDlq' in Swift [name-collision]
              order-items--dlq: {partitions: 6, replication: 3, producers: [web]}
              ^^^^^^^^^^^^^^^^
        note: set the 'swift_name' of one of them
        ```

        ## Right

        ```yaml
        topics:
          order-items-dlq: {partitions: 6, replication: 3, producers: [web]}
          order-items--dlq: {partitions: 6, replication: 3, producers: [web], swift_name: deadItems}
        ```

        ## Fix

        Rename one, or set its `swift_name`.
        """#,
        "nesting-depth":
            #"""
        # nesting-depth

        *Files · error*

        Values are nested deeper than 64 levels in YAML or 128 in JSON, or schemas deeper than 256 levels, where each `$ref` counts as one.

        The work on nested values is recursive, so that their depth is limited.

        ## Wrong

        ```yaml
        description: [[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[deep]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]
        ```

        ```text
        error: nested deeper than 64 levels [nesting-depth]
            description: [[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[deep]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]
                                                                                        ^^^^^^^^
        ```

        ## Right

        ```yaml
        description: Not deep
        ```

        ## Fix

        Flatten the file.
        """#,
        "never-fires":
            #"""
        # never-fires

        *Alerts · error, can be allowed*

        A comparison is never true, whatever the values are, so that the alert, or this part of it, never fires.

        The range of the values follows from the kinds of the metrics, their buckets and their sources: a ratio of a part to its whole is at most 1, the state of a connection is 0 or 1, a quantile is at most the last bucket, a rate is never negative, and a count is at least 1. The message has the ranges of both sides.

        ## Wrong

        ```yaml
        alerts:
          rules:
            ShopErrors:
              expr: sum(rate(shop_messages_total{status="error"}[5m])) / sum(rate(shop_messages_total[5m])) > 5
              severity: warning
              summary: ShopErrors
              allow: [untested-alert]
        ```

        ```text
        error: '>' is never true: the left side is between 0 and 1, and the right side is 5 [never-fires]
                  expr: sum(rate(shop_messages_total{status="error"}[5m])) / sum(rate(shop_messages_total[5m])) > 5
                                                                                                                ^
        note: a ratio of a part to its whole; did you mean 0.05?
        ```

        ## Right

        ```yaml
        alerts:
          rules:
            ShopErrors:
              expr: sum(rate(shop_messages_total{status="error"}[5m])) / sum(rate(shop_messages_total[5m])) > 0.05
              severity: warning
              summary: ShopErrors
              allow: [untested-alert]
        ```

        ## Fix

        Use a limit between the values that can occur. A count of no series has no result: use `absent(…)`, or add `or vector(0)`.

        `allow: never-fires` in the alert turns it off: see [rules](../rules.md).
        """#,
        "never-matches":
            #"""
        # never-matches

        *Alerts · error, can be allowed*

        The labels of two sides are never equal, so that no series match; or several series of a side match one series of the other, which Prometheus rejects without `group_left`.

        The expression would have no result, and the alert never fire.

        ## Wrong

        ```yaml
        alerts:
          rules:
            ShopFailing:
              expr: sum by (topic) (rate(shop_messages_total[5m])) / sum by (status) (rate(shop_messages_total[5m])) > 1
              allow: [untested-alert]
              severity: warning
              summary: Messages fail
        ```

        ```text
        error: '/' never has a result: only the right side has the label 'status' [never-matches]
                  expr: sum by (topic) (rate(shop_messages_total[5m])) / sum by (status) (rate(shop_messages_total[5m])) > 1
                                                                       ^
        note: group both sides by the same labels
        ```

        ## Right

        ```yaml
        alerts:
          rules:
            ShopFailing:
              error_ratio_above: {of: shop_messages_total, where: {status: error}, by: [topic], value: 0.05}
              severity: warning
              summary: Messages fail
        ```

        ## Fix

        Use `on`, `ignoring` or `group_left`.

        `allow: never-matches` in the part of the manifest, or `"x-allow": "never-matches"` in the schema, turns it off: see [rules](../rules.md).
        """#,
        "outdated-output":
            #"""
        # outdated-output

        *Templates and commands · error*

        With `--check` and `--format json` or `github`: a file differs from the generated one. As text, the difference is shown.

        Code that does not agree with its contract compiles, and fails in production.

        ## Wrong

        ```console
        $ event-contracts generate contract --output Generated > generate.log
        $ sed -i.old 's/version: 1.0.0/version: 1.1.0/' contract/topics.yaml
        $ event-contracts generate contract --output Generated --check --format github
        ::error file=Generated/contract.swift,line=10,col=1,title=outdated-output::differs from the generated file%0Agenerate again
        ```

        ## Right

        ```console
        $ sed -i.old 's/version: 1.0.0/version: 1.1.0/' contract/topics.yaml
        $ event-contracts generate contract --output Generated > generate.log
        $ event-contracts generate contract --output Generated --check --format github
        ```

        ## Fix

        Generate again.
        """#,
        "partition-count":
            #"""
        # partition-count

        *Topics · error*

        The number of partitions is out of range.

        Kafka has no topic of this kind.

        ## Wrong

        ```yaml
        topics:
          orders:
            partitions: 0
        ```

        ```text
        error: a topic can't have 0 partitions [partition-count]
                partitions: 0
                            ^
        note: expected 1 to 1000000
        ```

        ## Right

        ```yaml
        topics:
          orders:
            partitions: 1
        ```

        ## Fix

        Use 1 to 1000000.
        """#,
        "personal-data":
            #"""
        # personal-data

        *Privacy · warning, can be allowed*

        What looks like personal data, by its name or its format, is the key of records, in a header, in a label of a metric or in the text of an alert.

        Keys and headers are never encrypted, stay in logs and tools, and a key cannot be deleted without its records. Labels and alerts are seen by all who operate the service.

        ## Wrong

        ```json stock.schema.json
        {
          "type": "object",
          "properties": {
            "id": {"type": "string"},
            "sku": {"type": "string"},
            "count": {"type": "integer"},
            "buyer_email": {"type": "string"}
          },
          "required": ["id", "sku", "count", "buyer_email"]
        }
        ```

        ```yaml
        topics:
          stock: {partitions: 6, replication: 3, producers: [web]}
        messages:
          StockMessage:
            schema: stock.schema.json
            topic: stock
            key: /buyer_email
        ```

        ```text
        warning: '/buyer_email' looks like personal data, and is the record key, which brokers keep and tools show [personal-data]
                key: /buyer_email
                     ^^^^^^^^^^^^
        note: use an id that has no meaning elsewhere, or mark the property with "x-sensitive"
        ```

        ## Right

        ```json stock.schema.json
        {
          "type": "object",
          "properties": {
            "id": {"type": "string"},
            "sku": {"type": "string"},
            "count": {"type": "integer"},
            "buyer_email": {"type": "string"}
          },
          "required": ["id", "sku", "count", "buyer_email"]
        }
        ```

        ```yaml
        topics:
          stock: {partitions: 6, replication: 3, producers: [web]}
        messages:
          StockMessage:
            schema: stock.schema.json
            topic: stock
            key: /sku
        ```

        ## Fix

        Use an id that has no meaning elsewhere, or leave it out. Mark the property with `x-sensitive`: see [sensitive values](../../Sources/EventContracts/EventContracts.docc/Encryption.md).

        `allow: personal-data` in the part of the manifest, or `"x-allow": "personal-data"` in the schema, turns it off: see [rules](../rules.md).
        """#,
        "placeholder":
            #"""
        # placeholder

        *Messages and events · error*

        A placeholder is unknown, is not text, or refers to itself.

        The text could not be made.

        ## Wrong

        ```yaml
        messages:
          OrderMessage:
            headers:
              order: "{payload.orderid}"
              message-type: "{metadata.message_type}"
        ```

        ```text
        error: unknown placeholder '{payload.orderid}' [placeholder]
                  order: "{payload.orderid}"
                         ^^^^^^^^^^^^^^^^^^^
        note: did you mean '{payload.order_id}'?
        ```

        ## Right

        ```yaml
        messages:
          OrderMessage:
            headers:
              order: "{payload.order_id}"
              message-type: "{metadata.message_type}"
        ```

        ## Fix

        Use `{now}`, `{now.ms}`, `{id}`, `{service}`, or a property such as `{payload.job_id}`.
        """#,
        "pointer-not-found":
            #"""
        # pointer-not-found

        *Messages and events · error*

        The schema has no property at this pointer.

        The property would be missing in each message.

        ## Wrong

        ```yaml
        messages:
          OrderMessage:
            key: /payload/orderid
        ```

        ```text
        error: order.schema.json has no property '/payload/orderid' [pointer-not-found]
                key: /payload/orderid
                     ^^^^^^^^^^^^^^^^
        note: did you mean '/payload/order_id'?
        ```

        ## Right

        ```yaml
        messages:
          OrderMessage:
            key: /payload/order_id
        ```

        ## Fix

        The hint names the most similar one.
        """#,
        "pointer-optional":
            #"""
        # pointer-optional

        *Messages and events · error*

        A property may be missing, but a record key, a discriminator or a placeholder needs it.

        Messages without the property could not be sent.

        ## Wrong

        ```yaml
        messages:
          OrderMessage:
            key: /payload/tracking_code
        ```

        ```text
        error: the record key '/payload/tracking_code' may be absent [pointer-optional]
                key: /payload/tracking_code
                     ^^^^^^^^^^^^^^^^^^^^^^
        note: add it, and each object on the way to it, to 'required' in order.schema.json
        ```

        ## Right

        ```yaml
        messages:
          OrderMessage:
            key: /payload/order_id
        ```

        ## Fix

        Add it to the schema's `required`.
        """#,
        "pointer-syntax":
            #"""
        # pointer-syntax

        *Messages and events · error*

        A text is not a JSON Pointer.

        Properties of messages are named by JSON Pointers, from the root of the message.

        ## Wrong

        ```yaml
        messages:
          OrderMessage:
            key: payload.order_id
        ```

        ```text
        error: invalid JSON Pointer 'payload.order_id' (RFC 6901) [pointer-syntax]
                key: payload.order_id
                     ^^^^^^^^^^^^^^^^
        note: did you mean '/payload/order_id'?
        ```

        ## Right

        ```yaml
        messages:
          OrderMessage:
            key: /payload/order_id
        ```

        ## Fix

        Write `/payload/job_id`; `~` is written `~0`, `/` is written `~1`.
        """#,
        "pointer-type":
            #"""
        # pointer-type

        *Messages and events · error*

        The property at a pointer has the wrong type for its use.

        An object has no text that could be a key.

        ## Wrong

        ```yaml
        messages:
          OrderMessage:
            key: /payload
        ```

        ```text
        error: the record key '/payload' is an object [pointer-type]
                key: /payload
                     ^^^^^^^^
        note: a record key must be a string, a whole number, an enum, a date, a UUID or a URL
        ```

        ## Right

        ```yaml
        messages:
          OrderMessage:
            key: /payload/order_id
        ```

        ## Fix

        See the hint.
        """#,
        "promql-syntax":
            #"""
        # promql-syntax

        *Alerts · error*

        The expression is not valid PromQL of Prometheus 2.42, or is longer than 256 KiB.

        Prometheus would refuse to load the rules.

        ## Wrong

        ```yaml
        alerts:
          rules:
            ShopFailing:
              expr: sum(rate(shop_messages_total[5m]) > 1
              allow: [untested-alert]
              severity: warning
              summary: Messages fail
        ```

        ```text
        error: the expression ends too early, expected ',' or ')' after an argument [promql-syntax]
                  expr: sum(rate(shop_messages_total[5m]) > 1
                                                             ^
        ```

        ## Right

        ```yaml
        alerts:
          rules:
            ShopFailing:
              expr: sum(rate(shop_messages_total{status="error"}[5m])) > 0.1
              tests:
                - {fires: true, series: {'shop_messages_total{topic="shop_orders",status="error"}': "0+60x30"}}
                - {fires: false, series: {'shop_messages_total{topic="shop_orders",status="error"}': "0x30"}}
              severity: warning
              summary: Messages fail
        ```

        ## Fix

        Correct it at that place; split a long expression into several rules.
        """#,
        "promql-type":
            #"""
        # promql-type

        *Alerts · error*

        A scalar, an instant vector, a range vector or a string is used where another type is required.

        Prometheus would refuse to load the rules.

        ## Wrong

        ```yaml
        alerts:
          rules:
            ShopFailing:
              expr: rate(shop_messages_total) > 1
              allow: [untested-alert]
              severity: warning
              summary: Messages fail
        ```

        ```text
        error: 'rate' needs a range vector, found an instant vector [promql-type]
                  expr: rate(shop_messages_total) > 1
                             ^^^^^^^^^^^^^^^^^^^
        note: add a range to the selector: [5m]
        ```

        ## Right

        ```yaml
        alerts:
          rules:
            ShopFailing:
              expr: sum(rate(shop_messages_total{status="error"}[5m])) > 0.1
              tests:
                - {fires: true, series: {'shop_messages_total{topic="shop_orders",status="error"}': "0+60x30"}}
                - {fires: false, series: {'shop_messages_total{topic="shop_orders",status="error"}': "0x30"}}
              severity: warning
              summary: Messages fail
        ```

        ## Fix

        `rate` needs a range vector: `rate(x[5m])`.
        """#,
        "quantile-range":
            #"""
        # quantile-range

        *Alerts · error*

        A quantile is not between 0 and 1.

        `histogram_quantile` of 95 is infinite.

        ## Wrong

        ```yaml
        alerts:
          rules:
            ShopFailing:
              expr: histogram_quantile(95, sum by (le) (rate(shop_latency_seconds_bucket[5m]))) > 0.5
              allow: [untested-alert]
              severity: warning
              summary: Messages fail
        ```

        ```text
        error: the quantile 95 is not between 0 and 1 [quantile-range]
                  expr: histogram_quantile(95, sum by (le) (rate(shop_latency_seconds_bucket[5m]))) > 0.5
                                           ^^
        note: did you mean 0.95?
        ```

        ## Right

        ```yaml
        alerts:
          rules:
            ShopFailing:
              quantile_above: {of: shop_latency_seconds, quantile: 0.95, value: 0.5, by: [topic]}
              severity: warning
              summary: Messages fail
        ```

        ## Fix

        Write 0.95, not 95.
        """#,
        "range-too-short":
            #"""
        # range-too-short

        *Alerts · error, can be allowed*

        A range may contain fewer values than its function needs: two for a rate, a change or a deviation, one for others. A subquery has a value at each step, and a new value at each scrape.

        `rate` needs two values; with fewer it has no result.

        ## Wrong

        ```yaml
        alerts:
          rules:
            ShopFailing:
              expr: sum(rate(shop_messages_total[20s])) > 1
              allow: [untested-alert]
              severity: warning
              summary: Messages fail
        ```

        ```text
        error: a range of 20s may contain fewer than the two values that 'rate' needs: there is one every 15s [range-too-short]
                  expr: sum(rate(shop_messages_total[20s])) > 1
                                 ^^^^^^^^^^^^^^^^^^^
        note: use four times the interval, so that a scrape may fail: [1m]
        ```

        ## Right

        ```yaml
        alerts:
          rules:
            ShopFailing:
              expr: sum(rate(shop_messages_total{status="error"}[5m])) > 0.1
              tests:
                - {fires: true, series: {'shop_messages_total{topic="shop_orders",status="error"}': "0+60x30"}}
                - {fires: false, series: {'shop_messages_total{topic="shop_orders",status="error"}': "0x30"}}
              severity: warning
              summary: Messages fail
        ```

        ## Fix

        Use at least twice `scrape_interval`, or four times, so that a scrape may fail.

        `allow: range-too-short` in the part of the manifest, or `"x-allow": "range-too-short"` in the schema, turns it off: see [rules](../rules.md).
        """#,
        "rate-of-gauge":
            #"""
        # rate-of-gauge

        *Alerts · error, can be allowed*

        `rate`, `irate`, `increase` or `resets` of a value that goes up and down: a gauge, `up`, a rate, a quantile, or the sum of the counters of several processes.

        `rate` takes each fall of a value for a restart of the process. The sum of the counters of several processes falls when one of
        them restarts, and `rate` then counts the totals of the others again.

        ## Wrong

        ```yaml
        alerts:
          rules:
            ShopFailing:
              expr: rate(shop_in_flight[5m]) > 1
              allow: [untested-alert]
              severity: warning
              summary: Messages fail
        ```

        ```text
        error: 'rate' needs a counter, but 'shop_in_flight' is a gauge [rate-of-gauge]
                  expr: rate(shop_in_flight[5m]) > 1
                        ^^^^^^^^^^^^^^^^^^^^^^
        note: use delta or deriv for the change of a gauge
        ```

        ## Right

        ```yaml
        alerts:
          rules:
            ShopFailing:
              expr: delta(shop_in_flight[5m]) > 10
              tests:
                - {fires: true, series: {shop_in_flight: "0+60x30"}}
                - {fires: false, series: {shop_in_flight: "5x30"}}
              severity: warning
              summary: Messages fail
        ```

        ## Fix

        Use `delta` or `deriv`.

        `allow: rate-of-gauge` in the part of the manifest, or `"x-allow": "rate-of-gauge"` in the schema, turns it off: see [rules](../rules.md).
        """#,
        "raw-counter":
            #"""
        # raw-counter

        *Alerts · error, can be allowed*

        A counter, or a sum of counters, is compared with a number or a gauge: once above, it remains there. Or the ratio of two counters is compared: it is the ratio since the processes started.

        A counter only grows: once above the threshold, the alert fires until the process restarts.

        ## Wrong

        ```yaml
        alerts:
          rules:
            ShopFailing:
              expr: shop_messages_total > 100
              allow: [untested-alert]
              severity: warning
              summary: Messages fail
        ```

        ```text
        error: 'shop_messages_total' is a counter: compared directly, it grows until its process restarts [raw-counter]
                  expr: shop_messages_total > 100
                        ^^^^^^^^^^^^^^^^^^^^^^^^^
        note: compare its growth: increase(shop_messages_total[5m])
        ```

        ## Right

        ```yaml
        alerts:
          rules:
            ShopFailing:
              expr: sum(rate(shop_messages_total{status="error"}[5m])) > 0.1
              tests:
                - {fires: true, series: {'shop_messages_total{topic="shop_orders",status="error"}': "0+60x30"}}
                - {fires: false, series: {'shop_messages_total{topic="shop_orders",status="error"}': "0x30"}}
              severity: warning
              summary: Messages fail
        ```

        ## Fix

        Compare `rate` or `increase`.

        `allow: raw-counter` in the part of the manifest, or `"x-allow": "raw-counter"` in the schema, turns it off: see [rules](../rules.md).
        """#,
        "refused-timestamp":
            #"""
        # refused-timestamp

        *Topics · warning, can be allowed*

        Brokers refuse records whose timestamps differ from their clock by less than producers need.

        A record has the time at which it was made. It may be sent much later, after errors of the network, and the clock of a program may be ahead of the broker's. `message.timestamp.before.max.ms` and `message.timestamp.after.max.ms` are the largest differences that brokers accept.

        ## Wrong

        ```yaml
        topics:
          orders:
            config: {message.timestamp.before.max.ms: 1000}
        ```

        ```text
        warning: brokers refuse records that wait for more than 1000 milliseconds before they are sent: 'message.timestamp.before.max.ms' [refused-timestamp]
                config: {message.timestamp.before.max.ms: 1000}
                                                          ^^^^
        note: expected more than the time in which a record is sent again, such as 3600000
        ```

        ## Right

        ```yaml
        topics:
          orders:
            config: {message.timestamp.before.max.ms: 86400000}
        ```

        ## Fix

        State a longer time, or `message.timestamp.type: LogAppendTime`, with which the broker sets the timestamps.

        `allow: refused-timestamp` in the topic turns it off: see [rules](../rules.md).
        """#,
        "registry-schema":
            #"""
        # registry-schema

        *Schemas · error*

        The files of a schema can't be bundled: for a schema registry, they have different drafts; for a registry or an export, one has a
        dynamic reference, which any of them may answer.

        A registry and an export get one text, which has one draft and no references to other files.

        ## Wrong

        ```json code.schema.json
        {"$schema": "http://json-schema.org/draft-07/schema#", "type": "string"}
        ```

        ```json stock.schema.json
        {"type": "object", "properties": {"code": {"$ref": "code.schema.json"}}}
        ```

        ```yaml
        topics:
          stock: {partitions: 6, replication: 3, producers: [web]}
        messages:
          StockMessage:
            schema: stock.schema.json
            topic: stock
        registry: {}
        ```

        ```text
        error: the files of a schema can't be written as one file: this schema is written in draft 7, and 'stock.schema.json' in draft 2020-12 [registry-schema]
            {"$schema": "http://json-schema.org/draft-07/schema#", "type": "string"}
                        ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
        note: write them in one draft and without dynamic references, or move them into one file
        ```

        ## Right

        ```json code.schema.json
        {"$schema": "https://json-schema.org/draft/2020-12/schema", "type": "string"}
        ```

        ```json stock.schema.json
        {"type": "object", "properties": {"code": {"$ref": "code.schema.json"}}}
        ```

        ```yaml
        topics:
          stock: {partitions: 6, replication: 3, producers: [web]}
        messages:
          StockMessage:
            schema: stock.schema.json
            topic: stock
        registry: {}
        ```

        ## Fix

        Write them in one draft, or in one file.
        """#,
        "registry-subject":
            #"""
        # registry-subject

        *Schemas · error*

        Two messages have different schemas, or different levels of compatibility, and the same subject in the schema registry.

        The registry would accept one schema only as a new version of the other, and a subject has one level.

        ## Wrong

        ```json stock.schema.json
        {"title": "stock", "type": "object", "properties": {"kind": {"const": "stock"}}, "required": ["kind"]}
        ```

        ```yaml
        registry: {subjects: topic_name}
        messages:
          StockMessage:
            schema: stock.schema.json
            topic: orders
            identified_by: {property: /kind}
        ```

        ```text
        error: 'StockMessage' and 'OrderMessage' have different schemas and one subject, 'shop_orders-value' [registry-subject]
              StockMessage:
              ^^^^^^^^^^^^
        note: set 'subjects' of 'registry' to record_name or topic_record_name
        ```

        ## Right

        ```json stock.schema.json
        {"title": "stock", "type": "object", "properties": {"kind": {"const": "stock"}}, "required": ["kind"]}
        ```

        ```yaml
        registry: {subjects: topic_record_name}
        messages:
          StockMessage:
            schema: stock.schema.json
            topic: orders
            identified_by: {property: /kind}
        ```

        ## Fix

        Set `subjects` of `registry`, or give the schemas different titles.
        """#,
        "repeated-id":
            #"""
        # repeated-id

        *Messages and events · warning, can be allowed*

        The id of a message is the same for several messages: its pattern has neither `{id}`, nor the time and a property, nor a property of the only event.

        Consumers drop messages whose id they have seen. The names `id`, `message_id`, `event_id`, `uuid` and the like are ids of a message.

        ## Wrong

        ```yaml
        messages:
          OrderMessage:
            envelope:
              /metadata/message_id: "order-{payload.order_id}"
              /metadata/timestamp: "{now}"
        ```

        ```text
        warning: '/metadata/message_id' identifies a message, but its events share the id [repeated-id]
                  /metadata/message_id: "order-{payload.order_id}"
                                        ^^^^^^^^^^^^^^^^^^^^^^^^^^
        note: add {id} to the pattern
        ```

        ## Right

        ```yaml
        messages:
          OrderMessage:
            envelope:
              /metadata/message_id: "order-{payload.order_id}-{event}"
              /metadata/timestamp: "{now}"
        ```

        ## Fix

        Add `{id}`, which is another one for each message, or `{event}` if an event happens once.

        `allow: repeated-id` in the part of the manifest, or `"x-allow": "repeated-id"` in the schema, turns it off: see [rules](../rules.md).
        """#,
        "replication-factor":
            #"""
        # replication-factor

        *Topics · error*

        The number of replicas is out of range.

        Kafka has no topic of this kind.

        ## Wrong

        ```yaml
        topics:
          orders:
            replication: 0
        ```

        ```text
        error: a topic can't have 0 replicas [replication-factor]
                replication: 0
                             ^
        note: expected 1 to 32767
        ```

        ## Right

        ```yaml
        topics:
          orders:
            replication: 1
        ```

        ## Fix

        Use 1 to 32767, and not more than there are brokers.
        """#,
        "replication-margin":
            #"""
        # replication-margin

        *Topics · warning, can be allowed*

        `min.insync.replicas` equals the number of replicas.

        With `acks=all`, a record is written only if that many replicas have it. If none may be missing, nothing can be written while one broker restarts.

        ## Wrong

        ```yaml
        topics:
          orders:
            config: {min.insync.replicas: 3}
        ```

        ```text
        warning: 'min.insync.replicas' is 3, as many as there are replicas: nothing can be written while a broker is down [replication-margin]
                config: {min.insync.replicas: 3}
                                              ^
        note: expected at most 2, or more replicas
        ```

        ## Right

        ```yaml
        topics:
          orders:
            config: {min.insync.replicas: 2}
        ```

        ## Fix

        Lower `min.insync.replicas`, usually to one less than `replication`.

        `allow: replication-margin` in the part of the manifest, or `"x-allow": "replication-margin"` in the schema, turns it off: see [rules](../rules.md).
        """#,
        "reserved-topic":
            #"""
        # reserved-topic

        *Topics · error or warning, can be allowed*

        The name of a topic starts with two underscores, as the internal topics of Kafka do.

        Clients cannot write to `__consumer_offsets` and the like, which is an error. Other names of this kind are hidden by many tools and left out of backups.

        ## Wrong

        ```yaml
        topic_prefix: __shop_
        ```

        ```text
        warning: '__shop_orders' starts with '__', as Kafka's internal topics do [reserved-topic]
              orders:
              ^^^^^^
        note: choose another name: tools hide such topics, and backups omit them
        ```

        ## Right

        ```yaml
        topic_prefix: shop_
        ```

        ## Fix

        Choose another name or prefix.

        `allow: reserved-topic` in the part of the manifest, or `"x-allow": "reserved-topic"` in the schema, turns a warning off: see [rules](../rules.md).
        """#,
        "retention-unit":
            #"""
        # retention-unit

        *Topics · warning, can be allowed*

        A time or size is probably in another unit: a number without unit that is tiny in milliseconds, or a whole number of hours or days in seconds; a retention of 0; more than a century; or fewer bytes than a large message has.

        Numbers without unit are milliseconds, as in Kafka. Records would be deleted within minutes.

        ## Wrong

        ```yaml
        topics:
          orders:
            retention: 604800
        ```

        ```text
        warning: 'retention' is 604800 milliseconds, which is 10 minutes; in seconds it would be 7 days [retention-unit]
                retention: 604800
                           ^^^^^^
        note: state the unit: 7d
        ```

        ## Right

        ```yaml
        topics:
          orders:
            retention: 7d
        ```

        ## Fix

        State the unit: `7d`, `24h`, `30m`, `10s`, `500ms`, or `forever`.

        `allow: retention-unit` in the part of the manifest, or `"x-allow": "retention-unit"` in the schema, turns it off: see [rules](../rules.md).
        """#,
        "runbook-url":
            #"""
        # runbook-url

        *Alerts · warning, can be allowed*

        The runbook of an alert is not a URL.

        It becomes the annotation `runbook_url`, which interfaces show as a link.

        ## Wrong

        ```yaml
        alerts:
          rules:
            ShopBusy:
              expr: sum by (topic) (rate(shop_messages_total[5m])) > 5
              runbook: See the wiki
              severity: warning
              summary: ShopBusy
              allow: [untested-alert]
        ```

        ```text
        warning: the runbook 'See the wiki' is not a URL [runbook-url]
                  runbook: See the wiki
                           ^^^^^^^^^^^^
        note: expected an address that can be opened, such as https://wiki.example.com/runbooks/ShopBusy
        ```

        ## Right

        ```yaml
        alerts:
          rules:
            ShopBusy:
              expr: sum by (topic) (rate(shop_messages_total[5m])) > 5
              runbook: https://wiki.example.com/shop-busy
              severity: warning
              summary: ShopBusy
              allow: [untested-alert]
        ```

        ## Fix

        Write an address that can be opened, with `https://`.

        `allow: runbook-url` in the alert turns it off: see [rules](../rules.md).
        """#,
        "schema-format":
            #"""
        # schema-format

        *Schemas · warning, can be allowed*

        JSON Schema does not define this format, so it is not asserted.

        The values are not checked.

        ## Wrong

        ```json stock.schema.json
        {
          "type": "object",
          "properties": {"sku": {"type": "string"}, "at": {"type": "string", "format": "datetime"}},
          "required": ["sku"]
        }
        ```

        ```yaml
        topics:
          stock: {partitions: 6, replication: 3, producers: [web]}
        messages:
          StockMessage:
            schema: stock.schema.json
            topic: stock
            key: /sku
        ```

        ```text
        warning: unknown format 'datetime': it is not asserted [schema-format]
              "properties": {"sku": {"type": "string"}, "at": {"type": "string", "format": "datetime"}},
                                                                                           ^^^^^^^^^^
        note: did you mean 'date-time'?
        ```

        ## Right

        ```json stock.schema.json
        {
          "type": "object",
          "properties": {"sku": {"type": "string"}, "at": {"type": "string", "format": "date-time"}},
          "required": ["sku"]
        }
        ```

        ```yaml
        topics:
          stock: {partitions: 6, replication: 3, producers: [web]}
        messages:
          StockMessage:
            schema: stock.schema.json
            topic: stock
            key: /sku
        ```

        ## Fix

        Correct the name, or remove it.

        `allow: schema-format` in the part of the manifest, or `"x-allow": "schema-format"` in the schema, turns it off: see [rules](../rules.md).
        """#,
        "schema-keyword":
            #"""
        # schema-keyword

        *Schemas · error or warning, can be allowed*

        An unknown keyword is probably the typo of an assertion. The typo of `additionalProperties` and the like, which only close a schema, is a warning. A warning of `event-contracts lint` only: a keyword has no effect, because no draft defines it, or not this one, or because the draft ignores it next to `$ref`.

        JSON Schema ignores unknown keywords, so that the restriction is not checked.

        ## Wrong

        ```json stock.schema.json
        {
          "type": "object",
          "properties": {"sku": {"type": "string"}, "count": {"type": "integer", "minimun": 1}},
          "required": ["sku"]
        }
        ```

        ```yaml
        topics:
          stock: {partitions: 6, replication: 3, producers: [web]}
        messages:
          StockMessage:
            schema: stock.schema.json
            topic: stock
            key: /sku
        ```

        ```text
        error: unknown keyword 'minimun' [schema-keyword]
              "properties": {"sku": {"type": "string"}, "count": {"type": "integer", "minimun": 1}},
                                                                                     ^^^^^^^^^
        note: did you mean 'minimum'?
        ```

        ## Right

        ```json stock.schema.json
        {
          "type": "object",
          "properties": {"sku": {"type": "string"}, "count": {"type": "integer", "minimum": 1}},
          "required": ["sku"]
        }
        ```

        ```yaml
        topics:
          stock: {partitions: 6, replication: 3, producers: [web]}
        messages:
          StockMessage:
            schema: stock.schema.json
            topic: stock
            key: /sku
        ```

        ## Fix

        See the hint; your own keywords start with `x-`.

        `allow: schema-keyword` in the part of the manifest, or `"x-allow": "schema-keyword"` in the schema, turns a warning off: see [rules](../rules.md).
        """#,
        "schema-reference":
            #"""
        # schema-reference

        *Schemas · error*

        The target of a `$ref` does not exist, is not a definition, or is the reference itself.

        Without its target, a reference has no meaning.

        ## Wrong

        ```json stock.schema.json
        {
          "type": "object",
          "properties": {"sku": {"type": "string"}, "box": {"$ref": "#/$defs/bx"}},
          "required": ["sku"],
          "$defs": {"box": {"type": "object"}}
        }
        ```

        ```yaml
        topics:
          stock: {partitions: 6, replication: 3, producers: [web]}
        messages:
          StockMessage:
            schema: stock.schema.json
            topic: stock
            key: /sku
        ```

        ```text
        error: 'stock.schema.json' has nothing at '/$defs/bx': '/$defs' has no 'bx' [schema-reference]
              "properties": {"sku": {"type": "string"}, "box": {"$ref": "#/$defs/bx"}},
                                                                        ^^^^^^^^^^^^
        note: did you mean 'box'?
        ```

        ## Right

        ```json stock.schema.json
        {
          "type": "object",
          "properties": {"sku": {"type": "string"}, "box": {"$ref": "#/$defs/box"}},
          "required": ["sku"],
          "$defs": {"box": {"type": "object"}}
        }
        ```

        ```yaml
        topics:
          stock: {partitions: 6, replication: 3, producers: [web]}
        messages:
          StockMessage:
            schema: stock.schema.json
            topic: stock
            key: /sku
        ```

        ## Fix

        Refer to `#/$defs/NAME`.
        """#,
        "schema-value":
            #"""
        # schema-value

        *Schemas · error or warning, can be allowed*

        The value of a keyword is invalid, or contradicts another keyword so that no value is valid, or excludes the `const` or all values of `enum`. A warning: a default or a value of `enum` is invalid by the other keywords, `enum` has a duplicate value, or `required` has a name that resembles that of a property.

        Messages would be validated by a different schema than was meant, or none would be valid.

        ## Wrong

        ```json stock.schema.json
        {
          "type": "object",
          "properties": {"sku": {"type": "string"}, "name": {"type": "string", "minLength": 9, "maxLength": 5}},
          "required": ["sku"]
        }
        ```

        ```yaml
        topics:
          stock: {partitions: 6, replication: 3, producers: [web]}
        messages:
          StockMessage:
            schema: stock.schema.json
            topic: stock
            key: /sku
        ```

        ```text
        error: no string is valid: 'minLength' is 9, 'maxLength' is 5 [schema-value]
              "properties": {"sku": {"type": "string"}, "name": {"type": "string", "minLength": 9, "maxLength": 5}},
                                                                                                   ^^^^^^^^^^^
        note: correct one of them
        ```

        ## Right

        ```json stock.schema.json
        {
          "type": "object",
          "properties": {"sku": {"type": "string"}, "name": {"type": "string", "minLength": 5, "maxLength": 9}},
          "required": ["sku"]
        }
        ```

        ```yaml
        topics:
          stock: {partitions: 6, replication: 3, producers: [web]}
        messages:
          StockMessage:
            schema: stock.schema.json
            topic: stock
            key: /sku
        ```

        ## Fix

        Correct it.

        `allow: schema-value` in the part of the manifest, or `"x-allow": "schema-value"` in the schema, turns a warning off: see [rules](../rules.md).
        """#,
        "scrape-interval":
            #"""
        # scrape-interval

        *Metrics · warning, can be allowed*

        The scrape interval is below 1 s or above 2 min.

        Below, it is probably a typo. Above, one failed scrape is a gap: Prometheus treats a value as stale after 5 min.

        ## Wrong

        ```yaml
        metrics:
          scrape_interval: 15ms
        ```

        ```text
        warning: a scrape every 15ms is probably not intended: each scrape reads all series [scrape-interval]
              scrape_interval: 15ms
                               ^^^^
        note: expected an interval from 1s to 2m, such as 15s
        ```

        ## Right

        ```yaml
        metrics:
          scrape_interval: 30s
        ```

        ## Fix

        Write the interval of Prometheus, such as `15s`.

        `allow: scrape-interval` in the manifest turns it off: see [rules](../rules.md).
        """#,
        "segment-size":
            #"""
        # segment-size

        *Topics · warning, can be allowed*

        `segment.ms` is above `retention.ms`, `segment.bytes` above `retention.bytes`, or `segment.jitter.ms` above `segment.ms`; or `segment.bytes` is below 1 MiB, which brokers of Kafka 4 refuse.

        Kafka deletes whole segments, and never the one that it writes to. Records are kept until the segment is full, which is longer than the retention.

        ## Wrong

        ```yaml
        topics:
          orders:
            config: {segment.ms: 1209600000}
        ```

        ```text
        warning: 'segment.ms' 1209600000 is more than 'retention.ms' 604800000: records are kept longer than that [segment-size]
                config: {segment.ms: 1209600000}
                                     ^^^^^^^^^^
        note: Kafka deletes whole segments, and not the one it writes; expected less than 604800000
        ```

        ## Right

        ```yaml
        topics:
          orders:
            config: {segment.ms: 86400000}
        ```

        ## Fix

        Lower the segment, or raise the retention.

        `allow: segment-size` in the part of the manifest, or `"x-allow": "segment-size"` in the schema, turns it off: see [rules](../rules.md).
        """#,
        "self-comparison":
            #"""
        # self-comparison

        *Alerts · error, can be allowed*

        Both sides of an operator have the same series, so that each series is compared with itself.

        Prometheus matches series by all their labels. A matcher on one side only leaves out series; each of the others meets itself, so that a quotient is always 1 and a difference always 0.

        ## Wrong

        ```yaml
        alerts:
          rules:
            ShopErrors:
              expr: rate(shop_messages_total{status="error"}[5m]) / rate(shop_messages_total[5m]) > 0.1
              severity: warning
              summary: ShopErrors
              allow: [untested-alert]
        ```

        ```text
        error: '/' compares each series with itself: the quotient is always 1 [self-comparison]
                  expr: rate(shop_messages_total{status="error"}[5m]) / rate(shop_messages_total[5m]) > 0.1
                                                                      ^
        note: sum both sides by labels without 'status', such as sum(…) / sum(…)
        ```

        ## Right

        ```yaml
        alerts:
          rules:
            ShopErrors:
              expr: sum(rate(shop_messages_total{status="error"}[5m])) / sum(rate(shop_messages_total[5m])) > 0.1
              severity: warning
              summary: ShopErrors
              allow: [untested-alert]
        ```

        ## Fix

        Sum both sides by labels without those of the matchers.

        `allow: self-comparison` in the alert turns it off: see [rules](../rules.md).
        """#,
        "sensitive-field":
            #"""
        # sensitive-field

        *Messages and events · error*

        A sensitive value would be disclosed, for example by a record key, a header or a metric; or the contract states the value by `fixed`, `default`, `const` or `enum`; or a property of a shared type is sensitive in some of its places alone; or a mark has no effect, such as one in `contentSchema`.

        The value would be readable where it must not be.

        ## Wrong

        ```json stock.schema.json
        {
          "type": "object",
          "properties": {"sku": {"type": "string"}, "email": {"type": "string", "x-sensitive": "pii"}},
          "required": ["sku", "email"]
        }
        ```

        ```yaml
        encryption: none
        topics:
          stock: {partitions: 6, replication: 3, producers: [web]}
        messages:
          StockMessage:
            schema: stock.schema.json
            topic: stock
            key: /email
        ```

        ```text
        error: '/email' is sensitive, and can't be the record key, which is sent in clear [sensitive-field]
                key: /email
                     ^^^^^^
        note: name a property that is not sensitive
        ```

        ## Right

        ```json stock.schema.json
        {
          "type": "object",
          "properties": {"sku": {"type": "string"}, "email": {"type": "string", "x-sensitive": "pii"}},
          "required": ["sku", "email"]
        }
        ```

        ```yaml
        encryption: none
        topics:
          stock: {partitions: 6, replication: 3, producers: [web]}
        messages:
          StockMessage:
            schema: stock.schema.json
            topic: stock
            key: /sku
        ```

        ## Fix

        Name another property, or see the hint.
        """#,
        "severity-order":
            #"""
        # severity-order

        *Alerts · warning, can be allowed*

        An alert fires only if another one fires that is more urgent.

        Its condition is stricter, or it waits longer, so that it adds nothing: the severities are probably swapped. The order is that of `severities`, or `critical`, `warning` and `info`.

        ## Wrong

        ```yaml
        alerts:
          rules:
            ShopBusy:
              expr: shop_in_flight > 100
              severity: critical
              summary: ShopBusy
              allow: [untested-alert]
            ShopVeryBusy:
              expr: shop_in_flight > 200
              severity: warning
              summary: ShopVeryBusy
              allow: [untested-alert]
        ```

        ```text
        warning: 'ShopVeryBusy' has the severity 'warning', but fires only if 'ShopBusy' fires, which has 'critical' [severity-order]
                  severity: warning
                            ^^^^^^^
        note: swap the severities: the stricter condition is more urgent
        ```

        ## Right

        ```yaml
        alerts:
          rules:
            ShopBusy:
              expr: shop_in_flight > 100
              severity: warning
              summary: ShopBusy
              allow: [untested-alert]
            ShopVeryBusy:
              expr: shop_in_flight > 200
              severity: critical
              summary: ShopVeryBusy
              allow: [untested-alert]
        ```

        ## Fix

        Swap the severities.

        `allow: severity-order` in the alert turns it off: see [rules](../rules.md).
        """#,
        "short-range":
            #"""
        # short-range

        *Alerts · warning, can be allowed*

        A range or a window is shorter than four scrapes.

        A rate needs two values. After a failed scrape, a range of two or three scrapes may have only one, and the alert has a gap.

        ## Wrong

        ```yaml
        alerts:
          rules:
            ShopBusy:
              expr: sum(rate(shop_messages_total[30s])) > 5
              severity: warning
              summary: ShopBusy
              allow: [untested-alert]
        ```

        ```text
        warning: a range of 30s contains few values, one every 15s: after a failed scrape, 'rate' may have no result [short-range]
                  expr: sum(rate(shop_messages_total[30s])) > 5
                                 ^^^^^^^^^^^^^^^^^^^
        note: use four times the interval: [1m]
        ```

        ## Right

        ```yaml
        alerts:
          rules:
            ShopBusy:
              expr: sum(rate(shop_messages_total[1m])) > 5
              severity: warning
              summary: ShopBusy
              allow: [untested-alert]
        ```

        ## Fix

        Use at least four times `scrape_interval`.

        `allow: short-range` in the alert turns it off: see [rules](../rules.md).
        """#,
        "silence-window":
            #"""
        # silence-window

        *Alerts · error, can be allowed*

        An alert on silence fires sooner than its topic must have a message.

        `expect_within` is the time for which a topic may be silent. The window of the alert and its `for` are together shorter.

        ## Wrong

        ```yaml
        topics:
          orders:
            expect_within: 1h
        alerts:
          rules:
            ShopSilent:
              silent: {of: shop_messages_total, by: [topic], window: 15m}
              severity: warning
              summary: No orders
        ```

        ```text
        error: the alert fires after 15m of silence, but the topic 'orders' may be silent for 1h, its 'expect_within' [silence-window]
                  silent: {of: shop_messages_total, by: [topic], window: 15m}
                                                                         ^^^
        note: expected a window of at least 1h
        ```

        ## Right

        ```yaml
        topics:
          orders:
            expect_within: 1h
        alerts:
          rules:
            ShopSilent:
              silent: {of: shop_messages_total, by: [topic], window: 1h}
              severity: warning
              summary: No orders
        ```

        ## Fix

        Use a window of at least `expect_within`.

        `allow: silence-window` in the alert turns it off: see [rules](../rules.md).
        """#,
        "template-braces":
            #"""
        # template-braces

        *Alerts · error, can be allowed*

        A reference is outside of `{{ }}`, such as `{$labels.topic}`.

        Prometheus sends it as it is.

        ## Wrong

        ```yaml
        alerts:
          rules:
            ShopBusy:
              expr: sum by (topic) (rate(shop_messages_total[5m])) > 5
              severity: warning
              summary: ShopBusy
              description: "{$labels.topic} is busy"
              allow: [untested-alert]
        ```

        ```text
        error: '$labels.topic' is outside of '{{ }}', so it is sent as it is [template-braces]
                  description: "{$labels.topic} is busy"
                                 ^^^^^^^^^^^^^
        note: write {{ $labels.topic }}
        ```

        ## Right

        ```yaml
        alerts:
          rules:
            ShopBusy:
              expr: sum by (topic) (rate(shop_messages_total[5m])) > 5
              severity: warning
              summary: ShopBusy
              description: "{{ $labels.topic }} is busy"
              allow: [untested-alert]
        ```

        ## Fix

        Write `{{ $labels.topic }}`.

        `allow: template-braces` in the alert turns it off: see [rules](../rules.md).
        """#,
        "template-format":
            #"""
        # template-format

        *Alerts · error, can be allowed*

        A verb of `printf` does not fit its argument, or there are more or fewer verbs than arguments.

        The value of an alert is a number with a fraction, and labels are texts. For other verbs, Go writes `%!d(float64=5)` into the message.

        ## Wrong

        ```yaml
        alerts:
          rules:
            ShopBusy:
              expr: sum by (topic) (rate(shop_messages_total[5m])) > 5
              severity: warning
              summary: ShopBusy
              description: "{{ printf \"%d\" $value }} messages"
              allow: [untested-alert]
        ```

        ```text
        error: '%d' does not format a number with a fraction, as every value is [template-format]
                  description: "{{ printf \"%d\" $value }} messages"
                                          ^
        note: use %.2f or %v
        ```

        ## Right

        ```yaml
        alerts:
          rules:
            ShopBusy:
              expr: sum by (topic) (rate(shop_messages_total[5m])) > 5
              severity: warning
              summary: ShopBusy
              description: "{{ printf \"%.0f\" $value }} messages"
              allow: [untested-alert]
        ```

        ## Fix

        Use `%.2f` or `%v` for the value, `%s` for labels, and `%%` for a percent sign.

        `allow: template-format` in the alert turns it off: see [rules](../rules.md).
        """#,
        "template-name":
            #"""
        # template-name

        *Templates and commands · error*

        A template uses an unknown name, or overrides a template that does not exist.

        The name would be replaced by nothing, and the generated code would not compile.

        ## Wrong

        ```console
        $ event-contracts templates export mine > export.log
        $ echo '// {{contrct}}' >> mine/topics.swift.mustache
        $ event-contracts generate contract --templates mine --output Generated
        mine/topics.swift.mustache:16:4: error: unknown name 'contrct' in this template [template-name]
        mine/topics.swift.mustache:16:4: note: did you mean 'contract'?
        ```

        ## Right

        ```console
        $ event-contracts templates export mine > export.log
        $ echo '// {{contract}}' >> mine/topics.swift.mustache
        $ event-contracts generate contract --templates mine --output Generated > generate.log
        ```

        ## Fix

        `event-contracts templates list` shows both.
        """#,
        "template-syntax":
            #"""
        # template-syntax

        *Templates and commands · error*

        A template is invalid: a tag or section is not closed, or the file does not start with the header.

        A template that cannot be read has no output.

        ## Wrong

        ```console
        $ event-contracts templates export mine > export.log
        $ echo '// {{contract}' >> mine/topics.swift.mustache
        $ event-contracts generate contract --templates mine --output Generated
        mine/topics.swift.mustache:16:4: error: this tag does not end [template-syntax]
        mine/topics.swift.mustache:16:4: note: expected '}}'
        ```

        ## Right

        ```console
        $ event-contracts templates export mine > export.log
        $ echo '// {{contract}}' >> mine/topics.swift.mustache
        $ event-contracts generate contract --templates mine --output Generated > generate.log
        ```

        ## Fix

        Correct it at that place.
        """#,
        "template-value":
            #"""
        # template-value

        *Alerts · warning, can be allowed*

        A text misrepresents the value of the alert: `humanizePercentage` of seconds, a percent sign after a ratio, milliseconds after seconds, a unit twice, or a value that is always the same.

        The unit follows from the expression and the names of its metrics. An expression such as `absent(x)` or `x == 0` has only one value.

        ## Wrong

        ```yaml
        alerts:
          rules:
            ShopSlow:
              expr: histogram_quantile(0.95, sum by (le) (rate(shop_latency_seconds_bucket[5m]))) > 0.5
              severity: warning
              summary: ShopSlow
              description: "{{ $value | humanizePercentage }}"
              allow: [untested-alert]
        ```

        ```text
        warning: 'humanizePercentage' formats another unit: the value is in seconds [template-value]
                  description: "{{ $value | humanizePercentage }}"
                                   ^^^^^^^^^^^^^^^^^^^^^^^^^^^
        note: use {{ $value | humanizeDuration }}, which writes the unit
        ```

        ## Right

        ```yaml
        alerts:
          rules:
            ShopSlow:
              expr: histogram_quantile(0.95, sum by (le) (rate(shop_latency_seconds_bucket[5m]))) > 0.5
              severity: warning
              summary: ShopSlow
              description: "{{ $value | humanizeDuration }}"
              allow: [untested-alert]
        ```

        ## Fix

        Use the function of the unit: `humanizeDuration` for seconds, `humanizePercentage` for ratios, `humanize1024` for bytes, `humanizeTimestamp` for moments.

        `allow: template-value` in the alert turns it off: see [rules](../rules.md).
        """#,
        "topic-collision":
            #"""
        # topic-collision

        *Topics · error*

        Two names differ only in `.` and `_`, which Kafka's metrics do not distinguish.

        Metrics of the broker would mix the two topics.

        ## Wrong

        ```yaml
        topics:
          orders.dlq: {partitions: 6, replication: 3, producers: [web]}
          orders_dlq: {partitions: 6, replication: 3, producers: [web]}
        ```

        ```text
        error: 'shop_orders_dlq' and 'shop_orders.dlq' differ only in '.' and '_', which Kafka's metrics confuse [topic-collision]
              orders_dlq: {partitions: 6, replication: 3, producers: [web]}
              ^^^^^^^^^^
        note: rename one of them
        error: 'orders_dlq' and 'orders.dlq' both become 'ordersDlq' in Swift [name-collision]
              orders_dlq: {partitions: 6, replication: 3, producers: [web]}
              ^^^^^^^^^^
        note: set the 'swift_name' of one of them
        ```

        ## Right

        ```yaml
        topics:
          orders.dlq: {partitions: 6, replication: 3, producers: [web]}
          orders.retry: {partitions: 6, replication: 3, producers: [web]}
        ```

        ## Fix

        Rename one.
        """#,
        "topic-name":
            #"""
        # topic-name

        *Topics · error*

        Kafka does not allow the name with its prefix.

        The broker refuses to create such a topic.

        ## Wrong

        ```yaml
        topics:
          orders/dlq: {partitions: 6, replication: 3, producers: [web]}
        ```

        ```text
        error: invalid topic name 'shop_orders/dlq' [topic-name]
              orders/dlq: {partitions: 6, replication: 3, producers: [web]}
              ^^^^^^^^^^
        note: expected ASCII letters, digits, '.', '_' and '-'
        ```

        ## Right

        ```yaml
        topics:
          orders.dlq: {partitions: 6, replication: 3, producers: [web]}
        ```

        ## Fix

        Use letters, digits, `.`, `_` and `-`, at most 249.
        """#,
        "topic-size":
            #"""
        # topic-size

        *Topics · warning, can be allowed*

        A topic has more than 10,000 partitions, or more than 9 replicas.

        Each partition is a folder of open files on each of its brokers, and each replica is another copy of all records. Such numbers are usually typing errors.

        ## Wrong

        ```yaml
        topics:
          orders:
            replication: 33
        ```

        ```text
        warning: 33 copies of each record [topic-size]
                replication: 33
                             ^^
        note: 3 is usual: each copy takes its share of disk and network
        ```

        ## Right

        ```yaml
        topics:
          orders:
            replication: 3
        ```

        ## Fix

        Correct the number.

        `allow: topic-size` in the part of the manifest, or `"x-allow": "topic-size"` in the schema, turns it off: see [rules](../rules.md).
        """#,
        "typographic-quote":
            #"""
        # typographic-quote

        *Messages and events · warning, can be allowed*

        A pattern starts and ends with typographic quotes, which are part of its text.

        An editor or a chat has replaced the quotes of YAML. Consumers would receive them in each value.

        ## Wrong

        ```yaml
        messages:
          OrderMessage:
            headers:
              message-type: "{metadata.message_type}"
              origin: “shop-backend”
        ```

        ```text
        warning: the quotes '“' and '”' are part of the text [typographic-quote]
                  origin: “shop-backend”
                          ^^^^^^^^^^^^^^
        note: write " to quote in YAML
        ```

        ## Right

        ```yaml
        messages:
          OrderMessage:
            headers:
              message-type: "{metadata.message_type}"
              origin: "shop-backend"
        ```

        ## Fix

        Use straight quotes.

        `allow: typographic-quote` in the part of the manifest, or `"x-allow": "typographic-quote"` in the schema, turns it off: see [rules](../rules.md).
        """#,
        "unfit-buckets":
            #"""
        # unfit-buckets

        *Metrics · warning, can be allowed*

        A bucket is beyond the values that can occur, the first bucket of deliveries counts nearly all of them, or there are more than 50 buckets.

        A duration is never negative, and the schema of a property may limit its values: such a bucket is always empty, or counts the same as the one before it. Each bucket is a series for each combination of labels.

        ## Wrong

        ```yaml
        metrics:
          families:
            shop_latency_seconds:
              type: histogram
              help: Time to deliver
              unit: seconds
              labels: [topic]
              buckets: [-1, 0.1, 0.5, 1]
              from: producer.latency
        ```

        ```text
        warning: no value is below 0: the bucket -1 is always empty [unfit-buckets]
                  buckets: [-1, 0.1, 0.5, 1]
                            ^^
        note: begin with a bound above 0
        ```

        ## Right

        ```yaml
        metrics:
          families:
            shop_latency_seconds:
              type: histogram
              help: Time to deliver
              unit: seconds
              labels: [topic]
              buckets: [0.1, 0.5, 1]
              from: producer.latency
        ```

        ## Fix

        Choose about a dozen bounds within the values, among them the limits of alerts.

        `allow: unfit-buckets` in the metric family turns it off: see [rules](../rules.md).
        """#,
        "unknown-dialect":
            #"""
        # unknown-dialect

        *Schemas · error or warning, can be allowed*

        A warning: `$schema` names an unknown meta-schema, so the manifest's `dialect` is used. An error: the meta-schema requires an unknown vocabulary.

        Drafts differ in what keywords mean.

        ## Wrong

        ```json stock.schema.json
        {"$schema": "https://shop.example/schema", "type": "object", "properties": {"sku": {"type": "string"}}, "required": ["sku"]}
        ```

        ```yaml
        topics:
          stock: {partitions: 6, replication: 3, producers: [web]}
        messages:
          StockMessage:
            schema: stock.schema.json
            topic: stock
            key: /sku
        ```

        ```text
        warning: unknown meta-schema 'https://shop.example/schema': the schema is read as draft 2020-12 [unknown-dialect]
            {"$schema": "https://shop.example/schema", "type": "object", "properties": {"sku": {"type": "string"}}, "required": ["sku"]}
                        ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
        note: a contract can state the draft of such schemas; expected one of: http://json-schema.org/draft-04/schema, http://json-schema.org/draft-06/schema, http://json-schema.org/draft-07/schema, https://json-schema.org/draft/2019-09/schema, https://json-schema.org/draft/2020-12/schema
        ```

        ## Right

        ```json stock.schema.json
        {"$schema": "https://shop.example/schema", "type": "object", "properties": {"sku": {"type": "string"}}, "required": ["sku"]}
        ```

        ```yaml
        schemas:
          dialects: {"https://shop.example/schema": draft-07}
        topics:
          stock: {partitions: 6, replication: 3, producers: [web]}
        messages:
          StockMessage:
            schema: stock.schema.json
            topic: stock
            key: /sku
        ```

        ## Fix

        Name draft 4, 6, 7, 2019-09 or 2020-12, or list the meta-schema in the manifest's `dialects`.

        `allow: unknown-dialect` in the part of the manifest, or `"x-allow": "unknown-dialect"` in the schema, turns a warning off: see [rules](../rules.md).
        """#,
        "unknown-event":
            #"""
        # unknown-event

        *Messages and events · error*

        An event is not a value of the discriminator, or a metric family selects an event that its message does not have.

        The schema would refuse each such message.

        ## Wrong

        ```yaml
        messages:
          OrderMessage:
            events:
              order.lost:
        ```

        ```text
        error: 'order.lost' is not a value of '/metadata/message_type' in order.schema.json [unknown-event]
                  order.lost:
                  ^^^^^^^^^^
        note: values there: order.placed, order.shipped
        ```

        ## Right

        ```yaml
        messages:
          OrderMessage:
            events:
              order.shipped:
                fixed: {/payload/status: shipped}
                requires: [/payload/tracking_code]
        ```

        ## Fix

        Correct the name, or add it to the schema's `enum`.
        """#,
        "unknown-grouping":
            #"""
        # unknown-grouping

        *Alerts · error, can be allowed*

        `by`, `without`, `on`, `ignoring` or `group_left` names an unknown label.

        The label is empty in each result, and the groups are not those that were meant.

        ## Wrong

        ```yaml
        alerts:
          rules:
            ShopFailing:
              expr: sum by (topc) (rate(shop_messages_total[5m])) > 1
              allow: [untested-alert]
              severity: warning
              summary: Messages fail
        ```

        ```text
        error: 'by' names the label 'topc', which its operand does not have [unknown-grouping]
                  expr: sum by (topc) (rate(shop_messages_total[5m])) > 1
                                ^^^^
        note: did you mean 'topic'?
        ```

        ## Right

        ```yaml
        alerts:
          rules:
            ShopFailing:
              expr: sum by (topic) (rate(shop_messages_total{status="error"}[5m])) > 0.1
              tests:
                - {fires: true, series: {'shop_messages_total{topic="shop_orders",status="error"}': "0+60x30"}}
                - {fires: false, series: {'shop_messages_total{topic="shop_orders",status="error"}': "0x30"}}
              severity: warning
              summary: Messages fail
        ```

        ## Fix

        The hint names the labels.

        `allow: unknown-grouping` in the part of the manifest, or `"x-allow": "unknown-grouping"` in the schema, turns it off: see [rules](../rules.md).
        """#,
        "unknown-key":
            #"""
        # unknown-key

        *The shape of the manifest · error*

        The manifest has no such key.

        A key that nobody reads has no effect.

        ## Wrong

        ```yaml
        topics:
          orders:
            retenton: 7d
        ```

        ```text
        error: the topic 'orders' has no key 'retenton' [unknown-key]
                retenton: 7d
                ^^^^^^^^
        note: did you mean 'retention'?
        ```

        ## Right

        ```yaml
        topics:
          orders:
            retention: 7d
        ```

        ## Fix

        Probably a typo: the hint names the most similar key.
        """#,
        "unknown-metric-label":
            #"""
        # unknown-metric-label

        *Alerts · error, can be allowed*

        The series has no such label. Prometheus adds the labels `job`, `instance` and those under `target_labels`.

        The selector would match no series.

        ## Wrong

        ```yaml
        alerts:
          rules:
            ShopFailing:
              expr: sum(rate(shop_messages_total{state="error"}[5m])) > 1
              allow: [untested-alert]
              severity: warning
              summary: Messages fail
        ```

        ```text
        error: 'shop_messages_total' has no label 'state' [unknown-metric-label]
                  expr: sum(rate(shop_messages_total{state="error"}[5m])) > 1
                                                     ^^^^^^^^^^^^^
        note: expected one of: instance, job, status, topic
        ```

        ## Right

        ```yaml
        alerts:
          rules:
            ShopFailing:
              expr: sum(rate(shop_messages_total{status="error"}[5m])) > 0.1
              tests:
                - {fires: true, series: {'shop_messages_total{topic="shop_orders",status="error"}': "0+60x30"}}
                - {fires: false, series: {'shop_messages_total{topic="shop_orders",status="error"}': "0x30"}}
              severity: warning
              summary: Messages fail
        ```

        ## Fix

        The hint names the most similar label.

        `allow: unknown-metric-label` in the part of the manifest, or `"x-allow": "unknown-metric-label"` in the schema, turns it off: see [rules](../rules.md).
        """#,
        "unknown-metric":
            #"""
        # unknown-metric

        *Alerts · error, can be allowed*

        No family exports this series. A histogram exports `_bucket`, `_sum` and `_count`, but no quantiles.

        The alert would never fire, and nobody would notice.

        ## Wrong

        ```yaml
        alerts:
          rules:
            ShopFailing:
              expr: sum(rate(shop_mesages_total[5m])) > 1
              allow: [untested-alert]
              severity: warning
              summary: Messages fail
        ```

        ```text
        error: unknown metric 'shop_mesages_total' [unknown-metric]
                  expr: sum(rate(shop_mesages_total[5m])) > 1
                                 ^^^^^^^^^^^^^^^^^^
        note: did you mean 'shop_messages_total'?
        ```

        ## Right

        ```yaml
        alerts:
          rules:
            ShopFailing:
              expr: sum(rate(shop_messages_total{status="error"}[5m])) > 0.1
              tests:
                - {fires: true, series: {'shop_messages_total{topic="shop_orders",status="error"}': "0+60x30"}}
                - {fires: false, series: {'shop_messages_total{topic="shop_orders",status="error"}': "0x30"}}
              severity: warning
              summary: Messages fail
        ```

        ## Fix

        The hint names the most similar series, or the expression for the quantile. Allow it for series of other exporters, such as the broker.

        `allow: unknown-metric` in the part of the manifest, or `"x-allow": "unknown-metric"` in the schema, turns it off: see [rules](../rules.md).
        """#,
        "unknown-service":
            #"""
        # unknown-service

        *Topics · error*

        A topic names a service that is not declared.

        A name without a declaration is usually misspelt.

        ## Wrong

        ```yaml
        topics:
          orders:
            consumers: [mail]
        ```

        ```text
        error: unknown service 'mail' [unknown-service]
                consumers: [mail]
                            ^^^^
        note: expected one of: web
        ```

        ## Right

        ```yaml
        services:
          mail: Sends e-mails.
        topics:
          orders:
            consumers: [mail]
        ```

        ## Fix

        Declare it under `services`.
        """#,
        "unknown-template-label":
            #"""
        # unknown-template-label

        *Alerts · error, can be allowed*

        A template uses a label that the result of the expression does not have. Functions and arithmetic remove `__name__`.

        The text would have a gap where the label was meant.

        ## Wrong

        ```yaml
        alerts:
          rules:
            ShopFailing:
              error_ratio_above: {of: shop_messages_total, where: {status: error}, by: [topic], value: 0.05}
              description: "{{ $labels.event }} fails"
              severity: warning
              summary: Messages fail
        ```

        ```text
        error: the result of the alert's expression has no label 'event' [unknown-template-label]
                  description: "{{ $labels.event }} fails"
                                           ^^^^^
        note: expected one of: topic
        ```

        ## Right

        ```yaml
        alerts:
          rules:
            ShopFailing:
              error_ratio_above: {of: shop_messages_total, where: {status: error}, by: [topic], value: 0.05}
              description: "{{ $labels.topic }} fails"
              severity: warning
              summary: Messages fail
        ```

        ## Fix

        Keep the label with `by` in the aggregation.

        `allow: unknown-template-label` in the part of the manifest, or `"x-allow": "unknown-template-label"` in the schema, turns it off: see [rules](../rules.md).
        """#,
        "unknown-topic":
            #"""
        # unknown-topic

        *Topics · error*

        A message names a topic that is not declared.

        The records of the message would have no destination.

        ## Wrong

        ```yaml
        messages:
          OrderMessage:
            topic: order
        ```

        ```text
        error: unknown topic 'order' [unknown-topic]
                topic: order
                       ^^^^^
        note: did you mean 'orders'?
        ```

        ## Right

        ```yaml
        messages:
          OrderMessage:
            topic: orders
        ```

        ## Fix

        Declare it, or correct the name.
        """#,
        "unreachable-branch":
            #"""
        # unreachable-branch

        *Schemas · error or warning, can be allowed*

        A branch of `oneOf` or `anyOf` never matches: another branch of `oneOf` accepts all its values, or the conditions beside it contradict it.

        `oneOf` accepts a value that is valid by exactly one branch. A message with a value of such a branch would fail to be sent. Whole numbers are also numbers, and each text of a format is also a text.

        ## Wrong

        ```json stock.schema.json
        {
          "type": "object",
          "properties": {
            "id": {"type": "string"},
            "sku": {"type": "string"},
            "count": {"oneOf": [{"type": "integer"}, {"type": "number"}]}
          },
          "required": ["id", "sku", "count"]
        }
        ```

        ```yaml
        topics:
          stock: {partitions: 6, replication: 3, producers: [web]}
        messages:
          StockMessage:
            schema: stock.schema.json
            topic: stock
            key: /sku
        ```

        ```text
        error: branch 1 of 'oneOf' never matches: all its values are valid by branch 2 too, and 'oneOf' accepts values of exactly one [unreachable-branch]
                "count": {"oneOf": [{"type": "integer"}, {"type": "number"}]}
                                    ^^^^^^^^^^^^^^^^^^^
        note: write 'anyOf', or exclude its values from branch 2
        ```

        ## Right

        ```json stock.schema.json
        {
          "type": "object",
          "properties": {
            "id": {"type": "string"},
            "sku": {"type": "string"},
            "count": {"anyOf": [{"type": "integer"}, {"type": "number"}]}
          },
          "required": ["id", "sku", "count"]
        }
        ```

        ```yaml
        topics:
          stock: {partitions: 6, replication: 3, producers: [web]}
        messages:
          StockMessage:
            schema: stock.schema.json
            topic: stock
            key: /sku
        ```

        ## Fix

        Write `anyOf`, exclude the values from the other branch, or remove the branch.

        `"x-allow": "unreachable-branch"` in the schema turns it off: see [rules](../rules.md).
        """#,
        "unreadable-file":
            #"""
        # unreadable-file

        *Files · error*

        A file is not readable or not a regular file, or a folder cannot be listed.

        A file that cannot be read may be one that the contract needs.

        ## Wrong

        ```console
        $ mkdir contract/stock.schema.json
        $ event-contracts lint contract
        contract/stock.schema.json:1:1: error: is a folder; expected a file [unreadable-file]
        ```

        ## Right

        ```console
        $ event-contracts lint contract | head -1
        Shop 1.0.0: 1 topic, 1 message, 2 events: no errors
        ```

        ## Fix

        Check its permissions, and that it is not a folder, a pipe or a broken link.
        """#,
        "untested-alert":
            #"""
        # untested-alert

        *Alerts · warning, can be allowed*

        The alert has no tests in which it fires and in which it does not; or the expression has no result for the series of a test in which it must not fire, 10 minutes after `for`.

        Nothing shows that the alert fires when it should, and only then.

        ## Wrong

        ```yaml
        alerts:
          rules:
            ShopFailing:
              expr: shop_in_flight > 10
              severity: warning
              summary: Messages fail
        ```

        ```text
        warning: the alert 'ShopFailing' has no tests [untested-alert]
                ShopFailing:
                ^^^^^^^^^^^
        note: add 'tests:' with series for which it must fire, and series for which it must not fire
        ```

        ## Right

        ```yaml
        alerts:
          rules:
            ShopFailing:
              expr: shop_in_flight > 10
              tests:
                - {fires: true, series: {shop_in_flight: "20x30"}}
                - {fires: false, series: {shop_in_flight: "1x30"}}
              severity: warning
              summary: Messages fail
        ```

        ## Fix

        Add `tests:`, or use an intent, whose tests are generated.

        `allow: untested-alert` in the part of the manifest, or `"x-allow": "untested-alert"` in the schema, turns it off: see [rules](../rules.md).
        """#,
        "unused-allow":
            #"""
        # unused-allow

        *Permissions · warning*

        A rule under `allow` reports nothing. The entry would hide a later mistake.

        The entry may be left over, or name a rule that was not meant.

        ## Wrong

        ```yaml
        topics:
          orders:
            allow: retention-unit
        ```

        ```text
        warning: the topic 'orders' does not break the rule 'retention-unit' [unused-allow]
                allow: retention-unit
                       ^^^^^^^^^^^^^^
        note: remove it from 'allow': it would hide a mistake that comes later
        ```

        ## Right

        ```yaml
        topics:
          orders:
            retention: 60000
            allow: []
        ```

        ## Fix

        Remove the entry.
        """#,
        "unused-definition":
            #"""
        # unused-definition

        *Schemas · warning, can be allowed*

        A definition in a schema is not used by any message.

        It is probably left over, or the reference to it is missing. Files of the `folders` of a manifest may have unused definitions.

        ## Wrong

        ```json stock.schema.json
        {
          "type": "object",
          "properties": {
            "id": {"type": "string"},
            "sku": {"$ref": "#/$defs/sku"},
            "count": {"type": "integer"}
          },
          "required": ["id", "sku", "count"],
          "$defs": {"sku": {"type": "string"}, "ean": {"type": "string"}}
        }
        ```

        ```yaml
        topics:
          stock: {partitions: 6, replication: 3, producers: [web]}
        messages:
          StockMessage:
            schema: stock.schema.json
            topic: stock
            key: /sku
        ```

        ```text
        warning: no message uses the definition 'ean' [unused-definition]
              "$defs": {"sku": {"type": "string"}, "ean": {"type": "string"}}
                                                   ^^^^^
        note: refer to it, or remove it
        ```

        ## Right

        ```json stock.schema.json
        {
          "type": "object",
          "properties": {
            "id": {"type": "string"},
            "sku": {"$ref": "#/$defs/sku"},
            "count": {"type": "integer"}
          },
          "required": ["id", "sku", "count"],
          "$defs": {"sku": {"type": "string"}}
        }
        ```

        ```yaml
        topics:
          stock: {partitions: 6, replication: 3, producers: [web]}
        messages:
          StockMessage:
            schema: stock.schema.json
            topic: stock
            key: /sku
        ```

        ## Fix

        Refer to the definition, or remove it.

        `allow: unused-definition` in the part of the manifest, or `"x-allow": "unused-definition"` in the schema, turns it off: see [rules](../rules.md).
        """#,
        "unused-enum-value":
            #"""
        # unused-enum-value

        *Messages and events · warning, can be allowed*

        Each event of a message sets a property of an enum, and none of them sets one of its values.

        The value cannot be sent: an event is missing, or the value is left over. Enums of `open_enums` are not reported.

        ## Wrong

        ```yaml
        messages:
          OrderMessage:
            events:
              order.placed:
                fixed: {/payload/status: placed}
              order.shipped:
                fixed: {/payload/status: placed}
        ```

        ```text
        warning: no event sets '/payload/status' to 'shipped' [unused-enum-value]
                    fixed: {/payload/status: placed}
                            ^^^^^^^^^^^^^^^
        note: add an event that does, or remove the value from the schema
        ```

        ## Right

        ```yaml
        messages:
          OrderMessage:
            events:
              order.placed:
                fixed: {/payload/status: placed}
              order.shipped:
                fixed: {/payload/status: shipped}
        ```

        ## Fix

        Add an event that sets the value, or remove the value from the schema.

        `allow: unused-enum-value` in the part of the manifest, or `"x-allow": "unused-enum-value"` in the schema, turns it off: see [rules](../rules.md).
        """#,
        "unused-schema":
            #"""
        # unused-schema

        *Messages and events · warning, can be allowed*

        No message uses this schema, by name or by reference.

        The file may be left over, or its name misspelt in a message.

        ## Wrong

        ```json stock.schema.json
        {"type": "object", "properties": {"sku": {"type": "string"}}, "required": ["sku"]}
        ```

        ```yaml
        description: Orders.
        ```

        ```text
        warning: no message uses this schema [unused-schema]
            {"type": "object", "properties": {"sku": {"type": "string"}}, "required": ["sku"]}
            ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
        note: name it as the 'schema' of a message, refer to it, or remove the file
        ```

        ## Right

        ```json stock.schema.json
        {"type": "object", "properties": {"sku": {"type": "string"}}, "required": ["sku"]}
        ```

        ```yaml
        topics:
          stock: {partitions: 6, replication: 3, producers: [web]}
        messages:
          StockMessage:
            schema: stock.schema.json
            topic: stock
            key: /sku
        ```

        ## Fix

        Name it, refer to it, or remove it.

        `allow: unused-schema` in the part of the manifest, or `"x-allow": "unused-schema"` in the schema, turns it off: see [rules](../rules.md).
        """#,
        "unwritable-output":
            #"""
        # unwritable-output

        *Templates and commands · error*

        The output folder is not writable, or contains a file of that name that was not generated.

        A file that you wrote is never overwritten.

        ## Wrong

        ```console
        $ mkdir Generated
        $ echo '// mine' > Generated/contract.swift
        $ event-contracts generate contract --output Generated
        Generated/contract.swift:1:1: error: was not generated, and is in the way; move it, or choose another folder [unwritable-output]
        ```

        ## Right

        ```console
        $ event-contracts generate contract --output Generated > generate.log
        $ event-contracts generate contract --output Generated > again.log
        ```

        ## Fix

        Check the path and its permissions; move the file.
        """#,
        "variable-collision":
            #"""
        # variable-collision

        *Topics · error*

        One environment variable names two topics.

        `KAFKA_<KEY>_TOPIC` sets the name of a topic where a service runs. Upper and lower case, and the signs between words, do not
        make a difference there: the variable would give both topics one name.

        ## Wrong

        ```yaml
        topics:
          order-items-dlq: {partitions: 6, replication: 3, producers: [web]}
          order_items-dlq: {partitions: 6, replication: 3, producers: [web], swift_name: deadItems}
        ```

        ```text
        error: the environment variable KAFKA_ORDER_ITEMS_DLQ_TOPIC names 'order-items-dlq' and 'order_items-dlq' [variable-collision]
              order-items-dlq: {partitions: 6, replication: 3, producers: [web]}
              ^^^^^^^^^^^^^^^
        note: rename one of them so that they differ in letters or digits
        error: the environment variable KAFKA_ORDER_ITEMS_DLQ_TOPIC names 'order_items-dlq' and 'order-items-dlq' [variable-collision]
              order_items-dlq: {partitions: 6, replication: 3, producers: [web], swift_name: deadItems}
              ^^^^^^^^^^^^^^^
        note: rename one of them so that they differ in letters or digits
        ```

        ## Right

        ```yaml
        topics:
          order-items-dlq: {partitions: 6, replication: 3, producers: [web]}
          order-items-retry: {partitions: 6, replication: 3, producers: [web]}
        ```

        ## Fix

        Rename one, so that they differ in letters or digits.
        """#,
        "wrong-alert-test":
            #"""
        # wrong-alert-test

        *Alerts · error*

        A test contradicts the expression: the alert does not fire for its series though `fires` is true, or fires though it is false.

        The tool evaluates the rule over the series of the test as Prometheus does, each minute until 10 minutes after `for`. The message has the result of the expression, or the values that it dropped.

        ## Wrong

        ```yaml
        alerts:
          rules:
            ShopBusy:
              expr: shop_in_flight > 100
              severity: warning
              summary: Many messages are under way
              tests:
                - {fires: true, series: {shop_in_flight: "100x20"}}
                - {fires: false, series: {shop_in_flight: "90x20"}}
        ```

        ```text
        error: the alert 'ShopBusy' does not fire for these series: after 10m, the expression has no result; the compared value is shop_in_flight{} 100 [wrong-alert-test]
                    - {fires: true, series: {shop_in_flight: "100x20"}}
                              ^^^^
        note: write 'fires: false', or correct the series or the expression
        ```

        ## Right

        ```yaml
        alerts:
          rules:
            ShopBusy:
              expr: shop_in_flight > 100
              severity: warning
              summary: Many messages are under way
              tests:
                - {fires: true, series: {shop_in_flight: "101x20"}}
                - {fires: false, series: {shop_in_flight: "100x20"}}
        ```

        ## Fix

        Correct the series, `fires`, or the expression.
        """#,
        "wrong-type":
            #"""
        # wrong-type

        *The shape of the manifest · error*

        A value or a key has a different type: a number where a string is expected.

        A value of a different type has no meaning for its key. In YAML 1.2, `yes` is a string.

        ## Wrong

        ```yaml
        strict: yes
        ```

        ```text
        error: 'strict' must be true or false, found 'yes' [wrong-type]
            strict: yes
                    ^^^
        note: YAML 1.2 has only true and false: write true
        ```

        ## Right

        ```yaml
        strict: true
        ```

        ## Fix

        Quote it, or follow the message.
        """#,
    ]
}
