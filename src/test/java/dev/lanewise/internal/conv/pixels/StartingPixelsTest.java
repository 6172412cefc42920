// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.internal.conv.pixels;

import static dev.lanewise.internal.conv.StartingKernels.TERMS;
import static dev.lanewise.internal.conv.StartingKernels.assertCopied;
import static dev.lanewise.internal.conv.StartingKernels.assertSameBits;
import static dev.lanewise.internal.conv.StartingKernels.random;
import static dev.lanewise.internal.conv.StartingKernels.shifts;

import java.util.List;
import org.junit.jupiter.api.Test;

/** Scalars stand in for vectors with the same bits. */
class StartingPixelsTest {
  @Test
  void pixelTiles() {
    for (FloatPixelTile tile : List.of(new FloatPixelTile1x8(), new FloatPixelTile5x4())) {
      FloatPixelTile scalar =
          new FloatPixelTileScalar(tile.filters(), tile.vectors(), tile.lanes());
      assertSameBits(target -> work(tile, target), target -> work(scalar, target));
    }
  }

  /** Whole tiles and a part of one; the last vector overlaps the one before it. */
  private static void work(FloatPixelTile tile, float[] target) {
    int[] places = new int[2 * tile.vectors() + 1];
    for (int v = 0; v < places.length; v++) {
      places[v] = v * tile.lanes() - v / (places.length - 1);
    }
    int plane = places.length * tile.lanes();
    tile.run(
        0,
        places.length,
        places,
        places,
        TERMS,
        shifts(),
        0,
        random(1),
        2,
        random(2),
        3,
        random(3),
        1,
        target,
        4,
        plane);
  }

  @Test
  void phaseTiles() {
    for (FloatPhaseTile tile :
        List.of(
            new FloatPhaseTile1x4(),
            new FloatPhaseTile2x2(),
            new FloatPhaseTile2x4(),
            new FloatPhaseTile3x4())) {
      FloatPhaseTile scalar =
          new FloatPhaseTileScalar(tile.filters(), tile.vectors(), tile.lanes());
      for (int[] terms : new int[][] {{4, 6, 3}, {0, 9, 0}, {3, 0, 8}, {0, 0, 0}}) {
        assertSameBits(target -> work(tile, terms, target), target -> work(scalar, terms, target));
      }
    }
  }

  /** Whole tiles and a part of one; the last vector overlaps the one before it. */
  private static void work(FloatPhaseTile tile, int[] terms, float[] target) {
    int[] places = new int[2 * tile.vectors() + 1];
    for (int v = 0; v < places.length; v++) {
      places[v] = v * tile.lanes() - v / (places.length - 1);
    }
    int plane = places.length * tile.lanes();
    tile.run(
        0,
        places.length,
        places,
        places,
        terms[0],
        terms[1],
        terms[2],
        shifts(),
        0,
        random(1),
        2,
        random(2),
        3,
        random(3),
        1,
        target,
        4,
        plane);
  }

  @Test
  void aStuckKernelIsReplacedByACopy() {
    assertCopied(new FloatStartingPixelTile(new FloatPixelTile5x4()), FloatPhaseTile.ALL.get(0));
  }
}
