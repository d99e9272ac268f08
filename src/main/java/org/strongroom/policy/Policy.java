package org.strongroom.policy;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;
import org.strongroom.kernel.BugException;
import org.strongroom.kernel.ErrorCode;
import org.strongroom.kernel.VaultException;

/**
 * A policy file, read and checked: which role may use which records for which purpose, and how far.
 * What the file does not grant is denied. Where an actor holds several roles, the first of them, in
 * the order of the file, that grants the purpose decides alone; grants of several roles are never
 * added up.
 *
 * <p>Whoever administers (manages users, changes the policy or the collections) is shown no
 * records: a role that could do both is refused when the file is read, and an actor who holds two
 * such roles is denied every disclosure.
 *
 * <p>Not checked here: whether the collections, fields and indexes exist; {@link #references} lists
 * them for that. Immutable and thread-safe.
 */
public final class Policy {
  private static final String BUILT_IN = "policy.yaml";

  private final String yaml;
  private final Map<String, Purpose> purposes;
  private final Map<String, Role> roles;

  private Policy(String yaml, Map<String, Purpose> purposes, Map<String, Role> roles) {
    this.yaml = yaml;
    this.purposes = purposes;
    this.roles = roles;
  }

  /**
   * Reads a policy file.
   *
   * @param source what to call the file in errors
   * @throws VaultException {@link ErrorCode#INVALID_DECLARATION} with {@code source:line: reason}
   */
  public static Policy parse(String source, String yaml) {
    PolicyReader reader = new PolicyReader(source, yaml);
    return new Policy(yaml, reader.purposes(), reader.roles());
  }

  /** The policy that a new vault starts with. */
  public static String builtInYaml() {
    try (@Nullable InputStream in = Policy.class.getResourceAsStream(BUILT_IN)) {
      if (in == null) {
        throw new BugException("the built-in policy is missing from the program");
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The file as it was read. */
  public String yaml() {
    return yaml;
  }

  /** The roles in file order. */
  public Set<String> roles() {
    return Collections.unmodifiableSet(roles.keySet());
  }

  /** The purposes in file order. */
  public Set<String> purposes() {
    return Collections.unmodifiableSet(purposes.keySet());
  }

  /** The purposes that at least one of {@code held} grants, in file order. */
  public List<Purpose> purposesOf(Set<String> held) {
    return purposes.values().stream()
        .filter(
            purpose ->
                roles.values().stream()
                    .anyMatch(
                        role -> held.contains(role.name()) && role.grantsPurpose(purpose.name())))
        .toList();
  }

  /** Whether one of the roles held may do {@code act}. */
  public boolean may(Set<String> held, Permission act) {
    for (Role role : roles.values()) {
      if (held.contains(role.name()) && role.acts().contains(act)) {
        return !(act.discloses() && dutiesConflict(held).isPresent());
      }
    }
    return false;
  }

  /**
   * Why one actor must not hold these roles together, or empty if he may. To be asked before roles
   * are given; {@link #decide} denies to whoever holds such roles all the same.
   */
  public Optional<String> dutiesConflict(Set<String> held) {
    @Nullable Role administers = null;
    @Nullable Role discloses = null;
    for (Role role : roles.values()) {
      if (held.contains(role.name())) {
        administers = administers == null && role.administers() ? role : administers;
        discloses = discloses == null && role.discloses() ? role : discloses;
      }
    }
    if (administers == null || discloses == null) {
      return Optional.empty();
    }
    return Optional.of(
        "The role "
            + administers.name()
            + " decides who sees what, so its holder must see no one's data; the role "
            + discloses.name()
            + " shows some. Use two accounts.");
  }

  /** Whether, and how far, {@code ask} is granted. */
  public Decision decide(Ask ask) {
    return decide(ask.purpose(), ask.roles(), (role, purpose) -> decide(ask, role, purpose));
  }

  /**
   * Whether an act that shows no records is granted for a purpose: by the first of the roles held,
   * in the order of the file, that grants the purpose, which must have the act as well.
   */
  public Decision decide(ActAsk ask) {
    return decide(ask.purpose(), ask.roles(), (role, purpose) -> decide(ask, role, purpose));
  }

  /** By the first of the roles held, in the order of the file, that grants the purpose. */
  private Decision decide(
      String purposeName, Set<String> held, BiFunction<Role, Purpose, Decision> by) {
    @Nullable Purpose purpose = purposes.get(purposeName);
    if (purpose == null) {
      return new Denied(
          Denied.UNKNOWN_PURPOSE, "The policy knows no such purpose. " + openTo(held));
    }
    Optional<String> conflict = dutiesConflict(held);
    if (conflict.isPresent()) {
      return new Denied(Denied.DUTIES_NOT_SEPARATED, conflict.get());
    }
    for (Role role : roles.values()) {
      if (held.contains(role.name()) && role.grantsPurpose(purpose.name())) {
        return by.apply(role, purpose);
      }
    }
    return new Denied(
        Denied.PURPOSE_NOT_GRANTED,
        "None of your roles grants the purpose " + purpose.name() + ". " + openTo(held));
  }

  private Decision decide(ActAsk ask, Role role, Purpose purpose) {
    String who = "The role " + role.name() + " with the purpose " + purpose.name();
    if (!role.acts().contains(ask.act())) {
      return new Denied(Denied.ACT_NOT_GRANTED, who + " may not " + ask.act().text() + ".");
    }
    @Nullable Grant grant = role.grantFor(purpose.name(), ask.collection());
    if (grant == null) {
      return new Denied(Denied.COLLECTION_NOT_GRANTED, role.collectionNotOpen(purpose.name()));
    }
    return grant.reasonRequired() && !ask.reasonGiven()
        ? new Denied(Denied.REASON_REQUIRED, who + " must give a reason. Give one in words.")
        : new Granted(role.name(), purpose, grant, false);
  }

  private Decision decide(Ask ask, Role role, Purpose purpose) {
    String who = "The role " + role.name() + " with the purpose " + purpose.name();
    @Nullable Grant grant = role.grantOf(purpose.name(), ask.collection());
    if (grant == null) {
      return new Denied(Denied.COLLECTION_NOT_GRANTED, role.collectionNotOpen(purpose.name()));
    }
    if (ask.index().isPresent() && !grant.search().containsKey(ask.index().get())) {
      return new Denied(
          Denied.INDEX_NOT_GRANTED,
          who + " may not search this way. Search by " + grant.search().keySet() + ".");
    }
    if (ask.history() && !grant.history()) {
      return new Denied(
          Denied.HISTORY_NOT_GRANTED,
          who + " may not see past versions. Ask for the present one alone.");
    }
    if (grant.reasonRequired() && !ask.reasonGiven()) {
      return new Denied(Denied.REASON_REQUIRED, who + " must give a reason. Give one in words.");
    }
    return new Granted(role.name(), purpose, grant, ask.history());
  }

  private String openTo(Set<String> held) {
    List<String> open = purposesOf(held).stream().map(Purpose::name).toList();
    return open.isEmpty()
        ? "No purpose is open to you; ask your administrator for a role."
        : "Open to you: " + open + ".";
  }

  /**
   * What a role with a purpose would see of a collection, and why not the rest. Listing by subject
   * is explained as well as {@code indexes}.
   *
   * @throws VaultException {@link ErrorCode#NOT_FOUND} for a role or purpose that is not in the
   *     policy; the message lists those that are
   */
  public Explanation explain(
      String role, String purpose, String collection, List<FieldRef> fields, List<String> indexes) {
    @Nullable Role found = roles.get(role);
    if (found == null) {
      throw new VaultException(
          ErrorCode.NOT_FOUND, "no such role in the policy; there are " + roles.keySet());
    }
    @Nullable Purpose why = purposes.get(purpose);
    if (why == null) {
      throw new VaultException(
          ErrorCode.NOT_FOUND, "no such purpose in the policy; there are " + purposes.keySet());
    }
    return new Explainer(found, why, collection).explain(fields, indexes);
  }

  /** Every collection, field and index that the file names, in file order, repetitions included. */
  public List<Reference> references() {
    List<Reference> out = new ArrayList<>();
    for (Role role : roles.values()) {
      for (Grant grant : role.grants()) {
        @Nullable String collection = grant.collection();
        if (collection != null) {
          out.add(
              new Reference(
                  collection, collection, Reference.Kind.COLLECTION, grant.collectionLine()));
          grant
              .search()
              .forEach(
                  (index, line) -> {
                    if (!index.equals(Ask.BY_SUBJECT)) {
                      out.add(new Reference(collection, index, Reference.Kind.INDEX, line));
                    }
                  });
          for (Grant.Rule rule : grant.show().values()) {
            if (!Grant.namesClass(rule.key())) {
              out.add(new Reference(collection, rule.key(), Reference.Kind.FIELD, rule.line()));
            }
          }
        }
      }
    }
    return List.copyOf(out);
  }
}
