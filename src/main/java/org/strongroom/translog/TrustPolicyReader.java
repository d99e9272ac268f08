package org.strongroom.translog;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.StringTokenizer;
import org.jspecify.annotations.Nullable;
import org.strongroom.kernel.Bytes;

/**
 * Reads a policy file line by line. Lines are held as ISO 8859-1, one character an octet, since
 * names are octets to the specification; keys and what is shown are UTF-8. For one file.
 */
final class TrustPolicyReader {
  /** The most logs, witnesses and groups together; the specification asks for 32 of each. */
  private static final int MAX_NAMES = 1024;

  private static final String NONE = "none";
  private static final String BLANKS = " \t";

  private final List<TrustPolicy.Log> logs = new ArrayList<>();
  private final List<TrustPolicy.Witness> witnesses = new ArrayList<>();
  private final Set<Bytes> logKeys = new HashSet<>();
  private final Set<Bytes> witnessKeys = new HashSet<>();

  /** By their octets. */
  private final Map<String, TrustPolicy.Voter> voters = new HashMap<>();

  private final Set<String> members = new HashSet<>();
  private TrustPolicy.@Nullable Voter quorum;
  private boolean quorumSeen;

  TrustPolicy read(byte[] file) {
    if (file.length > TrustPolicy.MAX_BYTES) {
      throw new IllegalArgumentException(
          "the policy has "
              + file.length
              + " bytes, at most "
              + TrustPolicy.MAX_BYTES
              + " are read");
    }
    String all = new String(file, StandardCharsets.ISO_8859_1);
    int number = 0;
    for (int at = 0; at < all.length(); ) {
      number++;
      int end = all.indexOf('\n', at);
      try {
        if (end < 0) {
          throw new IllegalArgumentException("the line does not end in a newline");
        }
        line(all.substring(at, end));
      } catch (IllegalArgumentException e) {
        throw new IllegalArgumentException("line " + number + ": " + e.getMessage(), e);
      }
      at = end + 1;
    }
    if (!quorumSeen) {
      throw new IllegalArgumentException("the policy has no quorum line");
    }
    return new TrustPolicy(logs, witnesses, quorum);
  }

  private void line(String line) {
    if (line.chars().anyMatch(c -> (c < ' ' && c != '\t') || c == 0x7f)) {
      throw new IllegalArgumentException("the line holds a control character other than a tab");
    }
    List<String> items = new ArrayList<>();
    StringTokenizer cut = new StringTokenizer(line, BLANKS);
    while (cut.hasMoreTokens()) {
      items.add(cut.nextToken());
    }
    if (items.isEmpty() || items.get(0).startsWith("#")) {
      return;
    }
    List<String> rest = items.subList(1, items.size());
    switch (items.get(0)) {
      case "log" -> log(rest);
      case "witness" -> witness(rest);
      case "group" -> group(rest);
      case "quorum" -> quorum(rest);
      default ->
          throw new IllegalArgumentException(
              "the line begins with neither log, witness, group, quorum nor #");
    }
  }

  private void log(List<String> items) {
    requireItems(items, 1, 2, "log <vkey> [<url>]");
    VerifierKey key = VerifierKey.parse(shown(items.get(0)));
    if (!logKeys.add(key.key())) {
      throw new IllegalArgumentException("another log has this key already");
    }
    requireRoom();
    logs.add(new TrustPolicy.Log(key, optional(items, 1)));
  }

  private void witness(List<String> items) {
    requireItems(items, 2, 3, "witness <name> <vkey> [<url>]");
    VerifierKey key = VerifierKey.parse(shown(items.get(1)));
    TrustPolicy.Witness witness =
        new TrustPolicy.Witness(lenient(items.get(0)), key, optional(items, 2));
    if (!witnessKeys.add(key.key())) {
      throw new IllegalArgumentException("another witness has this key already");
    }
    define(items.get(0), witness);
    witnesses.add(witness);
  }

  private void group(List<String> items) {
    requireItems(items, 3, Integer.MAX_VALUE, "group <name> all|any|<k> <name>...");
    List<TrustPolicy.Voter> group = new ArrayList<>();
    for (String name : items.subList(2, items.size())) {
      group.add(defined(name));
      if (!members.add(name)) {
        throw new IllegalArgumentException(lenient(name) + " is a member of a group already");
      }
    }
    int threshold = threshold(items.get(1), group.size());
    define(items.get(0), new TrustPolicy.Group(lenient(items.get(0)), threshold, group));
  }

  private static int threshold(String text, int members) {
    return switch (text) {
      case "all" -> members;
      case "any" -> 1;
      default -> {
        long threshold = Canonical.decimal(text, "the threshold");
        if (threshold < 1 || threshold > members) {
          throw new IllegalArgumentException(
              "the threshold " + threshold + " is not from 1 to the members, " + members);
        }
        yield (int) threshold;
      }
    };
  }

  private void quorum(List<String> items) {
    requireItems(items, 1, 1, "quorum <name>");
    if (quorumSeen) {
      throw new IllegalArgumentException("there is a quorum line already");
    }
    quorumSeen = true;
    quorum = items.get(0).equals(NONE) ? null : defined(items.get(0));
  }

  private TrustPolicy.Voter defined(String name) {
    TrustPolicy.Voter voter = voters.get(name);
    if (voter == null) {
      throw new IllegalArgumentException(
          lenient(name) + " is no witness or group of the lines before");
    }
    return voter;
  }

  private void define(String name, TrustPolicy.Voter voter) {
    if (name.equals(NONE)) {
      throw new IllegalArgumentException("the name none is taken");
    }
    requireRoom();
    if (voters.putIfAbsent(name, voter) != null) {
      throw new IllegalArgumentException(lenient(name) + " is defined already");
    }
  }

  private void requireRoom() {
    if (logs.size() + voters.size() >= MAX_NAMES) {
      throw new IllegalArgumentException(
          "a policy may have " + MAX_NAMES + " logs, witnesses and groups");
    }
  }

  private static void requireItems(List<String> items, int from, int to, String form) {
    if (items.size() < from || items.size() > to) {
      throw new IllegalArgumentException("the line is not of the form " + form);
    }
  }

  private static @Nullable String optional(List<String> items, int at) {
    return at < items.size() ? lenient(items.get(at)) : null;
  }

  /** Octets as UTF-8, which a key must be. */
  private static String shown(String octets) {
    return Canonical.utf8(octets.getBytes(StandardCharsets.ISO_8859_1), "the key");
  }

  /** Octets as UTF-8 as far as they are: for names and addresses that are shown. */
  private static String lenient(String octets) {
    return new String(octets.getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8);
  }
}
