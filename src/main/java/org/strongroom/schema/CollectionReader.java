package org.strongroom.schema;

import java.time.Clock;
import java.time.DateTimeException;
import java.time.Period;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.strongroom.yaml.YamlNode;

/**
 * Reads the declaration of a collection. Its keys:
 *
 * <pre>
 * collection: cases                # [a-z][a-z0-9_]*
 * description: ...                 # optional
 * subject: {kind: person, by: resident_id}   # person or organisation; by a required, identifying field
 * records: many                    # one (the record is the subject's) or many per subject
 * key: case_number                 # with many: what makes a record the same record; a name or a list
 * retention: P30Y                  # optional, ISO 8601
 * fields:                          # in order; see {@link FieldReader}
 *   - {name: case_number, type: text, identifier: true, class: ordinary, required: true}
 * indexes:                         # optional; each a field or a list of fields
 *   - [officer, opened_on]
 * checks:                          # optional
 *   - {check: not_in_future, field: opened_on, outcome: error}
 * </pre>
 *
 * <p>Checks are {@code birth_date_agrees} and {@code sex_agrees} ({@code field}, {@code with} an ID
 * number) and {@code not_in_future} ({@code field}, a date or timestamp); the outcome is {@code
 * warning} or {@code error}.
 */
final class CollectionReader {
  private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9_]{0,62}");
  private static final Set<String> KEYS =
      Set.of(
          "collection",
          "description",
          "subject",
          "records",
          "key",
          "retention",
          "fields",
          "indexes",
          "checks");

  private final Clock clock;
  private final YamlNode root;
  private final Map<String, YamlNode> file;
  private final DeclaredFields fields;
  private final IndexReader indexes;

  private CollectionReader(YamlNode root, Map<String, Integer> knownTags, Clock clock) {
    this.clock = clock;
    this.root = root;
    this.file = root.mapping(KEYS);
    this.fields = DeclaredFields.read(root.required(file, "fields"), knownTags, clock);
    this.indexes = new IndexReader(fields);
  }

  /** See {@link CollectionSpec#parse(String, String, Map, Clock)}. */
  static Declaration read(String source, String yaml, Map<String, Integer> knownTags, Clock clock) {
    return new CollectionReader(YamlNode.parse(source, yaml), knownTags, clock).read(yaml);
  }

  private Declaration read(String yaml) {
    String name = name(root.required(file, "collection"));
    YamlNode subjectNode = root.required(file, "subject");
    Map<String, YamlNode> subject = subjectNode.mapping(Set.of("kind", "by"));
    SubjectKind kind = subjectNode.required(subject, "kind").oneOf(SubjectKind.class);
    int by = subjectField(subjectNode.required(subject, "by"));
    boolean one = root.required(file, "records").oneOf(Records.class) == Records.ONE;
    List<Integer> key = one ? subjectIsKey(by) : key(by);
    YamlNode description = file.get("description");
    return new Declaration(
        name,
        description == null ? "" : description.text(),
        yaml,
        kind.name().toLowerCase(Locale.ROOT),
        fields.all(),
        by,
        one,
        key,
        indexes.read(file.get("indexes"), by, key),
        new CheckReader(fields, clock).read(file.get("checks")),
        retention());
  }

  static String name(YamlNode node) {
    if (!NAME.matcher(node.text()).matches()) {
      throw node.error(
          "a name is lower-case letters, digits and \"_\", beginning with a letter, up to 63");
    }
    return node.text();
  }

  private int subjectField(YamlNode node) {
    int position = fields.position(node);
    Field field = fields.get(position);
    if (field.type().entropy() != FieldType.Entropy.IDENTIFYING) {
      throw node.error("\"" + field.name() + "\" cannot tell one subject from another");
    }
    requireRequired(node, field);
    return position;
  }

  private List<Integer> subjectIsKey(int by) {
    YamlNode node = file.get("key");
    if (node != null) {
      throw node.error("with one record per subject, the subject field is the key");
    }
    return List.of(by);
  }

  private List<Integer> key(int by) {
    YamlNode node = root.required(file, "key");
    List<Integer> out = new ArrayList<>();
    for (YamlNode name : node.list()) {
      int position = fields.position(name);
      requireRequired(name, fields.get(position));
      out.add(position);
    }
    if (out.equals(List.of(by))) {
      throw node.error("with many records per subject, the key must tell them apart");
    }
    indexes.requireIndexable(node, out);
    return List.copyOf(out);
  }

  private static void requireRequired(YamlNode node, Field field) {
    if (!field.required()) {
      throw node.error("\"" + field.name() + "\" must be required to serve here");
    }
  }

  private @Nullable Period retention() {
    YamlNode node = file.get("retention");
    if (node == null) {
      return null;
    }
    try {
      Period period = Period.parse(node.text());
      if (!period.isNegative() && !period.isZero()) {
        return period;
      }
    } catch (DateTimeException e) {
      // Falls through to the one message.
    }
    throw node.error("a period such as P10Y, P6M or P180D is expected here");
  }

  private enum SubjectKind {
    PERSON,
    ORGANISATION
  }

  private enum Records {
    ONE,
    MANY
  }
}
