import time
t = time.gmtime(0)
print(t, t.tm_year, t[0], t.tm_wday, t.tm_yday, len(t), tuple(t), time.strftime('%Y-%m-%d %H:%M:%S', t), time.asctime(t), time.ctime(86400.5))
print(time.mktime(time.gmtime(1234567)), time.strptime('2021-03-04', '%Y-%m-%d'), time.strftime('%a', time.strptime('30 Nov 00', '%d %b %y')), isinstance(t, tuple), t < time.gmtime(1))
print(type(time.time()), type(time.time_ns()), time.monotonic() <= time.monotonic(), time.sleep(0.001), len(time.strftime('%H:%M')), time.struct_time((2020, 1, 2, 3, 4, 5, 6, 7, 0)))
for f in [lambda: time.sleep(-1), lambda: time.sleep('x'), lambda: time.strftime(5), lambda: time.strptime('x', '%Y'), lambda: time.mktime((1, 2))]:
    try:
        f()
    except Exception as e:
        print(type(e).__name__)
