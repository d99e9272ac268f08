package org.strongroom.leak.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The tags of a page as a browser finds them, for pages that are written strictly. */
final class HtmlTags {
  private static final Pattern TAG =
      Pattern.compile("<(/?)([a-zA-Z][a-zA-Z0-9]*)((?:\\s+[a-zA-Z-]+=\"[^\"]*\")*)\\s*(/?)>");
  private static final Set<String> VOID = Set.of("meta", "br", "hr");

  private final List<String> tags = new ArrayList<>();
  private final List<String> names = new ArrayList<>();

  /** Reads a page; fails when a tag is not closed, or something that is no tag looks like one. */
  HtmlTags(String html) {
    String doctype = "<!DOCTYPE html>";
    assertThat(html).startsWith(doctype);
    String body = html.substring(doctype.length());
    Deque<String> open = new ArrayDeque<>();
    Matcher each = TAG.matcher(body);
    while (each.find()) {
      String name = each.group(2);
      tags.add(each.group());
      if (!each.group(1).isEmpty()) {
        assertThat(open.pop()).isEqualTo(name);
        names.add("/" + name);
      } else {
        names.add(name);
        if (each.group(4).isEmpty() && !VOID.contains(name)) {
          open.push(name);
        }
      }
    }
    assertThat(open).isEmpty();
    assertThat(TAG.matcher(body).replaceAll("")).doesNotContain("<");
  }

  /** Every tag in full. */
  List<String> tags() {
    return tags;
  }

  /** The names alone, which tell the structure. */
  List<String> names() {
    return names;
  }

  List<String> of(String name) {
    return tags.stream().filter(tag -> tag.matches("<" + name + "[\\s/>].*")).toList();
  }
}
