package org.strongroom.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Iterator;
import org.jspecify.annotations.Nullable;
import org.strongroom.kernel.ErrorCode;
import org.strongroom.kernel.VaultException;
import org.strongroom.translog.Checkpoint;
import org.strongroom.translog.Proofs;
import org.strongroom.translog.TileId;

/**
 * Writes the log as static files under one folder, named as C2SP tlog-tiles names its resources.
 * Each file appears whole or not at all, and the checkpoint when all that is under it is there, so
 * that a file server may serve the folder meanwhile.
 */
final class LogExport {
  /** The file of the checkpoint, beside the folder of tiles. */
  static final String CHECKPOINT = "checkpoint";

  private final Session session;
  private final Path directory;
  private long written;
  private long kept;

  LogExport(Session session, Path directory) {
    this.session = session;
    this.directory = directory;
  }

  /**
   * What was done.
   *
   * @param size entries of the log
   * @param written files that are new, the checkpoint not counted
   * @param kept files that an earlier export had written
   */
  record Summary(String log, long size, long written, long kept) {}

  /**
   * Exports what the newest checkpoint is over.
   *
   * @throws VaultException {@code CONFLICT} when the folder holds another log, or more of this one
   *     than there is; {@code CORRUPT} when the tiles do not lead to the checkpoint
   */
  Summary run() throws IOException {
    byte[] note = session.logFile(CHECKPOINT);
    Checkpoint checkpoint = Checkpoint.ofNote(note);
    Files.createDirectories(directory);
    requireEarlier(checkpoint);
    long total = TileId.ofTree(checkpoint.size()).count();
    try (Bar bar = Bar.of("export", total, Bar.Unit.FILES)) {
      for (Iterator<TileId> tiles = TileId.ofTree(checkpoint.size()).iterator();
          tiles.hasNext(); ) {
        write(tiles.next());
        bar.to(written + kept);
      }
    }
    requireLeadsTo(checkpoint);
    put(directory.resolve(CHECKPOINT), note);
    return new Summary(checkpoint.origin(), checkpoint.size(), written, kept);
  }

  /** Over all tiles at the right edge, those of an earlier export among them. */
  private void requireLeadsTo(Checkpoint checkpoint) {
    @Nullable String why = null;
    try {
      if (!Proofs.root(checkpoint.size(), this::tile).equals(checkpoint.root())) {
        why = "the tiles do not lead to the checkpoint";
      }
    } catch (IllegalArgumentException e) {
      why = String.valueOf(e.getMessage());
    }
    if (why != null) {
      throw new VaultException(
          ErrorCode.CORRUPT,
          "the export in "
              + directory
              + " is not whole: "
              + why
              + "; export into a new folder, and"
              + " if that fails too, run: strongroom verify");
    }
  }

  private void requireEarlier(Checkpoint now) throws IOException {
    Path file = directory.resolve(CHECKPOINT);
    if (!Files.exists(file)) {
      return;
    }
    Checkpoint before;
    try {
      before = Checkpoint.ofNote(Files.readAllBytes(file));
    } catch (IllegalArgumentException e) {
      throw other("its checkpoint does not read: " + e.getMessage());
    }
    if (!before.origin().equals(now.origin())) {
      throw other("it holds the log " + before.origin());
    }
    if (before.size() > now.size()) {
      throw other("it holds " + before.size() + " entries, the log has only " + now.size());
    }
  }

  private VaultException other(String why) {
    return new VaultException(
        ErrorCode.CONFLICT, directory + " cannot take this export: " + why + "; name a new folder");
  }

  private void write(TileId tile) throws IOException {
    Path file = directory.resolve(tile.path());
    if (Files.exists(file)) {
      kept++;
      return;
    }
    Files.createDirectories(file.getParent());
    put(file, session.logFile(tile.path()));
    written++;
  }

  private static void put(Path file, byte[] content) throws IOException {
    Path part = file.resolveSibling(file.getFileName() + ".part");
    Files.write(part, content);
    Files.move(part, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }

  private byte[] tile(int level, long number, int width) {
    try {
      return Files.readAllBytes(directory.resolve(new TileId(level, number, width).path()));
    } catch (IOException e) {
      throw new VaultException(
          ErrorCode.UNREADABLE_INPUT, "a tile that was just written cannot be read", e);
    }
  }
}
