#!/usr/bin/env python3
"""A schema registry for tests: HTTP by the public REST documentation, with its state in memory.

    registry.py [--port 0] [--user NAME:PASSWORD] [--token TOKEN] [--certificate PEM --key PEM [--authorities PEM]]
                [--answers id|full] [--stored exact|sorted]

It prints its URL when it listens, and ends with its standard input. `POST /test/behavior` sets how the next requests are
answered: {"times": 1, "status": 500, "body": {...}}, {"stall": seconds}, {"redirect": URL}, {"close": true}; `path` limits it to
requests whose path begins so. `GET /test/requests` lists the requests so far.
"""

import argparse
import base64
import hashlib
import json
import ssl
import sys
import threading
import time
import urllib.parse
import uuid
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from rules import differences

LEVELS = ["NONE", "BACKWARD", "BACKWARD_TRANSITIVE", "FORWARD", "FORWARD_TRANSITIVE", "FULL", "FULL_TRANSITIVE"]
MODES = ["READWRITE", "READONLY", "READONLY_OVERRIDE", "IMPORT", "FORWARD"]


class Refusal(Exception):
    """An answer with an error code; the status is its first three digits."""

    def __init__(self, code, message):
        self.status = int(str(code)[:3])
        self.body = {"error_code": code, "message": message}


def subject_not_found(name):
    return Refusal(40401, f"Subject '{name}' not found.")


class Schema:
    """A schema with its id: one for each text, whatever the subject."""

    def __init__(self, number, text, kind, references):
        self.id, self.text, self.kind, self.references = number, text, kind, references
        self.guid = str(uuid.UUID(bytes=hashlib.md5(self.key(text, kind, references).encode()).digest()))

    @staticmethod
    def key(text, kind, references):
        return json.dumps([text, kind, references])

    def members(self):
        members = {"schema": self.text}
        if self.kind != "AVRO":
            members["schemaType"] = self.kind
        if self.references:
            members["references"] = self.references
        return members


class Version:
    def __init__(self, number, schema):
        self.number, self.schema, self.is_deleted = number, schema, False


class Registry:
    def __init__(self, stored):
        self.stored = stored
        self.schemas = {}
        self.subjects = {}
        self.numbers = {}
        self.levels, self.modes = {None: "BACKWARD"}, {None: "READWRITE"}

    # Schemas

    def canonical(self, body, normalize):
        """The text that is stored, its language, and its references."""
        kind = body.get("schemaType", "AVRO")
        references = body.get("references", [])
        if not isinstance(body.get("schema"), str):
            raise Refusal(42201, "Empty schema")
        for reference in references:
            self.version(reference["subject"], str(reference["version"]))
        if kind not in ("JSON", "AVRO"):
            return body["schema"], kind, references
        try:
            value = json.loads(body["schema"])
        except ValueError as error:
            raise Refusal(42201, f"Invalid schema: {error}")
        if kind == "JSON" and not isinstance(value, (dict, bool)):
            raise Refusal(42201, "Invalid schema: neither an object nor a boolean")
        is_sorted = normalize or self.stored == "sorted"
        return json.dumps(value, sort_keys=is_sorted, separators=(",", ":")), kind, references

    def versions(self, name, with_deleted=False):
        versions = self.subjects.get(name, [])
        return [version for version in versions if with_deleted or not version.is_deleted]

    def existing(self, name, with_deleted=False):
        versions = self.versions(name, with_deleted)
        if not versions:
            raise subject_not_found(name)
        return versions

    def version(self, name, text, with_deleted=False):
        versions = self.existing(name, with_deleted)
        if text in ("latest", "-1"):
            return versions[-1]
        if not text.isdigit() or not 1 <= int(text) < 2**31:
            raise Refusal(42202, f"The specified version '{text}' is not a valid version id.")
        for version in versions:
            if version.number == int(text):
                return version
        raise Refusal(40402, f"Version {text} not found.")

    def find(self, name, body, normalize, with_deleted=False):
        text, kind, references = self.canonical(body, normalize)
        for version in self.existing(name, with_deleted):
            schema = version.schema
            if (schema.text, schema.kind, schema.references) == (text, kind, references):
                return version
        raise Refusal(40403, "Schema not found")

    def register(self, name, body, normalize):
        if self.modes.get(name, self.modes[None]).startswith("READONLY"):
            raise Refusal(42205, f"Subject {name} is in read-only mode")
        try:
            return self.find(name, body, normalize)
        except Refusal as refusal:
            if refusal.body["error_code"] not in (40401, 40403):
                raise
        text, kind, references = self.canonical(body, normalize)
        level = self.levels.get(name, self.levels[None])
        earlier = self.versions(name)
        messages = self.messages(earlier, text, level)
        if messages:
            raise Refusal(409, f"Schema being registered is incompatible with an earlier schema; details: {messages}")
        key = Schema.key(text, kind, references)
        if key not in self.schemas:
            self.schemas[key] = Schema(len(self.schemas) + 1, text, kind, references)
        self.numbers[name] = self.numbers.get(name, 0) + 1
        version = Version(self.numbers[name], self.schemas[key])
        self.subjects.setdefault(name, []).append(version)
        return version

    def messages(self, earlier, text, level):
        """The reasons why a schema is not compatible with earlier versions."""
        if level == "NONE" or not earlier:
            return []
        compared = earlier if level.endswith("TRANSITIVE") else earlier[-1:]
        direction = level.split("_")[0]
        new = json.loads(text)
        found = []
        for version in compared:
            old = json.loads(version.schema.text)
            if direction in ("BACKWARD", "FULL"):
                found += differences(old, new)
            if direction in ("FORWARD", "FULL"):
                found += differences(new, old)
        return found

    def by_id(self, number):
        for schema in self.schemas.values():
            if str(schema.id) == number:
                return schema
        raise Refusal(40403, f"Schema {number} not found")

    def by_guid(self, guid):
        for schema in self.schemas.values():
            if schema.guid == guid.lower():
                return schema
        raise Refusal(40403, f"Schema {guid} not found")

    def uses(self, schema):
        return [
            {"subject": name, "version": version.number}
            for name in sorted(self.subjects) for version in self.versions(name) if version.schema is schema
        ]

    def referring(self, name, version):
        return [
            other.schema.id
            for subject in self.subjects for other in self.versions(subject)
            if any(r["subject"] == name and r["version"] == version.number for r in other.schema.references)
        ]

    # Deletion

    def delete(self, name, text, permanent):
        if not self.subjects.get(name):
            raise subject_not_found(name)
        every = text is None
        chosen = self.versions(name, permanent) if every else [self.version(name, text, True)]
        if not chosen:
            raise Refusal(40404, f"Subject '{name}' was soft deleted. Set permanent=true to delete permanently")
        for version in chosen:
            if self.referring(name, version):
                raise Refusal(42206, f"One or more references exist to the schema {name} version {version.number}")
            if permanent and not version.is_deleted:
                code, what = (40405, f"Subject '{name}'") if every else (40407, f"Version {version.number}")
                raise Refusal(code, f"{what} was not deleted first before being permanently deleted")
            if not permanent and version.is_deleted:
                raise Refusal(40406, f"Version {version.number} was soft deleted.")
        for version in chosen:
            version.is_deleted = True
            if permanent:
                self.subjects[name].remove(version)
        numbers = [version.number for version in chosen]
        return numbers if every else numbers[0]


class Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def log_message(self, *arguments):
        pass

    def do_GET(self):
        self.answer("GET")

    def do_POST(self):
        self.answer("POST")

    def do_PUT(self):
        self.answer("PUT")

    def do_DELETE(self):
        self.answer("DELETE")

    def answer(self, method):
        data = self.rfile.read(int(self.headers.get("Content-Length", 0)))
        server = self.server
        if self.path == "/test/behavior":
            server.behaviors.append(json.loads(data))
            return self.write(200, {})
        if self.path == "/test/requests":
            return self.write(200, server.requests)
        with server.lock:
            server.requests.append(f"{method} {self.path}")
            behavior = next((b for b in server.behaviors if self.path.startswith(b.get("path", "/"))), None)
            if behavior:
                behavior["times"] = behavior.get("times", 1) - 1
                if behavior["times"] <= 0:
                    server.behaviors.remove(behavior)
        if behavior and not self.behave(behavior):
            return
        if not server.accepts(self.headers.get("Authorization", "")):
            return self.write(401, {"error_code": 401, "message": "Unauthorized"})
        try:
            body = json.loads(data) if data else {}
            with server.lock:
                result = self.route(method, body)
            self.write(200, result)
        except Refusal as refusal:
            self.write(refusal.status, refusal.body)
        except ValueError:
            self.write(400, {"error_code": 400, "message": "Unable to process JSON"})

    def behave(self, behavior):
        """Does what a test asked for; returns whether the request is answered as usual then."""
        if "stall" in behavior:
            time.sleep(behavior["stall"])
        if behavior.get("close"):
            self.close_connection = True
            self.connection.close()
            return False
        if "redirect" in behavior:
            self.write(307, {}, {"Location": behavior["redirect"] + self.path})
            return False
        if "status" in behavior:
            self.write(behavior["status"], behavior.get("body", {}))
            return False
        return True

    def write(self, status, body, headers={}):
        data = body.encode() if isinstance(body, str) and body.startswith("<") else json.dumps(body).encode()
        try:
            self.send_response(status)
            self.send_header("Content-Type", "application/vnd.schemaregistry.v1+json")
            self.send_header("Content-Length", str(len(data)))
            for name, value in headers.items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(data)
        except OSError:
            # The client has not waited for the answer.
            self.close_connection = True

    # Routes

    def route(self, method, body):
        url = urllib.parse.urlsplit(self.path)
        query = {name: values[0] for name, values in urllib.parse.parse_qs(url.query).items()}
        parts = [urllib.parse.unquote(part) for part in url.path.split("/") if part]
        flag = lambda name: query.get(name, "false").lower() == "true"
        registry = self.server.registry
        match (method, *parts):
            case ("GET",):
                return {}
            case ("GET", "subjects"):
                prefix = query.get("subjectPrefix", "")
                return [s for s in sorted(registry.subjects) if s.startswith(prefix) and registry.versions(s, flag("deleted"))]
            case ("GET", "subjects", name, "versions"):
                return [version.number for version in registry.existing(name, flag("deleted"))]
            case ("POST", "subjects", name, "versions"):
                version = registry.register(name, body, flag("normalize"))
                if self.server.answers == "id":
                    return {"id": version.schema.id}
                return self.registered(name, version)
            case ("POST", "subjects", name):
                return self.registered(name, registry.find(name, body, flag("normalize"), flag("deleted")))
            case ("GET", "subjects", name, "versions", version):
                return self.registered(name, registry.version(name, version, flag("deleted")))
            case ("GET", "subjects", name, "versions", version, "schema"):
                return json.loads(registry.version(name, version).schema.text)
            case ("GET", "subjects", name, "versions", version, "referencedby"):
                return registry.referring(name, registry.version(name, version))
            case ("DELETE", "subjects", name):
                return registry.delete(name, None, flag("permanent"))
            case ("DELETE", "subjects", name, "versions", version):
                return registry.delete(name, version, flag("permanent"))
            case ("GET", "schemas", "types"):
                return ["JSON", "AVRO", "PROTOBUF"]
            case ("GET", "schemas", "ids", number):
                schema = registry.by_id(number)
                return schema.members() | ({"guid": schema.guid} if self.server.answers == "full" else {})
            case ("GET", "schemas", "ids", number, "versions"):
                return registry.uses(registry.by_id(number))
            case ("GET", "schemas", "ids", number, "subjects"):
                return sorted({use["subject"] for use in registry.uses(registry.by_id(number))})
            case ("GET", "schemas", "guids", guid):
                return registry.by_guid(guid).members()
            case ("POST", "compatibility", "subjects", name, "versions", *version):
                return self.compatibility(name, version, body, flag("verbose"))
            case (_, "config" | "mode" as what, *subject) if len(subject) <= 1:
                return self.setting(method, what, subject[0] if subject else None, body, flag("defaultToGlobal"))
        raise Refusal(404, "HTTP 404 Not Found")

    def registered(self, name, version):
        members = {"subject": name, "version": version.number, "id": version.schema.id} | version.schema.members()
        return members | ({"guid": version.schema.guid} if self.server.answers == "full" else {})

    def compatibility(self, name, version, body, verbose):
        registry = self.server.registry
        text, _, _ = registry.canonical(body, False)
        level = registry.levels.get(name, registry.levels[None])
        earlier = [registry.version(name, version[0])] if version else registry.versions(name)
        messages = registry.messages(earlier, text, level)
        return {"is_compatible": not messages} | ({"messages": messages} if verbose else {})

    def setting(self, method, what, subject, body, falls_back):
        registry = self.server.registry
        values, words, name, missing, invalid = (
            (registry.levels, LEVELS, "compatibility", 40408, 42203) if what == "config"
            else (registry.modes, MODES, "mode", 40409, 42204))
        shown = "compatibilityLevel" if what == "config" else "mode"
        if method == "PUT":
            if body.get(name) not in words:
                raise Refusal(invalid, f"Invalid {name}. Valid values are {', '.join(words)}")
            values[subject] = body[name]
            return {name: body[name]}
        if subject not in values and not falls_back:
            raise Refusal(missing, f"Subject '{subject}' does not have a {name} configured")
        value = values.get(subject, values[None])
        if method == "DELETE" and subject is not None:
            del values[subject]
        return {shown: value}


class Server(ThreadingHTTPServer):
    daemon_threads = True

    def __init__(self, options):
        super().__init__(("127.0.0.1", options.port), Handler)
        self.registry = Registry(options.stored)
        self.answers = options.answers
        self.lock = threading.Lock()
        self.behaviors, self.requests = [], []
        self.accepted = []
        if options.user:
            self.accepted.append("Basic " + base64.b64encode(options.user.encode()).decode())
        if options.token:
            self.accepted.append("Bearer " + options.token)
        self.scheme = "http"
        if options.certificate:
            context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
            context.load_cert_chain(options.certificate, options.key)
            if options.authorities:
                context.load_verify_locations(options.authorities)
                context.verify_mode = ssl.CERT_REQUIRED
            self.socket = context.wrap_socket(self.socket, server_side=True, do_handshake_on_connect=False)
            self.scheme = "https"

    def accepts(self, authorization):
        return not self.accepted or authorization in self.accepted

    def handle_error(self, request, client_address):
        # Handshakes that fail are part of tests.
        pass


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--port", type=int, default=0)
    parser.add_argument("--user")
    parser.add_argument("--token")
    parser.add_argument("--certificate")
    parser.add_argument("--key")
    parser.add_argument("--authorities")
    parser.add_argument("--answers", choices=["id", "full"], default="full")
    parser.add_argument("--stored", choices=["exact", "sorted"], default="exact")
    server = Server(parser.parse_args())
    threading.Thread(target=server.serve_forever, daemon=True).start()
    print(f"{server.scheme}://localhost:{server.server_address[1]}", flush=True)
    sys.stdin.read()


main()
