package org.strongroom.leak.canary;

import java.security.SecureRandom;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.strongroom.kernel.ErrorCode;
import org.strongroom.kernel.Id;
import org.strongroom.kernel.VaultException;
import org.strongroom.schema.Checked;
import org.strongroom.schema.CollectionSpec;
import org.strongroom.schema.Draft;
import org.strongroom.schema.Invalid;
import org.strongroom.schema.ValidRecord;
import org.strongroom.synthetic.Resident;
import org.strongroom.synthetic.Residents;
import org.strongroom.vault.Compared;
import org.strongroom.vault.Matching;

/**
 * Makes up residents who could be anybody in the vault: from its provinces in their parts, whom no
 * index leads to. They are computed from 64 random bits and drawn by 33 more each, so that one who
 * knows some of them does not learn of the others. For one thread.
 *
 * <p>They have no e-mail address, since those of synthetic residents are under domains reserved for
 * examples. Below the province they live anywhere, and fields that synthetic residents lack they
 * lack too.
 */
final class Invention {
  /** Subjects of the vault whose provinces are taken. */
  private static final int MODELS = 1000;

  /** Draws for one of a province, before one from anywhere will do. */
  private static final int MAX_DRAWS = 20_000;

  /** How often those whom the vault holds are drawn again. */
  private static final int MAX_ROUNDS = 100;

  private final Matching.Run vault;
  private final SecureRandom random;
  private final Residents residents;
  private final int[] provinces;

  Invention(Matching.Run vault, SecureRandom random, LocalDate today) {
    this.vault = vault;
    this.random = random;
    this.residents = new Residents(random.nextLong(), today);
    int[] regions = vault.regions(vault.draw(Id.random(random), MODELS));
    this.provinces = Arrays.stream(regions).filter(each -> each != Compared.UNKNOWN).toArray();
  }

  /**
   * Draws residents.
   *
   * @throws VaultException {@code CONFLICT} when the collection's declaration refuses them, or the
   *     vault holds too many of those that there are
   */
  List<ValidRecord> draw(int count) {
    List<ValidRecord> out = new ArrayList<>();
    Set<String> numbers = new HashSet<>();
    for (int round = 0; round < MAX_ROUNDS && out.size() < count; round++) {
      List<ValidRecord> drawn = new ArrayList<>();
      for (int missing = count - out.size(); missing > 0; missing--) {
        Resident one = one();
        if (numbers.add(one.residentId())) {
          drawn.add(valid(one));
        }
      }
      boolean[] held = vault.meets(drawn);
      for (int i = 0; i < held.length; i++) {
        if (!held[i]) {
          out.add(drawn.get(i));
        }
      }
    }
    if (out.size() < count) {
      throw new VaultException(
          ErrorCode.CONFLICT, "the vault holds whomever is made up; plant fewer canaries");
    }
    return out;
  }

  private Resident one() {
    String province =
        provinces.length == 0 ? "" : Integer.toString(provinces[random.nextInt(provinces.length)]);
    Resident drawn = any();
    for (int i = 0; i < MAX_DRAWS && !drawn.residentId().startsWith(province); i++) {
      drawn = any();
    }
    return drawn;
  }

  private Resident any() {
    return residents.get(Math.floorMod(random.nextLong(), Residents.COUNT));
  }

  private ValidRecord valid(Resident resident) {
    CollectionSpec spec = vault.spec();
    Draft draft = new Draft(spec.fieldCount());
    fields(resident)
        .forEach(
            (field, value) -> {
              if (spec.position(field) >= 0) {
                draft.set(spec.position(field), value);
              }
            });
    Checked checked = spec.check(draft);
    if (checked instanceof Invalid invalid) {
      throw new VaultException(
          ErrorCode.CONFLICT,
          "the collection "
              + spec.name()
              + " demands what no made-up resident has: "
              + invalid.problems().get(0).code());
    }
    return (ValidRecord) checked;
  }

  private static Map<String, @Nullable String> fields(Resident resident) {
    Map<String, @Nullable String> out = new LinkedHashMap<>();
    out.put("resident_id", resident.residentId());
    out.put("name", resident.name());
    out.put("former_name", resident.formerName());
    out.put("sex", resident.sex());
    out.put("date_of_birth", resident.dateOfBirth());
    out.put("ethnicity", resident.ethnicity());
    out.put("address", resident.address());
    out.put("phone", resident.phone());
    out.put("occupation", resident.occupation());
    out.put("education", resident.education());
    out.put("marital_status", resident.maritalStatus());
    return out;
  }
}
