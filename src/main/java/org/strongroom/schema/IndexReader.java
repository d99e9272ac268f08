package org.strongroom.schema;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.strongroom.schema.FieldType.Entropy;
import org.strongroom.yaml.YamlNode;

/** Reads the indexes of a declaration, and refuses those that would give values away. */
final class IndexReader {
  private final DeclaredFields fields;

  IndexReader(DeclaredFields fields) {
    this.fields = fields;
  }

  /**
   * Identity first, then the key if it is another, then the declared ones.
   *
   * @param by the position of the subject field
   * @param key the positions of the natural key
   */
  List<Index> read(@Nullable YamlNode node, int by, List<Integer> key) {
    List<Index> out = new ArrayList<>();
    boolean same = key.equals(List.of(by));
    out.add(index(List.of(by), same, true, same));
    if (!same) {
      out.add(index(key, true, false, true));
    }
    Set<Set<Integer>> kept = new HashSet<>(List.of(Set.of(by), Set.copyOf(key)));
    Set<Set<Integer>> declared = new HashSet<>();
    for (YamlNode item : node == null ? List.<YamlNode>of() : node.list()) {
      List<Integer> covered = item.list().stream().map(fields::position).toList();
      requireIndexable(item, covered);
      if (!declared.add(Set.copyOf(covered))) {
        throw item.error("this index is declared twice");
      }
      // Identity and key are kept in any case; to declare them as well does no harm.
      if (kept.add(Set.copyOf(covered))) {
        out.add(index(covered, false, false, false));
      }
    }
    return List.copyOf(out);
  }

  private Index index(List<Integer> covered, boolean unique, boolean identity, boolean key) {
    List<Field> of = covered.stream().map(fields::get).toList();
    String name = of.stream().map(Field::name).collect(Collectors.joining("+"));
    return new Index(name, of, unique, identity, key);
  }

  /** Refuses, at the line of {@code node}, what has too few values for a blind index. */
  void requireIndexable(YamlNode node, List<Integer> covered) {
    if (covered.isEmpty() || Set.copyOf(covered).size() < covered.size()) {
      throw node.error("an index names one or more fields, each once");
    }
    Set<Entropy> entropies = new HashSet<>();
    for (int position : covered) {
      entropies.add(fields.get(position).type().entropy());
    }
    String first = fields.get(covered.get(0)).name();
    if (entropies.contains(Entropy.NONE)) {
      throw node.error("an image cannot be indexed");
    }
    if (entropies.contains(Entropy.IDENTIFYING)) {
      return;
    }
    if (covered.size() == 1) {
      throw node.error(
          "\""
              + first
              + "\" cannot be indexed alone: many share a value, and the counts would give it away."
              + " Only ID numbers, phones, e-mail addresses and text with \"identifier: true\" can;"
              + " join it with another field, as in [name, date_of_birth]");
    }
    if (!entropies.contains(Entropy.TELLING)) {
      throw node.error(
          "these fields have too few values to be indexed, even together: one of them must be a"
              + " name, an address or an identifier");
    }
  }
}
