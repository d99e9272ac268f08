package org.strongroom.policy;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Tells what one role with one purpose sees of one collection, and which lines decide it. */
final class Explainer {
  private final Role role;
  private final Purpose purpose;
  private final String collection;
  private final @Nullable Grant grant;

  Explainer(Role role, Purpose purpose, String collection) {
    this.role = role;
    this.purpose = purpose;
    this.collection = collection;
    this.grant = role.grantOf(purpose.name(), collection);
  }

  Explanation explain(List<FieldRef> fields, List<String> indexes) {
    Set<String> ways = new LinkedHashSet<>(indexes);
    ways.add(Ask.BY_SUBJECT);
    List<Explanation.FieldView> views = fields.stream().map(this::view).toList();
    List<Explanation.IndexAccess> access = ways.stream().map(this::access).toList();
    return new Explanation(
        role.name(),
        purpose.name(),
        purpose.legalBasis(),
        collection,
        grant != null,
        because(),
        grant == null ? role.line() : grant.line(),
        grant != null && grant.reasonRequired(),
        grant != null && grant.history(),
        grant == null ? 0 : grant.maxMatches(),
        views,
        access);
  }

  private String because() {
    if (grant != null) {
      return "Granted on line " + grant.line() + ".";
    }
    return role.grantsPurpose(purpose.name())
        ? role.collectionNotOpen(purpose.name())
        : "The role " + role.name() + " does not have the purpose " + purpose.name() + ".";
  }

  private Explanation.FieldView view(FieldRef field) {
    Grant.@Nullable Rule decides =
        grant == null ? null : grant.ruleFor(field.name(), field.sensitivity());
    return decides == null
        ? new Explanation.FieldView(
            field.name(), field.sensitivity(), View.HIDDEN, "nothing said, so hidden", 0)
        : new Explanation.FieldView(
            field.name(), field.sensitivity(), decides.view(), decides.text(), decides.line());
  }

  private Explanation.IndexAccess access(String index) {
    if (grant == null) {
      return new Explanation.IndexAccess(index, false, "the collection is not granted", 0);
    }
    @Nullable Integer line = grant.search().get(index);
    return line == null
        ? new Explanation.IndexAccess(
            index, false, "not listed under \"search\" of the grant on line " + grant.line(), 0)
        : new Explanation.IndexAccess(index, true, "listed under \"search\"", line);
  }
}
