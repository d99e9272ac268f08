package org.strongroom.schema;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.BiFunction;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.strongroom.synthetic.Resident;
import org.strongroom.synthetic.Residents;

/** How often what is near is one person's, and how often two people's, on residents made up. */
class LikenessTest {
  private static final int RESIDENTS = 100_000;
  private static final List<String> NAMES = new ArrayList<>();
  private static final List<String> ADDRESSES = new ArrayList<>();

  private final FieldType names = new NameType();
  private final FieldType addresses = new AddressType();

  @BeforeAll
  static void population() {
    Residents residents = new Residents(7, LocalDate.of(2026, 3, 1));
    for (int i = 0; i < RESIDENTS; i++) {
      Resident resident = residents.get(i);
      NAMES.add(resident.name());
      ADDRESSES.add(resident.address());
    }
  }

  /** Seen: 1 pair in 1,900. */
  @Test
  void near_twoPeoplesNames_isRare() {
    Random random = new Random(1);
    int near = 0;
    int pairs = 1_000_000;
    for (int i = 0; i < pairs; i++) {
      String one = NAMES.get(random.nextInt(RESIDENTS));
      String other = NAMES.get(random.nextInt(RESIDENTS));
      near += names.near(one, other) ? 1 : 0;
    }
    assertThat(near).isPositive().isLessThan(pairs / 500);
  }

  /** Seen: none of 2.2 million pairs. */
  @Test
  void near_twoAddressesOfOneCounty_isRare() {
    Map<String, List<String>> byCounty = new HashMap<>();
    for (String address : ADDRESSES) {
      String county = address.substring(0, Areas.prefixLength(address));
      byCounty.computeIfAbsent(county, any -> new ArrayList<>()).add(address);
    }
    long near = 0;
    long pairs = 0;
    for (List<String> county : byCounty.values()) {
      for (int i = 0; i < county.size(); i++) {
        for (int k = 0; k < i; k++) {
          near += addresses.near(county.get(i), county.get(k)) ? 1 : 0;
          pairs++;
        }
      }
    }
    assertThat(pairs).isGreaterThan(1_000_000);
    assertThat(near).isLessThan(pairs / 10_000);
  }

  @Test
  void near_retypedNames_areFound() {
    double typo =
        found(NAMES, names, (name, random) -> name.length() < 3 ? name : typo(name, random, 1));
    assertThat(typo).isGreaterThan(0.99);
    double dots = found(NAMES, names, (name, random) -> name.replace("·", ""));
    assertThat(dots).isEqualTo(1);
  }

  @Test
  void near_retypedAddresses_areFound() {
    Map<String, BiFunction<String, Random, String>> ways =
        Map.of(
            "one character mistyped", (address, random) -> typo(address, random, 0),
            "one character left out", LikenessTest::leftOut,
            "province left out", (address, random) -> address.replaceFirst("^.{2,3}(省|自治区)", ""),
            "divisions left out",
                (address, random) -> address.substring(Areas.prefixLength(address)),
            "units as dashes",
                (address, random) -> address.replaceAll("(\\d)(号楼|单元|栋|组)", "$1-").replace("室", ""),
            "blocks for buildings", (address, random) -> address.replaceAll("(\\d)栋", "$1号楼"));
    ways.forEach(
        (way, retype) -> {
          double found = found(ADDRESSES, addresses, retype);
          assertThat(found).as(way).isGreaterThan(0.85);
        });
  }

  private static double found(
      List<String> of, FieldType type, BiFunction<String, Random, String> retype) {
    Random random = new Random(2);
    int found = 0;
    int tried = 0;
    for (String one : of.subList(0, 20_000)) {
      String other = retype.apply(one, random);
      if (!other.equals(one)) {
        tried++;
        found += type.near(one, other) && type.near(other, one) ? 1 : 0;
      }
    }
    assertThat(tried).isPositive();
    return (double) found / tried;
  }

  private static String typo(String text, Random random, int from) {
    int at = from + random.nextInt(text.length() - from);
    char c = text.charAt(at);
    char typed = c >= '0' && c <= '9' ? (char) ('0' + random.nextInt(10)) : '某';
    return text.substring(0, at) + typed + text.substring(at + 1);
  }

  private static String leftOut(String text, Random random) {
    int at = random.nextInt(text.length());
    return text.substring(0, at) + text.substring(at + 1);
  }

  @ParameterizedTest
  @CsvSource({
    "王建国,王建囯",
    "王建国,王国建",
    "張偉,张伟",
    "陳建國,陈建国",
    "欧阳建国,欧阳国",
    "艾力·买买提,艾力买买提",
    "艾力·买买提,艾力·买买题",
    "John Smith,Smith John",
    "John Smith,john  smith",
    "Jonathan Smith,Jonathon Smith",
  })
  void near_nameRetyped_isNear(String one, String other) {
    assertThat(names.near(one, other)).isTrue();
    assertThat(names.near(other, one)).isTrue();
  }

  @ParameterizedTest
  @CsvSource({
    "王建国,王建国",
    "王伟,王维",
    "王建国,李建国",
    "王建国,王国",
    "王建国,Wang Jianguo",
    "John Smith,Jane Smith",
    "Li,Le",
    "李,王",
  })
  void near_anotherName_isNot(String one, String other) {
    assertThat(names.near(one, other)).isFalse();
    assertThat(names.near(other, one)).isFalse();
  }

  @ParameterizedTest
  @CsvSource({
    "北京市朝阳区建国路88号院3号楼,北京朝阳区建国路88号院3号楼",
    "北京市朝阳区建国路88号院3号楼,建国路88号院3号楼",
    "北京市朝阳区建国路八十八号三号楼,北京市朝阳区建国路88号3栋",
    "广东省广州市天河区体育西路1号2栋3单元401室,广东省广州市天河区体育西路1-2-3-401",
    "广东省广州市天河区体育西路1号2栋3单元401室,广州市天河区体育西路1号2栋3单元407室",
    "廣東省廣州市天河區體育西路1號,广东省广州市天河区体育西路1号",
    "云南省昭通市绥江县白沙镇张家湾村9组65号,云南省昭通市绥江县白沙镇张家湾村第九组65号",
    "云南省昭通市绥江县白沙镇张家湾村9组65号,云南省昭通市绥江县白沙镇张家弯村9组65号",
    "'12 Long Acre, London',12 LONG ACRE LONDON",
  })
  void near_addressRetyped_isNear(String one, String other) {
    assertThat(addresses.near(one, other)).isTrue();
    assertThat(addresses.near(other, one)).isTrue();
  }

  @ParameterizedTest
  @CsvSource({
    "北京市朝阳区建国路88号,北京市朝阳区建国路88号",
    "北京市朝阳区建国路88号,北京市朝阳区建国路89号",
    "北京市朝阳区建国路88号,北京市海淀区建国路88号",
    "云南省昭通市绥江县白沙镇张家湾村9组65号,云南省昭通市绥江县白沙镇张家湾村9组66号",
    "云南省昭通市绥江县白沙镇张家湾村9组65号,云南省昭通市绥江县白沙镇李家沟村9组65号",
    "广东省广州市天河区体育西路1号2栋3单元401室,广东省广州市天河区体育西路7号2栋3单元402室",
    "广东省广州市天河区体育西路1号2栋3单元401室,广东省广州市天河区体育西路",
    "五一路1号,五一路2号",
    "1,2",
  })
  void near_anotherAddress_isNot(String one, String other) {
    assertThat(addresses.near(one, other)).isFalse();
    assertThat(addresses.near(other, one)).isFalse();
  }

  @Test
  void near_typesThatAreNotRetyped_areNeverNear() {
    assertThat(new EmailType().near("li@a.example", "le@a.example")).isFalse();
    assertThat(new PhoneType("CN").near("+8613800138000", "+8613800138001")).isFalse();
    assertThat(new DateType().near("2001-02-03", "2001-03-02")).isFalse();
  }
}
