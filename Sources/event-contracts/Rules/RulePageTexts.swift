// Written by scripts/embed-rules from docs/rules. Do not edit: change the pages, and run it again.

extension RulePage {
    /// The pages by the ids of their rules.
    static let texts: [String: String] = [
        "alert-duration":
            #"""
        # alert-duration

        *Alerts · error, can be allowed*

        `for` is shorter than the time between two scrapes, or longer than Prometheus keeps data, or longer than the condition can hold (`hour() == 12` holds for less than an hour): it has no effect, or the alert never fires. Or the condition does not hold continuously: the value is scraped too seldom, or a label contains `$value`.

        ## Fix

        Use a time between the two; see the hint.
        """#,
        "alert-intent":
            #"""
        # alert-intent

        *Alerts · error*

        An intent does not suit its family, or lacks information.

        ## Fix

        See the hint.
        """#,
        "alert-label":
            #"""
        # alert-label

        *Alerts · error*

        A name under `labels` is invalid, or Prometheus sets it itself.

        ## Fix

        Use letters, digits and `_`; `severity` is a key next to `labels`, and `contract` is the name of the contract.
        """#,
        "alert-name":
            #"""
        # alert-name

        *Alerts · error*

        Two alerts have the same name, or a name contains other characters than letters, digits and `_`; or a label of the alert replaces a label that distinguishes its series, so that they are duplicate alerts.

        ## Fix

        Rename one.
        """#,
        "alert-template":
            #"""
        # alert-template

        *Alerts · error*

        A summary, description or label is not a valid template, or uses an unknown field or template, so that Prometheus fails when the alert fires.

        ## Fix

        Correct it at that place.
        """#,
        "alert-test":
            #"""
        # alert-test

        *Alerts · error*

        The series of a test, or their values, are not in promtool's notation.

        ## Fix

        Write `up{job="shop"}: "0x20 1+2x5 _"`, [as in promtool](https://prometheus.io/docs/prometheus/latest/configuration/unit_testing_rules/#series).
        """#,
        "alias-limit":
            #"""
        # alias-limit

        *Files · error*

        YAML aliases expand to more than a million values, or contain themselves.

        ## Fix

        Use fewer aliases.
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
        """#,
        "ambiguous-message":
            #"""
        # ambiguous-message

        *Messages and events · error*

        Two messages of a topic are identified in the same way.

        ## Fix

        Distinguish them by `identified_by`: a property or a header with different values.
        """#,
        "cardinality":
            #"""
        # cardinality

        *Metrics · error*

        The families may have more series than `max_series`, or a label may have any number of values.

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
        """#,
        "config-conflict":
            #"""
        # config-conflict

        *Topics · error*

        A config is set twice, for example by `retention` and `config: {retention.ms: …}`.

        ## Fix

        Keep one.
        """#,
        "config-key":
            #"""
        # config-key

        *Topics · error*

        Kafka has no such topic config.

        ## Fix

        The hint names the most similar one.
        """#,
        "config-value":
            #"""
        # config-value

        *Topics · error*

        The value of a topic config is invalid, or conflicts with the replicas or other configs of the topic.

        ## Fix

        Use a value that the hint names.
        """#,
        "delta-of-counter":
            #"""
        # delta-of-counter

        *Alerts · error, can be allowed*

        `delta`, `deriv` or the like of a counter, which restarts with its process.

        ## Fix

        Use `rate` or `increase`.
        """#,
        "discriminator":
            #"""
        # discriminator

        *Messages and events · error*

        The discriminator, or a property or header that identifies a message, is not a string with known values; or several events have no discriminator.

        ## Fix

        See the hint.
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
        """#,
        "duplicate-key":
            #"""
        # duplicate-key

        *Files · error*

        A mapping in the manifest or a schema has duplicate keys.

        ## Fix

        Keep one of them.
        """#,
        "duplicate-schema":
            #"""
        # duplicate-schema

        *Messages and events · error or warning, can be allowed*

        Two schema files would be generated into files of the same name: `old/job.schema.json` and `old-job.schema.json`, or names that differ only in case. A warning: two schemas have the same URI.

        ## Fix

        Rename one; give each schema its own `$id`.
        """#,
        "duration":
            #"""
        # duration

        *Topics · error*

        A retention is not a valid duration, or a duration of metrics and alerts is not valid in Prometheus.

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
        """#,
        "empty-label-value":
            #"""
        # empty-label-value

        *Metrics · warning, can be allowed*

        A label has an empty value.

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
        """#,
        "encryption":
            #"""
        # encryption

        *Messages and events · error or warning, can be allowed*

        `encryption` lacks a category of sensitive values, uses a key with two schemes, or has an invalid marker. A warning: no value has the category.

        ## Fix

        See the hint.
        """#,
        "envelope":
            #"""
        # envelope

        *Messages and events · error*

        The envelope cannot fill this property, or not with this pattern.

        ## Fix

        See the hint.
        """#,
        "expired-allow":
            #"""
        # expired-allow

        *Permissions · warning*

        The `expires` day of an entry of `allow` is over, so the entry no longer applies and its rule is reported again.

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
        "file-too-large":
            #"""
        # file-too-large

        *Files · error*

        A manifest or a schema is larger than 16 MiB, or a text given to `validate` is larger than 64 MiB.

        ## Fix

        Split the manifest or schema. Write one message per line (JSON lines).
        """#,
        "fixed-value":
            #"""
        # fixed-value

        *Messages and events · error*

        A fixed value of an event is invalid by the schema.

        ## Fix

        Use a value that the schema allows.
        """#,
        "forbidden-property":
            #"""
        # forbidden-property

        *Messages and events · error*

        An event forbids a property that is required.

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
        """#,
        "impossible-label-value":
            #"""
        # impossible-label-value

        *Alerts · error, can be allowed*

        The label never has this value, or no value that an alternative of the pattern matches, or has it never together with the values of other labels, since an event has one topic, so that no series is selected. A bound is compared with `le` as Prometheus stores it: `1.0` for 1.

        ## Fix

        The hint names the values.
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
        """#,
        "invalid-json":
            #"""
        # invalid-json

        *Files · error*

        A schema, or a message given to `validate`, is not valid JSON.

        ## Fix

        Correct the syntax at that place.
        """#,
        "invalid-message":
            #"""
        # invalid-message

        *Templates and commands · error*

        A message given to `validate` breaks its contract.

        ## Fix

        The note names the place in the schema or manifest.
        """#,
        "invalid-name":
            #"""
        # invalid-name

        *The shape of the manifest · error*

        The name of a contract or message is not a valid Swift type name, or generated code uses it; or the name of a service, header or event is invalid.

        ## Fix

        Choose a name such as `OrderMessage`.
        """#,
        "invalid-utf8":
            #"""
        # invalid-utf8

        *Files · error*

        A file is not valid UTF-8, or contains a NUL byte.

        ## Fix

        Save it as UTF-8.
        """#,
        "invalid-value":
            #"""
        # invalid-value

        *The shape of the manifest · error*

        The value of a key is invalid: a version, a choice, the path of a schema, an empty section, a duplicate name in a list.

        ## Fix

        Use a value that the hint names.
        """#,
        "invalid-yaml":
            #"""
        # invalid-yaml

        *Files · error*

        The manifest is not valid YAML 1.2, or uses unsupported YAML: tags, merge keys, several documents, infinities.

        ## Fix

        Correct the syntax at that place.
        """#,
        "metric-buckets":
            #"""
        # metric-buckets

        *Metrics · error*

        A histogram has no buckets, or they are not in ascending order; or another metric has buckets.

        ## Fix

        List the upper bounds in ascending order.
        """#,
        "metric-label":
            #"""
        # metric-label

        *Metrics · error*

        The name of a label is invalid, Prometheus adds it itself (`job`, `instance`, `target_labels`), or its source has no such values.

        ## Fix

        Use a dimension of the source, or see the hint.
        """#,
        "metric-name":
            #"""
        # metric-name

        *Metrics · error, can be allowed*

        Prometheus does not allow the name, or its conventions advise against it: a counter without `_total`, a unit that is not a base unit, an ending of histogram series, a name of Prometheus itself such as `up`.

        ## Fix

        See the hint. Invalid names, endings of the family's own series, and counters without `_total`, which OpenMetrics requires, cannot be allowed.
        """#,
        "metric-source":
            #"""
        # metric-source

        *Metrics · error*

        `from` is unknown or belongs to another type of metric; a `value` is missing or not a number; or `events` are selected from a source that is not a message.

        ## Fix

        See the hint, or [the sources](monitoring.md).
        """#,
        "missing-event":
            #"""
        # missing-event

        *Messages and events · error*

        A value of the discriminator has no event.

        ## Fix

        Declare it under `events`; the value may be empty.
        """#,
        "missing-file":
            #"""
        # missing-file

        *Files · error*

        The manifest does not exist, or a schema that a message names.

        ## Fix

        Correct the name. Schemas are in the folder of the manifest or in folders below it, except hidden folders and links.
        """#,
        "missing-key":
            #"""
        # missing-key

        *The shape of the manifest · error*

        A required key is missing.

        ## Fix

        Add it.
        """#,
        "missing-le":
            #"""
        # missing-le

        *Alerts · error, can be allowed*

        An aggregation of histogram buckets drops `le`, or the operand of `histogram_quantile` is not a set of buckets.

        ## Fix

        Write `sum by (le, …) (rate(…_bucket[5m]))`.
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
        """#,
        "name-collision":
            #"""
        # name-collision

        *Messages and events · error*

        Two names are the same in Swift, or a name is the same as one in generated code.

        ## Fix

        Rename one, or set its `swift_name`.
        """#,
        "nesting-depth":
            #"""
        # nesting-depth

        *Files · error*

        Values are nested deeper than 64 levels in YAML or 128 in JSON, or schemas deeper than 128 levels, where each `$ref` counts as one.

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
        """#,
        "never-matches":
            #"""
        # never-matches

        *Alerts · error, can be allowed*

        The labels of two sides are never equal, so that no series match; or several series of a side match one series of the other, which Prometheus rejects without `group_left`.

        ## Fix

        Use `on`, `ignoring` or `group_left`.
        """#,
        "outdated-output":
            #"""
        # outdated-output

        *Templates and commands · error*

        With `--check` and `--format json` or `github`: a file differs from the generated one. As text, the difference is shown.

        ## Fix

        Generate again.
        """#,
        "partition-count":
            #"""
        # partition-count

        *Topics · error*

        The number of partitions is out of range.

        ## Fix

        Use 1 to 1000000.
        """#,
        "placeholder":
            #"""
        # placeholder

        *Messages and events · error*

        A placeholder is unknown, is not text, or refers to itself.

        ## Fix

        Use `{now}`, `{now.ms}`, `{id}`, `{service}`, or a property such as `{payload.job_id}`.
        """#,
        "pointer-not-found":
            #"""
        # pointer-not-found

        *Messages and events · error*

        The schema has no property at this pointer.

        ## Fix

        The hint names the most similar one.
        """#,
        "pointer-optional":
            #"""
        # pointer-optional

        *Messages and events · error*

        A property may be missing, but a record key, a discriminator or a placeholder needs it.

        ## Fix

        Add it to the schema's `required`.
        """#,
        "pointer-syntax":
            #"""
        # pointer-syntax

        *Messages and events · error*

        A text is not a JSON Pointer.

        ## Fix

        Write `/payload/job_id`; `~` is written `~0`, `/` is written `~1`.
        """#,
        "pointer-type":
            #"""
        # pointer-type

        *Messages and events · error*

        The property at a pointer has the wrong type for its use.

        ## Fix

        See the hint.
        """#,
        "promql-syntax":
            #"""
        # promql-syntax

        *Alerts · error*

        The expression is not valid PromQL of Prometheus 2.42, or is longer than 256 KiB.

        ## Fix

        Correct it at that place; split a long expression into several rules.
        """#,
        "promql-type":
            #"""
        # promql-type

        *Alerts · error*

        A scalar, an instant vector, a range vector or a string is used where another type is required.

        ## Fix

        `rate` needs a range vector: `rate(x[5m])`.
        """#,
        "quantile-range":
            #"""
        # quantile-range

        *Alerts · error*

        A quantile is not between 0 and 1.

        ## Fix

        Write 0.95, not 95.
        """#,
        "range-too-short":
            #"""
        # range-too-short

        *Alerts · error, can be allowed*

        A range may contain fewer values than its function needs: two for a rate, a change or a deviation, one for others. A subquery has a value at each step, and a new value at each scrape.

        ## Fix

        Use at least twice `scrape_interval`, or four times, so that a scrape may fail.
        """#,
        "rate-of-gauge":
            #"""
        # rate-of-gauge

        *Alerts · error, can be allowed*

        `rate`, `irate`, `increase` or `resets` of a value that goes up and down: a gauge, `up`, a rate, a quantile.

        ## Fix

        Use `delta` or `deriv`.
        """#,
        "raw-counter":
            #"""
        # raw-counter

        *Alerts · error, can be allowed*

        A counter, or a sum of counters, is compared with a number or a gauge: once above, it remains there. Or the ratio of two counters is compared: it is the ratio since the processes started.

        ## Fix

        Compare `rate` or `increase`.
        """#,
        "registry-schema":
            #"""
        # registry-schema

        *Schemas · error*

        The files of a schema can't be bundled for a schema registry: they have different drafts, or one has a dynamic reference.

        ## Fix

        Write them in one draft, or in one file.
        """#,
        "registry-subject":
            #"""
        # registry-subject

        *Schemas · error*

        Two messages have different schemas and the same subject in the schema registry, which would accept each only as a new version of the other.

        ## Fix

        Set `subjects` of `registry`, or give the schemas different titles.
        """#,
        "replication-factor":
            #"""
        # replication-factor

        *Topics · error*

        The number of replicas is out of range.

        ## Fix

        Use 1 to 32767, and not more than there are brokers.
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
        """#,
        "schema-format":
            #"""
        # schema-format

        *Schemas · warning, can be allowed*

        JSON Schema does not define this format, so it is not asserted.

        ## Fix

        Correct the name, or remove it.
        """#,
        "schema-keyword":
            #"""
        # schema-keyword

        *Schemas · error or warning, can be allowed*

        An unknown keyword is probably the typo of an assertion. A warning of `event-contracts lint` only: a keyword has no effect, because no draft defines it, or not this one, or because the draft ignores it next to `$ref`.

        ## Fix

        See the hint; your own keywords start with `x-`.
        """#,
        "schema-reference":
            #"""
        # schema-reference

        *Schemas · error*

        The target of a `$ref` does not exist, is not a definition, or is the reference itself.

        ## Fix

        Refer to `#/$defs/NAME`.
        """#,
        "schema-value":
            #"""
        # schema-value

        *Schemas · error or warning, can be allowed*

        The value of a keyword is invalid, or contradicts another keyword so that no value is valid, or excludes the `const` or all values of `enum`. A warning: a default or a value of `enum` is invalid by the other keywords, `enum` has a duplicate value, or `required` has a name that resembles that of a property.

        ## Fix

        Correct it.
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
        """#,
        "sensitive-field":
            #"""
        # sensitive-field

        *Messages and events · error*

        A sensitive value would be disclosed, for example by a record key, a header or a metric, or the contract states the value by `fixed`, `default` or `const`.

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
        """#,
        "template-name":
            #"""
        # template-name

        *Templates and commands · error*

        A template uses an unknown name, or overrides a template that does not exist.

        ## Fix

        `event-contracts templates list` shows both.
        """#,
        "template-syntax":
            #"""
        # template-syntax

        *Templates and commands · error*

        A template is invalid: a tag or section is not closed, or the file does not start with the header.

        ## Fix

        Correct it at that place.
        """#,
        "template-value":
            #"""
        # template-value

        *Alerts · warning, can be allowed*

        A text misrepresents the value of the alert: `humanizePercentage` of seconds, a percent sign after a ratio, or a value that is always the same.

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
        note: use humanizeDuration
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
        """#,
        "topic-collision":
            #"""
        # topic-collision

        *Topics · error*

        Two names differ only in `.` and `_`, which Kafka's metrics do not distinguish.

        ## Fix

        Rename one.
        """#,
        "topic-name":
            #"""
        # topic-name

        *Topics · error*

        Kafka does not allow the name with its prefix.

        ## Fix

        Use letters, digits, `.`, `_` and `-`, at most 249.
        """#,
        "unfit-buckets":
            #"""
        # unfit-buckets

        *Metrics · warning, can be allowed*

        A bucket is beyond the values that can occur, or there are more than 50 buckets.

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
        """#,
        "unknown-dialect":
            #"""
        # unknown-dialect

        *Schemas · error or warning, can be allowed*

        A warning: `$schema` names an unknown meta-schema, so the manifest's `dialect` is used. An error: the meta-schema requires an unknown vocabulary.

        ## Fix

        Name draft 4, 6, 7, 2019-09 or 2020-12, or list the meta-schema in the manifest's `dialects`.
        """#,
        "unknown-event":
            #"""
        # unknown-event

        *Messages and events · error*

        An event is not a value of the discriminator, or a metric family selects an event that its message does not have.

        ## Fix

        Correct the name, or add it to the schema's `enum`.
        """#,
        "unknown-grouping":
            #"""
        # unknown-grouping

        *Alerts · error, can be allowed*

        `by`, `without`, `on`, `ignoring` or `group_left` names an unknown label.

        ## Fix

        The hint names the labels.
        """#,
        "unknown-key":
            #"""
        # unknown-key

        *The shape of the manifest · error*

        The manifest has no such key.

        ## Fix

        Probably a typo: the hint names the most similar key.
        """#,
        "unknown-metric-label":
            #"""
        # unknown-metric-label

        *Alerts · error, can be allowed*

        The series has no such label. Prometheus adds the labels `job`, `instance` and those under `target_labels`.

        ## Fix

        The hint names the most similar label.
        """#,
        "unknown-metric":
            #"""
        # unknown-metric

        *Alerts · error, can be allowed*

        No family exports this series. A histogram exports `_bucket`, `_sum` and `_count`, but no quantiles.

        ## Fix

        The hint names the most similar series, or the expression for the quantile. Allow it for series of other exporters, such as the broker.
        """#,
        "unknown-service":
            #"""
        # unknown-service

        *Topics · error*

        A topic names a service that is not declared.

        ## Fix

        Declare it under `services`.
        """#,
        "unknown-template-label":
            #"""
        # unknown-template-label

        *Alerts · error, can be allowed*

        A template uses a label that the result of the expression does not have. Functions and arithmetic remove `__name__`.

        ## Fix

        Keep the label with `by` in the aggregation.
        """#,
        "unknown-topic":
            #"""
        # unknown-topic

        *Topics · error*

        A message names a topic that is not declared.

        ## Fix

        Declare it, or correct the name.
        """#,
        "unreadable-file":
            #"""
        # unreadable-file

        *Files · error*

        A file is not readable or not a regular file, or a folder cannot be listed.

        ## Fix

        Check its permissions, and that it is not a folder, a pipe or a broken link.
        """#,
        "untested-alert":
            #"""
        # untested-alert

        *Alerts · warning, can be allowed*

        The alert has no tests in which it fires and in which it does not; or the expression has no result for the series of a test in which it must not fire, 10 minutes after `for`.

        ## Fix

        Add `tests:`, or use an intent, whose tests are generated.
        """#,
        "unused-allow":
            #"""
        # unused-allow

        *Permissions · warning*

        A rule under `allow` reports nothing. The entry would hide a later mistake.

        Unused entries are reported only if the contract has no errors.

        ## Fix

        Remove the entry.
        """#,
        "unused-schema":
            #"""
        # unused-schema

        *Messages and events · warning, can be allowed*

        No message uses this schema, by name or by reference.

        ## Fix

        Name it, refer to it, or remove it.
        """#,
        "unwritable-output":
            #"""
        # unwritable-output

        *Templates and commands · error*

        The output folder is not writable, or contains a file of that name that was not generated.

        ## Fix

        Check the path and its permissions; move the file.
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

        A value or a key has another type: a number where a string is expected.

        ## Fix

        Quote it, or follow the message.
        """#,
    ]
}
