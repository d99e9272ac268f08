package org.strongroom.ingest;

import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/**
 * The paths that one worker met, with the field that each is: asking {@link Columns} for every
 * value of every record would cost more than parsing it. Forgets them all when there are too many,
 * as in a file whose keys are values. For one thread.
 */
final class PathTree {
  private static final int MAX_PATHS = 20_000;
  private static final int MAX_NEW_PATHS = 10_000;

  /** A longer path is no field's; without this, many long paths would fill the memory. */
  static final int MAX_PATH_CHARS = 1_000;

  private static final String TOO_LONG = "?".repeat(MAX_PATH_CHARS);

  private final Columns columns;
  private final Map<String, Tally> tallies = new HashMap<>();
  private Node root = new Node("", Columns.UNKNOWN, false);

  /** The paths inside the wrapper that a dump has around each document. */
  private Node wrapped = new Node("", Columns.UNKNOWN, false);

  private int paths;
  private int pathsBefore;

  PathTree(Columns columns) {
    this.columns = columns;
  }

  /** The root for the next record. */
  Node startRecord() {
    if (paths > MAX_PATHS) {
      root = new Node("", Columns.UNKNOWN, false);
      wrapped = new Node("", Columns.UNKNOWN, false);
      tallies.clear();
      paths = 0;
    }
    pathsBefore = paths;
    return root;
  }

  Node wrapped() {
    return wrapped;
  }

  Node child(Node parent, String name) throws Refusal {
    Node child = parent.children.get(name);
    if (child == null) {
      if (++paths - pathsBefore > MAX_NEW_PATHS) {
        throw new Refusal(Fault.TOO_MANY_NAMES.problem());
      }
      child = node(parent.path, name);
      parent.children.put(name, child);
    }
    return child;
  }

  private Node node(String parent, String name) {
    if (parent.length() + name.length() >= MAX_PATH_CHARS) {
      return new Node(TOO_LONG, Columns.UNKNOWN, false);
    }
    String path = parent.isEmpty() ? name : parent + "." + name;
    return new Node(path, columns.position(path), columns.isMapped(path));
  }

  /** The tally of a node that is no field. */
  Tally tally(Node node) {
    Tally tally = node.tally;
    if (tally == null) {
      tally =
          tallies.computeIfAbsent(
              columns.shown(node.path), shown -> new Tally(columns.unknown(node.path)));
      node.tally = tally;
    }
    return tally;
  }

  /** One path. */
  static final class Node {
    final String path;
    final int position;
    final boolean mapped;

    /** The object, by serial number, in which this name was seen last. */
    long seenIn;

    private final Map<String, Node> children = new HashMap<>();
    private @Nullable Tally tally;

    private Node(String path, int position, boolean mapped) {
      this.path = path;
      this.position = position;
      this.mapped = mapped;
    }
  }

  /** Counts the records that have a value under an unknown name, once each. */
  static final class Tally {
    private final LongAdder records;

    /** The record, by serial number, that was counted last. */
    long countedIn;

    private Tally(LongAdder records) {
      this.records = records;
    }

    void count() {
      records.increment();
    }
  }
}
