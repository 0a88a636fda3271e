"""Judges records that kcat has read from a broker: python -c judge.py SCHEMAS PARTITIONS < records of `kcat -J`.

Knows nothing of ours: validates each value by its schema with jsonschema, computes each partition with Java's murmur2, and looks
at the order of each key. PARTITIONS is JSON, the number of partitions by topic.
"""

import collections
import json
import pathlib
import sys

import jsonschema

SCHEMAS = {"tda_jobs": "job", "tda_results": "result", "tda_events": "event", "tda_monitoring": "monitoring"}


def murmur2(data):
    """As org.apache.kafka.common.utils.Utils has it."""
    mask, m = 0xFFFFFFFF, 0x5BD1E995
    h = 0x9747B28C ^ len(data)
    whole = len(data) & ~3
    for start in range(0, whole, 4):
        k = int.from_bytes(data[start:start + 4], "little") * m & mask
        k = (k ^ k >> 24) * m & mask
        h = (h * m & mask) ^ k
    rest = data[whole:]
    if rest:
        h = (h ^ int.from_bytes(rest, "little")) * m & mask
    h = (h ^ h >> 13) * m & mask
    return h ^ h >> 15


def main():
    folder, partitions = pathlib.Path(sys.argv[1]), json.loads(sys.argv[2])
    validators = {
        topic: jsonschema.Draft202012Validator(json.loads((folder / f"{name}.schema.json").read_text()))
        for topic, name in SCHEMAS.items()
    }
    findings, counts, last, ids = [], collections.Counter(), {}, set()
    for line in sys.stdin:
        record = json.loads(line)
        topic, place = record["topic"], f"{record['topic']} {record['partition']} {record['offset']}"
        value = json.loads(record["payload"])
        headers = dict(zip(record["headers"][::2], record["headers"][1::2]))
        metadata, payload = value["metadata"], value["payload"]
        counts[topic] += 1
        for error in validators[topic].iter_errors(value):
            findings.append(f"{place}: {error.json_path}: {error.message}")
        if headers.get("message-type") != metadata["message_type"] or headers.get("content-type") != "application/json":
            findings.append(f"{place}: the headers are {headers}")
        if record["partition"] != (murmur2(record["key"].encode()) & 0x7FFFFFFF) % partitions[topic]:
            findings.append(f"{place}: the key {record['key']} belongs to another partition")
        if metadata["message_id"] in ids:
            findings.append(f"{place}: the id is there twice")
        ids.add(metadata["message_id"])
        if topic == "tda_jobs":
            if record["key"] != payload["job_id"] or headers.get("correlation-id") != payload["job_id"]:
                findings.append(f"{place}: key or correlation of another job")
            number = payload["execution_time"]
            if number != last.get(record["key"], -1) + 1:
                findings.append(f"{place}: {number} after {last.get(record['key'])} of {record['key']}")
            last[record["key"]] = number
    for finding in findings[:50]:
        print(finding)
    print(json.dumps({"findings": len(findings), "keys": len(last), **dict(sorted(counts.items()))}))


main()
