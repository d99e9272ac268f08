package org.strongroom.bench.limits;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.rocksdb.CompressionType;
import org.rocksdb.EnvOptions;
import org.rocksdb.IngestExternalFileOptions;
import org.rocksdb.Options;
import org.rocksdb.RocksDB;
import org.rocksdb.RocksDBException;
import org.rocksdb.SstFileWriter;

/**
 * Sorted ingestion alone: runs of rows, sorted and written by {@link SstFileWriter}, one file for
 * records and one for each index, then taken over by RocksDB all at once.
 */
final class SortedRunStage implements Limits.Stage {
  private static final int RUN_RECORDS = 250_000;

  private final Path folder;
  private final Options options =
      new Options()
          .setCreateIfMissing(true)
          .setCompressionType(CompressionType.NO_COMPRESSION)
          .setDisableAutoCompactions(true);
  private final EnvOptions environment = new EnvOptions();
  private final RocksDB db;
  private final List<String> files = Collections.synchronizedList(new ArrayList<>());

  SortedRunStage(Path in) throws IOException, RocksDBException {
    folder = Folders.make(in, "sst");
    db = RocksDB.open(options, folder.resolve("db").toString());
  }

  @Override
  public void run(int thread, int records) throws RocksDBException {
    Rows rows = new Rows(thread);
    for (int done = 0; done < records; done += RUN_RECORDS) {
      int count = Math.min(RUN_RECORDS, records - done);
      String name = thread + "-" + done + "-";
      try (SstFileWriter out = open(name + "records")) {
        for (byte[] key : rows.sortedRecordKeys(count)) {
          out.put(key, rows.value());
        }
        out.finish();
      }
      for (int index = 0; index < Rows.INDEX_ROWS; index++) {
        try (SstFileWriter out = open(name + index)) {
          for (byte[] key : rows.sortedIndexKeys(index, count)) {
            out.put(key, Rows.NOTHING);
          }
          out.finish();
        }
      }
    }
  }

  private SstFileWriter open(String name) throws RocksDBException {
    String file = folder.resolve(name + ".sst").toString();
    SstFileWriter out = new SstFileWriter(environment, options);
    out.open(file);
    files.add(file);
    return out;
  }

  @Override
  public void finish() throws RocksDBException {
    try (IngestExternalFileOptions move = new IngestExternalFileOptions().setMoveFiles(true)) {
      // Files of one call must not overlap, and runs do.
      for (String file : files) {
        db.ingestExternalFile(List.of(file), move);
      }
    }
  }

  @Override
  public void close() throws IOException {
    db.close();
    environment.close();
    options.close();
    Folders.remove(folder);
  }
}
