package org.strongroom.vault;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.io.IOException;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import org.strongroom.audit.Entry;
import org.strongroom.audit.LogQuery;
import org.strongroom.audit.LogReader;
import org.strongroom.audit.Receipt;
import org.strongroom.audit.Sequencer;
import org.strongroom.identity.Actor;
import org.strongroom.identity.Identity;
import org.strongroom.identity.User;
import org.strongroom.kernel.ErrorCode;
import org.strongroom.kernel.Id;
import org.strongroom.kernel.VaultException;
import org.strongroom.policy.Permission;

/**
 * The audit log as its auditors read it. Every reading is an entry itself, durable before the first
 * line leaves; it speaks of the subject that was asked for, so that reading about somebody can be
 * found like looking at them. Thread-safe.
 */
public final class Inspection {
  private final Vault vault;
  private final LogReader reader;
  private final Sequencer sequencer;
  private final Identity identity;
  private final Clock clock;

  public Inspection(
      Vault vault, LogReader reader, Sequencer sequencer, Identity identity, Clock clock) {
    this.vault = vault;
    this.reader = reader;
    this.sequencer = sequencer;
    this.identity = identity;
    this.clock = clock;
  }

  /** Takes a listing as it is read. */
  public interface Lines {
    /** Called once, when the reading itself is durable in the log. */
    void begin(Receipt receipt) throws IOException;

    void entry(ShownEntry entry) throws IOException;

    /** Called now and then: everything at or above {@code index} was looked at. */
    void passed(long index) throws IOException;
  }

  /**
   * What a listing came to.
   *
   * @param next for {@code before} of the following one; null when there is no more
   * @param receipt of the reading
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record Summary(long entries, @Nullable Long next, Receipt receipt) {}

  /**
   * One entry.
   *
   * @param receipt of the reading
   */
  public record One(ShownEntry entry, Receipt receipt) {}

  /**
   * Lists entries, newest first, none that came after the reading's own.
   *
   * @throws IOException when {@code out} fails
   * @throws VaultException {@code DENIED}, {@code BAD_REQUEST}, {@code NOT_FOUND} for an unknown
   *     actor, {@code AUDIT_FAILED} when the reading could not be logged, {@code CORRUPT}
   */
  public Summary list(Actor actor, LogRequest request, Lines out) throws IOException {
    vault.require(actor, Permission.READ_AUDIT);
    Instant now = clock.instant();
    LogQuery query =
        new LogQuery(
            request.begin(now),
            request.end(now),
            actorOf(request),
            request.subjectId(),
            request.purposeName(),
            request.kindOf());
    long before = request.beforeIndex();
    long limit = request.mostEntries();
    Receipt receipt = log(actor, now, query.subject(), "listed " + words(query, request));
    out.begin(receipt);
    long[] entries = {0};
    OptionalLong next =
        reader.walk(
            query,
            Math.min(before, receipt.index()),
            limit,
            new LogReader.Sink() {
              @Override
              public void accept(long index, Entry entry) throws IOException {
                out.entry(ShownEntry.of(index, entry));
                entries[0]++;
              }

              @Override
              public void passed(long index) throws IOException {
                out.passed(index);
              }
            });
    return new Summary(entries[0], next.isPresent() ? next.getAsLong() : null, receipt);
  }

  /**
   * Shows one entry.
   *
   * @throws VaultException as {@link #list}; {@code NOT_FOUND} when the log is shorter
   */
  public One show(Actor actor, long index) {
    vault.require(actor, Permission.READ_AUDIT);
    long size = reader.size();
    if (index < 0 || index >= size) {
      throw new VaultException(
          ErrorCode.NOT_FOUND, "there is no such entry; the log has " + size + ", from 0");
    }
    Receipt receipt = log(actor, clock.instant(), null, "read entry " + index);
    return new One(ShownEntry.of(index, reader.entry(index)), receipt);
  }

  private @Nullable Id actorOf(LogRequest request) {
    @Nullable String name = request.actor();
    @Nullable Id id = request.actorId();
    if (name == null || id != null) {
      return id;
    }
    return identity
        .user(name)
        .map(User::id)
        .or(
            () ->
                name.equals(LogRequest.OPERATOR)
                    ? java.util.Optional.of(Actor.OPERATOR_ID)
                    : java.util.Optional.empty())
        .orElseThrow(
            () ->
                new VaultException(
                    ErrorCode.NOT_FOUND,
                    "no account has that name; name one, or give the actor's id"));
  }

  private Receipt log(Actor actor, Instant at, @Nullable Id subject, String what) {
    Entry.@Nullable About about =
        subject == null ? null : new Entry.About(null, List.of(subject), 0);
    return sequencer.append(
        new Entry(Entry.Kind.AUDIT, at, Vault.by(actor, null), about, null, what, null));
  }

  /** What was asked for, in words; the subject stands in the entry already. */
  private static String words(LogQuery query, LogRequest request) {
    List<String> out = new ArrayList<>();
    add(out, "from ", query.from());
    add(out, "to ", query.to());
    add(out, "actor ", query.actor());
    if (query.subject() != null) {
      out.add("this subject");
    }
    add(out, "purpose ", query.purpose());
    add(out, "kind ", request.kind());
    add(out, "before ", request.before());
    add(out, "at most ", request.limit());
    return out.isEmpty() ? "the newest entries" : "entries: " + String.join(", ", out);
  }

  private static void add(List<String> to, String what, @Nullable Object value) {
    if (value != null) {
      to.add(what + value);
    }
  }
}
