package org.strongroom.synthetic;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.google.i18n.phonenumbers.NumberParseException;
import com.google.i18n.phonenumbers.PhoneNumberUtil;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.NamedCsvRecord;
import java.io.BufferedReader;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class ResidentsTest {
  private static final LocalDate TODAY = LocalDate.of(2026, 3, 2);

  private final Residents residents = new Residents(42, TODAY);

  @Test
  void get_anyResident_hasAnIdNumberThatHoldsByTheStandard() {
    Set<String> counties =
        Facts.read("places.tsv").stream()
            .map(line -> line[0])
            .filter(code -> code.length() == 6)
            .collect(Collectors.toSet());
    for (long i = 0; i < 40_000; i++) {
      Resident resident = residents.get(i);
      String id = resident.residentId();
      assertThat(id).matches("[0-9]{17}[0-9X]");
      assertThat(counties).contains(id.substring(0, 6));
      LocalDate born = LocalDate.parse(resident.dateOfBirth());
      assertThat(id.substring(6, 14)).isEqualTo(resident.dateOfBirth().replace("-", ""));
      assertThat(born).isBeforeOrEqualTo(TODAY);
      assertThat(resident.sex())
          .isEqualTo(Integer.parseInt(id.substring(14, 17)) % 2 == 1 ? "male" : "female");
      assertThat(id.substring(14, 17)).isNotEqualTo("000");
      assertThat(pureSystemRemainder(id)).isEqualTo(1);
    }
  }

  /** ISO 7064, MOD 11-2 by its definition: the sum of a(i) * 2^(i-1), from the right, is 1. */
  private static int pureSystemRemainder(String id) {
    int sum = 0;
    for (int k = 0; k < 18; k++) {
      sum = 2 * sum + Character.digit(id.charAt(k) == 'X' ? 'a' : id.charAt(k), 16);
      sum %= 11;
    }
    return sum;
  }

  @Test
  void get_anyPhone_isAValidChineseMobile() throws NumberParseException {
    PhoneNumberUtil phones = PhoneNumberUtil.getInstance();
    int seen = 0;
    for (long i = 0; i < 10_000; i++) {
      @Nullable String phone = residents.get(i).phone();
      if (phone != null) {
        assertThat(phones.isValidNumberForRegion(phones.parse(phone, null), "CN")).isTrue();
        assertThat(phones.getNumberType(phones.parse(phone, null)))
            .isEqualTo(PhoneNumberUtil.PhoneNumberType.MOBILE);
        seen++;
      }
    }
    assertThat(seen).isBetween(7_000, 9_500);
  }

  @Test
  void ndjson_twoMillion_repeatsNoIdNumberAndNoPhone() throws IOException {
    int count = 2_000_000;
    long[] ids = new long[count];
    long[] phones = new long[count];
    int records = 0;
    int withPhone = 0;
    try (BufferedReader lines =
        new BufferedReader(new InputStreamReader(residents.ndjson(0, count), UTF_8))) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        // The first 17 digits decide the 18th.
        ids[records++] = Long.parseLong(line, 16, 33, 10);
        int at = line.indexOf("\"phone\":\"+86");
        if (at >= 0) {
          phones[withPhone++] = Long.parseLong(line, at + 12, at + 23, 10);
        }
      }
    }
    assertThat(records).isEqualTo(count);
    assertThat(repeats(ids, count)).isZero();
    assertThat(withPhone).isGreaterThan(1_500_000);
    assertThat(repeats(phones, withPhone)).isZero();
  }

  private static int repeats(long[] numbers, int count) {
    Arrays.sort(numbers, 0, count);
    int repeats = 0;
    for (int k = 1; k < count; k++) {
      repeats += numbers[k] == numbers[k - 1] ? 1 : 0;
    }
    return repeats;
  }

  @Test
  void idNumbers_allDrawsOfOneCountyAndAge_areDistinct() {
    // The one claim that no sample can show: all 8 * n * m draws of a pair stay apart.
    Places places = new Places();
    Ages ages = new Ages(TODAY);
    ResidentNumbers numbers = new ResidentNumbers(42, places, ages);
    int county = places.tickets().owner(places.tickets().first(places.counties() / 2));
    int age = 32;
    Set<Integer> seats = new HashSet<>();
    ResidentNumbers.Place place = new ResidentNumbers.Place();
    int draws = places.tickets().count(county) * ages.tickets().count(age) * 8;
    for (int rank = 0; rank < draws; rank++) {
      numbers.seat(county, age, rank, place);
      assertThat(seats.add(place.birthDate % 10_000 * 1000 + place.sequence)).isTrue();
    }
  }

  @Test
  void get_manyResidents_areSpreadLikeThePopulation() {
    int count = 300_000;
    int[] ages = new int[3];
    int men = 0;
    int han = 0;
    int uyghur = 0;
    int uyghurInXinjiang = 0;
    int guangdong = 0;
    int wang = 0;
    int dotted = 0;
    for (long i = 0; i < count; i++) {
      Resident resident = residents.get(i);
      int age = LocalDate.parse(resident.dateOfBirth()).until(TODAY).getYears();
      ages[age < 15 ? 0 : age < 65 ? 1 : 2]++;
      men += resident.sex().equals("male") ? 1 : 0;
      han += resident.ethnicity().equals("汉") ? 1 : 0;
      guangdong += resident.residentId().startsWith("44") ? 1 : 0;
      wang += resident.name().startsWith("王") ? 1 : 0;
      dotted += resident.name().contains("·") ? 1 : 0;
      if (resident.ethnicity().equals("维吾尔")) {
        uyghur++;
        uyghurInXinjiang += resident.residentId().startsWith("65") ? 1 : 0;
      }
    }
    // 2020 census, each with a tolerance of 0.5 points; sampling alone gives below 0.1.
    double percent = 100.0 / count;
    assertThat(ages[0] * percent).isBetween(17.4, 18.5);
    assertThat(ages[1] * percent).isBetween(68.0, 69.1);
    assertThat(ages[2] * percent).isBetween(13.0, 14.0);
    assertThat(men * percent).isBetween(50.7, 51.8);
    assertThat(han * percent).isBetween(90.6, 91.6);
    assertThat(guangdong * percent).isBetween(8.4, 9.4);
    assertThat(wang * percent).isBetween(7.0, 8.0);
    assertThat(uyghur * percent).isBetween(0.74, 0.93);
    assertThat(uyghurInXinjiang).isGreaterThan(uyghur * 9 / 10);
    assertThat(dotted * percent).isBetween(0.8, 1.2);
  }

  @Test
  void ndjson_knownSeedAndDate_isTheSameForEver() throws IOException, GeneralSecurityException {
    // Must hold on every JDK. A change here changes every demo vault: do it on purpose only.
    MessageDigest digest = MessageDigest.getInstance("SHA-256");
    try (InputStream in = residents.ndjson(0, 50_000)) {
      digest.update(in.readAllBytes());
    }
    assertThat(HexFormat.of().formatHex(digest.digest()))
        .isEqualTo("6411d2e1cf624a74da6446cd87535ea8ff3acbb486ee966a151b6e2970bc3adb");
  }

  @Test
  void get_anyOrderAndStart_isTheSameResident() throws IOException {
    List<String> lines = lines(residents.ndjson(0, 600));
    assertThat(lines(residents.ndjson(550, 50))).isEqualTo(lines.subList(550, 600));
    Resident later = residents.get(500);
    residents.get(3);
    assertThat(new Residents(42, TODAY).get(500)).isEqualTo(later);
    assertThat(new Residents(43, TODAY).get(500)).isNotEqualTo(later);
  }

  @Test
  void ndjson_eachLine_isTheResidentThatGetGives() throws IOException {
    ObjectMapper mapper = new ObjectMapper();
    long i = 0;
    for (String line : lines(residents.ndjson(0, 3_000))) {
      assertThat(resident(mapper.readTree(line))).isEqualTo(residents.get(i++));
    }
    assertThat(i).isEqualTo(3_000);
  }

  @Test
  void generate_csv_isReadBackAsTheSameResidents() throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    residents.generate(Format.CSV, 2_000, out, done -> {});
    long i = 0;
    try (CsvReader<NamedCsvRecord> csv =
        CsvReader.builder().ofNamedCsvRecord(out.toString(UTF_8))) {
      for (NamedCsvRecord line : csv) {
        Resident resident = residents.get(i++);
        assertThat(line.getField("resident_id")).isEqualTo(resident.residentId());
        assertThat(line.getField("address")).isEqualTo(resident.address());
        assertThat(line.getField("email"))
            .isEqualTo(resident.email() == null ? "" : resident.email());
        assertThat(line.getField("marital_status")).isEqualTo(resident.maritalStatus());
      }
    }
    assertThat(i).isEqualTo(2_000);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 5_000})
  void generate_json_isOneArray(int count) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    List<Long> progress = new ArrayList<>();
    residents.generate(Format.JSON, count, out, progress::add);
    JsonNode array = new ObjectMapper().readTree(out.toByteArray());
    assertThat(array.isArray()).isTrue();
    assertThat(array.size()).isEqualTo(count);
    assertThat(progress).isSorted().last().isEqualTo((long) count);
  }

  @ParameterizedTest
  @EnumSource(Format.class)
  void stream_anyFormat_isWhatGenerateWrites(Format format) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    residents.generate(format, 700, out, done -> {});
    try (InputStream in = residents.stream(format, 0, 700)) {
      ByteArrayOutputStream single = new ByteArrayOutputStream();
      for (int b = in.read(); b >= 0; b = in.read()) {
        single.write(b);
      }
      assertThat(single.toByteArray()).isEqualTo(out.toByteArray());
    }
  }

  @ParameterizedTest
  @CsvSource({"-1, 1", "0, -1", "8589934592, 1", "8589934590, 3", "1, 9223372036854775807"})
  void ndjson_outsideTheSeed_isRefused(long from, long count) {
    assertThatThrownBy(() -> residents.ndjson(from, count))
        .isInstanceOf(IndexOutOfBoundsException.class);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "2024-02-29",
        "2025-02-28",
        "2025-03-01",
        "2025-12-31",
        "2026-01-01",
        "2100-01-01"
      })
  void get_anyToday_knowsNobodyBornLater(LocalDate today) {
    Residents then = new Residents(1, today);
    for (long i = Residents.COUNT - 4_000; i < Residents.COUNT; i++) {
      LocalDate born = LocalDate.parse(then.get(i).dateOfBirth());
      assertThat(born).isBeforeOrEqualTo(today).isAfter(today.minusYears(Ages.OLDEST + 1L));
    }
  }

  private static List<String> lines(InputStream in) throws IOException {
    try (BufferedReader reader = new BufferedReader(new InputStreamReader(in, UTF_8))) {
      return reader.lines().toList();
    }
  }

  private static Resident resident(JsonNode json) {
    return new Resident(
        json.path("resident_id").asText(),
        json.path("name").asText(),
        json.path("former_name").textValue(),
        json.path("sex").asText(),
        json.path("date_of_birth").asText(),
        json.path("ethnicity").asText(),
        json.path("address").asText(),
        json.path("phone").textValue(),
        json.path("email").textValue(),
        json.path("occupation").textValue(),
        json.path("education").asText(),
        json.path("marital_status").asText());
  }
}
