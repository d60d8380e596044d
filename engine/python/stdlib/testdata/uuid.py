# uuid
import uuid
from uuid import UUID


def attempt(f, *args, **kw):
    try:
        return repr(f(*args, **kw))
    except Exception as e:
        return type(e).__name__ + ': ' + str(e)


u = UUID('12345678-1234-5678-9abc-def012345678')
print(u, repr(u), u.hex, u.int, u.bytes, u.bytes_le, u.fields, u.urn, u.variant, u.version, u.time, u.clock_seq, u.node, int(u))
print(UUID('{12345678123456789abcdef012345678}') == u, UUID(bytes=u.bytes) == u, UUID(int=u.int) == u, UUID(bytes_le=u.bytes_le) == u, UUID(fields=u.fields) == u, UUID(u.urn) == u, hash(u) == hash(UUID(str(u))), u < UUID(int=5), {u: 1}[UUID(str(u))])
print(attempt(UUID), attempt(UUID, 'abc'), attempt(UUID, int=-1), attempt(UUID, int=5, version=9), attempt(UUID, bytes=b'x'), attempt(setattr, u, 'int', 5))
print(uuid.uuid5(uuid.NAMESPACE_DNS, 'python.org'), uuid.uuid3(uuid.NAMESPACE_DNS, 'python.org'), uuid.uuid5(uuid.NAMESPACE_URL, 'http://x'), uuid.NAMESPACE_OID, uuid.NAMESPACE_X500)
a, b, c = uuid.uuid4(), uuid.uuid4(), uuid.uuid1()
print(a != b, a.version, a.variant, len(str(a)), c.version, c.variant, uuid.uuid1(node=5, clock_seq=3).node, uuid.uuid1(5, 3).clock_seq, u == 'x', UUID(int=0), UUID(int=2 ** 128 - 1).variant)
