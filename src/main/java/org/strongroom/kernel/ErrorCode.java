package org.strongroom.kernel;

/**
 * What went wrong, in a word that stays for ever: clients match on {@link #code()}. {@link
 * #status()} is the HTTP status of the problem document (RFC 9457) that carries it.
 */
public enum ErrorCode {
  BAD_REQUEST("bad_request", 400),
  INVALID_VALUE("invalid_value", 400),
  INVALID_DECLARATION("invalid_declaration", 400),
  NOT_AUTHENTICATED("not_authenticated", 401),
  LOCKED_OUT("locked_out", 429),
  DENIED("denied", 403),
  NOT_FOUND("not_found", 404),
  CONFLICT("conflict", 409),
  TOO_LARGE("too_large", 413),
  UNREADABLE_INPUT("unreadable_input", 400),
  VAULT_EXISTS("vault_exists", 409),
  NO_VAULT("no_vault", 404),
  VAULT_IN_USE("vault_in_use", 409),
  KEY_FILE("key_file", 500),
  CORRUPT("corrupt", 500),
  STORE_FAILED("store_failed", 503),
  AUDIT_FAILED("audit_failed", 503),
  UNWITNESSED("unwitnessed", 503),
  INVALID_PROOF("invalid_proof", 400),
  INTERRUPTED("interrupted", 503),
  CANCELLED("cancelled", 409),
  TOO_MANY("too_many", 429),
  UNREACHABLE("unreachable", 502),
  REFUSED_TO_LISTEN("refused_to_listen", 500),
  INTERNAL("internal", 500);

  private final String code;
  private final int status;

  ErrorCode(String code, int status) {
    this.code = code;
    this.status = status;
  }

  public String code() {
    return code;
  }

  public int status() {
    return status;
  }
}
