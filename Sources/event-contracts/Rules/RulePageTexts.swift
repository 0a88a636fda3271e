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
        "encryption":
            #"""
            # encryption

            *Messages and events · error or warning, can be allowed*

            `encryption` lacks a category of sensitive values, uses a key with two schemes, has two keys with the same variable, or has an invalid marker. A warning: no value has the category.

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
        "impossible-label-value":
            #"""
            # impossible-label-value

            *Alerts · error, can be allowed*

            The label never has this value, or no value that an alternative of the pattern matches, so that no series is selected. A bound is compared with `le` as Prometheus stores it: `1.0` for 1.

            ## Fix

            The hint names the values.
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

            The name of a label is invalid, or its source has no such values.

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

            See the hint, or [the sources](../../Sources/EventContracts/EventContracts.docc/Monitoring.md).
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
        "never-matches":
            #"""
            # never-matches

            *Alerts · error, can be allowed*

            The labels of two sides are never equal, so that no series match; or several series of a side match one series of the other, which Prometheus rejects without `group_left`; or a threshold is never exceeded. Also an alert that always fires: on a number, or on a comparison with `bool`.

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
        "sensitive-field":
            #"""
            # sensitive-field

            *Messages and events · error*

            A sensitive value would be disclosed, for example by a record key, a header or a metric; or the contract states the value by `fixed`, `default`, `const` or `enum`; or a property of a shared type is sensitive in some of its places alone.

            ## Fix

            Name another property, or see the hint.
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

            The alert has no tests in which it fires and in which it does not; or the expression has no result for the series of a test, 10 minutes after `for`.

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
