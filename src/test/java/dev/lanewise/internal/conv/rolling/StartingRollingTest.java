// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.internal.conv.rolling;

import static dev.lanewise.internal.conv.StartingKernels.assertCopied;
import static dev.lanewise.internal.conv.StartingKernels.assertSameBits;
import static dev.lanewise.internal.conv.StartingKernels.random;
import static dev.lanewise.internal.conv.StartingKernels.shifts;

import dev.lanewise.internal.simd.FloatLanes;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Scalars stand in for vectors with the same bits. */
class StartingRollingTest {
  @Test
  void rollingTiles() {
    for (FloatRollingTile tile : List.of(new FloatRollingTile3(), new FloatRollingTile5())) {
      FloatRollingTile scalar = new FloatRollingTileScalar(tile.height());
      assertSameBits(target -> work(tile, target), target -> work(scalar, target));
    }
  }

  private static void work(FloatRollingTile tile, float[] target) {
    int pitch = 3 * FloatLanes.LENGTH;
    tile.run(7, 4, 9, 9, 3, shifts(), random(1), 2, pitch, random(2), 3, 0.7f, target, 5, pitch);
  }

  /** Rows shorter than a vector: each reaches into the next, the first half's last as well. */
  @Test
  void rollingTilesOfNarrowRows() {
    for (FloatRollingTile tile : List.of(new FloatRollingTile3(), new FloatRollingTile5())) {
      FloatRollingTile scalar = new FloatRollingTileScalar(tile.height());
      assertSameBits(target -> workNarrow(tile, target), target -> workNarrow(scalar, target));
    }
  }

  private static void workNarrow(FloatRollingTile tile, float[] target) {
    int pitch = FloatLanes.LENGTH;
    int width = FloatLanes.LENGTH - 1;
    tile.run(
        12, 8, 4 * pitch, 4 * width, 3, shifts(), random(1), 2, pitch, random(2), 3, 0.7f, target,
        5, width);
  }

  @Test
  void aStuckKernelIsReplacedByACopy() {
    assertCopied(new FloatStartingRollingTile(new FloatRollingTile3()));
  }
}
