package org.strongroom.cli;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.strongroom.leak.Papers;
import org.strongroom.leak.report.Report;
import org.strongroom.leak.report.ReportJson;

/** A report in all its forms, as files of a folder. Closing leaves no empty one behind. */
final class ReportFolder implements Closeable {
  private final Path folder;
  private final boolean made;

  private ReportFolder(Path folder) throws IOException {
    this.folder = folder;
    made = !Files.exists(folder);
    Files.createDirectories(folder);
    for (String name : new String[] {"report.json", "report.html", "notice.html", "counts.csv"}) {
      if (Files.exists(folder.resolve(name))) {
        throw new FileAlreadyExistsException(folder.resolve(name).toString());
      }
    }
  }

  /**
   * Makes the folder, so that a check is not made for nothing.
   *
   * @return null where none was asked for
   * @throws IOException also when files of a report are in it already
   */
  static @Nullable ReportFolder at(@Nullable Path folder) throws IOException {
    return folder == null ? null : new ReportFolder(folder);
  }

  /**
   * Writes the report.
   *
   * @return where it is, to be told
   */
  String write(Report report) throws IOException {
    Papers papers = new Papers();
    Map<String, byte[]> files = new LinkedHashMap<>();
    files.put("report.json", ReportJson.write(report));
    files.put("report.html", papers.page(report));
    files.put("notice.html", papers.notice(report));
    files.put("counts.csv", papers.counts(report));
    for (Map.Entry<String, byte[]> file : files.entrySet()) {
      Files.write(
          folder.resolve(file.getKey()),
          file.getValue(),
          StandardOpenOption.CREATE_NEW,
          StandardOpenOption.WRITE);
    }
    return "the report is in " + folder;
  }

  @Override
  public void close() throws IOException {
    if (made) {
      try {
        Files.deleteIfExists(folder);
      } catch (DirectoryNotEmptyException e) {
        // The report is in it.
      }
    }
  }
}
