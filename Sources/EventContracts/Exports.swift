// Generated code imports this module and nothing else.
@_exported public import JSONTape
@_exported public import KafkaSettings
@_exported public import MessageCoding
@_exported public import PrometheusMetrics
