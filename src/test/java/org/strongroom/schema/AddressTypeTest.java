package org.strongroom.schema;

import static org.assertj.core.api.Assertions.assertThat;
import static org.strongroom.schema.Refusals.refusal;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AddressTypeTest {
  private final FieldType type = new AddressType();

  @Test
  void normalise_fullWidthAndWhiteSpace_isFolded() throws InvalidValue {
    assertThat(type.normalise("北京市朝阳区　建国路８８号\n３单元")).isEqualTo("北京市朝阳区 建国路88号 3单元");
    assertThat(refusal(type, "北京市\u0000")).isEqualTo("control_character");
    assertThat(refusal(type, "路".repeat(501))).isEqualTo("too_long");
  }

  @ParameterizedTest
  @CsvSource({
    "北京市朝阳区建国路88号院小区3号楼,北京市朝阳区***",
    "北京朝阳区建国路88号,北京朝阳区***",
    "广东省广州市天河区体育西路1号,广东省广州市天河区***",
    "广州市天河区体育西路1号,广州市天河区***",
    "江苏省苏州市昆山市前进路1号,江苏省苏州市昆山市***",
    "江苏省昆山市前进路1号,江苏省昆山市***",
    "新疆维吾尔自治区伊犁哈萨克自治州伊宁市解放路1号,新疆维吾尔自治区伊犁哈萨克自治州伊宁市***",
    "内蒙古自治区锡林郭勒盟二连浩特市北街,内蒙古自治区锡林郭勒盟二连浩特市***",
    "香港特别行政区某道1号,香港特别行政区***",
  })
  void mask_knownPrefix_keepsProvinceCityAndCounty(String canonical, String masked) {
    assertThat(type.mask(canonical)).isEqualTo(masked);
  }

  @ParameterizedTest
  @CsvSource({
    "北京市某地菜市口大街1号,北京市***",
    "浙江省杭州市文三路1号,浙江省***",
    "文三路小区1号,***",
    "1 Infinite Loop Cupertino,***",
    "市,***",
  })
  void mask_whatIsNotKnownForCertain_isHidden(String canonical, String masked) {
    assertThat(type.mask(canonical)).isEqualTo(masked);
  }
}
