package org.strongroom.vault;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import javax.imageio.ImageIO;
import org.strongroom.audit.Change;
import org.strongroom.audit.Entry;
import org.strongroom.identity.Actor;
import org.strongroom.kernel.BigEndian;
import org.strongroom.kernel.Bytes;
import org.strongroom.kernel.Id;
import org.strongroom.policy.Policy;
import org.strongroom.schema.ValidRecord;
import org.strongroom.store.Table;

/**
 * A vault in which much has happened, of some 300 entries: past versions, several records of a
 * subject, pictures, a bulk write, accounts that came and went, another policy, disclosures and
 * denials.
 */
final class LivedIn {
  /** Rows of the meta table as they once were. */
  final Map<String, byte[]> past = new HashMap<>();

  /** By who they are: "single", "updated", "cases", "photo", "other photo", "bulk". */
  final Map<String, Id> subjects = new HashMap<>();

  /** Entries that say the same: four disclosures, the first two in a full tile. */
  final List<Long> alike = new ArrayList<>();

  private final World world;

  LivedIn(World world) {
    this.world = world;
    fill();
  }

  private void fill() {
    Kept single = world.keep(world.resident(1, "李梅", People.phone(1)));
    subjects.put("single", single.subject());
    subjects.put("updated", world.keep(world.resident(2, "王刚", People.phone(2))).subject());
    world.keep(world.resident(2, "王钢", People.phone(2)));
    world.keep(world.resident(2, "王钢", People.phone(77)));
    subjects.put("cases", world.keep(world.caseOf(3, "K-1", "theft")).subject());
    world.keep(world.caseOf(3, "K-2", "fraud"));
    world.keep(world.caseOf(3, "K-1", "arson"));
    world.keep(world.resident(3, "赵敏", People.phone(2)));
    subjects.put("photo", world.keep(withPhoto(4, 1)).subject());
    world.keep(withPhoto(4, 2));
    subjects.put("other photo", world.keep(withPhoto(5, 3)).subject());
    List<ValidRecord> bulk = new ArrayList<>();
    for (int i = 100; i < 220; i++) {
      bulk.add(world.resident(i, "钱强", People.phone(i)));
    }
    subjects.put("bulk", world.keepAll(bulk).get(60).subject());
    accounts();
    leakChecks();
    leakRanges();
    alike();
    while (world.rows(Table.AUDIT_ENTRIES).size() < 270) {
      world.refused(People.NOBODY, Asking.seriousCrime().where(phone(9)));
      world.matches(People.INVESTIGATOR, Asking.seriousCrime().where(phone(9)));
      world.keep(world.resident(10, "孙" + world.log().size() % 7, People.phone(10)));
      world.keep(world.resident(1, "李梅", People.phone(1)));
    }
    alike();
    world.keep(world.resident(11, "周杰", People.phone(11)));
  }

  private void alike() {
    for (int i = 0; i < 2; i++) {
      world.matches(People.INVESTIGATOR, Asking.seriousCrime().where(phone(11)));
      alike.add(world.log().size() - 1L);
    }
  }

  private static Map<String, String> phone(int person) {
    return Map.of("phone", People.phone(person));
  }

  private void accounts() {
    for (String name : List.of("li", "wang", "zhao")) {
      world.users.add(People.OPERATOR, name, Set.of("clerk"), Actor.Kind.USER, true);
    }
    remember("user/");
    remember("token/");
    world.users.revoke(People.OPERATOR, "li", "first");
    world.users.token(People.OPERATOR, "wang", Optional.empty(), "second");
    past.put("policy", row("policy"));
    world.policies.apply(
        World.ROOT,
        "policy.yaml",
        Policy.builtInYaml().replace("max-matches: 100", "max-matches: 90"));
  }

  /** Two of three rows each, one row of a third, and a fourth that was removed. */
  private void leakChecks() {
    for (int check = 1; check <= 4; check++) {
      for (int part = 0; part < (check == 3 ? 1 : 3); part++) {
        byte[] found = ("check " + check + " part " + part).getBytes(StandardCharsets.UTF_8);
        leak(new Change().commit(Table.LEAKS, leakRow(check, part), found));
      }
    }
    Change removal = new Change();
    for (int part = 0; part < 3; part++) {
      removal.commitDeletion(Table.LEAKS, leakRow(4, part));
    }
    leak(removal);
  }

  /** Four ranges of a registered leak. */
  private void leakRanges() {
    Change change = new Change();
    for (int range = 0; range < 4; range++) {
      byte[] key = Arrays.copyOf(new byte[] {0, 1, (byte) range}, Layout.INDEX_PREFIX);
      change.commit(Table.LEAK_RANGES, key, ("range " + range).getBytes(StandardCharsets.UTF_8));
    }
    leak(change);
  }

  private void leak(Change change) {
    Entry entry = Entry.of(Entry.Kind.LEAK, world.clock.instant(), World.ROOT, "test");
    world.sequencer.appendUnconditional(entry, change);
  }

  /** The key of a part of a leak check. */
  static byte[] leakRow(int check, int part) {
    byte[] key = Arrays.copyOf(new Id(0, check).toArray(), Id.BYTES + Integer.BYTES);
    BigEndian.putInt(key, Id.BYTES, part);
    return key;
  }

  private void remember(String prefix) {
    world
        .rows(Table.META)
        .forEach(
            (key, value) -> {
              String name = new String(key.toArray(), StandardCharsets.UTF_8);
              if (name.startsWith(prefix)) {
                past.put(name, value);
              }
            });
  }

  private byte[] row(String name) {
    return world.row(Table.META, Bytes.owned(name.getBytes(StandardCharsets.UTF_8)));
  }

  private ValidRecord withPhoto(int person, int seed) {
    return world.record(
        "residents",
        "resident_id",
        People.residentId(person),
        "name",
        "李梅",
        "photo",
        Base64.getEncoder().encodeToString(png(seed)));
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
}
