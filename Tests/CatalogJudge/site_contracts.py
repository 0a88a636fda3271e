"""Writes two contracts into a folder: one with 100 topics, 1,000 messages and 30 services, and a hostile one, whose texts
are scripts."""
import json
import pathlib
import random
import sys

folder = pathlib.Path(sys.argv[1]) / "large"
folder.mkdir(parents=True)
random.seed(17)
areas = "order payment invoice cart shipment return customer product price stock".split()
lines = ["contract: Market", "version: 1.0.0", "description: Events of a market.", "service: market", "owner: market-team",
         "services:"]
services = [f"{area}-{kind}" for area in areas for kind in ("api", "worker", "archive")]
lines += [f"  {name}: The {name.replace('-', ' ')}." for name in services]
lines += ["topic_defaults: {replication: 3, retention: 7d}", "topics:"]
topics = [f"{area}-{part}" for area in areas
          for part in "created changed removed approved rejected merged split archived restored audited".split()]
for topic in topics:
    some = random.sample(services, 5)
    lines.append(f"  {topic}: {{purpose: Records of {topic.replace('-', ' ')}, partitions: 12, producers: [{', '.join(some[:2])}], "
                 f"consumers: [{', '.join(some[2:])}]}}")
lines.append("messages:")
for number in range(1000):
    topic = topics[number % 100]
    name = "".join(word.capitalize() for word in topic.split("-")) + f"V{number // 100}"
    lines.append(f"  {name}:")
    lines.append(f"    description: A message about **{topic.replace('-', ' ')}**, form {number // 100}.")
    lines.append(f"    schema: {name}.schema.json")
    lines.append(f"    topic: {topic}")
    lines.append("    discriminator: /type")
    lines.append(f"    identified_by: {{property: /type}}")
    schema = {
        "type": "object", "required": ["type", "id", "amount", "lines"],
        "properties": {
            "type": {"enum": [f"{topic}.{number}.{event}" for event in ("begun", "done")]},
            "id": {"type": "string", "format": "uuid", "description": "The id of the record."},
            "amount": {"type": "number", "minimum": 0},
            "currency": {"type": "string", "pattern": "^[A-Z]{3}$"},
            "at": {"type": "string", "format": "date-time"},
            "lines": {"type": "array", "minItems": 1, "items": {
                "type": "object", "required": ["sku"],
                "properties": {"sku": {"type": "string"}, "count": {"type": "integer", "minimum": 1}}}},
        },
    }
    (folder / f"{name}.schema.json").write_text(json.dumps(schema))
(folder / "topics.yaml").write_text("\n".join(lines) + "\n")

folder = pathlib.Path(sys.argv[1]) / "hostile"
folder.mkdir()
text = ("</title></script><script>window.hacked=1</script><img src=x onerror=window.hacked=1>\"><svg onload=window.hacked=1>"
        " [a](javascript:window.hacked=1) [b](data:text/html,<script>window.hacked=1</script>)")
quoted = json.dumps(text)
(folder / "topics.yaml").write_text(f"""contract: Shop
version: 1.0.0
description: {quoted}
service: shop
services: {{a: {quoted}, b: {{description: {quoted}}}}}
topics: {{t: {{purpose: {quoted}, partitions: 1, replication: 1, producers: [a], consumers: [b]}}}}
messages:
  M:
    schema: m.schema.json
    topic: t
    description: {quoted}
    headers: {{h: {quoted}}}
    discriminator: /type
    events: {{{quoted}: {{description: {quoted}}}}}
metrics:
  families:
    shop_things_total: {{type: counter, help: {quoted}, labels: [topic], from: producer.bytes}}
alerts:
  rules:
    Things:
      rate_above: {{of: shop_things_total, by: [topic], value: 1}}
      severity: critical
      summary: {quoted}
      description: {quoted}
      runbook: https://example.com/"><script>window.hacked=1</script>
""")
(folder / "m.schema.json").write_text(json.dumps({
    "type": "object", "title": text, "description": text, "required": ["type"],
    "properties": {"type": {"enum": [text]}, text: {"type": "string", "description": text, "default": text, "title": text}},
}))
