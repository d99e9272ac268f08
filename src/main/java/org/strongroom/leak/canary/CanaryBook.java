package org.strongroom.leak.canary;

import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.strongroom.audit.Change;
import org.strongroom.audit.Entry;
import org.strongroom.audit.Exposures;
import org.strongroom.audit.Receipt;
import org.strongroom.audit.Sequencer;
import org.strongroom.identity.Actor;
import org.strongroom.kernel.ErrorCode;
import org.strongroom.kernel.Id;
import org.strongroom.kernel.VaultException;
import org.strongroom.keys.KeysetSealer;
import org.strongroom.leak.CanaryWatch;
import org.strongroom.leak.report.Report;
import org.strongroom.policy.Permission;
import org.strongroom.schema.ValidRecord;
import org.strongroom.store.Store;
import org.strongroom.store.StoreView;
import org.strongroom.store.Table;
import org.strongroom.vault.Kept;
import org.strongroom.vault.Matching;
import org.strongroom.vault.Vault;

/**
 * The canaries of a vault: made-up residents, kept by the same door as any record and in no way
 * told from others, but for a sealed row that says so. That row and the record become durable
 * together, so there is never one without the other.
 *
 * <pre>
 * META  canary/{32 random digits}   sealed: subject, when, planted for whom
 * </pre>
 *
 * One that was planted for a recipient is handed to that recipient alone, mixed into what is
 * handed; in a leak it names the recipient, unless the log says that it was shown to others. One
 * without a recipient lies in wait; whoever was shown it stands in the log. Thread-safe.
 */
public final class CanaryBook implements CanaryWatch {
  /** How many can be planted at once. */
  public static final int MOST_AT_ONCE = 1000;

  /** How many a vault can have. */
  public static final int MOST = 100_000;

  /** Where they are planted. */
  public static final String COLLECTION = "residents";

  private static final String ROWS = "canary/";
  private static final int MAX_ATTEMPTS = 10;
  private static final int BATCH = 500;
  private static final Pattern RECIPIENT =
      Pattern.compile("[\\p{L}\\p{N}\\p{P}\\p{S}][\\p{L}\\p{M}\\p{N}\\p{P}\\p{S} ]{0,63}");

  private final Setting on;
  private final StoreView store;
  private final Sequencer sequencer;
  private final KeysetSealer sealer;
  private final SecureRandom random;
  private final Clock clock;

  /** What canaries are planted in, and what tells to whom they were shown. */
  public record Setting(Vault vault, Matching matching, Exposures exposures) {}

  /**
   * @param sealer under the keyset of leak checks
   */
  public CanaryBook(
      Setting on,
      StoreView store,
      Sequencer sequencer,
      KeysetSealer sealer,
      SecureRandom random,
      Clock clock) {
    this.on = on;
    this.store = store;
    this.sequencer = sequencer;
    this.sealer = sealer;
    this.random = random;
    this.clock = clock;
  }

  // ---- planting ----------------------------------------------------------------------------

  /**
   * Plants canaries, all or none. Never overwrites: nobody is made up to whom an index of the vault
   * leads.
   *
   * @param count 1 to {@link #MOST_AT_ONCE}
   * @param recipient to whom alone they will be handed: 1 to 64 characters that can be printed
   * @throws org.strongroom.audit.Denial when the actor may not
   * @throws VaultException {@code INVALID_VALUE}; {@code NOT_FOUND} without a collection of
   *     residents; {@code CONFLICT} when there are {@link #MOST} already, or the declaration of
   *     residents refuses made-up ones; {@code AUDIT_FAILED} when nothing could be written
   */
  public Planted plant(Actor by, int count, Optional<String> recipient) {
    on.vault().require(by, Permission.PLANT_CANARIES);
    requireValid(count, recipient);
    if (rows().size() > MOST - count) {
      throw new VaultException(
          ErrorCode.CONFLICT, "a vault has at most " + MOST + " canaries; plant fewer");
    }
    Instant now = Instant.ofEpochMilli(clock.millis());
    for (int i = 0; i < MAX_ATTEMPTS; i++) {
      List<ValidRecord> records = invent(count, now);
      Optional<Kept.Batch> kept =
          on.vault()
              .keepNew(
                  by,
                  Permission.PLANT_CANARIES,
                  COLLECTION,
                  records,
                  new Register(count, now, recipient));
      if (kept.isPresent()) {
        return planted(kept.get(), records, now, recipient);
      }
    }
    throw new VaultException(
        ErrorCode.CONFLICT, "others keep whomever is made up; plant canaries later");
  }

  private static void requireValid(int count, Optional<String> recipient) {
    if (count < 1 || count > MOST_AT_ONCE) {
      throw new VaultException(
          ErrorCode.INVALID_VALUE, "1 to " + MOST_AT_ONCE + " canaries can be planted at once");
    }
    if (recipient.isPresent() && !RECIPIENT.matcher(recipient.get()).matches()) {
      throw new VaultException(
          ErrorCode.INVALID_VALUE,
          "a recipient has 1 to 64 characters that can be printed, the first no space");
    }
  }

  private List<ValidRecord> invent(int count, Instant now) {
    try (Matching.Run run = on.matching().begin(COLLECTION, now)) {
      return new Invention(run, random, LocalDate.ofInstant(now, ZoneOffset.UTC)).draw(count);
    }
  }

  /** The rows that say which of the residents are made up. */
  private final class Register implements Vault.Beside {
    private final int count;
    private final Instant now;
    private final Optional<String> recipient;

    Register(int count, Instant now, Optional<String> recipient) {
      this.count = count;
      this.now = now;
      this.recipient = recipient;
    }

    @Override
    public String outcome() {
      return "planted "
          + (count == 1 ? "a canary" : count + " canaries")
          + recipient.map(each -> " for " + each).orElse("");
    }

    @Override
    public void add(List<Kept> kept, Change change) {
      for (Kept each : kept) {
        byte[] key = (ROWS + Id.random(random)).getBytes(StandardCharsets.UTF_8);
        byte[] row = new CanaryRow(each.subject(), now, recipient).bytes();
        change.requireAbsent(Table.META, key);
        change.commit(Table.META, key, sealer.seal(row, key));
      }
    }
  }

  private static Planted planted(
      Kept.Batch kept, List<ValidRecord> records, Instant now, Optional<String> recipient) {
    List<Planted.MadeUp> out = new ArrayList<>();
    for (int i = 0; i < records.size(); i++) {
      out.add(
          new Planted.MadeUp(
              kept.records().get(i).subject().toString(),
              recipient.isPresent() ? values(records.get(i)) : null));
    }
    return new Planted(out, recipient.orElse(null), now.toString(), kept.receipt());
  }

  private static Map<String, String> values(ValidRecord record) {
    Map<String, String> out = new LinkedHashMap<>();
    for (int i = 0; i < record.spec().fieldCount(); i++) {
      @Nullable String value = record.value(i);
      if (value != null) {
        out.put(record.spec().field(i).name(), value);
      }
    }
    return out;
  }

  // ---- what was planted --------------------------------------------------------------------

  /**
   * All canaries.
   *
   * @param receipt of the listing
   */
  public record Listed(List<Canary> canaries, Receipt receipt) {
    public Listed {
      canaries = List.copyOf(canaries);
    }
  }

  /**
   * Every canary, those planted last first; the listing is an entry of the log.
   *
   * @throws org.strongroom.audit.Denial when the actor may not
   */
  public Listed list(Actor by) {
    on.vault().require(by, Permission.PLANT_CANARIES);
    List<CanaryRow> rows = new ArrayList<>(rows());
    rows.sort(
        Comparator.comparing(CanaryRow::planted).reversed().thenComparing(CanaryRow::subject));
    Set<Id> whole = unchanged(rows);
    List<Set<String>> shown = shownTo(rows, on.exposures().size(), Long.MAX_VALUE);
    List<Canary> out = new ArrayList<>();
    for (int i = 0; i < rows.size(); i++) {
      CanaryRow row = rows.get(i);
      out.add(
          new Canary(
              row.subject().toString(),
              row.recipient().orElse(null),
              row.planted().toString(),
              shown.get(i).size(),
              !whole.contains(row.subject())));
    }
    Entry entry =
        Entry.of(Entry.Kind.LEAK, clock.instant(), Vault.by(by, null), "listed the canaries");
    return new Listed(out, sequencer.append(entry));
  }

  @Override
  public Set<Id> all() {
    return unchanged(rows());
  }

  @Override
  public List<Report.CanaryHit> hits(Set<Id> seen, long before, long until) {
    List<CanaryRow> found = new ArrayList<>();
    rows().stream().filter(row -> seen.contains(row.subject())).forEach(found::add);
    Set<Id> whole = unchanged(found);
    found.removeIf(row -> !whole.contains(row.subject()));
    found.sort(Comparator.comparing(CanaryRow::subject));
    List<Set<String>> shown = shownTo(found, before, until);
    List<Report.CanaryHit> out = new ArrayList<>();
    for (int i = 0; i < found.size(); i++) {
      CanaryRow row = found.get(i);
      out.add(
          new Report.CanaryHit(
              row.subject().toString(), row.recipient().orElse(null), List.copyOf(shown.get(i))));
    }
    return out;
  }

  private List<CanaryRow> rows() {
    List<CanaryRow> out = new ArrayList<>();
    try (Store.Cursor cursor = store.scan(Table.META, ROWS.getBytes(StandardCharsets.UTF_8))) {
      while (cursor.next()) {
        out.add(CanaryRow.read(sealer.open(cursor.value(), cursor.key())));
      }
    }
    return out;
  }

  private Set<Id> unchanged(List<CanaryRow> rows) {
    if (rows.isEmpty()) {
      return Set.of();
    }
    Set<Id> out = new HashSet<>();
    try (Matching.Run run = on.matching().begin(COLLECTION, clock.instant())) {
      for (List<Id> batch : batches(rows)) {
        out.addAll(run.unchanged(batch));
      }
    }
    return out;
  }

  /** The names of the actors to whom each was shown, in their order. */
  private List<Set<String>> shownTo(List<CanaryRow> rows, long before, long until) {
    Exposures.Walk walk = on.exposures().upTo(before);
    List<Set<String>> out = new ArrayList<>(rows.size());
    for (List<Id> batch : batches(rows)) {
      for (List<Exposures.Shown> shown : walk.of(batch)) {
        Set<String> names = new TreeSet<>();
        shown.stream().filter(each -> each.at() < until).forEach(each -> names.add(each.name()));
        out.add(names);
      }
    }
    return out;
  }

  private static List<List<Id>> batches(List<CanaryRow> rows) {
    List<Id> ids = rows.stream().map(CanaryRow::subject).toList();
    List<List<Id>> out = new ArrayList<>();
    for (int i = 0; i < ids.size(); i += BATCH) {
      out.add(ids.subList(i, Math.min(ids.size(), i + BATCH)));
    }
    return out;
  }
}
