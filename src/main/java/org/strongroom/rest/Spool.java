package org.strongroom.rest;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/**
 * Lines that wait for a client to read them, first in, first out: the first ones in memory, more in
 * a temporary file without a name. What is put in must hold no personal data in the clear. One
 * thread adds, another takes.
 */
final class Spool implements AutoCloseable {
  private static final int MEMORY_BYTES = 1 << 20;

  /** Some ten million rejected residents. */
  private static final long FILE_BYTES = 8L << 30;

  private static final int READ_BYTES = 64 << 10;

  private final int memoryBytes;
  private final long fileBytes;
  private final Deque<byte[]> memory = new ArrayDeque<>();
  private int inMemory;
  private @Nullable FileChannel file;
  private long readAt;
  private long writeAt;
  private boolean begun;
  private boolean ended;
  private @Nullable IOException broken;

  Spool() {
    this(MEMORY_BYTES, FILE_BYTES);
  }

  Spool(int memoryBytes, long fileBytes) {
    this.memoryBytes = memoryBytes;
    this.fileBytes = fileBytes;
  }

  /**
   * Adds a line. Waits only when the file is full, for as long as the client reads nothing.
   *
   * @throws IOException when the client is gone, or there is no room on disk
   */
  synchronized void add(byte[] line) throws IOException {
    begun = true;
    while (writeAt >= fileBytes && broken == null) {
      await(0);
    }
    if (broken != null) {
      throw broken;
    }
    // Once something went to the file, what follows stands behind it.
    if (writeAt == 0 && inMemory + line.length <= memoryBytes) {
      memory.add(line);
      inMemory += line.length;
    } else {
      ByteBuffer bytes = ByteBuffer.wrap(line);
      while (bytes.hasRemaining()) {
        writeAt += opened().write(bytes, writeAt);
      }
    }
    notifyAll();
  }

  /**
   * What comes next: one line, or some bytes of the file. Waits for it up to {@code atMost}.
   *
   * @return null when nothing came, or nothing will come any more: see {@link #isEnded}
   * @throws IOException after {@link #breakOff}, or when the disk fails
   */
  synchronized byte @Nullable [] take(Duration atMost) throws IOException {
    if (isEmpty() && !ended) {
      await(atMost.toMillis());
    }
    if (broken != null) {
      throw broken;
    }
    byte @Nullable [] line = memory.poll();
    if (line != null) {
      inMemory -= line.length;
      return line;
    }
    return readAt < writeAt ? fromFile() : null;
  }

  private byte[] fromFile() throws IOException {
    ByteBuffer bytes = ByteBuffer.allocate((int) Math.min(READ_BYTES, writeAt - readAt));
    while (bytes.hasRemaining()) {
      int n = opened().read(bytes, readAt);
      if (n < 0) {
        throw new IOException("the temporary file is shorter than was written");
      }
      readAt += n;
    }
    if (readAt == writeAt) {
      opened().truncate(0);
      readAt = 0;
      writeAt = 0;
      notifyAll();
    }
    return bytes.array();
  }

  /** From now on something was said, so that {@link #abandon} comes too late. */
  synchronized boolean begin() {
    begun |= !ended;
    return begun;
  }

  /** Whether something was said. */
  synchronized boolean isBegun() {
    return begun;
  }

  /** Ends it without a line, unless something was said already; whether it did. */
  synchronized boolean abandon() {
    if (begun) {
      return false;
    }
    end();
    return true;
  }

  /** Adds the last line. */
  synchronized void end(byte[] line) throws IOException {
    add(line);
    end();
  }

  /** Nothing is added after this. */
  synchronized void end() {
    ended = true;
    notifyAll();
  }

  /** Whether everything was taken and nothing will be added. */
  synchronized boolean isEnded() {
    return ended && isEmpty();
  }

  /** The client, or the import, is gone: adding and taking fail from now on. */
  synchronized void breakOff(IOException why) {
    broken = why;
    notifyAll();
  }

  private boolean isEmpty() {
    return memory.isEmpty() && readAt == writeAt;
  }

  /** Whoever calls asks anew afterwards, or can live with too little. */
  @SuppressWarnings("WaitNotInLoop")
  private void await(long millis) throws IOException {
    try {
      wait(millis);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    }
  }

  private FileChannel opened() throws IOException {
    if (file == null) {
      Path path = Files.createTempFile("strongroom-", ".rejects");
      file =
          FileChannel.open(
              path,
              StandardOpenOption.READ,
              StandardOpenOption.WRITE,
              StandardOpenOption.DELETE_ON_CLOSE);
    }
    return file;
  }

  @Override
  public synchronized void close() throws IOException {
    if (file != null) {
      file.close();
    }
  }
}
