package org.strongroom.leak.lookup;

import java.io.IOException;
import java.time.Clock;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.strongroom.synthetic.Residents;

/** What tests register, and those who ask about it. */
final class Leaked {
  static final LeakDraft DRAFT =
      new LeakDraft("Register copy", LocalDate.of(2022, 6, 30), "Turn to your police station.");

  private static final Residents RESIDENTS = new Residents(17, LocalDate.of(2026, 1, 1));

  private Leaked() {}

  /** Somebody's e-mail address, telephone number and ID number, as they stand in a sample. */
  record Person(String email, String phone, String residentId) {
    String of(LookupKind kind) {
      return switch (kind) {
        case EMAIL -> email;
        case PHONE -> phone;
        case RESIDENT_ID -> residentId;
      };
    }
  }

  static List<Person> people(int from, int to) {
    List<Person> out = new ArrayList<>();
    for (int i = from; i < to; i++) {
      String id = RESIDENTS.get(i).residentId();
      out.add(new Person("Person." + i + "@Example.COM", "138" + (10_000_000 + i), id));
    }
    return out;
  }

  /** All identifiers of some people. */
  static List<Identifier> identifiers(List<Person> people) {
    List<Identifier> out = new ArrayList<>();
    for (Person person : people) {
      for (LookupKind kind : LookupKind.values()) {
        out.add(new Identifier(kind, kind.canonical(person.of(kind), Clock.systemUTC())));
      }
    }
    return out;
  }

  static Registrar.Source source(List<Identifier> identifiers) {
    Iterator<Identifier> each = identifiers.iterator();
    return () -> each.hasNext() ? each.next() : null;
  }

  /** Gives these, and then breaks. */
  static Registrar.Source breaking(List<Identifier> identifiers) {
    Registrar.Source all = source(identifiers);
    return () -> {
      Identifier next = all.next();
      if (next == null) {
        throw new IOException("the disk is gone");
      }
      return next;
    };
  }

  static final Registrar.Progress UNWATCHED = watched(Long.MAX_VALUE);

  /** Gives up once so many identifiers were read. */
  static Registrar.Progress watched(long until) {
    return new Registrar.Progress() {
      private long read;

      @Override
      public void at(long identifiers) {
        read = identifiers;
      }

      @Override
      public boolean cancelled() {
        return read >= until;
      }
    };
  }
}
