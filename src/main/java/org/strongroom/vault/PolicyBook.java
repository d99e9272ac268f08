package org.strongroom.vault;

import java.time.Clock;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.strongroom.audit.Change;
import org.strongroom.audit.Entry;
import org.strongroom.audit.Receipt;
import org.strongroom.audit.Sequencer;
import org.strongroom.kernel.ErrorCode;
import org.strongroom.kernel.VaultException;
import org.strongroom.policy.Explanation;
import org.strongroom.policy.FieldRef;
import org.strongroom.policy.Policy;
import org.strongroom.policy.Reference;
import org.strongroom.schema.CollectionSpec;
import org.strongroom.schema.Index;

/**
 * The policy in force and its versions, each change of which is an entry in the log. Thread-safe.
 */
public final class PolicyBook {
  private static final String KEY = "policy";

  private final Sequencer sequencer;
  private final Catalogue catalogue;
  private final Clock clock;
  private volatile @Nullable InForce current;

  /** Reads the policy that the store holds, if there is one yet. */
  public PolicyBook(Sequencer sequencer, Catalogue catalogue, Clock clock) {
    this.sequencer = sequencer;
    this.catalogue = catalogue;
    this.clock = clock;
    this.current = read(catalogue.declarations());
  }

  private static @Nullable InForce read(Declarations declarations) {
    return declarations
        .get(KEY, Row.class)
        .map(row -> new InForce(row.version(), Policy.parse("policy", row.yaml())))
        .orElse(null);
  }

  private record Row(int version, String yaml, String at) {}

  private record InForce(int version, Policy policy) {}

  /** The policy in force. */
  public Policy policy() {
    return inForce().policy();
  }

  /** Its version, from 1. */
  public int version() {
    return inForce().version();
  }

  /**
   * What a role with a purpose would see of a collection, and why not the rest.
   *
   * @throws VaultException {@code NOT_FOUND} for an unknown role, purpose or collection
   */
  public Explanation explain(String role, String purpose, String collection) {
    CollectionSpec spec = catalogue.spec(collection);
    List<FieldRef> fields =
        spec.fields().stream()
            .map(field -> new FieldRef(field.name(), field.sensitivity().text()))
            .toList();
    List<String> indexes = spec.indexes().stream().map(Index::name).toList();
    return policy().explain(role, purpose, collection, fields, indexes);
  }

  /**
   * Puts a policy in force; the same policy again changes nothing.
   *
   * @param source what to call the file in errors
   * @throws VaultException {@code INVALID_DECLARATION}, also for a collection, field or index that
   *     the vault does not have
   */
  public synchronized Applied apply(Entry.By by, String source, String yaml) {
    // Read anew: a write that seemed to fail may have been made.
    @Nullable InForce before = read(catalogue.declarations());
    current = before;
    if (before != null && before.policy().yaml().equals(yaml)) {
      return new Applied(before.version(), null);
    }
    Policy policy = Policy.parse(source, yaml);
    for (Reference reference : policy.references()) {
      requireDeclared(source, reference);
    }
    int version = before == null ? 1 : before.version() + 1;
    Change change = new Change();
    Row row = new Row(version, yaml, clock.instant().toString());
    catalogue.declarations().put(change, KEY, version, row);
    Entry entry = Entry.of(Entry.Kind.POLICY, clock.instant(), by, "version " + version);
    Receipt receipt =
        sequencer
            .append(entry, change)
            .orElseThrow(
                () -> new VaultException(ErrorCode.CONFLICT, "the policy was changed meanwhile"));
    current = new InForce(version, policy);
    return new Applied(version, receipt);
  }

  private void requireDeclared(String source, Reference reference) {
    String what = reference.kind().name().toLowerCase(Locale.ROOT);
    @Nullable CollectionSpec spec =
        catalogue.specs().stream()
            .filter(each -> each.name().equals(reference.collection()))
            .findFirst()
            .orElse(null);
    List<String> known =
        switch (reference.kind()) {
          case COLLECTION -> catalogue.specs().stream().map(CollectionSpec::name).toList();
          case FIELD ->
              spec == null ? List.of() : spec.fields().stream().map(f -> f.name()).toList();
          case INDEX ->
              spec == null ? List.of() : spec.indexes().stream().map(i -> i.name()).toList();
        };
    if (!known.contains(reference.fieldOrIndex())) {
      throw new VaultException(
          ErrorCode.INVALID_DECLARATION,
          source
              + ":"
              + reference.line()
              + ": no such "
              + what
              + " \""
              + reference.fieldOrIndex()
              + "\"; the vault has "
              + known);
    }
  }

  private InForce inForce() {
    @Nullable InForce policy = current;
    if (policy == null) {
      throw new VaultException(
          ErrorCode.CORRUPT, "the vault has no policy: its making was cut short; make it anew");
    }
    return policy;
  }
}
