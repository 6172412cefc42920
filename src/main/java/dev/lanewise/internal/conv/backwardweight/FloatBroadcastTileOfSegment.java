// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.internal.conv.backwardweight;

import dev.lanewise.internal.simd.FloatLanes;
import dev.lanewise.internal.simd.FloatNativeZeros;
import dev.lanewise.internal.simd.FloatZeros;
import dev.lanewise.internal.simd.Machine;
import dev.lanewise.internal.start.Starting;
import java.lang.foreign.MemorySegment;
import java.util.List;
import java.util.stream.Stream;

/**
 * {@link FloatBroadcastTile} with an A in native memory, whose index counts its elements. There is
 * no scalar form: until one is fast, the rows of A are copied to an array.
 */
public interface FloatBroadcastTileOfSegment extends Starting.Form {
  /** The tiles of this machine, in the order of {@link FloatBroadcastTile#ALL}. */
  List<Starting<FloatBroadcastTileOfSegment>> ALL =
      kernels().map(tile -> Starting.<FloatBroadcastTileOfSegment>vectorOnly(tile)).toList();

  private static Stream<Class<? extends FloatBroadcastTileOfSegment>> kernels() {
    if (!Machine.FMA) {
      return Stream.of(FloatBroadcastTile4x2MulAddOfSegment.class);
    }
    return Machine.REGISTERS >= 32
        ? Stream.of(FloatBroadcastTile6x4OfSegment.class, FloatBroadcastTile9x2OfSegment.class)
        : Stream.of(FloatBroadcastTile4x2OfSegment.class);
  }

  /** The form of a tile of arrays. */
  static Starting<FloatBroadcastTileOfSegment> of(Starting<FloatBroadcastTile> tile) {
    return ALL.get(FloatBroadcastTile.ALL.indexOf(tile));
  }

  /** MR. */
  int rows();

  /** NR. */
  int columns();

  /** As there. */
  void accumulate(
      int count,
      MemorySegment a,
      long aOffset,
      int[] aAt,
      int aIndex,
      float[] b,
      int bOffset,
      float[] c,
      int cOffset);

  @Override
  default int trial() {
    int pixels = 16;
    MemorySegment a = FloatNativeZeros.atLeast(pixels);
    float[] zeros = FloatZeros.atLeast(Math.max(rows(), pixels) * columns());
    accumulate(pixels, a, 0, new int[rows()], 0, zeros, 0, zeros, 0);
    return pixels * rows() * columns() / FloatLanes.LENGTH;
  }
}
