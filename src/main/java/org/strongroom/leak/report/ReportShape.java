package org.strongroom.leak.report;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.strongroom.kernel.BugException;
import org.strongroom.kernel.ErrorCode;
import org.strongroom.kernel.VaultException;

/**
 * Holds JSON against the records of {@link Report}: every member that must be there is, of the
 * right kind, and no other. What is wrong is told by its place among the report's own names; names
 * that are not the report's and values are not repeated.
 */
final class ReportShape {
  private static final SnakeCaseStrategy NAMES = new SnakeCaseStrategy();

  private ReportShape() {}

  /** The name in JSON of a record's component. */
  static String nameOf(RecordComponent component) {
    return NAMES.translate(component.getName());
  }

  /** Whether a record's component may be left out. */
  static boolean isOptional(RecordComponent component) {
    return component.getAnnotatedType().isAnnotationPresent(Nullable.class);
  }

  /**
   * Checks a value that stands at {@code place}.
   *
   * @param place the path of names to it; empty for the whole report
   * @throws VaultException {@link ErrorCode#UNREADABLE_INPUT} with the first thing that is wrong
   */
  static void check(JsonNode value, Type type, String place) {
    if (type instanceof Class<?> plain) {
      if (plain.isRecord()) {
        checkRecord(value, plain, place);
      } else {
        checkScalar(value, plain, place);
      }
      return;
    }
    if (!(type instanceof ParameterizedType generic)) {
      throw new BugException("a report has no member of type " + type);
    }
    Type[] of = generic.getActualTypeArguments();
    if (generic.getRawType() == List.class) {
      require(value.isArray(), place, "an array");
      value.forEach(element -> check(element, of[0], place + "[]"));
    } else if (generic.getRawType() == TreeMap.class) {
      require(value.isObject(), place, "an object");
      value.forEach(element -> check(element, of[1], place + ".*"));
    } else {
      throw new BugException("a report has no member of type " + type);
    }
  }

  private static void checkRecord(JsonNode value, Class<?> type, String place) {
    require(value.isObject(), place, "an object");
    Map<String, RecordComponent> known = new HashMap<>();
    for (RecordComponent component : type.getRecordComponents()) {
      known.put(nameOf(component), component);
      if (!isOptional(component) && !value.has(nameOf(component))) {
        throw bad(inside(place, nameOf(component)) + " is missing");
      }
    }
    for (Map.Entry<String, JsonNode> member : value.properties()) {
      RecordComponent component = known.get(member.getKey());
      if (component == null) {
        String where = place.isEmpty() ? "at the top" : "in " + place;
        throw bad("there is a member " + where + " that no report has");
      }
      check(member.getValue(), component.getGenericType(), inside(place, member.getKey()));
    }
  }

  private static void checkScalar(JsonNode value, Class<?> type, String place) {
    if (type == long.class || type == Long.class) {
      require(value.isIntegralNumber() && value.canConvertToLong(), place, "a whole number");
    } else if (type == int.class) {
      require(value.isIntegralNumber() && value.canConvertToInt(), place, "a whole number");
    } else if (type == double.class || type == Double.class) {
      require(value.isNumber() && Double.isFinite(value.doubleValue()), place, "a number");
    } else if (type == boolean.class) {
      require(value.isBoolean(), place, "true or false");
    } else if (type == String.class) {
      require(value.isTextual(), place, "a text");
    } else if (type == Instant.class) {
      require(value.isTextual() && isInstant(value.textValue()), place, "a time in UTC (RFC 3339)");
    } else {
      throw new BugException("a report has no member of type " + type);
    }
  }

  private static boolean isInstant(String text) {
    try {
      return Instant.parse(text).toString().equals(text);
    } catch (DateTimeException e) {
      return false;
    }
  }

  private static String inside(String place, String name) {
    return place.isEmpty() ? name : place + "." + name;
  }

  private static void require(boolean holds, String place, String what) {
    if (!holds) {
      throw bad(place.isEmpty() ? "it is not " + what : place + " is not " + what);
    }
  }

  private static VaultException bad(String what) {
    return new VaultException(
        ErrorCode.UNREADABLE_INPUT, "this is no report of a leak check: " + what);
  }
}
