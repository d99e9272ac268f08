package org.strongroom.leak.report;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.ser.std.StdScalarSerializer;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;

/**
 * Writes fractions with {@value #DIGITS} significant digits, without zeros at the end. By decimal
 * arithmetic, since {@code Double.toString} gives other digits on other JDKs. What was written and
 * read back is written the same again.
 */
final class Decimals extends StdScalarSerializer<Double> {
  static final int DIGITS = 6;
  private static final MathContext ROUNDING = new MathContext(DIGITS, RoundingMode.HALF_EVEN);

  Decimals() {
    super(Double.class);
  }

  @Override
  public void serialize(Double value, JsonGenerator to, SerializerProvider provider)
      throws IOException {
    to.writeNumber(rounded(value).toString());
  }

  /**
   * The number as it is written.
   *
   * @throws IllegalArgumentException when it is none, or infinite
   */
  static BigDecimal rounded(double value) {
    if (!Double.isFinite(value)) {
      throw new IllegalArgumentException("a report holds finite figures only");
    }
    BigDecimal rounded = new BigDecimal(value).round(ROUNDING).stripTrailingZeros();
    return rounded.scale() < 0 ? rounded.setScale(0) : rounded;
  }
}
