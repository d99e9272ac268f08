package org.strongroom.vault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.strongroom.audit.Entry;
import org.strongroom.audit.Receipt;
import org.strongroom.identity.Actor;
import org.strongroom.kernel.Bytes;
import org.strongroom.kernel.ErrorCode;
import org.strongroom.kernel.Id;
import org.strongroom.kernel.VaultException;
import org.strongroom.policy.Denied;
import org.strongroom.policy.Policy;
import org.strongroom.policy.View;
import org.strongroom.schema.ValidRecord;
import org.strongroom.store.Table;

final class PictureTest {
  private final World world = World.inMemory();

  @AfterEach
  void close() {
    world.close();
  }

  /** Noise does not compress: 250 pixels square need three chunks. */
  private static byte[] png(int seed) {
    BufferedImage image = new BufferedImage(250, 250, BufferedImage.TYPE_INT_RGB);
    Random random = new Random(seed);
    for (int i = 0; i < 250 * 250; i++) {
      image.setRGB(i % 250, i / 250, random.nextInt(1 << 24));
    }
    try {
      ByteArrayOutputStream out = new ByteArrayOutputStream();
      ImageIO.write(image, "png", out);
      return out.toByteArray();
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private ValidRecord withPhoto(int person, byte[] file) {
    return world.record(
        "residents",
        "resident_id",
        People.residentId(person),
        "name",
        "李梅",
        "photo",
        Base64.getEncoder().encodeToString(file));
  }

  private static Vault.ImageQuestion photoOf(Id subject, String purpose) {
    return photoOf(subject, "photo", purpose);
  }

  private static Vault.ImageQuestion photoOf(Id subject, String field, String purpose) {
    return new Vault.ImageQuestion(
        "residents", subject, RecordId.ONLY, field, purpose, Optional.of("case 7"));
  }

  /** Takes a picture, and notes the pieces in which it comes. */
  private static final class Sink implements Vault.ImageSink {
    private final ByteArrayOutputStream content = new ByteArrayOutputStream();
    private final List<Integer> pieces = new ArrayList<>();
    private final List<String> begun = new ArrayList<>();

    @Override
    public OutputStream begin(String contentType, int bytes, Receipt receipt) {
      begun.add(contentType + " " + bytes + " " + receipt.index());
      return new OutputStream() {
        @Override
        public void write(int b) {
          content.write(b);
        }

        @Override
        public void write(byte[] b, int offset, int length) {
          pieces.add(length);
          content.write(b, offset, length);
        }
      };
    }
  }

  private byte[] shown(Id subject) throws IOException {
    Sink sink = new Sink();
    assertThat(
            world.vault.discloseImage(People.INVESTIGATOR, photoOf(subject, "serious-crime"), sink))
        .isEmpty();
    return sink.content.toByteArray();
  }

  private String refusal(Actor actor, Vault.ImageQuestion question) throws IOException {
    Sink sink = new Sink();
    Answer.Refused refused =
        world.vault.discloseImage(actor, question, sink).orElseThrow(AssertionError::new);
    assertThat(sink.begun).isEmpty();
    Entry entry = world.log().get((int) refused.receipt().index());
    assertThat(entry.kind()).isEqualTo(Entry.Kind.DENIAL);
    assertThat(entry.outcome()).isEqualTo(refused.code());
    return refused.code();
  }

  @Test
  void keep_picture_isSealedInChunksAndComesBackStreamed() throws IOException {
    byte[] file = png(1);
    assertThat(file.length).isGreaterThan(2 * Blobs.CHUNK_BYTES);
    Id subject = world.keep(withPhoto(1, file)).subject();

    Sink sink = new Sink();
    Optional<Answer.Refused> refused =
        world.vault.discloseImage(People.INVESTIGATOR, photoOf(subject, "serious-crime"), sink);

    assertThat(refused).isEmpty();
    assertThat(sink.content.toByteArray()).isEqualTo(file);
    assertThat(sink.pieces)
        .hasSize(3)
        .allSatisfy(n -> assertThat(n).isLessThanOrEqualTo(Blobs.CHUNK_BYTES));
    Entry entry = world.lastEntry();
    assertThat(sink.begun)
        .containsExactly("image/png " + file.length + " " + (world.log().size() - 1));
    assertThat(entry.kind()).isEqualTo(Entry.Kind.DISCLOSURE);
    assertThat(entry.about()).isEqualTo(new Entry.About("residents", List.of(subject), 1));
    assertThat(World.views(entry)).isEqualTo(Map.of("photo", "clear"));
  }

  @Test
  void disclose_recordWithAPicture_describesItOnly() {
    byte[] file = png(1);
    world.keep(withPhoto(1, file));

    assertThat(world.only("residents", Map.of("resident_id", People.residentId(1))))
        .containsEntry(
            "photo",
            Map.of("content_type", "image/png", "bytes", file.length, "width", 250, "height", 250));
    Answer.Match masked = world.matches(People.OFFICER, Asking.caseWork().person(1)).get(0);
    assertThat(masked.fields()).containsEntry("photo", "***");
    assertThat(masked.views()).containsEntry("photo", View.MASKED);
    assertThat(world.matches(People.CLERK, new Asking().person(1)).get(0).fields())
        .doesNotContainKey("photo");
  }

  @Test
  void keep_samePictureAgain_changesNothing() {
    world.keep(withPhoto(1, png(1)));
    int chunks = world.rows(Table.BLOBS).size();

    assertThat(world.keep(withPhoto(1, png(1))).what()).isEqualTo(Kept.What.UNCHANGED);
    assertThat(world.rows(Table.BLOBS)).hasSize(chunks);
  }

  @Test
  void keep_otherFieldsChanged_keepsTheSamePictureWithoutSealingItAnew() throws IOException {
    byte[] file = png(1);
    world.keep(withPhoto(1, file));
    int chunks = world.rows(Table.BLOBS).size();
    Kept kept =
        world.keep(
            world.record(
                "residents",
                "resident_id",
                People.residentId(1),
                "name",
                "李玫",
                "photo",
                Base64.getEncoder().encodeToString(file)));

    assertThat(kept.what()).isEqualTo(Kept.What.UPDATED);
    assertThat(world.rows(Table.BLOBS)).hasSize(chunks);
    assertThat(shown(kept.subject())).isEqualTo(file);
  }

  @Test
  void keep_anotherPicture_replacesIt() throws IOException {
    world.keep(withPhoto(1, png(1)));
    byte[] second = png(2);
    Kept kept = world.keep(withPhoto(1, second));

    assertThat(kept.what()).isEqualTo(Kept.What.UPDATED);
    assertThat(shown(kept.subject())).isEqualTo(second);
  }

  @Test
  void keep_recordWithoutThePictureItHad_showsNoneAnyMore() {
    world.keep(withPhoto(1, png(1)));
    Kept kept =
        world.keep(world.record("residents", "resident_id", People.residentId(1), "name", "李梅"));

    assertThat(kept.what()).isEqualTo(Kept.What.UPDATED);
    assertThatThrownBy(() -> shown(kept.subject()))
        .isInstanceOfSatisfying(
            VaultException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.NOT_FOUND));
  }

  @Test
  void discloseImage_whereTheViewIsNotClear_isDenied() throws IOException {
    Id subject = world.keep(withPhoto(1, png(1))).subject();

    assertThat(refusal(People.CLERK, photoOf(subject, "identity-check")))
        .isEqualTo(Denied.FIELD_NOT_GRANTED);
    assertThat(refusal(People.OFFICER, photoOf(subject, "case-work")))
        .isEqualTo(Denied.FIELD_NOT_GRANTED);
    assertThat(refusal(People.CLERK, photoOf(subject, "serious-crime")))
        .isEqualTo(Denied.PURPOSE_NOT_GRANTED);
    assertThat(refusal(People.OPERATOR, photoOf(subject, "serious-crime")))
        .isEqualTo(Denied.PURPOSE_NOT_GRANTED);
    assertThat(refusal(People.INVESTIGATOR, photoOf(subject, "nosuchfield", "serious-crime")))
        .isEqualTo(Denied.FIELD_NOT_GRANTED);
    assertThat(
            refusal(
                People.INVESTIGATOR,
                new Vault.ImageQuestion(
                    "residents",
                    subject,
                    RecordId.ONLY,
                    "photo",
                    "serious-crime",
                    Optional.of(" "))))
        .isEqualTo(Denied.REASON_REQUIRED);
  }

  @Test
  void discloseImage_ofAFieldThatIsNone_isABadRequest() {
    Id subject = world.keep(withPhoto(1, png(1))).subject();
    int unwraps = world.custody.unwraps();

    assertThatThrownBy(
            () ->
                world.vault.discloseImage(
                    People.INVESTIGATOR, photoOf(subject, "name", "serious-crime"), new Sink()))
        .isInstanceOfSatisfying(
            VaultException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.BAD_REQUEST));
    assertThat(world.custody.unwraps()).isEqualTo(unwraps);
  }

  @Test
  void discloseImage_ofNobody_isNotFoundAndLogged() {
    assertThatThrownBy(() -> shown(new Id(1, 2)))
        .isInstanceOfSatisfying(
            VaultException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.NOT_FOUND));
    assertThat(world.lastEntry().kind()).isEqualTo(Entry.Kind.DISCLOSURE);
  }

  @Test
  void discloseImage_whenTheEntryCannotBeKept_opensNothing() {
    Id subject = world.keep(withPhoto(1, png(1))).subject();
    int unwraps = world.custody.unwraps();
    world.store.intercept(
        (batch, durability, really) -> {
          throw new VaultException(ErrorCode.STORE_FAILED, "no space left");
        });

    assertThatThrownBy(() -> shown(subject))
        .isInstanceOfSatisfying(
            VaultException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.AUDIT_FAILED));
    assertThat(world.custody.unwraps()).isEqualTo(unwraps);
  }

  @Test
  void discloseImage_chunksSwappedCutOrGone_areCorrupt() {
    Id one = world.keep(withPhoto(1, png(1))).subject();
    Id two = world.keep(withPhoto(2, png(2))).subject();
    Map<Bytes, byte[]> whole = world.rows(Table.BLOBS);
    List<Bytes> ofOne = whole.keySet().stream().filter(key -> isOf(one, key)).toList();
    List<Bytes> ofTwo = whole.keySet().stream().filter(key -> isOf(two, key)).toList();

    world.swap(Table.BLOBS, ofOne.get(0), ofTwo.get(0));
    assertCorrupt(one);
    assertCorrupt(two);
    whole.forEach((key, value) -> world.overwrite(Table.BLOBS, key, value));

    world.swap(Table.BLOBS, ofOne.get(0), ofOne.get(1));
    assertCorrupt(one);
    whole.forEach((key, value) -> world.overwrite(Table.BLOBS, key, value));

    world.delete(Table.BLOBS, ofOne.get(2));
    assertCorrupt(one);

    world.overwrite(Table.BLOBS, ofOne.get(2), new byte[5]);
    assertCorrupt(one);
  }

  private static boolean isOf(Id subject, Bytes key) {
    return Id.read(key.toArray(), 0).equals(subject);
  }

  private void assertCorrupt(Id subject) {
    assertThatThrownBy(() -> shown(subject))
        .isInstanceOfSatisfying(
            VaultException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.CORRUPT));
  }

  @Test
  void discloseImage_underAPolicyThatClearsIt_needsNoSearch() throws IOException {
    world.policies.apply(
        World.ROOT,
        "policy.yaml",
        Policy.builtInYaml()
            .replace(
                "show: {name: clear, sensitive: hidden, \"*\": masked}",
                "show: {name: clear, photo: clear, sensitive: hidden, \"*\": masked}"));
    byte[] file = png(1);
    Id subject = world.keep(withPhoto(1, file)).subject();
    Sink sink = new Sink();

    world.vault.discloseImage(People.CLERK, photoOf(subject, "identity-check"), sink);

    assertThat(sink.content.toByteArray()).isEqualTo(file);
  }
}
