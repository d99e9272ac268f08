"""What the document says whatever was measured."""

NAMES = {
    "strongroom": "Strongroom",
    "strongroom-small": "Strongroom, the first 100,000",
    "plain": "PostgreSQL, plain, COPY",
    "plain-twice": "PostgreSQL, plain, two COPYs at once",
    "sealed": "PostgreSQL, the application seals",
    "pgcrypto": "PostgreSQL with pgcrypto",
    "shardingsphere": "ShardingSphere over PostgreSQL",
}

SERVERS = {
    "strongroom": "Strongroom",
    "plain": "one route over plain PostgreSQL",
    "sealed": "the same, sealed and audited",
    "trivial": "one route that always says the same",
}

LIMITS = {
    "parse": "parse and validate",
    "seal": "make and wrap a data key, seal 160 bytes",
    "sst": "sort, write and ingest rows of the size that ours have (RocksDB, `SstFileWriter`)",
    "puts": "the same rows by plain puts (RocksDB, batches of 500, each synced)",
}

STORED = {
    "json": "JSON, a line each",
    "strongroom": "Strongroom, log included",
    "plain": "PostgreSQL, plain",
    "sealed": "PostgreSQL, the application seals",
    "pgcrypto": "PostgreSQL with pgcrypto",
    "shardingsphere": "ShardingSphere over PostgreSQL",
}

HEAD = """# Benchmarks

Written by `./bench`; do not edit. Figures are min / median / max of the rounds. In each round everything runs once, one after the other, so
that a neighbour who slows the machine down slows all of them; ratios are taken within a round. Everything runs on one machine: servers,
PostgreSQL and clients share its processors.
"""

TARGETS = """What Strongroom is to reach, and what it did. A ratio is Strongroom's rate over the other's. "Met" goes by the median."""

COMPARED = """## What is compared

The same synthetic residents for all, in the same order. What is read is held in the system's memory meanwhile, as far as that has room: files
to import, then the files of whoever is asked, the vault's or PostgreSQL's alike. So a disk that is slow to read, or a system that forgets
what it has read, slows none of them.

**Import**, from a file to committed, indexed rows:

- *Strongroom*: `strongroom import` into a new vault, the whole command: start of Java, parsing, checking, blind indexes, a data key and a
  seal for each subject, the audit log, closing.
- *PostgreSQL, plain*: `psql`, `COPY` in text format, prepared beforehand, so that nothing is parsed from JSON and nothing checked. A primary
  key of its own and the three searches of the collection `residents` are live. Also by two at once, each with half of the residents.
- *The application seals*: Java, two threads, `COPY` in binary format. Parses the JSON; seals each record's JSON with AES-256-GCM, all under
  one key; HMAC-SHA-256 for the three searches. Five seconds of warm-up do not count, nor does the start of Java.
- *pgcrypto*: the same, but the server does it: `pgp_sym_encrypt` with AES-256 of the whole record, not of each column, without stretching the
  key (`s2k-mode=0`), `hmac` for the searches. Inserts in batches of 1,000, rewritten into one statement by the driver, two threads.
- *ShardingSphere*: ShardingSphere-JDBC with the rule ENCRYPT: every field in an AES cipher column; an assisted query column (MD5) for each
  that is searched. The same batches and threads. Fifteen seconds of warm-up do not count.

The last two take a million residents at most: their rates are for each record, and smaller indexes favour them. PostgreSQL's own settings but
for %s. After the imports, outside of any measured time, tables are vacuumed and a checkpoint is made, and Strongroom merges
its sorted files, so that none of that falls into what is measured next; what either has still to do when its import is durable is not counted
against it. Size on disk, leak check and finds are those after it.

**Finds** by ID number over https, TLS 1.3, by wrk on connections that stay open. Each server is warmed up for twice as long as it is measured.
Strongroom asks who it is, decides, makes the disclosure durable in its log, opens, masks, and answers with a receipt. The peers are one route
of Javalin, the web server that Strongroom uses, with HikariCP (10 connections), and nobody is asked who they are:

- *over plain PostgreSQL*: one select by an indexed column, the row as JSON;
- *sealed and audited*: select by hash, one insert into an audit table committed, the record opened;
- *always the same*: what web server and client can do at most.
"""

MICRO = "By JMH, each in a JVM of its own, Java %s, one thread. Those of `Record` are of one resident."
