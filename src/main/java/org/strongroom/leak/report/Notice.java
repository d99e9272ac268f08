package org.strongroom.leak.report;

import java.nio.charset.StandardCharsets;
import java.util.Map;

/**
 * A draft of the notices that the law asks for, to the people concerned and to the authority, in
 * English and Chinese, as one HTML page: what the report knows is filled in, the rest is marked as
 * blank. Names no source: whom the figures point to is no matter for a notice. Follows Art. 57 of
 * the Personal Information Protection Law of China (PIPL) and Art. 33 and 34 of Regulation (EU)
 * 2016/679 (GDPR); is no legal advice. Thread-safe.
 */
public final class Notice {
  private final Pages pages = new Pages();

  /** The draft, in UTF-8. */
  public byte[] of(Report report) {
    return pages
        .fill("notice.jte", Map.of("view", new NoticeView(report)))
        .getBytes(StandardCharsets.UTF_8);
  }
}
