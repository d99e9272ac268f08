package org.strongroom.translog;

import java.util.stream.IntStream;
import java.util.stream.LongStream;
import java.util.stream.Stream;

/**
 * Which tile of a log, and how much of it (C2SP tlog-tiles).
 *
 * @param level 0 for leaf hashes, up to 63; {@link #ENTRIES} for the bundle of entries that a tile
 *     of level 0 has the hashes of
 * @param number of the tile in its level, from 0
 * @param width hashes or entries in it: {@value #FULL} when it is full, less when it is partial
 */
public record TileId(int level, long number, int width) {
  /** Hashes in a full tile, entries in a full bundle. */
  public static final int FULL = Frontier.TILE_WIDTH;

  /** The level of entry bundles. */
  public static final int ENTRIES = -1;

  private static final int MAX_LEVEL = 63;
  private static final int TILE_HEIGHT = 8;
  private static final String TILE = "tile/";
  private static final String BUNDLE = "entries";
  private static final String PARTIAL = ".p/";

  /** Longest path of a number below 2^63: 7 elements. */
  private static final int MAX_PATH = 64;

  public TileId {
    if (level < ENTRIES || level > MAX_LEVEL || number < 0 || width < 1 || width > FULL) {
      throw new IllegalArgumentException("there is no such tile");
    }
  }

  /**
   * Reads a path: {@code tile/0/x001/x234/067}, {@code tile/entries/000.p/8}.
   *
   * @throws IllegalArgumentException when it is none, or not the only one of its tile
   */
  public static TileId parse(String path) {
    if (path.length() > MAX_PATH || !path.startsWith(TILE)) {
      throw noPath();
    }
    int levelEnd = path.indexOf('/', TILE.length());
    if (levelEnd < 0) {
      throw noPath();
    }
    String level = path.substring(TILE.length(), levelEnd);
    int partial = path.indexOf(PARTIAL, levelEnd);
    String number = path.substring(levelEnd + 1, partial < 0 ? path.length() : partial);
    int width = partial < 0 ? FULL : number(path.substring(partial + PARTIAL.length()), FULL - 1);
    TileId read =
        new TileId(
            level.equals(BUNDLE) ? ENTRIES : number(level, MAX_LEVEL),
            Canonical.decimal(
                number.replaceAll("[x/]", "").replaceFirst("^0+(?=.)", ""), "the tile's number"),
            width);
    if (!read.path().equals(path)) {
      throw noPath();
    }
    return read;
  }

  /** The path below the log's prefix, without a leading slash. */
  public String path() {
    StringBuilder out = new StringBuilder(String.format("%03d", number % 1000));
    for (long rest = number / 1000; rest > 0; rest /= 1000) {
      out.insert(0, String.format("x%03d/", rest % 1000));
    }
    out.insert(0, TILE + (level == ENTRIES ? BUNDLE : level) + "/");
    return width == FULL ? out.toString() : out.append(PARTIAL).append(width).toString();
  }

  /** Whether fewer hashes or entries are meant than fit in. */
  public boolean isPartial() {
    return width < FULL;
  }

  /** Whether this is a bundle of entries. */
  public boolean isEntries() {
    return level == ENTRIES;
  }

  /** The full tile that this one is or becomes. */
  public TileId full() {
    return new TileId(level, number, FULL);
  }

  /** How many hashes or entries of a tile a tree of {@code size} leaves has; perhaps none. */
  public static int widthIn(long size, int level, long number) {
    long hashes = hashesIn(size, level) - number * FULL;
    return number > Long.MAX_VALUE / FULL ? 0 : (int) Math.max(0, Math.min(FULL, hashes));
  }

  /** Whether a tree of {@code size} leaves has all of this tile. */
  public boolean isWithin(long size) {
    return width <= widthIn(size, level, number);
  }

  /**
   * The tiles that a tree of {@code size} leaves has, with its bundles first, then each level in
   * turn; the last of a level is perhaps partial, none is empty.
   */
  public static Stream<TileId> ofTree(long size) {
    return IntStream.rangeClosed(ENTRIES, Long.SIZE / TILE_HEIGHT - 1)
        .boxed()
        .flatMap(
            level ->
                LongStream.range(0, (hashesIn(size, level) + FULL - 1) / FULL)
                    .mapToObj(number -> new TileId(level, number, widthIn(size, level, number))));
  }

  /** Hashes in a level of a tree. */
  private static long hashesIn(long size, int level) {
    int shift = Math.max(0, level) * TILE_HEIGHT;
    return shift >= Long.SIZE ? 0 : size >> shift;
  }

  private static int number(String text, int max) {
    long number = Canonical.decimal(text, "the tile's level or width");
    if (number > max) {
      throw noPath();
    }
    return (int) number;
  }

  private static IllegalArgumentException noPath() {
    return new IllegalArgumentException("this is not the path of a tile");
  }
}
