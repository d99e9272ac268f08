package org.strongroom.leak.lookup;

import com.fasterxml.jackson.annotation.JsonValue;
import java.time.Clock;
import java.util.Arrays;
import org.strongroom.kernel.ErrorCode;
import org.strongroom.kernel.VaultException;
import org.strongroom.schema.FieldType;
import org.strongroom.schema.IdentifierTypes;
import org.strongroom.schema.InvalidValue;

/** The identifiers that can be looked up in a leak. Words and numbers stay for ever. */
public enum LookupKind {
  /** An e-mail address: hard enough to guess for a plain hash. */
  EMAIL("email", 1, false),
  /** A telephone number in E.164: guessed by trying all of them. */
  PHONE("phone", 2, true),
  /** A Chinese resident identity number: guessed by trying all of them. */
  RESIDENT_ID("resident_id", 3, true);

  /** Of telephone numbers without a country code. */
  private static final String REGION = "CN";

  private final String text;
  private final int number;
  private final boolean guessable;

  LookupKind(String text, int number, boolean guessable) {
    this.text = text;
    this.number = number;
    this.guessable = guessable;
  }

  /**
   * The kind with this word.
   *
   * @throws VaultException {@code NOT_FOUND}
   */
  public static LookupKind of(String text) {
    return Arrays.stream(values())
        .filter(kind -> kind.text.equals(text))
        .findFirst()
        .orElseThrow(
            () ->
                new VaultException(
                    ErrorCode.NOT_FOUND,
                    "there is no such kind of identifier, but " + Arrays.toString(texts())));
  }

  private static String[] texts() {
    return Arrays.stream(values()).map(LookupKind::text).toArray(String[]::new);
  }

  /** The word in addresses and answers. */
  @JsonValue
  public String text() {
    return text;
  }

  /** The number on disk. */
  int number() {
    return number;
  }

  /** Whether its keys are made with the vault's key, since plain hashes would be undone. */
  public boolean guessable() {
    return guessable;
  }

  /** The type of the identifiers, whose index form is what keys are made of. */
  public FieldType type(Clock clock) {
    return switch (this) {
      case EMAIL -> IdentifierTypes.email();
      case PHONE -> IdentifierTypes.phone(REGION);
      case RESIDENT_ID -> IdentifierTypes.residentId(clock);
    };
  }

  /**
   * The one text that is hashed, of an identifier as people write it.
   *
   * @throws VaultException {@code INVALID_VALUE} when it cannot be one; never quotes it
   */
  public String canonical(String raw, Clock clock) {
    FieldType type = type(clock);
    try {
      return type.indexForm(type.normalise(raw));
    } catch (InvalidValue e) {
      throw new VaultException(
          ErrorCode.INVALID_VALUE, text + ": " + e.text() + " (" + e.code() + ")", e);
    }
  }
}
