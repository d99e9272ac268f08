package org.strongroom.schema;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Period;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.strongroom.kernel.BigEndian;
import org.strongroom.kernel.BugException;
import org.strongroom.kernel.ErrorCode;
import org.strongroom.kernel.VaultException;
import org.strongroom.yaml.YamlNode;

/**
 * A declared kind of record: its fields, what they must satisfy, and how records are found. Made
 * from a YAML file, described in {@link CollectionReader}. Immutable and thread-safe.
 *
 * <p>A position is a field's place in the file, from 0, and holds for this object only; what stays
 * the same from one version of a file to the next is the tag.
 */
public final class CollectionSpec {
  private static final List<String> BUILT_IN = List.of("residents", "cases", "activity");

  private final Declaration declaration;
  private final Field[] fields;
  private final CrossCheck[] checks;
  private final int[] positionsByTag;
  private final Map<String, Integer> positions = new HashMap<>();
  private final Map<String, Integer> looseNames = new HashMap<>();
  private final Map<Set<String>, Index> indexesByFields = new HashMap<>();

  CollectionSpec(Declaration declaration) {
    this.declaration = declaration;
    this.fields = declaration.fields().toArray(new Field[0]);
    this.checks = declaration.checks().toArray(new CrossCheck[0]);
    this.positionsByTag =
        new int[declaration.fields().stream().mapToInt(Field::tag).max().orElse(0) + 1];
    Arrays.fill(positionsByTag, -1);
    for (int i = 0; i < fields.length; i++) {
      positionsByTag[fields[i].tag()] = i;
      positions.put(fields[i].name(), i);
      looseNames.put(looseName(fields[i].name()), i);
      for (String alias : fields[i].aliases()) {
        looseNames.put(looseName(alias), i);
      }
    }
    for (Index index : declaration.indexes()) {
      Set<String> names = index.fields().stream().map(Field::name).collect(Collectors.toSet());
      indexesByFields.put(names, index);
    }
  }

  /**
   * Reads a declaration.
   *
   * @param source what to call the file in errors
   * @param knownTags the tags of every field the collection ever had. A field found there keeps its
   *     tag; a new one gets the next number that none ever had. Not checked: whether a known field
   *     still has the type it had
   * @param clock tells what lies in the future
   * @throws VaultException {@link ErrorCode#INVALID_DECLARATION} with {@code source:line: reason}
   */
  public static CollectionSpec parse(
      String source, String yaml, Map<String, Integer> knownTags, Clock clock) {
    return new CollectionSpec(CollectionReader.read(source, yaml, knownTags, clock));
  }

  /**
   * The name that a declaration gives its collection; nothing else of it is read.
   *
   * @throws VaultException {@link ErrorCode#INVALID_DECLARATION} if there is none
   */
  public static String nameIn(String source, String yaml) {
    YamlNode file = YamlNode.parse(source, yaml);
    return file.required(file.mapping(), "collection").text();
  }

  /** The names of the ready-made collections. */
  public static List<String> builtIn() {
    return BUILT_IN;
  }

  /**
   * The file of a ready-made collection.
   *
   * @throws VaultException {@link ErrorCode#NOT_FOUND} if there is none of that name
   */
  public static String builtInYaml(String name) {
    if (!BUILT_IN.contains(name)) {
      throw new VaultException(
          ErrorCode.NOT_FOUND, "no ready-made collection has that name; there are " + BUILT_IN);
    }
    try (InputStream in = CollectionSpec.class.getResourceAsStream(name + ".yaml")) {
      if (in == null) {
        throw new BugException("the resource " + name + ".yaml is not on the class path");
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public String name() {
    return declaration.name();
  }

  /** For people; perhaps empty. */
  public String description() {
    return declaration.description();
  }

  /** The file that this was read from, word for word. */
  public String yaml() {
    return declaration.yaml();
  }

  /** Whom the records are about: {@code person} or {@code organisation}. */
  public String subjectKind() {
    return declaration.subjectKind();
  }

  public List<Field> fields() {
    return declaration.fields();
  }

  public int fieldCount() {
    return fields.length;
  }

  public Field field(int position) {
    return fields[position];
  }

  /** The position of the field of that name; -1 if there is none. */
  public int position(String fieldName) {
    return positions.getOrDefault(fieldName, -1);
  }

  /**
   * The position of the field that another system calls {@code sourceName}: its name or an alias,
   * where letter case, white space, "_" and "-" do not count; -1 if there is none.
   */
  public int positionOf(String sourceName) {
    return looseNames.getOrDefault(looseName(sourceName), -1);
  }

  /** The position of the field with that tag; -1 if this declaration has none. */
  public int positionOfTag(int tag) {
    return tag < positionsByTag.length ? positionsByTag[tag] : -1;
  }

  static String looseName(String sourceName) {
    return CleanText.looseForm(sourceName).replace("_", "").replace("-", "");
  }

  /** The position of the field that identifies the subject; always required. */
  public int subjectField() {
    return declaration.subjectField();
  }

  /** Whether a subject has one record at most, so that the record <em>is</em> the subject's. */
  public boolean onePerSubject() {
    return declaration.onePerSubject();
  }

  /**
   * The positions of the natural key, by which a record is recognised when it comes in again: of
   * all records of the vault in this collection, one has these values. All required. With one
   * record per subject it is the subject field.
   */
  public int[] keyFields() {
    return declaration.keyFields().stream().mapToInt(Integer::intValue).toArray();
  }

  /**
   * Every blind index to be kept: the identity index first, then the key index unless that is the
   * same, then those declared besides.
   */
  public List<Index> indexes() {
    return declaration.indexes();
  }

  /** The index that finds records by exactly these fields. Not checked: who may search it. */
  public Optional<Index> indexFor(Set<String> fieldNames) {
    return Optional.ofNullable(indexesByFields.get(fieldNames));
  }

  /**
   * Whether a check holds the field against the ID number of the same record, so that its value
   * mostly follows from that number: a birth date or a sex.
   */
  public boolean followsFromId(int position) {
    String disagrees = fields[position].name() + ".disagrees";
    return declaration.checks().stream()
        .anyMatch(check -> check.problem().code().equals(disagrees));
  }

  /** How long a record is kept after it last changed; empty for no limit. */
  public Optional<Period> retention() {
    return Optional.ofNullable(declaration.retention());
  }

  /**
   * Validates and normalises every value, then runs the cross-field checks on those that are valid.
   * Pure but for the clock, thread-safe, and made for millions of calls: a valid resident costs
   * about one microsecond. Blank values count as absent.
   *
   * @param draft of {@link #fieldCount} values; not changed
   */
  public Checked check(Draft draft) {
    if (draft.size() != fields.length) {
      throw new BugException("the draft is for another collection");
    }
    @Nullable String[] values = new @Nullable String[fields.length];
    @Nullable Image @Nullable [] images = null;
    List<Problem> errors = List.of();
    List<Problem> warnings = List.of();
    for (int i = 0; i < fields.length; i++) {
      Field field = fields[i];
      String raw = draft.get(i);
      if (raw == null || CleanText.isBlank(raw)) {
        if (field.required()) {
          errors = with(errors, Problem.of(field.name(), "missing", "is required"));
        }
        continue;
      }
      try {
        if (field.type() instanceof ImageType type) {
          images = images == null ? new @Nullable Image[fields.length] : images;
          images[i] = type.read(raw);
        } else {
          String value = field.type().normalise(raw);
          values[i] = value;
          Optional<FieldType.Doubt> doubt = field.type().doubt(value);
          if (doubt.isPresent()) {
            warnings =
                with(warnings, Problem.of(field.name(), doubt.get().code(), doubt.get().text()));
          }
        }
      } catch (InvalidValue e) {
        errors = with(errors, Problem.of(field.name(), e.code(), e.text()));
      }
    }
    for (CrossCheck check : checks) {
      if (check.rule().broken(values)) {
        if (check.error()) {
          errors = with(errors, check.problem());
        } else {
          warnings = with(warnings, check.problem());
        }
      }
    }
    return errors.isEmpty()
        ? new ValidRecord(this, values, images, List.copyOf(warnings))
        : new Invalid(errors);
  }

  private static List<Problem> with(List<Problem> problems, Problem problem) {
    List<Problem> out = problems.isEmpty() ? new ArrayList<>() : problems;
    out.add(problem);
    return out;
  }

  /**
   * The canonical text of a value to search for.
   *
   * @throws InvalidValue if no record can hold it; a blank one is {@code missing}
   */
  public String normaliseQuery(int position, String raw) throws InvalidValue {
    if (CleanText.isBlank(raw)) {
      throw new InvalidValue("missing", "is required");
    }
    return fields[position].type().normalise(raw);
  }

  /**
   * What goes into the keyed function of a blind index: for each value the length of its index form
   * in UTF-8 (four bytes, big-endian), then the form itself. Names and addresses match whatever
   * their letter case and white space, e-mail addresses whatever their case.
   *
   * @param canonicalValues in the order of {@code index.fields()}
   */
  public byte[] indexInput(Index index, String[] canonicalValues) {
    List<Field> covered = index.fields();
    if (canonicalValues.length != covered.size()) {
      throw new BugException("an index takes one value for each of its fields");
    }
    byte[][] parts = new byte[canonicalValues.length][];
    int length = 0;
    for (int i = 0; i < parts.length; i++) {
      String form = covered.get(i).type().indexForm(canonicalValues[i]);
      parts[i] = form.getBytes(StandardCharsets.UTF_8);
      length += Integer.BYTES + parts[i].length;
    }
    byte[] out = new byte[length];
    int at = 0;
    for (byte[] part : parts) {
      BigEndian.putInt(out, at, part.length);
      System.arraycopy(part, 0, out, at + Integer.BYTES, part.length);
      at += Integer.BYTES + part.length;
    }
    return out;
  }

  /** The same for a record of this collection; null if it lacks one of the values. */
  public byte @Nullable [] indexInput(Index index, ValidRecord record) {
    String[] values = new String[index.fields().size()];
    for (int i = 0; i < values.length; i++) {
      String value = record.value(position(index.fields().get(i).name()));
      if (value == null) {
        return null;
      }
      values[i] = value;
    }
    return indexInput(index, values);
  }

  @Override
  public String toString() {
    return "CollectionSpec[" + name() + "]";
  }
}
