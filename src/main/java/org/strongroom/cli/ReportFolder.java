package org.strongroom.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.LinkedHashMap;
import java.util.Map;
import org.strongroom.leak.Papers;
import org.strongroom.leak.report.Report;
import org.strongroom.leak.report.ReportJson;

/** A report in all its forms, as files of a folder. */
final class ReportFolder {
  private final Path folder;

  /**
   * Makes the folder, so that a check is not made for nothing.
   *
   * @throws IOException also when files of a report are in it already
   */
  ReportFolder(Path folder) throws IOException {
    this.folder = folder;
    Files.createDirectories(folder);
    for (String name : new String[] {"report.json", "report.html", "notice.html", "counts.csv"}) {
      if (Files.exists(folder.resolve(name))) {
        throw new java.nio.file.FileAlreadyExistsException(folder.resolve(name).toString());
      }
    }
  }

  void write(Report report) throws IOException {
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
  }

  @Override
  public String toString() {
    return folder.toString();
  }
}
