package org.strongroom.leak.report;

import gg.jte.ContentType;
import gg.jte.TemplateEngine;
import gg.jte.output.StringOutput;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import org.strongroom.kernel.BugException;

/**
 * Fills the templates of this room, which were compiled in the build. Each page is one file without
 * scripts; its policy allows nothing but its own style, by hash. Thread-safe.
 */
final class Pages {
  private static final String PACKAGE = "org.strongroom.leak.report.page";
  private static final String STYLE = "page.css";

  private final TemplateEngine engine;
  private final String css;
  private final String policy;

  Pages() {
    engine =
        TemplateEngine.createPrecompiled(
            null, ContentType.Html, Pages.class.getClassLoader(), PACKAGE);
    css = resource(STYLE);
    policy = "default-src 'none'; style-src 'sha256-" + sha256(css) + "'; base-uri 'none'";
  }

  /** The page of a template, with parameters beside those that every page has. */
  String fill(String template, Map<String, Object> parameters) {
    Map<String, Object> all = new HashMap<>(parameters);
    all.put("css", css);
    all.put("policy", policy);
    StringOutput out = new StringOutput();
    engine.render(template, all, out);
    return out.toString().stripLeading();
  }

  private static String resource(String name) {
    try (InputStream in = Pages.class.getResourceAsStream(name)) {
      if (in == null) {
        throw new BugException("the resource " + name + " is not on the class path");
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String sha256(String text) {
    try {
      byte[] hash =
          MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
      return Base64.getEncoder().encodeToString(hash);
    } catch (NoSuchAlgorithmException e) {
      throw new BugException("every JDK has SHA-256", e);
    }
  }
}
