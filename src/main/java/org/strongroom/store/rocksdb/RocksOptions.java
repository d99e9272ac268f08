package org.strongroom.store.rocksdb;

import java.util.Properties;
import org.rocksdb.BlockBasedTableConfig;
import org.rocksdb.BloomFilter;
import org.rocksdb.ColumnFamilyOptions;
import org.rocksdb.DBOptions;
import org.rocksdb.HyperClockCache;
import org.rocksdb.IndexType;
import org.rocksdb.InfoLogLevel;
import org.rocksdb.MutableColumnFamilyOptions;
import org.rocksdb.Options;
import org.rocksdb.ReadOptions;
import org.rocksdb.WALRecoveryMode;
import org.rocksdb.WriteOptions;
import org.strongroom.kernel.BugException;

/** How a {@link RocksStore} sets RocksDB up. Holds native memory: closed after the database. */
final class RocksOptions implements AutoCloseable {
  /** Of a key's bloom prefix; see {@link RocksStore}. */
  static final int PREFIX_BYTES = 19;

  private static final long BLOCK_CACHE_BYTES = 256L << 20;
  private static final long MEMTABLE_BYTES = 64L << 20;
  private static final int MEMTABLES = 3;

  /**
   * One absent key in 700 gets past a filter, which then costs reading a block: with ten bits it
   * would be one in 100, and an import asks many files for each of its keys.
   */
  private static final double BLOOM_BITS = 14;

  /**
   * Half of RocksDB's own: among millions nearly every find reads blocks that are not cached, and
   * pays for each byte of them; walks lose nothing.
   */
  private static final long BLOCK_BYTES = 2 << 10;

  /**
   * Of the pieces into which a file's index and filter are cut. Whole, they take megabytes, of
   * which a find needs a few bytes: once those of all files no longer fit into the cache, which is
   * from some twenty million residents on, each find would read megabytes.
   */
  private static final long INDEX_BLOCK_BYTES = 4 << 10;

  /** A file that is written is handed to the disk in pieces of this size. */
  static final long SYNC_BYTES = 1 << 20;

  private static final long WAL_BYTES = 512L << 20;

  /**
   * So many files at the top, which each may hold any key, are merged into what is below. Merging
   * costs writing all of it again, so it is done rarely while very much comes in: a key that is not
   * there is ruled out by a file's filter in a fraction of a microsecond.
   */
  static final int TOP_FILES = 32;

  static final int TOP_FILES_IN_BULK = 96;

  /**
   * The same while a {@link KeyFilter} answers for those files: then many cost an import nothing,
   * and of ten million residents come fewer. Their own filters and indexes, which are in memory
   * while they lie at the top, still fit into the cache.
   */
  static final int TOP_FILES_FILTERED = 256;

  /** Only where merging falls behind without bound is writing slowed down. */
  private static final int MOST_TOP_FILES = 512;

  /** Up to this size there is one level below the top, so that every row is merged into it once. */
  private static final long BASE_LEVEL_BYTES = 16L << 30;

  /**
   * Of 1024 bytes of a block, as many as LZ4 may leave for it to be kept compressed. What is sealed
   * does not compress; what stands beside it does, since most of a key, and the eight bytes that
   * RocksDB adds to each, are the same from row to row. That is a tenth, and RocksDB would leave
   * alone whatever does not save an eighth.
   */
  private static final int MOST_COMPRESSED = 1000;

  final Options database;
  final ReadOptions reads = new ReadOptions();
  final WriteOptions synced = new WriteOptions().setSync(true);
  final WriteOptions buffered = new WriteOptions();

  /** Its readers do not wait for each other; with 0 it learns itself how large blocks are. */
  private final HyperClockCache cache = new HyperClockCache(BLOCK_CACHE_BYTES, 0, -1, false);

  private final BloomFilter bloom = new BloomFilter(BLOOM_BITS, false);

  final Pace pace = new Pace();

  RocksOptions(boolean create) {
    this.database =
        compressing()
            .setCreateIfMissing(create)
            .setErrorIfExists(create)
            .setParanoidChecks(true)
            .setWalRecoveryMode(WALRecoveryMode.PointInTimeRecovery)
            .setMaxTotalWalSize(WAL_BYTES)
            .setInfoLogLevel(InfoLogLevel.WARN_LEVEL)
            .setKeepLogFileNum(3)
            .setMaxBackgroundJobs(2)
            .setBytesPerSync(SYNC_BYTES)
            .setRateLimiter(pace.limiter())
            .setWriteBufferSize(MEMTABLE_BYTES)
            .setMaxWriteBufferNumber(MEMTABLES)
            .setMemtablePrefixBloomSizeRatio(0.05)
            .setLevelCompactionDynamicLevelBytes(true)
            .setMaxBytesForLevelBase(BASE_LEVEL_BYTES)
            .setLevel0FileNumCompactionTrigger(TOP_FILES)
            .setLevel0SlowdownWritesTrigger(MOST_TOP_FILES)
            .setLevel0StopWritesTrigger(2 * MOST_TOP_FILES)
            .setTableFormatConfig(
                new BlockBasedTableConfig()
                    .setBlockCache(cache)
                    .setFilterPolicy(bloom)
                    // Every key is sought by its bloom prefix, which nearly all tell apart by.
                    .setWholeKeyFiltering(false)
                    .setBlockSize(BLOCK_BYTES)
                    .setIndexType(IndexType.kTwoLevelIndexSearch)
                    .setPartitionFilters(true)
                    .setMetadataBlockSize(INDEX_BLOCK_BYTES)
                    .setFormatVersion(6)
                    .setCacheIndexAndFilterBlocks(true)
                    .setPinL0FilterAndIndexBlocksInCache(true));
    database.useCappedPrefixExtractor(PREFIX_BYTES);
  }

  /** In words, for only there RocksDB's Java options have that number. */
  private static Options compressing() {
    Properties words = new Properties();
    words.setProperty("compression", "kLZ4Compression");
    words.setProperty("compression_opts", "{max_compressed_bytes_per_kb=" + MOST_COMPRESSED + "}");
    try (DBOptions database = new DBOptions();
        ColumnFamilyOptions rows = ColumnFamilyOptions.getColumnFamilyOptionsFromProps(words)) {
      if (rows == null) {
        throw new BugException("RocksDB does not know its options");
      }
      return new Options(database, rows);
    }
  }

  /** What changes while very much comes in. */
  static MutableColumnFamilyOptions mergingAt(int topFiles) {
    return MutableColumnFamilyOptions.builder().setLevel0FileNumCompactionTrigger(topFiles).build();
  }

  @Override
  public void close() {
    reads.close();
    synced.close();
    buffered.close();
    database.close();
    bloom.close();
    cache.close();
    pace.close();
  }
}
