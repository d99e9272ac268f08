package org.strongroom.synthetic;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.LocalDate;
import java.util.function.LongConsumer;
import org.strongroom.synthetic.ResidentNumbers.Place;

/**
 * A population that is computed, not kept: record i follows from the seed, the date and i alone.
 *
 * <p>Held: every ID number is well-formed, none comes twice, no birth date lies after {@code
 * today}, phones do not repeat within 2^31 records. Shares of ages, sexes, counties, ethnicities
 * and surnames follow published figures within a per cent or so. Not held: families, moves or
 * anything else between two records. Immutable and safe for many threads.
 */
public final class Residents {
  /** How many residents one seed has. */
  public static final long COUNT = ResidentNumbers.COUNT;

  private static final int FLUSH_BYTES = 1 << 16;
  private static final int PROGRESS_RECORDS = 1 << 12;
  private static final int FORMER_NAME_PER_MILLE = 20;
  private static final byte[] MALE = "male".getBytes(UTF_8);
  private static final byte[] FEMALE = "female".getBytes(UTF_8);

  private final long seed;
  private final Places places = new Places();
  private final Ethnicities ethnicities = new Ethnicities(places);
  private final Names names = new Names(ethnicities.names());
  private final Addresses addresses = new Addresses(places);
  private final Lives lives = new Lives();
  private final ResidentNumbers numbers;
  private final Contacts contacts;

  /**
   * @param today the day from which ages count; nobody is born later
   */
  public Residents(long seed, LocalDate today) {
    this.seed = seed;
    this.numbers = new ResidentNumbers(Dice.mix(seed ^ 1), places, new Ages(today));
    this.contacts = new Contacts(Dice.mix(seed ^ 2));
  }

  /**
   * Resident {@code i}.
   *
   * @throws IndexOutOfBoundsException unless 0 &lt;= i &lt; {@link #COUNT}
   */
  public Resident get(long i) {
    Row row = new Row();
    new Pen().draw(i, row);
    return new Resident(
        requireNonNull(row.value(0)),
        requireNonNull(row.value(1)),
        row.value(2),
        requireNonNull(row.value(3)),
        requireNonNull(row.value(4)),
        requireNonNull(row.value(5)),
        requireNonNull(row.value(6)),
        row.value(7),
        row.value(8),
        row.value(9),
        requireNonNull(row.value(10)),
        requireNonNull(row.value(11)));
  }

  /**
   * {@code count} residents from {@code from} on, as lines of JSON. They are computed as they are
   * read; the stream holds some 64 KiB, whatever the count, and is for one thread.
   *
   * @throws IndexOutOfBoundsException if that goes beyond {@link #COUNT}
   */
  public InputStream ndjson(long from, long count) {
    return stream(Format.NDJSON, from, count);
  }

  /** As {@link #ndjson}, in any format. */
  public InputStream stream(Format format, long from, long count) {
    return new ResidentStream(format, new Pen(), from, count);
  }

  /**
   * Writes the first {@code count} residents and flushes {@code out}, which stays open.
   *
   * @param progress told how many have been written, now and then and at the end
   * @throws IndexOutOfBoundsException if {@code count} exceeds {@link #COUNT}
   * @throws IOException what {@code out} throws; what was written before stays written
   */
  public void generate(Format format, long count, OutputStream out, LongConsumer progress)
      throws IOException {
    checkRange(0, count);
    ByteSink buffer = new ByteSink(2 * FLUSH_BYTES);
    Pen pen = new Pen();
    format.open(buffer);
    for (long i = 0; i < count; i++) {
      pen.write(i, format, i == 0, buffer);
      if (buffer.length() >= FLUSH_BYTES) {
        buffer.writeTo(out);
        buffer.clear();
      }
      if ((i + 1) % PROGRESS_RECORDS == 0) {
        progress.accept(i + 1);
      }
    }
    format.close(buffer);
    buffer.writeTo(out);
    out.flush();
    progress.accept(count);
  }

  static void checkRange(long from, long count) {
    if (from < 0 || count < 0 || from > COUNT - count) {
      throw new IndexOutOfBoundsException("a seed has " + COUNT + " residents");
    }
  }

  /** Draws records, one after another, into the same row. For one thread. */
  final class Pen {
    private final Dice dice = new Dice(seed);
    private final Place place = new Place();
    private final Row row = new Row();

    /** Writes resident {@code i} as {@code format} has it. */
    void write(long i, Format format, boolean first, ByteSink to) {
      draw(i, row);
      format.write(row, first, to);
    }

    private void draw(long i, Row into) {
      checkRange(i, 1);
      dice.restart(i);
      numbers.deal(i, place);
      int ethnicity = ethnicities.draw(places.province(place.county), dice.next());
      into.clear();
      ByteSink text = into.text();
      numbers.write(place, text);
      into.endField();
      int surname = names.write(ethnicity, place.male(), place.birthYear(), dice, text);
      into.endField();
      if (surname >= 0 && place.age >= 18 && dice.chance(FORMER_NAME_PER_MILLE)) {
        names.writeWith(surname, place.male(), place.birthYear(), dice, text);
      }
      into.endField();
      into.field(place.male() ? MALE : FEMALE);
      text.putDigits(place.birthYear(), 4);
      text.put('-');
      text.putDigits(place.birthDate / 100, 2);
      text.put('-');
      text.putDigits(place.birthDate, 2);
      into.endField();
      into.field(ethnicities.utf8(ethnicity));
      addresses.write(place.county, dice, text);
      into.endField();
      reachable(i, surname, into);
      lives.write(place, places.urban(place.county), dice, into);
    }

    private void reachable(long i, int surname, Row into) {
      boolean child = place.age < 14;
      if (dice.chance(child ? 150 : place.age >= 80 ? 650 : 970)) {
        contacts.writePhone(i, into.text());
      }
      into.endField();
      if (!child && dice.chance(place.age < 50 ? 380 : 80)) {
        contacts.writeMail(i, names.romanised(surname), dice, into.text());
      }
      into.endField();
    }
  }
}
