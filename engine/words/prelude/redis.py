"""Keys that sessions share: DARedis, with the names and replies of the client that authors know."""

import _words
from _objects import DAObject, DAError


def _names(first, more):
    """Names that are given one by one or as a list."""
    if isinstance(first, (list, tuple, set)):
        return [*first, *more]
    return [first, *more]


def _amount(time, unit=1):
    """A time as a number of seconds, or of milliseconds with the unit 1000."""
    if hasattr(time, 'total_seconds'):
        return int(time.total_seconds() * unit)
    return time


def _moment(when, unit=1):
    if hasattr(when, 'timestamp'):
        return int(when.timestamp() * unit)
    return when


def _number(reply):
    return None if reply is None else float(reply)


def _scored(reply, withscores, cast=float):
    if not withscores:
        return reply
    return [(reply[i], cast(float(reply[i + 1]))) for i in range(0, len(reply), 2)]


def _absent(name):
    def method(self, *pargs, **kwargs):
        raise DAError('DARedis: ' + name + '() is not offered: interviews have the commands of texts, counters, lists, hashes, '
                      'sets and sorted sets, and how long a key lives')
    return method


class DARedis(DAObject):
    """Keys that all sessions of an interview share, or with base='global' those of all interviews. Writing is done at once, and Back
    does not undo it."""

    def _do(self, *words):
        base = self.__dict__.get('base') or 'interview'
        if base not in ('interview', 'global'):
            raise DAError("DARedis: base must be 'interview' or 'global'")
        return _words.redis(base, *words)

    def key(self, keyname):
        return _words.context()['filename'] + ':' + str(keyname)

    def set_data(self, key, data, expire=None):
        if expire is not None and (isinstance(expire, bool) or not isinstance(expire, int)):
            raise DAError('set_data: expire time must be an integer')
        packed = _words.redis_pack(data)
        if expire is None:
            self._do('SET', key, packed)
        elif expire > 0:
            self._do('SET', key, packed, 'EX', expire)
        else:
            self._do('DEL', key)

    def get_data(self, key):
        packed = self._do('GET', key)
        return None if packed is None else _words.redis_unpack(packed)

    # Texts and counters

    def get(self, name):
        return self._do('GET', name)

    def set(self, name, value, ex=None, px=None, nx=False, xx=False, keepttl=False, get=False, exat=None, pxat=None):
        words = []
        for option, time in (('EX', _amount(ex)), ('PX', _amount(px, 1000)), ('EXAT', _moment(exat)), ('PXAT', _moment(pxat, 1000))):
            if time is not None:
                words += [option, time]
        for option, wanted in (('NX', nx), ('XX', xx), ('KEEPTTL', keepttl), ('GET', get)):
            if wanted:
                words.append(option)
        reply = self._do('SET', name, value, *words)
        return reply if get else None if reply is None else True

    def setex(self, name, time, value):
        self._do('SETEX', name, _amount(time), value)
        return True

    def psetex(self, name, time_ms, value):
        self._do('PSETEX', name, _amount(time_ms, 1000), value)
        return True

    def setnx(self, name, value):
        return bool(self._do('SETNX', name, value))

    def getset(self, name, value):
        return self._do('GETSET', name, value)

    def getdel(self, name):
        return self._do('GETDEL', name)

    def mget(self, keys, *args):
        return self._do('MGET', *_names(keys, args))

    def mset(self, mapping):
        self._do('MSET', *[word for pair in mapping.items() for word in pair])
        return True

    def append(self, key, value):
        return self._do('APPEND', key, value)

    def strlen(self, name):
        return self._do('STRLEN', name)

    def getrange(self, key, start, end):
        return self._do('GETRANGE', key, start, end)

    def incr(self, name, amount=1):
        return self._do('INCRBY', name, amount)

    incrby = incr

    def decr(self, name, amount=1):
        return self._do('DECRBY', name, amount)

    decrby = decr

    def incrbyfloat(self, name, amount=1.0):
        return float(self._do('INCRBYFLOAT', name, amount))

    # Keys

    def delete(self, *names):
        return self._do('DEL', *names)

    unlink = delete

    def exists(self, *names):
        return self._do('EXISTS', *names)

    def expire(self, name, time):
        return bool(self._do('EXPIRE', name, _amount(time)))

    def pexpire(self, name, time):
        return bool(self._do('PEXPIRE', name, _amount(time, 1000)))

    def expireat(self, name, when):
        return bool(self._do('EXPIREAT', name, _moment(when)))

    def pexpireat(self, name, when):
        return bool(self._do('PEXPIREAT', name, _moment(when, 1000)))

    def ttl(self, name):
        return self._do('TTL', name)

    def pttl(self, name):
        return self._do('PTTL', name)

    def persist(self, name):
        return bool(self._do('PERSIST', name))

    def type(self, name):
        return self._do('TYPE', name)

    def rename(self, src, dst):
        self._do('RENAME', src, dst)
        return True

    def renamenx(self, src, dst):
        return bool(self._do('RENAMENX', src, dst))

    def keys(self, pattern='*'):
        return self._do('KEYS', pattern)

    def scan_iter(self, match=None, count=None, _type=None):
        for name in self.keys('*' if match is None else match):
            if _type is None or self.type(name).decode() == _type.lower():
                yield name

    # Lists

    def rpush(self, name, *values):
        return self._do('RPUSH', name, *values)

    def lpush(self, name, *values):
        return self._do('LPUSH', name, *values)

    def rpushx(self, name, *values):
        return self._do('RPUSHX', name, *values)

    def lpushx(self, name, *values):
        return self._do('LPUSHX', name, *values)

    def lpop(self, name, count=None):
        return self._do('LPOP', name) if count is None else self._do('LPOP', name, count)

    def rpop(self, name, count=None):
        return self._do('RPOP', name) if count is None else self._do('RPOP', name, count)

    def llen(self, name):
        return self._do('LLEN', name)

    def lrange(self, name, start, end):
        return self._do('LRANGE', name, start, end)

    def lindex(self, name, index):
        return self._do('LINDEX', name, index)

    def lset(self, name, index, value):
        self._do('LSET', name, index, value)
        return True

    def lrem(self, name, count, value):
        return self._do('LREM', name, count, value)

    def ltrim(self, name, start, end):
        self._do('LTRIM', name, start, end)
        return True

    def linsert(self, name, where, refvalue, value):
        return self._do('LINSERT', name, where, refvalue, value)

    def rpoplpush(self, src, dst):
        return self._do('RPOPLPUSH', src, dst)

    def lmove(self, first_list, second_list, src='LEFT', dest='RIGHT'):
        return self._do('LMOVE', first_list, second_list, src, dest)

    # Hashes

    def hset(self, name, key=None, value=None, mapping=None, items=None):
        words = list(items or [])
        if key is not None:
            words += [key, value]
        for pair in (mapping or {}).items():
            words += pair
        if not words:
            raise DAError("DARedis: 'hset' with no key value pairs")
        return self._do('HSET', name, *words)

    def hmset(self, name, mapping):
        self.hset(name, mapping=mapping)
        return True

    def hsetnx(self, name, key, value):
        return self._do('HSETNX', name, key, value)

    def hget(self, name, key):
        return self._do('HGET', name, key)

    def hmget(self, name, keys, *args):
        return self._do('HMGET', name, *_names(keys, args))

    def hgetall(self, name):
        reply = self._do('HGETALL', name)
        return {reply[i]: reply[i + 1] for i in range(0, len(reply), 2)}

    def hdel(self, name, *keys):
        return self._do('HDEL', name, *keys)

    def hexists(self, name, key):
        return bool(self._do('HEXISTS', name, key))

    def hkeys(self, name):
        return self._do('HKEYS', name)

    def hvals(self, name):
        return self._do('HVALS', name)

    def hlen(self, name):
        return self._do('HLEN', name)

    def hincrby(self, name, key, amount=1):
        return self._do('HINCRBY', name, key, amount)

    def hincrbyfloat(self, name, key, amount=1.0):
        return float(self._do('HINCRBYFLOAT', name, key, amount))

    # Sets

    def sadd(self, name, *values):
        return self._do('SADD', name, *values)

    def srem(self, name, *values):
        return self._do('SREM', name, *values)

    def smembers(self, name):
        return set(self._do('SMEMBERS', name))

    def sismember(self, name, value):
        return self._do('SISMEMBER', name, value)

    def scard(self, name):
        return self._do('SCARD', name)

    def spop(self, name, count=None):
        return self._do('SPOP', name) if count is None else self._do('SPOP', name, count)

    def srandmember(self, name, number=None):
        return self._do('SRANDMEMBER', name) if number is None else self._do('SRANDMEMBER', name, number)

    def smove(self, src, dst, value):
        return bool(self._do('SMOVE', src, dst, value))

    def sunion(self, keys, *args):
        return set(self._do('SUNION', *_names(keys, args)))

    def sinter(self, keys, *args):
        return set(self._do('SINTER', *_names(keys, args)))

    def sdiff(self, keys, *args):
        return set(self._do('SDIFF', *_names(keys, args)))

    # Sorted sets

    def zadd(self, name, mapping, nx=False, xx=False, ch=False):
        words = [option for option, wanted in (('NX', nx), ('XX', xx), ('CH', ch)) if wanted]
        for member, score in mapping.items():
            words += [score, member]
        return self._do('ZADD', name, *words)

    def zincrby(self, name, amount, value):
        return float(self._do('ZINCRBY', name, amount, value))

    def zrem(self, name, *values):
        return self._do('ZREM', name, *values)

    def zcard(self, name):
        return self._do('ZCARD', name)

    def zscore(self, name, value):
        return _number(self._do('ZSCORE', name, value))

    def zrank(self, name, value):
        return self._do('ZRANK', name, value)

    def zrevrank(self, name, value):
        return self._do('ZREVRANK', name, value)

    def zrange(self, name, start, end, desc=False, withscores=False, score_cast_func=float):
        command = 'ZREVRANGE' if desc else 'ZRANGE'
        return _scored(self._do(command, name, start, end, *(['WITHSCORES'] if withscores else [])), withscores, score_cast_func)

    def zrevrange(self, name, start, end, withscores=False, score_cast_func=float):
        return self.zrange(name, start, end, True, withscores, score_cast_func)

    def zrangebyscore(self, name, min, max, start=None, num=None, withscores=False, score_cast_func=float):
        found = _scored(self._do('ZRANGEBYSCORE', name, min, max, *(['WITHSCORES'] if withscores else [])), withscores, score_cast_func)
        if start is None:
            return found
        return found[start:] if num is None or num < 0 else found[start:start + num]

    def zcount(self, name, min, max):
        return self._do('ZCOUNT', name, min, max)

    def zremrangebyscore(self, name, min, max):
        return self._do('ZREMRANGEBYSCORE', name, min, max)


for _name in ('blpop', 'brpop', 'brpoplpush', 'blmove', 'pipeline', 'transaction', 'watch', 'publish', 'pubsub', 'eval', 'evalsha',
              'register_script', 'flushdb', 'flushall', 'execute_command', 'config_get', 'config_set', 'client_list', 'info', 'dbsize',
              'scan', 'hscan', 'sscan', 'zscan', 'sort', 'object', 'dump', 'restore', 'lock', 'ping', 'save', 'shutdown', 'setbit',
              'getbit', 'bitcount', 'pfadd', 'pfcount', 'geoadd', 'xadd', 'xread', 'move', 'randomkey', 'select', 'monitor'):
    setattr(DARedis, _name, _absent(_name))
