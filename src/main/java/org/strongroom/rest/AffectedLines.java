package org.strongroom.rest;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.strongroom.audit.Receipt;
import org.strongroom.http.Call;
import org.strongroom.identity.Actor;
import org.strongroom.kernel.BugException;
import org.strongroom.kernel.Id;
import org.strongroom.leak.LeakDesk;

/** Whom a leak affects, line by line, with a last line that says that it is whole. One thread. */
final class AffectedLines implements LeakDesk.AffectedSink {
  private static final JsonMapper JSON = new JsonMapper();

  private final Call<Actor> call;
  private @Nullable OutputStream out;
  private long subjects;

  AffectedLines(Call<Actor> call) {
    this.call = call;
  }

  /** A subject, and the class of each field that was exposed. */
  private record Line(String subject, Map<String, String> fields) {}

  boolean begun() {
    return out != null;
  }

  @Override
  public void begin(Receipt receipt) {
    Receipts.tell(call, receipt);
    out = call.stream("application/x-ndjson");
  }

  @Override
  public void subject(Id subject, Map<String, String> fields) throws IOException {
    line("affected", new Line(subject.toString(), fields));
    subjects++;
  }

  void end() throws IOException {
    line("summary", Map.of("subjects", subjects));
  }

  void line(String name, Object value) throws IOException {
    OutputStream to = out;
    if (to == null) {
      throw new BugException("a line before the receipt");
    }
    try {
      to.write(JSON.writeValueAsBytes(Map.of(name, value)));
      to.write('\n');
    } catch (JsonProcessingException e) {
      throw new BugException("ids and names are always JSON", e);
    }
  }
}
