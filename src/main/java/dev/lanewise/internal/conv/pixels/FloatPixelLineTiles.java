// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.internal.conv.pixels;

import dev.lanewise.internal.simd.FloatLanes;
import dev.lanewise.internal.simd.Machine;
import dev.lanewise.internal.start.KernelCopy;
import dev.lanewise.internal.start.Starting;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** All {@link FloatPixelLineTile}s: of some filters, for lines of each length. */
final class FloatPixelLineTiles {
  /** Filters of the lowest. */
  static final int FEWEST = 2;

  private static final int VECTORS = 4;

  /** By filters, each one more than the one before. */
  private static final List<Class<? extends FloatPixelLineTile>> CLASSES =
      List.of(
          FloatPixelLineTile2x4.class,
          FloatPixelLineTile3x4.class,
          FloatPixelLineTile4x4.class,
          FloatPixelLineTile5x4.class);

  /** The same whose target is native memory. */
  private static final List<Class<? extends FloatPixelLineTileToSegment>> CLASSES_TO_SEGMENT =
      List.of(
          FloatPixelLineTile2x4ToSegment.class,
          FloatPixelLineTile3x4ToSegment.class,
          FloatPixelLineTile4x4ToSegment.class,
          FloatPixelLineTile5x4ToSegment.class);

  /** Those that a plan has asked for, by length and filters. */
  private static final Map<Integer, Starting<FloatPixelLineTile>> TILES = new HashMap<>();

  private static final Map<Integer, Starting<FloatPixelLineTileToSegment>> TO_SEGMENT =
      new HashMap<>();

  private FloatPixelLineTiles() {}

  /** Whether there are registers for them, and tiles of the heights that so many filters make. */
  static boolean apply(int filters) {
    boolean apply = Machine.SIMD && Machine.FMA && Machine.REGISTERS >= 32;
    for (FloatPixelTile tile : FloatPixelTile.tiles(filters)) {
      apply &= tile.filters() >= FEWEST;
    }
    return apply;
  }

  /** The tile of so many filters for lines of a length, the same for all who ask. */
  static Starting<FloatPixelLineTile> of(int filters, int line) {
    synchronized (TILES) {
      return TILES.computeIfAbsent(key(filters, line), key -> starting(filters, line));
    }
  }

  /** The same that writes to native memory. */
  static Starting<FloatPixelLineTileToSegment> toSegment(int filters, int line) {
    synchronized (TO_SEGMENT) {
      return TO_SEGMENT.computeIfAbsent(
          key(filters, line),
          key -> Starting.vectorOnly(CLASSES_TO_SEGMENT.get(filters - FEWEST), line));
    }
  }

  private static int key(int filters, int line) {
    return line * CLASSES.size() + filters - FEWEST;
  }

  private static Starting<FloatPixelLineTile> starting(int filters, int line) {
    FloatPixelLineTile scalar =
        new FloatPixelLineTileScalar(filters, VECTORS, FloatLanes.LENGTH, line);
    return Starting.withConstants(CLASSES.get(filters - FEWEST), line, scalar);
  }

  /** A vector form of its own, whether it is fast or not. */
  static FloatPixelLineTile vector(int filters, int line) {
    return (FloatPixelLineTile) KernelCopy.of(CLASSES.get(filters - FEWEST), line);
  }
}
