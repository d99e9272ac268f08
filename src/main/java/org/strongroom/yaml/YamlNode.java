package org.strongroom.yaml;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.api.lowlevel.Parse;
import org.snakeyaml.engine.v2.events.CollectionEndEvent;
import org.snakeyaml.engine.v2.events.CollectionStartEvent;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.events.NodeEvent;
import org.snakeyaml.engine.v2.events.ScalarEvent;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;
import org.strongroom.kernel.ErrorCode;
import org.strongroom.kernel.VaultException;

/**
 * One value of a declaration file, with the line it stands on. Reading is strict: whoever reads a
 * mapping names the keys it knows, and anything else is an error.
 */
public final class YamlNode {
  private static final int MAX_CHARS = 1 << 20;

  /** Declarations need four; composing recurses, and must not run out of stack. */
  private static final int MAX_DEPTH = 32;

  private final String source;
  private final Node node;

  private YamlNode(String source, Node node) {
    this.source = source;
    this.node = node;
  }

  /**
   * Parses one document.
   *
   * @param source what to call the file in errors
   * @throws VaultException {@link ErrorCode#INVALID_DECLARATION} with {@code source:line: reason}
   */
  public static YamlNode parse(String source, String text) {
    if (text.length() > MAX_CHARS) {
      throw new VaultException(
          ErrorCode.INVALID_DECLARATION, source + ":1: longer than " + MAX_CHARS + " characters");
    }
    LoadSettings settings =
        LoadSettings.builder()
            .setLabel(source)
            .setAllowDuplicateKeys(false)
            .setMaxAliasesForCollections(0)
            .setCodePointLimit(MAX_CHARS)
            .build();
    try {
      requirePlain(source, new Parse(settings).parseString(text));
      return new Compose(settings)
          .composeString(text)
          .map(node -> new YamlNode(source, node))
          .orElseThrow(
              () -> new VaultException(ErrorCode.INVALID_DECLARATION, source + ":1: empty file"));
    } catch (MarkedYamlEngineException e) {
      int line = e.getProblemMark().map(mark -> mark.getLine() + 1).orElse(1);
      throw new VaultException(
          ErrorCode.INVALID_DECLARATION, source + ":" + line + ": " + e.getProblem(), e);
    } catch (YamlEngineException e) {
      throw new VaultException(ErrorCode.INVALID_DECLARATION, source + ":1: " + e.getMessage(), e);
    }
  }

  /** No tags, no anchors, no depth: nothing that a declaration has a use for. */
  private static void requirePlain(String source, Iterable<Event> events) {
    int depth = 0;
    for (Event event : events) {
      if (event instanceof CollectionEndEvent) {
        depth--;
      }
      if (!(event instanceof NodeEvent value)) {
        continue;
      }
      if (value.getAnchor().isPresent()) {
        throw refused(source, event, "anchors and aliases are not allowed here");
      }
      if (value instanceof ScalarEvent scalar && scalar.getTag().isPresent()) {
        throw refused(source, event, "tags are not allowed here");
      }
      if (value instanceof CollectionStartEvent collection) {
        if (collection.getTag().isPresent()) {
          throw refused(source, event, "tags are not allowed here");
        }
        if (++depth > MAX_DEPTH) {
          throw refused(source, event, "nested deeper than " + MAX_DEPTH + " levels");
        }
      }
    }
  }

  private static VaultException refused(String source, Event event, String reason) {
    int line = event.getStartMark().map(mark -> mark.getLine() + 1).orElse(1);
    return new VaultException(ErrorCode.INVALID_DECLARATION, source + ":" + line + ": " + reason);
  }

  /** Where this value stands, from 1. */
  public int line() {
    return node.getStartMark().map(mark -> mark.getLine() + 1).orElse(1);
  }

  /** An error at this value's line; the message must hold no personal data. */
  public VaultException error(String message) {
    return new VaultException(
        ErrorCode.INVALID_DECLARATION, source + ":" + line() + ": " + message);
  }

  /** The mapping at this place, in file order; a key outside {@code known} is an error. */
  public Map<String, YamlNode> mapping(Set<String> known) {
    return mapping(
        key -> {
          if (!known.contains(key.text())) {
            throw key.error("unknown key \"" + key.text() + "\"; known here: " + sorted(known));
          }
        });
  }

  /** The mapping at this place, with whatever keys, in file order. */
  public Map<String, YamlNode> mapping() {
    return mapping(key -> {});
  }

  private Map<String, YamlNode> mapping(Consumer<YamlNode> checkKey) {
    if (!(node instanceof MappingNode mapping)) {
      throw error("a mapping (key: value) is expected here");
    }
    Map<String, YamlNode> out = new LinkedHashMap<>();
    for (NodeTuple tuple : mapping.getValue()) {
      YamlNode key = new YamlNode(source, tuple.getKeyNode());
      checkKey.accept(key);
      if (out.put(key.text(), new YamlNode(source, tuple.getValueNode())) != null) {
        throw key.error("the key \"" + key.text() + "\" stands here twice");
      }
    }
    return out;
  }

  /** The sequence at this place; a single scalar counts as a sequence of one. */
  public List<YamlNode> list() {
    if (node instanceof SequenceNode sequence) {
      List<YamlNode> out = new ArrayList<>();
      sequence.getValue().forEach(item -> out.add(new YamlNode(source, item)));
      return out;
    }
    if (node instanceof ScalarNode) {
      return List.of(this);
    }
    throw error("a list is expected here");
  }

  /** The texts of the sequence at this place. */
  public List<String> texts() {
    return list().stream().map(YamlNode::text).toList();
  }

  /** The scalar at this place, as written. */
  public String text() {
    if (!(node instanceof ScalarNode scalar)) {
      throw error("a single value is expected here");
    }
    return scalar.getValue();
  }

  /** The whole number at this place, within the bounds, both included. */
  public long number(long least, long most) {
    try {
      long value = Long.parseLong(text());
      if (value >= least && value <= most) {
        return value;
      }
    } catch (NumberFormatException e) {
      // Falls through to the one message.
    }
    throw error("a whole number from " + least + " to " + most + " is expected here");
  }

  /** {@code true} or {@code false}. */
  public boolean bool() {
    return switch (text()) {
      case "true" -> true;
      case "false" -> false;
      default -> throw error("true or false is expected here");
    };
  }

  /** The constant of {@code type} whose lower-case name, with "-" for "_", stands here. */
  public <E extends Enum<E>> E oneOf(Class<E> type) {
    List<String> names = new ArrayList<>();
    for (E constant : type.getEnumConstants()) {
      String name = constant.name().toLowerCase(java.util.Locale.ROOT).replace('_', '-');
      if (name.equals(text())) {
        return constant;
      }
      names.add(name);
    }
    throw error("one of " + names + " is expected here");
  }

  public boolean isMapping() {
    return node instanceof MappingNode;
  }

  /** The value at {@code key} of {@code mapping}, or an error at this value's line. */
  public YamlNode required(Map<String, YamlNode> mapping, String key) {
    @Nullable YamlNode value = mapping.get(key);
    if (value == null) {
      throw error("the key \"" + key + "\" is missing");
    }
    return value;
  }

  private static List<String> sorted(Set<String> known) {
    return known.stream().sorted().toList();
  }
}
