package org.strongroom.vault;

import org.strongroom.kernel.Id;

/**
 * How one {@link Suspect} compares with the subject that it was matched with: no value of either.
 * For one reader; the arrays are not to be changed.
 */
public final class Compared {
  /** The end of a span that lasts. */
  public static final long STILL = Long.MAX_VALUE;

  /** What there is no region or age for. */
  public static final int UNKNOWN = -1;

  private final Id subject;
  private final boolean strong;
  private final Likeness[] fields;
  private final long[] before;
  private final boolean decided;
  private final long[] together;
  private final int region;
  private final int age;

  Compared(
      Id subject,
      boolean strong,
      Likeness[] fields,
      long[] before,
      boolean decided,
      long[] together,
      int region,
      int age) {
    this.subject = subject;
    this.strong = strong;
    this.fields = fields;
    this.before = before;
    this.decided = decided;
    this.together = together;
    this.region = region;
    this.age = age;
  }

  public Id subject() {
    return subject;
  }

  /** Whether one field alone led to the subject, and not a name that others have as well. */
  public boolean strong() {
    return strong;
  }

  /** By position of the field. */
  public Likeness field(int position) {
    return fields[position];
  }

  /**
   * When the values that were {@link Likeness#EQUAL_BEFORE} were held: position, from, to, three
   * numbers for each, times in milliseconds since 1970.
   */
  public long[] before() {
    return before;
  }

  /** Whether there was something to compare beside what follows from the identifier. */
  public boolean decided() {
    return decided;
  }

  /**
   * When all that the sample says was true together: from and to, two numbers for each span, in
   * milliseconds since 1970, the newest first; {@link #STILL} where it is true still. Empty if it
   * never was.
   */
  public long[] together() {
    return together;
  }

  /** Whether what the sample says was true together at some moment. */
  public boolean genuine() {
    return decided && together.length > 0;
  }

  /** How many fields are equal or near. */
  int agreeing() {
    int out = 0;
    for (Likeness field : fields) {
      out +=
          field == Likeness.EQUAL_NOW || field == Likeness.EQUAL_BEFORE || field == Likeness.NEAR
              ? 1
              : 0;
    }
    return out;
  }

  /** The first two digits of the subject's ID number, or {@link #UNKNOWN}. */
  public int region() {
    return region;
  }

  /** The subject's age in years at the time of the comparison, or {@link #UNKNOWN}. */
  public int age() {
    return age;
  }

  @Override
  public String toString() {
    return "Compared[redacted]";
  }
}
