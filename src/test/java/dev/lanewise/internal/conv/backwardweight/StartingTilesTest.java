// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.internal.conv.backwardweight;

import static dev.lanewise.internal.conv.StartingKernels.TERMS;
import static dev.lanewise.internal.conv.StartingKernels.assertCopied;
import static dev.lanewise.internal.conv.StartingKernels.assertSameBits;
import static dev.lanewise.internal.conv.StartingKernels.random;
import static dev.lanewise.internal.conv.StartingKernels.shifts;

import java.util.List;
import org.junit.jupiter.api.Test;

/** Scalars stand in for vectors with the same bits. */
class StartingTilesTest {
  @Test
  void dotTiles() {
    for (FloatDotTile tile : List.of(new FloatDotTile5x3(), new FloatDotTile1x9())) {
      FloatDotTile scalar = new FloatDotTileScalar(tile.rows(), tile.columns());
      for (int rest : new int[] {0, 1, tile.lanes() - 1}) {
        assertSameBits(sums -> work(tile, rest, sums), sums -> work(scalar, rest, sums));
      }
    }
  }

  private static void work(FloatDotTile tile, int rest, float[] sums) {
    int ldc = tile.columns() * tile.lanes() + 3;
    tile.accumulate(
        5, rest, random(1), 20, 100, tile.rows(), random(2), 30, shifts(), 1, sums, 2, ldc);
  }

  @Test
  void broadcastTiles() {
    for (FloatBroadcastTile tile :
        List.of(new FloatBroadcastTile9x2(), new FloatBroadcastTile6x4())) {
      FloatBroadcastTile scalar = new FloatBroadcastTileScalar(tile.rows(), tile.columns());
      assertSameBits(sums -> work(tile, sums), sums -> work(scalar, sums));
    }
  }

  private static void work(FloatBroadcastTile tile, float[] sums) {
    tile.accumulate(TERMS, random(1), 2, shifts(), 1, random(2), 3, sums, 4);
  }

  @Test
  void slidingTiles() {
    for (FloatSlidingTile tile : List.of(new FloatSlidingTile1(), new FloatSlidingTile2())) {
      FloatSlidingTile scalar = new FloatSlidingTileScalar(tile.filters());
      for (int width : new int[] {tile.lanes(), 2 * tile.lanes(), 3 * tile.lanes() - 2}) {
        assertSameBits(sums -> work(tile, width, sums), sums -> work(scalar, width, sums));
      }
    }
  }

  private static void work(FloatSlidingTile tile, int width, float[] sums) {
    tile.accumulate(5, width, random(1), 1, width + 2, random(2), 2, 300, sums, 3, 160);
  }

  @Test
  void aStuckKernelIsReplacedByACopy() {
    assertCopied(
        FloatDotTile.ALL.get(0), FloatBroadcastTile.ALL.get(0), FloatSlidingTile.ALL.get(1));
  }
}
