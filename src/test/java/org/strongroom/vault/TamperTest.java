package org.strongroom.vault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.strongroom.crypto.Sealer;
import org.strongroom.kernel.Bytes;
import org.strongroom.kernel.ErrorCode;
import org.strongroom.kernel.Id;
import org.strongroom.kernel.VaultException;
import org.strongroom.schema.ValidRecord;
import org.strongroom.store.Table;

/** Whoever can write to the disk can break records, and never make one speak for another. */
final class TamperTest {
  private final World world = World.inMemory();
  private Id li = new Id(0, 0);
  private Id wang = new Id(0, 0);

  @BeforeEach
  void keepTwo() {
    li = world.keep(resident(1, "李梅")).subject();
    wang = world.keep(resident(2, "王刚")).subject();
  }

  @AfterEach
  void close() {
    world.close();
  }

  private ValidRecord resident(int i, String name) {
    return world.record(
        "residents",
        "resident_id",
        People.residentId(i),
        "name",
        name,
        "phone",
        People.phone(i),
        "ethnicity",
        "汉");
  }

  private static void assertCorrupt(ThrowingCallable call) {
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(
            VaultException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.CORRUPT));
  }

  private List<Answer.Match> byId(int i) {
    return world.investigate("residents", Map.of("resident_id", People.residentId(i)));
  }

  private Bytes versionKey(Id subject, int version) {
    return Bytes.owned(
        Layout.version(subject, world.catalogue.shelf("residents").id(), 0, version));
  }

  // ---- records -----------------------------------------------------------------------------

  @Test
  void disclose_valuesOfTwoSubjectsSwapped_isCorrupt() {
    world.swap(Table.RECORDS, versionKey(li, 1), versionKey(wang, 1));

    assertCorrupt(() -> byId(1));
    assertCorrupt(() -> byId(2));
  }

  @Test
  void disclose_valueMovedToAnotherSubjectWithItsWrappedKey_isCorrupt() {
    world.swap(Table.RECORDS, versionKey(li, 1), versionKey(wang, 1));
    world.swap(Table.RECORDS, Bytes.owned(Layout.dataKey(li)), Bytes.owned(Layout.dataKey(wang)));

    assertCorrupt(() -> byId(1));
    assertCorrupt(() -> byId(2));
  }

  @Test
  void disclose_wrappedKeysSwapped_isCorrupt() {
    world.swap(Table.RECORDS, Bytes.owned(Layout.dataKey(li)), Bytes.owned(Layout.dataKey(wang)));

    assertCorrupt(() -> byId(1));
    assertCorrupt(() -> world.keep(resident(1, "李玫")));
  }

  @Test
  void disclose_versionsSwapped_isCorrupt() {
    world.keep(resident(1, "李玫"));
    world.swap(Table.RECORDS, versionKey(li, 1), versionKey(li, 2));

    assertCorrupt(() -> byId(1));
  }

  @Test
  void disclose_oldVersionPutInPlaceOfTheNewest_isCorrupt() {
    byte[] old = world.row(Table.RECORDS, versionKey(li, 1));
    world.keep(resident(1, "李玫"));
    world.overwrite(Table.RECORDS, versionKey(li, 3), old);

    assertCorrupt(() -> byId(1));
  }

  @Test
  void disclose_recordMovedToAnotherCollection_isCorrupt() {
    byte[] value = world.row(Table.RECORDS, versionKey(li, 1));
    byte[] key = Layout.version(li, world.catalogue.shelf("cases").id(), 17, 1);
    world.overwrite(Table.RECORDS, Bytes.owned(key), value);

    assertCorrupt(
        () -> world.matches(People.INVESTIGATOR, Asking.seriousCrime().of("cases").about(li)));
  }

  @Test
  void disclose_ofAnotherVaultsRow_isCorrupt() {
    try (World other = World.inMemory()) {
      other.keep(other.resident(1, "李梅", People.phone(1)));
      byte[] foreign = other.versions().values().iterator().next();
      world.overwrite(Table.RECORDS, versionKey(li, 1), foreign);

      assertCorrupt(() -> byId(1));
    }
  }

  @Test
  void disclose_anyBitOfAValueChanged_isCorrupt() {
    Bytes key = versionKey(li, 1);
    byte[] whole = world.row(Table.RECORDS, key);
    for (int bit = 0; bit < 8 * whole.length; bit += 3) {
      byte[] value = whole.clone();
      value[bit / 8] ^= (byte) (1 << bit % 8);
      world.overwrite(Table.RECORDS, key, value);

      assertCorrupt(() -> byId(1));
    }
    world.overwrite(Table.RECORDS, key, whole);
    assertThat(byId(1)).hasSize(1);
  }

  @Test
  void disclose_valueCutAnywhere_isCorrupt() {
    Bytes key = versionKey(li, 1);
    byte[] whole = world.row(Table.RECORDS, key);
    for (int length = 0; length < whole.length; length++) {
      world.overwrite(Table.RECORDS, key, Arrays.copyOf(whole, length));

      assertCorrupt(() -> byId(1));
      // Where the cut takes the sensitive part away whole, even whoever is not shown it notices.
      assertCorrupt(() -> world.matches(People.CLERK, new Asking().person(1)));
    }
  }

  @Test
  void disclose_partsSwappedRepeatedOrAlone_isCorrupt() {
    Bytes key = versionKey(li, 1);
    byte[] value = world.row(Table.RECORDS, key);
    int begin = 1 + Sealer.NONCE_BYTES;
    PartReader parts = new PartReader(value);
    parts.skip(begin);
    parts.skip(parts.varint());
    byte[] both = Arrays.copyOf(value, begin);
    int first = parts.skip(0);
    byte[] ordinary = Arrays.copyOfRange(value, begin, first);
    byte[] sensitive = Arrays.copyOfRange(value, first, value.length);
    byte[] none = withClasses(both, 0);
    byte[] ordinaryAlone = withClasses(both, 1);
    byte[] sensitiveAlone = withClasses(both, 2);
    byte[] three = withClasses(both, 7);

    for (byte[] forged :
        List.of(
            join(both, sensitive, ordinary),
            join(both, ordinary),
            join(both, sensitive),
            join(both, ordinary, ordinary),
            join(both, ordinary, sensitive, sensitive),
            join(ordinaryAlone, ordinary),
            join(ordinaryAlone, ordinary, sensitive),
            join(ordinaryAlone, sensitive),
            join(sensitiveAlone, sensitive),
            join(three, ordinary, sensitive),
            join(three, ordinary, sensitive, sensitive),
            none,
            both)) {
      world.overwrite(Table.RECORDS, key, forged);
      assertCorrupt(() -> byId(1));
      assertCorrupt(() -> world.keep(resident(1, "李玫")));
    }
    world.overwrite(Table.RECORDS, key, join(both, ordinary, sensitive));
    assertThat(byId(1)).hasSize(1);
  }

  private static byte[] withClasses(byte[] head, int classes) {
    byte[] out = head.clone();
    out[0] = (byte) ((out[0] & 0xf0) | classes);
    return out;
  }

  private static byte[] join(byte[]... parts) {
    int length = Arrays.stream(parts).mapToInt(part -> part.length).sum();
    byte[] out = new byte[length];
    int at = 0;
    for (byte[] part : parts) {
      System.arraycopy(part, 0, out, at, part.length);
      at += part.length;
    }
    return out;
  }

  // ---- what leads to records ---------------------------------------------------------------

  private Bytes identityRow(int i) {
    return Bytes.owned(
        world.catalogue.shelf("residents").identity().prefix(new String[] {People.residentId(i)}));
  }

  @Test
  void disclose_identityLedToAnotherSubject_isCorrupt() {
    world.swap(Table.INDEX, identityRow(1), identityRow(2));

    assertCorrupt(() -> byId(1));
    assertCorrupt(() -> byId(2));
  }

  @Test
  void keep_identityLedToAnotherSubject_isCorruptAndNobodysRecordChanges() {
    int versions = world.versions().size();
    world.swap(Table.INDEX, identityRow(1), identityRow(2));

    assertCorrupt(() -> world.keep(resident(1, "李玫")));
    assertThat(world.versions()).hasSize(versions);
  }

  @Test
  void disclose_casesSwappedInTheIndex_isCorrupt() {
    world.keepAll(world.caseOf(1, "K-1", "theft"), world.caseOf(1, "K-2", "fraud"));
    world.swap(Table.INDEX, caseRow("K-1"), caseRow("K-2"));

    assertCorrupt(() -> world.investigate("cases", Map.of("case_number", "K-1")));
    assertCorrupt(() -> world.keep(world.caseOf(1, "K-1", "arson")));
  }

  private Bytes caseRow(String number) {
    Shelf cases = world.catalogue.shelf("cases");
    return Bytes.owned(cases.key(cases.spec().indexes().get(1)).prefix(new String[] {number}));
  }

  private byte[] phoneRow(int i, Id subject) {
    Shelf.IndexKey phones = world.catalogue.shelf("residents").searches().get(0);
    return Layout.searchRow(phones.prefix(new String[] {"+86" + People.phone(i)}), subject, 0);
  }

  @Test
  void disclose_phoneLedToAnotherSubject_isCorrupt() {
    world.overwrite(Table.INDEX, Bytes.owned(phoneRow(1, wang)), new byte[0]);

    assertCorrupt(() -> world.investigate("residents", Map.of("phone", People.phone(1))));
  }

  @Test
  void disclose_recordChangedSinceTheIndexWasRead_isLeftOut() {
    Shelf shelf = world.catalogue.shelf("residents");
    Shelf.Sought sought = shelf.searches().get(0).sought(new String[] {"+86" + People.phone(1)});
    // As if the phone had changed between the reads of index and record.
    Bytes row = Bytes.owned(phoneRow(1, wang));
    world.overwrite(Table.INDEX, row, new byte[0]);
    Finder.Hits hits =
        new Finder(world.store)
            .byIndex(new Finder.Search(shelf, sought, Question.Page.FIRST, false));
    assertThat(hits.found()).hasSize(2);
    world.store.intercept(
        (batch, durability, really) -> {
          really.run();
          world.store.intercept((b, d, r) -> r.run());
          world.delete(Table.INDEX, row);
        });

    assertThat(world.investigate("residents", Map.of("phone", People.phone(1))))
        .extracting(Answer.Match::subject)
        .containsExactly(li);
  }

  @Test
  void disclose_indexRowsOfWrongLength_areCorrupt() {
    world.overwrite(Table.INDEX, identityRow(1), new byte[15]);
    assertCorrupt(() -> byId(1));
    assertCorrupt(() -> world.keep(resident(1, "李玫")));

    byte[] row = phoneRow(2, wang);
    world.overwrite(Table.INDEX, Bytes.owned(Arrays.copyOf(row, row.length + 1)), new byte[0]);
    assertCorrupt(() -> world.investigate("residents", Map.of("phone", People.phone(2))));

    world.keep(world.caseOf(2, "K-1", "theft"));
    world.overwrite(Table.INDEX, caseRow("K-1"), new byte[3]);
    assertCorrupt(() -> world.investigate("cases", Map.of("case_number", "K-1")));
    assertCorrupt(() -> world.keep(world.caseOf(2, "K-1", "fraud")));
  }

  @Test
  void disclose_recordKeyOfWrongLength_isCorrupt() {
    byte[] key = versionKey(li, 1).toArray();
    world.overwrite(Table.RECORDS, Bytes.owned(Arrays.copyOf(key, key.length - 1)), new byte[40]);

    // By identity, the one version is fetched by its key, and rows beside it are not met.
    assertCorrupt(() -> world.investigate("residents", Map.of("phone", People.phone(1))));
    assertCorrupt(() -> world.keep(resident(1, "李玫")));
  }

  @Test
  void keep_wrappedKeyGone_isCorrupt() {
    world.delete(Table.RECORDS, Bytes.owned(Layout.dataKey(li)));

    assertCorrupt(() -> world.keep(resident(1, "李玫")));
  }

  @Test
  void find_personWhoSharesAPastPhone_isFoundByHistoryOfThePresentOneOnly() {
    world.keep(
        world.record(
            "residents",
            "resident_id",
            People.residentId(1),
            "name",
            "李梅",
            "phone",
            People.phone(9)));

    // All versions are shown, also those that had another phone.
    List<Answer.Match> matches =
        world.matches(
            People.INVESTIGATOR, Asking.seriousCrime().where("phone", People.phone(9)).history());

    assertThat(matches).extracting(Answer.Match::version).containsExactly(2, 1);
    assertThat(world.investigate("residents", Map.of("phone", People.phone(1)))).isEmpty();
  }
}
