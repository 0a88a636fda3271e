"""Two registry clients that are not ours, and confluent-kafka's JSON serializer and deserializer.

    judge.py clients URL             both clients use the registry, and find what the other has done
    judge.py find URL SUBJECT        prints what each client finds as the latest version of a subject, as JSON
    judge.py read URL BROKER TOPIC COUNT   prints the messages of a topic, deserialized by the schema that each record names
    judge.py write URL BROKER TOPIC        writes the messages of standard input in both forms, and prints the records' bytes
"""

import json
import sys
import uuid

from confluent_kafka import Consumer, Producer
from confluent_kafka.schema_registry import (
    Schema, SchemaRegistryClient, SchemaRegistryError, dual_schema_id_deserializer, header_schema_id_serializer,
    prefix_schema_id_serializer)
from confluent_kafka.schema_registry.json_schema import JSONDeserializer, JSONSerializer
from confluent_kafka.serialization import MessageField, SerializationContext
from schema_registry.client import SchemaRegistryClient as OtherClient
from schema_registry.client import schema as other

OPEN = json.dumps({"type": "object", "properties": {"a": {"type": "string"}}})
STRICT = json.dumps({"type": "object", "properties": {"a": {"type": "string"}}, "required": ["a"]})


def clients(url):
    first, second = SchemaRegistryClient({"url": url}), OtherClient(url=url)
    number = first.register_schema("judged", Schema(OPEN, "JSON"))
    assert second.check_version("judged", other.JsonSchema(OPEN)).schema_id == number
    assert second.get_by_id(number).raw_schema == json.loads(OPEN)
    assert second.get_versions("judged") == [1] == first.get_versions("judged")

    assert not second.test_compatibility("judged", other.JsonSchema(STRICT))
    assert not first.test_compatibility("judged", Schema(STRICT, "JSON"))
    try:
        first.register_schema("judged", Schema(STRICT, "JSON"))
        raise AssertionError("an incompatible schema was registered")
    except SchemaRegistryError as error:
        assert error.http_status_code == 409, error

    second.update_compatibility("NONE", "judged")
    assert first.get_compatibility("judged") == "NONE"
    strict = second.register("judged", other.JsonSchema(STRICT))
    latest = first.get_latest_version("judged")
    assert (latest.schema_id, latest.version, latest.schema.schema_type) == (strict, 2, "JSON")
    if latest.guid is not None:
        assert first.get_schema_by_guid(latest.guid).schema_str == latest.schema.schema_str

    assert first.delete_version("judged", 1) == 1
    assert second.get_versions("judged") == [2]
    assert second.delete_subject("judged") == [2]
    assert second.get_versions("judged") == []
    assert first.delete_subject("judged", permanent=True) == [1, 2]
    assert "judged" not in first.get_subjects()
    print(json.dumps("fine"))


def find(url, subject):
    latest = SchemaRegistryClient({"url": url}).get_latest_version(subject)
    found = OtherClient(url=url).get_schema(subject)
    print(json.dumps([
        {"id": latest.schema_id, "version": latest.version, "schema": json.loads(latest.schema.schema_str)},
        {"id": found.schema_id, "version": found.version, "schema": found.schema.raw_schema},
    ]))


def records(broker, topic, count):
    consumer = Consumer({
        "bootstrap.servers": broker, "group.id": str(uuid.uuid4()), "auto.offset.reset": "earliest"})
    consumer.subscribe([topic])
    found = []
    while len(found) < count:
        record = consumer.poll(30)
        assert record is not None, f"{len(found)} of {count} records within 30 s"
        assert record.error() is None, record.error()
        found.append(record)
    consumer.close()
    return found


def read(url, broker, topic, count):
    registry = SchemaRegistryClient({"url": url})
    deserialize = JSONDeserializer(
        None, schema_registry_client=registry, conf={"schema.id.deserializer": dual_schema_id_deserializer})
    print(json.dumps([
        deserialize(record.value(), SerializationContext(topic, MessageField.VALUE, record.headers() or []))
        for record in records(broker, topic, int(count))
    ]))


def write(url, broker, topic):
    registry, producer = SchemaRegistryClient({"url": url}), Producer({"bootstrap.servers": broker})
    values = [json.loads(line) for line in sys.stdin]
    for form in (prefix_schema_id_serializer, header_schema_id_serializer):
        serialize = JSONSerializer(
            None, registry,
            conf={"auto.register.schemas": False, "use.latest.version": True, "schema.id.serializer": form})
        for value in values:
            headers = []
            data = serialize(value, SerializationContext(topic, MessageField.VALUE, headers))
            producer.produce(topic, data, headers=headers)
    assert producer.flush(30) == 0
    print(json.dumps([
        {"value": record.value().hex(), "headers": [[name, value.hex()] for name, value in record.headers() or []]}
        for record in records(broker, topic, 2 * len(values))
    ]))


{"clients": clients, "find": find, "read": read, "write": write}[sys.argv[1]](*sys.argv[2:])
