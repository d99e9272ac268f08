package org.strongroom.bench.limits;

import java.io.IOException;
import java.nio.file.Path;
import org.rocksdb.CompressionType;
import org.rocksdb.Options;
import org.rocksdb.RocksDB;
import org.rocksdb.RocksDBException;
import org.rocksdb.WriteBatch;
import org.rocksdb.WriteOptions;

/** Plain puts: each batch of rows through log and memtable, synced. */
final class PutStage implements Limits.Stage {
  private static final int BATCH_RECORDS = 500;
  private static final long MEMTABLE_BYTES = 64L << 20;

  private final Path folder;
  private final Options options =
      new Options()
          .setCreateIfMissing(true)
          .setCompressionType(CompressionType.NO_COMPRESSION)
          .setWriteBufferSize(MEMTABLE_BYTES)
          .setMaxWriteBufferNumber(4)
          .setMaxBackgroundJobs(Limits.THREADS);
  private final WriteOptions synced = new WriteOptions().setSync(true);
  private final RocksDB db;

  PutStage(Path in) throws IOException, RocksDBException {
    folder = Folders.make(in, "puts");
    db = RocksDB.open(options, folder.toString());
  }

  @Override
  public void run(int thread, int records) throws RocksDBException {
    Rows rows = new Rows(thread);
    for (int done = 0; done < records; done += BATCH_RECORDS) {
      int count = Math.min(BATCH_RECORDS, records - done);
      try (WriteBatch batch = new WriteBatch()) {
        for (int i = 0; i < count; i++) {
          batch.put(rows.recordKey(), rows.value());
          for (int index = 0; index < Rows.INDEX_ROWS; index++) {
            batch.put(rows.indexKey(index), Rows.NOTHING);
          }
        }
        db.write(synced, batch);
      }
    }
  }

  @Override
  public void close() throws IOException {
    db.close();
    synced.close();
    options.close();
    Folders.remove(folder);
  }
}
