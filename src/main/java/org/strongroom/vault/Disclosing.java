package org.strongroom.vault;

import java.time.Clock;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.strongroom.audit.Entry;
import org.strongroom.audit.Receipt;
import org.strongroom.audit.Sequencer;
import org.strongroom.kernel.ErrorCode;
import org.strongroom.kernel.Id;
import org.strongroom.kernel.SecretBytes;
import org.strongroom.kernel.VaultException;
import org.strongroom.keys.Custody;
import org.strongroom.policy.View;
import org.strongroom.schema.CollectionSpec;
import org.strongroom.schema.Field;
import org.strongroom.schema.Sensitivity;
import org.strongroom.store.Store;
import org.strongroom.store.Table;

/**
 * The half of a disclosure after the decision: log, durable; only then open and mask. Thread-safe.
 */
final class Disclosing {
  /**
   * Half of the processors look up for all: fewer at a time find more in line. Two at least, so
   * that where one waits for the disk, the other goes on.
   */
  private static final int LEADERS = Math.max(2, Runtime.getRuntime().availableProcessors() / 2);

  private final Store store;
  private final Finder finder;
  private final Sequencer sequencer;
  private final Custody custody;
  private final RecordCodec codec;
  private final Clock clock;
  private final Crowd<Inquiry> inquiries = new Crowd<>(LEADERS, this::lookUp);

  Disclosing(
      Store store,
      Finder finder,
      Sequencer sequencer,
      Custody custody,
      RecordCodec codec,
      Clock clock) {
    this.store = store;
    this.finder = finder;
    this.sequencer = sequencer;
    this.custody = custody;
    this.codec = codec;
    this.clock = clock;
  }

  /**
   * Logs and opens what was found.
   *
   * @param sought what an index was searched for; empty when a subject was named
   * @throws VaultException {@code AUDIT_FAILED} when the entry could not be kept: then nothing was
   *     opened; {@code CORRUPT} when the index led to a record that does not hold what was sought
   */
  Answer.Disclosed disclose(Grounds grounds, Optional<Shelf.Sought> sought, Finder.Hits hits) {
    Map<String, View> views = grounds.views();
    return show(grounds, views, sought, hits, log(grounds, views, hits.found()));
  }

  /**
   * {@link #disclose(Grounds, Optional, Finder.Hits)} of what a short search finds. Who searches at
   * the same time is served together, up to the entry.
   */
  Answer.Disclosed disclose(Grounds grounds, Finder.Search search) {
    Inquiry inquiry = new Inquiry(grounds, search);
    Receipt receipt =
        sequencer.witnessed(
            () -> {
              inquiries.await(inquiry);
              return inquiry.receipt();
            });
    return show(grounds, inquiry.views, Optional.of(search.sought()), inquiry.hits(), receipt);
  }

  /** A search that others join; written by who leads, read by its caller once it is answered. */
  private static final class Inquiry extends Crowd.Caller {
    private final Grounds grounds;
    private final Map<String, View> views;
    private final Finder.Search search;
    private Finder.@Nullable Hits hits;
    private @Nullable Receipt receipt;

    private Inquiry(Grounds grounds, Finder.Search search) {
      this.grounds = grounds;
      this.views = grounds.views();
      this.search = search;
    }

    private void kept(@Nullable Receipt durable, @Nullable Throwable failure) {
      if (failure != null) {
        failed(Sequencer.fault(failure));
      } else {
        receipt = durable;
        answered();
      }
    }

    private Finder.Hits hits() {
      return Objects.requireNonNull(hits);
    }

    private Receipt receipt() {
      return Objects.requireNonNull(receipt);
    }
  }

  /** Finds what each of a group seeks, and hands in its entry: which answers it when durable. */
  private void lookUp(List<Inquiry> group) {
    List<Finder.Hits> hits;
    try {
      hits = finder.byIndex(group.stream().map(each -> each.search).toList());
    } catch (VaultException e) {
      if (group.size() == 1) {
        throw e;
      }
      // So that only those whom it concerns are refused.
      group.forEach(this::lookUpAlone);
      return;
    }
    for (int i = 0; i < group.size(); i++) {
      enter(group.get(i), hits.get(i));
    }
  }

  private void lookUpAlone(Inquiry inquiry) {
    try {
      lookUp(List.of(inquiry));
    } catch (VaultException e) {
      inquiry.failed(e);
    }
  }

  private void enter(Inquiry inquiry, Finder.Hits hits) {
    inquiry.hits = hits;
    try {
      var unused =
          sequencer
              .submit(entry(inquiry.grounds, inquiry.views, hits.found()))
              .whenComplete(inquiry::kept);
    } catch (VaultException e) {
      inquiry.failed(e);
    }
  }

  private Answer.Disclosed show(
      Grounds grounds,
      Map<String, View> views,
      Optional<Shelf.Sought> sought,
      Finder.Hits hits,
      Receipt receipt) {
    CollectionSpec spec = grounds.shelf().spec();
    Set<Sensitivity> needed = needed(spec, views);
    List<Answer.Match> matches = new ArrayList<>(hits.found().size());
    try (DataKeys keys = dataKeys()) {
      for (Finder.Found found : hits.found()) {
        Optional<SecretBytes> key = keys.of(found);
        if (key.isPresent()) {
          RecordCodec.Opened opened = open(spec, found, key.get(), needed);
          Finder.Found evidence = found.evidence();
          RecordCodec.Opened proof =
              evidence == found ? opened : open(spec, evidence, key.get(), needed);
          if (sought.isEmpty() || holds(sought.get(), evidence, proof, needed)) {
            matches.add(match(spec, views, found, opened));
          }
        }
      }
    }
    return new Answer.Disclosed(matches, hits.next(), receipt);
  }

  /** Logs a disclosure and returns once its entry is durable. */
  Receipt log(Grounds grounds, Map<String, View> views, List<Finder.Found> found) {
    return sequencer.appendWitnessed(entry(grounds, views, found));
  }

  private Entry entry(Grounds grounds, Map<String, View> views, List<Finder.Found> found) {
    Map<String, String> shown = new LinkedHashMap<>();
    views.forEach(
        (field, view) -> {
          if (view != View.HIDDEN) {
            shown.put(field, view.text());
          }
        });
    Set<Id> subjects = new LinkedHashSet<>();
    found.forEach(each -> subjects.add(each.subject()));
    return new Entry(
        Entry.Kind.DISCLOSURE,
        clock.instant(),
        Vault.by(grounds.actor(), grounds.granted().role()),
        new Entry.About(grounds.shelf().spec().name(), List.copyOf(subjects), found.size()),
        new Entry.Basis(
            grounds.granted().purpose(), grounds.reason().orElse(null), grounds.index(), shown),
        null,
        null);
  }

  /** Data keys to open what was logged; to be closed. */
  DataKeys dataKeys() {
    return new DataKeys(store, custody);
  }

  /** Classes with a field that is shown. The ordinary one says when the record was kept. */
  private static Set<Sensitivity> needed(CollectionSpec spec, Map<String, View> views) {
    Set<Sensitivity> out = EnumSet.of(Sensitivity.ORDINARY);
    for (Field field : spec.fields()) {
      if (views.get(field.name()) != View.HIDDEN) {
        out.add(field.sensitivity());
      }
    }
    return out;
  }

  private RecordCodec.Opened open(
      CollectionSpec spec, Finder.Found found, SecretBytes key, Set<Sensitivity> needed) {
    return codec.open(spec, found.key(), key, found.value(), needed);
  }

  /** Whether a record holds what was sought; no if it was changed since the index was read. */
  private boolean holds(
      Shelf.Sought sought, Finder.Found found, Shelf.Values values, Set<Sensitivity> opened) {
    if (sought.matches(values, opened)) {
      return true;
    }
    if (sought.use() == Shelf.Use.SEARCH) {
      byte[] row = Layout.searchRow(sought.prefix(), found.subject(), found.record().value());
      if (store.get(Table.INDEX, row) == null) {
        return false;
      }
    }
    throw new VaultException(
        ErrorCode.CORRUPT, "an index leads to a record that does not hold what was sought");
  }

  private static Answer.Match match(
      CollectionSpec spec, Map<String, View> views, Finder.Found found, RecordCodec.Opened opened) {
    Map<String, Object> fields = new LinkedHashMap<>();
    Map<String, View> shown = new LinkedHashMap<>();
    for (int i = 0; i < spec.fieldCount(); i++) {
      Field field = spec.field(i);
      View view = views.getOrDefault(field.name(), View.HIDDEN);
      @Nullable String value = opened.at(i);
      if (view == View.HIDDEN) {
        // Said of every hidden field, so that it does not tell whether there is a value.
        shown.put(field.name(), view);
      } else if (value != null) {
        shown.put(field.name(), view);
        fields.put(field.name(), view == View.CLEAR ? clear(field, value) : masked(field, value));
      }
    }
    return new Answer.Match(
        found.subject(), found.record(), found.version(), opened.keptAt(), fields, shown);
  }

  private static Object clear(Field field, String value) {
    return switch (field.type().json()) {
      case TEXT -> value;
      case INTEGER -> Long.valueOf(value);
      case BOOLEAN -> Boolean.valueOf(value);
      case IMAGE -> image(value);
    };
  }

  private static Object masked(Field field, String value) {
    return field.type().mask(value);
  }

  /** What a record shows of its picture; the picture itself is asked for by itself. */
  private static Map<String, Object> image(String value) {
    ImageRef image = ImageRef.parse(value);
    return Map.of(
        "content_type", image.contentType(),
        "bytes", image.bytes(),
        "width", image.width(),
        "height", image.height());
  }
}
