package config

import (
	"net/url"
	"strconv"
	"strings"
)

// Redis says which Redis server keeps what interviews keep with DARedis.
type Redis struct {
	URL    string // secret; "" for none: the database keeps it
	Offset int    // `redis database offset`; -1: the number in the URL
}

// Database is the number of the database that belongs to interviews: the third,
// from the offset on.
func (r Redis) Database() int {
	offset := r.Offset
	if u, err := url.Parse(r.URL); err == nil && offset < 0 {
		offset, _ = strconv.Atoi(redisNumber(u))
	}
	return max(offset, 0) + 2
}

// redisNumber is the number of a database in an address, "" for none.
func redisNumber(u *url.URL) string {
	if n := u.Query().Get("db"); n != "" {
		return n
	}
	return strings.Trim(u.Path, "/")
}

// redisKeys are those of the Redis server.
func redisKeys() []field[Config] {
	server := field[Config]{name: "redis", secret: true, read: checked(func(c *Config) *string { return &c.Redis.URL }, checkRedis),
		place: func(c *Config) any { return &c.Redis.URL }, example: "redis://user:a-password@redis.example.org:6379/0",
		about: "A Redis server for what interviews keep with DARedis. Without it, the database keeps it. rediss:// encrypts the connection, with redis_ca.crt, " +
			"redis.crt and redis.key in the folder `certs` if they are there."}
	offset := numeral("redis database offset", 0, 1000, "0", "What is added to the number of the Redis database, which is 2. Default: the number at the end of the address.",
		func(c *Config) *int { return &c.Redis.Offset })
	offset.show = func(c *Config) any { return c.Redis.Database() - 2 }
	return []field[Config]{atStart(server), atStart(offset)}
}

// checkRedis says what is wrong with the address of a Redis server. It never
// repeats the address.
func checkRedis(s string) string {
	u, err := url.Parse(s)
	if err != nil || u.Scheme != "redis" && u.Scheme != "rediss" || u.Hostname() == "" {
		return "must be an address such as redis://user:password@host:6379/0, or rediss://... for an encrypted connection"
	}
	if n := redisNumber(u); n != "" {
		if i, err := strconv.Atoi(n); err != nil || i < 0 {
			return "must end in the number of a database, such as /0, if in anything"
		}
	}
	for name := range u.Query() {
		if name != "password" && name != "db" {
			return "may have the arguments password and db only"
		}
	}
	return ""
}
