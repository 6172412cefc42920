// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.internal.conv.backwardweight;

import dev.lanewise.internal.simd.FloatNativeZeros;
import dev.lanewise.internal.simd.FloatZeros;
import dev.lanewise.internal.simd.Machine;
import dev.lanewise.internal.start.Starting;
import java.lang.foreign.MemorySegment;
import java.util.List;
import java.util.stream.Stream;

/**
 * {@link FloatDotTile} with an A in native memory, whose indices count its elements. There is no
 * scalar form: until one is fast, the rows of A are copied to an array.
 */
public interface FloatDotTileOfSegment extends Starting.Form {
  /** The tiles of this machine, in the order of {@link FloatDotTile#ALL}. */
  List<Starting<FloatDotTileOfSegment>> ALL =
      kernels().map(tile -> Starting.<FloatDotTileOfSegment>vectorOnly(tile)).toList();

  private static Stream<Class<? extends FloatDotTileOfSegment>> kernels() {
    if (!Machine.FMA) {
      return Stream.of(FloatDotTile3x3MulAddOfSegment.class);
    }
    return Machine.REGISTERS >= 32
        ? Stream.of(
            FloatDotTile5x3OfSegment.class,
            FloatDotTile4x4OfSegment.class,
            FloatDotTile1x9OfSegment.class)
        : Stream.of(FloatDotTile3x3OfSegment.class);
  }

  /** The form of a tile of arrays. */
  static Starting<FloatDotTileOfSegment> of(Starting<FloatDotTile> tile) {
    return ALL.get(FloatDotTile.ALL.indexOf(tile));
  }

  /** MR. */
  int rows();

  /** NR. */
  int columns();

  /** LENGTH. */
  int lanes();

  /** As there. */
  void accumulate(
      int count,
      int rest,
      MemorySegment a,
      long aOffset,
      long lda,
      int aRows,
      float[] b,
      int bOffset,
      int[] bAt,
      int bIndex,
      float[] c,
      int cOffset,
      int ldc);

  @Override
  default int trial() {
    int vectors = 16;
    int count = vectors * lanes() + 1;
    MemorySegment a = FloatNativeZeros.atLeast(count);
    float[] b = FloatZeros.atLeast(count);
    float[] sums = FloatZeros.atLeast(rows() * columns() * lanes());
    int[] bAt = new int[columns()];
    accumulate(vectors, 1, a, 0, 0, rows(), b, 0, bAt, 0, sums, 0, columns() * lanes());
    return rows() * columns() * vectors;
  }
}
