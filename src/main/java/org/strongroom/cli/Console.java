package org.strongroom.cli;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.strongroom.audit.Receipt;
import org.strongroom.kernel.BugException;
import org.strongroom.kernel.ErrorCode;
import org.strongroom.kernel.VaultException;

/**
 * Where a command prints and asks. Answers go to stdout; errors, progress and prompts to stderr.
 */
final class Console {
  private static final JsonMapper JSON =
      JsonMapper.builder()
          .defaultPropertyInclusion(
              JsonInclude.Value.construct(JsonInclude.Include.NON_NULL, JsonInclude.Include.ALWAYS))
          .build();

  private final PrintWriter out;
  private final PrintWriter err;
  private @Nullable BufferedReader in;

  Console(PrintWriter out, PrintWriter err) {
    this.out = out;
    this.err = err;
  }

  PrintWriter out() {
    return out;
  }

  PrintWriter err() {
    return err;
  }

  /** One JSON object on one line. */
  void json(Object value) {
    out.println(text(value));
    out.flush();
  }

  void line(String text) {
    out.println(text);
    out.flush();
  }

  void refused(Refusal refusal, boolean json) {
    if (json) {
      Map<String, Object> body = new LinkedHashMap<>();
      body.put("error", refusal.code());
      body.put("detail", refusal.getMessage());
      body.put("receipt", refusal.receipt());
      err.println(text(body));
    } else {
      err.println("refused (" + refusal.code() + "): " + refusal.getMessage());
      err.println("This denial is entry " + refusal.receipt().index() + " of the audit log.");
    }
  }

  /** What text says of where an act stands in the log; nothing where it was none. */
  static String entry(@Nullable Receipt receipt) {
    return receipt == null ? "" : "\nentry " + receipt.index() + " of the log " + receipt.log();
  }

  void failed(String code, String why, boolean json) {
    if (json) {
      Map<String, String> body = new LinkedHashMap<>();
      body.put("error", code);
      body.put("detail", why);
      err.println(text(body));
    } else {
      err.println("error (" + code + "): " + why);
    }
  }

  /** Asks for a value that should not stand in the command line; from a terminal without echo. */
  char[] secret(String prompt) {
    if (Boolean.getBoolean("strongroom.keyboard")) {
      char @Nullable [] typed =
          Objects.requireNonNull(System.console()).readPassword("%s: ", prompt);
      if (typed != null) {
        return typed;
      }
    } else {
      @Nullable String line = readLine();
      if (line != null) {
        return line.toCharArray();
      }
    }
    throw new VaultException(ErrorCode.BAD_REQUEST, prompt + ": nothing was given");
  }

  /**
   * Whether somebody looks at stderr: the launcher tells, since on every JDK only a shell knows.
   */
  static boolean isTerminal() {
    return Boolean.getBoolean("strongroom.terminal");
  }

  private @Nullable String readLine() {
    try {
      if (in == null) {
        in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
      }
      return in.readLine();
    } catch (IOException e) {
      throw new VaultException(ErrorCode.BAD_REQUEST, "standard input cannot be read", e);
    }
  }

  private static String text(Object value) {
    try {
      return JSON.writeValueAsString(value);
    } catch (JsonProcessingException e) {
      throw new BugException("an answer is always JSON", e);
    }
  }
}
