// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.internal.conv.pixels;

import static dev.lanewise.internal.conv.StartingKernels.TERMS;
import static dev.lanewise.internal.conv.StartingKernels.assertCopied;
import static dev.lanewise.internal.conv.StartingKernels.assertSameBits;
import static dev.lanewise.internal.conv.StartingKernels.random;
import static dev.lanewise.internal.conv.StartingKernels.shifts;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;

/** Scalars stand in for vectors with the same bits. */
class StartingPixelsTest {
  @Test
  void pixelTiles() {
    for (FloatPixelTile tile : List.of(new FloatPixelTile1x8(), new FloatPixelTile5x4())) {
      FloatPixelTile scalar =
          new FloatPixelTileScalar(tile.filters(), tile.vectors(), tile.lanes());
      assertSameBits(
          target -> work(tile, shifts(), target), target -> work(scalar, shifts(), target));
    }
  }

  /** Whole tiles and a part of one; the last vector overlaps the one before it. */
  private static int[] places(int vectors, int lanes) {
    int[] places = new int[2 * vectors + 1];
    for (int v = 0; v < places.length; v++) {
      places[v] = v * lanes - v / (places.length - 1);
    }
    return places;
  }

  private static void work(FloatPixelTile tile, int[] shifts, float[] target) {
    int[] places = places(tile.vectors(), tile.lanes());
    tile.run(
        0,
        places.length,
        places,
        places,
        shifts.length,
        shifts,
        0,
        random(1),
        2,
        random(2),
        3,
        random(3),
        1,
        target,
        4,
        places.length * tile.lanes());
  }

  /** Also those of tiles that ask a table where their terms are. */
  @Test
  void pixelLineTiles() {
    for (int filters = 2; filters <= 5; filters++) {
      for (int line : new int[] {32, 48, 128}) {
        FloatPixelLineTile tile = FloatPixelLineTiles.vector(filters, line);
        int lanes = tile.lanes();
        assertEquals(filters, tile.filters());
        FloatPixelLineTile scalar =
            new FloatPixelLineTileScalar(filters, tile.vectors(), lanes, line);
        FloatPixelTile table = new FloatPixelTileScalar(filters, tile.vectors(), lanes);
        int[] shifts = new int[TERMS * FloatPixelLineTile.TAPS];
        for (int term = 0; term < shifts.length; term++) {
          shifts[term] = term / FloatPixelLineTile.TAPS * line + term % FloatPixelLineTile.TAPS;
        }
        assertSameBits(target -> work(tile, target), target -> work(scalar, target));
        assertSameBits(target -> work(tile, target), target -> work(table, shifts, target));
      }
    }
  }

  private static void work(FloatPixelLineTile tile, float[] target) {
    int[] places = places(tile.vectors(), tile.lanes());
    tile.run(
        0,
        places.length,
        places,
        places,
        TERMS,
        random(1),
        2,
        random(2),
        3,
        random(3),
        1,
        target,
        4,
        places.length * tile.lanes());
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
        assertSameBits(
            target -> work(tile, terms, shifts(), target),
            target -> work(scalar, terms, shifts(), target));
      }
    }
  }

  @Test
  void phaseTilesOfLines() {
    for (int filters = 1; filters <= 3; filters++) {
      for (int line : new int[] {32, 48, 128}) {
        FloatPhaseTile tile = FloatPhaseLineTiles.vector(filters, line);
        assertEquals(filters, tile.filters());
        FloatPhaseTile scalar = new FloatPhaseTileScalar(filters, tile.vectors(), tile.lanes());
        for (int[] terms : new int[][] {{4, 6, 3}, {0, 9, 0}, {3, 0, 8}, {0, 0, 0}}) {
          int[] shifts = new int[TERMS];
          int term = 0;
          for (int kind = 0; kind < terms.length; kind++) {
            for (int k = 0; k < terms[kind]; k++) {
              shifts[term++] = 2 * kind + k * line;
            }
          }
          assertSameBits(
              target -> work(tile, terms, shifts, target),
              target -> work(scalar, terms, shifts, target));
        }
      }
    }
  }

  private static void work(FloatPhaseTile tile, int[] terms, int[] shifts, float[] target) {
    int[] places = places(tile.vectors(), tile.lanes());
    int plane = places.length * tile.lanes();
    tile.run(
        0,
        places.length,
        places,
        places,
        terms[0],
        terms[1],
        terms[2],
        shifts,
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
    assertCopied(
        new FloatStartingPixelTile(new FloatPixelTile5x4()),
        FloatPhaseTile.ALL.get(0),
        FloatPixelLineTiles.of(5, 48),
        FloatPhaseLineTiles.of(3, 48));
  }
}
