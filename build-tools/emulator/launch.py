"""MiniStack, on loopback only, with record-only handlers for the types that it lacks.

usage: launch.py TYPES.json   (GATEWAY_PORT and BIND_HOST in the environment; it ends when its standard input does)

GET  /_demo/record           {"<region>/<stack>/<logicalId>": {Type, PhysicalId, Native, Properties, Attributes, Revision}}
POST /_demo/fail?<logicalId> the next creation or update of that resource fails; without an id, none does

A type of the list gets a physical id and its attributes from the patterns there, and nothing else: an attribute that is not
in the list fails the deployment, as in CloudFormation. Nothing is guessed.
"""
import hashlib
import importlib.metadata
import json
import os
import re
import sys
import threading
import uuid

VERSION = "1.5.33"  # the handlers below reach into MiniStack
LOOPBACK = ("127.0.0.1", "::1", "localhost")


def loopback_only(event, args):
    """No socket of this process listens or connects beyond loopback, whatever the emulator does."""
    if event in ("socket.bind", "socket.connect") and isinstance(args[1], tuple) and args[1][0] not in LOOPBACK:
        raise PermissionError(f"{event} to {args[1][0]}: the emulator stays on loopback, set BIND_HOST=127.0.0.1")


def end_with_parent():
    """Standard input is a pipe of whoever started this: it ends with them, however they end."""
    while os.read(0, 4096):  # not sys.stdin: its lock would abort the interpreter's own end
        pass
    os._exit(0)


sys.addaudithook(loopback_only)
if importlib.metadata.version("ministack") != VERSION:
    sys.exit(f"ministack is {importlib.metadata.version('ministack')}: this launcher is for {VERSION}, install build-tools/emulator/requirements.txt")
threading.Thread(target=end_with_parent, daemon=True).start()

import ministack.app as server  # noqa: E402
from ministack.core.responses import get_account_id, get_region, request_scope  # noqa: E402
from ministack.services import alb  # noqa: E402
from ministack.services.cloudformation import changesets, engine, handlers, provisioners, stacks  # noqa: E402

RECORD, FAIL = {}, set()


def key(stack, logical_id):
    return f"{get_region()}/{stack}/{logical_id}"


def note(rtype, stack, logical_id, result, props):
    k = key(stack, logical_id)
    RECORD[k] = {"Type": rtype, "PhysicalId": result[0], "Native": rtype not in TYPES, "Properties": props, "Attributes": result[1],
                 "Revision": RECORD.get(k, {}).get("Revision", 0) + 1}
    return result


def stop_if_asked(logical_id):
    if logical_id in FAIL:
        FAIL.discard(logical_id)
        raise ValueError(f"injected failure of {logical_id}")


def handler(spec):
    """Creates and updates do nothing but name the resource."""
    def named(logical_id, props, stack):
        digest = hashlib.sha256(key(stack, logical_id).encode()).hexdigest()
        values = {"region": get_region(), "account": get_account_id(), "stack": stack, "id": logical_id, "uuid": str(uuid.UUID(digest[:32])), "hex12": digest[:12],
                  "hex17": digest[:17], "hex32": digest[:32], **{k: v for k, v in props.items() if isinstance(v, str)}}

        def fill(pattern):
            return re.sub(r"\{(\w+)\}", lambda m: values[m[1]], pattern)
        values["ref"] = fill(spec["ref"])
        return values["ref"], {name: fill(pattern) for name, pattern in spec.get("attributes", {}).items()}
    return {"create": named, "update": lambda pid, old, new, stack, logical_id: named(logical_id, new, stack), "update_with_logical_id": True,
            "delete": lambda pid, props: None}


with open(sys.argv[1], encoding="utf-8") as file:
    TYPES = json.load(file)
for name, spec in TYPES.items():
    if name in provisioners._RESOURCE_HANDLERS:
        sys.exit(f"MiniStack handles {name} itself: remove it from {sys.argv[1]}")
    provisioners._RESOURCE_HANDLERS[name] = handler(spec)

# What CloudFormation's engine calls for each resource, native or not.
provision, update, delete = stacks._provision_resource, stacks._update_resource, stacks._delete_resource


def provision_noted(rtype, logical_id, props, stack):
    stop_if_asked(logical_id)
    return note(rtype, stack, logical_id, provision(rtype, logical_id, props, stack), props)


def update_noted(rtype, pid, old, new, stack, logical_id=None, old_attrs=None):
    if old != new:
        stop_if_asked(logical_id)
    result = update(rtype, pid, old, new, stack, logical_id, old_attrs)
    return result if old == new else note(rtype, stack, logical_id, result, new)


def delete_noted(rtype, pid, props, stack=None, logical_id=None):
    # MiniStack deletes load balancers and clusters in spite of their protection; AWS does not.
    protected = {"Key": "deletion_protection.enabled", "Value": "true"} in alb._lb_attrs.get(pid, [])
    if protected or (rtype == "AWS::RDS::DBCluster" and props.get("DeletionProtection")):
        raise ValueError(f"{pid} cannot be deleted because deletion protection is enabled")
    delete(rtype, pid, props, stack, logical_id)
    if RECORD.get(key(stack, logical_id), {}).get("PhysicalId") == pid:  # not the predecessor of a replacement
        del RECORD[key(stack, logical_id)]


stacks._provision_resource, stacks._update_resource, stacks._delete_resource = provision_noted, update_noted, delete_noted

# Fn::GetStackOutput: MiniStack looks in the region of the stack that asks, whatever 'Region' says.
resolve_refs = engine._resolve_refs


def resolve(value, *rest, **named):
    spec = value.get("Fn::GetStackOutput") if isinstance(value, dict) else None
    if not isinstance(spec, dict):
        return resolve_refs(value, *rest, **named)
    spec = {name: resolve(v, *rest, **named) for name, v in spec.items()}
    with request_scope(get_account_id(), spec.get("Region") or get_region()):
        return resolve_refs({"Fn::GetStackOutput": spec}, *rest, **named)


for module in (engine, stacks, changesets, handlers):
    module._resolve_refs = resolve

application = server.app


async def with_record(scope, receive, send):
    if scope["type"] != "http" or not scope["path"].startswith("/_demo/"):
        return await application(scope, receive, send)
    if scope["path"] == "/_demo/fail":
        FAIL.clear()
        FAIL.update(filter(None, [scope["query_string"].decode()]))
    body = json.dumps(RECORD, sort_keys=True, default=lambda v: f"unserializable {type(v).__name__}").encode()
    await send({"type": "http.response.start", "status": 200, "headers": [(b"content-type", b"application/json")]})
    await send({"type": "http.response.body", "body": body})


server.app = with_record
sys.argv = sys.argv[:1]
server.main()
