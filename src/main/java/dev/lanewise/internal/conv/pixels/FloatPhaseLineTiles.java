// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.internal.conv.pixels;

import dev.lanewise.internal.simd.FloatLanes;
import dev.lanewise.internal.simd.Machine;
import dev.lanewise.internal.start.KernelCopy;
import dev.lanewise.internal.start.Starting;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The {@link FloatPhaseTile}s of lines: of some filters, for lines of each length. */
final class FloatPhaseLineTiles {
  private static final int VECTORS = 4;

  /** By filters: 1, 2 and so on. */
  private static final List<Class<? extends FloatPhaseTile>> CLASSES =
      List.of(FloatPhaseTile1x4.class, FloatPhaseTile2x4.class, FloatPhaseTile3x4.class);

  /** Those that a plan has asked for, by length and filters. */
  private static final Map<Integer, Starting<FloatPhaseTile>> TILES = new HashMap<>();

  private FloatPhaseLineTiles() {}

  /** Whether there is one of so many filters. */
  static boolean apply(int filters) {
    return Machine.SIMD && Machine.FMA && Machine.REGISTERS >= 32 && filters <= CLASSES.size();
  }

  /** The tile of so many filters for lines of a length, the same for all who ask. */
  static Starting<FloatPhaseTile> of(int filters, int line) {
    synchronized (TILES) {
      return TILES.computeIfAbsent(
          line * (CLASSES.size() + 1) + filters, key -> starting(filters, line));
    }
  }

  private static Starting<FloatPhaseTile> starting(int filters, int line) {
    // Told by a table what vectors know by themselves.
    FloatPhaseTile scalar = new FloatPhaseTileScalar(filters, VECTORS, FloatLanes.LENGTH);
    return Starting.withConstants(CLASSES.get(filters - 1), line, scalar);
  }

  /** A vector form of its own, whether it is fast or not. */
  static FloatPhaseTile vector(int filters, int line) {
    return (FloatPhaseTile) KernelCopy.of(CLASSES.get(filters - 1), line);
  }
}
