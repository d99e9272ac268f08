package org.strongroom.vault;

import java.io.IOException;
import java.io.OutputStream;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.strongroom.audit.Change;
import org.strongroom.audit.Denial;
import org.strongroom.audit.Entry;
import org.strongroom.audit.Receipt;
import org.strongroom.audit.Sequencer;
import org.strongroom.crypto.Randomness;
import org.strongroom.crypto.Sealer;
import org.strongroom.identity.Actor;
import org.strongroom.kernel.ErrorCode;
import org.strongroom.kernel.Id;
import org.strongroom.kernel.VaultException;
import org.strongroom.keys.Custody;
import org.strongroom.keys.Keyring;
import org.strongroom.keys.Keyset;
import org.strongroom.policy.Ask;
import org.strongroom.policy.Decision;
import org.strongroom.policy.Denied;
import org.strongroom.policy.Granted;
import org.strongroom.policy.Permission;
import org.strongroom.policy.View;
import org.strongroom.schema.CollectionSpec;
import org.strongroom.schema.FieldType;
import org.strongroom.schema.Index;
import org.strongroom.schema.InvalidValue;
import org.strongroom.schema.ValidRecord;
import org.strongroom.store.Store;

/**
 * The two doors of the vault: personal data enters by {@link #keep} and leaves by {@link
 * #disclose}. Decides who may; what then happens is told in {@link Keeping} and {@link Disclosing}.
 * Thread-safe.
 */
public final class Vault {
  private final Catalogue catalogue;
  private final PolicyBook policies;
  private final Sequencer sequencer;
  private final Clock clock;
  private final Keeping keeping;
  private final Finder finder;
  private final Disclosing disclosing;
  private final Pictures pictures;
  private final Rejects rejects;
  private final Courtesy courtesy =
      new Courtesy(Runtime.getRuntime().availableProcessors(), System::nanoTime);

  /** What the vault stands on. */
  public record Foundations(
      VaultHeader header, Store store, Keyring keyring, Custody custody, Sequencer sequencer) {}

  public Vault(
      Foundations on, Catalogue catalogue, PolicyBook policies, Randomness random, Clock clock) {
    Sealer sealer = new Sealer(random);
    RecordCodec codec = new RecordCodec(sealer, on.header().id());
    Blobs blobs = new Blobs(on.store(), sealer, on.header().id());
    Planner.Tools tools =
        new Planner.Tools(on.store(), on.custody(), codec, blobs, random, new RecordIds(clock));
    this.catalogue = catalogue;
    this.policies = policies;
    this.sequencer = on.sequencer();
    this.clock = clock;
    this.keeping = new Keeping(tools, sequencer, clock);
    this.finder = new Finder(on.store());
    this.disclosing = new Disclosing(on.store(), finder, sequencer, on.custody(), codec, clock);
    this.pictures = new Pictures(finder, disclosing, codec, blobs);
    this.rejects = new Rejects(on.keyring().sealer(Keyset.REJECTS), on.header().id());
    on.store().giveWay(courtesy::isDue);
  }

  // ---- the way in --------------------------------------------------------------------------

  /**
   * Keeps records: inserts what is new, makes a new version of what changed, and leaves alone what
   * is the same. A record replaces its predecessor whole. What is returned is durable, together
   * with its one entry in the log.
   *
   * @param records of one collection, in the order in which they apply, checked by the declaration
   *     in force
   * @throws VaultException {@code DENIED} when the actor may not; {@code CONFLICT} when the
   *     declaration was changed since the records were checked; {@code AUDIT_FAILED} when nothing
   *     could be written
   */
  public Kept.Batch keep(
      Actor actor, Permission permission, String collection, List<ValidRecord> records) {
    courtesy.asked();
    return keep(plan(actor, permission, collection, records));
  }

  /**
   * The first half of {@link #keep}: finds, decides and seals, and writes nothing. Plans may be
   * made side by side; their order is the order in which they are kept.
   */
  public KeepPlan plan(
      Actor actor, Permission permission, String collection, List<ValidRecord> records) {
    require(actor, permission);
    return keeping.plan(by(actor, null), catalogue.shelf(collection), records);
  }

  /** The second half of {@link #keep}; plans anew when something else was written meanwhile. */
  public Kept.Batch keep(KeepPlan plan) {
    return keeping.keep(plan);
  }

  /** Keeps plans in runs, for who has very many; for one writer of one thread. */
  public BulkKeeping bulk() {
    return new BulkKeeping(keeping, sequencer, courtesy);
  }

  /**
   * Keeps records of people of whom the vault holds nothing yet: all of them, together with what
   * the caller writes beside them, or none. Otherwise as {@link #keep(Actor, Permission, String,
   * List)}.
   *
   * @return empty when the vault holds something of one of them, or two are of one: then nothing
   *     was written
   */
  public Optional<Kept.Batch> keepNew(
      Actor actor,
      Permission permission,
      String collection,
      List<ValidRecord> records,
      Beside beside) {
    require(actor, permission);
    return keeping.keepNew(by(actor, null), catalogue.shelf(collection), records, beside);
  }

  /** What is written beside new records, in the same entry. */
  public interface Beside {
    /** A few words about the act, for the entry. */
    String outcome();

    /**
     * Adds rows. May be called again, with other subjects, when the first try was not written.
     *
     * @param kept what becomes of the records, in their order
     */
    void add(List<Kept> kept, Change change);
  }

  /** Seals a record that could not be kept, for the rejects file. */
  public byte[] sealReject(byte[] raw) {
    return rejects.seal(raw);
  }

  // ---- the way out -------------------------------------------------------------------------

  /**
   * Answers a question, or denies it. The entry in the log is durable before anything is opened; if
   * it cannot be kept, there is no answer.
   *
   * @throws VaultException {@code NOT_FOUND} for an unknown collection, {@code BAD_REQUEST} when no
   *     index covers the fields, {@code INVALID_VALUE} for a value that cannot exist, {@code
   *     AUDIT_FAILED} when the entry could not be kept, {@code CORRUPT} when what was found was
   *     tampered with
   */
  public Answer disclose(Actor actor, Question question) {
    courtesy.asked();
    Shelf shelf = catalogue.shelf(question.collection());
    Optional<Index> index = index(shelf.spec(), question);
    String by = index.map(Index::name).orElse(Ask.BY_SUBJECT);
    Ask ask =
        new Ask(
            actor.roles(),
            question.purpose(),
            question.collection(),
            Optional.of(by),
            question.reason().isPresent(),
            question.history());
    Decision decision = policies.policy().decide(ask);
    if (decision instanceof Denied denied) {
      return refused(actor, ask, question.reason(), denied);
    }
    Granted granted = (Granted) decision;
    Grounds grounds = new Grounds(actor, granted, shelf, question.reason(), by);
    Question.Page page =
        new Question.Page(
            Math.min(question.page().limit(), granted.maxMatches()), question.page().after());
    if (index.isEmpty()) {
      Id subject = question.subject().orElseThrow();
      return disclosing.disclose(
          grounds, Optional.empty(), finder.bySubject(shelf, subject, page, question.history()));
    }
    Shelf.Sought sought = sought(shelf, index.get(), question);
    Finder.Search search = new Finder.Search(shelf, sought, page, question.history());
    return search.isShort()
        ? disclosing.disclose(grounds, search)
        : disclosing.disclose(grounds, Optional.of(sought), finder.byIndex(search));
  }

  /**
   * A picture of one record, asked for by the record's name in an earlier answer.
   *
   * @return the denial, or empty after the picture was written to {@code out}
   * @throws IOException when {@code out} fails
   * @throws VaultException as {@link #disclose}; {@code NOT_FOUND} when the record has no picture
   */
  public Optional<Answer.Refused> discloseImage(Actor actor, ImageQuestion question, ImageSink out)
      throws IOException {
    courtesy.asked();
    Shelf shelf = catalogue.shelf(question.collection());
    Ask ask =
        new Ask(
            actor.roles(),
            question.purpose(),
            question.collection(),
            Optional.empty(),
            question.reason().isPresent(),
            false);
    Decision decision = policies.policy().decide(ask);
    if (decision instanceof Denied denied) {
      return Optional.of(refused(actor, ask, question.reason(), denied));
    }
    Grounds grounds = new Grounds(actor, (Granted) decision, shelf, question.reason(), null);
    if (grounds.views().get(question.field()) != View.CLEAR) {
      Denied hidden =
          new Denied(
              Denied.FIELD_NOT_GRANTED,
              "Your role with this purpose may not see this picture, or there is no such field.");
      return Optional.of(refused(actor, ask, question.reason(), hidden));
    }
    int position = shelf.spec().position(question.field());
    if (shelf.spec().field(position).type().json() != FieldType.JsonKind.IMAGE) {
      throw new VaultException(
          ErrorCode.BAD_REQUEST, "the field " + question.field() + " holds no picture");
    }
    pictures.disclose(grounds, question, out);
    return Optional.empty();
  }

  /**
   * Which picture, and why.
   *
   * @param reason as in {@link Question}
   */
  public record ImageQuestion(
      String collection,
      Id subject,
      RecordId record,
      String field,
      String purpose,
      Optional<String> reason) {
    public ImageQuestion {
      purpose = Question.purpose(purpose);
      reason = Question.reason(reason);
    }

    @Override
    public String toString() {
      return "ImageQuestion[redacted]";
    }
  }

  /** Where a picture goes. */
  public interface ImageSink {
    /** Called once, after the entry is durable; the picture is then written to what it returns. */
    OutputStream begin(String contentType, int bytes, Receipt receipt) throws IOException;
  }

  /**
   * Opens rejected records, as {@link #sealReject} sealed them.
   *
   * @throws VaultException {@code DENIED} when the actor may not, {@code CORRUPT} when one is not
   *     this vault's
   */
  public OpenedRejects openRejects(Actor actor, List<byte[]> ciphertexts) {
    require(actor, Permission.OPEN_REJECTS);
    Receipt receipt =
        sequencer.appendWitnessed(
            new Entry(
                Entry.Kind.DISCLOSURE,
                clock.instant(),
                by(actor, null),
                new Entry.About(null, List.of(), ciphertexts.size()),
                null,
                "rejects opened",
                null));
    List<byte[]> out = new ArrayList<>(ciphertexts.size());
    for (byte[] each : ciphertexts) {
      out.add(rejects.open(each));
    }
    return new OpenedRejects(out, receipt);
  }

  /** Rejected records as they came, in their order. Holds personal data, so it prints nothing. */
  public record OpenedRejects(List<byte[]> opened, Receipt receipt) {
    public OpenedRejects {
      opened = List.copyOf(opened);
    }

    @Override
    public String toString() {
      return "OpenedRejects[redacted]";
    }
  }

  // ---- who may -----------------------------------------------------------------------------

  /**
   * Demands that the actor may do what is not a disclosure; a denial is logged.
   *
   * @throws Denial with its receipt
   */
  public void require(Actor actor, Permission permission) {
    boolean may =
        actor.kind() == Actor.Kind.OPERATOR
            ? operatorMay(permission)
            : policies.policy().may(actor.roles(), permission);
    if (!may) {
      Receipt receipt =
          sequencer.append(
              Entry.of(Entry.Kind.DENIAL, clock.instant(), by(actor, null), permission.text()));
      throw new Denial(
          actor.kind() == Actor.Kind.OPERATOR
              ? "the operator may not "
                  + permission.text()
                  + "; set STRONGROOM_TOKEN to an account's"
              : "none of your roles may " + permission.text() + "; ask your administrator",
          receipt);
    }
  }

  /** The operator runs the vault; whatever shows personal data takes an account. */
  private static boolean operatorMay(Permission permission) {
    return switch (permission) {
      case KEEP, IMPORT, MANAGE_USERS, CHANGE_POLICY, CHANGE_COLLECTIONS, VERIFY, REGISTER_LEAK ->
          true;
      case READ_AUDIT, OPEN_REJECTS, CHECK_LEAK, NOTIFY_AFFECTED, LOOK_UP_LEAK, PLANT_CANARIES ->
          false;
    };
  }

  /** How the log names an actor. */
  public static Entry.By by(Actor actor, @Nullable String role) {
    return new Entry.By(actor.id(), actor.name(), role);
  }

  private Answer.Refused refused(Actor actor, Ask ask, Optional<String> reason, Denied denied) {
    Receipt receipt =
        sequencer.append(
            new Entry(
                Entry.Kind.DENIAL,
                clock.instant(),
                by(actor, null),
                new Entry.About(ask.collection(), List.of(), 0),
                new Entry.Basis(
                    ask.purpose(), reason.orElse(null), ask.index().orElse(null), Map.of()),
                denied.code(),
                null));
    return new Answer.Refused(denied.code(), denied.why(), receipt);
  }

  // ---- finding -----------------------------------------------------------------------------

  private static Optional<Index> index(CollectionSpec spec, Question question) {
    if (question.subject().isPresent()) {
      return Optional.empty();
    }
    Optional<Index> index = spec.indexFor(question.where().keySet());
    if (index.isEmpty()) {
      throw new VaultException(
          ErrorCode.BAD_REQUEST,
          "no index covers exactly these fields; search by one of "
              + spec.indexes().stream().map(Index::name).toList());
    }
    return index;
  }

  private static Shelf.Sought sought(Shelf shelf, Index index, Question question) {
    Shelf.IndexKey key = shelf.key(index);
    String[] canonical = new String[key.positions().length];
    for (int i = 0; i < canonical.length; i++) {
      int position = key.positions()[i];
      String field = shelf.spec().field(position).name();
      try {
        canonical[i] =
            shelf.spec().normaliseQuery(position, question.where().getOrDefault(field, ""));
      } catch (InvalidValue e) {
        throw new VaultException(
            ErrorCode.INVALID_VALUE, field + ": " + e.text() + " (" + e.code() + ")", e);
      }
    }
    return key.sought(canonical);
  }
}
