package org.strongroom.leak;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.strongroom.crypto.BlindIndex;
import org.strongroom.crypto.Randomness;
import org.strongroom.kernel.SecretBytes;
import org.strongroom.leak.sample.Sample;
import org.strongroom.leak.sample.SampleLimits;
import org.strongroom.vault.Matching;

final class ScratchTest {
  private static final List<Charset> ENCODINGS =
      List.of(
          StandardCharsets.UTF_8,
          StandardCharsets.UTF_16BE,
          StandardCharsets.UTF_16LE,
          Charset.forName("GB18030"));

  private static final Randomness RANDOM = new Randomness(new SecureRandom());

  @TempDir private Path folder;

  @Test
  void read_rowsOfEveryLength_givesEachPartItsRowsInOrder() throws IOException {
    Random random = new Random(3);
    Map<Integer, List<byte[]>> model = new HashMap<>();
    try (Scratch scratch = new Scratch(7, RANDOM)) {
      try (Scratch.Writer one = scratch.writer()) {
        for (int i = 0; i < 5_000; i++) {
          byte[] row = new byte[random.nextInt(100) == 0 ? 20_000 : random.nextInt(90)];
          random.nextBytes(row);
          int part = random.nextInt(7);
          one.add(part, row, 0, row.length);
          model.computeIfAbsent(part, each -> new ArrayList<>()).add(row);
        }
      }
      for (int part = 0; part < 7; part++) {
        ByteBuffer all = ByteBuffer.allocate(10 << 20);
        model.getOrDefault(part, List.of()).forEach(all::put);
        byte[] expected = java.util.Arrays.copyOf(all.array(), all.position());
        assertThat(scratch.read(part)).isEqualTo(expected);
        ByteBuffer walked = ByteBuffer.allocate(10 << 20);
        scratch.each(part, random.nextInt(100_000), (rows, length) -> walked.put(rows, 0, length));
        assertThat(java.util.Arrays.copyOf(walked.array(), walked.position())).isEqualTo(expected);
      }
    }
  }

  @Test
  @EnabledOnOs(OS.LINUX)
  void run_anySample_leavesNoValueInScratchFiles() throws IOException {
    try (Town town = new Town(folder.resolve("town"), 300, 8)) {
      town.live(5, 20);
      List<Integer> everybody = IntStream.range(0, 300).boxed().toList();
      SampleSource.At sample =
          (SampleSource.At)
              new Mixture(town, 1).residents(everybody, 3).strangers(100).broken(50).json(folder);
      BlindIndex hashes = new BlindIndex(SecretBytes.owned(new byte[32]));
      try (Scratch lines = new Scratch(4, RANDOM);
          Matching.Run run = town.vault.matching().begin("residents", town.vault.now());
          SortedJoin join = new SortedJoin(run, lines, hashes, RANDOM);
          Sample read = Sample.open(sample.path(), SampleLimits.DEFAULT)) {
        new Comparison(run, lines, join, hashes, 2, LeakProgress.NONE).run(read, Map.of());
        List<byte[]> files = scratchFiles();
        // Lines, and suspects that led to somebody: those before are gone by now.
        assertThat(files).hasSize(2);
        assertThat(files.stream().mapToInt(file -> file.length).sum()).isGreaterThan(450 * 100);
        for (int i = 0; i < 100; i++) {
          assertNowhere(files, town.of(i, 3));
          assertNowhere(files, town.stranger(i));
        }
      }
    }
  }

  /** What this process has open and no name leads to. */
  private static List<byte[]> scratchFiles() throws IOException {
    List<byte[]> out = new ArrayList<>();
    try (DirectoryStream<Path> open = Files.newDirectoryStream(Path.of("/proc/self/fd"))) {
      for (Path each : open) {
        if (Files.isSymbolicLink(each)
            && Files.readSymbolicLink(each).toString().endsWith(".scratch (deleted)")) {
          out.add(Files.readAllBytes(each));
        }
      }
    }
    return out;
  }

  private static void assertNowhere(List<byte[]> parts, Map<String, String> record) {
    for (String field : List.of("resident_id", "name", "phone", "address")) {
      String value = record.get(field);
      if (value != null) {
        for (Charset encoding : ENCODINGS) {
          String needle = new String(value.getBytes(encoding), StandardCharsets.ISO_8859_1);
          for (byte[] part : parts) {
            assertThat(new String(part, StandardCharsets.ISO_8859_1).contains(needle)).isFalse();
          }
        }
      }
    }
  }
}
