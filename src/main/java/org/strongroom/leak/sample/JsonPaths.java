package org.strongroom.leak.sample;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The paths of a JSON file with their columns; arrays do not show in a path. For one thread. */
final class JsonPaths {
  private static final int MAX_PATHS = 20_000;
  private static final int MAX_PATH_CHARS = 1_000;

  /** The column of a record that is no object. */
  private static final String NAMELESS = "value";

  private final Columns columns;
  private final Node root = new Node("", "");

  /** Stands for all paths that found no room. */
  private final Node more = new Node("(more)", "(more)");

  private int paths;

  JsonPaths(Columns columns) {
    this.columns = columns;
  }

  Node root() {
    return root;
  }

  /** An object at {@code node} begins. */
  void enter(Node node) {
    node.expected = node.first;
    node.previous = null;
  }

  /** The node of the next name in the object at {@code parent}. */
  Node child(Node parent, String name) {
    @Nullable Node expected = parent.expected;
    Node child = expected != null && expected.name.equals(name) ? expected : find(parent, name);
    // Records mostly have their names in the same order: what follows now is expected next time.
    if (parent.previous == null) {
      parent.first = child;
    } else {
      parent.previous.next = child;
    }
    parent.previous = child;
    parent.expected = child.next;
    return child;
  }

  private Node find(Node parent, String name) {
    if (parent == more) {
      return more;
    }
    @Nullable Node known = parent.children.get(name);
    if (known != null) {
      return known;
    }
    if (paths >= MAX_PATHS || parent.path.length() + name.length() >= MAX_PATH_CHARS) {
      return more;
    }
    paths++;
    Node child = new Node(name, parent.path.isEmpty() ? name : parent.path + "." + name);
    parent.children.put(name, child);
    return child;
  }

  /** The column of a node that has a value. */
  int column(Node node) {
    if (node.column < 0) {
      node.column = columns.id(node.path.isEmpty() ? NAMELESS : node.path);
    }
    return node.column;
  }

  /** One path. */
  static final class Node {
    private final String name;
    private final String path;
    private final Map<String, Node> children = new HashMap<>();
    private int column = -1;
    private @Nullable Node first;
    private @Nullable Node next;
    private @Nullable Node expected;
    private @Nullable Node previous;

    private Node(String name, String path) {
      this.name = name;
      this.path = path;
    }
  }
}
