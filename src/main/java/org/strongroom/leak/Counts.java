package org.strongroom.leak;

import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.strongroom.kernel.Id;
import org.strongroom.schema.CollectionSpec;
import org.strongroom.schema.Sensitivity;
import org.strongroom.vault.Likeness;

/** What the lines of a sample add up to, each distinct record once. For one thread. */
final class Counts {
  /** Distances between a record and its first copy that are told apart. */
  private static final int MAX_DISTANCES = 100_000;

  private final CollectionSpec spec;
  private final long[] states = new long[Line.State.COUNT];
  private final long[][] likenesses;
  private final long[] heldFrom;
  private final long[] heldTo;
  private final long[] exposed;
  private final Map<Group, Long> groups = new HashMap<>();
  private final Map<Long, Long> distances = new HashMap<>();
  private final Draw examined;
  private final Draw sketch;
  private final Set<Id> seen = new HashSet<>();
  private long duplicates;
  private long strong;
  private long subjects;
  private long affected;
  private long sensitive;

  /** Affected subjects that are counted together. */
  record Group(int region, int age, Sensitivity fields) {}

  /**
   * @param examined how many subjects to draw
   * @param seed of that draw
   * @param sketchSeed the same for every check of the vault
   */
  Counts(CollectionSpec spec, int examined, long seed, long sketchSeed) {
    this.spec = spec;
    this.likenesses = new long[spec.fieldCount()][Likeness.COUNT];
    this.heldFrom = new long[spec.fieldCount()];
    this.heldTo = new long[spec.fieldCount()];
    Arrays.fill(heldFrom, Long.MAX_VALUE);
    Arrays.fill(heldTo, Long.MIN_VALUE);
    this.exposed = new long[spec.fieldCount()];
    this.examined = new Draw(examined, seed);
    this.sketch = new Draw(Sketch.SIZE, sketchSeed);
  }

  /** The same, as if nobody of the sample were held; with what tells such checks apart. */
  Counts allStrangers() {
    Counts out = new Counts(spec, 0, 0, 0);
    out.states[Line.State.INVALID.code()] = of(Line.State.INVALID);
    out.states[Line.State.STRANGER.code()] = of(Line.State.STRANGER) + matched();
    out.distances.putAll(distances);
    out.duplicates = duplicates;
    out.sketch.addAll(sketch);
    out.seen.addAll(seen);
    return out;
  }

  /** A record that says the same as one that many records came before it. */
  void duplicate(long distance) {
    duplicates++;
    if (distances.size() < MAX_DISTANCES || distances.containsKey(distance)) {
      distances.merge(distance, 1L, Long::sum);
    }
  }

  /** A distinct record. */
  void record(byte[] lines, int line) {
    Line.State state = Line.state(lines, line);
    states[state.code()]++;
    if (state == Line.State.INVALID || state == Line.State.STRANGER) {
      return;
    }
    strong += Line.strong(lines, line) ? 1 : 0;
    for (int i = 0; i < likenesses.length; i++) {
      likenesses[i][Line.field(lines, line, i).code()]++;
    }
    long[] before = Line.befores(lines, line, likenesses.length);
    for (int i = 0; i < before.length; i += 3) {
      int position = (int) before[i];
      heldFrom[position] = Math.min(heldFrom[position], before[i + 1]);
      heldTo[position] = Math.max(heldTo[position], before[i + 2]);
    }
  }

  /** A subject of some record of the sample. */
  void subject(Id subject, int region, boolean telling) {
    subjects++;
    sketch.offer(subject, region);
    if (telling) {
      examined.offer(subject, region);
    }
  }

  /** One of those watched for is in the sample. */
  void seen(Id subject) {
    seen.add(subject);
  }

  /** A subject with a genuine record, and what of it was exposed. */
  void affected(int region, int age, long fields) {
    affected++;
    boolean ordinary = false;
    boolean special = false;
    for (int i = 0; i < exposed.length; i++) {
      if ((fields >>> i & 1) != 0) {
        exposed[i]++;
        special |= spec.field(i).sensitivity() == Sensitivity.SENSITIVE;
        ordinary |= spec.field(i).sensitivity() != Sensitivity.SENSITIVE;
      }
    }
    if (special) {
      sensitive++;
      groups.merge(new Group(region, age, Sensitivity.SENSITIVE), 1L, Long::sum);
    }
    if (ordinary) {
      groups.merge(new Group(region, age, Sensitivity.ORDINARY), 1L, Long::sum);
    }
  }

  void add(Counts other) {
    for (int i = 0; i < states.length; i++) {
      states[i] += other.states[i];
    }
    for (int i = 0; i < likenesses.length; i++) {
      for (int k = 0; k < likenesses[i].length; k++) {
        likenesses[i][k] += other.likenesses[i][k];
      }
      heldFrom[i] = Math.min(heldFrom[i], other.heldFrom[i]);
      heldTo[i] = Math.max(heldTo[i], other.heldTo[i]);
      exposed[i] += other.exposed[i];
    }
    other.groups.forEach((group, count) -> groups.merge(group, count, Long::sum));
    other.distances.forEach((distance, count) -> distances.merge(distance, count, Long::sum));
    examined.addAll(other.examined);
    sketch.addAll(other.sketch);
    seen.addAll(other.seen);
    duplicates += other.duplicates;
    strong += other.strong;
    subjects += other.subjects;
    affected += other.affected;
    sensitive += other.sensitive;
  }

  long of(Line.State state) {
    return states[state.code()];
  }

  /** Records whose identifier is the vault's. */
  long matched() {
    return of(Line.State.UNDECIDED) + of(Line.State.WRONG) + of(Line.State.GENUINE);
  }

  /** Those of them that one identifier alone led to. */
  long strong() {
    return strong;
  }

  long distinct() {
    return matched() + of(Line.State.INVALID) + of(Line.State.STRANGER);
  }

  long duplicates() {
    return duplicates;
  }

  /** Duplicates that come in blocks: at a distance at which at least {@code least} others do. */
  long repeated(int least) {
    return distances.values().stream().filter(count -> count >= least).mapToLong(n -> n).sum();
  }

  long subjects() {
    return subjects;
  }

  long affected() {
    return affected;
  }

  long sensitive() {
    return sensitive;
  }

  long likeness(int position, Likeness likeness) {
    return likenesses[position][likeness.code()];
  }

  /** From when a past value of the field that was met was held; {@link Long#MAX_VALUE} for none. */
  long heldFrom(int position) {
    return heldFrom[position];
  }

  long heldTo(int position) {
    return heldTo[position];
  }

  /** How many subjects had the field exposed. */
  long exposed(int position) {
    return exposed[position];
  }

  Map<Group, Long> groups() {
    return groups;
  }

  Set<Id> seen() {
    return seen;
  }

  Draw examined() {
    return examined;
  }

  Draw sketch() {
    return sketch;
  }
}
