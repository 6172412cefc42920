// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.internal.conv.rolling;

import dev.lanewise.internal.simd.FloatLanes;
import dev.lanewise.internal.simd.FloatNativeZeros;
import dev.lanewise.internal.simd.FloatZeros;
import dev.lanewise.internal.start.Starting;
import java.lang.foreign.MemorySegment;

/**
 * {@link FloatRollingTile} whose target is native memory, with an index that counts its elements.
 * There is no scalar form: until one is fast, an array is the target, and copied.
 */
public interface FloatRollingTileToSegment extends Starting.Form {
  /** For windows of 3 rows. */
  Starting<FloatRollingTileToSegment> THREE = Starting.vectorOnly(FloatRollingTile3ToSegment.class);

  /** For windows of 5 rows. */
  Starting<FloatRollingTileToSegment> FIVE = Starting.vectorOnly(FloatRollingTile5ToSegment.class);

  /** The tile for windows of as many rows as a tile that writes to arrays is for. */
  static Starting<FloatRollingTileToSegment> of(FloatRollingTile tile) {
    return tile.height() == 3 ? THREE : FIVE;
  }

  /** KH. */
  int height();

  /** As there. */
  void run(
      int rows,
      int step,
      int second,
      long targetSecond,
      int terms,
      int[] shifts,
      float[] source,
      int sourceOffset,
      int sourcePitch,
      float[] weight,
      int weightOffset,
      float bias,
      MemorySegment target,
      long targetOffset,
      long targetPitch);

  @Override
  default int trial() {
    int rows = FloatRollingTile.ROWS;
    int terms = 8;
    float[] zeros = FloatZeros.atLeast(Math.max(terms * height(), FloatLanes.LENGTH));
    MemorySegment target = FloatNativeZeros.atLeast(FloatLanes.LENGTH);
    run(rows, rows, 0, 0, terms, new int[terms], zeros, 0, 0, zeros, 0, 0, target, 0, 0);
    return 2 * rows * terms * height();
  }
}
