package org.strongroom.policy;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.strongroom.yaml.YamlNode;

/** Reads a policy file. One instance reads one file; every complaint names its line. */
final class PolicyReader {
  /** How many records one answer may hold where a grant says nothing. */
  static final int DEFAULT_MAX_MATCHES = 20;

  /** The most records that a grant may allow one answer to hold. */
  static final int MOST_MATCHES = 1_000;

  private static final int MAX_TEXT_CHARS = 500;
  private static final Pattern WORD = Pattern.compile("[a-z][a-z0-9-]{0,63}");
  private static final Pattern DATA_NAME = Pattern.compile("[a-z][a-z0-9_]{0,63}");
  private static final Pattern INDEX =
      Pattern.compile("[a-z][a-z0-9_]{0,63}(\\+[a-z][a-z0-9_]{0,63}){0,7}");

  private final Map<String, Purpose> purposes = new LinkedHashMap<>();
  private final Map<String, Role> roles = new LinkedHashMap<>();

  PolicyReader(String source, String yaml) {
    YamlNode file = YamlNode.parse(source, yaml);
    Map<String, YamlNode> top = file.mapping(Set.of("purposes", "roles"));
    for (YamlNode node : file.required(top, "purposes").list()) {
      readPurpose(node);
    }
    for (YamlNode node : file.required(top, "roles").list()) {
      readRole(node);
    }
  }

  /** The purposes by name, in file order. */
  Map<String, Purpose> purposes() {
    return purposes;
  }

  /** The roles by name, in file order. */
  Map<String, Role> roles() {
    return roles;
  }

  private void readPurpose(YamlNode node) {
    Map<String, YamlNode> keys = node.mapping(Set.of("purpose", "description", "legal-basis"));
    YamlNode name = node.required(keys, "purpose");
    Purpose purpose =
        new Purpose(
            word(name),
            sentence(node.required(keys, "description")),
            sentence(node.required(keys, "legal-basis")));
    if (purposes.put(purpose.name(), purpose) != null) {
      throw name.error("the purpose \"" + purpose.name() + "\" is declared twice");
    }
  }

  private void readRole(YamlNode node) {
    Map<String, YamlNode> keys = node.mapping(Set.of("role", "description", "acts", "grants"));
    YamlNode name = node.required(keys, "role");
    Set<Permission> acts = EnumSet.noneOf(Permission.class);
    List<YamlNode> actNodes = items(keys.get("acts"));
    for (YamlNode act : actNodes) {
      if (!acts.add(act.oneOf(Permission.class))) {
        throw act.error("the act \"" + act.text() + "\" stands here twice");
      }
    }
    List<Grant> grants = new ArrayList<>();
    for (YamlNode grant : items(keys.get("grants"))) {
      grants.add(readGrant(grant, grants));
    }
    Role role =
        new Role(
            word(name), sentence(node.required(keys, "description")), acts, grants, node.line());
    if (role.administers()) {
      refuseDisclosure(actNodes, items(keys.get("grants")), grants);
    }
    if (roles.put(role.name(), role) != null) {
      throw name.error("the role \"" + role.name() + "\" is declared twice");
    }
  }

  /**
   * Whoever decides who may see what must see nothing himself: otherwise one stolen administrator's
   * account would be enough to read everything, and to clear the way for it.
   */
  private static void refuseDisclosure(
      List<YamlNode> acts, List<YamlNode> nodes, List<Grant> grants) {
    String why =
        " cannot stand in a role that may manage-users, change-policy or change-collections:"
            + " whoever decides who sees what must see no one's data; use two roles";
    for (YamlNode act : acts) {
      if (act.oneOf(Permission.class).discloses()) {
        throw act.error("the act \"" + act.text() + "\"" + why);
      }
    }
    for (int i = 0; i < grants.size(); i++) {
      if (grants.get(i).collection() != null) {
        throw nodes.get(i).error("a grant of records" + why);
      }
    }
  }

  private Grant readGrant(YamlNode node, List<Grant> before) {
    Map<String, YamlNode> keys =
        node.mapping(
            Set.of("purpose", "collection", "search", "show", "reason", "history", "max-matches"));
    YamlNode purposeNode = node.required(keys, "purpose");
    String purpose = purposeNode.text();
    if (!purposes.containsKey(purpose)) {
      throw purposeNode.error(
          "the purpose \"" + purpose + "\" is not declared; declared: " + purposes.keySet());
    }
    @Nullable YamlNode collectionNode = keys.get("collection");
    if (collectionNode == null && !Set.of("purpose", "reason").containsAll(keys.keySet())) {
      throw node.error(
          "the key \"collection\" is missing: without it a grant has a purpose alone, and perhaps a"
              + " reason");
    }
    @Nullable String collection =
        collectionNode == null ? null : matching(collectionNode, DATA_NAME, "a collection name");
    for (Grant other : before) {
      String same = other.collection();
      boolean overlaps = collection == null || same == null || collection.equals(same);
      if (other.purpose().equals(purpose) && overlaps) {
        throw node.error(
            "this purpose and collection are granted already, on line " + other.line());
      }
    }
    return new Grant(
        purpose,
        collection,
        collection == null ? Map.of() : readShow(node.required(keys, "show")),
        readSearch(items(keys.get("search"))),
        readReason(keys.get("reason")),
        bool(keys.get("history")),
        readMaxMatches(keys.get("max-matches")),
        node.line(),
        collectionNode == null ? node.line() : collectionNode.line());
  }

  private static Map<String, Grant.Rule> readShow(YamlNode node) {
    Map<String, Grant.Rule> show = new LinkedHashMap<>();
    node.mapping()
        .forEach(
            (key, value) -> {
              if (!key.equals(Grant.ANY) && !DATA_NAME.matcher(key).matches()) {
                throw value.error(
                    "under \"show\" stand field names, \"ordinary\", \"sensitive\" and \"*\"");
              }
              show.put(key, new Grant.Rule(value.oneOf(View.class), key, value.line()));
            });
    return show;
  }

  private static Map<String, Integer> readSearch(List<YamlNode> nodes) {
    Map<String, Integer> search = new LinkedHashMap<>();
    for (YamlNode node : nodes) {
      String index = matching(node, INDEX, "an index (field, field+field) or \"subject\"");
      if (search.put(index, node.line()) != null) {
        throw node.error("the index \"" + index + "\" stands here twice");
      }
    }
    return search;
  }

  private static boolean readReason(@Nullable YamlNode node) {
    return node != null
        && switch (node.text()) {
          case "required" -> true;
          case "optional" -> false;
          default -> throw node.error("\"required\" or \"optional\" is expected here");
        };
  }

  private static int readMaxMatches(@Nullable YamlNode node) {
    return node == null ? DEFAULT_MAX_MATCHES : (int) node.number(1, MOST_MATCHES);
  }

  private static boolean bool(@Nullable YamlNode node) {
    return node != null && node.bool();
  }

  private static List<YamlNode> items(@Nullable YamlNode node) {
    return node == null ? List.of() : node.list();
  }

  private static String word(YamlNode node) {
    return matching(node, WORD, "a name (a to z, 0 to 9 and -, up to 64, a letter first)");
  }

  private static String sentence(YamlNode node) {
    String text = node.text().strip();
    if (text.isEmpty() || text.length() > MAX_TEXT_CHARS) {
      throw node.error("a text of 1 to " + MAX_TEXT_CHARS + " characters is expected here");
    }
    return text;
  }

  private static String matching(YamlNode node, Pattern pattern, String what) {
    String text = node.text();
    if (!pattern.matcher(text).matches()) {
      throw node.error(what + " is expected here");
    }
    return text;
  }
}
